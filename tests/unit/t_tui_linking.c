// Links made by keys from either pane: between claims and between words that are none, with three
// articles in the event, with a reason offered, and the silence of an article with what was looked
// for.
#define WORLD_C "Fire at the quay\n\nSeven people were killed, the fire brigade said.\n"
#include "app_world.h"

#include "base/attr.h"

static const struct link *link_of(const struct reading *reading, size_t index)
{
    assert_true(index < reading->file.layer.sections[SECTION_LINKS].count);
    return reading->file.layer.sections[SECTION_LINKS].items[index];
}

static size_t link_count(const struct reading *reading)
{
    return reading->file.layer.sections[SECTION_LINKS].count;
}

static struct sv quote(const struct claim *claim)
{
    return ((const struct part *)claim->span.items[0])->quote;
}

// Select a clause here, Tab, select one there: two keys and two letters make two claims and a link.
static void words_selected_in_both_panes_are_linked(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "t <Tab>");
    at(world, "Six");
    press(world, "t x d n");
    assert_int_equal(claim_count(world->a), 1);
    assert_int_equal(claim_count(world->b), 1);
    assert_int_equal(link_count(world->a), 1); // from where the words were selected first
    assert_sv(link_of(world->a, 0)->from, claim_at(world->a, 0)->id.ptr);
    assert_sv(link_of(world->a, 0)->point, "number");
    assert_false(world->app->views[0].has_selection || world->app->views[1].has_selection);
    assert_int_equal(world->app->focus, PANE_OTHER);
    press(world, "u");
    assert_int_equal(claim_count(world->a) + claim_count(world->b) + link_count(world->a), 0);
}

// The selection waits while one looks on over there; the clause under the cursor will do.
static void selection_waits_for_a_place_in_the_other_pane(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "t <Tab> j j j <Tab> <Tab> [ ]");
    assert_true(world->app->views[PANE_ARTICLE].has_selection);
    at(world, "The mayor");
    press(world, "x q");
    press(world, "<Esc> <Esc>");
    assert_message(world, "no link made");
    assert_true(world->app->views[PANE_ARTICLE].has_selection);
    press(world, "x q <Enter>");
    assert_int_equal(link_count(world->a), 1);
    assert_sv(quote(claim_at(world->b, 0)), "The mayor denies that");
}

static void selection_is_linked_to_a_place_chosen_next(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "t x");
    assert_int_equal(world->app->focus, PANE_OTHER);
    at(world, "Six");
    press(world, "<Enter> d n");
    assert_int_equal(link_count(world->a), 1);
    assert_int_equal(claim_count(world->a), 1);
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_false(world->app->views[PANE_ARTICLE].has_selection);

    at(world, "The league");
    press(world, "t X"); // and within the article
    at(world, "Nobody");
    press(world, "<Enter> q <Enter>");
    assert_int_equal(link_count(world->a), 2);
    assert_true(sv_is_absent(link_of(world->a, 1)->to->article));
}

static void words_that_are_a_claim_make_no_second_one(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "C t <Tab>");
    at(world, "Six");
    press(world, "C x d n");
    assert_int_equal(claim_count(world->a), 1);
    assert_int_equal(claim_count(world->b), 1);
    press(world, "<Tab> t x");
    at(world, "Six");
    press(world, "<Enter> d n");
    assert_non_null(strstr(buf_cstr(&world->app->message), "joined by 'differs' already"));
    assert_int_equal(link_count(world->a), 1);
}

// One relation on two points is two links; a third on one of them is refused.
static void a_claim_may_have_several_links(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "C <Tab>");
    at(world, "Six");
    press(world, "C <Tab> x");
    at(world, "Six");
    press(world, "<Enter> d n x");
    at(world, "Six");
    press(world, "<Enter> d t");
    assert_int_equal(link_count(world->a), 2);
    press(world, "x");
    at(world, "Six");
    press(world, "<Enter> d t");
    assert_int_equal(link_count(world->a), 2);
    press(world, "<Tab> x"); // nor from the other side
    at(world, "Five");
    press(world, "<Enter> d n");
    assert_int_equal(link_count(world->a) + link_count(world->b), 2);
}

