#!/bin/sh
# Every command when what it prints cannot be written: it says so, with exit status 3. The commands come from
# `dump commands`; each is run first to see that it prints something.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
if [ ! -w /dev/full ]; then
    echo "ok cli full # SKIP there is no /dev/full"
    exit 0
fi
make_workspace "$work/base"
cd "$work/base" || exit 1
printf 'New text.\n' >"$work/new.txt"
printf 'snap one\n' >"$work/keys"
printf '{"kind": "table", "data": [[4, 1], [2, 3]]}\n' >"$work/case"
printf '“We saw the water come that night,” he said.\n' >quote
for article in dam levee; do # what moves, a quotation of both, a file that is not canonical, a comment
    sed -i '1s/^/New: /' corpus/flood/$article.txt
    cat quote >>corpus/flood/$article.txt
done
sed -i 's/^  kind: office/  kind:   office/' annotations/sources.yaml
printf 'comments:\n\n- id: t0000001\n  about: cad00003\n  text: Who says so?\n' >>annotations/ana/flood/dam.yaml
git init -q . && git add -A && git -c user.name=ana -c user.email=ana@example.org commit -qm 'Begin'
sed -i '0,/topic: odd/s//topic: rain/' annotations/ana/flood/dam.yaml # something for diff

# What a command is run with; in "$@" of the caller. A new command with operands that are not known here fails.
arguments() { # COMMAND OPERANDS
    case $1 in
    read) echo "dam --script $work/keys" ;;
    init) echo "$work/new" ;;
    add) echo "--event flood $work/new.txt" ;;
    agree | diff) echo 'ana ben' ;;
    fmt) echo '--check' ;;
    merge) echo 'annotations/ana/flood/dam.yaml annotations/ana/flood/dam.yaml annotations/ben/flood/dam.yaml' ;;
    merge-sources) echo 'mayor police' ;;
    rename) echo 'source mayor major' ;;
    sentences | suggest) echo dam ;;
    related) echo 'dam 60 110' ;;
    export) echo csv ;;
    import) echo "jsonl $work/all.jsonl" ;;
    *)
        for word in $2; do
            case $word in
            \[*) ;; # need not be given
            ARTICLE*) echo dam ;;
            FILE* | PATH*) echo "$work/new.txt" ;;
            PATTERN) echo people ;;
            TABLE) echo errors ;;
            SHELL) echo bash ;;
            *) echo "unknown:$word" ;;
            esac
        done
        ;;
    esac
}

# Run in a copy of the workspace, a fresh one after what writes; standard output is where the caller puts it.
in_copy() { # ARG...
    "$gainsay" "$@" 2>"$work/err" </dev/null
    set -- $? "$1"
    case $2 in
    init | add | read | merge | merge-sources | rename | reanchor | import) fresh_copy ;;
    esac
    return "$1"
}

fresh_copy() {
    rm -rf "$work/ws" "$work/new"
    cp -R "$work/base" "$work/ws"
    cd "$work/ws" || exit 1
}
fresh_copy

"$gainsay" --as ana export jsonl >"$work/all.jsonl" 2>/dev/null
silent=
"$gainsay" dump commands --tsv | sed 1d >"$work/commands"
while IFS="$(printf '\t')" read -r command form help; do
    [ -n "$help" ] || continue
    # shellcheck disable=SC2046 # words
    set -- $command $(arguments "$command" "$form")
    in_copy "$@" >"$work/out"
    case $command,$? in
    merge,13*) ;;
    *,[01]) ;;
    *) is "gainsay $* is run as it should be" "$(cat "$work/err")" '' ;;
    esac
    if [ ! -s "$work/out" ]; then
        silent="$silent $command"
        continue
    fi
    in_copy "$@" >/dev/full
    is "status of '$command' on a full disk" $? 3
    has "the reason is said for '$command'" err "standard output cannot be written: No space left on device"
    in_copy "$@" >&-
    is "status of '$command' with standard output closed" $? 3
    has "it is said for '$command'" err "standard output cannot be written"
done <"$work/commands"
is "commands that print nothing when all is well" "$silent" " merge"
finish
