#!/bin/sh
# init and add: workspaces and texts made, and what is refused.
. tests/cli/lib.inc

run 0 "init" init ws
has "says what it made" out "annotations/sources.yaml"
cd ws || exit 1
is "the folders are there" "$(ls)" "annotations
corpus"
run 0 "init again" init
run 0 "check of an empty workspace" check
run 1 "nothing to list" list

printf 'One. Two.\n' >'My Text.txt'
run 0 "add" add --event ev 'My Text.txt' --title 'Two: parts' --published 2026-11-25 --url https://example.org/a
has "says where" out "corpus/ev/my-text.txt"
is "the text is as it was" "$(cat corpus/ev/my-text.txt)" "One. Two."
is "metadata beside it" "$(cat corpus/ev/my-text.yaml)" "title: 'Two: parts'
published: '2026-11-25'
url: https://example.org/a"
run 4 "the same id again" add --event ev 'My Text.txt'
is "nothing was overwritten" "$(cat corpus/ev/my-text.txt)" "One. Two."
run 4 "an id that differs in case alone" add --event ev --id MY-TEXT 'My Text.txt'
run 4 "an id out of the workspace" add --id ../../evil 'My Text.txt'
run 4 "a hidden id" add --id .x 'My Text.txt'
run 0 "another id" add --id two 'My Text.txt' --json
is_json "add prints JSON" out
has "with its length" out '"length": 10'
has "and its hash" out "$(sha256sum <'My Text.txt' | cut -d ' ' -f 1)"

printf 'caf\351\n' >latin.txt
run 0 "bytes that are not UTF-8" add --id cafe latin.txt
is "are converted" "$(cat corpus/cafe.txt)" "café"
has "and that is told" err "latin.txt: converted from windows-1252 to UTF-8"
has "with what to do when it is wrong" err "--encoding"
printf '\337\340\n' >said.txt
is "an encoding that is said" "$("$gainsay" add --encoding iso-8859-5 --print said.txt 2>/dev/null)" "пр"
run 2 "one that is not known" add --encoding nonsense --print said.txt
has "is told with those that are" err "windows-1252"
printf 'caf\303\251, th\303\251, na\303\257f: \377 et No\303\253l\n' >slip.txt
run 4 "UTF-8 with a byte that is not" add slip.txt
has "is refused at its place" err "slip.txt:1:18: byte 0xFF is not UTF-8"
run 0 "and taken when the user says so" add --encoding utf-8 slip.txt
is "with U+FFFD for it" "$(cat corpus/slip.txt)" "café, thé, naïf: � et Noël"
printf '\377\376a\0' >utf16.txt
run 0 "UTF-16" add utf16.txt
has "is recognised" err "UTF-16"
is "and converted" "$(cat corpus/utf16.txt)" "a"

printf -- '---\ntitle: "Ferry sinks"\nauthor: A. Writer\ndate: 2026-03-04\n---\n# Ferry *sinks*\n\nSix\ndied, the [Herald](http://h) said.\n\n- one\n- two\n' >ferry.md
run 0 "Markdown" add ferry.md
is "as prose" "$(cat corpus/ferry.txt)" "Ferry sinks

Six died, the Herald said.

  • one
  • two"
is "with what it says of itself" "$(cat corpus/ferry.yaml)" "title: Ferry sinks
author: A. Writer
published: '2026-03-04'"
run 0 "Markdown as it stands" add --type text --id ferry-as-it-is ferry.md
is "is the file" "$(cmp ferry.md corpus/ferry-as-it-is.txt)" ""
run 2 "a type that is none" add --type x ferry.md

: >corpus/.gone.txt.gainsay-00000000-1
touch -d '3 days ago' corpus/.gone.txt.gainsay-00000000-1
run 0 "an add after one that died long ago" add --id later 'My Text.txt'
is "takes away what that left" "$(ls -A corpus | grep gainsay-)" ""
printf 'a\nb\0c' >nul.txt
run 4 "a NUL" add nul.txt
has "is placed" err "nul.txt:2:2:"
printf '<!DOCTYPE html><p>x' >page.html
run 0 "HTML" add page.html
is "is read as a page" "$(cat corpus/page.txt)" x
run 0 "and as text when the user says so" add --type text --id tags page.html
is "is what it is" "$(cat corpus/tags.txt)" "<!DOCTYPE html><p>x"
printf '%%PDF-1.7 x' >paper.pdf
run 4 "a PDF" add paper.pdf
has "is named as one, with what to do" err "pdftotext"
printf 'From: <x>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html><p>x' >page.mhtml
run 4 "a web archive" add page.mhtml
has "is named as one" err "save the page as HTML"
: >empty.txt
run 4 "an empty file" add empty.txt
run 3 "a file that is not there" add none.txt
run 3 "a folder" add corpus
has "is named as one" err "corpus: is a folder"
run 2 "one title for two files" add --title x latin.txt nul.txt

printf '\357\273\277a\r\nb\rc' >crlf.txt
"$gainsay" add --print crlf.txt >"$work/out" </dev/null
is "line ends become LF, the mark goes" "$(od -An -c "$work/out" | tr -s ' ')" ' a \n b \n c'
printf 'from a pipe\n' | "$gainsay" add --id piped - >"$work/out" 2>&1
is "standard input" "$? $(cat corpus/piped.txt)" "0 from a pipe"
printf 'x\n' | "$gainsay" add - >"$work/out" 2>"$work/err"
is "standard input wants an id" $? 2
printf 'title: X\n' >corpus/cut.yaml
printf 'title: Y\n' >corpus/other.yaml
printf 'words\n' >latin-free.txt
run 0 "an add that was cut off behind its metadata, again" add --id cut --title X latin-free.txt
run 3 "metadata of somebody else" add --id other --title X latin-free.txt
is "adds no text" "$(ls corpus/other.txt 2>/dev/null)" ""
is "and leaves the metadata" "$(cat corpus/other.yaml)" "title: Y"
run 4 "one bad file among good ones" add nul.txt crlf.txt
is "the good one is in" "$(ls corpus/crlf.txt)" corpus/crlf.txt
rm corpus/other.yaml
run 0 "check of what was added" check
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w corpus
    run 3 "a folder that may not be written" add --id nope 'My Text.txt'
    chmod u+w corpus
else
    echo "ok cli add: a folder that may not be written # SKIP root may write anything"
fi
finish
