// Canonical files line by line: keys in the order of the schema, values in the styles of
// yaml_scalar.h. Never says what is wrong with a line, and never takes one that libyaml might read
// otherwise.
#include "store/doc_lines.h"

#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/visible.h"
#include "model/index.h"
#include "store/doc_impl.h"

#define STEP        2 // blanks of one level
#define SLACK       8 // bytes behind the text that may be looked at
#define DEPTH_ROOT  1 // as yaml.c counts: the root map,
#define DEPTH_FIRST 3 // a record in its list
#define ALL(byte)   ((uint64_t)(byte)*0x0101010101010101U)

struct lines {
    char *at;            // the line to be read next; a copy of the bytes, changed where texts end
    char *end;           // behind the last line end; a NUL stands there
    struct arena *arena; // takes all that is made
    const void **items;  // of all open lists, outermost first; owned
    size_t count, cap;
    size_t values;     // libyaml would have made at most so many nodes
    struct sv bytes;   // as they are in the file
    const char *begin; // of the copy
    struct doc *doc;   // takes the places; NULL: not wanted
    bool is_in_section;
    struct field_run *runs; // of the record being read, from its beginning at record_beg; owned
    size_t run_count, run_cap, record_beg;
};

// ---- bytes

// The first byte from `p` on that ends a run of plain ASCII: a control (a line end is one), DEL, a
// byte of a longer code point, `a` or `b`. There is one: the text ends in a line end.
static char *scan(char *p, char a, char b)
{
    const uint64_t high = ALL(0x80), ones = ALL(1);

    for (;; p += 8) {
        uint64_t word, is_a, is_b;

        memcpy(&word, p, sizeof(word));
        is_a = word ^ (ones * (unsigned char)a);
        is_b = word ^ (ones * (unsigned char)b);
        // May also mark a byte behind one that is meant, never miss one.
        if (((word - ALL(0x20)) | (word + ones) | word | ((is_a - ones) & ~is_a) |
             ((is_b - ones) & ~is_b)) &
            high)
            break;
    }
    for (;; p++) {
        unsigned char c = (unsigned char)*p;

        if (c < 0x20 || c >= 0x7f || *p == a || *p == b)
            return p;
    }
}

// Code points beyond ASCII that stand for themselves: no control, no line end of YAML 1.1, no mark.
static bool is_letter(int32_t cp)
{
    return cp >= 0xa0 && cp != 0x2028 && cp != 0x2029 && cp != 0xfeff && cp != 0xfffe &&
           cp != 0xffff;
}

// Behind a run of such code points at `p`; NULL when something else stands there.
static char *skip_wide(const struct lines *in, char *p)
{
    if (!((unsigned char)*p & 0x80))
        return NULL;
    while ((unsigned char)*p & 0x80) {
        size_t size;

        if (!is_letter(utf8_decode(sv_of(p, (size_t)(in->end - p)), &size)))
            return NULL;
        p += size;
    }
    return p;
}

// Does libyaml take no sign of its own at the beginning of a value?
static bool begins_plain(const char *p)
{
    return !strchr("-?:,[]{}#&*!|>'\"%@` ", *p);
}

// ---- scalars

// Bytes of a value in the text, where it begins; they are its own once its quotes and escapes are
// resolved.
struct run {
    char *beg, *end;
};

static bool is_null_word(struct run run)
{
    struct sv text = sv_of(run.beg, (size_t)(run.end - run.beg));

    return text.len <= 4 && (sv_eq(text, SV("~")) || sv_eq(text, SV("null")) ||
                             sv_eq(text, SV("Null")) || sv_eq(text, SV("NULL")));
}

// Each of these returns what stands behind the value, NULL when it does not know.

static char *read_plain(const struct lines *in, char *beg, struct run *out)
{
    char *p = beg;

    // These three are signs before a blank alone.
    if (!begins_plain(p) && !(*p && strchr("-?:", *p) && (unsigned char)p[1] > ' '))
        return NULL;
    while (*(p = scan(p, ':', '#')) != '\n') {
        if (*p == ':' ? p[1] == ' ' || p[1] == '\n' : *p == '#' && p[-1] == ' ')
            return NULL;
        p = *p == ':' || *p == '#' ? p + 1 : skip_wide(in, p);
        if (!p)
            return NULL;
    }
    *out = (struct run){ beg, p };
    return p[-1] == ' ' || is_null_word(*out) ? NULL : p;
}

