// Brat standoff read: our own as the records they were, those of others as claims tagged with their
// types. A relation of two claims is a link; what has no place in a record is counted. Takes a .ann
// file, or links.tsv.
#include "exchange/forms.h"

#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/visible.h"
#include "exchange/brat.h"
#include "exchange/csv_row.h"
#include "exchange/json_place.h"
#include "model/types.h"

struct line {                 // of the file, by the id it begins with
    struct sv id, type, rest; // rest: what follows the type
    struct sv text;           // behind the second tab; absent: there is none
    int number;
};

struct bound { // a text-bound annotation
    struct sv id;
    const struct line *line;
    struct brat_spans spans;
    enum section section;
    void *rec;       // NULL: not a record, or not yet
    bool is_whole;   // its parts were told in full
    bool is_trigger; // of an event
};

struct event {
    struct sv id;
    const struct line *line;
    struct sv content; // id of what it holds; absent: no attribution of ours
    struct bound *trigger;
    struct voice *voice;
    bool is_inner; // another one holds it
    bool is_uncued;
};

struct relation {
    struct sv id;
    const struct line *line;
    struct link *link; // what notes say of it; its ends come last
};

struct read {
    struct incoming *in;
    struct arena *arena;
    struct line **lines;
    size_t count, cap;
    struct id_index *bounds, *events, *relations; // by id
    struct bound **bound_list;
    size_t bound_count, bound_cap;
    struct event **event_list;
    size_t event_count, event_cap;
    struct relation **relation_list;
    size_t relation_count, relation_cap;
    struct csv_row *row;
    int row_line;
};

static void bad_line(struct read *read, const struct line *line, int col, const char *want)
{
    incoming_error(read->in, line->number, col, E_SHAPE, "'" SV_FMT "' must be %s",
                   SV_ARG(line->id), want);
}

// ---- words of a line

static struct sv next_word(struct sv *rest)
{
    struct sv word = { 0 };

    while (sv_split(rest, ' ', &word) && !word.len)
        ;
    return word.len ? word : (struct sv){ 0 };
}

static bool to_count(struct sv word, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] < '0' || word.ptr[i] > '9' || *out > LIMIT_TEXT_BYTES)
            return false;
        *out = *out * 10 + (size_t)(word.ptr[i] - '0');
    }
    return word.len > 0;
}

struct sv brat_unescape(struct arena *arena, struct sv text)
{
    static const char signs[] = "nrts\\e", plain[] = "\n\r\t \\";
    struct buf out = { 0 };
    struct sv copy;

    for (size_t i = 0; i < text.len; i++) {
        const char *sign = text.ptr[i] == '\\' && i + 1 < text.len && text.ptr[i + 1]
                               ? strchr(signs, text.ptr[i + 1])
                               : NULL;
        int32_t cp = 0;

        if (sign && *sign == 'e') {
            i++;
        } else if (sign) {
            buf_add_char(&out, plain[sign - signs]);
            i++;
        } else if (text.ptr[i] == '\\' && i + 5 < text.len && text.ptr[i + 1] == 'u') {
            for (size_t j = i + 2; j < i + 6; j++) {
                char c = text.ptr[j];

                cp = cp * 16 + (c >= '0' && c <= '9'   ? c - '0'
                                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                       : 0);
            }
            utf8_add(&out, cp && (cp < 0xd800 || cp > 0xdfff) ? cp : 0xfffd);
            i += 5;
        } else {
            buf_add_char(&out, text.ptr[i]);
        }
    }
    copy = sv_copy(arena, buf_sv(&out));
    buf_release(&out);
    return copy;
}

// ---- text-bound annotations

static bool read_spans(struct read *read, const struct line *line, struct brat_spans *out)
{
    struct sv rest = line->rest, piece;
    bool ok = true;

    while (ok && sv_split(&rest, ';', &piece)) {
        struct cp_span span = { 0 };

        ok = to_count(next_word(&piece), &span.beg) && to_count(next_word(&piece), &span.end) &&
             span.beg < span.end && sv_is_absent(next_word(&piece));
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = span;
    }
    if (ok && out->count)
        return true;
    bad_line(read, line, (int)(line->id.len + line->type.len) + 3,
             "a type and positions, as in 'T1<TAB>Claim 0 12;20 24<TAB>words'");
    return false;
}

