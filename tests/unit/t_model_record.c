// The schema's tables, and the engine that copies, compares and merges records by kind.
#include <string.h>

#include "t.h"

#include "model/record.h"

#include "model_make.h"

static void t_every_kind_has_name_help_and_fields(void **state)
{
    (void)state;
    for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++) {
        const struct kind *kind = kind_get(k);

        assert_non_null(kind->name);
        assert_true(strlen(kind->help) > 0 && strlen(kind->help) <= 60);
        assert_true(kind->field_count > 0);
        assert_true(kind->extra_offset + sizeof(void *) <= kind->size);
    }
    assert_int_equal(kind_get(KIND_CLAIM)->field_count, 20);
    assert_int_equal(kind_get(KIND_FURNITURE)->field_count, 2);
    assert_int_equal(kind_get(KIND_META)->field_count, 10);
}

static void t_fields_stand_in_the_order_of_their_struct(void **state)
{
    (void)state;
    for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++) {
        const struct kind *kind = kind_get(k);

        for (size_t i = 0; i + 1 < kind->field_count; i++)
            assert_true(kind->fields[i].offset < kind->fields[i + 1].offset);
        assert_true(kind->fields[kind->field_count - 1].offset < kind->extra_offset);
    }
}

static void t_fields_have_unique_keys_short_help_and_what_their_type_needs(void **state)
{
    (void)state;
    for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++) {
        const struct kind *kind = kind_get(k);

        for (size_t i = 0; i < kind->field_count; i++) {
            const struct field *field = &kind->fields[i];
            bool has_sub = field->type == FIELD_MAP || field->type == FIELD_LIST;

            assert_ptr_equal(kind_find(kind, sv_from(field->key)), field);
            assert_true(strlen(field->help) > 0 && strlen(field->help) <= 60);
            assert_int_equal(field->sub != KIND_NONE, has_sub);
            assert_int_equal(field->vocab != VOCAB_NONE, field->type == FIELD_WORD);
        }
    }
}

static void t_misspelt_key_names_the_nearest(void **state)
{
    (void)state;
    const struct kind *claim = kind_get(KIND_CLAIM);

    assert_string_equal(kind_nearest(claim, SV("atributed_to")), "attributed_to");
    assert_string_equal(kind_nearest(claim, SV("topci")), "topic");
    assert_null(kind_nearest(claim, SV("colour")));
    assert_null(kind_find(claim, SV("topci")));
}

static void t_absence_of_each_type_is_its_zero(void **state)
{
    (void)state;
    static const union {
        struct claim claim;
        struct link link;
        char bytes[1024];
    } zero;

    for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++)
        for (size_t i = 0; i < kind_get(k)->field_count; i++) {
            const struct field *field = &kind_get(k)->fields[i];
            bool is_number = field->type == FIELD_COUNT || field->type == FIELD_CP_SPAN;

            assert_true(field_is_absent(NULL, field));
            assert_int_equal(field_is_absent(&zero, field), !is_number);
        }
}

static void t_copy_is_equal_deep_and_independent(void **state)
{
    struct made *made = *state;

    for (int round = 0; round < 200; round++)
        for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++) {
            void *rec = make_record(made, k);
            struct arena arena = { 0 };
            void *copy = record_copy(&arena, k, rec);

            assert_true(record_eq(k, rec, copy));
            assert_true(record_eq(k, copy, rec));
            scribble_record(made, k, rec);
            assert_false(record_eq(k, rec, copy));
            arena_release(&arena);
        }
}

static void t_every_field_counts_in_comparison(void **state)
{
    struct made *made = *state;

    for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++)
        for (size_t i = 0; i < kind_get(k)->field_count; i++) {
            const struct field *field = &kind_get(k)->fields[i];
            void *rec = make_record(made, k);
            void *other = record_copy(&made->arena, k, rec);

            change_field(made, other, field);

            assert_false(field_eq(rec, other, field));
            assert_false(record_eq(k, rec, other));
        }
}

static void t_unknown_keys_count_in_comparison_whatever_their_order(void **state)
{
    (void)state;
    struct extra b = { .key = SV("b"), .yaml = SV("2") };
    struct extra a = { .key = SV("a"), .yaml = SV("1"), .next = &b };
    struct extra a2 = { .key = SV("a"), .yaml = SV("1") };
    struct extra b2 = { .key = SV("b"), .yaml = SV("2"), .next = &a2 };
    struct value x = { .extra = &a }, y = { .extra = &b2 }, z = { .extra = &b };

    assert_true(record_eq(KIND_VALUE, &x, &y));
    assert_false(record_eq(KIND_VALUE, &x, &z));
    assert_false(record_eq(KIND_VALUE, &z, &x));
}

