#!/usr/bin/env bash
# Installs what the peers of the benchmarks need, where it is missing. Prints nothing where it is there.
set -eu

missing=()
[ -e /usr/include/lmdb.h ] || missing+=(liblmdb-dev)
[ -e /usr/include/rocksdb/c.h ] || missing+=(librocksdb-dev)
[ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
if [ ${#missing[@]} = 0 ]; then exit 0; fi
if ! command -v apt-get >/dev/null; then
    echo "not measured beside: ${missing[*]}; install them with your system's package manager" >&2
    exit 0
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
echo "installing ${missing[*]}"
$as_root apt-get update -qq
$as_root apt-get install -y -qq "${missing[@]}"
