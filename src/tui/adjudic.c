// Adjudication in the reader: which difference is at hand, and what the keys decide of it.
// Changes data through the verbs of session/adjudicate.h alone; keeps no pointer to a row from one
// key to the next.
#include "tui/adjudic_box.h"

#include <stdlib.h>
#include <string.h>

#include "tui/form.h"
#include "tui/form_rows.h"
#include "tui/prompt.h"
#include "tui/subject.h"
#include "tui/undoing.h"

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

// ---- rows

// What tells a row from others, also when layers changed: its first record.
static void add_key(const struct adjudication *rows, const struct adjudicate_row *row,
                    struct buf *out)
{
    if (row->count)
        buf_addf(out, SV_FMT "/" SV_FMT, SV_ARG(rows->names[row->members[0].rater]),
                 SV_ARG(id_of(row->members[0].rec)));
    else
        buf_add(out, id_of(row->settled[0].rec));
}

static int by_place(const void *a, const void *b)
{
    const struct adjudicate_row *x = *(const struct adjudicate_row *const *)a;
    const struct adjudicate_row *y = *(const struct adjudicate_row *const *)b;

    if (x->extent.beg != y->extent.beg)
        return x->extent.beg < y->extent.beg ? -1 : 1;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1; // claims before their links
    return x < y ? -1 : x > y;
}

static void order_rows(struct adjudic *adjudic, const struct adjudication *rows)
{
    const struct adjudicate_row **sorted = mem_new((rows->count + 1) * sizeof(*sorted));

    for (size_t i = 0; i < rows->count; i++)
        sorted[i] = &rows->rows[i];
    if (adjudic->is_by_place && rows->count)
        qsort(sorted, rows->count, sizeof(*sorted), by_place);
    adjudic->count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        MEM_GROW(adjudic->order, adjudic->count, adjudic->cap);
        adjudic->order[adjudic->count++] = (size_t)(sorted[i] - rows->rows);
    }
    mem_free(sorted);
}

static const struct adjudicate_row *row_at(struct adjudic *adjudic, size_t at)
{
    return &adjudicating_now(adjudic->it)->rows[adjudic->order[at]];
}

// Bring the order in line with the session; the row at hand stays so while it is there.
static void look(struct app *app)
{
    struct adjudic *adjudic = app->adjudic;
    const struct adjudication *rows = adjudicating_now(adjudic->it);
    struct buf key = { 0 };

    if (adjudic->is_made && adjudic->version == session_version(app->session))
        return;
    adjudic->is_made = true;
    adjudic->version = session_version(app->session);
    order_rows(adjudic, rows);
    for (size_t i = 0; i < adjudic->count; i++) {
        buf_clear(&key);
        add_key(rows, row_at(adjudic, i), &key);
        if (sv_eq(buf_sv(&key), buf_sv(&adjudic->key)))
            adjudic->at = i;
    }
    if (adjudic->at >= adjudic->count)
        adjudic->at = adjudic->count ? adjudic->count - 1 : 0;
    adjudic->has_choice = false;
    buf_release(&key);
}

bool adjudic_differs(const struct adjudicate_row *row, size_t field)
{
    return row->differs >> field & 1;
}

const struct field *adjudic_field(const struct adjudicate_row *row, size_t field)
{
    return &kind_get(section_get(row->section)->kind)->fields[field];
}

bool adjudic_is_choice(const struct adjudicate_row *row, size_t index)
{
    const struct field *field = adjudic_field(row, index);

    for (size_t m = 1; m < row->count; m++)
        if (!field_eq(row->members[0].rec, row->members[m].rec, field))
            return true;
    return false;
}

static size_t field_count(const struct adjudicate_row *row)
{
    return kind_get(section_get(row->section)->kind)->field_count;
}

// For what was decided the dots stand where its values came from.
static void choose(struct adjudic *adjudic, const struct adjudicate_row *row)
{
    adjudicate_propose(adjudic->it, row, adjudic->choice);
    adjudic->has_choice = true;
    adjudic->field = 0;
    for (size_t f = 0; row->settled_count == 1 && f < field_count(row); f++)
        for (size_t m = 0; m < row->count; m++)
            if (field_eq(row->settled[0].rec, row->members[m].rec, adjudic_field(row, f))) {
                adjudic->choice[f] = m;
                break;
            }
}

static size_t count_open(const struct adjudication *rows)
{
    return rows->states[ADJUDICATE_OPEN] + rows->states[ADJUDICATE_NEW] +
           rows->states[ADJUDICATE_CHANGED];
}

