// The files of a workspace as loaded: layers, registry, metadata; each with the doc that saves it.
#ifndef GAINSAY_STORE_FILES_H
#define GAINSAY_STORE_FILES_H

#include "base/fs_hold.h"
#include "model/merge.h"
#include "store/cache.h"
#include "store/doc.h"
#include "store/workspace.h"

struct layer_file {
    struct buf path; // absolute
    size_t root_len; // bytes of the workspace's root and its slash, left out in messages
    struct layer layer;
    struct doc *doc;
    struct fs_stamp stamp; // of the bytes in `doc`
    struct fs_hold hold;   // of the last save
    struct layer_base *base; // the layer as it is on disk, for merging
    bool is_refused; // the file could not be read: shown read-only as empty, never written
    bool is_unread;  // that, because the system failed: it may do better the next time
    bool is_past;    // as a revision has it (workspace.at): never written
    bool is_unsure;  // a save put the bytes in place but could not bring the folder to disk
};

// Load an annotator's layer of an article; a file that is not there gives an empty layer with its head set.
//   findings  warnings and single records left out
//   returns   false when the file is refused (err says why); `out` is then empty and is_refused
MUST_CHECK bool layer_file_load(const struct workspace *ws, struct sv annotator, struct sv article,
                                struct layer_file *out, struct findings *findings, struct err *err);

// May the layer at this path hold comments? Asked of its bytes alone, since most hold none and need not be read in
// for them. true too when it cannot be read: loading it says why.
bool layer_file_may_talk(const char *path);

// Ids of the articles of which `annotator` has a file, sorted, whether the text is there or not. Hidden files and
// links that lead out of the workspace are passed over.
MUST_CHECK bool layers_find(const struct workspace *ws, const char *annotator, struct fs_names *out,
                            struct err *err);

// Reading many layers that nobody changes. Zero value but for the first three; release by layer_reader_release.
struct layer_reader {
    const struct workspace *ws;
    struct arena *arena;    // takes the records of all of them
    struct cache *cache;    // of this annotator, to be asked and told; NULL: only the files are read
    const struct sieve *sieve; // of the claims that the cache has; NULL: all
    const struct fs_stamp *stamp; // of the next layer's file, taken just now; NULL: it is taken when it is read
    struct buf path, bytes; // of the file that was read last
};
// A layer that layers_find named, as layer_file_load gives it; its own arena stays empty. False, and an empty layer,
// when the file is refused or gone.
MUST_CHECK bool layer_read(struct layer_reader *reader, struct sv annotator, struct sv article,
                           struct layer *out, struct findings *findings, struct err *err);
// The links alone of such a layer, made in `arena`, if the cache has them; false: it must be read to know.
//   stamp  set: its file's, for the reader when all of the layer is read
MUST_CHECK bool layer_read_links(struct layer_reader *reader, struct sv annotator,
                                 struct sv article, struct arena *arena, struct rec_list *out,
                                 struct fs_stamp *stamp);
void layer_reader_release(struct layer_reader *reader);

// What a save found on disk.
struct save_report {
    bool was_merged;                  // the file had changed; both are in it now
    bool was_gone;                    // the file had been taken away or emptied; it was written anew
    size_t taken;                     // records that came from the other side
    struct merge_conflict *conflicts; // model/merge.h; owned
    size_t conflict_count;
    struct findings findings;         // warnings about what came from the other side
    bool is_exact;                    // the file holds the bytes of `exact`
    bool is_traced;                   // nobody else changed the bytes: `there` and `back` say how they changed
    struct splice there, back;
};
void save_report_release(struct save_report *report);

// Write the layer: lock, compare the file's bytes with those loaded, merge when they differ (the layer then
// holds the merged records), splice, replace, unlock. Nothing is written when nothing changed; a change on disk
// is taken in all the same.
//   exact     what makes of the file's bytes those it had when it said what the layer says now: written to the
//             letter (comments, order) where that is still so; NULL: none
//   report    zero value or that of an earlier call, which is added to; conflicts hold records of the layer's arena
//   returns   false when it could not be written: the layer keeps what it holds (merged, if report says so) and a
//             later call tries again
MUST_CHECK bool layer_file_save(struct layer_file *file, const struct splice *exact,
                                struct save_report *report, struct err *err);
// Does the file on disk still hold the bytes loaded? Cheap when its stamp is the same. false also when it is gone.
bool layer_file_is_current(struct layer_file *file);
// Of a file that is_unread: can it be read now?
bool layer_file_is_worth_loading(struct layer_file *file);
// Path for messages: relative to the root of the workspace.
const char *layer_file_name(const struct layer_file *file);
void layer_file_release(struct layer_file *file);

struct registry_file {
    struct buf path; // absolute
    size_t root_len;
    struct registry registry;
    struct doc *doc;
    struct fs_stamp stamp;
    struct fs_hold hold; // of the last save
    struct list_head base_head; // as on disk, for merging
    const void **base;          // owned
    size_t base_count;
    bool is_refused, is_unread, is_past, is_unsure; // as in layer_file
};
MUST_CHECK bool registry_file_load(const struct workspace *ws, struct registry_file *out,
                                   struct findings *findings, struct err *err);
MUST_CHECK bool registry_file_save(struct registry_file *file, const struct splice *exact,
                                   struct save_report *report, struct err *err);
bool registry_file_is_worth_loading(struct registry_file *file);
bool registry_file_is_current(struct registry_file *file);
const char *registry_file_name(const struct registry_file *file);
void registry_file_release(struct registry_file *file);

// Metadata of an article; a missing file gives an empty record.
struct meta_file {
    struct arena arena;
    struct meta meta;
};
MUST_CHECK bool meta_file_load(const struct workspace *ws, struct sv article, struct meta_file *out,
                               struct findings *findings, struct err *err);
void meta_file_release(struct meta_file *file);

// Take away what programs that died while adding left in the folder of the article `id`. One listing; best effort.
void corpus_sweep(const struct workspace *ws, struct sv id);

// Add a text (UTF-8 already, LF) and its metadata to the corpus; refuses an id that is taken.
MUST_CHECK bool corpus_add(struct workspace *ws, struct sv id, struct sv text,
                           const struct meta *meta, struct err *err);

#endif
