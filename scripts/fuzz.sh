#!/usr/bin/env bash
# Fuzzes one decoder with libFuzzer: fuzz.sh TARGET SECONDS. The corpus grows in .fuzz/TARGET and starts from the fixtures; an input
# that traps, takes more than 20 s, 2 GiB, or 128 MiB at once is written to Fixtures/corrupt/TARGET.
set -eu
cd "$(dirname "$0")/.."
target=$1
seconds=$2
scratch=.build/fuzz
# Swift's own handler would take the trap away from libFuzzer, and with it the input that made it.
export SWIFT_BACKTRACE=enable=no
swift build -c release --scratch-path "$scratch" --product LogFuzz -Xswiftc -DFUZZING -Xcc -DFUZZING -Xswiftc -sanitize=fuzzer \
    -Xswiftc -parse-as-library -Xswiftc -use-ld=lld -Xlinker -lstdc++ -Xlinker -lm
mkdir -p ".fuzz/$target" "Fixtures/corrupt/$target"
seeds=()
for directory in "Fixtures/fuzz/$target" "Fixtures/corrupt/$target"; do
    if [ -d "$directory" ]; then seeds+=("$directory"); fi
done
"$(swift build -c release --scratch-path "$scratch" --show-bin-path)/LogFuzz" "$target" ".fuzz/$target" "${seeds[@]}" \
    -max_total_time="$seconds" -max_len=65536 -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 \
    -artifact_prefix="Fixtures/corrupt/$target/"
