#!/bin/sh
# The full form of what `make check` samples: every script of this folder, and the tests of faults at every call and
# at many more allocations. Takes a quarter of an hour.
# usage: tests/long/run.sh BUILD-FOLDER
set -u
build=$1
failed=0

one() { # SCRIPT [NAME=VALUE...]
    script=$1
    shift
    echo "== $script $*"
    env BUILD="$build" "$@" sh "$script" || failed=1
}

for script in tests/long/*.sh; do
    [ "$script" = tests/long/run.sh ] || one "$script"
done
one tests/faults/run.sh
one tests/faults/rename.sh
one tests/faults/oom.sh STEP=13
exit $failed
