// CSV of our own read back: rows to records, the rows of voices, values and parts to those whose id
// they have. Columns are found by their names; an error names line and column of the cell.
#include "exchange/forms.h"

#include "base/limits.h"
#include "exchange/csv_row.h"
#include "exchange/csv_text.h"
#include "model/types.h"

#define BOM "\xef\xbb\xbf"

struct owner { // a record that rows of voices and the like may belong to
    struct sv id;
    enum section section;
    void *rec;
    const struct voice **voice; // where the next voice inside the last one goes; NULL: none yet
    size_t level;               // of the last voice
};

struct read {
    struct incoming *in;
    struct csv_reader reader;
    struct csv_row row;
    size_t columns[CSV_COLUMNS_MAX]; // of the file: index in row, or SIZE_MAX
    size_t column_count;
    struct err_at places[CSV_COLUMNS_MAX]; // of the cells, by index in row
    struct err_at at;                      // of the row
    struct id_index *owners;
};

static void bad_cell(struct csv_row *row, const char *column, const char *want)
{
    struct read *read = row->ctx;
    struct err_at at = read->at;

    for (size_t i = 0; i < row->count; i++)
        if (sv_eq_cstr(row->names[i], column) && read->places[i].line)
            at = read->places[i];
    incoming_error(read->in, at.line, at.col, E_SHAPE, "column '%s' must be %s", column, want);
}

static void bad_table(struct read *read, const char *want)
{
    incoming_error(read->in, read->reader.line, read->reader.col, E_SHAPE,
                   "this is no CSV: here must be %s", want);
}

// ---- rows

static struct owner *find_owner(struct read *read)
{
    struct sv id = csv_cell(&read->row, "id");
    union {
        const void *read;
        struct owner *write;
    } found = { .read =
                    read->owners && !sv_is_absent(id) ? id_index_find(read->owners, id) : NULL };

    if (!found.read)
        bad_cell(&read->row, "id", "that of a record in a row above");
    return found.write;
}

static void add_record(struct read *read, enum section section)
{
    enum kind_id kind = section_get(section)->kind;
    struct arena *arena = &read->in->arena;
    void *rec = arena_new(arena, kind_get(kind)->size);
    struct owner *owner;

    if (!csv_to_record(&read->row, kind, rec, bad_cell))
        return;
    incoming_add(read->in, (struct incoming_record){
                               .section = section,
                               .article = csv_cell(&read->row, "article"),
                               .annotator = csv_cell(&read->row, "annotator"),
                               .rec = rec,
                               .at = read->at,
                           });
    if (sv_is_absent(((const struct record *)rec)->id))
        return;
    owner = arena_new(arena, sizeof(*owner));
    *owner = (struct owner){ ((const struct record *)rec)->id, section, rec, NULL, 0 };
    id_index_put(&read->owners, owner);
}

static void add_part(struct read *read)
{
    struct owner *owner = find_owner(read);
    void *part = arena_new(&read->in->arena, sizeof(struct part));

    if (!owner || !csv_to_record(&read->row, KIND_PART, part, bad_cell))
        return;
    for (size_t i = 0; i < kind_get(section_get(owner->section)->kind)->field_count; i++) {
        const struct field *field = &kind_get(section_get(owner->section)->kind)->fields[i];

        if (field_storage(field) == STORAGE_LIST && field->sub == KIND_PART)
            rec_list_add(&read->in->arena, (void *)((char *)owner->rec + field->offset), part);
    }
}

static struct claim *find_claim(struct read *read, struct owner **owner)
{
    *owner = find_owner(read);
    if (*owner && (*owner)->section == SECTION_CLAIMS)
        return (*owner)->rec;
    if (*owner)
        bad_cell(&read->row, "id", "that of a claim");
    return NULL;
}

static void add_value(struct read *read)
{
    struct owner *owner;
    struct claim *claim = find_claim(read, &owner);
    struct value *value = arena_new(&read->in->arena, sizeof(*value));

    if (claim && csv_to_record(&read->row, KIND_VALUE, value, bad_cell))
        rec_list_add(&read->in->arena, &claim->values, value);
}

static void add_voice(struct read *read)
{
    struct owner *owner;
    struct claim *claim = find_claim(read, &owner);
    struct voice *voice = arena_new(&read->in->arena, sizeof(*voice));
    struct sv cell = csv_cell(&read->row, "level");
    size_t level = cell.len == 1   ? (size_t)(cell.ptr[0] - '0')
                   : cell.len == 2 ? (size_t)(cell.ptr[0] - '0') * 10 + (size_t)(cell.ptr[1] - '0')
                                   : 1;

    if (!claim || !csv_to_record(&read->row, KIND_VOICE, voice, bad_cell))
        return;
    if (level < 1 || level > LIMIT_CITING || (level > 1 && level != owner->level + 1)) {
        bad_cell(&read->row, "level", "1, or one more than that of the voice in the row above");
        return;
    }
    if (level == 1)
        rec_list_add(&read->in->arena, &claim->attributed_to, voice);
    else
        *owner->voice = voice;
    owner->voice = &voice->citing;
    owner->level = level;
}

