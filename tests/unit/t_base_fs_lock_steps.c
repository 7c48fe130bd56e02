// Every order in which several processes can make the calls of the lock, within bounds: at most one
// holds it at a time, whoever dies where, and nobody takes away another's.
//
// The processes are contexts of this one, of which one runs at a time; before each call that
// another could notice a schedule says who goes on, or that this one is killed. Schedules are
// counted through like the figures of a number, as stateless model checkers do. Files and flock are
// real; who is alive is not asked of the system.
#include "t.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define VALGRIND_STACK_REGISTER(beg, end) 0
#endif

#include "base/fs.h"
#include "base/owner.h"

#define ACTORS      3
#define CHOICES_MAX 400
#define TRACE_BYTES 8192
#define STACK_BYTES (256 << 10)

enum moment { AT_CALL, AT_SAVE, AT_REST, AT_END };

struct actor {
    ucontext_t context;
    int number, fd; // fd: -1: no lock file is open
    bool is_done, is_killed, is_gone, is_inside;
};

static struct actor actors[ACTORS];
static ucontext_t stage;
static struct actor *me; // NULL: none of them
static char stacks[ACTORS][STACK_BYTES];

// What may happen.
struct bounds {
    int switches, kills, refusals; // of a write
    bool has_no_flock;             // as on some file systems
};

// The schedule, and where it is.
static struct {
    int taken[CHOICES_MAX], options[CHOICES_MAX];
    int len, pos;
    struct bounds left;
    char trace[TRACE_BYTES];
    const char *wrong;
} plan;

// ---- who goes on

static void note(const char *what)
{
    size_t used = strlen(plan.trace);

    snprintf(plan.trace + used, sizeof(plan.trace) - used, " %c:%s", me ? 'A' + me->number : '-',
             what);
}

static void blame(const char *what)
{
    if (!plan.wrong)
        plan.wrong = what;
    note(what);
}

static int choose(int options)
{
    if (options < 2)
        return 0;
    assert_true(plan.pos < CHOICES_MAX);
    if (plan.pos == plan.len) {
        plan.taken[plan.len] = 0;
        plan.options[plan.len++] = options;
    }
    return plan.taken[plan.pos++];
}

// The next schedule; false: that was the last one.
static bool advance(void)
{
    while (plan.len && plan.taken[plan.len - 1] + 1 == plan.options[plan.len - 1])
        plan.len--;
    if (!plan.len)
        return false;
    plan.taken[plan.len - 1]++;
    return true;
}

static void hand_to(struct actor *next)
{
    struct actor *last = me;
    int saved = errno;

    if (next == last)
        return;
    me = next;
    swapcontext(&last->context, next ? &next->context : &stage);
    errno = saved;
}

static void leave(struct actor *actor)
{
    actor->is_gone = true;
    actor->is_inside = false;
    if (actor->fd >= 0)
        close(actor->fd); // and with it what flock holds
    actor->fd = -1;
}

// A process goes on, is switched away from, or is killed. In the midst of its save, and when it has
// ended, any other may go on; asleep it lets the next one go on, or another by a switch.
static void schedule(enum moment moment)
{
    struct actor *next[ACTORS + 1];
    int count = 0, free;

    for (int i = moment == AT_CALL || moment == AT_SAVE ? 0 : 1; i < ACTORS; i++) {
        struct actor *other = &actors[(me->number + i) % ACTORS];

        if (!other->is_done)
            next[count++] = other;
    }
    if (!count && moment == AT_REST)
        next[count++] = me;
    free = moment == AT_CALL || moment == AT_REST ? 1 : count;
    if (!plan.left.switches && count > free)
        count = free;

    bool may_die = moment != AT_END && plan.left.kills;
    int taken = choose(count + may_die);

    if (may_die && taken == count) {
        plan.left.kills--;
        note("KILLED");
        me->is_killed = true;
        leave(me);
        return;
    }
    if (taken >= free)
        plan.left.switches--;
    hand_to(count ? next[taken] : NULL);
}

// Before a call: false: this process is dead and makes none.
static bool step(const char *call)
{
    if (!me)
        return true;
    if (!me->is_killed)
        schedule(AT_CALL);
    if (me->is_killed) {
        errno = EIO;
        return false;
    }
    note(call);
    return true;
}

// ---- the calls of the lock

