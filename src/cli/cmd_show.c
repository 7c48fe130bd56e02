// show: an article with its claims, line by line, for a pipe, a screen reader or a review.
// Marks stand in the text as [1 ... ]1; the claims of a paragraph are listed under it.
#include "cli/claim_text.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/talk.h"
#include "store/old_text.h"
#include "text/article.h"

// One end of a part of a claim, in the text.
struct bracket {
    size_t pos; // byte
    bool is_end;
    size_t number; // of the claim, 1-based
    size_t length; // of the part: the longer one opens first and closes last
};

static const char *const tsv_columns[] = {
    "#number", "#line", "#start",    "#end",          "id",          "annotator", "quote", "says",
    "type",    "topic", "contested", "attributed_to", "disputed_by",
};

struct page {
    struct cli *cli;
    struct library library;
    struct hits hits;          // in order of position; number of a claim = index + 1
    struct byte_span *extents; // of each hit in the text; empty: not found
    struct bracket *brackets;  // sorted
    size_t bracket_count, bracket_cap;
    struct fs_text text;
    struct article *article;
    struct anchors **anchors; // of each layer; NULL: not needed yet
    struct buf *olds;         // the text its positions count in, when the article changed
    struct meta_file meta;
    struct sv id;
};

static int compare_brackets(const void *a, const void *b)
{
    const struct bracket *x = a, *y = b;

    if (x->pos != y->pos)
        return x->pos < y->pos ? -1 : 1;
    if (x->is_end != y->is_end)
        return x->is_end ? -1 : 1;
    if (x->length != y->length)
        return (x->length < y->length) == x->is_end ? -1 : 1;
    return (x->number < y->number) == x->is_end ? 1 : -1;
}

static void add_bracket(struct page *page, struct bracket bracket)
{
    MEM_GROW(page->brackets, page->bracket_count, page->bracket_cap);
    page->brackets[page->bracket_count++] = bracket;
}

static struct anchors *anchors_of(struct page *page, const struct library_layer *layer)
{
    size_t i = (size_t)(layer - page->library.layers);

    if (!page->anchors[i]) {
        page->anchors[i] = anchors_new(page->article);
        (void)old_text_use(&page->cli->workspace, page->id, library_layer_of(layer)->head.text,
                           page->text.bytes, "", page->anchors[i], &page->olds[i]);
    }
    return page->anchors[i];
}

// Where the parts of a claim stand now; a part that is lost or doubtful is not marked.
static void place_claim(struct page *page, size_t index)
{
    const struct claim *claim = page->hits.items[index].claim;
    const struct library_layer *layer = page->hits.items[index].layer;
    struct byte_span *extent = &page->extents[index];

    for (size_t i = 0; i < claim->span.count; i++) {
        const struct part *part = claim->span.items[i];
        struct cp_span at = part->at;
        struct quoted quoted = { part->at, part->quote, part->before, part->after, { 0 }, { 0 } };
        enum anchor anchor = anchors_find(anchors_of(page, layer), &quoted, &at);

        if (anchor != ANCHOR_HERE && anchor != ANCHOR_MOVED)
            continue;

        struct byte_span span = article_to_bytes(page->article, at);
        size_t length = span.end - span.beg;

        if (!length)
            continue;
        add_bracket(page, (struct bracket){ span.beg, false, index + 1, length });
        add_bracket(page, (struct bracket){ span.end, true, index + 1, length });
        if (byte_span_is_empty(*extent))
            *extent = span;
        if (span.beg < extent->beg)
            extent->beg = span.beg;
        if (span.end > extent->end)
            extent->end = span.end;
    }
}

static void place_claims(struct page *page)
{
    page->extents = mem_new(page->hits.count * sizeof(*page->extents));
    page->anchors = mem_new((page->library.layer_count + 1) * sizeof(*page->anchors));
    page->olds = mem_new((page->library.layer_count + 1) * sizeof(*page->olds));
    for (size_t i = 0; i < page->hits.count; i++)
        place_claim(page, i);
    if (page->bracket_count)
        qsort(page->brackets, page->bracket_count, sizeof(*page->brackets), compare_brackets);
}

