// A page as a flat tree: parsed by gumbo, whose door this is.
// Never recurses: what gumbo makes is walked along its parents, and freed block by block.
#include "exchange/html.h"

#include <gumbo.h>
#include <string.h>

#include "base/limits.h"
#include "exchange/html_guard.h"
#include "exchange/prose.h"

// ---- tables

static const struct tag_row {
    const char *name;
    unsigned flags;
    int score;
} tags[] = {
    [HTML_OTHER] = { "", 0, 0 },
    [HTML_TEXT] = { "#text", 0, 0 },
#define HTML_TAG(id, name, flags, score) [HTML_##id] = { name, flags, score },
#include "exchange/html_tag.def"
#undef HTML_TAG
};

unsigned html_flags(enum html_tag tag)
{
    return tags[tag].flags;
}

int html_score(enum html_tag tag)
{
    return tags[tag].score;
}

const char *html_name(enum html_tag tag)
{
    return tags[tag].name;
}

// How a name, in any case, stands to that of a row.
static int name_order(struct sv name, struct sv row)
{
    for (size_t i = 0; i < name.len && i < row.len; i++) {
        char c = name.ptr[i];

        c = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        if (c != row.ptr[i])
            return (unsigned char)c < (unsigned char)row.ptr[i] ? -1 : 1;
    }
    return (name.len > row.len) - (name.len < row.len);
}

// The rows behind HTML_TEXT are sorted by name.
enum html_tag html_tag_find(struct sv name)
{
    size_t low = HTML_TEXT + 1, high = HTML__N;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = name_order(name, sv_from(tags[mid].name));

        if (!order)
            return (enum html_tag)mid;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return HTML_OTHER;
}

// ---- memory that gumbo asks for: in a ring, so that all of it can be freed whatever hangs on what

struct block {
    struct block *next, *prev;
    max_align_t bytes[];
};

static void *block_new(void *userdata, size_t size)
{
    struct block *ring = userdata, *block = mem_new(sizeof(*block) + size);

    block->next = ring->next;
    block->prev = ring;
    ring->next->prev = block;
    ring->next = block;
    return block->bytes;
}

static void block_free(void *userdata, void *ptr)
{
    struct block *block;

    (void)userdata;
    if (!ptr)
        return;
    block = (struct block *)(void *)((char *)ptr - offsetof(struct block, bytes));
    block->prev->next = block->next;
    block->next->prev = block->prev;
    mem_free(block);
}

static void ring_free(struct block *ring)
{
    for (struct block *block = ring->next, *next; block != ring; block = next) {
        next = block->next;
        mem_free(block);
    }
}

// ---- from gumbo's tree to ours

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static enum html_tag tag_of(const GumboElement *element)
{
    const char *name = gumbo_normalized_tagname(element->tag);

    return element->tag_namespace == GUMBO_NAMESPACE_HTML && name && *name
               ? html_tag_find(sv_from(name))
               : HTML_OTHER;
}

static void copy_attrs(struct html *html, const GumboVector *from, struct html_node *to)
{
    struct html_attr *attrs;

    if (!from->length)
        return;
    attrs = arena_new(&html->arena, from->length * sizeof(*attrs));
    for (unsigned i = 0; i < from->length; i++) {
        const GumboAttribute *attr = from->data[i];

        attrs[i].name = sv_copy(&html->arena, sv_from(attr->name));
        attrs[i].value = sv_copy(&html->arena, sv_from(attr->value ? attr->value : ""));
    }
    to->attrs = attrs;
    to->attr_count = from->length;
}

static uint32_t copy_node(struct html *html, const GumboNode *from, uint32_t parent)
{
    struct html_node *node;

    MEM_GROW(html->nodes, html->count, html->cap);
    node = &html->nodes[html->count];
    *node = (struct html_node){ .tag = HTML_TEXT, .parent = parent };
    if (is_element(from)) {
        node->tag = tag_of(&from->v.element);
        copy_attrs(html, &from->v.element.attributes, node);
    } else if (from->type != GUMBO_NODE_COMMENT) {
        node->text = sv_copy(&html->arena, sv_from(from->v.text.text));
    }
    return (uint32_t)html->count++;
}

// Along children, and back by parents: the nodes come in the order of the page.
static void copy_tree(struct html *html, const GumboNode *root)
{
    const GumboNode *node = root;
    uint32_t at = copy_node(html, root, 0);

    for (;;) {
        const GumboNode *next = NULL;

        if (is_element(node) && node->v.element.children.length) {
            next = node->v.element.children.data[0];
        } else {
            html->nodes[at].end = at + 1;
            while (node != root && !next) {
                const GumboVector *siblings = &node->parent->v.element.children;
                size_t index = node->index_within_parent + 1;

                at = html->nodes[at].parent;
                node = node->parent;
                if (index < siblings->length)
                    next = siblings->data[index];
                else
                    html->nodes[at].end = (uint32_t)html->count;
            }
            if (!next)
                return;
        }
        at = copy_node(html, next, at);
        node = next;
    }
}

static void parse(struct sv page, struct html *out)
{
    struct block ring = { &ring, &ring };
    GumboOptions options = kGumboDefaultOptions;

    options.allocator = block_new;
    options.deallocator = block_free;
    options.userdata = &ring;
    options.max_errors = 0;
    copy_tree(out, gumbo_parse_with_options(&options, page.ptr, page.len)->root);
    ring_free(&ring); // gumbo's own way down the tree goes as deep as the tree
}

bool html_parse(struct sv page, struct html *out, struct err *err)
{
    struct buf guarded = { 0 };
    bool ok = page.len <= LIMIT_PAGE_BYTES ||
              err_set(err, E_REFUSED, ERR_NOWHERE,
                      "is larger than %zu MB; no page of an article is", LIMIT_PAGE_BYTES >> 20);

    *out = (struct html){ 0 };
    buf_reserve(&guarded, ok ? page.len + 1 : 0);
    ok = ok && html_guard(page, out, &guarded, err);
    if (ok)
        parse(sv_of(buf_cstr(&guarded), guarded.len), out);
    buf_release(&guarded);
    return ok;
}

void html_release(struct html *html)
{
    mem_free(html->nodes);
    mem_free(html->data);
    arena_release(&html->arena);
    *html = (struct html){ 0 };
}

struct sv html_attr(const struct html_node *node, const char *name)
{
    for (uint32_t i = 0; i < node->attr_count; i++)
        if (sv_eq_cstr(node->attrs[i].name, name))
            return node->attrs[i].value;
    return (struct sv){ 0 };
}

bool html_is_in(const struct html *html, size_t node, size_t outer)
{
    return node >= outer && node < html->nodes[outer].end;
}

void html_add_text(const struct html *html, size_t node, struct buf *out)
{
    struct buf text = { 0 };

    for (size_t i = node; i < html->nodes[node].end; i++) {
        if (i > node && html_flags(html->nodes[i].tag) & GONE)
            i = html->nodes[i].end - 1;
        else if (html->nodes[i].tag == HTML_TEXT)
            buf_add(&text, html->nodes[i].text);
        else if (html_flags(html->nodes[i].tag) & BLOCK || html->nodes[i].tag == HTML_BR)
            buf_add_char(&text, ' ');
    }
    prose_add_flat(out, buf_sv(&text));
    buf_release(&text);
}

void html_library(struct buf *out)
{
    buf_add_cstr(out, "gumbo 0.10"); // it cannot be asked; the version that its interface is of
}
