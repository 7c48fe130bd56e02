// Deciding a row: the verbs that write into the adjudicated layers. Declared in
// session/adjudicate.h. Never forgets a reading that was not taken: every record names all that it
// was held against.
#include "session/adjudicate.h"

#include "session/adjudicate_inner.h"
#include "session/build.h"
#include "session/inner.h"

static size_t field_count(enum section section)
{
    return kind_get(section_get(section)->kind)->field_count;
}

static size_t row_index(const struct deciding *deciding, const struct adjudicate_row *row)
{
    return (size_t)(row - deciding->rows->rows);
}

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

struct reading *deciding_home(const struct deciding *deciding, size_t article)
{
    return deciding->adjudicating->articles[article];
}

// ---- what is decided already

// The claim that a claim's row has become, in this change or before; absent: none that stands.
static struct sv claim_of(const struct deciding *deciding, const struct adjudicate_row *row)
{
    struct sv id = deciding->made[row_index(deciding, row)];
    const struct adjudicate_settled *settled = adjudicate_row_claim(row);

    return sv_is_absent(id) && settled ? id_of(settled->rec) : id;
}

// ---- origins

// Those that the row's members are, `first` before the others; then those that are gone, as a
// decision named them.
void deciding_origins(const struct deciding *deciding, const struct outcome *outcome,
                      struct arena *arena, struct decision *decision)
{
    const struct adjudicate_row *row = outcome->row;
    struct sv *origins = arena_new(arena, row->count * sizeof(*origins));
    struct sv *seen = arena_new(arena, row->count * sizeof(*seen));

    for (size_t i = 0; i < row->count; i++) {
        size_t at = i == 0 ? outcome->first : i <= outcome->first ? i - 1 : i;
        const struct adjudicate_member *member = &row->members[at];

        origins[i] = origin_make(arena, deciding->rows->names[member->rater], id_of(member->rec));
        seen[i] = decision_digest(arena, row->section, member->rec);
    }
    decision->origin = (struct sv_list){ origins, row->count };
    decision->seen = (struct sv_list){ seen, row->count };
}

static void sign(const struct deciding *deciding, const struct outcome *outcome,
                 struct arena *arena, void *rec)
{
    struct decision decision = { .word = outcome->word };

    deciding_origins(deciding, outcome, arena, &decision);
    if (!sv_is_absent(outcome->word))
        decision.by = sv_copy(arena, adjudicating_person(deciding->adjudicating));
    if (!sv_is_blank(outcome->why))
        decision.why = sv_copy(arena, sv_trim(outcome->why));
    decision_set(outcome->row->section, rec, &decision);
}

// ---- claims

static bool has_id(struct sv_list list, struct sv id)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(list.items[i], id))
            return true;
    return false;
}

// `repeats` of an annotator's claim, as claims of the adjudicated layer; those not decided are left
// out until they are.
static struct sv_list map_repeats(const struct deciding *deciding, struct arena *arena,
                                  size_t rater, struct sv_list repeats)
{
    struct sv_list out = { 0 };

    for (size_t i = 0; i < repeats.count; i++) {
        const struct adjudicate_row *row =
            adjudication_find(deciding->rows, rater, repeats.items[i]);
        struct sv id = row ? claim_of(deciding, row) : (struct sv){ 0 };

        if (!sv_is_absent(id))
            out = build_strs_add(arena, out, id);
    }
    return out;
}

static void *take_fields(const struct outcome *outcome, struct arena *arena)
{
    enum kind_id kind = section_get(outcome->row->section)->kind;
    const struct adjudicate_member *members = outcome->row->members;
    void *rec = record_copy(arena, kind, members[outcome->first].rec);

    for (size_t f = 0; f < field_count(outcome->row->section); f++)
        if (outcome->choice[f] != outcome->first)
            field_take(rec, record_copy(arena, kind, members[outcome->choice[f]].rec),
                       &kind_get(kind)->fields[f]);
    return rec;
}

