// Times of programs on a terminal: first paint, and from a key to the last byte of its answer.
// Nothing is interpreted: bytes and clock alone, so that it costs next to nothing itself.
//
// usage: ptytime RUNS KEYS COUNT QUIT COMMAND [KEYS COUNT QUIT COMMAND]...
//   KEYS is sent COUNT times, one after the other's answer; QUIT ends it. \n, \e and \x05 stand for
//   themselves; keys in $FIRST are sent once before; the key "resize" stands for a terminal one row
//   lower, then one row higher again. Commands take turns, RUNS times; figures are medians over
//   runs, of keys over all keys. A line each: paint ms, paint bytes, key ms (median, 99th
//   percentile), key bytes (median), processor ms a key (mean), peak memory in kB.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROWS           40
#define COLS           120
#define QUIET_START_MS 150  // no byte for so long: painted
#define QUIET_KEY_MS   30   // no byte for so long: answered
#define QUIET_LONG_MS  1500 // the same for a key sent once: it may echo first and search then
#define SILENT_MS      100  // no byte for so long: the key changes nothing
#define TIMEOUT_MS     10000
#define COMMANDS_MAX   8
#define SAMPLES_MAX    100000

struct samples {
    double values[SAMPLES_MAX];
    size_t count;
};

struct command {
    char keys[64], quit[64];
    const char *line;
    int count;
    struct samples paint, paint_bytes, key, key_bytes, cpu, memory;
};

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void add(struct samples *samples, double value)
{
    if (samples->count < SAMPLES_MAX)
        samples->values[samples->count++] = value;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double percentile(struct samples *samples, double share)
{
    if (!samples->count)
        return 0;
    qsort(samples->values, samples->count, sizeof(double), compare);
    return samples->values[(size_t)((double)(samples->count - 1) * share + 0.5)];
}

// \n \e \xHH to bytes.
static void unescape(const char *text, char *out, size_t size)
{
    size_t used = 0;

    while (*text && used + 1 < size) {
        unsigned value;

        if (*text != '\\') {
            out[used++] = *text++;
        } else if (text[1] == 'x' && sscanf(text + 2, "%2x", &value) == 1) {
            out[used++] = (char)value;
            text += 4;
        } else {
            out[used++] = text[1] == 'n' ? '\n' : text[1] == 'e' ? '\033' : text[1];
            text += text[1] ? 2 : 1;
        }
    }
    out[used] = '\0';
}

static int start(const char *line, pid_t *pid)
{
    struct winsize size = { .ws_row = ROWS, .ws_col = COLS };
    int master = posix_openpt(O_RDWR | O_NOCTTY);

    if (master < 0 || grantpt(master) || unlockpt(master) || ioctl(master, TIOCSWINSZ, &size)) {
        perror("ptytime: pty");
        exit(2);
    }
    *pid = fork();
    if (*pid == 0) {
        setsid();

        int slave = open(ptsname(master), O_RDWR);

        ioctl(slave, TIOCSCTTY, 0);
        dup2(slave, 0);
        dup2(slave, 1);
        dup2(slave, 2);
        close(slave);
        close(master);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    return master;
}

// Processor time of the process so far, ms; 0 where /proc does not tell.
static double cpu_ms(pid_t pid)
{
    unsigned long long ns = 0;
    char path[64];

    snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)pid);

    FILE *file = fopen(path, "r");

    if (file && fscanf(file, "%llu", &ns) != 1)
        ns = 0;
    if (file)
        fclose(file);
    return (double)ns / 1e6;
}

static double peak_kb(pid_t pid)
{
    char line[256];
    double kb = 0;

    snprintf(line, sizeof(line), "/proc/%d/status", (int)pid);

    FILE *file = fopen(line, "r");

    while (file && fgets(line, sizeof(line), file)) {
        if (!strncmp(line, "VmHWM:", 6))
            kb = atof(line + 6);
    }
    if (file)
        fclose(file);
    return kb;
}

