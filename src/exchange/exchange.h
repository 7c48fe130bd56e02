// What goes out to other tools and what comes in from them, whatever the form. Bytes and records only: who
// reads files, chooses records and saves them is cli/.
//
// Export: fill a `struct outgoing`, call the form's `write`, write the files it made, name what
// formats_count_left found that the form cannot hold.
// Import: a zeroed `struct incoming` with its path, the form's `read`, then incoming_place (exchange/placing.h) for
// each article, then what was read may be put into layers.
#ifndef GAINSAY_EXCHANGE_EXCHANGE_H
#define GAINSAY_EXCHANGE_EXCHANGE_H

#include "base/err.h"
#include "model/index.h"
#include "model/layer.h"
#include "model/registry.h"
#include "model/scheme.h"
#include "text/article.h"

// How often something was left out, by what it is. Zero value is empty.
struct leftovers {
    struct leftover {
        struct buf what;
        size_t count;
    } *items; // in the order they came up
    size_t count, cap;
};
void leftovers_add(struct leftovers *left, const char *fmt, ...) PRINTF(2, 3);
void leftovers_release(struct leftovers *left);

// ---- out

// What of one layer goes out.
struct outgoing_layer {
    const struct layer *layer;
    struct article *article; // its text, as the positions count
    const struct meta *meta; // never NULL
    struct rec_list sections[SECTION__N]; // the records that go out
    bool is_whole; // all of them, and the head with them
    bool is_team;  // what it says is what the team agreed on
};

struct outgoing {
    const struct outgoing_layer *layers; // by annotator, then article
    size_t count;
    const struct registry *registry; // never NULL
    const struct scheme *scheme;
    struct id_index *claims; // those that go out: outgoing_index
};
void outgoing_index(struct outgoing *out); // once all layers are in; outgoing_release frees it
void outgoing_release(struct outgoing *out);

// Files made, named relative to where they will stand ("ana/flood/dam.ann"); the first may be the only one.
struct out_files {
    struct out_file {
        struct buf name, bytes;
    } *items;
    size_t count, cap;
};
// A new file; fill its bytes. Valid until the next one is made.
struct buf *out_files_add(struct out_files *files, const char *fmt, ...) PRINTF(2, 3);
void out_files_release(struct out_files *files);

// A claim that goes out, by its id, with the layer it stands in (may be NULL); NULL when it does not go out.
const struct claim *outgoing_claim(const struct outgoing *out, struct sv id,
                                   const struct outgoing_layer **layer);
// The claim's words with one blank for each run of white space, its parts joined by " … ".
void claim_words(const struct claim *claim, struct buf *out);
// What it says in plain words, else its words.
void claim_sentence(const struct claim *claim, struct buf *out);

// Its voices by their names: "The mayor (denies) > the police, residents"; nothing when it has none.
void claim_voice_names(const struct claim *claim, const struct registry *registry, struct buf *out);

// Sources that the records going out name, those they are part of too; sorted by id.
struct rec_list outgoing_sources(const struct outgoing *out, struct arena *arena);

// Append `s` with each run of white space and control characters as one blank, none at the ends: one line.
void flat_add(struct buf *out, struct sv s);

// ---- in

struct incoming_record {
    enum section section;
    struct sv article;   // id, or address, as the file names it; absent: it does not say
    struct sv address;   // another name of it, should the first be unknown here; may be absent
    struct sv annotator; // absent: it does not say
    const void *rec;     // in the arena; its id may be absent or not ours
    struct err_at at;    // line and column in the file
    bool is_foreign;     // made elsewhere: positions are a hint, context is taken from the text
    bool is_utf16;       // positions count UTF-16 units
    bool is_out;         // left out: not of this article, doubtful or lost
};

struct incoming_head { // of a layer
    struct sv article, annotator, state;
    struct cp_span_list read;
    struct sv sha256; // of the text that `read` counts in
    struct err_at at;
};

struct incoming {
    const char *path; // for messages
    struct arena arena;
    struct incoming_record *records; // in the order of the file
    size_t count, cap;
    struct incoming_head *heads;
    size_t head_count, head_cap;
    const struct source **sources;
    size_t source_count, source_cap;
    struct findings findings; // errors: the file is not to be imported
    struct leftovers left;        // what the file has and records have no place for
};
void incoming_add(struct incoming *in, struct incoming_record record);
void incoming_add_head(struct incoming *in, struct incoming_head head);
void incoming_add_source(struct incoming *in, const struct source *source);
// An error in the file: it will not be imported. Does no more after LIMIT_FINDINGS.
void incoming_error(struct incoming *in, int line, int col, enum err_code code, const char *fmt, ...)
    PRINTF(5, 6);
void incoming_release(struct incoming *in);

// A list that owns its items' array in the arena, built one by one.
void rec_list_add(struct arena *arena, struct rec_list *list, const void *rec);
void sv_list_add(struct arena *arena, struct sv_list *list, struct sv item);

#endif
