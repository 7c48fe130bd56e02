// Placing of imported records: position first, then quote and context; no guess.
// What a person must look at is left out and named, never put where it may be wrong.
#include "exchange/placing.h"

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "model/types.h"
#include "text/anchor.h"

// One article and the two ways of looking in it.
struct placing {
    struct incoming *in;
    struct sv id;
    struct article *article;
    struct anchors *same;    // positions count in this text
    struct anchors *foreign; // perhaps in another: a quote is believed with its context alone
    size_t *astral;          // code points, sorted, that take two units in UTF-16
    size_t astral_count, astral_cap;
    bool has_astral; // looked for
    const struct incoming_record *record;
    struct placed *out;
};

static void find_astral(struct placing *p)
{
    struct sv rest = article_bytes(p->article);

    p->has_astral = true;
    for (size_t cp = 0; rest.len; cp++) {
        size_t size;

        if (utf8_decode(rest, &size) > 0xffff) {
            MEM_GROW(p->astral, p->astral_count, p->astral_cap);
            p->astral[p->astral_count++] = cp;
        }
        rest = sv_sub(rest, size, rest.len);
    }
}

// The code point at UTF-16 position `unit`. Of the n-th such character, n units more than code
// points stand before it.
static size_t from_utf16(struct placing *p, size_t unit)
{
    size_t low = 0, high;

    if (!p->has_astral)
        find_astral(p);
    high = p->astral_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (p->astral[mid] + mid < unit)
            low = mid + 1;
        else
            high = mid;
    }
    return unit - low;
}

static struct cp_span units_of(struct placing *p, struct cp_span at)
{
    if (!p->record->is_utf16)
        return at;
    return (struct cp_span){ from_utf16(p, at.beg), from_utf16(p, at.end) };
}

static enum anchor find(struct placing *p, const struct quoted *quoted, struct cp_span *found)
{
    bool has_context = quoted->before.len || quoted->after.len;
    struct anchors **anchors = p->record->is_foreign && has_context ? &p->foreign : &p->same;
    struct quoted clamped = *quoted;
    size_t length = article_cp_len(p->article);

    if (!*anchors) {
        *anchors = anchors_new(p->article);
        if (anchors == &p->foreign)
            anchors_changed(*anchors, (struct sv){ 0 });
    }
    if (clamped.at.end > length || clamped.at.beg > clamped.at.end)
        clamped.at = (struct cp_span){ length, length };
    return anchors_find(*anchors, &clamped, found);
}

static void add_excerpt(struct buf *out, struct sv text)
{
    enum { SHOWN = 60 }; // bytes that are enough to know a passage by
    struct buf flat = { 0 };
    size_t end = SHOWN;

    flat_add(&flat, text);
    while (end < flat.len && (flat.ptr[end] & 0xc0) == 0x80)
        end++;
    buf_addf(out, "'" SV_FMT "%s'", SV_ARG(sv_sub(buf_sv(&flat), 0, end)),
             flat.len > end ? "…" : "");
    buf_release(&flat);
}

static void tell(struct placing *p, const char *what, struct sv quote, enum anchor anchor,
                 struct cp_span found)
{
    struct buf text = { 0 };

    if (p->in->findings.count >= LIMIT_FINDINGS)
        return; // they are counted all the same
    buf_addf(&text, "%s ", what);
    add_excerpt(&text, quote);
    if (anchor == ANCHOR_DOUBT) {
        buf_addf(&text, " is in doubt in " SV_FMT "; the likeliest place is %zu-%zu, ",
                 SV_ARG(p->id), found.beg, found.end);
        add_excerpt(&text, article_sub(p->article, article_to_bytes(p->article, found)));
    } else if (sv_is_blank(quote)) {
        buf_addf(&text, " has no quote, and a position alone proves nothing");
    } else {
        buf_addf(&text, " stands nowhere in " SV_FMT, SV_ARG(p->id));
    }
    buf_add_cstr(&text, "; left out");
    findings_add(&p->in->findings, SEVERITY_WARNING, E_QUOTE, p->record->at, "%s", buf_cstr(&text));
    buf_release(&text);
}

// The part where it stands now; NULL when that is not sure.
static const struct part *place_part(struct placing *p, const struct part *part, bool *is_moved,
                                     enum anchor *worst)
{
    struct quoted quoted = { units_of(p, part->at), part->quote, part->before,
                             part->after,           { 0 },       { 0 } };
    struct cp_span found = quoted.at;
    enum anchor anchor = find(p, &quoted, &found);

    if (anchor > *worst)
        *worst = anchor;
    if (anchor > ANCHOR_MOVED) {
        tell(p, kind_get(section_get(p->record->section)->kind)->name, part->quote, anchor, found);
        return NULL;
    }
    if (anchor == ANCHOR_HERE && !p->record->is_foreign)
        return part;
    *is_moved = *is_moved || anchor == ANCHOR_MOVED;

    struct excerpt excerpt =
        article_excerpt(p->article, article_to_bytes(p->article, found), &p->in->arena);
    struct part *copy = record_edit(&p->in->arena, KIND_PART, part);

