// YAML by libyaml's events: the tree of one document, and every refusal of the format.
// Never trusts the library with limits, places or the end of its own events.
#include "store/yaml.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/visible.h"
#include "model/index.h"
#include "store/markers.h"

#define SCRATCH_KEEP ((size_t)128 << 10) // bytes; items share chunks until then
#define KEYS_LINEAR  16                  // a map of more keys gets a hash to find double ones

// A place in the bytes that moves forward with the code points libyaml counts.
struct cursor {
    size_t byte, cp;
    size_t line_cp; // code point the line begins with
    int line;       // 1-based
};

struct frame {
    struct ynode *node;
    size_t first;    // of its children in the stack of children
    uint32_t *slots; // hash of keys: index of pair + 1; NULL while there are few
    size_t slot_count;
};

struct parse {
    yaml_parser_t parser;
    struct sv bytes; // without the byte order mark
    size_t skipped;  // bytes of that mark
    const char *path;
    struct arena *arena, scratch; // scratch: the item being read
    const struct yaml_sink *sink; // or NULL
    bool is_sinking;              // the list under the root map goes there
    struct frame frames[LIMIT_YAML_DEPTH];
    size_t depth;
    struct ynode **children; // of all open collections, outermost first
    size_t child_count, child_cap;
    size_t nodes;  // in the arena or in the item being read
    size_t values; // nodes of the whole file
    struct ynode *root;
    struct cursor at;
    struct err *err;
};

// What to do about a problem that libyaml names in its own words.
static const struct {
    const char *problem, *advice;
} advices[] = {
    { "mapping values are not allowed", "put a value that holds ': ' in quotes" },
    { "could not find expected ':'", "a key needs ': ' behind it" },
    { "did not find expected key",
      "see the indent and the quotes of this line and the one before" },
    { "<document start>", "a file is one document; see the indent of this line" },
    { "did not find expected '-'", "see the indent of this line" },
    { "did not find expected ',' or ']'", "close the list with ']'" },
    { "did not find expected ',' or '}'", "close the map with '}'" },
    { "found unexpected end of stream", "close the quote" },
    { "cannot start any token", "put the value in quotes; indent with blanks, not with tabs" },
    { "tab character", "indent with blanks" },
    { "block sequence entries are not allowed", "put a value that begins with '- ' in quotes" },
    { "unknown escape character", "write a backslash as '\\\\', or use single quotes" },
    { "invalid leading UTF-8", "save the file as UTF-8" },
    { "invalid trailing UTF-8", "save the file as UTF-8" },
    { "incomplete UTF-8", "save the file as UTF-8" },
    { "control characters", "write it as an escape in double quotes, such as \"\\x1b\"" },
};

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static void cursor_step(struct cursor *at, struct sv bytes)
{
    char c = bytes.ptr[at->byte++];

    while (at->byte < bytes.len && is_continuation(bytes.ptr[at->byte]))
        at->byte++;
    at->cp++;
    if (c == '\n') {
        at->line++;
        at->line_cp = at->cp;
    }
}

