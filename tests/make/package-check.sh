#!/usr/bin/env bash
# Installs both packages in a bare Debian 12, starts city and window there, and keeps a picture of the window.
# Called by `make package CHECK=1`. Wants root and the network; leaves nothing behind but the picture.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" -eq 0 ] || { echo "Making a bare Debian needs root: sudo make package CHECK=1" >&2; exit 1; }
command -v debootstrap >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends debootstrap >/dev/null; }

bare=$(mktemp -d)
trap 'rm -rf --one-file-system "$bare"' EXIT
chmod 755 "$bare"
echo "Making a bare Debian 12"
debootstrap --variant=minbase bookworm "$bare" >"$bare.log" 2>&1 || { tail "$bare.log"; exit 1; }
rm -f "$bare.log"
cp /etc/resolv.conf "$bare/etc/resolv.conf"
mkdir "$bare/packages"
cp "$CARGO_TARGET_DIR"/packages/*.deb tests/data/erfurt-districts.csv "$bare/packages/"

cat >"$bare/packages/check.sh" <<'INSIDE'
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 LANGUAGE=de
mount -t proc proc /proc
mount -t tmpfs -o mode=1777 shm /dev/shm 2>/dev/null || { mkdir -p /dev/shm; mount -t tmpfs -o mode=1777 shm /dev/shm; }
now() { date +%s%N; }
since() { echo "$((($(now) - $1) / 1000000)) ms"; }

apt-get update -qq
# What all installed packages say they take, in KiB.
taken() { dpkg-query -W -f='${Installed-Size}\n' | awk '{ n += $1 } END { print n }'; }
before=$(taken)
apt-get install -y -qq --no-install-recommends /packages/*.deb >/dev/null 2>&1
echo "Installed, with all they need: $((($(taken) - before) / 1024)) MiB"
# What only this check needs.
apt-get install -y -qq --no-install-recommends xvfb xdotool imagemagick >/dev/null 2>&1

city admin init --city Musterstadt --districts /packages/erfurt-districts.csv --data-dir /tmp/city >/dev/null
begun=$(now)
city serve --data-dir /tmp/city --listen 127.0.0.1:0 >/tmp/city.out 2>/tmp/city.log &
until grep -q listening /tmp/city.out; do kill -0 $! || { cat /tmp/city.log; exit 1; }; done
echo "The city listens after $(since "$begun")"

useradd --create-home person
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>/tmp/display >/dev/null 2>&1 &
until [ -s /tmp/display ]; do kill -0 $!; done
export DISPLAY=":$(cat /tmp/display)"
for start in first second; do
    begun=$(now)
    setpriv --reuid=person --regid=person --init-groups env HOME=/home/person quartierbuch >/tmp/window.log 2>&1 &
    window=$!
    timeout 60 xdotool search --sync --onlyvisible --name '^Quartierbuch' >/dev/null || { cat /tmp/window.log; exit 1; }
    shown=$(since "$begun")
    # Drawn once the screen holds more than a few colours.
    until [ "$(import -window root -format %k info:)" -gt 64 ]; do kill -0 "$window"; done
    echo "The $start time the window shows after $shown and is drawn after $(since "$begun")"
    import -window root /packages/window.png
    kill "$window"
    wait "$window" || true
done
INSIDE

# A mount and process namespace of its own: what runs and is mounted in it ends with it.
unshare --mount --pid --fork --kill-child chroot "$bare" /bin/bash /packages/check.sh
mkdir -p tests/shots
cp "$bare/packages/window.png" tests/shots/package.png
echo "Picture: tests/shots/package.png"
