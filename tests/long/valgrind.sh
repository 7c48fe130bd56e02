#!/bin/sh
# The unit programs under valgrind: no error, no block lost for good. As many at once as there are processors.
# usage: BUILD=build/cc tests/long/valgrind.sh [PROGRAM]
set -u
if ! command -v valgrind >/dev/null || ! valgrind -q true 2>/dev/null; then
    echo "ok valgrind # SKIP valgrind is not to be had"
    exit 0
fi
if [ $# -eq 0 ]; then
    for test in "$BUILD"/unit/t_*; do
        [ ! -x "$test" ] || [ ! -f "$test" ] || printf '%s\n' "$test"
    done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 1 sh "$0"
    exit
fi
test=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Registers as they are at each access: a test comes back from SIGBUS and goes on. What PCRE2 compiles reads ahead on
# purpose; it has no names, so an error that begins there is none. A child that only execs or exits frees nothing.
valgrind -q --vex-iropt-register-updates=allregs-at-mem-access --leak-check=full --show-leak-kinds=definite \
    --suppressions=tests/long/valgrind.supp --child-silent-after-fork=yes --log-file="$log" "$test" >/dev/null 2>&1
status=$?
if [ $status -eq 0 ] && ! grep ' at 0x' "$log" | grep -qv ': ???$'; then
    echo "ok valgrind/$(basename "$test")"
else
    echo "not ok valgrind/$(basename "$test"): status $status"
    head -20 "$log"
    exit 1
fi
