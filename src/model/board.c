// The dispute board: its rows for a query and in an order, grouped by topic.
// Never decides who is right: weight is what kind of thing differs.
#include "model/board.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "model/board_inner.h"
#include "model/decision.h"
#include "model/name.h"

static const struct {
    const char *name, *help;
} weights[BOARD_WEIGHT__N] = {
    [BOARD_STRICT] = { "strict", "both cannot be true" },
    [BOARD_NUMBER] = { "numbers", "how many or how much" },
    [BOARD_SCENE] = { "scene", "place, time or sequence" },
    [BOARD_ACTOR] = { "perpetrator", "who did it" },
    [BOARD_SPEAKER] = { "same-speaker", "one source says both" },
    [BOARD_DISPUTE] = { "dispute", "disputed on another point" },
    [BOARD_REFRAMING] = { "reframing", "the same in another light or mouth" },
    [BOARD_AGREEMENT] = { "agreement", "both say so" },
    [BOARD_ALONE] = { "one-sided", "what only one article has" },
};

// What a row of a claim alone has for a link in the eyes of a query.
static const struct link no_link = { 0 };

// A board being shown.
struct viewing {
    const struct board_base *base;
    const struct board_input *in;
    struct board *out;
    size_t *rows; // indices of those that are kept
    size_t count;
    const struct claim **matching; // open hash of the claims that match; NULL: each row asks
    size_t matching_cap;           // a power of two, at most half full
    struct board_topic *topics;    // of each of the base's
    size_t *moved;                 // where it stands in `out`
};

// The slot of a claim, or the free one where it belongs.
static size_t slot_of(const struct viewing *view, const struct claim *claim)
{
    size_t mask = view->matching_cap - 1;
    size_t i = (size_t)((uintptr_t)claim * UINT64_C(0x9e3779b97f4a7c15) >> 32) & mask;

    while (view->matching[i] && view->matching[i] != claim)
        i = (i + 1) & mask;
    return i;
}

static bool is_asked(const struct viewing *view, const struct board_side *side,
                     const struct link *link)
{
    const struct board_input *in = view->in;
    struct query_ctx ctx = { .derived = in->derived, .registry = in->registry, .only = link };

    if (!side->claim)
        return false;
    if (view->matching)
        return view->matching[slot_of(view, side->claim)];
    return query_matches(in->query, &ctx, side->layer, side->claim);
}

static bool is_kept(const struct viewing *view, const struct board_row *row)
{
    if (!view->in->query)
        return true;
    if (row->link)
        return is_asked(view, &row->left, row->link) || is_asked(view, &row->right, row->link);

    const struct board_side *side = row->left.claim ? &row->left : &row->right;

    return is_asked(view, side, NULL) && is_asked(view, side, &no_link);
}

static void choose_rows(struct viewing *view)
{
    view->rows = mem_new((view->base->count + 1) * sizeof(*view->rows));
    for (size_t i = 0; i < view->base->count; i++) {
        const struct board_row *row = &view->base->rows[i];
        struct board_topic *topic = &view->topics[row->topic];

        if (!is_kept(view, row))
            continue;
        view->rows[view->count++] = i;
        topic->count++;
        topic->links += row->link != NULL;
        topic->disputes += row->disputes;
        if (row->weight < topic->weight)
            topic->weight = row->weight;
    }
}

static void begin_topics(struct viewing *view)
{
    view->topics = mem_new((view->base->topic_count + 1) * sizeof(*view->topics));
    view->moved = mem_new((view->base->topic_count + 1) * sizeof(*view->moved));
    for (size_t i = 0; i < view->base->topic_count; i++) {
        size_t size = view->in->count * sizeof(size_t);

        view->topics[i].name = view->base->topics[i].name;
        view->topics[i].weight = BOARD_WEIGHT__N;
        view->topics[i].claims = arena_new(&view->out->arena, size);
        if (!view->in->query)
            memcpy(view->topics[i].claims, view->base->topics[i].claims, size);
    }
}

// Room for all claims, where a query says the same of one whichever of its links is looked at.
static void begin_matching(struct viewing *view)
{
    size_t claims = 0;

    if (!view->in->query || query_sees_links(view->in->query))
        return;
    for (size_t i = 0; i < view->in->count; i++)
        claims += view->in->layers[i]->sections[SECTION_CLAIMS].count;
    for (view->matching_cap = 16; view->matching_cap < 2 * claims;)
        view->matching_cap *= 2;
    view->matching = mem_new(view->matching_cap * sizeof(*view->matching));
}

// The claims that match, of each topic.
static void count_claims(struct viewing *view)
{
    const struct board_input *in = view->in;
    struct query_ctx ctx = { .derived = in->derived, .registry = in->registry };

    begin_matching(view);
    for (size_t i = 0; in->query && i < in->count; i++)
        for (size_t j = 0; j < in->layers[i]->sections[SECTION_CLAIMS].count; j++) {
            const struct claim *claim = in->layers[i]->sections[SECTION_CLAIMS].items[j];

            if (!query_matches(in->query, &ctx, in->layers[i], claim)) // nor what is rejected
                continue;
            view->topics[board_base_topic(view->base, claim->topic)].claims[i]++;
            if (view->matching)
                view->matching[slot_of(view, claim)] = claim;
        }
}

