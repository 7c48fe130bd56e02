// Names that some file systems take for one: those that differ in case alone, in how accents are written
// (NFC or NFD), or in dots and blanks at the end. Touches no disk.
#ifndef GAINSAY_STORE_TWINS_H
#define GAINSAY_STORE_TWINS_H

#include "base/fs.h"

// Would the two paths, or folders on the way to them, lie on each other on such a file system? Not true of
// paths that are equal, nor of such that only share folders.
bool name_is_twin(struct sv a, struct sv b);

// Calls `each` for every path, or folder of one, that has a twin among the others: `path` and the one before it
// in order of bytes. Every name is told once. O(n log n).
void name_each_twin(const struct fs_names *paths,
                    void (*each)(void *ctx, const char *path, const char *other), void *ctx);

#endif
