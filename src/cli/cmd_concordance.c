// concordance: every occurrence of a pattern in its context, one a line, the occurrences below each
// other, with who says it there; sorted by what is asked for. Says of a claim only what its reading
// has: who speaks in the shortest one that covers the occurrence.
#include "cli/claim_text.h"
#include "cli/completion.h"
#include "cli/search.h"

#include <stdint.h>
#include <stdlib.h>

#include "model/name.h"
#include "text/around.h"
#include "text/glyph.h"

#define CONTEXT_MOST 120 // cells collected on either side
#define CONTEXT_PIPE 40  // shown there where nothing sets a width
#define CONTEXT_MIN  10  // narrower than that, columns go
#define REF_MOST     28  // cells of an article's name and line
#define SOURCE_MOST  20
#define MATCH_MOST   24
#define GAP          2
#define ORDERS       6

static const char *const columns[] = { "article", "published", "#line",     "#start",
                                       "#end",    "claim",     "annotator", "attributed_to",
                                       "before",  "match",     "after" };

struct occurrence {
    struct sv article, published;
    size_t line; // 1-based; 0: in what a claim says
    struct cp_span at;
    const struct hit *hit; // the claim it stands in; NULL: none
    struct sv before, match, after;
    size_t number; // of finding
    const struct concordance *of;
};

struct concordance {
    struct cli *cli;
    struct library library;
    struct hits hits; // claims that occurrences are looked up in
    bool is_where;    // only those in one of these
    struct arena arena;
    struct occurrence *items;
    size_t count, cap;
    struct sv article, published; // of the article at hand
    size_t first_hit, hit_end;    // its claims
    struct meta_file meta;
    size_t orders[ORDERS]; // what it is sorted by, the first first
    size_t order_count;
};

// ---- finding

static struct sv first_source(const struct occurrence *one)
{
    const struct rec_list *voices = one->hit ? &one->hit->claim->attributed_to : NULL;

    return voices && voices->count ? ((const struct voice *)voices->items[0])->source
                                   : (struct sv){ 0 };
}

