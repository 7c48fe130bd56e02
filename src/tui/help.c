// The help screen: every command of commands.def by group, searchable.
// Never says anything of a key that the table does not say.
#include "tui/help.h"

#include <string.h>

#include "base/attr.h"
#include "text/glyph.h"
#include "text/wrap.h"
#include "tui/hints.h"
#include "tui/line.h"
#include "tui/sheet.h"

// A command of the list that the help was opened in, told by what it does there.
struct here {
    struct command command; // its help is `word`
    struct buf word;
};

struct help {
    struct overlay overlay; // first: the box is its overlay
    unsigned context;       // where it was opened
    const char *home;       // group of that view's own commands
    struct here *here;      // what its keys do just there, of a list
    size_t here_count;
    struct line line; // what is searched
    int top;          // first row shown
    int rows, count;  // shown at the last drawing; in all
};

// Where rows go while they are made: only those in sight are drawn.
struct page {
    struct grid *grid;
    struct rect rect;
    int top, count;
};

static struct help *help_of(struct overlay *overlay)
{
    return (struct help *)overlay;
}

static int page_row(struct page *page) // screen row of the next row, or -1
{
    int at = page->count++ - page->top;

    return at >= 0 && at < page->rect.rows ? page->rect.row + at : -1;
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool contains(const char *text, struct sv word)
{
    size_t len = strlen(text);

    for (size_t i = 0; i + word.len <= len; i++) {
        size_t same = 0;

        while (same < word.len && fold(text[i + same]) == fold(word.ptr[same]))
            same++;
        if (same == word.len)
            return true;
    }
    return false;
}

static bool has_key(const char *keys, struct sv typed)
{
    struct sv rest = sv_from(keys), key;

    while (sv_split(&rest, ' ', &key))
        if (sv_eq(key, typed))
            return true;
    return false;
}

// Every blank-separated piece is in the name, the help or the group, or is one of the keys.
static bool matches(const struct command *command, struct sv typed)
{
    struct sv piece;

    while (sv_split(&typed, ' ', &piece))
        if (piece.len && !has_key(command->keys, piece) && !contains(command->name, piece) &&
            !contains(command->help, piece) && !contains(command->group, piece))
            return false;
    return true;
}

// Keys on the left, help beside them, each wrapped in its own column; the name where there is room.
static void draw_command(struct page *page, const struct command *command)
{
    int wide = page->rect.cols >= 60 ? 20 : page->rect.cols >= 50 ? 16 : 12;
    int name = page->rect.cols >= 104 ? 22 : 0, cols = page->rect.cols - wide - name - 2;
    struct sv keys = sv_from(command->keys), help = sv_from(command->help), key, text;
    bool is_first = true, has_keys = true, has_help = true;

    while (has_keys || has_help) {
        int row, col = page->rect.col + 1;

        has_keys = has_keys && wrap_string(&keys, wide - 1, &key);
        has_help = has_help && wrap_string(&help, cols < 8 ? 8 : cols, &text);
        if (!has_keys && !has_help)
            return;
        row = page_row(page);
        if (row >= 0 && has_keys && *command->keys)
            grid_put(page->grid, row, col, wide - 1, key, ROLE_KEY);
        if (row >= 0 && is_first && !*command->keys)
            grid_putf(page->grid, row, col, wide - 1, ROLE_KEY, ":%s", command->name);
        if (row >= 0 && has_help)
            grid_put(page->grid, row, col + wide, cols, text, ROLE_TEXT);
        if (row >= 0 && is_first && name)
            grid_putf(page->grid, row, page->rect.col + page->rect.cols - name, name - 1,
                      ROLE_LABEL, ":%s", command->name);
        is_first = false;
    }
}

// Of a list: what its keys do in the row that is chosen.
static void draw_here(struct page *page, const struct help *help)
{
    struct sv typed = sv_trim(buf_sv(&help->line.text));
    bool is_first = true;
    int row;

    for (size_t i = 0; i < help->here_count; i++) {
        if (!matches(&help->here[i].command, typed))
            continue;
        if (is_first && (row = page_row(page)) >= 0)
            grid_put(page->grid, row, page->rect.col + 1, page->rect.cols - 2, SV("In this row"),
                     ROLE_LABEL);
        is_first = false;
        draw_command(page, &help->here[i].command);
    }
}

// The commands of a group that work where the help was opened, or those that do not.
static void draw_group(struct page *page, const struct help *help, const char *group, bool is_here)
{
    struct sv typed = sv_trim(buf_sv(&help->line.text));
    bool is_first = true;

    for (int id = COMMAND_NONE + 1; id < COMMAND__N; id++) {
        const struct command *command = command_get((enum command_id)id);
        int row;

        if (strcmp(command->group, group) != 0 ||
            ((command->contexts & help->context) != 0) != is_here || !matches(command, typed))
            continue;
        if (is_first && page->count)
            page_row(page);
        if (is_first && (row = page_row(page)) >= 0)
            grid_put(page->grid, row, page->rect.col + 1, page->rect.cols - 2, sv_from(group),
                     ROLE_LABEL);
        is_first = false;
        draw_command(page, command);
    }
}

// All groups in the order of the table, but for the one of the view, which comes first.
static void draw_groups(struct page *page, const struct help *help, bool is_here)
{
    const char *last = NULL;

    draw_group(page, help, help->home, is_here);
    for (int id = COMMAND_NONE + 1; id < COMMAND__N; id++) {
        const char *group = command_get((enum command_id)id)->group;

        if (last && strcmp(group, last) == 0)
            continue;
        last = group;
        if (strcmp(group, help->home) != 0)
            draw_group(page, help, group, is_here);
    }
}

// What works here, then the rest.
static void draw_all(struct page *page, const struct help *help)
{
    struct page probe = { page->grid, { 0 }, 0, 0 }; // no row is drawn
    int row;

    draw_here(page, help);
    draw_groups(page, help, true);
    draw_groups(&probe, help, false);
    if (!probe.count)
        return;
    if (page->count)
        page_row(page);
    row = page_row(page);
    if (row >= 0)
        grid_put(page->grid, row, page->rect.col + 1, page->rect.cols - 2,
                 SV("what does not work here, but elsewhere"), ROLE_VALUE);
    draw_groups(page, help, false);
}

static int help_height(const struct overlay *overlay, const struct app *app, int rows, int cols)
{
    (void)overlay, (void)app, (void)rows, (void)cols;
    return 0;
}

static bool is_typing(const struct help *help);

static void help_draw(struct overlay *overlay, struct app *app, struct grid *grid, struct rect rect)
{
    struct help *help = help_of(overlay);
    struct page page = { grid, { rect.row + 1, rect.col, rect.rows - 1, rect.cols }, help->top, 0 };
    int col = rect.col + 1;

    (void)app;
    grid_fill(grid, rect, " ", ROLE_TEXT);
    grid_fill(grid, (struct rect){ rect.row, rect.col, 1, rect.cols }, "─", ROLE_FRAME_ON);
    grid->is_cursor_visible = false;
    draw_all(&page, help);
    help->rows = page.rect.rows;
    help->count = page.count;
    if (is_typing(help)) {
        col += grid_put(grid, rect.row, col, 9, SV(" search: "), ROLE_LABEL);
        line_draw(&help->line, grid, rect.row, col, rect.col + rect.cols - col - 1, ROLE_EDIT);
    } else if (help->line.text.len) {
        grid_putf(grid, rect.row, col, rect.cols - 2, ROLE_LABEL,
                  " keys with \"%s\"  / others  <Esc> close ", buf_cstr(&help->line.text));
    } else {
        grid_put(grid, rect.row, col, rect.cols - 2, SV(" keys  / search  <Esc> close "),
                 ROLE_LABEL);
    }
    if (!page.count && page.rect.rows > 0)
        grid_put(grid, page.rect.row, col, rect.cols - 2, SV("no key has these words"), ROLE_LABEL);
}

static void scroll(struct help *help, int by)
{
    int last = help->count - help->rows;

    help->top += by;
    if (help->top > last)
        help->top = last;
    if (help->top < 0)
        help->top = 0;
}

static void help_free(struct overlay *overlay)
{
    struct help *help = help_of(overlay);

    for (size_t i = 0; i < help->here_count; i++)
        buf_release(&help->here[i].word);
    mem_free(help->here);
    line_release(&help_of(overlay)->line);
    mem_free(overlay);
}

static void set_typing(struct help *help, bool is_on);

static bool help_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct help *help = help_of(overlay);

    if (id == COMMAND_HELP_DOWN || id == COMMAND_HELP_UP)
        scroll(help, id == COMMAND_HELP_DOWN ? 1 : -1);
    else if (id == COMMAND_HELP_PAGE || id == COMMAND_HELP_PAGE_UP)
        scroll(help, id == COMMAND_HELP_PAGE ? help->rows - 1 : 1 - help->rows);
    else if (id == COMMAND_HELP_SEARCH)
        set_typing(help, true);
    else if (id == COMMAND_HELP_CLOSE || id == COMMAND_QUIT)
        app_pop(app);
    else
        return false;
    return true;
}