// Wait for output: `quiet` ms, and as long again as the program was at work meanwhile.
static bool has_output(int master, pid_t pid, int quiet)
{
    struct pollfd fd = { .fd = master, .events = POLLIN };
    double cpu = cpu_ms(pid), was;

    for (int waited = 0; waited < TIMEOUT_MS; waited += quiet) {
        if (poll(&fd, 1, quiet) > 0)
            return true;
        was = cpu;
        cpu = cpu_ms(pid);
        if (cpu - was < quiet / 10.0)
            return false;
    }
    return false;
}

// Read until nothing comes for `quiet` ms after something did. The time of the last byte in *last.
static size_t answer(int master, pid_t pid, int quiet, double *last)
{
    char bytes[65536];
    size_t total = 0;

    *last = 0;
    while (has_output(master, pid, total ? quiet : TIMEOUT_MS)) {
        ssize_t count = read(master, bytes, sizeof(bytes));

        if (count <= 0)
            break;
        total += (size_t)count;
        *last = now_ms();
    }
    return total;
}

// The keys, or another size of the terminal. false: the program is gone.
static bool send_key(int master, const char *keys, int turn)
{
    struct winsize size = { .ws_row = turn % 2 ? ROWS : ROWS - 1, .ws_col = COLS };

    if (!strcmp(keys, "resize"))
        return !ioctl(master, TIOCSWINSZ, &size);
    return write(master, keys, strlen(keys)) > 0;
}

// A key that changes nothing is silent: it is not waited for longer than this.
static size_t answer_key(int master, pid_t pid, int quiet, double *last)
{
    return has_output(master, pid, SILENT_MS) ? answer(master, pid, quiet, last) : 0;
}

static void run(struct command *command)
{
    pid_t pid;
    double begin = now_ms(), last;
    int master = start(command->line, &pid);
    int quiet = command->count == 1 ? QUIET_LONG_MS : QUIET_KEY_MS;
    size_t bytes = answer(master, pid, QUIET_START_MS, &last);

    add(&command->paint, last - begin);
    add(&command->paint_bytes, (double)bytes);

    if (getenv("FIRST") && write(master, getenv("FIRST"), strlen(getenv("FIRST"))) > 0)
        answer(master, pid, QUIET_START_MS, &last);

    double cpu = cpu_ms(pid);

    for (int i = 0; i < command->count; i++) {
        begin = now_ms();
        if (!send_key(master, command->keys, i))
            break;
        bytes = answer_key(master, pid, quiet, &last);
        if (!bytes)
            continue;
        add(&command->key, last - begin);
        add(&command->key_bytes, (double)bytes);
    }
    if (command->count)
        add(&command->cpu, (cpu_ms(pid) - cpu) / command->count);
    add(&command->memory, peak_kb(pid));
    if (write(master, command->quit, strlen(command->quit)) > 0)
        answer_key(master, pid, QUIET_KEY_MS, &last);
    close(master);
    for (int i = 0; i < 200 && waitpid(pid, NULL, WNOHANG) == 0; i++)
        poll(NULL, 0, 10);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
    static struct command commands[COMMANDS_MAX];
    size_t count = 0;

    for (int i = 2; i + 3 < argc && count < COMMANDS_MAX; i += 4, count++) {
        unescape(argv[i], commands[count].keys, sizeof(commands[count].keys));
        commands[count].count = atoi(argv[i + 1]);
        unescape(argv[i + 2], commands[count].quit, sizeof(commands[count].quit));
        commands[count].line = argv[i + 3];
    }
    if (!count) {
        fprintf(stderr, "usage: ptytime RUNS KEYS COUNT QUIT COMMAND...\n");
        return 2;
    }
    for (int n = atoi(argv[1]); n >= 0; n--) { // the first turn warms up
        for (size_t i = 0; i < count; i++) {
            run(&commands[i]);
            if (n == atoi(argv[1]))
                commands[i].paint.count = commands[i].paint_bytes.count = 0;
        }
    }
    for (size_t i = 0; i < count; i++)
        printf("%.2f %.0f %.2f %.2f %.0f %.3f %.0f\n", percentile(&commands[i].paint, 0.5),
               percentile(&commands[i].paint_bytes, 0.5), percentile(&commands[i].key, 0.5),
               percentile(&commands[i].key, 0.99), percentile(&commands[i].key_bytes, 0.5),
               percentile(&commands[i].cpu, 0.5), percentile(&commands[i].memory, 0.5));
    return 0;
}
