// The revisions of a claim or an article as a list that fills the screen.
// Changes nothing; what a revision changed is read when its row is first seen.
#include "tui/history_sheet.h"

#include "session/revisions.h"
#include "tui/past.h"
#include "tui/sheet.h"
#include "tui/sides.h"
#include "tui/subject.h"

#define INDENT_COLS  4
#define CHANGES_MOST 6 // of an article's revision; the rest is counted

struct history_sheet {
    struct sheet sheet; // first: the list is a sheet
    struct reading *reading;
    struct buf record; // id; empty: the article
    struct revisions revisions;
};

static struct history_sheet *list_of(struct sheet *sheet)
{
    return (struct history_sheet *)sheet;
}

static const struct revision *row_of(struct sheet *sheet, size_t row)
{
    return revisions_get(&list_of(sheet)->revisions, row);
}

static bool is_of_claim(struct sheet *sheet)
{
    return list_of(sheet)->record.len > 0;
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct history_sheet *list = list_of(sheet);
    struct sv record = list->record.len ? buf_sv(&list->record) : (struct sv){ 0 };
    struct err err = { 0 };

    revisions_release(&list->revisions);
    if (!revisions_find(app->session, list->reading, record, &list->revisions, &err))
        app_say_err(app, &err);
    sheet->count = list->revisions.count;
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct history_sheet *list = list_of(sheet);

    (void)app;
    buf_addf(out, "history of " SV_FMT "  %zu revision%s",
             SV_ARG(list->record.len ? buf_sv(&list->record) : list->reading->id), sheet->count,
             sheet->count == 1 ? "" : "s");
}

// ---- rows

static struct sides sides_of(const struct revision_change *change, bool is_chosen)
{
    return (struct sides){ change->old, change->new, ROLE_LABEL,
                           is_chosen ? ROLE_VALUE : ROLE_TEXT };
}

static size_t shown_changes(struct sheet *sheet, const struct revision *revision)
{
    return is_of_claim(sheet) || revision->count <= CHANGES_MOST ? revision->count : CHANGES_MOST;
}

static int lines(struct sheet *sheet, struct app *app, size_t row, int cols)
{
    const struct revision *revision = row_of(sheet, row);
    size_t shown = shown_changes(sheet, revision);
    int count = 1 + (shown < revision->count);

    (void)app;
    for (size_t i = 0; i < shown; i++) {
        struct sides sides = sides_of(&revision->changes[i], false);

        count += is_of_claim(sheet) ? 1 + sides_lines(&sides, cols - INDENT_COLS) : 1;
    }
    return count;
}

// When, who, which, and what they said of it.
static void draw_commit(const struct revision *revision, struct grid *grid, struct rect rect,
                        bool is_chosen)
{
    const struct {
        const char *text;
        enum role role;
    } cells[] = {
        { revision->date, ROLE_LABEL },
        { revision->author, ROLE_SOURCE },
        { revision->name, ROLE_LABEL },
        { revision->subject, is_chosen ? ROLE_VALUE : ROLE_TEXT },
    };
    int col = rect.col + 2, end = rect.col + rect.cols;

    if (is_chosen)
        grid_put(grid, rect.row, rect.col, 1, SV("▶"), ROLE_KEY);
    for (size_t i = 0; i < ARRAY_LEN(cells) && col < end; i++) {
        if (cells[i].text[0])
            col += 2 + grid_put_cut(grid, rect.row, col, end - col, sv_from(cells[i].text),
                                    cells[i].role);
    }
}

static const char *word_of(const struct revision_change *change)
{
    static const char *const words[] = {
        [REVISION_ADDED] = "added", [REVISION_REMOVED] = "taken out", [REVISION_CHANGED] = "changed"
    };

    return words[change->what];
}

// The field, or what became of the record; below it the values.
static int draw_field(const struct revision_change *change, struct grid *grid, struct rect rect,
                      bool is_chosen)
{
    struct sides sides = sides_of(change, is_chosen);

    grid_put_cut(grid, rect.row, rect.col, rect.cols,
                 change->field.len ? change->field : sv_from(word_of(change)), ROLE_LABEL);
    if (rect.rows < 2)
        return 1;
    return 1 + sides_draw(&sides, grid,
                          (struct rect){ rect.row + 1, rect.col, rect.rows - 1, rect.cols });
}

// A change in one line: "~ claim c7k2q9wm topic: missing → gone".
static void draw_line(const struct revision_change *change, struct grid *grid, struct rect rect)
{
    static const char *const signs[] = {
        [REVISION_ADDED] = "+ ", [REVISION_REMOVED] = "- ", [REVISION_CHANGED] = "~ "
    };
    struct buf text = { 0 };

    buf_addf(&text, "%s" SV_FMT "  ", signs[change->what], SV_ARG(change->record));
    if (change->field.len)
        buf_addf(&text, SV_FMT ": ", SV_ARG(change->field));
    buf_add(&text, change->old);
    if (change->what == REVISION_CHANGED)
        buf_addf(&text, "%s → %s", change->old.len ? "" : "(nothing)",
                 change->new.len ? "" : "(nothing)");
    buf_add(&text, change->new);
    grid_put_cut(grid, rect.row, rect.col, rect.cols, buf_sv(&text), ROLE_TEXT);
    buf_release(&text);
}

