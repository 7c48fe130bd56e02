# Files over 800 lines and functions over 80, but for those in size.known, which may only shrink.
# Usage: awk -f size.awk tests/lint/size.known src/*.c src/*/*.c
FILENAME == ARGV[1] {
    if ($0 !~ /^#/ && NF)
        allowed[$1] = $2
    next
}
FNR == 1 {
    close_file()
    file = FILENAME
}
{ lines = FNR }
/^[a-zA-Z].*[a-zA-Z0-9_]\(/ && !/;[ \t]*$/ {
    name = $0
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
}
/^\{/ { start = FNR }
/^\}/ && start {
    report(file ":" name, FNR - start - 1, 80)
    start = 0
}
END {
    close_file()
    for (key in allowed)
        if (!(key in seen)) {
            print "size.known: '" key "' is no longer over the limit; take it out"
            bad = 1
        }
    exit bad
}
function close_file()
{
    if (file != "")
        report(file, lines, 800)
}
function report(key, size, limit)
{
    if (size <= limit)
        return
    seen[key] = 1
    if (!(key in allowed) || size > allowed[key]) {
        print key ": " size " lines, the limit is " ((key in allowed) ? allowed[key] : limit)
        bad = 1
    }
}
