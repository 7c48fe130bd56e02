// Running other programs: an argument vector, never a shell string.
#ifndef GAINSAY_BASE_PROC_H
#define GAINSAY_BASE_PROC_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

// Run argv[0] (searched in PATH) in `dir` (NULL: here) with /dev/null as standard input, and collect
// its standard output; standard error is dropped.
//   status   exit status, or 128 + signal; set on true
//   returns  false (E_SYSTEM) when it could not be started
MUST_CHECK bool proc_output(const char *dir, const char *const *argv, struct buf *out, int *status,
                            struct err *err);

// A program that is asked and answers: its standard input and output are ours, /dev/null is its standard error.
// Whoever asks reads the whole answer before the next question, or both would wait.
struct proc_talk {
    int pid;      // 0: none
    int to, from; // descriptors
    struct buf heard;
    size_t at; // of what was heard, the first byte that was not taken
};
MUST_CHECK bool proc_talk(const char *dir, const char *const *argv, struct proc_talk *out,
                          struct err *err);
bool proc_say(struct proc_talk *talk, struct sv text);                      // false: it is gone
bool proc_hear(struct proc_talk *talk, size_t count, struct buf *out);      // append; false: it said less
bool proc_hear_line(struct proc_talk *talk, struct buf *out);               // without the line end
void proc_talk_end(struct proc_talk *talk); // waits for it; the zero value is allowed

// Run the user's $VISUAL, else $EDITOR, else vi, on `path`, with the terminal as it is. The variable
// may hold options. Words alone are run without a shell; what is written in a shell's language (quotes,
// `$`, `;` and the like) is handed to `sh -c '$VAR "$@"'` as git does, the path as an argument, so no character
// of the path is ever read by a shell.
MUST_CHECK bool proc_edit(const char *path, struct err *err);

// Run argv[0] with standard streams as they are and wait for it.
//   status, returns  as proc_output
MUST_CHECK bool proc_run(const char *const *argv, int *status, struct err *err);

// Show `text` through $PAGER (run as proc_edit runs an editor), else less, and wait until it is left.
// false: nothing was shown, because $PAGER is empty or `cat`, or there is no such program.
bool proc_page(struct sv text);

#endif
