// Forms: letters, texts, maps and lists of a record, all by keys; what is set is in the layer at
// once.
#include "app_world.h"

#include "tui/form.h"

static void mark_first(struct app_world *world)
{
    at(world, "Five people");
    press(world, "c");
    assert_non_null(world->app->top);
}

static void letters_set_values_and_go_on(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    press(world, "q c");
    assert_sv(claim_at(world->a, 0)->type, "quantity");
    assert_sv(claim_at(world->a, 0)->certainty, "certain");
    assert_message(world, "certainty: certain; <C-u> takes it back");
    press(world, "<S-Tab>");
    assert_true(shows(world, "a letter sets the certainty"));
    press(world, "p");
    assert_message(world, "certainty: probable (was certain); <C-u> takes it back");
    press(world, "<C-u>");
    assert_sv(claim_at(world->a, 0)->certainty, "certain");
    assert_non_null(world->app->top);
    press(world, "<Esc>");
    assert_null(world->app->top);
}

static void unknown_letter_changes_nothing(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    press(world, "z");
    assert_true(sv_is_absent(claim_at(world->a, 0)->type));
    assert_message(world, "'z' is no letter of type; <Tab> goes on, <Esc> back to the text");
}

static void definitions_are_shown_for_the_focused_choice(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    assert_true(shows(world, "q quantity  how many or how much"));
    press(world, "<Tab>");
    assert_true(shows(world, "put as fact"));
}

static void texts_are_typed_kept_and_left(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    press(world, "<Tab><Tab><Tab>"); // topic
    type_text(world, "dead");        // an empty text begins at once
    press(world, "<Esc>");
    assert_true(sv_is_absent(claim_at(world->a, 0)->topic));
    type_text(world, "deaths\n");
    assert_sv(claim_at(world->a, 0)->topic, "deaths");
    press(world, "<Tab><Enter>"); // says: begins as the quote
    press(world, "<C-u>");
    type_text(world, "Five died\n");
    assert_sv(claim_at(world->a, 0)->says, "Five died");
    press(world, "<Up><Backspace>");
    assert_true(sv_is_absent(claim_at(world->a, 0)->says));
}

static void paraphrase_begins_as_the_quote(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    press(world, "<Tab><Tab><Tab><Tab><Tab><Enter><Enter>");
    assert_sv(claim_at(world->a, 0)->says, "Five people died in the blast");
}

static void pasted_lines_stay_lines_in_a_long_text(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    press(world, "<Tab><Tab><Tab><Tab><Tab><Enter><C-u>");
    app_event(world->app, &(struct event){ .type = EVENT_PASTE, .paste = SV("one\r\ntwo") });
    assert_true(shows(world, "one⏎two"));
    press(world, "<Enter>");
    assert_sv(claim_at(world->a, 0)->says, "one\ntwo");
}

static void long_texts_go_to_the_editor(void **state)
{
    struct app_world *world = *state;
    struct buf text = { 0 };

    mark_first(world);
    press(world, "<Tab><Tab><Tab><Tab><Tab><C-x>");
    assert_int_equal(app_request(world->app, &text), REQUEST_EDIT);
    assert_string_equal(buf_cstr(&text), "Five people died in the blast");
    app_edit_done(world->app, true, SV("one\ntwo\n"));
    assert_sv(claim_at(world->a, 0)->says, "one\ntwo");
    press(world, "<Up><C-x>");
    assert_int_equal(app_request(world->app, &text), REQUEST_EDIT);
    app_edit_done(world->app, false, SV(""));
    press(world, "<Esc><Esc>");
    assert_sv(claim_at(world->a, 0)->says, "one\ntwo");
    buf_release(&text);
}

