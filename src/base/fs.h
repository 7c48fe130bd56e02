// Files: the only place that opens, writes, renames, syncs, lists or locks anything on disk.
// Every function that fails names the path and the reason in `err` (E_SYSTEM unless said otherwise).
#ifndef GAINSAY_BASE_FS_H
#define GAINSAY_BASE_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

// What tells one state of a file from another without reading it. A shortcut only: two different
// files can share it, so a saver compares bytes.
struct fs_stamp {
    bool exists;
    uint64_t size, inode, device;
    int64_t mtime_ns, ctime_ns;
};

MUST_CHECK bool fs_stamp(const char *path, struct fs_stamp *out, struct err *err);
bool fs_stamp_eq(const struct fs_stamp *a, const struct fs_stamp *b);
// Has the file stood so long that another change cannot give it the same stamp again? False in doubt.
bool fs_stamp_is_settled(const struct fs_stamp *stamp);
// Was the file written so many seconds ago or before? False in doubt.
bool fs_stamp_is_older(const struct fs_stamp *stamp, int64_t seconds);

// Read a regular file whole. Retries EINTR; a FIFO, socket, device or folder is refused at once
// (opened O_NONBLOCK), so is one over `max` bytes (E_REFUSED).
MUST_CHECK bool fs_read(const char *path, size_t max, struct buf *out, struct err *err);

// The same for a file in a folder that is known to lie below `root`: is it a link that leads out of there, it is
// refused as by fs_stays_in.
MUST_CHECK bool fs_read_below(const char *path, const char *root, size_t max, struct buf *out,
                              struct err *err);

// Does a regular file hold `bytes` and nothing else? *same says so; compared block by block.
MUST_CHECK bool fs_holds(const char *path, struct sv bytes, bool *same, struct err *err);

// Read standard input to its end, at most `max` bytes (E_REFUSED). "-" is its name in `err`.
MUST_CHECK bool fs_read_input(size_t max, struct buf *out, struct err *err);

// Open /dev/null in place of each standard stream that was closed when the program began, so that no
// file gets its number. Bit n of the result: stream n was closed.
unsigned fs_hold_streams(void);

// The bytes of a regular file, mapped read-only when it is large, read otherwise. A mapped file shows what is
// written over it; of one that is cut short the bytes that are gone read as zeros.
// fs_text_release gives them back; zero value is empty.
struct fs_text {
    struct sv bytes;
    void *map; // NULL: in `own`
    struct buf own;
};
MUST_CHECK bool fs_text_open(const char *path, struct fs_text *out, struct err *err);
void fs_text_release(struct fs_text *text);
bool fs_text_is_cut(const struct fs_text *text); // was a byte asked for that is gone?

// Be the first again to get SIGBUS, which is how the system tells of such bytes. To be called by who has set a
// handler of that signal; opening a text does it too.
void fs_guard_maps(void);

// Replace `path` by `bytes` as a whole: temporary file in the same folder, write, fsync, rename,
// fsync of the folder. Missing folders are made. Mode, owner, group, access list and the user's attributes of an
// existing file are kept (where the system refuses the group, its rights fall to those of others); a link is followed
// and its target replaced; a file with several hard links, a dangling link and a file without write
// permission are refused. After any failure the old file is untouched and the temporary one is gone; the
// one exception, the last fsync of the folder, says so. A failed fsync is never retried on the same file.
// Temporary files of programs that died here (".NAME.gainsay-*") are swept away before.
MUST_CHECK bool fs_replace(const char *path, struct sv bytes, struct err *err);

// Let those who may read a file run it too.
MUST_CHECK bool fs_make_executable(const char *path, struct err *err);

// Make `path` only if there is none (E_SYSTEM, EEXIST otherwise); durable like fs_replace.
MUST_CHECK bool fs_create(const char *path, struct sv bytes, struct err *err);

// fs_replace that tells of that exception: *is_in_place is true when the new file stands at `path`,
// durable (the call returns true) or perhaps not (it returns false).
// The bytes are `pieces`, one after another.
MUST_CHECK bool fs_replace_and_tell(const char *path, const struct sv *pieces, size_t count,
                                    bool *is_in_place, struct err *err);

