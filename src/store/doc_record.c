// Splicing one record: which of its fields stay, change, go and come, and their lines.
// Never trusts its own cut and paste: what it made is parsed again, and written anew if it reads
// differently.
#include "store/doc_record.h"

#include <string.h>

#include "store/doc_comments.h"
#include "store/doc_decode.h"
#include "store/doc_encode.h"
#include "store/doc_runs.h"
#include "store/yaml_write.h"

enum action { ACTION_KEEP, ACTION_WRITE, ACTION_CUT };

// One key of the record, in the order of the lines to be.
struct slot {
    enum action action;
    const struct field *field;   // NULL: unknown key
    const struct extra *extra;   // of an unknown key that is written
    const struct field_run *run; // NULL: not in the file
};

struct splicer {
    const struct head_run *section;
    const struct record_run *old;
    const void *rec;
    struct sheet *sheet;
    struct arena arena;
    struct slot *slots;
    size_t count;
    int col; // blanks before the keys
};

static struct sv old_bytes(const struct splicer *s)
{
    return buf_sv(&s->sheet->old->bytes);
}

static const struct kind *kind_of(const struct splicer *s)
{
    return kind_get(s->section->field->sub);
}

static const struct extra *find_extra(const struct extra *extra, struct sv key)
{
    while (extra && !sv_eq(extra->key, key))
        extra = extra->next;
    return extra;
}

static struct slot known_slot(const struct splicer *s, const struct field_run *run)
{
    const struct field *field = &kind_of(s)->fields[run->field];
    struct slot slot = { .action = ACTION_WRITE, .field = field, .run = run };

    if (field_eq(s->old->rec, s->rec, field))
        slot.action = ACTION_KEEP;
    else if (field_is_absent(s->rec, field))
        slot.action = ACTION_CUT;
    return slot;
}

static struct slot unknown_slot(const struct splicer *s, const struct field_run *run,
                                const struct extra *was)
{
    const struct extra *is = find_extra(doc_extras(s->section->field->sub, s->rec), was->key);
    struct slot slot = { .action = ACTION_CUT, .run = run, .extra = is };

    if (is)
        slot.action = sv_eq(is->yaml, was->yaml) ? ACTION_KEEP : ACTION_WRITE;
    return slot;
}

static void insert_slot(struct splicer *s, size_t at, struct slot slot)
{
    memmove(s->slots + at + 1, s->slots + at, (s->count - at) * sizeof(*s->slots));
    s->slots[at] = slot;
    s->count++;
}

// Where the canonical order puts a field: behind the nearest one before it that is there.
static size_t place_of_field(const struct splicer *s, const struct field *field)
{
    const struct field *before = NULL;
    size_t at = 0;

    for (size_t i = 0; i < s->count; i++)
        if (s->slots[i].field && s->slots[i].field < field && s->slots[i].field > before) {
            before = s->slots[i].field;
            at = i + 1;
        }
    return at;
}

static bool has_slot(const struct splicer *s, const struct field *field)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->slots[i].field == field)
            return true;
    return false;
}

static void plan(struct splicer *s)
{
    enum kind_id id = s->section->field->sub;
    const struct kind *kind = kind_of(s);
    const struct extra *was = doc_extras(id, s->old->rec);
    size_t max = s->old->field_count + kind->field_count;

    for (const struct extra *e = doc_extras(id, s->rec); e; e = e->next)
        max++;
    s->slots = arena_new(&s->arena, max * sizeof(*s->slots));
    for (size_t i = 0; i < s->old->field_count; i++) {
        const struct field_run *run = &s->old->fields[i];

        if (run->field != FIELD_UNKNOWN) {
            s->slots[s->count++] = known_slot(s, run);
        } else {
            s->slots[s->count++] = unknown_slot(s, run, was);
            was = was->next;
        }
    }
    for (const struct field *f = kind->fields; f < kind->fields + kind->field_count; f++)
        if (!field_is_absent(s->rec, f) && !has_slot(s, f))
            insert_slot(s, place_of_field(s, f), (struct slot){ ACTION_WRITE, f, NULL, NULL });
    for (const struct extra *e = doc_extras(id, s->rec); e; e = e->next)
        if (!find_extra(doc_extras(id, s->old->rec), e->key))
            insert_slot(s, s->count, (struct slot){ ACTION_WRITE, NULL, e, NULL });
}

