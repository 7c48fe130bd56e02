// The commands that ask: marking, attributing, contesting, linking, by keys from the text to the
// record.
#include "app_world.h"

#include "tui/help.h"
#include "tui/list.h"
#include "tui/prompt.h"

static const struct link *link_at(const struct reading *reading, size_t index)
{
    assert_true(index < reading->file.layer.sections[SECTION_LINKS].count);
    return reading->file.layer.sections[SECTION_LINKS].items[index];
}

static const char *quote(const struct claim *claim, size_t part)
{
    return ((const struct part *)claim->span.items[part])->quote.ptr;
}

static void quick_mark(struct app_world *world, const char *words)
{
    at(world, words);
    press(world, "C");
}

// A claim in each article, the focus on the first.
static void two_claims(struct app_world *world)
{
    press(world, "<Tab>");
    quick_mark(world, "Six people");
    press(world, "<Tab>");
    quick_mark(world, "Five people");
}

static void attribute(struct app_world *world, const char *name)
{
    press(world, "a");
    type_text(world, name);
    press(world, "<Enter><Enter>r<Esc>"); // the new source, its kind later, reports, no cue
}

static void clause_is_marked_without_a_selection(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "people died");
    assert_string_equal(quote(claim_at(world->a, 0), 0), "Five people died in the blast");
    assert_null(world->app->top);
    press(world, "u");
    assert_int_equal(claim_count(world->a), 0);
    press(world, "U");
    assert_int_equal(claim_count(world->a), 1);
}

static void clause_marked_already_opens_its_form(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "people died");
    press(world, "c");
    assert_non_null(world->app->top);
    assert_int_equal(claim_count(world->a), 1);
    press(world, "<Esc>t c <Esc>"); // selected on purpose: a second claim
    assert_int_equal(claim_count(world->a), 2);
}

static void selection_is_marked_and_dropped(void **state)
{
    struct app_world *world = *state;

    at(world, "people");
    press(world, "v e C");
    assert_string_equal(quote(claim_at(world->a, 0), 0), "people");
    assert_false(app_view(world->app)->has_selection);
}

static void parts_are_added_and_taken_out(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    at(world, "confirmed");
    press(world, "v e +");
    assert_int_equal(claim_at(world->a, 0)->span.count, 2);
    assert_string_equal(quote(claim_at(world->a, 0), 1), "confirmed");
    press(world, "-");
    assert_int_equal(claim_at(world->a, 0)->span.count, 1);
}

static void part_goes_to_the_claim_marked_last(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    press(world, "<Esc>");
    at(world, "confirmed"); // nearer to what follows than the one that is marked last
    press(world, "v e C");
    quick_mark(world, "Five people");
    at(world, "people died");
    press(world, "v e C");
    at(world, "the number");
    press(world, "v e e +");
    assert_string_equal(quote(claim_at(world->a, 1), 0), "people");
    assert_int_equal(claim_at(world->a, 1)->span.count, 2);
}

static void ends_are_moved_or_left(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    press(world, "r o w <Esc>");
    assert_string_equal(quote(claim_at(world->a, 0), 0), "Five people died in the blast");
    assert_null(world->app->choosing.prompt);
    press(world, "r o w <Enter>");
    assert_string_equal(quote(claim_at(world->a, 0), 0), "people died in the blast");
}

static void split_and_join_undo_each_other(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    at(world, "died");
    press(world, "S");
    assert_int_equal(claim_count(world->a), 2);
    at(world, "Five");
    press(world, "&");
    assert_int_equal(claim_count(world->a), 1);
}

static void delete_takes_the_links_and_undo_brings_them_back(void **state)
{
    struct app_world *world = *state;

    two_claims(world);
    press(world, "x<Enter>dn");
    press(world, "d");
    assert_int_equal(claim_count(world->a), 0);
    assert_int_equal(world->a->file.layer.sections[SECTION_LINKS].count, 0);
    press(world, "u");
    assert_int_equal(claim_count(world->a), 1);
    assert_int_equal(world->a->file.layer.sections[SECTION_LINKS].count, 1);
}

