// The claims of the open articles as a list: sorted, filtered by the query language, Enter goes
// there. Never stores anything: rows are made anew from the layers.
#ifndef GAINSAY_TUI_LIST_H
#define GAINSAY_TUI_LIST_H

#include <stdbool.h>

#include "base/err.h"
#include "tui/app.h"

struct claim_list;

struct claim_list *claim_list_new(struct app *app); // chosen row: the claim under the cursor
void claim_list_free(struct claim_list *list);      // NULL is allowed

// Draw title, counts ("claims 14 !5 ≠3"), sort key, filter and rows into `rect` (borders are the
// caller's).
void claim_list_draw(struct claim_list *list, struct app *app, struct grid *grid, struct rect rect);

// Choose the claim under the cursor, if there is one and it is listed.
void claim_list_follow(struct claim_list *list, struct app *app);

// The commands of the list (LIST_*, sort). false: not one of them.
bool claim_list_command(struct claim_list *list, struct app *app, enum command_id id, int count);

// Choose the claim's row, if there is one.
void claim_list_choose(struct claim_list *list, struct app *app, struct sv claim);
// Choose the row drawn `row` screen rows below the title in a list of `cols`; false: there is none.
bool claim_list_click(struct claim_list *list, struct app *app, int cols, int row);

// Filter by a query (model/query.h); blank: all claims. With `article:` or `event:` in it the other
// open articles of the event are searched too. false (E_QUERY): nothing changed.
MUST_CHECK bool claim_list_set_filter(struct claim_list *list, struct app *app, struct sv query,
                                      struct err *err);
struct sv claim_list_filter(const struct claim_list *list); // "" for none

// The chosen claim, or NULL when the list is empty; *reading is where it is.
const struct claim *claim_list_current(struct claim_list *list, struct app *app,
                                       struct reading **reading);

#endif
