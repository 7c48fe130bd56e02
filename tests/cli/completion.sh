#!/bin/sh
# completion: what is offered for a command line, and real bash, zsh and fish asking for it.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
printf 'gainsay: 1\nqueries:\n\n- id: toll\n  query: value:*\n  what: How many?\n' >"$work/ws/annotations/queries.yaml"
cd "$work/ws" || exit 1
PATH=$build:$PATH
export PATH

# offers NAME WANTED WORD...: what is offered for the last word, without what is said of it, on one line
offers() {
    name=$1 wanted=$2
    shift 2
    is "$name" "$("$gainsay" completion fish -- gainsay "$@" 2>&1 | cut -f 1 | head -4 | tr '\n' ' ' | sed 's/ $//')" "$wanted"
}
offers "a command" "show" sho
offers "or an article" "dam" da
offers "an option of the command" "--count-by" list --co
offers "an option of all commands" "--json" show --js
offers "the value of an option" "ana ben" list --as ''
offers "after its equals sign" "--as=ben" list --as=b
offers "after its letter" "type:quantity" board -w type:qua
offers "an article" "flood/dam flood/levee" show ''
offers "by its last part" "levee" show le
offers "the second operand" "flood/levee" read dam flood/l
offers "the last operand again" "flood/dam" find x levee flood/d
offers "an event" "flood" board ''
offers "a key of a query" "type:" list not ty
offers "a value, those in use first" "type:event type:quantity type:time type:place" list type:
offers "the second value" "type:event,quantity" list type:event,qua
offers "inside a quoted query" "topic:odd source:mayor" list 'topic:odd source:m'
offers "after a quotation mark that is open" "topic:odd source:mayor" list "'topic:odd source:m"
offers "a saved query" "@toll" list @
offers "what can be counted by" "type,source" list --count-by type,sour
offers "an order" "date,source" concordance --sort date,s
offers "a source" "mayor" merge-sources may
offers "what can be renamed" "source source_kind" rename s
offers "a value of it" "police" rename source po
offers "a shell" "bash zsh fish" completion ''
offers "a form of findings" "github gitlab" check --review ''
offers "a format that can be written" "jsonl" export js
offers "claims that match, in it" "type:" export jsonl ty
offers "a file" ":files" import jsonl ''
offers "a folder" ":dirs" init ''
offers "nothing where only you know" "" related dam ''
offers "in another workspace" "@toll" -C "$work/ws" list @
offers "nothing outside of one" "" -C "$work/home" show ''
run 0 "how many claims have it" completion bash -- gainsay list type:qua
is "is told" "$(cat "$work/out")" "$(printf 'type:quantity\t%d' $total_quantity)"
run 2 "no such shell" completion ksh
printf 'gainsay: 1\nqueries:\n\n- id: "a\\eb"\n  query: linked\n  what: "x\\ey"\n' >annotations/queries.yaml
offers "nothing that a terminal would obey" "" list @
git checkout -q . 2>/dev/null
printf 'gainsay: 1\nqueries:\n\n- id: toll\n  query: value:*\n  what: How many?\n' >annotations/queries.yaml

# Every word of usage that an operand or option takes is completed, or is known to be yours alone.
"$gainsay" --tsv dump commands | sed 1d | cut -f 2 | tr -d '[].' | tr ' |' '\n\n' >"$work/words"
"$gainsay" --tsv dump options | sed 1d | cut -f 4 | tr -d '[].' >>"$work/words"
grep -o '{ "[A-Z]*", offer' "$top/src/cli/completion.c" | cut -d '"' -f 2 | sort -u >"$work/known"
sort -u "$work/words" >"$work/sorted"
unknown=$(comm -23 "$work/sorted" "$work/known" | grep -vxE '|-|AUTHOR|CLAIM|COLSxROWS|DATE|END|ID|N|NEW|OUTLET|PATTERN|RECORD:FIELD|REVISION|SHARE|START|TAG|TEXT|TITLE|TYPE|URL' | tr '\n' ' ')
is "every other word of usage is completed" "$unknown" ""

