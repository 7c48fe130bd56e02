// Allocation that cannot fail, and arenas.
// Never returns NULL.
#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

#ifndef ARENA_CHUNK
#define ARENA_CHUNK ((size_t)16 << 10) // tests build with 64 so that chunk edges are ordinary
#endif

#define ARENA_CHUNK_MAX ((size_t)1 << 20)

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, cap; // bytes of data[]
    alignas(max_align_t) char data[];
};

void *mem_new(size_t size)
{
    void *ptr = calloc(1, size ? size : 1);

    if (!ptr)
        bug_out_of_memory();
    return ptr;
}

void *mem_resize(void *ptr, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        bug_out_of_memory();

    void *grown = realloc(ptr, count && size ? count * size : 1);

    if (!grown)
        bug_out_of_memory();
    return grown;
}

char *mem_copy(const char *ptr, size_t len)
{
    char *copy = mem_new(len + 1);

    if (len)
        memcpy(copy, ptr, len);
    return copy;
}

void mem_free(void *ptr)
{
    free(ptr);
}

// A large arena grows by larger chunks, so that little is left unused at their ends.
static size_t chunk_size(const struct arena *arena)
{
    size_t share = arena->used / 8;

    return share < ARENA_CHUNK ? ARENA_CHUNK : share < ARENA_CHUNK_MAX ? share : ARENA_CHUNK_MAX;
}

void *arena_new(struct arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    size_t need = (size + align - 1) / align * align;
    struct arena_chunk *chunk = arena->chunks;

    if (need < size)
        bug_out_of_memory();
    if (!chunk || chunk->cap - chunk->used < need) {
        size_t cap = chunk_size(arena);

        if (cap < need)
            cap = need;

        chunk = mem_new(sizeof(*chunk) + cap);
        chunk->cap = cap;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }

    void *ptr = chunk->data + chunk->used;

    chunk->used += need;
    arena->used += need;
    return ptr;
}

char *arena_copy(struct arena *arena, const char *ptr, size_t len)
{
    char *copy = arena_new(arena, len + 1);

    if (len)
        memcpy(copy, ptr, len);
    return copy;
}

void arena_release(struct arena *arena)
{
    for (struct arena_chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        mem_free(chunk);
    }
    *arena = (struct arena){ 0 };
}