// The key and value of a slot, canonical, with the comments that stood in its lines.
static void write_slot(struct splicer *s, const struct slot *slot, struct buf *above,
                       struct buf *text)
{
    struct ynode *value = slot->field ? doc_encode_field(&s->arena, s->rec, slot->field)
                                      : doc_encode_extra(&s->arena, slot->extra);
    struct sv lines = { 0 };

    if (slot->run)
        comments_of_piece(
            sv_sub(old_bytes(s), s->old->beg + slot->run->beg, s->old->beg + slot->run->end),
            &s->arena, &value->beside, &lines);
    yaml_write_comments(lines, s->col, above);
    yaml_write_pair(slot->field ? sv_from(slot->field->key) : slot->extra->key, value, s->col,
                    text);
}

// Lead of a slot: what stands between its lines and those before it in the old file.
static struct byte_span lead_of(const struct splicer *s, const struct slot *slot)
{
    const struct field_run *run = slot->run;

    if (!run || run == s->old->fields)
        return (struct byte_span){ 0, 0 };
    return (struct byte_span){ s->old->beg + run[-1].end, s->old->beg + run->beg };
}

// Comment lines of a lead that come to stand before the dash.
static void lift_lead(struct splicer *s, struct byte_span lead, struct buf *above)
{
    struct sv rest = sv_sub(old_bytes(s), lead.beg, lead.end), line;

    while (rest.len && sv_split(&rest, '\n', &line))
        if (!sv_is_blank(line)) {
            buf_add_fill(above, ' ', (size_t)s->section->dash_col);
            buf_add(above, sv_trim(line));
            buf_add_char(above, '\n');
        }
}

// The first key stands behind the dash; comments that belong above it go before the dash.
static void emit_first(struct splicer *s, const struct slot *slot)
{
    size_t beg = s->old->beg;
    struct buf above = { 0 }, text = { 0 };

    lift_lead(s, lead_of(s, slot), &above);
    if (slot->action == ACTION_WRITE)
        write_slot(s, slot, &above, &text);
    sheet_write(s->sheet, buf_sv(&above));
    sheet_copy(s->sheet, beg, beg + s->old->fields[0].beg);
    if (slot->action == ACTION_WRITE) {
        sheet_write(s->sheet, buf_sv(&text));
    } else {
        size_t key = beg + slot->run->beg;

        if (slot->run != s->old->fields)
            key += (size_t)s->col;
        sheet_copy(s->sheet, key, beg + slot->run->end);
    }
    buf_release(&above);
    buf_release(&text);
}

static void emit_next(struct splicer *s, const struct slot *slot)
{
    struct byte_span lead = lead_of(s, slot);
    struct buf above = { 0 }, text = { 0 };

    sheet_end_line(s->sheet);
    sheet_copy(s->sheet, lead.beg, lead.end);
    if (slot->action == ACTION_WRITE) {
        write_slot(s, slot, &above, &text);
        sheet_write(s->sheet, buf_sv(&above));
        sheet_indent(s->sheet, s->col);
        sheet_write(s->sheet, buf_sv(&text));
    } else {
        size_t beg = s->old->beg;

        if (slot->run == s->old->fields)
            sheet_indent(s->sheet, s->col);
        sheet_copy(s->sheet, beg + slot->run->beg, beg + slot->run->end);
    }
    buf_release(&above);
    buf_release(&text);
}

static void emit(struct splicer *s)
{
    size_t last = s->old->beg + s->old->fields[s->old->field_count - 1].end;
    bool is_first = true;

    for (size_t i = 0; i < s->count; i++) {
        const struct slot *slot = &s->slots[i];

        if (slot->action == ACTION_CUT) {
            struct byte_span lead = lead_of(s, slot);

            if (!is_first)
                sheet_copy_rest(s->sheet, lead.beg, lead.end);
        } else if (is_first) {
            emit_first(s, slot);
            is_first = false;
        } else {
            emit_next(s, slot);
        }
    }
    if (last < s->old->end) {
        sheet_end_line(s->sheet);
        sheet_copy(s->sheet, last, s->old->end);
    }
}

