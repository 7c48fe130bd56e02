#!/bin/sh
# The full form of what `make check` samples: every script of this folder, and the tests of faults at every call and
# at many more allocations. Takes three quarters of an hour of a processor; says what is done as it is done.
# usage: tests/long/run.sh BUILD-FOLDER
set -u
build=$1
failed=''

one() { # SCRIPT [NAME=VALUE...]
    script=$1 began=$(date +%s)
    shift
    echo "== $script $*"
    env BUILD="$build" "$@" sh "$script" || failed="$failed $script"
    echo "== $script: $(($(date +%s) - began)) s"
}

for script in tests/long/*.sh; do
    case $script in
    */run.sh | */saves.sh) ;;
    *) one "$script" ;;
    esac
done
one tests/faults/run.sh
one tests/faults/rename.sh
one tests/faults/oom.sh STEP=5
one tests/long/saves.sh # the longest
[ -z "$failed" ] || echo "FAIL$failed"
[ -z "$failed" ]
