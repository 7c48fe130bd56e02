# The keys of a page as a script: blocks behind `.\" keys: NAME`, each line up to two blanks or its end,
# with a snapshot named NAME behind each block.
/^\.\\" keys: / { name = $3; next }
/^\.Bd/ && name { on = 1; next }
/^\.Ed/ && on { print "snap " name; on = 0; name = ""; next }
on {
    sub(/  .*/, "")
    gsub(/\\\(dq/, "\"")
    gsub(/\\&/, "")
    gsub(/\\e/, "\\")
    if ($0 != "") print "keys " $0
}
