# Things that must not be in sources: functions that are banned, tabs, long lines, trailing blanks,
# places of one machine. Usage: awk -f words.awk src/*.c src/*/*.[ch]
BEGIN {
    split("strcpy strncpy strcat strncat sprintf vsprintf strtok atoi atol gets alloca setjmp longjmp localtime gmtime rand srand system popen isalpha isdigit isspace isupper islower tolower toupper", list, " ")
    for (i in list)
        banned[list[i]] = 1
}
length($0) > 120 { say("over 120 columns") }
/\t/ && FILENAME !~ /\.def$/ { say("a tab") }
/[ \t]$/ { say("blanks at the end") }
/TODO|FIXME|XXX/ { say("unfinished work; finish it or say so in the manual") }
{
    line = $0
    sub(/\/\/.*/, "", line)
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    while (match(line, /[a-z_][a-zA-Z0-9_]*\(/)) {
        name = substr(line, RSTART, RLENGTH - 1)
        if (name in banned)
            say("'" name "' is banned")
        member = RSTART > 1 && substr(line, RSTART - 1, 1) ~ /[.>]/
        if (!member && (name == "malloc" || name == "calloc" || name == "realloc" || name == "free" || name == "strdup"))
            if (FILENAME != "src/base/mem.c")
                say("'" name "' outside base/mem.c")
        if (name == "wcwidth" && FILENAME !~ /^src\/text\//)
            say("'wcwidth' outside text/")
        line = substr(line, RSTART + RLENGTH)
    }
}
function say(what)
{
    print FILENAME ":" FNR ": " what
    bad = 1
}
END { exit bad }
