// String views: a borrowed run of bytes, not NUL-terminated, may hold NUL.
// The zero value means "absent"; an empty string has a non-NULL ptr and len 0.
#ifndef GAINSAY_BASE_SV_H
#define GAINSAY_BASE_SV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

struct sv {
    const char *ptr; // NULL: absent
    size_t len;      // bytes
};

#define SV(literal) ((struct sv){ "" literal, sizeof(literal) - 1 })
#define SV_FMT "%.*s"
#define SV_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

struct sv sv_from(const char *cstr); // NULL gives the absent view; borrows
struct sv sv_of(const char *ptr, size_t len);
struct sv sv_copy(struct arena *arena, struct sv s); // absent stays absent; NUL behind the bytes

bool sv_is_absent(struct sv s);
bool sv_is_blank(struct sv s); // absent, empty, or ASCII white space alone
bool sv_eq(struct sv a, struct sv b);      // absent equals only absent
bool sv_eq_cstr(struct sv a, const char *b);
int sv_cmp(struct sv a, struct sv b);      // bytes, then length; absent first
bool sv_starts(struct sv s, struct sv prefix);
bool sv_ends(struct sv s, struct sv suffix);
struct sv sv_sub(struct sv s, size_t beg, size_t end); // clamped to s
struct sv sv_trim(struct sv s);                        // ASCII white space off both ends

// Index of the first `needle` at or after `from`, or SIZE_MAX.
size_t sv_find(struct sv s, struct sv needle, size_t from);

// Cut the next piece up to `sep` off `*rest`; false when nothing is left.
bool sv_split(struct sv *rest, char sep, struct sv *piece);

// Edit distance (insert, delete, replace, swap of neighbours), for "did you mean". O(len * len),
// views over 64 bytes give SIZE_MAX.
size_t sv_distance(struct sv a, struct sv b);

#endif
