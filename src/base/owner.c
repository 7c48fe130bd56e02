// The process behind a lock or a temporary file.
// Never takes a process for dead that it cannot see.
#include "base/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"

// Fields of /proc/PID/stat, counted behind the name in brackets: 3 and 22 of proc(5).
#define STATE_FIELD 1
#define START_FIELD 20
// The kernel's number of the space that is no container (PROC_PID_INIT_INO).
#define PID_SPACE_OF_MACHINE "4026531836"

struct owner {
    struct sv host, pid, boot, start;
};

// First `max` bytes of a small file of /proc; nothing when it cannot be read.
static void read_proc(const char *path, struct buf *out)
{
    char bytes[1024];
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return;

    ssize_t len = read(fd, bytes, sizeof(bytes));

    if (len > 0)
        buf_add(out, sv_of(bytes, (size_t)len));
    close(fd);
}

// Where processes are counted apart (a container), a number from outside means another process
// here, or none: such a place is told from the machine, and from others on it, as if it were a
// machine itself.
static void add_pid_space(struct buf *out)
{
    char link[64];
    ssize_t len = readlink("/proc/self/ns/pid", link, sizeof(link)); // pid:[NUMBER]
    struct sv rest = sv_of(link, len > 0 ? (size_t)len : 0), number = { 0 };

    if (!sv_split(&rest, '[', &number) || !sv_split(&rest, ']', &number) ||
        sv_eq_cstr(number, PID_SPACE_OF_MACHINE))
        return;
    buf_add_char(out, ':');
    buf_add(out, number);
}

static void add_host(struct buf *out)
{
    char name[256] = "";
    bool is_told = !gethostname(name, sizeof(name) - 1) && name[0];

    for (const char *p = is_told ? name : "-"; *p; p++)
        buf_add_char(out, *p > ' ' && *p < 0x7f ? *p : '_');
    add_pid_space(out);
}

static void add_boot(struct buf *out)
{
    struct buf id = { 0 };

    read_proc("/proc/sys/kernel/random/boot_id", &id);
    buf_add(out, id.len ? sv_trim(buf_sv(&id)) : SV("-"));
    buf_release(&id);
}

// The name of a program stands in brackets and may hold anything: count from the last one on.
static void add_stat(struct buf *out, const char *pid, int number)
{
    struct buf path = { 0 }, stat = { 0 };
    struct sv field = { 0 };

    buf_addf(&path, "/proc/%s/stat", pid);
    read_proc(buf_cstr(&path), &stat);

    const char *end = stat.len ? strrchr(buf_cstr(&stat), ')') : NULL;
    struct sv rest = sv_from(end ? end + 1 : NULL);

    for (int i = 0; i <= number; i++)
        if (!sv_split(&rest, ' ', &field))
            break;
    buf_add(out, rest.ptr && field.len ? field : SV("-"));
    buf_release(&path);
    buf_release(&stat);
}

static bool parse(struct sv line, struct owner *out)
{
    struct sv *fields[] = { &out->host, &out->pid, &out->boot, &out->start };

    line = sv_trim(line);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (!sv_split(&line, ' ', fields[i]) || !fields[i]->len)
            return false;
    for (size_t i = 0; i < out->pid.len; i++)
        if (out->pid.ptr[i] < '0' || out->pid.ptr[i] > '9')
            return false;
    return out->pid.len < 10 && sv_is_absent(line);
}

// True when both are told and differ.
static bool differs(struct sv a, struct sv b)
{
    return !sv_eq_cstr(a, "-") && !sv_eq_cstr(b, "-") && !sv_eq(a, b);
}

static bool is_running(const struct owner *owner)
{
    struct buf pid = { 0 }, start = { 0 }, state = { 0 };
    long number = 0;

    for (size_t i = 0; i < owner->pid.len; i++)
        number = number * 10 + (owner->pid.ptr[i] - '0');

    bool runs = number > 0 && (kill((pid_t)number, 0) == 0 || errno != ESRCH);

    buf_addf(&pid, "%ld", number);
    add_stat(&start, buf_cstr(&pid), START_FIELD);
    add_stat(&state, buf_cstr(&pid), STATE_FIELD);
    if (differs(owner->start, buf_sv(&start)) || sv_eq_cstr(buf_sv(&state), "Z"))
        runs = false; // a zombie writes no more
    buf_release(&pid);
    buf_release(&state);
    buf_release(&start);
    return runs;
}

void owner_self(struct buf *out)
{
    char pid[32];

    snprintf(pid, sizeof(pid), "%ld", (long)getpid());
    add_host(out);
    buf_addf(out, " %s ", pid);
    add_boot(out);
    buf_add_char(out, ' ');
    add_stat(out, pid, START_FIELD);
}

enum owner_state owner_state(struct sv line, struct sv *host, struct sv *pid)
{
    struct buf self_line = { 0 };
    struct owner owner, self;
    enum owner_state state = OWNER_ALIVE;

    if (!parse(line, &owner))
        return OWNER_UNCLEAR;
    if (host)
        *host = owner.host;
    if (pid)
        *pid = owner.pid;
    owner_self(&self_line);
    if (!parse(buf_sv(&self_line), &self) || !sv_eq(owner.host, self.host))
        state = OWNER_FOREIGN;
    else if (differs(owner.boot, self.boot) || !is_running(&owner))
        state = OWNER_GONE;
    buf_release(&self_line);
    return state;
}
