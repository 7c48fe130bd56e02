// The rows of a form: which fields a level shows, in which order, under which names.
// Pure tables over the schema; knows no screen.
#ifndef GAINSAY_TUI_FORM_ROWS_H
#define GAINSAY_TUI_FORM_ROWS_H

#include "tui/form_data.h"

enum form_row_type {
    FORM_ROW_FIELD,  // a field of the struct
    FORM_ROW_ITEM,   // an item of the list
    FORM_ROW_ADD,    // makes a new item
    FORM_ROW_LINKS,  // a claim's links, listed
    FORM_ROW_TURN,   // turns a link round
    FORM_ROW_DELETE, // deletes the record
};

struct form_row {
    enum form_row_type type;
    const struct field *field; // FIELD
    size_t item;               // ITEM, ADD
    const char *label;
};

#define FORM_ROWS_MAX 64

// Rows of the level at `place` into `out`; returns how many (at most FORM_ROWS_MAX; items past it
// are reached when others are gone).
//   is_root         the record itself: actions stand at its end
//   is_adjudicated  the fields of adjudicated records are offered, not only shown when they hold
//                   something
size_t form_rows(const struct form_place *place, bool is_root, bool is_adjudicated,
                 struct form_row *out);

const char *form_label(const struct field *field); // "voices" for attributed_to
// false for what the program keeps itself: ids, times, ends of links.
bool form_can_edit(enum kind_id kind, const struct field *field);
// Does the field take words of the registry / claims of the same article?
bool form_takes_sources(const struct field *field);
bool form_takes_claims(const struct field *field);

#endif
