// Best matching by shortest augmenting paths: each row may also stay alone, at no weight.
// Touches only what a path can reach.
#include "model/agree_match.h"

#include <math.h>
#include <stdbool.h>

#include "base/mem.h"

// Costs are weights below zero. Column `cols + row` is for that row alone and costs nothing, so
// that a path always ends; one more column stands for the row being inserted.
struct matching {
    size_t rows, cols;
    size_t *first;                   // edges of row r: first[r] .. first[r + 1]
    const struct match_edge **edges; // by row
    double *row_price, *col_price;   // potentials
    size_t *row_of;                  // of each column, MATCH_NONE: free
    double *near;                    // of each column reached: the way to it
    size_t *from;                    // of each column reached: the column before it on that way
    bool *is_reached, *is_done;
    size_t *reached; // the columns reached
    size_t reached_count;
};

static void *copies(size_t count, size_t size)
{
    return mem_new((count + 1) * size);
}

static void matching_init(struct matching *m, const struct match_edge *edges, size_t count)
{
    size_t columns = m->cols + m->rows + 1;

    m->first = copies(m->rows + 1, sizeof(*m->first));
    m->edges = copies(count, sizeof(*m->edges));
    m->row_price = copies(m->rows, sizeof(*m->row_price));
    m->col_price = copies(columns, sizeof(*m->col_price));
    m->row_of = copies(columns, sizeof(*m->row_of));
    m->near = copies(columns, sizeof(*m->near));
    m->from = copies(columns, sizeof(*m->from));
    m->is_reached = copies(columns, sizeof(*m->is_reached));
    m->is_done = copies(columns, sizeof(*m->is_done));
    m->reached = copies(columns, sizeof(*m->reached));
    for (size_t i = 0; i < columns; i++)
        m->row_of[i] = MATCH_NONE;
    for (size_t i = 0; i < count; i++)
        m->first[edges[i].row + 1]++;
    for (size_t r = 0; r < m->rows; r++)
        m->first[r + 1] += m->first[r];
    for (size_t i = count; i > 0; i--) { // first[r + 1] goes down to where row r begins
        const struct match_edge *edge = &edges[i - 1];

        m->edges[--m->first[edge->row + 1]] = edge;
    }
    for (size_t r = 0; r < m->rows; r++)
        m->first[r] = m->first[r + 1];
    m->first[m->rows] = count;
}

static void matching_release(struct matching *m)
{
    mem_free(m->first);
    mem_free(m->edges);
    mem_free(m->row_price);
    mem_free(m->col_price);
    mem_free(m->row_of);
    mem_free(m->near);
    mem_free(m->from);
    mem_free(m->is_reached);
    mem_free(m->is_done);
    mem_free(m->reached);
}

static void reach(struct matching *m, size_t col, size_t before, size_t row, double cost)
{
    double way = cost - m->row_price[row] - m->col_price[col];

    if (m->is_done[col])
        return;
    if (!m->is_reached[col]) {
        m->is_reached[col] = true;
        m->reached[m->reached_count++] = col;
        m->near[col] = HUGE_VAL;
    }
    if (way < m->near[col]) {
        m->near[col] = way;
        m->from[col] = before;
    }
}

// The column reached that is nearest and not done.
static size_t nearest(const struct matching *m)
{
    size_t best = MATCH_NONE;

    for (size_t i = 0; i < m->reached_count; i++) {
        size_t col = m->reached[i];

        if (!m->is_done[col] && (best == MATCH_NONE || m->near[col] < m->near[best]))
            best = col;
    }
    return best;
}

static void insert(struct matching *m, size_t row)
{
    size_t start = m->cols + m->rows, col = start;

    m->row_of[start] = row;
    m->is_reached[start] = true;
    m->reached_count = 0;
    m->reached[m->reached_count++] = start;
    m->near[start] = 0;
    while (m->row_of[col] != MATCH_NONE) {
        size_t at = m->row_of[col], next;
        double step;

        m->is_done[col] = true;
        for (size_t i = m->first[at]; i < m->first[at + 1]; i++)
            reach(m, m->edges[i]->col, col, at, -m->edges[i]->weight);
        reach(m, m->cols + at, col, at, 0);
        next = nearest(m);
        step = m->near[next];
        for (size_t i = 0; i < m->reached_count; i++) {
            size_t seen = m->reached[i];

            if (m->is_done[seen]) {
                m->row_price[m->row_of[seen]] += step;
                m->col_price[seen] -= step;
            } else {
                m->near[seen] -= step;
            }
        }
        col = next;
    }
    while (col != start) { // every row on the way moves one column on
        m->row_of[col] = m->row_of[m->from[col]];
        col = m->from[col];
    }
    for (size_t i = 0; i < m->reached_count; i++)
        m->is_reached[m->reached[i]] = m->is_done[m->reached[i]] = false;
    m->row_of[start] = MATCH_NONE;
    m->col_price[start] = 0;
}

void match_best(const struct match_edge *edges, size_t count, size_t rows, size_t cols,
                size_t *columns)
{
    struct matching m = { .rows = rows, .cols = cols };

    matching_init(&m, edges, count);
    for (size_t row = 0; row < rows; row++) {
        columns[row] = MATCH_NONE;
        insert(&m, row);
    }
    for (size_t col = 0; col < cols; col++)
        if (m.row_of[col] != MATCH_NONE)
            columns[m.row_of[col]] = col;
    matching_release(&m);
}
