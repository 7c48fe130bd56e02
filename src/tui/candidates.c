// Places where the counterpart of a claim or passage may be, likeliest first, each with its
// reasons. Never a record, and never a guess without its grade: what is poor is not shown at all.
#include "tui/candidates.h"

#include <string.h>

#include "base/attr.h"
#include "session/relation.h"
#include "tui/subject.h"

#define CANDIDATES_MAX 16
#define REASONS_SHOWN  4

struct candidates {
    struct reading *here, *there;
    struct buf from_id; // empty: a passage
    struct byte_span query;
    struct related items[CANDIDATES_MAX];
    size_t count, at; // at: the one shown next
};

static const struct claim *claim_from(const struct candidates *c)
{
    return layer_claim(&c->here->file.layer, buf_sv(&c->from_id));
}

static struct question question_of(const struct candidates *c)
{
    return (struct question){ .reading = c->here, .claim = claim_from(c), .span = c->query };
}

static bool is_linked(struct app *app, const struct candidates *c, const struct claim *claim)
{
    const struct claim *mine = claim_from(c);
    size_t count = 0;
    const struct end *ends =
        mine ? derive_ends(session_derived(app->session), &c->here->file.layer, mine, &count)
             : NULL;

    for (size_t i = 0; i < count; i++)
        if (ends[i].other == claim)
            return true;
    return false;
}

static size_t overlap(struct byte_span a, struct byte_span b)
{
    size_t beg = a.beg > b.beg ? a.beg : b.beg, end = a.end < b.end ? a.end : b.end;

    return end > beg ? end - beg : 0;
}

// The claim that has most of the passage's best words. *is_taken: all claims there are linked
// already.
static const struct claim *claim_at(struct app *app, const struct candidates *c,
                                    const struct related *item, bool *is_taken)
{
    const struct claim *found = NULL;
    size_t most = 0, taken = 0;

    for (size_t i = 0; i < c->there->mark_count; i++) {
        const struct mark *mark = &c->there->marks[i];
        size_t shared = overlap(mark->span, item->best);

        if (mark->section != SECTION_CLAIMS || !shared || mark->rec == claim_from(c))
            continue;
        if (is_linked(app, c, mark->rec)) {
            taken++;
        } else if (shared > most) {
            most = shared;
            found = mark->rec;
        }
    }
    *is_taken = !found && taken;
    return found;
}

// Leave out the passage itself, and what is linked already.
static void sift(struct app *app, struct candidates *c)
{
    size_t kept = 0;

    for (size_t i = 0; i < c->count; i++) {
        bool is_taken;

        claim_at(app, c, &c->items[i], &is_taken);
        if (is_taken || (c->here == c->there && overlap(c->items[i].passage, c->query)))
            continue;
        c->items[kept++] = c->items[i];
    }
    c->count = kept;
}

struct candidates *candidates_new(struct app *app, const struct place *from, struct reading *other)
{
    struct candidates *c = mem_new(sizeof(*c));
    const struct claim *claim = layer_claim(&from->reading->file.layer, from->claim);
    struct question question;

    c->here = from->reading;
    c->there = other;
    buf_add(&c->from_id, from->claim);
    c->query = claim ? subject_extent(from->reading, claim) : from->span;
    question = question_of(c);
    c->count = session_related(app->session, &question, other, c->items, ARRAY_LEN(c->items));
    sift(app, c);
    return c;
}

void candidates_free(struct candidates *candidates)
{
    if (!candidates)
        return;
    buf_release(&candidates->from_id);
    mem_free(candidates);
}

bool candidates_show_next(struct candidates *candidates, struct app *app, struct buf *why)
{
    const struct related *item = &candidates->items[candidates->at];
    struct question question = question_of(candidates);
    const struct claim *claim;
    struct view *view;
    bool is_taken;

    if (!candidates->count)
        return false;
    claim = claim_at(app, candidates, item, &is_taken);
    view = subject_show(app, candidates->there, claim);
    if (!claim)
        view_jump(view, item->best.beg);
    candidates->at = (candidates->at + 1) % candidates->count;
    buf_addf(why, "%zu of %zu, %s: ", (size_t)(item - candidates->items) + 1, candidates->count,
             relate_grade(item->score));
    session_related_say(app->session, &question, candidates->there, item, REASONS_SHOWN, why);
    return true;
}
