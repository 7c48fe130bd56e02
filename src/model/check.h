// Everything that is wrong (error) or incomplete (warning) in loaded records. Reads nothing.
#ifndef GAINSAY_MODEL_CHECK_H
#define GAINSAY_MODEL_CHECK_H

#include "model/derive.h"
#include "model/registry.h"
#include "text/article.h"

struct check_input {
    const struct layer *layer;
    const char *path; // of its file, for messages
    struct article *article;      // NULL: no text to compare with; the caller says why
    const struct scheme *scheme;
    const struct registry *registry; // NULL: it could not be read; sources are not looked up
    const struct layer *const *layers; // all layers of the same annotator, this one among them
    size_t layer_count;
    const struct derived *derived; // over `layers`; NULL: made for this call
    const struct sv *unread; // articles whose layer is there but was refused: links to them are
    size_t unread_count;     // not called dangling, the refusal is the finding
    struct sv guideline; // version of the team's rules in force; absent: none is
    struct comment_refs *refs; // gets what comments name in layers of others; NULL: that is not looked at
    // Line and column of a record's field in the file (1-based; 0 unknown). field NULL: the record.
    // rec may also be a map inside a record (a voice, a part); where its line is unknown the field that
    // holds it is asked for next. rec NULL: the head of the file, of `field` only the key is set.
    // NULL: no places.
    struct err_at (*place)(void *ctx, const void *rec, const struct field *field);
    void *place_ctx;
};

// Words not in the scheme (nearest named), ids malformed or double, dangling claims and sources, spans
// outside the text or against their quote, unordered links stored twice, links that cannot be, voices too deep,
// read ranges; warnings for work left undone.
void check_layer(const struct check_input *in, struct findings *findings);

// Duplicate ids over all layers given (rule 4: unique in the workspace) are checked by the caller feeding
// them through one of these. Zero value is empty.
struct id_set {
    struct arena arena;
    struct id_entry *slots;
    size_t count, cap;
};
// false when `id` was there already; then *path and *line say where (borrowed from the set).
bool id_set_add(struct id_set *set, struct sv id, const char *path, int line, const char **first_path,
                int *first_line);
// false when it is not there; else where it was added, as above.
bool id_set_find(const struct id_set *set, struct sv id, const char **path, int *line);
void id_set_release(struct id_set *set);

// What comments name in layers of others, looked up when all layers have been checked. Zero value is empty.
struct comment_refs {
    struct arena arena;
    struct comment_pointer *items;
    size_t count, cap;
};
// A record that is gone is a warning: what was said of it stays.
//   ids        of all layers, with the paths of their files, `annotations/ANNOTATOR/ARTICLE.yaml`
//   is_unread  was the file at this path refused, so that its ids are not known?
void comment_refs_check(const struct comment_refs *refs, const struct id_set *ids,
                        bool (*is_unread)(void *ctx, const char *path), void *ctx,
                        struct findings *findings);
void comment_refs_release(struct comment_refs *refs);

// Registry: ids, part_of and merged that dangle or cycle, aliases of two sources, kinds not in the scheme.
void check_registry(const struct registry *registry, const struct scheme *scheme, const char *path,
                    struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                    void *place_ctx, struct findings *findings);

#endif
