// HTML, with SVG inside, built element by element: what comes from outside goes in as text, as the value of an
// attribute or as an address, and each of these escapes. There is no way in for markup that is not a name here.
//
// Calling sequence: markup_begin (or markup_void), attributes, then text and further elements, markup_end.
// Names of elements and attributes are constants of the program.
#ifndef GAINSAY_EXCHANGE_MARKUP_H
#define GAINSAY_EXCHANGE_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"

#define MARKUP_DEPTH 32 // elements in elements

struct markup {
    struct buf out;                  // zero value: an empty page
    const char *open[MARKUP_DEPTH];  // elements not ended yet, outermost first
    size_t depth;
    bool is_in_tag;                  // attributes may follow
};
void markup_release(struct markup *markup);

void markup_begin(struct markup *markup, const char *tag);
void markup_void(struct markup *markup, const char *tag); // without content and end: meta, br, hr
void markup_end(struct markup *markup, const char *tag);  // a BUG unless `tag` is the one begun last

// Attributes of the element that was just begun.
void markup_attr(struct markup *markup, const char *name, struct sv value);
void markup_attrf(struct markup *markup, const char *name, const char *fmt, ...) PRINTF(3, 4);
// An address of the web. false: nothing was added, as it is none that begins with http:// or https:// or it
// holds blanks, controls or quotes: javascript: and data: never pass.
bool markup_url(struct markup *markup, const char *name, struct sv url);
// A place of this page, id="KIND-ID", and the way to it, href="#KIND-ID". What of `id` is no ASCII letter or digit
// is spelt as _ and its two hex digits.
void markup_place(struct markup *markup, const char *kind, struct sv id);
void markup_goto(struct markup *markup, const char *kind, struct sv id);

// Text. Invalid bytes become U+FFFD, as in quotes; what hides or reorders text becomes visible, as on a terminal
// (base/visible.h): "^@", "<U+202E>". Line ends and tabs stay.
void markup_text(struct markup *markup, struct sv text);
void markup_textf(struct markup *markup, const char *fmt, ...) PRINTF(2, 3);
// A whole element with its class (NULL: none) and text.
void markup_element(struct markup *markup, const char *tag, const char *class, struct sv text);
void markup_elementf(struct markup *markup, const char *tag, const char *class, const char *fmt, ...)
    PRINTF(4, 5);
// A line end, where blanks mean nothing: for whoever reads or compares the file.
void markup_line(struct markup *markup);

// A style sheet or script of the program as the content of the element just begun. A BUG when it would end it.
void markup_embed(struct markup *markup, struct sv constant);

// The text as both writers of reports show it: see markup_text. Appended without escapes.
void text_shown(struct sv text, struct buf *out);

#endif
