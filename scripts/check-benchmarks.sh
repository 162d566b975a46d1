#!/usr/bin/env bash
# The benchmarks must build and run at a tiny size; their figures mean nothing here.
set -eu
cd "$(dirname "$0")/../Benchmarks"
swift build -c release
swift run -c release --skip-build LedgerBenchmarks --commands 2000 --cards 100 --batch 500 --rounds 1
