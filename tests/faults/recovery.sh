#!/bin/sh
# A text that a sitting left is taken up, saved, dropped and brought back by one that dies, or is refused by the
# system, at each call: the text is offered again or saved, whole, and nothing else is changed.
# usage: BUILD=build/cc tests/faults/recovery.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
fault=$(pwd)/$BUILD/faults/fault.so
fixture=$(pwd)/tests/screens/fixture
tmp=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$tmp"' EXIT
all=$tmp/all
work=$all/work
layer=$work/annotations/ana/ferry/herald.yaml
text='the boats came late'
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$all/state" LC_ALL=C.UTF-8
failed=0 points=0

if ! LD_PRELOAD=$fault "$gainsay" --version >"$tmp/out" 2>&1; then
    echo "ok faults/recovery # SKIP this build cannot be preloaded"
    exit 0
fi

play() { # KEYS [NAME=VALUE...]
    keys=$1
    shift
    (cd "$work" && exec env "$@" "$gainsay" --as ana read ferry/herald --script "$keys") \
        >"$tmp/out" 2>&1 </dev/null
}

fresh() {
    rm -rf "$all"
    cp -R "$tmp/begun" "$all"
}

complain() { # TEXT
    echo "not ok faults/recovery/$name: call $at ($(sed -n "${at}p" "$tmp/calls")): $1"
    sed 's/^/# /' "$tmp/out"
    failed=1 good=no
}

# The folder as a sitting left it that broke off in the middle of a note.
mkdir -p "$all"
cp -R "$fixture" "$work"
printf 'keys ))M\ntype "%s"\nhangup\n' "$text" >"$tmp/begin"
play "$tmp/begin" || exit 1
cp "$layer" "$tmp/before"
cp -R "$all" "$tmp/begun"

printf 'keys <Enter>\nhangup\n' >"$tmp/take"
printf 'keys <Enter><Enter><Enter>\n' >"$tmp/save"
printf 'keys du<Esc>\n' >"$tmp/drop"
echo 'snap next' >"$tmp/look"
play "$tmp/save" || exit 1
cp "$layer" "$tmp/after"
if ! grep -q "$text" "$tmp/after"; then
    echo "not ok faults/recovery: the keys save nothing"
    exit 1
fi

each() { # NAME HOW STEP [NAME=VALUE...]: at every STEPth call
    name=$1.$2 how=$2 step=$3 at=1 good=yes keys=$tmp/$1
    [ -z "${GAINSAY_LONG-}" ] || step=1
    shift 3
    fresh
    : >"$tmp/calls"
    play "$keys" LD_PRELOAD="$fault" FAULT_UNDER="$all" FAULT_LOG="$tmp/calls" || complain "fails"
    last=$(wc -l <"$tmp/calls")
    while [ $at -le "$last" ]; do
        fresh
        play "$keys" LD_PRELOAD="$fault" FAULT_UNDER="$all" FAULT_AT=$at FAULT_HOW="$how" "$@"
        cmp -s "$layer" "$tmp/before" || cmp -s "$layer" "$tmp/after" ||
            complain "the layer is neither as before nor as after"
        cmp -s "$fixture/annotations/sources.yaml" "$work/annotations/sources.yaml" ||
            complain "the registry changed"
        play "$tmp/look" || complain "the next sitting fails"
        if cmp -s "$layer" "$tmp/before" && ! grep -q "  $text *$" "$tmp/out"; then
            complain "the text is lost"
        fi
        find "$all" -name '*.tmp' -o -name '*.lock' -o -name '*.damaged' | grep -q . &&
            complain "something is left behind: $(find "$all" -name '*.tmp' -o -name '*.lock' -o -name '*.damaged')"
        points=$((points + 1))
        at=$((at + step))
    done
    [ $good = no ] || echo "ok faults/recovery/$name"
}

for how in kill 28 ${GAINSAY_LONG:+torn 5}; do
    each take $how 4
    each save $how 6
    each drop $how 3
done
each save 28 8 FAULT_LAST=1
[ $failed -ne 0 ] || echo "ok faults/recovery/$points points"
exit $failed
