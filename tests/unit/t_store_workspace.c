// Finding and making workspaces, names, paths, annotators.
#include "space.h"

#include "store/files.h"
#include "store/names.h"

static void opens_from_a_folder_below(void **state)
{
    struct space *space = *state;
    struct err err = { 0 };

    space_write(space, "corpus/a.txt", "A.\n");
    space_write(space, "annotations/ana/a.yaml", "");

    assert_true(
        workspace_open(space_path(space, "annotations/ana"), &space->ws, &space->findings, &err));
    assert_true(sv_ends(buf_sv(&space->ws.root), sv_from(space->dir)));
    assert_string_equal(workspace_articles(&space->ws)->items[0], "a");
}

static void says_where_it_looked(void **state)
{
    struct space *space = *state;
    struct err err = { 0 };

    assert_false(workspace_open(space->dir, &space->ws, &space->findings, &err));
    assert_int_equal(err.code, E_NO_SPACE);
    assert_non_null(strstr(buf_cstr(&err.text), space->dir));
    assert_non_null(strstr(buf_cstr(&err.text), "gainsay init"));
    err_release(&err);
}

static void lists_articles_of_any_depth_in_order(void **state)
{
    struct space *space = *state;

    space_write(space, "corpus/b/z.txt", "");
    space_write(space, "corpus/b/c/d/y.txt", "");
    space_write(space, "corpus/b-.txt", "");
    space_write(space, "corpus/b/z.yaml", "title: no article\n");
    space_write(space, "corpus/.hidden/x.txt", "");
    space_write(space, "annotations/sources.yaml", "gainsay: 1\n");
    space_open(space);

    assert_int_equal(workspace_articles(&space->ws)->count, 3);
    assert_string_equal(workspace_articles(&space->ws)->items[0], "b-");
    assert_string_equal(workspace_articles(&space->ws)->items[1], "b/c/d/y");
    assert_string_equal(workspace_articles(&space->ws)->items[2], "b/z");
    assert_int_equal(space->findings.count, 0);
}

static void reports_names_it_cannot_hold(void **state)
{
    struct space *space = *state;

    space_write(space, "corpus/good.txt", "");
    space_write(space, "corpus/-rf.txt", "");
    space_write(space, "corpus/esc\x1b[31m.txt", "");
    space_write(space, "corpus/raw\xff.txt", "");
    space_write(space, "annotations/sources.yaml", "gainsay: 1\n");
    space_open(space);

    assert_int_equal(workspace_articles(&space->ws)->count, 1);
    assert_int_equal(space->findings.errors, 3);
    assert_true(space_found(&space->findings, E_NAME, "begins with a dash"));
    assert_true(space_found(&space->findings, E_NAME, "control or hidden"));
    assert_true(space_found(&space->findings, E_NAME, "not valid UTF-8"));
}

static void does_not_follow_links_that_leave_or_loop(void **state)
{
    struct space *space = *state;
    char link[300];

    space_write(space, "corpus/ev/a.txt", "");
    space_write(space, "annotations/sources.yaml", "gainsay: 1\n");
    snprintf(link, sizeof(link), "%s/corpus/etc", space->dir);
    assert_int_equal(symlink("/etc", link), 0);
    snprintf(link, sizeof(link), "%s/corpus/ev/up", space->dir);
    assert_int_equal(symlink("..", link), 0);
    space_open(space);

    assert_int_equal(workspace_articles(&space->ws)->count, 1);
    assert_true(space_found(&space->findings, E_NAME, "leads out of the workspace"));
    assert_true(space_found(&space->findings, E_NAME, "leads back"));
}

