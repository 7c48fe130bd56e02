// The files of records there are: head fields and sections in canonical order. Declared in doc.h.
// Holds no code but the reading of these tables.
#include "base/bug.h"
#include "store/doc_impl.h"

#define REQUIRED true
#define HEAD(name, key, member, type, sub, flag, help)                                             \
    {                                                                                              \
        key, FIELD_##type, offsetof(struct name, member), KIND_##sub, VOCAB_NONE, flag, help       \
    }
#define SECTION(key, sub, help)                                                                    \
    {                                                                                              \
        key, FIELD_LIST, 0, KIND_##sub, VOCAB_NONE, false, help                                    \
    }
#define GAINSAY(name) HEAD(name, "gainsay", gainsay, COUNT, NONE, REQUIRED, "version of the format")
#define SHAPE(fields, size, kind)                                                                  \
    {                                                                                              \
        fields, ARRAY_LEN(fields), size, kind                                                      \
    }

static const struct field layer_fields[] = {
    GAINSAY(layer_head),
    HEAD(layer_head, "article", article, STR, NONE, false, "id of the article"),
    HEAD(layer_head, "annotator", annotator, STR, NONE, false, "who reads it"),
    HEAD(layer_head, "state", state, STR, NONE, false, "finished, when it is"),
    HEAD(layer_head, "guideline", guideline, STR, NONE, false, "version of the rules it was made under"),
    HEAD(layer_head, "text", text, MAP, TEXT_STATE, false, "the article the positions count in"),
    SECTION("claims", CLAIM, "claims of the article"),
    SECTION("links", LINK, "relations of its claims"),
    SECTION("furniture", FURNITURE, "text that is not its prose"),
    SECTION("notes", NOTE, "remarks on the text"),
    SECTION("comments", COMMENT, "remarks on records, anybody's"),
    HEAD(layer_head, "read", read, CP_SPANS, NONE, false, "what was read"),
};

static const struct field registry_fields[] = {
    GAINSAY(list_head),
    SECTION("sources", SOURCE, "who speaks"),
};

static const struct field scheme_fields[] = {
    GAINSAY(list_head),
    HEAD(list_head, "version", version, STR, NONE, false, "of the scheme"),
    SECTION("vocabularies", VOCABULARY, "closed lists of values"),
    SECTION("reporting", REPORTING, "words that report"),
};

static const struct field team_fields[] = {
    GAINSAY(team_head),
    HEAD(team_head, "guideline", guideline, STR, NONE, false, "version of the rules in force"),
    HEAD(team_head, "blind", blind, BOOL, NONE, false, "see others' work only when yours is finished"),
    HEAD(team_head, "adjudicators", adjudicators, STRS, NONE, false, "annotators who see everything"),
    SECTION("annotators", MEMBER, "who reads what"),
};

static const struct field queries_fields[] = {
    GAINSAY(list_head),
    SECTION("queries", SAVED_QUERY, "queries asked by name"),
};

const struct doc_shape doc_layer = SHAPE(layer_fields, sizeof(struct layer_head), KIND_NONE);
const struct doc_shape doc_registry = SHAPE(registry_fields, sizeof(struct list_head), KIND_NONE);
const struct doc_shape doc_scheme = SHAPE(scheme_fields, sizeof(struct list_head), KIND_NONE);
const struct doc_shape doc_team = SHAPE(team_fields, sizeof(struct team_head), KIND_NONE);
const struct doc_shape doc_queries = SHAPE(queries_fields, sizeof(struct list_head), KIND_NONE);
const struct doc_shape doc_meta = { NULL, 0, sizeof(struct meta), KIND_META };

// Shape by the name of a file directly in annotations/; a layer lies deeper.
static const struct doc_shape *shape_of_name(struct sv name)
{
    static const struct {
        const char *name;
        const struct doc_shape *shape;
    } shapes[] = {
        { "sources.yaml", &doc_registry },
        { "scheme.yaml", &doc_scheme },
        { "team.yaml", &doc_team },
        { "queries.yaml", &doc_queries },
    };

    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        if (sv_eq_cstr(name, shapes[i].name))
            return shapes[i].shape;
    return sv_find(name, SV("/"), 0) == SIZE_MAX ? NULL : &doc_layer;
}

// Shape by the keys that a file begins its lines with.
static const struct doc_shape *shape_of_keys(struct sv bytes)
{
    const struct doc_shape *shape = &doc_meta;
    struct sv line;

    while (sv_split(&bytes, '\n', &line)) {
        if (sv_starts(line, SV("sources:")))
            return &doc_registry;
        if (sv_starts(line, SV("vocabularies:")))
            return &doc_scheme;
        if (sv_starts(line, SV("queries:")))
            return &doc_queries;
        if (sv_starts(line, SV("article:")) || sv_starts(line, SV("claims:")))
            return &doc_layer;
        if (sv_starts(line, SV("gainsay:")))
            shape = &doc_team;
    }
    return shape;
}

const struct doc_shape *doc_shape_of(const char *path, struct sv bytes)
{
    struct sv rest = sv_from(path), piece;

    while (path && sv_split(&rest, '/', &piece)) {
        if (sv_eq_cstr(piece, "annotations"))
            return shape_of_name(rest);
        if (sv_eq_cstr(piece, "corpus"))
            return &doc_meta;
    }
    return shape_of_keys(bytes);
}

const struct field *doc_shape_fields(const struct doc_shape *shape, size_t *count)
{
    const struct kind *kind = shape->kind != KIND_NONE ? kind_get(shape->kind) : NULL;

    *count = kind ? kind->field_count : shape->head_count;
    return kind ? kind->fields : shape->head;
}

size_t doc_section_index(const struct doc_shape *shape, const struct field *field)
{
    size_t index = 0, count;
    const struct field *fields = doc_shape_fields(shape, &count);

    for (const struct field *f = fields; f < fields + count; f++) {
        if (f == field)
            return index;
        index += f->type == FIELD_LIST;
    }
    BUG("a section of another shape");
}
