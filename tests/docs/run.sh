#!/bin/sh
# The manual against the program: lint, generated parts, and every example that is marked
# `.\" test: NAME` run in a copy of the sample workspace. Prints "ok NAME" or "not ok NAME".
set -u
build=$(cd "${BUILD:-build/cc}" && pwd)
gainsay=$build/gainsay
top=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

result() { # NAME OK
    if [ "$2" -eq 0 ]; then
        echo "ok docs $1"
    else
        echo "not ok docs $1"
        failed=1
    fi
}

# Pages that others refer to are looked for in a tree of their own, so that no index of this machine counts.
mkdir -p "$work/man/man1" "$work/man/man5" "$work/man/man7"
for page in man/*.[157]; do
    cp "$page" "$work/man/man${page##*.}/"
done
for page in git less vim tmux; do
    printf '.Dd January 1, 2026\n.Dt X 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd stand-in\n' "$page" >"$work/man/man1/$page.1"
done
if command -v mandoc >/dev/null; then
    command -v makewhatis >/dev/null && makewhatis "$work/man" >/dev/null 2>&1
    for page in man/*.[157]; do
        MANPATH=$work/man mandoc -T lint -W style "$page" >"$work/lint" 2>/dev/null
        cat "$work/lint"
        test ! -s "$work/lint"
        result "lint of $page" $?
    done
else
    echo "ok docs lint # SKIP mandoc is not installed"
fi

sh tests/docs/commands.sh "$gainsay" man/gainsay.1 man/gainsay.5 man/gainsay-*.7 >"$work/lacks"
result "every command and option has its text and an example" $?
cat "$work/lacks"

for page in man/*.[157] README.md ARCHITECTURE.md; do
    grep -q 'begin generated: ' "$page" 2>/dev/null || continue
    sh tests/docs/tables.sh "$gainsay" "$page" >"$work/page" && diff "$page" "$work/page" | head -20
    cmp -s "$page" "$work/page"
    result "generated parts of $page (make docs)" $?
done

# Examples: in a literal block after the mark, lines with "$ " are run and what follows is their output;
# a line "..." stands for any lines.
HOME=$work GAINSAY_STATE=$work/state GAINSAY_NOW=2026-11-25T12:00:00Z GAINSAY_SEED=1 GAINSAY_ANNOTATOR=ana
PATH=$build:$PATH LC_ALL=C.UTF-8 COLUMNS=80
GIT_CONFIG_GLOBAL=$work/gitconfig GIT_AUTHOR_NAME=ana GIT_AUTHOR_EMAIL=ana@example.org
GIT_COMMITTER_NAME=ana GIT_COMMITTER_EMAIL=ana@example.org
export HOME GAINSAY_STATE GAINSAY_NOW GAINSAY_SEED GAINSAY_ANNOTATOR PATH LC_ALL COLUMNS
export GIT_CONFIG_GLOBAL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset NO_COLOR PAGER GIT_DIR GIT_WORK_TREE 2>/dev/null

# The tutorial is played first, key by key, and its examples run on what came of it.
play_tutorial() {
    page=$top/man/gainsay-tutorial.7
    mkdir "$work/tutorial"
    cp -R "$top/corpus" "$top/annotations" "$work/tutorial/"
    awk -f "$top/tests/docs/keys.awk" "$page" >"$work/keys"
    (cd "$work/tutorial" && gainsay --as you read kabul-blast --script "$work/keys" --size 80x24) >"$work/screens"
    result "keys of the tutorial" $?
    cat "$work"/tutorial/annotations/you/*/*.yaml >"$work/files"
    awk -v screens="$work/screens" -v files="$work/files" -f "$top/tests/docs/shown.awk" "$page"
    result "what the tutorial says is there" $?
}
play_tutorial

for page in man/*.[157]; do
    awk -v out="$work/$(basename "$page")" '
        /^\.\\" test: / { name = $3; next }
        /^\.Bd/ && name { file = out "." name ".example"; print "" > file; on = 1; next }
        /^\.Ed/ { on = 0; name = ""; next }
        on { gsub(/\\e/, "\\"); gsub(/\\&/, ""); gsub(/\\\(dq/, "\""); print >> file }' "$page"
done
for example in "$work"/*.example; do
    [ -f "$example" ] || continue
    name=$(basename "$example" .example)
    rm -rf "$work/run"
    mkdir "$work/run"
    case $name in
    gainsay-tutorial*) from=$work/tutorial ;;
    *) from=$top ;;
    esac
    cp -R "$from/corpus" "$from/annotations" "$work/run/"
    (
        cd "$work/run" || exit 1
        sed -n 's/^\$ //p' "$example" >"$work/commands"
        while IFS= read -r command; do
            printf '$ %s\n' "$command"
            eval "$command" 2>&1 </dev/null
        done <"$work/commands"
    ) >"$work/output"
    sed '/^$/d' "$example" >"$work/want"
    sed '/^$/d' "$work/output" >"$work/got"
    awk -f "$top/tests/docs/match.awk" "$work/want" "$work/got" || {
        diff "$work/want" "$work/got" | head -20
        false
    }
    result "example $name" $?
done
exit $failed