// Does a sign inside a word of a flow list stand for itself? Some do only for what is around them.
static bool is_in_flow_word(const char *p)
{
    if (*p == ':')
        return (unsigned char)p[1] > ' ' && !strchr(",?[]{}", p[1]);
    return (unsigned char)*p >= ' ' && !strchr("[{}?\x7f", *p) && (*p != '#' || p[-1] != ' ');
}

static char *read_flow_plain(const struct lines *in, char *beg, struct run *out)
{
    char *p = beg;

    if (!begins_plain(p))
        return NULL;
    while (*p != ',' && *p != ']') {
        if ((unsigned char)*p & 0x80)
            p = skip_wide(in, p);
        else
            p = is_in_flow_word(p) ? p + 1 : NULL;
        if (!p)
            return NULL;
    }
    *out = (struct run){ beg, p };
    return p == beg || p[-1] == ' ' || is_null_word(*out) ? NULL : p;
}

// Bring the bytes [from, to) to *at, which goes behind them.
static char *keep(char **at, char *from, char *to)
{
    memmove(*at, from, (size_t)(to - from));
    *at += to - from;
    return to;
}

static char *read_single(const struct lines *in, char *beg, struct run *out)
{
    char *p = beg + 1, *to = p;

    for (;;) {
        p = keep(&to, p, scan(p, '\'', '\''));
        if (*p != '\'') {
            char *end = skip_wide(in, p);

            if (!end)
                return NULL;
            p = keep(&to, p, end);
        } else if (p[1] == '\'') {
            *to++ = '\'';
            p += 2;
        } else {
            *out = (struct run){ beg + 1, to };
            return p + 1;
        }
    }
}

// Code point of `count` hexadecimal digits; -1 when they are none, or half of a pair.
static int32_t read_hex(const char *p, size_t count)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    int32_t value = 0;

    for (size_t i = 0; i < count; i++) {
        const char *digit = p[i] ? strchr(digits, p[i]) : NULL;

        if (!digit)
            return -1;
        value = value * 16 + (int32_t)(digit - digits) - (digit - digits >= 16 ? 6 : 0);
    }
    return value >= 0xd800 && value <= 0xdfff ? -1 : value;
}

// An escape, backslash first, as its bytes, which are never more than it has itself.
static char *read_escape(char *p, char **to)
{
    static const char names[] = "0abtnvfre\"\\", values[] = "\0\a\b\t\n\v\f\r\x1b\"\\";
    const char *name = p[1] ? strchr(names, p[1]) : NULL;
    size_t digits = p[1] == 'x' ? 2 : p[1] == 'u' ? 4 : 0;

    if (name) {
        *(*to)++ = values[name - names];
        return p + 2;
    }

    int32_t cp = digits ? read_hex(p + 2, digits) : -1;
    struct buf bytes = { 0 };

    if (cp < 0)
        return NULL;
    utf8_add(&bytes, cp);
    memcpy(*to, bytes.ptr, bytes.len);
    *to += bytes.len;
    buf_release(&bytes);
    return p + 2 + digits;
}

static char *read_double(const struct lines *in, char *beg, struct run *out)
{
    char *p = beg + 1, *to = p;

    for (;;) {
        p = keep(&to, p, scan(p, '"', '\\'));
        if (*p == '"') {
            *out = (struct run){ beg + 1, to };
            return p + 1;
        }

        bool is_escape = *p == '\\';
        char *end = is_escape ? read_escape(p, &to) : skip_wide(in, p);

        if (!end)
            return NULL;
        p = is_escape ? end : keep(&to, p, end);
    }
}

static char *read_word(const struct lines *in, char *p, bool in_flow, struct run *out)
{
    if (*p == '\'')
        return read_single(in, p, out);
    if (*p == '"')
        return read_double(in, p, out);
    return in_flow ? read_flow_plain(in, p, out) : read_plain(in, p, out);
}

// The run as a value: what stood behind it has been read.
static struct sv take(struct run run)
{
    *run.end = '\0';
    return sv_of(run.beg, (size_t)(run.end - run.beg));
}

