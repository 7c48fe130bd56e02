// Texts that were being typed, kept in the person's state folder until they are accepted or dropped: a file
// each, unsaved/HASH-PID-NUMBER.text, where HASH tells the workspace and the annotator.
//
//   .text     being typed by a sitting that runs, or left by one that broke off
//   .dropped  dropped by the person; the last ones are kept for a change of mind
//   .damaged  cannot be read as what it should be: left as it is, for a person to look at
#ifndef GAINSAY_STORE_JOURNAL_H
#define GAINSAY_STORE_JOURNAL_H

#include "store/unsaved.h"
#include "store/workspace.h"

// Keep `unsaved` in the file `path`, in place of what was there; an empty path is given a new name first.
// The members that tell workspace, annotator, owner and time are set here.
//   is_durable  wait for the disk
//   returns     false with E_SYSTEM; what was kept before is still there
MUST_CHECK bool journal_write(const struct workspace *ws, struct sv annotator,
                              struct unsaved *unsaved, bool is_durable, struct buf *path,
                              struct err *err);

struct kept {
    struct unsaved unsaved;
    struct buf path;
    bool is_dropped;
};

struct kept_list { // the latest first, the dropped ones behind
    struct kept *items;
    size_t count, cap;
};

// What sittings of this annotator in this workspace left that run no more. Damaged files get another name.
//   own       path of a file that is in use here; may be empty
//   findings  names damaged files and those that cannot be looked at
void journal_list(const struct workspace *ws, struct sv annotator, const char *own,
                  struct kept_list *out, struct findings *findings);
void kept_release(struct kept *kept);
void kept_list_release(struct kept_list *list);

// Drop it, or bring it back: another name, the same bytes.
MUST_CHECK bool journal_drop(struct kept *kept, bool is_dropped, struct err *err);
// It is kept elsewhere, or saved: away with the file.
void journal_forget(const char *path);

#endif
