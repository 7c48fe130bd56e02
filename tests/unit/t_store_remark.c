// Merging comments: what they wrote beside values nobody changed is in the result, to the byte.
#include "t.h"

#include <string.h>

#include "store/doc_merge.h"

static const char base[] = "# the whole\n"
                           "gainsay: 1\n"
                           "article: a\n"
                           "annotator: b\n"
                           "claims:\n"
                           "\n"
                           "# first\n"
                           "- id: c0000001\n"
                           "  span:\n"
                           "  - at: [0, 4]\n"
                           "    quote: Four\n"
                           "  says: It is so.\n"
                           "  type: event\n"
                           "  topic: number\n"
                           "\n"
                           "- id: c0000002\n"
                           "  span:\n"
                           "  - at: [5, 9]\n"
                           "    quote: five\n"
                           "  topic: number\n"
                           "read:\n"
                           "- [0, 9]\n";

struct edit {
    const char *from, *to;
};

static const struct {
    const char *name;
    struct edit ours, theirs;
} cases[] = {
    { "a comment on another line of the record",
      { "says: It is so.", "says: It was so." },
      { "type: event\n", "type: event # sure?\n" } },
    { "lines below a key",
      { "topic: number\n\n", "topic: count\n\n" },
      { "says: It is so.\n", "says: It is so.\n    # why?\n" } },
    { "above the record", { "type: event", "type: cause" }, { "# first\n", "# the first one\n" } },
    { "taken away above the record", { "type: event", "type: cause" }, { "# first\n", "" } },
    { "in a part",
      { "type: event", "type: cause" },
      { "quote: Four\n", "quote: Four # in words\n" } },
    { "of a record nobody changed",
      { "type: event", "type: cause" },
      { "- id: c0000002\n", "- id: c0000002 # look again\n" } },
    { "at the beginning", { "type: event", "type: cause" }, { "# the whole\n", "# all of it\n" } },
    { "beside a key of the file",
      { "type: event", "type: cause" },
      { "article: a\n", "article: a # the first\n" } },
    { "above a key of the file",
      { "type: event", "type: cause" },
      { "read:\n", "# half of it\nread:\n" } },
    { "beside a section", { "type: event", "type: cause" }, { "claims:\n", "claims: # all\n" } },
    { "at the end", { "type: event", "type: cause" }, { "- [0, 9]\n", "- [0, 9]\n# done\n" } },
    { "where nothing else changed", { "", "" }, { "topic: number\n\n", "topic: number # ?\n\n" } },
};

static void put(const char *text, struct edit edit, struct buf *out)
{
    const char *at = strstr(text, edit.from);

    assert_non_null(at);
    buf_clear(out);
    buf_add_cstr(out, text);
    buf_splice(out, (size_t)(at - text), (size_t)(at - text) + strlen(edit.from), sv_from(edit.to));
}

static void takes_comments_that_they_changed_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf ours = { 0 }, theirs = { 0 }, both = { 0 };
        struct doc_merged merged;
        struct err err = { 0 };

        put(base, cases[i].ours, &ours);
        put(base, cases[i].theirs, &theirs);
        put(buf_cstr(&theirs), cases[i].ours, &both);

        struct doc_merge merge = { .shape = &doc_layer,
                                   .path = "a.yaml",
                                   .sides = { sv_from(base), buf_sv(&ours), buf_sv(&theirs) } };

        assert_true(doc_merge_run(&merge, &merged, &err));
        if (!sv_eq(buf_sv(&merged.bytes), buf_sv(&both)))
            fail_msg("%s:\n%s", cases[i].name, buf_cstr(&merged.bytes));
        assert_int_equal(merged.count, 0);
        doc_merged_release(&merged);
        buf_release(&ours);
        buf_release(&theirs);
        buf_release(&both);
    }
}

static void our_comment_stays_where_both_changed_it(void **state)
{
    struct edit edits[] = { { "type: event\n", "type: event # mine\n" },
                            { "type: event\n", "type: event # theirs\n" },
                            { "says: It is so.", "says: It was so." } };
    struct buf ours = { 0 }, theirs = { 0 }, both = { 0 }, first = { 0 };
    struct doc_merged merged;
    struct err err = { 0 };

    (void)state;
    put(base, edits[0], &ours);
    put(base, edits[1], &first);
    put(buf_cstr(&first), edits[2], &theirs);
    put(buf_cstr(&ours), edits[2], &both);

    struct doc_merge merge = { .shape = &doc_layer,
                               .path = "a.yaml",
                               .sides = { sv_from(base), buf_sv(&ours), buf_sv(&theirs) } };

    assert_true(doc_merge_run(&merge, &merged, &err));
    assert_string_equal(buf_cstr(&merged.bytes), buf_cstr(&both));
    doc_merged_release(&merged);
    buf_release(&ours);
    buf_release(&theirs);
    buf_release(&both);
    buf_release(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_comments_that_they_changed_alone),
        cmocka_unit_test(our_comment_stays_where_both_changed_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