static bool is_shown(const struct viewing *view, size_t topic)
{
    size_t claims = 0;

    for (size_t i = 0; i < view->in->count; i++)
        claims += view->topics[topic].claims[i];
    return claims || view->topics[topic].count;
}

// The heaviest first, those of one weight by name.
static void put_topics(struct viewing *view)
{
    struct board *out = view->out;
    size_t first = 0;

    for (int weight = 0; weight <= BOARD_WEIGHT__N; weight++)
        for (size_t i = 0; i < view->base->sorted_count; i++) {
            size_t topic = view->base->sorted[i];

            if ((int)view->topics[topic].weight != weight || !is_shown(view, topic))
                continue;
            MEM_GROW(out->topics, out->topic_count, out->topic_cap);
            view->moved[topic] = out->topic_count;
            view->topics[topic].first = first;
            first += view->topics[topic].count;
            out->topics[out->topic_count++] = view->topics[topic];
        }
}

// Rows of one weight behind each other, as they stand in each.
static void sort_by_weight(struct viewing *view)
{
    size_t *sorted = mem_new((view->count + 1) * sizeof(*sorted)),
           next[BOARD_WEIGHT__N + 1] = { 0 };

    for (size_t i = 0; i < view->count; i++)
        next[view->base->rows[view->rows[i]].weight + 1]++;
    for (int weight = 0; weight < BOARD_WEIGHT__N; weight++)
        next[weight + 1] += next[weight];
    for (size_t i = 0; i < view->count; i++)
        sorted[next[view->base->rows[view->rows[i]].weight]++] = view->rows[i];
    mem_free(view->rows);
    view->rows = sorted;
}

static void sort_by_topic(struct viewing *view)
{
    size_t *sorted = mem_new((view->count + 1) * sizeof(*sorted));
    size_t *next = mem_new((view->base->topic_count + 1) * sizeof(*next));

    for (size_t i = 0; i < view->base->topic_count; i++)
        next[i] = view->topics[i].first;
    for (size_t i = 0; i < view->count; i++)
        sorted[next[view->base->rows[view->rows[i]].topic]++] = view->rows[i];
    mem_free(next);
    mem_free(view->rows);
    view->rows = sorted;
}

static void put_rows(struct viewing *view)
{
    struct board *out = view->out;

    out->count = out->cap = view->count;
    out->rows = mem_new((view->count + 1) * sizeof(*out->rows));
    for (size_t i = 0; i < view->count; i++) {
        out->rows[i] = view->base->rows[view->rows[i]];
        out->rows[i].topic = view->moved[out->rows[i].topic];
    }
}

void board_view(const struct board_base *base, const struct board_input *in, enum board_order order,
                struct board *out)
{
    struct viewing view = { .base = base, .in = in, .out = out };

    begin_topics(&view);
    count_claims(&view);
    choose_rows(&view);
    put_topics(&view);
    if (order != BOARD_BY_PLACE)
        sort_by_weight(&view);
    if (order == BOARD_BY_TOPIC)
        sort_by_topic(&view);
    put_rows(&view);
    mem_free(view.rows);
    mem_free(view.topics);
    mem_free(view.moved);
    mem_free(view.matching);
}

void board_make(const struct board_input *in, enum board_order order, struct board *out)
{
    struct board_base *base = board_base_begin(in);

    while (!board_base_go_on(base, in, SIZE_MAX))
        ;
    board_view(base, in, order, out);
    board_base_free(base);
}

void board_release(struct board *board)
{
    mem_free(board->rows);
    mem_free(board->topics);
    arena_release(&board->arena);
    *board = (struct board){ 0 };
}

const char *board_weight_name(enum board_weight weight)
{
    return weights[weight].name;
}

const char *board_weight_help(enum board_weight weight)
{
    return weights[weight].help;
}

static bool is_one_of(struct sv word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sv_eq_cstr(word, words[i]))
            return true;
    return false;
}

bool claim_has_weight(const struct claim *claim)
{
    static const char *const light[] = { "judgement", "recommendation", "prediction",
                                         "speech",    "background",     "question" };

    if (claim->repeats.count)
        return false;
    return claim->contested ||
           (claim->type.len && !is_one_of(claim->type, light, ARRAY_LEN(light)));
}

bool board_values(const struct board_row *row, const struct value **left,
                  const struct value **right)
{
    struct rec_list none = { 0 };
    struct rec_list a = row->left.claim ? row->left.claim->values : none;
    struct rec_list b = row->right.claim ? row->right.claim->values : none;

    *left = a.count ? a.items[0] : NULL;
    *right = b.count ? b.items[0] : NULL;
    for (size_t i = 0; i < a.count; i++) {
        for (size_t j = 0; j < b.count; j++) {
            const struct value *x = a.items[i], *y = b.items[j];

            if (name_eq(x->what, y->what)) {
                *left = x;
                *right = y;
                return true;
            }
        }
    }
    return *left && *right && (!(*left)->what.len || !(*right)->what.len);
}

void value_figure(const struct value *value, struct buf *out)
{
    static const struct {
        const char *bound, *sign;
    } signs[] = {
        { "about", "≈ " }, { "nearly", "≲ " },   { "over", "> " },
        { "under", "< " }, { "at-least", "≥ " }, { "at-most", "≤ " },
    };

    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (sv_eq_cstr(value->bound, signs[i].bound))
            buf_add_cstr(out, signs[i].sign);
    buf_add(out, value->number);
}
