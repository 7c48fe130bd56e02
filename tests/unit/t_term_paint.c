// Pictures drawn on a terminal: whatever came before, it shows what the grid says, and in few
// bytes. The terminal is a model of one, with just the sequences that are sent.
#include "term/paint.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "t.h"
#include "tui/theme.h"

#define ROWS 12
#define COLS 40

// How this terminal counts the cells of what terminals disagree about.
enum counting { AS_WE_DO, WIDER, NARROWER };

struct glass {
    enum counting counting;
    bool is_wrapping;
    bool is_eager; // behind the last column it wraps at once
    char text[ROWS][COLS][CELL_TEXT];
    char *last; // text of the cell written last
    unsigned look[ROWS][COLS];
    unsigned pen, kept_pen;
    int row, col, kept_row, kept_col;
    bool is_full; // a full row was written: the next character wraps
    int top, bottom, left, right;
};

static const struct wire_can able = { .to_column = true,
                                      .forward = true,
                                      .blank = true,
                                      .repeat = true,
                                      .unwrap = true,
                                      .keep = true,
                                      .scroll = true,
                                      .scroll_by = true };

static void set_cell(struct glass *glass, int row, int col, const char *text, size_t len)
{
    memset(glass->text[row][col], 0, CELL_TEXT);
    memcpy(glass->text[row][col], text, len);
    glass->look[row][col] = glass->pen;
}

static void move_rows(struct glass *glass, int by)
{
    struct glass old = *glass;

    for (int row = glass->top; row <= glass->bottom; row++) {
        for (int col = glass->left; col <= glass->right; col++) {
            int from = row + by;

            if (from < glass->top || from > glass->bottom) {
                set_cell(glass, row, col, " ", 1); // some terminals give it the looks in force
                continue;
            }
            memcpy(glass->text[row][col], old.text[from][col], CELL_TEXT);
            glass->look[row][col] = old.look[from][col];
        }
    }
}

// A picture of looks: bits of attributes, then the colours.
static unsigned look_bits(const struct pen *pen)
{
    return pen->attrs | (unsigned)pen->fg << 10 | (unsigned)pen->bg << 20;
}

static void set_looks(struct glass *glass, const int *params, int count)
{
    struct pen pen = { glass->pen & 0x3FF, (int)(glass->pen >> 10 & 0x3FF),
                       (int)(glass->pen >> 20) };

    for (int i = 0; i < count; i++) {
        int look = params[i];

        if (!look)
            pen = (struct pen){ 0 };
        else if (look < 10)
            pen.attrs |= 1U << look;
        else if (look == 39)
            pen.fg = 0;
        else if (look == 49)
            pen.bg = 0;
        else if (look < 40)
            pen.fg = look;
        else
            pen.bg = look;
    }
    glass->pen = look_bits(&pen);
}

// Half a wide character that is written over takes the other half with it.
static void split(struct glass *glass, int row, int col)
{
    if (!glass->text[row][col][0] && col > 0)
        memcpy(glass->text[row][col - 1], " ", 2);
    if (col + 1 < COLS && !glass->text[row][col + 1][0])
        memcpy(glass->text[row][col + 1], " ", 2);
}

static void wrap_at_once(struct glass *glass)
{
    if (!glass->is_eager || !glass->is_full)
        return;
    glass->is_full = false;
    glass->col = 0;
    glass->row++;
    assert_true(glass->row < ROWS); // nothing has scrolled by itself
}