// ---- values of one line or more; false: do not know. Leave in->at behind what they read.

// End of one line of a literal; NULL when it is of blanks alone.
static char *literal_line(const struct lines *in, char *p)
{
    if (p[strspn(p, " \t")] == '\n')
        return NULL;
    while (p && *(p = scan(p, '\t', '\t')) != '\n')
        p = *p == '\t' ? p + 1 : skip_wide(in, p);
    return p;
}

// Lines behind a `|`, each indented by `indent` blanks; the blank lines behind them are left.
static char *literal_lines(struct lines *in, char *line, size_t indent)
{
    char *to = line;

    for (size_t empty = 0;;) {
        size_t blanks = strspn(line, " ");

        if (*line == '\n') {
            empty++;
            line++;
            continue;
        }
        if (blanks < indent) {
            in->at = line - empty;
            return to;
        }

        char *end = literal_line(in, line + indent);

        if (!end)
            return NULL;
        memset(to, '\n', empty);
        to += empty;
        line = keep(&to, line + indent, end + 1);
        empty = 0;
    }
}

// `|`, `|-`, `|2` or `|2-` and its lines.
static bool read_literal(struct lines *in, char *p, size_t indent, struct sv *out)
{
    bool is_marked = p[1] == '2', is_open = p[1 + is_marked] == '-';

    p += 1 + is_marked + is_open;
    if (*p++ != '\n')
        return false;

    // Without `2` the first line tells how deep all are.
    size_t blanks = strspn(p, " ");

    if (is_marked ? blanks < indent : blanks != indent || p[blanks] == '\t')
        return false;

    char *end = literal_lines(in, p, indent);

    if (!end)
        return false;
    *out = take((struct run){ p, end - is_open });
    return true;
}

static bool read_text(struct lines *in, char *p, size_t col, struct sv *out)
{
    struct run run;

    if (*p == '|')
        return read_literal(in, p, col + STEP, out);
    p = read_word(in, p, false, &run);
    if (!p || *p != '\n')
        return false;
    in->at = p + 1;
    *out = take(run);
    return true;
}

// Decimal digits; what stands behind them.
static char *read_digits(char *p, size_t *out)
{
    size_t value = 0;
    char *beg = p;

    for (; *p >= '0' && *p <= '9'; p++) {
        size_t digit = (size_t)(*p - '0');

        if (value > (SIZE_MAX - digit) / 10)
            return NULL;
        value = value * 10 + digit;
    }
    *out = value;
    return p > beg ? p : NULL;
}

static bool end_line(struct lines *in, char *p)
{
    if (!p || *p != '\n')
        return false;
    in->at = p + 1;
    return true;
}

static bool read_count(struct lines *in, char *p, size_t *out)
{
    return end_line(in, read_digits(p, out));
}

static bool read_bool(struct lines *in, char *p, bool *out)
{
    *out = !strncmp(p, "true\n", 5);
    return end_line(in, *out ? p + 4 : !strncmp(p, "false\n", 6) ? p + 5 : NULL);
}

static bool read_span(struct lines *in, char *p, struct cp_span *out)
{
    p = *p == '[' ? read_digits(p + 1, &out->beg) : NULL;
    p = p && p[0] == ',' && p[1] == ' ' ? read_digits(p + 2, &out->end) : NULL;
    in->values += 2;
    return p && *p == ']' && out->beg <= out->end && end_line(in, p + 1);
}

// Items of a flow list at most: those before a line end.
static size_t count_commas(const char *p)
{
    size_t count = 0;

    for (; *p && *p != '\n'; p++)
        count += *p == ',';
    return count;
}

static bool read_strs(struct lines *in, char *p, struct sv_list *out)
{
    struct sv *items;
    char sign;

    if (*p != '[')
        return false;
    items = arena_new(in->arena, (count_commas(p) + 1) * sizeof(*items));
    *out = (struct sv_list){ items, 0 };
    do {
        struct run run;

        p = read_word(in, p + 1, true, &run);
        sign = p ? *p : '\0';
        if ((sign != ',' || p[1] != ' ') && sign != ']')
            return false;
        items[out->count++] = take(run);
        p += sign == ',';
    } while (sign == ',');
    in->values += out->count;
    return end_line(in, p + 1);
}