static void add_bracket_text(struct para *para, const struct bracket *bracket)
{
    para_addf(para, STYLE_HEAD, bracket->is_end ? " ]%zu" : "[%zu ", bracket->number);
}

// The bytes [beg, end) of the text with the brackets in them, from *next on.
static void out_line(struct page *page, size_t beg, size_t end, size_t *next)
{
    struct sv text = article_bytes(page->article);
    struct para para = { 0 };
    size_t pos = beg;

    for (; *next < page->bracket_count; ++*next) {
        const struct bracket *bracket = &page->brackets[*next];

        if (bracket->pos > end || (bracket->pos == end && !bracket->is_end))
            break;
        if (bracket->pos > pos) {
            para_add(&para, STYLE_PLAIN, sv_sub(text, pos, bracket->pos));
            pos = bracket->pos;
        }
        add_bracket_text(&para, bracket);
    }
    para_add(&para, STYLE_PLAIN, sv_sub(text, pos, end));
    if (para.text.len)
        out_para(&page->cli->out, &para, 0, 0);
    else
        out_blank(&page->cli->out);
}

// Note or furniture of the text, one paragraph.
static void out_remark(struct out *out, const struct layer *layer, const struct record *rec,
                       const struct part *part, const struct note *note)
{
    struct para para = { 0 };

    para_add(&para, STYLE_LABEL, note ? SV("note ") : SV("furniture "));
    para_add(&para, STYLE_HEAD, rec->id);
    para_addf(&para, STYLE_LABEL, "  %zu-%zu  " SV_FMT "  ", part->at.beg, part->at.end,
              SV_ARG(layer->head.annotator));
    if (note && note->kind.len)
        para_addf(&para, STYLE_PLAIN, SV_FMT " ", SV_ARG(note->kind));
    para_add(&para, STYLE_QUOTE, SV("“"));
    para_add_flat(&para, STYLE_QUOTE, part->quote);
    para_add(&para, STYLE_QUOTE, SV("”"));
    if (note && !sv_is_blank(note->text)) {
        para_add(&para, STYLE_PLAIN, SV(": "));
        para_add_flat(&para, STYLE_PLAIN, sv_trim(note->text));
    }
    out_para(out, &para, 0, 4);
}

// Notes and furniture that begin on the line [beg, end); false when there are none.
static bool out_remarks(struct page *page, size_t beg, size_t end)
{
    static const enum section sections[] = { SECTION_FURNITURE, SECTION_NOTES };
    bool any = false;

    for (size_t i = 0; i < page->library.layer_count; i++) {
        const struct layer *layer = library_layer_of(&page->library.layers[i]);

        for (size_t s = 0; sv_eq(layer->head.article, page->id) && s < ARRAY_LEN(sections); s++) {
            for (size_t j = 0; j < layer->sections[sections[s]].count; j++) {
                const struct record *rec = layer->sections[sections[s]].items[j];
                bool is_note = sections[s] == SECTION_NOTES;
                const struct rec_list *parts = is_note ? &((const struct note *)rec)->span
                                                       : &((const struct furniture *)rec)->span;
                const struct part *part = parts->count ? parts->items[0] : NULL;
                size_t pos = part ? article_pos(page->article, part->at.beg) : SIZE_MAX;

                if (!part || pos < beg || pos >= end)
                    continue;
                out_remark(&page->cli->out, layer, rec, part,
                           is_note ? (const struct note *)rec : NULL);
                any = true;
            }
        }
    }
    return any;
}

// Claims that begin on the line [beg, end).
static void out_claims(struct page *page, size_t beg, size_t end)
{
    struct out *out = &page->cli->out;
    bool any = false;

    for (size_t i = 0; i < page->hits.count; i++) {
        struct byte_span extent = page->extents[i];

        if (byte_span_is_empty(extent) || extent.beg < beg || extent.beg >= end)
            continue;
        if (!any)
            out_blank(out);
        any = true;
        out_claim(out, &page->library, &page->hits.items[i], i + 1);
    }
    if (out_remarks(page, beg, end) || any)
        out_blank(out);
}

