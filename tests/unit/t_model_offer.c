// What could stand at the cursor of a query.
#include <string.h>

#include "t.h"

#include "model/offer.h"

#include "model_world.h"

#define BLAST "haqqani-2024/kabul-blast"
#define FALL  "fall-of-haqqani"

static int setup(void **state)
{
    world_setup(state);

    struct world *world = *state;

    world_layer(world, BLAST, "one two three four");
    world_source(world, "islamic-state", (struct source){ .name = SV("Islamic State") });
    world_source(world, "iskp", (struct source){ .name = SV("Khorasan branch") });
    world_claim(
        world, 0, "c00000a1", 0, 3,
        (struct claim){ .type = SV("motive"),
                        .topic = SV("the dead"),
                        .attributed_to = world_list(world, world_voice(world, "iskp", NULL)) });
    world_claim(world, 0, "c00000a2", 4, 7,
                (struct claim){ .type = SV("motive"), .topic = SV("deaths") });
    world_claim(world, 0, "c00000a3", 8, 9, (struct claim){ .topic = SV("a \"b\"") });
    return 0;
}

static void count(void *ctx, struct tally *tally)
{
    struct world *world = ctx;
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    struct query_ctx where = { .derived = derived, .registry = &world->registry };
    const struct layer *layer = world->list[0];

    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++)
        tally_add(tally, &where, layer, layer->sections[SECTION_CLAIMS].items[i], NULL);
    derive_free(derived);
}

// "BEG: word hint; word hint; ", of the query `text` with the cursor at its end.
static void offer(struct world *world, const char *text, bool has_help, struct buf *out)
{
    static const struct saved_query toll = { .id = { "toll", 4 }, .query = { "linked", 6 } };
    static const void *const items[] = { &toll };
    static const struct rec_list saved = { items, 1 };
    struct sv articles[] = { SV(FALL), SV(BLAST) }, annotators[] = { SV("ana"), SV("ben") };
    struct buf lines = { 0 };
    struct sv rest, line;

    buf_clear(out);
    buf_addf(out, "%zu: ",
             query_offer(&(struct offer_input){ .scheme = scheme_builtin(),
                                                .registry = &world->registry,
                                                .saved = &saved,
                                                .articles = { articles, 2 },
                                                .annotators = { annotators, 2 },
                                                .count = count,
                                                .ctx = world,
                                                .has_help = has_help },
                         sv_from(text), strlen(text), &lines));
    for (rest = buf_sv(&lines); sv_split(&rest, '\n', &line) && line.len;)
        buf_addf(out, SV_FMT "; ", SV_ARG(line));
    buf_release(&lines);
}

static void t_what_is_offered(void **state)
{
    static const struct {
        const char *text, *offered;
        bool has_help;
    } cases[] = {
        { "ty", "0: type:; ", false },
        { "ty", "0: type:\twhat kind of claim it is; ", true },
        { "linked (no", "8: note:; not; ", false },
        { "un", "0: unsourced; unsure; ", false },
        { "@", "0: @toll; ", false },
        { "not @t", "4: @toll\tlinked; ", true },
        { "type:m", "5: motive\t2; ", false },
        { "type:p", "5: place; prediction; ", false },
        { "type:event,p", "11: place; prediction; ", false },
        { "source:", "7: iskp\t1; islamic-state; ", false },
        { "source:is", "7: iskp\t1; islamic-state\tIslamic State; ", true },
        { "topic:", "6: deaths\t1; \"the dead\"\t1; ", false },
        { "topic:the", "6: \"the dead\"\t1; ", false },
        { "topic:\"the d", "6: \"the dead\"\t1; ", false },
        { "topic:\"the dead\",", "17: deaths\t1; \"the dead\"\t1; ", false },
        { "\"two words\" sil", "12: silent; ", false },
        { "by:", "3: ana\t3; ben; ", false },
        { "article:f", "8: " FALL "; ", false },
        { "event:", "6: haqqani-2024\t3; ", false },
        { "other:", "6: " FALL "; " BLAST "; ", false },
        { "note:", "5: ", false },
        { "xyzzy", "0: ", false },
        { "xyzzy:", "0: ", false },
    };
    struct buf got = { 0 };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        offer(*state, cases[i].text, cases[i].has_help, &got);
        assert_string_equal(buf_cstr(&got), cases[i].offered);
    }
    buf_release(&got);
}

// What is offered can be parsed where it stands.
static void t_every_offer_can_be_asked(void **state)
{
    static const char *const beginnings[] = { "type:", "topic:", "source:", "by:", "event:" };
    struct buf lines = { 0 };

    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
        struct sv rest, line;

        offer(*state, beginnings[i], false, &lines);
        rest = sv_sub(buf_sv(&lines), 3, lines.len);
        while (sv_split(&rest, ';', &line) && sv_trim(line).len) {
            size_t tab = sv_find(line, SV("\t"), 0);
            struct buf text = { 0 };
            struct query *query = NULL;
            struct err err = { 0 };

            buf_addf(&text, "%s" SV_FMT, beginnings[i],
                     SV_ARG(sv_trim(sv_sub(line, 0, tab == SIZE_MAX ? line.len : tab))));
            assert_true(query_parse(buf_sv(&text), NULL, &query, &err));
            query_free(query);
            buf_release(&text);
        }
    }
    buf_release(&lines);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORLD(t_what_is_offered),
        WITH_WORLD(t_every_offer_can_be_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
