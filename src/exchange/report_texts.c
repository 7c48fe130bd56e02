// The texts of a report side by side: every word as it stands, claims marked where they stand,
// however they overlap, with a way from each to its counterparts. Declared in
// exchange/report_html.h. Leaves no word of a text out.
#include "exchange/report_html.h"

#include <stdlib.h>

#include "base/mem.h"

enum mark_kind { MARK_FURNITURE, MARK_CUE, MARK_CLAIM };

// A stretch of the text that is marked.
struct mark {
    struct byte_span at;
    enum mark_kind kind;
    const struct exhibit *exhibit; // NULL: furniture
    bool is_first, is_last;        // part of its claim
};

// One text being written.
struct column {
    struct page *page;
    size_t text;
    struct article *article;
    struct mark *marks; // by beginning, the longer first
    size_t count, cap, next;
    const struct mark *
        *open; // those that hold the place being written, in the order of their beginning
    size_t open_count, open_cap;
};

// ---- gathering

static void add_mark(struct column *column, enum mark_kind kind, struct cp_span at,
                     const struct exhibit *exhibit, bool is_first, bool is_last)
{
    struct byte_span span = article_to_bytes(column->article, at);

    if (byte_span_is_empty(span))
        return;
    MEM_GROW(column->marks, column->count, column->cap);
    column->marks[column->count++] = (struct mark){ span, kind, exhibit, is_first, is_last };
}

static void add_claim(struct column *column, const struct exhibit *exhibit)
{
    const struct rec_list *span = &exhibit->claim->span;
    size_t first = SIZE_MAX, last = 0;

    for (size_t i = 0; i < span->count; i++) {
        if (exhibit->parts[i].end) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
    }
    for (size_t i = 0; i < span->count; i++)
        if (exhibit->parts[i].end)
            add_mark(column, MARK_CLAIM, exhibit->parts[i], exhibit, i == first, i == last);
}

static void add_cues(struct column *column, const struct exhibit *exhibit)
{
    const struct rec_list *voices = &exhibit->claim->attributed_to;
    struct anchors *anchors = column->page->reading->in->anchors[column->text];

    for (size_t i = 0; i < voices->count; i++) {
        for (const struct voice *voice = voices->items[i]; voice; voice = voice->citing) {
            struct quoted quoted = { .near = parts_extent(exhibit->claim->span),
                                     .near_now = exhibit->at };
            struct cp_span at;

            if (!voice->cue)
                continue;
            quoted.at = voice->cue->at;
            quoted.quote = voice->cue->quote;
            if (anchors_find(anchors, &quoted, &at) <= ANCHOR_MOVED)
                add_mark(column, MARK_CUE, at, exhibit, false, false);
        }
    }
}

static void add_furniture(struct column *column)
{
    const struct layer *layer = column->page->reading->layers[column->text];
    struct anchors *anchors = column->page->reading->in->anchors[column->text];

    for (size_t i = 0; i < layer->sections[SECTION_FURNITURE].count; i++) {
        const struct furniture *furniture = layer->sections[SECTION_FURNITURE].items[i];

        for (size_t j = 0; j < furniture->span.count; j++) {
            const struct part *part = furniture->span.items[j];
            struct quoted quoted = {
                .at = part->at, .quote = part->quote, .before = part->before, .after = part->after
            };
            struct cp_span at;

            if (anchors_find(anchors, &quoted, &at) <= ANCHOR_MOVED)
                add_mark(column, MARK_FURNITURE, at, NULL, false, false);
        }
    }
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    if (x->at.beg != y->at.beg)
        return x->at.beg < y->at.beg ? -1 : 1;
    if (x->at.end != y->at.end)
        return x->at.end > y->at.end ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->exhibit > y->exhibit) - (x->exhibit < y->exhibit); // of one array
}

static void gather(struct column *column)
{
    const struct reading *reading = column->page->reading;

    for (size_t i = reading->first[column->text]; i < reading->first[column->text + 1]; i++) {
        add_claim(column, &reading->exhibits[i]);
        add_cues(column, &reading->exhibits[i]);
    }
    if (reading->in->anchors[column->text])
        add_furniture(column);
    if (column->count)
        qsort(column->marks, column->count, sizeof(*column->marks), compare_marks);
}

// ---- what stands between the words

static void add_signs(const struct exhibit *exhibit, struct buf *out)
{
    if (exhibit->flags & CLAIM_DISPUTED)
        buf_add_cstr(out, "≠");
    else if (exhibit->flags & CLAIM_CONTESTED)
        buf_add_cstr(out, "!");
}