static void voices_are_a_form_inside_the_form(void **state)
{
    struct app_world *world = *state;
    const struct voice *voice;

    mark_first(world);
    press(world, "<Tab><Tab><Tab><Tab><Tab><Tab><Enter>"); // voices: none yet, so a new one
    type_text(world, "local media\n");
    press(world, "m"); // an outlet
    press(world, "r"); // reports
    voice = voice_at(claim_at(world->a, 0), 0);
    assert_sv(voice->source, "local-media");
    assert_sv(voice->act, "reports");
    assert_true(shows(world, "voices 1"));
    press(world, "<Tab><Tab><Tab><Space>"); // cue, quoting, certainty, unsure
    assert_true(voice_at(claim_at(world->a, 0), 0)->unsure);
    press(world, "<Tab><Enter><Enter>"); // citing, its source: the one there is
    assert_sv(voice_at(claim_at(world->a, 0), 0)->citing->source, "local-media");
    press(world, "<Esc>");
    assert_true(shows(world, "citing"));
    press(world, "<Backspace>");
    assert_null(voice_at(claim_at(world->a, 0), 0)->citing);
    press(world, "<Esc><Backspace>"); // the list: take the voice out
    assert_int_equal(claim_at(world->a, 0)->attributed_to.count, 0);
    press(world, "<Esc><Esc>");
    assert_null(world->app->top);
}

static void values_take_numbers_only(void **state)
{
    struct app_world *world = *state;
    const struct value *value;

    mark_first(world);
    press(world, "<S-Tab><S-Tab><S-Tab><S-Tab><S-Tab><S-Tab><S-Tab><S-Tab><S-Tab>");
    while (!shows(world, "▶values"))
        press(world, "<Up>");
    press(world, "<Enter>");
    type_text(world, "dead\n");
    type_text(world, "five\n");
    assert_message(world, "'five' is no number; use digits, and a point before decimals");
    press(world, "<C-u>5<Enter>e");
    value = claim_at(world->a, 0)->values.items[0];
    assert_sv(value->what, "dead");
    assert_sv(value->number, "5");
    assert_sv(value->bound, "exactly");
}

static void contested_has_by_and_why(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    while (!shows(world, "▶contested"))
        press(world, "<Down>");
    press(world, "<Enter>");
    assert_non_null(claim_at(world->a, 0)->contested);
    press(world, "<Enter>"); // by
    type_text(world, "league\n");
    press(world, "<Enter>"); // kind: later
    assert_sv(claim_at(world->a, 0)->contested->by.items[0], "league");
    press(world, "<Tab>");
    type_text(world, "two figures\n");
    assert_sv(claim_at(world->a, 0)->contested->why, "two figures");
    press(world, "<Esc><Backspace>");
    assert_null(claim_at(world->a, 0)->contested);
    press(world, "!");
    assert_non_null(claim_at(world->a, 0)->contested);
}

static void repeats_picks_a_claim_of_the_article(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    press(world, "<Esc>");
    at(world, "confirmed");
    press(world, "c");
    while (!shows(world, "▶repeats"))
        press(world, "<Down>");
    press(world, "<Enter><Enter>");
    assert_true(sv_eq(claim_at(world->a, 1)->repeats.items[0], claim_at(world->a, 0)->id));
    press(world, "<Enter><Enter>"); // again: out
    assert_int_equal(claim_at(world->a, 1)->repeats.count, 0);
}

static void cue_is_chosen_in_the_text(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    press(world, "<Esc>a");
    type_text(world, "local media\n");
    press(world, "m r <Esc>");
    assert_null(voice_at(claim_at(world->a, 0), 0)->cue);
    at(world, "Five");
    press(world, "<Enter>");
    while (!shows(world, "▶voices"))
        press(world, "<Down>");
    press(world, "<Enter><Enter><Tab><Tab><Enter>");
    assert_null(world->app->top);
    at(world, "local media");
    press(world, "v e w e w e <Enter>");
    assert_non_null(world->app->top);
    assert_sv(voice_at(claim_at(world->a, 0), 0)->cue->quote, "local media said");
}

