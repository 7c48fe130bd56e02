// Adjudicating: what the verbs write, that it is undone, and that nothing is forgotten or decided
// twice.
#include "sitting.h"

#include "session/adjudicate.h"
#include "store/names.h"

#define BLAST_FILE "annotations/adjudicated/" SPACE_BLAST ".yaml"
#define FALL_FILE  "annotations/adjudicated/" SPACE_FALL ".yaml"

// Readings by ana and ben, made by the verbs; then a sitting of the adjudicated layer by eva.
struct court {
    struct space *space;
    struct session *session;
    struct reading *blast, *fall;
    struct adjudicating *it;
};

static void open_session(struct court *court, const char *annotator)
{
    struct err err = { 0 };

    session_free(court->session);
    court->session = NULL;
    sitting_must(session_new(&court->space->ws, sv_from(annotator), &court->session, &err), &err);
    sitting_must(session_open(court->session, SV(SPACE_BLAST), &court->blast, &err), &err);
    court->fall = session_find(court->session, SV(SPACE_FALL));
}

static struct sv mark(struct court *court, struct reading *reading, const char *words,
                      const char *type)
{
    struct byte_span span = sitting_span(reading, words);
    struct err err = { 0 };
    struct sv id;

    sitting_must(verb_mark(court->session, reading, &span, 1, &id, &err), &err);
    sitting_must(
        verb_set_field(court->session, reading, SECTION_CLAIMS, id, "type", sv_from(type), &err),
        &err);
    return id;
}

static void link_claims(struct court *court, struct sv from, struct reading *far, struct sv to,
                        const char *type)
{
    struct new_link link = { .type = sv_from(type), .why = SV("they do") };
    struct err err = { 0 };
    struct sv id;

    sitting_must(verb_link(court->session, court->blast, from, far, to, &link, &id, &err), &err);
}

static void set_field(struct court *court, struct sv id, const char *key, const char *text)
{
    struct err err = { 0 };

    sitting_must(
        verb_set_field(court->session, court->blast, SECTION_CLAIMS, id, key, sv_from(text), &err),
        &err);
}

// What both have: "dead", the same; "five", of another type; ana's link of "five" with "six"
// disputes, ben's does not; "named" is ana's alone, repeats "dead"; ben cuts "It was us, IS wrote
// later" in two.
static void read_as(struct court *court, const char *annotator, bool is_ana)
{
    struct sv dead, five, six, other;

    open_session(court, annotator);
    dead = mark(court, court->blast, "Khalil Haqqani died in Kabul", "event");
    five = mark(court, court->blast, "Five others died too", is_ana ? "quantity" : "event");
    six = mark(court, court->fall, "Six more people died", "quantity");
    set_field(court, five, "topic", "deaths");
    link_claims(court, five, court->fall, six, is_ana ? "contradicts" : "corroborates");
    if (is_ana) {
        other = mark(court, court->blast, "Nobody was named", "event");
        set_field(court, other, "repeats", "");
        sitting_must(verb_set_field(court->session, court->blast, SECTION_CLAIMS, other, "repeats",
                                    dead, &(struct err){ 0 }),
                     &(struct err){ 0 });
        mark(court, court->blast, "It was us,\xE2\x80\x9D IS wrote later", "speech");
    } else {
        mark(court, court->blast, "It was us", "speech");
        mark(court, court->blast, "IS wrote later", "speech");
    }
}

static void sit_down(struct court *court, const char *person)
{
    struct adjudicator who = { sv_from(person), sv_from(person) };
    struct err err = { 0 };

    open_session(court, ADJUDICATED);
    sitting_must(adjudicating_new(court->session, court->blast, &who, &court->it, &err), &err);
}

static void get_up(struct court *court)
{
    adjudicating_free(court->it);
    court->it = NULL;
}

static int court_setup(void **state)
{
    struct court *court = mem_new(sizeof(*court));
    void *space;

    if (space_setup(&space) != 0)
        return -1;
    court->space = space;
    read_as(court, "ana", true);
    read_as(court, "ben", false);
    sit_down(court, "eva");
    *state = court;
    return 0;
}

