#!/bin/sh
# Sittings on a terminal, each in a fresh copy of the small workspace.
# usage: BUILD=build/cc tests/tty/run.sh [NAME...]
set -u
build=$(pwd)/$BUILD
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
unset GAINSAY_ANNOTATOR LC_ALL LC_CTYPE LANG NO_COLOR VISUAL EDITOR LINES COLUMNS
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$tmp/state"
status=0
only=" $* "
for tests in sessions terminals; do
    for name in $("$build/tty/$tests" --list); do
        case $only in "  " | *" $name "*) ;; *) continue ;; esac
        rm -rf "$tmp/work" "$GAINSAY_STATE"
        cp -R tests/screens/fixture "$tmp/work"
        (cd "$tmp/work" && "$build/tty/$tests" "$name" "$build/gainsay" --as ana read ferry/herald) ||
            status=1
    done
done

# Without a terminal: which of the two is missing, and what works without.
if (cd tests/screens/fixture && "$build/gainsay" --as ana read ferry/herald 2>&1 </dev/null) |
    grep -q "standard input is not a terminal.*'gainsay show"; then
    echo "ok tty/says_that_standard_input_is_no_terminal"
else
    echo "not ok tty/says_that_standard_input_is_no_terminal"
    status=1
fi
if [ "$only" = "  " ] && ! sh tests/tty/inside.sh; then
    status=1
fi
exit $status
