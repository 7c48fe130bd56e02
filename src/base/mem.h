// Memory: allocation that cannot fail, and arenas for everything that dies together.
// Nothing else in the program calls malloc, realloc or free on its own.
#ifndef GAINSAY_BASE_MEM_H
#define GAINSAY_BASE_MEM_H

#include <stddef.h>

#include "base/attr.h"

// Allocate `size` zeroed bytes (0 is allowed). Never NULL: out of memory ends the program after the
// bug hook has run. Free with mem_free.
MALLOC void *mem_new(size_t size);

// Grow `ptr` to `count` items of `size` bytes; the new part is not zeroed. Overflow is out of memory.
MUST_CHECK NEVER_NULL void *mem_resize(void *ptr, size_t count, size_t size);

// Copy of `len` bytes with a NUL behind them.
MALLOC char *mem_copy(const char *ptr, size_t len);

void mem_free(void *ptr);

// Make room in a growing array: after the call items[count] may be written.
#define MEM_GROW(items, count, cap)                                                      \
    do {                                                                                 \
        if ((count) >= (cap)) {                                                          \
            (cap) = (cap) ? (cap) * 2 : 8;                                               \
            (items) = mem_resize((items), (cap), sizeof(*(items)));                      \
        }                                                                                \
    } while (0)

// Arena: many small allocations, freed at once. Zero value is an empty arena.
//   arena_release frees everything and leaves the zero value; it may be called twice.
struct arena {
    struct arena_chunk *chunks; // newest first
    size_t used;                // bytes handed out, for `dump` and tests
};

// `size` zeroed bytes, aligned for any type; they live until arena_release. Amortised O(size).
MALLOC void *arena_new(struct arena *arena, size_t size);

// Copy of `len` bytes of `ptr` with a NUL behind them.
MALLOC char *arena_copy(struct arena *arena, const char *ptr, size_t len);

void arena_release(struct arena *arena);

// The same, but keep memory for the next round of work that is done over and over. O(used).
void arena_clear(struct arena *arena);

#endif
