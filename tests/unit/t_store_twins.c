// Names that some file systems take for one: 200 pairs that are, and as many that are not.
#include "t.h"

#include "store/twins.h"

// Two spellings of a name on such a file system, by the first way it is written.
static const struct {
    const char *one, *other;
} twins[] = {
    { "blast", "Blast" },
    { "blast", "BLAST" },
    { "blast", "blast." },
    { "blast", "blast.. ." },
    { "blast", "BLAST." },
    { "b.l", "B.L" },
    { "2024-05-01", "2024-05-01." },
    { "caf\xC3\xA9", "cafe\xCC\x81" },              // precomposed and not
    { "caf\xC3\xA9", "CAFE\xCC\x81" },              // and in capitals
    { "\xC3\x84rger", "a\xCC\x88rger" },            // A diaeresis
    { "\xC3\xBC", "\xC3\x9C." },                    // u diaeresis
    { "\xE2\x84\xAB", "a\xCC\x8A" },                // angstrom sign, a ring
    { "\xE1\xBA\xAD", "a\xCC\xA3\xCC\x82" },        // two marks
    { "a\xCC\x82\xCC\xA3", "a\xCC\xA3\xCC\x82" },   // in either order
    { "\xEA\xB0\x80", "\xE1\x84\x80\xE1\x85\xA1" }, // a Hangul syllable and its letters
    { "\xCE\xA3", "\xCF\x82" },                     // sigma, final sigma
    { "\xD0\x9A\xD0\xB8\xD0\xB5\xD0\xB2", "\xD0\xBA\xD0\xB8\xD0\xB5\xD0\xB2" }, // Cyrillic
    { "stra\xC3\x9F"
      "e",
      "STRASSE" },
    { "\xE3\x81\x8C", "\xE3\x81\x8B\xE3\x82\x99" }, // kana with its voicing
    { "\xE2\x84\xA6", "\xCF\x89" },                 // ohm sign, omega
};

static const char *const others[] = { "blasts", "ev-blast", "cafe", "arger", "strase" };

// Where in a path the name stands.
static const char *const places[] = {
    "%s",      "ev/%s",  "%s/text", "a/b/%s",    "ev/%s/text",
    "2024/%s", "%s/a/b", "x y/%s",  "ev/x.%s/a", "\xC3\xA9/%s",
};

static void fill(struct buf *out, const char *place, const char *name)
{
    struct sv form = sv_from(place);
    size_t at = sv_find(form, SV("%s"), 0);

    buf_clear(out);
    buf_add(out, sv_sub(form, 0, at));
    buf_add_cstr(out, name);
    buf_add(out, sv_sub(form, at + 2, form.len));
}

static void two_hundred_pairs_are_twins(void **state)
{
    struct buf one = { 0 }, other = { 0 };
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(twins); i++) {
        for (size_t j = 0; j < ARRAY_LEN(places); j++, count++) {
            fill(&one, places[j], twins[i].one);
            fill(&other, places[j], twins[i].other);
            if (!name_is_twin(buf_sv(&one), buf_sv(&other)) ||
                !name_is_twin(buf_sv(&other), buf_sv(&one)))
                fail_msg("'%s' and '%s' are twins", buf_cstr(&one), buf_cstr(&other));
            assert_false(name_is_twin(buf_sv(&one), buf_sv(&one)));
        }
    }
    assert_int_equal(count, 200);
    buf_release(&one);
    buf_release(&other);
}

static void other_names_are_not(void **state)
{
    struct buf one = { 0 }, other = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(twins); i++) {
        for (size_t j = 0; j < ARRAY_LEN(others); j++) {
            fill(&one, "ev/%s", twins[i].one);
            fill(&other, "ev/%s", others[j]);
            if (name_is_twin(buf_sv(&one), buf_sv(&other)))
                fail_msg("'%s' and '%s' are no twins", buf_cstr(&one), buf_cstr(&other));
        }
    }
    assert_false(name_is_twin(SV("ev/a"), SV("ev/b")));
    assert_false(name_is_twin(SV("a/x"), SV("b/x")));
    assert_false(name_is_twin(SV("a\xff"), SV("a\xfe")));
    buf_release(&one);
    buf_release(&other);
}

static void note(void *ctx, const char *path, const char *other)
{
    buf_addf(ctx, "%s=%s ", other, path);
}

static void each_twin_is_named_once(void **state)
{
    static const struct {
        const char *paths[6];
        const char *named;
    } cases[] = {
        { { "ev/a", "ev/b" }, "" },
        { { "EV/a", "ev/a", "ev/b" }, "EV=ev " }, // the folders: what lies in them follows
        { { "ev/A", "ev/a", "ev/a." }, "ev/A=ev/a ev/a=ev/a. " },
        { { "a", "b/a", "c/A" }, "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fs_names names = { 0 };
        struct buf named = { 0 };

        for (size_t j = 0; j < 6 && cases[i].paths[j]; j++) {
            MEM_GROW(names.items, names.count, names.cap);
            names.items[names.count++] =
                mem_copy(cases[i].paths[j], sv_from(cases[i].paths[j]).len);
        }
        name_each_twin(&names, note, &named);
        assert_string_equal(buf_cstr(&named), cases[i].named);
        fs_names_release(&names);
        buf_release(&named);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_hundred_pairs_are_twins),
        cmocka_unit_test(other_names_are_not),
        cmocka_unit_test(each_twin_is_named_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
