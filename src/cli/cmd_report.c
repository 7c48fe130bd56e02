// report: the brief of an event, as HTML or Markdown, on standard output or in a file.
// Never writes into corpus/ or annotations/.
#include "cli/talk.h"

#include <string.h>

#include "base/mem.h"
#include "exchange/report.h"
#include "model/query_narrow.h"
#include "store/names.h"
#include "store/old_text.h"

// All that one report is made of, and who owns it.
struct desk {
    struct cli *cli;
    struct library library;
    struct sv event;
    size_t text_count;
    struct report_text *texts;
    struct fs_text *bytes;   // of each text
    struct meta_file *metas; // of each text
    struct report_reading *readings;
    size_t reading_count;
    const struct layer **layers; // [reading * text_count + text]
    struct anchors **anchors;    // the same
    struct buf *olds;            // the same: the texts that positions count in
    struct layer *settled;       // of each text
    struct arena arena;          // of these
    struct query *query;         // NULL: everything
    struct layer *narrowed;      // the same: without what was not asked for
    const struct layer **asked;  // the same: these
};

// ---- which event

// The event that is meant: the one named, or the only one.
static bool find_event(struct desk *desk, struct err *err)
{
    const struct fs_names *articles = workspace_articles(&desk->cli->workspace);
    const char *typed = desk->cli->operand_count ? desk->cli->operands[0] : NULL;
    struct buf events = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < articles->count; i++) {
        struct sv event = article_event(sv_from(articles->items[i]));

        if ((typed && !library_is_event(event, sv_from(typed))) ||
            (count && sv_eq(event, desk->event)))
            continue;
        desk->event = event;
        buf_addf(&events, "%s" SV_FMT, count ? ", " : "", SV_ARG(event.len ? event : SV("''")));
        count++;
    }

    bool ok = count == 1;

    if (!count && typed)
        (void)err_set(err, E_NO_ARTICLE, ERR_NOWHERE,
                      "no event '%s'; an event is a folder of corpus with articles in it", typed);
    else if (!count)
        (void)err_set(err, E_NO_ARTICLE, ERR_NOWHERE,
                      "there is no article yet; see 'gainsay help add'");
    else if (!ok)
        (void)err_set(err, E_USAGE, ERR_NOWHERE, "a report is of one event; say which: %s",
                      buf_cstr(&events));
    buf_release(&events);
    return ok;
}

static bool load_text(struct desk *desk, struct sv id, struct err *err)
{
    struct workspace *ws = &desk->cli->workspace;
    size_t i = desk->text_count;
    struct findings findings = { 0 };
    struct buf path = { 0 };
    struct err refused = { 0 };

    workspace_text_path(ws, id, &path);

    bool ok = fs_text_open(buf_cstr(&path), &desk->bytes[i], err);

    if (ok) {
        desk->text_count++;
        if (!meta_file_load(ws, id, &desk->metas[i], &findings, &refused))
            (void)cli_fail(desk->cli, &refused);
        desk->texts[i] = (struct report_text){ .id = id,
                                               .meta = &desk->metas[i].meta,
                                               .article = article_new(desk->bytes[i].bytes) };
    }
    findings_release(&findings); // for `check`
    buf_release(&path);
    return ok;
}

static bool load_texts(struct desk *desk, struct err *err)
{
    const struct fs_names *articles = workspace_articles(&desk->cli->workspace);

    desk->texts = mem_new(articles->count * sizeof(*desk->texts));
    desk->bytes = mem_new(articles->count * sizeof(*desk->bytes));
    desk->metas = mem_new(articles->count * sizeof(*desk->metas));
    for (size_t i = 0; i < articles->count; i++) {
        struct sv id = sv_from(articles->items[i]);

        if (sv_eq(article_event(id), desk->event) && !load_text(desk, id, err))
            return false;
    }
    return true;
}

// ---- whose readings

// Of a reading whose layers begin at `first` what was asked for.
static void narrow(struct desk *desk, const struct library_annotator *annotator, size_t first)
{
    const struct layer **layers = mem_new(desk->text_count * sizeof(*layers));
    struct layer *out = &desk->narrowed[first];
    struct query_ctx ctx = { .derived = annotator->derived,
                             .registry = &desk->library.registry.registry };
    size_t count = 0;

    for (size_t t = 0; t < desk->text_count; t++) {
        if (!desk->layers[first + t])
            continue;
        layers[count] = desk->layers[first + t];
        desk->asked[first + t] = &out[count++];
    }
    query_narrow(desk->query, &ctx, layers, count, out);
    mem_free(layers);
}

