// The dispute board: rows out of links and of claims that stand alone, weighed and grouped.
// Never decides who is right: weight is what kind of thing differs.
#include "model/board.h"

#include <stdlib.h>

#include "model/decision.h"
#include "model/index.h"
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

struct topic_entry {
    struct sv id; // name, folded or as written: struct id_index asks for it first
    size_t index;
};

struct maker {
    const struct board_input *in;
    struct board *board;
    struct id_index *topics; // struct topic_entry by folded name
    struct id_index *names;  // the same by each name as it was written: most are written alike
    size_t untitled;         // topic of claims that have none; SIZE_MAX: not needed yet
};

static size_t topic_new(struct maker *maker, struct sv name, struct sv folded)
{
    struct board *board = maker->board;

    MEM_GROW(board->topics, board->topic_count, board->topic_cap);
    board->topics[board->topic_count] = (struct board_topic){
        .name = name,
        .folded = folded,
        .weight = BOARD_WEIGHT__N,
        .claims = arena_new(&board->arena, maker->in->count * sizeof(size_t)),
    };
    return board->topic_count++;
}

static void topic_put(struct maker *maker, struct id_index **index, struct sv name, size_t topic)
{
    struct topic_entry *entry = arena_new(&maker->board->arena, sizeof(*entry));

    *entry = (struct topic_entry){ name, topic };
    id_index_put(index, entry);
}

static size_t topic_get(struct maker *maker, struct sv name)
{
    const struct topic_entry *known;
    struct sv folded;
    size_t topic;

    name = sv_trim(name);
    if (!name.len) {
        if (maker->untitled == SIZE_MAX)
            maker->untitled = topic_new(maker, (struct sv){ 0 }, (struct sv){ 0 });
        return maker->untitled;
    }
    known = id_index_find(maker->names, name);
    if (known)
        return known->index;
    folded = name_fold(&maker->board->arena, name);
    known = id_index_find(maker->topics, folded);
    topic = known ? known->index : topic_new(maker, name, folded);
    if (!known)
        topic_put(maker, &maker->topics, folded, topic);
    topic_put(maker, &maker->names, name, topic);
    return topic;
}

// Index of an article's layer, or the count of layers.
static size_t column_of(const struct board_input *in, struct sv article)
{
    size_t i = 0;

    while (i < in->count && !sv_eq(in->layers[i]->head.article, article))
        i++;
    return i;
}

static bool is_asked(const struct board_input *in, const struct board_side *side,
                     const struct link *link)
{
    struct query_ctx ctx = { .derived = in->derived, .registry = in->registry, .only = link };

    return side->claim && query_matches(in->query, &ctx, side->layer, side->claim);
}

// Do two ids name one source, merged ones included?
static bool is_same_source(const struct registry *registry, struct sv a, struct sv b)
{
    const struct source *source = registry ? registry_find(registry, a) : NULL;

    if (sv_eq(a, b))
        return true;
    return source && source == registry_find(registry, b);
}

static bool speaks(const struct registry *registry, const struct claim *claim, struct sv source)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing)
            if (v->source.len && is_same_source(registry, v->source, source))
                return true;
    return false;
}

static bool has_one_speaker(const struct registry *registry, const struct board_row *row)
{
    const struct claim *left = row->left.claim, *right = row->right.claim;

    for (size_t i = 0; left && right && i < left->attributed_to.count; i++)
        for (const struct voice *v = left->attributed_to.items[i]; v; v = v->citing)
            if (v->source.len && speaks(registry, right, v->source))
                return true;
    return false;
}

static bool is_one_of(struct sv word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sv_eq_cstr(word, words[i]))
            return true;
    return false;
}

static enum board_weight weigh(const struct board_input *in, const struct board_row *row)
{
    static const char *const scene[] = { "place", "time", "sequence" };
    static const char *const agrees[] = { "corroborates", "repeats" };
    const struct link *link = row->link;
    const struct word *type = link ? scheme_find(in->scheme, VOCAB_LINK, link->type) : NULL;

    if (!link || (type && type->one_end))
        return BOARD_ALONE;
    if (type && type->disputes) {
        if (link->strict)
            return BOARD_STRICT;
        if (sv_eq(link->point, SV("number")))
            return BOARD_NUMBER;
        if (is_one_of(link->point, scene, ARRAY_LEN(scene)))
            return BOARD_SCENE;
        if (sv_eq(link->point, SV("actor")))
            return BOARD_ACTOR;
        return has_one_speaker(in->registry, row) ? BOARD_SPEAKER : BOARD_DISPUTE;
    }
    return is_one_of(link->type, agrees, ARRAY_LEN(agrees)) ? BOARD_AGREEMENT : BOARD_REFRAMING;
}

static void row_add(struct maker *maker, struct board_row row, struct sv topic)
{
    struct board *board = maker->board;
    const struct board_side *first = row.left.claim ? &row.left : &row.right;

    row.weight = weigh(maker->in, &row);
    row.topic = topic_get(maker, topic);
    row.column = first->layer ? column_of(maker->in, first->article) : maker->in->count;
    row.place = first->claim ? parts_extent(first->claim->span).beg : 0;
    MEM_GROW(board->rows, board->count, board->cap);
    board->rows[board->count++] = row;
}

static struct board_side side_of(const struct board_input *in, struct sv article, struct sv claim)
{
    size_t column = column_of(in, article);
    struct board_side side = { .article = article };

    if (column < in->count) {
        side.layer = in->layers[column];
        side.claim = claim.len ? layer_claim(side.layer, claim) : NULL;
    }
    return side;
}

