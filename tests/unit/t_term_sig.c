// A deadly signal puts the terminal back as it was before the start, whenever it comes.
#include "t.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "term/sig.h"

struct pty {
    int master, slave;
    struct termios modes;
};

static void open_pty(struct pty *pty)
{
    pty->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(pty->master >= 0);
    assert_int_equal(grantpt(pty->master), 0);
    assert_int_equal(unlockpt(pty->master), 0);
    pty->slave = open(ptsname(pty->master), O_RDWR | O_NOCTTY);
    assert_true(pty->slave >= 0);
    assert_int_equal(tcgetattr(pty->slave, &pty->modes), 0);
}

static void close_pty(struct pty *pty)
{
    close(pty->master);
    close(pty->slave);
}

static void set_open_file(bool is_at_once)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);

    fcntl(STDOUT_FILENO, F_SETFL, is_at_once ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

// The program: takes the signals over, spoils the modes, is in the middle of a write, and dies.
_Noreturn static void die_at_work(const struct pty *pty, bool was_at_once)
{
    struct termios raw = pty->modes;
    struct sig_saved saved;
    sigset_t waiting;

    dup2(pty->slave, STDOUT_FILENO);
    set_open_file(was_at_once);
    sig_enter(&pty->modes, &saved, &waiting);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(STDOUT_FILENO, TCSANOW, &raw);
    set_open_file(true);
    raise(SIGABRT);
    _exit(0);
}

static void check_death(bool was_at_once)
{
    struct pty pty;
    struct termios after;
    char screen[512];
    int status;

    open_pty(&pty);

    pid_t pid = fork();

    if (!pid)
        die_at_work(&pty, was_at_once);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);

    bool is_at_once = fcntl(pty.slave, F_GETFL) & O_NONBLOCK;

    assert_int_equal(is_at_once, was_at_once);
    assert_int_equal(tcgetattr(pty.slave, &after), 0);
    assert_int_equal(after.c_lflag, pty.modes.c_lflag);

    ssize_t count = read(pty.master, screen, sizeof(screen) - 1);

    assert_true(count > 0);
    screen[count] = '\0';
    assert_non_null(strstr(screen, "\033[?1049l"));
    close_pty(&pty);
}

static void t_sig_leaves_an_open_file_that_waits(void **state)
{
    (void)state;
    check_death(false);
}

static void t_sig_leaves_an_open_file_that_did_not_wait_before(void **state)
{
    (void)state;
    check_death(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_sig_leaves_an_open_file_that_waits),
        cmocka_unit_test(t_sig_leaves_an_open_file_that_did_not_wait_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