static void add_reading(struct desk *desk, const struct library_annotator *annotator)
{
    size_t first = desk->reading_count * desk->text_count, there = 0;

    for (size_t t = 0; t < desk->text_count; t++) {
        desk->layers[first + t] = NULL;
        for (size_t i = annotator->first; i < annotator->first + annotator->count; i++) {
            const struct layer *layer = library_layer_of(&desk->library.layers[i]);

            if (!sv_eq(layer->head.article, desk->texts[t].id))
                continue;
            desk->layers[first + t] = layer;
            desk->anchors[first + t] = anchors_new(desk->texts[t].article);
            (void)old_text_use(&desk->cli->workspace, desk->texts[t].id, layer->head.text,
                               desk->bytes[t].bytes, "", desk->anchors[first + t],
                               &desk->olds[first + t]);
            there++;
        }
    }
    if (there && desk->query)
        narrow(desk, annotator, first);
    if (there)
        desk->readings[desk->reading_count++] = (struct report_reading){
            .annotator = sv_from(annotator->name),
            .layers = &desk->layers[first],
            .narrowed = desk->query ? &desk->asked[first] : NULL,
            .anchors = &desk->anchors[first],
            .is_adjudicated = sv_eq_cstr(sv_from(annotator->name), ADJUDICATED),
        };
}

// --as NAME alone; else what the team agreed on, when there is that; else everybody's.
static bool choose_shown(struct desk *desk, struct err *err)
{
    const char *as = desk->cli->values[OPT_AS];
    struct sv wanted = sv_from(as);
    struct buf names = { 0 };
    bool any = false;

    for (size_t i = 0; !as && i < desk->reading_count; i++)
        if (desk->readings[i].is_adjudicated)
            wanted = desk->readings[i].annotator;
    for (size_t i = 0; i < desk->reading_count; i++) {
        struct report_reading *reading = &desk->readings[i];

        reading->is_shown = sv_is_absent(wanted) || sv_eq(reading->annotator, wanted);
        any |= reading->is_shown;
        buf_addf(&names, "%s" SV_FMT, i ? ", " : "", SV_ARG(reading->annotator));
    }
    if (!any && as)
        (void)err_set(err, E_USAGE, ERR_NOWHERE, "nothing by '%s' on this event; annotators: %s",
                      as, names.len ? buf_cstr(&names) : "none yet");
    buf_release(&names);
    return any || !as;
}

// What the team decided, with what it rejected, which the library leaves out.
static void load_settled(struct desk *desk)
{
    struct layer_reader reader = { .ws = &desk->cli->workspace, .arena = &desk->arena };

    desk->settled = mem_new((desk->text_count + 1) * sizeof(*desk->settled));
    for (size_t r = 0; r < desk->reading_count; r++) {
        const struct report_reading *reading = &desk->readings[r];

        for (size_t t = 0; reading->is_adjudicated && t < desk->text_count; t++) {
            struct findings findings = { 0 };
            struct err err = { 0 };

            if (!reading->layers[t])
                continue;
            if (layer_read(&reader, reading->annotator, desk->texts[t].id, &desk->settled[t],
                           &findings, &err))
                desk->texts[t].settled = &desk->settled[t];
            err_release(&err); // it was said of the layer when all were read
            findings_release(&findings);
        }
    }
    layer_reader_release(&reader);
}

static bool load_readings(struct desk *desk, struct err *err)
{
    const char *where = desk->cli->values[OPT_REPORT_WHERE];
    size_t cells;

    if (!library_load_of(desk->cli, NULL, 0, (struct sv){ 0 }, &desk->library, err))
        return false;
    cells = (desk->library.annotator_count + 1) * (desk->text_count + 1);
    desk->readings = mem_new((desk->library.annotator_count + 1) * sizeof(*desk->readings));
    desk->layers = mem_new(cells * sizeof(*desk->layers));
    desk->anchors = mem_new(cells * sizeof(*desk->anchors));
    desk->olds = mem_new(cells * sizeof(*desk->olds));
    desk->narrowed = mem_new(cells * sizeof(*desk->narrowed));
    desk->asked = mem_new(cells * sizeof(*desk->asked));
    if (where && !library_ask(desk->cli, &desk->library, sv_from(where), &desk->query, err))
        return false;
    for (size_t i = 0; i < desk->library.annotator_count; i++)
        add_reading(desk, &desk->library.annotators[i]);
    load_settled(desk);
    talk_find(desk->cli, &desk->library, (struct sv){ 0 });
    return choose_shown(desk, err);
}

static void desk_release(struct desk *desk)
{
    size_t cells = desk->anchors ? (desk->library.annotator_count + 1) * (desk->text_count + 1) : 0;

    for (size_t i = 0; i < cells; i++) {
        anchors_free(desk->anchors[i]);
        buf_release(&desk->olds[i]);
        layer_release(&desk->narrowed[i]);
    }
    for (size_t t = 0; t < desk->text_count; t++) {
        article_free(desk->texts[t].article);
        fs_text_release(&desk->bytes[t]);
        if (desk->settled)
            layer_release(&desk->settled[t]);
        meta_file_release(&desk->metas[t]);
    }
    mem_free(desk->texts);
    mem_free(desk->bytes);
    mem_free(desk->metas);
    mem_free(desk->readings);
    mem_free(desk->layers);
    mem_free(desk->anchors);
    mem_free(desk->olds);
    mem_free(desk->narrowed);
    mem_free(desk->asked);
    query_free(desk->query);
    mem_free(desk->settled);
    arena_release(&desk->arena);
    library_release(&desk->library);
}

// ---- where it goes

