#!/bin/sh
# merge and resolve: alone, and by git in real repositories: merge, rebase, cherry-pick, stash, add and add, rename.
. tests/cli/lib.inc
command -v git >/dev/null || {
    echo "ok cli merge: git # SKIP git is not installed"
    exit 0
}
PATH=$build:$PATH
export PATH
git config --global user.name Ana
git config --global user.email ana@example.org
git config --global init.defaultBranch main
git config --global advice.detachedHead false
layer=annotations/ana/ferry/tribune.yaml

# a fresh repository with the fixture in ./ws, the driver set up
start() {
    cd "$work" || exit 1
    rm -rf ws
    cp -R "$top/tests/screens/fixture" ws
    cd ws || exit 1
    git init -q .
    "$gainsay" init >"$work/init" 2>&1
    git add -A
    git commit -qm start
    git branch other
}
# on BRANCH SED FILE...: an edit, committed
on() {
    git checkout -q "$1"
    edit=$2
    shift 2
    sed -i "$edit" "$@"
    git commit -qam edit
}
field() { # ID FIELD: its value in the layer
    awk -v id="$1" -v key="  $2:" '$2 == "id:" { in_it = $3 == id } in_it && index($0, key) == 1 { sub(key " *", ""); print }' $layer
}
drop() { # BRANCH ID: a record taken out, committed
    git checkout -q "$1"
    awk -v id="$2" '/^- id: / || /^[a-z]/ { out = $3 == id } !out' $layer >"$work/dropped"
    cp "$work/dropped" $layer
    git commit -qam drop
}
marks() { grep -c '^<<<<<<<\|^=======\|^>>>>>>>' "$1"; }

# ---- the command alone
start
has "init tells of the driver" init "set the merge driver of this clone"
has "and of the attributes" init ".gitattributes"
run 0 "init again" init
is "does nothing" "$(cat "$work/out")" ""
cp $layer base
sed 's/^  topic: missing/  topic: ours/' base >ours
sed 's/^  topic: on-board/  topic: theirs/' base >theirs
cp ours kept
run 0 "other records merge" merge base ours theirs $layer
is "with both edits" "$(diff base ours | grep -c '^[<>]')" 4
cp theirs swapped
run 0 "from the other side" merge base swapped kept $layer
is "to the same bytes" "$(cmp ours swapped && echo same)" same
sed 's/^  topic: missing/  topic: theirs/' base >theirs
cp kept ours
run 1 "one field twice is a conflict" merge base ours theirs $layer
has "that names both" err "topic of c0000021 is 'ours' in ours, 'theirs' in theirs"
is "between markers" "$(marks ours)" 3
run 1 "our bytes merge from no base" merge /dev/null kept theirs

sed 's/^  type: event/  type: cause # why/' base >theirs
printf '# of a new one\n- id: l0000009 # here\n  from: c0000021\n  to: {claim: c0000022}\n  type: differs\n' >>theirs
sed 's/^  topic: missing/  topic: ours  # of ours/' base >ours
run 0 "comments of both sides" merge base ours theirs $layer
is "stay with what they are about" "$(grep -c '# why\|# of ours\|# of a new one\|# here' ours)" 4
cp base ours
sed 's/^  topic: on-board/  topic: on-board # how many?/; s/^claims:/# all of them\nclaims:/' base >theirs
sed 's/^  type: event/  type: cause/' base >ours
run 0 "comments alone" merge base ours theirs $layer
is "are a change too" "$(grep -c 'type: cause\|# how many?\|# all of them' ours)" 4

