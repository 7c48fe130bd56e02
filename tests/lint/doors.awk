# Foreign headers outside their door. Usage: awk -f doors.awk src/*/*.[ch]
BEGIN {
    door["curses.h"] = "src/term/terminal.c src/term/by_curses.c"
    door["term.h"] = "src/term/terminal.c src/term/by_curses.c"
    door["yaml.h"] = "src/store/yaml.c"
    door["utf8proc.h"] = "src/text/cluster.c"
    door["pcre2.h"] = "src/text/find.c"
    door["jansson.h"] = "src/exchange/json.c"
    door["gumbo.h"] = "src/exchange/html.c"
    door["iconv.h"] = "src/exchange/charset_convert.c"
    door["nettle/sha2.h"] = "src/text/article.c"
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    match($0, /<[^>]*>/)
    header = substr($0, RSTART + 1, RLENGTH - 2)
    if ((header in door) && index(" " door[header] " ", " " FILENAME " ") == 0) {
        print FILENAME ":" FNR ": only " door[header] " may include <" header ">"
        bad = 1
    }
}
END { exit bad }
