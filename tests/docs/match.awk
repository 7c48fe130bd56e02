# Do the lines of the second file match those of the first, where "..." stands for any lines?
NR == FNR { want[++wants] = $0; next }
{ got[++gots] = $0 }
END {
    i = j = 1
    star = 0
    while (j <= gots) {
        if (i <= wants && want[i] == "...") {
            star = i++
            mark = j
        } else if (i <= wants && want[i] == got[j]) {
            i++
            j++
        } else if (star) {
            i = star + 1
            j = ++mark
        } else {
            exit 1
        }
    }
    while (i <= wants && want[i] == "...")
        i++
    exit i <= wants
}
