// The verbs of adjudication. Declared in session/adjudicate.h.
// Never change a layer of an annotator; what they make of the adjudicated ones is
// adjudicate_settle.c's.
#include "session/adjudicate.h"

#include "session/adjudicate_inner.h"
#include "session/build.h"

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

// Does any link join a claim of the adjudicated layer?
static void note_link(struct deciding *deciding, struct reading *home, const struct link *link,
                      struct sv id, struct sv other)
{
    (void)home, (void)link, (void)id, (void)other;
    deciding->is_linked = true;
}

static bool is_linked(struct deciding *deciding, size_t article, struct sv id)
{
    deciding->is_linked = false;
    deciding_each_link(deciding, article, id, note_link, (struct sv){ 0 });
    return deciding->is_linked;
}

static bool check_members(const struct adjudicate_row *row, struct err *err)
{
    return row->count || err_set(err, E_DANGLING, ERR_NOWHERE,
                                 "all that this decision rests on is gone; d takes it back");
}

// ---- verbs

bool adjudicate_take(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                     size_t rater, struct err *err)
{
    struct deciding deciding;
    struct outcome *outcomes;
    size_t(*choices)[ADJUDICATE_FIELDS], count = 0;
    bool ok;

    for (size_t i = 0; i < row->count; i++)
        count += row->members[i].rater == rater;
    if (!count)
        return err_set(err, E_USAGE, ERR_NOWHERE,
                       SV_FMT " has nothing here to be taken; r rejects what others have",
                       SV_ARG(adjudicating_now(adjudicating)->names[rater]));
    if (!deciding_begin(adjudicating, "take a reading", &deciding, err))
        return false;
    outcomes = mem_new(count * sizeof(*outcomes));
    choices = mem_new(count * sizeof(*choices));
    for (size_t i = 0, n = 0; i < row->count; i++) {
        if (row->members[i].rater != rater)
            continue;
        for (size_t f = 0; f < ADJUDICATE_FIELDS; f++)
            choices[n][f] = i;
        outcomes[n] = (struct outcome){ .row = row,
                                        .choice = choices[n],
                                        .first = i,
                                        .word = count == 1            ? deciding_word(row)
                                                : count == row->count ? SV(DECISION_ONE)
                                                                      : SV(DECISION_SPLIT) };
        n++;
    }
    ok = deciding_settle(&deciding, outcomes, count);
    mem_free(outcomes);
    mem_free(choices);
    return deciding_finish(&deciding, ok);
}

bool adjudicate_combine(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                        const size_t *choice, struct err *err)
{
    struct deciding deciding;
    struct outcome outcome = { .row = row, .choice = choice };

    if (!check_members(row, err) ||
        !deciding_begin(adjudicating, "combine readings", &deciding, err))
        return false;
    outcome.first = choice[kind_index(section_get(row->section)->kind,
                                      row->section == SECTION_CLAIMS ? "span" : "type")];
    outcome.word = deciding_word(row);
    return deciding_finish(&deciding, deciding_settle(&deciding, &outcome, 1));
}

void adjudicate_propose(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                        size_t *choice)
{
    struct deciding deciding = { .rows = adjudicating_now(adjudicating) };

    deciding_propose(&deciding, row, choice);
}

bool adjudicate_agreed(struct adjudicating *adjudicating, size_t *count, struct err *err)
{
    static const enum section order[] = { SECTION_CLAIMS,
                                          SECTION_LINKS }; // links need their claims
    struct deciding deciding;
    bool ok = true;

    *count = 0;
    if (adjudicating->unread.len)
        return err_set(err, E_SYSTEM, ERR_NOWHERE,
                       "what all agree on is not taken while %s cannot be read: nobody knows "
                       "whether it says otherwise",
                       buf_cstr(&adjudicating->unread));
    if (!deciding_begin(adjudicating, "take what all agree on", &deciding, err))
        return false;
    for (size_t k = 0; k < ARRAY_LEN(order); k++)
        for (size_t i = 0; ok && i < deciding.rows->count; i++) {
            const struct adjudicate_row *row = &deciding.rows->rows[i];
            size_t choice[ADJUDICATE_FIELDS];

            if (row->state != ADJUDICATE_AGREED || row->section != order[k])
                continue;
            deciding_propose(&deciding, row, choice);
            ok = deciding_settle(
                &deciding,
                &(struct outcome){
                    .row = row, .choice = choice, .first = choice[0], .word = deciding_word(row) },
                1);
            ++*count;
        }
    return deciding_finish(&deciding, ok);
}