static void contested_is_one_key(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    press(world, "!");
    assert_non_null(claim_at(world->a, 0)->contested);
    assert_message(world, "contested");
    press(world, "!");
    assert_null(claim_at(world->a, 0)->contested);
}

static void source_act_and_proposed_cue(void **state)
{
    struct app_world *world = *state;
    const struct voice *voice;

    quick_mark(world, "Five people");
    press(world, "a");
    type_text(world, "local media\n");
    press(world, "m r"); // an outlet, reports
    assert_true(world->app->choosing.prompt != NULL);
    press(world, "<Enter>"); // the cue proposed
    voice = voice_at(claim_at(world->a, 0), 0);
    assert_sv(voice->source, "local-media");
    assert_false(sv_is_absent(voice->act));
    assert_non_null(voice->cue);
    assert_sv(voice->cue->quote, "local media said"); // the verb and the name beside it
}

static void act_of_the_reporting_verb_is_proposed(void **state)
{
    struct app_world *world = *state;

    at(world, "the number");
    press(world, "v e e C a");
    type_text(world, "ministry\n");
    press(world, "g");
    assert_true(shows(world, "<Enter> takes the proposal"));
    press(world, "<Enter><Enter>");
    assert_sv(voice_at(claim_at(world->a, 0), 0)->act, "confirms");
    assert_non_null(voice_at(claim_at(world->a, 0), 0)->cue);
}

static void known_source_is_taken_by_enter(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    attribute(world, "local media");
    quick_mark(world, "confirmed");
    press(world, "a<Enter>c<Esc>");
    assert_sv(voice_at(claim_at(world->a, 1), 0)->source, "local-media");
    assert_sv(voice_at(claim_at(world->a, 1), 0)->act, "confirms");
}

static void cue_is_what_is_selected(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    press(world, "a");
    type_text(world, "local media\n");
    press(world, "m r");
    at(world, "local");
    press(world, "v e e e <Enter>");
    assert_sv(voice_at(claim_at(world->a, 0), 0)->cue->quote, "local media said");
}

static void escape_on_the_way_attributes_nothing(void **state)
{
    static const char *const ways[] = { "a<Esc>", "a x<Enter><Esc><Esc>",
                                        "a x<Enter><Enter><Esc><Esc>" };
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        press(world, ways[i]);
        assert_null(world->app->top);
        assert_int_equal(claim_at(world->a, 0)->attributed_to.count, 0);
    }
}

static void dot_repeats_the_voice(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    attribute(world, "local media");
    quick_mark(world, "confirmed");
    press(world, ".");
    assert_sv(voice_at(claim_at(world->a, 1), 0)->source, "local-media");
    assert_sv(voice_at(claim_at(world->a, 1), 0)->act, "reports");
}

static void voice_inside_the_last_voice(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    attribute(world, "local media");
    press(world, "A");
    type_text(world, "the mayor");
    press(world, "<Enter><Enter>l<Esc>");
    assert_int_equal(claim_at(world->a, 0)->attributed_to.count, 1);
    assert_sv(voice_at(claim_at(world->a, 0), 0)->citing->source, "the-mayor");
}

static void selected_name_becomes_a_source_then_an_alias(void **state)
{
    struct app_world *world = *state;
    const struct source *source;

    quick_mark(world, "Five people");
    at(world, "local media");
    press(world, "v e e a<Enter>m<Enter><Esc>");
    source =
        registry_find(session_registry(world->session), voice_at(claim_at(world->a, 0), 0)->source);
    assert_sv(source->name, "local media");

    quick_mark(world, "confirmed");
    at(world, "The ministry");
    press(world, "v e e a");
    assert_true(shows(world, "new source 'The ministry'"));
    press(world, "<Down>");
    assert_true(shows(world, "+ alias 'The ministry'"));
    press(world, "<Enter>c<Esc>");
    source = registry_find(session_registry(world->session), SV("local-media"));
    assert_true(sv_eq_cstr(source->aliases.items[source->aliases.count - 1], "The ministry"));
}

