// Work that may take long: how far it is, and Ctrl-C.
//
//   longwork_begin(&work);
//   while (there is more && longwork_step(&work, done, all, "searching", name))
//       a little of it;
//   longwork_end(&work);
//   print what there is;
//   longwork_leave(&work, cli)
#ifndef GAINSAY_CLI_LONGWORK_H
#define GAINSAY_CLI_LONGWORK_H

#include <signal.h>
#include <stdint.h>

#include "cli/context.h"

#define LONGWORK_STOPPED 130 // exit status after Ctrl-C, as shells have it

struct longwork {
    sigset_t before;   // signals that were blocked when it began
    int64_t start_ms;  // of a clock that only runs forwards
    int64_t shown_ms;  // when progress was last shown; 0: never
    bool is_watched;   // standard error is a terminal
    bool is_stopped;   // Ctrl-C was pressed
};

// From here on Ctrl-C waits for longwork_step.
void longwork_begin(struct longwork *work);

// Half a second after the beginning, and then ten times a second, show how far it is on standard error, when
// that is a terminal: "searching 3 of 12: NAME". false: Ctrl-C was pressed, stop.
bool longwork_step(struct longwork *work, size_t done, size_t all, const char *what,
                   struct sv name);

int64_t longwork_ms(void); // milliseconds of the clock used here

// Take the progress off the screen.
void longwork_end(struct longwork *work);

// After Ctrl-C: write what was found and end the program by that signal, so that whoever called it sees
// it was interrupted (LONGWORK_STOPPED in a shell). Else Ctrl-C does at once again what it always did.
void longwork_leave(struct longwork *work, struct cli *cli);

#endif
