// What of a reading is no longer where it was, and putting it right.
// Never puts a record where a person has not said so, unless text/anchor.h is sure.
#include "session/reanchor.h"

#include <stdlib.h>
#include <string.h>

#include "session/build.h"
#include "session/inner.h"
#include "text/atom.h"

static struct inner *inner_of(struct reading *reading)
{
    return (struct inner *)reading; // pub is its first member
}

struct sv reanchor_quote(const struct reanchor_piece *piece)
{
    return piece->part ? piece->part->quote : piece->cue->quote;
}

const char *anchor_word(enum anchor anchor)
{
    static const char *const words[] = { "here", "moved", "doubtful", "lost" };

    return words[anchor];
}

// ---- looking

static void add_piece(struct reanchor *out, struct reanchor_piece piece)
{
    MEM_GROW(out->pieces, out->piece_count, out->piece_cap);
    if (piece.anchor == ANCHOR_LOST)
        piece.to = (struct cp_span){ 0 };
    out->pieces[out->piece_count++] = piece;
}

// Where the first part stands; out of `item` what its parts are.
static struct cp_span find_parts(const struct reading *r, struct rec_list parts,
                                 struct reanchor *out, struct reanchor_item *item)
{
    struct cp_span first = { 0 };

    item->is_placed = true;
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];
        struct cp_span to = part->at;
        enum anchor anchor = part_find(r, part, &to);

        if (i == 0)
            first = to;
        item->is_placed = item->is_placed && anchor <= ANCHOR_MOVED;
        if (anchor != ANCHOR_LOST && item->at.end == 0)
            item->at = to;
        else if (anchor != ANCHOR_LOST && to.end > item->at.end)
            item->at.end = to.end;
        if (anchor != ANCHOR_HERE)
            add_piece(out, (struct reanchor_piece){ part, NULL, i, anchor, part->at, to });
    }
    return first;
}

static void find_cues(const struct reading *r, const struct claim *claim, struct cp_span first,
                      struct reanchor *out)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing) {
            struct cp_span to = { 0 };
            enum anchor anchor = v->cue ? cue_find(r, claim, first, v->cue, &to) : ANCHOR_HERE;

            if (anchor != ANCHOR_HERE)
                add_piece(out, (struct reanchor_piece){ NULL, v->cue, i, anchor, v->cue->at, to });
        }
    }
}

void reanchor_find(const struct reading *r, struct reanchor *out)
{
    for (size_t i = 0; i < r->misplaced_count; i++) {
        const struct misplaced *misplaced = &r->misplaced[i];
        struct reanchor_item item = { .section = misplaced->section,
                                      .rec = misplaced->rec,
                                      .anchor = misplaced->anchor,
                                      .first = out->piece_count };
        struct rec_list parts = record_parts(item.section, item.rec);
        struct cp_span first = find_parts(r, parts, out, &item);

        if (item.section == SECTION_CLAIMS)
            find_cues(r, item.rec, first, out);
        item.count = out->piece_count - item.first;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = item;
        out->counts[item.anchor]++;
    }
}

void reanchor_release(struct reanchor *out)
{
    mem_free(out->items);
    mem_free(out->pieces);
    *out = (struct reanchor){ 0 };
}

// ---- new records

static bool same_span(struct cp_span a, struct cp_span b)
{
    return a.beg == b.beg && a.end == b.end;
}

static struct sv or_absent(struct sv s)
{
    return s.len ? s : (struct sv){ 0 };
}

// The part over `at`. Where its words did not change, only the context it has is made good.
static const struct part *new_part(struct reading *r, const struct part *part, struct cp_span at)
{
    struct arena *arena = change_arena(r);
    struct excerpt excerpt = article_excerpt(r->article, article_to_bytes(r->article, at), arena);
    bool is_same = same_span(at, part->at) && sv_eq(part->quote, excerpt.quote);
    struct part *copy = record_edit(arena, KIND_PART, part);

    copy->at = excerpt.at;
    copy->quote = excerpt.quote;
    if (!is_same || part->before.len)
        copy->before = or_absent(excerpt.before);
    if (!is_same || part->after.len)
        copy->after = or_absent(excerpt.after);
    return record_eq(KIND_PART, copy, part) ? part : copy;
}

