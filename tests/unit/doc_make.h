// Records made up for property tests of the YAML layer: any kind, and strings that YAML makes trouble with.
// The same seed gives the same records everywhere.
#ifndef DOC_MAKE_H
#define DOC_MAKE_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/visible.h"
#include "model/record.h"
#include "store/doc.h"

struct maker {
    struct arena arena;
    uint64_t seed; // xorshift64, not 0
    unsigned serial;
    bool is_strict; // no keys that the schema does not know
};

static inline unsigned maker_random(struct maker *m, unsigned below)
{
    m->seed ^= m->seed << 13;
    m->seed ^= m->seed >> 7;
    m->seed ^= m->seed << 17;
    return (unsigned)(m->seed >> 33) % below;
}

static const char *const nasty_pieces[] = {
    "", " ", "  ", "\n", "\n\n", "\t", "a", "yes", "no", "null", "~", "1", "1e3", "0x1F", "012", "1_000", "12:30:45",
    "2026-11-22", "2026-11-22T03:10:00Z", ": ", ":", " #", "#", "- ", "-", "? ", "?", "'", "\"", "\\", "[", "]", "{",
    "}", ",", "&a", "*a", "!t", "|", ">", "%", "@", "`", "=", "<<", "...", "---", ".inf", ".NaN", "\r", "\r\n", "\x1b[31m",
    "\x7f", "\xc2\x85", "\xc2\x9b", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xef\xbb\xbf", "\xef\xbf\xbe", "\xc3\xa9",
    "\xe4\xb8\xad\xe6\x96\x87", "\xf0\x9f\x98\x80", "<<<<<<< HEAD", "\n=======\n", "\n>>>>>>> theirs\n", "word", "and ", "so on", "+1",
    "-1.5", "1.2.3", "on", "Off", "True", "\n  indented\n", "trailing \n", "\n#hash", "key: value", "\xe2\x80\xae", "0o17", "190:20:30", ".5", "+.INF", "1,000",
};

// 0..5 pieces; about one in three is a plain word.
static inline struct sv make_text(struct maker *m)
{
    struct buf buf = { 0 };
    unsigned count = maker_random(m, 6);

    if (maker_random(m, 3) == 0)
        buf_addf(&buf, "plain words %u", ++m->serial);
    else
        for (unsigned i = 0; i < count; i++) {
            unsigned at = maker_random(m, (unsigned)ARRAY_LEN(nasty_pieces));

            if (maker_random(m, 20) == 0)
                buf_add_char(&buf, '\0');
            buf_add_cstr(&buf, nasty_pieces[at]);
        }

    struct sv text = sv_copy(&m->arena, buf_sv(&buf));

    buf_release(&buf);
    return text;
}

static inline void *make_record(struct maker *m, enum kind_id kind, int depth);

static inline void make_member(struct maker *m, void *rec, const struct field *field, int depth)
{
    void *member = (char *)rec + field->offset;
    size_t count = 1 + maker_random(m, 3);

    switch (field->type) {
    case FIELD_STR:
    case FIELD_TEXT:
    case FIELD_WORD:
    case FIELD_ID:
    case FIELD_SOURCE:
    case FIELD_TIME:
    case FIELD_NUMBER:
        *(struct sv *)member = make_text(m);
        break;
    case FIELD_BOOL:
        *(bool *)member = true;
        break;
    case FIELD_COUNT:
        *(size_t *)member = 1 + maker_random(m, 100000);
        break;
    case FIELD_CP_SPAN: {
        struct cp_span *span = member;

        span->beg = maker_random(m, 10000);
        span->end = span->beg + 1 + maker_random(m, 100);
        break;
    }
    case FIELD_CP_SPANS: {
        struct cp_span *items = arena_new(&m->arena, count * sizeof(*items));

        for (size_t i = 0; i < count; i++)
            items[i] = (struct cp_span){ 100 * i, 100 * i + 1 + maker_random(m, 99) };
        *(struct cp_span_list *)member = (struct cp_span_list){ items, count };
        break;
    }
    case FIELD_STRS: {
        struct sv *items = arena_new(&m->arena, count * sizeof(*items));

        for (size_t i = 0; i < count; i++)
            items[i] = make_text(m);
        *(struct sv_list *)member = (struct sv_list){ items, count };
        break;
    }
    case FIELD_MAP:
        *(const void **)member = depth < 3 ? make_record(m, field->sub, depth + 1) : NULL;
        break;
    case FIELD_LIST: {
        const void **items = arena_new(&m->arena, count * sizeof(*items));

        for (size_t i = 0; i < count; i++)
            items[i] = make_record(m, field->sub, depth + 1);
        *(struct rec_list *)member = (struct rec_list){ items, count };
        break;
    }
    }
}

static inline bool is_record_id(const struct field *field)
{
    return !strcmp(field->key, "id");
}

static inline void *make_record(struct maker *m, enum kind_id id, int depth)
{
    static const char *const yamls[] = { "5", "yes", "'5'", "[a, 'b: c', 1]", "|\n  two\n  lines",
                                         "\n  a: 1\n  b: [x]", "\n- a: b\n  c: d\n- e", "{}", "" };
    const struct kind *kind = kind_get(id);
    void *rec = arena_new(&m->arena, kind->size);

    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];

        if (depth == 0 && is_record_id(field)) {
            char text[16];
            int len = snprintf(text, sizeof(text), "x%07u", ++m->serial);

            ((struct record *)rec)->id = sv_copy(&m->arena, sv_of(text, (size_t)len));
        } else if (field->is_required || maker_random(m, 3) == 0) {
            make_member(m, rec, field, depth);
        }
    }
    if (!m->is_strict && maker_random(m, 4) == 0) {
        struct extra *extra = arena_new(&m->arena, sizeof(*extra));

        extra->key = maker_random(m, 2) ? SV("x-more") : SV("odd key");
        extra->yaml = sv_from(yamls[maker_random(m, (unsigned)ARRAY_LEN(yamls))]);
        memcpy((char *)rec + kind->extra_offset, &extra, sizeof(extra));
    }
    return rec;
}

// The record with some fields changed, added and taken away; its id stays.
static inline const void *make_change(struct maker *m, enum kind_id id, const void *rec)
{
    const struct kind *kind = kind_get(id);
    void *copy = record_edit(&m->arena, id, rec);

    for (unsigned n = 1 + maker_random(m, 3); n;) {
        const struct field *field = &kind->fields[maker_random(m, (unsigned)kind->field_count)];
        void *member = (char *)copy + field->offset;

        if (is_record_id(field))
            continue;
        n--;
        if (!field->is_required && maker_random(m, 3) == 0) {
            struct rec_list none = { 0 };

            if (field->type == FIELD_BOOL)
                *(bool *)member = false;
            else if (field->type == FIELD_COUNT)
                *(size_t *)member = 0;
            else if (field->type == FIELD_MAP)
                *(const void **)member = NULL;
            else
                memcpy(member, &none, sizeof(none)); // all others are a pointer and a count
        } else {
            make_member(m, copy, field, 1);
        }
    }
    return copy;
}

#endif
