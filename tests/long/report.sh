#!/bin/sh
# Reports in a real browser, at three widths, light, dark and on paper: the sample, hostile texts, and two readers of
# three articles. Half a minute each.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"

if ! command -v python3 >/dev/null || ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; then
    echo "ok cli report in a browser # SKIP chromium or python3 is not installed"
    exit 0
fi
look() { # NAME WORKSPACE EVENT
    "$gainsay" -C "$2" report -o "$work/$1.html" "$3" >/dev/null || failed=1
    echo "== $1"
    python3 "$top/tests/report/browser.py" "$work/$1.html" || failed=1
}
look sample "$top" haqqani-2024
python3 "$top/tests/report/hostile.py" "$work/hostile"
look hostile "$work/hostile" bad
make_workspace "$work/ws"
printf 'A third tells it, too.\n' >"$work/ws/corpus/flood/third.txt"
look readers "$work/ws" flood
finish
