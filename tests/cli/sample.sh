#!/bin/sh
# The sample workspace of this repository is a living one: finished, canonical, without a fault.
set -u
gainsay=$BUILD/gainsay
export GAINSAY_STATE=/nonexistent LC_ALL=C.UTF-8
failed=0

expect() { # NAME WANTED COMMAND...
    name=$1 wanted=$2
    shift 2
    got=$("$@" 2>&1 </dev/null)
    if [ "$got" = "$wanted" ]; then
        echo "ok sample $name"
    else
        echo "not ok sample $name"
        printf 'wanted: %s\ngot:    %s\n' "$wanted" "$got"
        failed=1
    fi
}

count() { # QUERY...
    "$gainsay" --tsv list "$@" | sed 1d | wc -l
}

test_positive() {
    [ "$1" -gt 0 ] && echo yes
}

links() {
    cat annotations/ana/haqqani-2024/*.yaml | grep -c '^- id: l'
}

# Every key of the schema that annotators use stands somewhere in the files.
missing_fields() {
    "$gainsay" --tsv dump fields | sed 1d | while IFS='	' read -r kind key rest; do
        case $kind.$key in
        meta.* | member.* | *.merged | *.decision | *.decided_by | claim.from | claim.why | *.seen | link.taken_from | link.decided_why) continue ;;
        word.* | vocabulary.* | reporting.*) file=annotations/scheme.yaml ;;
        saved_query.*) file=annotations/queries.yaml ;;
        source.*) file=annotations/sources.yaml ;;
        *) file='annotations/ana/haqqani-2024/*.yaml' ;;
        esac
        case $kind.$key in
        word.color | word.disputes | word.ordered | word.one_end | vocabulary.replaces) continue ;;
        esac
        # shellcheck disable=SC2086 # a pattern of files
        grep -q "^[- ]*$key:" $file || echo "$kind.$key"
    done
}

expect 'has no fault' '0 errors, 0 warnings in 9 files' "$gainsay" check
expect 'is canonical' '' "$gainsay" fmt --check
expect 'has its claims' 62 count
expect 'has its links' 24 links
expect 'uses every field' '' missing_fields
# The disagreements that the two texts were written with (number of dead, place, who did it ...).
for topic in deaths scene perpetrator responsibility targets precision ttp-and-iskp backing relations; do
    found=$(count linked "topic:$topic")
    expect "links its disagreement on $topic" yes test_positive "$found"
done
exit $failed
