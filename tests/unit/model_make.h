// Records made up for property tests: any kind, every field, always the same for the same seed.
#ifndef MODEL_MAKE_H
#define MODEL_MAKE_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/record.h"

struct made {
    struct arena arena;
    uint64_t seed;   // xorshift64
    unsigned serial; // makes every changed value new
};

static inline unsigned made_random(struct made *made, unsigned below)
{
    made->seed ^= made->seed << 13;
    made->seed ^= made->seed >> 7;
    made->seed ^= made->seed << 17;
    return (unsigned)(made->seed >> 33) % below;
}

static inline struct sv make_sv(struct made *made, const char *stem)
{
    char text[64];
    int len = snprintf(text, sizeof(text), "%s %u", stem, ++made->serial);

    return sv_copy(&made->arena, sv_of(text, (size_t)len));
}

static inline void *make_any(struct made *made, enum kind_id kind, int depth, unsigned chance);

// Give a field a value that no record had before (a bool: the other one).
static inline void make_field(struct made *made, void *rec, const struct field *field, int depth,
                              unsigned chance)
{
    void *member = (char *)rec + field->offset;
    size_t count = 1 + made_random(made, 3);

    switch (field->type) {
    case FIELD_STR:
    case FIELD_TEXT:
    case FIELD_WORD:
    case FIELD_ID:
    case FIELD_SOURCE:
    case FIELD_TIME:
    case FIELD_NUMBER: {
        struct sv s = make_sv(made, field->key);

        memcpy(member, &s, sizeof(s));
        break;
    }
    case FIELD_BOOL: {
        bool *is_on = member;

        *is_on = !*is_on;
        break;
    }
    case FIELD_COUNT: {
        size_t n = ++made->serial;

        memcpy(member, &n, sizeof(n));
        break;
    }
    case FIELD_CP_SPAN: {
        struct cp_span span = { made_random(made, 1000), 0 };

        span.end = span.beg + ++made->serial;
        memcpy(member, &span, sizeof(span));
        break;
    }
    case FIELD_CP_SPANS: {
        struct cp_span *items = arena_new(&made->arena, count * sizeof(*items));
        struct cp_span_list list = { items, count };

        for (size_t i = 0; i < count; i++)
            items[i] = (struct cp_span){ i * 10, i * 10 + 1 + ++made->serial };
        memcpy(member, &list, sizeof(list));
        break;
    }
    case FIELD_STRS: {
        struct sv *items = arena_new(&made->arena, count * sizeof(*items));
        struct sv_list list = { items, count };

        for (size_t i = 0; i < count; i++)
            items[i] = make_sv(made, "word");
        memcpy(member, &list, sizeof(list));
        break;
    }
    case FIELD_MAP: {
        void *map = make_any(made, field->sub, depth + 1, chance);

        memcpy(member, &map, sizeof(map));
        break;
    }
    case FIELD_LIST: {
        const void **items = arena_new(&made->arena, count * sizeof(*items));
        struct rec_list list = { items, count };

        for (size_t i = 0; i < count; i++)
            items[i] = make_any(made, field->sub, depth + 1, chance);
        memcpy(member, &list, sizeof(list));
        break;
    }
    }
}

// A record where each field is present with `chance` in 4; the first one always.
static inline void *make_any(struct made *made, enum kind_id kind, int depth, unsigned chance)
{
    const struct kind *info = kind_get(kind);
    void *rec = arena_new(&made->arena, info->size);

    for (size_t i = 0; i < info->field_count; i++)
        if (i == 0 || (made_random(made, 4) < chance && (depth < 4 || !info->fields[i].sub)))
            make_field(made, rec, &info->fields[i], depth, chance);
    if (made_random(made, 4) == 0) {
        struct extra *extra = arena_new(&made->arena, sizeof(*extra));

        *extra = (struct extra){ .key = make_sv(made, "x"), .yaml = make_sv(made, "y") };
        memcpy((char *)rec + info->extra_offset, &extra, sizeof(extra));
    }
    return rec;
}

static inline void *make_record(struct made *made, enum kind_id kind)
{
    return make_any(made, kind, 0, 2);
}

static inline void change_field(struct made *made, void *rec, const struct field *field)
{
    make_field(made, rec, field, 0, 2);
}

// Overwrite the first string or number found inside: a shallow copy would change with it.
static inline void scribble_record(struct made *made, enum kind_id kind, void *rec)
{
    const struct field *field = &kind_get(kind)->fields[0];

    if (field->type == FIELD_STR || field->type == FIELD_TEXT || field->type == FIELD_ID ||
        field->type == FIELD_SOURCE) {
        struct sv s;

        memcpy(&s, (char *)rec + field->offset, sizeof(s));
        memset((char *)(uintptr_t)s.ptr, '#', s.len);
    } else if (field->type == FIELD_STRS) {
        struct sv_list list;

        memcpy(&list, (char *)rec + field->offset, sizeof(list));
        memset((char *)(uintptr_t)list.items[0].ptr, '#', list.items[0].len);
    } else {
        change_field(made, rec, field);
    }
}

static inline int made_setup(void **state)
{
    struct made *made = mem_new(sizeof(*made));

    made->seed = 0x9e3779b97f4a7c15U;
    *state = made;
    return 0;
}

static inline int made_teardown(void **state)
{
    struct made *made = *state;

    arena_release(&made->arena);
    mem_free(made);
    return 0;
}

#endif
