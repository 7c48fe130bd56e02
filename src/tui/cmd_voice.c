// Commands of the question "to whom is it attributed": source, then act, then cue; and contesting.
// Makes no record before source and act are answered; <Esc> until then goes one answer back.
#include "tui/app.h"

#include <string.h>

#include "session/verbs.h"
#include "tui/choice.h"
#include "tui/source_pick.h"
#include "tui/source_sheet.h"
#include "tui/subject.h"

// What is known of the new voice so far; handed from dialog to dialog.
struct attribution {
    struct reading *reading;
    struct buf claim, name, source, act; // name: words selected; empty: none
    bool is_inside;                      // inside the claim's last voice
    struct byte_span proposal;           // the cue proposed; empty: none
};

static void attribution_free(void *ctx)
{
    struct attribution *new = ctx;

    buf_release(&new->claim);
    buf_release(&new->name);
    buf_release(&new->source);
    buf_release(&new->act);
    mem_free(new);
}

static const struct claim *claim_of(const struct attribution *new)
{
    return layer_claim(&new->reading->file.layer, buf_sv(&new->claim));
}

static void not_attributed(struct app *app, void *ctx)
{
    app_say(app, ROLE_MESSAGE, "not attributed");
    attribution_free(ctx);
}

static void say_chain(struct app *app, const struct reading *reading, const struct claim *claim)
{
    struct buf chain = { 0 };

    verbs_chain(app->session, reading, claim, &chain);
    app_say(app, ROLE_MESSAGE, "attributed: %s", buf_cstr(&chain));
    buf_release(&chain);
}

// Where the last voice stands: its index in the list, then its depth.
static bool last_voice(const struct claim *claim, size_t at[2])
{
    const struct voice *voice;

    if (!claim->attributed_to.count)
        return false;
    at[0] = claim->attributed_to.count - 1;
    at[1] = 0;
    for (voice = claim->attributed_to.items[at[0]]; voice->citing; voice = voice->citing)
        at[1]++;
    return true;
}

static void attribute(struct app *app, struct attribution *new, struct byte_span cue)
{
    const struct claim *claim = claim_of(new);
    struct new_voice voice = { .source = buf_sv(&new->source), .cue = cue };
    struct err err = { 0 };
    size_t inside[2];
    bool is_inside;

    if (!claim) {
        app_say(app, ROLE_WARNING, "%s is gone", buf_cstr(&new->claim));
    } else {
        if (new->act.len)
            voice.act = buf_sv(&new->act);
        is_inside = new->is_inside &&last_voice(claim, inside);
        if (verb_attribute(app->session, new->reading, claim->id, &voice, is_inside ? inside : NULL,
                           &err))
            say_chain(app, new->reading, claim_of(new));
        else
            app_say_err(app, &err);
    }
    attribution_free(new);
}

// ---- third answer: the cue

static bool cue_picked(struct app *app, void *ctx)
{
    struct attribution *new = ctx;
    struct view *view = app_view(app);
    struct byte_span cue = new->proposal;

    if (view->reading != new->reading) {
        app_say(app, ROLE_WARNING, "the words must stand in the claim's article; <Tab> goes there");
        return false;
    }
    view_selection(view, &cue); // else the proposal; else none
    view_unselect(view);
    attribute(app, new, cue);
    return true;
}

// Another command came instead of the cue: the voice is made without one.
static void cue_dropped(struct app *app, void *ctx)
{
    attribute(app, ctx, (struct byte_span){ 0 });
}

static void no_cue(struct app *app, void *ctx)
{
    view_unselect(app_view(app));
    cue_dropped(app, ctx);
}

// In few words where there is little room.
static const char *cue_prompt(const struct app *app, bool is_proposed)
{
    if (app->cols < 66)
        return is_proposed ? "cue: <Enter> as shown  <Esc> none" : "cue: select it, <Enter>";
    return is_proposed ? "cue: <Enter> takes the words shown, or select others; <Esc> none"
                       : "cue: select its words and <Enter>; <Enter> alone: none";
}

static void ask_cue(struct app *app, struct attribution *new)
{
    app_choose(app, (struct choosing){
                        .prompt = cue_prompt(app, !byte_span_is_empty(new->proposal)),
                        .picked = cue_picked,
                        .cancelled = no_cue,
                        .dropped = cue_dropped,
                        .free = attribution_free,
                        .ctx = new,
                        .proposal = new->proposal,
                    });
}