static int compare_parts(const void *a, const void *b)
{
    const struct part *const *x = a, *const *y = b;

    return ((*x)->at.beg > (*y)->at.beg) - ((*x)->at.beg < (*y)->at.beg);
}

// Parts where they stand now, in order; none when two of them overlap.
static struct rec_list new_parts(struct reading *r, struct rec_list parts)
{
    const void **items = arena_new(change_arena(r), (parts.count + 1) * sizeof(*items));

    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];
        struct cp_span to = part->at;

        (void)part_find(r, part, &to);
        items[i] = new_part(r, part, to);
    }
    if (parts.count)
        qsort(items, parts.count, sizeof(*items), compare_parts);
    for (size_t i = 1; i < parts.count; i++)
        if (((const struct part *)items[i])->at.beg < ((const struct part *)items[i - 1])->at.end)
            return (struct rec_list){ 0 };
    return (struct rec_list){ items, parts.count };
}

// A voice and those inside it with their cues where they stand now.
//   worst  cues that are no surer than this stay as they are
static const struct voice *new_voice(struct reading *r, const struct claim *claim,
                                     struct cp_span first, const struct voice *voice,
                                     enum anchor worst)
{
    struct arena *arena = change_arena(r);
    struct voice *copy;
    struct cp_span to;

    if (!voice)
        return NULL;
    copy = record_edit(arena, KIND_VOICE, voice);
    copy->citing = new_voice(r, claim, first, voice->citing, worst);
    if (voice->cue && cue_find(r, claim, first, voice->cue, &to) <= worst) {
        struct excerpt excerpt =
            article_excerpt(r->article, article_to_bytes(r->article, to), arena);
        struct cue *cue = record_edit(arena, KIND_CUE, voice->cue);

        cue->at = excerpt.at;
        cue->quote = excerpt.quote;
        copy->cue = cue;
    }
    return copy;
}

static struct rec_list new_voices(struct reading *r, const struct claim *claim, enum anchor worst)
{
    struct rec_list voices = claim->attributed_to;
    const struct part *part = claim->span.count ? claim->span.items[0] : NULL;
    const void **items = arena_new(change_arena(r), (voices.count + 1) * sizeof(*items));
    struct cp_span first = { 0 };

    if (part && part_find(r, part, &first) == ANCHOR_LOST)
        first = (struct cp_span){ 0 };
    for (size_t i = 0; i < voices.count; i++)
        items[i] = new_voice(r, claim, first, voices.items[i], worst);
    return (struct rec_list){ items, voices.count };
}

struct rec_list voices_now(struct reading *r, const struct claim *claim)
{
    return new_voices(r, claim, ANCHOR_MOVED);
}

// A copy of the record with other parts, and cues as new_voice says.
static void *with_parts(struct reading *r, enum section section, const void *rec,
                        struct rec_list parts, enum anchor worst)
{
    enum kind_id kind = section_get(section)->kind;
    char *copy = record_edit(change_arena(r), kind, rec);

    memcpy(copy + kind_find(kind_get(kind), SV("span"))->offset, &parts, sizeof(parts));
    if (section == SECTION_CLAIMS)
        ((struct claim *)(void *)copy)->attributed_to = new_voices(r, rec, worst);
    return copy;
}

// The record where it stands now; NULL when its parts came to lie on each other.
static const void *new_record(struct reading *r, enum section section, const void *rec,
                              enum anchor worst)
{
    struct rec_list parts = new_parts(r, record_parts(section, rec));

    return parts.count ? with_parts(r, section, rec, parts, worst) : NULL;
}

