// Records as bytes that take no reading: numbers and short texts in one run, long texts in another, so that who
// looks for a word never touches the quotes. For the cache alone: no file of a workspace has this form.
#ifndef GAINSAY_STORE_PACK_H
#define GAINSAY_STORE_PACK_H

#include <stdint.h>

#include "store/doc.h"

struct pack {
    struct buf tight; // fields in the order of the schema, numbers, texts of a few bytes
    struct buf text;  // the other texts one after another, each with a NUL behind it
};

// Append content without keys that the schema does not know (what doc_read_lines gives).
void pack_content(struct pack *out, const struct doc_shape *shape,
                  const struct doc_content *content);

// What there is to know of a claim before it is opened.
struct glance {
    uint64_t traits;  // model/query_trait.h
    uint32_t sources; // likewise
    uint32_t id_hash; // pack_id_hash
    struct sv texts;  // bytes that hold all its fields of FIELD_TEXT, a NUL behind each, and perhaps more
    struct sv run;    // those of all claims of the layer, in the order they are asked about
};

// Which claims are kept when a pack is opened. `head` has what stands before their section.
struct sieve {
    bool (*may_keep)(void *ctx, const void *head, const struct glance *glance); // asked first
    // The record has the fields that `fields` has a bit for, in their order in the schema; it is gone after the call,
    // and is made anew, whole, if it is kept.
    uint64_t fields;
    bool (*keeps)(void *ctx, const void *head, const struct claim *claim);
    void *ctx;
    struct arena *scratch; // of nothing else; empty after each opening
};
uint32_t pack_id_hash(struct sv id);

// The content again, head and records made in `arena`; their texts stay in `tight` and `text`.
//   sieve    NULL: all are kept
//   returns  false when the bytes are not such as pack_content makes; any bytes may be given
MUST_CHECK bool unpack_content(const struct doc_shape *shape, struct sv tight, struct sv text,
                               const struct sieve *sieve, struct arena *arena,
                               struct doc_content *content);
// The section of `kind` alone: what others hold is passed over unread. O(its records).
MUST_CHECK bool unpack_section(const struct doc_shape *shape, enum kind_id kind, struct sv tight,
                               struct sv text, struct arena *arena, struct rec_list *out);

// Two programs that read a pack alike have the same number.
uint64_t pack_form(void);

#endif
