// What the name of a page's part says of it.
#ifndef GAINSAY_EXCHANGE_FURNITURE_H
#define GAINSAY_EXCHANGE_FURNITURE_H

#include "exchange/html.h"

struct part_names {
    bool is_unlikely; // named as furniture, and not as the article too
    bool is_hidden;   // named as not to be seen
    bool is_byline;
    bool is_live;     // holds posts that together are one text
    int weight;       // for (up to 50) or against (down to -50) it being the main text
    struct sv word;   // which word said so, as it stands in the page; absent: none did
};

// What class, id and the like of an element say.
struct part_names furniture_names(const struct html_node *node);

// Is a line of its own furniture by how it begins: "Read more", "Advertisement"?
//   is_link  it is a link for the most part
bool furniture_line(struct sv text, bool is_link);

#endif
