// Claims counted by what they have: combinations, several values, order, refusals.
#include <string.h>

#include "t.h"

#include "model/tally.h"

#include "model_world.h"

#define BLAST "haqqani-2024/kabul-blast"
#define FALL  "haqqani-2024/fall-of-haqqani"

static struct rec_list chain(struct world *world, const char *source, const char *act,
                             const char *cited, const char *cited_act)
{
    struct voice *voice = world_voice(world, source, act);

    voice->citing = cited ? world_voice(world, cited, cited_act) : NULL;
    return world_list(world, voice);
}

static int setup(void **state)
{
    world_setup(state);

    struct world *world = *state;

    world_layer(world, BLAST, "one two three four");
    world_layer(world, FALL, "one two three four");
    world_source(world, "islamic-state",
                 (struct source){ .merged = world_strs(world, "isis"), .kind = SV("armed-group") });
    world_claim(world, 0, "c00000a1", 0, 3,
                (struct claim){ .type = SV("quantity"),
                                .topic = SV("deaths"),
                                .attributed_to = chain(world, "un", "reports", "isis", "claims"),
                                .tags = world_strs(world, "x y"),
                                .created = SV("2026-11-01T12:30:00Z") });
    world_claim(world, 0, "c00000a2", 4, 7,
                (struct claim){ .type = SV("event"),
                                .attributed_to =
                                    chain(world, "isis", "claims", "islamic-state", "claims") });
    world_claim(world, 1, "c00000b1", 0, 3,
                (struct claim){ .type = SV("quantity"), .topic = SV("Deaths") });
    world_link(world, 0, "l00000x1", "c00000a1", FALL, "c00000b1", "differs")->point = SV("number");
    world_link(world, 0, "l00000x2", "c00000a1", FALL, NULL, "omits");
    return 0;
}

// "2 un/reports; 1 -/-": the rows; then "of N", with "+" when one counts in several.
static void count(struct world *world, const char *keys, bool of_voices, struct buf *out)
{
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    struct query_ctx ctx = { .derived = derived, .registry = &world->registry };
    struct err err = { 0 };
    struct tally tally;

    assert_true(tally_init(&tally, sv_from(keys), &err));
    for (size_t l = 0; l < world->count; l++)
        for (size_t i = 0; i < world->list[l]->sections[SECTION_CLAIMS].count; i++) {
            const struct claim *claim = world->list[l]->sections[SECTION_CLAIMS].items[i];

            if (!of_voices)
                tally_add(&tally, &ctx, world->list[l], claim, NULL);
            for (size_t v = 0; of_voices && v < claim->attributed_to.count; v++)
                for (const struct voice *voice = claim->attributed_to.items[v]; voice;
                     voice = voice->citing)
                    tally_add(&tally, &ctx, world->list[l], claim, voice);
        }
    tally_finish(&tally);
    for (size_t i = 0; i < tally.row_count; i++) {
        buf_addf(out, "%zu ", tally.rows[i].count);
        for (size_t k = 0; k < tally.key_count; k++)
            buf_addf(out, "%s" SV_FMT, k ? "/" : "",
                     SV_ARG(tally.rows[i].values[k].len ? tally.rows[i].values[k] : SV("-")));
        buf_add_cstr(out, "; ");
    }
    buf_addf(out, "of %zu%s", tally.added, tally.is_many ? "+" : "");
    tally_release(&tally);
    derive_free(derived);
}

static void t_claims_are_counted_by_their_values(void **state)
{
    static const struct {
        const char *keys, *rows;
        bool of_voices;
    } cases[] = {
        { "type", "2 quantity; 1 event; of 3", false },
        { "topic", "2 deaths; 1 -; of 3", false },
        { "type,article", "1 event/" BLAST "; 1 quantity/" FALL "; 1 quantity/" BLAST "; of 3",
          false },
        { "source", "2 islamic-state; 1 -; 1 un; of 3+", false },
        { "source,act", "2 islamic-state/claims; 1 -/-; 1 un/reports; of 3+", false },
        { " source , kind ", "2 islamic-state/armed-group; 1 -/-; 1 un/-; of 3+", false },
        { "source,act", "3 islamic-state/claims; 1 un/reports; of 4", true },
        { "link,point", "2 differs/number; 1 -/-; 1 omits/-; of 3+", false },
        { "tag", "2 -; 1 x; 1 y; of 3+", false },
        { "tag,source",
          "1 -/-; 1 -/islamic-state; 1 x/islamic-state; 1 x/un; 1 y/islamic-state; "
          "1 y/un; of 3+",
          false },
        { "disputed", "2 yes; 1 no; of 3", false },
        { "created", "2 -; 1 2026-11-01; of 3", false },
        { "event,by", "3 haqqani-2024/ana; of 3", false },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf got = { 0 };

        count(*state, cases[i].keys, cases[i].of_voices, &got);
        assert_string_equal(buf_cstr(&got), cases[i].rows);
        buf_release(&got);
    }
}

static void t_what_nothing_can_be_counted_by_is_refused(void **state)
{
    static const char *const refused[] = { "", "nothing", "type,", "note", "id", "voices", "a,b" };
    (void)state;

    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        struct err err = { 0 };
        struct tally tally;

        assert_false(tally_init(&tally, sv_from(refused[i]), &err));
        assert_int_equal(err.code, E_USAGE);
        assert_true(sv_find(buf_sv(&err.text), SV("there are article, event, by, type"), 0) !=
                    SIZE_MAX);
        tally_release(&tally);
        err_release(&err);
    }
}

static void t_too_many_keys_are_refused(void **state)
{
    struct err err = { 0 };
    struct tally tally;
    (void)state;

    assert_false(tally_init(&tally, SV("type,type,type,type,type,type,type,type,type"), &err));
    assert_int_equal(err.code, E_USAGE);
    tally_release(&tally);
    err_release(&err);
}

static void t_nothing_added_gives_no_rows(void **state)
{
    struct err err = { 0 };
    struct tally tally;
    (void)state;

    assert_true(tally_init(&tally, SV("type"), &err));
    tally_finish(&tally);
    assert_int_equal(tally.row_count, 0);
    tally_release(&tally);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORLD(t_claims_are_counted_by_their_values),
        cmocka_unit_test(t_what_nothing_can_be_counted_by_is_refused),
        cmocka_unit_test(t_too_many_keys_are_refused),
        cmocka_unit_test(t_nothing_added_gives_no_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
