// Every row of the dispute board, whatever the query and the order, kept from one change to the
// next. Declared in model/board.h and model/board_inner.h. Never asks a query.
#include "model/board_inner.h"

#include <stdlib.h>
#include <string.h>

#include "model/decision.h"
#include "model/index.h"
#include "model/name.h"

#define TOUCHED_MOST 128 // records that an update is about; with more it is as quick to begin anew

struct topic_entry {
    struct sv id; // name, folded or as written: struct id_index asks for it first
    size_t index;
};

// ---- topics ------------------------------------------------------------------------------------

static size_t topic_new(struct board_base *base, struct sv name, struct sv folded)
{
    MEM_GROW(base->topics, base->topic_count, base->topic_cap);
    base->topics[base->topic_count] = (struct known_topic){
        .name = name,
        .folded = folded,
        .claims = arena_new(&base->arena, base->layer_count * sizeof(size_t)),
    };
    return base->topic_count++;
}

static void topic_put(struct board_base *base, struct id_index **index, struct sv name,
                      size_t topic)
{
    struct topic_entry *entry = arena_new(&base->arena, sizeof(*entry));

    *entry = (struct topic_entry){ name, topic };
    id_index_put(index, entry);
}

static size_t topic_get(struct board_base *base, struct sv name)
{
    const struct topic_entry *known;
    struct sv folded;
    size_t topic;

    name = sv_trim(name);
    if (!name.len) {
        if (base->untitled == SIZE_MAX)
            base->untitled = topic_new(base, (struct sv){ 0 }, (struct sv){ 0 });
        return base->untitled;
    }
    known = id_index_find(base->names, name);
    if (known)
        return known->index;
    folded = name_fold(&base->arena, name);
    known = id_index_find(base->folds, folded);
    topic = known ? known->index : topic_new(base, name, folded);
    if (!known)
        topic_put(base, &base->folds, folded, topic);
    topic_put(base, &base->names, name, topic);
    base->topics[topic].forms++;
    return topic;
}

size_t board_base_topic(const struct board_base *base, struct sv name)
{
    const struct topic_entry *known;

    name = sv_trim(name);
    if (!name.len)
        return base->untitled;
    known = id_index_find(base->names, name);
    return known->index;
}

static bool is_topic_before(const struct known_topic *x, const struct known_topic *y)
{
    if (sv_is_absent(x->name) != sv_is_absent(y->name))
        return sv_is_absent(y->name);
    return sv_cmp(x->folded, y->folded) < 0;
}

// Bring `sorted` in line with the topics that came since. Those of before are in order.
static void sort_topics(struct board_base *base)
{
    for (; base->sorted_count < base->topic_count; base->sorted_count++) {
        size_t beg = 0, end = base->sorted_count;

        MEM_GROW(base->sorted, base->sorted_count, base->sorted_cap);
        while (beg < end) {
            size_t mid = beg + (end - beg) / 2;

            if (is_topic_before(&base->topics[base->sorted_count],
                                &base->topics[base->sorted[mid]]))
                end = mid;
            else
                beg = mid + 1;
        }
        memmove(base->sorted + beg + 1, base->sorted + beg,
                (base->sorted_count - beg) * sizeof(*base->sorted));
        base->sorted[beg] = base->sorted_count;
    }
}

// ---- rows --------------------------------------------------------------------------------------