static void sources_are_edited_from_their_list(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    attribute(world, "local media");
    press(world, "gsem");
    assert_sv(registry_find(session_registry(world->session), SV("local-media"))->kind, "outlet");
    press(world, "<Esc>q");
    assert_null(world->app->top);
}

static void link_to_a_claim_of_the_other_article(void **state)
{
    struct app_world *world = *state;
    const struct link *link;

    two_claims(world);
    press(world, "x");
    assert_int_equal(world->app->focus, PANE_OTHER);
    press(world, "<Enter>d!n");
    link = link_at(world->a, 0);
    assert_sv(link->type, "differs");
    assert_sv(link->point, "number");
    assert_true(link->strict);
    assert_true(sv_eq(link->to->claim, claim_at(world->b, 0)->id));
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_ptr_equal(view_claim(app_view(world->app)), claim_at(world->a, 0));
    assert_true(
        shows(world, "linked: ≠ differs number strictly  b: Six people were dead by night"));
}

static void link_to_a_passage_makes_the_claim(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "claimed the attack");
    press(world, "x");
    at(world, "The mayor denies");
    press(world, "v ) <Enter>c<Enter>");
    assert_int_equal(claim_count(world->b), 1);
    assert_true(sv_eq(link_at(world->a, 0)->to->claim, claim_at(world->b, 0)->id));
    press(world, "u");
    assert_int_equal(claim_count(world->b), 0);
}

static void link_within_the_article(void **state)
{
    struct app_world *world = *state;
    size_t cursor;

    quick_mark(world, "Nobody saw");
    quick_mark(world, "Five people");
    cursor = app_view(world->app)->cursor;
    press(world, "X");
    at(world, "Nobody saw");
    press(world, "<Enter>q<Enter>");
    assert_sv(link_at(world->a, 0)->type, "qualifies");
    assert_int_equal(app_view(world->app)->cursor, cursor);
}

static void escape_while_linking_goes_back(void **state)
{
    static const char *const ways[] = { "x<Esc>", "x G <Esc>", "x<Enter><Esc><Esc>",
                                        "x<Enter>d<Esc><Esc><Esc>", "X}<Esc>" };
    struct app_world *world = *state;
    size_t cursor, other;

    two_claims(world);
    cursor = app_view(world->app)->cursor;
    other = world->app->views[PANE_OTHER].cursor;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        press(world, ways[i]);
        assert_null(world->app->top);
        assert_null(world->app->choosing.prompt);
        assert_int_equal(world->app->focus, PANE_ARTICLE);
        assert_int_equal(app_view(world->app)->cursor, cursor);
        assert_int_equal(world->app->views[PANE_OTHER].cursor, other);
        assert_int_equal(world->a->file.layer.sections[SECTION_LINKS].count, 0);
    }
}

static void claim_is_no_counterpart_of_itself(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    press(world, "X");
    at(world, "Five people");
    press(world, "<Enter>");
    assert_message(world, "that is the claim itself; ] goes to the next one");
    assert_non_null(world->app->choosing.prompt);
}

static void silence_of_the_other_article(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "The league");
    press(world, "O");
    type_text(world, "league, group\n");
    assert_sv(link_at(world->a, 0)->type, "omits");
    assert_int_equal(link_at(world->a, 0)->searched.count, 2);
    assert_message(world, "linked: b is silent on it");
}

