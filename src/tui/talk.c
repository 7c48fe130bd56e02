// Threads of comments on the screen: their rows, and the way to the texts.
// Never changes a layer: what is said is talk_say.c's.
#include "tui/talk_box.h"

#include "model/name.h"
#include "tui/subject.h"

static struct talk_box *box_of(struct sheet *sheet)
{
    return (struct talk_box *)sheet;
}

const struct talk_row *talk_row_of(struct sheet *sheet)
{
    return sheet->count ? &box_of(sheet)->rows[sheet->at] : NULL;
}

size_t talk_open_on(struct app *app, const struct reading *reading, const void *rec)
{
    const struct threads *threads = session_threads(app->session);

    if (!threads->count)
        return 0;
    return threads_open_on(
        threads, reading->id,
        (struct comment_ref){ session_annotator(app->session), ((const struct record *)rec)->id });
}

// ---- rows

static void add_row(struct talk_box *box, struct talk_row row)
{
    MEM_GROW(box->rows, box->sheet.count, box->cap);
    box->rows[box->sheet.count++] = row;
}

static void add_thread(struct talk_box *box, struct talk_row row, const struct thread *thread)
{
    row.thread = thread;
    for (size_t i = 0; i < thread->count; i++) {
        row.said = &thread->items[i];
        add_row(box, row);
    }
}

static void count_thread(struct talk_box *box, const struct thread *thread)
{
    box->open += thread->is_open;
    box->total++;
}

static bool overlaps(struct rec_list parts, struct cp_span span)
{
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];

        if (part->at.beg < span.end && span.beg < part->at.end)
            return true;
    }
    return false;
}

// A record with all that was said of it.
static void add_record(struct talk_box *box, struct app *app, struct reading *reading,
                       const struct layer *layer, enum section section, const void *rec)
{
    struct talk_row row = { .reading = reading,
                            .about = { layer->head.annotator, ((const struct record *)rec)->id },
                            .layer = layer,
                            .section = section,
                            .rec = rec };
    const struct threads *threads = session_threads(app->session);
    const struct thread *thread;

    add_row(box, row);
    for (size_t i = 0; (thread = threads_on(threads, reading->id, row.about, i)); i++) {
        count_thread(box, thread);
        add_thread(box, row, thread);
    }
}

static void add_layer(struct talk_box *box, struct app *app, struct reading *reading,
                      const struct layer *layer)
{
    static const enum section sections[] = { SECTION_CLAIMS, SECTION_NOTES };
    const void *link = layer_find(layer, SECTION_LINKS, buf_sv(&box->link));

    if (link)
        add_record(box, app, reading, layer, SECTION_LINKS, link);
    for (size_t s = 0; s < ARRAY_LEN(sections); s++)
        for (size_t i = 0; i < layer->sections[sections[s]].count; i++) {
            const void *rec = layer->sections[sections[s]].items[i];

            if (overlaps(record_parts(sections[s], rec), box->span))
                add_record(box, app, reading, layer, sections[s], rec);
        }
}

static void fill_here(struct talk_box *box, struct app *app)
{
    struct reading *reading = session_find(app->session, buf_sv(&box->here));
    const struct layer *const *peers;
    size_t count = reading ? session_peers(app->session, reading, &peers) : 0;

    if (reading)
        add_layer(box, app, reading, &reading->file.layer);
    for (size_t i = 0; i < count; i++)
        add_layer(box, app, reading, peers[i]);
}

// Does the filter's word stand in what was said, or in a name?
static bool passes(const struct talk_box *box, const struct thread *thread)
{
    struct arena arena = { 0 };
    struct sv wanted = name_fold(&arena, buf_sv(&box->sheet.filter));
    bool found =
        !wanted.len || sv_find(name_fold(&arena, thread->about.annotator), wanted, 0) != SIZE_MAX;

    for (size_t i = 0; i < thread->count && !found; i++)
        found = sv_find(name_fold(&arena, thread->items[i].comment->text), wanted, 0) != SIZE_MAX ||
                sv_find(name_fold(&arena, thread->items[i].layer->head.annotator), wanted, 0) !=
                    SIZE_MAX;
    arena_release(&arena);
    return found;
}

static bool is_of_event(const struct talk_box *box, struct sv article)
{
    return box->sheet.reading &&
           sv_eq(article_event(article), article_event(box->sheet.reading->id));
}

static void fill_all(struct talk_box *box, struct app *app)
{
    const struct threads *threads;
    const struct layer *const *peers;
    struct reading *reading;

    for (size_t i = 0; (reading = session_reading(app->session, i)); i++)
        if (is_of_event(box, reading->id))
            (void)session_peers(app->session, reading, &peers); // their records are wanted too
    threads = session_threads(app->session);
    for (size_t i = 0; i < threads->count; i++) {
        const struct thread *thread = &threads->items[i];
        struct talk_row row = { .reading = session_find(app->session, thread->article),
                                .about = thread->about,
                                .layer = thread->layer,
                                .section = thread->section,
                                .rec = thread->rec,
                                .thread = thread };

        if (!is_of_event(box, thread->article) || !passes(box, thread))
            continue;
        count_thread(box, thread);
        if (!thread->is_open && !box->is_all)
            continue;
        add_row(box, row);
        add_thread(box, row, thread);
    }
}

