// The claims of the open articles as a list: sorted, filtered by the query language.
// Never stores anything: rows are made anew from the layers when something has changed.
#include "tui/list.h"

#include <stdint.h>
#include <stdlib.h>

#include "model/query.h"
#include "session/verbs.h"
#include "text/glyph.h"
#include "tui/row_move.h"
#include "tui/subject.h"
#include "tui/talk.h"
#include "tui/values.h"
#include "tui/wrapped.h"

#define ONE_ROW_COLS 60 // cells from which a claim takes one row of the screen, below: two

enum sort { SORT_POSITION, SORT_TOPIC, SORT_TYPE, SORT_SOURCE, SORT_LINKS, SORT__N };

static const char *const sort_names[SORT__N] = {
    [SORT_POSITION] = "position", [SORT_TOPIC] = "topic", [SORT_TYPE] = "type",
    [SORT_SOURCE] = "source",     [SORT_LINKS] = "links",
};

struct claim_row {
    struct reading *reading;
    const struct claim *claim;
    size_t number; // 1-based place in its article
    struct sv key; // sort key, absent last
    uint64_t head; // its first eight bytes, as a number with their order
    size_t links;
};

struct claim_list {
    struct buf filter;
    struct query *query; // NULL: all
    enum sort sort;
    struct buf chosen;      // id of the chosen claim
    size_t at, top;         // chosen row, first row shown
    size_t page;            // claims shown at the last drawing
    struct claim_row *rows; // of `reading` in the session's `version`; NULL reading: none were made
    const struct reading *reading;
    size_t version;
    size_t count, cap;
    size_t total; // claims that were asked
    size_t contested, disputed;
};

static int row_cmp(const void *a, const void *b)
{
    const struct claim_row *x = a, *y = b;
    int cmp;

    if (x->links != y->links)
        return x->links > y->links ? -1 : 1;
    if (sv_is_absent(x->key) != sv_is_absent(y->key))
        return sv_is_absent(x->key) ? 1 : -1;
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    cmp = sv_cmp(x->key, y->key);
    if (!cmp && x->reading != y->reading)
        cmp = sv_cmp(x->reading->id, y->reading->id);
    return cmp ? cmp : x->number < y->number ? -1 : x->number > y->number;
}

static struct sv first_source(const struct claim *claim)
{
    const struct voice *voice = claim->attributed_to.count ? claim->attributed_to.items[0] : NULL;

    return voice ? voice->source : (struct sv){ 0 };
}

// Most keys differ in these: the words themselves are then not looked at.
static uint64_t head_of(struct sv key)
{
    uint64_t head = 0;

    for (size_t i = 0; i < sizeof(head); i++)
        head = head << 8 | (i < key.len ? (unsigned char)key.ptr[i] : 0);
    return head;
}

static void set_key(const struct claim_list *list, const struct derived *derived,
                    struct claim_row *row)
{
    switch (list->sort) {
    case SORT_POSITION:
        break;
    case SORT_TOPIC:
        row->key = row->claim->topic;
        break;
    case SORT_TYPE:
        row->key = row->claim->type;
        break;
    case SORT_SOURCE:
        row->key = first_source(row->claim);
        break;
    case SORT_LINKS:
        derive_ends(derived, &row->reading->file.layer, row->claim, &row->links);
        break;
    case SORT__N:
        break;
    }
    row->head = head_of(row->key);
}

static unsigned flags_of(struct app *app, const struct claim_row *row)
{
    return derive_flags(session_derived(app->session), &row->reading->file.layer, row->claim);
}

// Counted while they are chosen; of all claims that is known.
static void count_row(struct claim_list *list, struct app *app, const struct claim_row *row)
{
    unsigned flags = flags_of(app, row);

    list->contested += (flags & CLAIM_CONTESTED) != 0;
    list->disputed += (flags & CLAIM_DISPUTED) != 0;
}

