// Threads: what belongs together whoever wrote it and in whatever order the layers come, what is
// open, what is lost of it when records or comments go.
#include "t.h"

#include <string.h>

#include "model/thread.h"

#define LAYERS 3

struct talk {
    struct layer layers[LAYERS]; // ana, ben, eva on one article
    const struct layer *list[LAYERS];
};

static int setup(void **state)
{
    static const char *const names[LAYERS] = { "ana", "ben", "eva" };
    struct talk *talk = mem_new(sizeof(*talk));

    for (size_t i = 0; i < LAYERS; i++) {
        talk->layers[i].head.article = SV("e/a");
        talk->layers[i].head.annotator = sv_from(names[i]);
        talk->list[i] = &talk->layers[i];
    }
    *state = talk;
    return 0;
}

static int teardown(void **state)
{
    struct talk *talk = *state;

    for (size_t i = 0; i < LAYERS; i++)
        layer_release(&talk->layers[i]);
    mem_free(talk);
    return 0;
}

static void claim(struct talk *talk, size_t layer, const char *id, size_t at)
{
    struct arena *arena = &talk->layers[layer].arena;
    struct claim *claim = arena_new(arena, sizeof(*claim));
    struct part *part = arena_new(arena, sizeof(*part));
    const void **parts = arena_new(arena, sizeof(*parts));

    *part = (struct part){ .at = { at, at + 5 }, .quote = SV("words") };
    parts[0] = part;
    *claim = (struct claim){ .id = sv_from(id), .span = { parts, 1 } };
    layer_put(&talk->layers[layer], SECTION_CLAIMS, claim);
}

// Minute `minute` of an hour, "q" a question, "r" resolved, "o" reopened, "m" a remark.
static void say(struct talk *talk, size_t layer, const char *id, const char *about,
                const char *reply_to, char kind, int minute)
{
    struct arena *arena = &talk->layers[layer].arena;
    struct comment *comment = arena_new(arena, sizeof(*comment));
    char time[] = "2026-11-25T10:00:00Z";

    time[14] = (char)('0' + minute / 10);
    time[15] = (char)('0' + minute % 10);
    *comment = (struct comment){
        .id = sv_from(id),
        .about = sv_from(about),
        .reply_to = sv_from(reply_to),
        .kind = kind == 'q'   ? SV("question")
                : kind == 'r' ? SV("resolved")
                : kind == 'o' ? SV("reopened")
                              : SV("remark"),
        .created = sv_copy(arena, sv_from(time)),
    };
    layer_put(&talk->layers[layer], SECTION_COMMENTS, comment);
}

// "about: id id (open)" of each thread.
static void assert_threads(const struct talk *talk, const char *wanted)
{
    static const size_t orders[][LAYERS] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 2, 0 } };

    for (size_t o = 0; o < ARRAY_LEN(orders); o++) {
        const struct layer *list[LAYERS];
        struct threads threads;
        struct buf text = { 0 };

        for (size_t i = 0; i < LAYERS; i++)
            list[i] = talk->list[orders[o][i]];
        threads_find(list, LAYERS, &threads);
        for (size_t i = 0; i < threads.count; i++) {
            const struct thread *thread = &threads.items[i];

            buf_addf(&text, "%s" SV_FMT "/" SV_FMT "%s:", i ? "; " : "",
                     SV_ARG(thread->about.annotator), SV_ARG(thread->about.id),
                     thread->rec ? "" : " gone");
            for (size_t j = 0; j < thread->count; j++)
                buf_addf(&text, " " SV_FMT, SV_ARG(thread->items[j].comment->id));
            buf_add_cstr(&text, thread->is_open ? " open" : " resolved");
        }
        assert_string_equal(buf_cstr(&text), wanted);
        buf_release(&text);
        threads_release(&threads);
    }
}

static void t_answers_of_others_join_the_thread_in_the_order_of_time(void **state)
{
    struct talk *talk = *state;

    claim(talk, 0, "c0000001", 10);
    say(talk, 1, "t0000003", "ana/c0000001", NULL, 'q', 1);
    say(talk, 0, "t0000001", "c0000001", "ben/t0000003", 'm', 5);
    say(talk, 2, "t0000002", "ana/c0000001", "ben/t0000003", 'm', 3);
    say(talk, 1, "t0000004", "ana/c0000001", "ana/t0000001", 'm', 9); // answers an answer
    assert_threads(talk, "ana/c0000001: t0000003 t0000002 t0000001 t0000004 open");
}

static void t_threads_stand_by_place_then_time_and_those_of_gone_records_last(void **state)
{
    struct talk *talk = *state;

    claim(talk, 0, "c0000001", 50);
    claim(talk, 1, "c0000002", 10);
    say(talk, 0, "t0000001", "c0000001", NULL, 'm', 1);
    say(talk, 0, "t0000002", "ben/c0000002", NULL, 'm', 2);
    say(talk, 0, "t0000003", "c0000001", NULL, 'q', 0);
    say(talk, 0, "t0000004", "zoe/c0000009", NULL, 'q', 0);
    say(talk, 0, "t0000005", "ben/c0000008", NULL, 'q', 0);
    assert_threads(talk, "ben/c0000002: t0000002 open; ana/c0000001: t0000003 open; "
                         "ana/c0000001: t0000001 open; ben/c0000008 gone: t0000005 open; "
                         "zoe/c0000009 gone: t0000004 open");
}