static void draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                 struct rect rect)
{
    const struct revision *revision = row_of(sheet, row);
    size_t shown = shown_changes(sheet, revision);
    bool is_chosen = row == sheet->at;
    int used = 1;

    (void)app;
    draw_commit(revision, grid, rect, is_chosen);
    for (size_t i = 0; i < shown && used < rect.rows; i++) {
        struct rect at = { rect.row + used, rect.col + INDENT_COLS, rect.rows - used,
                           rect.cols - INDENT_COLS };

        if (is_of_claim(sheet)) {
            used += draw_field(&revision->changes[i], grid, at, is_chosen);
        } else {
            draw_line(&revision->changes[i], grid, at);
            used++;
        }
    }
    if (shown < revision->count && used < rect.rows) {
        struct buf text = { 0 };

        buf_addf(&text, "and %zu more", revision->count - shown);
        grid_put_cut(grid, rect.row + used, rect.col + INDENT_COLS, rect.cols - INDENT_COLS,
                     buf_sv(&text), ROLE_LABEL);
        buf_release(&text);
    }
}

static void detail(struct sheet *sheet, struct app *app, size_t row, struct buf *out)
{
    const struct revision *revision = row_of(sheet, row);

    (void)app;
    if (revision->hash)
        buf_addf(out, "<Enter> shows the article as of %s, read only", revision->name);
    else
        buf_add_cstr(out, "what is saved here and in no commit");
}

static void key(const struct sheet *sheet, size_t row, struct buf *out)
{
    const struct revision *revision = &((const struct history_sheet *)sheet)->revisions.items[row];

    buf_add_cstr(out, revision->hash ? revision->hash : "now");
}

// The list stays, under the revision that is shown.
static bool go(struct sheet *sheet, struct app *app, size_t row)
{
    const struct revision *revision = row_of(sheet, row);
    struct sv record =
        list_of(sheet)->record.len ? buf_sv(&list_of(sheet)->record) : (struct sv){ 0 };

    if (!revision->hash)
        app_say(app, ROLE_MESSAGE, "the texts show that; q goes there");
    else
        past_open(app, revision->hash, revision->article, record);
    return false;
}

//   record  absent: of the article
static void show_history(struct sheet *sheet, struct app *app, struct reading *reading,
                         struct sv record)
{
    struct history_sheet *list = list_of(sheet);

    list->reading = reading;
    buf_clear(&list->record);
    buf_add(&list->record, record);
    sheet_stale(sheet);
    sheet_choose(sheet, 0);
    if (sheet_on_top(app) == sheet && !sheet->count && app->message.len)
        app_pop(app); // it says why there is none
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    if (id != COMMAND_HISTORY && id != COMMAND_HISTORY_ALL)
        return false;
    if (id == COMMAND_HISTORY_ALL && is_of_claim(sheet))
        show_history(sheet, app, list_of(sheet)->reading, (struct sv){ 0 });
    else
        app_pop(app);
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    (void)app;
    if (id == COMMAND_ROW_GO)
        return sheet->count && row_of(sheet, sheet->at)->hash ? "as of then" : "";
    return NULL;
}

static void list_free(struct sheet *sheet)
{
    revisions_release(&list_of(sheet)->revisions);
    buf_release(&list_of(sheet)->record);
}

static const struct sheet_ops ops = {
    .name = "history",
    .own = COMMAND_HISTORY,
    .size = sizeof(struct history_sheet),
    .of_article = true,
    .empty = "git has no commit with it",
    .fill = fill,
    .title = title,
    .lines = lines,
    .draw = draw,
    .detail = detail,
    .key = key,
    .go = go,
    .command = command,
    .word = word,
    .free = list_free,
};

static void open_sheet(struct app *app, struct reading *reading, struct sv record)
{
    struct sheet *sheet = sheet_open(app, &ops);

    if (!sheet && app->top)
        sheet = sheet_on_top(app); // one that was put aside
    if (!sheet || sheet->ops != &ops)
        return;
    show_history(sheet, app, reading, record);
}

void history_of_claim(struct app *app)
{
    struct subject subject;

    if (subject_claim(app, &subject))
        open_sheet(app, subject.reading, subject.claim->id);
}

void history_of_article(struct app *app)
{
    struct reading *reading = app_view(app)->reading;

    if (reading)
        open_sheet(app, reading, (struct sv){ 0 });
    else
        app_say(app, ROLE_WARNING, "no article is open; go opens one");
}
