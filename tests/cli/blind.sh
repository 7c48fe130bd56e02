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

# A revision in which the same stood open to all, and one that anybody may adjudicate.
git -C ws checkout -q -b early
sed -i '/^blind: true/d' ws/annotations/team.yaml && git -C ws commit -qam early
git -C ws checkout -q main
cp -R ws court
sed -i '/^adjudicators:/d' court/annotations/team.yaml

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

# What the reader offers while something is typed: in filters, in the command line, in a form, in a search.
cat >offered.keys <<END
keys f
type "topic:"
keys <Tab>
snap topics
keys <Tab><C-u>
type "tag:"
keys <Tab>
snap tags
keys <C-u>
type "note:"
keys <Tab>
snap notes
keys <C-u>
type "topic:$(printf %.3s $word)"
keys <Tab>
snap begun
keys <Esc>
type ":set tags "
keys <Tab>
snap set
keys <Esc>]]]<Enter><Tab><Tab><Tab><Enter><C-u><Tab>
snap field
keys <Esc><Esc>gf<C-u>
type "Crew"
snap found
keys <Esc>gdf
type "topic:"
keys <Tab>
snap rows
keys <Esc>qg=
snap related
keys <Esc>?
snap help
END

# Revisions: from the histories of a claim and of the article, with every list there.
cat >history.keys <<'END'
keys ]]]gh
snap claim
keys qgH
snap article
keys G<Enter>
snap then
keys ]]]T
snap there
keys qgt
snap threads
keys m
snap all
keys qgd
snap board
keys qgw
snap work
keys qgs
keys s
snap sources
keys qgS
snap status
keys qgH
snap again
keys qgc
snap list
keys f
type "topic:"
keys <Tab>
snap completed
keys <Esc>q
END
sed '/^keys q*gH/,/^snap/d; /^keys G<Enter>/d' history.keys >then.keys

# The lanes, all of them, and their list.
cat >lanes.keys <<'END'
snap first
keys n
snap second
keys ]
snap third
keys gL
snap list
keys s
keys G
snap end
keys <Enter>
snap there
keys gLf
type "with 61"
keys <Enter>
snap fields
keys gg<Enter>
snap values
keys q
snap texts
keys gc
snap decided
keys qT
snap talk
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
        ask read -C ws read herald --script offered.keys
        ask read -C ws read herald --script history.keys
        for revision in HEAD HEAD~1 early; do
            ask read -C ws read --at $revision herald --script then.keys
            ask read -C ws --as ben read --at $revision herald --script then.keys
        done
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
        ask adjudicate -C ws adjudicate --script lanes.keys herald
        rm -rf court/annotations/adjudicated
        ask adjudicate -C court adjudicate --script lanes.keys herald
        ask adjudicate -C court adjudicate --as ben --script lanes.keys herald
        ;;
    related) ask related -C ws related herald 103 132 tribune ;;
    completion)
        for line in "list topic:" "list topic:$(printf %.3s $word)" "list tag:" "list note:" "board -w topic:" \
            "rename topic" "rename tag" "list --as" "show" "show $(printf %.3s $word)" "log cb"; do
            for shell in bash fish; do
                # shellcheck disable=SC2086 # words of a line
                ask completion -C ws completion $shell -- gainsay -C ws ${line% *} "${line##* }"
                # shellcheck disable=SC2086
                ask completion -C ws completion $shell -- gainsay -C ws $line ""
            done
        done
        ;;
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
is "who says they are another is told why not" "$(grep -c "what 'ben' made of the articles is hidden" all.read)" 4

# The same with one's own reading finished: what is asked does show it where it is to be seen.
"$gainsay" -C ws status --finish herald >/dev/null
git -C ws commit -qam finished
for other in conflict court; do
    "$gainsay" -C $other status --finish herald >/dev/null 2>&1
done
ask_all
for command in read list show todo comments diff log resolve merge board sources adjudicate completion; do
    [ -e "all.$command" ] || continue
    case $command in
    board | sources) continue ;; # they show wordings, not topics
    esac
    is "$command has it when the article is finished" "$(grep -qF $word "all.$command" && echo yes)" yes
done
# What one of several ways of asking said: the lines from its own to the next.
part() { awk -v wanted="$2" '/^== [a-z]+ -C/ { is_it = index($0, wanted) } is_it' "all.$1"; }
is "a revision has it then" "$(part read "read --at HEAD herald" | grep -qF $word && echo yes)" yes
is "and the lanes" "$(part adjudicate "court adjudicate --script" | grep -qF $word && echo yes)" yes
is "every script was played to its end" "$(cat all.read all.adjudicate | grep -c "nothing reads the keys")" 0
finish
