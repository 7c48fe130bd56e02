// An article's text: bytes that are never changed, and the two ways of counting in them.
// The bytes are borrowed (the store maps or reads the file); nothing here copies or normalises them.
// Positions named `pos` are bytes, 0 .. length; positions named `cp` are code points (FORMAT.md).
#ifndef GAINSAY_TEXT_ARTICLE_H
#define GAINSAY_TEXT_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/sv.h"
#include "base/units.h"

struct article; // bytes and a code point index that grows as far as it is asked for

// `bytes` must outlive the article. O(1): no byte is read.
struct article *article_new(struct sv bytes);
void article_free(struct article *article); // NULL is allowed

struct sv article_bytes(const struct article *article);
struct sv article_sub(const struct article *article, struct byte_span span); // borrowed view

// Code points before byte `pos`. The index is extended to `pos` (15 ms per 100 MB, once).
size_t article_cp(struct article *article, size_t pos);
// Byte where code point `cp` begins; the length when cp is past the end.
size_t article_pos(struct article *article, size_t cp);
size_t article_cp_len(struct article *article); // code points of the whole text

struct cp_span article_to_cp(struct article *article, struct byte_span span);
struct byte_span article_to_bytes(struct article *article, struct cp_span span);

// Source lines (one paragraph each, as the corpus is written), without their line end.
size_t article_line_beg(const struct article *article, size_t pos);
size_t article_line_end(const struct article *article, size_t pos);  // before LF or CR LF
size_t article_line_next(const struct article *article, size_t pos); // first byte of the next, or length
// 1-based number of the line at `pos`; O(pos): for messages, not for keys.
size_t article_line_number(const struct article *article, size_t pos);

// Lower-case hex SHA-256 of the bytes; `hex` holds 65 bytes. O(n).
void article_sha256(struct sv bytes, char *hex);

// What FORMAT.md stores beside a position: the text itself as valid UTF-8 (each invalid byte as
// U+FFFD), and up to LIMIT_CONTEXT code points on either side.
struct excerpt {
    struct cp_span at;
    struct sv quote, before, after; // in `arena`; before and after may be empty, never absent
};
struct excerpt article_excerpt(struct article *article, struct byte_span span, struct arena *arena);

// Append the library behind the hash: "nettle 3.8".
void article_library(struct buf *out);

#endif
