// The dispute board of open articles, kept: a change of records brings it up to date.
#ifndef GAINSAY_SESSION_BOARD_H
#define GAINSAY_SESSION_BOARD_H

#include "model/board.h"
#include "session/session.h"

// What is shown last is kept, until other layers are asked for, or others in another order.
//   layers  of open articles, in the order of the columns; copied
//   out     empty; to be released. Records and layers are borrowed
void session_board(struct session *session, const struct layer *const *layers, size_t count,
                   const struct query *query, enum board_order order, struct board *out);

// The same made ready before it is asked for, some ms at a time, and whether it is.
bool session_is_board_ready(const struct session *session, const struct layer *const *layers,
                            size_t count);
void session_board_prepare(struct session *session, const struct layer *const *layers, size_t count);

#endif
