// Grids to a terminal by curses: what differs is sent, rows that only moved are scrolled by curses.
// The only file that knows curses; never decides what is drawn.
#include "term/screen.h"

#include <curses.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/env.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "term/frame.h"
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

struct screen {
    SCREEN *curses;
    struct frame frame;
    struct grid shown; // what curses was told; 0 rows: nothing yet
    bool is_spoilt;
    bool has_paste; // the terminal looks as if it knew private modes
    bool has_mouse; // and reports the mouse
    bool has_wrap_glitch;
    cchar_t *line; // room for one row
    struct style styles[ROLE__N];
};

// What to try for a type this system has no description of, by how its name begins.
static const struct {
    const char *prefix, *instead;
} fallbacks[] = {
    { "screen", "screen-256color" },
    { "tmux", "screen-256color" },
    { "rxvt", "rxvt" },
    { "linux", "linux" },
    { "fbterm", "linux" },
    { "vt", "vt100" },
    { "xterm", "xterm-256color" },
    { "alacritty", "xterm-256color" },
    { "contour", "xterm-256color" },
    { "foot", "xterm-256color" },
    { "ghostty", "xterm-256color" },
    { "gnome", "xterm-256color" },
    { "iterm", "xterm-256color" },
    { "kitty", "xterm-256color" },
    { "konsole", "xterm-256color" },
    { "mintty", "xterm-256color" },
    { "ms-terminal", "xterm-256color" },
    { "mlterm", "xterm-256color" },
    { "putty", "xterm-256color" },
    { "rio", "xterm-256color" },
    { "st-", "xterm-256color" },
    { "vscode", "xterm-256color" },
    { "vte", "xterm-256color" },
    { "wezterm", "xterm-256color" },
    { "xterm", "xterm" },
    { "screen", "screen" },
};

static const char *capability(const char *name)
{
    const char *value = tigetstr(name);

    return value && value != (const char *)-1 ? value : NULL;
}

enum probe { PROBE_USABLE, PROBE_DUMB, PROBE_UNKNOWN, PROBE_NO_DATABASE };

static enum probe probe(const char *type)
{
    int status;

    if (setupterm(type, STDOUT_FILENO, &status) != OK)
        return status < 0 ? PROBE_NO_DATABASE : PROBE_UNKNOWN;

    enum probe result = capability("cup") ? PROBE_USABLE : PROBE_DUMB;

    del_curterm(cur_term);
    return result;
}

// The type to open: $TERM, or what stands in for it.
static bool choose_type(const char **out, struct err *err)
{
    const char *type = env_get("TERM");

    if (!type)
        return err_set(err, E_TERMINAL, ERR_NOWHERE,
                       "TERM is not set; set it to your terminal's type, for example "
                       "TERM=xterm-256color");
    *out = type;
    switch (probe(type)) {
    case PROBE_USABLE:
        return true;
    case PROBE_DUMB:
        return err_set(
            err, E_TERMINAL, ERR_NOWHERE,
            "TERM is '%s', a terminal that cannot place its cursor; if yours can, set its "
            "type, for example TERM=xterm-256color ('gainsay show' works on any)",
            type);
    case PROBE_NO_DATABASE:
        return err_set(err, E_TERMINAL, ERR_NOWHERE,
                       "no descriptions of terminals were found; install them (ncurses-base, "
                       "ncurses-terminfo-base) or set TERMINFO to their folder");
    case PROBE_UNKNOWN:
        break;
    }
    for (size_t i = 0; i < ARRAY_LEN(fallbacks); i++) {
        *out = fallbacks[i].instead;
        if (sv_starts(sv_from(type), sv_from(fallbacks[i].prefix)) && probe(*out) == PROBE_USABLE)
            return true;
    }
    return err_set(err, E_TERMINAL, ERR_NOWHERE,
                   "TERM is '%s', a type this system does not know; set one that your terminal "
                   "understands, for example TERM=xterm-256color or TERM=vt100",
                   type);
}

static short color(enum hue hue, bool has_default, short fallback)
{
    return hue != HUE_DEFAULT ? (short)hue : has_default ? -1 : fallback;
}

static attr_t attributes(unsigned look)
{
    return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_DIM ? A_DIM : 0) |
           (look & LOOK_UNDERLINE ? A_UNDERLINE : 0) | (look & LOOK_REVERSE ? A_REVERSE : 0);
}

