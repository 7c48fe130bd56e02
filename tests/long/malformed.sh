#!/bin/sh
# Some fourteen thousand files of records that are cut, doubled, bent and full of bad bytes: see malformed.py.
# usage: BUILD=build/cc [EVERY=2] tests/long/malformed.sh
if ! command -v python3 >/dev/null; then
    echo "ok malformed # SKIP python3 is not installed"
    exit 0
fi
exec python3 tests/long/malformed.py "$BUILD/gainsay" tests/screens/fixture "${EVERY:-2}"
