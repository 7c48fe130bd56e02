// A page of HTML as a flat tree: nodes in the order of the page, each with where its content ends. What is
// walked is an array, so no page is too deep for it.
#ifndef GAINSAY_EXCHANGE_HTML_H
#define GAINSAY_EXCHANGE_HTML_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum html_tag {
    HTML_OTHER, // an element without a meaning here
    HTML_TEXT,  // not an element: a run of text
#define HTML_TAG(id, name, flags, score) HTML_##id,
#include "exchange/html_tag.def"
#undef HTML_TAG
    HTML__N
};

enum html_flag { BLOCK = 1 << 0, VOID = 1 << 1, GONE = 1 << 2, PHRASE = 1 << 3, FURNITURE = 1 << 4 };

struct html_attr {
    struct sv name, value; // entities in it are characters
};

struct html_node {
    enum html_tag tag;
    uint32_t parent; // index; of the root: its own
    uint32_t end;    // index behind the last node inside it
    uint32_t attr_count;
    const struct html_attr *attrs;
    struct sv text; // of HTML_TEXT, entities in it are characters; absent otherwise
};

// Zero value is empty.
struct html {
    struct html_node *nodes; // nodes[0] is <html>
    size_t count, cap;
    struct sv *data; // texts of <script type="application/ld+json">
    size_t data_count, data_cap;
    struct arena arena;
};

// Parse a page (UTF-8, any bytes). Of scripts, styles, comments and the like nothing is in the tree; elements
// nested deeper than LIMIT_PAGE_DEPTH are taken for their content.
//   returns  false with E_REFUSED when it is larger than LIMIT_PAGE_BYTES, has more than LIMIT_PAGE_TAGS
//            tags, or more than LIMIT_PAGE_TEXT bytes without scripts: nothing that anybody reads
//   cost     O(page), some 300 bytes of memory for each element while it parses
MUST_CHECK bool html_parse(struct sv page, struct html *out, struct err *err);
void html_release(struct html *html);

unsigned html_flags(enum html_tag tag); // enum html_flag, or-ed
int html_score(enum html_tag tag);
const char *html_name(enum html_tag tag); // "div"
// The tag of a name in any case; HTML_OTHER: none that means something.
enum html_tag html_tag_find(struct sv name);

// Value of an attribute; absent when it has none of that name. Only those that html_guard.c keeps are there.
struct sv html_attr(const struct html_node *node, const char *name);

// Is the node one of those inside `outer`, or that itself? O(1).
bool html_is_in(const struct html *html, size_t node, size_t outer);

// Append all text inside a node, flat; elements that are no text left out.
void html_add_text(const struct html *html, size_t node, struct buf *out);

void html_library(struct buf *out); // append "gumbo 0.10.1"

#endif
