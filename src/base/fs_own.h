// Files of this person alone (mode 0600), outside every workspace: what is kept of texts being typed, and
// logs. Written as a whole or appended to, and nobody waits for the disk unless asked to.
#ifndef GAINSAY_BASE_FS_OWN_H
#define GAINSAY_BASE_FS_OWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/sv.h"

// Replace `path` by `bytes` as a whole, or make it; missing folders are made for this person alone. A program
// that is killed leaves the old bytes or the new ones.
//   is_durable  also a machine that stops: waits for the disk, some milliseconds
//   is_new      E_SYSTEM when there is such a file already; nothing is changed then
//   returns     false with E_SYSTEM; the old file is as it was
MUST_CHECK bool fs_own_write(const char *path, struct sv bytes, bool is_durable, bool is_new,
                             struct err *err);

// Append `bytes` in one write, so that two programs' pieces do not mix. No wait for the disk.
//   size     of the file then; may be NULL
//   returns  false with E_SYSTEM; a piece of `bytes` may stand at the end
MUST_CHECK bool fs_own_append(const char *path, struct sv bytes, uint64_t *size, struct err *err);

// Give a file another name in its folder, in the place of a file that has it.
MUST_CHECK bool fs_own_rename(const char *from, const char *to, struct err *err);

// Take away temporary files in the folder `dir` whose writers are dead. Best effort.
void fs_own_sweep(const char *dir);

#endif
