// Where the main text of a page is: words are counted for the elements around them, links against.
// Declared in exchange/extract_inner.h. The measures are those that are known to work on the news
// (Readability): a block counts whole for its parent, half for the next, a sixth, a ninth, a
// twelfth further up.
#include "exchange/extract_inner.h"

#include <string.h>

#define BLOCK_LEAST  25   // code points; shorter ones say nothing about where the text is
#define LEVELS       5    // elements around a block that it counts for
#define BEST_COUNT   5    // candidates that are compared
#define NEARLY_BEST  0.75 // of the best score: the text may be spread over several of such
#define SPREAD_LEAST 3    // so many of them stand under one element: that is the one
#define JOIN_SHARE   0.2  // of the best score: a sibling joins
#define JOIN_LEAST   10.0
#define JOIN_LENGTH  80   // code points of a paragraph that joins on its own
#define JOIN_LINKED  0.25 // link density of such

struct choice {
    struct attempt *attempt;
    double *scores; // per node; 0: no candidate
    bool *is_scored;
};

static const struct html_node *node_at(const struct choice *choice, size_t i)
{
    return &choice->attempt->html->nodes[i];
}

static bool is_root(const struct choice *choice, size_t i)
{
    return node_at(choice, i)->tag == HTML_BODY || node_at(choice, i)->tag == HTML_HTML;
}

void extract_sum(struct attempt *attempt)
{
    const struct html *html = attempt->html;
    struct page_sums sum = { 0 };
    size_t b = 0;

    for (size_t i = 0; i < html->count; i++) {
        attempt->sums[i] = sum;
        if (attempt->marks[i].why) { // nothing of what is left out counts
            for (; i + 1 < html->nodes[i].end; i++)
                attempt->sums[i + 1] = sum;
        }
        sum.pictures += html->nodes[i].tag == HTML_IMG;
        sum.inputs += html->nodes[i].tag == HTML_INPUT;
        while (b < attempt->blocks.count && attempt->blocks.items[b].node < i)
            b++;
        for (; b < attempt->blocks.count && attempt->blocks.items[b].node == i; b++) {
            const struct page_block *block = &attempt->blocks.items[b];

            if (attempt->block_marks[b].why)
                continue;
            sum.length += block->length;
            sum.linked += block->linked;
            sum.commas += block->commas;
            sum.paragraphs += block->kind == PROSE_PARAGRAPH || block->kind == PROSE_QUOTE;
            sum.items += block->kind == PROSE_ITEM;
            sum.headings += block->kind == PROSE_HEADING ? block->length : 0;
        }
    }
    attempt->sums[html->count] = sum;
}

struct page_sums extract_range(const struct attempt *attempt, size_t node)
{
    struct page_sums from = attempt->sums[node], to = attempt->sums[attempt->html->nodes[node].end];

    return (struct page_sums){
        .length = to.length - from.length,
        .linked = to.linked - from.linked,
        .commas = to.commas - from.commas,
        .paragraphs = to.paragraphs - from.paragraphs,
        .items = to.items - from.items,
        .headings = to.headings - from.headings,
        .pictures = to.pictures - from.pictures,
        .inputs = to.inputs - from.inputs,
    };
}

double extract_link_density(const struct page_sums *sums)
{
    return sums->length ? (double)sums->linked / (double)sums->length : 0;
}

// A run of text directly in an element that holds other blocks too counts for that element; one
// that is all of its element counts for the element's parent.
static size_t place_of(const struct choice *choice, const struct page_block *block)
{
    const struct html_node *node = node_at(choice, block->container);
    enum html_tag tag = node->tag;
    struct page_sums sums = extract_range(choice->attempt, block->container);

    if (tag == HTML_DIV && sums.length > block->length)
        return block->container;
    return node->parent;
}

static void add_block(struct choice *choice, const struct page_block *block)
{
    double score =
        2 + (double)block->commas + (block->length < 300 ? (double)block->length / 100 : 3);
    size_t node = place_of(choice, block);

    for (size_t level = 0; level < LEVELS && node_at(choice, node)->tag != HTML_HTML; level++) {
        if (!choice->is_scored[node]) {
            choice->is_scored[node] = true;
            choice->scores[node] =
                html_score(node_at(choice, node)->tag) + choice->attempt->weights[node];
        }
        choice->scores[node] += level == 0   ? score
                                : level == 1 ? score / 2
                                             : score / (3 * (double)level);
        node = node_at(choice, node)->parent;
    }
}

static void score_all(struct choice *choice)
{
    const struct attempt *attempt = choice->attempt;

    for (size_t b = 0; b < attempt->blocks.count; b++) {
        const struct page_block *block = &attempt->blocks.items[b];

        if (block->length >= BLOCK_LEAST && block->kind != PROSE_ITEM &&
            block->kind != PROSE_CAPTION)
            add_block(choice, block);
    }
    for (size_t i = 0; i < attempt->html->count; i++) {
        struct page_sums sums = extract_range(attempt, i);

        if (choice->is_scored[i])
            choice->scores[i] *= 1 - extract_link_density(&sums);
    }
}