size_t adjudic_count(struct app *app)
{
    look(app);
    return app->adjudic->count;
}

const struct adjudicate_row *adjudic_row_at(struct app *app, size_t at)
{
    return row_at(app->adjudic, at);
}

void adjudic_add_counts(struct app *app, struct buf *out)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);

    buf_addf(out, "%zu open  %zu agreed  %zu decided", count_open(rows),
             rows->states[ADJUDICATE_AGREED],
             rows->states[ADJUDICATE_DECIDED] + rows->states[ADJUDICATE_FALLEN]);
}

const struct adjudicate_row *adjudic_row(struct app *app)
{
    struct adjudic *adjudic = app->adjudic;
    const struct adjudicate_row *row;

    look(app);
    if (!adjudic->count)
        return NULL;
    row = row_at(adjudic, adjudic->at);
    if (!adjudic->has_choice && row->count)
        choose(adjudic, row);
    return row;
}

// What is shown of a record where it differs, or where anybody says it: not what the program keeps.
static bool is_shown(const struct adjudicate_row *row, size_t index)
{
    static const char *const hidden[] = { "id",         "created",     "from",
                                          "to",         "taken_from",  "decision",
                                          "decided_by", "decided_why", "seen" };
    const struct field *field = adjudic_field(row, index);

    for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
        if (!strcmp(hidden[i], field->key))
            return false;
    if (row->section == SECTION_CLAIMS && !strcmp(field->key, "why"))
        return false;
    if (adjudic_differs(row, index))
        return true;
    for (size_t m = 0; m < row->count; m++)
        if (!field_is_absent(row->members[m].rec, field))
            return true;
    return false;
}

size_t adjudic_fields(const struct adjudicate_row *row, size_t *fields)
{
    size_t count = 0;

    for (int round = 0; round < 2; round++)
        for (size_t f = 0; f < field_count(row); f++)
            if (is_shown(row, f) && adjudic_differs(row, f) == !round)
                fields[count++] = f;
    return count;
}

size_t adjudic_member(const struct adjudicate_row *row, size_t rater)
{
    size_t m = 0;

    while (m < row->count && row->members[m].rater != rater)
        m++;
    return m;
}

// ---- going

static void show_claim(struct app *app, const struct adjudicate_row *row)
{
    struct reading *reading = adjudicating_article(app->adjudic->it, row->article);
    struct view *view =
        &app->views[reading == app->views[PANE_OTHER].reading ? PANE_OTHER : PANE_ARTICLE];
    struct byte_span span = article_to_bytes(reading->article, row->extent);

    if (view->reading != reading) {
        view = &app->views[row->article == 0 ? PANE_ARTICLE : PANE_OTHER];
        view_open(view, reading, 0);
    }
    view_unselect(view);
    view_jump(view, span.beg);
    view_show_at(view, span.beg, view->rows / 4);
}

// The texts at the row, or at both ends of a link.
static void show(struct app *app)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    const struct adjudicate_row *row = adjudic_row(app);

    app->focus = app->views[PANE_OTHER].reading == adjudicating_reading(app->adjudic->it) &&
                         app->views[PANE_ARTICLE].reading != app->views[PANE_OTHER].reading
                     ? PANE_OTHER
                     : PANE_ARTICLE;
    if (!row)
        return;
    if (row->section == SECTION_CLAIMS)
        show_claim(app, row);
    for (int i = 1; row->section == SECTION_LINKS && i >= 0; i--)
        if (row->ends[i] != SIZE_MAX)
            show_claim(app, &rows->rows[row->ends[i]]);
}

void adjudic_go(struct app *app, size_t at)
{
    struct adjudic *adjudic = app->adjudic;

    adjudic->at = at;
    adjudic->has_choice = false;
    buf_clear(&adjudic->key);
    add_key(adjudicating_now(adjudic->it), row_at(adjudic, at), &adjudic->key);
    show(app);
}

// To the next one that is open, round the end; stays, and returns false, when none is.
static bool go_open(struct app *app, bool is_back)
{
    struct adjudic *adjudic = app->adjudic;

    look(app);
    for (size_t i = 1; i <= adjudic->count; i++) {
        size_t at = (is_back ? adjudic->at + adjudic->count - i : adjudic->at + i) % adjudic->count;

        if (adjudicate_is_open(row_at(adjudic, at)->state)) {
            adjudic_go(app, at);
            return true;
        }
    }
    return false;
}