bool adjudicate_reject(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                       struct sv why, struct err *err)
{
    struct deciding deciding;
    size_t choice[ADJUDICATE_FIELDS];

    if (sv_is_blank(why))
        return err_set(err, E_USAGE, ERR_NOWHERE, "say why it is rejected");
    if (!check_members(row, err) || !build_check_text(why, false, err) ||
        !deciding_begin(adjudicating, "reject", &deciding, err))
        return false;
    deciding_propose(&deciding, row, choice);
    return deciding_finish(&deciding,
                           deciding_settle(&deciding,
                                           &(struct outcome){ .row = row,
                                                              .choice = choice,
                                                              .first = choice[0],
                                                              .word = SV(DECISION_REJECTED),
                                                              .why = why },
                                           1));
}

// Does a member say what an earlier one says already?
static bool is_said_before(const struct adjudication *rows, const struct adjudicate_row *row,
                           size_t member)
{
    for (size_t i = 0; i < member; i++)
        if (adjudicate_is_same(rows, row, i, member))
            return true;
    return false;
}

// Two links of the same claims need another type, point or direction.
static bool can_both_stand(const struct adjudicate_row *row)
{
    uint32_t bits = UINT32_C(1) << kind_index(KIND_LINK, "type") |
                    UINT32_C(1) << kind_index(KIND_LINK, "point");

    for (size_t i = 1; i < row->count; i++)
        if (row->members[i].is_turned != row->members[0].is_turned)
            return true;
    return row->differs & bits;
}

bool adjudicate_stand(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                      struct err *err)
{
    const struct adjudication *rows = adjudicating_now(adjudicating);
    struct deciding deciding;
    struct outcome *outcomes;
    size_t(*choices)[ADJUDICATE_FIELDS], count = 0;
    bool ok;

    for (size_t i = 0; i < row->count; i++)
        count += !is_said_before(rows, row, i);
    if (count < 2)
        return err_set(err, E_USAGE, ERR_NOWHERE,
                       "there is one reading alone here; its number takes it");
    if (row->section == SECTION_LINKS && !can_both_stand(row))
        return err_set(err, E_LINK, ERR_NOWHERE,
                       "two links that say the same of the same claims cannot stand; take one");
    if (!deciding_begin(adjudicating, "let both stand", &deciding, err))
        return false;
    outcomes = mem_new(count * sizeof(*outcomes));
    choices = mem_new(count * sizeof(*choices));
    for (size_t i = 0, n = 0; i < row->count; i++) {
        if (is_said_before(rows, row, i))
            continue;
        for (size_t f = 0; f < ADJUDICATE_FIELDS; f++)
            choices[n][f] = i;
        outcomes[n] = (struct outcome){
            .row = row, .choice = choices[n], .first = i, .word = SV(DECISION_STAND)
        };
        n++;
    }
    ok = deciding_settle(&deciding, outcomes, count);
    mem_free(outcomes);
    mem_free(choices);
    return deciding_finish(&deciding, ok);
}

// A copy of what the row has settled, to be changed and put back.
static void *edit_settled(struct deciding *deciding, const struct adjudicate_row *row, size_t index)
{
    struct reading *home = deciding_home(deciding, row->settled[index].article);

    return record_edit(change_arena(home), section_get(row->section)->kind,
                       row->settled[index].rec);
}

static void put_settled(struct deciding *deciding, const struct adjudicate_row *row, size_t index,
                        const void *rec)
{
    change_put(deciding->change, deciding_home(deciding, row->settled[index].article), row->section,
               rec);
}

