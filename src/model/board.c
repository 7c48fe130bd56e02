// The dispute board: its rows for a query and in an order, grouped by topic.
// Never decides who is right: weight is what kind of thing differs.
#include "model/board.h"

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
    struct board_topic *topics; // of each of the base's
    size_t *moved;              // where it stands in `out`
};

static bool is_asked(const struct board_input *in, const struct board_side *side,
                     const struct link *link)
{
    struct query_ctx ctx = { .derived = in->derived, .registry = in->registry, .only = link };

    return side->claim && query_matches(in->query, &ctx, side->layer, side->claim);
}

static bool is_kept(const struct board_input *in, const struct board_row *row)
{
    if (!in->query)
        return true;
    if (row->link)
        return is_asked(in, &row->left, row->link) || is_asked(in, &row->right, row->link);

    const struct board_side *side = row->left.claim ? &row->left : &row->right;

    return is_asked(in, side, NULL) && is_asked(in, side, &no_link);
}

static void choose_rows(struct viewing *view)
{
    view->rows = mem_new((view->base->count + 1) * sizeof(*view->rows));
    for (size_t i = 0; i < view->base->count; i++) {
        const struct board_row *row = &view->base->rows[i];
        struct board_topic *topic = &view->topics[row->topic];

        if (!is_kept(view->in, row))
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

// The claims that match, of each topic.
static void count_claims(struct viewing *view)
{
    const struct board_input *in = view->in;

    for (size_t i = 0; in->query && i < in->count; i++)
        for (size_t j = 0; j < in->layers[i]->sections[SECTION_CLAIMS].count; j++) {
            const struct claim *claim = in->layers[i]->sections[SECTION_CLAIMS].items[j];
            struct board_side side = { in->layers[i], claim, in->layers[i]->head.article };

            if (!decision_is_rejected(SECTION_CLAIMS, claim) && is_asked(in, &side, NULL))
                view->topics[board_base_topic(view->base, claim->topic)].claims[i]++;
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
    choose_rows(&view);
    count_claims(&view);
    put_topics(&view);
    if (order != BOARD_BY_PLACE)
        sort_by_weight(&view);
    if (order == BOARD_BY_TOPIC)
        sort_by_topic(&view);
    put_rows(&view);
    mem_free(view.rows);
    mem_free(view.topics);
    mem_free(view.moved);
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