static void say_done(struct app *app)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    size_t agreed = rows->states[ADJUDICATE_AGREED];

    if (agreed)
        app_say(app, ROLE_MESSAGE, "no difference is open; A takes over the %zu that all agree on",
                agreed);
    else
        app_say(app, ROLE_MESSAGE, "all is decided");
}

static void go_next(struct app *app, bool is_back)
{
    if (!go_open(app, is_back))
        say_done(app);
}

static void go_row(struct app *app, bool is_back)
{
    struct adjudic *adjudic = app->adjudic;

    look(app);
    if (is_back ? adjudic->at > 0 : adjudic->at + 1 < adjudic->count)
        adjudic_go(app, is_back ? adjudic->at - 1 : adjudic->at + 1);
    else
        app_say(app, ROLE_MESSAGE, is_back ? "this is the first" : "this is the last");
}

// ---- deciding

// After a verb: on to the next, and what is left.
static void decided(struct app *app, bool ok, struct err *err, const char *what)
{
    size_t open;

    if (!ok) {
        app_say_err(app, err);
        return;
    }
    open = count_open(adjudicating_now(app->adjudic->it));
    buf_clear(&app->adjudic->last);
    buf_add(&app->adjudic->last, buf_sv(&app->adjudic->key));
    if (go_open(app, false))
        app_say(app, ROLE_MESSAGE, "%s; %zu open, u takes it back", what, open);
    else
        say_done(app);
}

static void take(struct app *app, const struct adjudicate_row *row)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    size_t rater = (size_t)app->count;
    struct buf what = { 0 };
    struct err err = { 0 };

    if (rater < 1 || rater > rows->raters) {
        app_say(app, ROLE_WARNING, "there are %zu annotators; the number of one takes what it says",
                rows->raters);
        return;
    }
    buf_addf(&what, "as " SV_FMT " has it", SV_ARG(rows->names[rater - 1]));
    decided(app, adjudicate_take(app->adjudic->it, row, rater - 1, &err), &err, buf_cstr(&what));
    buf_release(&what);
}

static void take_agreed(struct app *app)
{
    struct err err = { 0 };
    size_t count;

    if (!adjudicate_agreed(app->adjudic->it, &count, &err))
        app_say_err(app, &err);
    else
        app_say(app, ROLE_MESSAGE, "%zu that all agree on: decided%s; %zu differences open", count,
                count ? ", u takes it back" : "", count_open(adjudicating_now(app->adjudic->it)));
}

static void cause_typed(struct app *app, struct sv text, bool ok)
{
    const struct adjudicate_row *row = app->adjudic ? adjudic_row(app) : NULL;
    struct err err = { 0 };

    if (!ok || !row)
        return;
    ok = adjudicate_reject(app->adjudic->it, row, text, &err);
    if (ok) {
        buf_clear(&app->adjudic->cause);
        buf_add(&app->adjudic->cause, sv_trim(text));
    }
    decided(app, ok, &err, "rejected");
}

static void ask_cause(struct app *app)
{
    prompt_open(app, &(struct prompt){ .label = "rejected because: ",
                                       .history = "cause",
                                       .initial = buf_sv(&app->adjudic->cause),
                                       .done = cause_typed });
}

// What a reason is for: the row at hand when it is decided, else the one that was decided last.
static const struct adjudicate_row *row_with_reason(struct app *app)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    const struct adjudicate_row *row = adjudic_row(app);
    struct buf key = { 0 };

    for (size_t i = 0; row && !row->settled_count && i < rows->count; i++) {
        buf_clear(&key);
        add_key(rows, &rows->rows[i], &key);
        if (rows->rows[i].settled_count && sv_eq(buf_sv(&key), buf_sv(&app->adjudic->last)))
            row = &rows->rows[i];
    }
    buf_release(&key);
    return row && row->settled_count ? row : NULL;
}

static void why_typed(struct app *app, struct sv text, bool ok)
{
    const struct adjudicate_row *row = app->adjudic ? row_with_reason(app) : NULL;
    struct err err = { 0 };

    if (ok && row)
        subject_report(app, adjudicate_why(app->adjudic->it, row, text, &err), &err,
                       "the reason is kept with the decision");
}

