// Loading the layers that a command asks about, and finding claims in them.
// Never writes a file.
#include "cli/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/hidden.h"
#include "cli/sift.h"
#include "model/decision.h"
#include "store/queries_file.h"

// false: it was refused, which is printed.
static bool read_layer(struct cli *cli, struct layer_reader *reader, const char *annotator,
                       const char *article, struct layer *out)
{
    struct findings findings = { 0 }, errors = { 0 };
    struct err err = { 0 };

    if (!layer_read(reader, sv_from(annotator), sv_from(article), out, &findings, &err)) {
        (void)cli_fail(cli, &err);
        findings_release(&findings);
        return false;
    }
    // Warnings are for `check`; a record that was left out makes every answer incomplete.
    for (size_t i = 0; i < findings.count; i++)
        if (findings.items[i].severity == SEVERITY_ERROR)
            findings_take(&errors, SEVERITY_ERROR, &findings.items[i].err);
    findings_release(&findings);
    (void)cli_report(cli, &errors);
    return true;
}

static struct rec_list links_of(const struct layer *layer)
{
    return (struct rec_list){ layer->sections[SECTION_LINKS].items,
                              layer->sections[SECTION_LINKS].count };
}

// The layers of the last annotator, of the articles that are shown. Where claims are sifted, the
// links of all layers come first, then the claims of those that the cache has. Of a file that
// changes between the two, what it said at first is taken.
static void load_layers(struct cli *cli, struct library *library, struct layer_reader *reader,
                        const struct fs_names *articles, struct sift *sift)
{
    enum { NONE, PACKED, READ };
    struct library_annotator *annotator = &library->annotators[library->annotator_count - 1];
    struct library_layer *found = mem_new(articles->count * sizeof(*found));
    struct fs_stamp *stamps = mem_new(articles->count * sizeof(*stamps));
    unsigned char *states = mem_new(articles->count);
    struct sv name = sv_from(annotator->name);
    struct rec_list links;

    for (size_t i = 0; i < articles->count; i++) {
        struct sv article = sv_from(articles->items[i]);

        found[i].annotator = library->annotator_count - 1;
        if (!library_shows(library, name, article)) {
            library->hidden++;
        } else if (sift &&
                   layer_read_links(reader, name, article, &sift->arena, &links, &stamps[i])) {
            states[i] = PACKED;
            sift_add_links(sift, links);
        } else if (read_layer(cli, reader, name.ptr, article.ptr, &found[i].layer)) {
            states[i] = READ;
            if (sift)
                sift_add_links(sift, links_of(&found[i].layer));
        }
    }
    reader->sieve = sift ? &sift->sieve : NULL;
    for (size_t i = 0; i < articles->count; i++) {
        if (states[i] == PACKED) {
            sift_turn(sift, name, sv_from(articles->items[i]));
            reader->stamp = &stamps[i];
            states[i] = read_layer(cli, reader, name.ptr, articles->items[i], &found[i].layer)
                            ? READ
                            : NONE;
        }
        if (states[i] != READ)
            continue;
        MEM_GROW(library->layers, library->layer_count, library->layer_cap);
        library->layers[library->layer_count++] = found[i];
        annotator->count++;
    }
    reader->stamp = NULL;
    mem_free(stamps);
    mem_free(states);
    mem_free(found);
}

static bool has_name(const struct fs_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            return true;
    return false;
}

// The team, and what it hides from whom.
static void load_team(struct cli *cli, struct library *library)
{
    struct err err = { 0 };

    if (!blind_open(&cli->workspace, &library->blind, &err))
        (void)cli_fail(cli, &err);
}

const struct team *library_team(const struct library *library)
{
    return &library->blind.team.team;
}

bool library_shows(struct library *library, struct sv owner, struct sv article)
{
    return blind_shows(&library->blind, owner, article);
}

// Keep of the names the one that is asked for, if any is.
static void narrow(struct fs_names *names, struct sv only)
{
    size_t kept = 0;

    for (size_t i = 0; i < names->count; i++) {
        if (sv_is_absent(only) || sv_eq_cstr(only, names->items[i]))
            names->items[kept++] = names->items[i];
        else
            mem_free(names->items[i]);
    }
    names->count = kept;
}

static void load_annotator(struct cli *cli, struct library *library, const char *name,
                           struct sv article, struct sift *sift)
{
    struct layer_reader reader = { .ws = &cli->workspace, .arena = &library->arena };
    struct fs_names articles = { 0 };
    struct err err = { 0 };

