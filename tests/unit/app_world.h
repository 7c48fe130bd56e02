// A reader on a workspace of its own in the temporary folder: two short articles of one event; keys
// in, rows of the screen out.
#ifndef APP_WORLD_H
#define APP_WORLD_H

#include "t.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/proc.h"
#include "session/verbs.h"
#include "tui/app.h"

struct app_world {
    char dir[32];
    struct workspace ws;
    struct session *session;
    struct reading *a, *b;
    struct app *app;
    struct grid grid;
    struct buf row; // the screen drawn last, as text
};

#ifndef WORLD_A // a test may bring texts of its own
#define WORLD_A                                                                                    \
    "A blast in the port\n\nFive people died in the blast, local media said. The ministry "        \
    "confirmed the number.\n\nThe league claimed the attack. Nobody saw it come.\n"
#define WORLD_B                                                                                    \
    "The port after the fire\n\nSix people were dead by night. A fire broke out in the port.\n\n"  \
    "The mayor denies that it was an attack.\n"
#endif

static inline void world_write(const char *dir, const char *name, const char *text)
{
    struct buf path = { 0 };
    struct err err = { 0 };

    fs_join(&path, dir, name);
    assert_true(fs_replace(buf_cstr(&path), sv_from(text), &err));
    buf_release(&path);
}

static inline int app_world_setup(void **state)
{
    struct app_world *world = mem_new(sizeof(*world));
    struct findings findings = { 0 };
    struct err err = { 0 };

    setlocale(LC_CTYPE, "C.UTF-8");
    memcpy(world->dir, "/tmp/gainsay-XXXXXX", sizeof("/tmp/gainsay-XXXXXX"));
    if (!mkdtemp(world->dir))
        return -1;
    setenv("GAINSAY_STATE", world->dir, 1);
    setenv("GAINSAY_NOW", "2026-11-22T03:10:00Z", 1);
    setenv("GAINSAY_SEED", "7", 1);
    world_write(world->dir, "corpus/e/a.txt", WORLD_A);
    world_write(world->dir, "corpus/e/b.txt", WORLD_B);
#ifdef WORLD_C // a third article of the event
    world_write(world->dir, "corpus/e/c.txt", WORLD_C);
#endif
    world_write(world->dir, "annotations/sources.yaml", "gainsay: 1\nsources:\n");
    if (!workspace_open(world->dir, &world->ws, &findings, &err) ||
        !session_new(&world->ws, SV("ana"), &world->session, &err) ||
        !session_open(world->session, SV("e/a"), &world->a, &err) ||
        !session_open(world->session, SV("e/b"), &world->b, &err))
        return -1;
    world->app = app_new(world->session, world->a, world->b, 0, 0);
    grid_init(&world->grid, 24, 80);
    findings_release(&findings);
    *state = world;
    return 0;
}

static inline int app_world_teardown(void **state)
{
    struct app_world *world = *state;
    const char *argv[] = { "rm", "-rf", world->dir, NULL };
    struct buf out = { 0 };
    struct err err = { 0 };
    int status = 1;
    bool ran;

    app_free(world->app);
    session_free(world->session);
    workspace_release(&world->ws);
    grid_release(&world->grid);
    ran = proc_output(NULL, argv, &out, &status, &err);
    buf_release(&out);
    buf_release(&world->row);
    mem_free(world);
    return ran && status == 0 ? 0 : -1;
}

// Another sitting, of ben's: e/a in view, and an e/b of more than `bytes` of text. Both
// are to be freed by the caller.
static inline struct app *long_app(struct app_world *world, size_t bytes, struct session **session)
{
    struct buf text = { 0 };
    struct err err = { 0 };
    struct reading *reading;

    while (text.len <= bytes)
        buf_add_cstr(&text,
                     "Six people died in the blast in the port, the mayor of the town said.\n");
    world_write(world->dir, "corpus/e/b.txt", buf_cstr(&text));
    buf_release(&text);
    assert_true(session_new(&world->ws, SV("ben"), session, &err));
    assert_true(session_open(*session, SV("e/a"), &reading, &err));
    return app_new(*session, reading, NULL, 30, 0);
}

// Press keys as commands.def writes them; blanks between them are passed over.
static inline void press(struct app_world *world, const char *keys)
{
    struct sv rest = sv_from(keys);

    while (rest.len) {
        struct event event = { .type = EVENT_KEY };

        if (*rest.ptr == ' ') {
            rest = sv_sub(rest, 1, rest.len);
            continue;
        }
        assert_true(key_parse(&rest, &event.key));
        app_event(world->app, &event);
    }
    if (app_wants_rest(world->app))
        app_event(world->app, &(struct event){ .type = EVENT_REST });
}

// Every character a key, and no rest.
static inline void type_to(struct app *app, const char *text)
{
    for (; *text; text++)
        app_event(app, &(struct event){ .type = EVENT_KEY, .key = *text == '\n' ? 13 : *text });
}

static inline void type_text(struct app_world *world, const char *text)
{
    type_to(world->app, text);
}

// Put the cursor of the view with the focus on the first place of `words`.
static inline void at(struct app_world *world, const char *words)
{
    struct view *view = app_view(world->app);
    size_t pos = sv_find(article_bytes(view->reading->article), sv_from(words), 0);

    assert_int_not_equal(pos, SIZE_MAX);
    view_show(view, pos);
}

// The whole screen as one text.
static inline struct sv screen(struct app_world *world)
{
    app_draw(world->app, &world->grid);
    buf_clear(&world->row);
    for (int row = 0; row < world->grid.rows; row++) {
        grid_row_text(&world->grid, row, &world->row);
        buf_add_char(&world->row, '\n');
    }
    return buf_sv(&world->row);
}

static inline bool shows(struct app_world *world, const char *text)
{
    return sv_find(screen(world), sv_from(text), 0) != SIZE_MAX;
}

static inline void assert_message(struct app_world *world, const char *text)
{
    assert_string_equal(buf_cstr(&world->app->message), text);
}

static inline size_t claim_count(const struct reading *reading)
{
    return reading->file.layer.sections[SECTION_CLAIMS].count;
}

static inline const struct claim *claim_at(const struct reading *reading, size_t index)
{
    assert_true(index < claim_count(reading));
    return reading->file.layer.sections[SECTION_CLAIMS].items[index];
}

static inline const struct voice *voice_at(const struct claim *claim, size_t index)
{
    assert_true(index < claim->attributed_to.count);
    return claim->attributed_to.items[index];
}

static inline void assert_sv(struct sv s, const char *text)
{
    assert_true(sv_eq_cstr(s, text));
}

#endif
