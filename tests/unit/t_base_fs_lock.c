// The lock of one save, and whose it is.
#include "fs_dir.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/owner.h"

#define WRITERS 4
#define ROUNDS  25

static struct fs_dir dir;
static struct err err;

static int make_dir(void **state)
{
    (void)state;
    return fs_dir_make(&dir, "file.lock");
}

static int drop_dir(void **state)
{
    (void)state;
    err_release(&err);
    return fs_dir_drop(&dir);
}

static void leave_lock(const char *line)
{
    assert_true(fs_replace(buf_cstr(&dir.beside), sv_from(line), &err));
}

static void a_lock_is_held_until_it_is_given_back(void **state)
{
    struct fs_lock lock, second;
    struct buf line = { 0 };

    (void)state;
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    assert_true(fs_read(buf_cstr(&dir.beside), 1000, &line, &err));
    assert_int_equal(owner_state(buf_sv(&line), NULL, NULL), OWNER_ALIVE);
    assert_false(fs_lock(buf_cstr(&dir.path), 30, &second, &err));
    assert_int_equal(err.code, E_LOCKED);
    assert_non_null(strstr(buf_cstr(&err.text), "file.lock"));
    fs_unlock(&second);
    fs_unlock(&lock);
    assert_false(fs_is_file(buf_cstr(&dir.beside)));
    fs_unlock(&lock);
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    fs_unlock(&lock);
    buf_release(&line);
}

// Somebody removed it by hand, and another has it now.
static void a_lock_that_became_another_s_is_left_alone(void **state)
{
    struct fs_lock lock;

    (void)state;
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    fs_unlink(buf_cstr(&dir.beside));
    leave_lock("elsewhere.example 4711 0-0 99\n");
    fs_unlock(&lock);
    assert_true(fs_is_file(buf_cstr(&dir.beside)));
    fs_unlink(buf_cstr(&dir.beside));
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    fs_unlink(buf_cstr(&dir.beside));
    fs_unlock(&lock);
}

static void a_lock_of_the_dead_is_taken_over(void **state)
{
    struct fs_lock lock;

    (void)state;

    pid_t pid = fork();

    if (pid == 0) {
        if (!fs_lock(buf_cstr(&dir.path), 0, &lock, &err))
            _exit(1);
        raise(SIGKILL);
    }

    int status;

    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_true(fs_is_file(buf_cstr(&dir.beside)));
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    fs_unlock(&lock);
    assert_false(fs_is_file(buf_cstr(&dir.beside)));
}

static void a_lock_of_an_earlier_boot_or_a_reused_pid_is_taken_over(void **state)
{
    struct fs_lock lock;
    struct buf self = { 0 }, line = { 0 };
    struct sv rest, host, pid, boot;

    (void)state;
    owner_self(&self);
    rest = buf_sv(&self);
    assert_true(sv_split(&rest, ' ', &host) && sv_split(&rest, ' ', &pid));
    assert_true(sv_split(&rest, ' ', &boot));
    if (sv_eq_cstr(boot, "-") || sv_eq_cstr(rest, "-"))
        skip();
    buf_addf(&line, SV_FMT " " SV_FMT " another-boot " SV_FMT "\n", SV_ARG(host), SV_ARG(pid),
             SV_ARG(rest));
    leave_lock(buf_cstr(&line));
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    fs_unlock(&lock);
    buf_clear(&line);
    buf_addf(&line, SV_FMT " " SV_FMT " " SV_FMT " 1\n", SV_ARG(host), SV_ARG(pid), SV_ARG(boot));
    leave_lock(buf_cstr(&line));
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    fs_unlock(&lock);
    buf_release(&self);
    buf_release(&line);
}

static void a_lock_of_another_machine_is_waited_for_and_named(void **state)
{
    struct fs_lock lock;

    (void)state;
    leave_lock("elsewhere.example 4711 0-0 99\n");
    assert_false(fs_lock(buf_cstr(&dir.path), 20, &lock, &err));
    assert_int_equal(err.code, E_LOCKED);
    assert_non_null(strstr(buf_cstr(&err.text), "process 4711 on 'elsewhere.example'"));
}

#ifdef CLONE_NEWPID
#define NOT_ALLOWED 77

// A container shares the files and the name of its machine, but not the numbers of processes.
static void a_lock_from_outside_a_container_is_waited_for(void **state)
{
    struct fs_lock lock, second;
    int status;

    (void)state;
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    if (!fork()) {
        if (unshare(CLONE_NEWPID) && unshare(CLONE_NEWUSER | CLONE_NEWPID))
            _exit(NOT_ALLOWED);
        if (!fork())
            _exit(fs_lock(buf_cstr(&dir.path), 20, &second, &err) ? 1
                  : err.code == E_LOCKED                          ? 0
                                                                  : 2);
        wait(&status);
        _exit(WEXITSTATUS(status));
    }
    wait(&status);
    fs_unlock(&lock);
    if (WEXITSTATUS(status) == NOT_ALLOWED)
        skip();
    assert_int_equal(status, 0);
}
#endif