static void t_edit_shares_what_it_does_not_change(void **state)
{
    struct made *made = *state;
    const struct claim *old = make_record(made, KIND_CLAIM);
    struct claim *new = record_edit(&made->arena, KIND_CLAIM, old);

    new->topic = SV("deaths");

    assert_ptr_equal(new->span.items, old->span.items);
    assert_ptr_equal(new->says.ptr, old->says.ptr);
}

static void count_conflict(void *ctx, const struct field *field)
{
    (void)field;
    ++*(int *)ctx;
}

static void t_merge_with_an_unchanged_side_takes_the_other(void **state)
{
    struct made *made = *state;

    for (int round = 0; round < 200; round++)
        for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++) {
            const void *base = make_record(made, k), *side = make_record(made, k);
            const void *same = record_copy(&made->arena, k, base);
            const void *twin = record_copy(&made->arena, k, side);
            int conflicts = 0;

            assert_ptr_equal(
                record_merge(&made->arena, k, base, side, twin, count_conflict, &conflicts), side);
            assert_ptr_equal(
                record_merge(&made->arena, k, base, same, side, count_conflict, &conflicts), side);
            assert_ptr_equal(
                record_merge(&made->arena, k, base, side, same, count_conflict, &conflicts), side);
            assert_int_equal(conflicts, 0);
        }
}

static void t_merge_takes_changes_of_different_fields_from_both_sides(void **state)
{
    struct made *made = *state;

    for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++)
        for (size_t i = 0; i + 1 < kind_get(k)->field_count; i++) {
            const struct field *first = &kind_get(k)->fields[i], *second = first + 1;
            const void *base = make_record(made, k);
            void *ours = record_copy(&made->arena, k, base);
            void *theirs = record_copy(&made->arena, k, base);
            int conflicts = 0;

            change_field(made, ours, first);
            change_field(made, theirs, second);

            const void *merged =
                record_merge(&made->arena, k, base, ours, theirs, count_conflict, &conflicts);

            assert_int_equal(conflicts, 0);
            assert_true(field_eq(merged, ours, first));
            assert_true(field_eq(merged, theirs, second));
        }
}

static void t_merge_of_a_field_changed_on_both_sides_keeps_ours_and_says_so(void **state)
{
    struct made *made = *state;

    for (enum kind_id k = KIND_NONE + 1; k < KIND__N; k++)
        for (size_t i = 0; i < kind_get(k)->field_count; i++) {
            const struct field *field = &kind_get(k)->fields[i];
            const void *base = make_record(made, k);
            void *ours = record_copy(&made->arena, k, base);
            void *theirs = record_copy(&made->arena, k, base);
            int conflicts = 0;

            if (field->type == FIELD_STRS || field->type == FIELD_LIST ||
                field->type == FIELD_BOOL || field->sub == KIND_CONTESTED)
                continue; // a bool has but one other value; the rest can be made of both
            change_field(made, ours, field);
            change_field(made, theirs, field);
            change_field(made, theirs, field);

            const void *merged =
                record_merge(&made->arena, k, base, ours, theirs, count_conflict, &conflicts);

            assert_int_equal(conflicts, 1);
            assert_ptr_equal(merged, ours);
        }
}

static struct sv_list words(struct arena *arena, const char *text)
{
    struct sv rest = sv_from(text), piece, *items = arena_new(arena, 16 * sizeof(*items));
    size_t count = 0;

    while (sv_split(&rest, ' ', &piece))
        if (piece.len)
            items[count++] = piece;
    return (struct sv_list){ items, count };
}

