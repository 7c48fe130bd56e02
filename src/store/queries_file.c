// Queries that ask for saved ones.
// Never looks at the file where none is asked for.
#include "store/queries_file.h"

#include <string.h>

bool queries_parse(const struct workspace *ws, struct sv text, struct query **out, struct err *err)
{
    struct list_file file = { 0 };
    struct findings findings = { 0 };
    bool ok = sv_find(text, SV("@"), 0) == SIZE_MAX ||
              list_file_load(ws, &doc_queries, QUERIES_FILE, &file, &findings, err);

    ok = ok && query_parse(text, &file.records, out, err);
    findings_release(&findings); // for `check`
    list_file_release(&file);
    return ok;
}

static bool is_meant(const void *ctx, const char *key, enum vocab_id vocab)
{
    static const char *const keys[] = {
        [SWAP_SOURCE] = "source", [SWAP_TOPIC] = "topic", [SWAP_TAG] = "tag"
    };
    const struct swap *swap = ctx;

    return swap->kind == SWAP_WORD ? vocab == swap->vocab : !strcmp(key, keys[swap->kind]);
}

// The record with the value swapped in its query, or itself.
static const void *swapped(const struct saved_query *saved, const struct rec_list *all,
                           const struct swap *swap, struct arena *arena, size_t *count)
{
    struct saved_query *edited = NULL;
    struct query *query = NULL;
    struct buf text = { 0 };
    struct err err = { 0 };
    size_t found = 0;

    if (query_parse(saved->query, all, &query, &err))
        found = query_swap(query, swap->old, swap->new, is_meant, swap, &text);
    if (found) {
        edited = record_edit(arena, KIND_SAVED_QUERY, saved);
        edited->query = sv_copy(arena, buf_sv(&text));
    }
    *count += found;
    query_free(query);
    buf_release(&text);
    err_release(&err);
    return edited ? edited : saved;
}

bool queries_swap(struct sv bytes, const char *path, const struct swap *swap, struct buf *out,
                  size_t *count, struct err *err)
{
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct arena arena = { 0 };
    struct doc *doc = NULL;
    bool ok = doc_load(&doc_queries, bytes, path, &arena, &content, &doc, &findings, err);

    *count = 0;
    if (ok) {
        struct rec_list all = content.sections[0];
        const void **items = arena_new(&arena, (all.count + 1) * sizeof(*items));

        for (size_t i = 0; i < all.count; i++)
            items[i] = swapped(all.items[i], &all, swap, &arena, count);
        content.sections[0] = (struct rec_list){ items, all.count };
        doc_render(doc, &content, out);
    }
    doc_free(doc);
    findings_release(&findings);
    arena_release(&arena);
    return ok;
}