static void one_key_takes_the_reason_offered(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "t x");
    at(world, "Six");
    press(world, "<Enter> d");
    assert_true(sv_find(screen(world),
                        SV("why: a: “Five people died in …”; b: “Six people were dead …”"),
                        0) != SIZE_MAX);
    press(world, "\" ! n");
    assert_sv(link_of(world->a, 0)->why, "a: “Five people died in …”; b: “Six people were dead …”");
    assert_true(link_of(world->a, 0)->strict);
}

static void an_empty_reason_begins_as_the_one_offered(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "t x");
    at(world, "Six");
    press(world, "<Enter> d n gl <Enter>");
    type_text(world, "\t\t\t"); // type, point, strict
    press(world, "<Enter> <Enter>");
    assert_true(sv_starts(link_of(world->a, 0)->why, SV("a: “Five people")));
    press(world, "<C-u>");
    assert_true(sv_is_absent(link_of(world->a, 0)->why));
    assert_non_null(world->app->top);
    press(world, "<C-r>");
    assert_false(sv_is_absent(link_of(world->a, 0)->why));
    press(world, "<C-u> <C-u> <C-u>"); // the link itself: its form goes with it
    assert_null(world->app->top);
    assert_int_equal(link_count(world->a), 0);
}

// The likeliest place first, with its reasons; what is linked already is none, and what is poor is
// not shown.
static void likely_places_are_gone_through(void **state)
{
    struct app_world *world = *state;
    const struct view *other = &world->app->views[PANE_OTHER];
    size_t six = sv_find(article_bytes(world->b->article), SV("Six people"), 0);

    at(world, "Five");
    press(world, "C x");
    assert_int_equal(other->cursor, six);
    assert_true(sv_find(screen(world), SV("(1 of 1, "), 0) != SIZE_MAX);
    assert_true(sv_find(screen(world), SV("people "), 0) != SIZE_MAX);
    press(world, "G x");
    assert_int_equal(other->cursor, six);
    press(world, "<Enter> d n");
    assert_int_equal(link_count(world->a), 1);

    press(world, "x"); // linked: nothing else is like it
    assert_true(sv_find(screen(world), SV("nothing there is much like it"), 0) != SIZE_MAX);
    press(world, "<Esc>");
    assert_message(world, "no link made");
}

// From the point to the relation, from there to the place, from there to where it began.
static void leaving_goes_back_one_answer(void **state)
{
    struct app_world *world = *state;
    const struct view *other = &world->app->views[PANE_OTHER];
    size_t mayor = sv_find(article_bytes(world->b->article), SV("The mayor"), 0);

    at(world, "Five");
    press(world, "C x");
    at(world, "The mayor");
    press(world, "<Enter> d <Esc>");
    assert_true(shows(world, "The mayor denies"));
    press(world, "<Esc>");
    assert_int_equal(world->app->focus, PANE_OTHER);
    assert_int_equal(other->cursor, mayor);
    assert_true(shows(world, "<Enter> links"));
    at(world, "Six");
    press(world, "<Enter> d <Esc> c n"); // another relation
    assert_int_equal(link_count(world->a), 1);
    assert_sv(link_of(world->a, 0)->type, "contradicts");
    assert_sv(link_of(world->a, 0)->point, "number");

    press(world, "u x <Enter> d <Esc> <Enter> n"); // the same again
    assert_sv(link_of(world->a, 0)->type, "differs");
    press(world, "u x <Enter> d <Esc> <Esc> <Esc>");
    assert_message(world, "no link made");
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_int_equal(link_count(world->a), 0);
}

