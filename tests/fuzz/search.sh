#!/bin/sh
# Look for inputs that break a target, or reach what none before did, with libFuzzer under ASan and UBSan.
# New ones are kept in build/fuzzing/found/TARGET; what broke it is build/fuzzing/crash-*.
# usage: tests/fuzz/search.sh TARGET SECONDS
set -eu
target=$1 seconds=$2
if [ ! -f "tests/fuzz/$target.c" ]; then
    echo "usage: make fuzz TARGET=NAME [TIME=SECONDS]; names:" $(cd tests/fuzz && ls *.c | sed 's/\.c$//; /^replay$/d') >&2
    exit 2
fi
build=build/fuzzing
make -s CC=clang SAN=fuzzer-no-link,address,undefined B=$build all
mkdir -p "$build/found/$target" "$build/bin"
# shellcheck disable=SC2046
clang -std=c17 -D_GNU_SOURCE -Isrc -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
    -o "$build/bin/$target" "tests/fuzz/$target.c" -Wl,--start-group "$build"/*.a -Wl,--end-group \
    $(pkg-config --cflags --libs $(sed -n 's/^PACKAGES *= *//p' Makefile))
exec "$build/bin/$target" -max_total_time="$seconds" -timeout=5 -artifact_prefix="$build/" \
    "$build/found/$target" "tests/fuzz/corpus/$target"
