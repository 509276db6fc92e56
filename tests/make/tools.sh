#!/usr/bin/env bash
# tools.sh node|build|test: installs what is missing on Debian or Ubuntu, and says what.
set -euo pipefail

need=${1:-build}
window=(build-essential pkg-config libssl-dev libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev libayatana-appindicator3-dev libdbus-1-dev)
testing=(xvfb webkit2gtk-driver python3 python3-vobject dbus at-spi2-core procps git postgresql)

for tool in cargo npm; do
    [ "$need" = node ] && [ "$tool" = cargo ] && continue
    command -v "$tool" >/dev/null && continue
    echo "'$tool' is missing. This project wants Rust (1.90 or newer, https://rustup.rs) and Node.js (20.19 or newer)." >&2
    exit 1
done
[ "$need" = node ] && exit 0
[ "$(uname -s)" = Linux ] || exit 0

packages=("${window[@]}")
[ "$need" = test ] && packages+=("${testing[@]}")
# The window's tests look at forced colours in it; Ubuntu has it under another name.
driver=chromium-driver
grep -q '^ID=ubuntu' /etc/os-release && driver=chromium-chromedriver
[ "$need" = test ] && packages+=("$driver")
if ! command -v dpkg-query >/dev/null; then
    echo "This is no Debian or Ubuntu; the build needs what these packages hold: ${packages[*]}" >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing what is missing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Please install these as root: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
