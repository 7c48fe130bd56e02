// Moving in a list: what the commands do to the number of the chosen row.
// Knows neither the list nor its rows.
#include "tui/row_move.h"

#include <stdint.h>

bool row_move(enum command_id id, int count, size_t page, size_t *at)
{
    size_t by = count > 0 ? (size_t)count : 1;

    if (id == COMMAND_LIST_PAGE || id == COMMAND_LIST_PAGE_UP)
        by *= page;
    if (id == COMMAND_LIST_DOWN || id == COMMAND_LIST_PAGE)
        *at += by;
    else if (id == COMMAND_LIST_UP || id == COMMAND_LIST_PAGE_UP)
        *at -= by < *at ? by : *at;
    else if (id == COMMAND_LIST_FIRST)
        *at = 0;
    else if (id == COMMAND_LIST_LAST)
        *at = SIZE_MAX;
    else
        return false;
    return true;
}
