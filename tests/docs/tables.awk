# TSV tables of the program -> mdoc. Columns are found by name.
# -v table=keys|fields|scheme|query|errors|options|formats|held
function text(s)
{
    gsub(/\\/, "\\e", s)
    gsub(/"/, "\\(dq", s)
    if (s ~ /^['.]/)
        s = "\\&" s
    return s
}
# A macro argument: quoted, so that neither blanks nor macro names in it are read as such.
function arg(s)
{
    return "\"\\&" text(s) "\""
}
function col(name)
{
    return (name in at) ? $(at[name]) : ""
}
function list(width)
{
    print ".Bl -tag -width " width " -compact"
    open = 1
}
function close_list()
{
    if (open)
        print ".El"
    open = 0
}
NR == 1 {
    for (i = 1; i <= NF; i++)
        at[$i] = i
    next
}
table == "keys" {
    if (col("keys") == "" && col("group") == "")
        next
    if (col("group") != group) {
        close_list()
        group = col("group")
        print ".Ss " group
        list("xxxxxxxxxxxxxxxxx")
    }
    n = split(col("keys"), keys, " ")
    line = ".It"
    for (i = 1; i <= n; i++)
        line = line (i > 1 ? " ," : "") " Ic " arg(keys[i])
    if (!n)
        line = line " Ic " arg(":" col("name"))
    print line
    print text(col("help")) (col("flags") ~ /count/ ? " (count)" : "")
    if (n)
        print ".Pq " arg(col("name"))
}
table == "fields" {
    if (col("kind") != group) {
        close_list()
        group = col("kind")
        print ".Pp"
        print ".Sy " group
        list("xxxxxxxxxxxxxxx")
    }
    print ".It Li " col("key")
    what = col("help")
    if (col("vocabulary") != "")
        what = what "; a value of " col("vocabulary")
    if (col("required") == "yes" || col("required") == "required")
        what = what "; required"
    print text(what)
}
table == "scheme" {
    if (col("vocabulary") != group) {
        close_list()
        group = col("vocabulary")
        print ".Pp"
        print ".Sy " group
        list("xxxxxxxxxxxxxxxxxxxxxxx")
    }
    print ".It Li " col("value") " Ic " arg(col("key"))
    print text(col("definition")) (col("flags") != "" ? " (" col("flags") ")" : "")
}
# Keys and flags; what joins terms is told by the page itself.
table == "query" {
    if (col("example") == "" && col("counted") == "no")
        next
    if (!open)
        list("xxxxxxxxxxxxxxxxxxxxxxxxxx")
    print ".It Cm " arg(col("word") col("example"))
    print text(col("help")) (col("counted") == "no" ? "; not counted by" : "")
}
table == "errors" {
    if (!open)
        list("xxxxxxxxxxxxxx")
    print ".It Li " col("name")
    print text(col("meaning")) (col("status") > 0 ? " (exit status " col("status") ")" : " (warning)")
}
table == "options" {
    if (col("command") != "" && col("command") != "all" && col("command") != "*")
        next
    if (!open)
        list("xxxxxxxxxxxxxxx")
    print ".It Fl " substr(col("option"), 2) (col("argument") != "" ? " Ar " col("argument") : "")
    print text(col("help"))
}
table == "formats" {
    if (!open)
        list("xxxxxxxxxxxx")
    ways = col("export") == "no" ? "import" : col("import") == "no" ? "export" : "both ways"
    print ".It Li " col("format")
    print text(col("help")) " (" ways ")"
}
table == "held" {
    if (col("kind") != group) {
        if (group != "") {
            close_list()
            print ".Pp"
        }
        group = col("kind")
        print ".Sy " group
        list("xxxxxxxxxxxxxxx")
    }
    print ".It Li " arg(col("key"))
    print col("formats") == "" ? "none" : text(col("formats"))
}
END { close_list() }
