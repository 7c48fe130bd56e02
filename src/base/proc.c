// Running other programs.
// Never hands a path or a text to a shell; never leaves a child behind.
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/env.h"
#include "base/mem.h"

#define EXIT_SIGNAL 128
#define PIPE_BYTES  65536 // what a pipe holds: with less each side waits for the other

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

// Replace the child's streams: `in` to read (-1: nothing), `out` to write, no messages.
static bool redirect(int in, int out)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    return null >= 0 && dup2(in < 0 ? null : in, STDIN_FILENO) >= 0 &&
           dup2(out, STDOUT_FILENO) >= 0 && dup2(null, STDERR_FILENO) >= 0;
}

// In the child: never returns. The reason of a failure goes through `report`.
//   in, out  for its standard streams; out -1: they stay as they are
NORETURN static void run_child(const char *dir, const char *const *argv, int in, int out,
                               int report)
{
    reset_signals();
    if ((out < 0 || redirect(in, out)) && (!dir || !chdir(dir))) {
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

// Start a program; -1 when it cannot be. `in` and `out` as in run_child; they stay open here.
static pid_t start(const char *dir, const char *const *argv, int in, int out, struct err *err)
{
    struct buf reason = { 0 };
    int report[2];
    pid_t pid;

    if (pipe2(report, O_CLOEXEC)) {
        (void)err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
        return -1;
    }
    pid = fork();
    if (pid == 0)
        run_child(dir, argv, in, out, report[1]);
    if (pid < 0)
        (void)err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
    close(report[1]);
    read_pipe(report[0], &reason); // empty as soon as it runs
    close(report[0]);
    if (pid > 0 && reason.len == sizeof(errno)) {
        (void)wait_for(pid);
        memcpy(&errno, reason.ptr, sizeof(errno));
        (void)err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
        pid = -1;
    }
    buf_release(&reason);
    return pid;
}

// Run a program; its standard output goes to `out` unless that is NULL.
static bool run(const char *dir, const char *const *argv, struct buf *out, int *status,
                struct err *err)
{
    int data[2] = { -1, -1 };
    pid_t pid;

    if (out && pipe2(data, O_CLOEXEC))
        return err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
    pid = start(dir, argv, -1, data[1], err);
    if (out)
        close(data[1]);
    if (out && pid > 0)
        read_pipe(data[0], out);
    if (out)
        close(data[0]);
    if (pid < 0)
        return false;
    *status = wait_for(pid);
    return true;
}

// Feed `text` to a program that may leave before it has read all: false then.
static bool feed(int fd, struct sv text)
{
    void (*old_pipe)(int) = signal(SIGPIPE, SIG_IGN);

    while (text.len) {
        ssize_t done = write(fd, text.ptr, text.len);

        if (done > 0)
            text = sv_sub(text, (size_t)done, text.len);
        else if (done == 0 || errno != EINTR)
            break;
    }
    signal(SIGPIPE, old_pipe);
    return text.len == 0;
}

bool proc_talk(const char *dir, const char *const *argv, struct proc_talk *out, struct err *err)
{
    int to[2], from[2];

    *out = (struct proc_talk){ 0 };
    if (pipe2(to, O_CLOEXEC))
        return err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
    if (pipe2(from, O_CLOEXEC)) {
        (void)err_set_errno(err, NULL, "cannot run '%s'", argv[0]);
        close_pair(to);
        return false;
    }

    pid_t pid = start(dir, argv, to[0], from[1], err);

    close(to[0]);
    close(from[1]);
    if (pid < 0) {
        close(to[1]);
        close(from[0]);
        return false;
    }
    out->pid = (int)pid;
    out->to = to[1];
    out->from = from[0];
    return true;
}

bool proc_say(struct proc_talk *talk, struct sv text)
{
    return feed(talk->to, text);
}

// More of what it says; false: that was all.
static bool listen_on(struct proc_talk *talk)
{
    char bytes[PIPE_BYTES];
    ssize_t got;

    do
        got = read(talk->from, bytes, sizeof(bytes));
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return false;
    if (talk->at == talk->heard.len) {
        buf_clear(&talk->heard);
        talk->at = 0;
    }
    buf_add(&talk->heard, sv_of(bytes, (size_t)got));
    return true;
}

bool proc_hear(struct proc_talk *talk, size_t count, struct buf *out)
{
    while (count) {
        struct sv ready = sv_sub(buf_sv(&talk->heard), talk->at, talk->heard.len);

        if (ready.len > count)
            ready.len = count;
        buf_add(out, ready);
        talk->at += ready.len;
        count -= ready.len;
        if (count && !listen_on(talk))
            return false;
    }
    return true;
}

bool proc_hear_line(struct proc_talk *talk, struct buf *out)
{
    for (;;) {
        struct sv ready = sv_sub(buf_sv(&talk->heard), talk->at, talk->heard.len);
        size_t end = sv_find(ready, SV("\n"), 0);

        if (end < ready.len) {
            buf_add(out, sv_sub(ready, 0, end));
            talk->at += end + 1;
            return true;
        }
        if (!listen_on(talk))
            return false;
    }
}

void proc_talk_end(struct proc_talk *talk)
{
    if (!talk->pid)
        return;
    close(talk->to);
    close(talk->from);
    wait_for((pid_t)talk->pid);
    buf_release(&talk->heard);
    *talk = (struct proc_talk){ 0 };
}

bool proc_output(const char *dir, const char *const *argv, struct buf *out, int *status,
                 struct err *err)
{
    return run(dir, argv, out, status, err);
}

bool proc_run(const char *const *argv, int *status, struct err *err)
{
    return run(NULL, argv, NULL, status, err);
}

// Does the command say more than words: is it in the language of a shell?
static bool needs_shell(const char *command)
{
    size_t first = strcspn(command, " ");

    return command[strcspn(command, "|&;<>()$`\\\"'\t\n*?[]{}#~!")] ||
           strcspn(command, "=") < first; // a variable set for the command
}

static void add_word(char ***argv, size_t *count, size_t *cap, struct sv word)
{
    MEM_GROW(*argv, *count, *cap);
    (*argv)[(*count)++] = sv_is_absent(word) ? NULL : mem_copy(word.ptr, word.len);
}

// The user's command as an argument vector, `operand` (NULL: none) its last. Words alone are run as
// they are; what a shell must read goes to one, as git does, and the operand as an argument of it.
static char **user_argv(const char *command, const char *operand)
{
    struct sv rest = sv_from(command), word;
    char **argv = NULL;
    size_t count = 0, cap = 0;

    if (needs_shell(command)) {
        struct buf script = { 0 };

        buf_addf(&script, "%s%s", command, operand ? " \"$@\"" : "");
        add_word(&argv, &count, &cap, SV("/bin/sh"));
        add_word(&argv, &count, &cap, SV("-c"));
        add_word(&argv, &count, &cap, buf_sv(&script));
        add_word(&argv, &count, &cap, sv_from(command)); // $0
        buf_release(&script);
    } else {
        while (sv_split(&rest, ' ', &word))
            if (word.len)
                add_word(&argv, &count, &cap, word);
    }
    if (operand)
        add_word(&argv, &count, &cap, sv_from(operand));
    add_word(&argv, &count, &cap, (struct sv){ 0 });
    return argv;
}

static void free_argv(char **argv)
{
    for (size_t i = 0; argv[i]; i++)
        mem_free(argv[i]);
    mem_free((void *)argv);
}

// In the child: never returns.
NORETURN static void exec_user(char *const *argv)
{
    if (argv[0])
        execvp(argv[0], argv);
    _exit(EXIT_SIGNAL - 1);
}

bool proc_page(struct sv text)
{
    const char *pager = getenv("PAGER"); // set and empty: no pager
    int pipe_ends[2];

    if (pager && (!*pager || !strcmp(pager, "cat")))
        return false;
    if (pipe2(pipe_ends, O_CLOEXEC))
        return false;

    char **argv = user_argv(pager ? pager : "less", NULL);
    void (*old_int)(int) = signal(SIGINT, SIG_IGN); // the key is the pager's
    pid_t pid = fork();

    if (pid == 0) {
        reset_signals();
        setenv("LESS", "FRX", 0);
        if (dup2(pipe_ends[0], STDIN_FILENO) >= 0)
            exec_user(argv);
        _exit(EXIT_SIGNAL - 1);
    }
    free_argv(argv);
    close(pipe_ends[0]);
    if (pid > 0)
        (void)feed(pipe_ends[1], text);
    close(pipe_ends[1]);

    int status = pid > 0 ? wait_for(pid) : EXIT_SIGNAL - 1;

    signal(SIGINT, old_int);
    return status != EXIT_SIGNAL - 1 && status != EXIT_SIGNAL - 2; // 127, 126: there is none
}

bool proc_edit(const char *path, struct err *err)
{
    const char *editor = env_get("VISUAL") ? env_get("VISUAL") : env_get("EDITOR");
    void (*old_int)(int), (*old_quit)(int);

    if (!editor)
        editor = "vi";

    char **argv = user_argv(editor, path);

    old_int = signal(SIGINT, SIG_IGN); // the keys go to the editor, not to us
    old_quit = signal(SIGQUIT, SIG_IGN);

    pid_t pid = fork();

    if (pid == 0) {
        reset_signals();
        exec_user(argv);
    }

    int saved = errno, status = pid < 0 ? 0 : wait_for(pid);

    signal(SIGINT, old_int);
    signal(SIGQUIT, old_quit);
    free_argv(argv);
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