static void add_link(struct maker *maker, const struct layer *home, const struct link *link)
{
    const struct board_input *in = maker->in;
    struct sv own = home->head.article, far = own, to = { 0 };
    struct board_side from = side_of(in, own, link->from), other;
    struct board_row row = { .link = link, .home = home };

    if (decision_is_rejected(SECTION_LINKS, link))
        return;
    if (link->to && link->to->article.len)
        far = link->to->article;
    if (link->to)
        to = link->to->claim;
    other = side_of(in, far, to);
    if (in->query && !is_asked(in, &from, link) && !is_asked(in, &other, link))
        return;
    row.is_turned = column_of(in, far) < column_of(in, own);
    row.left = row.is_turned ? other : from;
    row.right = row.is_turned ? from : other;
    row_add(maker, row,
            from.claim && from.claim->topic.len ? from.claim->topic
            : other.claim                       ? other.claim->topic
                                                : (struct sv){ 0 });
}

static bool is_linked_across(const struct board_input *in, const struct layer *layer,
                             const struct claim *claim)
{
    size_t count;
    const struct end *ends = derive_ends(in->derived, layer, claim, &count);

    for (size_t i = 0; i < count; i++)
        if (!sv_eq(ends[i].other_article, layer->head.article))
            return true;
    return false;
}

static void add_claim(struct maker *maker, size_t column, const struct claim *claim)
{
    const struct board_input *in = maker->in;
    const struct layer *layer = in->layers[column];
    struct board_side side = { layer, claim, layer->head.article }, none = { 0 };
    bool is_right = in->count == 2 && column == 1;

    if (decision_is_rejected(SECTION_CLAIMS, claim) || (in->query && !is_asked(in, &side, NULL)))
        return;

    size_t topic = topic_get(maker, claim->topic); // may move the topics

    maker->board->topics[topic].claims[column]++;
    if (in->count < 2 || !claim_has_weight(claim) || is_linked_across(in, layer, claim))
        return;
    if (in->query && !is_asked(in, &side, &no_link))
        return;
    if (in->count == 2) {
        none.layer = in->layers[!column];
        none.article = none.layer->head.article;
    }
    row_add(maker,
            (struct board_row){
                .home = layer, .left = is_right ? none : side, .right = is_right ? side : none },
            claim->topic);
}

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

// While they are sorted a topic's `first` is its index before.
static int compare_topics(const void *a, const void *b)
{
    const struct board_topic *x = a, *y = b;
    int order = compare_size(x->weight, y->weight);

    if (!order)
        order = sv_is_absent(x->name) - sv_is_absent(y->name);
    return order ? order : sv_cmp(x->folded, y->folded);
}

static int compare_places(const struct board_row *x, const struct board_row *y)
{
    int order = compare_size(x->column, y->column);

    if (!order)
        order = compare_size(x->place, y->place);
    if (!order && x->link && y->link)
        order = sv_cmp(x->link->id, y->link->id);
    return order ? order : (y->link != NULL) - (x->link != NULL);
}

static int by_place(const void *a, const void *b)
{
    return compare_places(a, b);
}

static int by_weight(const void *a, const void *b)
{
    const struct board_row *x = a, *y = b;
    int order = compare_size(x->weight, y->weight);

    return order ? order : compare_places(x, y);
}

static int by_topic(const void *a, const void *b)
{
    const struct board_row *x = a, *y = b;
    int order = compare_size(x->topic, y->topic);

    return order ? order : by_weight(x, y);
}

static void topics_sort(const struct board_input *in, struct board *board)
{
    size_t *moved = arena_new(&board->arena, (board->topic_count + 1) * sizeof(*moved));

    for (size_t i = 0; i < board->topic_count; i++)
        board->topics[i].first = i;
    for (size_t i = 0; i < board->count; i++) {
        const struct board_row *row = &board->rows[i];
        struct board_topic *topic = &board->topics[row->topic];
        const struct word *type =
            row->link ? scheme_find(in->scheme, VOCAB_LINK, row->link->type) : NULL;

        topic->count++;
        topic->links += row->link != NULL;
        topic->disputes += type && type->disputes;
        if (row->weight < topic->weight)
            topic->weight = row->weight;
    }
    if (board->topic_count)
        qsort(board->topics, board->topic_count, sizeof(*board->topics), compare_topics);
    for (size_t i = 0; i < board->topic_count; i++)
        moved[board->topics[i].first] = i;
    for (size_t i = 0; i < board->count; i++)
        board->rows[i].topic = moved[board->rows[i].topic];
    for (size_t i = 0, first = 0; i < board->topic_count; first += board->topics[i++].count)
        board->topics[i].first = first;
}

void board_make(const struct board_input *in, enum board_order order, struct board *out)
{
    static int (*const orders[BOARD_ORDER__N])(const void *, const void *) = {
        [BOARD_BY_TOPIC] = by_topic,
        [BOARD_BY_WEIGHT] = by_weight,
        [BOARD_BY_PLACE] = by_place,
    };
    struct maker maker = { .in = in, .board = out, .untitled = SIZE_MAX };

    for (size_t i = 0; i < in->count; i++)
        for (size_t j = 0; j < in->layers[i]->sections[SECTION_CLAIMS].count; j++)
            add_claim(&maker, i, in->layers[i]->sections[SECTION_CLAIMS].items[j]);
    for (size_t i = 0; i < in->count; i++)
        for (size_t j = 0; j < in->layers[i]->sections[SECTION_LINKS].count; j++)
            add_link(&maker, in->layers[i], in->layers[i]->sections[SECTION_LINKS].items[j]);
    topics_sort(in, out);
    if (out->count)
        qsort(out->rows, out->count, sizeof(*out->rows), orders[order]);
    id_index_free(maker.topics);
    id_index_free(maker.names);
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
