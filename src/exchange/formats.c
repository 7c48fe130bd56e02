// The table of forms, and the walk over records that counts what a form leaves out.
// Knows no form by name: what each holds is said in formats.def alone.
#include "exchange/formats.h"

#include "base/bug.h"
#include "exchange/forms.h"
#include "model/types.h"

#define RECORDS  FORM_RECORDS
#define LAYERS   FORM_LAYERS
#define SOURCES  FORM_SOURCES
#define FILES    FORM_FILES
#define TEXTS    FORM_TEXTS
#define COMMENTS FORM_COMMENTS

static const struct form forms[] = {
#define FORM(id, name, write, read, flags, ending, help)                                           \
    [FORM_##id] = { name, write, read, flags, ending, help },
#define HELD(kind, key, forms)
#include "exchange/formats.def"
#undef FORM
#undef HELD
};

#define IN(id) (1U << FORM_##id)

static const struct held {
    enum kind_id kind;
    const char *key;
    unsigned forms; // a bit for each enum form_id
} held[] = {
#define FORM(id, name, write, read, flags, ending, help)
#define HELD(kind, key, forms) { KIND_##kind, key, forms },
#include "exchange/formats.def"
#undef FORM
#undef HELD
};

const struct form *form_get(enum form_id id)
{
    BUG_ON(id <= FORM_NONE || id >= FORM__N);
    return &forms[id];
}

enum form_id form_find(struct sv name)
{
    for (int id = FORM_NONE + 1; id < FORM__N; id++)
        if (sv_eq_cstr(name, forms[id].name))
            return (enum form_id)id;
    return FORM_NONE;
}

bool form_holds(enum form_id id, enum kind_id kind, const struct field *field)
{
    const struct form *form = form_get(id);

    if (kind == KIND_SOURCE)
        return form->flags & FORM_SOURCES;
    if (kind == KIND_COMMENT)
        return form->flags & FORM_COMMENTS;
    if (form->flags & FORM_RECORDS)
        return true;
    for (size_t i = 0; field && i < ARRAY_LEN(held); i++)
        if (held[i].kind == kind && sv_eq_cstr(sv_from(field->key), held[i].key))
            return held[i].forms & 1U << id;
    return false;
}

bool form_holds_layers(enum form_id id)
{
    return form_get(id)->flags & FORM_LAYERS;
}

static const struct extra *extras_of(enum kind_id kind, const void *rec)
{
    return *(const struct extra *const *)(const void *)((const char *)rec +
                                                        kind_get(kind)->extra_offset);
}

static void count_record(enum form_id id, enum kind_id kind, const void *rec,
                         struct leftovers *left)
{
    const struct kind *k = kind_get(kind);

    for (size_t i = 0; i < k->field_count; i++) {
        const struct field *field = &k->fields[i];

        if (field_is_absent(rec, field))
            continue;
        if (!form_holds(id, kind, field)) {
            leftovers_add(left, "%s %s", k->name, field->key);
        } else if (field_storage(field) == STORAGE_MAP) {
            count_record(id, field->sub, *(const void *const *)field_get(rec, field), left);
        } else if (field_storage(field) == STORAGE_LIST) {
            const struct rec_list *list = field_get(rec, field);

            for (size_t j = 0; j < list->count; j++)
                count_record(id, field->sub, list->items[j], left);
        }
    }
    for (const struct extra *extra = extras_of(kind, rec); extra; extra = extra->next)
        if (!form_holds(id, kind, NULL))
            leftovers_add(left, "%s " SV_FMT, k->name, SV_ARG(extra->key));
}

// Is there anything of a section that the form holds?
static bool holds_any(enum form_id id, enum kind_id kind)
{
    const struct kind *k = kind_get(kind);

    for (size_t i = 0; i < k->field_count; i++)
        if (form_holds(id, kind, &k->fields[i]))
            return true;
    return false;
}

static void count_layer(enum form_id id, const struct outgoing_layer *layer, struct leftovers *left)
{
    const struct layer_head *head = &layer->layer->head;

    for (enum section s = 0; s < SECTION__N; s++) {
        const struct section_info *info = section_get(s);
        bool any = holds_any(id, info->kind);

        for (size_t i = 0; i < layer->sections[s].count; i++) {
            if (any)
                count_record(id, info->kind, layer->sections[s].items[i], left);
            else
                leftovers_add(left, "%s", info->key);
        }
    }
    if (!layer->is_whole || form_holds_layers(id))
        return;
    if (head->read.count)
        leftovers_add(left, "layer read");
    if (!sv_is_absent(head->state))
        leftovers_add(left, "layer state");
}

void formats_count_left(enum form_id id, const struct outgoing *out, struct leftovers *left)
{
    struct arena arena = { 0 };
    struct rec_list sources = outgoing_sources(out, &arena);

    for (size_t i = 0; i < out->count; i++)
        count_layer(id, &out->layers[i], left);
    for (size_t i = 0; i < sources.count; i++)
        if (!(form_get(id)->flags & FORM_SOURCES))
            leftovers_add(left, "sources");
    arena_release(&arena);
}