static void out_lost(struct page *page)
{
    struct out *out = &page->cli->out;
    struct para para = { 0 };
    bool any = false;

    for (size_t i = 0; i < page->hits.count; i++) {
        if (!byte_span_is_empty(page->extents[i]))
            continue;
        if (!any) {
            out_blank(out);
            para_add(&para, STYLE_WARNING, SV("Not found in the text as it is now:"));
            out_para(out, &para, 0, 0);
        }
        any = true;
        out_claim(out, &page->library, &page->hits.items[i], i + 1);
    }
}

static void out_meta(struct page *page)
{
    const struct kind *kind = kind_get(KIND_META);
    struct para para = { 0 };

    para_add(&para, STYLE_HEAD, page->id);
    out_para(&page->cli->out, &para, 0, 0);
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        const struct sv *value = field_get(&page->meta.meta, field); // all of them are text

        if (sv_is_blank(*value))
            continue;
        para_addf(&para, STYLE_LABEL, "%s: ", field->key);
        para_add_flat(&para, STYLE_PLAIN, sv_trim(*value));
        out_para(&page->cli->out, &para, 0, 4);
    }
    out_blank(&page->cli->out);
}

static void print_plain(struct page *page)
{
    struct sv text = article_bytes(page->article);
    size_t pos = 0, next = 0;

    out_meta(page);
    while (pos < text.len) {
        size_t end = article_line_end(page->article, pos);
        size_t after = article_line_next(page->article, pos);

        out_line(page, pos, end, &next);
        out_claims(page, pos, after > pos ? after : text.len + 1);
        pos = after;
    }
    out_lost(page);
}

// A layer as its file has it, head and sections.
static struct jnode *layer_node(const struct layer *layer)
{
    struct jnode *map = jnode_map(), *read = jnode_list();

    jnode_set_text(map, "annotator", layer->head.annotator);
    if (layer->head.state.len)
        jnode_set_text(map, "state", layer->head.state);
    if (layer->head.guideline.len)
        jnode_set_text(map, "guideline", layer->head.guideline);
    if (layer->head.text)
        jnode_set(map, "text", jnode_record(KIND_TEXT_STATE, layer->head.text));
    for (int s = 0; s < SECTION__N; s++) {
        const struct section_info *info = section_get((enum section)s);
        struct jnode *list = jnode_list();

        for (size_t i = 0; i < layer->sections[s].count; i++)
            jnode_add(list, jnode_record(info->kind, layer->sections[s].items[i]));
        jnode_set(map, info->key, list);
    }
    for (size_t i = 0; i < layer->head.read.count; i++) {
        struct jnode *span = jnode_list();

        jnode_add(span, jnode_count(layer->head.read.items[i].beg));
        jnode_add(span, jnode_count(layer->head.read.items[i].end));
        jnode_add(read, span);
    }
    jnode_set(map, "read", read);
    return map;
}

static void print_json(struct page *page)
{
    struct jnode *map = jnode_map(), *layers = jnode_list(), *claims = jnode_list();

    jnode_set_text(map, "article", page->id);
    jnode_set(map, "meta", jnode_record(KIND_META, &page->meta.meta));
    jnode_set(map, "text", jnode_text(article_bytes(page->article)));
    for (size_t i = 0; i < page->library.layer_count; i++) {
        const struct layer *layer = library_layer_of(&page->library.layers[i]);

        if (sv_eq(layer->head.article, page->id))
            jnode_add(layers, layer_node(layer));
    }
    jnode_set(map, "layers", layers);
    for (size_t i = 0; i < page->hits.count; i++)
        jnode_add(claims, claim_node(&page->library, &page->hits.items[i]));
    jnode_set(map, "claims", claims);
    jnode_print(map, &page->cli->out.text);
    jnode_free(map);
}

