#!/bin/sh
# Builds .venv with everything of requirements.lock. Needs a Python >= 3.11 and nothing else.
#   tools/venv.sh FOLDER
set -eu

folder=$1
unset PYTHONHOME PYTHONPATH

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  for name in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}; do
    if is_recent "$name"; then
      "$name" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  echo "Followup needs Python 3.11 or later; this is none: ${PYTHON:-what is installed here}" >&2
  echo "  hint: install it, or name it: PYTHON=/path/to/python3.12 make" >&2
  exit 1
}

# Debian and its relatives ship a Python that cannot build a complete virtual environment.
install_ensurepip() {
  package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $package, which $python lacks"
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null || true
  fi
  has ensurepip && return
  echo "$python cannot make virtual environments: its module ensurepip is missing." >&2
  echo "  hint: on Debian and Ubuntu: sudo apt install $package" >&2
  exit 1
}

has() { "$python" -c "import $1" 2>/dev/null; }

python=$(find_python)
rm -rf "$folder"
if ! has ensurepip && has pip; then
  "$python" -m venv --without-pip "$folder"
  pip() { "$python" -m pip --python "$folder/bin/python" "$@"; }
else
  has ensurepip || install_ensurepip
  "$python" -m venv "$folder"
  pip() { "$folder/bin/python" -m pip "$@"; }
fi
echo "Installing requirements.lock with $("$python" --version); this takes half a minute"
pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
# The project itself, in place: its code and templates are read from this folder.
pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