static int step_open(const char *name, int flags, mode_t mode)
{
    int fd = step(flags & O_CREAT ? "make" : "open") ? open(name, flags, mode) : -1;

    if (me)
        me->fd = fd;
    return fd;
}

static int step_close(int fd)
{
    if (me && me->is_killed)
        return 0;
    if (me)
        me->fd = -1;
    return close(fd);
}

static int step_flock(int fd, int operation)
{
    if (!step(operation & LOCK_UN ? "unflock" : "flock"))
        return -1;
    errno = ENOLCK;
    return plan.left.has_no_flock ? -1 : flock(fd, operation);
}

static int step_lstat(const char *name, struct stat *st)
{
    return step("lstat") ? lstat(name, st) : -1;
}

static int step_fstat(int fd, struct stat *st) // nobody else has a part in it
{
    return me && me->is_killed ? -1 : fstat(fd, st);
}

static ssize_t step_pread(int fd, void *bytes, size_t size, off_t at)
{
    return step("read") ? pread(fd, bytes, size, at) : -1;
}

static int step_ftruncate(int fd, off_t size)
{
    return step("cut") ? ftruncate(fd, size) : -1;
}

static bool step_write_all(int fd, struct sv bytes)
{
    if (!step("write"))
        return false;
    if (me && plan.left.refusals && choose(2)) {
        plan.left.refusals--;
        note("REFUSED");
        errno = ENOSPC;
        return false;
    }
    return write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len;
}

static void step_unlink(const char *name)
{
    if (step("unlink"))
        unlink(name);
}

static int step_sleep(const struct timespec *time, struct timespec *left)
{
    (void)time;
    (void)left;
    if (me && !me->is_killed) {
        note("sleep");
        schedule(AT_REST);
    }
    return 0;
}

static void step_owner_self(struct buf *out)
{
    buf_addf(out, "%c", me ? 'A' + me->number : 'Z');
}

// Only while the file is open does it decide anything.
static enum owner_state step_owner_state(struct sv line, struct sv *host, struct sv *pid)
{
    int number = line.len ? line.ptr[0] - 'A' : -1;

    (void)host;
    (void)pid;
    if (me && me->fd >= 0)
        (void)step("look");
    if (line.len && line.ptr[0] == 'X') // died long ago
        return OWNER_GONE;
    if (number < 0 || number >= ACTORS)
        return OWNER_UNCLEAR;
    return actors[number].is_gone ? OWNER_GONE : OWNER_ALIVE;
}

#define UNCLEAR_MS                  10
#define open(name, flags, mode)     step_open(name, flags, mode)
#define close(fd)                   step_close(fd)
#define flock(fd, operation)        step_flock(fd, operation)
#define lstat(name, st)             step_lstat(name, st)
#define fstat(fd, st)               step_fstat(fd, st)
#define pread(fd, bytes, size, at)  step_pread(fd, bytes, size, at)
#define ftruncate(fd, size)         step_ftruncate(fd, size)
#define fs_call_write_all(fd, text) step_write_all(fd, text)
#define fs_unlink(name)             step_unlink(name)
#define nanosleep(time, left)       step_sleep(time, left)
#define owner_self(out)             step_owner_self(out)
#define owner_state(l, h, p)        step_owner_state(l, h, p)
#include "base/fs_lock.c"
#undef open
#undef close
#undef flock
#undef lstat
#undef fstat
#undef pread
#undef ftruncate
#undef fs_call_write_all
#undef fs_unlink
#undef nanosleep
#undef owner_self
#undef owner_state

// ---- what the processes do, and what must hold

static char folder[64];
static struct buf target, lock_file;
static long schedules;

static bool is_mine(void)
{
    char line[2] = "";
    int fd = open(buf_cstr(&lock_file), O_RDONLY);

    if (fd < 0)
        return false;

    bool is_so = read(fd, line, 1) == 1 && line[0] == 'A' + me->number;

    close(fd);
    return is_so;
}

static void save_under_lock(void)
{
    struct fs_lock lock;
    struct err err = { 0 };

    if (fs_lock(buf_cstr(&target), STEP_MS, &lock, &err) && !me->is_killed) {
        note("IN");
        for (int i = 0; i < ACTORS; i++)
            if (actors[i].is_inside)
                blame("two hold the lock");
        me->is_inside = true;
        schedule(AT_SAVE);
        if (!me->is_killed && !is_mine())
            blame("the lock was taken away");
        me->is_inside = false;
    }
    fs_unlock(&lock);
    err_release(&err);
    if (step("end"))
        leave(me);
}