static size_t skip_cps(struct sv text, size_t pos, size_t count)
{
    while (count-- && pos < text.len) {
        size_t size;

        (void)utf8_decode(sv_sub(text, pos, text.len), &size);
        pos += size;
    }
    return pos;
}

static size_t code_points(struct sv text)
{
    size_t count = 0;

    for (size_t pos = 0; pos < text.len; count++)
        pos = skip_cps(text, pos, 1);
    return count;
}

// The words of each stretch, joined by one blank in the file; in order of the text.
static bool add_parts(struct read *read, struct bound *bound, struct rec_list *parts)
{
    size_t pos = 0, length = 0;
    struct sv text = bound->line->text;

    for (size_t i = 0; i < bound->spans.count; i++)
        length += bound->spans.items[i].end - bound->spans.items[i].beg + (i > 0);
    if (sv_is_absent(text) || code_points(text) != length) {
        incoming_error(read->in, bound->line->number, 1, E_QUOTE,
                       "'" SV_FMT "' has %zu characters of words, its positions %zu; positions "
                       "count code points, and the words must be the text's",
                       SV_ARG(bound->id), sv_is_absent(text) ? 0 : code_points(text), length);
        return false;
    }
    for (size_t i = 0; i < bound->spans.count; i++) {
        struct cp_span at = bound->spans.items[i];
        size_t end = skip_cps(text, pos, at.end - at.beg);
        struct part *part = arena_new(read->arena, sizeof(*part));

        *part = (struct part){ .at = at, .quote = sv_copy(read->arena, sv_sub(text, pos, end)) };
        rec_list_add(read->arena, parts, part);
        pos = end + 1;
    }
    return true;
}

static void add_bound(struct read *read, const struct line *line)
{
    struct bound *bound = arena_new(read->arena, sizeof(*bound));

    *bound = (struct bound){ .id = line->id, .line = line, .section = SECTION__N };
    MEM_GROW(read->bound_list, read->bound_count, read->bound_cap);
    read->bound_list[read->bound_count++] = bound;
    if (!read_spans(read, line, &bound->spans))
        return;
    if (read->bounds && id_index_find(read->bounds, line->id))
        bad_line(read, line, 1, "used once");
    id_index_put(&read->bounds, bound);
}

static struct bound *find_bound(const struct read *read, struct sv id)
{
    union {
        const void *read;
        struct bound *write;
    } found = { .read =
                    read->bounds && !sv_is_absent(id) ? id_index_find(read->bounds, id) : NULL };

    return found.write;
}

static struct event *find_event(const struct read *read, struct sv id)
{
    union {
        const void *read;
        struct event *write;
    } found = { .read =
                    read->events && !sv_is_absent(id) ? id_index_find(read->events, id) : NULL };

    return found.write;
}

static struct relation *find_relation(const struct read *read, struct sv id)
{
    union {
        const void *read;
        struct relation *write;
    } found = { .read = read->relations && !sv_is_absent(id) ? id_index_find(read->relations, id)
                                                             : NULL };

    return found.write;
}

// ---- events

// "Attribution:T3", "Content:T1": the id behind a role.
static struct sv id_of_role(struct sv word, struct sv role)
{
    size_t colon = sv_is_absent(word) ? SIZE_MAX : sv_find(word, SV(":"), 0);

    if (colon == SIZE_MAX || (!sv_is_absent(role) && !sv_eq(sv_sub(word, 0, colon), role)))
        return (struct sv){ 0 };
    return sv_sub(word, colon + 1, word.len);
}

static void add_event(struct read *read, const struct line *line)
{
    struct event *event = arena_new(read->arena, sizeof(*event));
    struct sv rest = line->rest, word;

    *event = (struct event){ .id = line->id, .line = line };
    event->trigger = find_bound(read, id_of_role(line->type, (struct sv){ 0 }));
    if (!event->trigger) {
        bad_line(read, line, (int)line->id.len + 2,
                 "a type, a colon and the id of a text-bound annotation, as in 'Attribution:T3'");
        return;
    }
    event->trigger->is_trigger = sv_starts(line->type, SV(BRAT_ATTRIBUTION ":"));
    if (event->trigger->is_trigger) {
        word = next_word(&rest);
        event->content = id_of_role(word, SV("Content"));
        event->voice = arena_new(read->arena, sizeof(*event->voice));
        word = next_word(&rest);
    }
    if (!event->trigger->is_trigger || sv_is_absent(event->content) || !sv_is_absent(word))
        leftovers_add(&read->in->left, "roles of events");
    MEM_GROW(read->event_list, read->event_count, read->event_cap);
    read->event_list[read->event_count++] = event;
    id_index_put(&read->events, event);
}

