// Mending the record of a row from the list: its form, single fields by a letter or a line, its
// links. Never keeps a pointer to a record from one key to the next: each looks at the chosen row
// anew.
#include "tui/sheet.h"

#include "session/why.h"
#include "tui/choice.h"
#include "tui/form.h"
#include "tui/prompt.h"
#include "tui/subject.h"

struct sheet_subject sheet_chosen(struct sheet *sheet, struct app *app)
{
    if (!sheet->count || !sheet->ops->subject)
        return (struct sheet_subject){ 0 };
    return sheet->ops->subject(sheet, app, sheet->at);
}

// The subject of the chosen row. false, and says so, when there is none to work on.
static bool find_subject(struct sheet *sheet, struct app *app, struct sheet_subject *out)
{
    *out = sheet_chosen(sheet, app);
    if (out->reading)
        return true;
    app_say(app, ROLE_WARNING, "there is nothing to change in this row");
    return false;
}

static bool find_link(struct sheet *sheet, struct app *app, struct sheet_subject *out)
{
    *out = sheet_chosen(sheet, app);
    if (out->reading && out->rec && out->section == SECTION_LINKS)
        return true;
    app_say(app, ROLE_WARNING, "this row has no link; x on a claim makes one");
    return false;
}

static struct sv id_of(const struct sheet_subject *subject)
{
    return ((const struct record *)subject->rec)->id;
}

// The texts go to the row, so that a dialog has it in sight above itself.
static void show_row(struct sheet *sheet, struct app *app)
{
    if (sheet->ops->go(sheet, app, sheet->at))
        buf_clear(&app->message);
}

// ---- fields

static void set_field(struct app *app, const struct sheet_subject *subject, const char *key,
                      struct sv text)
{
    struct err err = { 0 };

    if (!verb_set_field(app->session, subject->reading, subject->section, id_of(subject), key, text,
                        &err))
        app_say_err(app, &err);
    else if (sv_is_blank(text))
        app_say(app, ROLE_MESSAGE, "took out %s; u brings it back", key);
    else
        app_say(app, ROLE_MESSAGE, "%s: " SV_FMT, key, SV_ARG(text));
}

static void link_field_set(struct app *app, const char *key, struct sv text)
{
    struct sheet *sheet = sheet_on_top(app);
    struct sheet_subject subject;

    if (sheet && find_link(sheet, app, &subject))
        set_field(app, &subject, key, text);
}

static void type_chosen(struct app *app, void *ctx, struct sv value, bool is_toggled)
{
    (void)ctx, (void)is_toggled;
    if (value.len)
        link_field_set(app, "type", value);
}

static void point_chosen(struct app *app, void *ctx, struct sv value, bool is_toggled)
{
    (void)ctx, (void)is_toggled;
    link_field_set(app, "point", value);
}

static void not_chosen(struct app *app, void *ctx)
{
    (void)app, (void)ctx;
}

static bool has_one_end(const struct word *word)
{
    return word->one_end;
}

static bool has_two_ends(const struct word *word)
{
    return !word->one_end;
}

static void ask_word(struct sheet *sheet, struct app *app, bool is_type)
{
    struct sheet_subject subject;
    const struct link *link;
    const struct word *word;

    if (!find_link(sheet, app, &subject))
        return;
    link = subject.rec;
    word = scheme_find(session_scheme(app->session), VOCAB_LINK, link->type);
    show_row(sheet, app);
    choice_open(app, &(struct choice){
                         .label = is_type ? "which relation?" : "on which point?  <Enter> as it is",
                         .vocab = is_type ? VOCAB_LINK : VOCAB_POINT,
                         .initial = is_type ? link->type : link->point,
                         .skip = !is_type                ? NULL
                                 : word && word->one_end ? has_two_ends
                                                         : has_one_end,
                         .done = is_type ? type_chosen : point_chosen,
                         .cancelled = not_chosen,
                     });
}

// Strict or not; of a claim, contested or not.
static void toggle_mark(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;
    struct err err = { 0 };

    if (!find_subject(sheet, app, &subject))
        return;
    if (subject.rec && subject.section == SECTION_LINKS) {
        const struct link *link = subject.rec;

        set_field(app, &subject, "strict", link->strict ? SV("") : SV("true"));
    } else if (subject.rec && subject.section == SECTION_CLAIMS) {
        subject_report(app, verb_contest(app->session, subject.reading, id_of(&subject), &err),
                       &err, "contested or not: changed; u takes it back");
    } else {
        app_say(app, ROLE_WARNING, "this row has neither a link nor a claim");
    }
}

