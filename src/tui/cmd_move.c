// Commands of the cursor: motions, text objects, marks, jumps.
// Changes no record.
#include "tui/app.h"

#include "base/attr.h"
#include "text/segment.h"

// What to say when there is no way to go.
static const struct {
    enum command_id id;
    const char *text;
} dead_ends[] = {
    { COMMAND_CLAIM_NEXT, "no claim further on" },
    { COMMAND_CLAIM_BACK, "no claim before this" },
    { COMMAND_CLAIM_CYCLE, "no other claim covers this place" },
    { COMMAND_JUMP_BACK, "no jump before this" },
    { COMMAND_JUMP_FORWARD, "no jump after this" },
    { COMMAND_TAKE_QUOTE, "the cursor is not between quotation marks" },
    { COMMAND_TAKE_QUOTE_I, "the cursor is not between quotation marks" },
    { COMMAND_TAKE_CLAUSE, "no further clause" },
    { COMMAND_TAKE_SENTENCE, "no further sentence" },
    { COMMAND_FIRST, "this is the beginning" },
    { COMMAND_LAST, "this is the end" },
    { COMMAND_DOWN, "this is the end" },
    { COMMAND_PAGE, "this is the end" },
    { COMMAND_UP, "this is the beginning" },
    { COMMAND_PAGE_BACK, "this is the beginning" },
};

static void set_mark(struct app *app, key_num arg)
{
    struct view *view = app_view(app);

    if (arg < 'a' || arg > 'z') {
        app_say(app, ROLE_WARNING, "marks are the letters a to z");
        return;
    }
    view->marks[arg - 'a'] = view->cursor + 1;
    app_say(app, ROLE_MESSAGE, "mark %c is here; '%c comes back to it", (char)arg, (char)arg);
}

static void go_mark(struct app *app, key_num arg)
{
    struct view *view = app_view(app);

    if (arg == '\'')
        view_move(view, COMMAND_JUMP_BACK, 1);
    else if (arg < 'a' || arg > 'z')
        app_say(app, ROLE_WARNING, "marks are the letters a to z");
    else if (!view->marks[arg - 'a'])
        app_say(app, ROLE_WARNING, "mark %c is not set in this article; m%c sets it", (char)arg,
                (char)arg);
    else
        view_jump(view, view->marks[arg - 'a'] - 1);
}

static void unselect(struct app *app)
{
    view_unselect(app_view(app));
    app->is_match_shown = false;
}

static void say_position(struct app *app)
{
    const struct view *view = app_view(app);
    size_t len = article_bytes(view->reading->article).len;
    size_t cp = article_cp(view->reading->article, view->cursor);

    app_say(app, ROLE_MESSAGE, "character %zu of %zu; 50%% goes to the middle", cp,
            article_cp(view->reading->article, len));
}

// A selection that was taken further: into which unit above those it is made of?
static void say_crossing(struct app *app, enum command_id id, struct byte_span before)
{
    const struct article *article = app_view(app)->reading->article;
    enum unit above = id == COMMAND_TAKE_CLAUSE ? UNIT_SENTENCE : UNIT_PARAGRAPH;
    struct byte_span now, unit;

    if (!view_selection(app_view(app), &now) || byte_span_is_empty(before) ||
        !unit_at(article, above, before.end - 1, &unit) || now.end <= unit.end)
        return;
    app_say(app, ROLE_WARNING, "the selection goes on into the next %s",
            above == UNIT_SENTENCE ? "sentence" : "paragraph");
}

// Move, or say why not.
static void move(struct app *app, enum command_id id, int count)
{
    struct byte_span before = { 0 };

    view_selection(app_view(app), &before);
    if (view_move(app_view(app), id, count)) {
        if (id == COMMAND_TAKE_CLAUSE || id == COMMAND_TAKE_SENTENCE)
            say_crossing(app, id, before);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(dead_ends); i++) {
        if (dead_ends[i].id == id)
            app_say(app, ROLE_MESSAGE, "%s", dead_ends[i].text);
    }
}

static bool is_moving(enum command_id id)
{
    return (id >= COMMAND_DOWN && id <= COMMAND_JUMP_FORWARD) ||
           (id >= COMMAND_SELECT && id <= COMMAND_UNSELECT);
}

bool cmd_move(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    if (!is_moving(id))
        return false;
    if (!app_view(app)->reading) {
        app_say(app, ROLE_WARNING, "no article is open here");
        return true;
    }
    if (line.len && !arg)
        arg = (unsigned char)line.ptr[0];
    if (id == COMMAND_SET_MARK)
        set_mark(app, arg);
    else if (id == COMMAND_GO_MARK)
        go_mark(app, arg);
    else if (id == COMMAND_UNSELECT)
        unselect(app);
    else if (id == COMMAND_PERCENT && !count)
        say_position(app);
    else
        move(app, id, count);
    return true;
}