size_t kind_index(enum kind_id kind, const char *key)
{
    const struct kind *info = kind_get(kind);

    return (size_t)(kind_find(info, sv_from(key)) - info->fields);
}

static void put_claim(struct deciding *deciding, const struct outcome *outcome, struct sv id)
{
    const struct adjudicate_row *row = outcome->row;
    struct reading *home = deciding_home(deciding, row->article);
    struct arena *arena = change_arena(home);
    const struct adjudicate_member *repeating =
        &row->members[outcome->choice[kind_index(KIND_CLAIM, "repeats")]];
    struct claim *claim = take_fields(outcome, arena);

    claim->id = sv_is_absent(id) ? build_id(deciding->adjudicating->session, home, SECTION_CLAIMS)
                                 : sv_copy(arena, id);
    claim->created = build_now(arena);
    claim->repeats = map_repeats(deciding, arena, repeating->rater, claim->repeats);
    sign(deciding, outcome, arena, claim);
    change_put(deciding->change, home, SECTION_CLAIMS, claim);
    if (sv_is_absent(deciding->made[row_index(deciding, row)]) &&
        !sv_eq_cstr(outcome->word, DECISION_REJECTED))
        deciding->made[row_index(deciding, row)] = claim->id;
}

// ---- links

void deciding_propose(const struct deciding *deciding, const struct adjudicate_row *row,
                      size_t *choice)
{
    for (size_t f = 0; f < field_count(row->section); f++)
        choice[f] = adjudicate_proposed(deciding->rows, row, f);
}

static size_t count_raters(const struct adjudicate_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++)
        count += !i || row->members[i].rater != row->members[i - 1].rater;
    return count;
}

// The word for one record out of all the members of a row.
struct sv deciding_word(const struct adjudicate_row *row)
{
    size_t raters = count_raters(row);

    if (raters < 2)
        return SV(DECISION_ONE);
    return raters < row->count ? SV(DECISION_JOINED) : SV(DECISION_SAME);
}

// The claim at an end of a link: one that is decided, else one put in for the link. Where all agree
// it is decided with it; else it stays open.
static bool need_claim(struct deciding *deciding, size_t rater, struct sv id,
                       const struct adjudicate_row **row, struct sv *claim)
{
    size_t choice[ADJUDICATE_FIELDS];
    struct outcome outcome;

    *row = adjudication_find(deciding->rows, rater, id);
    if (!*row || (*row)->section != SECTION_CLAIMS)
        return err_set(deciding->err, E_DANGLING, ERR_NOWHERE,
                       "the link leads to '" SV_FMT "', which is no claim of " SV_FMT "'s",
                       SV_ARG(id), SV_ARG(deciding->rows->names[rater]));
    if (adjudicate_row_is_rejected(*row))
        return err_set(deciding->err, E_LINK, ERR_NOWHERE,
                       "the claim '" SV_FMT "' was rejected, and its links with it", SV_ARG(id));
    *claim = claim_of(deciding, *row);
    if (!sv_is_absent(*claim))
        return true;
    deciding_propose(deciding, *row, choice);
    outcome = (struct outcome){ .row = *row, .choice = choice, .first = choice[0] };
    if ((*row)->state == ADJUDICATE_AGREED)
        outcome.word = deciding_word(*row);
    put_claim(deciding, &outcome, (struct sv){ 0 });
    *claim = deciding->made[row_index(deciding, *row)];
    return true;
}

static struct target *new_target(const struct deciding *deciding, struct reading *home,
                                 size_t article, struct sv claim)
{
    struct arena *arena = change_arena(home);
    struct target *to = arena_new(arena, sizeof(*to));

    if (deciding_home(deciding, article) != home)
        to->article = sv_copy(arena, deciding_home(deciding, article)->id);
    to->claim = sv_copy(arena, claim);
    return to;
}

// The ends of an annotator's link as claims of the adjudicated layers; *home is where it is stored.
static bool place_link(struct deciding *deciding, const struct adjudicate_member *member,
                       struct sv *from, const struct target **to, struct reading **home)
{
    const struct link *link = member->rec;
    const struct adjudicate_row *near, *far;
    struct sv claim;

