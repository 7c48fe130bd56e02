# A page's claims about its own keys: `.\" shows: TEXT` stands on the snapshot of the block of keys before it,
# `.\" file: LINE` in one of the files written. Prints what is not so.
# usage: awk -v screens=SNAPSHOTS -v files=FILE -f shown.awk PAGE
BEGIN {
    while ((getline line <screens) > 0) {
        if (line ~ /^== /) { split(line, word, " "); snap = word[2] }
        screen[snap] = screen[snap] line "\n"
    }
    while ((getline line <files) > 0) file = file line "\n"
}
function miss(what, where) {
    printf "# %s:%d: %s is not %s\n", FILENAME, FNR, what, where
    missed = 1
}
/^\.\\" keys: / { name = $3 }
/^\.\\" shows: / { claims++; text = substr($0, 12); if (!index(screen[name], text)) miss(text, "on the screen " name) }
/^\.\\" file: / { claims++; text = substr($0, 11); if (!index(file, text)) miss(text, "in the files") }
END { exit missed || !claims }
