#!/bin/sh
# Prints the path of a Chromium that runs; gets one where there is none.
#   tools/browser.sh PYTHON      (a Python that has Playwright)
# CHROMIUM=/path/to/browser chooses one.
set -eu

python=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
PLAYWRIGHT_BROWSERS_PATH=${PLAYWRIGHT_BROWSERS_PATH:-$PWD/.browser}
export PLAYWRIGHT_BROWSERS_PATH

# A browser may be there and still not start, for want of a library.
runs() { "$1" --version >/dev/null 2>&1; }

found() {
  if path=$(command -v "$1") && runs "$path"; then
    echo "$path"
    exit 0
  fi
}

look() {
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    found "$name"
  done
  found "$("$python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)')"
}

is_debian_root() { [ "$(id -u)" = 0 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; }

# Beside Debian's Chromium, the same without the windows of a desktop: tests take half the time in it,
# and go without where it cannot be had.
add_quick() {
  if is_debian_root && [ -x /usr/bin/chromium ] && ! command -v chromium-headless-shell >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell; } \
      >"$log" 2>&1 || true
  fi
}

if [ -n "${CHROMIUM:-}" ]; then
  found "$CHROMIUM"
  echo "The browser that CHROMIUM names does not start: $CHROMIUM" >&2
  exit 1
fi
add_quick
look
echo "Getting a browser for the tests; this happens once" >&2
if is_debian_root; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
    >"$log" 2>&1 || cat "$log" >&2
  add_quick
  look
fi
# Its libraries come along where that needs no password.
with_deps=
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then with_deps=--with-deps; fi
"$python" -m playwright install --no-shell $with_deps chromium >"$log" 2>&1 || cat "$log" >&2
look
echo "The tests need Chromium, and it could not be installed." >&2
echo "  hint: install Chromium or Chrome, or name one: CHROMIUM=/path/to/chromium make test" >&2
echo "  hint: on Linux its libraries may be missing: sudo $python -m playwright install-deps" >&2
exit 1
