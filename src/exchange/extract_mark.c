// What of a page is left out before any word is counted: what is hidden, what is furniture by its
// element, its role or its name. Declared in exchange/extract_inner.h.
#include "exchange/extract_inner.h"

#include <string.h>

#define BYLINE_MAX 100 // bytes; a longer one is a portrait of the author, or the article

static const char why_hidden[] = "hidden";

// Does a style say this, with blanks anywhere?
static bool style_says(struct sv style, const char *want)
{
    struct buf tight = { 0 };
    bool says;

    for (size_t i = 0; i < style.len; i++)
        if (style.ptr[i] != ' ')
            buf_add_char(&tight, style.ptr[i] >= 'A' && style.ptr[i] <= 'Z'
                                     ? (char)(style.ptr[i] | 0x20)
                                     : style.ptr[i]);
    says = sv_find(buf_sv(&tight), sv_from(want), 0) < tight.len;
    buf_release(&tight);
    return says;
}

static bool is_hidden(const struct html_node *node)
{
    struct sv style = html_attr(node, "style"), aria = html_attr(node, "aria-hidden");

    if (!sv_is_absent(html_attr(node, "hidden")) || sv_eq_cstr(aria, "true"))
        return true;
    return style.len &&
           (style_says(style, "display:none") || style_says(style, "visibility:hidden"));
}

static const char *why_by_role(const struct html_node *node)
{
    static const char *const roles[] = { "menu",   "menubar",     "complementary", "navigation",
                                         "alert",  "alertdialog", "dialog",        "search",
                                         "banner", "contentinfo", "toolbar",       "tablist" };
    struct sv role = html_attr(node, "role");

    for (size_t i = 0; role.len && i < ARRAY_LEN(roles); i++)
        if (sv_eq_cstr(role, roles[i]))
            return roles[i];
    return NULL;
}

static const char *why_by_tag(const struct html_node *node)
{
    switch ((int)node->tag) {
    case HTML_NAV:
        return "navigation";
    case HTML_ASIDE:
        return "set beside the text";
    case HTML_FOOTER:
        return "foot of the page";
    case HTML_BUTTON:
    case HTML_FIELDSET:
        return "form";
    case HTML_DIALOG:
        return "dialog";
    default:
        return NULL;
    }
}

static bool is_short(const struct html *html, size_t node, size_t most)
{
    size_t length = 0;

    for (size_t i = node; i < html->nodes[node].end && length <= most; i++)
        length += html->nodes[i].text.len;
    return length <= most;
}

// An element that may be left out by its name: not the page itself, nor what stands in a table or
// in code.
static bool may_go(const struct html_node *node)
{
    return node->tag != HTML_BODY && node->tag != HTML_HTML && node->tag != HTML_A &&
           node->tag != HTML_ARTICLE && node->tag != HTML_MAIN && node->tag != HTML_TD &&
           node->tag != HTML_TR && node->tag != HTML_TBODY && node->tag != HTML_HEAD;
}

static struct page_mark mark_of(const struct attempt *attempt, size_t i,
                                const struct part_names *names)
{
    const struct html_node *node = &attempt->html->nodes[i];
    const char *why;

    if (is_hidden(node) || names->is_hidden)
        return (struct page_mark){ why_hidden, { 0 } };
    if (html_flags(node->tag) & FURNITURE && attempt->strict.by_tag)
        return (struct page_mark){ why_by_tag(node), { 0 } };
    if (!attempt->strict.by_name || !may_go(node))
        return (struct page_mark){ 0 };
    why = why_by_role(node);
    if (why)
        return (struct page_mark){ "by its role", sv_from(why) };
    if (names->is_byline && is_short(attempt->html, i, BYLINE_MAX))
        return (struct page_mark){ "byline", names->word };
    if (names->is_unlikely)
        return (struct page_mark){ "by its name", names->word };
    return (struct page_mark){ 0 };
}

void extract_mark(struct attempt *attempt)
{
    for (size_t i = 0; i < attempt->html->count; i++) {
        const struct html_node *node = &attempt->html->nodes[i];
        struct part_names names;

        attempt->marks[i] = (struct page_mark){ 0 };
        attempt->weights[i] = 0;
        if (node->tag == HTML_TEXT || html_flags(node->tag) & (GONE | VOID))
            continue;
        names = furniture_names(node);
        attempt->weights[i] = (signed char)(attempt->strict.by_weight ? names.weight : 0);
        attempt->marks[i] = mark_of(attempt, i, &names);
    }
}
