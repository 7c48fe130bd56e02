// Names in a text: what is found, what is not, and which of several.
#include "text/alias.h"

#include "t.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"

// Names are parted by '|'; ';' begins the next owner. Hits are written as "owner:words", '?' for
// an ambiguous one, parted by ' '.
static void find_all(const char *names, struct sv text, struct buf *out)
{
    struct alias_set *set = alias_set_new();
    struct sv owners = sv_from(names), owner, name;
    struct alias_hit hit;
    size_t number = 0, from = 0;

    for (; sv_split(&owners, ';', &owner); number++)
        while (sv_split(&owner, '|', &name))
            alias_set_add(set, name, number);
    for (; alias_set_next(set, text, from, text.len, &hit); from = hit.span.end) {
        assert_true(hit.span.beg >= from && hit.span.end > hit.span.beg);
        buf_addf(out, "%s%zu%s:" SV_FMT, out->len ? " " : "", hit.owner,
                 hit.is_ambiguous ? "?" : "", SV_ARG(sv_sub(text, hit.span.beg, hit.span.end)));
    }
    alias_set_free(set);
}

static void names_are_found_as_a_reader_means_them(void **state)
{
    static const struct {
        const char *names, *text, *hits;
    } cases[] = {
        { "Taliban", "The Taliban said; Taliban's men, TALIBAN.", "0:Taliban 0:Taliban 0:TALIBAN" },
        { "Taliban", "the taliban", "" },
        { "IS", "IS is as IS says. This IS.", "0:IS 0:IS 0:IS" },
        { "police", "Police said the police, POLICE", "0:Police 0:police 0:POLICE" },
        { "Local media", "local media and Local Media", "0:local media 0:Local Media" },
        { "The White House", "the White House, the white house", "0:the White House" },
        { "May", "It may be that May came", "0:May" },
        // the longest; words
        { "Islamic State;Islamic State Khorasan", "Islamic State Khorasan, Islamic State",
          "1:Islamic State Khorasan 0:Islamic State" },
        { "Islamic State Khorasan|State", "Islamic State Korea", "0:State" },
        { "a b c;b", "a b d", "1:b" },
        { "IS", "ISIS, IS-K, IS-led, non-IS, IS_, VIS", "0:IS 0:IS 0:IS" },
        { "IS;IS-K", "IS-K and IS", "1:IS-K 0:IS" },
        { "UN", "UN-backed, U.N., UN2, U\u0301N", "0:UN 0:U\u0301N" },
        { "U.S.", "U.S. and U.S.A.", "0:U.S." },
        { "(AP)", "KABUL (AP) - x(AP)y", "0:(AP) 0:(AP)" },
        // folded as a search folds
        { "Ma'ariv", "in Ma\u2019ariv", "0:Ma\u2019ariv" },
        { "Ma\u2019ariv", "in Ma'ariv", "0:Ma'ariv" },
        { "IS-K", "IS\u2011K", "0:IS\u2011K" },
        { "Erdogan", "Erdo\u011fan", "0:Erdo\u011fan" },
        { "Erdo\u011fan", "Erdogan, Erdog\u0306an", "0:Erdogan 0:Erdog\u0306an" },
        { "Stra\u00dfe", "STRASSE", "0:STRASSE" },
        { "Al Jazeera", "Al\u00a0Jazeera, Al  Jazeera, Al\nJazeera, Al\r\nJazeera",
          "0:Al\u00a0Jazeera 0:Al  Jazeera 0:Al\nJazeera 0:Al\r\nJazeera" },
        { "Al Jazeera", "Al\n\nJazeera, Al          Jazeera", "" },
        { "Al   Jazeera", " Al Jazeera", "0:Al Jazeera" },
        { "  Reuters ", "Reuters", "0:Reuters" },
        { "\u0422\u0430\u043b\u0438\u0431\u0430\u043d",
          "\u0422\u0430\u043b\u0438\u0431\u0430\u043d, "
          "\u0422\u0430\u043b\u0438\u0431\u0430\u043d\u0430",
          "0:\u0422\u0430\u043b\u0438\u0431\u0430\u043d" },
        // scripts without blanks
        { "\u5854\u5229\u73ed", "\u8207\u5854\u5229\u73ed\u8aaa", "0:\u5854\u5229\u73ed" },
        { "\ud0c8\ub808\ubc18", "\ud0c8\ub808\ubc18\uc740", "0:\ud0c8\ub808\ubc18" },
        // several owners
        { "Haqqani;Haqqani", "Haqqani", "0?:Haqqani" },
        { "Haqqani|haqqani;Jalal", "Haqqani, Jalal", "0:Haqqani 1:Jalal" },
        { "Who;WHO", "WHO, Who, who", "1:WHO 0:Who" },
        { "who;who ;Who", "WHO", "0?:WHO" },
        // nothing there
        { "", "text", "" },
        { " | ;x", "  x ", "1:x" },
        { "x", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf hits = { 0 };

        find_all(cases[i].names, sv_from(cases[i].text), &hits);
        if (strcmp(buf_cstr(&hits), cases[i].hits))
            print_message("'%s' in '%s': '%s'\n", cases[i].names, cases[i].text, buf_cstr(&hits));
        assert_string_equal(buf_cstr(&hits), cases[i].hits);
        buf_release(&hits);
    }
}

static void a_range_is_held_and_its_surroundings_seen(void **state)
{
    struct alias_set *set = alias_set_new();
    struct sv text = SV("Ana Ana Anas");
    struct alias_hit hit;

    (void)state;
    assert_int_equal(alias_set_add(set, SV("Ana"), 7), 0);

    assert_true(alias_set_next(set, text, 1, text.len, &hit));
    assert_int_equal(hit.span.beg, 4);
    assert_int_equal(hit.owner, 7);
    assert_false(alias_set_next(set, text, 1, 6, &hit)); // ends behind the range
    assert_true(alias_set_next(set, text, 1, 7, &hit));
    assert_false(alias_set_next(set, text, 8, 11, &hit)); // the word goes on behind the range
    assert_false(alias_set_next(set, text, 5, 99, &hit));
    alias_set_free(set);
    alias_set_free(NULL);
}

static void rivals_are_all_told_once_each(void **state)
{
    static const char *const names[] = { "Guard", "the Guard", "guard", "Guard", "GUARD", "guard" };
    static const size_t owners[] = { 0, 0, 1, 2, 2, 3 };
    struct alias_set *set = alias_set_new();
    struct sv text = SV("guard GUARD x");
    struct alias_hit hit;
    size_t out[8] = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_int_equal(alias_set_add(set, sv_from(names[i]), owners[i]), i);
    assert_int_equal(alias_set_count(set), ARRAY_LEN(names));
    assert_string_equal(alias_set_name(set, 1).ptr, "the Guard");
    assert_int_equal(alias_set_owner(set, 4), 2);

    assert_true(alias_set_next(set, text, 0, text.len, &hit));
    assert_true(hit.is_ambiguous);
    assert_int_equal(alias_set_rivals(set, text, &hit, out, ARRAY_LEN(out)), 2);
    assert_int_equal(out[0], 2);
    assert_int_equal(out[1], 5);
    assert_true(alias_set_next(set, text, hit.span.end, text.len, &hit));
    assert_false(hit.is_ambiguous); // one is written so to the letter
    assert_int_equal(alias_set_rivals(set, text, &hit, out, ARRAY_LEN(out)), 1);
    assert_int_equal(out[0], 4);
    assert_int_equal(alias_set_rivals(set, text, &hit, NULL, 0), 1);
    alias_set_free(set);
}

// Names and texts made to be slow or to run over an edge.
static void hostile_names_and_texts_are_borne(void **state)
{
    struct alias_set *set = alias_set_new();
    struct buf name = { 0 }, text = { 0 };
    struct alias_hit hit;

    (void)state;
    for (size_t i = 0; i < ALIAS_MAX / 2; i++) // a name of ALIAS_MAX, and a text that is almost it
        buf_add_cstr(&name, i ? " a" : "aa");
    for (size_t i = 0; i < 20000; i++)
        buf_add_cstr(&text, i % 98 == 97 ? "b a " : "a ");
    alias_set_add(set, buf_sv(&name), 0);
    assert_false(alias_set_next(set, buf_sv(&text), 0, text.len, &hit));
    assert_true(alias_set_next(set, buf_sv(&name), 0, name.len, &hit));
    assert_int_equal(hit.span.end, name.len);

    buf_add_char(&name, 'a'); // one more: not held
    assert_int_equal(alias_set_add(set, buf_sv(&name), 0), 1);
    assert_false(alias_set_next(set, buf_sv(&name), 0, name.len, &hit));

    alias_set_add(set, SV("\xff\xc3"), 0);
    alias_set_add(set, SV("\u0301"), 0);
    alias_set_add(set, SV("\u00ad"), 0);
    buf_clear(&text);
    buf_add(&text, SV("\xc3\xff\xc3 \x80\xe2\x82 \u0301 \u00ad a\0a \xf0\x9f"));
    for (size_t from = 0; from < text.len; from++)
        while (alias_set_next(set, buf_sv(&text), from, text.len, &hit) && from < hit.span.end)
            from = hit.span.end;

    for (size_t i = 0; i < 5000; i++) // one name of many owners
        alias_set_add(set, SV("zed"), i);
    assert_true(alias_set_next(set, SV("Zed"), 0, 3, &hit));
    assert_int_equal(alias_set_rivals(set, SV("Zed"), &hit, NULL, 0), 5000);
    buf_release(&name);
    buf_release(&text);
    alias_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_as_a_reader_means_them),
        cmocka_unit_test(a_range_is_held_and_its_surroundings_seen),
        cmocka_unit_test(rivals_are_all_told_once_each),
        cmocka_unit_test(hostile_names_and_texts_are_borne),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