static void make_styles(struct screen *screen)
{
    bool is_colored = !env_get("NO_COLOR") && has_colors() && start_color() == OK && COLORS >= 8;
    bool has_default = is_colored && use_default_colors() == OK;

    for (int role = 0; role < ROLE__N; role++) {
        const struct theme *theme = theme_get((enum role)role);
        struct style *style = &screen->styles[role];

        style->attrs = attributes(theme->look);
        if (!is_colored && theme->bg != HUE_DEFAULT)
            style->attrs |= A_REVERSE;
        style->is_bare = !(style->attrs & (A_REVERSE | A_UNDERLINE)) && theme->bg == HUE_DEFAULT;
        if (!is_colored || (theme->fg == HUE_DEFAULT && theme->bg == HUE_DEFAULT))
            continue;
        style->pair = (short)(role + 1);
        init_pair(style->pair, color(theme->fg, has_default, COLOR_WHITE),
                  color(theme->bg, has_default, COLOR_BLACK));
    }
}

// Reports of pastes, mouse and focus: on or off. At once: what curses has to say is out already.
static void report(const struct screen *screen, bool is_on)
{
    if (screen->has_paste)
        fputs(is_on ? "\033[?2004h" : "\033[?2004l", stdout);
    if (screen->has_mouse)
        fputs(is_on ? "\033[?1000h\033[?1006h\033[?1004h" : "\033[?1004l\033[?1006l\033[?1000l",
              stdout);
    fflush(stdout);
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

static bool is_row_shown(const struct screen *screen, int row, const struct cell *cells, int cols)
{
    const struct cell *old = screen->shown.cells + (size_t)row * (size_t)screen->shown.cols;

    for (int col = 0; col < cols; col++)
        if (!cell_eq(&cells[col], &old[col]))
            return false;
    return true;
}

// Tell curses about a row that differs from what it was told before. A blank on which its role
// cannot be seen takes the looks of the cell before it: each change of looks costs the line some
// ten bytes. Rows are told whole, so that equal rows stay equal when they are scrolled.
static void draw_row(struct screen *screen, int row, const struct cell *cells, int cols)
{
    struct style *before = &screen->styles[ROLE_TEXT];
    cchar_t *line = screen->line;
    int count = 0;

    if (is_row_shown(screen, row, cells, cols))
        return;
    for (int col = 0; col < cols; col++) {
        struct style *style = &screen->styles[cells[col].role];
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

// Is the terminal as it stands of another size than what was shown last?
static bool is_new_size(const struct screen *screen, int rows, int cols)
{
    return screen->shown.rows != rows || screen->shown.cols != cols;
}

static void forget(struct screen *screen, int rows, int cols)
{
    grid_release(&screen->shown);
    grid_init(&screen->shown, rows, cols);
    screen->line = mem_resize(screen->line, (size_t)cols, sizeof(*screen->line));
    werase(stdscr);
}

static void draw_cursor(struct screen *screen, const struct grid *grid)
{
    if (grid->is_cursor_visible != screen->shown.is_cursor_visible || screen->is_spoilt)
        curs_set(grid->is_cursor_visible);
    leaveok(stdscr, !grid->is_cursor_visible);
    move(grid->cursor_row < LINES ? grid->cursor_row : LINES - 1,
         grid->cursor_col < COLS ? grid->cursor_col : COLS - 1);
    screen->shown.is_cursor_visible = grid->is_cursor_visible;
    screen->shown.cursor_row = grid->cursor_row;
    screen->shown.cursor_col = grid->cursor_col;
}

static bool is_cursor_where_shown(const struct screen *screen, const struct grid *grid)
{
    const struct grid *shown = &screen->shown;

    return grid->is_cursor_visible == shown->is_cursor_visible &&
           (!grid->is_cursor_visible ||
            (grid->cursor_row == shown->cursor_row && grid->cursor_col == shown->cursor_col));
}

static bool is_utf8_locale(void)
{
    return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

bool screen_check(struct err *err)
{
    const char *type;

    for (int fd = STDIN_FILENO; fd <= STDOUT_FILENO; fd++)
        if (!isatty(fd))
            return err_set(err, E_TERMINAL, ERR_NOWHERE,
                           "standard %s is not a terminal, and the reader needs one; 'gainsay show "
                           "ARTICLE' prints the article with its claims",
                           fd == STDIN_FILENO ? "input" : "output");
    if (!is_utf8_locale())
        return err_set(err, E_LOCALE, ERR_NOWHERE,
                       "the locale's character set is '%s', and the reader needs UTF-8; set "
                       "LC_ALL=C.UTF-8, or another that 'locale -a' lists with UTF-8 in its name",
                       nl_langinfo(CODESET));
    return choose_type(&type, err);
}

static bool open_curses(struct screen *screen, const char *type, struct err *err)
{
    if (!frame_open(&screen->frame, err))
        return false;
    screen->curses = newterm(type, screen->frame.stream, stdin);
    return screen->curses ||
           err_set(err, E_TERMINAL, ERR_NOWHERE, "the terminal '%s' cannot be used", type);
}

// What may be said shorter on this terminal.
static void learn_thinning(struct screen *screen)
{
    struct thin *thin = &screen->frame.thin;
    struct sv to_column = sv_from(capability("hpa"));

    screen->frame.is_ansi = screen->has_paste;
    screen->has_wrap_glitch = tigetflag("xenl") > 0; // a full row does not move the cursor on
    thin->has_columns = screen->has_wrap_glitch && sv_eq(to_column, SV("\033[%i%p1%dG"));
}

bool screen_open(struct screen **out, struct err *err)
{
    const char *type;

    if (!choose_type(&type, err))
        return false;
    use_env(FALSE);
    use_tioctl(TRUE);

    struct screen *screen = mem_new(sizeof(*screen));

    if (!open_curses(screen, type, err)) {
        frame_close(&screen->frame);
        mem_free(screen);
        return false;
    }
    raw();
    noecho();
    nonl();
    typeahead(-1); // the loop has read what there was
    idlok(stdscr, TRUE);
    screen->has_paste = sv_starts(sv_from(capability("cup")), SV("\033["));
    learn_thinning(screen);
    screen->has_mouse = screen->has_paste && capability("kmous");
    make_styles(screen);
    report(screen, true);
    forget(screen, LINES, COLS);
    screen->is_spoilt = true;
    *out = screen;
    return true;
}

void screen_close(struct screen *screen)
{
    if (!screen)
        return;
    report(screen, false);
    frame_leave(&screen->frame);
    endwin();
    delscreen(screen->curses);
    frame_close(&screen->frame);
    grid_release(&screen->shown);
    mem_free(screen->line);
    mem_free(screen);
}

const char *screen_capability(const struct screen *screen, const char *name)
{
    (void)screen; // the library has one current terminal
    return capability(name);
}

bool screen_measure(struct screen *screen, int *rows, int *cols)
{
    struct winsize size;

    if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row && size.ws_col)
        resizeterm(size.ws_row < LIMIT_ROWS ? size.ws_row : LIMIT_ROWS,
                   size.ws_col < LIMIT_COLS ? size.ws_col : LIMIT_COLS);
    *rows = LINES;
    *cols = COLS;
    return is_new_size(screen, LINES, COLS);
}

void screen_draw(struct screen *screen, const struct grid *grid)
{
    int rows = grid->rows < LINES ? grid->rows : LINES;
    int cols = grid->cols < COLS ? grid->cols : COLS;
    bool is_changed = screen->is_spoilt || !is_cursor_where_shown(screen, grid);

    if (is_new_size(screen, grid->rows, grid->cols)) {
        forget(screen, grid->rows, grid->cols);
        screen->is_spoilt = true;
        is_changed = true;
    }
    for (int row = 0; row < rows; row++) {
        size_t at = (size_t)row * (size_t)grid->cols;
        size_t size = (size_t)grid->cols * sizeof(*grid->cells);

        if (!memcmp(grid->cells + at, screen->shown.cells + at, size))
            continue;
        draw_row(screen, row, grid->cells + at, cols);
        memcpy(screen->shown.cells + at, grid->cells + at, size);
        is_changed = true;
    }
    if (!is_changed)
        return;
    frame_hold(&screen->frame);
    draw_cursor(screen, grid);
    if (screen->is_spoilt) {
        clearok(curscr, TRUE);
        thin_forget(&screen->frame.thin);
    }
    screen->frame.thin.rows = screen->has_wrap_glitch ? LINES : 0;
    screen->is_spoilt = false;
    refresh();
    frame_send(&screen->frame);
}

void screen_spoil(struct screen *screen)
{
    screen->is_spoilt = true;
}

void screen_suspend(struct screen *screen)
{
    report(screen, false);
    frame_leave(&screen->frame);
    endwin();
}

void screen_resume(struct screen *screen)
{
    reset_prog_mode();
    report(screen, true);
    screen->is_spoilt = true;
}

void screen_library(struct buf *out)
{
    buf_add_cstr(out, curses_version());
}