static void add_layer(struct read *read)
{
    struct incoming_head head = {
        .article = csv_cell(&read->row, "article"),
        .annotator = csv_cell(&read->row, "annotator"),
        .state = csv_cell(&read->row, "state"),
        .sha256 = csv_cell(&read->row, "text_sha256"),
        .at = read->at,
    };

    if (csv_to_spans(csv_cell(&read->row, "read"), &read->in->arena, &head.read))
        incoming_add_head(read->in, head);
    else
        bad_cell(&read->row, "read", "ranges of characters, such as 0-120 300-410");
}

static void add_source(struct read *read)
{
    struct source *source = arena_new(&read->in->arena, sizeof(*source));

    if (csv_to_record(&read->row, KIND_SOURCE, source, bad_cell))
        incoming_add_source(read->in, source);
}

static void take_row(struct read *read)
{
    struct sv record = csv_cell(&read->row, "record");

    for (enum section s = 0; s < SECTION__N; s++) {
        if (sv_eq_cstr(record, kind_get(section_get(s)->kind)->name)) {
            add_record(read, s);
            return;
        }
    }
    if (sv_eq(record, SV("part")))
        add_part(read);
    else if (sv_eq(record, SV("voice")))
        add_voice(read);
    else if (sv_eq(record, SV("value")))
        add_value(read);
    else if (sv_eq(record, SV("layer")))
        add_layer(read);
    else if (sv_eq(record, SV("source")))
        add_source(read);
    else
        leftovers_add(&read->in->left, "rows of the kind '" SV_FMT "'", SV_ARG(record));
}

// ---- the table

static size_t find_column(const struct read *read, struct sv name)
{
    for (size_t i = 0; i < read->row.count; i++)
        if (sv_eq(read->row.names[i], name))
            return i;
    return SIZE_MAX;
}

static bool read_header(struct read *read)
{
    struct arena *arena = &read->in->arena;
    const char *want = NULL;
    bool has_record = false;
    struct sv cell;

    for (;;) {
        enum csv_event event = csv_next(&read->reader, arena, &cell, &want);

        if (event == CSV_BAD)
            bad_table(read, want);
        if (event != CSV_CELL)
            break;
        if (read->column_count == CSV_COLUMNS_MAX) {
            bad_table(read, "no more columns");
            return false;
        }
        read->columns[read->column_count] = find_column(read, cell);
        has_record = has_record || sv_eq(cell, SV("record"));
        if (read->columns[read->column_count++] == SIZE_MAX && cell.len)
            leftovers_add(&read->in->left, "column '" SV_FMT "'", SV_ARG(cell));
    }
    if (!has_record && !read->in->findings.errors)
        incoming_error(read->in, 1, 1, E_MISSING,
                       "the first line must name the columns, 'record' among them, as 'gainsay "
                       "export csv' writes them");
    return !read->in->findings.errors;
}

// false: there is no further row.
static bool read_row(struct read *read)
{
    const char *want = NULL;
    struct sv cell;

    for (size_t i = 0; i < read->row.count; i++) {
        read->row.cells[i] = (struct sv){ 0 };
        read->places[i] = (struct err_at){ 0 };
    }
    for (size_t column = 0;; column++) {
        size_t index = column < read->column_count ? read->columns[column] : SIZE_MAX;

        switch (csv_next(&read->reader, &read->in->arena, &cell, &want)) {
        case CSV_CELL:
            break;
        case CSV_ROW_END:
            return true;
        case CSV_BAD:
            bad_table(read, want);
            return false;
        case CSV_END:
            return column > 0;
        }
        if (column == 0)
            read->at = (struct err_at){ read->in->path, read->reader.cell_line, 1 };
        if (column == read->column_count && cell.len) {
            incoming_error(read->in, read->reader.cell_line, read->reader.cell_col, E_SHAPE,
                           "this row has more cells than the first line; put a cell with a "
                           "separator in it in quotation marks");
            return false;
        }
        if (index != SIZE_MAX) {
            read->row.cells[index] = cell;
            read->places[index] =
                (struct err_at){ read->in->path, read->reader.cell_line, read->reader.cell_col };
        }
    }
}

void csv_read(struct incoming *in, struct sv bytes)
{
    struct read read = { .in = in };

    if (sv_starts(bytes, SV(BOM)))
        bytes = sv_sub(bytes, sizeof(BOM) - 1, bytes.len);
    read.reader = (struct csv_reader){ .rest = bytes, .line = 1, .col = 1 };
    csv_columns(&read.row, &in->arena);
    read.row.ctx = &read;
    if (read_header(&read))
        while (read_row(&read))
            take_row(&read);
    id_index_free(read.owners);
}