static void add_claims(struct claim_list *list, struct app *app, struct reading *reading)
{
    struct query_ctx ctx = { .derived = session_derived(app->session),
                             .registry = session_registry(app->session) };
    const struct layer *layer = &reading->file.layer;
    struct claim_counts counts = session_counts(app->session, reading);
    bool is_all = !list->query && !counts.rejected;

    list->total += layer->sections[SECTION_CLAIMS].count - counts.rejected;
    list->contested += list->query ? 0 : counts.contested;
    list->disputed += list->query ? 0 : counts.disputed;
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];
        struct claim_row row = { .reading = reading, .claim = claim, .number = i + 1 };

        if (!is_all && !query_matches(list->query, &ctx, layer, claim))
            continue;
        set_key(list, ctx.derived, &row);
        if (list->query)
            count_row(list, app, &row);
        MEM_GROW(list->rows, list->count, list->cap);
        list->rows[list->count++] = row;
    }
}

static bool is_wide(const struct claim_list *list) // asks for articles by name
{
    return query_has_key(list->query, "article") || query_has_key(list->query, "event");
}

// Put the chosen row on the chosen claim; when that is gone the row stays.
static void find_chosen(struct claim_list *list)
{
    const struct reading *reading = NULL;
    const struct claim *claim = NULL;

    for (size_t i = 0; i < list->count; i++) {
        if (list->rows[i].reading != reading) {
            reading = list->rows[i].reading;
            claim = layer_claim(&reading->file.layer, buf_sv(&list->chosen));
        }
        if (list->rows[i].claim == claim)
            list->at = i;
    }
    if (list->at >= list->count)
        list->at = list->count ? list->count - 1 : 0;
}

static void look(struct claim_list *list, struct app *app)
{
    struct reading *reading = app_view(app)->reading, *other;

    if (reading && reading == list->reading && list->version == session_version(app->session) &&
        !is_wide(list))
        return;
    list->reading = reading;
    list->version = session_version(app->session);
    list->count = list->total = list->contested = list->disputed = 0;
    if (!reading)
        return;
    add_claims(list, app, reading);
    for (size_t i = 0; is_wide(list) && (other = session_other(app->session, reading, i)); i++)
        add_claims(list, app, other);
    if (list->count && (list->sort != SORT_POSITION || is_wide(list)))
        qsort(list->rows, list->count, sizeof(*list->rows), row_cmp);
    find_chosen(list);
}

static void choose(struct claim_list *list, struct app *app, size_t at)
{
    buf_clear(&list->chosen);
    if (!list->count)
        return;
    list->at = at < list->count ? at : list->count - 1;
    buf_add(&list->chosen, list->rows[list->at].claim->id);
    if (list->rows[list->at].reading == app_view(app)->reading) { // the text follows
        struct byte_span extent =
            subject_extent(list->rows[list->at].reading, list->rows[list->at].claim);

        if (!byte_span_is_empty(extent)) {
            view_show(app_view(app), extent.beg);
            app_view(app)->picked = list->rows[list->at].claim->id;
        }
    }
}

struct claim_list *claim_list_new(struct app *app)
{
    struct claim_list *list = mem_new(sizeof(*list));
    const struct claim *claim = app_view(app)->reading ? view_claim(app_view(app)) : NULL;

    list->page = 1;
    if (claim)
        buf_add(&list->chosen, claim->id);
    return list;
}

void claim_list_free(struct claim_list *list)
{
    if (!list)
        return;
    buf_release(&list->filter);
    query_free(list->query);
    buf_release(&list->chosen);
    mem_free(list->rows);
    mem_free(list);
}

static int put(struct grid *grid, struct rect rect, int col, int cols, struct sv s, enum role role)
{
    int end = rect.col + rect.cols;

    if (col >= end)
        return 0;
    return grid_put_cut(grid, rect.row, col, cols < end - col ? cols : end - col, s, role);
}

static int draw_filter(const struct claim_list *list, struct grid *grid, int row, int col, int end)
{
    struct buf text = { 0 };
    int used;

    buf_addf(&text, "  f: %s", buf_cstr(&list->filter));
    used = grid_put_cut(grid, row, col, end - col, buf_sv(&text), ROLE_VALUE);
    buf_release(&text);
    return used;
}