# ---- lists, by element
add_voice() { # SOURCE ACT: base with a voice of c0000022
    awk -v source="$1" -v act="$2" '
        /^- id: / { is_it = $3 == "c0000022" }
        { print }
        is_it && /^  topic:/ { print "  attributed_to:\n  - source: " source "\n    act: " act; is_it = 0 }' base
}
add_voice harbour-office says >ours
add_voice ferry-company claims >theirs
cp ours kept
run 0 "a voice from either side" merge base ours theirs $layer
is "is two voices" "$(grep -c '^  - source: harbour-office$\|^  - source: ferry-company$' ours)" 2
cp theirs swapped
run 0 "from the other side too" merge base swapped kept $layer
is "in the same order" "$(cmp ours swapped && echo same)" same
add_voice harbour-office claims >theirs
cp kept ours
run 0 "two acts of one source" merge base ours theirs $layer
is "are two voices as well" "$(grep -c '^  - source: harbour-office$' ours)" 2
cp kept ours
sed 's/^    act: says$/    act: claims/' kept >theirs
sed 's/^    act: says$/    act: doubts/' kept >mine
run 1 "the act of one voice changed twice" merge kept mine theirs $layer
has "is a conflict" err "attributed_to of c0000022"

# ---- one id for two records of different kinds
cp base ours
printf 'notes:\n\n- id: c0000042\n  span:\n  - at: [35, 61]\n    quote: Six people are feared dead\n' |
    cat base - >theirs
sed 's/^- id: c0000021/- id: c0000042/; s/\(claim: \|from: \)c0000021/\1c0000042/' base >ours
run 0 "an id among the claims here, among the notes there" merge base ours theirs $layer
has "is told" err "c0000042 is two records of different kinds: both are kept, one as n0000042"
is "and both are there" "$(grep -c '^- id: [cn]0000042$' ours)" 2
cp base ours
echo 'claims: [' >broken
for side in "broken ours base" "base ours broken" "none ours base" "base ours none"; do
    run "$(case $side in *none*) echo 131 ;; *) echo 132 ;; esac)" "a fault is no conflict: $side" merge $side $layer
    is "and leaves ours: $side" "$(cmp ours base && echo same)" same
done
run 130 "so is a wrong command line" merge base ours
run 132 "a file of nobody" merge base ours theirs annotations/other.yaml
sed 's/- id: c0000021/- id: c0000022/' base >twice
run 132 "an id used twice" merge base ours twice $layer
: >empty
run 0 "an emptied version" merge base ours empty $layer
is "takes nothing away" "$(cmp ours base && echo same)" same
has "and is told of" err "the file was taken out in theirs"
rm -f base ours theirs kept swapped broken twice empty mine

# ---- git merge
start
on other 's/^  topic: on-board/  topic: people/' $layer
on main 's/^  topic: missing/  topic: gone/' $layer
git merge -q -m merged other >"$work/out" 2>&1
is "git merge runs the driver" "$(field c0000021 topic),$(field c0000022 topic)" "gone,people"
is "and is clean" "$(git status --porcelain)" ""
run 0 "the check finds nothing" check

start
on other 's/^  topic: missing/  topic: theirs/; s/^  says: The company.*/  says: Their words./' $layer
on main 's/^  topic: missing/  topic: ours/; s/^  type: cause/  type: motive/' $layer
git merge -q other >"$work/out" 2>&1
is "a conflict stops git" $? 1
is "the rest is merged" "$(field c0000023 says),$(field c0000023 type)" "Their words.,motive"
run 1 "the check refuses the file" check
has "with the line and the word" out "conflict"
run 1 "resolve lists what is left" resolve --tsv
is "one row" "$(sed 1d "$work/out")" "$layer	c0000021	topic	topic: ours	topic: theirs	open"
run 1 "for people too" resolve -n
has "both values" out "theirs  topic: theirs"
run 1 "another record decides nothing" resolve --theirs --only c0000099 $layer
run 0 "a decision" resolve --theirs --only c0000021:topic $layer
has "tells how to go on" out "git add $layer"
is "is in the file" "$(field c0000021 topic)" theirs
is "without markers" "$(marks $layer)" 0
git commit -qam merged
is "git is content" "$(git status --porcelain)" ""
run 0 "the check too" check

