#!/bin/sh
# Installs the Debian packages that the wheels and the tests need, or prints the exact line to run.
# Quick when all are there; changes nothing then.
set -eu

needed="
python3-venv fonts-noto-cjk espeak-ng
libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1 libxcb-xfixes0 libxcb-sync1
alsa-utils pcscd vsmartcard-vpcd cups cups-client libpcsclite-dev swig gcc libc6-dev python3-dev pkg-config
xvfb chromium libatomic1 zbar-tools avahi-daemon avahi-utils procps strace systemd iproute2 nftables
"

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is no Debian: install the equivalents of:" $needed
    exit 0
fi

missing=""
for package in $needed; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

line="apt-get update && apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    echo "Installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq --yes --no-install-recommends $missing >/dev/null
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    echo "Installing:$missing"
    sudo -n apt-get update -qq
    sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $missing >/dev/null
else
    echo "System libraries are missing. As root, run this line, then make again:"
    echo "  $line"
    exit 1
fi
