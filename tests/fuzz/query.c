// Any bytes as a query: refused with a column inside it, or run over a small layer.
#include "fuzz.h"

#include "base/visible.h"
#include "model/query.h"
#include "store/doc.h"

static const char layer_yaml[] =
    "gainsay: 1\narticle: e/a\nannotator: ana\nclaims:\n\n"
    "- id: c0000001\n  span:\n  - at: [0, 4]\n    quote: Five\n  says: Five died.\n  type: "
    "quantity\n"
    "  topic: deaths\n  attributed_to:\n  - source: mayor\n    act: denies\n    citing:\n"
    "      source: league\n  contested: {}\n  tags: [one]\n  created: 2026-11-22T03:10:00Z\n"
    "links:\n\n- id: l0000001\n  from: c0000001\n  to:\n    article: e/b\n  type: omits\n";

static const struct saved_query toll = { .id = { "a", 1 }, .query = { "type:event or @b", 16 } };
static const struct saved_query circle = { .id = { "b", 1 }, .query = { "not @b", 6 } };
static const void *const items[] = { &toll, &circle };
static const struct rec_list saved = { items, 2 };

static void run(const struct query *query)
{
    struct layer layer = { 0 };
    struct doc_content content = { .head = &layer.head };
    struct findings findings = { 0 };
    struct doc *doc = NULL;
    struct err err = { 0 };
    struct registry registry = { 0 };

    MUST(doc_load(&doc_layer, sv_from(layer_yaml), "l", &layer.arena, &content, &doc, &findings,
                  &err));
    for (int section = 0; section < SECTION__N; section++)
        for (size_t i = 0; i < content.sections[section].count; i++)
            layer_put(&layer, (enum section)section, content.sections[section].items[i]);

    const struct layer *layers[] = { &layer };
    struct derived *derived = derive_new(layers, 1, scheme_builtin());
    struct query_ctx ctx = { .derived = derived, .registry = &registry };

    query_matches(query, &ctx, &layer, layer_claim(&layer, SV("c0000001")));
    derive_free(derived);
    doc_free(doc);
    layer_release(&layer);
    findings_release(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sv text = sv_of((const char *)data, size);
    struct query *query = NULL;
    struct err err = { 0 };

    if (size > 1024)
        return 0;
    if (query_parse(text, &saved, &query, &err)) {
        run(query);
        query_free(query);
    } else {
        MUST(err.code == E_QUERY && err.text.len);
        MUST(err.col >= 1 && (size_t)err.col <= size + 1);
    }
    err_release(&err);
    return 0;
}
