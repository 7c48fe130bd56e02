// Which keys the bottom line names, and by what words. Declared in tui/hints.h.
// Never says anything of a key that commands.def does not bind where the reader is.
#include "tui/hints.h"

#include "base/attr.h"
#include "text/glyph.h"
#include "tui/past.h"

#define HELP_COLS 8 // of "? help"

// Keys worth knowing in each context, the most useful first.
static const struct {
    unsigned context;
    enum command_id ids[HINTS_MAX];
} hints[] = {
    { CONTEXT_TEXT,
      { COMMAND_MARK, COMMAND_ATTRIBUTE, COMMAND_CONTEST, COMMAND_DISPUTE, COMMAND_COUNTERPART,
        COMMAND_EDIT, COMMAND_TAKE_CLAUSE, COMMAND_SEARCH, COMMAND_LIST, COMMAND_SWITCH,
        COMMAND_UNDO, COMMAND_QUIT } },
    { CONTEXT_SELECT,
      { COMMAND_MARK, COMMAND_DISPUTE, COMMAND_ADD_PART, COMMAND_TAKE_CLAUSE, COMMAND_OTHER_END,
        COMMAND_NOTE, COMMAND_FURNITURE, COMMAND_READ, COMMAND_UNSELECT } },
    { CONTEXT_LIST,
      { COMMAND_LIST_GO, COMMAND_FILTER, COMMAND_LIST_SORT, COMMAND_ATTRIBUTE, COMMAND_CONTEST,
        COMMAND_DISPUTE, COMMAND_SWITCH, COMMAND_QUIT } },
    { CONTEXT_BOARD,
      { COMMAND_ROW_GO,       COMMAND_TAKE_OURS, COMMAND_TAKE_THEIRS, COMMAND_ACCEPT_PLACE,
        COMMAND_ACCEPT_SURE,  COMMAND_FINISH,    COMMAND_GUIDELINE,   COMMAND_TALK,
        COMMAND_RESOLVE,      COMMAND_ROW_EDIT,  COMMAND_ROW_MARK,    COMMAND_FURNITURE,
        COMMAND_MERGE_SOURCE, COMMAND_DISPUTE,   COMMAND_ROW_FILTER,  COMMAND_ROW_SORT,
        COMMAND_MATRIX,       COMMAND_ROW_WHY,   COMMAND_ROW_TYPE,    COMMAND_QUIT } },
    { CONTEXT_LANES,
      { COMMAND_LANE_TAKE, COMMAND_LANE_CHOSEN, COMMAND_LANE_HOLDS, COMMAND_LANE_REOPEN,
        COMMAND_LANE_REJECT, COMMAND_LANE_STAND, COMMAND_LANE_NEXT, COMMAND_DIFFERENCES,
        COMMAND_LANE_AGREED, COMMAND_LANE_RIGHT, COMMAND_LANE_WHY, COMMAND_LANE_EDIT,
        COMMAND_QUIT } },
    { CONTEXT_FORM,
      { COMMAND_FORM_NEXT, COMMAND_FORM_ENTER, COMMAND_FORM_CLEAR, COMMAND_FORM_DONE,
        COMMAND_FORM_UNDO, COMMAND_FORM_EDITOR } },
    { CONTEXT_PICKER, { COMMAND_PICK, COMMAND_PICK_NEXT, COMMAND_PICK_BACK, COMMAND_PICK_CANCEL } },
    { CONTEXT_LINE,
      { COMMAND_LINE_DONE, COMMAND_PICK_CANCEL, COMMAND_LINE_COMPLETE, COMMAND_LINE_OLDER,
        COMMAND_LINE_KILL_ALL, COMMAND_FORM_EDITOR } },
    { CONTEXT_HELP,
      { COMMAND_HELP_CLOSE, COMMAND_HELP_SEARCH, COMMAND_HELP_DOWN, COMMAND_HELP_UP } },
};

// ---- what a key does

// Leaving goes to different places.
static const char *quit_word(const struct app *app)
{
    return app->focus == PANE_LIST       ? "leave"
           : app->parked || app->present ? "back"
                                         : command_get(COMMAND_QUIT)->name;
}

