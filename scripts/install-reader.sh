#!/usr/bin/env bash
# Installs the one package that the second reader in Fixtures/reader needs, where it is missing. Prints nothing where it is there.
set -eu
cd "$(dirname "$0")/.."

has_lz4() { python3 -c "import lz4.block" 2>/dev/null; }

if has_lz4; then exit 0; fi
echo "installing lz4 for python3"
if python3 -m pip install -q -r Fixtures/reader/requirements.txt 2>/dev/null && has_lz4; then exit 0; fi
if command -v apt-get >/dev/null; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq python3 python3-lz4
fi
if ! has_lz4; then
    echo "python3 with the lz4 package is missing; install it with your system's package manager" >&2
    exit 1
fi
