#!/bin/sh
# Writable globals: only those in globals.known may exist. Reads the objects' .data and .bss.
# usage: globals.sh BUILD-FOLDER
build=$1
known=$(dirname "$0")/globals.known
found=$(mktemp)
trap 'rm -f "$found"' EXIT
for object in "$build"/*/*.o; do
    file=${object#"$build"/}
    case $file in unit/*) continue ;; esac
    objdump -t "$object" |
        awk -v file="${file%.o}.c" '$NF !~ /^\./ && / [O] \.(data|bss)/ && !/\.data\.rel\.ro/ {
            name = $NF; sub(/\.[0-9]+$/, "", name)
            if (name !~ /^(__|\.L|llvm)/) print file, name }'
done | LC_ALL=C sort -u >"$found"
if ! diff "$known" "$found" >/dev/null; then
    diff "$known" "$found" | sed -n 's/^> /writable global not allowed: /p; s/^< /no longer there, take it out of globals.known: /p'
    exit 1
fi
