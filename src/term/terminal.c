// Which terminal this is: its description in terminfo, its modes and its size.
// Never writes to the terminal, never decides what is sent to it.
#include "term/terminal.h"

#include <curses.h>
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "base/env.h"
#include "base/limits.h"
#include "base/mem.h"

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

const char *terminal_string(const char *name)
{
    const char *value = tigetstr(name);

    return value && value != (const char *)-1 ? value : NULL;
}

void terminal_add(struct buf *out, const char *name)
{
    struct sv rest = sv_from(terminal_string(name));

    while (rest.len) {
        size_t pause = sv_find(rest, SV("$<"), 0);
        size_t end = pause == SIZE_MAX ? SIZE_MAX : sv_find(rest, SV(">"), pause);

        if (end == SIZE_MAX) {
            buf_add(out, rest);
            return;
        }
        buf_add(out, sv_sub(rest, 0, pause));
        rest = sv_sub(rest, end + 1, rest.len);
    }
}

void terminal_forget(void)
{
    if (cur_term)
        del_curterm(cur_term);
}

enum probe { PROBE_USABLE, PROBE_DUMB, PROBE_UNKNOWN, PROBE_NO_DATABASE };

// A usable one stays the current one.
static enum probe probe(const char *type)
{
    int status;

    if (setupterm(type, STDOUT_FILENO, &status) != OK)
        return status < 0 ? PROBE_NO_DATABASE : PROBE_UNKNOWN;

    if (terminal_string("cup"))
        return PROBE_USABLE;
    terminal_forget();
    return PROBE_DUMB;
}

// The type to open: $TERM, or what stands in for it.
bool terminal_describe(const char **out, struct err *err)
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

bool terminal_has_color(void)
{
    return !env_get("NO_COLOR") && tigetnum("colors") >= 8;
}

unsigned terminal_looks(void)
{
    return (terminal_string("bold") ? 1U << 1 : 0) | (terminal_string("dim") ? 1U << 2 : 0) |
           (terminal_string("smul") ? 1U << 4 : 0) | (terminal_string("rev") ? 1U << 7 : 0);
}

static bool is_utf8_locale(void)
{
    return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

bool terminal_check(struct err *err)
{
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
    return true;
}

static bool is_string(const char *name, const char *value)
{
    return sv_eq_cstr(sv_from(terminal_string(name)), value);
}

// Does a string of the description, where there is one, begin as ECMA-48 has it?
static bool is_standard(const char *name, const char *begin)
{
    const char *value = terminal_string(name);

    return !value || sv_starts(sv_from(value), sv_from(begin));
}

// Are the eight colours those of ECMA-48?
static bool has_standard_colors(void)
{
    char wanted[] = "\033[30m";
    const char *fore = terminal_string("setaf"), *back = terminal_string("setab");

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

bool terminal_is_usual(void)
{
    static const char *const looks[][2] = {
        { "bold", "\033[1m" }, { "dim", "\033[2m" }, { "smul", "\033[4m" },
        { "rev", "\033[7m" },  { "el", "\033[K" },   { "ed", "\033[J" },
    };

    for (size_t i = 0; i < ARRAY_LEN(looks); i++)
        if (!is_standard(looks[i][0], looks[i][1]))
            return false;
    return sv_starts(sv_from(terminal_string("cup")), SV("\033[%i%p1%d;%p2%dH")) &&
           terminal_string("el") && terminal_string("ed") &&
           sv_find(sv_from(terminal_string("sgr0")), SV("\033["), 0) != SIZE_MAX &&
           (!terminal_has_color() || has_standard_colors());
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
    const char *other = terminal_string("smcup");

    if (env_get("NVIM") || env_get("VIM_TERMINAL") || env_get("INSIDE_EMACS"))
        return false;
    return is_string("sc", "\0337") && is_string("rc", "\0338") &&
           (!other || sv_find(sv_from(other), SV("\033[?1049h"), 0) != SIZE_MAX);
}

void terminal_learn(struct wire_can *can)
{
    can->unwrap = is_string("rmam", "\033[?7l");
    can->wraps = !can->unwrap && tigetflag("am") > 0 && tigetflag("xenl") <= 0;
    can->to_column = is_string("hpa", "\033[%i%p1%dG");
    can->forward = is_string("cuf", "\033[%p1%dC");
    can->blank = is_string("ech", "\033[%p1%dX");
    can->keep = can_keep();
    can->scroll = is_string("csr", "\033[%i%p1%d;%p2%dr") && is_string("ri", "\033M");
    can->scroll_by = is_string("indn", "\033[%p1%dS") && is_string("rin", "\033[%p1%dT");
    can->margins = can->scroll && has_margins();
    // Terminals that have margins can; of others the description says so even where a program in
    // between, such as mosh, drops it.
    can->repeat = can->repeat_any = can->margins;
}

static int within(int value, int fallback, int limit)
{
    return value < 1 ? fallback : value < limit ? value : limit;
}

void terminal_size(int *rows, int *cols)
{
    struct winsize size = { 0 };

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
        size = (struct winsize){ 0 };
    *rows = within(size.ws_row, within(tigetnum("lines"), 24, LIMIT_ROWS), LIMIT_ROWS);
    *cols = within(size.ws_col, within(tigetnum("cols"), 80, LIMIT_COLS), LIMIT_COLS);
}

void terminal_set_raw(const struct termios *found)
{
    struct termios raw = *found;

    raw.c_iflag &= ~(tcflag_t)(BRKINT | PARMRK | IXON | ICRNL | INLCR | IGNCR);
    raw.c_oflag &= ~(tcflag_t)(ONLCR | TAB3);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ISIG | IEXTEN | ECHO | ECHONL);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    (void)tcsetattr(STDOUT_FILENO, TCSADRAIN, &raw);
}