// The first hit whose article is `id` or comes after it; `is_after`: comes after it. O(log hits)
static size_t hits_from(const struct hits *hits, struct sv id, bool is_after)
{
    size_t low = 0, high = hits->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int diff = sv_cmp(library_layer_of(hits->items[middle].layer)->head.article, id);

        if (diff < 0 || (diff == 0 && is_after))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// What is known of the article at hand: when it appeared, and which claims it has.
static void take_article(struct concordance *c, struct sv id)
{
    struct findings findings = { 0 };
    struct err err = { 0 };

    if (sv_eq(id, c->article))
        return;
    c->article = sv_copy(&c->arena, id);
    c->published = (struct sv){ 0 };
    meta_file_release(&c->meta);
    if (meta_file_load(&c->cli->workspace, id, &c->meta, &findings, &err))
        c->published = sv_copy(&c->arena, c->meta.meta.published);
    else
        err_release(&err); // said by `check`
    findings_release(&findings);
    c->first_hit = hits_from(&c->hits, id, false);
    c->hit_end = hits_from(&c->hits, id, true);
}

// The shortest claim with a part around these code points whose words still stand there.
static const struct hit *claim_around(const struct concordance *c, struct article *article,
                                      struct cp_span at)
{
    const struct hit *best = NULL;
    size_t best_length = SIZE_MAX;

    for (size_t i = c->first_hit; i < c->hit_end; i++) {
        const struct claim *claim = c->hits.items[i].claim;

        for (size_t p = 0; p < claim->span.count; p++) {
            const struct part *part = claim->span.items[p];
            size_t length = part->at.end - part->at.beg;

            if (part->at.beg > at.beg || part->at.end < at.end || length >= best_length)
                continue;
            if (!sv_eq(article_sub(article, article_to_bytes(article, part->at)), part->quote))
                continue;
            best = &c->hits.items[i];
            best_length = length;
        }
    }
    return best;
}

static void add(struct concordance *c, struct occurrence one, const struct around *around)
{
    one.article = c->article;
    one.published = c->published;
    one.before = sv_copy(&c->arena, around->before);
    one.match = sv_copy(&c->arena, around->match);
    one.after = sv_copy(&c->arena, around->after);
    one.number = c->count;
    one.of = c;
    MEM_GROW(c->items, c->count, c->cap);
    c->items[c->count++] = one;
}

static void found_in_text(struct search *search, struct byte_span match)
{
    struct concordance *c = search->ctx;
    struct around around = around_line(search->text, match, CONTEXT_MOST);
    struct occurrence one = { .at = article_to_cp(search->article, match) };

    take_article(c, search->id);
    one.hit = claim_around(c, search->article, one.at);
    if (c->is_where && !one.hit) {
        search->count--; // does not count
        return;
    }
    one.line = search_line(search, match.beg);
    add(c, one, &around);
}

static bool is_searched(const struct search *search, struct sv article)
{
    for (size_t i = 0; i < search->id_count; i++)
        if (sv_eq(search->ids[i], article))
            return true;
    return false;
}

// In what the claims say.
static void search_says(struct concordance *c, const struct search *search)
{
    for (size_t i = 0; i < c->hits.count; i++) {
        const struct hit *hit = &c->hits.items[i];
        struct sv says = hit->claim->says;
        struct byte_span match;

        if (!is_searched(search, library_layer_of(hit->layer)->head.article))
            continue;

        for (size_t from = 0; finder_next(search->finder, says, from, &match); from = match.end) {
            struct around around = around_line(says, match, CONTEXT_MOST);

            take_article(c, library_layer_of(hit->layer)->head.article);
            add(c, (struct occurrence){ .at = parts_extent(hit->claim->span), .hit = hit },
                &around);
            if (match.end == match.beg)
                break;
        }
    }
}

// ---- order

static int by_article(const struct occurrence *a, const struct occurrence *b)
{
    return sv_cmp(a->article, b->article);
}

static int absent_last(struct sv a, struct sv b)
{
    return a.len && b.len ? name_cmp(a, b) : (b.len > 0) - (a.len > 0);
}

static int by_date(const struct occurrence *a, const struct occurrence *b)
{
    return absent_last(a->published, b->published);
}

static int by_source(const struct occurrence *a, const struct occurrence *b)
{
    return absent_last(first_source(a), first_source(b));
}

static int by_match(const struct occurrence *a, const struct occurrence *b)
{
    return name_cmp(a->match, b->match);
}

static int by_after(const struct occurrence *a, const struct occurrence *b)
{
    return name_cmp(sv_trim(a->after), sv_trim(b->after));
}

// The last word of `text`, which is cut off it; empty when there is none.
static struct sv last_word(struct sv *text)
{
    size_t beg;

    *text = sv_trim(*text);
    for (beg = text->len; beg > 0 && text->ptr[beg - 1] != ' ' && text->ptr[beg - 1] != '\t';)
        beg--;

    struct sv word = sv_sub(*text, beg, text->len);

    *text = sv_sub(*text, 0, beg);
    return word;
}

// Word by word, away from the occurrence.
static int by_before(const struct occurrence *a, const struct occurrence *b)
{
    struct sv left = a->before, right = b->before;

    for (;;) {
        struct sv x = last_word(&left), y = last_word(&right);
        int diff = name_cmp(x, y);

        if (diff || !x.len)
            return diff;
    }
}

static const struct {
    const char *name;
    int (*compare)(const struct occurrence *a, const struct occurrence *b);
} orders[ORDERS] = {
    { "article", by_article }, { "date", by_date },     { "source", by_source },
    { "match", by_match },     { "before", by_before }, { "after", by_after },
};

const char *concordance_order(size_t index)
{
    return index < ORDERS ? orders[index].name : NULL;
}

static int compare(const void *a, const void *b)
{
    const struct occurrence *x = a, *y = b;

    for (size_t i = 0; i < x->of->order_count; i++) {
        int diff = orders[x->of->orders[i]].compare(x, y);

        if (diff)
            return diff;
    }
    return (x->number > y->number) - (x->number < y->number);
}

static bool take_order(struct concordance *c, struct sv name, struct err *err)
{
    struct buf list = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        buf_addf(&list, "%s%s", i ? ", " : "", orders[i].name);
        if (!sv_eq_cstr(name, orders[i].name))
            continue;
        buf_release(&list);
        if (c->order_count < ARRAY_LEN(orders))
            c->orders[c->order_count++] = i;
        return true;
    }
    (void)err_set(err, E_USAGE, ERR_NOWHERE, "nothing can be sorted by '" SV_FMT "'; there are %s",
                  SV_ARG(name), buf_cstr(&list));
    buf_release(&list);
    return false;
}