// The number of a claim where one of its parts begins; the way to its entry in the register.
static void add_number(struct column *column, const struct mark *mark)
{
    const struct exhibit *exhibit = mark->exhibit;
    struct markup *m = &column->page->m;
    struct buf text = { 0 }, label = { 0 };

    add_label(exhibit, &label);
    buf_addf(&text, "%s%zu", mark->is_first ? "" : "…", exhibit->number);
    add_signs(exhibit, &text);
    markup_begin(m, "a");
    markup_attr(m, "class",
                exhibit->flags & CLAIM_DISPUTED    ? SV("n x")
                : exhibit->flags & CLAIM_CONTESTED ? SV("n c")
                                                   : SV("n"));
    if (mark->is_first)
        markup_place(m, "t", exhibit->claim->id);
    markup_goto(m, "c", exhibit->claim->id);
    markup_attrf(m, "aria-label", "%s, claim%s%s", buf_cstr(&label),
                 mark->is_first ? "" : " goes on",
                 exhibit->flags & CLAIM_DISPUTED    ? ", disputed"
                 : exhibit->flags & CLAIM_CONTESTED ? ", contested"
                                                    : "");
    markup_text(m, buf_sv(&text));
    markup_end(m, "a");
    buf_release(&text);
    buf_release(&label);
}

// The ways from a claim's end to its counterparts in other articles.
static void add_counterparts(struct column *column, const struct exhibit *exhibit)
{
    const struct reading *reading = column->page->reading;
    struct markup *m = &column->page->m;
    size_t count;
    const struct end *ends =
        derive_ends(reading->derived, reading->layers[exhibit->text], exhibit->claim, &count);

    for (size_t i = 0; i < count; i++) {
        const struct exhibit *other = exhibit_find(reading, ends[i].other);
        const struct word *type =
            scheme_find(column->page->report->in->scheme, VOCAB_LINK, ends[i].link->type);
        bool disputes = type && type->disputes;
        struct buf label = { 0 };

        if (!other || other->text == exhibit->text)
            continue;
        add_label(other, &label);
        markup_begin(m, "a");
        markup_attr(m, "class", disputes ? SV("to x") : SV("to"));
        markup_goto(m, exhibit_is_there(other) ? "t" : "c", other->claim->id);
        markup_attrf(m, "aria-label", SV_FMT ": %s", SV_ARG(ends[i].link->type), buf_cstr(&label));
        markup_textf(m, "%s%s", disputes ? "≠" : "↔", buf_cstr(&label));
        markup_end(m, "a");
        buf_release(&label);
    }
}

// ---- the words

static void open_marks(struct column *column, size_t pos)
{
    while (column->next < column->count && column->marks[column->next].at.beg <= pos) {
        const struct mark *mark = &column->marks[column->next++];

        if (mark->kind == MARK_CLAIM)
            add_number(column, mark);
        MEM_GROW(column->open, column->open_count, column->open_cap);
        column->open[column->open_count++] = mark;
    }
}

static void close_marks(struct column *column, size_t pos)
{
    size_t kept = 0;

    for (size_t i = 0; i < column->open_count; i++) {
        const struct mark *mark = column->open[i];

        if (mark->at.end > pos)
            column->open[kept++] = mark;
        else if (mark->kind == MARK_CLAIM && mark->is_last)
            add_counterparts(column, mark->exhibit);
    }
    column->open_count = kept;
}

// The next byte at which a mark begins or ends, `end` at most.
static size_t next_edge(const struct column *column, size_t end)
{
    for (size_t i = 0; i < column->open_count; i++)
        end = column->open[i]->at.end < end ? column->open[i]->at.end : end;
    if (column->next < column->count && column->marks[column->next].at.beg < end)
        end = column->marks[column->next].at.beg;
    return end;
}