// ---- what was read

struct ranges {
    struct arena *arena;
    struct cp_span_list list;
};

static void add_range(void *ctx, struct cp_span kept)
{
    struct ranges *ranges = ctx;

    ranges->list = cp_spans_add(ranges->arena, ranges->list, kept);
}

// How far the text at `cp` moved, as the last mark before it tells: by code points, forward.
static ptrdiff_t moved_by(const struct reading *r, size_t cp)
{
    size_t last = 0;
    ptrdiff_t by = 0;

    for (size_t i = 0; i < r->mark_count; i++) {
        const struct mark *mark = &r->marks[i];
        const struct part *part = record_parts(mark->section, mark->rec).items[mark->part];
        struct cp_span to;

        if (part->at.beg < last || part->at.beg > cp || part_find(r, part, &to) > ANCHOR_MOVED)
            continue;
        last = part->at.beg;
        by = (ptrdiff_t)to.beg - (ptrdiff_t)part->at.beg;
    }
    return by;
}

static size_t shifted(size_t cp, ptrdiff_t by, size_t length)
{
    ptrdiff_t to = (ptrdiff_t)cp + by;

    if (to < 0)
        return 0;
    return (size_t)to < length ? (size_t)to : length;
}

// Ranges of what is left of the text that was read; where the old text is not to be had, as far as
// the marks around tell.
static struct cp_span_list new_read(struct reading *r)
{
    struct cp_span_list read = r->file.layer.head.read;
    size_t length = article_cp_len(r->article);
    struct ranges ranges = { .arena = change_arena(r) };

    for (size_t i = 0; i < read.count; i++) {
        struct cp_span span = read.items[i];

        if (anchors_has_old(r->anchors)) {
            anchors_kept(r->anchors, span, add_range, &ranges);
            continue;
        }
        span.beg = span.beg ? shifted(span.beg, moved_by(r, span.beg), length) : 0;
        span.end = shifted(span.end, moved_by(r, span.end), length);
        if (span.beg < span.end)
            add_range(&ranges, span);
    }
    return ranges.list;
}

// ---- verbs

static bool is_settled(const struct inner *reading, const void *rec)
{
    for (size_t i = 0; i < reading->settled_count; i++)
        if (sv_eq(reading->settled[i], ((const struct record *)rec)->id))
            return true;
    return false;
}

static bool stands(const struct reading *r, const struct reanchor_piece *piece)
{
    struct byte_span span = article_to_bytes(r->article, piece->from);

    return text_is_alike(article_sub(r->article, span), reanchor_quote(piece));
}

// Is there a quote in doubt that will be taken for sure once the old text is no longer named?
static bool must_wait(struct reading *r, const struct reanchor *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct reanchor_item *item = &found->items[i];

        for (size_t j = 0; j < item->count && !is_settled(inner_of(r), item->rec); j++) {
            const struct reanchor_piece *piece = &found->pieces[item->first + j];

            if (piece->anchor > ANCHOR_MOVED && stands(r, piece))
                return true;
        }
    }
    return false;
}

static const struct reanchor_item *item_of(const struct reanchor *found, const void *rec)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].rec == rec)
            return &found->items[i];
    return NULL;
}

// Put every record that is sure of its place, contexts made good.
static size_t put_sure(struct change *change, struct reading *r, const struct reanchor *found)
{
    size_t moved = 0;

    for (enum section s = 0; s < SECTION__N; s++) {
        for (size_t i = 0; s != SECTION_LINKS && i < r->file.layer.sections[s].count; i++) {
            const void *rec = r->file.layer.sections[s].items[i];
            const struct reanchor_item *item = item_of(found, rec);
            const void *copy;

            if (item && !item->is_placed)
                continue;
            copy = new_record(r, s, rec, ANCHOR_MOVED);
            if (!copy || record_eq(section_get(s)->kind, copy, rec))
                continue;
            moved += item != NULL;
            change_put(change, r, s, copy);
        }
    }
    return moved;
}

