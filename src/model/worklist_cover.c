// What covers a text that is cut, kept so that the lines which a change is about can be looked at
// again. Declared in model/worklist_text.h. Never looks at a line that nobody asks about.
#include "model/worklist_text.h"

#include <stdlib.h>
#include <string.h>

#include "model/decision.h"

struct covered {
    struct byte_span span; // not empty
    size_t reach;          // largest span.end of this one and all before it
};

struct worklist_cover {
    struct coats { // sorted by beginning
        struct covered *items;
        size_t count, cap;
    } furniture, all; // all: with claims and cues
};

// ---- spans -------------------------------------------------------------------------------------

// Set `reach` from index `at` on, as far as it changes.
static void set_reach(struct coats *coats, size_t at, size_t sure)
{
    size_t reach = at ? coats->items[at - 1].reach : 0;

    for (; at < coats->count; at++) {
        struct covered *item = &coats->items[at];

        reach = item->span.end > reach ? item->span.end : reach;
        if (at > sure && item->reach == reach)
            return;
        item->reach = reach;
    }
}

// Index of the first that begins at or after `pos`.
static size_t coats_from(const struct coats *coats, size_t pos)
{
    size_t beg = 0, end = coats->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (coats->items[mid].span.beg < pos)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

static void coats_append(struct coats *coats, struct byte_span span)
{
    MEM_GROW(coats->items, coats->count, coats->cap);
    coats->items[coats->count++] = (struct covered){ .span = span };
}

static int compare(const void *a, const void *b)
{
    const struct covered *x = a, *y = b;

    return (x->span.beg > y->span.beg) - (x->span.beg < y->span.beg);
}

static void coats_settle(struct coats *coats)
{
    if (coats->count)
        qsort(coats->items, coats->count, sizeof(*coats->items), compare);
    set_reach(coats, 0, coats->count);
}

static void coats_put(struct coats *coats, struct byte_span span)
{
    size_t at = coats_from(coats, span.beg);

    MEM_GROW(coats->items, coats->count, coats->cap);
    memmove(coats->items + at + 1, coats->items + at, (coats->count - at) * sizeof(*coats->items));
    coats->items[at] = (struct covered){ .span = span };
    coats->count++;
    set_reach(coats, at, at);
}

static void coats_drop(struct coats *coats, struct byte_span span)
{
    size_t at = coats_from(coats, span.beg);

    while (at < coats->count && coats->items[at].span.beg == span.beg &&
           coats->items[at].span.end != span.end)
        at++;
    if (at == coats->count || coats->items[at].span.beg != span.beg)
        return;
    coats->count--;
    memmove(coats->items + at, coats->items + at + 1, (coats->count - at) * sizeof(*coats->items));
    set_reach(coats, at, at);
}

static bool is_touched(const struct coats *coats, struct byte_span unit)
{
    size_t behind = coats_from(coats, unit.end);

    return behind && coats->items[behind - 1].reach > unit.beg;
}

// Index of the first that reaches behind `pos`.
static size_t coats_reaching(const struct coats *coats, size_t pos)
{
    size_t beg = 0, end = coats->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (coats->items[mid].reach <= pos)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

// The letters and digits of a line that are covered.
static size_t count_covered(struct sv text, const struct text_line *line, const struct coats *coats)
{
    size_t count = 0, pos = line->span.beg;

    for (size_t i = coats_reaching(coats, pos);
         i < coats->count && coats->items[i].span.beg < line->span.end; i++) {
        struct byte_span span = coats->items[i].span;

        span.beg = span.beg > pos ? span.beg : pos;
        span.end = span.end < line->span.end ? span.end : line->span.end;
        if (span.end <= span.beg)
            continue;
        if (span.beg == line->span.beg && span.end == line->span.end)
            return line->letters;
        count += letters_count(text, span);
        pos = span.end;
    }
    return count;
}

// ---- records -----------------------------------------------------------------------------------

struct span_list { // what a record covers
    struct byte_span *items;
    size_t count, cap;
};

static void list_add(struct span_list *list, struct article *article, struct cp_span at)
{
    struct byte_span span = article_to_bytes(article, at);

    if (byte_span_is_empty(span))
        return;
    MEM_GROW(list->items, list->count, list->cap);
    list->items[list->count++] = span;
}

static void list_parts(struct span_list *list, struct article *article, struct rec_list parts)
{
    for (size_t i = 0; i < parts.count; i++)
        list_add(list, article, ((const struct part *)parts.items[i])->at);
}

static void list_spans(struct span_list *list, struct article *article, enum section section,
                       const void *rec)
{
    const struct claim *claim = rec;

    if (section == SECTION_FURNITURE)
        list_parts(list, article, ((const struct furniture *)rec)->span);
    if (section != SECTION_CLAIMS || decision_is_rejected(section, rec))
        return;
    list_parts(list, article, claim->span);
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing)
            if (v->cue)
                list_add(list, article, v->cue->at);
}

static void gather(struct worklist_cover *cover, const struct worklist_input *in,
                   enum section section)
{
    struct span_list list = { 0 };

    for (size_t i = 0; i < in->layer->sections[section].count; i++) {
        list.count = 0;
        list_spans(&list, in->article, section, in->layer->sections[section].items[i]);
        for (size_t j = 0; j < list.count; j++) {
            coats_append(&cover->all, list.items[j]);
            if (section == SECTION_FURNITURE)
                coats_append(&cover->furniture, list.items[j]);
        }
    }
    mem_free(list.items);
}

struct worklist_cover *cover_new(const struct worklist_input *in)
{
    struct worklist_cover *cover = mem_new(sizeof(*cover));

    gather(cover, in, SECTION_CLAIMS);
    gather(cover, in, SECTION_FURNITURE);
    coats_settle(&cover->furniture);
    coats_settle(&cover->all);
    return cover;
}

void cover_free(struct worklist_cover *cover)
{
    if (!cover)
        return;
    mem_free(cover->furniture.items);
    mem_free(cover->all.items);
    mem_free(cover);
}

// ---- lines -------------------------------------------------------------------------------------

// Index of the first item of the text that begins at or after `cp`.
static size_t item_from(const struct worklist *list, size_t cp)
{
    size_t beg = 0, end = list->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;
        const struct work_item *item = &list->items[mid];

        if (item->kind < LEFT_TEXT || item->at.beg < cp)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

// A sentence that nothing touches is left as one; of one that something does, its longer clauses.
static void find_left(const struct worklist_input *in, const struct worklist_cover *cover,
                      size_t line, struct span_list *out)
{
    const struct worklist_text *text = in->text;
    size_t end = line + 1 < text->line_count ? text->lines[line + 1].first : text->count;
    bool is_begun = false;

    out->count = 0;
    for (size_t i = text->lines[line].first; i < end; i++) {
        const struct stretch *it = &text->items[i];
        bool is_touched_here = is_touched(&cover->all, it->span);

        if (it->is_sentence)
            is_begun = is_touched_here;
        if (is_touched_here || (it->is_sentence ? !it->words : !is_begun || it->words < LEFT_WORDS))
            continue;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = it->span;
    }
}

// Put `left` in the place of what was left of the line.
static void set_left(const struct worklist_input *in, const struct text_line *line,
                     const struct span_list *left, struct worklist *out)
{
    struct cp_span at = article_to_cp(in->article, line->span);
    size_t from = item_from(out, at.beg), to = from, tail;

    while (to < out->count && out->items[to].at.beg < at.end)
        to++;
    tail = out->count - to;
    out->count = from;
    for (size_t i = 0; i < left->count + tail; i++) {
        MEM_GROW(out->items, out->count, out->cap);
        out->count++;
    }
    if (tail)
        memmove(out->items + from + left->count, out->items + to, tail * sizeof(*out->items));
    for (size_t i = 0; i < left->count; i++)
        out->items[from + i] =
            (struct work_item){ .kind = LEFT_TEXT,
                                .at = article_to_cp(in->article, left->items[i]) };
}

// Index of the first paragraph with this number or a higher one.
static size_t paragraph_from(const struct worklist *list, size_t number)
{
    size_t beg = 0, end = list->paragraph_count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (list->paragraphs[mid].number < number)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

static void paragraph_drop(struct worklist *out, size_t number)
{
    size_t at = paragraph_from(out, number);
    struct coverage *paragraph = out->paragraphs + at;

    if (at == out->paragraph_count || paragraph->number != number)
        return;
    out->prose -= paragraph->prose;
    out->covered -= paragraph->covered;
    out->paragraph_count--;
    memmove(paragraph, paragraph + 1, (out->paragraph_count - at) * sizeof(*paragraph));
}

static void paragraph_put(struct worklist *out, struct coverage paragraph)
{
    size_t at = paragraph_from(out, paragraph.number);

    MEM_GROW(out->paragraphs, out->paragraph_count, out->paragraph_cap);
    memmove(out->paragraphs + at + 1, out->paragraphs + at,
            (out->paragraph_count - at) * sizeof(*out->paragraphs));
    out->paragraphs[at] = paragraph;
    out->paragraph_count++;
    out->prose += paragraph.prose;
    out->covered += paragraph.covered;
}

static void measure(const struct worklist_input *in, size_t index, struct worklist *out)
{
    const struct text_line *line = &in->text->lines[index];
    struct sv text = in->text->text;
    size_t furniture = count_covered(text, line, &out->cover->furniture);
    struct coverage paragraph = { .number = index + 1, .prose = line->letters - furniture };

    paragraph_drop(out, paragraph.number);
    if (!paragraph.prose)
        return;
    paragraph.covered = count_covered(text, line, &out->cover->all) - furniture;
    paragraph.at = article_to_cp(in->article, line->span);
    paragraph_put(out, paragraph);
}

void cover_find(const struct worklist_input *in, size_t first, size_t last, struct worklist *out)
{
    struct span_list left = { 0 };

    for (size_t i = first; i < last; i++) {
        find_left(in, out->cover, i, &left);
        set_left(in, &in->text->lines[i], &left, out);
        measure(in, i, out);
    }
    mem_free(left.items);
}

// ---- changes -----------------------------------------------------------------------------------

// Look again at the lines that a span overlaps.
static void find_again(const struct worklist_input *in, struct byte_span span, struct worklist *out)
{
    const struct worklist_text *text = in->text;
    size_t beg = 0, end = text->line_count;

    while (beg < end) { // the first that ends behind the beginning
        size_t mid = beg + (end - beg) / 2;

        if (text->lines[mid].span.end <= span.beg)
            beg = mid + 1;
        else
            end = mid;
    }
    while (end < text->line_count && text->lines[end].span.beg < span.end)
        end++;
    cover_find(in, beg, end, out);
}

static void turn(struct worklist_cover *cover, enum section section, struct byte_span span,
                 bool is_come)
{
    void (*put_or_drop)(struct coats *, struct byte_span) = is_come ? coats_put : coats_drop;

    put_or_drop(&cover->all, span);
    if (section == SECTION_FURNITURE)
        put_or_drop(&cover->furniture, span);
}

void cover_update(const struct worklist_input *in, const struct delta *deltas, size_t count,
                  struct worklist *out)
{
    struct span_list list = { 0 };

    for (size_t i = 0; i < count; i++) {
        const struct delta *delta = &deltas[i];
        size_t old = list.count;

        if (delta->layer != in->layer)
            continue;
        if (delta->gone)
            list_spans(&list, in->article, delta->section, delta->gone);
        for (; old < list.count; old++)
            turn(out->cover, delta->section, list.items[old], false);
        if (delta->come)
            list_spans(&list, in->article, delta->section, delta->come);
        for (; old < list.count; old++)
            turn(out->cover, delta->section, list.items[old], true);
    }
    for (size_t i = 0; i < list.count; i++)
        find_again(in, list.items[i], out);
    mem_free(list.items);
}
