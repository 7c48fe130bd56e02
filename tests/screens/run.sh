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
#   # history: SED; SED               commits of git on the layer of ARTICLE, one a day, behind one with all [no git]
#   # second: SED                     ben has read what ana has, and what he has otherwise, for sed: his ids
#                                     have a b where hers have the first 0
#   # command: COMMAND                what opens the reader [read]
set -u
here=tests/screens
gainsay=$(pwd)/$BUILD/gainsay
accept=
[ "${1-}" = accept ] && { accept=yes; shift; }
[ $# -gt 0 ] || set -- $(find $here -name '*.keys' | LC_ALL=C sort)
tmp=$(mktemp -d)
top=$(pwd)
trap 'rm -rf "$tmp"' EXIT
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE=$tmp/state LC_ALL=C.UTF-8
export GIT_CONFIG_GLOBAL="$tmp/gitconfig" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org
export GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org GIT_CEILING_DIRECTORIES="$tmp"
unset GAINSAY_ANNOTATOR NO_COLOR VISUAL EDITOR GIT_DIR GIT_WORK_TREE

header() { # NAME DEFAULT
    value=$(sed -n "s/^# $1: *//p;/^[^#]/q" "$script")
    printf '%s\n' "${value:-$2}"
}

changes() { # what the script did to the files
    (cd "$tmp" && find ws/annotations ws/corpus -type f | LC_ALL=C sort | while read -r file; do
        diff -U1 --label "before/${file#ws/}" --label "after/${file#ws/}" \
            "$( [ -f "before/${file#ws/}" ] && echo "before/${file#ws/}" || echo /dev/null)" "$file"
    done)
    (cd "$tmp" && find before/annotations before/corpus -type f | LC_ALL=C sort | while read -r file; do
        [ -f "ws/${file#before/}" ] || echo "-- gone: ${file#before/}"
    done)
}

# All in git, and a commit for each of the edits.
commit_history() {
    (cd "$tmp/ws" || exit 1
    layer=annotations/ana/$(cd "$top" && header read ferry/herald | cut -d ' ' -f 1).yaml day=10
    git init -q . && git add -A || exit 1
    (cd "$top" && header history '') | tr ';' '\n' | { echo; cat; } | while read -r edit; do
        sed "$edit" "$layer" >"$tmp/edited" && cp "$tmp/edited" "$layer"
        date=2026-02-${day}T10:00:00Z
        GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date git commit -qam "${edit:-first reading}"
        day=$((day + 1))
    done)
    rm -rf "$tmp/before" && mkdir "$tmp/before" && cp -R "$tmp/ws/corpus" "$tmp/ws/annotations" "$tmp/before"
}

# Ben's reading of everything: ana's with other ids, and SED on top.
add_second() { # WORKSPACE
    mkdir "$1/annotations/ben"
    (cd "$1/annotations" && find ana -name '*.yaml') | while read -r file; do
        mkdir -p "$(dirname "$1/annotations/ben/${file#ana/}")"
        sed -e 's/^annotator: ana/annotator: ben/' -e 's/\b\([clfn]\)0\([0-9]\{6\}\)\b/\1b\2/g' -e "$(header second '')" \
            "$1/annotations/$file" >"$1/annotations/ben/${file#ana/}"
    done
}

play() {
    rm -rf "$tmp/ws" "$tmp/before" "$tmp/state"
    case $(header workspace fixture) in
    sample) source=. ;;
    *) source=$here/fixture ;;
    esac
    for copy in ws before; do
        mkdir "$tmp/$copy" && cp -R "$source/corpus" "$source/annotations" "$tmp/$copy/"
        [ -z "$(header over '')" ] || cp -R "$here/$(header over '')/." "$tmp/$copy/"
        text=$tmp/$copy/corpus/$(header read ferry/herald | cut -d ' ' -f 1).txt
        [ -z "$(header change '')" ] ||
            { sed "$(header change '')" "$text" >"$tmp/text" && mv "$tmp/text" "$text"; }
        [ -z "$(header second '')" ] || add_second "$tmp/$copy"
    done
    [ -z "$(header history '')" ] || commit_history
    set -f
    # shellcheck disable=SC2046 # the articles are separate words
    GAINSAY_ANNOTATOR=$(header as ana) "$gainsay" -C "$tmp/ws" --as "$(header as ana)" \
        $(header command read) --script "$(pwd)/$script" \
        --size "$(header size 80x24)" $(header read ferry/herald) 2>"$tmp/stderr"
    status=$?
    set +f
    sed "s#$(pwd)/##" "$tmp/stderr"
    [ $status -eq 0 ] || echo "== exit $status"
    changes
}

status=0
for script; do
    if [ -n "$(header history '')" ] && ! command -v git >/dev/null; then
        echo "ok screens/${script#"$here"/} # SKIP git is not installed"
        continue
    fi
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