static bool help_word(struct overlay *overlay, struct app *app, enum command_id id, struct buf *out)
{
    const struct help *help = help_of(overlay);

    (void)app;
    if (id == COMMAND_HELP_DOWN && help->top + help->rows >= help->count)
        return false;
    if (id == COMMAND_HELP_UP && !help->top)
        return false;
    buf_add_cstr(out, id == COMMAND_HELP_CLOSE    ? "close"
                      : id == COMMAND_HELP_SEARCH ? "search"
                      : id == COMMAND_HELP_DOWN   ? "down"
                      : id == COMMAND_HELP_UP     ? "up"
                                                  : command_get(id)->name);
    return true;
}

static bool help_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    struct help *help = help_of(overlay);

    (void)app;
    if (event->type != EVENT_MOUSE || (event->button != 4 && event->button != 5))
        return false;
    scroll(help, event->button == 5 ? 3 : -3);
    return true;
}

static bool search_command(struct overlay *overlay, struct app *app, enum command_id id)
{
    struct help *help = help_of(overlay);

    (void)app;
    help->top = 0;
    if (id == COMMAND_PICK_CANCEL)
        line_set(&help->line, SV(""));
    if (id == COMMAND_LINE_DONE || id == COMMAND_PICK_CANCEL)
        set_typing(help, false);
    else
        return line_command(&help->line, id);
    return true;
}

