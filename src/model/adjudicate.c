// Rows of an adjudication: what belongs together, what it differs in, what was decided of it.
// Never decides: what no decision names is open.
#include "model/adjudicate.h"

#include <stdlib.h>

#include "base/bug.h"
#include "base/mem.h"
#include "model/adjudicate_unit.h"

static const struct {
    const char *name, *help;
} weights[ADJUDICATE_WEIGHT__N] = {
#define ADJUDICATE_WEIGHT(id, name, help) [ADJUDICATE_##id] = { name, help },
#include "model/adjudicate.def"
#undef ADJUDICATE_WEIGHT
};

static const char *const states[ADJUDICATE_STATE__N] = {
    [ADJUDICATE_OPEN] = "open",
    [ADJUDICATE_NEW] = "new since",
    [ADJUDICATE_CHANGED] = "changed since",
    [ADJUDICATE_AGREED] = "agreed",
    [ADJUDICATE_DECIDED] = "decided",
    [ADJUDICATE_FALLEN] = "fallen",
};

const char *adjudicate_weight_name(enum adjudicate_weight weight)
{
    BUG_ON((unsigned)weight >= ADJUDICATE_WEIGHT__N);
    return weights[weight].name;
}

const char *adjudicate_weight_help(enum adjudicate_weight weight)
{
    BUG_ON((unsigned)weight >= ADJUDICATE_WEIGHT__N);
    return weights[weight].help;
}

const char *adjudicate_state_name(enum adjudicate_state state)
{
    BUG_ON((unsigned)state >= ADJUDICATE_STATE__N);
    return states[state];
}

bool adjudicate_is_open(enum adjudicate_state state)
{
    return state == ADJUDICATE_OPEN || state == ADJUDICATE_NEW || state == ADJUDICATE_CHANGED;
}

// ---- sets

size_t unit_find(const struct sorting *sorting, size_t rater, struct sv id)
{
    const struct unit *unit = sorting->refs[rater] ? id_index_find(sorting->refs[rater], id) : NULL;

    return unit ? (size_t)(unit - sorting->units) : NO_UNIT;
}

static size_t set_size(const struct sorting *sorting, size_t unit)
{
    size_t size = 0, at = unit;

    do {
        size++;
        at = sorting->units[at].next;
    } while (at != unit);
    return size;
}

void units_join(struct sorting *sorting, size_t a, size_t b)
{
    struct unit *units = sorting->units;
    size_t keep = units[a].set, gone = units[b].set, at = b, next;

    if (keep == gone)
        return;
    if (set_size(sorting, a) < set_size(sorting, b)) {
        keep = units[b].set;
        at = a;
    }
    do {
        units[at].set = keep;
        at = units[at].next;
    } while (units[at].set != keep);
    next = units[a].next;
    units[a].next = units[b].next;
    units[b].next = next;
}

bool set_has_rater(const struct sorting *sorting, size_t unit, size_t rater)
{
    size_t at = unit;

    do {
        if (sorting->units[at].rater == rater)
            return true;
        at = sorting->units[at].next;
    } while (at != unit);
    return false;
}

bool set_is_named(const struct sorting *sorting, size_t unit)
{
    size_t at = unit;

    do {
        if (sorting->units[at].is_named)
            return true;
        at = sorting->units[at].next;
    } while (at != unit);
    return false;
}

bool set_is_single(const struct sorting *sorting, size_t unit)
{
    return sorting->units[unit].next == unit;
}

// ---- units

static const enum section sections[] = { SECTION_CLAIMS, SECTION_LINKS };

static size_t count_records(const struct layer *const *layers, size_t count)
{
    size_t sum = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; layers[i] && k < ARRAY_LEN(sections); k++)
            sum += layers[i]->sections[sections[k]].count;
    return sum;
}

static void add_unit(struct sorting *sorting, size_t rater, size_t article, enum section section,
                     const void *rec)
{
    struct unit *unit = &sorting->units[sorting->count];

    *unit = (struct unit){ .id = ((const struct record *)rec)->id,
                           .section = section,
                           .rater = rater,
                           .article = article,
                           .rec = rec,
                           .set = sorting->count,
                           .next = sorting->count };
    id_index_put(&sorting->refs[rater], unit);
    sorting->count++;
}

