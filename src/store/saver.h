// Saving one file of records: the protocol of lock, compare, merge, splice, replace; the same for layers and
// the registry. Knows no kind of record: what it needs to know about them its caller's functions do.
#ifndef GAINSAY_STORE_SAVER_H
#define GAINSAY_STORE_SAVER_H

#include "store/files.h"

struct saver {
    const char *path, *name; // absolute; and for messages
    size_t root_len;         // bytes of `path` that are the workspace's root and a slash
    const struct doc_shape *shape;
    struct doc **doc;
    struct fs_stamp *stamp;
    struct fs_hold *hold;
    bool *is_unsure;     // the file is as memory was, but may not be on disk: to be written again
    struct arena *arena; // takes records read from disk
    // What memory holds now, as the file's content.
    void (*content)(void *ctx, struct doc_content *out);
    // Merge what stands on disk into memory; `theirs` becomes the base.
    void (*merge)(void *ctx, const struct doc_content *theirs, struct save_report *report);
    // Memory and disk are the same now.
    void (*settle)(void *ctx);
    const struct splice *exact; // bytes to write instead, if they say the same; NULL: none
    bool is_blank; // nothing worth a file that is not there yet
    void *ctx;
};

// Bytes of a file of the workspace that may be missing: then empty, and stamp->exists is false.
//   is_unread  on failure: the system failed, not the file
MUST_CHECK bool saver_load(const struct workspace *ws, const char *path, struct buf *bytes,
                           struct fs_stamp *stamp, bool *is_unread, struct err *err);

// Could saver_load read it now? Reads it whole: what an error keeps back may stand at the end.
bool saver_is_readable(const char *path);

MUST_CHECK bool saver_run(const struct saver *saver, struct save_report *report, struct err *err);

// Does the file hold the bytes of `doc`? Takes over the stamp of one that was only touched.
bool saver_is_current(const char *path, const struct doc *doc, struct fs_stamp *stamp);

#endif
