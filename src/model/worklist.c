// Work left: what the records lack, one rule a function. The text's part is in worklist_text.c.
// Never changes a record; what is wrong enough to be refused is for check.
#include "model/worklist.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "model/board.h"
#include "model/decision.h"
#include "model/name.h"
#include "model/worklist_inner.h"
#include "model/worklist_text.h"

static const struct {
    const char *name, *help;
} kinds[LEFT__N] = {
#define LEFT(id, name, help) { name, help },
#include "model/worklist.def"
#undef LEFT
};

static struct work_item *add(const struct work *work, enum work_kind kind, enum section section,
                             const void *rec, const char *key)
{
    struct worklist *out = work->out;
    struct cp_span at = { 0 };

    if (section == SECTION_LINKS) {
        const struct claim *from = layer_claim(work->in->layer, ((const struct link *)rec)->from);

        if (from)
            at = parts_extent(from->span);
    } else {
        at = parts_extent(record_parts(section, rec));
    }
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count] =
        (struct work_item){ .kind = kind, .section = section, .rec = rec, .key = key, .at = at };
    return &out->items[out->count++];
}

// The same with words; `name` stands between `before` and `after`.
static void tell(const struct work *work, struct work_item *item, const char *before,
                 struct sv name, const char *after)
{
    struct buf what = { 0 };

    buf_addf(&what, "%s" SV_FMT "%s", before, SV_ARG(name), after);
    item->what = sv_copy(&work->out->arena, buf_sv(&what));
    buf_release(&what);
}

static void add_claim(const struct work *work, enum work_kind kind, const struct claim *claim,
                      const char *key, const char *what)
{
    tell(work, add(work, kind, SECTION_CLAIMS, claim, key), what, (struct sv){ 0 }, "");
}

// ---- quotes

// Where the quote stands, or should; the item when it is not where it was.
static struct cp_span find_anchor(const struct work *work, enum section section, const void *rec,
                                  const struct quoted *quoted)
{
    static const char *const states[] = {
        [ANCHOR_MOVED] = "it has moved; no position was changed",
        [ANCHOR_DOUBT] = "its words, or those around them, changed; or it stands twice",
        [ANCHOR_LOST] = "it stands nowhere in the text",
    };
    struct cp_span found = quoted->at;
    enum anchor anchor = anchors_find(work->anchors, quoted, &found);
    struct work_item *item;

    if (anchor == ANCHOR_HERE)
        return found;
    item = add(work, LEFT_ANCHOR, section, rec, NULL);
    item->at = anchor == ANCHOR_LOST ? (struct cp_span){ 0 } : found;
    tell(work, item, states[anchor], (struct sv){ 0 }, "");
    return found;
}

// Where the first part stands.
static struct cp_span find_part_anchors(const struct work *work, enum section section,
                                        const void *rec, struct rec_list parts)
{
    struct cp_span first = { 0 };

    for (size_t i = 0; work->anchors && i < parts.count; i++) {
        const struct part *part = parts.items[i];
        struct cp_span found = find_anchor(work, section, rec,
                                           &(struct quoted){ .at = part->at,
                                                             .quote = part->quote,
                                                             .before = part->before,
                                                             .after = part->after });

        if (i == 0)
            first = found;
    }
    return first;
}

// ---- claims

static void find_source(const struct work *work, const struct claim *claim, const char *key,
                        struct sv id)
{
    if (id.len && work->in->registry && !registry_find(work->in->registry, id))
        tell(work, add(work, LEFT_ID, SECTION_CLAIMS, claim, key), "no source '", id,
             "' in the registry");
}