    if (!need_claim(deciding, member->rater, link->from, &near, from))
        return false;
    *home = deciding_home(deciding, near->article);
    if (!link->to || sv_is_absent(link->to->claim)) {
        *to = link->to ? record_copy(change_arena(*home), KIND_TARGET, link->to) : NULL;
        return true;
    }
    if (!need_claim(deciding, member->rater, link->to->claim, &far, &claim))
        return false;
    *to = new_target(deciding, *home, far->article, claim);
    return true;
}

// A link that was rejected keeps the ends it had: they need not be decided for it.
static bool put_link(struct deciding *deciding, const struct outcome *outcome, struct sv id)
{
    const struct adjudicate_row *row = outcome->row;
    size_t type = outcome->choice[kind_index(KIND_LINK, "type")];
    const struct adjudicate_member *member = &row->members[type]; // its direction goes with it
    bool is_rejected = sv_eq_cstr(outcome->word, DECISION_REJECTED);
    struct reading *home = deciding_home(deciding, member->article);
    const struct target *to = NULL;
    struct sv from = { 0 };
    struct arena *arena;
    struct link *link;

    if (!is_rejected && !place_link(deciding, member, &from, &to, &home))
        return false;
    arena = change_arena(home);
    link = take_fields(outcome, arena);
    link->id = sv_is_absent(id) ? build_id(deciding->adjudicating->session, home, SECTION_LINKS)
                                : sv_copy(arena, id);
    link->created = build_now(arena);
    if (is_rejected) {
        const struct link *own = record_copy(arena, KIND_LINK, member->rec);

        link->from = own->from;
        link->to = own->to;
    } else {
        link->from = sv_copy(arena, from);
        link->to = to;
    }
    sign(deciding, outcome, arena, link);
    for (size_t i = 0; i < row->settled_count; i++) // it may have stood at its other end
        if (sv_eq(id_of(row->settled[i].rec), link->id) &&
            deciding_home(deciding, row->settled[i].article) != home)
            change_drop(deciding->change, deciding_home(deciding, row->settled[i].article),
                        SECTION_LINKS, link->id);
    change_put(deciding->change, home, SECTION_LINKS, link);
    return true;
}

// ---- what else hangs on a claim

// Every link of the adjudicated layers that joins the claim.
void deciding_each_link(struct deciding *deciding, size_t article, struct sv id,
                        void (*each)(struct deciding *deciding, struct reading *home,
                                     const struct link *link, struct sv id, struct sv other),
                        struct sv other)
{
    const struct adjudicating *adjudicating = deciding->adjudicating;
    struct sv name = adjudicating->articles[article]->id;

    for (size_t a = 0; a < adjudicating->article_count; a++) {
        struct reading *home = adjudicating->articles[a];
        const struct layer *layer = &home->file.layer;

        for (size_t i = 0; i < layer->sections[SECTION_LINKS].count; i++) {
            const struct link *link = layer->sections[SECTION_LINKS].items[i];
            bool is_to =
                link->to && sv_eq(link->to->claim, id) &&
                (sv_is_absent(link->to->article) ? a == article : sv_eq(link->to->article, name));

            if (!decision_is_rejected(SECTION_LINKS, link) &&
                ((a == article && sv_eq(link->from, id)) || is_to))
                each(deciding, home, link, id, other);
        }
    }
}

void deciding_drop_link(struct deciding *deciding, struct reading *home, const struct link *link,
                        struct sv id, struct sv other)
{
    (void)id, (void)other;
    change_drop(deciding->change, home, SECTION_LINKS, link->id);
}

// Let a link lead to `other` instead of `id`.
static void turn_link(struct deciding *deciding, struct reading *home, const struct link *link,
                      struct sv id, struct sv other)
{
    struct arena *arena = change_arena(home);
    struct link *turned = record_edit(arena, KIND_LINK, link);