// What the panes' commands are called where the name says less.
static const char *pane_word(const struct app *app, enum command_id id)
{
    return id == COMMAND_QUIT        ? quit_word(app)
           : id == COMMAND_LANES     ? "the lanes"
           : id == COMMAND_LIST_GO   ? "to the claim"
           : id == COMMAND_LIST_SORT ? "sort"
                                     : command_get(id)->name;
}

// In the panes: beyond what the table asks for.
static bool finds_something(struct app *app, enum command_id id)
{
    const struct view *view = app_heeded(app);
    enum section section;

    if (app->focus == PANE_LIST) // flags say the rest
        return (id != COMMAND_LIST_GO && id != COMMAND_ATTRIBUTE && id != COMMAND_DISPUTE &&
                id != COMMAND_HISTORY) ||
               app_has_claim(app);
    if (!view->reading)
        return id == COMMAND_OPEN || id == COMMAND_SWITCH || id == COMMAND_QUIT;
    if (id == COMMAND_UNDO)
        return session_has_undo(app->session);
    if (id == COMMAND_EDIT)
        return view_record(view, &section);
    if (id == COMMAND_ADD_PART)
        return view->reading->file.layer.sections[SECTION_CLAIMS].count > 0;
    if (!view->has_selection && (id == COMMAND_DISPUTE || id == COMMAND_COUNTERPART ||
                                 id == COMMAND_ATTRIBUTE || id == COMMAND_HISTORY))
        return view_claim(view);
    return true;
}

bool hints_word(struct app *app, enum command_id id, struct buf *out)
{
    const struct command *command = command_get(id);

    if (!(command->contexts & app_context(app)) || !*command->keys || past_forbids(app, id))
        return false;
    if (app->top && app->top->ops->word)
        return app->top->ops->word(app->top, app, id, out);
    if (!app->top && (!app_allows(app, id) || !finds_something(app, id)))
        return false;
    buf_add_cstr(out, app->top ? command->name : pane_word(app, id));
    return true;
}

// In the texts, from a list, a revision or the lanes: what goes back there; COMMAND_NONE: nothing.
static enum command_id way_back(const struct app *app)
{
    if (app->top || app->focus == PANE_LIST)
        return COMMAND_NONE;
    if (app->parked || app->present)
        return COMMAND_QUIT;
    return app->adjudic ? COMMAND_LANES : COMMAND_NONE;
}

size_t hints_get(struct app *app, enum command_id ids[HINTS_MAX])
{
    unsigned context = app_context(app);
    struct buf word = { 0 };
    size_t count = 0;

    if (way_back(app))
        ids[count++] = way_back(app);
    for (size_t i = 0; i < ARRAY_LEN(hints); i++) {
        for (int k = 0; hints[i].context == context && k < HINTS_MAX && hints[i].ids[k]; k++) {
            if (hints_word(app, hints[i].ids[k], &word) && (!count || hints[i].ids[k] != ids[0]))
                ids[count++] = hints[i].ids[k];
        }
    }
    buf_release(&word);
    return count;
}

// ---- drawing

// The first key of a command as it is typed: "gc", "Enter", "^R".
static void key_text(const struct command *command, struct buf *out)
{
    struct sv rest = sv_from(command->keys), sequence;
    key_num key;

    if (!sv_split(&rest, ' ', &sequence))
        return;
    while (key_parse(&sequence, &key)) {
        if (key > ' ' && key < 127)
            buf_add_char(out, (char)key);
        else
            key_add_name(key, out);
    }
}

// One hint at `col`, if all of it fits before `end`; returns the cells used.
static int put_hint(struct grid *grid, int row, int col, int end, enum command_id id,
                    struct sv word)
{
    struct buf key = { 0 };
    int used = 0, need;

    key_text(command_get(id), &key);
    need = glyph_cols(buf_sv(&key)) + 1 + glyph_cols(word);
    if (key.len && col + need <= end) {
        used = grid_put(grid, row, col, end - col, buf_sv(&key), ROLE_KEY);
        used += 1 + grid_put(grid, row, col + used + 1, end - col - used - 1, word, ROLE_MESSAGE);
    }
    buf_release(&key);
    return used;
}

// May a command that is no dialog's own be run?
static bool is_open(struct app *app, enum command_id id)
{
    if (past_forbids(app, id) ||
        ((id == COMMAND_LANES || id == COMMAND_DIFFERENCES) && !app->adjudic))
        return false;
    return app->top || (app_allows(app, id) && finds_something(app, id));
}

