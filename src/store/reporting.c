// A team's own words that report, out of scheme.yaml.
// Turns records into rows of the lexicon; knows nothing of what is made of them.
#include "store/reporting.h"

#include <stdint.h>

#include "base/attr.h"
#include "model/near.h"

static const struct {
    const char *name;
    unsigned how;
} ways[] = {
    { "says", SAYS }, { "that", THAT }, { "object", DOES }, { "source", FROM }, { "never", HINT },
};

static const struct field *field_named(const char *key)
{
    const struct kind *kind = kind_get(KIND_REPORTING);

    for (size_t i = 0; i < kind->field_count; i++)
        if (sv_eq_cstr(sv_from(key), kind->fields[i].key))
            return &kind->fields[i];
    return NULL;
}

// The way `word` reports; ARRAY_LEN(ways) when there is none of that name, which is said.
static size_t find_way(const struct doc *doc, const struct reporting *word,
                       struct findings *findings)
{
    size_t best = near_limit(word->how), near = 0, i = 0;

    if (sv_is_absent(word->how))
        return 0;
    while (i < ARRAY_LEN(ways) && !sv_eq_cstr(word->how, ways[i].name))
        i++;
    if (i < ARRAY_LEN(ways))
        return i;
    for (size_t k = 0; k < ARRAY_LEN(ways); k++)
        if (near_is_better(word->how, sv_from(ways[k].name), &best))
            near = k + 1;
    findings_add(findings, SEVERITY_ERROR, E_WORD, doc_place(doc, word, field_named("how")),
                 "'" SV_FMT "' is no way to report; %s%s%s", SV_ARG(word->how),
                 near ? "did you mean '" : "it must be says, that, object, source or never",
                 near ? ways[near - 1].name : "", near ? "'" : "");
    return ARRAY_LEN(ways);
}

static bool has_act(const struct scheme *scheme, const struct doc *doc,
                    const struct reporting *word, struct findings *findings)
{
    const struct word *near;

    if (sv_is_absent(word->act) || scheme_find(scheme, VOCAB_ACT, word->act))
        return true;
    near = scheme_nearest(scheme, VOCAB_ACT, word->act);
    findings_add(findings, SEVERITY_ERROR, E_WORD, doc_place(doc, word, field_named("act")),
                 "'" SV_FMT "' is no act of the scheme%s" SV_FMT "%s", SV_ARG(word->act),
                 near ? "; did you mean '" : "", SV_ARG(near ? near->id : SV("")), near ? "'" : "");
    return false;
}

// In small letters, as the lexicon compares.
static const char *small(struct arena *arena, struct sv text)
{
    char *copy = arena_copy(arena, text.ptr, text.len);

    for (char *c = copy; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 0x20);
    return copy;
}

// Which form of a verb it is, by its ending: base, third person, past or -ing.
static size_t place_of(struct sv form)
{
    return sv_ends(form, SV("ing"))                             ? 3
           : sv_ends(form, SV("s")) && !sv_ends(form, SV("ss")) ? 1
                                                                : 2;
}

// Rows for one word: one for a verb, one for each form of a phrase or form that has no place left.
static size_t add_rows(struct arena *arena, const struct reporting *word, unsigned how,
                       struct cue_row *rows)
{
    struct cue_row model = { .forms = { "", "", "", "" },
                             .how = how | (word->noun ? NOUN : 0),
                             .act = sv_is_absent(word->act) ? "" : small(arena, word->act),
                             .is_phrase = sv_find(word->id, SV(" "), 0) != SIZE_MAX,
                             .is_off = how == HINT };
    size_t count = 1;

    rows[0] = model;
    rows[0].forms[0] = small(arena, word->id);
    if (!word->forms.count && !model.is_phrase && sv_ends(word->id, SV("ed")))
        rows[0].forms[2] = rows[0].forms[0]; // "blogged" alone
    for (size_t i = 0; i < word->forms.count; i++) {
        const char *form = small(arena, word->forms.items[i]);
        size_t place = place_of(word->forms.items[i]);

        if (model.is_phrase || rows[0].forms[place][0]) {
            rows[count] = model;
            rows[count++].forms[model.is_phrase ? 0 : place] = form;
        } else {
            rows[0].forms[place] = form;
        }
    }
    return count;
}

void reporting_load(struct scheme *scheme, struct arena *arena, const struct doc *doc,
                    struct rec_list words, struct findings *findings)
{
    struct cue_row *rows;
    size_t count = 0, most = 0;

    for (size_t i = 0; i < words.count; i++)
        most += 1 + ((const struct reporting *)words.items[i])->forms.count;
    rows = arena_new(arena, most * sizeof(*rows));
    for (size_t i = 0; i < words.count; i++) {
        const struct reporting *word = words.items[i];
        size_t way = find_way(doc, word, findings);

        if (way < ARRAY_LEN(ways) && has_act(scheme, doc, word, findings))
            count += add_rows(arena, word, ways[way].how, rows + count);
    }
    scheme->reporting = (struct cue_rows){ rows, count };
}