static void add_units(struct sorting *sorting)
{
    const struct adjudicate_input *input = sorting->input;

    for (size_t r = 0; r < input->raters; r++)
        for (size_t a = 0; a < input->articles; a++) {
            const struct layer *layer = sorting->layers[a * input->raters + r];

            for (size_t k = 0; layer && k < ARRAY_LEN(sections); k++)
                for (size_t i = 0; i < layer->sections[sections[k]].count; i++)
                    add_unit(sorting, r, a, sections[k], layer->sections[sections[k]].items[i]);
        }
}

// ---- what was decided

static size_t find_rater(const struct adjudication *adjudication, struct sv name)
{
    for (size_t r = 0; r < adjudication->raters; r++)
        if (sv_eq(adjudication->names[r], name))
            return r;
    return SIZE_MAX;
}

// Note what a record of the adjudicated layer rests on. false: on nothing that could be here.
static bool settle(struct sorting *sorting, struct adjudication *adjudication,
                   struct settled *settled)
{
    struct decision decision = decision_get(settled->section, settled->rec);
    bool has_digests = decision.seen.count == decision.origin.count, is_known = false;

    settled->set = NO_UNIT;
    for (size_t i = 0; i < decision.origin.count; i++) {
        struct origin origin;
        size_t rater, at;
        struct unit *unit;

        if (!origin_parse(decision.origin.items[i], &origin))
            continue;
        rater = find_rater(adjudication, origin.annotator);
        if (rater == SIZE_MAX)
            continue; // of one whose layers are not looked at
        is_known = true;
        at = unit_find(sorting, rater, origin.id);
        if (at == NO_UNIT || sorting->units[at].section != settled->section) {
            settled->gone++;
            continue;
        }
        unit = &sorting->units[at];
        unit->is_named = true;
        if (has_digests) {
            struct sv now = decision_digest(&adjudication->arena, unit->section, unit->rec);

            unit->is_changed = unit->is_changed || !sv_eq(now, decision.seen.items[i]);
        }
        if (settled->set == NO_UNIT)
            settled->set = at;
        else
            units_join(sorting, settled->set, at);
    }
    return is_known;
}

static void add_settled(struct sorting *sorting, struct adjudication *adjudication)
{
    const struct adjudicate_input *input = sorting->input;

    sorting->settled =
        mem_new((count_records(input->settled, input->articles) + 1) * sizeof(*sorting->settled));
    for (size_t a = 0; a < input->articles; a++) {
        const struct layer *layer = input->settled[a];

        for (size_t k = 0; layer && k < ARRAY_LEN(sections); k++)
            for (size_t i = 0; i < layer->sections[sections[k]].count; i++) {
                struct settled *settled = &sorting->settled[sorting->settled_count];

                *settled = (struct settled){ .rec = layer->sections[sections[k]].items[i],
                                             .section = sections[k],
                                             .article = a };
                sorting->settled_count += settle(sorting, adjudication, settled);
            }
    }
}

// ---- rows

struct rows {
    struct adjudication *adjudication;
    const struct sorting *sorting;
    size_t *of_set; // row of each set; SIZE_MAX: none yet
    size_t cap;
};

static struct adjudicate_row *new_row(struct rows *rows, enum section section, size_t article)
{
    struct adjudication *out = rows->adjudication;

    MEM_GROW(out->rows, out->all, rows->cap);
    out->rows[out->all] = (struct adjudicate_row){ .section = section,
                                                   .article = article,
                                                   .extent = { SIZE_MAX, 0 },
                                                   .ends = { SIZE_MAX, SIZE_MAX } };
    return &out->rows[out->all++];
}

static void widen(struct cp_span *extent, struct cp_span own)
{
    extent->beg = own.beg < extent->beg ? own.beg : extent->beg;
    extent->end = own.end > extent->end ? own.end : extent->end;
}

