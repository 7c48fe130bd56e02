// What could stand at the end of a command line.
// Never says what is wrong with it, and opens a workspace only where one is asked about.
#include "cli/completion.h"

#include <string.h>

#include "base/mem.h"
#include "cli/library.h"
#include "cli/review.h"
#include "base/visible.h"
#include "exchange/formats.h"
#include "model/agree_rows.h"
#include "model/offer.h"
#include "store/queries_file.h"

#define COUNTED_ARTICLES 100 // values are counted in a workspace with no more

// A command line up to its last word.
struct line {
    struct cli *cli;
    enum subcommand_id command;
    size_t operands;                // before the last word, the command not counted
    const char *operand[2];         // the first ones
    const struct option_def *wants; // the last word is its value; NULL: it is not
    bool is_ended;                  // by "--"
    struct sv before, word;         // the last word: what stays, what is to be completed
    struct buf *out;
    bool is_open, is_tried; // workspace
};

static bool has_workspace(struct line *line)
{
    struct findings findings = { 0 };
    struct err err = { 0 };

    if (!line->is_tried)
        line->is_open = workspace_open_quick(line->cli->values[OPT_DIR], &line->cli->workspace,
                                             &findings, &err);
    line->is_tried = true;
    findings_release(&findings);
    err_release(&err);
    return line->is_open;
}

// Has it bytes that a terminal would obey or hide? Such a word is not offered: it could not be
// shown as it is.
static bool is_visible(struct sv word)
{
    struct buf shown = { 0 };
    bool same;

    visible_add(&shown, word);
    same = sv_eq(buf_sv(&shown), word) && !memchr(word.ptr, '\n', word.len) &&
           !memchr(word.ptr, '\t', word.len);
    buf_release(&shown);
    return same;
}

// A candidate that is the whole last word, and what is said of it.
static void put(struct line *line, struct sv whole, struct sv help)
{
    if (!whole.len || !is_visible(whole))
        return;
    buf_add(line->out, whole);
    if (help.len)
        buf_add_char(line->out, '\t');
    for (size_t beg = 0, end; beg < help.len; beg = end + 1) { // on one line
        for (end = beg; end < help.len && !strchr("\n\t\r", help.ptr[end] ? help.ptr[end] : ' ');)
            end++;
        visible_add(line->out, sv_sub(help, beg, end));
        if (end < help.len)
            buf_add_char(line->out, ' ');
    }
    buf_add_char(line->out, '\n');
}

static void offer(struct line *line, struct sv word, struct sv help)
{
    struct buf whole = { 0 };

    if (!sv_starts(word, line->word))
        return;
    buf_add(&whole, line->before);
    buf_add(&whole, word);
    put(line, buf_sv(&whole), help);
    buf_release(&whole);
}

static void offer_name(struct line *line, const char *word, const char *help)
{
    offer(line, sv_from(word), sv_from(help));
}

// ---- what a workspace has

static void offer_articles(struct line *line)
{
    if (!has_workspace(line))
        return;

    const struct fs_names *ids = workspace_articles(&line->cli->workspace);

    for (size_t i = 0; i < ids->count; i++)
        offer_name(line, ids->items[i], NULL);
    for (size_t i = 0; i < ids->count; i++) { // the last part is enough where it is the only one
        struct sv name = article_name(sv_from(ids->items[i])), id;
        struct buf typed = { 0 };
        struct err err = { 0 };

        buf_add(&typed, name);
        if (name.len < strlen(ids->items[i]) && line->word.len &&
            workspace_resolve(&line->cli->workspace, buf_cstr(&typed), &id, &err))
            offer(line, name, SV(""));
        buf_release(&typed);
        err_release(&err);
    }
}

static void offer_events(struct line *line)
{
    struct sv last = { 0 };

    if (!has_workspace(line))
        return;

    const struct fs_names *ids = workspace_articles(&line->cli->workspace);

    for (size_t i = 0; i < ids->count; i++) {
        struct sv event = article_event(sv_from(ids->items[i]));

        if (event.len && !sv_eq(event, last))
            offer(line, event, SV(""));
        last = event;
    }
}

static void offer_annotators(struct line *line)
{
    struct fs_names names = { 0 };
    struct err err = { 0 };

    if (!has_workspace(line))
        return;
    if (!workspace_annotators(&line->cli->workspace, &names, &err))
        err_release(&err);
    for (size_t i = 0; i < names.count; i++)
        offer_name(line, names.items[i], NULL);
    fs_names_release(&names);
}

