# Includes that src/LAYERS does not allow. Usage: awk -f layers.awk src/LAYERS src/*/*.[ch]
FILENAME == ARGV[1] {
    if ($0 ~ /^#/ || !NF)
        next
    folder = $1
    sub(/:$/, "", folder)
    known[folder] = 1
    allowed[folder, folder] = 1
    for (i = 2; i <= NF; i++) {
        if (!($i in known)) {
            print "src/LAYERS:" FNR ": '" $i "' is not listed above '" folder "'"
            bad = 1
        }
        allowed[folder, $i] = 1
    }
    next
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    n = split(FILENAME, path, "/")
    from = path[n - 1]
    if (split(quoted[2], to, "/") != 2) {
        print FILENAME ":" FNR ": write \"folder/file.h\", not \"" quoted[2] "\""
        bad = 1
    } else if ((from in known) && !((from, to[1]) in allowed)) {
        print FILENAME ":" FNR ": " from "/ may not include " quoted[2] "; see src/LAYERS"
        bad = 1
    }
}
END { exit bad }
