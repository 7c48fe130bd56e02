#!/bin/sh
# Every header must compile alone and carry the guard of its place.
# usage: headers.sh CC CFLAGS...
status=0
for header in src/*/*.h; do
    guard=GAINSAY_$(echo "${header#src/}" | tr 'a-z/.' 'A-Z__')
    grep -q "^#ifndef $guard\$" "$header" || { echo "$header: the guard must be $guard"; status=1; }
    printf '#include "%s"\ntypedef int header_is_alone;\n' "${header#src/}" |
        "$@" -fsyntax-only -x c - 2>&1 || { echo "$header: does not compile alone"; status=1; }
done
exit $status
