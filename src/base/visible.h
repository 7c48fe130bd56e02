// Text from outside made safe to print: the one filter in front of standard output, standard error
// and JSON-free plain output. The screen has its own (text/glyph.h) with the same marks.
// No byte that a terminal could obey ever passes.
#ifndef GAINSAY_BASE_VISIBLE_H
#define GAINSAY_BASE_VISIBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/sv.h"

// Decode the code point at the start of `s` (s.len > 0).
//   size     bytes it takes, 1..4; 1 for a byte of an invalid sequence
//   returns  the code point, or -1 for an invalid byte (overlong, surrogate, above U+10FFFF, stray)
int32_t utf8_decode(struct sv s, size_t *size);

// Append `cp` as UTF-8.
void utf8_add(struct buf *out, int32_t cp);

// True for code points that must not be sent to a terminal: C0, DEL, C1, bidi controls, zero-width
// and invisible characters, tags, line and paragraph separators, noncharacters.
bool cp_is_hidden(int32_t cp);

// Append the visible form of one code point or invalid byte (cp < 0: `byte`): ^[ for ESC, <9B> for
// a byte, <U+202E> for a hidden character.
void visible_add_cp(struct buf *out, int32_t cp, unsigned char byte);

// Append `s`; line ends and tabs too are made visible (^J, ^I), so one item stays one line.
void visible_add(struct buf *out, struct sv s);

// Append `s`, keeping LF and TAB as they are: for whole texts.
void visible_add_text(struct buf *out, struct sv s);

#endif
