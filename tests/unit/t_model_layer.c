// Records of a layer: kept in order, found by id, never moved in memory; ids; read ranges.
#include <stdio.h>
#include <string.h>

#include "t.h"

#include "model/layer.h"

#include "model_make.h"

struct fixture {
    struct layer layer;
    struct made made;
};

static int fixture_setup(void **state)
{
    struct fixture *f = mem_new(sizeof(*f));

    f->made.seed = 0x2545f4914f6cdd1dU;
    *state = f;
    return 0;
}

static int fixture_teardown(void **state)
{
    struct fixture *f = *state;

    layer_release(&f->layer);
    layer_release(&f->layer);
    arena_release(&f->made.arena);
    mem_free(f);
    return 0;
}

static struct sv numbered(struct fixture *f, char letter, unsigned n)
{
    char text[16];
    int len = snprintf(text, sizeof(text), "%c%07u", letter, n);

    return sv_copy(&f->layer.arena, sv_of(text, (size_t)len));
}

static struct rec_list one_part(struct fixture *f, size_t beg, size_t end)
{
    struct part *part = arena_new(&f->layer.arena, sizeof(*part));
    const void **items = arena_new(&f->layer.arena, sizeof(*items));

    part->at = (struct cp_span){ beg, end };
    items[0] = part;
    return (struct rec_list){ items, 1 };
}

static const struct claim *put_claim(struct fixture *f, unsigned n, size_t beg)
{
    struct claim *claim = arena_new(&f->layer.arena, sizeof(*claim));

    claim->id = numbered(f, 'c', n);
    claim->span = one_part(f, beg, beg + 5);
    layer_put(&f->layer, SECTION_CLAIMS, claim);
    return claim;
}

static const struct link *put_link(struct fixture *f, unsigned n, unsigned from)
{
    struct link *link = arena_new(&f->layer.arena, sizeof(*link));

    link->id = numbered(f, 'l', n);
    link->from = numbered(f, 'c', from);
    layer_put(&f->layer, SECTION_LINKS, link);
    return link;
}

static struct sv id_at(struct fixture *f, enum section section, size_t i)
{
    return ((const struct record *)f->layer.sections[section].items[i])->id;
}

static void assert_in_order(const struct layer *layer)
{
    for (enum section s = 0; s < SECTION__N; s++)
        for (size_t i = 0; i < layer->sections[s].count; i++) {
            const struct record *rec = layer->sections[s].items[i];
            size_t pos = layer_position(layer, s, rec);

            assert_ptr_equal(layer_find(layer, s, rec->id), rec);
            if (i + 1 == layer->sections[s].count)
                continue;

            const struct record *next = layer->sections[s].items[i + 1];
            size_t next_pos = layer_position(layer, s, next);

            assert_true(pos < next_pos || (pos == next_pos && sv_cmp(rec->id, next->id) < 0));
        }
}

static void t_sections_are_named_as_in_the_file(void **state)
{
    (void)state;
    static const char *const names[] = { "claims", "links", "furniture", "notes", "comments" };

    for (enum section s = 0; s < SECTION__N; s++) {
        assert_string_equal(section_get(s)->key, names[s]);
        for (enum section t = 0; t < s; t++)
            assert_int_not_equal(section_get(s)->letter, section_get(t)->letter);
        assert_true(sv_starts(sv_from(names[s]), sv_from(kind_get(section_get(s)->kind)->name)));
    }
}

static void t_records_stand_by_position_then_id(void **state)
{
    struct fixture *f = *state;

    put_claim(f, 3, 40);
    put_claim(f, 2, 10);
    put_claim(f, 9, 10);
    put_claim(f, 1, 70);

    assert_true(sv_eq(id_at(f, SECTION_CLAIMS, 0), SV("c0000002")));
    assert_true(sv_eq(id_at(f, SECTION_CLAIMS, 1), SV("c0000009")));
    assert_true(sv_eq(id_at(f, SECTION_CLAIMS, 2), SV("c0000003")));
    assert_true(sv_eq(id_at(f, SECTION_CLAIMS, 3), SV("c0000001")));
}

static void t_put_takes_the_place_of_the_record_with_its_id(void **state)
{
    struct fixture *f = *state;
    const struct claim *old = put_claim(f, 1, 10);

    put_claim(f, 2, 20);
    const struct claim *new = put_claim(f, 1, 30);

    assert_int_equal(f->layer.sections[SECTION_CLAIMS].count, 2);
    assert_ptr_equal(layer_claim(&f->layer, SV("c0000001")), new);
    assert_ptr_equal(f->layer.sections[SECTION_CLAIMS].items[1], new);
    assert_int_equal(layer_position(&f->layer, SECTION_CLAIMS, old), 10);
}

