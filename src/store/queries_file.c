// Queries that ask for saved ones.
// Never looks at the file where none is asked for.
#include "store/queries_file.h"

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