// ---- fields

static bool is_ours(const struct bound *bound)
{
    return bound && bound->rec;
}

// The record, its kind, of what a note or attribute is about; NULL for what is none.
static void *find_bearer(const struct read *read, struct sv id, enum kind_id *kind)
{
    struct bound *bound = find_bound(read, id);
    struct event *event = find_event(read, id);
    struct relation *relation = find_relation(read, id);

    if (relation) {
        *kind = KIND_LINK;
        return relation->link;
    }
    if (event && event->voice) {
        *kind = KIND_VOICE;
        return event->voice;
    }
    if (event && event->trigger && event->trigger->rec)
        bound = event->trigger; // a remark on an event of another kind is one on its words
    if (!is_ours(bound))
        return NULL;
    *kind = section_get(bound->section)->kind;
    return bound->rec;
}

static bool is_json(const struct field *field)
{
    return field_storage(field) != STORAGE_SV && field_storage(field) != STORAGE_BOOL;
}

// A note that is JSON, for members of `kind` into `rec`.
static void take_json(struct read *read, const struct line *line, struct sv text, enum kind_id kind,
                      void *rec)
{
    struct json_in json;

    if (!json_in_read(&json, read->in, text, line->number))
        return;
    json_fields(&json, kind, json.root, rec);
    json_in_release(&json);
}

static void take_comment(struct read *read, void *rec, enum kind_id kind, struct sv text)
{
    struct sv *member = kind == KIND_CLAIM  ? &((struct claim *)rec)->note
                        : kind == KIND_NOTE ? &((struct note *)rec)->text
                                            : NULL;
    struct buf all = { 0 };

    if (!member) {
        leftovers_add(&read->in->left, "notes of annotators on what has no note");
        return;
    }
    if (member->len)
        buf_addf(&all, SV_FMT "\n\n", SV_ARG(*member));
    buf_add(&all, text);
    *member = sv_copy(read->arena, buf_sv(&all));
    buf_release(&all);
}

static void take_field(struct read *read, const struct line *line, void *rec, enum kind_id kind,
                       struct sv text)
{
    const struct field *field = kind_find(kind_get(kind), line->type);

    if (sv_eq(line->type, SV("AnnotatorNotes")))
        take_comment(read, rec, kind, line->text);
    else if (kind == KIND_VOICE && sv_eq(line->type, SV("cue"))) {
        struct cue *cue = arena_new(read->arena, sizeof(*cue));

        take_json(read, line, text, KIND_CUE, cue);
        ((struct voice *)rec)->cue = cue;
    } else if (kind == KIND_LINK && sv_eq(line->type, SV("to"))) {
        struct target *to = arena_new(read->arena, sizeof(*to));

        take_json(read, line, text, KIND_TARGET, to);
        ((struct link *)rec)->to = to;
    } else if ((field && is_json(field)) || sv_eq(line->type, SV("extra")))
        take_json(read, line, text, kind, rec);
    else if (field && field_storage(field) == STORAGE_SV)
        *(struct sv *)(void *)((char *)rec + field->offset) = text;
    else if (field)
        *(bool *)((char *)rec + field->offset) = true;
    else
        leftovers_add(&read->in->left, "notes of the kind '" SV_FMT "'", SV_ARG(line->type));
}

static void take_note(struct read *read, const struct line *line)
{
    struct sv rest = line->rest, on = next_word(&rest);
    struct bound *bound = find_bound(read, on);
    enum kind_id kind;
    void *rec = find_bearer(read, on, &kind);

    if (sv_is_absent(on) || sv_is_absent(line->text)) {
        bad_line(read, line, (int)line->id.len + 2,
                 "a kind, the id of what it is about, and a text, as in '#1<TAB>AnnotatorNotes "
                 "T1<TAB>text'");
        return;
    }
    if (!rec) {
        leftovers_add(&read->in->left, "notes on what is no record here");
        return;
    }
    take_field(read, line, rec, kind, brat_unescape(read->arena, line->text));
    if (is_ours(bound) && sv_eq(line->type, SV("span")))
        bound->is_whole = true;
}