// ---- second answer: the act

static void act_chosen(struct app *app, void *ctx, struct sv act, bool is_toggled)
{
    struct attribution *new = ctx;

    (void)is_toggled;
    buf_add(&new->act, act);
    ask_cue(app, new);
}

// The cue grown over the source's name when that stands in the same clause: "local media said".
static struct byte_span with_name(const struct article *article, struct byte_span cue,
                                  struct byte_span claim, struct sv name)
{
    struct byte_span clause, grown = cue;
    size_t at;

    if (byte_span_is_empty(cue) || !name.len || !unit_at(article, UNIT_CLAUSE, cue.beg, &clause))
        return cue;
    at = sv_find(article_sub(article, clause), name, 0);
    if (at == SIZE_MAX)
        return cue;
    at += clause.beg;
    grown.beg = at < cue.beg ? at : cue.beg;
    grown.end = at + name.len > cue.end ? at + name.len : cue.end;
    return byte_spans_overlap(grown, claim) && !byte_spans_overlap(cue, claim) ? cue : grown;
}

static void propose_cue(struct app *app, struct attribution *new, const struct claim *claim,
                        struct sv *act)
{
    const struct source *source =
        registry_find(session_registry(app->session), buf_sv(&new->source));
    const struct article *article = new->reading->article;
    struct byte_span extent = subject_extent(new->reading, claim), grown;
    struct proposed_voice proposed;

    if (!verbs_propose_voice(app->session, new->reading, extent, &proposed))
        return;
    *act = proposed.act;
    grown = source ? with_name(article, proposed.cue, extent, source->name) : proposed.cue;
    for (size_t i = 0; source && i < source->aliases.count; i++) {
        if (grown.beg != proposed.cue.beg || grown.end != proposed.cue.end)
            break;
        grown = with_name(article, proposed.cue, extent, source->aliases.items[i]);
    }
    new->proposal = grown;
}

static void ask_source(struct app *app, struct attribution *new);

static void back_to_source(struct app *app, void *ctx)
{
    ask_source(app, ctx);
}

static void source_chosen(struct app *app, void *ctx, struct sv source)
{
    struct attribution *new = ctx;
    const struct claim *claim = claim_of(new);
    struct buf label = { 0 };
    struct sv act = { 0 };

    if (!claim) {
        not_attributed(app, new);
        return;
    }
    buf_clear(&new->source);
    buf_add(&new->source, source);
    new->proposal = (struct byte_span){ 0 };
    propose_cue(app, new, claim, &act);
    buf_addf(&label, "what " SV_FMT " does with it  <Enter> %s",
             SV_ARG(registry_name(session_registry(app->session), source)),
             sv_is_absent(act) ? "leaves it open" : "takes the proposal");
    choice_open(app, &(struct choice){ .label = buf_cstr(&label),
                                       .vocab = VOCAB_ACT,
                                       .initial = act,
                                       .is_step = true,
                                       .done = act_chosen,
                                       .cancelled = back_to_source,
                                       .free = attribution_free,
                                       .ctx = new });
    buf_release(&label);
}

// ---- first answer: the source

// The claim, and the name of a source when words are selected. The name often stands outside the
// claim: then the nearest claim is meant.
static bool find_subject(struct app *app, struct subject *on, struct buf *name)
{
    struct view *view = app_view(app);
    struct byte_span span;

    if (app->focus == PANE_LIST || !view->reading || !view_selection(view, &span))
        return subject_claim(app, on);
    on->reading = view->reading;
    on->claim = subject_nearest(app, view, span);
    if (!on->claim) {
        app_say(app, ROLE_WARNING, "no claim here to attribute; c marks the selection as one");
        return false;
    }
    buf_add(name, article_sub(view->reading->article, span));
    return true;
}

// The words that a proposal rests on, as they stand in the text: "here: “Dar condemned”".
static void add_reason(const struct article *article, const struct proposed_voice *proposed,
                       struct buf *out)
{
    const size_t most = 60; // bytes of one stretch; else the cue alone
    struct byte_span words = proposed->cue;