static void key(const struct sheet *sheet, size_t at, struct buf *out)
{
    const struct talk_row *row = &((const struct talk_box *)sheet)->rows[at];

    buf_addf(out, SV_FMT "/" SV_FMT " ", SV_ARG(row->about.annotator), SV_ARG(row->about.id));
    if (row->said)
        buf_add(out, row->said->comment->id);
    else if (row->thread)
        buf_addf(out, "of " SV_FMT, SV_ARG(row->thread->items[0].comment->id));
}

// A list just opened begins where something is to be answered: the last word of the first open
// thread.
static void choose_first(struct talk_box *box)
{
    struct sheet *sheet = &box->sheet;
    size_t at = 0;

    for (size_t i = 0; i < sheet->count && !at; i++)
        if (box->rows[i].said && box->rows[i].thread->is_open)
            at = i;
    while (at && at + 1 < sheet->count && box->rows[at + 1].thread == box->rows[at].thread)
        at++;
    buf_clear(&sheet->chosen);
    buf_clear(&sheet->gone);
    sheet->at = at;
    if (at < sheet->count)
        key(sheet, at, &sheet->chosen);
    box->is_fresh = false;
}

static void fill(struct sheet *sheet, struct app *app)
{
    struct talk_box *box = box_of(sheet);

    box->open = box->total = 0;
    if (box->is_here)
        fill_here(box, app);
    else
        fill_all(box, app);
    if (box->is_fresh)
        choose_first(box);
    sheet->version = session_version(app->session); // others' layers may have been read in just now
}

static void title(struct sheet *sheet, struct app *app, struct buf *out)
{
    const struct talk_box *box = box_of(sheet);
    struct sv article = box->is_here ? buf_sv(&box->here) : sheet->reading->id;

    buf_addf(out, "threads  %zu open of %zu  ", box->open, box->total);
    buf_add(out, box->is_here ? article_name(article) : article_event(article));
    if (box->is_here)
        buf_add_cstr(out, "  here");
    else if (!box->is_all)
        buf_add_cstr(out, "  open ones");
    if (session_is_blind(app->session, sheet->reading))
        buf_add_cstr(out, "  yours alone until you have finished");
    if (box->sheet.filter.len)
        buf_addf(out, "  f: %s", buf_cstr(&box->sheet.filter));
}

static void detail(struct sheet *sheet, struct app *app, size_t at, struct buf *out)
{
    const struct talk_row *row = &box_of(sheet)->rows[at];

    buf_addf(out, SV_FMT "/" SV_FMT, SV_ARG(row->about.annotator), SV_ARG(row->about.id));
    if (session_as_of(app->session))
        return;
    if (!row->thread)
        buf_add_cstr(out, ": T begins a thread");
    else if (row->said)
        buf_addf(out, ": T answers, R %s", row->thread->is_open ? "resolves" : "opens it again");
    else
        buf_addf(out, ": T begins another thread");
}

// ---- commands

// A comment of one's own is edited and deleted as any record; what the others said is not.
static struct sheet_subject subject(struct sheet *sheet, struct app *app, size_t at)
{
    const struct talk_row *row = &box_of(sheet)->rows[at];

    (void)app;
    if (!row->said || !row->reading || row->said->layer != &row->reading->file.layer)
        return (struct sheet_subject){ 0 };
    return (struct sheet_subject){ .reading = row->reading,
                                   .section = SECTION_COMMENTS,
                                   .rec = row->said->comment,
                                   .key = "text" };
}

// Where the record stands in the text now; empty: nowhere.
static struct byte_span place_of(const struct talk_row *row)
{
    const struct layer *layer = row->layer;
    const void *rec = row->rec;
    enum section section = row->section;
    const struct part *part;
    struct cp_span found;

    if (rec && section == SECTION_LINKS) {
        rec = layer_claim(layer, ((const struct link *)rec)->from);
        section = SECTION_CLAIMS;
    }
    if (!rec || !record_parts(section, rec).count)
        return (struct byte_span){ 0 };
    part = record_parts(section, rec).items[0];
    if (anchors_find(row->reading->anchors,
                     &(struct quoted){ .at = part->at,
                                       .quote = part->quote,
                                       .before = part->before,
                                       .after = part->after },
                     &found) == ANCHOR_LOST)
        return (struct byte_span){ 0 };
    return article_to_bytes(row->reading->article, found);
}

static bool go(struct sheet *sheet, struct app *app, size_t at)
{
    const struct talk_row *row = &box_of(sheet)->rows[at];
    struct byte_span span = row->reading ? place_of(row) : (struct byte_span){ 0 };

    if (byte_span_is_empty(span)) {
        app_say(app, ROLE_WARNING, "its words are not in the text");
        return false;
    }
    subject_focus(app, row->reading, NULL);
    view_jump(app_view(app), span.beg);
    if (row->layer != &row->reading->file.layer)
        view_select(app_view(app), span); // of another: nothing else shows where it is
    app_say(app, ROLE_MESSAGE, "q goes back to the threads");
    return true;
}