static void words_are_moved_from_the_form(void **state)
{
    struct app_world *world = *state;

    mark_first(world);
    while (!shows(world, "▶words"))
        press(world, "<Down>");
    press(world, "<Enter>");
    assert_null(world->app->top);
    press(world, "b b b <Enter>");
    assert_sv(((const struct part *)claim_at(world->a, 0)->span.items[0])->quote,
              "Five people died i");
    assert_non_null(world->app->top);
}

static void source_form_changes_the_registry(void **state)
{
    struct app_world *world = *state;
    struct err err = { 0 };
    struct sv id;
    const struct source *source;

    assert_true(verb_new_source(world->session, SV("League"), SV(""), &id, &err));
    form_open_source(world->app, id);
    press(world, "a<Tab>"); // armed group; past the name
    type_text(world, "the league, League of the North\n");
    source = registry_find(session_registry(world->session), id);
    assert_sv(source->kind, "armed-group");
    assert_int_equal(source->aliases.count, 2);
    press(world, "<Esc>");
    assert_null(world->app->top);
}

static void source_is_no_part_of_itself(void **state)
{
    struct app_world *world = *state;
    struct err err = { 0 };
    struct sv id;

    assert_true(verb_new_source(world->session, SV("League"), SV(""), &id, &err));
    form_open_source(world->app, id);
    while (!shows(world, "▶part of"))
        press(world, "<Down>");
    press(world, "<Enter><Enter>");
    assert_true(sv_is_absent(registry_find(session_registry(world->session), id)->part_of));
    assert_message(world, "league is that source itself, or a part of it");
    press(world, "<Enter>");
    type_text(world, "Northern union\n");
    press(world, "r");
    assert_sv(registry_find(session_registry(world->session), id)->part_of, "northern-union");
}

static void form_on_a_deleted_record_says_so(void **state)
{
    struct app_world *world = *state;
    struct err err = { 0 };

    mark_first(world);
    assert_true(verb_delete(world->session, world->a, claim_at(world->a, 0)->id, &err));
    assert_true(shows(world, "it is gone"));
    press(world, "q<Esc>");
    assert_null(world->app->top);
}

static void every_field_is_shown_at_every_size(void **state)
{
    static const struct {
        int rows, cols;
    } sizes[] = { { 24, 80 }, { 40, 120 }, { 12, 40 }, { 8, 30 }, { 5, 20 } };
    struct app_world *world = *state;

    mark_first(world);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct buf seen = { 0 };

        grid_release(&world->grid);
        grid_init(&world->grid, sizes[i].rows, sizes[i].cols);
        app_event(
            world->app,
            &(struct event){ .type = EVENT_RESIZE, .rows = sizes[i].rows, .cols = sizes[i].cols });
        for (size_t k = 0; k < kind_get(KIND_CLAIM)->field_count; k++) {
            buf_add(&seen, screen(world));
            press(world, "<Tab>");
        }
        assert_int_not_equal(sv_find(buf_sv(&seen), SV("▶type"), 0), SIZE_MAX);
        assert_int_not_equal(sv_find(buf_sv(&seen), SV("▶voices"), 0), SIZE_MAX);
        assert_int_not_equal(sv_find(buf_sv(&seen), SV("▶created"), 0), SIZE_MAX);
        buf_release(&seen);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, app_world_setup, app_world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(letters_set_values_and_go_on),
        TEST(unknown_letter_changes_nothing),
        TEST(definitions_are_shown_for_the_focused_choice),
        TEST(texts_are_typed_kept_and_left),
        TEST(paraphrase_begins_as_the_quote),
        TEST(pasted_lines_stay_lines_in_a_long_text),
        TEST(long_texts_go_to_the_editor),
        TEST(voices_are_a_form_inside_the_form),
        TEST(values_take_numbers_only),
        TEST(contested_has_by_and_why),
        TEST(repeats_picks_a_claim_of_the_article),
        TEST(cue_is_chosen_in_the_text),
        TEST(words_are_moved_from_the_form),
        TEST(source_form_changes_the_registry),
        TEST(source_is_no_part_of_itself),
        TEST(form_on_a_deleted_record_says_so),
        TEST(every_field_is_shown_at_every_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
