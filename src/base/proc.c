// Running other programs.
// Never hands a path or a text to a shell; never leaves a child behind.
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/env.h"

#define EXIT_SIGNAL 128

// What a child needs of its parent's set-up, taken back before exec. Async-signal-safe calls alone.
static void reset_signals(void)
{
    static const int reset[] = { SIGPIPE, SIGINT, SIGQUIT, SIGTSTP, SIGTTOU, SIGCHLD };
    sigset_t none;

    for (size_t i = 0; i < ARRAY_LEN(reset); i++)
        signal(reset[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// In the child: never returns. The reason of a failure goes through `report`.
NORETURN static void run_child(const char *dir, const char *const *argv, int out, int report)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    reset_signals();
    if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
        dup2(null, STDERR_FILENO) >= 0 && (!dir || !chdir(dir))) {
        union {
            const char *const *in;
            char *const *out;
        } args = { .in = argv }; // execvp changes nothing; its type is older than const

        execvp(argv[0], args.out);
    }

    int reason = errno;

    if (write(report, &reason, sizeof(reason)) < 0)
        _exit(EXIT_SIGNAL);
    _exit(EXIT_SIGNAL - 1);
}

static int wait_for(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return EXIT_SIGNAL;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_SIGNAL + WTERMSIG(status);
}

static void read_pipe(int fd, struct buf *out)
{
    char bytes[4096];

    for (;;) {
        ssize_t got = read(fd, bytes, sizeof(bytes));

        if (got > 0)
            buf_add(out, sv_of(bytes, (size_t)got));
        else if (!got || errno != EINTR)
            return;
    }
}

static void close_pair(const int *pair)
{
    close(pair[0]);
    close(pair[1]);
}

bool proc_output(const char *dir, const char *const *argv, struct buf *out, int *status,
                 struct err *err)
{
    int data[2], report[2];
    struct buf reason = { 0 };

    if (pipe2(data, O_CLOEXEC))
        return err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
    if (pipe2(report, O_CLOEXEC)) {
        (void)err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
        close_pair(data);
        return false;
    }

    pid_t pid = fork();

    if (pid < 0) {
        (void)err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
        close_pair(data);
        close_pair(report);
        return false;
    }
    if (pid == 0)
        run_child(dir, argv, data[1], report[1]);
    close(data[1]);
    close(report[1]);
    read_pipe(report[0], &reason);
    read_pipe(data[0], out);
    close(data[0]);
    close(report[0]);
    *status = wait_for(pid);
    if (reason.len == sizeof(errno)) {
        memcpy(&errno, reason.ptr, sizeof(errno));
        buf_release(&reason);
        return err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
    }
    buf_release(&reason);
    return true;
}

bool proc_edit(const char *path, struct err *err)
{
    const char *editor = env_get("VISUAL") ? env_get("VISUAL") : env_get("EDITOR");
    struct buf command = { 0 };
    void (*old_int)(int), (*old_quit)(int);

    if (!editor)
        editor = "vi";
    buf_addf(&command, "%s \"$@\"", editor);
    old_int = signal(SIGINT, SIG_IGN); // the keys go to the editor, not to us
    old_quit = signal(SIGQUIT, SIG_IGN);

    pid_t pid = fork();

    if (pid == 0) {
        reset_signals();
        execl("/bin/sh", "sh", "-c", buf_cstr(&command), editor, path, (char *)NULL);
        _exit(EXIT_SIGNAL - 1);
    }

    int saved = errno, status = pid < 0 ? 0 : wait_for(pid);

    signal(SIGINT, old_int);
    signal(SIGQUIT, old_quit);
    buf_release(&command);
    errno = saved;
    if (pid < 0)
        return err_set_errno(err, NULL, "cannot run the editor '%s'", editor);
    if (status)
        return err_set(err, E_SYSTEM, ERR_NOWHERE,
                       "the editor '%s' ended with status %d; the text is as it was. "
                       "Set VISUAL or EDITOR to the one you want",
                       editor, status);
    return true;
}
