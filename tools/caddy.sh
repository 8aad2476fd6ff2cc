#!/bin/sh
# Prints the path of a Caddy that runs; gets one on Debian as root.
#   tools/caddy.sh
# CADDY=/path/to/caddy chooses one.
set -eu

log=$(mktemp)
trap 'rm -f "$log"' EXIT

found() {
  if path=$(command -v "$1") && "$path" version >/dev/null 2>&1; then
    echo "$path"
    exit 0
  fi
}

if [ -n "${CADDY:-}" ]; then
  found "$CADDY"
  echo "The server that CADDY names does not start: $CADDY" >&2
  exit 1
fi
found caddy
if [ "$(id -u)" = 0 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then
  echo "Getting a server for the tests; this happens once" >&2
  # Installed, but not started: the tests start their own. An answer of 101 means "not now".
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$log" "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq caddy; } \
    >"$log" 2>&1 || cat "$log" >&2
  found caddy
fi
echo "The tests need Caddy, and it could not be installed." >&2
echo "  hint: install Caddy, or name one: CADDY=/path/to/caddy make test" >&2
exit 1
