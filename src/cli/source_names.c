// sources --names: the forms that the articles of an event use for one source, side by side.
// Counts nothing itself: model/mention.h does.
#include "cli/source_names.h"

#include "base/visible.h"
#include "model/mention.h"
#include "model/source_tree.h"
#include "text/article.h"
#include "text/glyph.h"

#define NAME_COLS_MAX 44 // a longer name pushes its counts to the right

static const char *const columns[] = { "event", "source",  "name",   "kind",      "part_of",
                                       "form",  "article", "#count", "#doubtful", "rival" };

struct named_text {
    struct sv id; // of the article
    struct fs_text file;
    struct byte_span *skip;
    size_t skip_count, skip_cap;
};

struct event {
    struct cli *cli;
    const struct library *library;
    struct sv name;
    struct named_text *texts;
    size_t count, cap;
    struct mentions mentions;
};

static bool is_wanted(const struct hits *hits, struct sv article)
{
    for (size_t i = 0; hits && i < hits->count; i++)
        if (sv_eq(library_layer_of(hits->items[i].layer)->head.article, article))
            return true;
    return !hits;
}

// Furniture of every annotator.
static void add_skips(const struct library *library, struct named_text *text)
{
    struct article *article = article_new(text->file.bytes);

    for (size_t i = 0; i < library->layer_count; i++) {
        const struct layer *layer = library_layer_of(&library->layers[i]);

        for (size_t k = 0;
             sv_eq(layer->head.article, text->id) && k < layer->sections[SECTION_FURNITURE].count;
             k++) {
            const struct furniture *furniture = layer->sections[SECTION_FURNITURE].items[k];

            for (size_t p = 0; p < furniture->span.count; p++) {
                const struct part *part = furniture->span.items[p];

                MEM_GROW(text->skip, text->skip_count, text->skip_cap);
                text->skip[text->skip_count++] = article_to_bytes(article, part->at);
            }
        }
    }
    article_free(article);
}

static void add_text(struct event *event, struct sv id)
{
    struct named_text text = { .id = id };
    struct buf path = { 0 };
    struct err err = { 0 };

    workspace_text_path(&event->cli->workspace, id, &path);
    if (fs_text_open(buf_cstr(&path), &text.file, &err)) {
        add_skips(event->library, &text);
        MEM_GROW(event->texts, event->count, event->cap);
        event->texts[event->count++] = text;
    } else {
        (void)cli_fail(event->cli, &err); // the others still answer
    }
    buf_release(&path);
}

static void count_names(struct event *event)
{
    struct mention_text *texts = mem_new((event->count + 1) * sizeof(*texts));

    for (size_t i = 0; i < event->count; i++)
        texts[i] = (struct mention_text){ event->texts[i].file.bytes, event->texts[i].skip,
                                          event->texts[i].skip_count };
    mentions_count(&event->library->registry.registry, texts, event->count, &event->mentions);
    mem_free(texts);
}

static void event_clear(struct event *event)
{
    for (size_t i = 0; i < event->count; i++) {
        fs_text_release(&event->texts[i].file);
        mem_free(event->texts[i].skip);
    }
    event->count = 0;
    mentions_release(&event->mentions);
}

static bool is_met(const struct event *event, const struct mention *mention)
{
    for (size_t i = 0; i < event->count; i++)
        if (mention->counts[i] || mention->doubtful[i])
            return true;
    return false;
}

// ---- TSV and JSON

static void add_rows(const struct event *event, struct table *table)
{
    for (size_t i = 0; i < event->mentions.count; i++) {
        const struct mention *mention = &event->mentions.items[i];

        for (size_t k = 0; k < event->count; k++) {
            table_add(table, event->name);
            table_add(table, mention->source->id);
            table_add(table, mention->source->name);
            table_add(table, mention->source->kind);
            table_add(table, mention->source->part_of);
            table_add(table, mention->name);
            table_add(table, event->texts[k].id);
            table_addf(table, "%zu", mention->counts[k]);
            table_addf(table, "%zu", mention->doubtful[k]);
            table_add(table, mention->rival ? mention->rival->id : SV(""));
        }
    }
}

// ---- plain

// A line: what stands at the left, and a cell for each article.
static void put_line(const struct event *event, size_t indent, struct sv left, int cols,
                     void (*cell)(const void *ctx, size_t text, struct buf *out), const void *ctx)
{
    struct buf *out = &event->cli->out.text, word = { 0 };
    int used = (int)indent + glyph_cols(left);

    buf_add_fill(out, ' ', indent);
    visible_add(out, left);
    for (size_t i = 0; i < event->count; i++) {
        int width = glyph_cols(article_name(event->texts[i].id));

        width = (width < 4 ? 4 : width) + 2;
        buf_clear(&word);
        cell(ctx, i, &word);
        cols += width;
        if (cols - used - glyph_cols(buf_sv(&word)) > 0)
            buf_add_fill(out, ' ', (size_t)(cols - used - glyph_cols(buf_sv(&word))));
        else
            buf_add_char(out, ' ');
        visible_add(out, buf_sv(&word));
        used = cols;
    }
    buf_release(&word);
}

