#!/bin/sh
# The merge driver dies, or is refused by the system, at each call: OURS is as it was or merged, never a mix, and a
# fault is never taken by git for a clean merge or a conflict.
# usage: BUILD=build/cc tests/faults/merge.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
fault=$(pwd)/$BUILD/faults/fault.so
base=$(pwd)/tests/screens/fixture/annotations/ana/ferry/tribune.yaml
tmp=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8
failed=0 points=0

if ! LD_PRELOAD=$fault "$gainsay" --version >"$tmp/out" 2>&1; then
    echo "ok faults/merge # SKIP this build cannot be preloaded"
    exit 0
fi

mkdir "$tmp/in"
cd "$tmp/in" || exit 1
cp "$base" base
sed 's/^  topic: missing/  topic: ours/' base >"$tmp/before"
sed 's/^  topic: on-board/  topic: theirs/' base >theirs

merge() { # [NAME=VALUE...]
    cp "$tmp/before" ours
    env "$@" "$gainsay" merge base ours theirs annotations/ana/ferry/tribune.yaml >"$tmp/out" 2>&1 </dev/null
    status=$?
}

complain() {
    echo "not ok faults/merge.$how: call $at ($(sed -n "${at}p" "$tmp/calls")): $1"
    sed 's/^/# /' "$tmp/out"
    failed=1 good=no
}

: >"$tmp/calls"
merge LD_PRELOAD="$fault" FAULT_UNDER="$tmp/in" FAULT_LOG="$tmp/calls"
cp ours "$tmp/after"
last=$(wc -l <"$tmp/calls")
for how in kill torn ENOSPC EIO; do
    at=1 good=yes
    while [ $at -le "$last" ]; do
        merge LD_PRELOAD="$fault" FAULT_UNDER="$tmp/in" FAULT_AT=$at FAULT_HOW=$how
        if cmp -s ours "$tmp/before"; then
            [ $status -gt 128 ] || complain "status $status, and ours is as it was"
        elif ! cmp -s ours "$tmp/after"; then
            complain "ours is neither as before nor as after"
        elif [ $status -ne 0 ] && [ $how != kill ] && [ $how != torn ]; then
            complain "status $status, and ours is merged"
        fi
        merge
        [ $status -eq 0 ] && cmp -s ours "$tmp/after" || complain "the next merge fails"
        [ "$(echo .[!.]*)" = '.[!.]*' ] || complain "something is left behind: $(echo .[!.]*)"
        at=$((at + 1)) points=$((points + 1))
    done
    [ $good = no ] || echo "ok faults/merge.$how at each of $last calls"
done
[ $points -ge 30 ] || {
    echo "not ok faults/merge: only $points points"
    failed=1
}
exit $failed
