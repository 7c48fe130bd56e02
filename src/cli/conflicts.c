// Conflicts of a merge in words.
// Decides nothing and writes no file.
#include "cli/conflicts.h"

#define VALUE_MAX 60 // bytes of a value in a message

void conflict_name(const struct doc_conflict *conflict, struct buf *out)
{
    if (conflict->field.len)
        buf_add(out, conflict->field);
    if (conflict->field.len && conflict->record.len)
        buf_add_cstr(out, " of ");
    buf_add(out, conflict->record);
    if (!conflict->field.len && !conflict->record.len)
        buf_add_cstr(out, "the file");
}

void conflict_outcome(const struct doc_conflict *conflict, struct buf *out)
{
    if (conflict->new_id.len)
        buf_addf(out, " is two records of different kinds: both are kept, one as " SV_FMT,
                 SV_ARG(conflict->new_id));
    else
        buf_addf(out, " was taken out in %s and changed in %s: the change is kept",
                 conflict->is_our_deletion ? "ours" : "theirs",
                 conflict->is_our_deletion ? "theirs" : "ours");
}

// A value for a message: what stands behind its key, cut to a line.
static void add_value(struct sv lines, struct sv key, struct buf *out)
{
    struct sv text = sv_trim(lines);
    bool is_cut;

    if (sv_is_absent(lines)) {
        buf_add_cstr(out, "nothing");
        return;
    }
    if (sv_starts(text, key) && text.len > key.len && text.ptr[key.len] == ':')
        text = sv_trim(sv_sub(text, key.len + 1, text.len));
    is_cut = text.len > VALUE_MAX;
    buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len && (i < VALUE_MAX || (text.ptr[i] & 0xc0) == 0x80); i++)
        buf_add_char(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    buf_add_cstr(out, is_cut ? "...'" : "'");
}

static void add_finding(struct findings *findings, const char *path,
                        const struct doc_conflict *conflict)
{
    struct err_at at = { .path = path };
    struct buf name = { 0 }, ours = { 0 }, theirs = { 0 };

    conflict_name(conflict, &name);
    add_value(conflict->ours, conflict->field, &ours);
    add_value(conflict->theirs, conflict->field, &theirs);
    if (doc_conflict_is_told(conflict)) {
        conflict_outcome(conflict, &name);
        findings_add(findings, SEVERITY_WARNING, E_MERGED, at, "%s; %s", buf_cstr(&name),
                     conflict->new_id.len ? "take one out if they say the same"
                                          : "take it out again if that is right");
    } else {
        findings_add(findings, SEVERITY_WARNING, E_CONFLICT, at,
                     "conflict: %s is %s in ours, %s in theirs", buf_cstr(&name), buf_cstr(&ours),
                     buf_cstr(&theirs));
    }
    buf_release(&name);
    buf_release(&ours);
    buf_release(&theirs);
}

void conflicts_report(struct cli *cli, const char *path, const struct doc_merged *merged,
                      bool is_hidden)
{
    struct findings findings = { 0 };

    for (size_t i = 0; i < merged->count && !is_hidden; i++)
        if (doc_conflict_is_told(&merged->items[i]) || merged->items[i].decision == DECIDE_LATER)
            add_finding(&findings, path, &merged->items[i]);
    if (merged->open)
        findings_add(&findings, SEVERITY_WARNING, E_CONFLICT, (struct err_at){ .path = path },
                     "%zu left to decide: gainsay resolve %s", merged->open, path);
    (void)cli_report(cli, &findings);
}
