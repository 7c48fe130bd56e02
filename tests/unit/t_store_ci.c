// The files for CI that the manual shows are YAML.
#include "t.h"

#include <string.h>

#include "base/fs.h"
#include "store/yaml.h"

// Lines of the literal block behind the mark `.\" yaml: NAME`, as the page shows them.
static void take_block(struct sv page, const char *name, struct buf *out)
{
    struct buf mark = { 0 };
    struct sv rest, line;
    bool is_in = false;
    size_t at;

    buf_addf(&mark, ".\\\" yaml: %s\n.Bd", name);
    at = sv_find(page, buf_sv(&mark), 0);
    assert_true(at < page.len);
    rest = sv_sub(page, at + mark.len, page.len);
    while (sv_split(&rest, '\n', &line) && !sv_starts(line, SV(".Ed"))) {
        for (size_t i = 0; is_in && i < line.len; i++) {
            buf_add_char(out, line.ptr[i]);
            i += line.ptr[i] == '\\'; // "\e" is a backslash
        }
        if (is_in)
            buf_add_char(out, '\n');
        is_in = true; // behind the rest of the .Bd line
    }
    buf_release(&mark);
}

static void files_for_ci_are_yaml(void **state)
{
    static const struct {
        const char *name, *key;
    } files[] = { { "github", "jobs" }, { "gitlab", "annotations" } };
    struct buf page = { 0 };
    struct err err = { 0 };

    (void)state;
    assert_true(fs_read("man/gainsay-workflows.7", 1 << 20, &page, &err));
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct arena arena = { 0 };
        struct buf text = { 0 };
        struct ynode *root;

        take_block(buf_sv(&page), files[i].name, &text);
        if (!yaml_parse(buf_sv(&text), files[i].name, &arena, &root, &err))
            fail_msg("%s:%d:%d: %s", files[i].name, err.line, err.col, buf_cstr(&err.text));
        assert_non_null(ynode_get(root, files[i].key));
        assert_true(sv_find(buf_sv(&text), SV("gainsay check --review"), 0) < text.len);
        buf_release(&text);
        arena_release(&arena);
    }
    buf_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_for_ci_are_yaml),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