static bool take_orders(struct concordance *c, const char *asked, struct err *err)
{
    struct sv rest = sv_from(asked ? asked : "article"), name;

    while (sv_split(&rest, ',', &name))
        if (!take_order(c, sv_trim(name), err))
            return false;
    return true;
}

// ---- printing

static void print_table(struct concordance *c)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < c->count; i++) {
        const struct occurrence *one = &c->items[i];
        struct buf voices = { 0 };

        if (one->hit)
            claim_voices(one->hit->claim, &voices);
        table_add(&table, one->article);
        table_add(&table, one->published);
        if (one->line)
            table_addf(&table, "%zu", one->line);
        else
            table_add(&table, SV(""));
        table_addf(&table, "%zu", one->at.beg);
        table_addf(&table, "%zu", one->at.end);
        table_add(&table, one->hit ? one->hit->claim->id : SV(""));
        table_add(&table, one->hit ? library_layer_of(one->hit->layer)->head.annotator : SV(""));
        table_add(&table, buf_sv(&voices));
        table_add(&table, one->before);
        table_add(&table, one->match);
        table_add(&table, one->after);
        buf_release(&voices);
    }
    table_print(&table, c->cli->format, &c->cli->out);
    table_release(&table);
}

// "kabul-blast:12", or the claim that says it.
static void add_ref(const struct occurrence *one, struct buf *out)
{
    buf_add(out, article_name(one->article));
    if (one->line)
        buf_addf(out, ":%zu", one->line);
    else
        buf_addf(out, " " SV_FMT, SV_ARG(one->hit->claim->id));
}

static struct sv source_name(const struct concordance *c, const struct occurrence *one)
{
    struct sv id = first_source(one);

    return id.len ? registry_name(&c->library.registry.registry, id) : SV("");
}

struct widths {
    int ref, source, before, match, after; // cells; 0: left out
};

static void widen(int *width, struct sv text, int most)
{
    int cols = glyph_cols(text);

    if (cols > most)
        cols = most;
    if (cols > *width)
        *width = cols;
}

static struct widths measure(const struct concordance *c)
{
    struct widths w = { 0 };
    int cols = c->cli->out.cols;

    for (size_t i = 0; i < c->count; i++) {
        struct buf ref = { 0 };

        add_ref(&c->items[i], &ref);
        widen(&w.ref, buf_sv(&ref), REF_MOST);
        widen(&w.source, source_name(c, &c->items[i]), SOURCE_MOST);
        widen(&w.match, c->items[i].match, MATCH_MOST);
        buf_release(&ref);
    }
    w.before = w.after = CONTEXT_PIPE;
    for (int left; cols;
         w.source ? (w.source = 0) : (w.ref = 0)) { // from the right: what matters least
        left = cols - w.match - 2 - (w.ref ? w.ref + GAP : 0) - (w.source ? w.source + GAP : 0);
        w.before = left / 2;
        w.after = left - left / 2;
        if (w.before >= CONTEXT_MIN || (!w.source && !w.ref))
            break;
    }
    if (w.before < CONTEXT_MIN)
        w.before = w.after = CONTEXT_MIN;
    return w;
}