static bool load_registry(struct line *line, struct registry_file *registry)
{
    struct findings findings = { 0 };
    struct err err = { 0 };
    bool ok =
        has_workspace(line) && registry_file_load(&line->cli->workspace, registry, &findings, &err);

    findings_release(&findings);
    err_release(&err);
    return ok;
}

static void offer_sources(struct line *line)
{
    struct registry_file registry = { 0 };

    if (load_registry(line, &registry))
        for (size_t i = 0; i < registry.registry.count; i++)
            offer(line, registry.registry.items[i]->id, registry.registry.items[i]->name);
    registry_file_release(&registry);
}

static void count_claims(void *ctx, struct tally *tally)
{
    const struct library *library = ctx;

    for (size_t i = 0; i < library->layer_count; i++) {
        const struct layer *layer = library_layer_of(&library->layers[i]);
        struct query_ctx where = { .derived = library_derived(library, &library->layers[i]),
                                   .registry = &library->registry.registry };

        for (size_t k = 0; k < layer->sections[SECTION_CLAIMS].count; k++)
            tally_add(tally, &where, layer, layer->sections[SECTION_CLAIMS].items[k], NULL);
    }
}

static struct sv_list names_list(struct arena *arena, const struct fs_names *names)
{
    struct sv *items = arena_new(arena, (names->count + 1) * sizeof(*items));

    for (size_t i = 0; i < names->count; i++)
        items[i] = sv_from(names->items[i]);
    return (struct sv_list){ items, names->count };
}

// Candidates of the query language, with the part of the word that they leave.
static void offer_query_of(struct line *line, const struct offer_input *in, struct sv text)
{
    struct buf lines = { 0 };
    size_t beg = query_offer(in, text, text.len, &lines);
    struct sv rest = buf_sv(&lines), candidate;

    while (sv_split(&rest, '\n', &candidate) && candidate.len) {
        struct buf whole = { 0 };
        struct sv word;

        (void)sv_split(&candidate, '\t', &word);
        buf_addf(&whole, SV_FMT SV_FMT SV_FMT, SV_ARG(line->before), SV_ARG(sv_sub(text, 0, beg)),
                 SV_ARG(word));
        put(line, buf_sv(&whole), candidate);
        buf_release(&whole);
    }
    buf_release(&lines);
}

static void offer_query(struct line *line)
{
    struct offer_input in = { .scheme = scheme_builtin(), .has_help = true };
    struct list_file saved = { 0 };
    struct library library = { 0 };
    struct registry_file registry = { 0 };
    struct fs_names annotators = { 0 };
    struct findings findings = { 0 };
    struct arena arena = { 0 };
    struct err err = { 0 };
    struct workspace *ws = &line->cli->workspace;

    if (has_workspace(line)) {
        in.scheme = &ws->scheme;
        in.articles = names_list(&arena, workspace_articles(ws));
        if (list_file_load(ws, &doc_queries, QUERIES_FILE, &saved, &findings, &err))
            in.saved = &saved.records;
        err_release(&err);
        if (load_registry(line, &registry))
            in.registry = &registry.registry;
        if (workspace_annotators(ws, &annotators, &err))
            in.annotators = names_list(&arena, &annotators);
        err_release(&err);
        if (in.articles.count <= COUNTED_ARTICLES && sv_find(line->word, SV(":"), 0) != SIZE_MAX &&
            library_load(line->cli, (struct sv){ 0 }, &library, &err)) {
            in.count = count_claims;
            in.ctx = &library;
        }
        err_release(&err);
    }
    offer_query_of(line, &in, line->word);
    library_release(&library);
    registry_file_release(&registry);
    fs_names_release(&annotators);
    list_file_release(&saved);
    findings_release(&findings);
    arena_release(&arena);
}

// ---- what the program has

static void each_listed(struct line *line, const char *(*word)(size_t index))
{
    for (size_t i = 0; word(i); i++)
        offer_name(line, word(i), NULL);
}

static void offer_tables(struct line *line)
{
    each_listed(line, dump_table);
}

static void offer_commands(struct line *line)
{
    for (int id = SUBCOMMAND_GLOBAL + 1; id < SUBCOMMAND__N; id++)
        offer_name(line, subcommand_get((enum subcommand_id)id)->name,
                   subcommand_get((enum subcommand_id)id)->help);
}

static void offer_topics(struct line *line)
{
    each_listed(line, help_topic);
    offer_commands(line);
}

