// The bytes of a text: read when it is small, mapped when it is large.
// Never lets the program die of a mapped file that is cut short or cannot be read any more: what is
// gone reads as zeros, and fs_text_is_cut tells.
//
// A mapped page that the file no longer has raises SIGBUS when it is touched. The handler puts
// empty pages in the place of what is left of that map and returns; the touch is made again and
// succeeds. Whatever else raises the signal goes to the handler that was there before.
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/fs_call.h"

#define MAP_FROM ((off_t)128 << 10) // bytes; below, reading is as quick and no truncation can hurt
#define MAPS_MAX 64                 // large texts open at once; more of them are read

// What the handler may read. An entry is free when `beg` is 0; `end` is set before `beg`.
static struct {
    atomic_uintptr_t beg, end; // addresses; whole pages
    atomic_bool is_cut;
} maps[MAPS_MAX];
static struct sigaction before;

static void on_bus(int signal, siginfo_t *info, void *context)
{
    uintptr_t at = (uintptr_t)info->si_addr;
    uintptr_t page = at & ~(uintptr_t)(getpagesize() - 1);

    (void)context;
    for (size_t i = 0; i < MAPS_MAX; i++) {
        uintptr_t beg = atomic_load(&maps[i].beg), end = atomic_load(&maps[i].end);

        if (!beg || at < beg || at >= end)
            continue;
        if (mmap((void *)page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
                 0) == MAP_FAILED)
            break;
        atomic_store(&maps[i].is_cut, true);
        return;
    }
    sigaction(signal, &before, NULL); // the touch is made again, and met there
    if (info->si_code <= 0)           // no touch: somebody sent it
        raise(signal);
}

void fs_guard_maps(void)
{
    struct sigaction now, ours;

    memset(&ours, 0, sizeof(ours));
    ours.sa_sigaction = on_bus;
    ours.sa_flags = SA_SIGINFO;
    sigemptyset(&ours.sa_mask);
    if (sigaction(SIGBUS, NULL, &now) ||
        ((now.sa_flags & SA_SIGINFO) && now.sa_sigaction == on_bus))
        return;
    before = now;
    sigaction(SIGBUS, &ours, NULL);
}

static size_t whole_pages(size_t len)
{
    size_t page = (size_t)getpagesize();

    return (len + page - 1) / page * page;
}

// Map the file and put it under guard; NULL: read it instead.
static void *map_guarded(int fd, size_t len)
{
    size_t i = 0;

    while (i < MAPS_MAX && atomic_load(&maps[i].beg))
        i++;
    if (i == MAPS_MAX)
        return NULL;

    void *map = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);

    if (map == MAP_FAILED)
        return NULL;
    fs_guard_maps();
    atomic_store(&maps[i].is_cut, false);
    atomic_store(&maps[i].end, (uintptr_t)map + whole_pages(len));
    atomic_store(&maps[i].beg, (uintptr_t)map);
    return map;
}

static size_t slot_of(const void *map)
{
    size_t i = 0;

    while (i < MAPS_MAX && atomic_load(&maps[i].beg) != (uintptr_t)map)
        i++;
    return i;
}

bool fs_text_open(const char *path, struct fs_text *out, struct err *err)
{
    struct stat st;
    int fd = fs_call_open_regular(path, &st, err);
    bool ok = true;

    *out = (struct fs_text){ 0 };
    if (fd < 0)
        return false;
    if (st.st_size >= MAP_FROM && (uintmax_t)st.st_size <= SIZE_MAX / 2)
        out->map = map_guarded(fd, (size_t)st.st_size);
    if (out->map) {
        out->bytes = sv_of(out->map, (size_t)st.st_size);
    } else {
        ok = fs_call_read_all(fd, (size_t)st.st_size, SIZE_MAX - 1, &out->own);
        out->bytes = buf_sv(&out->own);
        if (!ok) {
            (void)err_set_errno(err, path, "cannot be read");
            fs_text_release(out);
        }
    }
    close(fd);
    return ok;
}

bool fs_text_is_cut(const struct fs_text *text)
{
    size_t i = text->map ? slot_of(text->map) : MAPS_MAX;

    return i < MAPS_MAX && atomic_load(&maps[i].is_cut);
}

void fs_text_release(struct fs_text *text)
{
    size_t i = text->map ? slot_of(text->map) : MAPS_MAX;

    if (i < MAPS_MAX)
        atomic_store(&maps[i].beg, 0);
    if (text->map)
        munmap(text->map, whole_pages(text->bytes.len));
    buf_release(&text->own);
    *text = (struct fs_text){ 0 };
}