# ---- the same in the reader
start
on other 's/^  topic: missing/  topic: theirs/; s/^  says: The company.*/  says: Their words./' $layer
on main 's/^  topic: missing/  topic: ours/; s/^  says: The company.*/  says: Our words./' $layer
git merge -q other >/dev/null 2>&1
printf 'keys gx\nsnap list\nkeys >\nsnap one\nkeys <lt>\nsnap none\nkeys q\nsnap text\n' >"$work/keys"
run 0 "the reader opens on a file in conflict" read tribune --script "$work/keys" --size 100x30
has "lists the conflicts" out "conflicts  2 left"
is "with both values side by side" "$(grep -c 'topic: ours *│ topic: theirs' "$work/out")" 1
has "and what it was before" out "was: says: The company loaded too many cars."
has "until none is left" out "no conflict is left"
is "each decided by a key" "$(field c0000021 topic),$(field c0000023 says)" "theirs,Our words."
is "and reads the file again" "$(sed -n '/^== text/,$p' "$work/out" | grep -c 'claims 5')" 1
printf 'keys gx\nsnap narrow\n' >"$work/keys"
git checkout -q -m $layer
run 4 "in forty columns too" read tribune --script "$work/keys" --size 40x14
has "one under the other" out "topic: theirs"

# ---- deletion against edit
start
drop other c0000022
on main 's/^  topic: on-board/  topic: people/' $layer
git merge -q -m merged other >"$work/out" 2>&1
is "a deletion does not lose an edit" "$?,$(field c0000022 topic)" 0,people
has "and git tells of it" out "c0000022 was taken out in theirs and changed in ours"
start
drop other c0000022
git checkout -q main
printf '  repeats: [c0000022]\n' >"$work/repeats"
sed -i "/^- id: c0000021/,/^  created/{/^  created/{
e cat $work/repeats
}}" $layer
git commit -qam repeats
git merge -q -m merged other >"$work/out" 2>&1
is "nor what a new record names" "$?,$(field c0000021 repeats),$(field c0000022 topic)" "0,[c0000022],on-board"
run 0 "the check finds nothing dangling" check
start
drop other c0000022
on main 's/^  topic: missing/  topic: gone/' $layer
git merge -q -m merged other >"$work/out" 2>&1
is "a deletion alone is one" "$?,$(grep -c c0000022 $layer),$(grep -c gainsay "$work/out")" 0,0,0

# ---- a clone without the driver
start
git config --remove-section merge.gainsay
on other 's/^  topic: missing/  topic: theirs/' $layer
on main 's/^  topic: missing/  topic: ours/' $layer
run 0 "the check tells of a clone without the driver" check
has "and how to get it" out "gainsay init"
printf 'snap text\n' >"$work/keys"
run 0 "the reader tells of it" read tribune --script "$work/keys" --size 120x20
has "in the status line" out "this clone merges annotations by lines; run 'gainsay init' once"
run 0 "a pipe hears nothing of it" log
is "on either stream" "$(grep -c 'gainsay init' "$work/out" "$work/err" | cut -d : -f 2 | tr '\n' ' ')" "0 0 "
if command -v script >/dev/null; then
    script -qec "'$gainsay' log -n 1" /dev/null </dev/null 2>&1 | grep -c "run 'gainsay init' once" >"$work/count"
    is "people at a terminal do" "$(cat "$work/count")" 1
fi
git merge -q other >"$work/out" 2>&1
run 1 "resolve takes git's own conflict" resolve --tsv
has "and tells how there will be none" err "run 'gainsay init' once"
is "and finds the field" "$(sed 1d "$work/out" | cut -f 2,3,6)" "c0000021	topic	open"
run 0 "and decides it" resolve --ours
is "for our side" "$(field c0000021 topic)" ours
git merge --abort
printf '#!/bin/sh\nexit 127\n' >"$work/missing"
chmod +x "$work/missing"
git config merge.gainsay.driver "$work/missing %O %A %B"
on other 's/^  topic: on-board/  topic: people/' $layer
git checkout -q main
git merge -q other >"$work/out" 2>&1
run 1 "a driver that could not run leaves the merge to resolve" resolve --tsv
is "which does it" "$(field c0000022 topic)" people
run 0 "all of it" resolve --theirs
is "and decides" "$(field c0000021 topic)" theirs

