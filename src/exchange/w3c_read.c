// Web Annotations read: our own as the records they were, those of others as claims with what they
// say beside a quote. Takes one annotation, an array, a page or a collection with its pages, or a
// graph.
#include "exchange/forms.h"

#include <string.h>

#include "exchange/annotation.h"
#include "exchange/iso_time.h"
#include "exchange/placing.h"
#include "model/types.h"

// Keys that are taken, or say nothing that a record could hold.
static const char *const known_keys[] = { "@context", "id",        "type",     "motivation",
                                          "creator",  "created",   "body",     "target",
                                          "gainsay",  "bodyValue", "modified", "generated",
                                          "generator" };

struct read {
    const struct json_in *json;
    const struct jnode *annotation;
    struct claim parts; // what the words of the model hold, under the names of a claim
};

static bool is_type(const struct jnode *node, const char *type)
{
    const struct jnode *value = jnode_get(node, "type");

    if (!value)
        return false;
    for (size_t i = 0; i < jnode_size(value); i++)
        if (sv_eq_cstr(jnode_string(jnode_item(value, i)), type))
            return true;
    return sv_eq_cstr(jnode_string(value), type);
}

static void count_key(void *ctx, const char *key, const struct jnode *value)
{
    struct read *read = ctx;

    (void)value;
    for (size_t i = 0; i < ARRAY_LEN(known_keys); i++)
        if (!strcmp(key, known_keys[i]))
            return;
    leftovers_add(&read->json->in->left, "'%s' of annotations", key);
}

// ---- bodies

static bool has_purpose(const struct jnode *body, const char *purpose)
{
    const struct jnode *value = jnode_get(body, "purpose");

    return value && sv_eq_cstr(jnode_string(value), purpose);
}

static void read_body(struct read *read, const struct jnode *body)
{
    struct arena *arena = &read->json->in->arena;
    struct claim *claim = &read->parts;
    struct sv value;

    if (jnode_type(body) == JNODE_TEXT) { // an IRI, such as that of a kind of link
        if (!jnode_get(read->annotation, "gainsay"))
            leftovers_add(&read->json->in->left, "bodies that are another resource");
        return;
    }
    value = json_text(read->json, jnode_get(body, "value"), "value");
    if (sv_is_absent(value))
        leftovers_add(&read->json->in->left, "bodies that are another resource");
    else if (has_purpose(body, "describing") && sv_is_absent(claim->says))
        claim->says = value;
    else if (has_purpose(body, "classifying") && jnode_get(read->annotation, "gainsay"))
        claim->type = value;
    else if (has_purpose(body, "tagging") || has_purpose(body, "classifying"))
        sv_list_add(arena, &claim->tags, value);
    else if (jnode_get(read->annotation, "gainsay"))
        claim->note = value;
    else
        claim_add_comment(arena, claim, value);
}

static void read_bodies(struct read *read)
{
    const struct jnode *body = jnode_get(read->annotation, "body");
    const struct jnode *value = jnode_get(read->annotation, "bodyValue");

    if (value)
        claim_add_comment(&read->json->in->arena, &read->parts,
                          json_text(read->json, value, "bodyValue"));
    if (!body)
        return;
    for (size_t i = 0; i < jnode_size(body); i++)
        read_body(read, jnode_item(body, i));
    if (jnode_type(body) == JNODE_MAP || jnode_type(body) == JNODE_TEXT)
        read_body(read, body);
}

// ---- records

static struct sv creator_of(const struct read *read)
{
    static const char *const names[] = { "nickname", "name", "email", "id" };
    const struct jnode *creator = jnode_get(read->annotation, "creator");
    struct arena *arena = &read->json->in->arena;

    if (creator && jnode_size(creator))
        creator = jnode_item(creator, 0);
    for (size_t i = 0; creator && i < ARRAY_LEN(names); i++) {
        const struct jnode *name = jnode_get(creator, names[i]);

        if (name && !sv_is_blank(jnode_string(name)))
            return sv_copy(arena, jnode_string(name));
    }
    return creator ? sv_copy(arena, jnode_string(creator)) : (struct sv){ 0 };
}

// Members of ours that are no fields, and fields that the model has words for.
static bool is_envelope(const char *key)
{
    return !strcmp(key, "record") || !strcmp(key, "article") || !strcmp(key, "type");
}

static bool is_envelope_or_span(const char *key)
{
    return is_envelope(key) || !strcmp(key, "span");
}