# ---- bash: the function with what readline would hand it
if command -v bash >/dev/null; then
    cat >"$work/try.bash" <<'END'
source <(gainsay completion bash)
try() { # LINE WORD...: the words as bash cuts them, the last one under the cursor
    COMP_LINE=$1 COMP_POINT=${#1}
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _gainsay gainsay
    printf '%s ' "${COMPREPLY[@]}"
    echo
}
compopt() { echo "compopt $*"; }
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
try 'gainsay sho' gainsay sho
try 'gainsay list type:qua' gainsay list type : qua
try 'gainsay list type:' gainsay list type :
try 'gainsay list --as=b' gainsay list --as = b
try "gainsay list 'topic:odd source:m" gainsay list "'topic:odd source:m"
try 'gainsay list ty' gainsay list ty
try 'gainsay init ' gainsay init ''
try 'gainsay  show  le' gainsay show le
complete -p gainsay
END
    bash --norc "$work/try.bash" >"$work/out" 2>"$work/err"
    is "bash completes" "$(sed 's/ *$//' "$work/out")" "show
quantity
event quantity time place identity cause motive judgement recommendation prediction speech background question
ben
topic:odd source:mayor
compopt -o nospace
type:
compopt -o dirnames

levee
complete -o nosort -F _gainsay gainsay"
    is "bash has nothing to say against it" "$(cat "$work/err")" ""
else
    echo "ok cli completion: bash # SKIP bash is not installed"
fi

# ---- zsh: its own line editor on a pty
if command -v zsh >/dev/null && zsh -fc 'zmodload zsh/zpty' 2>/dev/null; then
    gainsay completion zsh >"$work/_gainsay"
    cat >"$work/try.zsh" <<'END'
zmodload zsh/zpty
try() { # TYPED WANTED: what stands on the line when Tab was pressed
    local got
    zpty -w -n z $1$'\t'
    zpty -w -n z $'\C-b\C-e'
    zpty -r z got "*$2*" && print -r -- "found $2"
    zpty -w -n z $'\C-u'
}
zpty z "TERM=dumb zsh -fi"
zpty -w z "PROMPT= RPROMPT=; autoload -Uz compinit; compinit -u -D; source $1; unsetopt zle_bracketed_paste; setopt no_beep; print rea''dy"
zpty -r z got '*ready*'
try 'gainsay sho' 'gainsay show '
try 'gainsay list type:quan' 'type:quantity '
try 'gainsay list --count-by=sour' 'count-by=source '
try "gainsay list 'topic:odd source:may" 'source:mayor'
try 'gainsay show lev' 'show levee '
zpty -d z
END
    timeout 20 zsh -f "$work/try.zsh" "$work/_gainsay" >"$work/out" 2>"$work/err" </dev/null
    is "zsh completes" "$(cat "$work/out")" "found gainsay show 
found type:quantity 
found count-by=source 
found source:mayor
found show levee "
else
    echo "ok cli completion: zsh # SKIP zsh with zpty is not installed"
fi

# ---- fish: what it would offer
if command -v fish >/dev/null; then
    cat >"$work/try.fish" <<'END'
gainsay completion fish | source
complete -C 'gainsay sho'
complete -C 'gainsay list type:qua'
complete -C "gainsay list 'topic:odd source:m"
complete -C 'gainsay show lev'
cd annotations
complete -C 'gainsay init a'
END
    timeout 20 fish --no-config "$work/try.fish" >"$work/out" 2>"$work/err" </dev/null
    is "fish completes" "$(tr '\t' '|' <"$work/out")" "show|an article with its claims, as text
type:quantity|$total_quantity
topic:odd source:mayor|$((total_mayor))
levee
ana/"
    is "fish has nothing to say against it" "$(cat "$work/err")" ""
else
    echo "ok cli completion: fish # SKIP fish is not installed"
fi
finish