# ---- rebase, cherry-pick, stash pop
start
on other 's/^  topic: on-board/  topic: people/' $layer
on main 's/^  topic: missing/  topic: gone/' $layer
git checkout -q other
git rebase -q main >"$work/out" 2>&1
is "git rebase" "$?,$(field c0000021 topic),$(field c0000022 topic)" "0,gone,people"
start
on other 's/^  topic: on-board/  topic: people/' $layer
on main 's/^  topic: missing/  topic: gone/' $layer
git cherry-pick other >"$work/out" 2>&1
is "git cherry-pick" "$?,$(field c0000021 topic),$(field c0000022 topic)" "0,gone,people"
start
sed -i 's/^  topic: on-board/  topic: people/' $layer
git stash -q
on main 's/^  topic: missing/  topic: gone/' $layer
git stash pop -q >"$work/out" 2>&1
is "git stash pop" "$?,$(field c0000021 topic),$(field c0000022 topic)" "0,gone,people"

# ---- add and add, rename, the registry and the scheme
start
new=annotations/ben/ferry/tribune.yaml
for branch in other main; do
    git checkout -q $branch
    mkdir -p annotations/ben/ferry
    { sed -n '1,/^claims:/p' $layer | sed 's/annotator: ana/annotator: ben/'
        printf '\n- id: c%s\n  span:\n  - at: [35, 61]\n    quote: Six people are feared dead\n' \
            "$(case $branch in main) echo 0000111 ;; *) echo 0000222 ;; esac)"; } >$new
    git add $new
    git commit -qm add
done
git merge -q -m merged other >"$work/out" 2>&1
is "add and add" "$?,$(grep -c '^- id: c' $new)" 0,2
start
git checkout -q other
mkdir -p annotations/ana/boat
git mv $layer annotations/ana/boat/tribune.yaml
git commit -qm moved
on main 's/^  topic: missing/  topic: gone/' $layer
git merge -q -m merged other >"$work/out" 2>&1
is "an edit follows a rename" "$?,$(grep -c 'topic: gone' annotations/ana/boat/tribune.yaml)" 0,1
start
on other 's/^  aliases: \[/  aliases: [zz-theirs, /' annotations/sources.yaml
on main 's/^  aliases: \[/  aliases: [aa-ours, /' annotations/sources.yaml
git merge -q -m merged other >"$work/out" 2>&1
is "names of sources come together" "$?,$(grep -c 'aa-ours.*zz-theirs' annotations/sources.yaml | sed 's/[1-9][0-9]*/some/')" 0,some
start
on other 's/^title: .*/title: Theirs/' corpus/ferry/tribune.yaml
on main 's/^outlet: .*/outlet: Ours/' corpus/ferry/tribune.yaml
git merge -q -m merged other >"$work/out" 2>&1
is "metadata merges by key" "$?,$(grep -c 'Theirs\|Ours' corpus/ferry/tribune.yaml)" 0,2

# ---- the files of the team: sources, scheme, team
start
printf '\n- id: port\n  name: the port\n  kind: office\n' >"$work/port"
printf '\n- id: mayor\n  name: the mayor\n  kind: person\n' >"$work/mayor"
for branch in other main; do
    git checkout -q $branch
    case $branch in other) new=port ;; *) new=mayor ;; esac
    cat "$work/$new" >>annotations/sources.yaml
    git commit -qam source
