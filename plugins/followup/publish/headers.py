"""Files that tell a host what it has to send with every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from followup.site.headers import page_headers

HEADERS_FILE: Final = "_headers"
"""For hosts that read it, such as Netlify and Cloudflare Pages."""
CADDY_FILE: Final = "_headers.caddy"
NGINX_FILE: Final = "_headers.nginx"
FOR_HOSTS: Final = frozenset({HEADERS_FILE, CADDY_FILE, NGINX_FILE})
"""Files that are there for the host, which does not serve them."""

_UNSAFE: Final = frozenset('"\\\r\n{}$')


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
