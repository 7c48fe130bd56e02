// What every form of export and import needs: counts, files made, records read.
// Never looks at a disk and never changes a record.
#include "exchange/exchange.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/visible.h"
#include "model/types.h"

// ---- counts

void leftovers_add(struct leftovers *left, const char *fmt, ...)
{
    struct buf what = { 0 };
    va_list args;

    va_start(args, fmt);
    buf_addv(&what, fmt, args);
    va_end(args);
    for (size_t i = 0; i < left->count; i++) {
        if (sv_eq(buf_sv(&left->items[i].what), buf_sv(&what))) {
            left->items[i].count++;
            buf_release(&what);
            return;
        }
    }
    if (left->count == LIMIT_FINDINGS) {
        buf_release(&what);
        return;
    }
    MEM_GROW(left->items, left->count, left->cap);
    left->items[left->count++] = (struct leftover){ what, 1 };
}

void leftovers_release(struct leftovers *left)
{
    for (size_t i = 0; i < left->count; i++)
        buf_release(&left->items[i].what);
    mem_free(left->items);
    *left = (struct leftovers){ 0 };
}

// ---- lists

// The room of a list in an arena is a power of two, so its count tells when it is full.
static bool is_full(size_t count)
{
    return (count & (count - 1)) == 0;
}

void rec_list_add(struct arena *arena, struct rec_list *list, const void *rec)
{
    union {
        const void *const *read;
        const void **write;
    } items = { .read = list->items };

    if (is_full(list->count)) {
        items.write = arena_new(arena, (list->count ? list->count * 2 : 1) * sizeof(rec));
        for (size_t i = 0; i < list->count; i++)
            items.write[i] = list->items[i];
        list->items = items.read;
    }
    items.write[list->count++] = rec;
}

void sv_list_add(struct arena *arena, struct sv_list *list, struct sv item)
{
    union {
        const struct sv *read;
        struct sv *write;
    } items = { .read = list->items };

    if (is_full(list->count)) {
        items.write = arena_new(arena, (list->count ? list->count * 2 : 1) * sizeof(item));
        for (size_t i = 0; i < list->count; i++)
            items.write[i] = list->items[i];
        list->items = items.read;
    }
    items.write[list->count++] = item;
}

// ---- out

struct buf *out_files_add(struct out_files *files, const char *fmt, ...)
{
    va_list args;

    MEM_GROW(files->items, files->count, files->cap);

    struct out_file *file = &files->items[files->count++];

    *file = (struct out_file){ 0 };
    va_start(args, fmt);
    buf_addv(&file->name, fmt, args);
    va_end(args);
    return &file->bytes;
}

void out_files_release(struct out_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        buf_release(&files->items[i].name);
        buf_release(&files->items[i].bytes);
    }
    mem_free(files->items);
    *files = (struct out_files){ 0 };
}

void outgoing_index(struct outgoing *out)
{
    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->layers[i].sections[SECTION_CLAIMS].count; j++)
            id_index_put(&out->claims, out->layers[i].sections[SECTION_CLAIMS].items[j]);
}

void outgoing_release(struct outgoing *out)
{
    id_index_free(out->claims);
    out->claims = NULL;
}

const struct claim *outgoing_claim(const struct outgoing *out, struct sv id,
                                   const struct outgoing_layer **layer)
{
    const struct claim *claim =
        out->claims && !sv_is_absent(id) ? id_index_find(out->claims, id) : NULL;

    for (size_t i = 0; claim && layer && i < out->count; i++)
        if (layer_claim(out->layers[i].layer, id) == claim)
            *layer = &out->layers[i];
    return claim;
}

void flat_add(struct buf *out, struct sv s)
{
    bool is_blank = false;
    size_t beg = out->len;

    while (s.len) {
        size_t size;
        int32_t cp = utf8_decode(s, &size);

        if (cp == ' ' || (cp >= 0 && cp_is_hidden(cp))) {
            is_blank = out->len > beg;
        } else {
            if (is_blank)
                buf_add_char(out, ' ');
            is_blank = false;
            utf8_add(out, cp < 0 ? 0xfffd : cp);
        }
        s = sv_sub(s, size, s.len);
    }
}

void claim_words(const struct claim *claim, struct buf *out)
{
    for (size_t i = 0; i < claim->span.count; i++) {
        if (i)
            buf_add_cstr(out, " … ");
        flat_add(out, ((const struct part *)claim->span.items[i])->quote);
    }
}

void claim_sentence(const struct claim *claim, struct buf *out)
{
    if (sv_is_blank(claim->says))
        claim_words(claim, out);
    else
        flat_add(out, claim->says);
}

void claim_voice_names(const struct claim *claim, const struct registry *registry, struct buf *out)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing) {
            if (v != claim->attributed_to.items[i])
                buf_add_cstr(out, " > ");
            else if (i)
                buf_add_cstr(out, ", ");
            if (sv_is_blank(v->source))
                buf_add_char(out, '?');
            else
                flat_add(out, registry_name(registry, v->source));
            if (v->act.len)
                buf_addf(out, " (" SV_FMT ")", SV_ARG(v->act));
        }
    }
}

// ---- sources in use

static void use_source(const struct registry *registry, bool *used, struct sv id)
{
    for (size_t depth = 0; depth <= registry->count; depth++) {
        const struct source *source = sv_is_absent(id) ? NULL : registry_find(registry, id);

        if (!source)
            return;

        size_t index = registry_index(registry, source->id);

        if (used[index])
            return;
        used[index] = true;
        id = source->part_of;
    }
}

static void use_sources_of(const struct registry *registry, bool *used, const struct claim *claim)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing)
            use_source(registry, used, v->source);
    for (size_t i = 0; claim->contested && i < claim->contested->by.count; i++)
        use_source(registry, used, claim->contested->by.items[i]);
}

struct rec_list outgoing_sources(const struct outgoing *out, struct arena *arena)
{
    const struct registry *registry = out->registry;
    bool *used = mem_new(registry->count + 1);
    struct rec_list list = { 0 };

    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->layers[i].sections[SECTION_CLAIMS].count; j++)
            use_sources_of(registry, used, out->layers[i].sections[SECTION_CLAIMS].items[j]);
    for (size_t i = 0; i < registry->count; i++)
        if (used[i])
            rec_list_add(arena, &list, registry->items[i]);
    mem_free(used);
    return list;
}

// ---- in

void incoming_add(struct incoming *in, struct incoming_record record)
{
    MEM_GROW(in->records, in->count, in->cap);
    in->records[in->count++] = record;
}

void incoming_add_head(struct incoming *in, struct incoming_head head)
{
    MEM_GROW(in->heads, in->head_count, in->head_cap);
    in->heads[in->head_count++] = head;
}

void incoming_add_source(struct incoming *in, const struct source *source)
{
    MEM_GROW(in->sources, in->source_count, in->source_cap);
    in->sources[in->source_count++] = source;
}

void incoming_error(struct incoming *in, int line, int col, enum err_code code, const char *fmt,
                    ...)
{
    struct buf text = { 0 };
    va_list args;

    if (in->findings.count >= LIMIT_FINDINGS)
        return;
    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);
    findings_add(&in->findings, SEVERITY_ERROR, code, (struct err_at){ in->path, line, col }, "%s",
                 buf_cstr(&text));
    buf_release(&text);
}

void incoming_release(struct incoming *in)
{
    mem_free(in->records);
    mem_free(in->heads);
    mem_free(in->sources);
    findings_release(&in->findings);
    leftovers_release(&in->left);
    arena_release(&in->arena);
    *in = (struct incoming){ 0 };
}