static void take_attribute(struct read *read, const struct line *line)
{
    struct sv rest = line->rest, on = next_word(&rest), value = next_word(&rest);
    struct event *event = find_event(read, on);
    const struct field *field;
    enum kind_id kind;
    void *rec = find_bearer(read, on, &kind);

    if (event && sv_eq(line->type, SV(BRAT_UNCUED))) {
        event->is_uncued = true;
        return;
    }
    field = rec ? kind_find(kind_get(kind), line->type) : NULL;
    if (field && field_storage(field) == STORAGE_SV && !sv_is_absent(value))
        *(struct sv *)(void *)((char *)rec + field->offset) = sv_copy(read->arena, value);
    else if (field && field_storage(field) == STORAGE_BOOL)
        *(bool *)((char *)rec + field->offset) = true;
    else if (rec && kind == KIND_CLAIM) // of another scheme: a word that can be searched for
        sv_list_add(read->arena, &((struct claim *)rec)->tags, sv_copy(read->arena, line->type));
    else
        leftovers_add(&read->in->left, "attributes '" SV_FMT "'", SV_ARG(line->type));
}

// ---- records

static enum section section_of(const struct bound *bound)
{
    if (sv_eq(bound->line->type, SV(BRAT_FURNITURE)))
        return SECTION_FURNITURE;
    if (sv_eq(bound->line->type, SV(BRAT_NOTE)))
        return SECTION_NOTES;
    return SECTION_CLAIMS;
}

// Every text-bound annotation but the triggers of voices is a record; its parts come later.
static void make_records(struct read *read)
{
    for (size_t i = 0; i < read->bound_count; i++) {
        struct bound *bound = read->bound_list[i];

        if (bound->is_trigger)
            continue;
        bound->section = section_of(bound);
        bound->rec = arena_new(read->arena, kind_get(section_get(bound->section)->kind)->size);
        if (bound->section == SECTION_CLAIMS && !sv_eq(bound->line->type, SV(BRAT_CLAIM)))
            sv_list_add(read->arena, &((struct claim *)bound->rec)->tags,
                        sv_copy(read->arena, bound->line->type));
    }
}

static struct rec_list *span_of(struct bound *bound)
{
    const struct kind *kind = kind_get(section_get(bound->section)->kind);

    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].sub == KIND_PART)
            return (void *)((char *)bound->rec + kind->fields[i].offset);
    return NULL;
}

// Are the parts told in full those of the stretches still, which somebody may have moved in brat?
static bool is_told(const struct bound *bound, const struct rec_list *parts)
{
    struct brat_spans spans = { 0 };
    bool is_same;

    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = parts->items[i];

        brat_spans_add(&spans, part->quote, part->at.beg);
    }
    is_same = brat_spans_eq(&spans, &bound->spans);
    brat_spans_release(&spans);
    return is_same;
}

static void finish_record(struct read *read, struct bound *bound)
{
    struct rec_list *span = span_of(bound), parts = { 0 };
    struct record *rec = bound->rec;
    bool is_whole = bound->is_whole && is_told(bound, span);

    if (!add_parts(read, bound, &parts))
        return;
    if (!is_whole)
        *span = parts;
    if (sv_is_absent(rec->id))
        rec->id = bound->id; // of no record here: it gets a new one, and links find it
    incoming_add(read->in, (struct incoming_record){
                               .section = bound->section,
                               .rec = rec,
                               .at = { read->in->path, bound->line->number, 1 },
                               .is_foreign = !is_whole,
                           });
}

// ---- voices

static void set_cue(struct read *read, struct event *event)
{
    struct rec_list parts = { 0 };
    struct cue *cue;

    if (event->is_uncued || event->voice->cue || !add_parts(read, event->trigger, &parts))
        return;
    cue = arena_new(read->arena, sizeof(*cue));
    cue->at = ((const struct part *)parts.items[0])->at;
    cue->quote = ((const struct part *)parts.items[0])->quote;
    if (parts.count > 1)
        leftovers_add(&read->in->left, "further stretches of words that attribute");
    event->voice->cue = cue;
}

