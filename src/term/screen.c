// Grids to a terminal: takes it, shows what differs, gives it back. On a terminal of the usual kind
// term/paint.c finds what to say, on any other curses does (term/by_curses.c).
// Never decides what is drawn.
#include "term/screen.h"

#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "term/by_curses.h"
#include "term/paint.h"
#include "term/send.h"
#include "term/terminal.h"
#include "tui/theme.h"

#define STUCK_MS 200 // a terminal that takes nothing for so long when it is left is given up

struct screen {
    struct by_curses *curses; // NULL: a usual terminal
    int rows, cols;           // of the terminal
    struct grid shown;        // what was sent, or curses was told
    bool is_spoilt;
    bool is_taken;  // nobody else has written to the terminal since it was taken
    bool has_paste; // the terminal looks as if it knew private modes
    bool has_mouse; // and reports the mouse
    struct wire wire;
    struct pen looks[ROLE__N];
    struct termios modes; // of the terminal before it was taken
};

static void make_looks(struct screen *screen)
{
    bool has_color = terminal_has_color();
    unsigned known = terminal_looks();

    for (int role = 0; role < ROLE__N; role++) {
        const struct theme *theme = theme_get((enum role)role);
        struct pen *look = &screen->looks[role];
        bool is_reverse = theme->look & LOOK_REVERSE || (!has_color && theme->bg != HUE_DEFAULT);
        bool is_bold = theme->look & (has_color ? LOOK_BOLD : LOOK_BOLD | LOOK_STRONG);

        look->attrs =
            known & ((is_bold ? 1U << 1 : 0) | (theme->look & LOOK_DIM ? 1U << 2 : 0) |
                     (theme->look & LOOK_UNDERLINE ? 1U << 4 : 0) | (is_reverse ? 1U << 7 : 0));
        look->fg = has_color && theme->fg != HUE_DEFAULT ? 30 + (int)theme->fg : 0;
        look->bg = has_color && theme->bg != HUE_DEFAULT ? 40 + (int)theme->bg : 0;
    }
}

// Show the cursor of a usual terminal or hide it, unless it is so already.
static void show_cursor(struct screen *screen, bool is_on)
{
    const char *show = terminal_string("cnorm"), *hide = terminal_string("civis");
    struct buf *out = &screen->wire.out;

    if (screen->shown.is_cursor_visible == is_on || !show || !hide)
        return;
    if (is_on && !strcmp(hide, "\033[?25l"))
        buf_add_cstr(out, "\033[?25h"); // no more was changed: one that blinks goes on doing so
    else
        terminal_add(out, is_on ? "cnorm" : "civis");
    screen->shown.is_cursor_visible = is_on;
}

// Reports of pastes, mouse and focus: on or off.
static void report(struct screen *screen, bool is_on)
{
    struct buf *out = &screen->wire.out;

    if (screen->has_paste)
        buf_addf(out, "\033[?%s2004%c", screen->has_mouse ? "1000;1004;1006;" : "",
                 is_on ? 'h' : 'l');
}

// What a usual terminal is told first: the other screen, if it has one.
static void add_taking(struct screen *screen)
{
    terminal_add(&screen->wire.out, "smcup");
    terminal_add(&screen->wire.out, "enacs"); // plain characters, whoever wrote before
    report(screen, true);
    screen->is_taken = true;
}

static void add_leaving(struct screen *screen)
{
    struct wire *wire = &screen->wire;

    if (screen->curses || screen->is_taken)
        report(screen, false);
    if (screen->curses || !screen->is_taken)
        return; // curses leaves by itself
    wire_end(wire);
    wire_move(wire, screen->rows - 1, 0); // where the shell goes on, if there is no other screen
    show_cursor(screen, true);
    terminal_add(&wire->out, "rmcup");
    buf_add_cstr(&wire->out, "\r"); // some go back to another column than they say
}

// Throw away what a terminal does not take, so that it may take what puts it right.
static void leave_stuck(struct screen *screen)
{
    struct buf *out = &screen->wire.out;

    buf_clear(out);
    tcflush(STDOUT_FILENO, TCOFLUSH);
    screen->shown.is_cursor_visible = false; // or what showed it is thrown away
    add_leaving(screen);
    if (screen->curses) { // it would wait
        terminal_add(out, "cnorm");
        terminal_add(out, "rmcup");
    }
    if (!send_within(out, 0))
        buf_clear(out);
    (void)tcsetattr(STDOUT_FILENO, TCSANOW, &screen->modes);
}

// Before others write to the terminal.
static void leave(struct screen *screen)
{
    add_leaving(screen);
    if (!send_within(&screen->wire.out, STUCK_MS))
        leave_stuck(screen);
    else if (screen->curses)
        by_curses_leave(screen->curses);
    else
        (void)tcsetattr(STDOUT_FILENO, TCSADRAIN, &screen->modes);
    screen->is_taken = false;
}

// Is the terminal as it stands of another size than what was shown last?
static bool is_new_size(const struct screen *screen, int rows, int cols)
{
    return screen->shown.rows != rows || screen->shown.cols != cols;
}

