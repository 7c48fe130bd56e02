// Any bytes as each of the files of records: refused with a reason, or kept to the byte; and what
// `fmt` makes of them stays as it is when formatted again.
#include "fuzz.h"

#include "model/types.h"
#include "store/doc.h"

static size_t count_records(const struct doc_content *content)
{
    size_t count = 0;

    for (size_t i = 0; i < 4; i++)
        count += content->sections[i].count;
    return count;
}

// Returns the number of records, or SIZE_MAX when the bytes are refused. Loading and saving without
// a change gives the same bytes.
static size_t load(const struct doc_shape *shape, struct sv bytes, size_t *findings_count)
{
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct arena arena = { 0 };
    struct doc *doc = NULL;
    struct err err = { 0 };
    struct buf out = { 0 };
    size_t count = SIZE_MAX;

    if (doc_load(shape, bytes, "f.yaml", &arena, &content, &doc, &findings, &err)) {
        doc_render(doc, &content, &out);
        MUST(sv_eq(buf_sv(&out), bytes));
        count = count_records(&content);
    } else {
        MUST(err.code != E_NONE && err.text.len);
        MUST(findings.count == 0);
        err_print(&err, &out);
        must_be_visible(buf_sv(&out));
    }
    for (size_t i = 0; i < findings.count; i++) {
        buf_clear(&out);
        err_print(&findings.items[i].err, &out);
        must_be_visible(buf_sv(&out));
    }
    *findings_count = findings.count;
    doc_free(doc);
    buf_release(&out);
    err_release(&err);
    findings_release(&findings);
    arena_release(&arena);
    return count;
}

static bool format(const struct doc_shape *shape, struct sv bytes, struct buf *out)
{
    struct findings findings = { 0 };
    struct err err = { 0 };
    bool ok = doc_format(shape, bytes, "f.yaml", out, &findings, &err);

    err_release(&err);
    findings_release(&findings);
    return ok;
}

static void try_shape(const struct doc_shape *shape, struct sv bytes)
{
    size_t findings, again_findings;
    size_t count = load(shape, bytes, &findings);
    struct buf once = { 0 }, twice = { 0 };

    if (count != SIZE_MAX && format(shape, bytes, &once)) {
        MUST(load(shape, buf_sv(&once), &again_findings) == count);
        MUST(format(shape, buf_sv(&once), &twice));
        MUST(sv_eq(buf_sv(&once), buf_sv(&twice)));
    }
    buf_release(&once);
    buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sv bytes = sv_of((const char *)data, size);

    try_shape(&doc_layer, bytes);
    try_shape(&doc_registry, bytes);
    try_shape(&doc_scheme, bytes);
    try_shape(&doc_meta, bytes);
    return 0;
}