// The one record written at text[beg ..] as a node with places counted from `beg`; NULL: it is no
// list of one.
static const struct ynode *parse_back(struct sheet *sheet, size_t beg, struct arena *arena)
{
    struct ynode *root = NULL;
    struct err err = { 0 };
    bool ok = yaml_parse(sheet_from(sheet, beg), NULL, arena, &root, &err);

    err_release(&err);
    return ok && root && root->type == YNODE_LIST && root->count == 1 ? root->items[0] : NULL;
}

static bool reads_back(const struct splicer *s, size_t beg)
{
    struct arena arena = { 0 };
    struct findings findings = { 0 };
    struct doc_reader reader = { NULL, &arena, &findings };
    enum kind_id kind = s->section->field->sub;
    const struct ynode *item = parse_back(s->sheet, beg, &arena);
    const void *rec = item && item->type == YNODE_MAP ? doc_decode(&reader, kind, item) : NULL;
    struct sv bytes = sheet_from(s->sheet, beg);
    bool is_same =
        rec && record_eq(kind, rec, s->rec) &&
        (s->old->ends_keep || !ends_in_keep(bytes, item)); // it would take in the next lead

    findings_release(&findings);
    arena_release(&arena);
    return is_same;
}

// Comments of lines that are written anew go before the record.
static void write_anew(struct splicer *s)
{
    struct sv beside = { 0 }, lines = { 0 };
    struct buf above = { 0 };

    if (s->old->beg < s->old->end)
        comments_of_piece(sv_sub(old_bytes(s), s->old->beg, s->old->end), &s->arena, &beside,
                          &lines);
    yaml_write_comments(beside, s->section->dash_col, &above);
    yaml_write_comments(lines, s->section->dash_col, &above);
    sheet_write(s->sheet, buf_sv(&above));
    doc_record_write(s->section->field->sub, s->rec, s->section->dash_col, s->sheet);
    buf_release(&above);
}

void doc_record_write(enum kind_id kind, const void *rec, int col, struct sheet *sheet)
{
    struct arena arena = { 0 };
    struct buf text = { 0 };

    buf_add_fill(&text, ' ', (size_t)col);
    yaml_write_item(doc_encode(&arena, kind, rec), col, &text);
    sheet_write(sheet, buf_sv(&text));
    sheet->ends_keep = false;
    buf_release(&text);
    arena_release(&arena);
}

void doc_record_splice(const struct head_run *section, const struct record_run *old,
                       const void *rec, struct sheet *sheet)
{
    struct splicer s = { .section = section, .old = old, .rec = rec, .sheet = sheet };
    size_t beg = sheet_len(sheet), open_at = sheet->open_at;
    bool ends_keep = sheet->ends_keep;

    if (old->fields && old->rec) {
        size_t key = old->beg + old->fields[0].beg;

        s.col = (int)(key - line_beg(old_bytes(&s), key));
        plan(&s);
        emit(&s);
    }
    if (sheet_len(sheet) == beg || !reads_back(&s, beg)) {
        sheet_cut(sheet, beg);
        sheet->open_at = open_at;
        sheet->ends_keep = ends_keep;
        write_anew(&s);
    }
    arena_release(&s.arena);
}

void doc_record_run(enum kind_id kind, int col, struct sheet *sheet, size_t beg,
                    struct arena *arena, struct record_run *out)
{
    struct arena nodes = { 0 };
    const struct ynode *item = parse_back(sheet, beg, &nodes);
    struct sv bytes = sheet_from(sheet, beg);

    if (!item || !record_run_make(bytes, 0, col, kind_get(kind), item, arena, out)) {
        out->beg = 0; // lines that nobody can cut: written anew when they change
        out->end = bytes.len;
        out->fields = NULL;
    }
    out->beg += beg;
    out->end += beg;
    arena_release(&nodes);
}
