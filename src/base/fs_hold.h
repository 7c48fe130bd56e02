// What is kept of a file that was replaced, from one save of it to the next: whether somebody has opened it since,
// and the file of before until there is time to give its blocks back.
#ifndef GAINSAY_BASE_FS_HOLD_H
#define GAINSAY_BASE_FS_HOLD_H

#include "base/fs.h"

// From this size on: a small file is read again in less time than it takes to ask.
#define FS_LARGE_BYTES ((size_t)1 << 20)

struct fs_hold { // zero value: nothing is kept
    bool has_events, is_watching, has_old;
    int events;            // the kernel tells there who opened what is watched
    int watch;             // of the file in place
    int old;               // the file whose place it took
    struct fs_stamp stamp; // of the file in place, as it was before it got its name
};

// Does the file that `now` is of hold what fs_replace_seen wrote last? true only when it is that very file and
// nobody has opened it since it got its name: then nobody can have written to it, by whatever way and with whatever
// time of change. false in doubt: elsewhere than on Linux, on file systems that others can write to behind the kernel's
// back, of small files, or when somebody has only read it. Who wants to know reads the file then. Two system calls.
bool fs_hold_vouches(struct fs_hold *hold, const struct fs_stamp *now);

// Give back the blocks of the file of before: some ms for 10 MB. To be called when nobody waits.
void fs_hold_let_go(struct fs_hold *hold);

void fs_hold_release(struct fs_hold *hold); // may be called twice

// For fs_replace.c alone. What was written stands at `temp`, complete and known to nobody else, and will be renamed:
// watch it from now on, in place of what was watched.
void fs_hold_watch(struct fs_hold *hold, const char *temp);
// It was not renamed.
void fs_hold_forget(struct fs_hold *hold);
// `path` will be renamed over: keep it for fs_hold_let_go.
void fs_hold_old(struct fs_hold *hold, const char *path);

#endif
