// Where the records of a layer stand in the open text: parts as byte spans, in the order of the
// text. Never changes a record: a part that moved is drawn where it was found, and the record is
// reported.
#include "session/inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "model/decision.h"
#include "text/atom.h"

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    if (x->span.beg != y->span.beg)
        return x->span.beg < y->span.beg ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end > y->span.end ? -1 : 1;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    if (x->rec != y->rec)
        return sv_cmp(((const struct record *)x->rec)->id, ((const struct record *)y->rec)->id);
    return (x->part > y->part) - (x->part < y->part);
}

static void add_mark(struct inner *reading, struct mark mark)
{
    MEM_GROW(reading->marks, reading->pub.mark_count, reading->mark_cap);
    reading->marks[reading->pub.mark_count++] = mark;
}

static void add_misplaced(struct inner *reading, enum section section, const void *rec,
                          enum anchor anchor)
{
    MEM_GROW(reading->misplaced, reading->pub.misplaced_count, reading->misplaced_cap);
    reading->misplaced[reading->pub.misplaced_count++] =
        (struct misplaced){ .rec = rec, .section = section, .anchor = anchor };
}

enum anchor part_find(const struct reading *reading, const struct part *part, struct cp_span *found)
{
    return anchors_find(
        reading->anchors,
        &(struct quoted){
            .at = part->at, .quote = part->quote, .before = part->before, .after = part->after },
        found);
}

enum anchor cue_find(const struct reading *reading, const struct claim *claim, struct cp_span first,
                     const struct cue *cue, struct cp_span *found)
{
    return anchors_find(reading->anchors,
                        &(struct quoted){ .at = cue->at,
                                          .quote = cue->quote,
                                          .near = parts_extent(claim->span),
                                          .near_now = first },
                        found);
}

static enum anchor worst_cue(const struct reading *reading, const struct claim *claim,
                             struct cp_span first, enum anchor worst)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing) {
            struct cp_span found;
            enum anchor anchor =
                v->cue ? cue_find(reading, claim, first, v->cue, &found) : ANCHOR_HERE;

            worst = anchor > worst ? anchor : worst;
        }
    }
    return worst;
}

// Did a person accept the place that the record has, one of several where its words stand?
static bool is_accepted(const struct inner *reading, struct rec_list parts, const void *rec)
{
    bool is_settled = false;

    for (size_t i = 0; i < reading->settled_count && !is_settled; i++)
        is_settled = sv_eq(reading->settled[i], ((const struct record *)rec)->id);
    for (size_t i = 0; is_settled && i < parts.count; i++) {
        const struct part *part = parts.items[i];
        struct sv there =
            article_sub(reading->pub.article, article_to_bytes(reading->pub.article, part->at));

        is_settled = text_is_alike(there, part->quote);
    }
    return is_settled;
}

// Append the marks of one record. A lost part is nowhere: its record is listed and has no mark.
static void place_record(struct inner *reading, enum section section, const void *rec)
{
    struct article *article = reading->pub.article;
    struct rec_list parts = record_parts(section, rec);
    enum anchor worst = ANCHOR_HERE;
    struct cp_span first = { 0 };
    bool is_shown = !decision_is_rejected(section, rec); // its words are followed all the same

    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];
        struct cp_span found = part->at;
        enum anchor anchor = part_find(&reading->pub, part, &found);

        if (anchor > worst)
            worst = anchor;
        if (is_shown && anchor != ANCHOR_LOST)
            add_mark(reading, (struct mark){ .span = article_to_bytes(article, found),
                                             .section = section,
                                             .rec = rec,
                                             .part = i });
        if (i == 0)
            first = found;
    }
    if (section == SECTION_CLAIMS)
        worst = worst_cue(&reading->pub, rec, first, worst);
    if (worst == ANCHOR_DOUBT && is_accepted(reading, parts, rec))
        worst = ANCHOR_HERE;
    if (worst != ANCHOR_HERE)
        add_misplaced(reading, section, rec, worst);
}

static void sort_marks(struct mark *marks, size_t count)
{
    if (count > 1)
        qsort(marks, count, sizeof(*marks), compare_marks);
}

static void publish(struct inner *reading)
{
    size_t reach = 0;

    for (size_t i = 0; i < reading->pub.mark_count; i++) {
        if (reading->marks[i].span.end > reach)
            reach = reading->marks[i].span.end;
        reading->marks[i].reach = reach;
    }
    reading->pub.marks = reading->marks;
    reading->pub.misplaced = reading->misplaced;
}

void marks_build(struct inner *reading)
{
    const struct layer *layer = &reading->pub.file.layer;

    reading->pub.mark_count = reading->pub.misplaced_count = 0;
    for (enum section s = 0; s < SECTION__N; s++) {
        for (size_t i = 0; i < layer->sections[s].count; i++)
            place_record(reading, s, layer->sections[s].items[i]);
    }
    sort_marks(reading->marks, reading->pub.mark_count);
    publish(reading);
}

static bool is_gone(const struct mark_delta *deltas, size_t count, const void *rec)
{
    for (size_t i = 0; i < count; i++) {
        if (deltas[i].gone == rec)
            return true;
    }
    return false;
}

static void drop_gone(struct inner *reading, const struct mark_delta *deltas, size_t count)
{
    struct reading *pub = &reading->pub;
    size_t kept = 0;

    for (size_t i = 0; i < pub->mark_count; i++) {
        if (!is_gone(deltas, count, reading->marks[i].rec))
            reading->marks[kept++] = reading->marks[i];
    }
    pub->mark_count = kept;
    kept = 0;
    for (size_t i = 0; i < pub->misplaced_count; i++) {
        if (!is_gone(deltas, count, reading->misplaced[i].rec))
            reading->misplaced[kept++] = reading->misplaced[i];
    }
    pub->misplaced_count = kept;
}

// Merge the sorted tail that begins at `old` into the sorted marks before it.
static void merge_tail(struct inner *reading, size_t old)
{
    size_t tail = reading->pub.mark_count - old, at = reading->pub.mark_count;
    struct mark *new = (void *)mem_copy((const void *)(reading->marks + old), tail * sizeof(*new));

    while (tail) {
        if (old && compare_marks(&reading->marks[old - 1], &new[tail - 1]) > 0)
            reading->marks[--at] = reading->marks[--old];
        else
            reading->marks[--at] = new[--tail];
    }
    mem_free(new);
}

void marks_update(struct inner *reading, const struct mark_delta *deltas, size_t count)
{
    const size_t few = 16; // more: sorting all costs less than looking each one up

    if (count > few) {
        marks_build(reading);
        return;
    }
    drop_gone(reading, deltas, count);

    size_t old = reading->pub.mark_count;

    for (size_t i = 0; i < count; i++) {
        if (deltas[i].come)
            place_record(reading, deltas[i].section, deltas[i].come);
    }
    if (reading->pub.mark_count > old) {
        sort_marks(reading->marks + old, reading->pub.mark_count - old);
        merge_tail(reading, old);
    }
    publish(reading);
}

void marks_release(struct inner *reading)
{
    mem_free(reading->marks);
    mem_free(reading->misplaced);
}
