// A strip that asks for one value of a vocabulary: one letter takes it, Enter the chosen one or
// none. Never changes data: the caller's function gets the value.
#ifndef GAINSAY_TUI_CHOICE_H
#define GAINSAY_TUI_CHOICE_H

#include "tui/app.h"
#include "tui/keep.h"

struct choice {
    const char *label; // "what local-media does with it"; copied
    enum vocab_id vocab;
    struct sv initial;  // chosen at the start, Enter takes it; absent: Enter skips. Copied
    bool must_choose;   // Enter without a choice is refused
    bool is_step;       // one question of several: Esc goes back to the one before
    const char *toggle; // what `!` sets ("strict: both cannot be true"); NULL: no such thing
    // A text that `"` takes, or puts back, beside the value; empty: none. Copied. *is_taken is set before
    // done runs, and lives in ctx.
    const char *offer_label; // "why"
    struct sv offer;
    bool *is_taken;
    // A text typed before that is saved when this is answered, kept meanwhile; home as in a prompt, without a record.
    struct keep_home home;
    struct sv typed; // lives in ctx
    bool (*skip)(const struct word *word); // values not offered; may be NULL
    // Exactly one of these three is called, once; each ends the ownership of `ctx`.
    // The strip is gone already when done or cancelled run. `value` is absent when it was skipped.
    void (*done)(struct app *app, void *ctx, struct sv value, bool is_toggled);
    void (*cancelled)(struct app *app, void *ctx);
    void (*free)(void *ctx); // the program ends
    void *ctx;
};

void choice_open(struct app *app, const struct choice *choice);

#endif