static void ask_why(struct app *app)
{
    const struct adjudicate_row *row = row_with_reason(app);

    if (!row) {
        app_say(app, ROLE_WARNING, "nothing is decided here yet");
        return;
    }
    prompt_open(app,
                &(struct prompt){ .label = row == adjudic_row(app) ? "decided because: "
                                                                   : "the last one because: ",
                                  .history = "decided",
                                  .initial = decision_get(row->section, row->settled[0].rec).why,
                                  .done = why_typed });
}

static void edit(struct app *app, const struct adjudicate_row *row)
{
    struct buf id = { 0 };

    if (!row->settled_count) {
        app_say(app, ROLE_WARNING, "nothing is decided here yet; a takes the values with a dot");
        return;
    }
    buf_add(&id, id_of(row->settled[0].rec));
    form_open(app, adjudicating_article(app->adjudic->it, row->settled[0].article), row->section,
              buf_sv(&id), NULL);
    buf_release(&id);
}

// Back to what was decided last, when that is open again.
static void undo(struct app *app, enum command_id id)
{
    const struct adjudication *rows;
    struct adjudic *adjudic = app->adjudic;
    struct buf key = { 0 };

    undoing_travel(app, app->count, id == COMMAND_REDO);
    look(app);
    rows = adjudicating_now(adjudic->it);
    for (size_t i = 0; i < adjudic->count; i++) {
        buf_clear(&key);
        add_key(rows, row_at(adjudic, i), &key);
        if (adjudicate_is_open(row_at(adjudic, i)->state) &&
            sv_eq(buf_sv(&key), buf_sv(&adjudic->last))) {
            adjudic_go(app, i);
            break;
        }
    }
    buf_release(&key);
}

// ---- dots

static void move_field(struct app *app, const struct adjudicate_row *row, bool is_back)
{
    size_t fields[ADJUDICATE_FIELDS], count = adjudic_fields(row, fields);
    struct adjudic *adjudic = app->adjudic;

    if (is_back && adjudic->field > 0)
        adjudic->field--;
    else if (!is_back && adjudic->field + 1 < count)
        adjudic->field++;
}

static void say_no_choice(struct app *app, const struct adjudicate_row *row, size_t field)
{
    if (row->marked < 2)
        app_say(app, ROLE_MESSAGE, "nobody else has it: there is nothing to choose from");
    else
        app_say(app, ROLE_MESSAGE, "all have the same %s: there is nothing to choose from",
                form_label(adjudic_field(row, field)));
}

static void move_dot(struct app *app, const struct adjudicate_row *row, bool is_back)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    size_t fields[ADJUDICATE_FIELDS], count = adjudic_fields(row, fields), field, rater;
    struct adjudic *adjudic = app->adjudic;

    if (adjudic->field >= count)
        return;
    field = fields[adjudic->field];
    if (!adjudic_is_choice(row, field)) {
        say_no_choice(app, row, field);
        return;
    }
    rater = row->members[adjudic->choice[field]].rater;
    for (size_t i = 1; i < rows->raters; i++) {
        size_t next = (is_back ? rater + rows->raters - i : rater + i) % rows->raters;
        size_t member = adjudic_member(row, next);

        if (member < row->count) {
            adjudic->choice[field] = member;
            return;
        }
    }
    app_say(app, ROLE_WARNING, "nobody else has anything here");
}

// ---- commands

static void run(struct app *app, enum command_id id, const struct adjudicate_row *row)
{
    struct adjudicating *it = app->adjudic->it;
    struct err err = { 0 };

    if (id == COMMAND_LANE_TAKE)
        take(app, row);
    else if (id == COMMAND_LANE_CHOSEN)
        decided(app, adjudicate_combine(it, row, app->adjudic->choice, &err), &err,
                "as the dots have it");
    else if (id == COMMAND_LANE_STAND)
        decided(app, adjudicate_stand(it, row, &err), &err, "both stand");
    else if (id == COMMAND_LANE_HOLDS)
        decided(app, adjudicate_confirm(it, row, &err), &err, "it holds");
    else if (id == COMMAND_LANE_REOPEN)
        subject_report(app, adjudicate_reopen(it, row, &err), &err, "taken back; u brings it back");
    else if (id == COMMAND_LANE_REJECT)
        ask_cause(app);
    else if (id == COMMAND_LANE_WHY)
        ask_why(app);
    else if (id == COMMAND_LANE_EDIT)
        edit(app, row);
    else if (id == COMMAND_LANE_FIELD || id == COMMAND_LANE_FIELD_BACK)
        move_field(app, row, id == COMMAND_LANE_FIELD_BACK);
    else if (row->count)
        move_dot(app, row, id == COMMAND_LANE_LEFT);
}

