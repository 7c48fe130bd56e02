#!/bin/sh
# A renaming over several files that dies, or is refused by the system, at each of its calls: no id may dangle, the
# same command must finish it, and what failed but could be put back must be as it was.
# usage: BUILD=build/cc tests/faults/rename.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
fault=$(pwd)/$BUILD/faults/fault.so
fixture=$(pwd)/tests/screens/fixture
tmp=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # memory, where there is such a folder: many an fsync
trap 'rm -rf "$tmp"' EXIT
work=$tmp/work
export GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
failed=0 points=0

if [ ! -f "$fault" ] || ! LD_PRELOAD=$fault "$gainsay" --version >"$tmp/out" 2>&1; then
    echo "ok faults rename # SKIP this build cannot be preloaded"
    exit 0
fi

rename() { # [NAME=VALUE...]
    (cd "$work" && exec env "$@" "$gainsay" rename $what) >"$tmp/out" 2>&1 </dev/null
}

fresh() {
    rm -rf "$work"
    cp -R "$fixture" "$work"
    mkdir -p "$work/annotations/ben/ferry"
    for article in herald tribune; do
        sed 's/: ana$/: ben/; s/\([cfln]\)0000/\1b000/g' "$work/annotations/ana/ferry/$article.yaml" \
            >"$work/annotations/ben/ferry/$article.yaml"
    done
}

complain() { # TEXT
    echo "not ok faults rename/$name: call $at ($(sed -n "${at}p" "$tmp/calls")): $1"
    sed 's/^/# /' "$tmp/out"
    failed=1 good=no
}

is_as() { # STATE: before or after
    diff -r -x '*.lock' "$work/annotations" "$tmp/$1" >/dev/null
}

nothing_dangles() {
    if is_as before || is_as after; then return; fi
    (cd "$work" && "$gainsay" check --tsv) >"$tmp/check" 2>&1
    ! grep -q "^error	\(dangling\|word\|source\)" "$tmp/check" || complain "$(grep '^error' "$tmp/check" | head -1)"
}

# The same command again makes it whole and leaves nothing behind.
goes_on() {
    left=$(find "$work" -name '*.lock' -o -name '.*.gainsay-*')
    if [ -z "$left" ] && { is_as before || is_as after; }; then return; fi
    rename
    [ $? -le 1 ] || complain "the next run fails"
    is_as after || complain "the next run does not finish it"
    left=$(find "$work" -name '*.lock' -o -name '.*.gainsay-*')
    [ -z "$left" ] || complain "left behind: $left"
}

each() { # NAME HOW STEP [NAME=VALUE...]: at every STEPth call
    name=$1 how=$2 step=$3 at=1 good=yes
    shift 3
    while [ $at -le "$calls" ]; do
        case $how.$(sed -n "${at}p" "$tmp/calls") in
        kill.close | kill.flock | kill.fchmod) at=$((at + 1)) && continue ;; # the files are as at the next
        torn.*write | kill.* | [0-9]*) ;;
        *) at=$((at + step)) && continue ;;
        esac
        fresh
        rename LD_PRELOAD="$fault" FAULT_UNDER="$work" FAULT_AT=$at FAULT_HOW="$how" "$@"
        status=$?
        nothing_dangles
        case $name.$status in
        dies*.137 | says_what_fails*.3) ;;
        *.0) is_as after || complain "success, but not all is renamed" ;;
        says_what_failed*.3)
            is_as before || complain "not as before"
            grep -q "annotations.*: .*; nothing was changed" "$tmp/out" ||
                grep -q 'lock' "$tmp/out" || complain "the message says not what was changed"
            ;;
        *) complain "status $status" ;;
        esac
        goes_on
        points=$((points + 1))
        at=$((at + step))
    done
    [ $good = no ] || echo "ok faults rename/$name"
}

sparse=1 # the second time at fewer calls
for what in 'source coast-guard zz-guard' 'source_kind office post'; do
    fresh
    cp -R "$work/annotations" "$tmp/before"
    : >"$tmp/calls"
    rename LD_PRELOAD="$fault" FAULT_UNDER="$work" FAULT_LOG="$tmp/calls" || exit 1
    cp -R "$work/annotations" "$tmp/after"
    calls=$(wc -l <"$tmp/calls")
    if is_as before; then
        echo "not ok faults rename: nothing is changed"
        exit 1
    fi
    each "dies_at_every_call of $what" kill $sparse
    each "dies_in_the_middle_of_a_write of $what" torn $sparse
    each "says_what_failed_once of $what" 5 $((sparse * 3))
    each "says_what_fails_from_here_on of $what" 28 $((sparse * 6)) FAULT_LAST=1
    rm -rf "$tmp/before" "$tmp/after"
    sparse=3
done
[ $failed -ne 0 ] || echo "ok faults rename/$points points"
exit $failed