static bool check_settled(const struct adjudicate_row *row, struct err *err)
{
    return row->settled_count || err_set(err, E_USAGE, ERR_NOWHERE, "nothing is decided here yet");
}

bool adjudicate_reopen(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                       struct err *err)
{
    struct deciding deciding;

    if (!check_settled(row, err) ||
        !deciding_begin(adjudicating, "take a decision back", &deciding, err))
        return false;
    for (size_t i = 0; i < row->settled_count; i++) {
        const struct adjudicate_settled *settled = &row->settled[i];
        struct decision decision = decision_get(row->section, settled->rec);
        void *rec;

        if (row->section == SECTION_LINKS || !row->count ||
            decision_is_rejected(row->section, settled->rec) ||
            !is_linked(&deciding, settled->article, id_of(settled->rec))) {
            if (row->section == SECTION_CLAIMS)
                deciding_each_link(&deciding, settled->article, id_of(settled->rec),
                                   deciding_drop_link, (struct sv){ 0 });
            change_drop(deciding.change, deciding_home(&deciding, settled->article), row->section,
                        id_of(settled->rec));
            continue;
        }
        decision.word = decision.by = decision.why = (struct sv){ 0 };
        rec = edit_settled(&deciding, row, i);
        decision_set(row->section, rec, &decision);
        put_settled(&deciding, row, i, rec);
    }
    return deciding_finish(&deciding, true);
}

// Where a member stands among the origins of a record; its own count when nowhere.
static size_t first_member(const struct adjudication *rows, const struct adjudicate_row *row,
                           const struct decision *decision)
{
    for (size_t k = 0; k < decision->origin.count; k++) {
        struct origin origin;

        if (!origin_parse(decision->origin.items[k], &origin))
            continue;
        for (size_t m = 0; m < row->count; m++)
            if (sv_eq(rows->names[row->members[m].rater], origin.annotator) &&
                sv_eq(id_of(row->members[m].rec), origin.id))
                return m;
    }
    return 0;
}

bool adjudicate_confirm(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                        struct err *err)
{
    struct deciding deciding;

    if (!check_settled(row, err) || !check_members(row, err))
        return false;
    if (row->state != ADJUDICATE_NEW && row->state != ADJUDICATE_CHANGED)
        return err_set(err, E_USAGE, ERR_NOWHERE, "nothing is new here since it was decided");
    if (!deciding_begin(adjudicating, "let a decision hold", &deciding, err))
        return false;
    for (size_t i = 0; i < row->settled_count; i++) {
        struct reading *home = deciding_home(&deciding, row->settled[i].article);
        struct decision decision = decision_get(row->section, row->settled[i].rec);
        struct outcome outcome = { .row = row,
                                   .first = first_member(deciding.rows, row, &decision) };
        void *rec = edit_settled(&deciding, row, i);

        deciding_origins(&deciding, &outcome, change_arena(home), &decision);
        decision.by = sv_copy(change_arena(home), adjudicating_person(adjudicating));
        decision_set(row->section, rec, &decision);
        put_settled(&deciding, row, i, rec);
    }
    return deciding_finish(&deciding, true);
}

bool adjudicate_why(struct adjudicating *adjudicating, const struct adjudicate_row *row,
                    struct sv why, struct err *err)
{
    struct deciding deciding;

    if (!check_settled(row, err) || !build_check_text(why, false, err) ||
        !deciding_begin(adjudicating, "say why it was decided", &deciding, err))
        return false;
    for (size_t i = 0; i < row->settled_count; i++) {
        struct decision decision = decision_get(row->section, row->settled[i].rec);
        void *rec = edit_settled(&deciding, row, i);

        decision.why =
            sv_is_blank(why)
                ? (struct sv){ 0 }
                : sv_copy(change_arena(deciding_home(&deciding, row->settled[i].article)),
                          sv_trim(why));
        decision_set(row->section, rec, &decision);
        put_settled(&deciding, row, i, rec);
    }
    return deciding_finish(&deciding, true);
}