static void obey(struct glass *glass, char final, bool is_private, const int *params, int count)
{
    int a = params[0] ? params[0] : 1, b = params[1] ? params[1] : 1;
    char last[CELL_TEXT];

    switch (final) {
    case 'H':
        glass->row = a - 1;
        glass->col = b - 1;
        glass->is_full = false;
        break;
    case 'G':
        glass->col = a - 1;
        glass->is_full = false;
        break;
    case 'C':
        assert_false(glass->is_full);
        glass->col += a;
        break;
    case 'K':
        a = COLS;
        // fall through
    case 'X':
        assert_false(glass->is_full);
        for (int i = 0; i < a && glass->col + i < COLS; i++) {
            split(glass, glass->row, glass->col + i);
            set_cell(glass, glass->row, glass->col + i, " ", 1);
            glass->look[glass->row][glass->col + i] = glass->pen >> 20 << 20;
        }
        break;
    case 'J':
        assert_int_equal(glass->row + glass->col + (int)glass->pen, 0);
        for (int i = 0; i < ROWS * COLS; i++)
            set_cell(glass, i / COLS, i % COLS, " ", 1);
        break;
    case 'b':
        memcpy(last, glass->text[glass->row][glass->col - 1], CELL_TEXT);
        for (int i = 0; i < a; i++) {
            split(glass, glass->row, glass->col);
            set_cell(glass, glass->row, glass->col++, last, strlen(last));
        }
        break;
    case 'r':
        glass->top = a - 1;
        glass->bottom = count > 1 ? b - 1 : ROWS - 1;
        glass->row = glass->col = 0;
        break;
    case 's':
        glass->left = a - 1;
        glass->right = b - 1;
        glass->row = glass->col = 0;
        break;
    case 'S':
        move_rows(glass, a);
        break;
    case 'T':
        move_rows(glass, -a);
        break;
    case 'm':
        set_looks(glass, params, count);
        return;
    case 'l':
        assert_true(is_private);
        if (a == 7) {
            glass->is_wrapping = false;
            return;
        }
        glass->left = 0;
        glass->right = COLS - 1;
        return;
    case 'h':
        assert_true(is_private);
        glass->is_wrapping = glass->is_wrapping || a == 7;
        return;
    default:
        fail_msg("what is ESC [ %c?", final);
    }
    if (glass->col == COLS) {
        glass->col = COLS - 1;
        glass->is_full = glass->is_wrapping;
        wrap_at_once(glass);
    }
    assert_true(glass->col < COLS && glass->row < ROWS);
}

static size_t take_sequence(struct glass *glass, struct sv bytes)
{
    int params[16] = { 0 }, count = 1;
    size_t at = 2;

    if (bytes.ptr[1] == 'M') {
        assert_int_equal(glass->row, glass->top);
        move_rows(glass, -1);
        return 2;
    }
    if (bytes.ptr[1] == '7') {
        glass->kept_row = glass->row;
        glass->kept_col = glass->col;
        glass->kept_pen = glass->pen;
        return 2;
    }
    if (bytes.ptr[1] == '8') {
        glass->row = glass->kept_row;
        glass->col = glass->kept_col;
        glass->pen = glass->kept_pen;
        glass->is_full = false;
        return 2;
    }
    assert_int_equal(bytes.ptr[1], '[');
    bool is_private = bytes.ptr[at] == '?';

    at += is_private;
    for (; bytes.ptr[at] == ';' || (bytes.ptr[at] >= '0' && bytes.ptr[at] <= '9'); at++) {
        if (bytes.ptr[at] == ';')
            count++;
        else
            params[count - 1] = params[count - 1] * 10 + bytes.ptr[at] - '0';
    }
    obey(glass, bytes.ptr[at], is_private, params, count);
    return at + 1;
}

// The characters of these tests: combining marks, a wide one, and some that terminals disagree
// about.
static int width_of(const struct glass *glass, unsigned char lead, bool *is_disputed)
{
    *is_disputed = lead == 0xCC || lead == 0xEF || lead == 0xF0 || lead == 0xE0;
    if (lead == 0xCC || lead == 0xEF) // an accent, a variation selector
        return glass->counting == WIDER;
    if (lead == 0xE0) // a vowel sign
        return glass->counting == WIDER ? 2 : glass->counting == NARROWER ? 0 : 1;
    if (lead == 0xF0)
        return glass->counting == NARROWER ? 1 : 2;
    return lead == 0xE6 ? 2 : 1;
}

