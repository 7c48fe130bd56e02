// A report as Markdown for a pull request: a line for each row, claim and source, so that a changed
// decision is a changed line. The texts themselves are left to the corpus. Never writes what comes
// from outside without exchange/markdown_out.h.
#include "base/version.h"
#include "exchange/markdown_out.h"
#include "exchange/report_data.h"

struct sheet {
    struct buf *out;
    const struct report *report;
    const struct reading *reading;
    struct buf text; // what is to be escaped next
};

// Write what was gathered in `text`, escaped.
static void flush(struct sheet *sheet)
{
    markdown_text(buf_sv(&sheet->text), sheet->out);
    buf_clear(&sheet->text);
}

static void add(struct sheet *sheet, struct sv text)
{
    add_flat(text, &sheet->text);
    flush(sheet);
}

static void heading(struct sheet *sheet, const char *title)
{
    buf_addf(sheet->out, "\n## %s", title);
    if (sheet->reading && sheet->report->reading_count > 1) {
        buf_add_cstr(sheet->out, " — reading of ");
        add(sheet, reader_name(sheet->report, sheet->reading->in->annotator));
    }
    buf_add_cstr(sheet->out, "\n\n");
}

static void add_claim_label(struct sheet *sheet, const struct exhibit *exhibit)
{
    buf_add_cstr(sheet->out, "**");
    add_label(exhibit, sheet->out);
    buf_add_cstr(sheet->out, "**");
}

static void add_words(struct sheet *sheet, const struct exhibit *exhibit)
{
    buf_add_cstr(sheet->out, "“");
    add_quote(exhibit->claim, &sheet->text);
    flush(sheet);
    buf_add_cstr(sheet->out, "”");
}

static void add_place(struct sheet *sheet, const struct exhibit *exhibit)
{
    buf_add_cstr(sheet->out, " (");
    add_position(exhibit, sheet->out);
    buf_add_char(sheet->out, ')');
    if (anchor_text(exhibit->anchor))
        buf_addf(sheet->out, " **%s**", anchor_text(exhibit->anchor));
}

static void add_voices_of(struct sheet *sheet, const struct exhibit *exhibit)
{
    buf_add_cstr(sheet->out, " — ");
    add_voices(sheet->report, exhibit->claim, &sheet->text);
    flush(sheet);
    if (exhibit->claim->attributed_to.count && !sv_is_blank(exhibit->claim->author_stance) &&
        !sv_eq_cstr(exhibit->claim->author_stance, "neutral")) {
        buf_add_cstr(sheet->out, "; the article: ");
        add(sheet, exhibit->claim->author_stance);
    }
}

// ---- the board

static void add_cell(struct sheet *sheet, const struct board_side *side)
{
    const struct exhibit *exhibit = exhibit_find(sheet->reading, side->claim);

    buf_add_cstr(sheet->out, " | ");
    if (!exhibit)
        return;
    add_claim_label(sheet, exhibit);
    buf_add_char(sheet->out, ' ');
    add_words(sheet, exhibit);
    add_voices_of(sheet, exhibit);
    add_place(sheet, exhibit);
}

// The last cell of a row: the reader's reason, and what the team decided of the link.
static void add_reasons(struct sheet *sheet, const struct link *link)
{
    buf_add_cstr(sheet->out, " | ");
    add(sheet, link->why);
    add_decision(SECTION_LINKS, link, &sheet->text);
    buf_add_cstr(sheet->out, sheet->text.len ? " Decision: " : "");
    flush(sheet);
    buf_add_cstr(sheet->out, " |\n");
}

static void board_row(struct sheet *sheet, size_t index)
{
    const struct board_row *row = &sheet->reading->board.rows[index];

    buf_add_cstr(sheet->out, "| ");
    add_row_label(sheet->reading, sheet->report, index, sheet->out);
    buf_add_cstr(sheet->out, row_disputes(sheet->report, row) ? " | **" : " | ");
    add_relation(sheet->reading, sheet->report, row, &sheet->text);
    flush(sheet);
    buf_add_cstr(sheet->out, row_disputes(sheet->report, row) ? "**" : "");
    buf_add_cstr(sheet->out, row->link->strict ? ", strict" : "");
    add_values(sheet->reading, row, &sheet->text);
    buf_add_cstr(sheet->out, sheet->text.len ? ": " : "");
    flush(sheet);
    add_cell(sheet, &row->left);
    add_cell(sheet, &row->right);
    add_reasons(sheet, row->link);
}

