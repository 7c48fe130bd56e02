#!/bin/sh
# The command line: what is wrong with it is said, with status 2; help and tables.
. tests/cli/lib.inc

run 2 "an unknown option" list --jsno
has "the nearest is named" err "gainsay: unknown option '--jsno'; nearest: '--json'"
run 2 "a shortened option" list --js
run 2 "two formats" --json --tsv dump keys
run 2 "an option of the reader before another command" --size 80x24 dump keys
run 2 "a value for an option without one" --json=yes dump keys
run 2 "an option that lacks its value" -C
run 2 "a table that is not there" dump kyes
has "tables are named" err "keys, fields, scheme"
run 2 "no table" dump
has "usage is told" err "usage: gainsay dump TABLE"
run 2 "no article to show" show
run 2 "two articles to show" show a b
run 2 "nothing to add" add
run 2 "an unknown topic" help nothing
has "topics are named" err "tutorial, workflows, team and the commands"
run 3 "no workspace" list
has "how to make one" err "gainsay init"
run 3 "no workspace in a folder that is not there" -C /no/such/folder list

run 0 "--help" --help
has "commands are listed" out "  contested [QUERY]"
run 0 "--help of a command" fmt --help
has "its options are listed" out "  --check "
run 0 "help of a command" help add
has "usage" out "usage: gainsay add [OPTION...] FILE..."
run 0 "--version" --version
for library in gainsay ncurses utf8proc Unicode PCRE2 libyaml jansson gumbo nettle; do
    has "--version names $library" out "$library "
done
run 0 "--version as JSON" --version --json
is_json "--version prints JSON" out

for table in keys fields scheme errors options commands; do
    run 0 "dump $table" dump $table --tsv
    n=$(rows)
    [ "$n" != uneven ] && [ "$n" -gt 5 ]
    result $? "dump $table is even and has rows"
    run 0 "dump $table as JSON" dump --json $table
    is_json "dump $table prints JSON" out
done
run 0 "dump options" dump --tsv options
has "options of all commands have no command" out "$(printf '\t--json\t\t\t')"
has "a short one" out "$(printf '\t--directory\t-C\tDIR\t')"
run 0 "operands in between, -- at the end" dump --tsv -- fields
has "a required field" out "$(printf 'claim\tid\tid\t\t\tyes\t')"
has "a field with a vocabulary" out "$(printf 'voice\tact\tword\t\tact\tno\t')"
finish