static void counterparts_in_turn(void **state)
{
    struct app_world *world = *state;

    two_claims(world);
    press(world, "<Tab>");
    quick_mark(world, "The mayor denies");
    press(world, "<Tab>");
    for (size_t i = 0; i < 2; i++) {
        press(world, "x");
        at(world, i ? "The mayor" : "Six people");
        press(world, "<Enter>d<Enter>");
    }
    press(world, "=");
    assert_ptr_equal(view_claim(&world->app->views[PANE_OTHER]), claim_at(world->b, 0));
    press(world, "=");
    assert_ptr_equal(view_claim(&world->app->views[PANE_OTHER]), claim_at(world->b, 1));
    press(world, "=");
    assert_ptr_equal(view_claim(&world->app->views[PANE_OTHER]), claim_at(world->b, 0));
}

static void link_is_turned_round_in_its_form(void **state)
{
    struct app_world *world = *state;

    two_claims(world);
    press(world, "x<Enter>u<Enter>gl<Enter>");
    while (!shows(world, "▶turn round"))
        press(world, "<Down>");
    press(world, "<Enter>");
    assert_int_equal(world->a->file.layer.sections[SECTION_LINKS].count, 0);
    assert_true(sv_eq(link_at(world->b, 0)->from, claim_at(world->b, 0)->id));
}

static void note_has_a_text_and_a_kind(void **state)
{
    struct app_world *world = *state;
    const struct note *note;

    at(world, "Nobody");
    press(world, "M");
    type_text(world, "who was asked?\n");
    press(world, "q");
    assert_int_equal(world->a->file.layer.sections[SECTION_NOTES].count, 1);
    note = world->a->file.layer.sections[SECTION_NOTES].items[0];
    assert_sv(note->text, "who was asked?");
    assert_sv(note->kind, "question");
}

static void note_may_come_from_the_editor(void **state)
{
    struct app_world *world = *state;
    struct buf text = { 0 };

    at(world, "Nobody");
    press(world, "M<C-x>");
    assert_int_equal(app_request(world->app, &text), REQUEST_EDIT);
    app_edit_done(world->app, true, SV("one\ntwo\n"));
    press(world, "<Enter><Enter>");
    assert_sv(((const struct note *)world->a->file.layer.sections[SECTION_NOTES].items[0])->text,
              "one\ntwo");
    buf_release(&text);
}

static void furniture_and_read_ranges(void **state)
{
    struct app_world *world = *state;

    at(world, "A blast");
    press(world, "F");
    assert_int_equal(world->a->file.layer.sections[SECTION_FURNITURE].count, 1);
    at(world, "Five");
    press(world, "2R");
    assert_int_equal(world->a->file.layer.head.read.count, 1);
    at(world, "Nobody");
    press(world, "R");
    assert_message(world, "marked as not read");
}

static void fields_are_set_by_command(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five people");
    press(world, ":");
    type_text(world, "set topic deaths\n");
    assert_sv(claim_at(world->a, 0)->topic, "deaths");
    press(world, ":");
    type_text(world, "set type quantty\n");
    assert_true(sv_is_absent(claim_at(world->a, 0)->type));
    assert_int_equal(world->app->message_role, ROLE_ERROR);
}

// ---- list, help, prompt

static void list_counts_filters_and_goes_there(void **state)
{
    struct app_world *world = *state;

    two_claims(world);
    quick_mark(world, "Nobody saw");
    quick_mark(world, "confirmed");
    press(world, "! gc");
    assert_int_equal(world->app->focus, PANE_LIST);
    assert_true(shows(world, "claims 3 !1  by position"));
    press(world, "f");
    type_text(world, "nobody\n");
    assert_true(shows(world, "claims 1"));
    press(world, "<Enter>");
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_ptr_equal(view_claim(app_view(world->app)), claim_at(world->a, 2));
}

static void list_with_articles_named_shows_the_other_too(void **state)
{
    struct app_world *world = *state;

    two_claims(world);
    press(world, "gc f");
    type_text(world, "article:b\n");
    assert_true(shows(world, "claims 1"));
    press(world, "<Enter>");
    assert_int_equal(world->app->focus, PANE_OTHER);
}

