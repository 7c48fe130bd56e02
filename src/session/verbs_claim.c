// Verbs on claims as stretches of text: mark, move, split, join, delete. Declared in
// session/verbs.h. Never leaves a link or a `repeats` that names a claim this step took away.
#include "session/verbs.h"

#include <string.h>

#include "session/build.h"
#include "session/inner.h"

bool verb_mark(struct session *s, struct reading *r, const struct byte_span *spans, size_t count,
               struct sv *id, struct err *err)
{
    struct rec_list parts;

    if (!build_parts(r, spans, count, (struct rec_list){ 0 }, &parts, err))
        return false;

    struct claim *claim = build_new_claim(s, r, parts);
    struct change *change = change_begin(s, "mark claim");

    change_put(change, r, SECTION_CLAIMS, claim);
    *id = claim->id;
    return change_commit(change, err);
}

// A copy of a claim, furniture or note with other parts; cues follow a text that changed.
static void *with_parts(struct reading *r, enum section section, const void *rec,
                        struct rec_list parts)
{
    enum kind_id kind = section_get(section)->kind;
    const struct field *field = kind_find(kind_get(kind), SV("span"));
    char *copy = record_edit(change_arena(r), kind, rec);

    memcpy(copy + field->offset, &parts, sizeof(parts));
    if (section == SECTION_CLAIMS)
        ((struct claim *)(void *)copy)->attributed_to = voices_now(r, rec);
    return copy;
}

static bool set_span(struct session *s, struct reading *r, struct sv id,
                     const struct byte_span *spans, size_t count, const char *what, struct err *err)
{
    enum section section;
    const void *rec;
    struct rec_list parts;

    if (!build_record(r, id, &section, &rec, err))
        return false;
    if (section == SECTION_LINKS)
        return err_set(err, E_SPAN, ERR_NOWHERE, "a link has no place of its own in the text");
    if (!build_parts(r, spans, count, record_parts(section, rec), &parts, err))
        return false;

    struct change *change = change_begin(s, what);

    change_put(change, r, section, with_parts(r, section, rec, parts));
    return change_commit(change, err);
}

bool verb_set_span(struct session *s, struct reading *r, struct sv id,
                   const struct byte_span *spans, size_t count, struct err *err)
{
    return set_span(s, r, id, spans, count, "move ends", err);
}

bool verb_add_part(struct session *s, struct reading *r, struct sv id, struct byte_span span,
                   struct err *err)
{
    const struct claim *claim;

    if (!build_claim(r, id, &claim, err))
        return false;
    span = build_trim(r, span);
    if (byte_span_is_empty(span))
        return err_set(err, E_SPAN, ERR_NOWHERE,
                       "there is nothing but white space here; select words of the text");

    struct byte_span *spans = mem_new((claim->span.count + 1) * sizeof(*spans));

    build_spans(r, SECTION_CLAIMS, claim, spans);
    spans[claim->span.count] = span;

    bool ok = set_span(s, r, id, spans, claim->span.count + 1, "add part", err);

    mem_free(spans);
    return ok;
}

bool verb_drop_part(struct session *s, struct reading *r, struct sv id, size_t pos, struct err *err)
{
    const struct claim *claim;
    size_t kept = 0;

    if (!build_claim(r, id, &claim, err))
        return false;

    size_t count = claim->span.count;
    struct byte_span *spans = mem_new((count + 1) * sizeof(*spans));
    bool ok = false;

    build_spans(r, SECTION_CLAIMS, claim, spans);
    for (size_t i = 0; i < count; i++) {
        if (!byte_span_has(spans[i], pos))
            spans[kept++] = spans[i];
    }
    if (kept == count)
        err_set(err, E_SPAN, ERR_NOWHERE, "no part of the claim is here");
    else if (kept == 0)
        err_set(err, E_SPAN, ERR_NOWHERE,
                "this is the claim's only part; delete the claim instead");
    else
        ok = set_span(s, r, id, spans, kept, "drop part", err);
    mem_free(spans);
    return ok;
}

// Spans of the claim before and from `pos` on; false when one side has no words.
static bool cut_spans(struct reading *r, const struct claim *claim, size_t pos,
                      struct rec_list *head, struct rec_list *tail, struct err *err)
{
    size_t count = claim->span.count, heads = 0, tails = 0;
    struct byte_span *spans = mem_new((3 * count + 1) * sizeof(*spans));
    struct byte_span *before = spans + count, *after = before + count;
    struct err empty = { 0 };

