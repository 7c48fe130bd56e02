// The best one-to-one matching of two lists: the pairs whose weights add up to most.
#ifndef GAINSAY_MODEL_AGREE_MATCH_H
#define GAINSAY_MODEL_AGREE_MATCH_H

#include <stddef.h>
#include <stdint.h>

struct match_edge {
    size_t row, col; // indices into the two lists
    double weight;   // > 0; pairs without an edge are never matched
};

#define MATCH_NONE SIZE_MAX

// Match every row to a column of its own or to none, so that the weights of the pairs add up to most.
//   edges    in any order; the result depends on it only where two matchings weigh the same
//   columns  rows entries: the column of each row, or MATCH_NONE
//   cost     O(rows * edges reached), as few as lie near a row; O(rows^2 * cols) at the worst
//   source   Kuhn 1955 and Munkres 1957, rows inserted one by one with potentials
void match_best(const struct match_edge *edges, size_t count, size_t rows, size_t cols,
                size_t *columns);

#endif