static void add_member(struct rows *rows, size_t at)
{
    struct arena *arena = &rows->adjudication->arena;
    const struct unit *unit = &rows->sorting->units[at];
    struct adjudicate_row *row;

    if (rows->of_set[unit->set] == SIZE_MAX) {
        rows->of_set[unit->set] = rows->adjudication->all;
        row = new_row(rows, unit->section, unit->article);
        row->members = arena_new(arena, set_size(rows->sorting, at) * sizeof(*row->members));
    }
    row = &rows->adjudication->rows[rows->of_set[unit->set]];
    row->members[row->count++] = (struct adjudicate_member){ .rater = unit->rater,
                                                             .article = unit->article,
                                                             .rec = unit->rec,
                                                             .is_turned = unit->is_turned,
                                                             .is_new = !unit->is_named,
                                                             .is_changed = unit->is_changed };
    if (unit->section == SECTION_CLAIMS)
        widen(&row->extent, parts_extent(((const struct claim *)unit->rec)->span));
}

// The row that a record of the adjudicated layer belongs to; one of its own when all it rests on is
// gone.
static size_t settled_row(struct rows *rows, const struct settled *settled)
{
    struct adjudicate_row *row;

    if (settled->set != NO_UNIT)
        return rows->of_set[rows->sorting->units[settled->set].set];
    row = new_row(rows, settled->section, settled->article);
    if (settled->section == SECTION_CLAIMS)
        row->extent = parts_extent(((const struct claim *)settled->rec)->span);
    else
        row->extent.beg = row->extent.end = layer_position(
            rows->sorting->input->settled[settled->article], SECTION_LINKS, settled->rec);
    return rows->adjudication->all - 1;
}

static void add_settled_rows(struct rows *rows)
{
    const struct sorting *sorting = rows->sorting;
    size_t *at = mem_new((sorting->settled_count + 1) * sizeof(*at));

    for (size_t i = 0; i < sorting->settled_count; i++) {
        at[i] = settled_row(rows, &sorting->settled[i]);
        rows->adjudication->rows[at[i]].settled_count++;
        rows->adjudication->rows[at[i]].gone += sorting->settled[i].gone;
    }
    for (size_t i = 0; i < sorting->settled_count; i++) {
        struct adjudicate_row *row = &rows->adjudication->rows[at[i]];

        if (!row->settled) {
            row->settled =
                arena_new(&rows->adjudication->arena, row->settled_count * sizeof(*row->settled));
            row->settled_count = 0;
        }
        row->settled[row->settled_count++] =
            (struct adjudicate_settled){ sorting->settled[i].rec, sorting->settled[i].article };
    }
    mem_free(at);
}

// The end of a link in a row: that of a claim's set; of the article that is silent, none.
static void set_end(struct rows *rows, struct adjudicate_row *row, size_t index, size_t end)
{
    const struct sorting *sorting = rows->sorting;

    if (end == NO_UNIT)
        return;
    if (end >= sorting->count)
        row->silent = sorting->input->ids[end - sorting->count];
    else
        row->ends[index] = rows->of_set[end];
}

// Where the links of a row lead; what it shows of the first article.
static void place_link(struct rows *rows, struct adjudicate_row *row)
{
    const struct adjudicate_member *first = &row->members[0];
    size_t unit = unit_find(rows->sorting, first->rater, ((const struct record *)first->rec)->id);
    struct link_ends ends = link_ends(rows->sorting, &rows->sorting->units[unit]);

    set_end(rows, row, first->is_turned, ends.from);
    set_end(rows, row, !first->is_turned, ends.to);
    for (size_t i = 0; i < 2; i++) {
        const struct adjudicate_row *end;

        if (row->ends[i] == SIZE_MAX)
            continue;
        end = &rows->adjudication->rows[row->ends[i]];
        if (row->extent.beg == SIZE_MAX || (end->article == 0 && row->article != 0)) {
            row->article = end->article;
            row->extent = end->extent;
        }
    }
    if (row->extent.beg == SIZE_MAX)
        row->extent = (struct cp_span){ 0, 0 }; // it leads nowhere
}

// ---- states

static size_t count_decided(const struct adjudicate_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->settled_count; i++)
        count += !sv_is_blank(decision_get(row->section, row->settled[i].rec).word);
    return count;
}

