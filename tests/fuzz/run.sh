#!/bin/sh
# Every kept input through its target: tests/README.md says how more are found.
# usage: BUILD=build/cc tests/fuzz/run.sh
set -u
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for corpus in tests/fuzz/corpus/*/; do
    target=$(basename "$corpus")
    if "$BUILD/fuzz/$target" "$corpus"* 2>"$log"; then
        echo "ok fuzz/$target: $(wc -l <"$log") inputs"
    else
        echo "not ok fuzz/$target"
        tail -5 "$log" | sed 's/^/# /'
        failed=1
    fi
done
exit $failed