// Voices hold the voices inside them; the outermost belong to claims.
static void link_voices(struct read *read)
{
    for (size_t i = 0; i < read->event_count; i++) {
        struct event *event = read->event_list[i], *inner;

        if (!event->voice)
            continue;
        set_cue(read, event);
        inner = find_event(read, event->content);
        if (!inner || !inner->voice || inner == event || inner->is_inner)
            continue;
        inner->is_inner = true;
        event->voice->citing = inner->voice;
    }
    for (size_t i = 0; i < read->event_count; i++) {
        struct event *event = read->event_list[i], *last = event;
        struct bound *bound;

        if (!event->voice || event->is_inner)
            continue;
        for (size_t depth = 0; depth <= LIMIT_CITING && find_event(read, last->content); depth++)
            last = find_event(read, last->content);
        bound = find_bound(read, last->content);
        if (is_ours(bound) && bound->section == SECTION_CLAIMS)
            rec_list_add(read->arena, &((struct claim *)bound->rec)->attributed_to, event->voice);
        else
            leftovers_add(&read->in->left, "attributions of what is no claim");
    }
}

// ---- relations

static void add_relation(struct read *read, const struct line *line)
{
    struct relation *relation = arena_new(read->arena, sizeof(*relation));

    *relation = (struct relation){ line->id, line, arena_new(read->arena, sizeof(struct link)) };
    MEM_GROW(read->relation_list, read->relation_count, read->relation_cap);
    read->relation_list[read->relation_count++] = relation;
    id_index_put(&read->relations, relation);
}

static void finish_relation(struct read *read, const struct relation *relation)
{
    const struct line *line = relation->line;
    struct sv rest = line->rest, first = next_word(&rest), second = next_word(&rest);
    struct bound *from = find_bound(read, id_of_role(first, (struct sv){ 0 }));
    struct bound *to = find_bound(read, id_of_role(second, (struct sv){ 0 }));
    struct link *link = relation->link;
    struct target *target;

    if (!from || !to) {
        bad_line(read, line, (int)line->id.len + 2,
                 "a type and two text-bound annotations, as in 'R1<TAB>differs Arg1:T1 Arg2:T2'");
        return;
    }
    if (!is_ours(from) || !is_ours(to) || from->section != SECTION_CLAIMS ||
        to->section != SECTION_CLAIMS) {
        leftovers_add(&read->in->left, "relations of what is no claim");
        return;
    }
    link->type = sv_copy(read->arena, line->type);
    link->from = ((const struct record *)from->rec)->id;
    target = link->to ? record_edit(read->arena, KIND_TARGET, link->to)
                      : arena_new(read->arena, sizeof(*target));
    target->claim = ((const struct record *)to->rec)->id;
    link->to = target;
    incoming_add(read->in, (struct incoming_record){
                               .section = SECTION_LINKS,
                               .rec = link,
                               .at = { read->in->path, line->number, 1 },
                               .is_foreign = sv_is_absent(link->id),
                           });
}

// ---- the file

static struct line *make_line(struct read *read, struct sv text, int number)
{
    struct line *line = arena_new(read->arena, sizeof(*line));
    struct sv rest = text, fields;

    *line = (struct line){ .number = number };
    (void)sv_split(&rest, '\t', &line->id);
    if (!sv_split(&rest, '\t', &fields)) {
        line->rest = (struct sv){ 0 };
        return line;
    }
    line->text = rest;
    (void)sv_split(&fields, ' ', &line->type);
    line->rest = fields;
    return line;
}

static bool is_utf8(struct sv text, int *col)
{
    for (*col = 1; text.len; ++*col) {
        size_t size;

        if (utf8_decode(text, &size) <= 0)
            return false;
        text = sv_sub(text, size, text.len);
    }
    return true;
}

static void read_line(struct read *read, struct sv text, int number)
{
    struct line *line;
    int col;

    if (!is_utf8(text, &col)) {
        incoming_error(read->in, number, col, E_ENCODING,
                       "this is no UTF-8 text; save the file as UTF-8");
        return;
    }
    line = make_line(read, text, number);
    if (!line->id.len || sv_is_absent(line->type) || !line->type.len) {
        incoming_error(read->in, number, 1, E_SHAPE,
                       "this is no line of brat; it must be an id, a tab and a type, as in "
                       "'T1<TAB>Claim 0 12<TAB>words'");
        return;
    }
    MEM_GROW(read->lines, read->count, read->cap);
    read->lines[read->count++] = line;
}