static void board(struct sheet *sheet)
{
    const struct board *board = &sheet->reading->board;

    heading(sheet, "What is disputed");
    if (!sheet->reading->row_counts[ROW_LINK])
        buf_add_cstr(sheet->out, "No two claims are linked.\n");
    for (size_t t = 0; t < board->topic_count; t++) {
        const struct board_topic *topic = &board->topics[t];
        bool is_begun = false;

        for (size_t i = topic->first; i < topic->first + topic->count; i++) {
            if (row_kind(sheet->report, &board->rows[i]) != ROW_LINK)
                continue;
            if (!is_begun) {
                buf_addf(sheet->out, "%s### ", i == topic->first && !t ? "" : "\n");
                add(sheet, topic->name.len ? topic->name : SV("no topic"));
                buf_add_cstr(sheet->out,
                             "\n\n| | relation | one | the other | why |\n|---|---|---|---|---|\n");
            }
            is_begun = true;
            board_row(sheet, i);
        }
    }
}

static void topics(struct sheet *sheet)
{
    const struct board *board = &sheet->reading->board;

    if (!board->topic_count)
        return;
    heading(sheet, "Topics by articles");
    buf_add_cstr(sheet->out, "| topic |");
    for (size_t t = 0; t < sheet->report->in->text_count; t++) {
        buf_add_char(sheet->out, ' ');
        add_letter(t, sheet->out);
        buf_add_cstr(sheet->out, " |");
    }
    buf_add_cstr(sheet->out, " links | disputes |\n|---|");
    for (size_t t = 0; t < sheet->report->in->text_count + 2; t++)
        buf_add_cstr(sheet->out, "--:|");
    for (size_t i = 0; i < board->topic_count; i++) {
        buf_add_cstr(sheet->out, "\n| ");
        add(sheet, board->topics[i].name.len ? board->topics[i].name : SV("no topic"));
        for (size_t t = 0; t < sheet->report->in->text_count; t++)
            buf_addf(sheet->out, " | %zu", board->topics[i].claims[t]);
        buf_addf(sheet->out, " | %zu | %zu |", board->topics[i].links, board->topics[i].disputes);
    }
    buf_add_char(sheet->out, '\n');
}

static void silence(struct sheet *sheet, size_t index)
{
    const struct board_row *row = &sheet->reading->board.rows[index];
    const struct board_side *has = row->left.claim ? &row->left : &row->right;
    const struct board_side *lacks = row->left.claim ? &row->right : &row->left;
    size_t silent = side_text(sheet->report, lacks);

    buf_add_cstr(sheet->out, "| ");
    add_row_label(sheet->reading, sheet->report, index, sheet->out);
    add_cell(sheet, has);
    buf_add_cstr(sheet->out, " | ");
    if (silent == SIZE_MAX)
        add(sheet, lacks->article);
    else
        add_letter(silent, sheet->out);
    buf_add_cstr(sheet->out, " | ");
    add_strs(&row->link->searched, ", ", &sheet->text);
    flush(sheet);
    add_reasons(sheet, row->link);
}

static void omissions(struct sheet *sheet)
{
    const struct board *board = &sheet->reading->board;
    size_t alone = 0;

    heading(sheet, "What only one tells");
    if (sheet->reading->row_counts[ROW_SILENT])
        buf_add_cstr(sheet->out, "| | claim | silent | searched | why |\n|---|---|---|---|---|\n");
    else
        buf_add_cstr(sheet->out, "No omission is recorded.\n");
    for (size_t i = 0; i < board->count; i++)
        if (row_kind(sheet->report, &board->rows[i]) == ROW_SILENT)
            silence(sheet, i);
    for (size_t i = 0; i < sheet->reading->exhibit_count; i++) {
        const struct exhibit *exhibit = &sheet->reading->exhibits[i];

        if (!exhibit->is_alone)
            continue;
        if (!alone++)
            buf_add_cstr(
                sheet->out,
                "\n### Nothing recorded either way\n\nClaims that are neither linked nor said to "
                "be "
                "missing elsewhere; no conclusion follows from a claim being in this list.\n\n");
        buf_add_cstr(sheet->out, "- ");
        add_claim_label(sheet, exhibit);
        buf_add_char(sheet->out, ' ');
        add_words(sheet, exhibit);
        buf_add_char(sheet->out, '\n');
    }
}

// ---- sources, remarks, claims

