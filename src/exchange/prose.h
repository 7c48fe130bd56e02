// A text as its pieces: paragraphs, headings, items of lists, as pages and Markdown have them.
// What is stored of it is plain text: prose_print says how pieces are set apart there.
#ifndef GAINSAY_EXCHANGE_PROSE_H
#define GAINSAY_EXCHANGE_PROSE_H

#include "base/buf.h"

enum prose_kind {
    PROSE_PARAGRAPH,
    PROSE_HEADING,
    PROSE_ITEM,    // of a list
    PROSE_QUOTE,   // a paragraph of a quotation set apart
    PROSE_CAPTION, // of a picture or table
    PROSE_LINES,   // as it stands, line by line: verse, code
    PROSE_ROW,     // of a table, its cells parted by tabs
};

struct prose_piece {
    enum prose_kind kind;
    int depth;         // of an item: lists it stands in, 1 or more
    size_t number;     // of an item of a counted list; 0: a bullet
    struct sv text;    // UTF-8, not blank; a line end is a break in the piece
    const char *why;   // why it was left out; NULL: it was not
    struct sv because; // what of the page shows that; may be absent
};

// Zero value is empty. Texts live in the arena.
struct prose {
    struct prose_piece *items; // in the order of the page
    size_t count, cap;
    struct arena arena;
};

// Append a piece; its texts are copied. A blank one is not added.
void prose_add(struct prose *prose, const struct prose_piece *piece);

// Append the pieces that were not left out, as plain text: one line each, an empty line between two, but
// none between items of a list and rows of a table; items indented with their bullet or number. Ends with
// a line end; nothing for no pieces.
void prose_print(const struct prose *prose, struct buf *out);

void prose_release(struct prose *prose);

// Append `text` with every run of blanks and line ends as one blank, none at the ends; characters that
// only advise where a line may be broken (soft hyphen, zero-width blank) are left out.
void prose_add_flat(struct buf *out, struct sv text);

const char *prose_kind_name(enum prose_kind kind); // "paragraph"

#endif
