// What the status line said in this sitting, kept to be read again, and the list of it.
#ifndef GAINSAY_TUI_MESSAGES_H
#define GAINSAY_TUI_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct sheet;

struct messages {
    struct message *items; // oldest first
    size_t count, cap;
    size_t dropped;     // were before these
    bool is_noted;      // the one that the status line shows is the last of them
    struct sheet *list; // NULL: it is not open
};

// After an event: keep what the status line says now, unless it is what it said before. The oldest go
// when there are many.
void messages_note(struct app *app);
void messages_release(struct messages *messages);

// Fill the screen with them, the last one chosen; or take the list away.
void messages_open(struct app *app);

#endif