    if (!library_articles(&cli->workspace, name, &articles, &err))
        (void)cli_fail(cli, &err); // the others still answer
    MEM_GROW(library->annotators, library->annotator_count, library->annotator_cap);
    library->annotators[library->annotator_count++] = (struct library_annotator){
        .name = mem_copy(name, strlen(name)),
        .first = library->layer_count,
    };
    // Of one article its file is as quick.
    if (sv_is_absent(article) && !cli->values[OPT_NO_CACHE])
        reader.cache = cache_open(&cli->workspace, name);
    library->annotators[library->annotator_count - 1].cache = reader.cache;
    narrow(&articles, article);
    load_layers(cli, library, &reader, &articles, sift);
    if (reader.cache)
        cache_save(reader.cache);
    layer_reader_release(&reader);
    fs_names_release(&articles);
}

static void derive(struct library *library)
{
    for (size_t i = 0; i < library->annotator_count; i++) {
        struct library_annotator *annotator = &library->annotators[i];
        struct layer **layers = mem_new(annotator->count * sizeof(*layers));

        for (size_t j = 0; j < annotator->count; j++)
            layers[j] = &library->layers[annotator->first + j].layer;
        layers_drop_rejected(layers, annotator->count);
        annotator->derived =
            derive_new((const struct layer *const *)layers, annotator->count, library->scheme);
        mem_free(layers);
    }
}

