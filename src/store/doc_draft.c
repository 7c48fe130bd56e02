// Text and places of a rendering, kept in step.
// Never decides what is written; it writes where it is told.
#include "store/doc_draft.h"

#include <string.h>

#include "store/doc_runs.h"

static void grow_field_run(struct draft *draft, struct record_run *run, uint32_t by)
{
    struct field_run *fields = arena_new(draft->runs, run->field_count * sizeof(*fields));

    memcpy(fields, run->fields, run->field_count * sizeof(*fields));
    fields[run->field_count - 1].end += by;
    run->fields = fields;
}

// First byte of a lead that may stand behind the last value written.
static size_t skip_blank_lines(const struct draft *draft, size_t beg, size_t end)
{
    struct sv bytes = draft_old(draft);

    while (beg < end) {
        size_t next = line_next(bytes, beg);
        struct sv line = sv_sub(bytes, beg, next);

        if (!sv_is_blank(line) || (!draft->sheet.ends_keep && line.ptr[0] != ' '))
            break;
        beg = next;
    }
    return beg < end ? beg : end;
}

bool draft_is_section(const struct draft *draft, const struct field *field)
{
    return field->type == FIELD_LIST && draft->old->shape->kind == KIND_NONE;
}

struct rec_list draft_section(const struct draft *draft, const struct field *field)
{
    return draft->content.sections[doc_section_index(draft->old->shape, field)];
}

void draft_end_line(struct draft *draft)
{
    size_t by = sheet_end_line(&draft->sheet);

    if (!by || !draft->count)
        return;

    struct head_run *head = &draft->heads[draft->count - 1];

    head->end += by;
    head->ends_keep = draft->sheet.ends_keep;
    if (head->is_block && head->count) {
        struct record_run *run = &head->records[head->count - 1];

        if (run->fields && run->beg + run->fields[run->field_count - 1].end == run->end)
            grow_field_run(draft, run, (uint32_t)by);
        run->end += by;
        run->ends_keep = draft->sheet.ends_keep;
    }
}

void draft_copy(struct draft *draft, size_t beg, size_t end)
{
    if (beg < end) {
        draft_end_line(draft);
        sheet_copy(&draft->sheet, beg, end);
    }
    draft->old_pos = end;
}

void draft_copy_lead(struct draft *draft, size_t beg, size_t end)
{
    if (draft->old_pos != beg)
        beg = skip_blank_lines(draft, beg, end);
    draft_copy(draft, beg, end);
}

void draft_write(struct draft *draft, struct sv text)
{
    draft_end_line(draft);
    sheet_write(&draft->sheet, text);
}

struct head_run *draft_open(struct draft *draft, const struct head_run *like)
{
    MEM_GROW(draft->heads, draft->count, draft->cap);

    struct head_run *head = &draft->heads[draft->count++];

    *head = (struct head_run){
        .field = like->field,
        .key = like->key,
        .yaml = like->yaml,
        .is_section = like->is_section,
        .is_kept_empty = like->is_kept_empty,
        .dash_col = like->dash_col,
        .beg = sheet_len(&draft->sheet),
    };
    return head;
}

void draft_close(struct draft *draft, struct head_run *head)
{
    head->end = sheet_len(&draft->sheet);
    head->ends_keep = draft->sheet.ends_keep;
}
