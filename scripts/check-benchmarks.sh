#!/usr/bin/env bash
# The benchmarks must build and run at a tiny size; their figures mean nothing here. Peers whose library is missing are left out.
set -eu
cd "$(dirname "$0")/.."
make -C Benchmarks/Peers
(cd Benchmarks && swift build -c release)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
Benchmarks/run.py --tiny --dir "$scratch/data" --results "$scratch/results"
scripts/check-figures.py