static int court_teardown(void **state)
{
    struct court *court = *state;
    void *space = court->space;

    get_up(court);
    session_free(court->session);
    mem_free(court);
    return space_teardown(&space);
}

static size_t count_in(struct court *court, enum adjudicate_state state)
{
    return adjudicating_now(court->it)->states[state];
}

static const struct adjudicate_row *row_by(struct court *court, enum section section,
                                           enum adjudicate_weight weight)
{
    const struct adjudication *rows = adjudicating_now(court->it);

    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].section == section && rows->rows[i].weight == weight)
            return &rows->rows[i];
    fail_msg("no row: %s", adjudicate_weight_name(weight));
    return NULL;
}

static void undo(struct court *court)
{
    struct err err = { 0 };
    const char *what;
    struct reading *where;

    sitting_must(session_undo(court->session, &what, &where, &err), &err);
}

static const struct claim *settled_claim(const struct adjudicate_row *row, size_t index)
{
    assert_true(index < row->settled_count);
    return row->settled[index].rec;
}

static void is_sv(struct sv got, const char *want)
{
    if (!sv_eq_cstr(got, want))
        fail_msg("'" SV_FMT "', not '%s'", SV_ARG(got), want);
}

static void t_there_is_room_for_every_field(void **state)
{
    (void)state;
    assert_true(kind_get(KIND_CLAIM)->field_count <= ADJUDICATE_FIELDS);
    assert_true(kind_get(KIND_LINK)->field_count <= ADJUDICATE_FIELDS);
    assert_true(ADJUDICATE_FIELDS <= 32); // bits of adjudicate_row.differs
}

static void t_rows_are_those_of_both(void **state)
{
    struct court *court = *state;

    assert_int_equal(count_in(court, ADJUDICATE_AGREED), 1); // dead
    assert_int_equal(count_in(court, ADJUDICATE_OPEN), 4);   // five, its link, named, the pieces
    assert_int_equal(row_by(court, SECTION_CLAIMS, ADJUDICATE_EDGES)->count, 3);
}

static void t_one_side_is_taken_and_the_other_kept_in_sight(void **state)
{
    struct court *court = *state;
    struct err err = { 0 };
    const struct claim *claim;
    char *before = space_read(court->space, "annotations/ben/" SPACE_BLAST ".yaml"), *after;

    sitting_must(
        adjudicate_take(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 1, &err), &err);
    claim = settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 0);
    is_sv(claim->type, "event");
    is_sv(claim->decision, "same");
    is_sv(claim->decided_by, "eva");
    assert_int_equal(claim->origin.count, 2);
    assert_true(sv_starts(claim->origin.items[0], SV("ben/")));
    assert_true(sv_starts(claim->origin.items[1], SV("ana/")));
    assert_int_equal(claim->seen.count, 2);
    assert_int_equal(count_in(court, ADJUDICATE_DECIDED), 1);
    assert_true(space_has(court->space, BLAST_FILE, "decided_by: eva"));

    sitting_must(
        adjudicate_take(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 0, &err),
        &err); // thought better of
    assert_int_equal(court->blast->file.layer.sections[SECTION_CLAIMS].count, 1);
    is_sv(settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 0)->type, "quantity");
    undo(court);
    is_sv(settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 0)->type, "event");
    undo(court);
    assert_int_equal(count_in(court, ADJUDICATE_DECIDED), 0);
    after = space_read(court->space, "annotations/ben/" SPACE_BLAST ".yaml");
    assert_string_equal(before, after);
    mem_free(before);
    mem_free(after);
}

