#!/bin/sh
# Look for inputs that break a target, or reach what none before did: with libFuzzer under ASan and UBSan, or many
# times as fast and without these with AFL++. New ones are kept in build/fuzzing/found/TARGET, by AFL++ in
# build/fuzzing-afl/TARGET/default/queue; what broke it is build/fuzzing/crash-*, by AFL++ in .../default/crashes.
# A second search with AFL++ goes on where the one before it ended.
# usage: tests/fuzz/search.sh TARGET SECONDS [afl]
set -eu
target=$1 seconds=$2 with=${3:-libfuzzer}
if [ ! -f "tests/fuzz/$target.c" ]; then
    echo "usage: make fuzz TARGET=NAME [TIME=SECONDS] [WITH=afl]; names:" $(cd tests/fuzz && ls *.c | sed 's/\.c$//; /^replay$/d') >&2
    exit 2
fi

# link COMPILER [FLAG...]: build/BIN/TARGET
link() {
    compiler=$1
    shift
    mkdir -p "$build/bin"
    # shellcheck disable=SC2046
    "$compiler" -std=c17 -D_GNU_SOURCE -Isrc -g -O1 "$@" -o "$build/bin/$target" "tests/fuzz/$target.c" \
        -Wl,--start-group "$build"/*.a -Wl,--end-group \
        $(pkg-config --cflags --libs $(sed -n 's/^PACKAGES *= *//p' Makefile)) -lm
}

case $with in
libfuzzer)
    build=build/fuzzing
    make -s CC=clang SAN=fuzzer-no-link,address,undefined B=$build all
    mkdir -p "$build/found/$target"
    link clang -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
    exec "$build/bin/$target" -max_total_time="$seconds" -timeout=5 -artifact_prefix="$build/" \
        "$build/found/$target" "tests/fuzz/corpus/$target"
    ;;
afl)
    build=build/fuzzing-afl
    export AFL_QUIET=1 AFL_AUTORESUME=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
    make -s CC=afl-clang-fast B=$build all
    link afl-clang-fast -fsanitize=fuzzer
    timeout --foreground -s INT "$seconds" \
        afl-fuzz -t 1000 -i "tests/fuzz/corpus/$target" -o "$build/$target" -- "$build/bin/$target" || [ $? -eq 124 ]
    grep 'execs_done\|edges_found\|saved_' "$build/$target/default/fuzzer_stats"
    grep -q 'saved_crashes *: 0$' "$build/$target/default/fuzzer_stats"
    ;;
*)
    echo "unknown fuzzer '$with'; libfuzzer or afl" >&2
    exit 2
    ;;
esac
