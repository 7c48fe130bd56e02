// CSV: every record, voice, value and further part as a row of one table, to be read by people and
// spreadsheets. No cell can be taken for a formula: one that begins like one gets an apostrophe,
// which the import takes off.
#include "exchange/forms.h"

#include "exchange/csv_row.h"
#include "exchange/csv_text.h"
#include "model/types.h"

struct table {
    struct csv_row row;
    struct buf *out;
};

static void begin_row(struct table *table, const char *record, const struct layer_head *head,
                      struct sv id)
{
    for (size_t i = 0; i < table->row.count; i++)
        table->row.cells[i] = (struct sv){ 0 };
    csv_set(&table->row, "record", sv_from(record));
    if (head) {
        csv_set(&table->row, "article", head->article);
        csv_set(&table->row, "annotator", head->annotator);
    }
    csv_set(&table->row, "id", id);
}

static void end_row(struct table *table)
{
    for (size_t i = 0; i < table->row.count; i++) {
        if (i)
            buf_add_char(table->out, ',');
        csv_add_cell(table->out, table->row.cells[i]);
    }
    buf_add_char(table->out, '\n');
}

static void add_record(struct table *table, enum kind_id kind, const void *rec,
                       const struct layer_head *head, struct sv id)
{
    begin_row(table, kind_get(kind)->name, head, id);
    csv_from_record(&table->row, kind, rec);
    end_row(table);
}

static void add_voice(struct table *table, const struct voice *voice, const struct layer_head *head,
                      struct sv id)
{
    for (size_t level = 1; voice; voice = voice->citing, level++) {
        struct buf text = { 0 };

        buf_addf(&text, "%zu", level);
        begin_row(table, kind_get(KIND_VOICE)->name, head, id);
        csv_set(&table->row, "level", sv_copy(table->row.arena, buf_sv(&text)));
        csv_from_record(&table->row, KIND_VOICE, voice);
        end_row(table);
        buf_release(&text);
    }
}

// Rows of what stands in lists of the record, under it and with its id.
static void add_lists(struct table *table, enum kind_id kind, const void *rec,
                      const struct layer_head *head)
{
    struct sv id = ((const struct record *)rec)->id;

    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *field = &kind_get(kind)->fields[i];
        const struct rec_list *list = field_get(rec, field);

        if (field_storage(field) != STORAGE_LIST)
            continue;
        for (size_t j = field->sub == KIND_PART; j < list->count; j++) {
            if (field->sub == KIND_VOICE)
                add_voice(table, list->items[j], head, id);
            else
                add_record(table, field->sub, list->items[j], head, id);
        }
    }
}

static void add_layer(struct table *table, const struct outgoing_layer *layer)
{
    const struct layer_head *head = &layer->layer->head;
    struct buf read = { 0 };

    if (layer->is_whole && (head->read.count || !sv_is_absent(head->state))) {
        begin_row(table, "layer", head, (struct sv){ 0 });
        csv_set(&table->row, "state", head->state);
        csv_from_spans(head->read, &read);
        if (read.len)
            csv_set(&table->row, "read", sv_copy(table->row.arena, buf_sv(&read)));
        if (head->text)
            csv_set(&table->row, "text_sha256", head->text->sha256);
        end_row(table);
        buf_release(&read);
    }
    for (enum section s = 0; s < SECTION__N; s++) {
        for (size_t i = 0; i < layer->sections[s].count; i++) {
            const struct record *rec = layer->sections[s].items[i];

            add_record(table, section_get(s)->kind, rec, head, rec->id);
            add_lists(table, section_get(s)->kind, rec, head);
        }
    }
}

void csv_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct table table = { .out = out_files_add(files, "gainsay.csv") };
    struct arena arena = { 0 };
    struct rec_list sources = outgoing_sources(out, &arena);

    (void)left;
    csv_columns(&table.row, &arena);
    for (size_t i = 0; i < table.row.count; i++)
        table.row.cells[i] = table.row.names[i];
    end_row(&table);
    for (size_t i = 0; i < sources.count; i++)
        add_record(&table, KIND_SOURCE, sources.items[i], NULL,
                   ((const struct record *)sources.items[i])->id);
    for (size_t i = 0; i < out->count; i++)
        add_layer(&table, &out->layers[i]);
    arena_release(&arena);
}
