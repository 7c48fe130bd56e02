// A section of records in a rendering: block lists spliced, others written anew. Declared in
// doc_draft.h. Never drops a record that could not be read, nor a comment that stands apart.
#include <string.h>

#include "model/index.h"
#include "model/layer.h"
#include "store/doc_comments.h"
#include "store/doc_draft.h"
#include "store/doc_order.h"
#include "store/doc_record.h"
#include "store/doc_runs.h"
#include "store/yaml_write.h"

static struct record_run *open_record(struct head_run *section, const void *rec)
{
    MEM_GROW(section->records, section->count, section->cap);

    struct record_run *run = &section->records[section->count++];

    *run = (struct record_run){ .rec = rec };
    return run;
}

static void close_record(struct draft *d, struct head_run *section, const struct record_run *run)
{
    d->sheet.ends_keep = section->ends_keep = run->ends_keep;
    section->end = run->end;
}

static void copy_record(struct draft *d, struct head_run *section, const struct record_run *old,
                        const void *rec)
{
    draft_end_line(d);

    size_t beg = sheet_len(&d->sheet);
    struct record_run *run = open_record(section, rec);

    draft_copy(d, old->beg, old->end);
    *run = *old;
    run->rec = rec;
    run->beg = beg;
    run->end = sheet_len(&d->sheet);
    close_record(d, section, run);
}

// The record just written at text[beg ..].
static void note_record(struct draft *d, struct head_run *section, const void *rec, size_t beg)
{
    struct record_run *run = open_record(section, rec);

    doc_record_run(section->field->sub, section->dash_col, &d->sheet, beg, d->runs, run);
    close_record(d, section, run);
}

static void splice_record(struct draft *d, struct head_run *section, const struct head_run *from,
                          const struct record_run *old, const void *rec)
{
    draft_end_line(d);

    size_t beg = sheet_len(&d->sheet);

    doc_record_splice(from, old, rec, &d->sheet);
    note_record(d, section, rec, beg);
    d->old_pos = old->end;
}

static void write_record(struct draft *d, struct head_run *section, const void *rec)
{
    draft_end_line(d);
    sheet_write_blank(&d->sheet);

    size_t beg = sheet_len(&d->sheet);

    doc_record_write(section->field->sub, rec, section->dash_col, &d->sheet);
    note_record(d, section, rec, beg);
    d->old_pos = NOWHERE;
}

// A record that could not be read, where its lines cannot stay.
static void write_unread(struct draft *d, struct head_run *section, struct sv yaml)
{
    struct ynode node = { .type = YNODE_SCALAR, .is_raw = true, .text = yaml };
    struct buf text = { 0 };

    draft_end_line(d);
    sheet_write_blank(&d->sheet);
    buf_add_fill(&text, ' ', (size_t)section->dash_col);
    yaml_write_item(&node, section->dash_col, &text);

    size_t beg = sheet_len(&d->sheet);
    struct record_run *run = open_record(section, NULL);

    sheet_write(&d->sheet, buf_sv(&text));
    *run = (struct record_run){ .yaml = yaml, .beg = beg, .end = sheet_len(&d->sheet) };
    close_record(d, section, run);
    d->old_pos = NOWHERE;
    buf_release(&text);
}

// Lines of a record in the doc that records may be taken from, comments above it included: [*lead,
// end). NULL: it is not there, or its lines would not fit here.
static const struct record_run *find_given(const struct draft *d, const struct head_run *section,
                                           const void *rec, size_t *lead)
{
    const struct doc *from = d->from;

    for (size_t h = 0; from && !from->is_crlf && !d->sheet.is_crlf && h < from->count; h++) {
        const struct head_run *head = &from->heads[h];

        if (head->field != section->field || !head->is_block || head->dash_col != section->dash_col)
            continue;
        for (size_t i = 0; i < head->count; i++) {
            const struct record_run *run = &head->records[i];

            if (run->rec != rec)
                continue;
            *lead = lead_own(buf_sv(&from->bytes), i ? run[-1].end : head->records_beg, run->beg);
            return run->fields && !run->ends_keep && from->bytes.ptr[run->end - 1] == '\n' ? run
                                                                                           : NULL;
        }
    }
    return NULL;
}

static void write_given(struct draft *d, struct head_run *section, const struct record_run *given,
                        size_t lead)
{
    struct sv bytes = buf_sv(&d->from->bytes);

    draft_end_line(d);
    sheet_write(&d->sheet, sv_sub(bytes, lead, given->beg));

    size_t beg = sheet_len(&d->sheet);

    sheet_write(&d->sheet, sv_sub(bytes, given->beg, given->end));
    d->sheet.ends_keep = false;
    note_record(d, section, given->rec, beg);
}

