// Growing byte string that owns its bytes; always NUL-terminated, may hold NUL.
// Zero value is an empty buffer; buf_release leaves the zero value and may be called twice.
#ifndef GAINSAY_BASE_BUF_H
#define GAINSAY_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/sv.h"

struct buf {
    char *ptr;  // NULL while empty and never written
    size_t len; // bytes, the NUL not counted
    size_t cap;
};

void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); // len 0, memory kept
void buf_reserve(struct buf *buf, size_t more); // room for `more` bytes without growing on the way

void buf_add(struct buf *buf, struct sv s);
void buf_add_cstr(struct buf *buf, const char *s);
void buf_add_char(struct buf *buf, char c);
void buf_add_fill(struct buf *buf, char c, size_t count);
void buf_addf(struct buf *buf, const char *fmt, ...) PRINTF(2, 3);
void buf_addv(struct buf *buf, const char *fmt, va_list args) PRINTF(2, 0);

// Replace the bytes [beg, end) by `s`, which must not point into `buf`.
void buf_splice(struct buf *buf, size_t beg, size_t end, struct sv s);

// View of the content; valid until the next change. Never absent.
struct sv buf_sv(const struct buf *buf);

// NUL-terminated content; "" when empty. Valid until the next change.
const char *buf_cstr(const struct buf *buf);

#endif
