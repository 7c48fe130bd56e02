#!/bin/sh
# A sitting that dies, or is refused by the system, at each call of its saves: every file must be one of its
# states, no change lost that was there before the call, no success said that is none, nothing left behind.
# usage: BUILD=build/cc tests/faults/run.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
fault=$(pwd)/$BUILD/faults/fault.so
fixture=$(pwd)/tests/screens/fixture
tmp=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # memory, where there is such a folder: many an fsync
trap 'rm -rf "$tmp"' EXIT
work=$tmp/work
files='ana/ferry/herald.yaml sources.yaml'
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
failed=0 points=0

if [ ! -f "$fault" ] || ! LD_PRELOAD=$fault "$gainsay" --version >"$tmp/out" 2>&1; then
    echo "ok faults # SKIP this build cannot be preloaded"
    exit 0
fi

play() { # KEYS [NAME=VALUE...]
    keys=$1
    shift
    (cd "$work" && exec env "$@" "$gainsay" --as ana read ferry/herald --script "$keys") \
        >"$tmp/out" 2>&1 </dev/null
}

fresh() {
    rm -rf "$work" "$GAINSAY_STATE"
    cp -R "$fixture" "$work"
}

complain() { # TEXT
    echo "not ok faults/$name: call $at ($(sed -n "${at}p" "$tmp/calls")): $1"
    sed 's/^/# /' "$tmp/out"
    failed=1 good=no
}

# Is each file as it was after the change FIRST or a later one?
stands() { # FIRST
    for file in $files; do
        found=no
        for state in $(seq "$1" 3); do
            if cmp -s "$work/annotations/$file" "$tmp/$state/$file"; then found=yes; fi
        done
        [ $found = yes ] || complain "$file is not as after change $1 or later"
    done
}

# The next sitting begins, changes nothing and leaves nothing behind.
goes_on() {
    play "$tmp/keys.0" || complain "the next sitting fails"
    left=$(find "$work" -name '*.lock' -o -name '.*.gainsay-*')
    [ -z "$left" ] || complain "left behind: $left"
}

# The states: none, marked, the mark undone, attributed to a new source. And the calls until then.
: >"$tmp/keys.0"
echo 'keys ))C' >"$tmp/keys.1"
{ cat "$tmp/keys.1"; echo 'keys u'; } >"$tmp/keys.2"
{ cat "$tmp/keys.2"; echo 'keys gg]aNewsource<Enter>r<Enter><Esc>'; } >"$tmp/keys.3"
for state in 0 1 2 3; do
    fresh
    : >"$tmp/calls"
    play "$tmp/keys.$state" LD_PRELOAD="$fault" FAULT_UNDER="$work" FAULT_LOG="$tmp/calls" || exit 1
    cp -R "$work/annotations" "$tmp/$state"
    eval "until_$state=$(wc -l <"$tmp/calls")"
done
if cmp -s "$tmp/1/ana/ferry/herald.yaml" "$tmp/0/ana/ferry/herald.yaml" ||
    cmp -s "$tmp/3/sources.yaml" "$tmp/2/sources.yaml"; then
    echo "not ok faults: the keys change nothing"
    exit 1
fi

each() { # NAME HOW STEP [NAME=VALUE...]: at every STEPth call
    name=$1 how=$2 step=$3 at=1 good=yes
    shift 3
    while [ $at -le "$until_3" ]; do
        case $how.$(sed -n "${at}p" "$tmp/calls") in
        torn.*write | short.*write | kill.* | [0-9]*) ;;
        *) at=$((at + step)) && continue ;;
        esac
        fresh
        play "$tmp/keys.3" LD_PRELOAD="$fault" FAULT_UNDER="$work" FAULT_AT=$at FAULT_HOW="$how" "$@"
        status=$?
        case $name in
        dies*)
            [ $status -eq 137 ] || complain "status $status"
            if [ $at -gt "$until_2" ]; then
                stands 2
            elif [ $at -gt "$until_1" ]; then
                stands 1
            else
                stands 0
            fi
            ;;
        goes_on*)
            [ $status -eq 0 ] || complain "status $status"
            stands 3
            ;;
        *)
            if [ $status -eq 0 ]; then
                stands 3
            else
                stands 0
                grep -q "annotations.*: .*$said" "$tmp/out" || complain "the message names no file or reason"
            fi
            ;;
        esac
        goes_on
        points=$((points + 1))
        at=$((at + step))
    done
    [ $good = no ] || echo "ok faults/$name"
}

each dies_at_every_call kill 1
each dies_in_the_middle_of_a_write torn 1
each goes_on_after_an_interruption 4 3
each goes_on_after_a_short_write short 1
said='Input/output error'
each says_what_failed_once 5 1
said='No space left'
each says_what_fails_from_here_on 28 3 FAULT_LAST=1
[ $failed -ne 0 ] || echo "ok faults/$points points"
exit $failed
