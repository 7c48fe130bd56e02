// Any bytes from a terminal, into a sitting on two small articles: the screen is whole after each
// event, and what was saved can be read again. Two bytes stand for what no byte is: 0x1c a new
// size, 0x1e a rest.
#include "fuzz.h"

#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "session/session.h"
#include "term/keys.h"
#include "tui/app.h"

#define BYTES_MAX 512
#define LAYER_A   "annotations/ana/e/a.yaml"
#define LAYER_B   "annotations/ana/e/b.yaml"
#define SOURCES   "annotations/sources.yaml"

static const char text_a[] =
    "A blast in the port\n\nFive people died in the blast, local media said. The ministry "
    "\xE2\x80\x9C"
    "confirmed\xE2\x80\x9D the number \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9.\n\n"
    "The league claimed the attack. Nobody saw it come.\n";
static const char text_b[] =
    "The port\n\nSix people were dead by night. The mayor denies that it was an "
    "attack.\n\xD8\xA7\xD9\x84 caf\xC3\xA9 \xFF\x1b[31m\n";

struct world {
    char dir[40];
    struct workspace ws;
    struct session *session;
    struct app *app;
    struct grid grid;
};

static void put_file(const struct world *world, const char *name, const char *text)
{
    struct buf path = { 0 };
    struct err err = { 0 };

    fs_join(&path, world->dir, name);
    MUST(fs_replace(buf_cstr(&path), sv_from(text), &err));
    buf_release(&path);
}

static void drop_file(const struct world *world, const char *name)
{
    struct buf path = { 0 };

    fs_join(&path, world->dir, name);
    fs_unlink(buf_cstr(&path));
    buf_release(&path);
}

static void make_folder(struct world *world)
{
    const char *where = fs_is_dir("/dev/shm") ? "/dev/shm" : "/tmp";
    struct findings findings = { 0 };
    struct err err = { 0 };

    setlocale(LC_CTYPE, "C.UTF-8");
    snprintf(world->dir, sizeof(world->dir), "%s/gainsay-fuzz-XXXXXX", where);
    MUST(mkdtemp(world->dir));
    setenv("GAINSAY_STATE", world->dir, 1);
    setenv("GAINSAY_NOW", "2026-11-22T03:10:00Z", 1);
    setenv("GAINSAY_SEED", "7", 1);
    put_file(world, "corpus/e/a.txt", text_a);
    put_file(world, "corpus/e/b.txt", text_b);
    put_file(world, SOURCES, "gainsay: 1\nsources:\n");
    MUST(workspace_open(world->dir, &world->ws, &findings, &err));
    findings_release(&findings);
}

static struct world *the_world(void)
{
    static struct world world;

    if (!world.dir[0])
        make_folder(&world);
    return &world;
}

static void begin(struct world *world)
{
    struct reading *a, *b;
    struct err err = { 0 };

    drop_file(world, LAYER_A);
    drop_file(world, LAYER_B);
    put_file(world, SOURCES, "gainsay: 1\nsources:\n");
    MUST(session_new(&world->ws, SV("ana"), &world->session, &err));
    MUST(session_open(world->session, SV("e/a"), &a, &err));
    MUST(session_open(world->session, SV("e/b"), &b, &err));
    world->app = app_new(world->session, a, b, 0, 0);
    grid_init(&world->grid, 24, 80);
}

static void check_screen(struct world *world)
{
    struct grid *grid = &world->grid;

    app_draw(world->app, grid);
    for (int i = 0; i < grid->rows * grid->cols; i++)
        must_be_visible(sv_from(grid->cells[i].text));
    if (grid->is_cursor_visible) {
        MUST(grid->cursor_row >= 0 && grid->cursor_row < grid->rows);
        MUST(grid->cursor_col >= 0 && grid->cursor_col < grid->cols);
    }
}

static void hand_on(struct world *world, const struct event *event)
{
    struct buf text = { 0 };

    app_event(world->app, event);
    if (app_request(world->app, &text) == REQUEST_EDIT)
        app_edit_done(world->app, true, SV("edited \x01 text\n"));
    buf_release(&text);
    check_screen(world);
}

// Does the byte at *at stand for what no byte is? Moves *at behind it.
static bool hand_on_special(struct world *world, struct sv bytes, size_t *at)
{
    struct event event = { .type = EVENT_REST };

    if (bytes.ptr[*at] == 0x1c && *at + 2 < bytes.len) {
        event.type = EVENT_RESIZE;
        event.rows = (unsigned char)bytes.ptr[*at + 1] % 60;
        event.cols = (unsigned char)bytes.ptr[*at + 2] % 200;
        grid_release(&world->grid);
        grid_init(&world->grid, event.rows, event.cols);
        *at += 2;
    } else if (bytes.ptr[*at] != 0x1e) {
        return false;
    }
    ++*at;
    hand_on(world, &event);
    return true;
}

static void play(struct world *world, struct sv bytes)
{
    struct keys keys = { 0 };
    struct event event;

    for (size_t at = 0; at < bytes.len;) {
        if (hand_on_special(world, bytes, &at))
            continue;
        keys_feed(&keys, sv_sub(bytes, at, at + 1));
        at++;
        while (keys_next(&keys, false, &event))
            hand_on(world, &event);
    }
    while (keys_next(&keys, true, &event))
        hand_on(world, &event);
    keys_release(&keys);
}

static void check_files(struct world *world)
{
    static const char *const articles[] = { "e/a", "e/b" };
    struct findings findings = { 0 };
    struct registry_file registry = { 0 };
    struct err err = { 0 };

    for (size_t i = 0; i < 2; i++) {
        struct layer_file file = { 0 };

        MUST(layer_file_load(&world->ws, SV("ana"), sv_from(articles[i]), &file, &findings, &err));
        layer_file_release(&file);
    }
    MUST(registry_file_load(&world->ws, &registry, &findings, &err));
    registry_file_release(&registry);
    MUST(findings.count == 0);
    findings_release(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct world *world = the_world();

    if (size > BYTES_MAX)
        return 0;
    begin(world);
    play(world, sv_of((const char *)data, size));
    app_free(world->app);
    session_free(world->session);
    grid_release(&world->grid);
    check_files(world);
    return 0;
}