// Lay what the model's words hold over the rest of our own record.
static void lay_over(const struct claim *parts, enum section section, void *rec)
{
    struct claim *claim = rec;
    struct link *link = rec;
    struct note *note = rec;
    struct comment *comment = rec;

    switch (section) {
    case SECTION_CLAIMS:
        claim->says = parts->says;
        claim->type = parts->type;
        claim->tags = parts->tags;
        claim->note = parts->note;
        claim->span = claim->span.count ? claim->span : parts->span;
        claim->created = sv_is_absent(parts->created) ? claim->created : parts->created;
        break;
    case SECTION_LINKS:
        link->type = parts->type;
        link->why = parts->note;
        link->created = sv_is_absent(parts->created) ? link->created : parts->created;
        break;
    case SECTION_FURNITURE:
        if (!((struct furniture *)rec)->span.count)
            ((struct furniture *)rec)->span = parts->span;
        break;
    case SECTION_NOTES:
        note->text = parts->note;
        note->span = note->span.count ? note->span : parts->span;
        break;
    case SECTION_COMMENTS:
        comment->text = parts->note;
        comment->created = sv_is_absent(parts->created) ? comment->created : parts->created;
        break;
    case SECTION__N:
        break;
    }
}

static bool find_section(struct sv name, enum section *out)
{
    for (enum section s = 0; s < SECTION__N; s++) {
        if (sv_eq_cstr(name, kind_get(section_get(s)->kind)->name)) {
            *out = s;
            return true;
        }
    }
    return false;
}

static void add_own(struct read *read, const struct jnode *own, struct incoming_record *record)
{
    struct incoming *in = read->json->in;
    const struct jnode *name = jnode_get(own, "record");
    enum kind_id kind;
    void *rec;

    if (!name || !find_section(jnode_string(name), &record->section)) {
        leftovers_add(&in->left, "annotations of a kind that this version does not know");
        return;
    }
    kind = section_get(record->section)->kind;
    rec = arena_new(&in->arena, kind_get(kind)->size);
    if (!json_record(read->json, kind, own, rec,
                     jnode_get(own, "span") ? is_envelope : is_envelope_or_span))
        return;
    lay_over(&read->parts, record->section, rec);
    ((struct record *)rec)->id = read->parts.id;
    record->article = json_text(read->json, jnode_get(own, "article"), "article");
    record->rec = rec;
    if (section_has_parts(record->section) && !read->parts.span.count)
        json_error(read->json, read->annotation, E_MISSING,
                   "the target has no TextQuoteSelector; the words must be told");
    else
        incoming_add(in, *record);
}

static void add_foreign(struct read *read, struct incoming_record *record)
{
    struct incoming *in = read->json->in;
    struct claim *claim;

    jnode_each(read->annotation, count_key, read);
    if (!read->parts.span.count) {
        leftovers_add(&in->left, "annotations without a quote");
        return;
    }
    claim = record_edit(&in->arena, KIND_CLAIM, &read->parts);
    record->rec = claim;
    record->is_foreign = true;
    incoming_add(in, *record);
}

static void read_annotation(const struct json_in *json, const struct jnode *annotation,
                            struct err_at at)
{
    struct read read = { .json = json, .annotation = annotation };
    struct incoming_record record = { .section = SECTION_CLAIMS, .at = at };
    struct arena *arena = &json->in->arena;
    const struct jnode *own = jnode_get(annotation, "gainsay"),
                       *target = jnode_get(annotation, "target");
    const struct jnode *id = jnode_get(annotation, "id"),
                       *created = jnode_get(annotation, "created");

    read.parts.id = id ? urn_read(arena, URN_RECORD, jnode_string(id)) : (struct sv){ 0 };
    read.parts.created = created ? iso_time_read(arena, jnode_string(created)) : (struct sv){ 0 };
    (void)targets_read(json, target, &read.parts.span, &record.address);
    read_bodies(&read);
    record.annotator = creator_of(&read);
    if (!sv_is_absent(record.address)) {
        struct sv article = urn_read(arena, URN_ARTICLE, record.address);

        record.article = sv_is_absent(article) ? record.address : article;
    }
    if (own && jnode_type(own) == JNODE_MAP)
        add_own(&read, own, &record);
    else
        add_foreign(&read, &record);
}

static void read_any(struct json_in *json, const struct jnode *node, struct err_at at, int depth)
{
    static const char *const lists[] = { "items", "@graph", "first" };
    enum { DEPTH_MAX = 4 };
    bool any = false;

    if (depth > DEPTH_MAX)
        return;
    if (jnode_type(node) == JNODE_LIST) {
        for (size_t i = 0; i < jnode_size(node); i++)
            read_any(json, jnode_item(node, i), json_item_at(json, node, i), depth + 1);
        return;
    }
    if (is_type(node, "Annotation")) {
        read_annotation(json, node, at);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct jnode *inner = jnode_get(node, lists[i]);

        if (inner && (jnode_type(inner) == JNODE_LIST || jnode_type(inner) == JNODE_MAP)) {
            read_any(json, inner, at, depth + 1);
            any = true;
        }
    }
    if (!any)
        json_error(json, node, E_SHAPE,
                   "this is no annotation; it must be a map with \"type\": \"Annotation\", or a "
                   "list or page of such");
}

void w3c_read(struct incoming *in, struct sv bytes)
{
    struct json_in json;

    if (!json_in_read(&json, in, bytes, 1))
        return;
    read_any(&json, json.root, (struct err_at){ in->path, 1, 1 }, 0);
    json_in_release(&json);
}