void adjudic_sort(struct app *app)
{
    struct adjudic *adjudic = app->adjudic;

    adjudic->is_by_place = !adjudic->is_by_place;
    adjudic->is_made = false;
    look(app);
    app_say(app, ROLE_MESSAGE,
            adjudic->is_by_place ? "in the order of the text" : "the weightiest first");
}

static bool is_of_row(enum command_id id)
{
    return id == COMMAND_LANE_TAKE || id == COMMAND_LANE_CHOSEN ||
           (id >= COMMAND_LANE_FIELD && id <= COMMAND_LANE_REJECT) ||
           (id >= COMMAND_LANE_HOLDS && id <= COMMAND_LANE_EDIT);
}

static bool command(struct overlay *overlay, struct app *app, enum command_id id)
{
    const struct adjudicate_row *row = adjudic_row(app);

    (void)overlay;
    if (id == COMMAND_QUIT || id == COMMAND_LEAVE) {
        app_pop(app);
        app_say(app, ROLE_MESSAGE, "gA goes back to the lanes, q leaves");
    } else if (id == COMMAND_LANE_NEXT || id == COMMAND_LANE_BACK) {
        go_next(app, id == COMMAND_LANE_BACK);
    } else if (id == COMMAND_LANE_ROW || id == COMMAND_LANE_ROW_BACK) {
        go_row(app, id == COMMAND_LANE_ROW_BACK);
    } else if (id == COMMAND_UNDO || id == COMMAND_REDO) {
        undo(app, id);
    } else if (id == COMMAND_LANE_AGREED) {
        take_agreed(app);
    } else if (id == COMMAND_LANE_SORT) {
        adjudic_sort(app);
    } else if (!is_of_row(id)) {
        return false;
    } else if (!row) {
        app_say(app, ROLE_WARNING, "nobody has marked anything in this article");
    } else {
        run(app, id, row);
    }
    return true;
}

static void lanes_free(struct overlay *overlay)
{
    mem_free(overlay);
}

static const struct overlay_ops ops = {
    .context = CONTEXT_LANES,
    .height = adjudic_height,
    .draw = adjudic_draw,
    .command = command,
    .word = adjudic_word,
    .free = lanes_free,
};

// The overlay is no more than the sight of app->adjudic.
static bool is_open(const struct app *app)
{
    for (const struct overlay *overlay = app->top; overlay; overlay = overlay->below)
        if (overlay->ops == &ops)
            return true;
    return false;
}

bool adjudic_is_open(const struct app *app)
{
    return app->adjudic && is_open(app);
}

bool adjudic_is_there(struct app *app)
{
    if (!app->adjudic)
        app_say(app, ROLE_WARNING, "this is no adjudication; 'gainsay adjudicate ARTICLE' is");
    return app->adjudic;
}

void adjudic_open(struct app *app)
{
    struct overlay *overlay;

    if (!adjudic_is_there(app) || is_open(app))
        return;
    overlay = mem_new(sizeof(*overlay));
    overlay->ops = &ops;
    app_push(app, overlay);
    look(app);
    show(app);
}

void adjudic_begin(struct app *app, struct adjudicating *adjudicating)
{
    app->adjudic = mem_new(sizeof(*app->adjudic));
    app->adjudic->it = adjudicating;
    look(app);
    adjudic_open(app);
    if (app->adjudic->count && !adjudicate_is_open(row_at(app->adjudic, 0)->state) &&
        !go_open(app, false))
        say_done(app);
    else if (app->adjudic->count && adjudicate_is_open(row_at(app->adjudic, 0)->state))
        adjudic_go(app, 0);
}

void adjudic_free(struct adjudic *adjudic)
{
    if (!adjudic)
        return;
    adjudicating_free(adjudic->it);
    buf_release(&adjudic->key);
    buf_release(&adjudic->last);
    buf_release(&adjudic->cause);
    mem_free(adjudic->order);
    mem_free(adjudic);
}

bool adjudic_refresh(struct app *app)
{
    return app->adjudic && adjudicating_refresh(app->adjudic->it);
}

bool cmd_lanes(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)count, (void)arg, (void)line;
    if (id == COMMAND_LANES)
        adjudic_open(app);
    else if (id == COMMAND_DIFFERENCES)
        adjudic_list(app);
    else
        return false;
    return true;
}
