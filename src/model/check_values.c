// Checks that need no more than the schema: words of a vocabulary, times, numbers; and places.
// Never knows one kind of record from another.
#include "model/check_rule.h"

#include "base/attr.h"
#include "base/bug.h"

#define DEPTH_MAX 64 // maps inside maps; readers refuse far fewer

static const struct field head_fields[] = {
    { .key = "state", .type = FIELD_STR, .help = "" },
    { .key = "guideline", .type = FIELD_STR, .help = "" },
    { .key = "annotator", .type = FIELD_STR, .help = "" },
    { .key = "adjudicators", .type = FIELD_STRS, .help = "" },
    { .key = "text", .type = FIELD_MAP, .help = "" },
    { .key = "read", .type = FIELD_CP_SPANS, .help = "" },
};

static struct err_at ask(const struct checker *checker, const void *rec, const struct field *field)
{
    struct err_at at = { 0 };

    if (checker->place)
        at = checker->place(checker->place_ctx, rec, field);
    at.path = checker->path;
    return at;
}

static bool has_form(struct sv s, const char *form)
{
    size_t i = 0;

    for (; i < s.len && form[i]; i++)
        if (form[i] == '0' ? s.ptr[i] < '0' || s.ptr[i] > '9' : s.ptr[i] != form[i])
            return false;
    return i == s.len && !form[i];
}

// Digits with a sign before, and a fraction or an exponent behind, as YAML reads a number.
static bool is_number(struct sv s)
{
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'), digits = 0;

    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
        digits++;
    if (i < s.len && s.ptr[i] == '.')
        for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
            digits++;
    if (digits && i + 1 < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        i += s.ptr[i + 1] == '-' || s.ptr[i + 1] == '+' ? 2 : 1;
        for (digits = 0; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
            digits++;
    }
    return digits && i == s.len;
}

static void list_words(const struct scheme *scheme, enum vocab_id vocab, struct buf *out)
{
    for (size_t i = 0; i < scheme->vocabs[vocab].count; i++) {
        if (i)
            buf_add_cstr(out, ", ");
        buf_add(out, ((const struct word *)scheme->vocabs[vocab].items[i])->id);
    }
}

static void check_word(const struct checker *checker, const struct spot *spot,
                       const struct field *field, struct sv value)
{
    const struct word *nearest;
    struct buf words = { 0 };

    if (scheme_find(checker->scheme, field->vocab, value))
        return;
    nearest = scheme_nearest(checker->scheme, field->vocab, value);
    list_words(checker->scheme, field->vocab, &words);
    if (nearest)
        findings_add(checker->findings, SEVERITY_ERROR, E_WORD, rule_at(checker, spot, field->key),
                     "'%s' is '" SV_FMT "'; did you mean '" SV_FMT "'; use one of: %s", field->key,
                     SV_ARG(value), SV_ARG(nearest->id), buf_cstr(&words));
    else
        findings_add(checker->findings, SEVERITY_ERROR, E_WORD, rule_at(checker, spot, field->key),
                     "'%s' is '" SV_FMT "'; use one of: %s", field->key, SV_ARG(value),
                     buf_cstr(&words));
    buf_release(&words);
}

static void check_value(const struct checker *checker, const struct spot *spot,
                        const struct field *field)
{
    const struct sv *value = field_get(spot->rec, field);

    if (field->type == FIELD_WORD)
        check_word(checker, spot, field, *value);
    else if (field->type == FIELD_TIME && !has_form(*value, "0000-00-00T00:00:00Z"))
        findings_add(checker->findings, SEVERITY_WARNING, E_SHAPE,
                     rule_at(checker, spot, field->key),
                     "'%s' is '" SV_FMT "'; write UTC, as in 2026-11-22T03:10:00Z", field->key,
                     SV_ARG(*value));
    else if (field->type == FIELD_NUMBER && !is_number(*value))
        findings_add(checker->findings, SEVERITY_WARNING, E_SHAPE,
                     rule_at(checker, spot, field->key),
                     "'%s' is '" SV_FMT "'; write a figure, and what is counted in 'what'",
                     field->key, SV_ARG(*value));
}

static void check_values(const struct checker *checker, const struct spot *spot, int depth);

static void check_map(const struct checker *checker, const struct spot *outer,
                      const struct field *field, const void *map, int depth)
{
    struct spot spot = { field->sub, map, outer, field };

    if (depth < DEPTH_MAX)
        check_values(checker, &spot, depth + 1);
}

static void check_values(const struct checker *checker, const struct spot *spot, int depth)
{
    const struct kind *kind = kind_get(spot->kind);

    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        const void *member = field_get(spot->rec, field);

        if (field_is_absent(spot->rec, field))
            continue;
        if (field->type == FIELD_MAP)
            check_map(checker, spot, field, *(const void *const *)member, depth);
        else if (field->type == FIELD_LIST)
            for (size_t j = 0; j < ((const struct rec_list *)member)->count; j++)
                check_map(checker, spot, field, ((const struct rec_list *)member)->items[j], depth);
        else
            check_value(checker, spot, field);
    }
}

struct err_at rule_at(const struct checker *checker, const struct spot *spot, const char *key)
{
    const struct field *field = key ? kind_find(kind_get(spot->kind), sv_from(key)) : NULL;
    struct err_at at = ask(checker, spot->rec, field);

    for (; !at.line && spot->outer; spot = spot->outer)
        at = ask(checker, spot->outer->rec, spot->within);
    return at;
}

struct err_at rule_at_head(const struct checker *checker, const char *key)
{
    for (size_t i = 0; i < ARRAY_LEN(head_fields); i++)
        if (sv_eq_cstr(sv_from(key), head_fields[i].key))
            return ask(checker, NULL, &head_fields[i]);
    BUG("no such head field");
}

struct sv rule_id(const struct spot *spot)
{
    while (spot->outer)
        spot = spot->outer;
    return ((const struct record *)spot->rec)->id;
}

void rule_values(const struct checker *checker, const struct spot *spot)
{
    check_values(checker, spot, 0);
}