static void a_lock_that_names_nobody_is_taken_over_after_a_while(void **state)
{
    static const struct sv left[] = { { "", 0 }, { "\0\0\0\0", 4 }, { "garbage", 7 } };
    struct fs_lock lock;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(left); i++) {
        assert_true(fs_replace(buf_cstr(&dir.beside), left[i], &err));
        assert_false(fs_lock(buf_cstr(&dir.path), 50, &lock, &err));
        assert_true(fs_lock(buf_cstr(&dir.path), 2000, &lock, &err));
        fs_unlock(&lock);
    }
    leave_lock("");
    fs_sweep(buf_cstr(&dir.path));
    assert_false(fs_is_file(buf_cstr(&dir.beside)));
}

// Several writers add one to a number, each under the lock, some dying with it: no addition is
// lost.
static void only_one_writer_at_a_time(void **state)
{
    struct buf bytes = { 0 };

    (void)state;
    assert_true(fs_replace(buf_cstr(&dir.path), SV("0"), &err));
    for (int w = 0; w < WRITERS; w++) {
        if (fork())
            continue;
        for (int i = 0; i < ROUNDS; i++) {
            struct fs_lock lock;
            char text[32];

            buf_clear(&bytes);
            if (!fs_lock(buf_cstr(&dir.path), 20000, &lock, &err) ||
                !fs_read(buf_cstr(&dir.path), 100, &bytes, &err))
                _exit(1);
            snprintf(text, sizeof(text), "%ld", strtol(buf_cstr(&bytes), NULL, 10) + 1);
            if (!fs_replace(buf_cstr(&dir.path), sv_from(text), &err))
                _exit(1);
            if (i < ROUNDS - 1)
                fs_unlock(&lock); // the last one is left to be taken over
        }
        _exit(0);
    }
    for (int w = 0; w < WRITERS; w++) {
        int status = 1;

        wait(&status);
        assert_int_equal(status, 0);
    }
    assert_true(fs_read(buf_cstr(&dir.path), 100, &bytes, &err));
    assert_int_equal(strtol(buf_cstr(&bytes), NULL, 10), WRITERS * ROUNDS);
    buf_release(&bytes);
}

static void a_sweep_takes_locks_of_the_dead_alone(void **state)
{
    struct fs_lock lock;
    struct buf self = { 0 }, dead = { 0 };
    struct sv host = { 0 }, pid = { 0 };

    (void)state;
    assert_true(fs_lock(buf_cstr(&dir.path), 0, &lock, &err));
    fs_sweep(buf_cstr(&dir.path));
    assert_true(fs_is_file(buf_cstr(&dir.beside)));
    fs_unlock(&lock);
    leave_lock("elsewhere.example 4711 0-0 99\n");
    fs_sweep(buf_cstr(&dir.path));
    assert_true(fs_is_file(buf_cstr(&dir.beside)));
    owner_self(&self);
    (void)owner_state(buf_sv(&self), &host, &pid);
    buf_addf(&dead, SV_FMT " " SV_FMT " another-boot 1\n", SV_ARG(host), SV_ARG(pid));
    leave_lock(buf_cstr(&dead));
    fs_sweep(buf_cstr(&dir.path));
    assert_false(fs_is_file(buf_cstr(&dir.beside)));
    fs_sweep("/no/such/folder/at/all");
    buf_release(&self);
    buf_release(&dead);
}

static void an_owner_is_read_from_its_line_alone(void **state)
{
    static const char *const unclear[] = {
        "", "x", "host pid boot 1", "host 1 boot", "host 1 boot start more", "host 12345678901 b s"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(unclear); i++)
        assert_int_equal(owner_state(sv_from(unclear[i]), NULL, NULL), OWNER_UNCLEAR);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_dir, drop_dir)
        TEST(a_lock_is_held_until_it_is_given_back),
        TEST(a_lock_that_became_another_s_is_left_alone),
        TEST(a_lock_of_the_dead_is_taken_over),
        TEST(a_lock_of_an_earlier_boot_or_a_reused_pid_is_taken_over),
        TEST(a_lock_of_another_machine_is_waited_for_and_named),
#ifdef CLONE_NEWPID
        TEST(a_lock_from_outside_a_container_is_waited_for),
#endif
        TEST(a_lock_that_names_nobody_is_taken_over_after_a_while),
        TEST(only_one_writer_at_a_time),
        TEST(a_sweep_takes_locks_of_the_dead_alone),
        TEST(an_owner_is_read_from_its_line_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
