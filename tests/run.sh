#!/bin/sh
# Run every test program and script; print a line for each that fails and the totals last.
# usage: tests/run.sh BUILD-FOLDER
set -u
build=$1
passed=0 failed=0 skipped=0
logs=$(mktemp -d)
log=$logs/one beside=
trap '[ -z "$beside" ] || kill "$beside"; rm -rf "$logs"' EXIT

# Sittings on a terminal wait more than they work: they run beside all others.
(
    BUILD=$build sh tests/tty/run.sh >"$logs/tty" 2>&1
    echo $? >"$logs/tty.status"
) &
beside=$!

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
count_script() { # SCRIPT STATUS OUTPUT
    ok=$(grep -c '^ok ' "$3")
    bad=$(grep -c '^not ok ' "$3")
    skip=$(grep -c '^ok .*# SKIP' "$3")
    if [ "$2" -ne 0 ] || [ "$bad" -ne 0 ]; then
        [ "$bad" -ne 0 ] || bad=1
        echo "FAIL $1"
        grep '^not ok ' "$3"
        grep -v -e '^ok ' -e '^not ok ' "$3" | tail -60
    fi
    grep '# SKIP' "$3"
    passed=$((passed + ok - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
}

for test in tests/cli/*.sh tests/screens/run.sh tests/faults/*.sh tests/fuzz/run.sh tests/docs/run.sh; do
    [ -f "$test" ] || continue
    BUILD=$build sh "$test" >"$log" 2>&1
    count_script "$test" $? "$log"
done
wait "$beside"
beside=
count_script tests/tty/run.sh "$(cat "$logs/tty.status")" "$logs/tty"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
