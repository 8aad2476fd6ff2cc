"""What every page is served with: the policy, the other headers, and files that tell a host so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

HEADERS_FILE: Final = "_headers"
"""For hosts that read it, such as Netlify and Cloudflare Pages."""
CADDY_FILE: Final = "_headers.caddy"
NGINX_FILE: Final = "_headers.nginx"
FOR_HOSTS: Final = frozenset({HEADERS_FILE, CADDY_FILE, NGINX_FILE})
"""Files that are there for the host, which does not serve them."""

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
# Of all that a page can ask a device for, the portal only writes to the clipboard. What some browsers
# do not know is left out, for they would complain of it on every page.
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
_UNSAFE: Final = frozenset('"\\\r\n{}$')


def build_policy(hashes: Iterable[str]) -> str:
    """The Content-Security-Policy of a site; `hashes` are those of the theme's inline scripts.

    Whatever else stands in a page as a script, the browser does not run it.
    """
    scripts = " ".join(["'self'", *(f"'{one}'" for one in sorted(hashes))])
    return "; ".join(
        f"{name} {value}" for name, value in {**_SOURCES, "script-src": scripts}.items()
    )


def page_headers(policy: str) -> Mapping[str, str]:
    """Every header that a page is served with, the policy first."""
    return {"Content-Security-Policy": policy, **_OTHERS}


def render_headers(policy: str) -> Mapping[str, str]:
    """The headers as files for a host, by name; raises ValueError for what would break out of one."""
    headers = page_headers(policy)
    if strange := _UNSAFE.intersection("".join(headers.values())):
        raise ValueError(f"a header holds {min(strange)!r}")
    return {
        HEADERS_FILE: _render_hosts(headers),
        CADDY_FILE: _render_caddy(headers),
        NGINX_FILE: _render_nginx(headers),
    }


def _render_hosts(headers: Mapping[str, str]) -> str:
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _render_caddy(headers: Mapping[str, str]) -> str:
    """Set when the answer goes out, so that errors have them too and nothing else wins."""
    lines = "".join(f'\t{name} "{value}"\n' for name, value in headers.items())
    return f"# In a Caddyfile, within the site:  import _headers.caddy\nheader {{\n\tdefer\n{lines}}}\n"


def _render_nginx(headers: Mapping[str, str]) -> str:
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    return (
        "# Within the server block:  include _headers.nginx;\n"
        "# A location with an add_header of its own takes none of these: repeat the line there.\n"
        f"{lines}"
    )