done
git merge -q -m merged other >"$work/out" 2>&1
is "a new source from either side" "$?,$(grep -c '^- id: port$\|^- id: mayor$' annotations/sources.yaml)" 0,2
run 0 "the check is content" check
start
scheme() { # BRANCH VALUE
    git checkout -q "$1"
    printf 'gainsay: 1\nversion: %s\nvocabularies:\n\n- id: type\n  values:\n%s' "$3" "$2" >annotations/scheme.yaml
    git add annotations/scheme.yaml
    git commit -qm scheme
}
scheme main '  - id: rumour
    key: r
    definition: Heard, not known.
' 1
git branch -f other main
scheme other '  - id: rumour
    key: r
    definition: Heard, not known.
  - id: omen
    definition: Says what is to come.
' 1
scheme main '  - id: rumour
    key: r
    definition: Heard from others.
  - id: verdict
    definition: Says who is right.
' 2
git merge -q -m merged other >"$work/out" 2>&1
is "values of a scheme come together" "$?,$(grep -c 'id: omen\|id: verdict\|Heard from others\|^version: 2' annotations/scheme.yaml)" 0,4
start
printf 'gainsay: 1\nguideline: "1"\nadjudicators: [ana]\nannotators:\n\n- id: ana\n  articles: [ferry]\n\n- id: ben\n' >annotations/team.yaml
git add -A
git commit -qm team
git branch -f other main
on other 's/^- id: ben/- id: ben\n  articles: [ferry]/; s/^adjud.*/adjudicators: [ana, zoe]/' annotations/team.yaml
on main 's/^adjud.*/adjudicators: [ana, ben]/; s/^guideline: .*/guideline: "2"/; s/articles: .ferry./articles: [ferry, flood]/' annotations/team.yaml
git merge -q -m merged other >"$work/out" 2>&1
is "the team by member and key" "$?,$(grep -c 'guideline: .2\|\[ferry, flood\]\|\[ferry\]\|\[ana, ben, zoe\]' annotations/team.yaml)" 0,4
git cherry-pick other >/dev/null 2>&1 || git cherry-pick --skip >/dev/null 2>&1
is "and nothing is left of it" "$(git status --porcelain)" ""

# ---- rebase over several commits, each with a stop
start
on other 's/^  topic: on-board/  topic: people/' $layer
on other 's/^  topic: missing/  topic: theirs/' $layer
on main 's/^  topic: missing/  topic: ours/' $layer
git checkout -q other
git rebase main >"$work/out" 2>&1
is "a rebase stops at the conflict" "$?,$(git status --porcelain | cut -c 1,2)" "1,UU"
run 0 "theirs is the commit that is put on top" resolve --theirs
git add $layer
GIT_EDITOR=true git rebase --continue >"$work/out" 2>&1
is "and it goes on" "$?,$(field c0000021 topic),$(field c0000022 topic)" "0,theirs,people"
start
sed -i 's/^  topic: missing/  topic: mine/' $layer
git stash -q
on main 's/^  topic: missing/  topic: gone/' $layer
git stash pop -q >"$work/out" 2>&1
is "a stash in conflict stays in the list of stashes" "$?,$(git stash list | wc -l | tr -d ' '),$(marks $layer)" "1,1,3"
run 0 "and is decided" resolve --theirs
is "for what was stashed" "$(field c0000021 topic)" mine

# ---- two branches that crossed
start
on other 's/^  topic: missing/  topic: theirs/' $layer
git branch first-other
on main 's/^  topic: missing/  topic: ours/' $layer
git branch first-main
git merge -q other >/dev/null 2>&1
"$gainsay" resolve --ours >/dev/null
git commit -qam crossed
git checkout -q other
git merge -q first-main >/dev/null 2>&1
"$gainsay" resolve --ours >/dev/null
git commit -qam crossed
sed -i 's/^  topic: on-board/  topic: people/' $layer
git commit -qam more
git merge -q main >"$work/out" 2>&1
is "a base with conflicts in it is a conflict, no fault" "$?,$(marks $layer)" 1,3
run 0 "and is decided" resolve --theirs
is "with what is new" "$(field c0000021 topic),$(field c0000022 topic)" "ours,people"
finish
