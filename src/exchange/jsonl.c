// JSON Lines: one record a line, with the keys of the format, and "record" that says which kind it
// is. The one form that holds everything; lines of another kind are counted, not taken.
#include "exchange/forms.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/json_place.h"
#include "model/types.h"

#define RECORD_LAYER "layer"

// ---- out

static struct jnode *line_node(const char *record, const struct layer_head *head)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "record", sv_from(record));
    if (head) {
        jnode_set_text(map, "article", head->article);
        jnode_set_text(map, "annotator", head->annotator);
    }
    return map;
}

static void end_line(struct jnode *map, struct buf *out)
{
    jnode_print_flat(map, out);
    buf_add_char(out, '\n');
    jnode_free(map);
}

static struct jnode *read_node(struct cp_span_list read)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < read.count; i++) {
        struct jnode *pair = jnode_list();

        jnode_add(pair, jnode_count(read.items[i].beg));
        jnode_add(pair, jnode_count(read.items[i].end));
        jnode_add(list, pair);
    }
    return list;
}

static void write_layer(const struct outgoing_layer *layer, struct buf *out)
{
    const struct layer_head *head = &layer->layer->head;

    if (layer->is_whole && (head->read.count || !sv_is_absent(head->state))) {
        struct jnode *map = line_node(RECORD_LAYER, head);

        jnode_set_text(map, "state", head->state);
        if (head->text)
            jnode_set(map, "text", jnode_record(KIND_TEXT_STATE, head->text));
        if (head->read.count)
            jnode_set(map, "read", read_node(head->read));
        end_line(map, out);
    }
    for (enum section s = 0; s < SECTION__N; s++) {
        enum kind_id kind = section_get(s)->kind;

        for (size_t i = 0; i < layer->sections[s].count; i++) {
            struct jnode *map = line_node(kind_get(kind)->name, head);

            jnode_add_fields(map, kind, layer->sections[s].items[i]);
            end_line(map, out);
        }
    }
}

void jsonl_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct buf *bytes = out_files_add(files, "gainsay.jsonl");
    struct arena arena = { 0 };
    struct rec_list sources = outgoing_sources(out, &arena);

    (void)left;
    for (size_t i = 0; i < sources.count; i++) {
        struct jnode *map = line_node(kind_get(KIND_SOURCE)->name, NULL);

        jnode_add_fields(map, KIND_SOURCE, sources.items[i]);
        end_line(map, bytes);
    }
    for (size_t i = 0; i < out->count; i++)
        write_layer(&out->layers[i], bytes);
    arena_release(&arena);
}

// ---- in

static bool is_envelope(const char *key)
{
    return !strcmp(key, "record") || !strcmp(key, "article") || !strcmp(key, "annotator");
}

static bool read_spans(const struct json_in *json, const struct jnode *list,
                       struct cp_span_list *out)
{
    struct cp_span *items = arena_new(&json->in->arena, (jnode_size(list) + 1) * sizeof(*items));

    if (!list)
        return true;
    for (size_t i = 0; i < jnode_size(list); i++) {
        const struct jnode *pair = jnode_item(list, i);
        double beg = jnode_real(jnode_item(pair, 0)), end = jnode_real(jnode_item(pair, 1));

        if (jnode_size(pair) != 2 || !(beg >= 0 && beg < end && end <= (double)UINT32_MAX)) {
            json_error(json, pair, E_SHAPE, "'read' must be pairs of counts, [beginning, end]");
            return false;
        }
        items[i] = (struct cp_span){ (size_t)beg, (size_t)end };
    }
    *out = (struct cp_span_list){ items, jnode_size(list) };
    return true;
}

static void read_head(const struct json_in *json)
{
    struct incoming_head head = {
        .article = json_text(json, jnode_get(json->root, "article"), "article"),
        .annotator = json_text(json, jnode_get(json->root, "annotator"), "annotator"),
        .state = json_text(json, jnode_get(json->root, "state"), "state"),
        .at = json_at(json, json->root),
    };
    const struct jnode *text = jnode_get(json->root, "text");

    if (text)
        head.sha256 = json_text(json, jnode_get(text, "sha256"), "sha256");
    if (read_spans(json, jnode_get(json->root, "read"), &head.read))
        incoming_add_head(json->in, head);
}

static void read_record(const struct json_in *json, enum section section)
{
    enum kind_id kind = section_get(section)->kind;
    void *rec = arena_new(&json->in->arena, kind_get(kind)->size);

    if (!json_record(json, kind, json->root, rec, is_envelope))
        return;
    incoming_add(json->in,
                 (struct incoming_record){
                     .section = section,
                     .article = json_text(json, jnode_get(json->root, "article"), "article"),
                     .annotator = json_text(json, jnode_get(json->root, "annotator"), "annotator"),
                     .rec = rec,
                     .at = json_at(json, json->root),
                 });
}

static void read_source(const struct json_in *json)
{
    struct source *source = arena_new(&json->in->arena, sizeof(*source));

    if (json_record(json, KIND_SOURCE, json->root, source, is_envelope))
        incoming_add_source(json->in, source);
}

static void read_line(const struct json_in *json)
{
    struct sv record = jnode_string(jnode_get(json->root, "record"));

    if (sv_is_absent(record)) {
        json_error(json, json->root, E_MISSING,
                   "'record' is missing; each line must be a map that says what it is, such as "
                   "{\"record\": \"claim\", \"article\": ...}");
        return;
    }
    for (enum section s = 0; s < SECTION__N; s++) {
        if (sv_eq_cstr(record, kind_get(section_get(s)->kind)->name)) {
            read_record(json, s);
            return;
        }
    }
    if (sv_eq_cstr(record, RECORD_LAYER))
        read_head(json);
    else if (sv_eq_cstr(record, kind_get(KIND_SOURCE)->name))
        read_source(json);
    else
        leftovers_add(&json->in->left, "lines of the kind '" SV_FMT "'", SV_ARG(record));
}

void jsonl_read(struct incoming *in, struct sv bytes)
{
    struct sv line;

    for (int number = 1; sv_split(&bytes, '\n', &line); number++) {
        struct json_in json;

        if (sv_is_blank(line) || !json_in_read(&json, in, line, number))
            continue;
        read_line(&json);
        json_in_release(&json);
    }
}