// Eight bytes, the first one lowest, whatever the machine's order.
static uint64_t load8(const char *ptr)
{
    const unsigned char *p = (const unsigned char *)ptr;

    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

// Skip up to eight ASCII bytes at once, as long as there is no line end in them.
static void cursor_run(struct cursor *at, struct sv bytes, size_t cp)
{
    const uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U, ends = ones * '\n';

    while (at->cp < cp && at->byte + 8 <= bytes.len) {
        size_t count = cp - at->cp < 8 ? cp - at->cp : 8;
        uint64_t mask = high >> (8 * (8 - count)), word = load8(bytes.ptr + at->byte);
        uint64_t differs = word ^ ends; // a zero byte is a line end

        if ((word | ((differs - ones) & ~differs)) & mask)
            return;
        at->byte += count;
        at->cp += count;
    }
}

// libyaml's marks only go forward from event to event; should one go back, begin again.
static void cursor_move(struct cursor *at, struct sv bytes, size_t cp)
{
    if (cp < at->cp)
        *at = (struct cursor){ .line = 1 };
    while (at->cp < cp && at->byte < bytes.len) {
        cursor_run(at, bytes, cp);
        if (at->cp < cp && at->byte < bytes.len)
            cursor_step(at, bytes);
    }
}

static struct err_at cursor_place(const struct parse *p, const struct cursor *at)
{
    return (struct err_at){ p->path, at->line, (int)(at->cp - at->line_cp) + 1 };
}

static struct err_at place_of_byte(const struct parse *p, size_t byte)
{
    struct cursor at = { .line = 1 };

    while (at.byte < byte && at.byte < p->bytes.len)
        cursor_step(&at, p->bytes);
    return cursor_place(p, &at);
}

static struct err_at place_of_mark(const struct parse *p, const yaml_mark_t *mark)
{
    struct cursor at = { .line = 1 };

    cursor_move(&at, p->bytes, mark->index);
    return cursor_place(p, &at);
}

static struct err_at place_of(const struct parse *p, const struct ynode *node)
{
    return (struct err_at){ p->path, node->line, node->col };
}

static bool refuse_syntax(const struct parse *p)
{
    const yaml_parser_t *parser = &p->parser;
    const char *problem = parser->problem ? parser->problem : "it cannot be read", *advice = NULL;
    struct err_at at = parser->error == YAML_READER_ERROR ? place_of_byte(p, parser->problem_offset)
                                                          : place_of_mark(p, &parser->problem_mark);
    struct buf since = { 0 };

    if (parser->error == YAML_MEMORY_ERROR)
        bug_out_of_memory();
    for (size_t i = 0; i < ARRAY_LEN(advices) && !advice; i++)
        if (strstr(problem, advices[i].problem))
            advice = advices[i].advice;
    if (parser->context && parser->error != YAML_READER_ERROR) {
        struct err_at from = place_of_mark(p, &parser->context_mark);

        if (from.line != at.line)
            buf_addf(&since, " %s from line %d", parser->context, from.line);
    }
    err_set(p->err, E_YAML, at, "not YAML: %s%s%s%s", problem, buf_cstr(&since), advice ? "; " : "",
            advice ? advice : "");
    buf_release(&since);
    return false;
}

// Inside a quoted or block scalar conflict markers would be good YAML, so they are looked for in
// the bytes. The format's own writers indent everything but comments and keys.
static bool refuse_markers(const struct parse *p)
{
    struct sv bytes = p->bytes;
    int line = 1;

    for (size_t beg = 0; beg < bytes.len; line++) {
        const char *end = memchr(bytes.ptr + beg, '\n', bytes.len - beg);
        size_t next = end ? (size_t)(end - bytes.ptr) + 1 : bytes.len;

        if (bytes.ptr[beg] != ' ' && marker_is_at(sv_sub(bytes, beg, bytes.len))) {
            struct sv text = sv_trim(sv_sub(bytes, beg, next < beg + 60 ? next : beg + 60));

            return err_set(p->err, E_CONFLICT, (struct err_at){ p->path, line, 1 },
                           "a merge conflict was left in the file: '" SV_FMT
                           "'; decide by gx in the reader or 'gainsay resolve', or keep one side "
                           "and take the marker lines out",
                           SV_ARG(text));
        }
        beg = next;
    }
    return true;
}

// Items of the lists under the root map live in the scratch arena.
static bool is_in_item(const struct parse *p)
{
    return p->is_sinking && p->depth >= 2;
}

static struct ynode *node_new(struct parse *p, enum ynode_type type, const yaml_event_t *event)
{
    struct ynode *node = arena_new(is_in_item(p) ? &p->scratch : p->arena, sizeof(*node));

    cursor_move(&p->at, p->bytes, event->start_mark.index);
    node->type = type;
    node->bytes.beg = node->bytes.end = p->at.byte + p->skipped;
    node->line = p->at.line;
    node->col = (int)(p->at.cp - p->at.line_cp) + 1;
    p->nodes++;
    p->values++;
    return node;
}

static bool is_key_next(const struct parse *p)
{
    const struct frame *top = p->depth ? &p->frames[p->depth - 1] : NULL;

    return top && top->node->type == YNODE_MAP && (p->child_count - top->first) % 2 == 0;
}

static struct ynode *key_of(const struct parse *p, const struct frame *f, size_t pair)
{
    return p->children[f->first + 2 * pair];
}

static void slot_put(const struct parse *p, struct frame *f, size_t pair)
{
    size_t slot = hash_bytes(0, key_of(p, f, pair)->text) % f->slot_count;

    while (f->slots[slot])
        slot = (slot + 1) % f->slot_count;
    f->slots[slot] = (uint32_t)pair + 1;
}

// Hash of the first `pairs` keys, at most half full.
static void slots_build(const struct parse *p, struct frame *f, size_t pairs)
{
    mem_free(f->slots);
    f->slot_count = pairs * 4;
    f->slots = mem_new(f->slot_count * sizeof(*f->slots));
    for (size_t i = 0; i < pairs; i++)
        slot_put(p, f, i);
}

static const struct ynode *key_twin(const struct parse *p, struct frame *f, const struct ynode *key)
{
    size_t pairs = (p->child_count - f->first) / 2;

    if (pairs < KEYS_LINEAR) {
        for (size_t i = 0; i < pairs; i++)
            if (sv_eq(key_of(p, f, i)->text, key->text))
                return key_of(p, f, i);
        return NULL;
    }
    if (!f->slots || pairs * 2 >= f->slot_count)
        slots_build(p, f, pairs);
    for (size_t slot = hash_bytes(0, key->text) % f->slot_count; f->slots[slot];
         slot = (slot + 1) % f->slot_count)
        if (sv_eq(key_of(p, f, f->slots[slot] - 1)->text, key->text))
            return key_of(p, f, f->slots[slot] - 1);
    return NULL;
}

static bool check_key(struct parse *p, const struct ynode *key)
{
    struct frame *top = &p->frames[p->depth - 1];

    if (key->text.len > LIMIT_YAML_KEY)
        return err_set(p->err, E_REFUSED, place_of(p, key), "a key of more than %d bytes",
                       LIMIT_YAML_KEY);

    const struct ynode *twin = key_twin(p, top, key);

    if (twin)
        return err_set(p->err, E_REFUSED, place_of(p, key),
                       "the key '" SV_FMT "' stands twice in one map, first in line %d; keep one",
                       SV_ARG(key->text), twin->line);
    return true;
}

static void push_child(struct parse *p, struct ynode *node)
{
    MEM_GROW(p->children, p->child_count, p->child_cap);
    p->children[p->child_count++] = node;
    if (p->depth) {
        struct frame *top = &p->frames[p->depth - 1];

        if (top->slots && top->node->type == YNODE_MAP && (p->child_count - top->first) % 2 == 1)
            slot_put(p, top, (p->child_count - top->first) / 2);
    }
}

// Put a complete node where it belongs.
static bool place_node(struct parse *p, struct ynode *node)
{
    if (!p->depth) {
        p->root = node;
        return true;
    }
    if (is_key_next(p) && !check_key(p, node))
        return false;
    push_child(p, node);
    if (p->depth != 2 || !is_in_item(p))
        return true;
    if (p->frames[1].node->count == LIMIT_RECORDS)
        return err_set(p->err, E_REFUSED, place_of(p, node), "more than %d records in one list",
                       LIMIT_RECORDS);

    struct ynode *list = p->frames[1].node;
    bool ok = p->sink->take(p->sink->ctx, p->children[p->frames[1].first - 1], list, node, p->err);

    if (node->bytes.end > list->bytes.end)
        list->bytes.end = node->bytes.end;
    list->count++;
    p->child_count--;
    p->nodes = 0;
    if (p->scratch.used > SCRATCH_KEEP)
        arena_release(&p->scratch);
    return ok;
}

// Is the last line of `text` made of blanks alone, one at least?
static bool ends_in_blanks(struct sv text)
{
    size_t end = sv_ends(text, SV("\n")) ? text.len - 1 : text.len, i = end;

    while (i && (text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '\t'))
        i--;
    return i < end && (!i || text.ptr[i - 1] == '\n');
}

// A block scalar ends for libyaml behind the blank lines that follow; take those off that are not
// its text, and the last line end always.
static size_t block_scalar_end(const struct parse *p, size_t beg, size_t end, struct sv text)
{
    struct sv bytes = p->bytes;
    bool keeps = false, has_blanks = ends_in_blanks(text);

    for (size_t i = beg; i < end && bytes.ptr[i] != '\n' && bytes.ptr[i] != ' '; i++)
        keeps |= bytes.ptr[i] == '+';
    while (end > beg) {
        char c = bytes.ptr[end - 1];

        if (c != '\n' && c != '\r' && (keeps || has_blanks || (c != ' ' && c != '\t')))
            break;
        end--;
        if (keeps && c == '\n') {
            end -= end > beg && bytes.ptr[end - 1] == '\r';
            break;
        }
    }
    return end;
}

static size_t skip_back(const struct parse *p, size_t pos)
{
    while (pos && strchr(" \t\r\n", p->bytes.ptr[pos - 1]) && p->bytes.ptr[pos - 1])
        pos--;
    return pos;
}

static bool on_scalar(struct parse *p, const yaml_event_t *event)
{
    struct ynode *node = node_new(p, YNODE_SCALAR, event);
    size_t beg = p->at.byte;
    struct arena *arena = is_in_item(p) ? &p->scratch : p->arena;

    cursor_move(&p->at, p->bytes, event->end_mark.index);

    size_t end = p->at.byte;

    node->text =
        sv_of(arena_copy(arena, (const char *)event->data.scalar.value, event->data.scalar.length),
              event->data.scalar.length);
    node->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
        event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE)
        end = block_scalar_end(p, beg, end, node->text);
    else if (node->is_plain && !node->text.len) // libyaml may put nothing before what comes next
        node->bytes.beg = p->skipped + (end = skip_back(p, beg));
    node->bytes.end = end + p->skipped;
    return place_node(p, node);
}

