// Saving by splicing: the old bytes and the content to be -> the new bytes, with the places of all
// records in them. Declared in doc.h. Never rewrites what did not change.
#include <string.h>

#include "base/bug.h"
#include "store/doc_comments.h"
#include "store/doc_draft.h"
#include "store/doc_encode.h"
#include "store/doc_runs.h"
#include "store/yaml_write.h"

static bool is_wanted(const struct draft *d, const struct field *field)
{
    if (draft_is_section(d, field))
        return draft_section(d, field).count > 0;
    return !field_is_absent(d->content.head, field);
}

static const struct head_run *find_head(const struct doc *doc, const struct field *field)
{
    for (size_t i = 0; i < doc->count; i++)
        if (doc->heads[i].field == field)
            return &doc->heads[i];
    return NULL;
}

static bool is_same_head(const struct draft *d, const struct field *field)
{
    return field_eq(d->old->head, d->content.head, field);
}

static void write_value(struct draft *d, const struct head_run *like, const struct ynode *value)
{
    struct buf text = { 0 };

    draft_end_line(d);

    struct head_run *head = draft_open(d, like);

    buf_add_fill(&text, ' ', (size_t)d->old->col);
    yaml_write_pair(like->field ? sv_from(like->field->key) : like->key, value, d->old->col, &text);
    sheet_write(&d->sheet, buf_sv(&text));
    d->sheet.ends_keep = false;
    draft_close(d, head);
    buf_release(&text);
}

// A head field or section that the file does not have.
static void write_head(struct draft *d, const struct field *field)
{
    struct head_run like = { .field = field };

    if (draft_is_section(d, field))
        draft_section_write(d, field, NULL);
    else
        write_value(d, &like, doc_encode_field(&d->arena, d->content.head, field));
    d->old_pos = SIZE_MAX;
}

static void copy_head(struct draft *d, const struct head_run *old, size_t lead)
{
    draft_copy_lead(d, lead, old->beg);
    draft_end_line(d);

    struct head_run *head = draft_open(d, old);

    draft_copy(d, old->beg, old->end);
    d->sheet.ends_keep = old->ends_keep;
    draft_close(d, head);
}

static void change_head(struct draft *d, const struct head_run *old, size_t lead)
{
    struct ynode *value = doc_encode_field(&d->arena, d->content.head, old->field);
    struct sv piece = sv_sub(draft_old(d), old->beg, old->end), above;
    struct buf lines = { 0 };

    draft_copy_lead(d, lead, old->beg);
    comments_of_piece(piece, &d->arena, &value->beside, &above);
    yaml_write_comments(above, d->old->col, &lines);
    draft_write(d, buf_sv(&lines));
    write_value(d, old, value);
    d->old_pos = SIZE_MAX;
    buf_release(&lines);
}

static void emit_head(struct draft *d, const struct head_run *old, size_t lead)
{
    if (old->is_section) {
        draft_section_splice(d, old, lead);
    } else if (!old->field || is_same_head(d, old->field)) {
        copy_head(d, old, lead);
    } else if (!field_is_absent(d->content.head, old->field)) {
        change_head(d, old, lead);
    } else {
        draft_end_line(d);
        sheet_copy_rest(&d->sheet, lead, old->beg);
        d->old_pos = SIZE_MAX;
    }
}

// Write what the file lacks from `field` on, up to the next key that it has.
static void write_missing(struct draft *d, const struct field *field)
{
    size_t count;
    const struct field *fields = doc_shape_fields(d->old->shape, &count);

    for (; field < fields + count && !find_head(d->old, field); field++)
        if (is_wanted(d, field))
            write_head(d, field);
}

static void render_spliced(struct draft *d)
{
    const struct doc *old = d->old;
    size_t count, end = sv_starts(draft_old(d), SV(BYTE_ORDER_MARK)) ? 3 : 0;
    const struct field *fields = doc_shape_fields(old->shape, &count);

    draft_copy(d, 0, end);
    write_missing(d, fields);
    for (size_t i = 0; i < old->count; i++) {
        emit_head(d, &old->heads[i], end);
        end = old->heads[i].end;
        if (old->heads[i].field)
            write_missing(d, old->heads[i].field + 1);
    }
    draft_copy_lead(d, end, old->bytes.len);
}

static bool is_same_content(const struct draft *d)
{
    size_t count;
    const struct field *fields = doc_shape_fields(d->old->shape, &count);

    for (const struct field *f = fields; f < fields + count; f++) {
        const struct head_run *head = find_head(d->old, f);
        bool is_same = head && draft_is_section(d, f) ? draft_section_is_same(d, head)
                       : draft_is_section(d, f)       ? !is_wanted(d, f)
                                                      : is_same_head(d, f);

        if (!is_same)
            return false;
    }
    return true;
}

// Nothing changed in a file that cannot be spliced: its bytes, and what is known about them.
static void render_same(struct draft *d)
{
    draft_copy(d, 0, d->old->bytes.len);
    for (size_t i = 0; i < d->old->count; i++) {
        const struct head_run *old = &d->old->heads[i];
        struct head_run *head = draft_open(d, old);

        head->count = head->cap = old->count;
        head->records = old->count ? mem_new(old->count * sizeof(*head->records)) : NULL;
        for (size_t j = 0, k = 0; j < old->count; j++) {
            head->records[j] = old->records[j];
            if (old->records[j].rec)
                head->records[j].rec = draft_section(d, old->field).items[k++];
        }
    }
}

