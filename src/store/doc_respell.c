// A draft in other bytes that say the same: what an undo gives back to the letter. Declared in
// doc.h. Never takes bytes on trust: the records they lie in are read again and compared.
#include "store/doc_decode.h"
#include "store/doc_draft.h"
#include "store/doc_runs.h"

// The records of a section in whose lines draft and exact bytes differ, and one more on either
// side, so that the lines at both ends are the same in both.
struct stretch {
    struct head_run *section;
    size_t first, count; // records
    size_t beg, end;     // bytes of the draft
};

// Where the records of `section` from the one before byte `lo` to the one behind byte `hi` stand.
static bool find_in(struct head_run *section, size_t lo, size_t hi, struct stretch *out)
{
    size_t first = 0, last;

    if (!section->is_block || lo < section->records_beg || hi > section->end || !section->count)
        return false;
    while (first + 1 < section->count && section->records[first + 1].end <= lo)
        first++;
    for (last = first; last + 1 < section->count && section->records[last].end < hi;)
        last++;
    last += last + 1 < section->count;
    *out = (struct stretch){ section, first, last - first + 1,
                             first ? section->records[first - 1].end : section->records_beg,
                             section->records[last].end };
    return hi <= out->end;
}

static bool is_all_read(const struct stretch *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->section->records[s->first + i].rec)
            return false;
    return true;
}

// Read the records in `bytes` again and note where they stand, counted from there; false when they
// do not say what those of the stretch say.
static bool read_runs(const struct stretch *s, struct sv bytes, struct arena *runs,
                      struct record_run *out)
{
    const struct record_run *olds = s->section->records + s->first;
    enum kind_id kind = s->section->field->sub;
    struct arena arena = { 0 };
    struct findings findings = { 0 };
    struct doc_reader reader = { NULL, &arena, &findings };
    struct ynode *root = NULL;
    struct err err = { 0 };
    size_t from = 0;
    bool ok = yaml_parse(bytes, NULL, &arena, &root, &err) && root && root->type == YNODE_LIST &&
              !root->is_flow && root->count == s->count;

    for (size_t i = 0; ok && i < s->count; i++) {
        const struct ynode *item = root->items[i];
        const void *rec = item->type == YNODE_MAP ? doc_decode(&reader, kind, item) : NULL;

        out[i] = (struct record_run){ .rec = olds[i].rec };
        ok =
            rec && record_eq(kind, rec, olds[i].rec) &&
            record_run_make(bytes, from, s->section->dash_col, kind_get(kind), item, runs, &out[i]);
        from = out[i].end;
    }
    ok = ok && from == bytes.len && sv_ends(bytes, SV("\n")) && !out[s->count - 1].ends_keep;
    err_release(&err);
    findings_release(&findings);
    arena_release(&arena);
    return ok;
}

static void shift_head(struct head_run *head, size_t first, size_t by)
{
    for (size_t i = first; i < head->count; i++) {
        head->records[i].beg += by;
        head->records[i].end += by;
    }
    head->end += by;
}

// Everything behind the stretch stands `by` bytes (wrapping around) further on.
static void shift_rest(struct draft *draft, const struct stretch *s, size_t by)
{
    shift_head(s->section, s->first + s->count, by);
    for (struct head_run *head = s->section + 1; head < draft->heads + draft->count; head++) {
        shift_head(head, 0, by);
        head->beg += by;
        head->records_beg += by;
        head->value.beg += by;
        head->value.end += by;
    }
}

// Bytes [beg, end) of what `splice` makes of `old`.
static void add_bytes(const struct splice *splice, struct sv old, size_t beg, size_t end,
                      struct buf *out)
{
    struct sv pieces[3];
    size_t at = 0;

    splice_pieces(splice, old, pieces);
    for (size_t i = 0; i < ARRAY_LEN(pieces); at += pieces[i++].len)
        if (end > at && beg < at + pieces[i].len)
            buf_add(out, sv_sub(pieces[i], beg > at ? beg - at : 0, end - at));
}

static bool find_stretch(const struct doc *doc, struct draft *draft, const struct splice *exact,
                         struct stretch *out)
{
    const struct splice *ours = &draft->splice;
    struct sv old = buf_sv(&doc->bytes);
    size_t lo = ours->beg < exact->beg ? ours->beg : exact->beg;
    size_t behind = old.len - (ours->end > exact->end ? ours->end : exact->end);
    size_t hi = splice_len(ours, old) - behind;

    for (size_t i = 0; i < draft->count; i++)
        if (draft->heads[i].is_section && find_in(&draft->heads[i], lo, hi, out))
            return is_all_read(out);
    return false;
}

bool doc_respell(struct doc *doc, struct draft *draft, const struct splice *exact)
{
    struct sv old = buf_sv(&doc->bytes);
    size_t by = splice_len(exact, old) - splice_len(&draft->splice, old); // may wrap around
    struct stretch s;
    struct buf bytes = { 0 };

    if (doc->is_flow || doc->open_scalar != SIZE_MAX || !find_stretch(doc, draft, exact, &s))
        return false;
    add_bytes(exact, old, s.beg, s.end + by, &bytes);

    struct record_run *runs = arena_new(&draft->arena, s.count * sizeof(*runs));
    bool ok = read_runs(&s, buf_sv(&bytes), &doc->arena, runs);

    for (size_t i = 0; ok && i < s.count; i++) {
        runs[i].beg += s.beg;
        runs[i].end += s.beg;
        s.section->records[s.first + i] = runs[i];
    }
    if (ok) {
        s.section->ends_keep &= s.first + s.count < s.section->count;
        shift_rest(draft, &s, by);
        splice_release(&draft->splice);
        draft->splice = (struct splice){ .beg = exact->beg, .end = exact->end };
        buf_add(&draft->splice.text, buf_sv(&exact->text));
    }
    buf_release(&bytes);
    return ok;
}
