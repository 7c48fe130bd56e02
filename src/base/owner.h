// Who is writing a file: the process behind a lock or a temporary file, and whether it still runs.
// Reads /proc where there is one; where there is none, the pid alone decides.
#ifndef GAINSAY_BASE_OWNER_H
#define GAINSAY_BASE_OWNER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/sv.h"

// Append what names this process on one line: "HOST PID BOOT START". HOST has no blanks and
// names a container too that counts processes by itself; BOOT is the
// kernel's id of this boot and START when the process began, each "-" where the system does not tell.
void owner_self(struct buf *out);

enum owner_state {
    OWNER_ALIVE,   // runs, or runs under another user
    OWNER_GONE,    // dead, another process has its pid, or the machine was started anew
    OWNER_FOREIGN, // on another machine: cannot be known from here
    OWNER_UNCLEAR, // not a line of owner_self
};

// What became of the process that wrote `line`. *host and *pid (may be NULL) are views into it.
enum owner_state owner_state(struct sv line, struct sv *host, struct sv *pid);

#endif