// A report is no part of what it is made of.
static bool check_file(struct cli *cli, const char *path, struct err *err)
{
    static const char *const folders[] = { "corpus", "annotations" };
    struct buf parent = { 0 }, real = { 0 };
    bool ok;

    fs_add_parent(&parent, path);
    ok = fs_real(fs_is_file(path) ? path : buf_cstr(&parent), &real, err);
    for (size_t i = 0; ok && i < ARRAY_LEN(folders); i++) {
        struct buf folder = { 0 };

        fs_join(&folder, buf_cstr(&cli->workspace.root), folders[i]);
        if (sv_starts(buf_sv(&real), buf_sv(&folder)) &&
            (real.len == folder.len || real.ptr[folder.len] == '/'))
            ok = err_set(
                err, E_NAME, (struct err_at){ .path = path },
                "is in %s/, where only texts and annotations go; write the report elsewhere",
                folders[i]);
        buf_release(&folder);
    }
    buf_release(&parent);
    buf_release(&real);
    return ok;
}

static bool is_markdown(const struct cli *cli)
{
    const char *path = cli->values[OPT_REPORT_OUT];

    return cli->values[OPT_REPORT_MD] ||
           (!cli->values[OPT_REPORT_HTML] && path && sv_ends(sv_from(path), SV(".md")));
}

static void add_count(struct para *para, size_t count, const char *before, const char *what)
{
    para_addf(para, STYLE_PLAIN, "%s%zu %s%s", before, count, what, count == 1 ? "" : "s");
}

static bool write_report(struct desk *desk, const struct buf *text, struct report_counts counts,
                         struct err *err)
{
    struct cli *cli = desk->cli;
    const char *path = cli->values[OPT_REPORT_OUT];

    if (!path) {
        buf_add(&cli->out.text, buf_sv(text));
        return true;
    }
    if (!fs_replace(path, buf_sv(text), err))
        return false;

    struct para para = { 0 };

    para_add(&para, STYLE_HEAD, sv_from(path));
    add_count(&para, counts.texts, "  ", "article");
    add_count(&para, counts.claims, ", ", "claim");
    add_count(&para, counts.links, ", ", "link");
    add_count(&para, counts.disputes, ", ", "dispute");
    out_para(&cli->out, &para, 0, 2);
    return true;
}

static void warn_open(struct cli *cli, size_t open)
{
    if (!open)
        return;
    cli_warn(cli, E_INCOMPLETE,
             "%zu difference%s between the readers %s open; the report says so; see "
             "'gainsay help adjudicate'",
             open, open == 1 ? "" : "s", open == 1 ? "is" : "are");
}

static void warn_lost(struct cli *cli, size_t lost)
{
    if (!lost)
        return;
    cli_warn(cli, E_TEXT,
             "the words of %zu claim%s are not found for sure in the texts as they are now; "
             "the report says which; "
             "see 'gainsay help reanchor'",
             lost, lost == 1 ? "" : "s");
}

static int say_nothing(struct cli *cli, const char *what)
{
    cli_warn(cli, E_INCOMPLETE, "%s", what);
    return cli_status(cli, 1);
}

static int make(struct desk *desk)
{
    struct report_input in = { .event = desk->event,
                               .where = sv_from(desk->cli->values[OPT_REPORT_WHERE]),
                               .texts = desk->texts,
                               .text_count = desk->text_count,
                               .readings = desk->readings,
                               .reading_count = desk->reading_count,
                               .scheme = desk->library.scheme,
                               .registry = &desk->library.registry.registry,
                               .team = library_team(&desk->library),
                               .threads = &desk->library.threads };
    struct report *report = report_new(&in);
    struct report_counts counts = report_count(report);
    struct buf text = { 0 };
    struct err err = { 0 };
    int status;

    if (desk->query && !counts.claims) {
        report_free(report);
        return say_nothing(desk->cli, "no claim of this event matches");
    }
    if (is_markdown(desk->cli))
        report_markdown(report, &text);
    else
        report_html(report, &text);
    warn_open(desk->cli, counts.open);
    warn_lost(desk->cli, counts.lost);

    status = write_report(desk, &text, counts, &err) ? cli_status(desk->cli, 0)
                                                     : cli_fail(desk->cli, &err);
    buf_release(&text);
    report_free(report);
    return status;
}

int cmd_report(struct cli *cli)
{
    struct desk desk = { .cli = cli };
    const char *path = cli->values[OPT_REPORT_OUT];
    struct err err = { 0 };
    int status;

    if (cli->format != FORMAT_PLAIN)
        return cli_usage(cli, "'report' has neither '--json' nor '--tsv'; 'board' and 'list' have");
    if (cli->values[OPT_REPORT_HTML] && cli->values[OPT_REPORT_MD])
        return cli_usage(cli, "'--html' and '--md' exclude each other");
    if ((path && !check_file(cli, path, &err)) || !find_event(&desk, &err) ||
        !load_texts(&desk, &err) || !load_readings(&desk, &err))
        status = cli_fail(cli, &err);
    else if (!desk.reading_count)
        status = say_nothing(cli, "there is no reading of this event to be shown");
    else
        status = make(&desk);
    desk_release(&desk);
    return status;
}
