// A view of an article: the cursor is always in sight and on a cluster; motions, selection, jumps,
// claims. Readings are made by hand: no session, no file.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/attr.h"
#include "tui/view.h"

#define PROSE                                                                                      \
    "Five died, police said; the mayor denied it.\n"                                               \
    "\n"                                                                                           \
    "A second account speaks of “six more people” beside him.\n"

struct fixture {
    struct reading reading;
    struct view view;
};

static void open_text(struct fixture *fixture, struct sv text, int rows, int cols)
{
    memset(fixture, 0, sizeof(*fixture));
    fixture->reading.article = article_new(text);
    fixture->view.rows = rows;
    fixture->view.cols = cols;
    view_open(&fixture->view, &fixture->reading, 0);
}

static void close_text(struct fixture *fixture)
{
    article_free(fixture->reading.article);
}

static size_t find(const struct fixture *fixture, const char *words)
{
    return sv_find(article_bytes(fixture->reading.article), sv_from(words), 0);
}

static struct sv selected(const struct fixture *fixture)
{
    struct byte_span span;

    if (!view_selection(&fixture->view, &span))
        return (struct sv){ 0 };
    return article_sub(fixture->reading.article, span);
}

static void assert_selected(const struct fixture *fixture, const char *words)
{
    assert_true(sv_eq_cstr(selected(fixture), words));
}

static void assert_in_sight(const struct view *view)
{
    struct row row = view_row(view, view->top), next, cur = view_row(view, view->cursor);
    int seen = 1;

    assert_int_equal(row.span.beg, view->top);
    while (row.span.beg != cur.span.beg) {
        assert_true(seen < view->rows);
        assert_true(view_next_row(view, &row, &next));
        row = next;
        seen++;
    }
    assert_int_equal(view_snap(view, view->cursor), view->cursor);
}

static void the_cursor_stands_on_text(void **state)
{
    static const struct {
        const char *text;
        size_t pos, at;
    } cases[] = {
        { "", 0, 0 },           { "", 5, 0 },     { "a", 1, 0 },        { "a\n", 1, 0 },
        { "a\n", 2, 0 },        { "\n", 1, 0 },   { "a\n\nb", 2, 2 },   { "a\n\nb", 1, 0 },
        { "e\xCC\x81x", 1, 0 }, { "日本", 4, 3 }, { "ab\r\ncd", 3, 1 }, { "\xff\xfe", 1, 1 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;

        open_text(&f, sv_from(cases[i].text), 5, 20);
        assert_int_equal(view_snap(&f.view, cases[i].pos), cases[i].at);
        close_text(&f);
    }
}

// Every motion, at every place, in texts that have nothing or too much.
static void no_motion_leaves_the_text(void **state)
{
    static const char *const texts[] = {
        "", "a", "\n", "\n\n\n", "a\n", "日", "e\xCC\x81", "\x1b[2J\xff\xe2\x80\xae", "a b", PROSE,
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct sv text = sv_from(texts[i]);

        for (int id = COMMAND_NONE + 1; id < COMMAND__N; id++) {
            for (size_t pos = 0; pos <= text.len; pos += 3) {
                for (int count = 0; count <= 99999; count = count * 400 + 2) {
                    struct fixture f;

                    open_text(&f, text, 4, 9);
                    view_show(&f.view, pos);
                    f.view.has_selection = pos % 2;
                    view_move(&f.view, (enum command_id)id, count);
                    assert_true(f.view.cursor <= text.len);
                    assert_int_equal(view_snap(&f.view, f.view.cursor), f.view.cursor);
                    close_text(&f);
                }
            }
        }
    }
}

static void motions_keep_the_cursor_in_sight(void **state)
{
    static const enum command_id ids[] = {
        COMMAND_DOWN,      COMMAND_UP,        COMMAND_WORD,   COMMAND_SENTENCE,
        COMMAND_PAGE,      COMMAND_HALF,      COMMAND_LAST,   COMMAND_FIRST,
        COMMAND_PAGE_BACK, COMMAND_PARAGRAPH, COMMAND_SCROLL, COMMAND_SCROLL_BACK,
    };
    struct buf text = { 0 };

    (void)state;
    for (int i = 0; i < 40; i++)
        buf_add_cstr(&text, PROSE);
    for (int rows = 1; rows <= 20; rows++) {
        struct fixture f;
        unsigned seed = (unsigned)rows;

        open_text(&f, buf_sv(&text), rows, 13);
        for (int step = 0; step < 100; step++) {
            seed = seed * 1103515245u + 12345u;
            view_move(&f.view, ids[seed / 65536 % ARRAY_LEN(ids)], (int)(seed / 256 % 5));
            assert_in_sight(&f.view);
        }
        close_text(&f);
    }
    buf_release(&text);
}

static void down_and_up_keep_the_column(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV("abcdefgh\nab\nabcdefgh\n"), 10, 20);
    view_show(&f.view, 6);

    assert_true(view_move(&f.view, COMMAND_DOWN, 1));
    assert_int_equal(f.view.cursor, 10); // the last of the short row
    assert_true(view_move(&f.view, COMMAND_DOWN, 1));
    assert_int_equal(f.view.cursor, 12 + 6);
    assert_false(view_move(&f.view, COMMAND_DOWN, 1));
    assert_true(view_move(&f.view, COMMAND_UP, 5));
    assert_int_equal(f.view.cursor, 6);
    close_text(&f);
}

