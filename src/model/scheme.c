// The built-in vocabularies out of vocab.def, and a team's own laid over them.
// Never reads a file; the built-in scheme is constant and shared.
#include "model/scheme.h"

#include "model/near.h"

enum { DISPUTES = 1 << 0, ORDERED = 1 << 1, ONE_END = 1 << 2 };

#define GLUE_(a, b) a##b
#define GLUE(a, b)  GLUE_(a, b)

// clang-format off

// Number of values of each vocabulary: a struct with one byte for each, and one before them.
// A row has no name of its own but its line in vocab.def.
struct rows_none {
    char first;
#define VOCAB(id, name, help) }; struct rows_##id { char first;
#define VALUE(id, value, key, flags, definition) char GLUE(row_, __LINE__);
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
};

// Where the values of each vocabulary begin in the table of all values.
enum {
#define VOCAB(id, name, help) ROW_##id, SKIP_##id = ROW_##id - 1,
#define VALUE(id, value, key, flags, definition) GLUE(ROW_, __LINE__),
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
};

#define TEXT(literal) { "" literal, sizeof(literal) - 1 }

static const struct word all_words[] = {
#define VOCAB(id_, name, help)
#define VALUE(id_, value, key_, flags, definition_) \
    { .id = TEXT(value), .key = TEXT(key_), .disputes = ((flags) & DISPUTES) != 0, \
      .ordered = ((flags) & ORDERED) != 0, .one_end = ((flags) & ONE_END) != 0, \
      .definition = TEXT(definition_) },
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
};

static const void *const all_items[] = {
#define VOCAB(id, name, help)
#define VALUE(id, value, key, flags, definition) &all_words[GLUE(ROW_, __LINE__)],
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
};

