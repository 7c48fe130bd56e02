// A list to choose from, filtered as you type; the first row is chosen at once, so Enter often
// suffices. Never changes data: the caller makes the rows and gets the choice.
#ifndef GAINSAY_TUI_PICKER_H
#define GAINSAY_TUI_PICKER_H

#include "tui/app.h"

struct picker_rows; // being filled by `fill`

struct picker {
    const char *label; // "who says it"; copied
    const char *empty; // said when there is no row and nothing typed; NULL: "nothing matches"
    struct sv initial; // text typed at the start; may be absent; copied
    // Make the rows for what is typed, in order.
    void (*fill)(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows);
    // Exactly one of these three is called, once; each ends the ownership of `ctx`.
    // The picker is gone already when picked or cancelled run. `key` and `typed` last as long as
    // the call.
    void (*picked)(struct app *app, void *ctx, struct sv key, struct sv typed);
    void (*cancelled)(struct app *app, void *ctx);
    void (*free)(void *ctx); // the program ends
    void *ctx;
};

// Add a row: `key` comes back in `picked` (may be empty), `text` is its name, `detail` stands dim
// behind it. All are copied.
void picker_add(struct picker_rows *rows, struct sv key, struct sv text, struct sv detail);

void picker_open(struct app *app, const struct picker *picker);

#endif