    copy->at = excerpt.at;
    copy->quote = excerpt.quote;
    copy->before = excerpt.before;
    copy->after = excerpt.after;
    return copy;
}

static int compare_parts(const struct part *a, const struct part *b)
{
    return a->at.beg < b->at.beg ? -1 : a->at.beg > b->at.beg;
}

// In text order; there are few.
static void sort_parts(const void **parts, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const void *part = parts[i];
        size_t j = i;

        for (; j && compare_parts(parts[j - 1], part) > 0; j--)
            parts[j] = parts[j - 1];
        parts[j] = part;
    }
}

static bool place_span(struct placing *p, const struct rec_list *span, struct rec_list *out,
                       bool *is_moved, enum anchor *worst)
{
    const void **parts = arena_new(&p->in->arena, (span->count + 1) * sizeof(*parts));

    for (size_t i = 0; i < span->count; i++)
        parts[i] = place_part(p, span->items[i], is_moved, worst);
    if (!span->count || *worst > ANCHOR_MOVED)
        return false;
    sort_parts(parts, span->count);
    *out = (struct rec_list){ parts, span->count };
    return true;
}

// A cue is looked for near its claim. One that is not sure goes, its claim stays.
static const struct cue *place_cue(struct placing *p, const struct cue *cue, struct cp_span was,
                                   struct cp_span now)
{
    struct quoted quoted = { units_of(p, cue->at), cue->quote, { 0 }, { 0 }, was, now };
    struct cp_span found = quoted.at;
    enum anchor anchor = find(p, &quoted, &found);
    struct cue *copy;

    if (anchor > ANCHOR_MOVED) {
        tell(p, "cue", cue->quote, anchor, found);
        p->out->cues++;
        return NULL;
    }
    if (anchor == ANCHOR_HERE && !p->record->is_foreign)
        return cue;

    struct excerpt excerpt =
        article_excerpt(p->article, article_to_bytes(p->article, found), &p->in->arena);

    copy = record_edit(&p->in->arena, KIND_CUE, cue);
    copy->at = excerpt.at;
    copy->quote = excerpt.quote;
    return copy;
}

static const struct voice *place_voice(struct placing *p, const struct voice *voice,
                                       struct cp_span was, struct cp_span now)
{
    const struct voice *first = NULL;
    const struct voice **last = &first;

    for (; voice; voice = voice->citing) {
        struct voice *copy = record_edit(&p->in->arena, KIND_VOICE, voice);

        if (copy->cue)
            copy->cue = place_cue(p, copy->cue, was, now);
        *last = copy;
        last = &copy->citing;
    }
    return first;
}

static void place_voices(struct placing *p, struct claim *claim, struct cp_span was)
{
    struct cp_span now = ((const struct part *)claim->span.items[0])->at;
    struct rec_list placed = { 0 };

    for (size_t i = 0; i < claim->attributed_to.count; i++)
        rec_list_add(&p->in->arena, &placed,
                     place_voice(p, claim->attributed_to.items[i], was, now));
    claim->attributed_to = placed;
}

// Where the parts of a record of each section are kept; links and comments have none.
static size_t span_offset(enum section section)
{
    switch (section) {
    case SECTION_CLAIMS:
        return offsetof(struct claim, span);
    case SECTION_FURNITURE:
        return offsetof(struct furniture, span);
    case SECTION_NOTES:
        return offsetof(struct note, span);
    case SECTION_LINKS:
    case SECTION_COMMENTS:
    case SECTION__N:
        break;
    }
    BUG("a section without parts");
}

static void place_record(struct placing *p, struct incoming_record *record)
{
    void *copy = record_edit(&p->in->arena, section_get(record->section)->kind, record->rec);
    struct rec_list *span = (void *)((char *)copy + span_offset(record->section));
    struct rec_list was = *span;
    enum anchor worst = ANCHOR_HERE;
    bool is_moved = false;

    p->record = record;
    if (!place_span(p, &was, span, &is_moved, &worst)) {
        record->is_out = true;
        p->out->doubtful += worst == ANCHOR_DOUBT;
        p->out->lost += worst != ANCHOR_DOUBT;
        return;
    }
    if (record->section == SECTION_CLAIMS)
        place_voices(p, copy, units_of(p, ((const struct part *)was.items[0])->at));
    p->out->moved += is_moved;
    p->out->here += !is_moved;
    record->rec = copy;
}

bool section_has_parts(enum section section)
{
    return section != SECTION_LINKS && section != SECTION_COMMENTS;
}

void incoming_place(struct incoming *in, struct sv id, struct article *article, struct placed *out)
{
    struct placing placing = { .in = in, .id = id, .article = article, .out = out };

    for (size_t i = 0; i < in->count; i++) {
        struct incoming_record *record = &in->records[i];

        if (!record->is_out && section_has_parts(record->section) && sv_eq(record->article, id))
            place_record(&placing, record);
    }
    anchors_free(placing.same);
    anchors_free(placing.foreign);
    mem_free(placing.astral);
}