bool verb_reanchor(struct session *s, struct reading *r, size_t *moved, struct err *err)
{
    struct reanchor found = { 0 };
    struct change *change = change_begin(s, "re-anchor");

    reanchor_find(r, &found);
    *moved = put_sure(change, r, &found);
    if (r->is_text_changed && !must_wait(r, &found)) {
        change_set_read(change, r, new_read(r));
        change_set_text(change, r);
    }
    reanchor_release(&found);
    return change_commit(change, err);
}

// Put a record where a person said that it stands: it is not asked about again in this sitting.
static bool put_settled(struct session *s, struct reading *r, enum section section, const void *rec,
                        const char *what, struct err *err)
{
    struct inner *reading = inner_of(r);
    struct change *change = change_begin(s, what);

    MEM_GROW(reading->settled, reading->settled_count, reading->settled_cap);
    reading->settled[reading->settled_count++] =
        sv_copy(change_arena(r), ((const struct record *)rec)->id);
    change_put(change, r, section, rec);
    if (!change_commit(change, err))
        return false;
    marks_build(reading); // also where nothing changed but what is known of the record
    session_changed(s);
    return true;
}

bool verb_accept_place(struct session *s, struct reading *r, struct sv id, struct err *err)
{
    enum section section;
    const void *rec, *copy;

    if (!build_record(r, id, &section, &rec, err))
        return false;

    struct rec_list parts = record_parts(section, rec);

    for (size_t i = 0; i < parts.count; i++) {
        struct cp_span to;

        if (part_find(r, parts.items[i], &to) == ANCHOR_LOST)
            return err_set(err, E_SPAN, ERR_NOWHERE,
                           "part %zu of '" SV_FMT "' stands nowhere; choose its place", i + 1,
                           SV_ARG(id));
    }
    copy = new_record(r, section, rec, ANCHOR_DOUBT);
    if (!copy)
        return err_set(err, E_SPAN, ERR_NOWHERE,
                       "parts of '" SV_FMT "' would lie on each other; choose its place",
                       SV_ARG(id));
    return put_settled(s, r, section, copy, "accept place", err);
}

// Parts of a record with one of them over `span`; the others where they stand for sure, or as they
// are.
static bool place_part(struct reading *r, struct rec_list parts, size_t index,
                       struct byte_span span, struct rec_list *out, struct err *err)
{
    const void **items = arena_new(change_arena(r), (parts.count + 1) * sizeof(*items));
    struct cp_span at = article_to_cp(r->article, span);

    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];
        struct cp_span to = part->at;
        bool is_sure = i == index || part_find(r, part, &to) <= ANCHOR_MOVED;

        if (i != index && is_sure && to.beg < at.end && at.beg < to.end)
            return err_set(err, E_SPAN, ERR_NOWHERE,
                           "part %zu of it stands there already; choose other words", i + 1);
        items[i] = is_sure ? new_part(r, part, i == index ? at : to) : part;
    }
    qsort(items, parts.count, sizeof(*items), compare_parts);
    *out = (struct rec_list){ items, parts.count };
    return true;
}

bool verb_set_place(struct session *s, struct reading *r, struct sv id, size_t part,
                    struct byte_span span, struct err *err)
{
    enum section section;
    const void *rec;
    struct rec_list parts;

    if (!build_record(r, id, &section, &rec, err))
        return false;
    span = build_trim(r, span);
    if (byte_span_is_empty(span) || part >= record_parts(section, rec).count)
        return err_set(err, E_SPAN, ERR_NOWHERE,
                       "there is nothing but white space here; select words of the text");
    if (!place_part(r, record_parts(section, rec), part, span, &parts, err))
        return false;
    return put_settled(s, r, section, with_parts(r, section, rec, parts, ANCHOR_MOVED),
                       "choose place", err);
}