bool adjudicate_row_is_rejected(const struct adjudicate_row *row)
{
    for (size_t i = 0; i < row->settled_count; i++)
        if (!decision_is_rejected(row->section, row->settled[i].rec))
            return false;
    return row->settled_count > 0;
}

const struct adjudicate_settled *adjudicate_row_claim(const struct adjudicate_row *row)
{
    for (size_t i = 0; i < row->settled_count; i++)
        if (!decision_is_rejected(row->section, row->settled[i].rec))
            return &row->settled[i];
    return NULL;
}

// Who has changed to what was decided gives no reason to look at it again.
static void pass_over_agreement(const struct sorting *sorting, struct adjudicate_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        for (size_t k = 0; row->members[i].is_changed && k < row->settled_count; k++)
            row->members[i].is_changed = !says_what_was_decided(
                sorting, row->section, row->members[i].rec, row->settled[k].rec);
}

static bool has_fallen(const struct adjudication *adjudication, const struct adjudicate_row *row)
{
    for (size_t i = 0; i < 2; i++)
        if (row->ends[i] != SIZE_MAX &&
            adjudicate_row_is_rejected(&adjudication->rows[row->ends[i]]))
            return true;
    return false;
}

static enum adjudicate_state find_state(const struct adjudication *adjudication,
                                        const struct adjudicate_row *row)
{
    bool has_new = false, has_changed = row->gone > 0;

    if (!count_decided(row)) {
        if (has_fallen(adjudication, row))
            return ADJUDICATE_FALLEN;
        return row->weight == ADJUDICATE_NONE && row->count ? ADJUDICATE_AGREED : ADJUDICATE_OPEN;
    }
    for (size_t i = 0; i < row->count; i++) {
        has_new = has_new || row->members[i].is_new;
        has_changed = has_changed || row->members[i].is_changed;
    }
    return has_new ? ADJUDICATE_NEW : has_changed ? ADJUDICATE_CHANGED : ADJUDICATE_DECIDED;
}

// ---- order

static bool is_shown(const struct adjudicate_row *row)
{
    return row->article == 0;
}

static struct sv first_id(const struct adjudicate_row *row)
{
    return ((const struct record *)(row->count ? row->members[0].rec : row->settled[0].rec))->id;
}

static int compare_rows(const void *a, const void *b)
{
    const struct adjudicate_row *x = *(const struct adjudicate_row *const *)a;
    const struct adjudicate_row *y = *(const struct adjudicate_row *const *)b;

    if (is_shown(x) != is_shown(y))
        return is_shown(x) ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    if (x->extent.beg != y->extent.beg)
        return x->extent.beg < y->extent.beg ? -1 : 1;
    if (x->extent.end != y->extent.end)
        return x->extent.end < y->extent.end ? -1 : 1;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    return sv_cmp(first_id(x), first_id(y));
}

// Sort the rows; the ends of links follow.
static void sort_rows(struct adjudication *out)
{
    const struct adjudicate_row **order = mem_new((out->all + 1) * sizeof(*order));
    struct adjudicate_row *sorted = mem_new((out->all + 1) * sizeof(*sorted));
    size_t *place = mem_new((out->all + 1) * sizeof(*place));

    for (size_t i = 0; i < out->all; i++)
        order[i] = &out->rows[i];
    qsort(order, out->all, sizeof(*order), compare_rows);
    for (size_t i = 0; i < out->all; i++) {
        place[order[i] - out->rows] = i;
        sorted[i] = *order[i];
    }
    for (size_t i = 0; i < out->all; i++)
        for (size_t k = 0; k < 2; k++)
            if (sorted[i].ends[k] != SIZE_MAX)
                sorted[i].ends[k] = place[sorted[i].ends[k]];
    mem_free(out->rows);
    mem_free(order);
    mem_free(place);
    out->rows = sorted;
}

struct row_ref {
    struct sv id; // of an annotator's record
    size_t row;
};

