// What a cluster is for breaking rows, and where rows may end between two of them.
#ifndef GAINSAY_TEXT_SIGN_H
#define GAINSAY_TEXT_SIGN_H

#include <stdbool.h>
#include <stdint.h>

// What a cluster is for breaking, with all that its neighbours ask of it.
enum sign {
    SIGN_NONE, // no cluster, a blank, an invalid byte
    SIGN_LETTER,
    SIGN_DIGIT, // ASCII
    SIGN_OTHER,
    SIGN_OPEN,
    SIGN_CLOSE,
    SIGN_HYPHEN,
    SIGN_SLASH,
    SIGN_DASH, // en dash and em dash
    SIGN_OTHER_DASH,
    SIGN_WIDE, // this and what follows: of scripts that do not part words
    SIGN_WIDE_OPEN,
    SIGN_WIDE_CLOSE,
    SIGN_WIDE_OTHER,
    SIGN_MARK, // joins a cluster: never stands in a row
};

// The sign of a cluster that begins with `cp`; SIGN_OTHER for an invalid byte (-1). Never SIGN_NONE or
// SIGN_MARK.
enum sign sign_of(int32_t cp);

// By the sign that a row could end with: bits of those one of which must stand before it, and of those
// one of which must come next.
struct sign_break {
    uint16_t before, next;
};
extern const struct sign_break sign_breaks[SIGN_MARK];

// May a row end before `next`, when it ends with the lowest four bits of `signs`, behind the four
// above these?
static inline bool sign_may_break(unsigned signs, enum sign next)
{
    const struct sign_break *last = &sign_breaks[signs & 15];

    return last->next >> next & last->before >> (signs >> 4 & 15) & 1;
}

#endif