    build_spans(r, SECTION_CLAIMS, claim, spans);
    for (size_t i = 0; i < count; i++) {
        struct byte_span span = spans[i];

        if (span.beg < pos)
            before[heads++] = (struct byte_span){ span.beg, span.end < pos ? span.end : pos };
        if (span.end > pos)
            after[tails++] = (struct byte_span){ span.beg > pos ? span.beg : pos, span.end };
    }

    bool ok = build_parts(r, before, heads, claim->span, head, &empty) &&
              build_parts(r, after, tails, claim->span, tail, &empty);

    mem_free(spans);
    err_release(&empty);
    return ok || err_set(err, E_SPAN, ERR_NOWHERE,
                         "the claim cannot be split here: put the cursor on the first word of "
                         "its second half");
}

bool verb_split(struct session *s, struct reading *r, struct sv id, size_t pos, struct sv *new_id,
                struct err *err)
{
    const struct claim *claim;
    struct rec_list head, tail;

    if (!build_claim(r, id, &claim, err) || !cut_spans(r, claim, pos, &head, &tail, err))
        return false;

    struct claim *first = with_parts(r, SECTION_CLAIMS, claim, head);
    struct claim *second = with_parts(r, SECTION_CLAIMS, claim, tail);
    struct change *change = change_begin(s, "split claim");

    second->id = build_id(s, r, SECTION_CLAIMS);
    second->created = build_now(change_arena(r));
    change_put(change, r, SECTION_CLAIMS, first);
    change_put(change, r, SECTION_CLAIMS, second);
    *new_id = second->id;
    return change_commit(change, err);
}

// Which end of `link`, stored in `home`, is the claim: 'f'rom, 't'o, or 0.
static char end_at(const struct reading *home, const struct link *link, const struct reading *r,
                   struct sv id)
{
    struct sv far = link->to && link->to->article.len ? link->to->article : home->id;

    if (home == r && sv_eq(link->from, id))
        return 'f';
    return link->to && sv_eq(far, r->id) && sv_eq(link->to->claim, id) ? 't' : 0;
}

static void drop_links_in(struct change *change, struct reading *home, const struct reading *r,
                          struct sv id)
{
    const struct layer *layer = &home->file.layer;

    for (size_t i = 0; i < layer->sections[SECTION_LINKS].count; i++) {
        const struct link *link = layer->sections[SECTION_LINKS].items[i];

        if (end_at(home, link, r, id))
            change_drop(change, home, SECTION_LINKS, link->id);
    }
}

// Links to and from the claim; those of other files first, so that none names a claim that is gone.
static void drop_links(struct session *s, struct change *change, struct reading *r, struct sv id)
{
    for (size_t i = 0; i < s->reading_count; i++) {
        if (&s->readings[i]->pub != r)
            drop_links_in(change, &s->readings[i]->pub, r, id);
    }
    drop_links_in(change, r, r, id);
}

// Every `repeats` that names `id` names `now` instead (absent: nothing).
static void rename_repeats(struct change *change, struct reading *r, struct sv id, struct sv now)
{
    const struct layer *layer = &r->file.layer;
    struct arena *arena = change_arena(r);

    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *claim =
            change_get_of(change, r, SECTION_CLAIMS, layer->sections[SECTION_CLAIMS].items[i]);

        if (!claim || !build_strs_have(claim->repeats, id))
            continue;

        struct claim *edit = record_edit(arena, KIND_CLAIM, claim);

        edit->repeats = build_strs_drop(arena, edit->repeats, id);
        if (now.len && !sv_eq(claim->id, now))
            edit->repeats = build_strs_add(arena, edit->repeats, now);
        change_put(change, r, SECTION_CLAIMS, edit);
    }
}

static bool has_double_in(struct session *s, const struct change *change, struct reading *home,
                          const struct link *link, struct reading *r)
{
    const struct layer *layer = &r->file.layer;

    for (size_t i = 0; i < layer->sections[SECTION_LINKS].count; i++) {
        const struct link *other =
            change_get_of(change, r, SECTION_LINKS, layer->sections[SECTION_LINKS].items[i]);

        if (other && !sv_eq(other->id, link->id) && link_is_double(s, home, link, r, other))
            return true;
    }
    return false;
}

// Is there, after the change, another link that says the same as `link` of `home`?
static bool has_double(struct session *s, const struct change *change, struct reading *home,
                       const struct link *link)
{
    for (size_t i = 0; i < s->reading_count; i++) {
        if (has_double_in(s, change, home, link, &s->readings[i]->pub))
            return true;
    }
    return false;
}

