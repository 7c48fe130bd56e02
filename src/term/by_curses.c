// Pictures by curses: it is told what a row shall hold and finds the bytes itself.
// Only for terminals out of the ordinary; never reads a key.
#include "term/by_curses.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <term.h>

#include "base/mem.h"
#include "base/visible.h"
#include "term/terminal.h"
#include "tui/theme.h"

#define ASCII_FIRST ' '
#define ASCII_COUNT ('~' - ' ' + 1)

// How a role is shown on this terminal.
struct style {
    attr_t attrs;
    short pair;
    bool is_bare; // a blank shows nothing of it
    bool is_ready[ASCII_COUNT];
    cchar_t ascii[ASCII_COUNT]; // made once each: most cells are of these
};

struct by_curses {
    SCREEN *screen;
    cchar_t *line; // room for one row
    struct style styles[ROLE__N];
};

static short color(enum hue hue, bool has_default, short fallback)
{
    return hue != HUE_DEFAULT ? (short)hue : has_default ? -1 : fallback;
}

static attr_t attributes(unsigned look)
{
    return (look & (LOOK_BOLD | LOOK_STRONG) ? A_BOLD : 0) | (look & LOOK_DIM ? A_DIM : 0) |
           (look & LOOK_UNDERLINE ? A_UNDERLINE : 0) | (look & LOOK_REVERSE ? A_REVERSE : 0);
}

static void make_styles(struct by_curses *by)
{
    bool has_color = terminal_has_color() && start_color() == OK;
    bool has_default = has_color && use_default_colors() == OK;

    for (int role = 0; role < ROLE__N; role++) {
        const struct theme *theme = theme_get((enum role)role);
        struct style *style = &by->styles[role];

        style->attrs = attributes(theme->look);
        if (!has_color && theme->bg != HUE_DEFAULT)
            style->attrs |= A_REVERSE;
        style->is_bare = !(style->attrs & (A_REVERSE | A_UNDERLINE)) && theme->bg == HUE_DEFAULT;
        if (!has_color || (theme->fg == HUE_DEFAULT && theme->bg == HUE_DEFAULT))
            continue;
        style->pair = (short)(role + 1);
        init_pair(style->pair, color(theme->fg, has_default, COLOR_WHITE),
                  color(theme->bg, has_default, COLOR_BLACK));
    }
}

static void make_cell(const struct style *style, const struct cell *cell, cchar_t *out)
{
    wchar_t text[CCHARW_MAX + 1];
    size_t count = 0;
    struct sv rest = sv_from(cell->text);

    while (rest.len && count < CCHARW_MAX) {
        size_t size;
        int32_t cp = utf8_decode(rest, &size);

        text[count++] = cp < 0 ? 0xFFFD : (wchar_t)cp;
        rest = sv_sub(rest, size, rest.len);
    }
    text[count] = L'\0';
    if (setcchar(out, text, style->attrs, style->pair, NULL) != OK)
        setcchar(out, L"?", style->attrs, style->pair, NULL);
}

static const cchar_t *ascii_cell(struct style *style, const struct cell *cell)
{
    int index = cell->text[0] - ASCII_FIRST;

    if (index < 0 || index >= ASCII_COUNT || cell->text[1])
        return NULL;
    if (!style->is_ready[index]) {
        make_cell(style, cell, &style->ascii[index]);
        style->is_ready[index] = true;
    }
    return &style->ascii[index];
}

static bool cell_eq(const struct cell *a, const struct cell *b)
{
    return a->role == b->role && a->cols == b->cols && !strcmp(a->text, b->text);
}

static bool is_row_shown(const struct grid *shown, int row, const struct cell *cells)
{
    const struct cell *old = shown->cells + (size_t)row * (size_t)shown->cols;

    for (int col = 0; col < shown->cols; col++)
        if (!cell_eq(&cells[col], &old[col]))
            return false;
    return true;
}

// Tell curses about a row that differs from what it was told before. A blank on which its role
// cannot be seen takes the looks of the cell before it: each change of looks costs the line some
// ten bytes. Rows are told whole, so that equal rows stay equal when they are scrolled.
static void draw_row(struct by_curses *by, int row, const struct cell *cells, int cols)
{
    struct style *before = &by->styles[ROLE_TEXT];
    cchar_t *line = by->line;
    int count = 0;

    for (int col = 0; col < cols; col++) {
        struct style *style = &by->styles[cells[col].role];
        const cchar_t *ready;

        if (!cells[col].cols)
            continue;
        if (style->is_bare && before->is_bare && !strcmp(cells[col].text, " "))
            style = before;
        ready = ascii_cell(style, &cells[col]);
        if (ready)
            line[count++] = *ready;
        else
            make_cell(style, &cells[col], &line[count++]);
        before = style;
    }
    mvadd_wchnstr(row, 0, line, count);
}

static void draw_cursor(const struct grid *shown, const struct grid *grid, bool is_spoilt)
{
    if (grid->is_cursor_visible != shown->is_cursor_visible || is_spoilt)
        curs_set(grid->is_cursor_visible);
    leaveok(stdscr, !grid->is_cursor_visible);
    move(grid->cursor_row < LINES ? grid->cursor_row : LINES - 1,
         grid->cursor_col < COLS ? grid->cursor_col : COLS - 1);
}

void by_curses_draw(struct by_curses *by, const struct grid *shown, const struct grid *grid,
                    bool is_spoilt)
{
    for (int row = 0; row < grid->rows; row++) {
        const struct cell *cells = grid->cells + (size_t)row * (size_t)grid->cols;

        if (!is_row_shown(shown, row, cells))
            draw_row(by, row, cells, grid->cols);
    }
    draw_cursor(shown, grid, is_spoilt);
    if (is_spoilt)
        clearok(curscr, TRUE);
    refresh();
}

bool by_curses_open(const char *type, struct by_curses **out, struct err *err)
{
    TERMINAL *described = cur_term; // curses reads a description of its own

    use_env(FALSE);
    use_tioctl(TRUE);

    SCREEN *screen = newterm(type, stdout, stdin);

    if (!screen)
        return err_set(err, E_TERMINAL, ERR_NOWHERE, "the terminal '%s' cannot be used", type);
    if (described && described != cur_term)
        del_curterm(described);

    struct by_curses *by = mem_new(sizeof(*by));

    by->screen = screen;
    raw();
    noecho();
    nonl();
    typeahead(-1); // the loop has read what there was
    idlok(stdscr, TRUE);
    make_styles(by);
    *out = by;
    return true;
}

void by_curses_close(struct by_curses *by)
{
    if (!by)
        return;
    delscreen(by->screen);
    mem_free(by->line);
    mem_free(by);
}

void by_curses_resize(struct by_curses *by, int rows, int cols)
{
    if (rows != LINES || cols != COLS)
        resizeterm(rows, cols);
    by->line = mem_resize(by->line, (size_t)cols, sizeof(*by->line));
    werase(stdscr);
}

void by_curses_leave(struct by_curses *by)
{
    (void)by; // the library has one current screen
    endwin();
}

void by_curses_return(struct by_curses *by)
{
    (void)by;
    reset_prog_mode();
}

void by_curses_library(struct buf *out)
{
    buf_add_cstr(out, curses_version());
}
