// Merging what the records of a file do not hold: keys of the file that this version does not know,
// and the comment at its beginning. Never touches a byte of a key that it knows.
#include "store/doc_encode.h"
#include "store/doc_merge_impl.h"
#include "store/yaml_write.h"

static const struct head_run *find_unknown(const struct doc *doc, struct sv key)
{
    for (size_t i = 0; i < doc->count; i++)
        if (!doc->heads[i].field && sv_eq(doc->heads[i].key, key))
            return &doc->heads[i];
    return NULL;
}

static struct sv yaml_of(const struct head_run *head)
{
    return head ? head->yaml : (struct sv){ 0 };
}

// `key: value` as the file has it, canonical.
static struct sv pair(struct merging *m, struct sv key, struct sv yaml)
{
    struct ynode value = { .type = YNODE_SCALAR, .is_raw = true, .text = yaml };
    struct buf text = { 0 };

    if (sv_is_absent(yaml))
        return yaml;
    yaml_write_pair(key, &value, 0, &text);

    struct sv copy = sv_copy(&m->out->arena, buf_sv(&text));

    buf_release(&text);
    return copy;
}

// Both sides changed a key. True: theirs is to stand there.
static bool clash(struct merging *m, struct sv key, struct sv base, struct sv ours,
                  struct sv theirs)
{
    struct doc_conflict conflict = { .field = sv_copy(&m->out->arena, key),
                                     .base = pair(m, key, base),
                                     .ours = pair(m, key, ours),
                                     .theirs = pair(m, key, theirs) };
    enum doc_decision decision = merging_add(m, conflict)->decision;

    if (decision == DECIDE_LATER)
        merging_open(m, (struct open_point){ .key = conflict.field,
                                             .base_yaml = sv_copy(&m->out->arena, base),
                                             .their_yaml = sv_copy(&m->out->arena, theirs) });
    return decision == DECIDE_THEIRS;
}

// Is their value to stand in the place of ours?
static bool takes_theirs(struct merging *m, struct sv key, struct sv base, struct sv ours,
                         struct sv theirs)
{
    if (sv_eq(ours, theirs) || sv_eq(base, theirs))
        return false;
    if (sv_eq(base, ours)) {
        m->out->taken++;
        return true;
    }
    return clash(m, key, base, ours, theirs);
}

static void write_key(const struct doc *ours, struct sv key, struct sv yaml, struct buf *out)
{
    struct ynode value = { .type = YNODE_SCALAR, .is_raw = true, .text = yaml };

    if (sv_is_absent(yaml))
        return;
    buf_add_fill(out, ' ', (size_t)ours->col);
    yaml_write_pair(key, &value, ours->col, out);
}

// Comments before the first key.
static struct sv opening(const struct doc *doc)
{
    struct sv bytes = buf_sv(&doc->bytes);
    size_t beg = sv_starts(bytes, SV(BYTE_ORDER_MARK)) ? sizeof(BYTE_ORDER_MARK) - 1 : 0;

    return doc->count && !doc->is_flow ? sv_sub(bytes, beg, doc->heads[0].beg) : SV("");
}

static bool takes_opening(const struct doc *base, const struct doc *ours, const struct doc *theirs)
{
    return ours->count && theirs->count && !ours->is_flow && !theirs->is_flow &&
           ours->is_crlf == theirs->is_crlf && sv_eq(opening(base), opening(ours)) &&
           !sv_eq(opening(base), opening(theirs));
}

// Our bytes with what is taken of theirs; true when there was something.
static bool carry(struct merging *m, struct buf *out)
{
    const struct doc *base = m->versions[SIDE_BASE].doc, *ours = m->versions[SIDE_OURS].doc;
    const struct doc *theirs = m->versions[SIDE_THEIRS].doc;
    struct sv bytes = buf_sv(&ours->bytes);
    size_t done = 0;
    bool any = takes_opening(base, ours, theirs);

    if (any) {
        done = ours->heads[0].beg;
        buf_add(out, sv_sub(bytes, 0, done - opening(ours).len));
        buf_add(out, opening(theirs));
    }
    for (size_t i = 0; i < ours->count; i++) {
        const struct head_run *head = &ours->heads[i];
        struct sv new = { 0 };

        if (head->field)
            continue;
        new = yaml_of(find_unknown(theirs, head->key));
        if (!takes_theirs(m, head->key, yaml_of(find_unknown(base, head->key)), head->yaml, new))
            continue;
        buf_add(out, sv_sub(bytes, done, head->beg));
        write_key(ours, head->key, new, out);
        done = head->end;
        any = true;
    }
    buf_add(out, sv_sub(bytes, done, bytes.len));
    for (size_t i = 0; i < theirs->count; i++) {
        const struct head_run *head = &theirs->heads[i];

        if (head->field || find_unknown(ours, head->key) ||
            !takes_theirs(m, head->key, yaml_of(find_unknown(base, head->key)), (struct sv){ 0 },
                          head->yaml))
            continue;
        if (out->len && out->ptr[out->len - 1] != '\n')
            buf_add_char(out, '\n');
        write_key(ours, head->key, head->yaml, out);
        any = true;
    }
    return any;
}

bool merging_carry(struct merging *m, struct buf *out, struct err *err)
{
    if (!carry(m, out)) {
        buf_clear(out);
        return true;
    }
    if (m->versions[SIDE_OURS].doc->is_flow)
        return err_set(err, E_SHAPE, (struct err_at){ m->in->path, 1, 1 },
                       "a file in one pair of braces cannot be merged; run 'gainsay fmt' first");
    return true;
}