static bool has_unread(const struct head_run *old)
{
    for (size_t i = 0; old && i < old->count; i++)
        if (!old->records[i].rec)
            return true;
    return false;
}

// A new file, or one whose root map cannot be spliced: everything canonical.
static void render_anew(struct draft *d)
{
    size_t count;
    const struct field *fields = doc_shape_fields(d->old->shape, &count);
    struct sv beside = { 0 }, above = { 0 };

    if (d->old->count)
        comments_of_piece(draft_old(d), &d->arena, &beside, &above);
    else if (!sv_is_blank(draft_old(d)))
        draft_copy(d, 0, d->old->bytes.len); // comments alone
    draft_write(d, beside);
    draft_write(d, above);
    for (const struct field *f = fields; f < fields + count; f++) {
        const struct head_run *old = find_head(d->old, f);

        if (draft_is_section(d, f) && (is_wanted(d, f) || has_unread(old)))
            draft_section_write(d, f, old);
        else if (is_wanted(d, f))
            write_head(d, f);
    }
    for (size_t i = 0; i < d->old->count; i++) {
        const struct head_run *old = &d->old->heads[i];
        struct ynode value = { .type = YNODE_SCALAR, .is_raw = true, .text = old->yaml };

        if (!old->field)
            write_value(d, old, &value);
    }
}

static void begin(const struct doc *doc, const struct doc_content *content, struct arena *runs,
                  struct draft *out)
{
    const struct doc *from = out->from;

    *out = (struct draft){ .old = doc, .from = from, .content = *content, .runs = runs };
    out->sheet.old = doc;
    out->sheet.is_crlf = doc->is_crlf;
    out->sheet.open_at = SIZE_MAX;
}

// Text and places of the file for `content`.
//   runs  takes field runs of what is written anew
static void render(const struct doc *doc, const struct doc_content *content, struct arena *runs,
                   struct draft *out)
{
    begin(doc, content, runs, out);
    if (!doc->is_flow && doc->count)
        render_spliced(out);
    else if (is_same_content(out))
        render_same(out);
    else
        render_anew(out);
    out->splice = sheet_take(&out->sheet);
}

static void draft_release(struct draft *draft)
{
    for (size_t i = 0; i < draft->count; i++)
        mem_free(draft->heads[i].records);
    mem_free(draft->heads);
    buf_release(&draft->sheet.text);
    splice_release(&draft->splice);
    arena_release(&draft->arena);
}

static void add_text(const struct draft *draft, struct buf *out)
{
    struct sv pieces[3];

    splice_pieces(&draft->splice, buf_sv(&draft->old->bytes), pieces);
    for (size_t i = 0; i < 3; i++)
        buf_add(out, pieces[i]);
}

void doc_render(const struct doc *doc, const struct doc_content *content, struct buf *out)
{
    struct arena runs = { 0 };
    struct draft draft = { 0 };

    render(doc, content, &runs, &draft);
    add_text(&draft, out);
    draft_release(&draft);
    arena_release(&runs);
}

void doc_render_anew(const struct doc *doc, const struct doc_content *content, struct buf *out)
{
    struct arena runs = { 0 };
    struct draft draft = { 0 };

    begin(doc, content, &runs, &draft);
    draft.sheet.is_crlf = false;
    render_anew(&draft);
    draft.splice = sheet_take(&draft.sheet);
    add_text(&draft, out);
    draft_release(&draft);
    arena_release(&runs);
}

struct draft *doc_draft(struct doc *doc, const struct doc_content *content)
{
    return doc_draft_from(doc, content, NULL);
}

struct draft *doc_draft_from(struct doc *doc, const struct doc_content *content,
                             const struct doc *from)
{
    struct draft *draft = mem_new(sizeof(*draft));

    draft->from = from;
    render(doc, content, &doc->arena, draft);
    return draft;
}

const struct splice *doc_draft_splice(const struct draft *draft)
{
    return &draft->splice;
}

void doc_draft_free(struct draft *draft)
{
    if (draft)
        draft_release(draft);
    mem_free(draft);
}

void doc_adopt(struct doc *doc, struct draft *draft)
{
    BUG_ON(draft->old != doc);
    splice_apply(&draft->splice, &doc->bytes);
    if (draft->count && draft->heads[0].end) // every head has its lines now
        doc->is_flow = false;
    doc->open_scalar = doc->bytes.len && doc->bytes.ptr[doc->bytes.len - 1] != '\n'
                           ? draft->sheet.open_at
                           : SIZE_MAX;
    doc_places_drop(doc->places);
    doc_heads_release(doc);
    doc->heads = draft->heads;
    doc->count = draft->count;
    doc->cap = draft->cap;
    memcpy(doc->head, draft->content.head, doc->shape->head_size);
    draft->heads = NULL;
    draft->count = 0;
    doc_draft_free(draft);
}

void doc_write_record(enum kind_id kind, const void *rec, struct buf *out)
{
    struct arena arena = { 0 };

    yaml_write_item(doc_encode(&arena, kind, rec), 0, out);
    arena_release(&arena);
}