static bool on_open(struct parse *p, enum ynode_type type, bool is_flow, const yaml_event_t *event)
{
    struct ynode *node = node_new(p, type, event);

    if (is_key_next(p))
        return err_set(p->err, E_REFUSED, place_of(p, node),
                       "a list or map cannot be a key; a key is a word");
    if (p->depth == LIMIT_YAML_DEPTH)
        return err_set(p->err, E_REFUSED, place_of(p, node), "nested deeper than %d levels",
                       LIMIT_YAML_DEPTH);
    node->is_flow = is_flow;
    if (p->depth == 1)
        p->is_sinking = p->sink && type == YNODE_LIST && p->frames[0].node->type == YNODE_MAP &&
                        p->sink->wants(p->sink->ctx, p->children[p->child_count - 1]);
    p->frames[p->depth++] = (struct frame){ .node = node, .first = p->child_count };
    return true;
}

static bool on_close(struct parse *p, const yaml_event_t *event)
{
    struct frame top = p->frames[p->depth - 1];
    struct ynode *node = top.node;
    size_t count = p->child_count - top.first;
    bool is_bracketed = node->is_flow && strchr("[{", p->bytes.ptr[node->bytes.beg - p->skipped]);

    if (count) {
        struct arena *arena = is_in_item(p) ? &p->scratch : p->arena;

        node->items = arena_new(arena, count * sizeof(*node->items));
        memcpy(node->items, p->children + top.first, count * sizeof(*node->items));
        node->count = count;
    }
    p->child_count = top.first;
    mem_free(top.slots);
    p->depth--;
    if (is_bracketed) {
        cursor_move(&p->at, p->bytes, event->end_mark.index);
        node->bytes.end = p->at.byte + p->skipped;
    } else if (node->items) {
        node->bytes.end = node->items[count - 1]->bytes.end;
    }
    return place_node(p, node);
}

