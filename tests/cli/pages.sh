#!/bin/sh
# Saved pages, each built as some news site builds them, with the text and metadata that must come of it; and
# pages made to cost more than they hold.
. tests/cli/lib.inc
pages=$top/tests/data/pages
run 0 "init" init ws
cd ws || exit 1

for page in "$pages"/*.html; do
    name=$(basename "$page" .html)
    "$gainsay" add "$page" >"$work/out" 2>"$work/err" </dev/null
    cmp "corpus/$name.txt" "$pages/$name.txt" >"$work/diff" 2>&1
    result $? "$name: its text"
    cat "$work/diff"
    cmp "corpus/$name.yaml" "$pages/$name.yaml" >"$work/diff" 2>&1
    result $? "$name: its metadata"
    cat "$work/diff"
done
run 0 "check of all" check

# encoded PAGE ENCODING LABEL: the same text comes of the page in another encoding, declared or not.
encoded() {
    sed "s/charset=\"utf-8\"/charset=\"$3\"/" "$pages/$1.html" | iconv -f UTF-8 -t "$2" >"$work/page.html"
    "$gainsay" add --print "$work/page.html" >"$work/out" 2>"$work/err"
    cmp -s "$work/out" "$pages/$1.txt"
    result $? "$1 in $2, declared as ${3:-nothing}"
    has "is told" err "converted from"
}
encoded french CP1252 iso-8859-1
encoded french CP1252 ''
encoded article UTF-16 utf-16
encoded article UTF-16LE ''
encoded russian KOI8-R koi8-r
encoded russian CP1251 ''
encoded russian KOI8-R utf-8
encoded japanese CP932 shift_jis
encoded japanese EUC-JP ''
encoded chinese GB18030 gb2312
encoded chinese GB18030 ''
encoded arabic CP1256 windows-1256
sed 's/charset="utf-8"/charset="iso-8859-1"/' "$pages/french.html" >"$work/page.html"
"$gainsay" add --print "$work/page.html" >"$work/out" 2>"$work/err"
is "UTF-8 that says it is something else" "$(cmp "$work/out" "$pages/french.txt")" ""
has "is told" err "says it is windows-1252, but is UTF-8"

run 0 "what is left out" add --keep "$pages/related-boxes.html"
has "with why" out "leads elsewhere: Read more: the harbour in pictures"
has "and by which word" out "by its name 'related': Related Dust"
run 0 "as rows" add --keep --tsv "$pages/related-boxes.html"
is "all of four columns" "$(rows | grep -c '^[1-9]')" 1
run 0 "all that can be seen" add --print --whole "$pages/related-boxes.html"
has "furniture too" out "Who owns the quay?"
run 0 "hidden text is told as hidden" add --keep "$pages/hidden.html"
has "with its words" out "hidden: Secret paragraph one"
"$gainsay" add --print --whole "$pages/hidden.html" >"$work/out"
is "and stays out of the whole" "$(grep -c Secret "$work/out")" 0
run 0 "what the command line says comes first" add --id own --title Mine "$pages/article.html"
has "before the page" ws/corpus/own.yaml "title: Mine"
run 0 "a page that shows less than it holds" add --print "$pages/shown-in-part.html"
has "is told" err "JSON-LD"

repeat() { # COUNT TEXT
    awk -v n="$1" -v text="$2" 'BEGIN { while (n--) printf "%s", text }'
}
# hostile NAME STATUS TEXT PAGE...: the page is taken or refused, within memory and time that a page may cost.
hostile() {
    name=$1 want=$2 text=$3
    shift 3
    { printf '<html><body>'; "$@"; } >"$work/page.html"
    (
        ulimit -t 20
        [ -n "${SAN:-}" ] || ulimit -v 1500000 2>/dev/null
        exec "$gainsay" add --print "$work/page.html"
    ) >"$work/out" 2>"$work/err" </dev/null
    is "$name" "$? $(head -c 60 "$work/out" | head -1)" "$want $text"
}
deep() {
    repeat 100000 "$1"
    printf '%s' "$2"
}
hostile "100,000 elements in one another" 0 "Bottom." deep '<div>' 'Bottom.'
hostile "as many of a made-up kind" 0 "Bottom." deep '<x-y>' 'Bottom.'
hostile "tables in tables" 0 "Bottom." deep '<table><td></div>' '<p>Bottom.'
hostile "forms that close others" 0 "Bottom." deep '<form><div></form>' 'Bottom.'
hostile "marks that are not closed" 0 "Bottom." deep '<b class=x><font color=y>' '<p>Bottom.'
hostile "links that are not closed" 0 "Bottom." deep '<a href=x>' 'Bottom.'
hostile "comments that are not" 4 "" deep '<!-- -->' '<!--'
hostile "scripts in comments in scripts" 4 "" deep '<script><!--<script>' 'Script.'
hostile "pictures that are not closed" 0 "Bottom." deep '<svg>' 'Bottom.'
hostile "entities that are none" 0 "&nosuch;&nosuch;&nosuch;&nosuch;&nosuch;&nosuch;&nosuch;&nos" deep '&nosuch;' ''
hostile "more tags than any article" 4 "" repeat 400001 '<p>x'
has "is refused with why" err "has more than 400000 tags"
nuls() {
    head -c 100000 /dev/zero
    printf 'Text.'
}
hostile "a page of NULs" 0 "Text." nuls
broken() {
    printf '<p class="never closed>Text.</p>'
}
hostile "a page that ends in a tag" 4 "" broken
has "holds nothing" err "holds no text that can be seen"
finish