static void find_voices(const struct work *work, const struct claim *claim, struct cp_span first)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        const struct voice *root = claim->attributed_to.items[i];

        for (const struct voice *v = root; v; v = v->citing) {
            find_source(work, claim, "attributed_to", v->source);
            if (v->cue && work->anchors)
                (void)find_anchor(work, SECTION_CLAIMS, claim,
                                  &(struct quoted){ .at = v->cue->at,
                                                    .quote = v->cue->quote,
                                                    .near = parts_extent(claim->span),
                                                    .near_now = first });
        }
        if (!root->cue)
            tell(work, add(work, LEFT_CUE, SECTION_CLAIMS, claim, "attributed_to"), "",
                 root->source.len ? root->source : SV("somebody"), " speaks without a cue");
    }
}

static void find_repeats(const struct work *work, const struct claim *claim)
{
    for (size_t i = 0; i < claim->repeats.count; i++) {
        struct sv id = claim->repeats.items[i];
        const struct claim *first = layer_claim(work->in->layer, id);

        if (!first)
            tell(work, add(work, LEFT_ID, SECTION_CLAIMS, claim, "repeats"), "repeats '", id,
                 "', which is no claim here");
        else if (!first->contested != !claim->contested)
            tell(work, add(work, LEFT_STATUS, SECTION_CLAIMS, claim, "contested"), "repeats '", id,
                 first->contested ? "', which is contested; this is not"
                                  : "', which is not contested; this is");
    }
}

// What claim says of itself on two fields.
static void find_status(const struct work *work, const struct claim *claim)
{
    bool is_owned = sv_eq(claim->author_stance, SV("owns"));

    if (is_owned && claim->attributed_to.count)
        add_claim(work, LEFT_STATUS, claim, "author_stance",
                  "the author owns it, and yet somebody else says it");
    if (claim->author_stance.len && !is_owned && !claim->attributed_to.count)
        tell(work, add(work, LEFT_STATUS, SECTION_CLAIMS, claim, "author_stance"), "the author ",
             claim->author_stance, ", but no voice says it");
    if (sv_eq(claim->certainty, SV("certain")) &&
        (sv_eq(claim->form, SV("question")) || sv_eq(claim->type, SV("question"))))
        add_claim(work, LEFT_STATUS, claim, "certainty", "a question, and yet certain");
}

static bool is_of(const struct worklist_input *in, const struct link *link, bool disputes)
{
    static const char *const agrees[] = { "corroborates", "repeats" };
    const struct word *type = scheme_find(in->scheme, VOCAB_LINK, link->type);

    if (disputes)
        return type && type->disputes;
    return sv_eq_cstr(link->type, agrees[0]) || sv_eq_cstr(link->type, agrees[1]);
}

// Links that say opposite things of one pair; whether any disputes, or leads to another article.
static void find_by_links(const struct work *work, const struct claim *claim)
{
    const struct worklist_input *in = work->in;
    bool is_disputed = false, is_across = false;
    size_t count;
    const struct end *ends = derive_ends(in->derived, in->layer, claim, &count);

    for (size_t i = 0; i < count; i++) {
        is_across |= !sv_eq(ends[i].other_article, in->layer->head.article);
        if (!is_of(in, ends[i].link, true))
            continue;
        is_disputed = true;
        for (size_t j = 0; ends[i].is_from && ends[i].other && j < count; j++)
            if (ends[j].other == ends[i].other && is_of(in, ends[j].link, false))
                tell(work, add(work, LEFT_STATUS, SECTION_LINKS, ends[i].link, "type"),
                     "disputes what link '", ends[j].link->id, "' agrees with");
    }
    if (claim->contested && sv_is_blank(claim->contested->why) && !is_disputed)
        add_claim(work, LEFT_CONTESTED, claim, "contested", "no reason, and no link disputes it");
    if (in->has_other && !is_across && claim_has_weight(claim))
        add_claim(work, LEFT_COUNTERPART, claim, NULL,
                  "no counterpart, and no link says that there is none");
}

