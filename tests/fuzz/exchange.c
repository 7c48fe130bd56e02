// Any bytes as a file to be imported: refused with a place, or records that stand in the text. The
// first byte says of which form: w, h, b, c or j.
#include "fuzz.h"

#include "exchange/formats.h"
#include "exchange/placing.h"

static const char text[] =
    "The ferry sank at noon. \xf0\x9f\x9a\xa2 Nobody knows why.\n\nThe ferry sank, "
    "the mayor said;\nher office \"denies\" it.\n";

static enum form_id form_of(uint8_t letter)
{
    for (int id = FORM_NONE + 1; id < FORM__N; id++)
        if (form_get((enum form_id)id)->read && form_get((enum form_id)id)->name[0] == (char)letter)
            return (enum form_id)id;
    return FORM_NONE;
}

static void check_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct err *err = &findings->items[i].err;

        MUST(err->text.len);
        MUST(err->line >= 0 && err->col >= 0);
    }
}

// What came in stands where it says.
static void check_span(struct article *article, const struct incoming_record *record)
{
    struct rec_list parts = record_parts(record->section, record->rec);
    struct arena arena = { 0 };

    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];

        MUST(part->at.beg < part->at.end && part->at.end <= article_cp_len(article));
        MUST(sv_eq(article_excerpt(article, article_to_bytes(article, part->at), &arena).quote,
                   part->quote));
    }
    arena_release(&arena);
}

static void check_records(struct incoming *in)
{
    struct article *article = article_new(sv_from(text));
    struct placed placed = { 0 };

    for (size_t i = 0; i < in->count; i++)
        in->records[i].article = SV("e/a");
    incoming_place(in, SV("e/a"), article, &placed);
    for (size_t i = 0; i < in->count; i++)
        if (!in->records[i].is_out && section_has_parts(in->records[i].section))
            check_span(article, &in->records[i]);
    article_free(article);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum form_id form = size ? form_of(data[0]) : FORM_NONE;
    struct incoming in = { .path = "f" };

    if (!form || size > 8192)
        return 0;
    form_get(form)->read(&in, sv_of((const char *)data + 1, size - 1));
    if (!in.findings.errors)
        check_records(&in);
    check_findings(&in.findings);
    incoming_release(&in);
    return 0;
}
