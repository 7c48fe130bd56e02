// Memory, built with chunks so small that their edges are ordinary.
#include "t.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARENA_CHUNK ((size_t)64)
#include "base/mem.c"

static void new_memory_is_zero(void **state)
{
    char *p = mem_new(1000);

    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
    mem_free(p);
    mem_free(mem_new(0));
    mem_free(NULL);
}

static void a_copy_ends_with_nul(void **state)
{
    char *p = mem_copy("ab\0cd", 5);

    (void)state;
    assert_memory_equal(p, "ab\0cd", 6);
    mem_free(p);
    p = mem_copy(NULL, 0);
    assert_string_equal(p, "");
    mem_free(p);
}

static void arrays_grow_with_their_content(void **state)
{
    int *items = NULL;
    size_t count = 0, cap = 0;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        MEM_GROW(items, count, cap);
        items[count++] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    mem_free(items);
}

static void pieces_of_an_arena_are_apart_aligned_and_zero(void **state)
{
    struct arena arena = { 0 };
    unsigned char *pieces[200];

    (void)state;
    for (size_t i = 0; i < 200; i++) {
        pieces[i] = arena_new(&arena, i);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j < i; j++)
            assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int)i, i);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_equal(pieces[i][j], i);
    assert_true(arena.used >= 199 * 200 / 2);
    arena_release(&arena);
    assert_null(arena.chunks);
    assert_int_equal(arena.used, 0);
    arena_release(&arena);
}

static void a_cleared_arena_hands_out_zeroes_again(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    arena_clear(&arena);
    for (size_t round = 0; round < 5; round++) {
        for (size_t i = 1; i < 100; i++) {
            char *piece = arena_new(&arena, i);

            for (size_t j = 0; j < i; j++)
                assert_int_equal(piece[j], 0);
            memset(piece, 1, i);
        }
        arena_clear(&arena);
        assert_int_equal(arena.used, 0);
    }
    arena_release(&arena);
}

static void an_arena_keeps_copies(void **state)
{
    struct arena arena = { 0 };
    char *one = arena_copy(&arena, "one", 3);
    char *none = arena_copy(&arena, NULL, 0);

    (void)state;
    assert_string_equal(one, "one");
    assert_string_equal(none, "");
    arena_release(&arena);
}

// More than there can be: the message, status 3, and no wrapped-round size.
static void out_of_memory_ends_with_status_3(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        pid_t pid = fork();
        int status;

        if (pid == 0) {
            struct arena arena = { 0 };

            close(STDERR_FILENO);
            if (kind == 0)
                mem_free(mem_resize(NULL, SIZE_MAX / 2, 4));
            else
                mem_free(arena_new(&arena, SIZE_MAX - 2));
            _exit(0);
        }
        waitpid(pid, &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 3);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zero),
        cmocka_unit_test(a_copy_ends_with_nul),
        cmocka_unit_test(arrays_grow_with_their_content),
        cmocka_unit_test(pieces_of_an_arena_are_apart_aligned_and_zero),
        cmocka_unit_test(a_cleared_arena_hands_out_zeroes_again),
        cmocka_unit_test(an_arena_keeps_copies),
        cmocka_unit_test(out_of_memory_ends_with_status_3),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
