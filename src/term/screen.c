// Grids to a terminal. Curses knows the terminal's type, takes it and gives it back; where that is
// one of the usual kind, term/paint.c then says what differs, else curses does that too.
// The only file that knows curses; never decides what is drawn.
#include "term/screen.h"

#include <curses.h>
#include <errno.h>
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
#include "term/paint.h"
#include "term/send.h"
#include "tui/theme.h"

#define STUCK_MS    200 // a terminal that takes nothing for so long when it is left is given up
#define ASCII_FIRST ' '
#define ASCII_COUNT ('~' - ' ' + 1)

// How a role is shown on this terminal.
struct style { // for curses
    attr_t attrs;
    short pair;
    bool is_bare; // a blank shows nothing of it
    bool is_ready[ASCII_COUNT];
    cchar_t ascii[ASCII_COUNT]; // made once each: most cells are of these
};

struct screen {
    SCREEN *curses;
    struct grid shown; // what the terminal or curses was told; 0 rows: nothing yet
    bool is_spoilt;
    bool is_taken;  // nobody else has written to the terminal since curses took it
    bool has_paste; // the terminal looks as if it knew private modes
    bool has_mouse; // and reports the mouse
    bool is_usual;  // painted by term/paint.c
    struct wire wire;
    struct pen looks[ROLE__N];
    struct termios modes; // of the terminal before it was taken
    cchar_t *line;        // for curses: room for one row
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

static bool is_colored(void)
{
    return !env_get("NO_COLOR") && tigetnum("colors") >= 8;
}

// The looks of ECMA-48 that this terminal is described with.
static unsigned known_looks(void)
{
    return (capability("bold") ? 1U << 1 : 0) | (capability("dim") ? 1U << 2 : 0) |
           (capability("smul") ? 1U << 4 : 0) | (capability("rev") ? 1U << 7 : 0);
}

static void make_looks(struct screen *screen)
{
    bool has_color = is_colored();
    unsigned known = known_looks();

    for (int role = 0; role < ROLE__N; role++) {
        const struct theme *theme = theme_get((enum role)role);
        struct pen *look = &screen->looks[role];
        bool is_reverse = theme->look & LOOK_REVERSE || (!has_color && theme->bg != HUE_DEFAULT);

        look->attrs =
            known &
            ((theme->look & LOOK_BOLD ? 1U << 1 : 0) | (theme->look & LOOK_DIM ? 1U << 2 : 0) |
             (theme->look & LOOK_UNDERLINE ? 1U << 4 : 0) | (is_reverse ? 1U << 7 : 0));
        look->fg = has_color && theme->fg != HUE_DEFAULT ? 30 + (int)theme->fg : 0;
        look->bg = has_color && theme->bg != HUE_DEFAULT ? 40 + (int)theme->bg : 0;
    }
}

static void make_styles(struct screen *screen)
{
    bool has_color = is_colored() && start_color() == OK;
    bool has_default = has_color && use_default_colors() == OK;

    for (int role = 0; role < ROLE__N; role++) {
        const struct theme *theme = theme_get((enum role)role);
        struct style *style = &screen->styles[role];

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

// Reports of pastes, mouse and focus: on or off.
static void report(struct screen *screen, bool is_on)
{
    struct buf *out = &screen->wire.out;

    if (screen->has_paste)
        buf_add_cstr(out, is_on ? "\033[?2004h" : "\033[?2004l");
    if (screen->has_mouse)
        buf_add_cstr(out, is_on ? "\033[?1000h\033[?1006h\033[?1004h"
                                : "\033[?1004l\033[?1006l\033[?1000l");
}

static void add_leaving(struct screen *screen)
{
    if (screen->is_usual && screen->wire.rows)
        wire_end(&screen->wire);
    report(screen, false);
}

// Throw away what a terminal does not take, so that it may take what puts it right.
static void leave_stuck(struct screen *screen)
{
    struct buf *out = &screen->wire.out;

    buf_clear(out);
    tcflush(STDOUT_FILENO, TCOFLUSH);
    add_leaving(screen);
    buf_add(out, sv_from(capability("cnorm")));
    buf_add(out, sv_from(capability("rmcup")));
    if (!send_within(out, 0))
        buf_clear(out);
    tcsetattr(STDOUT_FILENO, TCSANOW, &screen->modes);
}

// Before others write to the terminal.
static void leave(struct screen *screen)
{
    add_leaving(screen);
    if (send_within(&screen->wire.out, STUCK_MS))
        endwin();
    else
        leave_stuck(screen);
    screen->is_taken = false;
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
    screen->is_spoilt = true;
}

static void draw_cursor(struct screen *screen, const struct grid *grid)
{
    if (grid->is_cursor_visible != screen->shown.is_cursor_visible || screen->is_spoilt)
        curs_set(grid->is_cursor_visible);
    leaveok(stdscr, !grid->is_cursor_visible);
    move(grid->cursor_row < LINES ? grid->cursor_row : LINES - 1,
         grid->cursor_col < COLS ? grid->cursor_col : COLS - 1);
    screen->shown.is_cursor_visible = grid->is_cursor_visible;
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

static bool is_capability(const char *name, const char *value)
{
    return sv_eq_cstr(sv_from(capability(name)), value);
}

// Does a string of the description, where there is one, begin as ECMA-48 has it?
static bool is_standard(const char *name, const char *begin)
{
    const char *value = capability(name);

    return !value || sv_starts(sv_from(value), sv_from(begin));
}

// Are the eight colours those of ECMA-48?
static bool has_standard_colors(void)
{
    char wanted[] = "\033[30m";
    const char *fore = capability("setaf"), *back = capability("setab");

    for (int i = 0; fore && back && i < 8; i++) {
        wanted[3] = (char)('0' + i);
        wanted[2] = '3';
        if (!sv_starts(sv_from(tparm(fore, i)), sv_from(wanted)))
            return false;
        wanted[2] = '4';
        if (!sv_starts(sv_from(tparm(back, i)), sv_from(wanted)))
            return false;
    }
    return fore && back;
}

// Is the terminal one that term/wire.h describes?
static bool is_usual_terminal(void)
{
    static const char *const looks[][2] = {
        { "bold", "\033[1m" }, { "dim", "\033[2m" }, { "smul", "\033[4m" },
        { "rev", "\033[7m" },  { "el", "\033[K" },   { "ed", "\033[J" },
    };

    for (size_t i = 0; i < ARRAY_LEN(looks); i++)
        if (!is_standard(looks[i][0], looks[i][1]))
            return false;
    return sv_starts(sv_from(capability("cup")), SV("\033[%i%p1%d;%p2%dH")) && capability("el") &&
           capability("ed") && sv_find(sv_from(capability("sgr0")), SV("\033["), 0) != SIZE_MAX &&
           (!is_colored() || has_standard_colors());
}

// Left and right margins are said to be there by the user: terminals' descriptions do not tell, and
// inside another terminal program they are not.
static bool has_margins(void)
{
    return env_get("GAINSAY_MARGINS") && !env_get("TMUX") && !env_get("STY");
}

// Is the cursor's place, where it is kept by DECSC, that of this screen alone? In editors'
// terminals it would be the shell's too, to which leaving the other screen goes back.
static bool can_keep(void)
{
    const char *other = capability("smcup");

    if (env_get("NVIM") || env_get("VIM_TERMINAL") || env_get("INSIDE_EMACS"))
        return false;
    return is_capability("sc", "\0337") && is_capability("rc", "\0338") &&
           (!other || sv_find(sv_from(other), SV("\033[?1049h"), 0) != SIZE_MAX);
}

static void learn_abilities(struct wire_can *can)
{
    can->unwrap = is_capability("rmam", "\033[?7l");
    can->wraps = !can->unwrap && tigetflag("am") > 0 && tigetflag("xenl") <= 0;
    can->to_column = is_capability("hpa", "\033[%i%p1%dG");
    can->forward = is_capability("cuf", "\033[%p1%dC");
    can->blank = is_capability("ech", "\033[%p1%dX");
    can->keep = can_keep();
    can->scroll = is_capability("csr", "\033[%i%p1%d;%p2%dr") && is_capability("ri", "\033M");
    can->scroll_by = is_capability("indn", "\033[%p1%dS") && is_capability("rin", "\033[%p1%dT");
    can->margins = can->scroll && has_margins();
    // Terminals that have margins can; of others the description says so even where a program in
    // between, such as mosh, drops it.
    can->repeat = can->repeat_any = can->margins;
}

bool screen_open(struct screen **out, struct err *err)
{
    const char *type;
    struct termios modes;

    if (!choose_type(&type, err))
        return false;
    if (tcgetattr(STDOUT_FILENO, &modes))
        return err_set_errno(err, NULL, "reading the terminal's modes");
    use_env(FALSE);
    use_tioctl(TRUE);

    SCREEN *curses = newterm(type, stdout, stdin);

    if (!curses)
        return err_set(err, E_TERMINAL, ERR_NOWHERE, "the terminal '%s' cannot be used", type);

    struct screen *screen = mem_new(sizeof(*screen));

    screen->curses = curses;
    screen->modes = modes;
    raw();
    noecho();
    nonl();
    typeahead(-1); // the loop has read what there was
    idlok(stdscr, TRUE);
    screen->has_paste = sv_starts(sv_from(capability("cup")), SV("\033["));
    screen->has_mouse = screen->has_paste && capability("kmous");
    screen->is_usual = is_usual_terminal();
    learn_abilities(&screen->wire.can);
    make_looks(screen);
    if (!screen->is_usual)
        make_styles(screen); // only curses draws with them, and says so to the terminal
    report(screen, true);
    forget(screen, LINES, COLS);
    *out = screen;
    return true;
}

void screen_close(struct screen *screen)
{
    if (!screen)
        return;
    leave(screen);
    delscreen(screen->curses);
    wire_release(&screen->wire);
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

// By curses: rows that differ are told whole, so that equal rows stay equal when they are scrolled.
static void draw_by_curses(struct screen *screen, const struct grid *grid)
{
    for (int row = 0; row < grid->rows; row++) {
        size_t at = (size_t)row * (size_t)grid->cols;

        draw_row(screen, row, grid->cells + at, grid->cols);
        memcpy(screen->shown.cells + at, grid->cells + at,
               (size_t)grid->cols * sizeof(*grid->cells));
    }
    draw_cursor(screen, grid);
    if (screen->is_spoilt)
        clearok(curscr, TRUE);
    refresh();
}

static void send_cursor(struct screen *screen, const struct grid *grid)
{
    struct wire *wire = &screen->wire;
    const char *show = capability("cnorm"), *hide = capability("civis");

    if (grid->is_cursor_visible)
        wire_rest(wire, grid->cursor_row, grid->cursor_col);
    if (grid->is_cursor_visible == screen->shown.is_cursor_visible || !show || !hide)
        return;
    buf_add_cstr(&wire->out, grid->is_cursor_visible ? show : hide);
    screen->shown.is_cursor_visible = grid->is_cursor_visible;
}

// Switch to the other screen, in the first picture after an open or a resume.
static void take_terminal(struct screen *screen)
{
    if (!send_within(&screen->wire.out, STUCK_MS))
        return;
    clearok(curscr, TRUE);
    refresh();
    screen->is_taken = true;
}

static void draw_by_paint(struct screen *screen, const struct grid *grid)
{
    struct wire *wire = &screen->wire;

    if (screen->is_spoilt) {
        if (!screen->is_taken)
            take_terminal(screen);
        grid_clear(&screen->shown);
        screen->shown.is_cursor_visible = !grid->is_cursor_visible; // unknown: it is told
        wire_begin(wire, grid->rows, grid->cols);
    }
    paint(wire, screen->looks, &screen->shown, grid);
    send_cursor(screen, grid);
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

    if (grid->rows > LINES || grid->cols > COLS)
        return; // a new size is on its way
    if (is_new_size(screen, grid->rows, grid->cols))
        forget(screen, grid->rows, grid->cols);
    if (!screen->is_spoilt && is_cursor_where_shown(screen, grid) &&
        !memcmp(grid->cells, screen->shown.cells, size))
        return;
    if (screen->is_usual)
        draw_by_paint(screen, grid);
    else
        draw_by_curses(screen, grid);
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
    reset_prog_mode();
    report(screen, true);
    screen->is_spoilt = true;
}

void screen_library(struct buf *out)
{
    buf_add_cstr(out, curses_version());
}