// Index of an article's layer, or the count of layers.
static size_t column_of(const struct board_input *in, struct sv article)
{
    size_t i = 0;

    while (i < in->count && !sv_eq(in->layers[i]->head.article, article))
        i++;
    return i;
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

static enum board_weight weigh(const struct board_input *in, const struct board_row *row,
                               const struct word *type)
{
    static const char *const scene[] = { "place", "time", "sequence" };
    static const char *const agrees[] = { "corroborates", "repeats" };
    const struct link *link = row->link;

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

static void row_add(struct board_base *base, const struct board_input *in, struct board_row row,
                    struct sv topic)
{
    const struct board_side *first = row.left.claim ? &row.left : &row.right;
    const struct word *type = row.link ? scheme_find(in->scheme, VOCAB_LINK, row.link->type) : NULL;

    row.weight = weigh(in, &row, type);
    row.disputes = type && type->disputes;
    row.topic = topic_get(base, topic);
    row.column = first->layer ? column_of(in, first->article) : in->count;
    row.place = first->claim ? parts_extent(first->claim->span).beg : 0;
    MEM_GROW(base->rows, base->count, base->cap);
    base->rows[base->count++] = row;
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

// A link's topic is that of the claim it begins at, or else of the other.
static struct sv topic_of(const struct claim *from, const struct claim *other)
{
    return from && from->topic.len ? from->topic : other ? other->topic : (struct sv){ 0 };
}

// The ends of a link: that where it is stored first.
static void find_sides(const struct board_input *in, const struct layer *home,
                       const struct link *link, struct board_side *from, struct board_side *other)
{
    struct sv far = link->to && link->to->article.len ? link->to->article : home->head.article;

    *from = side_of(in, home->head.article, link->from);
    *other = side_of(in, far, link->to ? link->to->claim : (struct sv){ 0 });
}

static void add_link(struct board_base *base, const struct board_input *in,
                     const struct layer *home, const struct link *link)
{
    struct board_row row = { .link = link, .home = home };
    struct board_side from, other;

    if (decision_is_rejected(SECTION_LINKS, link))
        return;
    find_sides(in, home, link, &from, &other);
    row.is_turned = column_of(in, other.article) < column_of(in, from.article);
    row.left = row.is_turned ? other : from;
    row.right = row.is_turned ? from : other;
    row_add(base, in, row, topic_of(from.claim, other.claim));
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

static void add_alone(struct board_base *base, const struct board_input *in, size_t column,
                      const struct claim *claim)
{
    const struct layer *layer = in->layers[column];
    struct board_side side = { layer, claim, layer->head.article }, none = { 0 };
    bool is_right = in->count == 2 && column == 1;

    if (in->count < 2 || decision_is_rejected(SECTION_CLAIMS, claim) || !claim_has_weight(claim) ||
        is_linked_across(in, layer, claim))
        return;
    if (in->count == 2) {
        none.layer = in->layers[!column];
        none.article = none.layer->head.article;
    }
    row_add(base, in,
            (struct board_row){
                .home = layer, .left = is_right ? none : side, .right = is_right ? side : none },
            claim->topic);
}

// Count a claim in its topic, or out of it.
static size_t count_claim(struct board_base *base, size_t column, const struct claim *claim,
                          bool is_out)
{
    size_t topic = topic_get(base, claim->topic); // may move the topics

    if (!decision_is_rejected(SECTION_CLAIMS, claim))
        base->topics[topic].claims[column] += is_out ? SIZE_MAX : 1;
    return topic;
}

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

// Of a row's claims the one that stands first.
static struct sv claim_id(const struct board_row *row)
{
    return row->left.claim    ? row->left.claim->id
           : row->right.claim ? row->right.claim->id
                              : (struct sv){ 0 };
}

// By place; what stands at one place has an order too, always the same.
static int compare_rows(const void *a, const void *b)
{
    const struct board_row *x = a, *y = b;
    int order = compare_size(x->column, y->column);

    if (!order)
        order = compare_size(x->place, y->place);
    if (!order)
        order = (y->link != NULL) - (x->link != NULL);
    if (!order && x->link)
        order = sv_cmp(x->link->id, y->link->id);
    if (!order)
        order = sv_cmp(claim_id(x), claim_id(y));
    return order ? order : sv_cmp(x->home->head.article, y->home->head.article);
}

// ---- made in steps -----------------------------------------------------------------------------

struct board_base *board_base_begin(const struct board_input *in)
{
    struct board_base *base = mem_new(sizeof(*base));

    base->untitled = SIZE_MAX;
    base->layer_count = in->count;
    return base;
}

// Some records of a layer's section. true: those were the last.
static bool add_records(struct board_base *base, const struct board_input *in, enum section section,
                        size_t most)
{
    const struct layer *layer = in->layers[base->column];
    size_t count = layer->sections[section].count;

    for (; base->next < count && most; most--, base->next++) {
        const void *rec = layer->sections[section].items[base->next];

        if (section == SECTION_LINKS) {
            add_link(base, in, layer, rec);
        } else if (!decision_is_rejected(section, rec)) {
            (void)count_claim(base, base->column, rec, false);
            add_alone(base, in, base->column, rec);
        }
    }
    if (base->next < count)
        return false;
    base->next = 0;
    return ++base->column == in->count;
}

bool board_base_go_on(struct board_base *base, const struct board_input *in, size_t most)
{
    switch (base->stage) {
    case BASE_CLAIMS:
    case BASE_LINKS:
        if (in->count &&
            !add_records(base, in, base->stage == BASE_CLAIMS ? SECTION_CLAIMS : SECTION_LINKS,
                         most))
            return false;
        base->column = 0;
        base->stage++;
        return false;
    case BASE_SORT:
        if (base->count)
            qsort(base->rows, base->count, sizeof(*base->rows), compare_rows);
        sort_topics(base);
        base->stage++;
        return true;
    case BASE_DONE:
        break;
    }
    return true;
}

void board_base_free(struct board_base *base)
{
    if (!base)
        return;
    id_index_free(base->names);
    id_index_free(base->folds);
    mem_free(base->rows);
    mem_free(base->topics);
    mem_free(base->sorted);
    arena_release(&base->arena);
    mem_free(base);
}

// ---- brought up to date ------------------------------------------------------------------------

// What an update is about.
struct touched {
    const struct board_input *in;
    struct touched_claim {
        const struct claim *claim; // as it is, or was
        size_t column;
        bool is_there;
    } claims[TOUCHED_MOST];
    struct touched_link {
        const struct link *link;
        const struct layer *home;
    } links[TOUCHED_MOST];
    size_t topics[TOUCHED_MOST]; // of claims that came and went
    size_t claim_count, link_count, topic_count;
    bool is_full;
};

static void touch_claim(struct touched *touched, size_t column, const struct claim *claim)
{
    for (size_t i = 0; i < touched->claim_count; i++)
        if (touched->claims[i].claim == claim)
            return;
    if (!claim || column == touched->in->count)
        return;
    if (touched->claim_count == TOUCHED_MOST) {
        touched->is_full = true;
        return;
    }
    touched->claims[touched->claim_count++] =
        (struct touched_claim){ claim, column,
                                layer_claim(touched->in->layers[column], claim->id) == claim };
}

static void touch_link(struct touched *touched, const struct layer *home, const struct link *link)
{
    for (size_t i = 0; i < touched->link_count; i++)
        if (touched->links[i].link == link)
            return;
    if (touched->link_count == TOUCHED_MOST) {
        touched->is_full = true;
        return;
    }
    touched->links[touched->link_count++] = (struct touched_link){ link, home };
}

// A link that came or went, and the claims at its ends.
static void touch_ends(struct touched *touched, const struct layer *home, const struct link *link)
{
    struct board_side from, other;

    if (!link)
        return;
    if (column_of(touched->in, home->head.article) < touched->in->count)
        touch_link(touched, home, link);
    find_sides(touched->in, home, link, &from, &other);
    touch_claim(touched, column_of(touched->in, from.article), from.claim);
    touch_claim(touched, column_of(touched->in, other.article), other.claim);
}

static void touch_topic(struct touched *touched, size_t topic)
{
    if (touched->topic_count == TOUCHED_MOST)
        touched->is_full = true;
    else
        touched->topics[touched->topic_count++] = topic;
}

static void touch_delta(struct touched *touched, struct board_base *base, const struct delta *delta)
{
    size_t column = column_of(touched->in, delta->layer->head.article);
    const void *both[2] = { delta->gone, delta->come };

    for (int i = 0; i < 2; i++) {
        if (delta->section == SECTION_LINKS) // also of a layer that is not shown
            touch_ends(touched, delta->layer, both[i]);
        if (delta->section != SECTION_CLAIMS || !both[i] || column == touched->in->count)
            continue;
        touch_claim(touched, column, both[i]);
        touch_topic(touched, count_claim(base, column, both[i], !i));
    }
}

// The links of the claims, which are seen in their rows.
static void touch_links(struct touched *touched)
{
    const struct board_input *in = touched->in;

    for (size_t i = 0; i < touched->claim_count; i++) {
        const struct touched_claim *it = &touched->claims[i];
        size_t count;
        const struct end *ends =
            derive_ends(in->derived, in->layers[it->column], it->claim, &count);

        for (size_t j = 0; it->is_there && j < count; j++)
            if (column_of(in, ends[j].home->head.article) < in->count)
                touch_link(touched, ends[j].home, ends[j].link);
    }
}

static bool has_claim(const struct touched *touched, const struct claim *claim)
{
    for (size_t i = 0; claim && i < touched->claim_count; i++)
        if (touched->claims[i].claim == claim)
            return true;
    return false;
}

static bool has_link(const struct touched *touched, const struct link *link)
{
    for (size_t i = 0; link && i < touched->link_count; i++)
        if (touched->links[i].link == link)
            return true;
    return false;
}

// Take out the rows that may be others now; their links are to be added again.
static void drop_rows(struct board_base *base, struct touched *touched)
{
    size_t kept = 0;

    for (size_t i = 0; i < base->count; i++) {
        const struct board_row *row = &base->rows[i];
        bool has_claims =
            has_claim(touched, row->left.claim) || has_claim(touched, row->right.claim);

        if (has_claims && row->link)
            touch_link(touched, row->home, row->link);
        if (has_claims || has_link(touched, row->link))
            continue;
        if (kept != i)
            base->rows[kept] = *row;
        kept++;
    }
    base->count = kept;
}

static void add_rows(struct board_base *base, const struct touched *touched)
{
    for (size_t i = 0; i < touched->claim_count; i++)
        if (touched->claims[i].is_there)
            add_alone(base, touched->in, touched->claims[i].column, touched->claims[i].claim);
    for (size_t i = 0; i < touched->link_count; i++) {
        const struct touched_link *it = &touched->links[i];

        if (layer_find(it->home, SECTION_LINKS, it->link->id) == it->link)
            add_link(base, touched->in, it->home, it->link);
    }
}

// Put the rows from `old` on, which are in no order, among those before.
static void merge_rows(struct board_base *base, size_t old)
{
    size_t left = base->count - old, at = base->count;
    struct board_row *fresh;

    if (!left)
        return;
    qsort(base->rows + old, left, sizeof(*base->rows), compare_rows);
    fresh = (void *)mem_copy((const void *)(base->rows + old), left * sizeof(*fresh));
    while (left) {
        if (old && compare_rows(&base->rows[old - 1], &fresh[left - 1]) > 0)
            base->rows[--at] = base->rows[--old];
        else
            base->rows[--at] = fresh[--left];
    }
    mem_free(fresh);
}

// The topic's name as the first claim writes it, or else the claims of the first link.
static struct sv first_name(const struct board_base *base, const struct board_input *in,
                            size_t topic)
{
    const struct known_topic *known = &base->topics[topic];

    for (size_t i = 0; i < in->count; i++)
        for (size_t j = 0; j < in->layers[i]->sections[SECTION_CLAIMS].count; j++) {
            const struct claim *claim = in->layers[i]->sections[SECTION_CLAIMS].items[j];

            if (name_eq(sv_trim(claim->topic), known->name) &&
                !decision_is_rejected(SECTION_CLAIMS, claim))
                return sv_trim(claim->topic);
        }
    for (size_t i = 0; i < in->count; i++)
        for (size_t j = 0; j < in->layers[i]->sections[SECTION_LINKS].count; j++) {
            const struct link *link = in->layers[i]->sections[SECTION_LINKS].items[j];
            struct board_side from, other;

            find_sides(in, in->layers[i], link, &from, &other);
            if (!decision_is_rejected(SECTION_LINKS, link) &&
                name_eq(sv_trim(topic_of(from.claim, other.claim)), known->name))
                return sv_trim(topic_of(from.claim, other.claim));
        }
    return known->name;
}

bool board_base_update(struct board_base *base, const struct board_input *in,
                       const struct delta *deltas, size_t count)
{
    struct touched *touched = mem_new(sizeof(*touched));
    size_t old;

    touched->in = in;
    for (size_t i = 0; i < count && !touched->is_full; i++)
        touch_delta(touched, base, &deltas[i]);
    touch_links(touched);
    drop_rows(base, touched);
    old = base->count;
    add_rows(base, touched);
    merge_rows(base, old);
    sort_topics(base);
    for (size_t i = 0; i < touched->topic_count && !touched->is_full; i++)
        if (base->topics[touched->topics[i]].forms > 1)
            base->topics[touched->topics[i]].name = first_name(base, in, touched->topics[i]);

    bool ok = base->stage == BASE_DONE && !touched->is_full;

    mem_free(touched);
    return ok;
}