// The same for a file that was looked at: one that is another by now is not replaced (FS_OVERTAKEN, and `err` is not
// set). The last look is the call before the rename.
struct fs_hold;
struct fs_same { // bytes that two texts have in common, at their beginning and at their end
    size_t beg, end;
};
struct fs_known {
    const struct fs_stamp *seen; // the stamp before it was looked at; NULL: it was not
    struct fs_same same;         // what it holds of the new text; 0, 0 in doubt
    struct fs_hold *hold; // of the same file's last call, to be asked by fs_hold_vouches (base/fs_hold.h); a large file
                          // of before may stay beside it, as a temporary one, to be written over by the next call.
                          // NULL: nobody will ask, and none stays
};
enum fs_outcome { FS_FAILED, FS_REPLACED, FS_OVERTAKEN };
MUST_CHECK bool fs_replace_seen(const char *path, const struct sv *pieces, size_t count,
                                const struct fs_known *known, enum fs_outcome *outcome,
                                struct err *err);

// Advisory lock for the time of one save: PATH.lock made with O_EXCL, holding its owner
// (base/owner.h). A lock whose owner is gone (dead pid, other boot) is taken over, where the file system has flock:
// else it is left for a person to remove. Waits up to `wait_ms`, then E_LOCKED
// naming the owner.
struct fs_lock {
    struct buf path;  // empty: not held
    struct buf owner; // what the file says: this process
};
MUST_CHECK bool fs_lock(const char *path, int wait_ms, struct fs_lock *out, struct err *err);
void fs_unlock(struct fs_lock *lock); // may be called twice

// Take away what programs that died here left beside `path`: temporary files, a lock. Best effort; to be
// called by who is about to write, not by who only reads.
void fs_sweep(const char *path);
void fs_sweep_folder(const char *dir); // the temporary files of any name in it

MUST_CHECK bool fs_make_dirs(const char *path, struct err *err);

// What stands at `path`, links followed. Unlike fs_is_file and fs_is_dir it tells what is not there from what
// could not be looked at: only then `err` is set. For whoever acts on something not being there.
enum fs_type { FS_NONE, FS_FILE, FS_DIR, FS_OTHER, FS_UNKNOWN };
MUST_CHECK enum fs_type fs_look(const char *path, struct err *err);
bool fs_is_dir(const char *path);
bool fs_is_file(const char *path);
bool fs_is_link(const char *path); // itself a symbolic link, whatever it points to
// Could fs_replace write it? The file, when it is there, and its folder (or the nearest one that is there).
// True when that cannot be found out: the save will tell.
bool fs_is_writable(const char *path);

// Names in a folder, sorted by bytes, without "." and "..".
struct fs_names {
    char **items; // owned, NUL-terminated
    size_t count, cap;
};
MUST_CHECK bool fs_list(const char *path, struct fs_names *out, struct err *err);
void fs_names_add(struct fs_names *names, const char *name); // a copy, at the end
void fs_names_release(struct fs_names *names);

// The same with what each is, where the folder tells; FS_UNKNOWN for a link, and where it does not.
struct fs_entry {
    char *name; // owned
    enum fs_type type;
};
struct fs_entries {
    struct fs_entry *items;
    size_t count, cap;
};
MUST_CHECK bool fs_list_entries(const char *path, struct fs_entries *out, struct err *err);
void fs_entries_release(struct fs_entries *entries);

// Append `dir`, a slash unless there is one, and `name`.
void fs_join(struct buf *out, const char *dir, const char *name);

// Append the folder that holds `path`: "." for a bare name, "/" for one at the root.
void fs_add_parent(struct buf *out, const char *path);
const char *fs_base_name(const char *path); // what follows the last slash

// Does `path` leave the folder `root` (absolute, without links) by a symbolic link: is any part of it behind
// `root` a link to nothing, or to something that is not below `root`? A path that is not below `root` as it is
// written leaves nothing. What is not there leads nowhere. One look at the disk for each part.
bool fs_leads_out(const char *path, const char *root);

// The same as a refusal: false (E_NAME) names the link.
MUST_CHECK bool fs_stays_in(const char *path, const char *root, struct err *err);

// Absolute path without links or dots; the file must exist.
MUST_CHECK bool fs_real(const char *path, struct buf *out, struct err *err);

// A new empty file in the user's temporary folder, for an external editor; mode 0600.
MUST_CHECK bool fs_temp(const char *suffix, struct sv bytes, struct buf *path, struct err *err);
void fs_unlink(const char *path); // best effort

#endif
