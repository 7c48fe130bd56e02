// The files of a workspace as loaded: layers, registry, metadata; each with the doc that saves it.
#ifndef GAINSAY_STORE_FILES_H
#define GAINSAY_STORE_FILES_H

#include "store/doc.h"
#include "store/workspace.h"

struct layer_file {
    struct buf path; // absolute
    struct layer layer;
    struct doc *doc;
    bool is_refused; // the file could not be read: shown read-only as empty, never written
};

// Load an annotator's layer of an article; a file that is not there gives an empty layer with its head set.
//   findings  warnings and single records left out
//   returns   false when the file is refused (err says why); `out` is then empty and is_refused
MUST_CHECK bool layer_file_load(const struct workspace *ws, struct sv annotator, struct sv article,
                                struct layer_file *out, struct findings *findings, struct err *err);

// What a save found on disk.
struct save_report {
    bool was_merged;         // the file had changed; both are in it now
    size_t taken;            // records that came from the other side
    struct merge_conflict {
        enum section section;
        const void *ours, *theirs; // theirs NULL: deleted there, kept
        const struct field *field; // NULL: deletion against edit
    } *conflicts;            // ours is what was written; owned, save_report_release
    size_t conflict_count;
};
void save_report_release(struct save_report *report);

// Write the layer: lock, compare the file's bytes with those loaded, merge when they differ (the layer then
// holds the merged records), splice, replace, unlock. Nothing is written when nothing changed.
// On failure the layer stays as it is and a later call tries again.
MUST_CHECK bool layer_file_save(struct layer_file *file, struct save_report *report, struct err *err);
// Does the file on disk still hold the bytes loaded? Cheap when its stamp is the same. false also when it is gone.
bool layer_file_is_current(const struct layer_file *file);
void layer_file_release(struct layer_file *file);

struct registry_file {
    struct buf path;
    struct registry registry;
    struct doc *doc;
    bool is_refused;
};
MUST_CHECK bool registry_file_load(const struct workspace *ws, struct registry_file *out,
                                   struct findings *findings, struct err *err);
MUST_CHECK bool registry_file_save(struct registry_file *file, struct save_report *report,
                                   struct err *err);
void registry_file_release(struct registry_file *file);

// Metadata of an article; a missing file gives an empty record.
struct meta_file {
    struct arena arena;
    struct meta meta;
};
MUST_CHECK bool meta_file_load(const struct workspace *ws, struct sv article, struct meta_file *out,
                               struct findings *findings, struct err *err);
void meta_file_release(struct meta_file *file);

// Add a text (UTF-8 already, LF) and its metadata to the corpus; refuses an id that is taken.
MUST_CHECK bool corpus_add(struct workspace *ws, struct sv id, struct sv text,
                           const struct meta *meta, struct err *err);

#endif
