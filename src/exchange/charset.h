// Texts and pages of any common encoding as UTF-8: which encoding it is, why that is believed, and the
// bytes in UTF-8. Knows no names of files; what it found is said by the caller.
#ifndef GAINSAY_EXCHANGE_CHARSET_H
#define GAINSAY_EXCHANGE_CHARSET_H

#include "base/buf.h"
#include "base/err.h"

enum charset_id {
#define CHARSET(id, name, iconv_name, labels) CHARSET_##id,
#include "exchange/charset.def"
#undef CHARSET
    CHARSET__N
};

enum charset_why {
    CHARSET_ASKED,    // the user said so
    CHARSET_MARK,     // by a byte order mark
    CHARSET_DECLARED, // the page says so
    CHARSET_VALID,    // it is valid UTF-8, which other encodings are not by chance
    CHARSET_LIKELY,   // by the letters it makes of the bytes
};

struct charset_found {
    enum charset_id id;
    enum charset_why why;
    enum charset_id declared; // what the page says, where that was not believed; else CHARSET__N
    size_t bad;               // bytes that are nothing in this encoding; each became U+FFFD
    size_t first_bad;         // offset of the first of them, in the bytes given
};

const char *charset_name(enum charset_id id);

// The encoding that pages mean by this label, in any case, blanks around it ignored; CHARSET__N: none.
enum charset_id charset_find(struct sv label);

// Append `bytes` as UTF-8, without a byte order mark.
//   asked    what the user says it is; CHARSET__N: nothing
//   is_page  HTML: what its <meta> and <?xml?> say counts, when the bytes are not clearly otherwise
//   found    which encoding it is and why
//   returns  false with E_ENCODING where this system cannot convert from it
//   cost     one pass; where nobody names the encoding, one more for each that is tried over a sample
MUST_CHECK bool charset_read(struct sv bytes, enum charset_id asked, bool is_page, struct buf *out,
                             struct charset_found *found, struct err *err);

// Is it valid UTF-8? *multi is how many characters of several bytes it has.
bool charset_is_utf8(struct sv bytes, size_t *multi);

#endif