static void list_opened_from_the_other_article_begins_at_its_claim(void **state)
{
    struct app_world *world = *state;
    struct reading *reading;

    two_claims(world);
    press(world, "<Tab>");
    quick_mark(world, "The mayor denies");
    press(world, "gc");
    assert_ptr_equal(claim_list_current(world->app->list, world->app, &reading),
                     claim_at(world->b, 1));
    assert_ptr_equal(reading, world->b);
}

static void bad_filter_keeps_the_old_one(void **state)
{
    struct app_world *world = *state;
    struct err err = { 0 };

    two_claims(world);
    press(world, "gc");
    assert_true(claim_list_set_filter(world->app->list, world->app, SV("people"), &err));
    assert_false(claim_list_set_filter(world->app->list, world->app, SV("(people"), &err));
    assert_int_equal(err.code, E_QUERY);
    assert_sv(claim_list_filter(world->app->list), "people");
    err_release(&err);
}

static void list_is_sorted_by_what_it_says(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "c t <Esc>");
    at(world, "Nobody");
    press(world, "c e <Esc> gc s s");
    assert_true(shows(world, "by type"));
    press(world, "gg <Enter>");
    assert_ptr_equal(view_claim(app_view(world->app)), claim_at(world->a, 1));
}

static void list_keeps_its_row_when_the_claim_is_deleted(void **state)
{
    struct app_world *world = *state;

    quick_mark(world, "Five");
    quick_mark(world, "Nobody");
    quick_mark(world, "The league");
    press(world, "gc gg j d");
    assert_int_equal(claim_count(world->a), 2);
    press(world, "d d");
    assert_int_equal(claim_count(world->a), 0);
    assert_true(shows(world, "no claims yet"));
    press(world, "d");
    assert_int_equal(world->app->message_role, ROLE_WARNING);
}

static void help_is_searched(void **state)
{
    struct app_world *world = *state;

    press(world, "?");
    assert_true(shows(world, "one row down"));
    press(world, "/");
    type_text(world, "contested");
    assert_true(shows(world, "mark the claim as contested, or not"));
    assert_false(shows(world, "one row down"));
    press(world, "<Enter><Esc>");
    assert_null(world->app->top);
}

static void help_knows_every_command(void **state)
{
    struct app_world *world = *state;

    for (int id = COMMAND_NONE + 1; id < COMMAND__N; id++) {
        const struct command *command = command_get((enum command_id)id);

        help_open(world->app, sv_from(command->help));
        assert_true(shows(world, command->help));
        press(world, "<Esc>");
    }
}

static struct buf done_text; // what the prompt gave; tests only

static void take(struct app *app, struct sv text, bool ok)
{
    (void)app;
    buf_clear(&done_text);
    buf_add_cstr(&done_text, ok ? "ok:" : "left:");
    buf_add(&done_text, text);
}

static size_t offer(struct app *app, struct sv text, size_t cursor, struct buf *out)
{
    (void)app, (void)text, (void)cursor;
    buf_add_cstr(out, "deaths\t3\ndeadline\n");
    return 0;
}

static void prompt_remembers_and_completes(void **state)
{
    struct app_world *world = *state;
    const struct prompt spec = {
        .label = "? ", .history = "test", .done = take, .complete = offer
    };

    prompt_open(world->app, &spec);
    type_text(world, "one\n");
    assert_string_equal(buf_cstr(&done_text), "ok:one");
    prompt_open(world->app, &spec);
    type_text(world, "tw");
    press(world, "<Up><Enter>");
    assert_string_equal(buf_cstr(&done_text), "ok:one");
    prompt_open(world->app, &spec);
    type_text(world, "tw");
    press(world, "<Up><Down><Esc>");
    assert_string_equal(buf_cstr(&done_text), "left:tw");
    prompt_open(world->app, &spec);
    type_text(world, "d");
    press(world, "<Tab>");
    assert_true(shows(world, "? dea "));
    assert_true(shows(world, "deaths 3  deadline"));
    press(world, "<Tab><Tab><Enter>");
    assert_string_equal(buf_cstr(&done_text), "ok:deadline");
    buf_release(&done_text);
}

