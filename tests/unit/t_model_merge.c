// Merging lists of records and read ranges three ways.
#include "t.h"

#include <stdlib.h>
#include <string.h>

#include "model/merge.h"

struct fixture {
    struct arena arena;
    struct merge merge;
};

static int setup(void **state)
{
    struct fixture *f = mem_new(sizeof(*f));

    f->merge.arena = &f->arena;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    merge_release(&f->merge);
    arena_release(&f->arena);
    mem_free(f);
    return 0;
}

// "id=says/topic id ..." as claims; says and topic may be empty.
static struct rec_list claims(struct fixture *f, const char *text)
{
    struct sv rest = sv_from(text), piece;
    const void **items = arena_new(&f->arena, 16 * sizeof(*items));
    size_t count = 0;

    while (sv_split(&rest, ' ', &piece)) {
        struct claim *claim = arena_new(&f->arena, sizeof(*claim));
        struct sv cell;

        if (piece.len == 0)
            continue;
        sv_split(&piece, '=', &cell);
        claim->id = cell;
        if (sv_split(&piece, '/', &cell) && cell.len)
            claim->says = cell;
        if (piece.len)
            claim->topic = piece;
        items[count++] = claim;
    }
    return (struct rec_list){ items, count };
}

static int compare_ids(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;

    return sv_cmp((*x)->id, (*y)->id);
}

static void render(struct rec_list list, struct buf *out)
{
    const void *items[16];

    buf_clear(out);
    memcpy(items, list.items, list.count * sizeof(*items));
    qsort(items, list.count, sizeof(*items), compare_ids);
    for (size_t i = 0; i < list.count; i++) {
        const struct claim *claim = items[i];

        buf_addf(out, "%s" SV_FMT "=" SV_FMT "/" SV_FMT, i ? " " : "", SV_ARG(claim->id),
                 SV_ARG(claim->says), SV_ARG(claim->topic));
    }
}

static const struct {
    const char *name, *base, *ours, *theirs, *want;
    size_t conflicts, taken;
} cases[] = {
    { "nothing", "a=x/", "a=x/", "a=x/", "a=x/", 0, 0 },
    { "both add", "", "a=x/", "b=y/", "a=x/ b=y/", 0, 1 },
    { "ours edits", "a=x/", "a=y/", "a=x/", "a=y/", 0, 0 },
    { "theirs edits", "a=x/", "a=x/", "a=y/", "a=y/", 0, 1 },
    { "other fields", "a=x/t", "a=y/t", "a=x/u", "a=y/u", 0, 1 },
    { "same edit", "a=x/", "a=y/", "a=y/", "a=y/", 0, 0 },
    { "one field twice", "a=x/", "a=y/", "a=z/", "a=y/", 1, 0 },
    { "ours deletes", "a=x/ b=y/", "b=y/", "a=x/ b=y/", "b=y/", 0, 0 },
    { "theirs deletes", "a=x/ b=y/", "a=x/ b=y/", "b=y/", "b=y/", 0, 1 },
    { "both delete", "a=x/", "", "", "", 0, 0 },
    { "theirs deletes what we edit", "a=x/", "a=y/", "", "a=y/", 1, 0 },
    { "we delete what they edit", "a=x/", "", "a=y/", "a=y/", 1, 1 },
    { "same id added twice, apart", "", "a=x/", "a=/t", "a=x/t", 0, 1 },
    { "same id added twice, clash", "", "a=x/", "a=y/", "a=x/", 1, 0 },
};

static void merges_by_record_and_field(void **state)
{
    struct fixture *f = *state;
    struct buf got = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct rec_list out;

        f->merge.conflict_count = f->merge.taken = 0;
        merge_records(&f->merge, KIND_CLAIM, SECTION_CLAIMS, claims(f, cases[i].base),
                      claims(f, cases[i].ours), claims(f, cases[i].theirs), &out);
        render(out, &got);
        if (strcmp(buf_cstr(&got), cases[i].want) != 0 ||
            f->merge.conflict_count != cases[i].conflicts || f->merge.taken != cases[i].taken)
            fail_msg("%s: got '%s', %zu conflicts, %zu taken", cases[i].name, buf_cstr(&got),
                     f->merge.conflict_count, f->merge.taken);
    }
    buf_release(&got);
}

static void conflict_offers_the_other_value(void **state)
{
    struct fixture *f = *state;
    struct rec_list out;

    merge_records(&f->merge, KIND_CLAIM, SECTION_CLAIMS, claims(f, "a=x/t"), claims(f, "a=y/new"),
                  claims(f, "a=z/t"), &out);

    const struct merge_conflict *conflict = &f->merge.conflicts[0];
    const struct claim *ours = conflict->ours, *theirs = conflict->theirs;

    assert_int_equal(f->merge.conflict_count, 1);
    assert_string_equal(conflict->field->key, "says");
    assert_ptr_equal(ours, out.items[0]);
    assert_true(sv_eq(ours->says, SV("y")));
    assert_true(sv_eq(theirs->says, SV("z")));
    assert_true(sv_eq(theirs->topic, SV("new"))); // what was not in conflict is in both
}

static void deletion_against_edit_says_whose(void **state)
{
    struct fixture *f = *state;
    struct rec_list out;

    merge_records(&f->merge, KIND_CLAIM, SECTION_CLAIMS, claims(f, "a=x/ b=x/"), claims(f, "a=y/"),
                  claims(f, "b=y/"), &out);

    assert_int_equal(f->merge.conflict_count, 2);
    assert_false(f->merge.conflicts[0].is_our_deletion);
    assert_true(f->merge.conflicts[1].is_our_deletion);
    assert_null(f->merge.conflicts[0].theirs);
    assert_null(f->merge.conflicts[0].field);
    assert_int_equal(out.count, 2);
}

static void equal_records_are_theirs(void **state)
{
    struct fixture *f = *state;
    struct rec_list theirs = claims(f, "a=x/ b=y/"), out;

    merge_records(&f->merge, KIND_CLAIM, SECTION_CLAIMS, claims(f, "a=x/"), claims(f, "a=x/"),
                  theirs, &out);

    assert_ptr_equal(out.items[0], theirs.items[0]); // so that their bytes stay
    assert_ptr_equal(out.items[1], theirs.items[1]);
}

static void read_ranges_merge_as_sets(void **state)
{
    struct fixture *f = *state;
    struct cp_span base[] = { { 0, 10 }, { 20, 30 } };
    struct cp_span ours[] = { { 0, 10 }, { 20, 40 } }; // read on
    struct cp_span theirs[] = { { 5, 10 }, { 20, 30 }, { 50, 60 } }; // took [0, 5) back, read more
    struct cp_span_list out =
        merge_spans(&f->arena, (struct cp_span_list){ base, 2 }, (struct cp_span_list){ ours, 2 },
                    (struct cp_span_list){ theirs, 3 });

    assert_int_equal(out.count, 3);
    assert_int_equal(out.items[0].beg, 5);
    assert_int_equal(out.items[1].end, 40);
    assert_int_equal(out.items[2].beg, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(merges_by_record_and_field, setup, teardown),
        cmocka_unit_test_setup_teardown(conflict_offers_the_other_value, setup, teardown),
        cmocka_unit_test_setup_teardown(deletion_against_edit_says_whose, setup, teardown),
        cmocka_unit_test_setup_teardown(equal_records_are_theirs, setup, teardown),
        cmocka_unit_test_setup_teardown(read_ranges_merge_as_sets, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