static void t_fields_are_combined(void **state)
{
    struct court *court = *state;
    const struct adjudicate_row *row = row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE);
    size_t choice[ADJUDICATE_FIELDS];
    const struct kind *kind = kind_get(KIND_CLAIM);
    struct err err = { 0 };
    const struct claim *claim;

    adjudicate_propose(court->it, row, choice);
    choice[kind_find(kind, SV("type")) - kind->fields] = 1;
    sitting_must(adjudicate_combine(court->it, row, choice, &err), &err);
    claim = settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 0);
    is_sv(claim->type, "event");
    is_sv(claim->topic, "deaths");
    assert_true(sv_starts(claim->origin.items[0], SV("ana/"))); // whose words were taken
}

static void t_a_link_brings_its_claims_and_leaves_them_open(void **state)
{
    struct court *court = *state;
    const struct adjudicate_row *row = row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE);
    const struct link *link;
    struct err err = { 0 };

    sitting_must(adjudicate_take(court->it, row, 0, &err), &err);
    row = row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE);
    assert_int_equal(row->state, ADJUDICATE_DECIDED);
    link = row->settled[0].rec;
    is_sv(link->type, "contradicts");
    is_sv(link->decision, "same");
    assert_int_equal(link->origin.count, 2);
    assert_non_null(layer_claim(&court->blast->file.layer, link->from));
    assert_non_null(layer_claim(&court->fall->file.layer, link->to->claim));
    row = row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE);
    assert_int_equal(row->state, ADJUDICATE_OPEN); // its end is there, not decided
    assert_int_equal(row->settled_count, 1);
    assert_true(sv_is_absent(settled_claim(row, 0)->decision));
    is_sv(layer_claim(&court->fall->file.layer, link->to->claim)->decision, "same"); // all agree

    sitting_must(adjudicate_take(court->it, row, 1, &err), &err); // the link stays where it was
    assert_non_null(layer_claim(&court->blast->file.layer, link->from));
    assert_int_equal(row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE)->state, ADJUDICATE_DECIDED);
}

static void t_pieces_are_split_or_joined(void **state)
{
    struct court *court = *state;
    const struct adjudicate_row *row = row_by(court, SECTION_CLAIMS, ADJUDICATE_EDGES);
    struct err err = { 0 };

    sitting_must(adjudicate_take(court->it, row, 1, &err), &err);
    row = row_by(court, SECTION_CLAIMS, ADJUDICATE_EDGES);
    assert_int_equal(row->settled_count, 2);
    is_sv(settled_claim(row, 0)->decision, "split");
    assert_int_equal(settled_claim(row, 1)->origin.count, 3);
    sitting_must(adjudicate_take(court->it, row, 0, &err), &err);
    row = row_by(court, SECTION_CLAIMS, ADJUDICATE_EDGES);
    assert_int_equal(row->settled_count, 1);
    is_sv(settled_claim(row, 0)->decision, "joined");
}

static void t_what_is_rejected_keeps_its_cause_and_loses_its_links(void **state)
{
    struct court *court = *state;
    struct err err = { 0 };

    assert_false(adjudicate_reject(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE),
                                   SV(" "), &err));
    err_release(&err);
    sitting_must(
        adjudicate_take(court->it, row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE), 0, &err),
        &err);
    sitting_must(adjudicate_reject(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE),
                                   SV("not in the text"), &err),
                 &err);
    is_sv(settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 0)->why, "not in the text");
    assert_int_equal(row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE)->state, ADJUDICATE_FALLEN);
    assert_int_equal(court->blast->file.layer.sections[SECTION_LINKS].count, 0);
    assert_int_equal(session_counts(court->session, court->blast).rejected, 1);
    assert_int_equal(court->blast->mark_count, 0); // it is no claim to be seen
    assert_false(
        adjudicate_take(court->it, row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE), 0, &err));
    err_release(&err);
    undo(court);
    assert_int_equal(row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE)->state, ADJUDICATE_DECIDED);
}

static void t_a_rejected_link_needs_no_claims(void **state)
{
    struct court *court = *state;
    struct err err = { 0 };

    sitting_must(adjudicate_reject(court->it, row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE),
                                   SV("they speak of other days"), &err),
                 &err);
    assert_int_equal(row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE)->state, ADJUDICATE_DECIDED);
    assert_int_equal(court->blast->file.layer.sections[SECTION_CLAIMS].count, 0);
    assert_true(space_has(court->space, BLAST_FILE, "decided_why: they speak of other days"));
}