// Both ends were selected before: there is no place to go back to.
static void leaving_keeps_what_was_selected(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "t <Tab>");
    at(world, "Six");
    press(world, "t x d <Esc> <Esc>");
    assert_message(world, "no link made");
    assert_true(world->app->views[0].has_selection && world->app->views[1].has_selection);
}

static void silence_offers_what_was_looked_for_there(void **state)
{
    struct app_world *world = *state;

    at(world, "The league");
    press(world, "C <Tab> /");
    type_text(world, "league\n");
    press(world, "/");
    type_text(world, "mayor\n");
    press(world, "<Tab> /");
    type_text(world, "league\n"); // here: nothing to do with it
    press(world, "O");
    assert_true(sv_find(screen(world), SV("looked there for (commas between): league, mayor"), 0) !=
                SIZE_MAX);
    press(world, "<Enter>");
    assert_sv(link_of(world->a, 0)->type, "omits");
    assert_int_equal(link_of(world->a, 0)->searched.count, 2);
    assert_sv(link_of(world->a, 0)->searched.items[0], "league");
    assert_sv(link_of(world->a, 0)->searched.items[1], "mayor");
    at(world, "Five");
    press(world, "C O <Enter>"); // they were used
    assert_int_equal(link_of(world->a, 0)->searched.count, 0);
}

// The list of matches looks into both texts, whether one is chosen from it or not.
static void silence_offers_what_a_list_of_matches_was_typed_for(void **state)
{
    struct app_world *world = *state;

    at(world, "The league");
    press(world, "C gf");
    type_text(world, "league");
    press(world, "<Esc> /");
    type_text(world, "mayor\n"); // here alone
    at(world, "The league");
    press(world, "gf <C-u>");
    press(world, "<Esc> O");
    assert_true(sv_find(screen(world), SV("looked there for (commas between): league"), 0) !=
                SIZE_MAX);
    press(world, "<Enter>");
    assert_int_equal(link_of(world->a, 0)->searched.count, 1);
    assert_sv(link_of(world->a, 0)->searched.items[0], "league");
}

// Three articles tell the event: which is "the other" is chosen, and each can be linked.
static void the_other_article_is_chosen_among_several(void **state)
{
    struct app_world *world = *state;
    struct reading *c = session_find(world->session, SV("e/c"));

    assert_non_null(c);
    at(world, "Five");
    press(world, "C x");
    at(world, "Six");
    press(world, "<Enter> d n gO");
    assert_true(sv_find(screen(world), SV("1 link"), 0) != SIZE_MAX);
    type_text(world, "c\n");
    assert_ptr_equal(world->app->views[PANE_OTHER].reading, c);
    press(world, "x");
    at(world, "Seven");
    press(world, "<Enter> d n");
    assert_int_equal(link_count(world->a), 2);
    assert_sv(link_of(world->a, 1)->to->article, "e/c");

    press(world, "= =");
    assert_ptr_equal(world->app->views[PANE_OTHER].reading, c);
    press(world, "=");
    assert_ptr_equal(world->app->views[PANE_OTHER].reading, world->b);
    press(world, ";");
    assert_int_equal(world->app->focus, PANE_OTHER);
    press(world, ";");
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    press(world, "gO");
    type_text(world, "hide\n");
    assert_false(world->app->is_other_on);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, app_world_setup, app_world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_selected_in_both_panes_are_linked),
        TEST(selection_waits_for_a_place_in_the_other_pane),
        TEST(selection_is_linked_to_a_place_chosen_next),
        TEST(words_that_are_a_claim_make_no_second_one),
        TEST(a_claim_may_have_several_links),
        TEST(one_key_takes_the_reason_offered),
        TEST(an_empty_reason_begins_as_the_one_offered),
        TEST(likely_places_are_gone_through),
        TEST(leaving_goes_back_one_answer),
        TEST(leaving_keeps_what_was_selected),
        TEST(silence_offers_what_was_looked_for_there),
        TEST(silence_offers_what_a_list_of_matches_was_typed_for),
        TEST(the_other_article_is_chosen_among_several),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