// Only the last of words between commas is completed.
static void cut_list(struct line *line)
{
    size_t beg = line->word.len;

    while (beg > 0 && line->word.ptr[beg - 1] != ',')
        beg--;
    line->before =
        sv_of(line->before.len ? line->before.ptr : line->word.ptr, line->before.len + beg);
    line->word = sv_sub(line->word, beg, line->word.len);
}

static void offer_orders(struct line *line)
{
    cut_list(line);
    each_listed(line, concordance_order);
}

static void offer_counted(struct line *line)
{
    size_t count;
    const struct query_word *words = query_words(&count);

    cut_list(line);
    for (size_t i = 0; i < count; i++) {
        struct sv name = sv_from(words[i].text);

        name.len -= words[i].example != NULL; // the colon
        if (tally_takes(name))
            offer(line, name, sv_from(words[i].help));
    }
}

static void offer_measures(struct line *line)
{
    for (int i = 0; i < AGREE_MEASURE__N; i++)
        offer_name(line, agree_measure_name((enum agree_measure)i), NULL);
}

static void offer_fields(struct line *line)
{
    for (int i = 0; i < AGREE_FIELD__N; i++)
        offer_name(line, agree_field_get((enum agree_field)i)->name,
                   agree_field_get((enum agree_field)i)->help);
}

static void offer_kinds(struct line *line) // of what can be renamed
{
    static const char *const own[] = { "source", "topic", "tag" };

    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        offer_name(line, own[i], NULL);
    for (int id = VOCAB_NONE + 1; id < VOCAB__N; id++)
        offer_name(line, vocab_name((enum vocab_id)id), NULL);
}

// A value of the kind that stands before it.
static void offer_old(struct line *line)
{
    enum vocab_id vocab = vocab_find(sv_from(line->operand[0]));

    if (line->operand[0] && !strcmp(line->operand[0], "source"))
        offer_sources(line);
    if (vocab == VOCAB_NONE || !has_workspace(line))
        return;

    const struct rec_list *words = &line->cli->workspace.scheme.vocabs[vocab];

    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = words->items[i];

        offer(line, word->id, word->definition);
    }
}

static void offer_forms(struct line *line)
{
    for (int id = FORM_NONE + 1; id < FORM__N; id++) {
        const struct form *form = form_get((enum form_id)id);

        if (line->command == SUBCOMMAND_IMPORT ? form->read != NULL : form->write != NULL)
            offer_name(line, form->name, form->help);
    }
}

static void offer_shells(struct line *line)
{
    each_listed(line, completion_shell);
}

static void offer_reviews(struct line *line)
{
    each_listed(line, review_name);
}

static void offer_files(struct line *line)
{
    buf_add_cstr(line->out, ":files\n");
}

static void offer_dirs(struct line *line)
{
    buf_add_cstr(line->out, ":dirs\n");
}

// What goes where usage has this word. A word that is not here takes what only its user knows.
static const struct {
    const char *name;
    void (*offer)(struct line *line);
} kinds[] = {
    { "ARTICLE", offer_articles }, { "OTHER", offer_articles }, { "EVENT", offer_events },
    { "QUERY", offer_query },      { "KEYS", offer_counted },   { "ORDER", offer_orders },
    { "A", offer_annotators },     { "B", offer_annotators },   { "NAME", offer_annotators },
    { "KEEP", offer_sources },     { "DROP", offer_sources },   { "KIND", offer_kinds },
    { "OLD", offer_old },          { "TABLE", offer_tables },   { "TOPIC", offer_topics },
    { "FORM", offer_reviews },     { "SHELL", offer_shells },   { "FORMAT", offer_forms },
    { "M", offer_measures },       { "FIELD", offer_fields },   { "FILE", offer_files },
    { "PATH", offer_files },       { "BASE", offer_files },     { "OURS", offer_files },
    { "THEIRS", offer_files },     { "DIR", offer_dirs },
};

// `words`: the alternatives of one place, "ARTICLE|FILE|-".
static void offer_kind(struct line *line, struct sv words)
{
    struct sv word;

    while (sv_split(&words, '|', &word))
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
            if (sv_eq_cstr(word, kinds[i].name))
                kinds[i].offer(line);
}

// The word of "ARTICLE START [OTHER...]" for an operand; the last one stands for all that follow if
// it may.
static struct sv operand_word(const char *form, size_t index)
{
    struct sv rest = sv_from(form), piece, word = { 0 };
    bool is_many = false;

