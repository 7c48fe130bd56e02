// The report of an event: what its articles claim, who says it, what they dispute, who read it and how far the
// readers agree; as one HTML file that needs nothing else, or as Markdown for a pull request.
// Made of what is given alone: the same input and program give the same bytes, whatever day it is and wherever.
#ifndef GAINSAY_EXCHANGE_REPORT_H
#define GAINSAY_EXCHANGE_REPORT_H

#include "model/agree.h"
#include "model/team.h"
#include "model/thread.h"
#include "text/anchor.h"
#include "text/article.h"

// An article of the event.
struct report_text {
    struct sv id;
    const struct meta *meta;
    struct article *article; // the text as it is now; its index grows
    const struct layer *settled; // what the team decided of it, with what it rejected; NULL: nothing
};

// What one annotator made of the event, without what was rejected.
struct report_reading {
    struct sv annotator;
    const struct layer *const *layers; // of each text; NULL: none
    const struct layer *const *narrowed; // the same without what was not asked for (query_narrow); NULL: all was.
                                         // What is shown is of these, agreement and readers are of `layers`
    struct anchors *const *anchors;    // of each layer: finds its quotes in the text as it is now
    bool is_shown; // its claims and links stand in the report; else only what it counts and how far it agrees
    bool is_adjudicated; // what the team agreed on: it is no reader, and agrees with nobody
};

struct report_input {
    struct sv event; // empty: articles of no event
    struct sv where; // the query by which layers were narrowed; absent: none
    const struct report_text *texts;
    size_t text_count;
    const struct report_reading *readings;
    size_t reading_count;
    const struct scheme *scheme;
    const struct registry *registry;
    const struct team *team;
    const struct threads *threads; // of all layers that may be seen; NULL: none
};

struct report; // what both forms say, gathered once

// All of `in` is borrowed until report_free.
//   cost  O(n log n), n = claims and links; agreement as agree_rows_make when two read the same
struct report *report_new(const struct report_input *in);
void report_free(struct report *report); // NULL is allowed

// Append the report.
void report_html(struct report *report, struct buf *out);
void report_markdown(struct report *report, struct buf *out);

// What it rests on, over the readings shown.
struct report_counts {
    size_t texts, claims, links, disputes;
    size_t marked; // claims, those too that were not asked for
    size_t open;   // differences between readers of which nothing is decided, where what is shown is decided
    size_t lost;   // claims of which words are not found for sure
};
struct report_counts report_count(const struct report *report);

#endif
