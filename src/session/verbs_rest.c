// Verbs for what is no claim: furniture, notes, what was read. Declared in session/verbs.h.
#include "session/verbs.h"

#include "session/build.h"
#include "session/inner.h"

bool verb_furniture(struct session *s, struct reading *r, struct byte_span span, struct sv *id,
                    struct err *err)
{
    struct rec_list parts;

    if (!build_parts(r, &span, 1, (struct rec_list){ 0 }, &parts, err))
        return false;

    struct furniture *furniture = arena_new(change_arena(r), sizeof(*furniture));
    struct change *change = change_begin(s, "mark furniture");

    furniture->id = build_id(s, r, SECTION_FURNITURE);
    furniture->span = parts;
    change_put(change, r, SECTION_FURNITURE, furniture);
    *id = furniture->id;
    return change_commit(change, err);
}

bool verb_note(struct session *s, struct reading *r, struct byte_span span, struct sv kind,
               struct sv text, struct sv *id, struct err *err)
{
    struct arena *arena = change_arena(r);
    struct rec_list parts;

    text = sv_trim(text);
    if (!build_check_word(s, VOCAB_NOTE_KIND, kind, err) || !build_check_text(text, false, err) ||
        !build_parts(r, &span, 1, (struct rec_list){ 0 }, &parts, err))
        return false;

    struct note *note = arena_new(arena, sizeof(*note));
    struct change *change = change_begin(s, "write note");

    note->id = build_id(s, r, SECTION_NOTES);
    note->span = parts;
    note->kind = kind.len ? sv_copy(arena, kind) : (struct sv){ 0 };
    note->text = text.len ? sv_copy(arena, text) : (struct sv){ 0 };
    change_put(change, r, SECTION_NOTES, note);
    *id = note->id;
    return change_commit(change, err);
}

bool verb_read(struct session *s, struct reading *r, struct byte_span span, bool is_read,
               struct err *err)
{
    struct arena *arena = change_arena(r);
    struct cp_span_list read = r->file.layer.head.read;
    size_t len = article_bytes(r->article).len;

    if (span.end > len)
        span.end = len;
    if (byte_span_is_empty(span))
        return err_set(err, E_SPAN, ERR_NOWHERE, "there is no text here");

    struct cp_span cps = article_to_cp(r->article, span);
    struct change *change = change_begin(s, is_read ? "mark as read" : "mark as not read");

    change_set_read(change, r,
                    is_read ? cp_spans_add(arena, read, cps) : cp_spans_cut(arena, read, cps));
    return change_commit(change, err);
}