static void a_page_keeps_two_rows_and_the_row_of_the_cursor(void **state)
{
    struct fixture f;
    struct buf text = { 0 };

    (void)state;
    for (int i = 0; i < 100; i++)
        buf_addf(&text, "%02d\n", i);
    open_text(&f, buf_sv(&text), 10, 20);
    view_show(&f.view, 3 * 4); // row 4

    assert_true(view_move(&f.view, COMMAND_PAGE, 1));
    assert_int_equal(f.view.top, 3 * 8);
    assert_int_equal(f.view.cursor, 3 * 12);
    assert_true(view_move(&f.view, COMMAND_PAGE_BACK, 1));
    assert_int_equal(f.view.top, 0);
    assert_int_equal(f.view.cursor, 3 * 4);
    assert_true(view_move(&f.view, COMMAND_PAGE, 99));
    assert_true(view_move(&f.view, COMMAND_PAGE, 1));
    assert_int_equal(f.view.cursor, 3 * 99);
    assert_int_equal(f.view.top, 3 * 90);
    assert_false(view_move(&f.view, COMMAND_PAGE, 1));
    close_text(&f);
    buf_release(&text);
}

static void a_resize_keeps_the_row_of_the_cursor(void **state)
{
    struct fixture f;
    struct buf text = { 0 };

    (void)state;
    for (int i = 0; i < 50; i++)
        buf_add_cstr(&text, PROSE);
    open_text(&f, buf_sv(&text), 20, 40);
    view_show(&f.view, 3000);

    int row = view_cursor_row(&f.view);

    for (int cols = 60; cols >= 5; cols -= 5) {
        view_resize(&f.view, 20, cols);
        assert_in_sight(&f.view);
        assert_int_equal(view_cursor_row(&f.view), row);
    }
    view_resize(&f.view, 3, 5);
    assert_in_sight(&f.view);
    close_text(&f);
    buf_release(&text);
}

static void rows_taken_and_given_back_leave_the_text_in_place(void **state)
{
    struct fixture f;
    struct buf text = { 0 };

    (void)state;
    for (int i = 0; i < 50; i++)
        buf_add_cstr(&text, PROSE);
    open_text(&f, buf_sv(&text), 20, 40);
    view_show(&f.view, 3000);
    view_scroll(&f.view, -8);

    size_t top = f.view.top;

    view_resize(&f.view, 7, 40);
    assert_in_sight(&f.view);
    assert_int_not_equal(f.view.top, top);
    view_resize(&f.view, 5, 40);
    view_resize(&f.view, 20, 40);
    assert_int_equal(f.view.top, top);
    view_resize(&f.view, 7, 40);
    view_move(&f.view, COMMAND_LAST, 0); // somewhere else: the old place is of no use
    view_resize(&f.view, 20, 40);
    assert_in_sight(&f.view);
    close_text(&f);
    buf_release(&text);
}

static void a_selection_is_extended_by_motions_and_turned_round(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV(PROSE), 10, 80);
    view_show(&f.view, find(&f, "died"));
    assert_true(view_move(&f.view, COMMAND_SELECT, 0));
    assert_selected(&f, "d");
    view_move(&f.view, COMMAND_WORD_END, 1);
    assert_selected(&f, "died");
    view_move(&f.view, COMMAND_OTHER_END, 0);
    assert_int_equal(f.view.cursor, find(&f, "died"));
    view_move(&f.view, COMMAND_WORD_BACK, 1);
    assert_selected(&f, "Five died");
    view_unselect(&f.view);
    assert_true(sv_is_absent(selected(&f)));
    close_text(&f);
}