static void saying(struct sheet *sheet, const struct saying *saying)
{
    buf_add_cstr(sheet->out, "- ");
    add_claim_label(sheet, saying->exhibit);
    buf_add_char(sheet->out, ' ');
    add(sheet, saying->voice->act.len ? saying->voice->act : SV("says"));
    buf_add_cstr(sheet->out, saying->voice->unsure ? " (unsure)" : "");
    for (const struct voice *v = saying->root; v && v != saying->voice; v = v->citing) {
        buf_add_cstr(sheet->out, v == saying->root ? " via " : " › ");
        add(sheet,
            v->source.len ? registry_name(sheet->report->in->registry, v->source) : SV("somebody"));
    }
    buf_add_char(sheet->out, ' ');
    add_words(sheet, saying->exhibit);
    add_place(sheet, saying->exhibit);
    buf_add_char(sheet->out, '\n');
}

static void sources(struct sheet *sheet)
{
    const struct reading *reading = sheet->reading;

    heading(sheet, "Who says what");
    if (!reading->saying_count)
        buf_add_cstr(sheet->out, "No claim is attributed to anybody.\n");
    for (size_t i = 0; i < reading->saying_count; i++) {
        struct sv id = reading->sayings[i].source;
        const struct source *source = registry_find(sheet->report->in->registry, id);

        if (!i || sv_cmp(id, reading->sayings[i - 1].source)) {
            buf_addf(sheet->out, "%s### ", i ? "\n" : "");
            add(sheet,
                id.len ? registry_name(sheet->report->in->registry, id) : SV("Nobody named"));
            if (source && source->kind.len) {
                buf_add_cstr(sheet->out, ", ");
                add(sheet, source->kind);
            }
            buf_add_cstr(sheet->out, "\n\n");
        }
        saying(sheet, &reading->sayings[i]);
    }
}

static void remarks(struct sheet *sheet)
{
    bool is_begun = false;

    for (size_t t = 0; t < sheet->report->in->text_count; t++) {
        const struct layer *layer = sheet->reading->layers[t];

        for (size_t i = 0; i < layer->sections[SECTION_NOTES].count; i++) {
            const struct note *note = layer->sections[SECTION_NOTES].items[i];
            struct cp_span at = parts_extent(note->span);

            if (!is_begun)
                heading(sheet, "Remarks on the texts");
            is_begun = true;
            buf_add_cstr(sheet->out, "- **");
            add_letter(t, sheet->out);
            buf_add_cstr(sheet->out, "** “");
            for (size_t p = 0; p < note->span.count; p++) {
                buf_add_cstr(&sheet->text, p ? " … " : "");
                add_flat(((const struct part *)note->span.items[p])->quote, &sheet->text);
            }
            flush(sheet);
            buf_addf(sheet->out, "” (code points %zu–%zu) ", at.beg, at.end);
            add(sheet, note->kind);
            buf_add_cstr(sheet->out, ": ");
            add(sheet, note->text);
            buf_add_char(sheet->out, '\n');
        }
    }
}

static void claim_row(struct sheet *sheet, const struct exhibit *exhibit)
{
    const struct claim *claim = exhibit->claim;
    const struct sv fields[] = { claim->says, claim->type, claim->topic, claim->certainty };

    buf_add_cstr(sheet->out, "| ");
    add_claim_label(sheet, exhibit);
    buf_add_char(sheet->out, ' ');
    markdown_code(claim->id, sheet->out);
    buf_add_cstr(sheet->out, " | ");
    add_words(sheet, exhibit);
    add_place(sheet, exhibit);
    buf_add_cstr(sheet->out, " | ");
    add_voices(sheet->report, claim, &sheet->text);
    flush(sheet);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        buf_add_cstr(sheet->out, " | ");
        add(sheet, fields[i]);
    }
    buf_addf(sheet->out, " | %s |\n",
             exhibit->flags & CLAIM_DISPUTED    ? "disputed"
             : exhibit->flags & CLAIM_CONTESTED ? "contested"
                                                : "");
}

static void claims(struct sheet *sheet)
{
    const struct reading *reading = sheet->reading;

    heading(sheet, "Register of claims");
    buf_add_cstr(
        sheet->out,
        "Positions count code points of the text as stored, from 0, the end not included.\n");
    for (size_t t = 0; t < sheet->report->in->text_count; t++) {
        buf_add_cstr(sheet->out, "\n### ");
        add_letter(t, sheet->out);
        buf_add_cstr(sheet->out, ": ");
        add(sheet, text_title(&sheet->report->in->texts[t]));
        buf_add_cstr(sheet->out, "\n\n");
        if (reading->first[t] == reading->first[t + 1]) {
            buf_add_cstr(sheet->out, "No claim is marked.\n");
            continue;
        }
        buf_add_cstr(sheet->out, "| claim | quote | by | in short | type | topic | certainty | "
                                 "|\n|---|---|---|---|---|---|---|---|\n");
        for (size_t i = reading->first[t]; i < reading->first[t + 1]; i++)
            claim_row(sheet, &reading->exhibits[i]);
    }
}

