// The parts of a report as HTML. For exchange/report_*.c alone.
#ifndef GAINSAY_EXCHANGE_REPORT_HTML_H
#define GAINSAY_EXCHANGE_REPORT_HTML_H

#include "exchange/markup.h"
#include "exchange/report_data.h"

// What each part is written with.
struct page {
    struct markup m;
    const struct report *report;
    const struct reading *reading; // the one being written
    bool is_one;                   // of one reading alone: its name need not be said everywhere
};

// Places: of a claim in its text ("t"), in the register ("c"), of a row ("l"), of a source ("s").
void page_claim_link(struct page *page, const struct exhibit *exhibit); // "A12", to its words, else its entry
void page_quote(struct page *page, const struct exhibit *exhibit); // <q> or <blockquote> content, with dir
void page_language(struct page *page, size_t text); // lang of the element just begun, where it is well-formed
void page_source_link(struct page *page, struct sv source);
void page_source_place(struct page *page, struct sv source);

void page_texts(struct page *page);    // side by side, marked
void page_board(struct page *page);    // rows of two claims
void page_omissions(struct page *page);
void page_sources(struct page *page);
void page_remarks(struct page *page);  // notes on the text
void page_claims(struct page *page);   // every claim with its position
void page_talk(struct page *page);     // what readers said to each other
void page_agreement(struct page *page);
void page_methods(struct page *page);

void page_map(struct page *page);      // both as SVG
void page_matrix(struct page *page);

// The style sheet and the script, as they stand in the file.
void report_style(struct buf *out);
void report_script(struct buf *out);

#endif
