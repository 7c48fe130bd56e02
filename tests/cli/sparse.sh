#!/bin/sh
# Sparse checkouts and partial clones: what is left out is named, kept from harm, and never fetched for.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
command -v git >/dev/null || {
    echo "ok cli sparse: git # SKIP git is not installed"
    exit 0
}
git config --global user.name Ana
git config --global user.email ana@example.org
git config --global uploadpack.allowFilter true
git config --global protocol.file.allow always
git config --global init.defaultBranch main
mkdir full && cd full && git init -q . && make_workspace . && "$gainsay" init >/dev/null
git add -A && git commit -qm start && cd ..

# A text, and a layer, that the checkout leaves out.
git clone -q full sparse && cd sparse || exit 1
"$gainsay" init >/dev/null
run 0 "all is there" check --tsv
cp "$work/out" "$work/whole"
git sparse-checkout set --no-cone '/*' '!corpus/flood/dam.txt' '!annotations/ana/flood/levee.yaml'
run 0 "claims of articles without their text" list --tsv
is "are those of the layers that are there" "$(sed 1d "$work/out" | wc -l)" 405
run 0 "check says what it cannot compare" check --tsv
is "of both layers, as warnings" "$(grep -c "^warning	no-article	.*leaves 'corpus/flood/dam.txt' out" "$work/out")" 2
is "and of no link that it dangles" "$(grep -c dangling "$work/out")" "$(grep -c dangling "$work/whole")"
run 4 "an article that is left out" show dam
run 4 "by its id" show flood/dam
has "is named, with the way to it" err "corpus/flood/dam.txt: is left out of this checkout; 'git sparse-checkout add corpus/flood' brings it here"
run 0 "status" status --tsv
run 0 "reanchor passes it over" reanchor
is "without a word" "$(cat "$work/err")" ""
for command in contested disputed board sources comments; do
    "$gainsay" $command >"$work/out" 2>"$work/err"
    [ $? -le 1 ] && ! grep -q left "$work/err"
    result $? "$command answers"
done

# A layer that is left out must not be written anew: it would read as the end of all its records.
printf 'annotators:\n\n- id: ana\n' | sed '1i gainsay: 1' >annotations/team.yaml
run 0 "status of a layer that is left out" status --tsv flood/levee
is "says so" "$(grep -c "^ana	flood/levee	yes	left out	" "$work/out")" 1
rm annotations/team.yaml
run 4 "it cannot be finished" status --finish flood/levee
printf 'keys )C\nsnap refused\n' >"$work/keys"
"$gainsay" read flood/levee --script "$work/keys" --size 100x12 >"$work/out" 2>"$work/err"
is "nor marked in" "$(git status --porcelain)" ""
has "which the reader says" out "NOT READ"
run 1 "todo does not take it for unread" todo --tsv
is "and lists nothing of it" "$(grep -c "^ana	flood/levee" "$work/out")" 0

# The same of a worktree, whose .git is a file.
cd .. && git -C full worktree add -q "$work/tree" -b tree && cd tree || exit 1
git sparse-checkout set --no-cone '/*' '!corpus/flood/dam.txt' 2>/dev/null
run 4 "in a worktree" show flood/dam

# A clone without blobs, its remote out of reach: whoever asks for one fails.
cd .. && git clone -q --filter=blob:none --no-checkout "file://$work/full" partial && cd partial || exit 1
git sparse-checkout set --no-cone '/*' '!corpus/flood/dam.txt' '!annotations/ben/'
git checkout -q main
"$gainsay" init >/dev/null
mv ../full ../away
GIT_TRACE=$work/trace
export GIT_TRACE
for command in list contested disputed board sources todo status check comments reanchor "find people" "show flood/levee" \
    "read flood/levee --script $work/keys" "diff HEAD"; do
    # shellcheck disable=SC2086
    "$gainsay" $command >"$work/out" 2>"$work/err" </dev/null
    [ $? -le 1 ]
    result $? "${command%% --script*} in a partial clone"
done
is "nothing was fetched for" "$(grep -c 'fetch' "$work/trace")" 0
exit $failed
