// A value renamed in every file that uses it: all of them, or none.
#ifndef GAINSAY_STORE_RENAME_H
#define GAINSAY_STORE_RENAME_H

#include "store/doc_swap.h"
#include "store/workspace.h"

struct rename_file {
    const char *path; // absolute; borrowed
    const struct doc_shape *shape;
};

struct rename_report {
    struct renamed {
        char *name;   // relative to the root; owned
        size_t count; // places
    } *items;         // in the order of the files
    size_t count, cap;
    size_t total; // places
};

// Rename in `files`, all YAML files of the workspace. Every file that has the value is locked, read and made
// anew in memory, and looked at once more; then they are written one after the other. While layers change, the registry
// (the scheme) knows both names, so that nothing dangles if the program dies: the same call again goes on from there.
// A file that cannot be written makes those written before it what they were.
//   is_dry   say what would be done, lock and write nothing
//   report   zero value; what was done, or would be
//   returns  false, and nothing is changed, when a file cannot be read whole (its records too), the old
//            name is not there (E_DANGLING, E_WORD) or the new one is taken (E_SOURCE, E_WORD) or no name; when a file
//            cannot be written, and then err says which are changed if they could not be put back
MUST_CHECK bool rename_run(const struct workspace *ws, const struct swap *swap,
                           const struct rename_file *files, size_t count, bool is_dry,
                           struct rename_report *report, struct err *err);
void rename_report_release(struct rename_report *report);

#endif
