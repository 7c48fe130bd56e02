// What was read from a file of another tool, put into the layers of one annotator: articles found, records placed in
// their texts, ids kept or given, all of it checked before anything is written.
#ifndef GAINSAY_CLI_INTAKE_H
#define GAINSAY_CLI_INTAKE_H

#include "cli/intake_space.h"
#include "exchange/placing.h"

struct intake_layer {
    struct sv article;
    struct layer_file file;
    struct fs_text text;
    struct article *article_text;
    struct placed placed;
    size_t added[SECTION__N];
    size_t same, kept; // are there already; and differ: what was there stays
    bool was_blank;    // there was no layer before
    bool is_named;     // by the file that was taken last
    struct cp_span_list read_before; // and what the layer had before it
    struct sv state_before;
};

// What a file put in: a record of a layer, or when no article is named a source.
struct intake_note {
    struct sv article;
    enum section section;
    struct sv id;
};

struct intake {
    struct intake_space *space;
    struct incoming *in;
    struct intake_layer *layers; // by article, in the order the files name them; what a dry run took stays in them
    size_t count, cap;
    struct id_index *seen;   // struct mapped_id: ids of this file
    size_t new_ids;          // ids of the file that were used elsewhere
    size_t unplaced;         // records of all files left out: what they belong to is not there
    struct intake_note *notes; // of the file that was taken last, for undo (cli/intake_step.h)
    size_t note_count, note_cap;
};

// Take what `in` holds into layers in memory, beside what came out of files before. false: something is wrong with the
// file, errors are in in->findings; the layers are as they stand on disk again.
MUST_CHECK bool intake_take(struct intake *intake, struct incoming *in);
// Write the layers that changed. false: one could not be written; those before it were.
MUST_CHECK bool intake_save(struct intake *intake, struct err *err);
void intake_release(struct intake *intake); // but for its space

#endif