static void filter(struct sheet *sheet, struct app *app)
{
    if (box_of(sheet)->is_here)
        app_say(app, ROLE_MESSAGE, "gt lists all threads; f filters them");
    else
        sheet_ask_filter(sheet, app, "threads with: ");
}

static bool command(struct sheet *sheet, struct app *app, enum command_id id)
{
    struct talk_box *box = box_of(sheet);

    if (id == COMMAND_TALK) {
        talk_say(sheet, app);
    } else if (id == COMMAND_RESOLVE) {
        talk_resolve(sheet, app);
    } else if (id == COMMAND_MATRIX && !box->is_here) {
        box->is_all = !box->is_all;
        sheet_stale(sheet);
    } else if (id == COMMAND_THREADS && box->is_here) {
        return talk_command(app, id); // from those here to all
    } else {
        return false;
    }
    return true;
}

static const char *word(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct talk_box *box = box_of(sheet);
    const struct talk_row *row = talk_row_of(sheet);
    bool is_writable = row && row->reading && row->reading->is_writable;

    (void)app;
    if (id == COMMAND_TALK)
        return !is_writable ? "" : row->said ? "answer" : "say";
    if (id == COMMAND_RESOLVE)
        return !is_writable || !row->thread ? "" : row->thread->is_open ? "settle" : "open again";
    if (id == COMMAND_MATRIX)
        return box->is_here ? "" : box->is_all ? "open ones" : "settled too";
    if (id == COMMAND_ROW_FILTER && box->is_here)
        return "";
    return NULL;
}

static void box_free(struct sheet *sheet)
{
    struct talk_box *box = box_of(sheet);

    buf_release(&box->here);
    buf_release(&box->link);
    mem_free(box->rows);
}

static const struct sheet_ops ops = {
    .name = "threads",
    .own = COMMAND_THREADS,
    .size = sizeof(struct talk_box),
    .of_article = true,
    .empty = "no thread is open; m shows those that are resolved, T on a claim begins one",
    .fill = fill,
    .title = title,
    .lines = talk_lines,
    .draw = talk_draw,
    .detail = detail,
    .key = key,
    .subject = subject,
    .go = go,
    .filter = filter,
    .command = command,
    .word = word,
    .free = box_free,
};

static void open_box(struct app *app, const struct talk_box *wanted)
{
    struct reading *reading = app_view(app)->reading;
    struct sheet *sheet = sheet_open(app, &ops);
    struct talk_box *box;

    if (!reading)
        return;
    if (!sheet)
        sheet = sheet_on_top(app); // the one put aside
    box = box_of(sheet);
    box->is_fresh = box->is_here || wanted->is_here || sheet->reading != reading || !sheet->version;
    sheet->reading = reading;
    box->is_here = wanted->is_here;
    box->span = wanted->span;
    buf_clear(&box->here);
    buf_clear(&box->link);
    buf_add(&box->here, buf_sv(&wanted->here));
    buf_add(&box->link, buf_sv(&wanted->link));
    sheet_stale(sheet);
}

// What is talked about: the row's record in a list, else the claim or the words at the cursor.
static bool find_here(struct app *app, struct talk_box *out)
{
    struct sheet *top = sheet_on_top(app);
    struct sheet_subject subject = { 0 };
    struct subject claim;
    struct byte_span span = { 0 };
    struct reading *reading = NULL;

    if (top)
        subject = sheet_chosen(top, app);
    if (subject.reading && subject.rec && subject.section == SECTION_LINKS) {
        const struct link *link = subject.rec;

        reading = subject.reading;
        buf_add(&out->link, link->id);
        span = subject_extent(reading, layer_claim(&reading->file.layer, link->from));
    } else if (subject.reading && subject.rec) {
        reading = subject.reading;
        span = subject_extent(reading, subject.rec);
    } else if (app->focus == PANE_LIST && app->list) {
        if (!subject_claim(app, &claim))
            return false;
        reading = claim.reading;
        span = subject_extent(reading, claim.claim);
    } else if (app_view(app)->reading) {
        const struct claim *current = view_claim(app_view(app));

        reading = app_view(app)->reading;
        if (!view_selection(app_view(app), &span) && current)
            span = subject_extent(reading, current);
        if (byte_span_is_empty(span) && !subject_passage(app, UNIT_CLAUSE, &span))
            return false;
    }
    if (!reading || byte_span_is_empty(span))
        return false;
    buf_add(&out->here, reading->id);
    out->span = article_to_cp(reading->article, span);
    return true;
}

bool talk_command(struct app *app, enum command_id id)
{
    struct talk_box wanted = { .is_here = id == COMMAND_TALK };

    if (id != COMMAND_TALK && id != COMMAND_THREADS)
        return false;
    if (!wanted.is_here || find_here(app, &wanted))
        open_box(app, &wanted);
    else if (!app->message.len)
        app_say(app, ROLE_WARNING, "nothing here to say something about");
    buf_release(&wanted.here);
    buf_release(&wanted.link);
    return true;
}
