# Foreign headers outside their one door file. Usage: awk -f doors.awk src/*/*.[ch]
BEGIN {
    door["curses.h"] = "src/term/screen.c"
    door["term.h"] = "src/term/screen.c"
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
    if ((header in door) && FILENAME != door[header]) {
        print FILENAME ":" FNR ": only " door[header] " may include <" header ">"
        bad = 1
    }
}
END { exit bad }