static void find_claim(const struct work *work, const struct claim *claim)
{
    if (decision_is_rejected(SECTION_CLAIMS, claim))
        return;
    find_voices(work, claim, find_part_anchors(work, SECTION_CLAIMS, claim, claim->span));
    for (size_t i = 0; claim->contested && i < claim->contested->by.count; i++)
        find_source(work, claim, "contested", claim->contested->by.items[i]);
    find_repeats(work, claim);
    find_status(work, claim);
    find_by_links(work, claim);
}

// ---- links

static void find_ends(const struct work *work, const struct link *link, bool is_one_end)
{
    struct sv article = work->in->layer->head.article;
    const struct layer *far;

    if (!layer_claim(work->in->layer, link->from))
        tell(work, add(work, LEFT_ID, SECTION_LINKS, link, "from"), "leads from '", link->from,
             "', which is no claim here");
    if (link->to && link->to->article.len)
        article = link->to->article;
    if (is_one_end)
        return;
    far = derive_layer(work->in->derived, article);
    if (!link->to || !link->to->claim.len)
        tell(work, add(work, LEFT_ID, SECTION_LINKS, link, "to"), "names no claim of '", article,
             "'");
    else if (!far || !layer_claim(far, link->to->claim))
        tell(work, add(work, LEFT_ID, SECTION_LINKS, link, "to"), "leads to '", link->to->claim,
             "', which is not there");
}

static void find_link(const struct work *work, const struct link *link)
{
    const struct word *type = scheme_find(work->in->scheme, VOCAB_LINK, link->type);
    bool is_one_end = type && type->one_end;

    if (decision_is_rejected(SECTION_LINKS, link))
        return;
    find_ends(work, link, is_one_end);
    if (is_one_end && !link->searched.count)
        tell(work, add(work, LEFT_WHY, SECTION_LINKS, link, "searched"), "", link->type,
             " without what was searched for");
    if (!is_one_end && sv_is_blank(link->why))
        tell(work, add(work, LEFT_WHY, SECTION_LINKS, link, "why"), "", link->type,
             " without a reason");
    if (sv_eq(link->type, SV("differs")) && !link->point.len)
        tell(work, add(work, LEFT_POINT, SECTION_LINKS, link, "point"), "", link->type,
             " without a point");
    if (link->strict && type && !type->disputes)
        tell(work, add(work, LEFT_STATUS, SECTION_LINKS, link, "strict"), "strict, but ",
             link->type, " disputes nothing");
}

// ---- all of it

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

int work_compare(const void *a, const void *b)
{
    const struct work_item *x = a, *y = b;
    int order = compare_size(x->kind, y->kind);

    if (!order)
        order = compare_size(x->at.beg, y->at.beg);
    if (!order && x->rec && y->rec && x->rec != y->rec)
        order = sv_cmp(((const struct record *)x->rec)->id, ((const struct record *)y->rec)->id);
    if (!order)
        order = sv_cmp(x->what, y->what);
    return order ? order : compare_size(x->at.end, y->at.end);
}

void work_sort(struct worklist *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), work_compare);
}

// ---- threads