// Does the next line belong to what stands behind `col` blanks?
static bool is_at(const struct lines *in, size_t col)
{
    return strspn(in->at, " ") == col && in->at[col] != '\n' && in->at[col];
}

// Does it begin an item, its dash behind `col` blanks? Then in->at goes behind the dash.
static bool begin_item(struct lines *in, size_t col)
{
    if (!is_at(in, col) || in->at[col] != '-' || in->at[col + 1] != ' ')
        return false;
    in->at += col + STEP;
    in->values++;
    return true;
}

static void push(struct lines *in, const void *item)
{
    MEM_GROW(in->items, in->count, in->cap);
    in->items[in->count++] = item;
}

// The items from `first` on as a list, which is closed.
static struct rec_list pop(struct lines *in, size_t first)
{
    size_t count = in->count - first;
    const void **items = count ? arena_new(in->arena, count * sizeof(*items)) : NULL;

    if (count)
        memcpy(items, in->items + first, count * sizeof(*items));
    in->count = first;
    return (struct rec_list){ items, count };
}

static bool read_spans(struct lines *in, char *p, size_t col, struct cp_span_list *out)
{
    struct cp_span *items = NULL;
    size_t count = 0, cap = 0;
    bool ok = end_line(in, p);

    while (ok && begin_item(in, col)) {
        MEM_GROW(items, count, cap);
        ok = read_span(in, in->at, &items[count++]);
    }
    ok = ok && count;
    if (ok) {
        struct cp_span *own = arena_new(in->arena, count * sizeof(*own));

        memcpy(own, items, count * sizeof(*own));
        *out = (struct cp_span_list){ own, count };
    }
    mem_free(items);
    return ok;
}

// ---- places (doc_impl.h)

static size_t offset_of(const struct lines *in, const char *p)
{
    return (size_t)(p - in->begin);
}

// Bytes of the value of a key, which ends at `colon` and whose lines end before in->at.
static struct byte_span value_span(const struct lines *in, size_t colon)
{
    size_t beg = colon, end = offset_of(in, in->at);

    while (beg < end && strchr(" \n", in->bytes.ptr[beg]))
        beg++;
    while (end > beg && strchr(" \t\n", in->bytes.ptr[end - 1]))
        end--;
    return beg < end ? (struct byte_span){ beg, end } : (struct byte_span){ colon, colon };
}

// A key of the root map, whose value has been read.
static void note_head(struct lines *in, const struct field *field, size_t beg, size_t colon)
{
    struct doc *doc = in->doc;

    if (!doc)
        return;
    MEM_GROW(doc->heads, doc->count, doc->cap);
    doc->heads[doc->count++] = (struct head_run){
        .field = field,
        .beg = beg,
        .end = offset_of(in, in->at),
        .value = value_span(in, colon),
    };
}

// A key of the record being read, whose value has been read.
static void note_field(struct lines *in, size_t field, size_t beg)
{
    if (!in->doc)
        return;
    MEM_GROW(in->runs, in->run_count, in->run_cap);
    in->runs[in->run_count++] = (struct field_run){
        .beg = (uint32_t)(beg - in->record_beg),
        .end = (uint32_t)(offset_of(in, in->at) - in->record_beg),
        .field = (uint16_t)field,
    };
}

// The record whose fields were noted, into the section that was noted last.
static void note_record(struct lines *in, const void *rec)
{
    struct doc *doc = in->doc;

    if (!doc)
        return;

    struct head_run *section = &doc->heads[doc->count - 1];
    struct field_run *runs = arena_new(&doc->arena, in->run_count * sizeof(*runs));

    memcpy(runs, in->runs, in->run_count * sizeof(*runs));
    MEM_GROW(section->records, section->count, section->cap);
    section->records[section->count++] = (struct record_run){
        .rec = rec,
        .beg = in->record_beg,
        .end = offset_of(in, in->at),
        .fields = runs,
        .field_count = (uint32_t)in->run_count,
    };
}

// A section is about to be read, and has been.
static void note_section(struct lines *in, const struct field *field, size_t beg, size_t colon)
{
    note_head(in, field, beg, colon);
    if (in->doc)
        in->doc->heads[in->doc->count - 1].is_section = true;
}

