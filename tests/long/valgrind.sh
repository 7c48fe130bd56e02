#!/bin/sh
# The unit programs under valgrind: no error, no block lost for good.
set -u
if ! command -v valgrind >/dev/null || ! valgrind -q true 2>/dev/null; then
    echo "ok valgrind # SKIP valgrind is not to be had"
    exit 0
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0

# Registers as they are at each access: a test comes back from SIGBUS and goes on.
for test in "$BUILD"/unit/t_*; do
    [ -x "$test" ] && [ -f "$test" ] || continue
    case $test in # what PCRE2 compiles reads ahead on purpose, which looks like a fault
    *find) undefined=no ;;
    *) undefined=yes ;;
    esac
    if valgrind -q --vex-iropt-register-updates=allregs-at-mem-access --leak-check=full --error-exitcode=99 \
        --undef-value-errors=$undefined \
        --errors-for-leak-kinds=definite --show-leak-kinds=definite --log-file="$log" "$test" >/dev/null 2>&1; then
        echo "ok valgrind/$(basename "$test")"
    else
        echo "not ok valgrind/$(basename "$test")"
        head -20 "$log"
        failed=1
    fi
done
exit $failed