// Who said it and what, on one line.
static void tell_said(const struct work *work, struct work_item *item, const struct said *said)
{
    struct buf line = { 0 };
    struct sv text = sv_trim(said->comment->text);

    buf_addf(&line, SV_FMT ": ", SV_ARG(said->layer->head.annotator));
    for (size_t i = 0; i < text.len; i++)
        buf_add_char(&line, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    item->what = sv_copy(&work->out->arena, buf_sv(&line));
    buf_release(&line);
}

// An open thread is work for whoever made the record and for whoever asked.
static void find_thread(const struct work *work, const struct thread *thread)
{
    const struct layer *layer = work->in->layer;
    const struct said *first = &thread->items[0];
    struct work_item *item;

    if (!thread->is_open || !sv_eq(thread->article, layer->head.article))
        return;
    if (thread->rec && thread->layer == layer) {
        item = add(work, LEFT_COMMENT, thread->section, thread->rec, NULL);
    } else if (first->layer == layer) {
        item = add(work, LEFT_COMMENT, SECTION_COMMENTS, first->comment, NULL);
        if (thread->rec)
            item->at = parts_extent(record_parts(thread->section, thread->rec));
    } else {
        return;
    }
    tell_said(work, item, first);
}

// ---- step by step

void work_find_record(const struct work *work, enum section section, const void *rec)
{
    if (section == SECTION_CLAIMS)
        find_claim(work, rec);
    else if (section == SECTION_LINKS)
        find_link(work, rec);
    else
        (void)find_part_anchors(work, section, rec, record_parts(section, rec));
}

// Some `most` records more. false: that was the last.
static bool find_records(const struct work *work, struct worklist_walk *walk, size_t most)
{
    static const enum section sections[] = {
        SECTION_CLAIMS,
        SECTION_LINKS,
        SECTION_FURNITURE,
        SECTION_NOTES,
    };

    while (walk->section < sizeof(sections) / sizeof(*sections)) {
        enum section section = sections[walk->section];
        const struct layer *layer = work->in->layer;
        size_t count = layer->sections[section].count;

        for (; walk->next < count && most; most--)
            work_find_record(work, section, layer->sections[section].items[walk->next++]);
        if (walk->next < count)
            return true;
        walk->section++;
        walk->next = 0;
    }
    return false;
}

static_assert(LEFT_TEXT == LEFT__N - 1,
              "what is found in the text comes behind all that is sorted");

void work_find_threads(const struct work *work)
{
    const struct threads *threads = work->in->threads;

    for (size_t i = 0; threads && i < threads->count; i++)
        find_thread(work, &threads->items[i]);
}

struct anchors *work_begin(struct work *work, const struct worklist_input *in, struct worklist *out)
{
    struct anchors *own = in->article && !in->anchors ? anchors_new(in->article) : NULL;

    *work = (struct work){ in, out, own ? own : in->anchors };
    return own;
}

// Some lines more of a text that is cut, or all of another. false: that was the last.
static bool find_lines(const struct worklist_input *in, struct worklist_walk *walk, size_t most,
                       struct worklist *out)
{
    size_t end;

    if (!in->text) {
        worklist_find_text(in, out);
        return false;
    }
    if (!out->cover) {
        out->cover = cover_new(in);
        out->is_partial = in->text->end < in->text->text.len;
        walk->next = 0;
        return true;
    }
    end = in->text->line_count - walk->next > most ? walk->next + most : in->text->line_count;
    cover_find(in, walk->next, end, out);
    walk->next = end;
    return end < in->text->line_count;
}

bool worklist_step(const struct worklist_input *in, struct worklist_walk *walk, size_t most,
                   struct worklist *out)
{
    struct work work;
    struct anchors *own = work_begin(&work, in, out);

    if (walk->stage == WALK_RECORDS && !find_records(&work, walk, most)) {
        work_find_threads(&work);
        work_sort(out);
        walk->stage = in->article && !in->is_of_records ? WALK_TEXT : WALK_DONE;
    } else if (walk->stage == WALK_TEXT && !find_lines(in, walk, most, out)) {
        walk->stage = WALK_DONE;
    }
    anchors_free(own);
    return walk->stage != WALK_DONE;
}

void worklist_find(const struct worklist_input *in, struct worklist *out)
{
    struct worklist_walk walk = { 0 };

    while (worklist_step(in, &walk, SIZE_MAX, out))
        ;
}

void worklist_release(struct worklist *list)
{
    mem_free(list->items);
    mem_free(list->paragraphs);
    cover_free(list->cover);
    arena_release(&list->arena);
    *list = (struct worklist){ 0 };
}

const char *work_name(enum work_kind kind)
{
    return kinds[kind].name;
}

const char *work_help(enum work_kind kind)
{
    return kinds[kind].help;
}