// What a hostile checkout may hold: links in every place that is read.
static void reads_nothing_through_a_link_that_leaves(void **state)
{
    struct space *space = *state;
    struct layer_file layer;
    struct registry_file registry;
    struct meta_file meta;
    struct findings findings = { 0 };
    struct err err = { 0 };
    char out[] = "/tmp/gainsay-out-XXXXXX", link[300];
    int fd = mkstemp(out);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, "gainsay: 1\ntitle: leaked\n", 26), 26);
    close(fd);
    space_write(space, "corpus/ev/a.txt", "text\n");
    space_write(space, "corpus/ev/b.txt", "text\n");
    space_write(space, "annotations/ben/x", "");

    static const char *const links[] = {
        "corpus/ev/c.txt",
        "corpus/ev/a.yaml",
        "annotations/sources.yaml",
        "annotations/scheme.yaml",
    };

    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        snprintf(link, sizeof(link), "%s/%s", space->dir, links[i]);
        assert_int_equal(symlink(out, link), 0);
    }
    snprintf(link, sizeof(link), "%s/annotations/ana", space->dir);
    assert_int_equal(symlink("/tmp", link), 0);
    snprintf(link, sizeof(link), "%s/annotations/ben/ev", space->dir);
    assert_int_equal(symlink("nothing", link), 0);
    space_open(space);

    assert_int_equal(workspace_articles(&space->ws)->count, 2);
    assert_int_equal(space->findings.errors, 2); // the text and the scheme
    assert_false(meta_file_load(&space->ws, SV("ev/a"), &meta, &findings, &err));
    assert_int_equal(err.code, E_NAME);
    assert_true(sv_is_absent(meta.meta.title));
    assert_false(registry_file_load(&space->ws, &registry, &findings, &err));
    assert_int_equal(err.code, E_NAME);
    assert_false(layer_file_load(&space->ws, SV("ana"), SV("ev/a"), &layer, &findings, &err));
    assert_string_equal(buf_cstr(&err.path), "annotations/ana");
    layer_file_release(&layer);
    assert_false(layer_file_load(&space->ws, SV("ben"), SV("ev/a"), &layer, &findings, &err));
    assert_string_equal(buf_cstr(&err.path), "annotations/ben/ev");
    assert_int_equal(unlink(out), 0);
    layer_file_release(&layer);
    registry_file_release(&registry);
    meta_file_release(&meta);
    findings_release(&findings);
    err_release(&err);
}

static void takes_a_scheme_and_survives_a_bad_one(void **state)
{
    struct space *space = *state;

    space_write(space, "corpus/a.txt", "");
    space_write(space, "annotations/scheme.yaml",
                "gainsay: 1\nversion: 2\nvocabularies:\n\n- id: type\n  values:\n"
                "  - id: rumour\n    key: z\n    definition: heard somewhere\n");
    space_open(space);

    assert_non_null(scheme_find(&space->ws.scheme, VOCAB_TYPE, SV("rumour")));
    assert_non_null(scheme_find(&space->ws.scheme, VOCAB_TYPE, SV("event")));
    assert_true(sv_eq(space->ws.scheme.version, SV("2")));

    space_write(space, "annotations/scheme.yaml", "<<<<<<< ours\ngainsay: 1\n");
    space_open(space);

    assert_null(scheme_find(&space->ws.scheme, VOCAB_TYPE, SV("rumour")));
    assert_non_null(scheme_find(&space->ws.scheme, VOCAB_TYPE, SV("event")));
    assert_int_equal(space->findings.errors, 1);
    assert_string_equal(buf_cstr(&space->findings.items[0].err.path), "annotations/scheme.yaml");
}

static const struct {
    const char *typed, *id, *says; // id NULL: refused, says so
} typed_names[] = {
    { "ev/blast", "ev/blast", NULL },
    { "blast", "ev/blast", NULL },
    { "ev/blast.txt", "ev/blast", NULL },
    { "corpus/ev/blast.txt", "ev/blast", NULL },
    { "top", "top", NULL },
    { "same", NULL, "'ev/same', 'other/same'" },
    { "ev/same", "ev/same", NULL },
    { "balst", NULL, "did you mean 'ev/blast'" },
    { "nothing-like-it", NULL, "the articles are" },
    { "", NULL, "no article ''" },
};