static const struct scheme builtin = { .vocabs = {
#define VOCAB(id, name, help) \
    [VOCAB_##id] = { all_items + ROW_##id, sizeof(struct rows_##id) - 1 },
#define VALUE(id, value, key, flags, definition)
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
} };

static const struct {
    const char *name, *help;
} vocabs[VOCAB__N] = {
#define VOCAB(id, name, help) [VOCAB_##id] = { name, help },
#define VALUE(id, value, key, flags, definition)
#include "model/vocab.def"
#undef VOCAB
#undef VALUE
};

// clang-format on

static bool is_letter(struct sv key)
{
    return key.len == 1 &&
           ((key.ptr[0] >= 'a' && key.ptr[0] <= 'z') || (key.ptr[0] >= 'A' && key.ptr[0] <= 'Z'));
}

static size_t index_of(struct rec_list words, struct sv value)
{
    size_t i = 0;

    while (i < words.count && !sv_eq(((const struct word *)words.items[i])->id, value))
        i++;
    return i;
}

static const struct word *find_key(struct rec_list words, struct sv key)
{
    for (size_t i = 0; i < words.count; i++) {
        const struct word *word = words.items[i];

        if (!sv_is_absent(word->key) && sv_eq(word->key, key))
            return word;
    }
    return NULL;
}

// `old` with what `new` says otherwise.
static const struct word *word_over(struct arena *arena, const struct word *old,
                                    const struct word *new)
{
    struct word *word = record_edit(arena, KIND_WORD, old);

    if (!sv_is_absent(new->key))
        word->key = new->key;
    if (!sv_is_absent(new->color))
        word->color = new->color;
    if (!sv_is_absent(new->definition))
        word->definition = new->definition;
    word->disputes |= new->disputes;
    word->ordered |= new->ordered;
    word->one_end |= new->one_end;
    word->extra = new->extra;
    return word;
}

// A vocabulary of a file, and where what is found in it goes.
struct overlay {
    const struct vocabulary *vocabulary;
    struct err_at (*place)(void *ctx, const void *rec, const struct field *field);
    void *place_ctx;
    struct findings *findings;
};

// Where the file has this word, or else the vocabulary.
static struct err_at place_of(const struct overlay *overlay, const struct word *word)
{
    struct rec_list values = overlay->vocabulary->values;
    size_t i = word ? index_of(values, word->id) : values.count;

    if (!overlay->place)
        return ERR_NOWHERE;
    return overlay->place(overlay->place_ctx,
                          i < values.count ? values.items[i] : overlay->vocabulary, NULL);
}

static void check_colors(const void *const *words, size_t count, const struct overlay *overlay)
{
    static const char *const colors[] = { "red", "green", "yellow", "blue", "magenta", "cyan" };

    for (size_t i = 0; i < count; i++) {
        const struct word *word = words[i];
        bool is_known = sv_is_absent(word->color);

        for (size_t c = 0; c < ARRAY_LEN(colors) && !is_known; c++)
            is_known = sv_eq_cstr(word->color, colors[c]);
        if (!is_known)
            findings_add(overlay->findings, SEVERITY_ERROR, E_WORD, place_of(overlay, word),
                         "color '" SV_FMT "' of '" SV_FMT "' in '" SV_FMT
                         "' must be one of: red, green, yellow, blue, magenta, cyan",
                         SV_ARG(word->color), SV_ARG(word->id), SV_ARG(overlay->vocabulary->id));
    }
}

// Take keys out of `words` that are no letter or that another word has, and say so.
static void check_keys(struct arena *arena, const void **words, size_t count,
                       const struct overlay *overlay)
{
    struct sv vocab = overlay->vocabulary->id;

    for (size_t i = 0; i < count; i++) {
        const struct word *word = words[i];
        const struct word *twin = find_key((struct rec_list){ words, i }, word->key);
        struct word *keyless;

        if (sv_is_absent(word->key))
            continue;
        if (!is_letter(word->key))
            findings_add(overlay->findings, SEVERITY_ERROR, E_WORD, place_of(overlay, word),
                         "key '" SV_FMT "' of '" SV_FMT "' in '" SV_FMT "' must be one letter",
                         SV_ARG(word->key), SV_ARG(word->id), SV_ARG(vocab));
        else if (twin)
            findings_add(overlay->findings, SEVERITY_ERROR, E_WORD, place_of(overlay, word),
                         "key '" SV_FMT "' of '" SV_FMT "' in '" SV_FMT "' is the key of '" SV_FMT
                         "' already; give it another letter",
                         SV_ARG(word->key), SV_ARG(word->id), SV_ARG(vocab), SV_ARG(twin->id));
        else
            continue;
        keyless = record_edit(arena, KIND_WORD, word);
        keyless->key = (struct sv){ 0 };
        words[i] = keyless;
    }
}

// The words in force for one vocabulary, given those before and what the file says.
static struct rec_list lay_over(struct arena *arena, struct rec_list before,
                                const struct overlay *overlay)
{
    const struct vocabulary *vocabulary = overlay->vocabulary;
    size_t count = vocabulary->replaces ? 0 : before.count;
    const void **words = arena_new(arena, (count + vocabulary->values.count) * sizeof(*words));

    for (size_t i = 0; i < count; i++)
        words[i] = before.items[i];
    for (size_t i = 0; i < vocabulary->values.count; i++) {
        const struct word *word = vocabulary->values.items[i];
        size_t place = index_of((struct rec_list){ words, count }, word->id);

        if (place == count)
            words[count++] = word;
        else
            words[place] = word_over(arena, words[place], word);
    }
    check_keys(arena, words, count, overlay);
    check_colors(words, count, overlay);
    return (struct rec_list){ words, count };
}

static void report_unknown(const struct overlay *overlay)
{
    struct sv name = overlay->vocabulary->id;
    size_t best = near_limit(name);
    const char *nearest = NULL;

    for (enum vocab_id v = VOCAB_NONE + 1; v < VOCAB__N; v++)
        if (near_is_better(name, sv_from(vocabs[v].name), &best))
            nearest = vocabs[v].name;
    if (nearest)
        findings_add(overlay->findings, SEVERITY_WARNING, E_WORD, place_of(overlay, NULL),
                     "no field takes its values from vocabulary '" SV_FMT "'; did you mean '%s'",
                     SV_ARG(name), nearest);
    else
        findings_add(overlay->findings, SEVERITY_WARNING, E_WORD, place_of(overlay, NULL),
                     "no field takes its values from vocabulary '" SV_FMT "'", SV_ARG(name));
}

const struct scheme *scheme_builtin(void)
{
    return &builtin;
}

void scheme_extend(struct scheme *out, struct arena *arena, struct sv version,
                   struct rec_list vocabularies,
                   struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                   void *place_ctx, struct findings *findings)
{
    *out = builtin;
    out->version = version;
    for (size_t i = 0; i < vocabularies.count; i++) {
        const struct overlay overlay = { vocabularies.items[i], place, place_ctx, findings };
        enum vocab_id id = vocab_find(overlay.vocabulary->id);

        if (id == VOCAB_NONE)
            report_unknown(&overlay);
        else
            out->vocabs[id] = lay_over(arena, out->vocabs[id], &overlay);
    }
}

const char *vocab_name(enum vocab_id vocab)
{
    return vocabs[vocab].name;
}

const char *vocab_help(enum vocab_id vocab)
{
    return vocabs[vocab].help;
}

enum vocab_id vocab_find(struct sv name)
{
    for (enum vocab_id v = VOCAB_NONE + 1; v < VOCAB__N; v++)
        if (sv_eq_cstr(name, vocabs[v].name))
            return v;
    return VOCAB_NONE;
}

const struct word *scheme_find(const struct scheme *scheme, enum vocab_id vocab, struct sv value)
{
    struct rec_list words = scheme->vocabs[vocab];
    size_t i = index_of(words, value);

    return i < words.count ? words.items[i] : NULL;
}

const struct word *scheme_find_key(const struct scheme *scheme, enum vocab_id vocab, struct sv key)
{
    return find_key(scheme->vocabs[vocab], key);
}

const struct word *scheme_nearest(const struct scheme *scheme, enum vocab_id vocab, struct sv value)
{
    size_t best = near_limit(value);
    const struct word *nearest = NULL;

    for (size_t i = 0; i < scheme->vocabs[vocab].count; i++) {
        const struct word *word = scheme->vocabs[vocab].items[i];

        if (near_is_better(value, word->id, &best))
            nearest = word;
    }
    return nearest;
}
