// The dispute board of a report, and what only one article tells. Declared in
// exchange/report_html.h. Says of a row what the board says, in the board's order.
#include "exchange/report_html.h"

static void add_term(struct markup *m, const char *term, struct sv value)
{
    if (sv_is_blank(value))
        return;
    markup_textf(m, " · ");
    markup_elementf(m, "span", "term", "%s", term);
    markup_textf(m, " ");
    markup_text(m, value);
}

// Whose words they are, what the article makes of them, and where they stand. What is the rule, a
// neutral article and certain words, is left to the register.
static void add_caption(struct page *page, const struct exhibit *exhibit)
{
    const struct claim *claim = exhibit->claim;
    struct markup *m = &page->m;
    struct buf text = { 0 };

    page_claim_link(page, exhibit);
    markup_textf(m, " ");
    add_voices(page->report, claim, &text);
    markup_element(m, "span", "voice", buf_sv(&text));
    if (claim->attributed_to.count && !sv_eq_cstr(claim->author_stance, "neutral"))
        add_term(m, "the article:", claim->author_stance);
    if (!sv_eq_cstr(claim->certainty, "certain"))
        add_term(m, "certainty:", claim->certainty);
    markup_textf(m, " ");
    buf_clear(&text);
    add_position(exhibit, &text);
    markup_element(m, "span", "at own", buf_sv(&text));
    if (anchor_text(exhibit->anchor)) {
        markup_textf(m, " ");
        markup_elementf(m, "strong", "lost", "%s", anchor_text(exhibit->anchor));
    }
    buf_release(&text);
}

static void add_side(struct page *page, const struct board_side *side)
{
    const struct exhibit *exhibit = exhibit_find(page->reading, side->claim);
    struct markup *m = &page->m;

    markup_begin(m, "figure");
    markup_begin(m, "blockquote");
    page_quote(page, exhibit);
    markup_end(m, "blockquote");
    markup_begin(m, "figcaption");
    if (!sv_is_blank(exhibit->claim->says)) {
        struct buf says = { 0 };

        add_flat(exhibit->claim->says, &says);
        markup_begin(m, "span");
        markup_attr(m, "class", SV("says"));
        markup_textf(m, "In short: ");
        markup_text(m, buf_sv(&says));
        markup_end(m, "span");
        markup_textf(m, " ");
        buf_release(&says);
    }
    add_caption(page, exhibit);
    markup_end(m, "figcaption");
    markup_end(m, "figure");
    markup_line(m);
}

static void add_remark(struct markup *m, const char *term, struct sv text)
{
    struct buf flat = { 0 };

    if (sv_is_blank(text))
        return;
    add_flat(text, &flat);
    markup_begin(m, "p");
    markup_attr(m, "class", SV("why"));
    markup_elementf(m, "span", "term", "%s", term);
    markup_textf(m, " ");
    markup_text(m, buf_sv(&flat));
    markup_end(m, "p");
    markup_line(m);
    buf_release(&flat);
}

// The reader's reason, and what the team decided of the link.
static void add_reasons(struct markup *m, const struct link *link)
{
    struct buf text = { 0 };

    add_remark(m, "Why:", link->why);
    add_decision(SECTION_LINKS, link, &text);
    add_remark(m, "Decision:", buf_sv(&text));
    buf_release(&text);
}

static const char *class_of(const struct report *report, const struct board_row *row)
{
    if (row_disputes(report, row))
        return row->link->strict ? "row dispute strict" : "row dispute";
    return row->weight == BOARD_AGREEMENT ? "row agreement" : "row other";
}