// A step of the order for a record that is written as another doc has it. false: it is not.
static bool emit_given(struct draft *d, const struct head_run *old, struct head_run *section,
                       const struct place *place)
{
    const struct record_run *run = place->old == NOWHERE ? NULL : &old->records[place->old];
    size_t lead, beg = run && place->old ? run[-1].end : old->records_beg;
    const struct record_run *given = NULL;

    if (place->move == MOVE_NEW || (place->is_changed && place->move != MOVE_AWAY))
        given = find_given(d, section, place->rec, &lead);
    if (!given)
        return false;
    if (place->move == MOVE_STAY) {
        draft_copy_lead(d, beg, lead_own(draft_old(d), beg, run->beg));
    } else {
        draft_end_line(d);
        sheet_write_blank(&d->sheet);
    }
    write_given(d, section, given, lead);
    d->old_pos = place->move == MOVE_STAY ? run->end : NOWHERE;
    return true;
}

// One step of the order; true when comments of a record that went stay behind.
static bool emit_place(struct draft *d, const struct head_run *old, struct head_run *section,
                       const struct place *place)
{
    const struct record_run *run = place->old == NOWHERE ? NULL : &old->records[place->old];
    size_t beg = run && place->old ? run[-1].end : old->records_beg;

    if (emit_given(d, old, section, place))
        return false;
    switch (place->move) {
    case MOVE_STAY:
        draft_copy_lead(d, beg, run->beg);
        if (place->is_changed)
            splice_record(d, section, old, run, place->rec);
        else
            copy_record(d, section, run, place->rec);
        break;
    case MOVE_AWAY:
        draft_end_line(d);
        return sheet_copy_rest(&d->sheet, beg, run->beg);
    case MOVE_HERE:
        draft_end_line(d);
        sheet_write_blank(&d->sheet);
        draft_copy(d, lead_own(draft_old(d), beg, run->beg), run->beg);
        if (place->is_changed)
            splice_record(d, section, old, run, place->rec);
        else
            copy_record(d, section, run, place->rec);
        d->old_pos = NOWHERE;
        break;
    case MOVE_NEW:
        write_record(d, section, place->rec);
        break;
    }
    return false;
}

// `count` records from `first` on as they are.
static void copy_stretch(struct draft *d, const struct head_run *old, struct head_run *section,
                         size_t first, size_t count)
{
    const struct record_run *from = old->records + first;
    size_t lead = first ? from[-1].end : old->records_beg;

    if (!count)
        return;
    draft_copy_lead(d, lead, from->beg);
    draft_end_line(d);

    size_t shift = sheet_len(&d->sheet) - from->beg; // may wrap around: so it does back

    draft_copy(d, from->beg, from[count - 1].end);
    for (size_t i = 0; i < count; i++) {
        struct record_run *run = open_record(section, from[i].rec);

        *run = from[i];
        run->beg += shift;
        run->end += shift;
    }
    close_record(d, section, &section->records[section->count - 1]);
}

// The last record went. So does the header, unless it was there before any record or somebody wrote
// more than it.
static void emit_empty(struct draft *d, const struct head_run *old, size_t lead, bool has_rest,
                       size_t text_len)
{
    struct sv bytes = draft_old(d);
    struct head_run *section = &d->heads[d->count - 1];
    size_t colon = sv_find(bytes, SV(":"), old->beg) + 1;
    bool is_bare = sv_is_blank(sv_sub(bytes, colon, old->records_beg)) &&
                   lead_own(bytes, lead, old->beg) == old->beg;

    if (old->is_kept_empty || has_rest || !is_bare) {
        section->value.beg = section->value.end = section->beg + (colon - old->beg);
        section->end = section->beg + (old->records_beg - old->beg);
        section->is_kept_empty = true;
        return;
    }
    mem_free(section->records);
    d->count--;
    sheet_cut(&d->sheet, text_len);
    sheet_copy_rest(&d->sheet, lead, old->beg);
}

// The section of a file with records of this kind, or NULL.
static const struct head_run *section_of(const struct doc *doc, enum kind_id kind)
{
    for (const struct head_run *head = doc->heads; head < doc->heads + doc->count; head++)
        if (head->is_section && head->field->sub == kind)
            return head;
    return NULL;
}

static bool links_are_sorted(const struct head_run *links, const struct id_index *claims)
{
    size_t last_pos = 0;
    struct sv last_id = { 0 };

    for (size_t i = 0; i < links->count; i++) {
        const struct link *link = links->records[i].rec;

        if (!link)
            continue;

        const struct claim *claim = id_index_find(claims, link->from);
        size_t pos = claim && claim->span.count ? parts_extent(claim->span).beg : SIZE_MAX;

        if (pos < last_pos || (pos == last_pos && sv_cmp(link->id, last_id) < 0))
            return false;
        last_pos = pos;
        last_id = link->id;
    }
    return true;
}

// Links stand in the order of their claims: did they, before this change? Only they can leave their
// order without being changed themselves.
static bool links_were_sorted(const void *ctx)
{
    const struct doc *doc = ctx;
    const struct head_run *links = section_of(doc, KIND_LINK);
    const struct head_run *claims = section_of(doc, KIND_CLAIM);
    struct id_index *index = NULL;

    if (!links || !claims)
        return false;
    for (size_t i = 0; i < claims->count; i++)
        if (claims->records[i].rec)
            id_index_put(&index, claims->records[i].rec);

    bool sorted = links_are_sorted(links, index);

    id_index_free(index);
    return sorted;
}