// ---- what was said

static void said(struct sheet *sheet, const struct said *said)
{
    buf_add_cstr(sheet->out, "  - ");
    add(sheet, reader_name(sheet->report, said->layer->head.annotator));
    if (!sv_is_blank(said->comment->created)) {
        buf_add_cstr(sheet->out, ", ");
        markdown_code(said_when(said), sheet->out);
    }
    if (said->comment->kind.len) {
        buf_add_cstr(sheet->out, ", **");
        add(sheet, said->comment->kind);
        buf_add_cstr(sheet->out, "**");
    }
    buf_add_cstr(sheet->out, sv_is_blank(said->comment->text) ? "" : ": ");
    add(sheet, said->comment->text);
    buf_add_char(sheet->out, '\n');
}

static void talk(struct sheet *sheet)
{
    const struct threads *threads = sheet->report->in->threads;

    if (!report_has_talk(sheet->report))
        return;
    heading(sheet, "What the readers said to each other");
    for (size_t i = 0; i < threads->count; i++) {
        const struct thread *thread = &threads->items[i];
        const struct exhibit *exhibit = thread_exhibit(sheet->report, thread);

        if (!thread_is_told(sheet->report, thread))
            continue;
        buf_add_cstr(sheet->out, "- ");
        if (!exhibit || sheet->report->reading_count > 1) {
            add(sheet, reader_name(sheet->report, thread->about.annotator));
            buf_add_char(sheet->out, ' ');
        }
        if (exhibit)
            add_claim_label(sheet, exhibit);
        else
            markdown_code(thread->about.id, sheet->out);
        add_thread_words(thread, &sheet->text);
        if (sheet->text.len) {
            buf_add_cstr(sheet->out, " “");
            flush(sheet);
            buf_add_cstr(sheet->out, "”");
        }
        buf_add_cstr(sheet->out, thread->rec ? "" : ", not there any more");
        buf_add_cstr(sheet->out, thread->is_open ? " **open**\n" : " resolved\n");
        for (size_t k = 0; k < thread->count; k++)
            said(sheet, &thread->items[k]);
    }
}

// ---- the whole

static void agreement(struct sheet *sheet)
{
    const struct report *report = sheet->report;

    if (!report->agreement.raters)
        return;
    heading(sheet, "Agreement of the readers");
    for (size_t r = 0; r < report->agreement.raters; r++) {
        buf_add_cstr(sheet->out, r ? ", " : "Between ");
        add(sheet, reader_name(report, report->raters[r]->annotator));
    }
    buf_addf(sheet->out,
             ", over %zu article%s; two claims are taken for one when half of the longer one lies "
             "in the other.\n\n",
             report->agreement.articles, report->agreement.articles == 1 ? "" : "s");
    buf_add_cstr(sheet->out, "| of | measure | value | 95 % | n | by one alone | blank "
                             "|\n|---|---|--:|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < report->rows.count; i++) {
        const struct agree_row *row = &report->rows.items[i];

        buf_add_cstr(sheet->out, "| ");
        add(sheet, sv_from(row->field));
        buf_add_cstr(sheet->out, " | ");
        add(sheet, sv_from(row->measure));
        if (row->why == AGREE_DEFINED)
            buf_addf(sheet->out, " | %.3f | ", row->value);
        else
            buf_addf(sheet->out, " | undefined: %s | ", agree_why_text(row->why));
        if (row->why == AGREE_DEFINED && row->has_range)
            buf_addf(sheet->out, "%.2f to %.2f", row->range.low, row->range.high);
        buf_addf(sheet->out, " | %zu | %zu | %zu |\n", row->units, row->alone, row->blank);
    }
}

static void reader_rows(struct sheet *sheet)
{
    const struct report_input *in = sheet->report->in;

    buf_add_cstr(
        sheet->out,
        "\n| reader | text | claims | links | read | state |\n|---|---|--:|--:|--:|---|\n");
    for (size_t r = 0; r < in->reading_count; r++) {
        for (size_t t = 0; t < in->text_count; t++) {
            const struct layer *layer = in->readings[r].layers[t];

            if (!layer)
                continue;
            buf_add_cstr(sheet->out, "| ");
            add(sheet, reader_name(sheet->report, in->readings[r].annotator));
            buf_add_cstr(sheet->out, " | ");
            add_letter(t, sheet->out);
            buf_addf(sheet->out, " | %zu | %zu | %zu %% | %s |\n",
                     layer->sections[SECTION_CLAIMS].count, layer->sections[SECTION_LINKS].count,
                     layer_read_share(layer),
                     layer_is_finished(layer) ? "finished" : "in progress");
        }
    }
}

