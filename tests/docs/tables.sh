#!/bin/sh
# Fill the generated parts of a page from the tables of the program, and print the page.
# A part stands between "begin generated: NAME" and "end generated: NAME".
# usage: tables.sh GAINSAY PAGE
set -eu
gainsay=$1 page=$2
here=$(dirname "$0")

part() {
    case $1 in
    keys | fields | scheme | query | errors | options | formats | held)
        "$gainsay" --tsv dump "$1" | awk -F '\t' -v table="$1" -f "$here/tables.awk"
        ;;
    files)
        for folder in base text model store exchange session tui cli term; do
            printf '\n`%s/`\n\n' "$folder"
            for file in src/"$folder"/*.c src/"$folder"/*.def; do
                [ -f "$file" ] || continue
                printf -- '- `%s` %s\n' "$(basename "$file")" "$(sed -n '1s,^// *,,p' "$file")"
            done
        done
        ;;
    screen)
        printf '```text\n'
        sed -n '/^== /,/^-- roles$/p' tests/screens/readme.screen | sed '1d;$d'
        printf '```\n'
        ;;
    esac
}

skip=
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    *'begin generated: '*)
        name=${line##*begin generated: }
        name=${name%% *}
        printf '%s\n' "$line"
        part "$name"
        skip=1
        ;;
    *'end generated: '*)
        skip=
        printf '%s\n' "$line"
        ;;
    *)
        [ -n "$skip" ] || printf '%s\n' "$line"
        ;;
    esac
done <"$page"
