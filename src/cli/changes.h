// Records and their fields in a line of words, and what changed between two versions of a file.
#ifndef GAINSAY_CLI_CHANGES_H
#define GAINSAY_CLI_CHANGES_H

#include "cli/context.h"
#include "store/doc.h"

// A file as lines of words for `git diff`: each record in the order of the text, with its fields below.
MUST_CHECK bool words_of_file(struct sv bytes, const char *path, struct buf *out, struct err *err);

// Changes collected as rows and as lines.
struct changes {
    struct cli *cli;
    struct table table;
    const char *lead[3]; // cells before each row: of a log
    size_t lead_count;
    struct sv only;      // id of the one record that is asked for; absent: all
    bool is_by_place;    // two people's readings of one text
    struct sv also;      // of a merge: the file in its other parent; absent: no merge
    size_t count;
    const char *path;    // of the file at hand
    bool is_named;       // the file is named in the lines
    const void *record;  // the last one named
};
// Columns of `columns`, which hold the lead's first, are then path, change, kind, record, field, old, new.
void changes_init(struct changes *changes, struct cli *cli, const char *const *columns,
                  size_t count);

// Compare two versions of a file; one that is blank has no records.
MUST_CHECK bool changes_add(struct changes *changes, const char *path, struct sv old, struct sv new,
                            struct err *err);

// Print the rows, where rows are asked for.
void changes_finish(struct changes *changes);

#endif