// A row for each claim with the number it has in the plain text, and where its words stand now.
static void print_tsv(struct page *page)
{
    struct table table;

    table_init(&table, tsv_columns, ARRAY_LEN(tsv_columns));
    for (size_t i = 0; i < page->hits.count; i++) {
        const struct hit *hit = &page->hits.items[i];
        struct cp_span at = article_to_cp(page->article, page->extents[i]);
        bool is_here = !byte_span_is_empty(page->extents[i]);
        struct buf quote = { 0 }, voices = { 0 }, by = { 0 };

        claim_quote(hit->claim, &quote);
        claim_voices(hit->claim, &voices);
        claim_disputed_by(&page->library, hit, &by);
        table_addf(&table, "%zu", i + 1);
        for (size_t k = 0; !is_here && k < 3; k++)
            table_add(&table, SV(""));
        if (is_here) {
            table_addf(&table, "%zu", article_line_number(page->article, page->extents[i].beg));
            table_addf(&table, "%zu", at.beg);
            table_addf(&table, "%zu", at.end);
        }
        table_add(&table, hit->claim->id);
        table_add(&table, library_layer_of(hit->layer)->head.annotator);
        table_add(&table, buf_sv(&quote));
        table_add(&table, hit->claim->says);
        table_add(&table, hit->claim->type);
        table_add(&table, hit->claim->topic);
        table_add(&table, hit->flags & CLAIM_CONTESTED ? SV("yes") : SV("no"));
        table_add(&table, buf_sv(&voices));
        table_add(&table, buf_sv(&by));
        buf_release(&quote);
        buf_release(&voices);
        buf_release(&by);
    }
    table_print(&table, FORMAT_TSV, &page->cli->out);
    table_release(&table);
}

// Claims of this article alone, out of all: links from other articles are seen that way.
static bool load(struct page *page, const char *typed, struct err *err)
{
    struct workspace *ws = &page->cli->workspace;
    struct findings findings = { 0 };
    struct buf path = { 0 };
    struct err meta_err = { 0 };
    bool ok = false;
    size_t kept = 0;

    if (!workspace_resolve(ws, typed, &page->id, err))
        return false;
    workspace_text_path(ws, page->id, &path);
    if (!fs_text_open(buf_cstr(&path), &page->text, err))
        goto out;
    page->article = article_new(page->text.bytes);
    if (!meta_file_load(ws, page->id, &page->meta, &findings, &meta_err))
        (void)cli_fail(page->cli, &meta_err);
    if (!library_load(page->cli, (struct sv){ 0 }, &page->library, err) ||
        !library_find(page->cli, &page->library, 0, page->cli->operand_count, &page->hits, err))
        goto out;
    talk_find(page->cli, &page->library, page->id);
    for (size_t i = 0; i < page->hits.count; i++)
        if (sv_eq(library_layer_of(page->hits.items[i].layer)->head.article, page->id))
            page->hits.items[kept++] = page->hits.items[i];
    page->hits.count = kept;
    ok = true;
out:
    findings_release(&findings);
    buf_release(&path);
    return ok;
}

static void page_release(struct page *page)
{
    for (size_t i = 0; page->anchors && i < page->library.layer_count; i++) {
        anchors_free(page->anchors[i]);
        buf_release(&page->olds[i]);
    }
    mem_free(page->anchors);
    mem_free(page->olds);
    hits_release(&page->hits);
    library_release(&page->library);
    meta_file_release(&page->meta);
    article_free(page->article);
    fs_text_release(&page->text);
    mem_free(page->extents);
    mem_free(page->brackets);
}

int cmd_show(struct cli *cli)
{
    struct page page = { .cli = cli };
    struct err err = { 0 };

    cli->may_page = true;
    if (!load(&page, cli->operands[0], &err)) {
        (void)cli_fail(cli, &err);
    } else if (cli->format == FORMAT_JSON) {
        print_json(&page);
    } else {
        place_claims(&page);
        (cli->format == FORMAT_TSV ? print_tsv : print_plain)(&page);
    }
    page_release(&page);
    return cli_status(cli, 0);
}
