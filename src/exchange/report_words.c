// What a report says in words, the same in HTML and Markdown. Declared in exchange/report_data.h.
// Escapes nothing: that is for who writes it.
#include "exchange/report_data.h"

#include <string.h>

#include "model/decision.h"

void add_letter(size_t text, struct buf *out)
{
    if (text >= 26)
        add_letter(text / 26 - 1, out);
    buf_add_char(out, (char)('A' + text % 26));
}

bool exhibit_is_there(const struct exhibit *exhibit)
{
    for (size_t i = 0; i < exhibit->claim->span.count; i++)
        if (exhibit->parts[i].end)
            return true;
    return false;
}

void add_label(const struct exhibit *exhibit, struct buf *out)
{
    add_letter(exhibit->text, out);
    buf_addf(out, "%zu", exhibit->number);
}

void add_row_label(const struct reading *reading, const struct report *report, size_t row,
                   struct buf *out)
{
    static const char letters[] = { [ROW_LINK] = 'D', [ROW_SILENT] = 'O' };
    enum row_kind kind = row_kind(report, &reading->board.rows[row]);

    if (kind != ROW_ALONE)
        buf_addf(out, "%c%zu", letters[kind], reading->numbers[row]);
}

size_t side_text(const struct report *report, const struct board_side *side)
{
    for (size_t t = 0; side->article.len && t < report->in->text_count; t++)
        if (sv_eq(report->in->texts[t].id, side->article))
            return t;
    return SIZE_MAX;
}

void add_flat(struct sv text, struct buf *out)
{
    text = sv_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        buf_add_char(out, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
}

void add_quote(const struct claim *claim, struct buf *out)
{
    for (size_t i = 0; i < claim->span.count; i++) {
        const struct part *part = claim->span.items[i];

        if (i)
            buf_add_cstr(out, " … ");
        add_flat(part->quote, out);
    }
}

void add_voice(const struct report *report, const struct voice *voice, struct buf *out)
{
    for (const struct voice *v = voice; v; v = v->citing) {
        if (v != voice)
            buf_add_cstr(out, " › ");
        add_flat(v->source.len ? registry_name(report->in->registry, v->source) : SV("somebody"),
                 out);
        buf_add_char(out, ' ');
        add_flat(v->act.len ? v->act : SV("says"), out);
        if (v->unsure)
            buf_add_cstr(out, " (unsure)");
    }
}

void add_voices(const struct report *report, const struct claim *claim, struct buf *out)
{
    if (!claim->attributed_to.count)
        buf_add_cstr(out, "the article itself");
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        if (i)
            buf_add_cstr(out, "; ");
        add_voice(report, claim->attributed_to.items[i], out);
    }
}

const char *anchor_text(enum anchor anchor)
{
    static const char *const texts[] = {
        [ANCHOR_HERE] = NULL,
        [ANCHOR_MOVED] = "found at another place than recorded, as the text has changed",
        [ANCHOR_DOUBT] =
            "in doubt: the text has changed, and these words do not stand there for sure",
        [ANCHOR_LOST] = "lost: these words are not in the text as it is now",
    };

    return texts[anchor];
}

void add_position(const struct exhibit *exhibit, struct buf *out)
{
    const struct rec_list *span = &exhibit->claim->span;

    buf_add_cstr(out, "code points ");
    for (size_t i = 0; i < span->count; i++) {
        const struct part *part = span->items[i];
        struct cp_span at = exhibit->parts[i].end ? exhibit->parts[i] : part->at;

        buf_addf(out, "%s%zu–%zu", !i ? "" : i + 1 < span->count ? ", " : " and ", at.beg, at.end);
    }
    if (exhibit->line)
        buf_addf(out, ", line %zu", exhibit->line);
}

static void add_figure(const struct value *value, struct buf *out)
{
    value_figure(value, out);
    if (value->what.len) {
        buf_add_char(out, ' ');
        add_flat(value->what, out);
    }
}

static void add_side_label(const struct reading *reading, const struct board_side *side,
                           struct buf *out)
{
    add_label(exhibit_find(reading, side->claim), out);
}

void add_values(const struct reading *reading, const struct board_row *row, struct buf *out)
{
    const struct value *left, *right;

    (void)board_values(row, &left, &right);
    if (!left || !right)
        return;
    add_side_label(reading, &row->left, out);
    buf_add_cstr(out, ": ");
    add_figure(left, out);
    buf_add_cstr(out, "; ");
    add_side_label(reading, &row->right, out);
    buf_add_cstr(out, ": ");
    add_figure(right, out);
}

void add_relation(const struct reading *reading, const struct report *report,
                  const struct board_row *row, struct buf *out)
{
    const struct word *type = row_type(report, row);

    if (type && type->ordered) {
        add_side_label(reading, row->is_turned ? &row->right : &row->left, out);
        buf_add_char(out, ' ');
        add_flat(row->link->type, out);
        buf_add_char(out, ' ');
        add_side_label(reading, row->is_turned ? &row->left : &row->right, out);
    } else {
        add_flat(row->link->type, out);
    }
    if (row->link->point.len) {
        buf_add_cstr(out, " in ");
        add_flat(row->link->point, out);
    }
}

void add_decision(enum section section, const void *rec, struct buf *out)
{
    struct decision decision = decision_get(section, rec);

    if (sv_is_blank(decision.word))
        return;
    add_flat(decision.word, out);
    if (!sv_is_blank(decision.by)) {
        buf_add_cstr(out, ", by ");
        add_flat(decision.by, out);
    }
    if (!sv_is_blank(decision.why)) {
        buf_add_cstr(out, ": ");
        add_flat(decision.why, out);
    }
}

void add_strs(const struct sv_list *list, const char *between, struct buf *out)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_cstr(out, between);
        add_flat(list->items[i], out);
    }
}

struct sv text_title(const struct report_text *text)
{
    return sv_is_blank(text->meta->title) ? text->id : text->meta->title;
}

static void note_date(struct sv time, struct sv *first, struct sv *last)
{
    struct sv day = sv_sub(time, 0, 10);

    if (sv_is_blank(day))
        return;
    if (sv_is_absent(*first) || sv_cmp(day, *first) < 0)
        *first = day;
    if (sv_is_absent(*last) || sv_cmp(day, *last) > 0)
        *last = day;
}

void reading_dates(const struct reading *reading, struct sv *first, struct sv *last)
{
    *first = *last = (struct sv){ 0 };
    for (size_t i = 0; i < reading->exhibit_count; i++)
        note_date(reading->exhibits[i].claim->created, first, last);
    for (size_t i = 0; i < reading->board.count; i++)
        if (reading->board.rows[i].link)
            note_date(reading->board.rows[i].link->created, first, last);
}

struct sv reader_name(const struct report *report, struct sv annotator)
{
    const struct member *member = team_find(report->in->team, annotator);

    return member && !sv_is_blank(member->name) ? member->name : annotator;
}

void add_asked(const struct report *report, struct buf *out)
{
    struct report_counts counts = report_count(report);

    buf_addf(out, ", and those that a link joins to them: %zu of %zu.", counts.claims,
             counts.marked);
}