static size_t take_text(struct glass *glass, struct sv bytes)
{
    unsigned char c = (unsigned char)bytes.ptr[0];
    size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    int edge = glass->col <= glass->right ? glass->right : COLS - 1;
    bool is_disputed;
    int width = width_of(glass, c, &is_disputed);

    if (!width) {
        if (glass->last && strlen(glass->last) + size < CELL_TEXT)
            strncat(glass->last, bytes.ptr, size);
        return size;
    }
    if (is_disputed && glass->col + width - 1 > edge)
        width = 1; // some of it is seen
    assert_true(glass->col + width - 1 <= edge);
    assert_false(glass->is_full); // nothing relies on wrapping
    glass->last = glass->text[glass->row][glass->col];
    for (int i = 0; i < width; i++)
        split(glass, glass->row, glass->col + i);
    set_cell(glass, glass->row, glass->col, bytes.ptr, size);
    if (width == 2)
        set_cell(glass, glass->row, ++glass->col, "", 0);
    glass->is_full = glass->is_wrapping && glass->col == edge;
    glass->col += glass->col < edge;
    wrap_at_once(glass);
    return size;
}

static void show(struct glass *glass, struct sv bytes)
{
    while (bytes.len) {
        size_t size = 1;

        if (bytes.ptr[0] == '\033') {
            size = take_sequence(glass, bytes);
        } else if (bytes.ptr[0] == '\r') {
            glass->col = glass->col >= glass->left ? glass->left : 0;
            glass->is_full = false;
        } else if (bytes.ptr[0] == '\b') {
            assert_false(glass->is_full);
            glass->col--;
        } else if (bytes.ptr[0] == '\n') {
            if (glass->row == glass->bottom && glass->col >= glass->left &&
                glass->col <= glass->right)
                move_rows(glass, 1);
            else if (glass->row != glass->bottom)
                glass->row++;
        } else {
            size = take_text(glass, bytes);
        }
        bytes = sv_sub(bytes, size, bytes.len);
    }
}

struct stage {
    struct wire wire;
    struct glass glass;
    struct grid shown, grid;
    struct pen looks[ROLE__N];
};

static void set_stage(struct stage *stage, struct wire_can can)
{
    memset(stage, 0, sizeof(*stage));
    stage->wire.can = can;
    grid_init(&stage->shown, ROWS, COLS);
    grid_init(&stage->grid, ROWS, COLS);
    stage->looks[ROLE_CLAIM] = (struct pen){ .fg = 36 };
    stage->looks[ROLE_TITLE] = (struct pen){ .attrs = 1U << 7 };
    stage->looks[ROLE_MATCH] = (struct pen){ .fg = 30, .bg = 43 };
    stage->glass.is_wrapping = true;
    stage->glass.bottom = ROWS - 1;
    stage->glass.right = COLS - 1;
    for (int i = 0; i < ROWS * COLS; i++)
        set_cell(&stage->glass, i / COLS, i % COLS, "?", 1);
    wire_begin(&stage->wire, ROWS, COLS);
}

static void strike(struct stage *stage)
{
    wire_release(&stage->wire);
    grid_release(&stage->shown);
    grid_release(&stage->grid);
}

// Is the cell of a cluster that this terminal counts otherwise than the grid?
static bool is_disputed(const struct stage *stage, int row, int col)
{
    const struct cell *cell = &stage->grid.cells[row * COLS + col];
    const unsigned char *text = (const unsigned char *)cell[cell->cols ? 0 : -1].text;

    return text[0] == 0xF0 || text[0] == 0xE0 || (text[0] && strpbrk(cell->text, "\xCC\xEF"));
}

// Does the glass show the cell? A blank shows no foreground and no boldness.
static void check_cell(const struct stage *stage, int row, int col)
{
    const struct cell *cell = &stage->grid.cells[row * COLS + col];
    unsigned look = stage->glass.look[row][col], wanted = look_bits(&stage->looks[cell->role]);

    if (stage->glass.is_eager && row == ROWS - 1 && col >= COLS - 2)
        return; // cannot be drawn
    if (stage->glass.counting != AS_WE_DO && is_disputed(stage, row, col))
        return;
    assert_string_equal(stage->glass.text[row][col], cell->text);
    if (!strcmp(cell->text, " ")) {
        look &= ~0xFFC00U;
        wanted &= ~0xFFC00U;
    }
    if (cell->cols)
        assert_int_equal(look, wanted);
}