static void forget(struct screen *screen)
{
    grid_release(&screen->shown);
    grid_init(&screen->shown, screen->rows, screen->cols);
    if (screen->curses)
        by_curses_resize(screen->curses, screen->rows, screen->cols);
    screen->is_spoilt = true;
}

static bool is_cursor_where_shown(const struct screen *screen, const struct grid *grid)
{
    const struct grid *shown = &screen->shown;

    return grid->is_cursor_visible == shown->is_cursor_visible &&
           (!grid->is_cursor_visible ||
            (grid->cursor_row == shown->cursor_row && grid->cursor_col == shown->cursor_col));
}

bool screen_open(struct screen **out, struct err *err)
{
    const char *type;
    struct termios modes;
    struct by_curses *curses = NULL;

    if (tcgetattr(STDOUT_FILENO, &modes))
        return err_set_errno(err, NULL, "reading the terminal's modes");
    if (!terminal_describe(&type, err))
        return false;
    if (terminal_is_usual()) {
        terminal_set_raw(&modes);
    } else if (!by_curses_open(type, &curses, err)) {
        terminal_forget();
        return false;
    }

    struct screen *screen = mem_new(sizeof(*screen));

    screen->curses = curses;
    screen->modes = modes;
    screen->has_paste = sv_starts(sv_from(terminal_string("cup")), SV("\033["));
    screen->has_mouse = screen->has_paste && terminal_string("kmous");
    terminal_learn(&screen->wire.can);
    make_looks(screen);
    terminal_size(&screen->rows, &screen->cols);
    forget(screen);
    if (curses)
        report(screen, true);
    *out = screen;
    return true;
}

void screen_close(struct screen *screen)
{
    if (!screen)
        return;
    leave(screen);
    if (screen->curses)
        by_curses_close(screen->curses);
    else
        terminal_forget();
    wire_release(&screen->wire);
    grid_release(&screen->shown);
    mem_free(screen);
}

const char *screen_capability(const struct screen *screen, const char *name)
{
    (void)screen; // there is one current terminal
    return terminal_string(name);
}

bool screen_measure(struct screen *screen, int *rows, int *cols)
{
    terminal_size(&screen->rows, &screen->cols);
    *rows = screen->rows;
    *cols = screen->cols;
    return is_new_size(screen, *rows, *cols);
}

static void send_cursor(struct screen *screen, const struct grid *grid)
{
    if (grid->is_cursor_visible)
        wire_rest(&screen->wire, grid->cursor_row, grid->cursor_col);
    show_cursor(screen, grid->is_cursor_visible);
}

static void draw_by_paint(struct screen *screen, const struct grid *grid)
{
    struct wire *wire = &screen->wire;

    if (screen->is_spoilt) {
        if (!screen->is_taken)
            add_taking(screen);
        grid_clear(&screen->shown);
        screen->shown.is_cursor_visible = !grid->is_cursor_visible; // unknown: it is told
        wire_begin(wire, grid->rows, grid->cols);
    }
    paint(wire, screen->looks, &screen->shown, grid);
    send_cursor(screen, grid);
}

static void draw_by_curses(struct screen *screen, const struct grid *grid)
{
    struct grid *shown = &screen->shown;

    by_curses_draw(screen->curses, shown, grid, screen->is_spoilt);
    memcpy(shown->cells, grid->cells,
           (size_t)grid->rows * (size_t)grid->cols * sizeof(*grid->cells));
    shown->is_cursor_visible = grid->is_cursor_visible;
}

bool screen_is_busy(const struct screen *screen)
{
    return screen->wire.out.len > 0;
}

bool screen_send(struct screen *screen)
{
    return send_some(&screen->wire.out);
}

void screen_draw(struct screen *screen, const struct grid *grid)
{
    size_t size = (size_t)grid->rows * (size_t)grid->cols * sizeof(*grid->cells);

    if (grid->rows != screen->rows || grid->cols != screen->cols)
        return; // a new size is on its way
    if (is_new_size(screen, grid->rows, grid->cols))
        forget(screen);
    if (!screen->is_spoilt && is_cursor_where_shown(screen, grid) &&
        !memcmp(grid->cells, screen->shown.cells, size))
        return;
    if (screen->curses)
        draw_by_curses(screen, grid);
    else
        draw_by_paint(screen, grid);
    screen->shown.cursor_row = grid->cursor_row;
    screen->shown.cursor_col = grid->cursor_col;
    screen->is_spoilt = false;
}

void screen_spoil(struct screen *screen)
{
    screen->is_spoilt = true;
}

void screen_suspend(struct screen *screen)
{
    leave(screen);
}

void screen_resume(struct screen *screen)
{
    if (screen->curses) {
        by_curses_return(screen->curses);
        report(screen, true);
    } else {
        terminal_set_raw(&screen->modes);
    }
    screen->is_spoilt = true;
}

void screen_library(struct buf *out)
{
    by_curses_library(out);
}