static void row_head(struct page *page, size_t index)
{
    const struct board_row *row = &page->reading->board.rows[index];
    struct markup *m = &page->m;
    struct buf text = { 0 };

    add_row_label(page->reading, page->report, index, &text);
    markup_begin(m, "p");
    markup_attr(m, "class", SV("relation"));
    markup_begin(m, "a");
    markup_attr(m, "class", SV("no"));
    markup_goto(m, "l", row->link->id);
    markup_text(m, buf_sv(&text));
    markup_end(m, "a");
    markup_textf(m, " ");
    buf_clear(&text);
    add_relation(page->reading, page->report, row, &text);
    markup_element(m, "strong", NULL, buf_sv(&text));
    if (row->link->strict) {
        markup_textf(m, " ");
        markup_elementf(m, "span", "badge", "strict: both cannot be true");
    }
    buf_clear(&text);
    add_values(page->reading, row, &text);
    if (text.len) {
        markup_textf(m, " ");
        markup_element(m, "span", "figures", buf_sv(&text));
    }
    markup_end(m, "p");
    markup_line(m);
    buf_release(&text);
}

static void add_end(struct page *page, const char *name, const struct board_side *side)
{
    if (side->claim)
        markup_attr(&page->m, name, side->claim->id);
}

static void add_row(struct page *page, size_t index)
{
    const struct board_row *row = &page->reading->board.rows[index];
    struct markup *m = &page->m;

    markup_begin(m, "li");
    markup_attr(m, "class", sv_from(class_of(page->report, row)));
    markup_place(m, "l", row->link->id);
    add_end(page, "data-a", &row->left);
    add_end(page, "data-b", &row->right);
    markup_line(m);
    row_head(page, index);
    markup_begin(m, "div");
    markup_attr(m, "class", SV("sides"));
    markup_line(m);
    add_side(page, &row->left);
    add_side(page, &row->right);
    markup_end(m, "div");
    markup_line(m);
    add_reasons(m, row->link);
    markup_end(m, "li");
    markup_line(m);
}

// How many rows of a kind a topic has.
static size_t topic_rows(const struct page *page, const struct board_topic *topic,
                         enum row_kind kind)
{
    size_t count = 0;

    for (size_t i = topic->first; i < topic->first + topic->count; i++)
        count += row_kind(page->report, &page->reading->board.rows[i]) == kind;
    return count;
}

static void topic_head(struct page *page, const struct board_topic *topic)
{
    struct markup *m = &page->m;

    markup_begin(m, "h3");
    markup_text(m, topic->name.len ? topic->name : SV("No topic"));
    if (topic->disputes) {
        markup_textf(m, " ");
        markup_elementf(m, "span", "count", "%zu dispute%s", topic->disputes,
                        topic->disputes == 1 ? "" : "s");
    }
    markup_end(m, "h3");
    markup_line(m);
}

// Links that the board cannot show: a file was edited by hand, or could not be read.
static void add_broken(struct page *page)
{
    const struct board *board = &page->reading->board;
    struct markup *m = &page->m;

    if (!page->reading->row_counts[ROW_BROKEN] || page->reading->in->is_adjudicated)
        return;
    markup_begin(m, "p");
    markup_attr(m, "class", SV("lost"));
    markup_textf(m, "Left out, as they lead to claims that are not there:");
    for (size_t i = 0; i < board->count; i++) {
        if (row_kind(page->report, &board->rows[i]) != ROW_BROKEN)
            continue;
        markup_textf(m, " ");
        markup_begin(m, "code");
        markup_place(m, "l", board->rows[i].link->id);
        markup_text(m, board->rows[i].link->id);
        markup_end(m, "code");
    }
    markup_end(m, "p");
    markup_line(m);
}

void page_board(struct page *page)
{
    const struct board *board = &page->reading->board;
    struct markup *m = &page->m;

    if (!page->reading->row_counts[ROW_LINK])
        markup_elementf(m, "p", "none", "No two claims are linked.");
    else
        markup_elementf(m, "p", "note",
                        "One row for each pair of claims that are linked, by topic, the heaviest "
                        "first: strict contradictions, numbers, scene, actors, "
                        "other disputes, reframings, agreements.");
    markup_line(m);
    for (size_t t = 0; t < board->topic_count; t++) {
        const struct board_topic *topic = &board->topics[t];

        if (!topic_rows(page, topic, ROW_LINK))
            continue;
        topic_head(page, topic);
        markup_begin(m, "ol");
        markup_attr(m, "class", SV("board"));
        markup_line(m);
        for (size_t i = topic->first; i < topic->first + topic->count; i++)
            if (row_kind(page->report, &board->rows[i]) == ROW_LINK)
                add_row(page, i);
        markup_end(m, "ol");
        markup_line(m);
    }
    add_broken(page);
}

