// Running other programs: an argument vector, never a shell string.
#ifndef GAINSAY_BASE_PROC_H
#define GAINSAY_BASE_PROC_H

#include "base/buf.h"
#include "base/err.h"

// Run argv[0] (searched in PATH) in `dir` (NULL: here) with /dev/null as standard input, and collect
// its standard output; standard error is dropped.
//   status   exit status, or 128 + signal; set on true
//   returns  false (E_SYSTEM) when it could not be started
MUST_CHECK bool proc_output(const char *dir, const char *const *argv, struct buf *out, int *status,
                            struct err *err);

// Run the user's $VISUAL, else $EDITOR, else vi, on `path`, with the terminal as it is. The variable
// may hold options: it is handed to `sh -c '$VAR "$@"'` as git does, the path as an argument, so no
// character of the path is ever read by a shell.
MUST_CHECK bool proc_edit(const char *path, struct err *err);

#endif