static void index_rows(struct adjudication *out)
{
    out->refs = mem_new((out->raters + 1) * sizeof(struct id_index *));
    for (size_t i = 0; i < out->all; i++) {
        const struct adjudicate_row *row = &out->rows[i];

        for (size_t m = 0; m < row->count; m++) {
            struct row_ref *ref = arena_new(&out->arena, sizeof(*ref));

            *ref = (struct row_ref){ ((const struct record *)row->members[m].rec)->id, i };
            id_index_put(&out->refs[row->members[m].rater], ref);
        }
    }
}

const struct adjudicate_row *adjudication_find(const struct adjudication *adjudication,
                                               size_t rater, struct sv id)
{
    const struct row_ref *ref =
        adjudication->refs[rater] ? id_index_find(adjudication->refs[rater], id) : NULL;

    return ref ? &adjudication->rows[ref->row] : NULL;
}

static void make_rows(const struct sorting *sorting, struct adjudication *out)
{
    struct rows rows = { .adjudication = out, .sorting = sorting };

    rows.of_set = mem_resize(NULL, sorting->count + 1, sizeof(*rows.of_set));
    for (size_t i = 0; i < sorting->count; i++)
        rows.of_set[i] = SIZE_MAX;
    for (size_t i = 0; i < sorting->count; i++)
        add_member(&rows, i);
    add_settled_rows(&rows);
    for (size_t i = 0; i < out->all; i++) {
        struct adjudicate_row *row = &out->rows[i];

        if (row->section == SECTION_LINKS && row->count)
            place_link(&rows, row);
        row_compare(sorting, row);
        pass_over_agreement(sorting, row);
    }
    for (size_t i = 0; i < out->all; i++)
        out->rows[i].state = find_state(out, &out->rows[i]);
    mem_free(rows.of_set);
    if (out->all)
        sort_rows(out);
    while (out->count < out->all && is_shown(&out->rows[out->count]))
        out->states[out->rows[out->count++].state]++;
    index_rows(out);
}

// ---- annotators in order

static size_t *order_raters(const struct adjudicate_input *input)
{
    size_t *order = mem_new((input->raters + 1) * sizeof(*order));

    for (size_t i = 0; i < input->raters; i++) {
        size_t at = i;

        for (; at > 0 && sv_cmp(input->names[order[at - 1]], input->names[i]) > 0; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

void adjudication_make(const struct adjudicate_input *input, struct adjudication *out)
{
    size_t raters = input->raters, cells = input->articles * raters;
    size_t *order = order_raters(input);
    const struct layer **layers = mem_new((cells + 1) * sizeof(*layers));
    struct sv *names;
    bool *is_reader;
    struct sorting sorting = { .input = input, .layers = layers };

    *out = (struct adjudication){ .raters = raters, .registry = input->registry };
    names = arena_new(&out->arena, (raters + 1) * sizeof(*names));
    is_reader = arena_new(&out->arena, raters + 1);
    for (size_t r = 0; r < raters; r++) {
        names[r] = sv_copy(&out->arena, input->names[order[r]]);
        for (size_t a = 0; a < input->articles; a++)
            layers[a * raters + r] = input->layers[a * raters + order[r]];
    }
    for (size_t r = 0; r < raters && input->articles; r++)
        is_reader[r] = layers[r] != NULL;
    out->names = names;
    out->is_reader = is_reader;
    sorting.units = mem_new((count_records(layers, cells) + 1) * sizeof(*sorting.units));
    sorting.refs = mem_new((raters + 1) * sizeof(struct id_index *));
    add_units(&sorting);
    add_settled(&sorting, out);
    sorting_pair_claims(&sorting);
    sorting_pair_links(&sorting);
    make_rows(&sorting, out);
    for (size_t r = 0; r < raters; r++)
        id_index_free(sorting.refs[r]);
    mem_free(sorting.refs);
    mem_free(sorting.units);
    mem_free(sorting.settled);
    mem_free(layers);
    mem_free(order);
}

void adjudication_release(struct adjudication *adjudication)
{
    for (size_t r = 0; adjudication->refs && r < adjudication->raters; r++)
        id_index_free(adjudication->refs[r]);
    mem_free(adjudication->refs);
    mem_free(adjudication->rows);
    arena_release(&adjudication->arena);
    *adjudication = (struct adjudication){ 0 };
}