static void draw_title(const struct claim_list *list, const struct app *app, struct grid *grid,
                       struct rect rect)
{
    int col = rect.col + 1;

    grid_fill(grid, (struct rect){ rect.row, rect.col, 1, rect.cols },
              app->is_list_beside ? " " : "─", // beside: the title bar is above
              app->focus == PANE_LIST && !app->top ? ROLE_FRAME_ON : ROLE_FRAME);
    col += grid_put(grid, rect.row, col, rect.cols - 1, SV(" "), ROLE_LABEL);
    col += grid_putf(grid, rect.row, col, rect.cols - 1, ROLE_LABEL, "claims %zu", list->count);
    if (list->filter.len)
        col += grid_putf(grid, rect.row, col, rect.cols - 1, ROLE_LABEL, " of %zu", list->total);
    if (list->contested)
        col += grid_putf(grid, rect.row, col, rect.cols, ROLE_CONTESTED, " !%zu", list->contested);
    if (list->disputed)
        col += grid_putf(grid, rect.row, col, rect.cols, ROLE_DISPUTED, " ≠%zu", list->disputed);
    col += grid_putf(grid, rect.row, col, rect.cols, ROLE_LABEL, "  by %s", sort_names[list->sort]);
    if (list->filter.len)
        col += draw_filter(list, grid, rect.row, col, rect.col + rect.cols - 1);
    grid_put(grid, rect.row, col, rect.col + rect.cols - col, SV(" "), ROLE_LABEL);
}

// Sign, number, type and chain of a claim. Returns the column behind them.
static int draw_head(struct app *app, struct grid *grid, struct rect rect,
                     const struct claim_row *row, bool is_chosen)
{
    int col = rect.col, chain = rect.cols >= ONE_ROW_COLS ? rect.cols / 4 : rect.cols;
    unsigned flags = flags_of(app, row);
    struct buf text = { 0 };

    put(grid, rect, col, 1, is_chosen ? SV("▶") : SV(" "), ROLE_KEY);
    grid_putf(grid, rect.row, col + 1, 4, ROLE_LABEL, "%3zu", row->number);
    if (flags & CLAIM_CONTESTED)
        put(grid, rect, col + 5, 1, SV("!"), ROLE_CONTESTED);
    if (flags & CLAIM_DISPUTED)
        put(grid, rect, col + 6, 1, SV("≠"), ROLE_DISPUTED);
    if (talk_open_on(app, row->reading, row->claim))
        put(grid, rect, col + 7, 1, SV(TALK_SIGN), ROLE_WARNING);
    col += 8;
    put(grid, rect, col, 10, sv_is_absent(row->claim->type) ? SV("-") : row->claim->type,
        value_role(session_scheme(app->session), VOCAB_TYPE, row->claim->type, ROLE_VALUE));
    col += 11;
    verbs_chain(app->session, row->reading, row->claim, &text);
    put(grid, rect, col, chain, buf_sv(&text), ROLE_SOURCE);
    buf_release(&text);
    return col + chain + 1;
}

static void draw_claim(struct app *app, struct grid *grid, struct rect rect,
                       const struct claim_row *row, bool is_chosen)
{
    int col =
        draw_head(app, grid, (struct rect){ rect.row, rect.col, 1, rect.cols }, row, is_chosen);
    struct buf text = { 0 };

    if (rect.rows > 1) {
        rect.row++;
        col = rect.col + 4;
    }
    subject_title(row->claim, rect.col + rect.cols - col, &text);
    put(grid, rect, col, rect.cols, buf_sv(&text), is_chosen ? ROLE_CHOSEN : ROLE_TEXT);
    buf_release(&text);
}

