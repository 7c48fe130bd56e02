// A workspace in a temporary folder for tests of store/ and session/: files in, files out.
#ifndef SPACE_H
#define SPACE_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "t.h"

#include "base/fs.h"
#include "store/workspace.h"

#define SPACE_BLAST "ev/blast"
#define SPACE_FALL  "ev/fall"
#define SPACE_BLAST_TEXT                                                                           \
    "Khalil Haqqani died in Kabul, local media said.\n\n"                                          \
    "Five others died too, the government confirmed. Nobody was named.\n"                          \
    "\xE2\x80\x9CIt was us,\xE2\x80\x9D IS wrote later.\n"
#define SPACE_FALL_TEXT "Six more people died beside him. The minister was shot, some said.\n"

struct space {
    char dir[64];
    char path[256]; // of the last space_path
    struct workspace ws;
    struct findings findings;
};

static inline int space_drop_entry(const char *path, const struct stat *st, int type,
                                   struct FTW *walk)
{
    (void)st, (void)type, (void)walk;
    return remove(path);
}

// Absolute path of a file of the workspace; valid until the next call.
static inline const char *space_path(struct space *space, const char *rel)
{
    snprintf(space->path, sizeof(space->path), "%s/%s", space->dir, rel);
    return space->path;
}

static inline void space_write(struct space *space, const char *rel, const char *text)
{
    struct err err = { 0 };

    if (!fs_replace(space_path(space, rel), sv_from(text), &err))
        fail_msg("%s", buf_cstr(&err.text));
}

// Content of a file, owned by the caller; "" when there is none.
static inline char *space_read(struct space *space, const char *rel)
{
    struct buf bytes = { 0 };
    struct err err = { 0 };

    if (!fs_is_file(space_path(space, rel)))
        return mem_copy("", 0);
    if (!fs_read(space->path, SIZE_MAX, &bytes, &err))
        fail_msg("%s", buf_cstr(&err.text));

    char *copy = mem_copy(bytes.ptr, bytes.len);

    buf_release(&bytes);
    return copy;
}

static inline bool space_has(struct space *space, const char *rel, const char *text)
{
    char *bytes = space_read(space, rel);
    bool found = strstr(bytes, text) != NULL;

    mem_free(bytes);
    return found;
}

static inline void space_open(struct space *space)
{
    struct err err = { 0 };

    workspace_release(&space->ws);
    if (!workspace_open(space->dir, &space->ws, &space->findings, &err))
        fail_msg("%s", buf_cstr(&err.text));
}

// True when a finding with this code says `text`.
static inline bool space_found(const struct findings *findings, enum err_code code,
                               const char *text)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct err *err = &findings->items[i].err;

        if (err->code == code && strstr(buf_cstr(&err->text), text))
            return true;
    }
    return false;
}

// Empty folder, nothing in it.
static inline int space_setup_bare(void **state)
{
    struct space *space = mem_new(sizeof(*space));

    // In memory where there is such a place: thousands of saves, each synced, are slow on a busy disk.
    snprintf(space->dir, sizeof(space->dir), "%s/gainsay-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    *state = space;
    setenv("GAINSAY_NOW", "2026-11-22T03:10:00Z", 1);
    setenv("GAINSAY_SEED", "1", 1);
    return mkdtemp(space->dir) && !setenv("GAINSAY_STATE", space_path(space, "state"), 1) ? 0 : -1;
}

// Two articles of one event, an empty registry, opened.
static inline int space_setup(void **state)
{
    if (space_setup_bare(state) != 0)
        return -1;

    struct space *space = *state;

    space_write(space, "corpus/" SPACE_BLAST ".txt", SPACE_BLAST_TEXT);
    space_write(space, "corpus/" SPACE_FALL ".txt", SPACE_FALL_TEXT);
    space_write(space, "annotations/sources.yaml",
                "gainsay: 1\n"
                "sources:\n\n"
                "- id: government\n  name: Afghan interim government\n  kind: government\n"
                "  aliases: [the government]\n\n"
                "- id: is\n  name: Islamic State\n  aliases: [IS]\n\n"
                "- id: local-media\n  name: local media\n");
    space_open(space);
    return 0;
}

static inline int space_teardown(void **state)
{
    struct space *space = *state;

    workspace_release(&space->ws);
    findings_release(&space->findings);
    nftw(space->dir, space_drop_entry, 16, FTW_DEPTH | FTW_PHYS);
    mem_free(space);
    return 0;
}

// Where `needle` stands in `text` first.
static inline struct byte_span space_span(struct sv text, const char *needle)
{
    size_t at = sv_find(text, sv_from(needle), 0);

    assert_true(at < text.len);
    return (struct byte_span){ at, at + strlen(needle) };
}

#endif
