// The values of a vocabulary as a table of letters, words and definitions, drawn into what room
// there is. Knows no dialog: forms and choices draw it.
#ifndef GAINSAY_TUI_VALUES_H
#define GAINSAY_TUI_VALUES_H

#include "model/scheme.h"
#include "tui/grid.h"

// Draws every value with its letter; with the definitions when all of them fit, else the words run
// on and the definition of the current one stands below them.
//   current  value that is set or chosen; absent: none
//   skip     values not offered; NULL: none are left out
void values_draw(struct grid *grid, struct rect rect, const struct scheme *scheme,
                 enum vocab_id vocab, struct sv current, bool (*skip)(const struct word *word));

// The value drawn at a cell of the grid by the same arguments, or NULL.
const struct word *values_at(struct rect rect, const struct scheme *scheme, enum vocab_id vocab,
                             bool (*skip)(const struct word *word), int row, int col);

// Rows it takes with `cols` cells when `rows` are to be had; more than `rows`: not all values fit.
int values_rows(const struct scheme *scheme, enum vocab_id vocab, int cols, int rows);

// The role of a value that the scheme gives a colour; `otherwise` where it gives none.
enum role value_role(const struct scheme *scheme, enum vocab_id vocab, struct sv value,
                     enum role otherwise);

#endif