static void t_both_stand(void **state)
{
    struct court *court = *state;
    const struct adjudicate_row *row;
    struct err err = { 0 };

    sitting_must(adjudicate_stand(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), &err),
                 &err);
    sitting_must(
        adjudicate_stand(court->it, row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE), &err), &err);
    row = row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE);
    assert_int_equal(row->settled_count, 2);
    assert_int_equal(row->state, ADJUDICATE_DECIDED);
    is_sv(settled_claim(row, 1)->decision, "both-stand");
    assert_int_equal(row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE)->settled_count, 2);
    assert_false(
        adjudicate_stand(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_ALONE), &err));
    err_release(&err);
}

// Decide all there is.
static void decide_all(struct court *court)
{
    struct err err = { 0 };
    size_t count;

    sitting_must(adjudicate_agreed(court->it, &count, &err), &err);
    for (size_t i = 0; i < adjudicating_now(court->it)->count; i++) {
        const struct adjudicate_row *row = &adjudicating_now(court->it)->rows[i];

        if (adjudicate_is_open(row->state))
            sitting_must(adjudicate_take(court->it, row, row->members[0].rater, &err), &err);
    }
}

static void t_when_all_is_decided_nothing_is_open(void **state)
{
    struct court *court = *state;
    const struct claim *named;
    size_t count;
    struct err err = { 0 };
    char *before, *after;

    decide_all(court);
    assert_int_equal(count_in(court, ADJUDICATE_DECIDED), adjudicating_now(court->it)->count);
    named = settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_ALONE), 0);
    is_sv(named->decision, "only-one");
    assert_int_equal(named->repeats.count, 1); // the claim that was made of the one it repeats
    assert_non_null(layer_claim(&court->blast->file.layer, named->repeats.items[0]));

    before = space_read(court->space, BLAST_FILE);
    get_up(court);
    sit_down(court, "eva"); // again: nothing is new, and nothing is written
    assert_int_equal(count_in(court, ADJUDICATE_DECIDED), adjudicating_now(court->it)->count);
    sitting_must(adjudicate_agreed(court->it, &count, &err), &err);
    assert_int_equal(count, 0);
    after = space_read(court->space, BLAST_FILE);
    assert_string_equal(before, after);
    mem_free(before);
    mem_free(after);
}

static void t_repeats_follow_when_the_other_claim_is_decided_later(void **state)
{
    struct court *court = *state;
    struct err err = { 0 };
    size_t count;

    sitting_must(
        adjudicate_take(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_ALONE), 0, &err), &err);
    assert_int_equal(
        settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_ALONE), 0)->repeats.count, 0);
    sitting_must(adjudicate_agreed(court->it, &count, &err), &err);
    assert_int_equal(
        settled_claim(row_by(court, SECTION_CLAIMS, ADJUDICATE_ALONE), 0)->repeats.count, 1);
}

static void t_decisions_outlive_a_changed_layer(void **state)
{
    struct court *court = *state;
    struct err err = { 0 };
    struct sv id;
    size_t decided;

    decide_all(court);
    decided = count_in(court, ADJUDICATE_DECIDED);
    get_up(court);
    open_session(court, "ben"); // thinks better of one, and marks another
    id = ((const struct record *)court->blast->file.layer.sections[SECTION_CLAIMS].items[0])->id;
    set_field(court, id, "type", "background");
    mark(court, court->blast, "Nobody was named", "event");
    sit_down(court, "eva");
    assert_int_equal(count_in(court, ADJUDICATE_CHANGED), 1);
    assert_int_equal(count_in(court, ADJUDICATE_NEW), 1);
    assert_int_equal(count_in(court, ADJUDICATE_DECIDED), decided - 2);
    for (size_t i = 0; i < adjudicating_now(court->it)->count; i++) {
        const struct adjudicate_row *row = &adjudicating_now(court->it)->rows[i];

        if (adjudicate_is_open(row->state))
            sitting_must(adjudicate_confirm(court->it, row, &err), &err);
    }
    assert_int_equal(count_in(court, ADJUDICATE_DECIDED), decided);
}