// A stretch over which the same marks are open.
static void add_stretch(struct column *column, struct byte_span span)
{
    struct markup *m = &column->page->m;
    struct buf class = { 0 }, claims = { 0 };
    size_t depth = 0;
    bool is_cue = false, is_furniture = false;
    unsigned flags = 0;

    for (size_t i = 0; i < column->open_count; i++) {
        const struct mark *mark = column->open[i];

        is_furniture |= mark->kind == MARK_FURNITURE;
        is_cue |= mark->kind == MARK_CUE;
        if (mark->kind != MARK_CLAIM)
            continue;
        buf_addf(&claims, "%s" SV_FMT, depth ? " " : "", SV_ARG(mark->exhibit->claim->id));
        flags |= mark->exhibit->flags;
        depth++;
    }
    buf_addf(&class, "%s%s%s%s%s", depth ? depth > 1 ? "m m2" : "m" : "",
             flags & CLAIM_DISPUTED ? " x" : "",
             flags & CLAIM_CONTESTED && !(flags & CLAIM_DISPUTED) ? " c" : "", is_cue ? " cue" : "",
             is_furniture ? " furniture" : "");
    if (!class.len) {
        markup_text(m, article_sub(column->article, span));
    } else {
        const char *tag = depth ? "mark" : "span";

        markup_begin(m, tag);
        markup_attr(m, "class", sv_trim(buf_sv(&class)));
        if (depth)
            markup_attr(m, "data-c", buf_sv(&claims));
        markup_text(m, article_sub(column->article, span));
        markup_end(m, tag);
    }
    buf_release(&class);
    buf_release(&claims);
}

static void add_line(struct column *column, size_t number, struct byte_span line)
{
    struct markup *m = &column->page->m;
    size_t pos = line.beg;

    markup_begin(m, "p");
    markup_attr(m, "dir", SV("auto"));
    markup_elementf(m, "span", "ln", "%zu", number);
    while (pos < line.end) {
        size_t edge;

        close_marks(column, pos);
        open_marks(column, pos);
        edge = next_edge(column, line.end);
        add_stretch(column, (struct byte_span){ pos, edge });
        pos = edge;
    }
    close_marks(column, line.end);
    markup_end(m, "p");
    markup_line(m);
}

static void add_column(struct column *column)
{
    const struct report *report = column->page->report;
    const struct report_text *text = &report->in->texts[column->text];
    struct markup *m = &column->page->m;
    struct buf letter = { 0 };

    add_letter(column->text, &letter);
    markup_begin(m, "div");
    markup_attr(m, "class", SV("text"));
    markup_begin(m, "h3");
    markup_element(m, "b", "letter", buf_sv(&letter));
    markup_textf(m, " ");
    markup_element(m, "bdi", NULL, text_title(text));
    markup_end(m, "h3");
    markup_begin(m, "div");
    markup_attr(m, "class", SV("scroll"));
    markup_attr(m, "role", SV("region"));
    markup_attr(m, "tabindex", SV("0"));
    markup_attrf(m, "aria-label", "Text %s", buf_cstr(&letter));
    page_language(column->page, column->text);
    markup_line(m);
    for (size_t i = 0; i < report->line_counts[column->text]; i++) {
        struct byte_span line = { report->lines[column->text][i], 0 };

        line.end = article_line_end(column->article, line.beg);
        if (sv_is_blank(article_sub(column->article, line)))
            continue;
        add_line(column, i + 1, line);
    }
    markup_end(m, "div");
    markup_end(m, "div");
    markup_line(m);
    buf_release(&letter);
}

static void add_legend(struct page *page)
{
    struct markup *m = &page->m;

    markup_begin(m, "p");
    markup_attr(m, "class", SV("legend"));
    markup_textf(m, "Marked words are claims; the number before them leads to the register. ");
    markup_elementf(m, "mark", "m x", "Disputed");
    markup_textf(m, " by another article (≠), ");
    markup_elementf(m, "mark", "m c", "contested");
    markup_textf(m, " within its own (!), ");
    markup_elementf(m, "mark", "m", "neither");
    markup_textf(m, "; ");
    markup_elementf(m, "mark", "m m2", "darker");
    markup_textf(m, " where claims overlap. ");
    markup_elementf(m, "span", "cue", "Words that attribute");
    markup_textf(m, "; ");
    markup_elementf(m, "span", "furniture", "words that are not the article’s own prose");
    markup_textf(m, ". Numbers at the edge count the lines of the file.");
    markup_end(m, "p");
    markup_line(m);
}

void page_texts(struct page *page)
{
    struct markup *m = &page->m;

    add_legend(page);
    markup_begin(m, "div");
    markup_attr(m, "class", SV("texts"));
    markup_line(m);
    for (size_t t = 0; t < page->report->in->text_count; t++) {
        struct column column = { .page = page,
                                 .text = t,
                                 .article = page->report->in->texts[t].article };

        gather(&column);
        add_column(&column);
        mem_free(column.marks);
        mem_free(column.open);
    }
    markup_end(m, "div");
    markup_line(m);
}
