// Places on the screen at every size: nothing overlaps, nothing is outside, text always has room.
// The app is made by hand: layout asks for nothing but sizes and what is open.
#include "t.h"

#include <string.h>

#include "base/attr.h"
#include "tui/layout.h"

static bool is_inside(const struct app *app, struct rect rect)
{
    return rect.row >= 0 && rect.col >= 0 && rect.rows > 0 && rect.cols > 0 &&
           rect.row + rect.rows <= app->rows && rect.col + rect.cols <= app->cols;
}

static bool is_apart(struct rect a, struct rect b)
{
    return a.row + a.rows <= b.row || b.row + b.rows <= a.row || a.col + a.cols <= b.col ||
           b.col + b.cols <= a.col;
}

static void check_pane(const struct app *app, const struct layout *layout,
                       const struct pane_box *box)
{
    assert_true(is_inside(app, box->text));
    assert_true(is_inside(app, box->gutter));
    assert_true(box->gutter.col + box->gutter.cols == box->text.col);
    assert_true(box->text.cols <= 80);
    assert_true(box->text.row + box->text.rows <= layout->status_row);
    assert_true(box->text.row > layout->title_row);
    assert_true(box->border_row < box->text.row);
    if (box->margin.cols) {
        assert_true(is_inside(app, box->margin));
        assert_true(box->sep_col > box->text.col + box->text.cols - 1);
        assert_true(box->margin.col > box->sep_col);
    } else {
        assert_int_equal(box->sep_col, -1);
    }
    if (box->card.rows) {
        assert_true(is_inside(app, box->card));
        assert_true(box->card.row > box->text.row + box->text.rows);
        assert_true(box->card.row + box->card.rows <= layout->status_row);
    }
}

static void check(const struct app *app, const struct layout *layout)
{
    int shown = 0;

    for (int i = 0; i < 2; i++) {
        if (layout->panes[i].is_shown)
            check_pane(app, layout, &layout->panes[i]);
        shown += layout->panes[i].is_shown;
    }
    if (layout->panes[0].is_shown && layout->panes[1].is_shown)
        assert_true(is_apart(layout->panes[0].text, layout->panes[1].text));
    if (layout->split_col >= 0) {
        assert_true(layout->panes[0].text.cols >= 40);
        assert_true(layout->panes[0].margin.col + layout->panes[0].margin.cols <=
                    layout->split_col);
        assert_true(layout->panes[0].text.col + layout->panes[0].text.cols <= layout->split_col);
        assert_true(layout->split_col < layout->panes[1].gutter.col);
    }
    if (layout->list.rows) {
        assert_true(is_inside(app, layout->list));
        assert_true(!layout->panes[0].is_shown || layout->is_list_beside ||
                    is_apart(layout->list, layout->panes[0].text));
        for (int i = 0; i < 2 && layout->is_list_beside; i++)
            assert_true(layout->list.col > layout->panes[i].left + layout->panes[i].cols);
    }
    if (layout->dialog) {
        assert_true(is_inside(app, layout->dialog_rect));
        assert_true(layout->dialog_rect.row + layout->dialog_rect.rows <= layout->status_row);
    }
    assert_true(layout->is_dialog_full || shown > 0 || layout->list.rows > 0);
}

static int wanted_height;

static int height(const struct overlay *overlay, const struct app *app, int rows, int cols)
{
    (void)overlay;
    (void)app;
    (void)rows;
    (void)cols;
    return wanted_height;
}

static const struct overlay_ops ops = { .context = CONTEXT_FORM, .height = height };

static void open_panes(struct app *app, int rows, int cols)
{
    static struct reading a, b;

    memset(app, 0, sizeof(*app));
    app->rows = rows;
    app->cols = cols;
    app->is_margin_on = app->is_other_on = true;
    app->lower = PANE_OTHER;
    app->views[0].reading = &a;
    app->views[1].reading = &b;
}