static void dialogs_open_at_the_end_are_freed(void **state)
{
    static const char *const ways[] = { "c", "a", "x", "x<Enter>", "gl", "O", "?", "M", "r" };
    struct app_world *world = *state;

    two_claims(world);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) { // leaks are found by the sanitizer
        press(world, ways[i]);
        app_free(world->app);
        world->app = app_new(world->session, world->a, world->b, 21, 0);
    }
}

// ---- what it costs in keys

static size_t keys_in(const char *keys)
{
    struct sv rest = sv_from(keys);
    key_num key;
    size_t count = 0;

    while (key_parse(&rest, &key))
        count++;
    return count;
}

static void budgets_hold(void **state)
{
    static const struct {
        const char *where, *keys;
        size_t budget;
    } rows[] = {
        { "Nobody", "cqc<Esc>", 8 },                     // in the author's voice
        { "confirmed", "cqc<Esc>a<Enter>r<Enter>", 12 }, // attributed
        { "confirmed", "x<Enter>dn", 7 },                // disputed by the other article
        { "confirmed", "!", 1 },
    };
    struct app_world *world = *state;

    two_claims(world);
    attribute(world, "local media");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_in_range(keys_in(rows[i].keys), 1, rows[i].budget);
        at(world, rows[i].where);
        press(world, rows[i].keys);
    }
    assert_sv(claim_at(world->a, 2)->type, "quantity");
    assert_sv(voice_at(claim_at(world->a, 1), 0)->act, "reports");
    assert_int_equal(world->a->file.layer.sections[SECTION_LINKS].count, 1);
    assert_non_null(claim_at(world->a, 1)->contested);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, app_world_setup, app_world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(clause_is_marked_without_a_selection),
        TEST(clause_marked_already_opens_its_form),
        TEST(selection_is_marked_and_dropped),
        TEST(parts_are_added_and_taken_out),
        TEST(part_goes_to_the_claim_marked_last),
        TEST(ends_are_moved_or_left),
        TEST(split_and_join_undo_each_other),
        TEST(delete_takes_the_links_and_undo_brings_them_back),
        TEST(contested_is_one_key),
        TEST(source_act_and_proposed_cue),
        TEST(act_of_the_reporting_verb_is_proposed),
        TEST(known_source_is_taken_by_enter),
        TEST(cue_is_what_is_selected),
        TEST(escape_on_the_way_attributes_nothing),
        TEST(dot_repeats_the_voice),
        TEST(voice_inside_the_last_voice),
        TEST(selected_name_becomes_a_source_then_an_alias),
        TEST(sources_are_edited_from_their_list),
        TEST(link_to_a_claim_of_the_other_article),
        TEST(link_to_a_passage_makes_the_claim),
        TEST(link_within_the_article),
        TEST(escape_while_linking_goes_back),
        TEST(claim_is_no_counterpart_of_itself),
        TEST(silence_of_the_other_article),
        TEST(counterparts_in_turn),
        TEST(link_is_turned_round_in_its_form),
        TEST(note_has_a_text_and_a_kind),
        TEST(note_may_come_from_the_editor),
        TEST(furniture_and_read_ranges),
        TEST(fields_are_set_by_command),
        TEST(list_counts_filters_and_goes_there),
        TEST(list_with_articles_named_shows_the_other_too),
        TEST(list_opened_from_the_other_article_begins_at_its_claim),
        TEST(bad_filter_keeps_the_old_one),
        TEST(list_is_sorted_by_what_it_says),
        TEST(list_keeps_its_row_when_the_claim_is_deleted),
        TEST(help_is_searched),
        TEST(help_knows_every_command),
        TEST(prompt_remembers_and_completes),
        TEST(dialogs_open_at_the_end_are_freed),
        TEST(budgets_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