static bool refuse_event(struct parse *p, const yaml_event_t *event, const char *what)
{
    return err_set(p->err, E_REFUSED, place_of_mark(p, &event->start_mark), "%s", what);
}

static bool check_properties(struct parse *p, const yaml_event_t *event, const yaml_char_t *anchor,
                             const yaml_char_t *tag)
{
    if (anchor)
        return refuse_event(p, event, "anchors ('&name') are not part of the format; take it out");
    if (tag)
        return refuse_event(p, event, "tags ('!name') are not part of the format; take it out");
    return true;
}

static bool on_document(struct parse *p, const yaml_event_t *event)
{
    if (p->root)
        return refuse_event(p, event, "more than one document; keep one in a file");
    if (event->data.document_start.tag_directives.start !=
        event->data.document_start.tag_directives.end)
        return refuse_event(p, event, "tags are not part of the format; take '%TAG' out");
    return true;
}

static bool on_event(struct parse *p, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return on_document(p, event);
    case YAML_ALIAS_EVENT:
        return refuse_event(p, event,
                            "aliases ('*name') are not part of the format; put a value "
                            "that begins with '*' in quotes");
    case YAML_SCALAR_EVENT:
        return check_properties(p, event, event->data.scalar.anchor, event->data.scalar.tag) &&
               on_scalar(p, event);
    case YAML_SEQUENCE_START_EVENT:
        return check_properties(p, event, event->data.sequence_start.anchor,
                                event->data.sequence_start.tag) &&
               on_open(p, YNODE_LIST, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                       event);
    case YAML_MAPPING_START_EVENT:
        return check_properties(p, event, event->data.mapping_start.anchor,
                                event->data.mapping_start.tag) &&
               on_open(p, YNODE_MAP, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                       event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return on_close(p, event);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
    return true;
}

// Pull events until the stream ends. After an error libyaml would go on with empty events for ever.
static bool pull(struct parse *p)
{
    for (bool is_end = false; !is_end;) {
        yaml_event_t event;

        if (!yaml_parser_parse(&p->parser, &event))
            return refuse_syntax(p);
        is_end = event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT;

        bool ok = on_event(p, &event);

        yaml_event_delete(&event);
        if (!ok)
            return false;
        if (p->nodes > LIMIT_YAML_NODES)
            return err_set(p->err, E_REFUSED, cursor_place(p, &p->at),
                           "more than %d values in one record", LIMIT_YAML_NODES);
        if (p->values > LIMIT_YAML_VALUES)
            return err_set(p->err, E_REFUSED, cursor_place(p, &p->at),
                           "more than %d values in one file", LIMIT_YAML_VALUES);
    }
    return true;
}

bool yaml_parse_items(struct sv bytes, const char *path, struct arena *arena,
                      const struct yaml_sink *sink, struct ynode **out, struct err *err)
{
    struct parse p = { .path = path, .arena = arena, .sink = sink, .err = err };

    if (bytes.len > LIMIT_YAML_BYTES)
        return err_set(err, E_REFUSED, (struct err_at){ .path = path },
                       "larger than %zu MiB; a file of records is never so large",
                       LIMIT_YAML_BYTES >> 20);
    p.skipped = sv_starts(bytes, SV("\xef\xbb\xbf")) ? 3 : 0; // Windows editors begin with it
    p.bytes = sv_sub(bytes, p.skipped, bytes.len);
    p.at.line = 1;
    if (!refuse_markers(&p))
        return false;
    if (!yaml_parser_initialize(&p.parser))
        bug_out_of_memory();
    yaml_parser_set_encoding(&p.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p.parser, (const unsigned char *)p.bytes.ptr, p.bytes.len);

    bool ok = pull(&p);

    yaml_parser_delete(&p.parser);
    for (size_t i = 0; i < p.depth; i++)
        mem_free(p.frames[i].slots);
    mem_free(p.children);
    arena_release(&p.scratch);
    if (ok)
        *out = p.root;
    return ok;
}

bool yaml_parse(struct sv bytes, const char *path, struct arena *arena, struct ynode **out,
                struct err *err)
{
    return yaml_parse_items(bytes, path, arena, NULL, out, err);
}

struct ynode *ynode_get(const struct ynode *map, const char *key)
{
    if (map->type == YNODE_MAP)
        for (size_t i = 0; i < map->count; i += 2)
            if (sv_eq_cstr(map->items[i]->text, key))
                return map->items[i + 1];
    return NULL;
}

bool ynode_is_null(const struct ynode *node)
{
    static const char *const words[] = { "", "~", "null", "Null", "NULL" };

    if (node->type == YNODE_SCALAR && node->is_plain && node->text.len <= 4)
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
            if (sv_eq_cstr(node->text, words[i]))
                return true;
    return false;
}

const struct ynode *ynode_last_leaf(const struct ynode *node)
{
    while (!node->is_flow && node->items)
        node = node->items[node->count - 1];
    return node;
}

void yaml_library(struct buf *out)
{
    buf_addf(out, "libyaml %s", yaml_get_version_string());
}