static bool is_never_sorted(const void *ctx)
{
    (void)ctx;
    return false;
}

static void emit_block(struct draft *d, const struct head_run *old, size_t lead)
{
    struct order order = order_plan(
        old, draft_section(d, old->field),
        old->field->sub == KIND_LINK ? links_were_sorted : is_never_sorted, d->old, &d->arena);
    bool ends_keep = d->sheet.ends_keep, has_rest = false;

    draft_end_line(d);

    size_t text_len = sheet_len(&d->sheet);

    draft_copy_lead(d, lead, old->beg);

    struct head_run *section = draft_open(d, old);

    draft_copy(d, old->beg, old->records_beg);
    section->is_block = true;
    section->records_beg = sheet_len(&d->sheet);
    d->sheet.ends_keep = false;
    section->cap = old->count + order.count;
    section->records = mem_resize(NULL, section->cap, sizeof(*section->records));
    copy_stretch(d, old, section, 0, order.head);
    for (size_t i = 0; i < order.count; i++)
        has_rest |= emit_place(d, old, section, &order.places[i]);
    copy_stretch(d, old, section, old->count - order.tail, order.tail);
    if (section->count)
        return;
    section->is_block = false;
    d->sheet.ends_keep = ends_keep;
    emit_empty(d, old, lead, has_rest, text_len);
    d->old_pos = NOWHERE;
}

static void copy_section(struct draft *d, const struct head_run *old, size_t lead)
{
    struct rec_list list = draft_section(d, old->field);

    draft_copy_lead(d, lead, old->beg);
    draft_end_line(d);

    struct head_run *section = draft_open(d, old);

    draft_copy(d, old->beg, old->end);
    section->value.beg = section->beg + (old->value.beg - old->beg);
    section->value.end = section->beg + (old->value.end - old->beg);
    for (size_t i = 0, j = 0; i < old->count; i++) {
        struct record_run *run = open_record(section, old->records[i].rec ? list.items[j++] : NULL);

        run->yaml = old->records[i].yaml;
    }
    d->sheet.ends_keep = old->ends_keep;
    draft_close(d, section);
}

static void emit_all(struct draft *d, struct head_run *section, const struct head_run *old)
{
    struct rec_list list = draft_section(d, section->field);

    section->is_block = true;
    section->records_beg = sheet_len(&d->sheet);
    d->sheet.ends_keep = false;
    for (size_t i = 0; i < list.count; i++)
        write_record(d, section, list.items[i]);
    for (size_t i = 0; old && i < old->count; i++)
        if (!old->records[i].rec)
            write_unread(d, section, old->records[i].yaml);
    section->is_block = section->count > 0;
    draft_close(d, section);
}

// A section on one line, or with nothing behind its key: it gets lines for its records.
static void emit_inline(struct draft *d, const struct head_run *old, size_t lead)
{
    struct sv bytes = draft_old(d), beside, above;
    size_t key_end = old->value.beg;
    struct buf lines = { 0 };

    draft_copy_lead(d, lead, old->beg);
    comments_of_piece(sv_sub(bytes, old->beg, old->end), &d->arena, &beside, &above);
    yaml_write_comments(above, d->old->col, &lines);
    draft_write(d, buf_sv(&lines));
    buf_release(&lines);

    struct head_run *section = draft_open(d, old);

    while (key_end > old->beg && strchr(" \t\r\n", bytes.ptr[key_end - 1]))
        key_end--;
    draft_copy(d, old->beg, key_end);
    if (beside.len)
        sheet_write(&d->sheet, SV(" "));
    sheet_write(&d->sheet, beside);
    sheet_write(&d->sheet, SV("\n"));
    section->dash_col = d->old->col;
    section->value.beg = section->value.end = section->beg + (key_end - old->beg);
    emit_all(d, section, old);
    d->old_pos = NOWHERE;
}

bool draft_section_is_same(const struct draft *draft, const struct head_run *old)
{
    struct rec_list list = draft_section(draft, old->field);
    size_t j = 0;

    for (size_t i = 0; i < old->count; i++) {
        const void *rec = old->records[i].rec;

        if (!rec)
            continue;
        if (j == list.count ||
            (rec != list.items[j] && !record_eq(old->field->sub, rec, list.items[j])))
            return false;
        j++;
    }
    return j == list.count;
}

void draft_section_splice(struct draft *draft, const struct head_run *old, size_t lead)
{
    if (old->is_block)
        emit_block(draft, old, lead);
    else if (draft_section_is_same(draft, old))
        copy_section(draft, old, lead);
    else
        emit_inline(draft, old, lead);
}

void draft_section_write(struct draft *draft, const struct field *field, const struct head_run *old)
{
    struct head_run like = { .field = field, .is_section = true, .dash_col = draft->old->col };
    struct buf text = { 0 };

    draft_end_line(draft);

    struct head_run *section = draft_open(draft, &like);

    buf_add_fill(&text, ' ', (size_t)draft->old->col);
    buf_addf(&text, "%s:\n", field->key);
    draft_write(draft, buf_sv(&text));
    buf_release(&text);
    emit_all(draft, section, old);
}