static void resolves_what_is_typed(void **state)
{
    struct space *space = *state;

    space_write(space, "corpus/top.txt", "");
    space_write(space, "corpus/ev/same.txt", "");
    space_write(space, "corpus/other/same.txt", "");
    space_open(space);
    for (size_t i = 0; i < ARRAY_LEN(typed_names); i++) {
        struct err err = { 0 };
        struct sv id = { 0 };
        bool ok = workspace_resolve(&space->ws, typed_names[i].typed, &id, &err);

        if (ok != (typed_names[i].id != NULL) || (ok && !sv_eq_cstr(id, typed_names[i].id)) ||
            (!ok &&
             (err.code != E_NO_ARTICLE || !strstr(buf_cstr(&err.text), typed_names[i].says))))
            fail_msg("'%s': '" SV_FMT "' %s", typed_names[i].typed, SV_ARG(id),
                     buf_cstr(&err.text));
        err_release(&err);
    }
}

static void count_other(void *ctx, struct sv other)
{
    struct buf *list = ctx;

    buf_addf(list, SV_FMT " ", SV_ARG(other));
}

static void others_are_of_the_same_folder(void **state)
{
    struct space *space = *state;
    struct buf list = { 0 };

    space_write(space, "corpus/ev/third.txt", "");
    space_write(space, "corpus/ev/deep/x.txt", "");
    space_write(space, "corpus/top.txt", "");
    space_open(space);

    workspace_others(&space->ws, SV("ev/blast"), count_other, &list);
    assert_string_equal(buf_cstr(&list), "ev/fall ev/third ");
    buf_clear(&list);
    workspace_others(&space->ws, SV("top"), count_other, &list);
    assert_string_equal(buf_cstr(&list), "");
    buf_release(&list);
    assert_true(sv_eq(article_event(SV("a/b/c")), SV("a/b")));
    assert_true(sv_eq(article_name(SV("a/b/c")), SV("c")));
    assert_int_equal(article_event(SV("top")).len, 0);
    assert_true(sv_eq(article_name(SV("top")), SV("top")));
}

// Opened quickly, a folder is looked at when something in it is asked for, and the rest when all
// are.
static void a_quick_look_leaves_other_folders_alone(void **state)
{
    struct space *space = *state;
    struct err err = { 0 };
    struct sv id, again;

    space_write(space, "corpus/other/.keep", "");
    workspace_release(&space->ws);
    assert_true(workspace_open_quick(space->dir, &space->ws, &space->findings, &err));
    assert_true(workspace_find_article(&space->ws, SV("ev/blast"), &id));
    space_write(space, "corpus/ev/late.txt", "");
    space_write(space, "corpus/other/second.txt", "");
    space_write(space, "corpus/other/bad\tname.txt", "");
    assert_false(workspace_find_article(&space->ws, SV("ev/late"), &again)); // known by then
    assert_false(workspace_find_article(&space->ws, SV("ev/../ev/blast"), &again));
    assert_false(workspace_find_article(&space->ws, SV("/ev/blast"), &again));
    assert_false(workspace_find_article(&space->ws, SV("none/blast"), &again));
    workspace_take_findings(&space->ws, &space->findings);
    assert_int_equal(space->findings.count, 0);

    const struct fs_names *all = workspace_articles(&space->ws);

    assert_int_equal(all->count, 4);
    assert_string_equal(all->items[0], "ev/blast");
    assert_string_equal(all->items[3], "other/second");
    assert_true(workspace_find_article(&space->ws, SV("ev/blast"), &again));
    assert_ptr_equal(id.ptr, again.ptr); // what was handed out stays good
    workspace_take_findings(&space->ws, &space->findings);
    assert_true(space_found(&space->findings, E_NAME, "left out, because of its name"));
}

