// Building records for verbs: parts from selections, ids, times, lists, words checked against the scheme.
// Changes nothing; what it makes lives in the arena of the reading it is given.
#ifndef GAINSAY_SESSION_BUILD_H
#define GAINSAY_SESSION_BUILD_H

#include "session/session.h"

// The claim with this id; false (E_ID) when the layer has none.
MUST_CHECK bool build_claim(const struct reading *r, struct sv id, const struct claim **out,
                            struct err *err);
// Any record with this id; false (E_ID).
MUST_CHECK bool build_record(const struct reading *r, struct sv id, enum section *section,
                             const void **out, struct err *err);

// `span` without white space at its ends, clamped to the text; may come out empty.
struct byte_span build_trim(const struct reading *r, struct byte_span span);

// Parts for spans in any order: trimmed, sorted, overlapping and touching ones joined. A part that stands
// in `old` at the same place is taken as it is.
//   returns  false (E_SPAN) when nothing is left
MUST_CHECK bool build_parts(struct reading *r, const struct byte_span *spans, size_t count,
                            struct rec_list old, struct rec_list *out, struct err *err);

// Where a record's parts stand in the text now (a part that moved: at its new place). `out` holds
// one span per part; a lost part has its stored position.
void build_spans(struct reading *r, enum section section, const void *rec, struct byte_span *out);

// A claim over parts, with an id and the time.
struct claim *build_new_claim(struct session *s, struct reading *r, struct rec_list parts);

struct sv build_id(struct session *s, struct reading *r, enum section section); // free in all layers
struct sv build_now(struct arena *arena);

// false (E_WORD) when the scheme has no such value; names the nearest. Absent is fine.
MUST_CHECK bool build_check_word(const struct session *s, enum vocab_id vocab, struct sv word,
                                 struct err *err);
// false (E_DANGLING) when the registry has no such source; names the nearest. Absent is fine.
MUST_CHECK bool build_check_source(struct session *s, struct sv source, struct err *err);
// false (E_ENCODING or E_SHAPE) for text that a record cannot hold.
MUST_CHECK bool build_check_text(struct sv text, bool is_one_line, struct err *err);

struct rec_list build_list_add(struct arena *arena, struct rec_list list, const void *rec);
struct rec_list build_list_set(struct arena *arena, struct rec_list list, size_t index,
                               const void *rec); // NULL: taken out
struct sv_list build_strs_add(struct arena *arena, struct sv_list list, struct sv item); // once
struct sv_list build_strs_drop(struct arena *arena, struct sv_list list, struct sv item);
bool build_strs_have(struct sv_list list, struct sv item);

#endif