    for (size_t i = 0; sv_split(&rest, ' ', &piece); i++) {
        while (sv_starts(piece, SV("[")))
            piece = sv_sub(piece, 1, piece.len);
        while (sv_ends(piece, SV("]")))
            piece.len--;
        is_many = sv_ends(piece, SV("..."));
        word = is_many ? sv_sub(piece, 0, piece.len - 3) : piece;
        if (i == index)
            return word;
    }
    return is_many || sv_eq(word, SV("QUERY")) ? word : (struct sv){ 0 };
}

// ---- the line

static const struct option_def *find_option(enum subcommand_id command, struct sv name, char letter)
{
    const struct option_table tables[] = { subcommand_options(SUBCOMMAND_GLOBAL),
                                           subcommand_options(command) };

    for (size_t t = 0; t < ARRAY_LEN(tables); t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            const struct option_def *def = &tables[t].items[i];

            if (letter ? def->letter == letter : sv_eq_cstr(name, def->name))
                return def;
        }
    return NULL;
}

// An option that stands before the last word; it may want the next one.
static void take_option(struct line *line, const char *word)
{
    struct sv name = sv_from(word + 2);
    size_t equals = sv_find(name, SV("="), 0);
    const struct option_def *def = NULL;

    if (word[1] == '-') {
        def = find_option(line->command, sv_sub(name, 0, equals), '\0');
        if (def && def->arg && equals == SIZE_MAX)
            line->wants = def;
        return;
    }
    for (const char *letter = word + 1; *letter; letter++) {
        def = find_option(line->command, SV(""), *letter);
        if (def && def->arg) {
            line->wants = letter[1] ? NULL : def;
            return;
        }
    }
}

static void take_word(struct line *line, const char *word)
{
    if (line->wants) {
        line->cli->values[line->wants->id] = word;
        line->wants = NULL;
    } else if (!line->is_ended && !strcmp(word, "--")) {
        line->is_ended = true;
    } else if (!line->is_ended && word[0] == '-' && word[1]) {
        take_option(line, word);
    } else if (line->command == SUBCOMMAND_GLOBAL) {
        line->command = line->is_ended ? SUBCOMMAND_GLOBAL : subcommand_find(sv_from(word));
        if (line->command == SUBCOMMAND_GLOBAL) {
            line->command = SUBCOMMAND_READ;
            line->operands = 1;
        }
    } else {
        if (line->operands < ARRAY_LEN(line->operand))
            line->operand[line->operands] = word;
        line->operands++;
    }
}

static void offer_options(struct line *line)
{
    const struct option_table tables[] = {
        line->command == SUBCOMMAND_GLOBAL ? (struct option_table){ NULL, 0 }
                                           : subcommand_options(line->command),
        subcommand_options(SUBCOMMAND_GLOBAL),
    };

    for (size_t t = 0; t < ARRAY_LEN(tables); t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            struct buf word = { 0 };

            buf_addf(&word, "--%s", tables[t].items[i].name);
            offer_name(line, buf_cstr(&word), tables[t].items[i].help);
            buf_release(&word);
        }
}

// `--name=VALUE` as the last word.
static bool is_long_value(struct line *line)
{
    size_t equals = sv_find(line->word, SV("="), 0);
    const struct option_def *def = NULL;

    if (!line->is_ended && sv_starts(line->word, SV("--")) && equals != SIZE_MAX)
        def = find_option(line->command, sv_sub(line->word, 2, equals), '\0');
    if (!def || !def->arg)
        return false;
    line->wants = def;
    line->before = sv_sub(line->word, 0, equals + 1);
    line->word = sv_sub(line->word, equals + 1, line->word.len);
    return true;
}

void completion_offer(struct cli *cli, const char *const *words, size_t count, struct buf *out)
{
    struct line line = { .cli = cli, .command = SUBCOMMAND_GLOBAL, .out = out };

    for (size_t i = 1; i + 1 < count; i++)
        take_word(&line, words[i]);
    line.word = sv_from(count > 1 ? words[count - 1] : "");
    if (line.word.len && (line.word.ptr[0] == '"' || line.word.ptr[0] == '\'')) // not closed yet
        line.word = sv_sub(line.word, 1, line.word.len);
    if (line.wants || is_long_value(&line)) {
        offer_kind(&line, sv_from(line.wants->arg));
    } else if (!line.is_ended && sv_starts(line.word, SV("-"))) {
        offer_options(&line);
    } else if (line.command == SUBCOMMAND_GLOBAL) {
        offer_commands(&line);
        if (line.word.len)
            offer_articles(&line);
    } else {
        offer_kind(&line, operand_word(subcommand_get(line.command)->operands, line.operands));
    }
}