static void init_twice_changes_nothing(void **state)
{
    struct space *space = *state;
    struct buf report = { 0 };
    struct err err = { 0 };

    assert_true(fs_make_dirs(space_path(space, ".git"), &err));
    space_write(space, ".gitattributes", "*.png binary"); // no line end
    assert_true(workspace_init(space->dir, &report, &err));
    assert_non_null(strstr(buf_cstr(&report), "sources.yaml"));

    char *attributes = space_read(space, ".gitattributes");
    char *sources = space_read(space, "annotations/sources.yaml");

    assert_string_equal(attributes, "*.png binary\nannotations/**/*.yaml text eol=lf\n"
                                    "corpus/** -text\n"
                                    "annotations/**/*.yaml merge=gainsay diff=gainsay\n"
                                    "corpus/**/*.yaml merge=gainsay diff=gainsay\n");
    assert_true(
        space_has(space, ".gitignore", ".*.gainsay-*\nannotations/**/*.lock\ncorpus/**/*.lock\n"));
    assert_true(strncmp(sources, "gainsay: 1\n", 11) == 0);

    buf_clear(&report);
    assert_true(workspace_init(space->dir, &report, &err));
    assert_string_equal(buf_cstr(&report), "");
    assert_true(space_has(space, ".gitattributes", attributes));
    space_open(space);
    assert_int_equal(space->findings.count, 0);
    mem_free(attributes);
    mem_free(sources);
    buf_release(&report);
}

static void init_outside_git_leaves_git_alone(void **state)
{
    struct space *space = *state;
    struct buf report = { 0 };
    struct err err = { 0 };

    assert_true(workspace_init(space_path(space, "new/one"), &report, &err));
    assert_true(fs_is_dir(space_path(space, "new/one/corpus")));
    assert_false(fs_is_file(space_path(space, "new/one/.gitattributes")));
    buf_release(&report);
}

static void annotators_are_folders_adjudicated_last(void **state)
{
    struct space *space = *state;
    struct fs_names names = { 0 };
    struct err err = { 0 };

    space_write(space, "annotations/zoe/x.yaml", "");
    space_write(space, "annotations/adjudicated/x.yaml", "");
    space_write(space, "annotations/ben/x.yaml", "");
    space_write(space, "annotations/Not A Name/x.yaml", "");

    assert_true(workspace_annotators(&space->ws, &names, &err));
    assert_int_equal(names.count, 3);
    assert_string_equal(names.items[0], "ben");
    assert_string_equal(names.items[1], "zoe");
    assert_string_equal(names.items[2], "adjudicated");
    fs_names_release(&names);
}

static void annotator_comes_from_the_nearest_place(void **state)
{
    struct space *space = *state;
    struct buf name = { 0 };
    struct err err = { 0 };

    setenv("GAINSAY_ANNOTATOR", "from-env", 1);
    assert_true(workspace_annotator(&space->ws, "from-option", &name, &err));
    assert_string_equal(buf_cstr(&name), "from-option");
    assert_true(workspace_annotator(&space->ws, NULL, &name, &err));
    assert_string_equal(buf_cstr(&name), "from-env");
    unsetenv("GAINSAY_ANNOTATOR");

    assert_false(workspace_annotator(&space->ws, "Ana", &name, &err));
    assert_int_equal(err.code, E_NAME);
    assert_false(workspace_annotator(&space->ws, "adjudicated", &name, &err));
    assert_false(workspace_annotator(&space->ws, "../x", &name, &err));
    err_release(&err);
    buf_release(&name);
}

static void annotator_without_git_is_the_login_name(void **state)
{
    struct space *space = *state;
    char *path = mem_copy(getenv("PATH"), strlen(getenv("PATH")));
    struct buf name = { 0 };
    struct err err = { 0 };

    unsetenv("GAINSAY_ANNOTATOR");
    setenv("PATH", "/nowhere", 1);
    assert_true(workspace_annotator(&space->ws, NULL, &name, &err));
    assert_true(annotator_is_name(buf_sv(&name)));
    setenv("PATH", path, 1);
    mem_free(path);
    buf_release(&name);
}