static void t_links_follow_their_claim(void **state)
{
    struct fixture *f = *state;

    put_claim(f, 1, 10);
    put_claim(f, 2, 20);
    put_link(f, 1, 1);
    put_link(f, 2, 2);
    put_link(f, 3, 1);
    put_link(f, 4, 7); // its claim is not there

    put_claim(f, 1, 30);

    assert_true(sv_eq(id_at(f, SECTION_LINKS, 0), SV("l0000002")));
    assert_true(sv_eq(id_at(f, SECTION_LINKS, 1), SV("l0000001")));
    assert_true(sv_eq(id_at(f, SECTION_LINKS, 2), SV("l0000003")));

    put_claim(f, 7, 0);

    assert_true(sv_eq(id_at(f, SECTION_LINKS, 0), SV("l0000004")));

    layer_drop(&f->layer, SECTION_CLAIMS, SV("c0000007"));

    assert_true(sv_eq(id_at(f, SECTION_LINKS, 3), SV("l0000004")));
    assert_in_order(&f->layer);
}

static void t_record_without_parts_stands_last(void **state)
{
    struct fixture *f = *state;
    struct note note = { .id = SV("n0000001") }, other = { .id = SV("n0000002") };

    other.span = one_part(f, 5, 6);
    layer_put(&f->layer, SECTION_NOTES, &note);
    layer_put(&f->layer, SECTION_NOTES, &other);

    assert_ptr_equal(f->layer.sections[SECTION_NOTES].items[1], &note);
    assert_true(layer_position(&f->layer, SECTION_NOTES, &note) == SIZE_MAX);
}

static void t_drop_of_what_is_not_there_does_nothing(void **state)
{
    struct fixture *f = *state;

    layer_drop(&f->layer, SECTION_CLAIMS, SV("c0000001"));
    put_claim(f, 1, 10);
    layer_drop(&f->layer, SECTION_CLAIMS, SV("c0000002"));
    layer_drop(&f->layer, SECTION_NOTES, SV("c0000001"));

    assert_int_equal(f->layer.sections[SECTION_CLAIMS].count, 1);
}

static void t_find_any_says_in_which_section(void **state)
{
    struct fixture *f = *state;
    enum section section = SECTION__N;

    put_claim(f, 1, 10);
    const struct link *link = put_link(f, 1, 1);

    assert_ptr_equal(layer_find_any(&f->layer, SV("l0000001"), &section), link);
    assert_int_equal(section, SECTION_LINKS);
    assert_null(layer_find_any(&f->layer, SV("n0000001"), &section));
    assert_int_equal(section, SECTION_LINKS);
}

static void t_order_holds_through_random_puts_and_drops(void **state)
{
    struct fixture *f = *state;

    for (int step = 0; step < 4000; step++) {
        unsigned n = made_random(&f->made, 60), action = made_random(&f->made, 8);

        if (action < 3)
            put_claim(f, n, made_random(&f->made, 30));
        else if (action < 6)
            put_link(f, n, made_random(&f->made, 60));
        else
            layer_drop(&f->layer, action == 6 ? SECTION_CLAIMS : SECTION_LINKS,
                       numbered(f, action == 6 ? 'c' : 'l', n));
        if (step % 7 == 0)
            assert_in_order(&f->layer);
    }
    assert_in_order(&f->layer);
    assert_true(f->layer.sections[SECTION_CLAIMS].count > 10);
}

static void t_ten_thousand_records_load_and_are_found(void **state)
{
    struct fixture *f = *state;

    for (unsigned n = 0; n < 10000; n++)
        put_claim(f, n, n * 7 % 10000);
    for (unsigned n = 0; n < 10000; n++)
        put_link(f, n, n * 3 % 10000);

    for (unsigned n = 0; n < 10000; n++)
        assert_non_null(layer_claim(&f->layer, numbered(f, 'c', n)));
    assert_in_order(&f->layer);
}

static void t_new_ids_are_valid_and_not_taken(void **state)
{
    struct fixture *f = *state;
    struct rng rng = { { 1, 2, 3, 4 } };

    for (enum section s = 0; s < SECTION__N; s++) {
        struct rng again = rng;
        struct sv id = layer_new_id(&f->layer, &f->layer.arena, s, &rng);
        struct note taken = { .id = id };

        assert_true(id_is_valid(id, section_get(s)->letter));
        layer_put(&f->layer, SECTION_NOTES, &taken);
        assert_false(sv_eq(layer_new_id(&f->layer, &f->layer.arena, s, &again), id));
        layer_drop(&f->layer, SECTION_NOTES, id);
    }
}

