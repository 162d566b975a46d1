#!/usr/bin/env bash
# Fuzzes one decoder with libFuzzer: fuzz.sh TARGET SECONDS. The corpus grows in .fuzz/TARGET and starts from the fixtures.
set -eu
cd "$(dirname "$0")/.."
target=$1
seconds=$2
scratch=.build/fuzz
swift build -c release --scratch-path "$scratch" --product LogFuzz -Xswiftc -DFUZZING -Xswiftc -sanitize=fuzzer \
    -Xswiftc -parse-as-library -Xswiftc -use-ld=lld -Xlinker -lstdc++ -Xlinker -lm
mkdir -p ".fuzz/$target" ".fuzz/findings"
seeds="Fixtures/fuzz/$target"
"$(swift build -c release --scratch-path "$scratch" --show-bin-path)/LogFuzz" "$target" ".fuzz/$target" \
    $([ -d "$seeds" ] && echo "$seeds") \
    -max_total_time="$seconds" -max_len=65536 -rss_limit_mb=2048 -malloc_limit_mb=512 -timeout=20 -print_final_stats=1 \
    -artifact_prefix=".fuzz/findings/$target-"
