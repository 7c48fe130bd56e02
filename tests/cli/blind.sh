#!/bin/sh
# A team that works blind: every command, and every list of the reader, is asked while another's layer is hidden,
# with a word in it that stands nowhere else; and asked again when one's own reading is finished.
. tests/cli/lib.inc
cd "$work" || exit 1
mkdir ws
cp -R "$top/tests/screens/fixture/corpus" "$top/tests/screens/fixture/annotations" ws/
cp -R "$top/tests/screens/team/blind/annotations" ws/
PATH=$build:$PATH
export PATH GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org GIT_COMMITTER_NAME=Ana \
    GIT_COMMITTER_EMAIL=ana@example.org
word=zanzibar
ana=annotations/ana/ferry/herald.yaml ben=annotations/ben/ferry/herald.yaml

git -C ws init -q -b main
"$gainsay" init ws >/dev/null
git -C ws add -A && git -C ws commit -qm "before"
sed -i "s/^  says: .*/  says: They went to $word./; s/^  type: quantity/  type: quantity\n  topic: $word\n  note: $word\n  tags: [$word]/" ws/$ben
sed -i "s/Crew included?/Crew of the $word included?/" ws/$ben
"$gainsay" -C ws fmt >/dev/null
git -C ws commit -qam "after"
run 0 "the workspace is right" -C ws check
is "the word is in many places" "$(grep -c $word ws/$ben)" 8

# A conflict in the hidden file, for resolve and for the reader.
git -C ws checkout -q -b there
sed -i "0,/topic: $word/s//topic: $word-there/" ws/$ben && git -C ws commit -qam there
git -C ws checkout -q main
sed -i "0,/topic: $word/s//topic: $word-here/" ws/$ben && git -C ws commit -qam here
git -C ws show main~1:$ben >base.yaml
git -C ws show main:$ben >ours.yaml
git -C ws show there:$ben >theirs.yaml
cp -R ws conflict
git -C conflict merge -q there >/dev/null 2>&1

cat >reader.keys <<'END'
keys ]]]T
snap here
keys qgt
snap threads
keys m
snap all
keys gd
snap board
keys gw
snap work
keys gs
snap sources
keys s
snap saying
keys gS
snap status
keys gx
snap conflicts
keys gR
snap misplaced
keys qgc
snap list
keys q
type ":set topic "
keys <Tab>
snap completed
keys <Esc>
END

# ask NAME ARG...: what the command says, on both streams
ask() {
    name=$1
    shift
    {
        echo "== $name $*"
        "$gainsay" "$@" </dev/null 2>&1
    } >>"all.$name"
}

# All ways of asking for it; a command that this does not know is asked in the plain ones.
ask_command() {
    case $1 in
    read)
        ask read -C ws read herald --script reader.keys
        ask read -C conflict read herald --script reader.keys
        ask read -C ws --as ben read herald --script reader.keys
        ;;
    init | help | dump) ;;
    add) ask add -C ws add --print ws/corpus/ferry/herald.txt ;;
    merge)
        cp ours.yaml merged.yaml
        (cd ws && ask_from .. merge merge ../base.yaml ../merged.yaml ../theirs.yaml $ben)
        ;;
    resolve)
        ask resolve -C conflict resolve -n
        ask resolve -C conflict resolve -n --tsv
        ask resolve -C conflict resolve -n --json conflict/$ben
        ;;
    diff)
        ask diff -C ws diff HEAD~2 HEAD~1
        ask diff -C ws diff --tsv HEAD~2 HEAD~1
        ask diff -C ws diff ana ben
        ask diff -C ws diff ws/$ana ws/$ben
        ask diff -C ws diff base.yaml ours.yaml
        ask diff -C ws diff --textconv ours.yaml
        ;;
    log)
        ask log -C ws log
        ask log -C ws log --json
        ask log -C ws log herald
        ask log -C ws log cb000001
        ask log -C ws log tb000002
        ;;
    agree)
        ask agree -C ws agree ana ben
        ask agree -C ws agree --tsv --by topic ana ben
        ;;
    adjudicate)
        ask adjudicate -C ws adjudicate herald
        ask adjudicate -C ws adjudicate --tsv --as ben herald
        ask adjudicate -C ws adjudicate --json herald
        ;;
    related) ask related -C ws related herald 103 132 tribune ;;
    find) ask find -C ws find ship herald ;;
    rename)
        ask rename -C ws rename -n type event happening
        ask rename -C ws rename -n --tsv source harbour-office harbour
        ;;
    merge-sources) ;; # of the registry that all share
    export)
        for format in $("$gainsay" dump forms --tsv 2>/dev/null | sed 1d | cut -f 1); do
            ask export -C ws export "$format"
            ask export -C ws export "$format" by:ben
        done
        ;;
    reanchor)
        cp -R ws moved
        sed -i '2s/^/Something came before. /' moved/corpus/ferry/herald.txt
        ask reanchor -C moved reanchor -n herald
        ask reanchor -C moved --as ben reanchor -n herald
        rm -rf moved
        ;;
    *)
        for form in "" --tsv --json "--as ben"; do
            # shellcheck disable=SC2086 # words of options
            ask "$1" -C ws "$1" $form
            # shellcheck disable=SC2086
            ask "$1" -C ws "$1" $form herald
        done
        ;;
    esac
}
ask_from() { # DIR NAME ARG...: asked here, written there
    dir=$1 name=$2
    shift 2
    "$gainsay" "$@" </dev/null >>"$dir/all.$name" 2>&1
}

commands=$("$gainsay" dump commands --tsv | sed 1d | cut -f 1 | sort -u | grep -v '^command$')
ask_all() {
    rm -f all.*
    for command in $commands; do
        ask_command "$command"
    done
}

ask_all
for command in $commands; do
    [ -e "all.$command" ] || continue
    found=$(grep -cF $word "all.$command")
    is "$command has nothing of it" "$found" 0
    [ "$found" = 0 ] || grep -nF $word "all.$command" | head -5 | sed 's/^/#   /'
done
is "git itself is told no more by our words" \
    "$(git -C ws -c diff.gainsay.textconv="$gainsay diff --textconv" diff HEAD~2 HEAD~1 | grep -c $word)" 0
is "nor is it counted by whoever renames" "$(grep -c annotations/ben/ferry all.rename)" 0
is "who says they are another is told why not" "$(grep -c "what 'ben' made of the articles is hidden" all.read)" 1

# The same with one's own reading finished: what is asked does show it where it is to be seen.
"$gainsay" -C ws status --finish herald >/dev/null
git -C ws commit -qam finished
"$gainsay" -C conflict status --finish herald >/dev/null 2>&1
ask_all
for command in read list show todo comments diff log resolve merge board sources adjudicate; do
    [ -e "all.$command" ] || continue
    case $command in
    board | sources) continue ;; # they show wordings, not topics
    esac
    is "$command has it when the article is finished" "$(grep -qF $word "all.$command" && echo yes)" yes
done
finish