static void nothing_overlaps_at_any_size(void **state)
{
    (void)state;
    for (int rows = 1; rows <= 60; rows++) {
        for (int cols = 1; cols <= 210; cols += cols < 30 ? 1 : 7) {
            struct layout layout;
            struct app app;

            open_panes(&app, rows, cols);
            for (int i = 0; i < 6; i++) {
                int focus = i % 3;

                app.focus = (enum pane)focus;
                app.is_beside = i >= 3;
                app.list = focus == PANE_LIST ? (struct claim_list *)&app : NULL;
                layout_make(&app, &layout);
                assert_int_equal(layout.is_too_small, rows < 5 || cols < 20);
                if (!layout.is_too_small)
                    check(&app, &layout);
            }
            app.is_list_beside = true;
            for (int i = 0; i < 6; i++) {
                int focus = i % 3;

                app.focus = (enum pane)focus;
                app.is_beside = i >= 3;
                layout_make(&app, &layout);
                if (layout.is_too_small)
                    continue;
                check(&app, &layout);
                assert_int_equal(layout.is_list_beside, cols >= 76);
                assert_true(focus != PANE_LIST || layout.list.rows > 0);
            }
        }
    }
}

static void dialogs_leave_text_where_they_can(void **state)
{
    struct overlay overlay = { .ops = &ops };

    (void)state;
    for (int rows = 5; rows <= 50; rows++) {
        for (wanted_height = 0; wanted_height <= 30; wanted_height++) {
            struct layout layout;
            struct app app;

            open_panes(&app, rows, 80);
            app.top = &overlay;
            layout_make(&app, &layout);
            check(&app, &layout);
            assert_true(wanted_height == 1 ? layout.line == &overlay : layout.dialog == &overlay);
        }
    }
}

static void panes_are_those_of_the_size(void **state)
{
    static const struct {
        int rows, cols;
        bool has_two, has_margin, has_title;
    } cases[] = {
        { 40, 120, true, true, true },  { 30, 100, true, true, true },
        { 24, 80, true, true, true },   { 24, 76, true, true, true },
        { 24, 75, true, false, true },  { 19, 80, false, true, true },
        { 12, 40, false, false, true }, { 5, 20, false, false, false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct layout layout;
        struct app app;

        open_panes(&app, cases[i].rows, cases[i].cols);
        layout_make(&app, &layout);

        assert_int_equal(layout.panes[1].is_shown, cases[i].has_two);
        assert_int_equal(layout.panes[0].margin.cols > 0, cases[i].has_margin);
        assert_int_equal(layout.title_row >= 0, cases[i].has_title);
    }
}

static void wide_screens_hold_two_side_by_side(void **state)
{
    static const struct {
        int rows, cols;
        bool has_split, has_margin, has_card;
    } cases[] = {
        { 40, 120, true, false, true },  { 24, 100, true, false, true },
        { 40, 99, false, true, false },  { 40, 200, true, true, false },
        { 18, 120, true, false, false }, { 12, 120, false, true, false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct layout layout;
        struct app app;

        open_panes(&app, cases[i].rows, cases[i].cols);
        app.is_beside = true;
        layout_make(&app, &layout);

        assert_int_equal(layout.split_col >= 0, cases[i].has_split);
        assert_int_equal(layout.panes[0].margin.cols > 0, cases[i].has_margin);
        assert_int_equal(layout.panes[0].card.rows > 0, cases[i].has_card);
        app.is_other_on = false;
        layout_make(&app, &layout);
        assert_int_equal(layout.split_col, -1);
    }
}

static void the_pane_with_the_focus_is_seen(void **state)
{
    (void)state;
    for (int rows = 5; rows <= 40; rows++) {
        for (int focus = PANE_ARTICLE; focus <= PANE_OTHER; focus++) {
            struct layout layout;
            struct app app;

            open_panes(&app, rows, 80);
            app.focus = (enum pane)focus;
            layout_make(&app, &layout);
            assert_true(layout.panes[focus].is_shown);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_at_any_size),
        cmocka_unit_test(dialogs_leave_text_where_they_can),
        cmocka_unit_test(panes_are_those_of_the_size),
        cmocka_unit_test(wide_screens_hold_two_side_by_side),
        cmocka_unit_test(the_pane_with_the_focus_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