static void run(void)
{
    save_under_lock();
    me->is_done = true;
    schedule(AT_END);
}

// All are done: whoever comes then gets the lock, and leaves nothing. Without flock it does not
// where one died.
static void come_later(void)
{
    struct fs_lock lock;
    struct err err = { 0 };

    bool may_stay = plan.left.has_no_flock && fs_is_file(buf_cstr(&lock_file));

    if (!fs_lock(buf_cstr(&target), 10 * STEP_MS, &lock, &err) && !may_stay)
        blame("who comes later is shut out");
    fs_unlock(&lock);
    if (fs_is_file(buf_cstr(&lock_file)) && !may_stay)
        blame("a lock stays");
    err_release(&err);
}

static void leave_lock(const char *line)
{
    int fd;

    unlink(buf_cstr(&lock_file));
    if (!line)
        return;
    fd = open(buf_cstr(&lock_file), O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0 && write(fd, line, strlen(line)) == (ssize_t)strlen(line));
    close(fd);
}

static void play(const char *line, const struct bounds *bounds)
{
    leave_lock(line);
    plan.pos = 0;
    plan.left = *bounds;
    plan.trace[0] = '\0';
    plan.wrong = NULL;
    for (int i = 0; i < ACTORS; i++) {
        actors[i] = (struct actor){ .number = i, .fd = -1 };
        getcontext(&actors[i].context);
        actors[i].context.uc_stack = (stack_t){ .ss_sp = stacks[i], .ss_size = STACK_BYTES };
        makecontext(&actors[i].context, run, 0);
    }
    me = &actors[0];
    swapcontext(&stage, &me->context);
    come_later();
    schedules++;
    if (plan.wrong)
        fail_msg("%s, after '%s':%s", plan.wrong, line ? line : "no lock", plan.trace);
}

static void play_all(struct bounds bounds)
{
    static const char *const left[] = { NULL, "X", "", "?" };

    for (size_t i = 0; i < ARRAY_LEN(left); i++) {
        plan.len = 0;
        do
            play(left[i], &bounds);
        while (advance());
    }
}

static int make_dir(void **state)
{
    (void)state;
    for (int i = 0; i < ACTORS; i++) // or it takes going from one to another for growth of one
        (void)VALGRIND_STACK_REGISTER(stacks[i], stacks[i] + STACK_BYTES);
    strcpy(folder,
           "/dev/shm/t_base_fs-XXXXXX"); // in memory where there is such a place: much is made here
    if (!mkdtemp(folder)) {
        strcpy(folder, "/tmp/t_base_fs-XXXXXX");
        if (!mkdtemp(folder))
            return -1;
    }
    fs_join(&target, folder, "file");
    fs_join(&lock_file, folder, "file.lock");
    return 0;
}

static int drop_dir(void **state)
{
    (void)state;
    unlink(buf_cstr(&lock_file));
    buf_release(&target);
    buf_release(&lock_file);
    return rmdir(folder);
}

// LOCK_BOUNDS='SWITCHES KILLS REFUSALS NO_FLOCK' looks elsewhere, or further: for minutes.
static void one_at_a_time_whoever_is_switched_or_killed_where(void **state)
{
    const char *wanted = getenv("LOCK_BOUNDS");
    struct bounds bounds = { 0 };
    int no_flock = 0;

    (void)state;
    if (wanted) {
        assert_int_equal(sscanf(wanted, "%d %d %d %d", &bounds.switches, &bounds.kills,
                                &bounds.refusals, &no_flock),
                         4);
        bounds.has_no_flock = no_flock;
        play_all(bounds);
        print_message("%ld schedules\n", schedules);
        return;
    }
    play_all((struct bounds){ .switches = 1 });
    play_all((struct bounds){ .kills = 1 });
    play_all((struct bounds){ .refusals = 1 });
    play_all((struct bounds){ .switches = 1, .has_no_flock = true });
    play_all((struct bounds){ .kills = 1, .has_no_flock = true });
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_at_a_time_whoever_is_switched_or_killed_where, make_dir,
                                        drop_dir),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
