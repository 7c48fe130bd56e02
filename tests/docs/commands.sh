#!/bin/sh
# Every command and option against gainsay(1): its own entry with a tag and text, each of its options named there, and
# an example of it, in any page, that tests/docs/run.sh runs. Prints what is missing.
# usage: commands.sh GAINSAY PAGE...   the first page is gainsay.1
set -eu
gainsay=$1
shift
page=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$gainsay" --tsv dump commands | sed 1d | cut -f 1 >"$work/commands"
"$gainsay" --tsv dump options | sed 1d | awk -F '\t' '$1 != ""' | cut -f 1-3 >"$work/options"
# Lines that are run as examples: behind the mark, up to the end of the block.
awk '/^\.\\" test: /{ on = 1 } /^\.Ed/{ on = 0 } on && /^\$ /{ print }' "$@" >"$work/examples"
awk '/^\.\\" keys: /{ print "$ gainsay read" }' "$@" >>"$work/examples" # the tutorial is played

awk -v page="$page" '
    FILENAME == ARGV[1] { command[$0] = 1; order[++n] = $0; next }
    FILENAME == ARGV[2] { split($0, f, "\t"); options[f[1]] = options[f[1]] f[2] " "; letters[f[1], f[2]] = f[3]; next }
    FILENAME == ARGV[3] {
        gsub(/[|;&()]+/, " | ")
        m = split($0, word, " ")
        for (i = 1; i <= m; i++) # behind the name of the program, options and their values passed over
            if (word[i] == "gainsay")
                for (k = i + 1; k <= m && word[k] != "|"; k++)
                    if (word[k] in command) { shown[word[k]] = 1; break }
        next
    }
    /^\.Tg / { name = $2; tagged[name] = 1; next }
    /^\.Ss / { name = "" }
    name != "" && /^\.It Cm / && $3 == name { entry[name] = 1 }
    name != "" && !/^\./ && length($0) > 20 { text[name] = 1 }
    name != "" && /^\.(It|Fl|Op|Oo|Ic|Pq|Po|Xo)/ { named[name] = named[name] " " $0 " " }
    function miss(what) { print page ": " what; bad = 1 }
    END {
        for (i = 1; i <= n; i++) {
            c = order[i]
            if (!(c in tagged) || !(c in entry)) { miss("no entry for the command " c " (.Tg " c ", .It Cm " c ")"); continue }
            if (!(c in text)) miss("no text for the command " c)
            if (!(c in shown)) miss("no example of the command " c " that is run (.\\\" test: NAME)")
            m = split(options[c], option, " ")
            for (k = 1; k <= m; k++) {
                long = "Fl " substr(option[k], 2) "( |$|,)"
                letter = letters[c, option[k]]
                short = letter == "" ? "^$" : "(Fl|Oo Fl|Op Fl) " substr(letter, 2) "( |$)"
                if (named[c] !~ long && named[c] !~ short && named[c] !~ ("[|,] *" substr(option[k], 2) "( |$)"))
                    miss("the option " option[k] " of " c " is not told")
            }
        }
        exit bad
    }' "$work/commands" "$work/options" "$work/examples" "$page"