// Draw, show, compare. Returns the bytes it took.
static size_t draw(struct stage *stage)
{
    size_t bytes;

    paint(&stage->wire, stage->looks, &stage->shown, &stage->grid);
    wire_rest(&stage->wire, stage->grid.cursor_row, stage->grid.cursor_col);
    bytes = stage->wire.out.len;
    show(&stage->glass, buf_sv(&stage->wire.out));
    buf_clear(&stage->wire.out);
    for (int row = 0; row < ROWS; row++) {
        for (int col = 0; col < COLS; col++)
            check_cell(stage, row, col);
    }
    assert_int_equal(stage->glass.row, stage->grid.cursor_row);
    assert_int_equal(stage->glass.col, stage->grid.cursor_col);
    return bytes;
}

static unsigned dice; // repeats

static int roll(int sides)
{
    dice = dice * 1103515245U + 12345U;
    return (int)(dice >> 16 & 0x7FFF) % sides;
}

static void put_at_random(struct grid *grid)
{
    static const char *const words[] = {
        "x",
        "a claim",
        "é",
        "水水",
        "────────",
        "          ",
        "aaaaaaaaaaaaaaaa",
        "  ",
        "e\u0301",
        "\U0001F44D\U0001F3FD",
        "\u2764\uFE0F",
        "a\u0903b\u0903",
    };
    static const enum role roles[] = { ROLE_TEXT, ROLE_CLAIM, ROLE_TITLE, ROLE_MATCH };

    grid_put(grid, roll(ROWS), roll(COLS), COLS, sv_from(words[roll(ARRAY_LEN(words))]),
             roles[roll(ARRAY_LEN(roles))]);
}

// Move the cells of a band up or down, as a text does that scrolls.
static void scroll_at_random(struct grid *grid, struct rect band)
{
    int by = roll(2 * band.rows - 1) - band.rows + 1;
    struct cell *old = calloc((size_t)ROWS * COLS, sizeof(*old));

    memcpy(old, grid->cells, (size_t)ROWS * COLS * sizeof(*old));
    for (int row = band.row; row < band.row + band.rows; row++) {
        int from = row + by;
        struct rect line = { row, band.col, 1, band.cols };

        if (from < band.row || from >= band.row + band.rows)
            grid_fill(grid, line, " ", ROLE_TEXT);
        else
            memcpy(&grid->cells[row * COLS + band.col], &old[from * COLS + band.col],
                   (size_t)band.cols * sizeof(*old));
    }
    free(old);
}

static void play(struct wire_can can, enum counting counting, unsigned seed)
{
    static const struct rect bands[] = { { 1, 0, 6, COLS }, { 1, 0, 6, 20 }, { 8, 21, 4, 19 } };
    struct stage stage;

    dice = seed;
    set_stage(&stage, can);
    stage.glass.counting = counting;
    stage.glass.is_eager = can.wraps;
    for (int picture = 0; picture < 60; picture++) {
        struct rect band = bands[roll(ARRAY_LEN(bands))];
        bool is_split = band.cols < COLS;

        is_split = is_split && roll(4); // mostly a border stands on the band's edge
        if (is_split)
            grid_fill(&stage.grid, (struct rect){ 0, 20, ROWS, 1 }, "│", ROLE_TEXT);
        stage.grid.band_count = 0;
        grid_add_band(&stage.grid, band);
        for (int i = roll(12); i > 0; i--)
            put_at_random(&stage.grid);
        if (is_split)
            grid_fill(&stage.grid, (struct rect){ 0, 20, ROWS, 1 }, "│", ROLE_TEXT);
        if (roll(3)) {
            draw(&stage);
            if (band.cols < COLS)
                grid_fill(&stage.grid, (struct rect){ 0, 20, ROWS, 1 }, "│", ROLE_TEXT);
            scroll_at_random(&stage.grid, band);
        }
        if (roll(2)) {
            stage.grid.cursor_row = roll(ROWS);
            stage.grid.cursor_col = roll(COLS);
        }
        draw(&stage);
    }
    strike(&stage);
}

static void t_paint_shows_any_picture_after_any_other(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 40; seed++)
        play(able, AS_WE_DO, seed);
}

static void t_paint_needs_no_ability_but_placing_the_cursor(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 20; seed++)
        play((struct wire_can){ 0 }, AS_WE_DO, seed);
}

