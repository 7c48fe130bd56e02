// Records and their pieces, made for verbs.
// Never touches a layer: what it makes is put there by a change.
#include "session/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "base/visible.h"
#include "session/inner.h"
#include "text/article.h"

bool build_claim(const struct reading *r, struct sv id, const struct claim **out, struct err *err)
{
    *out = layer_claim(&r->file.layer, id);
    if (*out)
        return true;
    return err_set(err, E_ID, ERR_NOWHERE, "no claim '" SV_FMT "' in '" SV_FMT "'", SV_ARG(id),
                   SV_ARG(r->id));
}

bool build_record(const struct reading *r, struct sv id, enum section *section, const void **out,
                  struct err *err)
{
    *out = layer_find_any(&r->file.layer, id, section);
    if (*out)
        return true;
    return err_set(err, E_ID, ERR_NOWHERE, "no record '" SV_FMT "' in '" SV_FMT "'", SV_ARG(id),
                   SV_ARG(r->id));
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Bytes of white space at the start of `s`: ASCII, no-break space, the wide spaces of U+2000 to
// U+200A.
static size_t white_at(struct sv s)
{
    if (s.len && is_white(s.ptr[0]))
        return 1;
    if (sv_starts(s, SV("\xC2\xA0")))
        return 2;
    if (sv_starts(s, SV("\xE3\x80\x80")))
        return 3;
    if (sv_starts(s, SV("\xE2\x80")) && s.len > 2 && (unsigned char)s.ptr[2] >= 0x80 &&
        (unsigned char)s.ptr[2] <= 0x8A)
        return 3;
    return 0;
}

static size_t white_before(struct sv s)
{
    for (size_t size = 1; size <= 3 && size <= s.len; size++) {
        if (white_at(sv_sub(s, s.len - size, s.len)) == size)
            return size;
    }
    return 0;
}

struct byte_span build_trim(const struct reading *r, struct byte_span span)
{
    struct sv text = article_bytes(r->article);
    size_t size;

    if (span.end > text.len)
        span.end = text.len;
    if (span.beg > span.end)
        span.beg = span.end;
    while ((size = white_at(sv_sub(text, span.beg, span.end))) > 0)
        span.beg += size;
    while ((size = white_before(sv_sub(text, span.beg, span.end))) > 0)
        span.end -= size;
    return span;
}

static int compare_spans(const void *a, const void *b)
{
    const struct byte_span *x = a, *y = b;

    if (x->beg != y->beg)
        return x->beg < y->beg ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

// Trim, sort and join in place; the number left.
static size_t tidy_spans(const struct reading *r, struct byte_span *spans, size_t count)
{
    size_t filled = 0, kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct byte_span span = build_trim(r, spans[i]);

        if (!byte_span_is_empty(span))
            spans[filled++] = span;
    }
    if (filled)
        qsort(spans, filled, sizeof(*spans), compare_spans);
    for (size_t i = 0; i < filled; i++) {
        if (kept && spans[i].beg <= spans[kept - 1].end) {
            if (spans[i].end > spans[kept - 1].end)
                spans[kept - 1].end = spans[i].end;
        } else {
            spans[kept++] = spans[i];
        }
    }
    return kept;
}

static struct sv or_absent(struct sv s)
{
    return s.len ? s : (struct sv){ 0 };
}

static const struct part *make_part(struct reading *r, struct byte_span span, struct rec_list old)
{
    struct arena *arena = change_arena(r);
    struct excerpt excerpt = article_excerpt(r->article, span, arena);

    for (size_t i = 0; i < old.count; i++) {
        const struct part *part = old.items[i];

        if (part->at.beg == excerpt.at.beg && part->at.end == excerpt.at.end &&
            sv_eq(part->quote, excerpt.quote))
            return part;
    }

    struct part *part = arena_new(arena, sizeof(*part));

    part->at = excerpt.at;
    part->quote = excerpt.quote;
    part->before = or_absent(excerpt.before);
    part->after = or_absent(excerpt.after);
    return part;
}

bool build_parts(struct reading *r, const struct byte_span *spans, size_t count,
                 struct rec_list old, struct rec_list *out, struct err *err)
{
    struct byte_span *tidy = (void *)mem_copy((const void *)spans, count * sizeof(*spans));
    size_t left = tidy_spans(r, tidy, count);

    if (left) {
        const void **items = arena_new(change_arena(r), left * sizeof(*items));

        for (size_t i = 0; i < left; i++)
            items[i] = make_part(r, tidy[i], old);
        *out = (struct rec_list){ items, left };
    }
    mem_free(tidy);
    return left || err_set(err, E_SPAN, ERR_NOWHERE,
                           "there is nothing but white space here; select words of the text");
}

void build_spans(struct reading *r, enum section section, const void *rec, struct byte_span *out)
{
    struct rec_list parts = record_parts(section, rec);
    bool is_misplaced = false;

    for (size_t i = 0; i < parts.count; i++)
        out[i] = article_to_bytes(r->article, ((const struct part *)parts.items[i])->at);
    for (size_t i = 0; i < r->misplaced_count; i++)
        is_misplaced |= r->misplaced[i].rec == rec;
    for (size_t i = 0; is_misplaced && i < r->mark_count; i++) {
        if (r->marks[i].rec == rec)
            out[r->marks[i].part] = r->marks[i].span;
    }
}

struct claim *build_new_claim(struct session *s, struct reading *r, struct rec_list parts)
{
    struct claim *claim = arena_new(change_arena(r), sizeof(*claim));