static void t_lists_of_words_merge_as_sets(void **state)
{
    static const struct {
        const char *base, *ours, *theirs, *merged;
    } cases[] = {
        { "a b", "a b c", "a b d", "a b c d" }, // both add
        { "a b", "b", "a", "" },                // each takes one out
        { "a b", "b c", "a b d", "b c d" },
        { "", "x", "x y", "x y" },    // the same addition counts once
        { "a", "b", "a a2", "a2 b" }, // sorted: the same from both sides
        { "a", "a d", "a c", "a c d" },
        { "a b c", "c b a", "a b", "a b" },
    };
    struct made *made = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct claim base = { .tags = words(&made->arena, cases[i].base) };
        struct claim ours = { .tags = words(&made->arena, cases[i].ours) };
        struct claim theirs = { .tags = words(&made->arena, cases[i].theirs) };
        struct claim want = { .tags = words(&made->arena, cases[i].merged) };
        int conflicts = 0;

        const void *merged = record_merge(&made->arena, KIND_CLAIM, &base, &ours, &theirs,
                                          count_conflict, &conflicts);

        assert_true(record_eq(KIND_CLAIM, merged, &want));
        assert_int_equal(conflicts, 0);
    }
}

static void t_contested_merges_member_by_member(void **state)
{
    struct made *made = *state;
    struct contested by = { .by = words(&made->arena, "amaq") }, why = { .why = SV("two figures") };
    struct claim base = { .id = SV("c0000001") }, ours = base, theirs = base;
    int conflicts = 0;

    ours.contested = &by;
    theirs.contested = &why;

    const struct claim *merged =
        record_merge(&made->arena, KIND_CLAIM, &base, &ours, &theirs, count_conflict, &conflicts);

    assert_int_equal(conflicts, 0);
    assert_int_equal(merged->contested->by.count, 1);
    assert_true(sv_eq(merged->contested->why, SV("two figures")));
}

static void t_contested_taken_out_and_changed_is_a_conflict(void **state)
{
    struct made *made = *state;
    struct contested old = { .why = SV("old") }, new = { .why = SV("new") };
    struct claim base = { .contested = &old }, ours = { 0 }, theirs = { .contested = &new };
    int conflicts = 0;

    const void *merged =
        record_merge(&made->arena, KIND_CLAIM, &base, &ours, &theirs, count_conflict, &conflicts);

    assert_ptr_equal(merged, &ours);
    assert_int_equal(conflicts, 1);
}

static void t_far_end_of_a_link_merges_as_one_value(void **state)
{
    struct made *made = *state;
    struct target old = { SV("e/a"), SV("c0000001"), NULL };
    struct target other_article = { SV("e/b"), SV("c0000001"), NULL };
    struct target other_claim = { SV("e/a"), SV("c0000002"), NULL };
    struct link base = { .to = &old }, ours = { .to = &other_article };
    struct link theirs = { .to = &other_claim };
    int conflicts = 0;

    const void *merged =
        record_merge(&made->arena, KIND_LINK, &base, &ours, &theirs, count_conflict, &conflicts);

    assert_ptr_equal(merged, &ours);
    assert_int_equal(conflicts, 1);
}

// One unknown key with this value; NULL: none.
static struct value with_extra(struct extra *extra, const char *yaml)
{
    *extra = (struct extra){ .key = SV("k"), .yaml = sv_from(yaml) };
    return (struct value){ .extra = yaml ? extra : NULL };
}

static void t_unknown_keys_merge_as_fields_do(void **state)
{
    static const struct {
        const char *base, *ours, *theirs, *merged;
        int conflicts;
    } cases[] = {
        { NULL, NULL, "1", "1", 0 }, { NULL, "1", NULL, "1", 0 }, { NULL, "1", "2", "1", 1 },
        { "1", NULL, "1", NULL, 0 }, { "1", "1", NULL, NULL, 0 }, { "1", NULL, NULL, NULL, 0 },
        { "1", "2", "1", "2", 0 },   { "1", "1", "2", "2", 0 },   { "1", "2", "2", "2", 0 },
        { "1", "2", "3", "2", 1 },   { "1", "2", NULL, "2", 1 },  { "1", NULL, "2", NULL, 1 },
    };
    struct made *made = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct extra keys[4];
        struct value base = with_extra(&keys[0], cases[i].base);
        struct value ours = with_extra(&keys[1], cases[i].ours);
        struct value theirs = with_extra(&keys[2], cases[i].theirs);
        struct value want = with_extra(&keys[3], cases[i].merged);
        int conflicts = 0;

        const void *merged = record_merge(&made->arena, KIND_VALUE, &base, &ours, &theirs,
                                          count_conflict, &conflicts);

        assert_true(record_eq(KIND_VALUE, merged, &want));
        assert_int_equal(conflicts, cases[i].conflicts);
    }
}

