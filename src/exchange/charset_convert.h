// From an encoding to UTF-8: the one door to iconv.
#ifndef GAINSAY_EXCHANGE_CHARSET_CONVERT_H
#define GAINSAY_EXCHANGE_CHARSET_CONVERT_H

#include "base/buf.h"

struct conversion {
    size_t bad;       // bytes that mean nothing in this encoding; each became U+FFFD
    size_t first_bad; // offset of the first
};

// Append `bytes`, which are of the encoding that iconv calls `from`, as UTF-8.
//   most     stop when more bytes than this are bad; what follows is left out
//   returns  false when the system cannot convert from it; nothing is appended then
//   cost     one pass
MUST_CHECK bool charset_convert(struct sv bytes, const char *from, size_t most, struct buf *out,
                                struct conversion *result);

#endif