// Of what begins with one key there is more than a row holds: these are wanted most.
static const enum command_id wanted[] = {
    COMMAND_LIST,    COMMAND_BOARD, COMMAND_WORK,    COMMAND_SOURCES, COMMAND_THREADS,
    COMMAND_STATUS,  COMMAND_LANES, COMMAND_LINKS,   COMMAND_FIND,    COMMAND_OPEN,
    COMMAND_HISTORY, COMMAND_OTHER, COMMAND_RELATED,
};

static bool is_wanted(enum command_id id)
{
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        if (wanted[i] == id)
            return true;
    return false;
}

// The commands that go on from the keys typed, the most wanted first. Returns how many.
static size_t find_continuations(struct app *app, enum command_id ids[COMMAND__N])
{
    struct keymap keys = app->keymap;
    struct buf typed = { 0 };
    size_t count = 0;

    keys.count = 0;
    keymap_pending(&keys, &typed);
    for (size_t i = 0; i < ARRAY_LEN(wanted) + COMMAND__N; i++) {
        bool is_rest = i >= ARRAY_LEN(wanted);
        enum command_id id = is_rest ? (enum command_id)(i - ARRAY_LEN(wanted)) : wanted[i];
        const struct command *command = command_get(id);

        if (command->contexts & app_context(app) && !(is_rest && is_wanted(id)) &&
            sv_starts(sv_from(command->keys), buf_sv(&typed)) && is_open(app, id))
            ids[count++] = id;
    }
    buf_release(&typed);
    return count;
}

static void draw_continuations(struct app *app, struct grid *grid, int row, int col, int end)
{
    enum command_id ids[COMMAND__N];
    size_t count = find_continuations(app, ids);

    for (size_t i = 0; i < count; i++) {
        int used = put_hint(grid, row, col, i + 1 < count ? end - 2 : end, ids[i],
                            sv_from(command_get(ids[i])->name));

        if (!used) {
            grid_put(grid, row, col, end - col, SV("…"), ROLE_LABEL); // ? tells the rest
            return;
        }
        col += used + 2;
    }
}

// The way out of a list or a dialog.
static enum command_id way_out(unsigned context)
{
    return context & (CONTEXT_LIST | CONTEXT_BOARD | CONTEXT_LANES) ? COMMAND_QUIT
           : context == CONTEXT_FORM                                ? COMMAND_FORM_DONE
           : context & (CONTEXT_PICKER | CONTEXT_LINE)              ? COMMAND_PICK_CANCEL
                                                                    : COMMAND_NONE;
}

// The hint of a command, by its word for what it does now; returns the cells used.
static int draw_hint(struct app *app, struct grid *grid, int row, int col, int end,
                     enum command_id id)
{
    struct buf word = { 0 };
    int used = 0;

    if (id == COMMAND_HELP)
        used = put_hint(grid, row, col, end, id, SV("help"));
    else if (hints_word(app, id, &word))
        used = put_hint(grid, row, col, end, id, buf_sv(&word));
    buf_release(&word);
    return used;
}

void hints_draw(struct app *app, struct grid *grid, int row, int col, int end)
{
    enum command_id ids[HINTS_MAX], out = way_out(app_context(app));
    bool has_help = command_get(COMMAND_HELP)->contexts & app_context(app);
    int tail = has_help ? HELP_COLS : 0; // what must not be missing for want of room
    struct buf word = { 0 }, key = { 0 };
    size_t count;

    if (app->keymap.key_count) {
        draw_continuations(app, grid, row, col, end);
        return;
    }
    count = hints_get(app, ids);
    if (out && hints_word(app, out, &word)) {
        key_text(command_get(out), &key);
        tail += glyph_cols(buf_sv(&key)) + glyph_cols(buf_sv(&word)) + 3; // a blank, a gap
    }
    for (size_t i = 0; i < count; i++) {
        int used = ids[i] == out ? -2 : draw_hint(app, grid, row, col, end - tail, ids[i]);

        if (!used)
            break;
        col += used + 2;
    }
    if (word.len)
        col += draw_hint(app, grid, row, col, end, out) + 2;
    if (has_help)
        draw_hint(app, grid, row, col, end, COMMAND_HELP);
    buf_release(&word);
    buf_release(&key);
}
