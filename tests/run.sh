#!/bin/sh
# Run every test program and script; print a line for each that fails and the totals last.
# usage: tests/run.sh BUILD-FOLDER
set -u
build=$1
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Unit programs print cmocka's TAP: count its lines.
for test in "$build"/unit/t_*; do
    [ -x "$test" ] && [ ! -d "$test" ] || continue
    CMOCKA_MESSAGE_OUTPUT=TAP "$test" >"$log" 2>&1
    status=$?
    ok=$(grep -c '^ok ' "$log")
    bad=$(grep '^not ok ' "$log" | grep -vc '# SKIP') # cmocka says "not ok" of a skipped one
    skip=$(grep -c '^not ok .*# SKIP' "$log")
    if [ "$status" -ne 0 ] || [ "$bad" -ne 0 ]; then
        [ "$bad" -ne 0 ] || bad=1
        echo "FAIL $test"
        grep -v '^ok ' "$log" | head -40
    fi
    grep '# SKIP' "$log" | sed 's/^not ok/ok/'
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
done

# Scripts print "ok NAME", "not ok NAME" or "ok NAME # SKIP why" lines themselves.
for test in tests/cli/*.sh tests/screens/run.sh tests/tty/run.sh tests/faults/*.sh tests/fuzz/run.sh \
    tests/docs/run.sh; do
    [ -f "$test" ] || continue
    BUILD=$build sh "$test" >"$log" 2>&1
    status=$?
    ok=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    skip=$(grep -c '^ok .*# SKIP' "$log")
    if [ "$status" -ne 0 ] || [ "$bad" -ne 0 ]; then
        [ "$bad" -ne 0 ] || bad=1
        echo "FAIL $test"
        grep '^not ok ' "$log"
        grep -v -e '^ok ' -e '^not ok ' "$log" | tail -60
    fi
    grep '# SKIP' "$log"
    passed=$((passed + ok - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
