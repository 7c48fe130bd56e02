// What a page or a file says of its article: title, author, where and when it appeared.
#ifndef GAINSAY_EXCHANGE_METADATA_H
#define GAINSAY_EXCHANGE_METADATA_H

#include "model/types.h"

// Zero value is empty. Its texts live in the arena.
struct metadata {
    struct meta meta;
    struct arena arena;
};

enum metadata_field {
    METADATA_TITLE,
    METADATA_AUTHOR,
    METADATA_OUTLET,
    METADATA_PUBLISHED,
    METADATA_URL,
    METADATA_LANGUAGE,
    METADATA_LICENCE,
    METADATA__N
};

// Set a field unless something better has been said already: the first one holds. The value is made one line
// (title and names), a date as FORMAT.md has it (YYYY-MM-DD, with the time where there is one), an address
// or a tag of a language; what cannot be one is left out.
//   returns  whether the field holds it now
bool metadata_offer(struct metadata *metadata, enum metadata_field field, struct sv value);

struct sv metadata_get(const struct metadata *metadata, enum metadata_field field); // absent: not known
void metadata_release(struct metadata *metadata);

#endif