static void t_a_decision_is_taken_back(void **state)
{
    struct court *court = *state;
    struct err err = { 0 };

    sitting_must(
        adjudicate_take(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), 0, &err), &err);
    sitting_must(adjudicate_why(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE),
                                SV("it counts"), &err),
                 &err);
    assert_true(space_has(court->space, BLAST_FILE, "why: it counts"));
    sitting_must(
        adjudicate_take(court->it, row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE), 0, &err),
        &err);
    sitting_must(adjudicate_reopen(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), &err),
                 &err);
    assert_int_equal(row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE)->state, ADJUDICATE_OPEN);
    assert_int_equal(row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE)->settled_count, 1);
    sitting_must(
        adjudicate_reopen(court->it, row_by(court, SECTION_LINKS, ADJUDICATE_OPPOSITE), &err),
        &err);
    sitting_must(adjudicate_reopen(court->it, row_by(court, SECTION_CLAIMS, ADJUDICATE_TYPE), &err),
                 &err);
    assert_int_equal(court->blast->file.layer.sections[SECTION_CLAIMS].count, 0);
}

static void t_the_team_says_who_decides(void **state)
{
    struct court *court = *state;
    struct findings findings = { 0 };
    struct err err = { 0 };
    size_t count;

    get_up(court);
    space_write(court->space, "annotations/team.yaml",
                "gainsay: 1\nblind: true\nadjudicators: [eva]\nannotators:\n\n- id: eva\n");
    sit_down(court, "ana");
    assert_false(adjudicating_may_decide(court->it, &err));
    assert_int_equal(err.code, E_TEAM);
    assert_non_null(strstr(buf_cstr(&err.text), "'ana' has not finished"));
    err_release(&err);
    assert_false(adjudicate_agreed(court->it, &count, &err));
    err_release(&err);
    session_take_findings(court->session, &findings);
    assert_true(space_found(&findings, E_INCOMPLETE, "works blind"));
    findings_release(&findings);
    for (size_t i = 0; i < adjudicating_now(court->it)->count; i++)
        assert_int_equal(adjudicating_now(court->it)->rows[i].marked, 1); // ben's is not seen
    get_up(court);
    sit_down(court, "eva");
    assert_true(adjudicating_may_decide(court->it, &err));
    assert_int_equal(count_in(court, ADJUDICATE_OPEN), 4);
    get_up(court);
    space_write(court->space, "annotations/team.yaml",
                "gainsay: 1\nadjudicators: [eva]\nannotators:\n\n- id: eva\n");
    sit_down(court, "ana");
    assert_false(adjudicating_may_decide(court->it, &err));
    assert_non_null(strstr(buf_cstr(&err.text), "'eva' decides"));
    err_release(&err);
}

#define COURT(name) cmocka_unit_test_setup_teardown(name, court_setup, court_teardown)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_there_is_room_for_every_field),
        COURT(t_rows_are_those_of_both),
        COURT(t_one_side_is_taken_and_the_other_kept_in_sight),
        COURT(t_fields_are_combined),
        COURT(t_a_link_brings_its_claims_and_leaves_them_open),
        COURT(t_pieces_are_split_or_joined),
        COURT(t_what_is_rejected_keeps_its_cause_and_loses_its_links),
        COURT(t_a_rejected_link_needs_no_claims),
        COURT(t_both_stand),
        COURT(t_when_all_is_decided_nothing_is_open),
        COURT(t_repeats_follow_when_the_other_claim_is_decided_later),
        COURT(t_decisions_outlive_a_changed_layer),
        COURT(t_a_decision_is_taken_back),
        COURT(t_the_team_says_who_decides),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