// The reason of a link, one proposed where it has none, or that of a claim's mark; what was
// searched for by an omits.
static const char *why_key(struct app *app, const struct sheet_subject *subject, struct buf *now)
{
    if (subject->rec && subject->section == SECTION_LINKS) {
        const struct link *link = subject->rec;
        const struct word *word = scheme_find(session_scheme(app->session), VOCAB_LINK, link->type);

        if (!word || !word->one_end) {
            if (sv_is_blank(link->why))
                why_propose_link(app->session, subject->reading, link, now);
            else
                buf_add(now, link->why);
            return "why";
        }
        for (size_t i = 0; i < link->searched.count; i++)
            buf_addf(now, "%s" SV_FMT, i ? ", " : "", SV_ARG(link->searched.items[i]));
        return "searched";
    }
    if (subject->rec && subject->section == SECTION_CLAIMS) {
        const struct claim *claim = subject->rec;

        if (claim->contested)
            buf_add(now, claim->contested->why);
        return "contested.why";
    }
    return NULL;
}

static void why_typed(struct app *app, struct sv text, bool ok)
{
    struct sheet *sheet = sheet_on_top(app);
    struct sheet_subject subject;
    struct buf now = { 0 };
    const char *key;

    if (!ok || !sheet || !find_subject(sheet, app, &subject))
        return;
    key = why_key(app, &subject, &now);
    if (key)
        set_field(app, &subject, key, sv_trim(text));
    buf_release(&now);
}

static void ask_why(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;
    struct buf now = { 0 };
    const char *key;

    if (!find_subject(sheet, app, &subject))
        return;
    key = why_key(app, &subject, &now);
    if (!key)
        app_say(app, ROLE_WARNING, "this row has neither a link nor a claim");
    else
        prompt_open(app, &(struct prompt){ .label = *key == 's' ? "searched: " : "why: ",
                                           .history = *key == 's' ? "searched" : "why",
                                           .initial = buf_sv(&now),
                                           .home = { .reading = subject.reading,
                                                     .section = subject.section,
                                                     .id = id_of(&subject),
                                                     .field = key },
                                           .done = why_typed });
    buf_release(&now);
}

// ---- records

static void turn(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;
    struct err err = { 0 };

    if (find_link(sheet, app, &subject))
        subject_report(app, verb_turn_link(app->session, subject.reading, id_of(&subject), &err),
                       &err, "turned round");
}

static void delete_record(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;
    struct err err = { 0 };

    if (!find_subject(sheet, app, &subject))
        return;
    if (!subject.rec)
        app_say(app, ROLE_WARNING, "there is no record here to delete; the text stays as it is");
    else
        subject_report(app, verb_delete(app->session, subject.reading, id_of(&subject), &err), &err,
                       "deleted; u brings it back");
}

static void open_form(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;
    struct buf id = { 0 };

    if (!find_subject(sheet, app, &subject))
        return;
    if (!subject.rec) {
        app_say(app, ROLE_MESSAGE, "no record yet; c marks the text as a claim, F as furniture");
        return;
    }
    buf_add(&id, id_of(&subject));
    show_row(sheet, app);
    form_open(app, subject.reading, subject.section, buf_sv(&id), subject.key);
    buf_release(&id);
}

// ---- text

static void mark_text(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;
    struct err err = { 0 };
    struct buf kept = { 0 };
    struct sv id;

    if (!find_subject(sheet, app, &subject))
        return;
    if (subject.rec || byte_span_is_empty(subject.span)) {
        app_say(app, ROLE_WARNING, "this row is no text; e opens the form of its record");
    } else if (!verb_mark(app->session, subject.reading, &subject.span, 1, &id, &err)) {
        app_say_err(app, &err);
    } else {
        buf_add(&kept, id);
        subject_show(app, subject.reading, layer_claim(&subject.reading->file.layer, id));
        form_open(app, subject.reading, SECTION_CLAIMS, buf_sv(&kept), "type");
    }
    buf_release(&kept);
}

static void mark_furniture(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;
    struct err err = { 0 };
    struct sv id;

    if (!find_subject(sheet, app, &subject))
        return;
    if (subject.rec || byte_span_is_empty(subject.span))
        app_say(app, ROLE_WARNING, "this row is no text");
    else
        subject_report(app, verb_furniture(app->session, subject.reading, subject.span, &id, &err),
                       &err, "furniture; u takes it back");
}

// ---- counterparts

