// The dispute board of open articles, kept from one change to the next.
// Never shows another than model/board.h makes at once.
#include "session/board.h"

#include <string.h>

#include "session/inner.h"

#define STEP_RECORDS 1000

struct shown {
    struct board_base *base; // NULL: not begun
    const struct layer **layers;
    size_t count;
    size_t version; // of the session, when it was begun or brought up to date last
    bool is_whole;
};

void shown_free(struct shown *shown)
{
    if (!shown)
        return;
    board_base_free(shown->base);
    mem_free(shown->layers);
    mem_free(shown);
}

static struct board_input input_of(struct session *session, const struct layer *const *layers,
                                   size_t count)
{
    return (struct board_input){ .layers = layers,
                                 .count = count,
                                 .derived = session_derived(session),
                                 .scheme = session_scheme(session),
                                 .registry = session_registry(session) };
}

static bool is_of(const struct shown *shown, const struct layer *const *layers, size_t count)
{
    return shown && shown->count == count &&
           memcmp(shown->layers, layers, count * sizeof(*layers)) == 0;
}

// What is kept of these layers, not up to date perhaps; a new one otherwise.
static struct shown *shown_get(struct session *session, const struct layer *const *layers,
                               size_t count)
{
    struct shown *shown = session->shown;

    if (is_of(shown, layers, count))
        return shown;
    shown_free(shown);
    session->shown = shown = mem_new(sizeof(*shown));
    shown->layers = (void *)mem_copy((const void *)layers, count * sizeof(*layers));
    shown->count = count;
    return shown;
}

static bool update(const struct session *session, struct shown *shown, const struct board_input *in)
{
    const struct delta *deltas;
    size_t count;

    return shown->is_whole && session_deltas(session, shown->version, &deltas, &count) &&
           board_base_update(shown->base, in, deltas, count);
}

// One step. true: that was the last.
static bool go_on(struct session *session, struct shown *shown, size_t most)
{
    struct board_input in = input_of(session, shown->layers, shown->count);
    size_t version = session_version(session);

    if (!shown->base || (shown->version != version && !update(session, shown, &in))) {
        board_base_free(shown->base);
        shown->base = board_base_begin(&in);
        shown->is_whole = false;
    }
    shown->version = version;
    shown->is_whole = shown->is_whole || board_base_go_on(shown->base, &in, most);
    return shown->is_whole;
}

void session_board(struct session *session, const struct layer *const *layers, size_t count,
                   const struct query *query, enum board_order order, struct board *out)
{
    struct shown *shown = shown_get(session, layers, count);
    struct board_input in = input_of(session, layers, count);

    while (!go_on(session, shown, SIZE_MAX))
        ;
    in.query = query;
    board_view(shown->base, &in, order, out);
}

bool session_is_board_ready(const struct session *session, const struct layer *const *layers,
                            size_t count)
{
    const struct shown *shown = session->shown;

    return is_of(shown, layers, count) && shown->is_whole &&
           shown->version == session_version(session);
}

void session_board_prepare(struct session *session, const struct layer *const *layers, size_t count)
{
    (void)go_on(session, shown_get(session, layers, count), STEP_RECORDS);
}
