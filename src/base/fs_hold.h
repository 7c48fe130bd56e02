// What is kept of a file that was replaced, from one save of it to the next: whether somebody has opened it since,
// and the file of before, to be written over by the next save or until there is time to give its blocks back.
#ifndef GAINSAY_BASE_FS_HOLD_H
#define GAINSAY_BASE_FS_HOLD_H

#include "base/fs.h"

// From this size on: a small file is read again, and written anew, in less time than it takes to ask.
#define FS_LARGE_BYTES ((size_t)1 << 20)

// A file whose openers the kernel tells.
struct fs_watched {
    bool is_on; // nobody has opened it yet
    int watch;
    struct fs_stamp stamp; // as it was before it got its name
};

struct fs_hold { // zero value: nothing is kept
    bool has_events, has_old;
    int events;               // the kernel tells there who opened what is watched
    struct fs_watched here;   // the file in place
    struct fs_watched coming; // what is to take its place
    int old;                  // the file of before, without a name
    struct {
        struct buf path; // the file of before, beside the one in place; empty: there is none
        struct fs_watched seen;
        struct fs_same same; // what it has in common with the one in place
    } spare;
};

// Does the file that `now` is of hold what fs_replace_seen wrote last? true only when it is that very file and
// nobody has opened it since it got its name: then nobody can have written to it, by whatever way and with whatever
// time of change. false in doubt: elsewhere than on Linux, on file systems that others can write to behind the kernel's
// back, of small files, or when somebody has only read it. Who wants to know reads the file then. Two system calls.
bool fs_hold_vouches(struct fs_hold *hold, const struct fs_stamp *now);

// Give back the blocks of the file of before: some ms for 10 MB. To be called when nobody waits.
void fs_hold_let_go(struct fs_hold *hold);

void fs_hold_release(struct fs_hold *hold); // may be called twice

// For fs_replace.c alone.

// What was written stands at `temp`, complete and known to nobody else, and will be renamed: watch it.
void fs_hold_watch(struct fs_hold *hold, const char *temp);
// It was not renamed.
void fs_hold_forget(struct fs_hold *hold);
// `path` will be renamed over: keep it for fs_hold_let_go.
void fs_hold_old(struct fs_hold *hold, const char *path);
// What is watched was renamed.
void fs_hold_arrived(struct fs_hold *hold);

// Let what is watched at `temp` and the file in place, at `path`, change names at once, so that the file in place
// becomes the spare one; of one that somebody opened nothing is done (false).
//   same  what both have in common
bool fs_hold_swap(struct fs_hold *hold, const char *temp, const char *path,
                  const struct fs_same *same);
// Open the spare file to be written over. Nobody else has it open, or can open it until it is closed, and it has never
// been opened by others since it was written. -1: there is none of that kind, or any more.
//   seen  the stamp of the file in place; NULL: not known
//   same  in: what the text to be written has in common with that one; out: with the spare file
//   path  its name, added
int fs_hold_open_spare(struct fs_hold *hold, const struct fs_stamp *seen, struct fs_same *same,
                       struct buf *path);
// Take it away.
void fs_hold_drop_spare(struct fs_hold *hold);

#endif
