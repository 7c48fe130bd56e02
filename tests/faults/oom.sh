#!/bin/sh
# A program that is refused memory, once or from there on, at each of its allocations: it says so and ends with a
# status, no file is damaged, and what says success is success. STEP=1: at all of them, not a sample.
# usage: BUILD=build/cc [STEP=1] tests/faults/oom.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
oom=$(pwd)/$BUILD/faults/oom.so
fixture=$(pwd)/tests/screens/fixture
tmp=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # memory, where there is such a folder: many an fsync
trap 'rm -rf "$tmp"' EXIT
work=$tmp/work
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
failed=0 points=0

if [ ! -f "$oom" ] || ! LD_PRELOAD=$oom "$gainsay" --version >"$tmp/out" 2>&1; then
    echo "ok faults oom # SKIP this build or system cannot be preloaded"
    exit 0
fi
echo 'keys ))C' >"$tmp/mark"
echo 'keys ]d' >"$tmp/delete"

printf '{"record": "note", "article": "ferry/herald", "span": [{"at": [0, 11], "quote": "Ferry Sinks"}]}' >"$tmp/in"

fresh() {
    rm -rf "$work" "$GAINSAY_STATE"
    cp -R "$fixture" "$work"
}

# attempt [NAME=VALUE...]: the command of this round.
attempt() {
    (cd "$work" && exec env "$@" "$gainsay" --as ana $what) >"$tmp/out" 2>&1 </dev/null
}

complain() { # TEXT
    echo "not ok faults oom: $what: allocation $at: $1"
    sed 's/^/# /' "$tmp/out" | head -5
    failed=1
}

# Is every file as it was before, or as it is to be? A renaming goes over them step by step: no id may dangle.
is_whole() {
    if [ "${what%% *}" = rename ]; then
        ! (cd "$work" && "$gainsay" check --tsv) | grep -q '^error	\(dangling\|word\|source\|yaml\)'
        return
    fi
    for file in $(cd "$tmp/after" && find . -type f); do
        cmp -s "$work/annotations/$file" "$tmp/before/$file" ||
            cmp -s "$work/annotations/$file" "$tmp/after/$file" || return 1
    done
}

# One refusal at every STEPth allocation.
round() { # STEP [NAME=VALUE...]
    step=$1 at=1
    shift
    while [ $at -le "$count" ]; do
        [ $writes = no ] || fresh
        attempt LD_PRELOAD="$oom" OOM_AT=$at "$@"
        status=$?
        case $status in
        0 | 1 | 2 | 3 | 4) ;;
        *) complain "status $status" ;;
        esac
        if diff -r "$work/annotations" "$tmp/after" >/dev/null; then
            :
        elif ! is_whole; then
            complain "a file is neither as before nor as after"
        elif [ $writes = yes ] && [ $status -eq 0 ]; then
            complain "success, but not all is saved"
        fi
        [ $status -ne 3 ] || [ -s "$tmp/out" ] || complain "no message"
        points=$((points + 1))
        at=$((at + step))
    done
}

# Commands, those that write last; sample: how many points of each in the short form.
while read -r writes sample what; do
    what=$(echo "$what" | sed "s|@|$tmp|")
    fresh
    rm -rf "$tmp/before" "$tmp/after"
    cp -R "$work/annotations" "$tmp/before"
    attempt LD_PRELOAD="$oom" OOM_LOG="$tmp/count"
    cp -R "$work/annotations" "$tmp/after"
    count=$(cat "$tmp/count")
    if [ $writes = yes ] && diff -r "$tmp/before" "$tmp/after" >/dev/null; then
        echo "not ok faults oom: $what changes nothing"
        exit 1
    fi
    round "${STEP:-$((count / sample + 1))}"
    round "${STEP:-$((count / sample + 1))}" OOM_LAST=1
done <<END
no 12 check
no 12 list --json
no 12 board
no 12 show ferry/herald
no 8 export w3c
yes 8 import jsonl @/in
yes 16 read ferry/herald --script @/mark
yes 16 read ferry/herald --script @/delete
yes 12 rename source coast-guard zz-guard
yes 12 merge-sources coast-guard harbour-office
END
[ $failed -ne 0 ] || echo "ok faults oom/$points points"
exit $failed
