// Inside of an adjudication in the reader, for tui/adjudic*.c alone.
#ifndef GAINSAY_TUI_ADJUDIC_BOX_H
#define GAINSAY_TUI_ADJUDIC_BOX_H

#include "tui/adjudic.h"

struct adjudic {
    struct adjudicating *it;
    bool is_by_place;      // rows in the order of the text, else by weight
    struct buf key;        // of the row at hand; empty: none yet
    size_t *order;         // rows as they are gone through
    size_t count, cap;
    size_t at;             // place in `order`
    size_t version;        // of the session, when `order` was made
    bool is_made;
    size_t field;          // place of the chosen one among adjudic_fields
    size_t choice[ADJUDICATE_FIELDS]; // of each field of the kind: the member whose value is to be taken
    bool has_choice;
    struct buf last;       // key of the row decided last: w gives its reason
    struct buf cause;      // given for what was rejected last
};

bool adjudic_is_open(const struct app *app); // the lanes, under a dialog or not
// The row at hand; NULL: there is none. Rows and choice are brought in line with the session first.
const struct adjudicate_row *adjudic_row(struct app *app);
// Rows in the order they are gone through; `at` below adjudic_count.
size_t adjudic_count(struct app *app);
const struct adjudicate_row *adjudic_row_at(struct app *app, size_t at);
void adjudic_go(struct app *app, size_t at); // it is at hand, and in view
void adjudic_sort(struct app *app);          // by weight, or in the order of the text
bool adjudic_is_there(struct app *app);      // is this an adjudication? Says so when it is not
// "2 open  4 agreed  3 decided".
void adjudic_add_counts(struct app *app, struct buf *out);
// Fields of the row worth showing, those that differ first; returns how many.
size_t adjudic_fields(const struct adjudicate_row *row, size_t *fields);
bool adjudic_differs(const struct adjudicate_row *row, size_t field);
// Do members of the row have different values of a field, so that a dot says which is to be taken?
bool adjudic_is_choice(const struct adjudicate_row *row, size_t field);
const struct field *adjudic_field(const struct adjudicate_row *row, size_t field);
// First member of an annotator; the row's count when there is none.
size_t adjudic_member(const struct adjudicate_row *row, size_t rater);

// ---- adjudic_draw.c
int adjudic_height(const struct overlay *overlay, const struct app *app, int rows, int cols);
void adjudic_draw(struct overlay *overlay, struct app *app, struct grid *grid, struct rect rect);

// ---- adjudic_sheet.c
void adjudic_list(struct app *app); // the differences as a list

// ---- adjudic_word.c
bool adjudic_word(struct overlay *overlay, struct app *app, enum command_id id, struct buf *out);

#endif