static void t_the_last_word_says_whether_it_is_open(void **state)
{
    struct talk *talk = *state;

    claim(talk, 0, "c0000001", 10);
    say(talk, 0, "t0000001", "c0000001", NULL, 'q', 1);
    say(talk, 1, "t0000002", "ana/c0000001", "ana/t0000001", 'r', 2);
    assert_threads(talk, "ana/c0000001: t0000001 t0000002 resolved");
    say(talk, 2, "t0000003", "ana/c0000001", "ana/t0000001", 'm',
        3); // a late remark settles nothing
    assert_threads(talk, "ana/c0000001: t0000001 t0000002 t0000003 resolved");
    say(talk, 2, "t0000004", "ana/c0000001", "ana/t0000001", 'o', 4);
    assert_threads(talk, "ana/c0000001: t0000001 t0000002 t0000003 t0000004 open");
    say(talk, 0, "t0000005", "c0000001", "t0000001", 'r', 5);
    say(talk, 1, "t0000006", "ana/c0000001", "ana/t0000001", 'q', 6); // asked again
    assert_threads(talk,
                   "ana/c0000001: t0000001 t0000002 t0000003 t0000004 t0000005 t0000006 open");
}

static void t_answers_come_behind_what_they_answer_whatever_the_clocks_say(void **state)
{
    struct talk *talk = *state;

    claim(talk, 0, "c0000001", 10);
    say(talk, 0, "t0000009", "c0000001", NULL, 'q', 30);
    say(talk, 1, "t0000008", "ana/c0000001", "ana/t0000009", 'r', 10); // a clock that is behind
    say(talk, 0, "t0000001", "c0000001", "ben/t0000008", 'o', 30);     // within a second
    say(talk, 2, "t0000005", "ana/c0000001", "ana/t0000001", 'm', 31);
    assert_threads(talk, "ana/c0000001: t0000009 t0000008 t0000001 t0000005 open");
}

static void t_no_answer_is_lost_when_what_it_answers_is(void **state)
{
    struct talk *talk = *state;

    claim(talk, 0, "c0000001", 10);
    say(talk, 1, "t0000001", "ana/c0000001", "eva/t0000009", 'm', 1);
    say(talk, 1, "t0000002", "ana/c0000001", "t0000001", 'm', 2);
    assert_threads(talk, "ana/c0000001: t0000001 t0000002 open");
    say(talk, 0, "t0000003", "c0000001", "t0000004", 'm', 3); // a ring
    say(talk, 0, "t0000004", "c0000001", "t0000003", 'm', 4);
    assert_threads(talk, "ana/c0000001: t0000001 t0000002 open; "
                         "ana/c0000001: t0000004 t0000003 open");
}

static void t_open_threads_are_counted_by_record(void **state)
{
    struct talk *talk = *state;
    struct comment_ref about = { SV("ana"), SV("c0000001") }, other = { SV("ben"), SV("c0000001") };
    struct threads threads;

    claim(talk, 0, "c0000001", 10);
    say(talk, 0, "t0000001", "c0000001", NULL, 'q', 1);
    say(talk, 1, "t0000002", "ana/c0000001", NULL, 'q', 2);
    say(talk, 1, "t0000003", "ana/c0000001", "t0000002", 'r', 3);
    threads_find(talk->list, LAYERS, &threads);
    assert_int_equal(threads_open_on(&threads, SV("e/a"), about), 1);
    assert_non_null(threads_on(&threads, SV("e/a"), about, 1));
    assert_null(threads_on(&threads, SV("e/a"), about, 2));
    assert_int_equal(threads_open_on(&threads, SV("e/a"), other), 0);
    assert_int_equal(threads_open_on(&threads, SV("e/b"), about), 0);
    threads_release(&threads);
}

static void t_comments_stand_in_the_order_of_time(void **state)
{
    struct talk *talk = *state;
    const struct layer *layer = &talk->layers[0];
    static const char *const times[] = { "2000-01-01T00:00:00Z", "2026-01-31T00:00:00Z",
                                         "2026-02-01T00:00:00Z", "2026-02-01T00:00:01Z",
                                         "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z" };

    for (size_t i = 1; i < ARRAY_LEN(times); i++) {
        struct comment a = { .created = sv_from(times[i - 1]) };
        struct comment b = { .created = sv_from(times[i]) };

        assert_true(layer_position(layer, SECTION_COMMENTS, &a) <
                    layer_position(layer, SECTION_COMMENTS, &b));
    }
    assert_true(layer_position(layer, SECTION_COMMENTS, &(struct comment){ 0 }) == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(t_answers_of_others_join_the_thread_in_the_order_of_time,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            t_threads_stand_by_place_then_time_and_those_of_gone_records_last, setup, teardown),
        cmocka_unit_test_setup_teardown(t_the_last_word_says_whether_it_is_open, setup, teardown),
        cmocka_unit_test_setup_teardown(
            t_answers_come_behind_what_they_answer_whatever_the_clocks_say, setup, teardown),
        cmocka_unit_test_setup_teardown(t_no_answer_is_lost_when_what_it_answers_is, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(t_open_threads_are_counted_by_record, setup, teardown),
        cmocka_unit_test_setup_teardown(t_comments_stand_in_the_order_of_time, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
