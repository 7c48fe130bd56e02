// Work left in one annotator's reading of one article: text that nothing covers, records that lack
// something, ids that lead nowhere, places in doubt. Looks and tells; changes nothing.
#ifndef GAINSAY_MODEL_WORKLIST_H
#define GAINSAY_MODEL_WORKLIST_H

#include "model/derive.h"
#include "model/registry.h"
#include "model/thread.h"
#include "text/anchor.h"
#include "text/article.h"

enum work_kind {
#define LEFT(id, name, help) LEFT_##id,
#include "model/worklist.def"
#undef LEFT
    LEFT__N
};
const char *work_name(enum work_kind kind); // "text", "cue"
const char *work_help(enum work_kind kind); // at most 60 columns

struct work_item {
    enum work_kind kind;
    enum section section; // of `rec`
    const void *rec;      // record that lacks something; NULL: LEFT_TEXT
    const char *key;      // field of the record where it is to be mended; NULL: none
    struct cp_span at;    // in the article; empty: nowhere
    struct sv what;       // what is wrong, as a sentence without full stop; in the arena; absent: the
                          // kind says it all
};

// How much of a paragraph (a source line that holds prose) is covered.
struct coverage {
    size_t number;         // of the line, 1-based
    struct cp_span at;
    size_t prose, covered; // letters and digits that are not furniture; those of them that a claim
                           // or a cue covers
};

struct worklist {
    struct arena arena;
    struct work_item *items; // by kind, then place
    size_t count, cap;
    struct coverage *paragraphs;
    size_t paragraph_count, paragraph_cap;
    size_t prose, covered; // of the whole article
    bool is_partial;       // of its beginning alone: the text goes on behind what was cut
    struct worklist_cover *cover; // what covers a text that was cut; NULL: not looked at yet
};

// The sentences and clauses of a text, cut once: a text stays as it is while records change.
struct worklist_text;
//   most  bytes from the beginning that are cut; a sentence that begins before is whole. 0: all
struct worklist_text *worklist_text_new(const struct article *article, size_t most);
// The same with nothing cut yet: a text that a key could not wait for is cut a stretch at a time. The
// article must outlive the cutting.
struct worklist_text *worklist_text_begin(const struct article *article, size_t most);
// Cut some `bytes` more, a sentence at least. false: all is cut. About 0.15 ms per KB.
bool worklist_text_cut(struct worklist_text *text, size_t bytes);
bool worklist_text_is_cut(const struct worklist_text *text);
size_t worklist_text_end(const struct worklist_text *text); // byte up to which it is cut
void worklist_text_free(struct worklist_text *text); // NULL is allowed

struct worklist_input {
    const struct layer *layer;
    struct article *article; // NULL: no text; then nothing is said of text and anchors
    const struct worklist_text *text; // of the article; NULL: cut for this call, all of it
    struct anchors *anchors; // of the article; NULL: made here, as if the text had not changed
    const struct derived *derived; // of all layers that links may lead to
    const struct scheme *scheme;
    const struct registry *registry; // NULL: it could not be read, sources are not looked up
    const struct threads *threads; // of every layer that may be seen; NULL: not looked at
    bool is_of_records; // nothing is said of text that nothing covers, nor of paragraphs
    bool has_other; // there is another article of the event: claims of weight want a counterpart
};

// Fill `out`, which is empty; worklist_release frees it. Records are borrowed.
//   cost  O(n log n + text), and O(text) more for each quote that is no longer at its position
void worklist_find(const struct worklist_input *in, struct worklist *out);

// The same in steps, for work that a key could not wait for: begin with a walk of zeroes and an empty
// list, and give each step the same input while nothing changes. What was found is in order whenever the stage
// changes. At WALK_TEXT the cutting of the text must be done; a text that is never cut (in->text NULL) is one step.
struct worklist_walk {
    enum { WALK_RECORDS, WALK_TEXT, WALK_DONE } stage; // what comes next
    size_t section, next;                              // of the records; of the text's lines
};
//   most     records, or lines of the text, in this step
//   returns  false: that was the last
bool worklist_step(const struct worklist_input *in, struct worklist_walk *walk, size_t most,
                   struct worklist *out);

// Records have given their places to others since `list` was found, of a text that is cut or of records alone: bring it
// in line. `in` is as it was but for them: same text, registry, scheme and layers.
//   returns  false when the list must be found anew. O(items), and the lines of the text that the records are about
MUST_CHECK bool worklist_update(const struct worklist_input *in, const struct delta *deltas, size_t count,
                                struct worklist *list);
void worklist_release(struct worklist *list);

#endif