    claim->id = build_id(s, r, SECTION_CLAIMS);
    claim->span = parts;
    claim->created = build_now(change_arena(r));
    return claim;
}

static bool is_taken(const struct session *s, struct sv id)
{
    enum section section;

    for (size_t i = 0; i < s->reading_count; i++) {
        if (layer_find_any(&s->readings[i]->pub.file.layer, id, &section))
            return true;
    }
    return false;
}

struct sv build_id(struct session *s, struct reading *r, enum section section)
{
    struct sv id;

    do
        id = layer_new_id(&r->file.layer, change_arena(r), section, &s->rng);
    while (is_taken(s, id));
    return id;
}

struct sv build_now(struct arena *arena)
{
    struct buf now = { 0 };

    env_now(&now);

    struct sv copy = sv_copy(arena, buf_sv(&now));

    buf_release(&now);
    return copy;
}

bool build_check_word(const struct session *s, enum vocab_id vocab, struct sv word, struct err *err)
{
    const struct scheme *scheme = session_scheme(s);
    const struct word *near;

    if (!word.len || scheme_find(scheme, vocab, word))
        return true;
    near = scheme_nearest(scheme, vocab, word);
    if (near)
        return err_set(err, E_WORD, ERR_NOWHERE,
                       "'" SV_FMT "' is no %s; did you mean '" SV_FMT "'?", SV_ARG(word),
                       vocab_name(vocab), SV_ARG(near->id));

    struct buf words = { 0 };

    for (size_t i = 0; i < scheme->vocabs[vocab].count; i++) {
        const struct word *each = scheme->vocabs[vocab].items[i];

        buf_addf(&words, "%s" SV_FMT, i ? ", " : "", SV_ARG(each->id));
    }
    err_set(err, E_WORD, ERR_NOWHERE, "'" SV_FMT "' is no %s; use one of: %s", SV_ARG(word),
            vocab_name(vocab), buf_cstr(&words));
    buf_release(&words);
    return false;
}

bool build_check_source(struct session *s, struct sv source, struct err *err)
{
    const struct registry *registry = session_registry(s);
    struct sv near;

    if (!source.len || registry_find(registry, source))
        return true;
    near = registry_nearest(registry, source);
    if (near.len)
        return err_set(err, E_DANGLING, ERR_NOWHERE,
                       "no source '" SV_FMT "' in the registry; did you mean '" SV_FMT "'?",
                       SV_ARG(source), SV_ARG(near));
    return err_set(err, E_DANGLING, ERR_NOWHERE,
                   "no source '" SV_FMT "' in the registry; make it first", SV_ARG(source));
}

bool build_check_text(struct sv text, bool is_one_line, struct err *err)
{
    for (size_t i = 0, size; i < text.len; i += size) {
        int32_t cp = utf8_decode(sv_sub(text, i, text.len), &size);

        if (cp < 0)
            return err_set(err, E_ENCODING, ERR_NOWHERE, "the text is not valid UTF-8");
        if (cp == 0)
            return err_set(err, E_SHAPE, ERR_NOWHERE, "the text holds a NUL character");
        if (is_one_line && (cp == '\n' || cp == '\r'))
            return err_set(err, E_SHAPE, ERR_NOWHERE, "the text must be one line");
    }
    return true;
}

struct rec_list build_list_add(struct arena *arena, struct rec_list list, const void *rec)
{
    const void **items = arena_new(arena, (list.count + 1) * sizeof(*items));

    for (size_t i = 0; i < list.count; i++)
        items[i] = list.items[i];
    items[list.count] = rec;
    return (struct rec_list){ items, list.count + 1 };
}

struct rec_list build_list_set(struct arena *arena, struct rec_list list, size_t index,
                               const void *rec)
{
    const void **items = arena_new(arena, (list.count + 1) * sizeof(*items));
    size_t count = 0;

    for (size_t i = 0; i < list.count; i++) {
        const void *item = i == index ? rec : list.items[i];

        if (item)
            items[count++] = item;
    }
    return (struct rec_list){ count ? items : NULL, count };
}

bool build_strs_have(struct sv_list list, struct sv item)
{
    for (size_t i = 0; i < list.count; i++) {
        if (sv_eq(list.items[i], item))
            return true;
    }
    return false;
}

struct sv_list build_strs_add(struct arena *arena, struct sv_list list, struct sv item)
{
    if (build_strs_have(list, item))
        return list;

    struct sv *items = arena_new(arena, (list.count + 1) * sizeof(*items));

    for (size_t i = 0; i < list.count; i++)
        items[i] = list.items[i];
    items[list.count] = sv_copy(arena, item);
    return (struct sv_list){ items, list.count + 1 };
}

struct sv_list build_strs_drop(struct arena *arena, struct sv_list list, struct sv item)
{
    struct sv *items = arena_new(arena, (list.count + 1) * sizeof(*items));
    size_t count = 0;

    for (size_t i = 0; i < list.count; i++) {
        if (!sv_eq(list.items[i], item))
            items[count++] = list.items[i];
    }
    return (struct sv_list){ count ? items : NULL, count };
}