void claim_list_draw(struct claim_list *list, struct app *app, struct grid *grid, struct rect rect)
{
    int tall = rect.cols >= ONE_ROW_COLS ? 1 : 2;

    grid_fill(grid, rect, " ", ROLE_TEXT);
    if (rect.rows < 1 || rect.cols < 8)
        return;
    look(list, app);
    list->page = rect.rows > tall ? (size_t)((rect.rows - 1) / tall) : 1;
    if (list->at < list->top)
        list->top = list->at;
    if (list->at >= list->top + list->page)
        list->top = list->at - list->page + 1;
    draw_title(list, app, grid, rect);
    for (size_t i = 0; i < list->page && list->top + i < list->count; i++)
        draw_claim(app, grid,
                   (struct rect){ rect.row + 1 + (int)i * tall, rect.col, tall, rect.cols },
                   &list->rows[list->top + i], list->top + i == list->at);
    if (!list->count)
        wrapped_draw(grid,
                     (struct rect){ rect.row + 1, rect.col + 1, rect.rows - 1, rect.cols - 1 },
                     list->filter.len ? SV("no claim matches the filter; f changes it")
                                      : SV("no claims yet; c in the text marks one"),
                     ROLE_LABEL);
}

bool claim_list_command(struct claim_list *list, struct app *app, enum command_id id, int count)
{
    size_t at;

    look(list, app);
    at = list->at;
    if (row_move(id, count, list->page, &at)) {
        choose(list, app, at);
        return true;
    }
    if (id == COMMAND_LIST_SORT) {
        list->sort = (enum sort)((list->sort + 1) % SORT__N);
        list->reading = NULL;
        app_say(app, ROLE_MESSAGE, "sorted by %s", sort_names[list->sort]);
        return true;
    }
    if (id != COMMAND_LIST_GO)
        return false;
    if (list->count)
        subject_focus(app, list->rows[list->at].reading, list->rows[list->at].claim);
    return true;
}

// Say which value of the filter nothing can have, and what may be meant.
static bool say_doubts(const struct claim_list *list, struct app *app)
{
    struct findings doubts = { 0 };
    bool any;

    query_check(list->query, session_registry(app->session), session_scheme(app->session), &doubts);
    any = doubts.count > 0;
    if (any)
        app_say(app, ROLE_WARNING, "%zu of %zu %s: %s", list->count, list->total,
                list->total == 1 ? "claim matches" : "claims match",
                buf_cstr(&doubts.items[0].err.text));
    findings_release(&doubts);
    return any;
}

bool claim_list_set_filter(struct claim_list *list, struct app *app, struct sv query,
                           struct err *err)
{
    struct query *parsed = NULL;

    query = sv_trim(query);
    if (query.len && !session_query(app->session, query, &parsed, err))
        return false;
    query_free(list->query);
    list->query = parsed;
    buf_clear(&list->filter);
    buf_add(&list->filter, query);
    list->reading = NULL;
    look(list, app);
    if (say_doubts(list, app))
        return true;
    if (query.len)
        app_say(app, ROLE_MESSAGE, "%zu of %zu %s; f <C-u> <Enter> shows all", list->count,
                list->total, list->total == 1 ? "claim matches" : "claims match");
    else
        app_say(app, ROLE_MESSAGE, "all %zu claims", list->count);
    return true;
}

void claim_list_follow(struct claim_list *list, struct app *app)
{
    const struct claim *claim = app_view(app)->reading ? view_claim(app_view(app)) : NULL;

    if (!claim || sv_eq(claim->id, buf_sv(&list->chosen)))
        return;
    buf_clear(&list->chosen);
    buf_add(&list->chosen, claim->id);
    look(list, app);
    find_chosen(list);
}

void claim_list_choose(struct claim_list *list, struct app *app, struct sv claim)
{
    buf_clear(&list->chosen);
    buf_add(&list->chosen, claim);
    look(list, app);
    find_chosen(list);
}

bool claim_list_click(struct claim_list *list, struct app *app, int cols, int row)
{
    size_t at = list->top + (size_t)row / (cols >= ONE_ROW_COLS ? 1 : 2);

    look(list, app);
    if (at >= list->count)
        return false;
    choose(list, app, at);
    return true;
}

struct sv claim_list_filter(const struct claim_list *list)
{
    return buf_sv(&list->filter);
}

const struct claim *claim_list_current(struct claim_list *list, struct app *app,
                                       struct reading **reading)
{
    look(list, app);
    if (!list->count)
        return NULL;
    *reading = list->rows[list->at].reading;
    return list->rows[list->at].claim;
}