static void methods(struct sheet *sheet)
{
    const struct report_input *in = sheet->report->in;

    heading(sheet, "How this was made");
    for (size_t r = 0; r < sheet->report->reading_count; r++) {
        const struct reading *reading = &sheet->report->readings[r];
        struct sv first, last;

        reading_dates(reading, &first, &last);
        buf_add_cstr(sheet->out, "- Shown: ");
        if (reading->in->is_adjudicated) {
            buf_add_cstr(sheet->out, "the adjudicated layer, which the team agreed on");
        } else {
            buf_add_cstr(sheet->out, "the reading of ");
            add(sheet, reader_name(sheet->report, reading->in->annotator));
            buf_add_cstr(sheet->out, ", not adjudicated");
        }
        if (first.len) {
            buf_add_cstr(sheet->out, sv_eq(first, last) ? "; recorded on " : "; recorded from ");
            add(sheet, first);
            if (!sv_eq(first, last)) {
                buf_add_cstr(sheet->out, " to ");
                add(sheet, last);
            }
        }
        buf_add_char(sheet->out, '\n');
    }
    if (!sv_is_absent(in->where)) {
        buf_add_cstr(sheet->out, "- Query: ");
        markdown_code(in->where, sheet->out);
        buf_add_char(sheet->out, '\n');
    }
    buf_add_cstr(sheet->out, "- Scheme: ");
    add(sheet, in->scheme->version.len ? in->scheme->version : SV("built in"));
    if (in->team->head.guideline.len) {
        buf_add_cstr(sheet->out, "\n- Guideline: ");
        add(sheet, in->team->head.guideline);
    }
    buf_addf(sheet->out, "\n- Program: gainsay %s, format %d\n", GAINSAY_VERSION, GAINSAY_FORMAT);
    for (size_t t = 0; t < in->text_count; t++) {
        buf_add_cstr(sheet->out, "- Text ");
        add_letter(t, sheet->out);
        buf_add_cstr(sheet->out, ": ");
        markdown_code(in->texts[t].id, sheet->out);
        buf_addf(sheet->out, ", %zu code points, SHA-256 ", article_cp_len(in->texts[t].article));
        markdown_code(sv_from(sheet->report->hashes[t]), sheet->out);
        buf_add_char(sheet->out, '\n');
    }
    reader_rows(sheet);
}

static void title(struct sheet *sheet)
{
    const struct report_input *in = sheet->report->in;
    struct report_counts counts = report_count(sheet->report);

    buf_add_cstr(sheet->out, "# Dispute report: ");
    add(sheet, in->event.len ? in->event : SV("articles of no event"));
    buf_add_cstr(sheet->out, "\n\n");
    for (size_t t = 0; t < in->text_count; t++) {
        const struct sv facts[] = { in->texts[t].meta->outlet, in->texts[t].meta->published,
                                    in->texts[t].meta->url };

        buf_add_cstr(sheet->out, "- **");
        add_letter(t, sheet->out);
        buf_add_cstr(sheet->out, "** ");
        add(sheet, text_title(&in->texts[t]));
        for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
            buf_add_cstr(sheet->out, sv_is_blank(facts[i]) ? "" : ", ");
            add(sheet, facts[i]);
        }
        buf_add_char(sheet->out, '\n');
    }
    buf_addf(sheet->out,
             "\n%zu claims, %zu links, of which %zu dispute%s. This report compares what the "
             "articles say; it "
             "does not say which of them is right.\n",
             counts.claims, counts.links, counts.disputes, counts.disputes == 1 ? "s" : "");
    add_open(sheet->report, &sheet->text);
    if (sheet->text.len) {
        buf_add_cstr(sheet->out, "\n**");
        flush(sheet);
        buf_add_cstr(sheet->out, "**\n");
    }
    if (!sv_is_absent(in->where)) {
        buf_add_cstr(sheet->out, "\nClaims that match ");
        markdown_code(in->where, sheet->out);
        add_asked(sheet->report, sheet->out);
        buf_add_char(sheet->out, '\n');
    }
}

void report_markdown(struct report *report, struct buf *out)
{
    struct sheet sheet = { .out = out, .report = report };

    title(&sheet);
    for (size_t r = 0; r < report->reading_count; r++) {
        sheet.reading = &report->readings[r];
        board(&sheet);
        topics(&sheet);
        sources(&sheet);
        omissions(&sheet);
        remarks(&sheet);
        claims(&sheet);
    }
    sheet.reading = NULL;
    talk(&sheet);
    agreement(&sheet);
    methods(&sheet);
    buf_release(&sheet.text);
}
