// One record out of its own text. Declared in doc.h.
// Never takes a part of it: a record with an error is none.
#include "store/doc.h"

#include "store/doc_decode.h"

static bool repeat_first(const struct findings *findings, struct err *err)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];

        if (finding->severity == SEVERITY_ERROR)
            return err_set(err, finding->err.code,
                           (struct err_at){ buf_cstr(&finding->err.path), finding->err.line,
                                            finding->err.col },
                           "%s", buf_cstr(&finding->err.text));
    }
    return err_set(err, E_SHAPE, ERR_NOWHERE, "no record");
}

bool doc_read_record(enum kind_id kind, struct sv yaml, const char *path, struct arena *arena,
                     const void **out, struct err *err)
{
    struct arena nodes = { 0 };
    struct findings findings = { 0 };
    struct doc_reader reader = { .path = path, .arena = arena, .findings = &findings };
    struct ynode *root = NULL;
    bool ok = yaml_parse(yaml, path, &nodes, &root, err);

    if (ok && (!root || root->type != YNODE_LIST || root->count != 1 ||
               root->items[0]->type != YNODE_MAP))
        ok = err_set(err, E_SHAPE, (struct err_at){ .path = path }, "is not one record");
    if (ok) {
        *out = doc_decode(&reader, kind, root->items[0]);
        ok = *out || repeat_first(&findings, err);
    }
    findings_release(&findings);
    arena_release(&nodes);
    return ok;
}
