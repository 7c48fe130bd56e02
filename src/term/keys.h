// Bytes of a terminal to events: UTF-8, escape sequences, bracketed paste, mouse.
// Knows no terminal and no clock: the loop feeds bytes and says when none came for keys_wait_ms.
#ifndef GAINSAY_TERM_KEYS_H
#define GAINSAY_TERM_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/event.h"

#define KEYS_PASTE_MAX      ((size_t)16 << 20) // bytes of one paste; what is over is dropped
#define KEYS_ESC_MS         25                 // an Esc alone, if nothing follows for so long
#define KEYS_PASTE_MS       1000               // a paste whose end is lost ends after so long
#define KEYS_PASTE_END_MS   100                // the end of a paste is its end if nothing follows for so long
#define KEYS_TAIL_MAX       ((size_t)64 << 10) // or so many bytes follow without another end
#define KEYS_DEFINITION_MAX 12                 // bytes of a terminal's own sequence for a key

// A sequence the terminal description gives for a key.
struct key_definition {
    char bytes[KEYS_DEFINITION_MAX];
    size_t len;
    key_num key;
};

// Decoder. Zero value: nothing read yet.
struct keys {
    struct buf in; // bytes not decoded yet: from `at` on
    size_t at;
    struct buf paste; // while is_pasting; afterwards of the event given last
    bool is_pasting;
    bool is_ending; // is_pasting, and the end was seen
    struct key_definition *definitions; // owned
    size_t definition_count, definition_cap;
};

void keys_release(struct keys *keys);

// From now on `bytes` is `key`. Sequences that are one printable byte, empty or too long are left
// out.
void keys_define(struct keys *keys, struct sv bytes, key_num key);

// Append what was read.
void keys_feed(struct keys *keys, struct sv bytes);

// The next event, oldest first; false when there is none yet.
//   is_late  nothing came for keys_wait_ms: what is unfinished is taken as it is
//   out      KEY, PASTE, MOUSE or WAKE (the terminal got the focus); a paste is borrowed until the
//   next call
// Unknown sequences are dropped whole; an invalid byte is the key U+FFFD. O(bytes).
bool keys_next(struct keys *keys, bool is_late, struct event *out);

// How long to wait for the rest of something unfinished, in ms; -1: nothing is unfinished.
int keys_wait_ms(const struct keys *keys);

#endif
