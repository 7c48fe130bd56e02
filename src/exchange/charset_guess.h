// The encoding of a text that nobody names, by the letters it makes of the bytes.
#ifndef GAINSAY_EXCHANGE_CHARSET_GUESS_H
#define GAINSAY_EXCHANGE_CHARSET_GUESS_H

#include "exchange/charset.h"

// The likeliest encoding of a text that is not UTF-8 and has no mark. Each that could be is tried on the
// first quarter of a megabyte; none that fits is windows-1252, which makes a letter of nearly any byte.
enum charset_id charset_guess(struct sv bytes);

// What iconv calls it.
const char *charset_iconv_name(enum charset_id id);

#endif
