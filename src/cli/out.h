// Standard output: collected, laid out for its width, coloured on a terminal, paged when it does not fit.
// Text from outside is made visible on the way in, so nothing a terminal obeys goes out but our own colours.
#ifndef GAINSAY_CLI_OUT_H
#define GAINSAY_CLI_OUT_H

#include <stdbool.h>

#include "base/err.h"

enum style {
    STYLE_PLAIN,
    STYLE_HEAD,      // names of things
    STYLE_LABEL,     // ids, positions, separators
    STYLE_QUOTE,     // words of an article
    STYLE_SOURCE,    // voices
    STYLE_MATCH,     // what was searched for
    STYLE_CONTESTED,
    STYLE_DISPUTED,
    STYLE_WARNING,
    STYLE_ERROR,
    STYLE__N
};

struct out {
    struct buf text; // what will be written
    int cols;        // cells of a line; 0: lines are not broken
    int rows;        // of the terminal; 0: none
    bool is_tty, is_colour, is_ascii, is_closed;
};

// Find out about standard output. `is_closed`: it was not open when the program began.
void out_init(struct out *out, bool is_closed);

// Write everything. false: E_SYSTEM; a reader that went away (EPIPE) leaves err->text empty.
//   may_page  hand it to $PAGER when it is a terminal and the text is longer than the screen
MUST_CHECK bool out_flush(struct out *out, bool may_page, struct err *err);
void out_release(struct out *out);

// A paragraph: pieces of text in styles, broken into lines together. Zero value is empty.
struct para {
    struct buf text;
    struct para_piece {
        size_t beg; // bytes of text; up to the next piece
        enum style style;
    } *pieces;
    size_t count, cap;
};
void para_add(struct para *para, enum style style, struct sv text); // made visible
void para_add_flat(struct para *para, enum style style, struct sv text); // line ends and tabs as blanks
void para_addf(struct para *para, enum style style, const char *fmt, ...) PRINTF(3, 4);
void para_release(struct para *para);

// Append a paragraph as lines, none if it is empty, and empty it. The first line is indented by `first`
// cells, others by `rest`.
void out_para(struct out *out, struct para *para, int first, int rest);
// The same as one line, however long.
void out_long_line(struct out *out, struct para *para);
void out_blank(struct out *out); // an empty line, unless at the beginning or after one

#endif