static void t_paint_scrolls_nothing_at_the_last_cell(void **state)
{
    struct wire_can can = able;

    (void)state;
    can.unwrap = false;
    can.wraps = true;
    for (unsigned seed = 1; seed <= 40; seed++)
        play(can, AS_WE_DO, seed);
}

static void t_paint_scrolls_inside_margins(void **state)
{
    struct wire_can can = able;

    (void)state;
    can.margins = can.repeat_any = true;
    for (unsigned seed = 1; seed <= 40; seed++)
        play(can, AS_WE_DO, seed);
}

// Whatever cells a terminal gives to a disputed cluster, what stands beside it stays in its
// columns.
static void t_paint_keeps_the_columns_where_terminals_disagree(void **state)
{
    struct wire_can can = able;

    (void)state;
    for (unsigned seed = 1; seed <= 40; seed++) {
        can.margins = seed % 2;
        play(can, WIDER, seed);
        play(can, NARROWER, seed);
    }
}

static void write_rows(struct grid *grid, struct rect rect, int from)
{
    for (int row = 0; row < rect.rows; row++) {
        char text[3 * COLS];

        snprintf(text, sizeof(text), "%d the row of number %d says so", from + row, from + row);
        grid_fill(grid, (struct rect){ rect.row + row, rect.col, 1, rect.cols }, " ", ROLE_TEXT);
        grid_put(grid, rect.row + row, rect.col, rect.cols, sv_from(text), ROLE_TEXT);
    }
}

// Scroll a text by a row some times; returns the bytes of the last.
static size_t scroll_text(struct stage *stage, struct rect rect)
{
    size_t bytes = 0;

    stage->grid.band_count = 0;
    grid_add_band(&stage->grid, rect);
    for (int from = 10; from < 20; from++) {
        write_rows(&stage->grid, rect, from);
        bytes = draw(stage);
    }
    return bytes;
}

static void t_paint_says_a_scrolled_row_in_few_bytes(void **state)
{
    struct stage stage;
    struct wire_can can = able;
    const size_t words = sizeof("20 the row of number 20 says so") - 1;

    (void)state;
    set_stage(&stage, can);
    assert_int_equal(scroll_text(&stage, (struct rect){ 1, 0, 10, COLS }),
                     5 + 1 + words + 2); // ESC [ 1 1 H, LF, the words, ESC 8
    strike(&stage);

    can.margins = true;
    set_stage(&stage, can);
    write_rows(&stage.grid, (struct rect){ 1, 34, 10, 6 }, 0); // stays
    assert_int_equal(scroll_text(&stage, (struct rect){ 1, 0, 10, 33 }), 5 + 1 + words + 2);
    wire_end(&stage.wire);
    show(&stage.glass, buf_sv(&stage.wire.out));
    assert_int_equal(stage.glass.bottom, ROWS - 1);
    assert_int_equal(stage.glass.right, COLS - 1);
    strike(&stage);
}

// Rows that end in colour: the looks come back with the cursor's place.
static void t_paint_comes_back_to_plain_looks(void **state)
{
    const struct rect text = { 1, 0, 10, COLS };
    struct stage stage;
    size_t bytes = 0;

    (void)state;
    set_stage(&stage, able);
    grid_add_band(&stage.grid, text);
    for (int from = 10; from < 20; from++) {
        write_rows(&stage.grid, (struct rect){ 1, 2, 10, COLS - 2 }, from);
        for (int row = 1; row <= 10; row++)
            grid_put(&stage.grid, row, 32, 8, SV("in color"), ROLE_CLAIM);
        bytes = draw(&stage);
    }
    assert_int_equal(bytes, 5 + 1 + 32 + 5 + 8 + 2); // two blanks, no reset before them
    strike(&stage);
}