    if (!byte_span_is_empty(proposed->name)) {
        size_t beg = proposed->name.beg < words.beg ? proposed->name.beg : words.beg;
        size_t end = proposed->name.end > words.end ? proposed->name.end : words.end;

        if (end - beg <= most)
            words = (struct byte_span){ beg, end };
    }
    buf_addf(out, "here: “" SV_FMT "”", SV_ARG(article_sub(article, words)));
}

// A source chosen before is offered first.
static void ask_source(struct app *app, struct attribution *new)
{
    const struct claim *claim = claim_of(new);
    struct proposed_voice proposed = { .is_nameless = true };
    struct source_pick pick = { .label = new->is_inside ? "whom do they cite" : "who says it",
                                .reading = new->reading,
                                .claim = buf_sv(&new->claim),
                                .done = source_chosen,
                                .cancelled = not_attributed,
                                .free = attribution_free,
                                .ctx = new };
    struct buf why = { 0 };

    if (!claim) {
        not_attributed(app, new);
        return;
    }
    if (!new->is_inside && !new->name.len &&
        verbs_propose_voice(app->session, new->reading, subject_extent(new->reading, claim),
                            &proposed))
        add_reason(new->reading->article, &proposed, &why);
    pick.first = proposed.source;
    if (!proposed.is_nameless && sv_is_absent(proposed.source))
        pick.fresh = article_sub(new->reading->article, proposed.name);
    if (new->name.len)
        pick.name = buf_sv(&new->name);
    if (new->source.len && !sv_eq(buf_sv(&new->source), proposed.source)) {
        pick.first = buf_sv(&new->source);
        buf_clear(&why);
    }
    pick.why = why.len ? buf_cstr(&why) : NULL;
    source_pick_open(app, &pick);
    buf_release(&why);
}

static void attribute_subject(struct app *app, bool is_inside)
{
    struct attribution *new;
    struct buf name = { 0 };
    struct subject on;

    if (!find_subject(app, &on, &name)) {
        buf_release(&name);
        return;
    }
    if (app->focus == PANE_LIST || name.len)
        subject_focus(app, on.reading, on.claim);
    new = mem_new(sizeof(*new));
    new->reading = on.reading;
    new->is_inside = is_inside;
    new->name = name;
    buf_add(&new->claim, on.claim->id);
    ask_source(app, new);
}

static void repeat_voice(struct app *app)
{
    struct subject on;
    struct err err = { 0 };
    struct sv id;

    if (!subject_claim(app, &on))
        return;
    id = on.claim->id;
    if (verb_repeat_voice(app->session, on.reading, id, &err))
        say_chain(app, on.reading, layer_claim(&on.reading->file.layer, id));
    else
        app_say_err(app, &err);
}

static void contest(struct app *app)
{
    struct subject on;
    struct err err = { 0 };
    bool was_contested;

    if (!subject_claim(app, &on))
        return;
    was_contested = on.claim->contested != NULL;
    subject_report(app, verb_contest(app->session, on.reading, on.claim->id, &err), &err,
                   was_contested ? "not contested any more" : "contested");
}

// ---- the registry

static void name_chosen(struct app *app, void *ctx, struct sv source)
{
    (void)ctx;
    view_unselect(app_view(app));
    app_say(app, ROLE_MESSAGE, "a name of " SV_FMT, SV_ARG(source));
}

// The words selected, or the word under the cursor, become a name of the source that is chosen.
static void name_of(struct app *app)
{
    struct byte_span span;
    struct sv words;

    if (!subject_passage(app, UNIT_WORD, &span))
        return;
    words = sv_trim(article_sub(app_view(app)->reading->article, span));
    if (memchr(words.ptr, '\n', words.len)) {
        app_say(app, ROLE_WARNING, "a name must stand on one line of the text");
        return;
    }
    source_pick_open(app, &(struct source_pick){
                              .label = "whose name is this", .name = words, .done = name_chosen });
}

bool cmd_voice(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)count, (void)arg, (void)line;
    if (id == COMMAND_CONTEST)
        contest(app);
    else if (id == COMMAND_ATTRIBUTE || id == COMMAND_ATTRIBUTE_IN)
        attribute_subject(app, id == COMMAND_ATTRIBUTE_IN);
    else if (id == COMMAND_REPEAT_VOICE)
        repeat_voice(app);
    else if (id == COMMAND_NAME_OF)
        name_of(app);
    else if (id == COMMAND_SOURCES)
        source_sheet_open(app);
    else
        return false;
    return true;
}
