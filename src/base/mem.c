// Allocation that cannot fail, and arenas.
// Never returns NULL.
#include "base/mem.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/bug.h"

#ifndef ARENA_CHUNK
#define ARENA_CHUNK ((size_t)16 << 10) // tests build with 64 so that chunk edges are ordinary
#endif

#define ARENA_FIRST     (ARENA_CHUNK / 8) // many an arena holds little
#define ARENA_CHUNK_MAX ((size_t)1 << 20)
#define HUGE_PAGE       ((size_t)2 << 20) // bytes, on most machines
#define HUGE_CHUNK      (4 * HUGE_PAGE)
#define HUGE_FROM       ((size_t)8 << 20) // bytes of an arena; from then on it is worth it

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, cap; // bytes of data[]
    bool is_mapped;   // whole huge pages, not from malloc
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

    if (!arena->chunks)
        return ARENA_FIRST;
    return share < ARENA_CHUNK ? ARENA_CHUNK : share < ARENA_CHUNK_MAX ? share : ARENA_CHUNK_MAX;
}

// Zeroed pages that begin at a huge one, so that the system need not be asked for each 4 kB; NULL:
// there are none.
static struct arena_chunk *chunk_map(void)
{
    char *whole = mmap(NULL, HUGE_CHUNK + HUGE_PAGE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    size_t before;

    if (whole == MAP_FAILED)
        return NULL;
    before = (HUGE_PAGE - (uintptr_t)whole % HUGE_PAGE) % HUGE_PAGE;
    if (before)
        munmap(whole, before);
    if (before < HUGE_PAGE)
        munmap(whole + before + HUGE_CHUNK, HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
    (void)madvise(whole + before, HUGE_CHUNK, MADV_HUGEPAGE);
#endif

    struct arena_chunk *chunk = (void *)(whole + before);

    chunk->is_mapped = true;
    chunk->cap = HUGE_CHUNK - sizeof(*chunk);
    return chunk;
}

static struct arena_chunk *chunk_new(const struct arena *arena, size_t need)
{
    struct arena_chunk *chunk = NULL;
    size_t cap = chunk_size(arena);

    if (arena->used >= HUGE_FROM && need <= HUGE_CHUNK - sizeof(*chunk))
        chunk = chunk_map();
    if (!chunk) {
        cap = cap < need ? need : cap;
        chunk = mem_new(sizeof(*chunk) + cap);
        chunk->cap = cap;
    }
    return chunk;
}

void *arena_new(struct arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    size_t need = (size + align - 1) / align * align;
    struct arena_chunk *chunk = arena->chunks;

    if (need < size)
        bug_out_of_memory();
    if (!chunk || chunk->cap - chunk->used < need) {
        chunk = chunk_new(arena, need);
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

static void free_chunks(struct arena_chunk *chunk)
{
    for (struct arena_chunk *next; chunk; chunk = next) {
        next = chunk->next;
        if (chunk->is_mapped)
            munmap(chunk, HUGE_CHUNK);
        else
            mem_free(chunk);
    }
}

void arena_release(struct arena *arena)
{
    free_chunks(arena->chunks);
    *arena = (struct arena){ 0 };
}

void arena_clear(struct arena *arena)
{
    struct arena_chunk *kept = arena->chunks;

    if (!kept || kept->is_mapped) {
        arena_release(arena);
        return;
    }
    free_chunks(kept->next);
    memset(kept->data, 0, kept->used);
    kept->next = NULL;
    kept->used = 0;
    *arena = (struct arena){ .chunks = kept };
}