static bool find_claim(struct sheet *sheet, struct app *app, struct sheet_subject *out)
{
    *out = sheet_chosen(sheet, app);
    if (out->reading && out->rec && out->section == SECTION_CLAIMS)
        return true;
    app_say(app, ROLE_WARNING, sheet->count ? "this row is no claim alone" : "the list is empty");
    return false;
}

// In the texts, since a place is to be chosen there; q comes back.
static void dispute(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;

    if (!find_claim(sheet, app, &subject))
        return;
    subject_focus(app, subject.reading, subject.rec);
    app_park(app);
    app_run(app, COMMAND_DISPUTE, 0, 0, (struct sv){ 0 });
}

// The other article is asked for, and told, as it is in the texts: the row's claim is the subject.
static void omit(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject;

    if (find_claim(sheet, app, &subject))
        cmd_link(app, COMMAND_OMITS, 0, 0, (struct sv){ 0 });
}

bool sheet_claim(struct app *app, struct reading **reading, const struct claim **claim)
{
    struct sheet *sheet = sheet_on_top(app);
    struct sheet_subject subject = { 0 };

    if (sheet)
        subject = sheet_chosen(sheet, app);
    if (!subject.reading || !subject.rec || subject.section != SECTION_CLAIMS)
        return false;
    *reading = subject.reading;
    *claim = subject.rec;
    return true;
}

static void ask_type(struct sheet *sheet, struct app *app)
{
    ask_word(sheet, app, true);
}

static void ask_point(struct sheet *sheet, struct app *app)
{
    ask_word(sheet, app, false);
}

// What a row is about, for the commands that mend it.
enum about { ABOUT_LINK = 1 << 0, ABOUT_CLAIM = 1 << 1, ABOUT_OTHER = 1 << 2, ABOUT_TEXT = 1 << 3 };

static const struct edit {
    enum command_id id;
    const char *word;
    unsigned about; // enum about: where it does something
    void (*run)(struct sheet *sheet, struct app *app);
} edits[] = {
    { COMMAND_ROW_EDIT, "form", ABOUT_LINK | ABOUT_CLAIM | ABOUT_OTHER, open_form },
    { COMMAND_ROW_TYPE, "relation", ABOUT_LINK, ask_type },
    { COMMAND_ROW_POINT, "point", ABOUT_LINK, ask_point },
    { COMMAND_ROW_STRICT, "strict", ABOUT_LINK | ABOUT_CLAIM, toggle_mark },
    { COMMAND_ROW_WHY, "why", ABOUT_LINK | ABOUT_CLAIM, ask_why },
    { COMMAND_ROW_TURN, "turn round", ABOUT_LINK, turn },
    { COMMAND_DELETE, "delete", ABOUT_LINK | ABOUT_CLAIM | ABOUT_OTHER, delete_record },
    { COMMAND_ROW_MARK, "mark", ABOUT_TEXT, mark_text },
    { COMMAND_FURNITURE, "furniture", ABOUT_TEXT, mark_furniture },
    { COMMAND_DISPUTE, "link", ABOUT_CLAIM, dispute },
    { COMMAND_OMITS, "omits", ABOUT_CLAIM, omit },
};

static const struct edit *find_edit(enum command_id id)
{
    for (size_t i = 0; i < ARRAY_LEN(edits); i++)
        if (edits[i].id == id)
            return &edits[i];
    return NULL;
}

// What the chosen row is about; 0: nothing that can be changed, or may be.
static unsigned about(struct sheet *sheet, struct app *app)
{
    struct sheet_subject subject = sheet_chosen(sheet, app);

    if (!subject.reading || !subject.reading->is_writable)
        return 0;
    if (!subject.rec)
        return byte_span_is_empty(subject.span) ? 0 : ABOUT_TEXT;
    return subject.section == SECTION_LINKS    ? ABOUT_LINK
           : subject.section == SECTION_CLAIMS ? ABOUT_CLAIM
                                               : ABOUT_OTHER;
}

const char *sheet_edit_word(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct edit *edit = find_edit(id);
    unsigned is_about = edit ? about(sheet, app) : 0;

    if (!edit || !(edit->about & is_about))
        return NULL;
    return id == COMMAND_ROW_STRICT && is_about == ABOUT_CLAIM ? "contest" : edit->word;
}

bool sheet_edit(struct sheet *sheet, struct app *app, enum command_id id)
{
    const struct edit *edit = find_edit(id);

    if (edit)
        edit->run(sheet, app);
    return edit;
}
