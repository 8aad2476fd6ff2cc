"""What every page is served with, wherever it is: the policy, and the other headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

_SOURCES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # The theme sets how wide and high things are as it measures them; an attribute loads nothing.
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# Of all that a page can ask a device for, the portal writes to the clipboard, and its form shares a note.
# What some browsers do not know is left out, for they would complain of it on every page; sharing is
# such a thing, and a page of one's own may do it anyway.
_ALLOWED: Final = ("clipboard-write",)
_DENIED: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
_OTHERS: Final = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=(self)" for name in _ALLOWED), *(f"{name}=()" for name in _DENIED)]
    ),
}


def build_policy(scripts: Iterable[str]) -> str:
    """The Content-Security-Policy of a site; `scripts` are the hashes of the theme's inline ones.

    Whatever else stands in a page as a script, the browser does not run it.
    """
    sources = " ".join(["'self'", *(f"'{one}'" for one in sorted(scripts))])
    return "; ".join(
        f"{name} {value}" for name, value in {**_SOURCES, "script-src": sources}.items()
    )


def page_headers(policy: str) -> Mapping[str, str]:
    """Every header that a page is served with, the policy first."""
    return {"Content-Security-Policy": policy, **_OTHERS}
