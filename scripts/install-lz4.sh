#!/usr/bin/env bash
# Installs liblz4-dev, the one system library, where it is missing. Prints nothing where it is there.
set -eu

if [ -e /usr/include/lz4.h ] || { command -v pkg-config >/dev/null && pkg-config --exists liblz4; }; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "liblz4's development files are missing; install them with your system's package manager" >&2
    exit 1
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
echo "installing liblz4-dev"
$as_root apt-get update -qq
$as_root apt-get install -y -qq liblz4-dev pkg-config
