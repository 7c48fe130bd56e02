// Parts of the main text that by their shape are no text: lists of links, forms, rows of pictures.
// Declared in exchange/extract_inner.h.
#include "exchange/extract_inner.h"

#define COMMAS_PROVE   10 // so many commas prove prose
#define SHORT          25 // code points
#define LINKED_MOST    0.2
#define LINKED_MOST_OF 0.5 // of an element whose names are for it
#define HEADINGS_MOST  0.9
#define FIELD_EVERY    3  // a field to enter for so many paragraphs is a form
#define CELL_MOST      80 // code points of a cell of data, on average

static bool is_chosen_around(const struct attempt *attempt, size_t node)
{
    for (;; node = attempt->html->nodes[node].parent) {
        if (attempt->is_chosen[node])
            return true;
        if (!node)
            return false;
    }
}

static bool is_under(const struct attempt *attempt, size_t node, enum html_tag tag)
{
    while (node) {
        node = attempt->html->nodes[node].parent;
        if (attempt->html->nodes[node].tag == tag)
            return true;
    }
    return false;
}

// The first block at or behind a node.
static size_t first_block(const struct attempt *attempt, size_t node)
{
    size_t low = 0, high = attempt->blocks.count;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (attempt->blocks.items[mid].node < node)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void drop(struct attempt *attempt, size_t node, const char *why)
{
    size_t end = first_block(attempt, attempt->html->nodes[node].end);

    for (size_t b = first_block(attempt, node); b < end; b++)
        if (!attempt->block_marks[b].why)
            attempt->block_marks[b].why = why;
}

// A table of data and not of layout: a head, or short cells in rows.
static bool is_data_table(const struct attempt *attempt, size_t table)
{
    const struct html *html = attempt->html;
    size_t rows = 0, cells = 0;
    struct page_sums sums = extract_range(attempt, table);

    if (sv_eq_cstr(html_attr(&html->nodes[table], "role"), "presentation"))
        return false;
    for (size_t i = table + 1; i < html->nodes[table].end; i++) {
        enum html_tag tag = html->nodes[i].tag;

        if (tag == HTML_TABLE)
            return false;
        if (tag == HTML_CAPTION || tag == HTML_THEAD || tag == HTML_TH)
            return true;
        rows += tag == HTML_TR;
        cells += tag == HTML_TD;
    }
    return rows >= 2 && cells >= 2 * rows && sums.length <= cells * CELL_MOST;
}

static const char *why_no_text(const struct attempt *attempt, size_t node)
{
    const struct html_node *element = &attempt->html->nodes[node];
    struct page_sums sums = extract_range(attempt, node);
    double linked = extract_link_density(&sums);
    bool is_list = element->tag == HTML_UL || element->tag == HTML_OL;
    bool is_figure = is_under(attempt, node, HTML_FIGURE);
    int weight = attempt->weights[node];

    if (!sums.length)
        return NULL;
    if (weight < 0)
        return "by its name";
    if (sums.commas >= COMMAS_PROVE)
        return NULL;
    if (sums.pictures > 1 && 2 * sums.paragraphs < sums.pictures && !is_figure && sums.length < 400)
        return "mostly pictures";
    if (!is_list && sums.items > sums.paragraphs + 100)
        return "mostly lists";
    if (sums.inputs > sums.paragraphs / FIELD_EVERY)
        return "a form";
    if (!is_list && !is_figure && sums.length < SHORT && sums.linked &&
        (double)sums.headings < HEADINGS_MOST * (double)sums.length)
        return "short, with links";
    if (linked > (weight > 0 ? LINKED_MOST_OF : LINKED_MOST) &&
        (!is_list || linked > LINKED_MOST_OF))
        return "mostly links";
    return NULL;
}

static void clean_kind(struct attempt *attempt, enum html_tag tag)
{
    const struct html *html = attempt->html;

    extract_sum(attempt);
    for (size_t i = html->count; i-- > 1;) {
        const char *why;

        if (html->nodes[i].tag != tag || attempt->is_chosen[i] || !is_chosen_around(attempt, i) ||
            (tag == HTML_TABLE ? is_data_table(attempt, i) : is_under(attempt, i, HTML_TABLE)))
            continue;
        why = why_no_text(attempt, i);
        if (why)
            drop(attempt, i, why);
    }
}

void extract_clean(struct attempt *attempt)
{
    static const enum html_tag kinds[] = { HTML_FORM, HTML_TABLE, HTML_UL,
                                           HTML_OL,   HTML_DIV,   HTML_SECTION };

    for (size_t i = 0; attempt->strict.by_shape && i < ARRAY_LEN(kinds); i++)
        clean_kind(attempt, kinds[i]);
}
