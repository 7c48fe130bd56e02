// What comes in: keys, pastes, sizes, mouse. Made by term/ from a terminal or a script.
#ifndef GAINSAY_TUI_EVENT_H
#define GAINSAY_TUI_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/sv.h"

enum key_code { // keys that are no character; values above Unicode
    KEYCODE__BASE = 0x110000,
    KEYCODE_UP,
    KEYCODE_DOWN,
    KEYCODE_LEFT,
    KEYCODE_RIGHT,
    KEYCODE_HOME,
    KEYCODE_END,
    KEYCODE_PAGE_UP,
    KEYCODE_PAGE_DOWN,
    KEYCODE_DELETE,
    KEYCODE_BACK_TAB,
};

// A key: a code point (control keys as their C0 code: Tab 9, Enter 13, Esc 27, Ctrl-A 1, Backspace
// 127), or an enum key_code. Alt is never needed; Alt-x arrives as Esc, x.
typedef int32_t key_num;

enum event_type {
    EVENT_KEY,
    EVENT_PASTE,
    EVENT_RESIZE,
    EVENT_MOUSE,
    EVENT_WAKE,
    EVENT_REST, // no input for a while: see app_wants_rest
    EVENT_HANGUP,
};

struct event {
    enum event_type type;
    key_num key;         // KEY
    struct sv paste;     // PASTE: borrowed while the event is handled; may hold anything
    int rows, cols;      // RESIZE: cells
    int row, col;        // MOUSE: cell, 0-based
    int button;          // MOUSE: 1 left press, 4 wheel up, 5 wheel down
};

// "j", "<Esc>", "<C-d>", "<Down>", "<Space>", "<lt>": one key. Append its name / read a name off the front
// of `*rest`; false when there is none.
void key_add_name(key_num key, struct buf *out);
bool key_parse(struct sv *rest, key_num *key);

#endif