static void t_different_unknown_keys_of_both_sides_are_kept(void **state)
{
    struct made *made = *state;
    struct extra old = { .key = SV("k"), .yaml = SV("1") };
    struct extra new = { .key = SV("k"), .yaml = SV("2") };
    struct extra more = { .key = SV("m"), .yaml = SV("3"), .next = &old };
    struct value base = { .extra = &old }, ours = { .extra = &new }, theirs = { .extra = &more };

    const struct value *merged =
        record_merge(&made->arena, KIND_VALUE, &base, &ours, &theirs, NULL, NULL);

    assert_true(sv_eq(merged->extra->yaml, SV("2")));
    assert_true(sv_eq(merged->extra->next->yaml, SV("3")));
    assert_null(merged->extra->next->next);
}

static void t_members_of_contested_in_conflict_are_one_conflict_of_contested(void **state)
{
    struct made *made = *state;
    struct contested old = { .why = SV("old") }, a = { .why = SV("a") }, b = { .why = SV("b") };
    struct claim base = { .contested = &old }, ours = { .contested = &a };
    struct claim theirs = { .contested = &b };
    int conflicts = 0;

    b.by = words(&made->arena, "amaq");
    const struct claim *merged =
        record_merge(&made->arena, KIND_CLAIM, &base, &ours, &theirs, count_conflict, &conflicts);

    assert_int_equal(conflicts, 1);
    assert_true(sv_eq(merged->contested->why, SV("a")));
    assert_int_equal(merged->contested->by.count, 1);
}

// Fields of heads are no record's, but are compared by the same engine.
static void t_read_ranges_of_a_head_compare_by_value(void **state)
{
    (void)state;
    struct cp_span spans[] = { { 0, 5 }, { 7, 9 } }, same[] = { { 0, 5 }, { 7, 9 } };
    struct cp_span other[] = { { 0, 5 }, { 7, 8 } };
    struct layer_head a = { .read = { spans, 2 } }, b = { .read = { same, 2 } };
    struct layer_head c = { .read = { other, 2 } }, none = { 0 };
    struct field read = { .type = FIELD_CP_SPANS, .offset = offsetof(struct layer_head, read) };

    assert_true(field_eq(&a, &b, &read));
    assert_false(field_eq(&a, &c, &read));
    assert_false(field_eq(&a, &none, &read));
    assert_false(field_eq(&a, NULL, &read));
    assert_true(field_eq(NULL, &none, &read));
    assert_true(field_is_absent(&none, &read));
    assert_false(field_is_absent(&a, &read));

    field_take(&none, &a, &read);
    assert_ptr_equal(none.read.items, spans);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_every_kind_has_name_help_and_fields),
        cmocka_unit_test(t_fields_stand_in_the_order_of_their_struct),
        cmocka_unit_test(t_fields_have_unique_keys_short_help_and_what_their_type_needs),
        cmocka_unit_test(t_misspelt_key_names_the_nearest),
        cmocka_unit_test(t_absence_of_each_type_is_its_zero),
        cmocka_unit_test(t_copy_is_equal_deep_and_independent),
        cmocka_unit_test(t_every_field_counts_in_comparison),
        cmocka_unit_test(t_unknown_keys_count_in_comparison_whatever_their_order),
        cmocka_unit_test(t_edit_shares_what_it_does_not_change),
        cmocka_unit_test(t_merge_with_an_unchanged_side_takes_the_other),
        cmocka_unit_test(t_merge_takes_changes_of_different_fields_from_both_sides),
        cmocka_unit_test(t_merge_of_a_field_changed_on_both_sides_keeps_ours_and_says_so),
        cmocka_unit_test(t_lists_of_words_merge_as_sets),
        cmocka_unit_test(t_contested_merges_member_by_member),
        cmocka_unit_test(t_contested_taken_out_and_changed_is_a_conflict),
        cmocka_unit_test(t_far_end_of_a_link_merges_as_one_value),
        cmocka_unit_test(t_unknown_keys_merge_as_fields_do),
        cmocka_unit_test(t_different_unknown_keys_of_both_sides_are_kept),
        cmocka_unit_test(t_members_of_contested_in_conflict_are_one_conflict_of_contested),
        cmocka_unit_test(t_read_ranges_of_a_head_compare_by_value),
    };

    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
