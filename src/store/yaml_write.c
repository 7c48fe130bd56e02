// A tree of nodes as canonical text.
// Never folds a line, never writes an anchor, a tag or a document marker.
#include "store/yaml_write.h"

#include "store/yaml_scalar.h"

#define STEP 2 // blanks of one level

static void write_node(const struct ynode *node, int indent, bool is_item, struct buf *out);

static bool is_flow_scalar(const struct ynode *node)
{
    return node->type == YNODE_SCALAR && !node->is_raw;
}

// Written on one line: an empty collection, or a list of scalars.
static bool is_one_line(const struct ynode *node)
{
    if (node->type == YNODE_MAP)
        return node->count == 0;
    for (size_t i = 0; i < node->count; i++)
        if (!is_flow_scalar(node->items[i]))
            return false;
    return true;
}

static void add_indent(int indent, struct buf *out)
{
    buf_add_fill(out, ' ', (size_t)indent);
}

// A scalar on one line. One that was plain stays so, a number say, where syntax lets it.
static void write_word(const struct ynode *node, bool in_flow, struct buf *out)
{
    if (node->is_plain && in_flow && !node->text.len)
        buf_add_cstr(out, "null");
    else if (node->is_plain && yaml_scalar_is_plain(node->text, in_flow))
        buf_add(out, node->text);
    else
        yaml_scalar_write(node->text, in_flow, out);
}

static void write_flow(const struct ynode *node, struct buf *out)
{
    buf_add_cstr(out, node->type == YNODE_MAP ? "{" : "[");
    for (size_t i = 0; i < node->count; i++) {
        if (i)
            buf_add_cstr(out, ", ");
        write_word(node->items[i], true, out);
    }
    buf_add_cstr(out, node->type == YNODE_MAP ? "}" : "]");
}

// YAML text of a value from indent 0 to `indent`. Behind a dash a block value begins in its line.
static void write_raw(struct sv yaml, int indent, bool is_item, struct buf *out)
{
    bool is_list = sv_starts(yaml, SV("\n-"));

    if (is_item && is_list)
        indent += STEP;
    if (is_item && sv_starts(yaml, SV("\n  ")))
        yaml = sv_sub(yaml, 3, yaml.len);
    else if (is_item && sv_starts(yaml, SV("\n")))
        yaml = sv_sub(yaml, 1, yaml.len);
    if (yaml.len && yaml.ptr[0] != '\n')
        buf_add_char(out, ' ');
    for (size_t i = 0; i < yaml.len; i++) {
        buf_add_char(out, yaml.ptr[i]);
        if (yaml.ptr[i] == '\n' && i + 1 < yaml.len && yaml.ptr[i + 1] != '\n')
            add_indent(indent, out);
    }
}

static void write_beside(const struct ynode *node, struct buf *out)
{
    if (node->beside.len) {
        buf_add_char(out, ' ');
        buf_add(out, node->beside);
    }
}

// What stands behind `key:` or `-`, without the last line end.
static void write_scalar(const struct ynode *node, int indent, bool is_item, struct buf *out)
{
    size_t from = out->len;

    if (node->is_raw) {
        write_raw(node->text, indent, is_item, out);
    } else if (yaml_scalar_is_literal(node->text)) {
        buf_add_char(out, ' ');
        yaml_scalar_write_literal(node->text, indent + STEP, out);
    } else if (!node->is_plain || node->text.len) {
        buf_add_char(out, ' ');
        write_word(node, false, out);
    }
    if (node->beside.len) { // at the end of the first line
        size_t end = sv_find(buf_sv(out), SV("\n"), from);
        struct buf comment = { 0 };

        write_beside(node, &comment);
        end = end < out->len ? end : out->len;
        buf_splice(out, end, end, buf_sv(&comment));
        buf_release(&comment);
    }
}

static void write_items(const struct ynode *list, int indent, bool is_first_inline, struct buf *out)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i || !is_first_inline) {
            yaml_write_comments(list->items[i]->before, indent, out);
            add_indent(indent, out);
        }
        yaml_write_item(list->items[i], indent, out);
    }
}

static void write_pairs(const struct ynode *map, int indent, bool is_first_inline, struct buf *out)
{
    for (size_t i = 0; i < map->count; i += 2) {
        if (i || !is_first_inline) {
            yaml_write_comments(map->items[i]->before, indent, out);
            add_indent(indent, out);
        }
        yaml_write_pair(map->items[i]->text, map->items[i + 1], indent, out);
    }
}

// What stands behind `key:` or `-`, with the last line end. indent: of the key or dash.
static void write_node(const struct ynode *node, int indent, bool is_item, struct buf *out)
{
    if (node->type == YNODE_SCALAR) {
        write_scalar(node, indent, is_item, out);
        buf_add_char(out, '\n');
        return;
    }
    if (is_one_line(node)) {
        buf_add_char(out, ' ');
        write_flow(node, out);
        write_beside(node, out);
        buf_add_char(out, '\n');
        return;
    }
    if (is_item) {
        buf_add_char(out, ' ');
    } else {
        write_beside(node, out);
        buf_add_char(out, '\n');
    }
    if (node->type == YNODE_MAP)
        write_pairs(node, indent + STEP, is_item, out);
    else
        write_items(node, is_item ? indent + STEP : indent, is_item, out);
}

void yaml_write_comments(struct sv lines, int indent, struct buf *out)
{
    struct sv line;

    while (lines.len && sv_split(&lines, '\n', &line)) {
        add_indent(indent, out);
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
}

void yaml_write_pair(struct sv key, const struct ynode *value, int indent, struct buf *out)
{
    yaml_scalar_write(key, false, out);
    buf_add_char(out, ':');
    write_node(value, indent, false, out);
}

void yaml_write_item(const struct ynode *item, int indent, struct buf *out)
{
    buf_add_char(out, '-');
    write_node(item, indent, true, out);
}

void yaml_write_value(const struct ynode *value, struct buf *out)
{
    struct buf text = { 0 };

    write_node(value, 0, false, &text);
    buf_add(out, sv_sub(buf_sv(&text), text.len && text.ptr[0] == ' ', text.len - 1));
    buf_release(&text);
}