static void t_id_form_is_checked(void **state)
{
    static const struct {
        const char *id;
        bool is_valid;
    } cases[] = {
        { "c7k2q9wm", true },  { "c0000000", true },   { "l7k2q9wm", false }, { "c7k2q9w", false },
        { "", false },         { "c7k2q9wmm", false }, { "c7k2q9wi", false }, { "c7k2q9wl", false },
        { "c7k2q9wo", false }, { "c7k2q9wu", false },  { "c7K2q9wm", false }, { "C7k2q9wm", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(id_is_valid(sv_from(cases[i].id), 'c'), cases[i].is_valid);
    assert_false(id_is_valid((struct sv){ "c7k2\0q9w", 8 }, 'c'));
    assert_false(id_is_valid((struct sv){ 0 }, 'c'));
}

static struct cp_span_list spans_of(struct arena *arena, const unsigned *flat)
{
    struct cp_span *items = arena_new(arena, 8 * sizeof(*items));
    size_t count = 0;

    for (; flat[1]; flat += 2)
        items[count++] = (struct cp_span){ flat[0], flat[1] };
    return (struct cp_span_list){ items, count };
}

static void t_read_ranges_join_and_part(void **state)
{
    static const struct {
        unsigned list[8], span[2], added[8], cut[8];
    } cases[] = {
        { { 0 }, { 3, 5 }, { 3, 5 }, { 0 } },
        { { 3, 5 }, { 5, 8 }, { 3, 8 }, { 3, 5 } },
        { { 3, 5 }, { 0, 3 }, { 0, 5 }, { 3, 5 } },
        { { 3, 9 }, { 4, 6 }, { 3, 9 }, { 3, 4, 6, 9 } },
        { { 3, 5, 8, 9 }, { 4, 20 }, { 3, 20 }, { 3, 4 } },
        { { 3, 5, 8, 9 }, { 6, 7 }, { 3, 5, 6, 7, 8, 9 }, { 3, 5, 8, 9 } },
        { { 3, 5, 8, 9 }, { 5, 8 }, { 3, 9 }, { 3, 5, 8, 9 } },
        { { 3, 5 }, { 7, 7 }, { 3, 5 }, { 3, 5 } },
        { { 3, 5 }, { 3, 5 }, { 3, 5 }, { 0 } },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena *arena = &f->layer.arena;
        struct cp_span span = { cases[i].span[0], cases[i].span[1] };
        struct cp_span_list list = spans_of(arena, cases[i].list);
        struct layer_head added = { .read = cp_spans_add(arena, list, span) };
        struct layer_head cut = { .read = cp_spans_cut(arena, list, span) };
        struct layer_head want_added = { .read = spans_of(arena, cases[i].added) };
        struct layer_head want_cut = { .read = spans_of(arena, cases[i].cut) };
        const struct field read = { .type = FIELD_CP_SPANS,
                                    .offset = offsetof(struct layer_head, read) };

        assert_true(field_eq(&added, &want_added, &read));
        assert_true(field_eq(&cut, &want_cut, &read));
    }
}

static void t_read_ranges_hold_the_same_points_as_a_plain_map(void **state)
{
    struct fixture *f = *state;
    struct cp_span_list list = { 0 };
    bool map[64] = { false };

    for (int step = 0; step < 2000; step++) {
        size_t beg = made_random(&f->made, 60), end = beg + made_random(&f->made, 5);
        bool is_read = made_random(&f->made, 2);

        list = (is_read ? cp_spans_add : cp_spans_cut)(&f->layer.arena, list,
                                                       (struct cp_span){ beg, end });
        for (size_t i = beg; i < end; i++)
            map[i] = is_read;

        bool seen[64] = { false };

        for (size_t i = 0; i < list.count; i++) {
            assert_true(list.items[i].beg < list.items[i].end);
            assert_true(i == 0 || list.items[i - 1].end < list.items[i].beg);
            memset(seen + list.items[i].beg, true, list.items[i].end - list.items[i].beg);
        }
        assert_memory_equal(seen, map, sizeof(map));
    }
}

static void t_extent_spans_all_parts(void **state)
{
    (void)state;
    struct part a = { .at = { 10, 20 } }, b = { .at = { 30, 35 } };
    const void *parts[] = { &a, &b };
    struct cp_span extent = parts_extent((struct rec_list){ parts, 2 });

    assert_int_equal(extent.beg, 10);
    assert_int_equal(extent.end, 35);
    assert_int_equal(parts_extent((struct rec_list){ 0 }).end, 0);
}

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_sections_are_named_as_in_the_file),
        WITH_FIXTURE(t_records_stand_by_position_then_id),
        WITH_FIXTURE(t_put_takes_the_place_of_the_record_with_its_id),
        WITH_FIXTURE(t_links_follow_their_claim),
        WITH_FIXTURE(t_record_without_parts_stands_last),
        WITH_FIXTURE(t_drop_of_what_is_not_there_does_nothing),
        WITH_FIXTURE(t_find_any_says_in_which_section),
        WITH_FIXTURE(t_order_holds_through_random_puts_and_drops),
        WITH_FIXTURE(t_ten_thousand_records_load_and_are_found),
        WITH_FIXTURE(t_new_ids_are_valid_and_not_taken),
        cmocka_unit_test(t_id_form_is_checked),
        WITH_FIXTURE(t_read_ranges_join_and_part),
        WITH_FIXTURE(t_read_ranges_hold_the_same_points_as_a_plain_map),
        cmocka_unit_test(t_extent_spans_all_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