static bool refuse_annotator(const struct fs_names *names, const char *name, struct err *err)
{
    struct buf list = { 0 };

    for (size_t i = 0; i < names->count; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", names->items[i]);
    (void)err_set(err, E_USAGE, ERR_NOWHERE, "nothing by '%s' here; annotators: %s", name,
                  list.len ? buf_cstr(&list) : "none yet");
    buf_release(&list);
    return false;
}

static int compare_hits(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    const struct layer *left = library_layer_of(x->layer), *right = library_layer_of(y->layer);
    int diff = sv_cmp(left->head.article, right->head.article);
    size_t at = layer_position(left, SECTION_CLAIMS, x->claim);
    size_t other = layer_position(right, SECTION_CLAIMS, y->claim);

    if (diff)
        return diff;
    if (at != other)
        return at < other ? -1 : 1;
    if (x->layer != y->layer)
        return x->layer < y->layer ? -1 : 1;
    return sv_cmp(x->claim->id, y->claim->id);
}

// They are found in that order where one annotator was asked for.
static bool are_sorted(const struct hits *hits)
{
    for (size_t i = 1; i < hits->count; i++)
        if (compare_hits(&hits->items[i - 1], &hits->items[i]) > 0)
            return false;
    return true;
}

bool library_articles(const struct workspace *ws, const char *annotator, struct fs_names *out,
                      struct err *err)
{
    return layers_find(ws, annotator, out, err);
}

// What a command asks for, by which claims may be sifted.
struct question {
    unsigned flags;
    size_t first; // operand
};

static void operands_text(const struct cli *cli, size_t first, struct buf *out)
{
    for (size_t i = first; i < cli->operand_count; i++)
        buf_addf(out, "%s%s", i > first ? " " : "", cli->operands[i]);
}

// A query typed at the shell; an error says that it is in the query.
static bool parse(struct cli *cli, struct sv text, struct query **out, struct err *err)
{
    if (queries_parse(&cli->workspace, text, out, err))
        return true;
    if (!err->path.len)
        buf_add_cstr(&err->path, "query"); // the text says in which column
    return false;
}

// false: all claims may be asked for, or the query is wrong, which library_find says.
static bool sift_by(struct cli *cli, const struct library *library, const struct question *question,
                    struct sift *out)
{
    struct buf text = { 0 };
    struct query *query = NULL;
    struct err err = { 0 };
    bool ok = question && (question->flags || cli->operand_count > question->first);

    if (ok) {
        operands_text(cli, question->first, &text);
        ok = parse(cli, buf_sv(&text), &query, &err);
    }
    if (ok)
        sift_begin(out, query, question->flags, &library->registry.registry, library->scheme);
    err_release(&err);
    buf_release(&text);
    return ok;
}

static bool load(struct cli *cli, const char *const *annotators, size_t count, struct sv article,
                 const struct question *question, struct library *out, struct err *err)
{
    struct sift sift = { 0 };
    struct sift *sifted;
    struct fs_names names = { 0 };
    struct findings findings = { 0 };
    struct err refused = { 0 };
    bool ok = false;

    *out = (struct library){ .scheme = &cli->workspace.scheme };
    if (!workspace_annotators(&cli->workspace, &names, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!has_name(&names, annotators[i])) {
            (void)refuse_annotator(&names, annotators[i], err);
            goto out;
        }
    if (!registry_file_load(&cli->workspace, &out->registry, &findings, &refused))
        (void)cli_fail(cli, &refused); // names fall back to ids
    load_team(cli, out);
    sifted = sift_by(cli, out, question, &sift) ? &sift : NULL;
    for (size_t i = 0; i < count; i++)
        load_annotator(cli, out, annotators[i], article, sifted);
    for (size_t i = 0; !annotators && i < names.count; i++)
        load_annotator(cli, out, names.items[i], article, sifted);
    sift_end(&sift);
    blind_warn(cli, out->hidden);
    derive(out);
    ok = true;
out:
    findings_release(&findings);
    fs_names_release(&names);
    if (!ok)
        library_release(out);
    return ok;
}

bool library_load_of(struct cli *cli, const char *const *annotators, size_t count,
                     struct sv article, struct library *out, struct err *err)
{
    return load(cli, annotators, count, article, NULL, out, err);
}

bool library_load_asked(struct cli *cli, unsigned flags, size_t first, struct library *out,
                        struct err *err)
{
    const char *as = cli->values[OPT_AS];

    return load(cli, as ? &as : NULL, as ? 1 : 0, (struct sv){ 0 },
                &(struct question){ flags, first }, out, err);
}

bool library_load(struct cli *cli, struct sv article, struct library *out, struct err *err)
{
    const char *as = cli->values[OPT_AS];

    return library_load_of(cli, as ? &as : NULL, as ? 1 : 0, article, out, err);
}

void library_release(struct library *library)
{
    for (size_t i = 0; i < library->annotator_count; i++) {
        derive_free(library->annotators[i].derived);
        cache_close(library->annotators[i].cache);
        mem_free(library->annotators[i].name);
    }
    for (size_t i = 0; i < library->layer_count; i++)
        layer_release(&library->layers[i].layer);
    for (size_t i = 0; i < library->talker_count; i++)
        layer_file_release(&library->talkers[i]);
    threads_release(&library->threads);
    mem_free(library->talkers);
    arena_release(&library->arena);
    registry_file_release(&library->registry);
    blind_release(&library->blind);
    mem_free(library->annotators);
    mem_free(library->layers);
    *library = (struct library){ 0 };
}

const struct layer *library_layer_of(const struct library_layer *layer)
{
    return &layer->layer;
}

const struct derived *library_derived(const struct library *library,
                                      const struct library_layer *layer)
{
    return library->annotators[layer->annotator].derived;
}

bool library_is_event(struct sv event, struct sv typed)
{
    return sv_eq(event, typed) || (sv_ends(event, typed) && event.len > typed.len &&
                                   event.ptr[event.len - typed.len - 1] == '/');
}

bool library_ask(struct cli *cli, const struct library *library, struct sv text, struct query **out,
                 struct err *err)
{
    const struct registry_file *file = &library->registry;
    struct findings doubts = { 0 };

    if (!parse(cli, text, out, err))
        return false;
    query_check(*out, file->is_refused ? NULL : &file->registry, library->scheme, &doubts);
    (void)cli_report(cli, &doubts);
    return true;
}

void library_match(const struct library *library, const struct query *query, unsigned flags,
                   struct hits *out)
{
    *out = (struct hits){ 0 };
    for (size_t i = 0; i < library->layer_count; i++) {
        const struct library_layer *layer = &library->layers[i];
        const struct layer *records = library_layer_of(layer);
        const struct derived *derived = library_derived(library, layer);
        struct query_ctx ctx = { .derived = derived, .registry = &library->registry.registry };

        for (size_t j = 0; j < records->sections[SECTION_CLAIMS].count; j++) {
            const struct claim *claim = records->sections[SECTION_CLAIMS].items[j];

            if (!query_matches(query, &ctx, records, claim))
                continue; // what follows from links is asked of the others alone

            unsigned has = derive_flags(derived, records, claim);

            if ((has & flags) != flags)
                continue;
            MEM_GROW(out->items, out->count, out->cap);
            out->items[out->count++] = (struct hit){ layer, claim, has };
        }
    }
    if (!are_sorted(out))
        qsort(out->items, out->count, sizeof(*out->items), compare_hits);
}

bool library_find(struct cli *cli, const struct library *library, unsigned flags, size_t first,
                  struct hits *out, struct err *err)
{
    struct buf text = { 0 };
    struct query *query = NULL;
    bool ok;

    *out = (struct hits){ 0 };
    operands_text(cli, first, &text);
    ok = library_ask(cli, library, buf_sv(&text), &query, err);
    if (ok)
        library_match(library, query, flags, out);
    query_free(query);
    buf_release(&text);
    return ok;
}

void hits_release(struct hits *hits)
{
    mem_free(hits->items);
    *hits = (struct hits){ 0 };
}