static void taking_a_clause_again_takes_the_next(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV(PROSE), 10, 80);
    view_show(&f.view, find(&f, "ied"));

    assert_true(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    assert_selected(&f, "Five died");
    assert_true(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    assert_selected(&f, "Five died, police said");
    close_text(&f);
}

static void taking_a_parted_clause_again_takes_the_whole(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV("Ane Brekke, who led it, left. It fell.\n"), 10, 80);
    view_show(&f.view, 2);

    assert_true(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    assert_selected(&f, "Ane Brekke");
    assert_true(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    assert_selected(&f, "Ane Brekke, who led it, left");
    assert_true(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    assert_selected(&f, "Ane Brekke, who led it, left. It fell");
    assert_false(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    view_unselect(&f.view);
    view_show(&f.view, find(&f, "who"));
    assert_true(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    assert_selected(&f, "who led it");
    assert_true(view_move(&f.view, COMMAND_TAKE_CLAUSE, 0));
    assert_selected(&f, "who led it, left");
    close_text(&f);
}

static void a_sentence_can_be_taken_with_the_next_one(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV("One is here. Two is there. Three.\n"), 10, 80);
    view_show(&f.view, 4);

    assert_true(view_move(&f.view, COMMAND_TAKE_SENTENCE, 0));
    assert_selected(&f, "One is here.");
    assert_true(view_move(&f.view, COMMAND_TAKE_SENTENCE, 0));
    assert_selected(&f, "One is here. Two is there.");
    assert_true(view_move(&f.view, COMMAND_TAKE_SENTENCE, 0));
    assert_false(view_move(&f.view, COMMAND_TAKE_SENTENCE, 0));
    close_text(&f);
}

static void a_quotation_is_taken_without_its_marks(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV(PROSE), 10, 80);
    view_show(&f.view, find(&f, "more"));
    assert_true(view_move(&f.view, COMMAND_TAKE_QUOTE, 0));
    assert_selected(&f, "six more people");
    view_unselect(&f.view);
    view_show(&f.view, 0);
    assert_false(view_move(&f.view, COMMAND_TAKE_QUOTE, 0));
    close_text(&f);
}

static void jumps_go_back_and_forward(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV(PROSE), 10, 80);
    view_jump(&f.view, 10);
    view_jump(&f.view, 20);
    view_jump(&f.view, 30);

    assert_true(view_move(&f.view, COMMAND_JUMP_BACK, 2));
    assert_int_equal(f.view.cursor, 10);
    assert_true(view_move(&f.view, COMMAND_JUMP_FORWARD, 1));
    assert_int_equal(f.view.cursor, 20);
    assert_true(view_move(&f.view, COMMAND_JUMP_FORWARD, 9));
    assert_int_equal(f.view.cursor, 30);
    assert_false(view_move(&f.view, COMMAND_JUMP_FORWARD, 1));
    assert_true(view_move(&f.view, COMMAND_JUMP_BACK, 9));
    assert_int_equal(f.view.cursor, 0);
    assert_false(view_move(&f.view, COMMAND_JUMP_BACK, 1));
    close_text(&f);
}

static void the_oldest_jumps_are_forgotten(void **state)
{
    struct fixture f;

    (void)state;
    open_text(&f, SV(PROSE), 10, 80);
    for (size_t i = 0; i < VIEW_JUMPS + 50; i++)
        view_jump(&f.view, i % 40);

    assert_int_equal(f.view.jump_count, VIEW_JUMPS);
    view_move(&f.view, COMMAND_JUMP_BACK, VIEW_JUMPS + 9);
    assert_int_equal(f.view.jump_at, 0);
    close_text(&f);
}

// Three claims: one over another that begins with it, and one further on in two parts.
struct claims {
    struct fixture f;
    struct claim wide, narrow, split;
    struct note note;
    struct mark marks[5];
};

static void open_claims(struct claims *c)
{
    static const struct {
        size_t beg, end, part;
        int rec;
    } rows[] = {
        { 0, 22, 0, 0 }, { 0, 9, 0, 1 }, { 28, 33, 0, 2 }, { 30, 31, 0, 3 }, { 46, 54, 1, 2 },
    };
    size_t reach = 0;

    memset(c, 0, sizeof(*c));
    open_text(&c->f, SV(PROSE), 10, 80);
    c->wide.id = SV("c000000w");
    c->narrow.id = SV("c000000n");
    c->split.id = SV("c000000s");
    c->note.id = SV("n0000000");

    const void *recs[] = { &c->wide, &c->narrow, &c->split, &c->note };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        reach = rows[i].end > reach ? rows[i].end : reach;
        c->marks[i] = (struct mark){ .span = { rows[i].beg, rows[i].end },
                                     .section = rows[i].rec == 3 ? SECTION_NOTES : SECTION_CLAIMS,
                                     .rec = recs[rows[i].rec],
                                     .part = rows[i].part,
                                     .reach = reach };
    }
    c->f.reading.marks = c->marks;
    c->f.reading.mark_count = ARRAY_LEN(c->marks);
}

static void the_innermost_claim_is_current(void **state)
{
    struct claims c;
    enum section section;

    (void)state;
    open_claims(&c);
    assert_ptr_equal(view_claim(&c.f.view), &c.narrow);
    view_show(&c.f.view, 15);
    assert_ptr_equal(view_claim(&c.f.view), &c.wide);
    view_show(&c.f.view, 25);
    assert_null(view_claim(&c.f.view));
    assert_null(view_record(&c.f.view, &section));
    view_show(&c.f.view, 50);
    assert_ptr_equal(view_claim(&c.f.view), &c.split);
    close_text(&c.f);
}

static void claims_under_the_cursor_are_cycled(void **state)
{
    struct claims c;

    (void)state;
    open_claims(&c);
    assert_true(view_move(&c.f.view, COMMAND_CLAIM_CYCLE, 0));
    assert_ptr_equal(view_claim(&c.f.view), &c.wide);
    view_move(&c.f.view, COMMAND_RIGHT, 3); // the choice holds inside the claim
    assert_ptr_equal(view_claim(&c.f.view), &c.wide);
    assert_true(view_move(&c.f.view, COMMAND_CLAIM_CYCLE, 0));
    assert_ptr_equal(view_claim(&c.f.view), &c.narrow);
    view_show(&c.f.view, 15);
    assert_false(view_move(&c.f.view, COMMAND_CLAIM_CYCLE, 0));
    close_text(&c.f);
}

static void next_claim_meets_every_claim_once(void **state)
{
    struct claims c;

    (void)state;
    open_claims(&c);
    view_move(&c.f.view, COMMAND_CLAIM_CYCLE, 0); // the wide one, first in the order of the marks
    assert_true(view_move(&c.f.view, COMMAND_CLAIM_NEXT, 1));
    assert_ptr_equal(view_claim(&c.f.view), &c.narrow);
    assert_true(view_move(&c.f.view, COMMAND_CLAIM_NEXT, 1));
    assert_ptr_equal(view_claim(&c.f.view), &c.split);
    assert_int_equal(c.f.view.cursor, 28);
    assert_false(view_move(&c.f.view, COMMAND_CLAIM_NEXT, 1)); // its second part is no claim
    assert_true(view_move(&c.f.view, COMMAND_CLAIM_BACK, 2));
    assert_ptr_equal(view_claim(&c.f.view), &c.wide);
    close_text(&c.f);
}

static void marks_are_found_by_halving(void **state)
{
    struct claims c;

    (void)state;
    open_claims(&c);
    assert_int_equal(view_mark_from(&c.f.reading, 0), 0);
    assert_int_equal(view_mark_from(&c.f.reading, 1), 2);
    assert_int_equal(view_mark_from(&c.f.reading, 99), 5);
    assert_int_equal(view_mark_over(&c.f.reading, 10), 0);
    assert_int_equal(view_mark_over(&c.f.reading, 22), 2);
    assert_int_equal(view_mark_over(&c.f.reading, 60), 5);
    close_text(&c.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cursor_stands_on_text),
        cmocka_unit_test(no_motion_leaves_the_text),
        cmocka_unit_test(motions_keep_the_cursor_in_sight),
        cmocka_unit_test(down_and_up_keep_the_column),
        cmocka_unit_test(a_page_keeps_two_rows_and_the_row_of_the_cursor),
        cmocka_unit_test(a_resize_keeps_the_row_of_the_cursor),
        cmocka_unit_test(rows_taken_and_given_back_leave_the_text_in_place),
        cmocka_unit_test(a_selection_is_extended_by_motions_and_turned_round),
        cmocka_unit_test(taking_a_clause_again_takes_the_next),
        cmocka_unit_test(taking_a_parted_clause_again_takes_the_whole),
        cmocka_unit_test(a_sentence_can_be_taken_with_the_next_one),
        cmocka_unit_test(a_quotation_is_taken_without_its_marks),
        cmocka_unit_test(jumps_go_back_and_forward),
        cmocka_unit_test(the_oldest_jumps_are_forgotten),
        cmocka_unit_test(the_innermost_claim_is_current),
        cmocka_unit_test(claims_under_the_cursor_are_cycled),
        cmocka_unit_test(next_claim_meets_every_claim_once),
        cmocka_unit_test(marks_are_found_by_halving),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