// The link with its end at `id` moved to claim `now`; one that would join a claim to itself, or be
// there twice, goes.
static void move_link(struct session *s, struct change *change, struct reading *home,
                      const struct link *link, char end, struct sv now)
{
    struct arena *arena = change_arena(home);
    struct link *edit = record_edit(arena, KIND_LINK, link);

    if (end == 'f') {
        edit->from = now;
    } else {
        struct target *to = record_edit(arena, KIND_TARGET, link->to);

        to->claim = sv_copy(arena, now);
        edit->to = to;
    }

    bool is_within = !edit->to || !edit->to->article.len || sv_eq(edit->to->article, home->id);

    if ((is_within && edit->to && sv_eq(edit->to->claim, edit->from)) ||
        has_double(s, change, home, edit))
        change_drop(change, home, SECTION_LINKS, link->id);
    else
        change_put(change, home, SECTION_LINKS, edit);
}

static void move_links(struct session *s, struct change *change, const struct reading *r,
                       struct sv from, struct sv now)
{
    for (size_t i = 0; i < s->reading_count; i++) {
        struct reading *home = &s->readings[i]->pub;
        const struct layer *layer = &home->file.layer;

        for (size_t j = 0; j < layer->sections[SECTION_LINKS].count; j++) {
            const struct link *link = layer->sections[SECTION_LINKS].items[j];
            char end = end_at(home, link, r, from);

            if (end)
                move_link(s, change, home, link, end, now);
        }
    }
}

// `claim` with the parts of both, and the fields of `other` where it has none of its own.
static bool join_claims(struct reading *r, const struct claim *claim, const struct claim *other,
                        struct claim **out, struct err *err)
{
    const struct kind *kind = kind_get(KIND_CLAIM);
    size_t count = claim->span.count + other->span.count;
    struct byte_span *spans = mem_new((count + 1) * sizeof(*spans));
    struct arena *arena = change_arena(r);
    struct rec_list parts;

    build_spans(r, SECTION_CLAIMS, claim, spans);
    build_spans(r, SECTION_CLAIMS, other, spans + claim->span.count);

    bool ok = build_parts(r, spans, count, claim->span, &parts, err);

    mem_free(spans);
    if (!ok)
        return false;
    *out = with_parts(r, SECTION_CLAIMS, claim, parts);
    for (size_t i = 0; i < kind->field_count; i++) {
        if (field_is_absent(*out, &kind->fields[i]))
            field_take(*out, other, &kind->fields[i]);
    }
    for (size_t i = 0; i < other->repeats.count; i++)
        (*out)->repeats = build_strs_add(arena, (*out)->repeats, other->repeats.items[i]);
    (*out)->repeats = build_strs_drop(arena, (*out)->repeats, claim->id);
    (*out)->repeats = build_strs_drop(arena, (*out)->repeats, other->id);
    return true;
}

bool verb_join(struct session *s, struct reading *r, struct sv id, struct sv other, struct err *err)
{
    const struct claim *claim, *second;
    struct claim *joined;

    if (!build_claim(r, id, &claim, err) || !build_claim(r, other, &second, err))
        return false;
    if (claim == second)
        return err_set(err, E_ID, ERR_NOWHERE, "a claim cannot be joined with itself");
    if (!join_claims(r, claim, second, &joined, err))
        return false;

    struct change *change = change_begin(s, "join claims");

    change_put(change, r, SECTION_CLAIMS, joined);
    move_links(s, change, r, second->id, claim->id);
    rename_repeats(change, r, second->id, claim->id);
    change_drop(change, r, SECTION_CLAIMS, second->id);
    return change_commit(change, err);
}

static const char *const delete_words[SECTION__N] = {
    [SECTION_CLAIMS] = "delete claim",        [SECTION_LINKS] = "delete link",
    [SECTION_FURNITURE] = "delete furniture", [SECTION_NOTES] = "delete note",
    [SECTION_COMMENTS] = "delete comment",
};

bool verb_delete(struct session *s, struct reading *r, struct sv id, struct err *err)
{
    enum section section;
    const void *rec;

    if (!build_record(r, id, &section, &rec, err))
        return false;

    struct change *change = change_begin(s, delete_words[section]);

    if (section == SECTION_CLAIMS) {
        drop_links(s, change, r, id);
        rename_repeats(change, r, id, (struct sv){ 0 });
    }
    change_drop(change, r, section, id);
    return change_commit(change, err);
}