static void annotator_comes_from_git_config(void **state)
{
    struct space *space = *state;
    struct buf name = { 0 };
    struct err err = { 0 };

    unsetenv("GAINSAY_ANNOTATOR");
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("HOME", space->dir, 1);
    space_write(space, ".gitconfig", "[user]\n\temail = Ana.Maria+x@example.org\n");
    assert_true(workspace_annotator(&space->ws, NULL, &name, &err));
    if (!sv_eq(buf_sv(&name), SV("ana.maria")))
        skip(); // no git here
    space_write(space, ".gitconfig", "[user]\n\temail = 99+hub@users.noreply.github.com\n");
    assert_true(workspace_annotator(&space->ws, NULL, &name, &err));
    assert_string_equal(buf_cstr(&name), "hub");
    space_write(space, ".gitconfig",
                "[user]\n\temail = x@example.org\n[gainsay]\n\tannotator = ana\n");
    assert_true(workspace_annotator(&space->ws, NULL, &name, &err));
    assert_string_equal(buf_cstr(&name), "ana");
    buf_release(&name);
}

static void names_are_made_from_anything(void **state)
{
    static const struct {
        const char *text, *name;
    } made[] = { { "Ana", "ana" },   { "J\xC3\xBCrgen", "j--rgen" }, { "_x_", "x" },
                 { "root", "root" }, { "\xC3\xA9", "reader" },       { "", "reader" },
                 { "a b", "a-b" } };
    struct buf name = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(made); i++) {
        buf_clear(&name);
        annotator_make_name(sv_from(made[i].text), &name);
        assert_string_equal(buf_cstr(&name), made[i].name);
        assert_true(annotator_is_name(buf_sv(&name)));
    }
    buf_release(&name);
}

static void refuses_ids_that_would_collide(void **state)
{
    static const struct {
        const char *id, *says; // NULL: taken
    } ids[] = {
        { "ev/new", NULL },
        { "new/deep/one", NULL },
        { "ev/blast", "already" },
        { "EV/Blast", "form of accents" },
        { "EV/other", "form of accents" },
        { "ev/blast.", "a dot at the end" },
        { "ev/bl\xC3\xA4st", NULL },
        { "", "empty" },
        { "/abs", "empty" },
        { "a//b", "empty" },
        { "a/", "empty" },
        { "../x", "dot" },
        { "a/.b", "dot" },
        { "-x", "dash" },
        { "a/-x", "dash" },
        { " x", "blank" },
        { "a\nb", "control" },
        { "a\xE2\x80\xAE"
          "b",
          "control" },
        { "a\\b", "backslash" },
        { "a\xff", "UTF-8" },
    };
    struct space *space = *state;

    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        struct err err = { 0 };
        bool ok = workspace_check_id(&space->ws, sv_from(ids[i].id), &err);

        if (ok != !ids[i].says ||
            (!ok && (err.code != E_NAME || !strstr(buf_cstr(&err.text), ids[i].says))))
            fail_msg("'%s': %s", ids[i].id, buf_cstr(&err.text));
        err_release(&err);
    }
}

#define BARE(name) cmocka_unit_test_setup_teardown(name, space_setup_bare, space_teardown)
#define TEST(name) cmocka_unit_test_setup_teardown(name, space_setup, space_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BARE(opens_from_a_folder_below),
        BARE(says_where_it_looked),
        BARE(lists_articles_of_any_depth_in_order),
        BARE(reports_names_it_cannot_hold),
        BARE(does_not_follow_links_that_leave_or_loop),
        BARE(reads_nothing_through_a_link_that_leaves),
        BARE(takes_a_scheme_and_survives_a_bad_one),
        TEST(resolves_what_is_typed),
        TEST(others_are_of_the_same_folder),
        TEST(a_quick_look_leaves_other_folders_alone),
        BARE(init_twice_changes_nothing),
        BARE(init_outside_git_leaves_git_alone),
        TEST(annotators_are_folders_adjudicated_last),
        TEST(annotator_comes_from_the_nearest_place),
        TEST(annotator_without_git_is_the_login_name),
        TEST(annotator_comes_from_git_config),
        cmocka_unit_test(names_are_made_from_anything),
        TEST(refuses_ids_that_would_collide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