static void note_section_end(struct lines *in, size_t colon)
{
    struct head_run *section = in->doc ? &in->doc->heads[in->doc->count - 1] : NULL;

    if (!section)
        return;
    section->value = value_span(in, colon);
    section->is_block = section->count > 0;
    section->is_kept_empty = !section->is_block;
    section->end = colon + 1; // behind the line
    if (!section->is_block)
        return;
    section->records_beg = section->end;
    section->end = section->records[section->count - 1].end;
}

// ---- maps

// Of fields in the order of a file: is none from `from` on one that must be there?
static bool lacks_nothing(const struct field *fields, size_t count, size_t from)
{
    while (from < count && !fields[from].is_required)
        from++;
    return from == count;
}

// The field whose key the line at `p` begins with: the first from *next on, none passed over that
// must be there. Returns what stands behind the colon; NULL when there is none.
static char *find_key(char *p, const struct field *fields, size_t count, size_t *next)
{
    for (size_t i = *next; i < count; i++) {
        const char *key = fields[i].key;
        size_t len = 0;

        while (key[len] && key[len] == p[len])
            len++;
        if (!key[len] && p[len] == ':') {
            *next = i + 1;
            return p + len + 1;
        }
        if (fields[i].is_required)
            break;
    }
    return NULL;
}

static bool read_map(struct lines *in, enum kind_id id, size_t col, size_t depth, const void **out);

static bool read_sub(struct lines *in, char *p, const struct field *field, size_t col, size_t depth,
                     const void **out)
{
    if (!strncmp(p, " {}", 3)) {
        in->at = p + 1;
        return read_map(in, field->sub, col + STEP, depth + 1, out);
    }
    if (!end_line(in, p) || !is_at(in, col + STEP))
        return false;
    in->at += col + STEP;
    return read_map(in, field->sub, col + STEP, depth + 1, out);
}

static bool read_list(struct lines *in, char *p, const struct field *field, size_t col,
                      size_t depth, struct rec_list *out)
{
    size_t first = in->count;

    if (!end_line(in, p))
        return false;
    while (begin_item(in, col)) {
        const void *item;

        if (!read_map(in, field->sub, col + STEP, depth + 2, &item))
            return false;
        push(in, item);
    }
    *out = pop(in, first);
    return out->count;
}

// What stands behind `key:` at `p`, into a member.
static bool read_value(struct lines *in, char *p, const struct field *field, size_t col,
                       size_t depth, void *member)
{
    enum storage storage = field_storage(field);

    in->values += 2;
    if (storage == STORAGE_MAP)
        return read_sub(in, p, field, col, depth, member);
    if (storage == STORAGE_LIST)
        return read_list(in, p, field, col, depth, member);
    if (storage == STORAGE_SPANS)
        return read_spans(in, p, col, member);
    if (*p++ != ' ')
        return false;
    if (storage == STORAGE_SV)
        return read_text(in, p, col, member);
    if (storage == STORAGE_SPAN)
        return read_span(in, p, member);
    if (storage == STORAGE_STRS)
        return read_strs(in, p, member);
    return storage == STORAGE_BOOL ? read_bool(in, p, member) : read_count(in, p, member);
}

// The fields of one map, the first of them at in->at, the others behind `col` blanks.
static bool read_fields(struct lines *in, const struct field *fields, size_t count, size_t col,
                        size_t depth, void *rec)
{
    size_t next = 0;

    do {
        if (next)
            in->at += col;

        size_t beg = offset_of(in, in->at) - (next ? col : 0);
        char *p = find_key(in->at, fields, count, &next);
        const struct field *field = p ? &fields[next - 1] : NULL;

        if (!p || !read_value(in, p, field, col, depth, (char *)rec + field->offset))
            return false;
        if (depth == DEPTH_ROOT)
            note_head(in, field, beg, offset_of(in, p));
        else if (depth == DEPTH_FIRST && in->is_in_section)
            note_field(in, next - 1, beg);
    } while (is_at(in, col));
    return lacks_nothing(fields, count, next);
}