static bool search_word(struct overlay *overlay, struct app *app, enum command_id id,
                        struct buf *out)
{
    const struct line *line = &help_of(overlay)->line;

    (void)app;
    if (id != COMMAND_LINE_DONE && id != COMMAND_PICK_CANCEL &&
        !(id == COMMAND_LINE_KILL_ALL && line->cursor))
        return false;
    buf_add_cstr(out, id == COMMAND_LINE_DONE     ? "keep these"
                      : id == COMMAND_PICK_CANCEL ? "show all"
                                                  : command_get(id)->name);
    return true;
}

static bool search_event(struct overlay *overlay, struct app *app, const struct event *event)
{
    (void)app;
    help_of(overlay)->top = 0;
    return line_event(&help_of(overlay)->line, event);
}

static const struct overlay_ops help_ops = {
    .context = CONTEXT_HELP,
    .height = help_height,
    .draw = help_draw,
    .command = help_command,
    .word = help_word,
    .event = help_event,
    .free = help_free,
};

static const struct overlay_ops search_ops = {
    .context = CONTEXT_LINE, // the same screen while its search is typed
    .height = help_height,
    .draw = help_draw,
    .command = search_command,
    .word = search_word,
    .event = search_event,
    .free = help_free,
};

static bool is_typing(const struct help *help)
{
    return help->overlay.ops == &search_ops;
}

static void set_typing(struct help *help, bool is_on)
{
    help->overlay.ops = is_on ? &search_ops : &help_ops;
}

// The group that the keys of the view are in: that of the command which opens a list, else of one
// that only this view has.
static const char *home_group(struct app *app)
{
    static const struct {
        unsigned context;
        enum command_id id;
    } homes[] = {
        { CONTEXT_SELECT, COMMAND_TAKE_WORD },
        { CONTEXT_LIST, COMMAND_LIST_SORT },
        { CONTEXT_LANES, COMMAND_LANE_NEXT },
    };
    const struct sheet *sheet = sheet_on_top(app);
    enum command_id id = sheet ? sheet->ops->own : COMMAND_DOWN;

    for (size_t i = 0; i < ARRAY_LEN(homes); i++)
        if (homes[i].context == app_context(app))
            id = homes[i].id;
    return command_get(id)->group;
}

static void find_here(struct help *help, struct app *app)
{
    if (!(help->context & (CONTEXT_BOARD | CONTEXT_LANES)))
        return;
    help->here = mem_new(COMMAND__N * sizeof(*help->here));
    for (int id = COMMAND_NONE + 1; id < COMMAND__N; id++) {
        struct here *here = &help->here[help->here_count];

        if (!hints_word(app, (enum command_id)id, &here->word))
            continue;
        here->command = *command_get((enum command_id)id);
        here->command.help = buf_cstr(&here->word);
        help->here_count++;
    }
}

void help_open(struct app *app, struct sv topic)
{
    struct help *help = mem_new(sizeof(*help));

    help->overlay.ops = &help_ops;
    help->context = app_context(app);
    help->home = home_group(app);
    find_here(help, app);
    if (!sv_is_blank(topic))
        line_set(&help->line, topic);
    app_push(app, &help->overlay);
}
