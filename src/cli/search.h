// A pattern looked for in the texts of the workspace, in stretches, so that Ctrl-C is heard and progress shown.
//
// Calling sequence: search_begin, search_run, search_end; what is printed afterwards; search_leave.
#ifndef GAINSAY_CLI_SEARCH_H
#define GAINSAY_CLI_SEARCH_H

#include "cli/longwork.h"
#include "text/article.h"
#include "text/find.h"

struct search {
    struct cli *cli;
    // Called for each match in the article at hand, in order.
    void (*found)(struct search *search, struct byte_span match);
    void *ctx; // the caller's
    struct finder *finder;
    struct longwork work;
    struct sv *ids; // articles to search
    size_t id_count, id_done, count;
    size_t stretch; // bytes; grows while they are searched quickly
    bool is_over;   // set by `found`: no more is wanted

    // The article at hand.
    struct sv id, text;
    struct article *article;
    size_t line, line_pos; // 1-based number of the line at line_pos
};

// The first operand is the pattern, the others name articles; none: all. `cli`, `found` and `ctx` are set.
//   returns  false with E_QUERY: the pattern cannot be understood
MUST_CHECK bool search_begin(struct search *search, struct err *err);
void search_run(struct search *search);
// 1-based line of a byte of the article at hand, not before the one asked last.
size_t search_line(struct search *search, size_t pos);
void search_end(struct search *search);
// Ends the program if Ctrl-C was pressed. Returns the exit status: 0, or 1 when there was no match.
int search_leave(struct search *search);

#endif