static void each_line(struct read *read, char letter,
                      void (*take)(struct read *read, const struct line *line))
{
    for (size_t i = 0; i < read->count && !read->in->findings.errors; i++)
        if (read->lines[i]->id.ptr[0] == letter)
            take(read, read->lines[i]);
}

static void count_other(struct read *read)
{
    for (size_t i = 0; i < read->count; i++) {
        char letter = read->lines[i]->id.ptr[0];

        if (letter == '*')
            leftovers_add(&read->in->left, "equivalences");
        else if (letter == 'N')
            leftovers_add(&read->in->left, "references to other resources");
        else if (!strchr("TEAMR#", letter))
            leftovers_add(&read->in->left, "lines that begin with '%c'", letter);
    }
}

static void read_ann(struct read *read)
{
    each_line(read, 'T', add_bound);
    each_line(read, 'E', add_event);
    if (!read->in->findings.errors)
        make_records(read);
    each_line(read, 'R', add_relation);
    each_line(read, '#', take_note);
    each_line(read, 'A', take_attribute);
    each_line(read, 'M', take_attribute);
    if (!read->in->findings.errors)
        link_voices(read);
    for (size_t i = 0; i < read->bound_count && !read->in->findings.errors; i++)
        if (read->bound_list[i]->rec)
            finish_record(read, read->bound_list[i]);
    for (size_t i = 0; i < read->relation_count && !read->in->findings.errors; i++)
        finish_relation(read, read->relation_list[i]);
    count_other(read);
}

// ---- links.tsv

static void bad_cell(struct csv_row *row, const char *column, const char *want)
{
    struct read *read = row->ctx;

    incoming_error(read->in, read->row_line, 1, E_SHAPE, "column '%s' must be %s", column, want);
}

static void read_row(struct read *read, const size_t *columns, size_t count, struct sv line)
{
    struct link *link = arena_new(read->arena, sizeof(*link));
    struct sv cell;

    for (size_t i = 0; i < read->row->count; i++)
        read->row->cells[i] = (struct sv){ 0 };
    for (size_t i = 0; i < count && sv_split(&line, '\t', &cell); i++)
        if (columns[i] != SIZE_MAX && cell.len)
            read->row->cells[columns[i]] = brat_unescape(read->arena, cell);
    if (csv_to_record(read->row, KIND_LINK, link, bad_cell))
        incoming_add(read->in, (struct incoming_record){
                                   .section = SECTION_LINKS,
                                   .article = csv_cell(read->row, "article"),
                                   .annotator = csv_cell(read->row, "annotator"),
                                   .rec = link,
                                   .at = { read->in->path, read->row_line, 1 },
                               });
}

static void read_links(struct read *read, struct sv bytes)
{
    size_t columns[CSV_COLUMNS_MAX], count = 0;
    struct csv_row row;
    struct sv line, cell;

    csv_columns_of(&row, read->arena, KIND_LINK);
    row.ctx = read;
    read->row = &row;
    for (read->row_line = 1; sv_split(&bytes, '\n', &line); read->row_line++) {
        int col;

        if (!is_utf8(line, &col))
            incoming_error(read->in, read->row_line, col, E_ENCODING, "this is no UTF-8 text");
        else if (read->row_line > 1 && line.len)
            read_row(read, columns, count, line);
        while (read->row_line == 1 && count < CSV_COLUMNS_MAX && sv_split(&line, '\t', &cell)) {
            columns[count] = SIZE_MAX;
            for (size_t i = 0; i < row.count; i++)
                if (sv_eq(row.names[i], cell))
                    columns[count] = i;
            count++;
        }
    }
}

void brat_read(struct incoming *in, struct sv bytes)
{
    struct read read = { .in = in, .arena = &in->arena };
    struct sv line;

    if (sv_starts(bytes, SV("record\t"))) {
        read_links(&read, bytes);
        return;
    }
    for (int number = 1; sv_split(&bytes, '\n', &line); number++) {
        if (sv_ends(line, SV("\r")))
            line.len--;
        if (line.len)
            read_line(&read, line, number);
    }
    if (!in->findings.errors)
        read_ann(&read);
    for (size_t i = 0; i < read.bound_count; i++)
        brat_spans_release(&read.bound_list[i]->spans);
    mem_free(read.lines);
    mem_free(read.bound_list);
    mem_free(read.event_list);
    mem_free(read.relation_list);
    id_index_free(read.bounds);
    id_index_free(read.events);
    id_index_free(read.relations);
}
