#!/bin/sh
# Installs Gouji from this folder into a new one: sh install.sh DIR. Nothing is fetched.
set -eu

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

[ $# -eq 1 ] || fail "usage: sh install.sh DIR, a new folder for Gouji"
case $1 in
  /*) dir=$1 ;;
  *) dir=$PWD/$1 ;;
esac
cd "$(dirname "$0")"
python=${PYTHON:-python3}

sha256sum --check --strict --quiet SHA256SUMS >&2 ||
  fail "this folder is not as it was made; copy it again"
here=$("$python" -c 'import platform, sys
print("%d.%d" % sys.version_info[:2], platform.machine())') ||
  fail "$python does not run; set PYTHON"
[ "$here" = "$(cat target.txt)" ] ||
  fail "made for Python $(cat target.txt), and $python is $here; set PYTHON, or make another bundle"
[ ! -e "$dir" ] || fail "$dir is there already; name a new folder"

# Half an installation is none.
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
"$python" -m venv "$dir"
install() {
  "$dir/bin/python" -m pip --isolated --disable-pip-version-check install --quiet \
    --no-index --find-links wheels --no-deps --require-hashes "$@"
}
echo "Installing into $dir (a minute or two) ..."
install -r pinned.txt
# The headless OpenCV over the same version of the other: no libGL needed, and paddlex still
# finds the distribution it asks for.
install --force-reinstall -r opencv.txt
install -r gouji.txt
trap - EXIT
echo "Done. Try: $dir/bin/gouji doctor"