    if (sv_eq(turned->from, id)) {
        turned->from = sv_copy(arena, other);
    } else {
        struct target *to = record_edit(arena, KIND_TARGET, link->to);

        to->claim = sv_copy(arena, other);
        turned->to = to;
    }
    change_put(deciding->change, home, SECTION_LINKS, turned);
}

// Claims decided before that repeat, in the reading taken for them, a claim of this row: they say
// so now.
static void add_repeats(struct deciding *deciding, const struct adjudicate_row *row, struct sv id)
{
    struct reading *home = deciding_home(deciding, row->article);
    struct arena *arena = change_arena(home);

    for (size_t i = 0; i < deciding->rows->all; i++) {
        const struct adjudicate_row *other = &deciding->rows->rows[i];
        const struct adjudicate_settled *settled = adjudicate_row_claim(other);
        const struct claim *claim;
        struct claim *edited;
        bool names_it = false;

        if (other == row || other->section != SECTION_CLAIMS || other->article != row->article ||
            !settled)
            continue;
        for (size_t m = 0; m < other->count; m++) {
            const struct claim *own = other->members[m].rec;

            for (size_t k = 0; k < own->repeats.count; k++)
                names_it = names_it || adjudication_find(deciding->rows, other->members[m].rater,
                                                         own->repeats.items[k]) == row;
        }
        claim = change_get(deciding->change, home, SECTION_CLAIMS, id_of(settled->rec));
        if (!names_it || !claim || has_id(claim->repeats, id))
            continue;
        edited = record_edit(arena, KIND_CLAIM, claim);
        edited->repeats = build_strs_add(arena, claim->repeats, id);
        change_put(deciding->change, home, SECTION_CLAIMS, edited);
    }
}

// ---- rows

// Records that the row had settled and has no more: links lead to the first that it has now.
static void drop_rest(struct deciding *deciding, const struct adjudicate_row *row, size_t kept)
{
    struct sv id = deciding->made[row_index(deciding, row)];

    for (size_t i = kept; i < row->settled_count; i++) {
        struct sv gone = id_of(row->settled[i].rec);

        if (row->section == SECTION_CLAIMS)
            deciding_each_link(deciding, row->settled[i].article, gone,
                               sv_is_absent(id) ? deciding_drop_link : turn_link, id);
        change_drop(deciding->change, deciding_home(deciding, row->settled[i].article),
                    row->section, gone);
    }
}

// Put `count` outcomes in the place of what the row had.
bool deciding_settle(struct deciding *deciding, const struct outcome *outcomes, size_t count)
{
    const struct adjudicate_row *row = outcomes[0].row;

    for (size_t i = 0; i < count; i++) {
        struct sv id = i < row->settled_count ? id_of(row->settled[i].rec) : (struct sv){ 0 };

        if (row->section == SECTION_CLAIMS)
            put_claim(deciding, &outcomes[i], id);
        else if (!put_link(deciding, &outcomes[i], id))
            return false;
        if (row->section == SECTION_CLAIMS && sv_eq_cstr(outcomes[i].word, DECISION_REJECTED) &&
            !sv_is_absent(id))
            deciding_each_link(deciding, row->article, id, deciding_drop_link, (struct sv){ 0 });
    }
    drop_rest(deciding, row, count);
    if (row->section == SECTION_CLAIMS && !sv_is_absent(claim_of(deciding, row)))
        add_repeats(deciding, row, claim_of(deciding, row));
    return true;
}

bool deciding_begin(struct adjudicating *adjudicating, const char *what, struct deciding *out,
                    struct err *err)
{
    if (!adjudicating_may_decide(adjudicating, err))
        return false;
    *out = (struct deciding){ .adjudicating = adjudicating,
                              .rows = adjudicating_now(adjudicating),
                              .err = err };
    out->change = change_begin(adjudicating->session, what);
    out->made = mem_new((out->rows->all + 1) * sizeof(*out->made));
    return true;
}

bool deciding_finish(struct deciding *deciding, bool ok)
{
    mem_free(deciding->made);
    if (!ok) {
        change_abort(deciding->change);
        return false;
    }
    return change_commit(deciding->change, deciding->err);
}
