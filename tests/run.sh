#!/bin/sh
# Run every test program and script; print a line for each that fails and the totals last.
# usage: tests/run.sh BUILD-FOLDER
#   JOBS=N  so many at once; as a rule one more than there are processors, since sittings on a
#           terminal wait more than they work
#   GAINSAY_LONG  set: each in its long form, and told as it ends
set -u
export BUILD="$1"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
jobs=${JOBS:-$(($(getconf _NPROCESSORS_ONLN) + 1))}

# Those that take longest come first, so that none is left alone at the end.
list() {
    printf '%s\n' tests/tty/run.sh tests/screens/run.sh tests/docs/run.sh tests/cli/*.sh \
        tests/faults/*.sh tests/fuzz/run.sh
    for test in "$BUILD"/unit/t_*; do
        [ ! -x "$test" ] || [ -d "$test" ] || printf '%s\n' "$test"
    done
}

# What a test says goes to a file of its own, with its status behind.
list >"$logs/list"
xargs -P "$jobs" -I TEST sh -c '
    log=$1/$(printf %s "$2" | tr / _)
    case $2 in
    *.sh) sh "$2" >"$log" 2>&1 ;;
    *) CMOCKA_MESSAGE_OUTPUT=TAP "$2" >"$log" 2>&1 ;;
    esac
    status=$?
    echo $status >"$log.status"
    [ -z "${GAINSAY_LONG-}" ] || echo "== $2: status $status"' sh "$logs" TEST <"$logs/list"

# Scripts print "ok NAME", "not ok NAME" or "ok NAME # SKIP why" lines; unit programs cmocka's TAP,
# which says "not ok" of what it skips.
passed=0 failed=0 skipped=0
while read -r test; do
    log=$logs/$(printf %s "$test" | tr / _)
    status=$(cat "$log.status")
    ok=$(grep '^ok ' "$log" | grep -vc '# SKIP')
    bad=$(grep '^not ok ' "$log" | grep -vc '# SKIP')
    skip=$(grep '^ok \|^not ok ' "$log" | grep -c '# SKIP')
    if [ "$status" -ne 0 ] || [ "$bad" -ne 0 ]; then
        [ "$bad" -ne 0 ] || bad=1
        echo "FAIL $test"
        grep '^not ok ' "$log" | grep -v '# SKIP'
        grep -v -e '^ok ' -e '^not ok ' "$log" | tail -60
    fi
    grep '# SKIP' "$log" | sed 's/^not ok/ok/'
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
done <"$logs/list"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