// Blanks are sent before what may turn out narrower, and not before what cannot.
static void t_paint_says_disputed_text_in_few_bytes(void **state)
{
    static const struct {
        const char *text;
        size_t bytes;
    } cases[] = {
        { "abcd", 4 },
        { "e\u0301bcd", 3 + 4 + 3 },           // CHA behind it
        { "\u0905\u0905cd", 3 + 3 + 2 },       // nobody disputes them
        { "\U0001F44Dcd", 2 + 1 + 4 + 4 + 2 }, // two blanks and CR before it
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct stage stage;

        set_stage(&stage, able);
        stage.grid.cursor_row = 5;
        grid_put(&stage.grid, 5, 0, COLS, SV("wxyz of old"), ROLE_TEXT);
        draw(&stage);
        grid_put(&stage.grid, 5, 0, COLS, sv_from(cases[i].text), ROLE_TEXT);
        assert_int_equal(draw(&stage), cases[i].bytes + 1 + 2); // CR, ESC 7
        strike(&stage);
    }
}

// A row that ends sooner than the one before: the blanks that take its place, and no others.
static void t_paint_blanks_what_is_left_over(void **state)
{
    static const struct {
        const char *text;
        size_t bytes;
    } cases[] = {
        { "of ol ", 4 + 1 }, // CUF, one blank
        { "of    ", 2 + 3 }, // past "of", EL
        { "o     ", 1 + 3 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct stage stage;

        set_stage(&stage, able);
        stage.grid.cursor_row = 5;
        grid_put(&stage.grid, 5, 0, COLS, SV("of old"), ROLE_TEXT);
        draw(&stage);
        grid_put(&stage.grid, 5, 0, COLS, sv_from(cases[i].text), ROLE_TEXT);
        assert_int_equal(draw(&stage), cases[i].bytes + 1 + 2); // CR, ESC 7
        strike(&stage);
    }
}

static void t_paint_begins_in_few_bytes(void **state)
{
    struct stage stage;

    (void)state;
    set_stage(&stage, able);
    assert_int_equal(stage.wire.out.len, 5 + 3 + 3 + 3); // ESC [ ?7l, ESC [ r, ESC [ m, ESC [ J
    assert_int_equal(draw(&stage), 14);                  // the cursor is where it is wanted
    strike(&stage);
}

// What waits is not drawn, is not where the terminal's scrolling ends up, and is put right later.
static void t_paint_leaves_what_waits(void **state)
{
    const struct rect text = { 1, 0, 10, 33 }, list = { 1, 34, 10, 6 };
    struct stage stage;
    size_t moving, calm;

    (void)state;
    set_stage(&stage, able);
    write_rows(&stage.grid, list, 0);
    write_rows(&stage.grid, text, 10);
    grid_add_band(&stage.grid, text);
    draw(&stage);
    stage.grid.waits = list;
    for (int from = 11; from < 15; from++) {
        write_rows(&stage.grid, text, from);
        paint(&stage.wire, stage.looks, &stage.shown, &stage.grid);
        moving = stage.wire.out.len;
        show(&stage.glass, buf_sv(&stage.wire.out));
        buf_clear(&stage.wire.out);
    }
    assert_true(moving < 50);
    stage.grid.waits = (struct rect){ 0 };
    calm = draw(&stage);
    assert_true(calm > 50);
    strike(&stage);
}

static void t_paint_sends_nothing_for_the_same_picture(void **state)
{
    struct stage stage;

    (void)state;
    set_stage(&stage, able);
    write_rows(&stage.grid, (struct rect){ 0, 0, ROWS, COLS }, 1);
    assert_true(draw(&stage) > 0);
    assert_int_equal(draw(&stage), 0);
    strike(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_paint_shows_any_picture_after_any_other),
        cmocka_unit_test(t_paint_needs_no_ability_but_placing_the_cursor),
        cmocka_unit_test(t_paint_scrolls_nothing_at_the_last_cell),
        cmocka_unit_test(t_paint_scrolls_inside_margins),
        cmocka_unit_test(t_paint_keeps_the_columns_where_terminals_disagree),
        cmocka_unit_test(t_paint_says_a_scrolled_row_in_few_bytes),
        cmocka_unit_test(t_paint_comes_back_to_plain_looks),
        cmocka_unit_test(t_paint_says_disputed_text_in_few_bytes),
        cmocka_unit_test(t_paint_blanks_what_is_left_over),
        cmocka_unit_test(t_paint_begins_in_few_bytes),
        cmocka_unit_test(t_paint_leaves_what_waits),
        cmocka_unit_test(t_paint_sends_nothing_for_the_same_picture),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