static struct sv cut_end(struct sv text, int cols)
{
    size_t len = glyph_fit(text, cols, NULL);

    while (len > 0 && text.ptr[len - 1] == ' ')
        len--;
    return sv_sub(text, 0, len);
}

static struct sv cut_beginning(struct sv text, int cols)
{
    int all = glyph_cols(text);

    return all <= cols ? text : sv_sub(text, glyph_fit(text, all - cols, NULL), text.len);
}

static void add_padded(struct para *para, enum style style, struct sv text, int width)
{
    int cols = glyph_cols(text);

    para_add_flat(para, style, text);
    if (cols < width)
        para_addf(para, STYLE_PLAIN, "%*s", width - cols, "");
}

static void print_line(struct concordance *c, const struct widths *w, const struct occurrence *one)
{
    struct sv before = cut_beginning(one->before, w->before);
    struct buf ref = { 0 };
    struct para para = { 0 };
    int missing = w->before - glyph_cols(before);
    bool is_colour = c->cli->out.is_colour;

    add_ref(one, &ref);
    if (w->ref)
        add_padded(&para, STYLE_LABEL, cut_beginning(buf_sv(&ref), w->ref), w->ref + GAP);
    if (w->source)
        add_padded(&para, STYLE_SOURCE, cut_end(source_name(c, one), w->source), w->source + GAP);
    if (missing > 0)
        para_addf(&para, STYLE_PLAIN, "%*s", missing, "");
    para_add_flat(&para, STYLE_PLAIN, before);
    para_add(&para, STYLE_PLAIN, is_colour ? SV("") : SV("["));
    para_add_flat(&para, STYLE_MATCH, one->match);
    para_add(&para, STYLE_PLAIN, is_colour ? SV("") : SV("]"));
    para_add_flat(&para, STYLE_PLAIN, cut_end(one->after, w->after));
    out_long_line(&c->cli->out, &para);
    buf_release(&ref);
}

static void print(struct concordance *c)
{
    struct widths widths;

    if (c->count)
        qsort(c->items, c->count, sizeof(*c->items), compare);
    if (c->cli->format != FORMAT_PLAIN) {
        print_table(c);
        return;
    }
    widths = measure(c);
    for (size_t i = 0; i < c->count; i++)
        print_line(c, &widths, &c->items[i]);
}

// ---- asking

static bool load(struct concordance *c, struct err *err)
{
    const char *where = c->cli->values[OPT_CONCORDANCE_WHERE];
    struct query *query = NULL;
    bool ok = library_load(c->cli, (struct sv){ 0 }, &c->library, err) &&
              (!where || library_ask(c->cli, &c->library, sv_from(where), &query, err));

    if (ok)
        library_match(&c->library, query, 0, &c->hits);
    c->is_where = where;
    query_free(query);
    return ok;
}

static int answer(struct concordance *c)
{
    struct search search = { .cli = c->cli, .found = found_in_text, .ctx = c };
    struct err err = { 0 };

    if (!search_begin(&search, &err))
        return cli_fail(c->cli, &err);
    if (c->cli->values[OPT_CONCORDANCE_SAYS]) {
        search_says(c, &search);
        search.count = c->count;
    } else {
        search_run(&search);
    }
    search_end(&search);
    print(c);
    return search_leave(&search);
}

int cmd_concordance(struct cli *cli)
{
    struct concordance c = { .cli = cli };
    struct err err = { 0 };
    int status;

    cli->may_page = true;
    if (take_orders(&c, cli->values[OPT_CONCORDANCE_SORT], &err) && load(&c, &err))
        status = answer(&c);
    else
        status = cli_fail(cli, &err);
    meta_file_release(&c.meta);
    hits_release(&c.hits);
    library_release(&c.library);
    arena_release(&c.arena);
    mem_free(c.items);
    return status;
}
