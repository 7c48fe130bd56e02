// Choosing a source: known ones nearest first, or a new one with its kind, or a new alias of a
// known one. Changes only the registry, and only when the reader chose a row that says so.
#ifndef GAINSAY_TUI_SOURCE_PICK_H
#define GAINSAY_TUI_SOURCE_PICK_H

#include "tui/app.h"

struct source_pick {
    const char *label;       // "who says it"; copied
    struct reading *reading; // where it is wanted; NULL: the registry itself
    struct sv claim;         // id, for the ranking; may be absent; copied
    struct sv name;          // words of the text that name the source: offered as new source and as
                             // alias of those known; absent: none. Copied
    struct sv first;         // id of a source to offer before all others; absent: none. Copied
    const char *why;         // shown beside the row that is first; NULL: nothing. Copied
    struct sv fresh;         // a name to offer as a new source, first; absent: none. Copied
    // Exactly one of these three is called, once; each ends the ownership of `ctx`. `id` lasts as
    // long as the call.
    void (*done)(struct app *app, void *ctx, struct sv id);
    void (*cancelled)(struct app *app, void *ctx); // may be NULL
    void (*free)(void *ctx);                       // may be NULL
    void *ctx;
};

void source_pick_open(struct app *app, const struct source_pick *pick);

#endif