// The best candidates, the best first; as many as there are, up to BEST_COUNT.
static size_t find_best(const struct choice *choice, size_t *best)
{
    size_t count = 0;

    for (size_t i = 0; i < choice->attempt->html->count; i++) {
        size_t at = count;

        if (!choice->is_scored[i])
            continue;
        while (at && choice->scores[best[at - 1]] < choice->scores[i])
            at--;
        if (at == BEST_COUNT)
            continue;
        count += count < BEST_COUNT;
        memmove(&best[at + 1], &best[at], (count - at - 1) * sizeof(*best));
        best[at] = i;
    }
    return count;
}

// Where several candidates are nearly as good, the text is spread: the nearest element around them.
static size_t spread_over(const struct choice *choice, const size_t *best, size_t count)
{
    size_t node = node_at(choice, best[0])->parent;

    for (; !is_root(choice, node); node = node_at(choice, node)->parent) {
        size_t inside = 0;

        for (size_t i = 1; i < count; i++)
            inside += choice->scores[best[i]] >= NEARLY_BEST * choice->scores[best[0]] &&
                      html_is_in(choice->attempt->html, best[i], node);
        if (inside >= SPREAD_LEAST)
            return node;
    }
    return best[0];
}

static size_t element_children(const struct choice *choice, size_t node)
{
    size_t count = 0;

    for (size_t i = node + 1; i < node_at(choice, node)->end && count < 2;
         i = node_at(choice, i)->end) {
        struct page_sums sums = extract_range(choice->attempt, i);

        count += node_at(choice, i)->tag != HTML_TEXT && sums.length;
    }
    return count;
}

// Up to a parent that scores better still, and as long as there is nothing else in the parent.
static size_t widen(const struct choice *choice, size_t top)
{
    double last = choice->scores[top], least = last / 3;
    size_t node = node_at(choice, top)->parent;

    for (; !is_root(choice, node); node = node_at(choice, node)->parent) {
        if (!choice->is_scored[node])
            continue;
        if (choice->scores[node] < least)
            break;
        if (choice->scores[node] > last) {
            top = node;
            break;
        }
        last = choice->scores[node];
    }
    for (node = node_at(choice, top)->parent;
         !is_root(choice, node) && element_children(choice, node) == 1;
         node = node_at(choice, node)->parent)
        top = node;
    return top;
}

// A live blog is all its posts: the outermost element around the best that is named so.
static size_t live_around(const struct choice *choice, size_t top)
{
    size_t live = top;

    for (size_t node = top; !is_root(choice, node); node = node_at(choice, node)->parent) {
        struct page_sums sums = extract_range(choice->attempt, node);

        if (furniture_names(node_at(choice, node)).is_live &&
            extract_link_density(&sums) < JOIN_LINKED)
            live = node;
    }
    return live;
}

static bool ends_sentence(struct sv text)
{
    size_t dot = sv_find(text, SV(". "), 0);

    return dot < text.len || sv_ends(text, SV(".")) || sv_ends(text, SV("\xe3\x80\x82"));
}

static bool joins(const struct choice *choice, size_t top, size_t sibling)
{
    struct sv class = html_attr(node_at(choice, top), "class");
    double score = choice->scores[sibling], best = choice->scores[top];

    if (class.len && sv_eq(class, html_attr(node_at(choice, sibling), "class")))
        score += best * JOIN_SHARE;
    return choice->is_scored[sibling] &&
           score >= (best * JOIN_SHARE > JOIN_LEAST ? best * JOIN_SHARE : JOIN_LEAST);
}

// A paragraph of its own beside the best one.
static bool joins_as_paragraph(const struct page_block *block)
{
    double linked = block->length ? (double)block->linked / (double)block->length : 1;

    if (block->kind != PROSE_PARAGRAPH)
        return false;
    return block->length > JOIN_LENGTH ? linked < JOIN_LINKED
                                       : !block->linked && ends_sentence(block->text);
}

static void choose_siblings(struct choice *choice, size_t top)
{
    struct attempt *attempt = choice->attempt;
    size_t parent = node_at(choice, top)->parent, b = 0;

    for (size_t i = parent + 1; i < node_at(choice, parent)->end; i = node_at(choice, i)->end) {
        bool is_chosen = i == top || joins(choice, top, i);
        size_t first;

        while (b < attempt->blocks.count && attempt->blocks.items[b].node < i)
            b++;
        first = b;
        while (b < attempt->blocks.count && attempt->blocks.items[b].node < node_at(choice, i)->end)
            b++;
        if (!is_chosen && b == first + 1)
            is_chosen = joins_as_paragraph(&attempt->blocks.items[first]);
        attempt->is_chosen[i] = is_chosen;
    }
}

void extract_choose(struct attempt *attempt)
{
    size_t nodes = attempt->html->count, best[BEST_COUNT + 1], count;
    struct choice choice = { attempt, mem_new(nodes * sizeof(double)), mem_new(nodes) };

    memset(attempt->is_chosen, 0, nodes);
    score_all(&choice);
    count = find_best(&choice, best);
    if (!count || is_root(&choice, best[0])) {
        attempt->is_chosen[0] = true;
    } else {
        size_t top = widen(&choice, spread_over(&choice, best, count));

        choose_siblings(&choice, live_around(&choice, top));
    }
    mem_free(choice.scores);
    mem_free(choice.is_scored);
}