static void article_cell(const void *ctx, size_t text, struct buf *out)
{
    const struct event *event = ctx;

    buf_add(out, article_name(event->texts[text].id));
}

static void count_cell(const void *ctx, size_t text, struct buf *out)
{
    const struct mention *mention = ctx;

    if (mention->doubtful[text])
        buf_addf(out, "%zu?", mention->doubtful[text]);
    else if (mention->counts[text])
        buf_addf(out, "%zu", mention->counts[text]);
    else
        buf_add_char(out, '-');
}

static void put_part(struct buf *out, const char *before, struct sv text)
{
    buf_add_cstr(out, before);
    visible_add(out, text);
}

// Name, id and kind of a source, then its forms.
static void put_source(const struct event *event, const struct source_node *node, int cols)
{
    const struct source *source = node->source;
    struct buf *out = &event->cli->out.text;
    size_t indent = 2 * node->depth;

    buf_add_fill(out, ' ', indent);
    visible_add(out, registry_name(&event->library->registry.registry, source->id));
    if (source->name.len)
        put_part(out, "  ", source->id);
    if (source->kind.len)
        put_part(out, "  ", source->kind);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < event->mentions.count; i++) {
        const struct mention *mention = &event->mentions.items[i];

        if (mention->source != source || !is_met(event, mention))
            continue;
        put_line(event, indent + 4, mention->name, cols, count_cell, mention);
        if (mention->rival)
            put_part(out, "  also a name of ", mention->rival->id);
        buf_add_char(out, '\n');
    }
}

static bool is_source_met(const struct event *event, const struct source *source)
{
    for (size_t i = 0; i < event->mentions.count; i++)
        if (event->mentions.items[i].source == source && is_met(event, &event->mentions.items[i]))
            return true;
    return false;
}

// Is the source, or one below it, met?
static bool is_shown(const struct event *event, const struct source_node *nodes, size_t count,
                     size_t at)
{
    size_t end = at + 1;

    while (end < count && nodes[end].depth > nodes[at].depth)
        end++;
    for (; at < end; at++)
        if (is_source_met(event, nodes[at].source))
            return true;
    return false;
}

static int name_cols(const struct event *event, const struct source_node *nodes, size_t count)
{
    int most = glyph_cols(event->name);

    for (size_t n = 0; n < count; n++) {
        for (size_t i = 0; i < event->mentions.count; i++) {
            const struct mention *mention = &event->mentions.items[i];
            int cols = glyph_cols(mention->name) + 4 + 2 * (int)nodes[n].depth;

            if (mention->source == nodes[n].source && is_met(event, mention) && cols > most)
                most = cols;
        }
    }
    return most < NAME_COLS_MAX ? most : NAME_COLS_MAX;
}

static void print_plain(const struct event *event)
{
    struct buf *out = &event->cli->out.text;
    struct source_node *nodes;
    size_t count = source_tree(&event->library->registry.registry, &nodes), left_out = 0;
    int cols = name_cols(event, nodes, count);

    out_blank(&event->cli->out);
    put_line(event, 0, event->name.len ? event->name : SV("corpus"), cols, article_cell, event);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < count; i++) {
        if (is_shown(event, nodes, count, i))
            put_source(event, &nodes[i], cols);
        else
            left_out++;
    }
    if (left_out)
        buf_addf(out, "%zu of the registry's sources not named here\n", left_out);
    mem_free(nodes);
}

int source_names(struct cli *cli, const struct library *library, const struct hits *hits)
{
    const struct fs_names *articles = workspace_articles(&cli->workspace);
    struct event event = { .cli = cli, .library = library };
    struct table table;
    size_t any = 0;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < articles->count;) {
        event.name = article_event(sv_from(articles->items[i]));
        for (; i < articles->count && sv_eq(article_event(sv_from(articles->items[i])), event.name);
             i++)
            if (is_wanted(hits, sv_from(articles->items[i])))
                add_text(&event, sv_from(articles->items[i]));
        any += event.count;
        count_names(&event);
        if (event.count && cli->format == FORMAT_PLAIN)
            print_plain(&event);
        else if (event.count)
            add_rows(&event, &table);
        event_clear(&event);
    }
    if (cli->format != FORMAT_PLAIN)
        table_print(&table, cli->format, &cli->out);
    table_release(&table);
    mem_free(event.texts);
    return cli_status(cli, any ? 0 : 1);
}