// ---- what only one tells

static void add_silence(struct page *page, size_t index)
{
    const struct board_row *row = &page->reading->board.rows[index];
    const struct board_side *has = row->left.claim ? &row->left : &row->right;
    const struct board_side *lacks = row->left.claim ? &row->right : &row->left;
    size_t silent = side_text(page->report, lacks);
    struct markup *m = &page->m;
    struct buf text = { 0 };

    markup_begin(m, "li");
    markup_attr(m, "class", SV("row other"));
    markup_place(m, "l", row->link->id);
    markup_begin(m, "p");
    markup_attr(m, "class", SV("relation"));
    add_row_label(page->reading, page->report, index, &text);
    markup_element(m, "span", "no", buf_sv(&text));
    markup_textf(m, " ");
    buf_clear(&text);
    if (silent == SIZE_MAX)
        buf_add(&text, lacks->article);
    else
        add_letter(silent, &text);
    buf_add_cstr(&text, " says nothing of it");
    markup_element(m, "strong", NULL, buf_sv(&text));
    buf_clear(&text);
    add_strs(&row->link->searched, ", ", &text);
    markup_textf(m, " ");
    markup_elementf(m, "span", "figures", "%s", text.len ? "searched: " : "no search recorded");
    markup_element(m, "span", "figures", buf_sv(&text));
    markup_end(m, "p");
    add_side(page, has);
    add_reasons(m, row->link);
    markup_end(m, "li");
    markup_line(m);
    buf_release(&text);
}

static void add_alone(struct page *page, size_t text)
{
    const struct reading *reading = page->reading;
    struct markup *m = &page->m;
    struct buf letter = { 0 };
    size_t count = 0;

    add_letter(text, &letter);
    for (size_t i = reading->first[text]; i < reading->first[text + 1]; i++) {
        if (!reading->exhibits[i].is_alone)
            continue;
        if (!count++) {
            markup_elementf(m, "h4", NULL, "Of %s", buf_cstr(&letter));
            markup_begin(m, "ul");
            markup_attr(m, "class", SV("plain"));
            markup_line(m);
        }
        markup_begin(m, "li");
        page_claim_link(page, &reading->exhibits[i]);
        markup_textf(m, " ");
        page_quote(page, &reading->exhibits[i]);
        markup_end(m, "li");
        markup_line(m);
    }
    if (count)
        markup_end(m, "ul");
    buf_release(&letter);
}

void page_omissions(struct page *page)
{
    const struct reading *reading = page->reading;
    struct markup *m = &page->m;

    if (reading->row_counts[ROW_SILENT]) {
        markup_elementf(m, "p", "note",
                        "Claims of one article of which the reader looked for a counterpart in the "
                        "other and found none.");
        markup_begin(m, "ol");
        markup_attr(m, "class", SV("board"));
        markup_line(m);
        for (size_t i = 0; i < reading->board.count; i++)
            if (row_kind(page->report, &reading->board.rows[i]) == ROW_SILENT)
                add_silence(page, i);
        markup_end(m, "ol");
        markup_line(m);
    } else {
        markup_elementf(m, "p", "none", "No omission is recorded.");
    }
    if (!reading->row_counts[ROW_ALONE])
        return;
    markup_elementf(m, "h3", NULL, "Nothing recorded either way");
    markup_elementf(
        m, "p", "note",
        "Claims that could be looked for in another article, and are neither linked nor said to "
        "be missing there. No conclusion follows from a claim being in this list.");
    markup_line(m);
    for (size_t t = 0; t < page->report->in->text_count; t++)
        add_alone(page, t);
}