static bool read_map(struct lines *in, enum kind_id id, size_t col, size_t depth, const void **out)
{
    const struct kind *kind = kind_get(id);
    void *rec = arena_new(in->arena, kind->size);

    *out = rec;
    if (!strncmp(in->at, "{}", 2))
        return lacks_nothing(kind->fields, kind->field_count, 0) && end_line(in, in->at + 2);
    return depth < LIMIT_YAML_DEPTH - 1 && // a flow list may stand in it
           read_fields(in, kind->fields, kind->field_count, col, depth, rec);
}

// ---- files

static void skip_empty(struct lines *in)
{
    while (*in->at == '\n')
        in->at++;
}

// Is no id of the records there twice?
static bool are_apart(struct id_index **ids, struct rec_list records)
{
    for (size_t i = 0; i < records.count; i++) {
        const struct record *rec = records.items[i];

        if (id_index_find(*ids, rec->id))
            return false;
        id_index_put(ids, rec);
    }
    return true;
}

// Records behind dashes at the line's beginning, empty lines between them.
static bool read_section(struct lines *in, char *p, const struct field *field, struct rec_list *out)
{
    size_t beg = offset_of(in, in->at), colon = offset_of(in, p);
    bool ok = end_line(in, p);

    in->values += 2;
    note_section(in, field, beg, colon);
    skip_empty(in);
    in->is_in_section = true;
    in->record_beg = offset_of(in, in->at);
    while (ok && begin_item(in, 0)) {
        size_t values = in->values;
        const void *rec;

        in->run_count = 0;
        ok = read_map(in, field->sub, STEP, DEPTH_FIRST, &rec) && in->count < LIMIT_RECORDS &&
             in->values - values < LIMIT_YAML_NODES;
        if (ok) {
            push(in, rec);
            note_record(in, rec);
            skip_empty(in);
            in->record_beg = offset_of(in, in->at);
        }
    }
    in->is_in_section = false;
    *out = pop(in, 0);
    note_section_end(in, colon);
    return ok;
}

// A file of head fields and sections.
static bool read_file(struct lines *in, const struct doc_shape *shape, struct doc_content *content)
{
    struct id_index *ids = NULL;
    size_t next = 0;
    bool ok = !strncmp(in->at, "gainsay: 1\n", 11);

    while (ok && in->at < in->end) {
        char *p = find_key(in->at, shape->head, shape->head_count, &next);
        const struct field *field = p ? &shape->head[next - 1] : NULL;

        if (!p) {
            ok = false;
        } else if (field->type == FIELD_LIST) {
            struct rec_list *records = &content->sections[doc_section_index(shape, field)];

            ok = read_section(in, p, field, records) && are_apart(&ids, *records);
        } else {
            size_t beg = offset_of(in, in->at), colon = offset_of(in, p);

            ok = read_value(in, p, field, 0, DEPTH_ROOT, (char *)content->head + field->offset);
            note_head(in, field, beg, colon);
            skip_empty(in);
        }
    }
    id_index_free(ids);
    return ok && in->values < LIMIT_YAML_VALUES;
}

bool doc_read_lines(const struct doc_shape *shape, struct sv bytes, struct arena *arena,
                    struct doc_content *content, struct doc *doc)
{
    struct lines in = { .arena = arena, .bytes = bytes, .doc = doc };
    bool ok;

    *content = (struct doc_content){ 0 };
    if (!bytes.len || bytes.ptr[bytes.len - 1] != '\n' || bytes.len > LIMIT_YAML_BYTES)
        return false;
    in.at = arena_new(arena, bytes.len + SLACK);
    memcpy(in.at, bytes.ptr, bytes.len);
    in.begin = in.at;
    in.end = in.at + bytes.len;
    content->head = arena_new(arena, shape->head_size);
    if (shape->kind == KIND_NONE) {
        ok = read_file(&in, shape, content);
    } else {
        size_t count;
        const struct field *fields = doc_shape_fields(shape, &count);

        ok = read_fields(&in, fields, count, 0, DEPTH_ROOT, content->head) && in.at == in.end &&
             in.values < LIMIT_YAML_VALUES;
    }
    mem_free(in.items);
    mem_free(in.runs);
    if (!ok)
        *content = (struct doc_content){ 0 };
    if (!ok && doc)
        doc_heads_release(doc);
    return ok;
}
