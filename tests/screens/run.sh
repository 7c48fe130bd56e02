#!/bin/sh
# Golden screens: play every NAME.keys on a fresh copy of a workspace and compare what it prints, and what it
# changed in the files, with NAME.screen beside it. Nothing depends on the machine, the day or chance.
# usage: BUILD=build/cc tests/screens/run.sh [accept] [NAME.keys...]
#
# Comment lines at the top of a script set what is opened (defaults in brackets):
#   # workspace: fixture | sample     tests/screens/fixture, or the corpus of this repository [fixture]
#   # read: ARTICLE [OTHER]           what the reader is opened with [ferry/herald]
#   # size: COLSxROWS                 of the screen [80x24]
#   # as: NAME                        annotator [ana]
#   # over: DIR                       files laid over it, below tests/screens
#   # change: SED                     what is done to the text of ARTICLE before, for sed
set -u
here=tests/screens
gainsay=$(pwd)/$BUILD/gainsay
accept=
[ "${1-}" = accept ] && { accept=yes; shift; }
[ $# -gt 0 ] || set -- $(find $here -name '*.keys' | LC_ALL=C sort)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE=$tmp/state LC_ALL=C.UTF-8
unset GAINSAY_ANNOTATOR NO_COLOR VISUAL EDITOR

header() { # NAME DEFAULT
    value=$(sed -n "s/^# $1: *//p;/^[^#]/q" "$script")
    printf '%s\n' "${value:-$2}"
}

changes() { # what the script did to the files
    (cd "$tmp" && find work/annotations work/corpus -type f | LC_ALL=C sort | while read -r file; do
        diff -U1 --label "before/${file#work/}" --label "after/${file#work/}" \
            "$( [ -f "before/${file#work/}" ] && echo "before/${file#work/}" || echo /dev/null)" "$file"
    done)
    (cd "$tmp" && find before/annotations before/corpus -type f | LC_ALL=C sort | while read -r file; do
        [ -f "work/${file#before/}" ] || echo "-- gone: ${file#before/}"
    done)
}

play() {
    rm -rf "$tmp/work" "$tmp/before" "$tmp/state"
    case $(header workspace fixture) in
    sample) source=. ;;
    *) source=$here/fixture ;;
    esac
    for copy in work before; do
        mkdir "$tmp/$copy" && cp -R "$source/corpus" "$source/annotations" "$tmp/$copy/"
        [ -z "$(header over '')" ] || cp -R "$here/$(header over '')/." "$tmp/$copy/"
        text=$tmp/$copy/corpus/$(header read ferry/herald | cut -d ' ' -f 1).txt
        [ -z "$(header change '')" ] ||
            { sed "$(header change '')" "$text" >"$tmp/text" && mv "$tmp/text" "$text"; }
    done
    set -f
    # shellcheck disable=SC2046 # the articles are separate words
    GAINSAY_ANNOTATOR=$(header as ana) "$gainsay" -C "$tmp/work" --as "$(header as ana)" read --script "$(pwd)/$script" \
        --size "$(header size 80x24)" $(header read ferry/herald) 2>"$tmp/stderr"
    status=$?
    set +f
    sed "s#$(pwd)/##" "$tmp/stderr"
    [ $status -eq 0 ] || echo "== exit $status"
    changes
}

status=0
for script; do
    name=${script#"$here"/}
    golden=${script%.keys}.screen
    play >"$tmp/out"
    if [ "$accept" ]; then
        cmp -s "$tmp/out" "$golden" || cp "$tmp/out" "$golden"
    elif [ ! -f "$golden" ]; then
        echo "not ok screens/${name%.keys}: no $golden; 'make accept' writes it"
        status=1
    elif diff -u "$golden" "$tmp/out" >"$tmp/diff"; then
        echo "ok screens/${name%.keys}"
    else
        echo "not ok screens/${name%.keys}"
        head -40 "$tmp/diff"
        status=1
    fi
done
exit $status
