// The cache of layers: it gives back what was kept, and nothing for a file that has changed, or of
// bytes that are not its own.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "t.h"

#include "base/fs.h"
#include "doc_make.h"
#include "doc_same.h"
#include "model/query_trait.h"
#include "store/cache.h"
#include "store/pack.h"

static char dir[] = "/tmp/gainsay-cache-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(dir) && !setenv("GAINSAY_STATE", dir, 1) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct buf command = { 0 };

    (void)state;
    buf_addf(&command, "rm -rf '%s'", dir);

    FILE *rm = popen(buf_cstr(&command), "r");

    buf_release(&command);
    return rm && !pclose(rm) ? 0 : -1;
}

static struct workspace workspace_at(const char *root)
{
    struct workspace ws = { 0 };

    buf_add_cstr(&ws.root, root);
    return ws;
}

static void cache_file(struct buf *out)
{
    struct fs_names names;
    struct buf folder = { 0 };
    struct err err = { 0 };

    buf_addf(&folder, "%s/cache/layers", dir);
    assert_true(fs_list(buf_cstr(&folder), &names, &err));
    assert_int_equal(names.count, 1);
    fs_join(out, buf_cstr(&folder), names.items[0]);
    fs_names_release(&names);
    buf_release(&folder);
}

// ---- layers made up

static const struct fs_stamp old_stamp = {
    .exists = true, .size = 100, .inode = 5, .device = 6, .mtime_ns = 7, .ctime_ns = 8
};

static void make_content(struct maker *m, struct doc_content *out)
{
    static const enum kind_id kinds[] = { KIND_CLAIM, KIND_LINK, KIND_FURNITURE, KIND_NOTE };
    struct layer_head *head = arena_new(&m->arena, sizeof(*head));

    *out = (struct doc_content){ .head = head };
    *head = (struct layer_head){ .gainsay = 1, .article = make_text(m), .annotator = SV("ana") };
    for (size_t s = 0; s < ARRAY_LEN(kinds); s++) {
        size_t count = maker_random(m, 5);
        const void **items = arena_new(&m->arena, 5 * sizeof(*items));

        for (size_t i = 0; i < count; i++)
            items[i] = make_record(m, kinds[s], 0);
        out->sections[s] = (struct rec_list){ items, count };
    }
}

static void add_id(struct buf *out, size_t i)
{
    buf_clear(out);
    buf_addf(out, "event/%03zu", i);
}

#define LAYERS 40

// A cache with LAYERS entries on disk.
static void keep_layers(struct workspace *ws)
{
    struct cache *cache = cache_open(ws, "ana");
    struct buf id = { 0 };

    for (size_t i = 0; i < LAYERS; i++) {
        struct maker m = { .seed = 100 + i, .is_strict = true };
        struct doc_content content;

        make_content(&m, &content);
        add_id(&id, i);
        cache_add(cache, buf_sv(&id), &old_stamp, (size_t)1 << 20, &content);
        arena_release(&m.arena);
    }
    cache_save(cache);
    cache_close(cache);
    buf_release(&id);
}

// Entries that a cache opened anew gives, each compared with what was kept.
static size_t count_kept(struct workspace *ws, const struct fs_stamp *stamp)
{
    struct cache *cache = cache_open(ws, "ana");
    struct buf id = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < LAYERS; i++) {
        struct maker m = { .seed = 100 + i, .is_strict = true };
        struct doc_content want, got;
        struct arena arena = { 0 };

        make_content(&m, &want);
        add_id(&id, i);
        if (cache_find(cache, buf_sv(&id), stamp, NULL, &arena, &got)) {
            assert_true(same_content(&doc_layer, &want, &got));
            count++;
        }
        arena_release(&arena);
        arena_release(&m.arena);
    }
    cache_close(cache);
    buf_release(&id);
    return count;
}

static void t_what_was_kept_comes_back(void **state)
{
    struct workspace ws = workspace_at("/w/one");

    (void)state;
    assert_int_equal(count_kept(&ws, &old_stamp), 0);
    keep_layers(&ws);
    assert_int_equal(count_kept(&ws, &old_stamp), LAYERS);
    buf_release(&ws.root);
}

static void t_any_change_of_the_file_is_seen(void **state)
{
    struct workspace ws = workspace_at("/w/one");
    struct fs_stamp changed[6];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(changed); i++)
        changed[i] = old_stamp;
    changed[0].size++;
    changed[1].inode++;
    changed[2].device++;
    changed[3].mtime_ns++;
    changed[4].ctime_ns++;
    changed[5].exists = false;
    for (size_t i = 0; i < ARRAY_LEN(changed); i++)
        assert_int_equal(count_kept(&ws, &changed[i]), 0);
    assert_int_equal(count_kept(&ws, &old_stamp), LAYERS);
    buf_release(&ws.root);
}

static void t_fresh_files_and_small_gains_are_not_kept(void **state)
{
    struct workspace ws = workspace_at("/w/two");
    struct fs_stamp fresh = old_stamp;
    struct maker m = { .seed = 3, .is_strict = true };
    struct doc_content content;
    struct cache *cache;
    struct buf path = { 0 };

    (void)state;
    make_content(&m, &content);
    buf_addf(&path, "%s/file", dir);
    fclose(fopen(buf_cstr(&path), "w"));
    assert_true(fs_stamp(buf_cstr(&path), &fresh, &(struct err){ 0 }));
    cache = cache_open(&ws, "ana");
    cache_add(cache, SV("a"), &fresh, (size_t)8 << 20, &content); // written just now
    fresh.mtime_ns = old_stamp.mtime_ns;                          // the time set back
    cache_add(cache, SV("b"), &fresh, (size_t)8 << 20, &content);
    cache_add(cache, SV("c"), &old_stamp, 1000, &content); // read again in no time
    cache_save(cache);
    cache_close(cache);
    buf_clear(&path);
    cache_file(&path); // one file, that of the other workspace
    arena_release(&m.arena);
    buf_release(&path);
    buf_release(&ws.root);
}

static void t_other_annotators_and_workspaces_have_their_own(void **state)
{
    struct workspace one = workspace_at("/w/one"), other = workspace_at("/w/on");
    struct arena arena = { 0 };
    struct doc_content content;
    struct cache *cache = cache_open(&one, "ben");

    (void)state;
    assert_false(cache_find(cache, SV("event/000"), &old_stamp, NULL, &arena, &content));
    cache_close(cache);
    assert_int_equal(count_kept(&other, &old_stamp), 0);
    buf_release(&one.root);
    buf_release(&other.root);
    arena_release(&arena);
}

struct wanted {
    struct sv article;
    uint64_t trait;  // that a claim must have
    uint32_t odd;    // of the hash of its id: 1, or 0 for all
    uint64_t traits; // of the claim that was asked about last
    size_t asked;
};

static bool may_keep_some(void *ctx, const void *head, const struct glance *glance)
{
    struct wanted *wanted = ctx;

    assert_true(sv_eq(((const struct layer_head *)head)->article, wanted->article));
    wanted->traits = glance->traits;
    assert_true(glance->texts.ptr >= glance->run.ptr);
    assert_true(glance->texts.ptr + glance->texts.len <= glance->run.ptr + glance->run.len);
    return glance->traits & wanted->trait && (glance->id_hash & wanted->odd) == wanted->odd;
}

static bool keeps_some(void *ctx, const void *head, const struct claim *claim)
{
    struct wanted *wanted = ctx;

    assert_true(sv_eq(((const struct layer_head *)head)->article, wanted->article));
    assert_true(wanted->traits == claim_traits(claim));
    assert_int_equal(pack_id_hash(claim->id) & wanted->odd, wanted->odd);
    wanted->asked++;
    return pack_id_hash(claim->id) & 2;
}

static bool is_wanted(const struct wanted *wanted, const struct claim *claim)
{
    return claim_traits(claim) & wanted->trait &&
           (pack_id_hash(claim->id) & (wanted->odd | 2)) == (wanted->odd | 2);
}

static void t_claims_are_sifted_and_links_read_alone(void **state)
{
    struct workspace ws = workspace_at("/w/one");
    struct cache *cache = cache_open(&ws, "ana");
    struct buf id = { 0 };
    size_t kept = 0, all = 0, asked = 0;

    (void)state;
    for (size_t i = 0; i < LAYERS; i++) {
        struct maker m = { .seed = 100 + i, .is_strict = true };
        struct arena arena = { 0 }, scratch = { 0 };
        struct doc_content want, got, links = { 0 };
        struct wanted wanted = { .trait = i % 3 ? UINT64_MAX : UINT64_C(0x5555555555555555),
                                 .odd = i % 2 };

        make_content(&m, &want);
        wanted.article = ((const struct layer_head *)want.head)->article;
        add_id(&id, i);
        assert_true(cache_links(cache, buf_sv(&id), &old_stamp, &arena, &links.sections[1]));
        assert_true(
            cache_find(cache, buf_sv(&id), &old_stamp,
                       &(struct sieve){ may_keep_some, UINT64_MAX, keeps_some, &wanted, &scratch },
                       &arena, &got));
        links.head = want.head;
        links.sections[0] = got.sections[0];
        links.sections[2] = got.sections[2];
        links.sections[3] = got.sections[3];

        const void **items = arena_new(&arena, 8 * sizeof(*items));
        size_t count = 0;

        for (size_t k = 0; k < want.sections[0].count; k++)
            if (is_wanted(&wanted, want.sections[0].items[k]))
                items[count++] = want.sections[0].items[k];
        all += want.sections[0].count;
        kept += count;
        asked += wanted.asked;
        want.sections[0] = (struct rec_list){ items, count };
        assert_true(same_content(&doc_layer, &want, &got));
        assert_true(same_content(&doc_layer, &want, &links));
        assert_int_equal(scratch.used, 0);
        arena_release(&scratch);
        arena_release(&arena);
        arena_release(&m.arena);
    }
    assert_true(kept && kept < asked && asked < all);
    cache_close(cache);
    buf_release(&id);
    buf_release(&ws.root);
}

// Bytes changed, cut off and added: an entry is what was kept, or there is none.
static void t_damaged_files_are_passed_over(void **state)
{
    struct workspace ws = workspace_at("/w/one");
    struct maker m = { .seed = 11 };
    struct buf path = { 0 }, whole = { 0 };
    struct err err = { 0 };
    size_t count = getenv("GAINSAY_LONG") ? 20000 : 400;

    (void)state;
    cache_file(&path);
    assert_true(fs_read(buf_cstr(&path), (size_t)1 << 24, &whole, &err));
    for (size_t i = 0; i < count; i++) {
        struct buf bytes = { 0 };
        unsigned at = maker_random(&m, maker_random(&m, 2) ? 120 : (unsigned)whole.len);

        buf_add(&bytes, buf_sv(&whole));
        if (i % 4 == 0)
            buf_splice(&bytes, at, bytes.len, SV(""));
        else if (i % 4 == 1)
            buf_splice(&bytes, at, at, SV("x"));
        else
            bytes.ptr[at] = (char)(bytes.ptr[at] ^ (1 << maker_random(&m, 8)));

        FILE *file = fopen(buf_cstr(&path), "wb");

        assert_non_null(file);
        assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
        fclose(file);
        // A text that was changed in this boot is the one damage that a sum does not tell.
        if (i % 4 < 2)
            assert_int_equal(count_kept(&ws, &old_stamp), 0);
        buf_release(&bytes);
    }
    buf_release(&path);
    buf_release(&whole);
    buf_release(&ws.root);
}

static bool may_keep_no_third(void *ctx, const void *head, const struct glance *glance)
{
    size_t *turn = ctx;

    (void)head;
    (void)glance;
    return ++*turn % 3;
}

static bool keeps_no_other(void *ctx, const void *head, const struct claim *claim)
{
    size_t *turn = ctx;

    (void)head;
    (void)claim;
    return ++*turn % 2;
}

// Packs of any bytes are refused or give records, and never read past their end.
static void t_packs_of_any_bytes(void **state)
{
    size_t count = getenv("GAINSAY_LONG") ? 200000 : 4000;
    size_t sound = 0, sound_links = 0, sound_sifted = 0, turn = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct maker m = { .seed = 7000 + i, .is_strict = true };
        struct doc_content content, again;
        struct pack pack = { 0 };
        struct arena arena = { 0 }, scratch = { 0 };
        struct rec_list links;

        make_content(&m, &content);
        pack_content(&pack, &doc_layer, &content);
        for (unsigned n = maker_random(&m, 4); n; n--)
            pack.tight.ptr[maker_random(&m, (unsigned)pack.tight.len)] =
                (char)maker_random(&m, 256);

        // Of exact size, so that a sanitizer sees a step too far.
        char *tight = mem_copy(pack.tight.ptr, pack.tight.len),
             *text = mem_copy(buf_cstr(&pack.text), pack.text.len);

        if (unpack_content(&doc_layer, sv_of(tight, pack.tight.len), sv_of(text, pack.text.len),
                           NULL, &arena, &again))
            sound++;
        sound_links += unpack_section(&doc_layer, KIND_LINK, sv_of(tight, pack.tight.len),
                                      sv_of(text, pack.text.len), &arena, &links);
        if (unpack_content(&doc_layer, sv_of(tight, pack.tight.len), sv_of(text, pack.text.len),
                           &(struct sieve){ may_keep_no_third, i % 3 ? UINT64_MAX : 5,
                                            keeps_no_other, &turn, &scratch },
                           &arena, &again))
            sound_sifted++;
        mem_free(tight);
        mem_free(text);
        buf_release(&pack.tight);
        buf_release(&pack.text);
        arena_release(&scratch);
        arena_release(&arena);
        arena_release(&m.arena);
    }
    assert_true(sound > count / 5 && sound < count);
    assert_true(sound_sifted >= sound &&
                sound_sifted < count); // what is left closed is not looked at
    assert_true(sound_links >= sound && sound_links < count);
}

// A file of a cache's name in the folder of caches, with these bytes, that was written some days
// ago.
static void leave_file(const char *name, struct sv bytes, int days, struct buf *path)
{
    FILE *file;
    struct timespec times[2] = { { .tv_sec = time(NULL) - (time_t)days * 24 * 60 * 60 } };

    times[1] = times[0];
    buf_clear(path);
    buf_addf(path, "%s/sweep/%s", dir, name);
    file = fopen(buf_cstr(path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    fclose(file);
    assert_int_equal(utimensat(AT_FDCWD, buf_cstr(path), times, 0), 0);
}

// The bytes of the cache of a workspace at `root`, as they are written.
static void cache_bytes(const char *root, struct buf *out)
{
    struct workspace ws = workspace_at(root);
    struct buf path = { 0 }, state = { 0 };
    struct err err = { 0 };

    buf_addf(&state, "%s/of%s", dir, root);
    for (size_t i = strlen(dir) + 1; i < state.len; i++)
        state.ptr[i] = (char)(state.ptr[i] == '/' ? '-' : state.ptr[i]);
    setenv("GAINSAY_STATE", buf_cstr(&state), 1);
    keep_layers(&ws);

    struct fs_names names;

    buf_add_cstr(&state, "/cache/layers");
    assert_true(fs_list(buf_cstr(&state), &names, &err));
    assert_int_equal(names.count, 1);
    fs_join(&path, buf_cstr(&state), names.items[0]);
    assert_true(fs_read(buf_cstr(&path), (size_t)1 << 24, out, &err));
    setenv("GAINSAY_STATE", dir, 1);
    fs_names_release(&names);
    buf_release(&path);
    buf_release(&state);
    buf_release(&ws.root);
}

static void t_caches_of_what_is_gone_are_swept(void **state)
{
    struct buf here = { 0 }, gone = { 0 }, path = { 0 }, odd = { 0 }, folder = { 0 };

    (void)state;
    cache_bytes(dir, &here);
    cache_bytes("/no/such/workspace", &gone);
    buf_addf(&folder, "%s/sweep", dir);
    assert_int_equal(mkdir(buf_cstr(&folder), 0700), 0);
    buf_add(&odd, buf_sv(&gone));
    odd.ptr[0] ^= 1;

    const struct {
        const char *name;
        const struct buf *bytes;
        int days;
        bool stays;
    } files[] = {
        { "0000000000000001", &gone, CACHE_DAYS + 1, false },
        { "0000000000000002", &gone, CACHE_DAYS - 1, true }, // may be on a disk that is not in
        { "0000000000000003", &here, CACHE_DAYS + 1, true },
        { "0000000000000004", &odd, CACHE_DAYS + 1, true }, // of somebody else
        { "empty", &(struct buf){ 0 }, CACHE_DAYS + 1, true },
        { "cut", &(struct buf){ .ptr = gone.ptr, .len = 20 }, CACHE_DAYS + 1, true },
    };

    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        leave_file(files[i].name, buf_sv(files[i].bytes), files[i].days, &path);

    // A link to one that would go, and a folder.
    struct buf target = { 0 }, link = { 0 };

    leave_file("../elsewhere", buf_sv(&gone), CACHE_DAYS + 1, &target);
    buf_addf(&link, "%s/link", buf_cstr(&folder));
    assert_int_equal(symlink(buf_cstr(&target), buf_cstr(&link)), 0);
    cache_sweep(buf_cstr(&folder));
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        buf_clear(&path);
        fs_join(&path, buf_cstr(&folder), files[i].name);
        assert_int_equal(fs_is_file(buf_cstr(&path)), files[i].stays);
    }
    assert_true(fs_is_link(buf_cstr(&link)));
    assert_true(fs_is_file(buf_cstr(&target)));

    // Nor through a link in place of the folder.
    buf_clear(&link);
    buf_addf(&link, "%s/other", dir);
    leave_file("0000000000000001", buf_sv(&gone), CACHE_DAYS + 1, &path);
    assert_int_equal(symlink(buf_cstr(&folder), buf_cstr(&link)), 0);
    cache_sweep(buf_cstr(&link));
    assert_true(fs_is_file(buf_cstr(&path)));
    buf_release(&here);
    buf_release(&gone);
    buf_release(&path);
    buf_release(&odd);
    buf_release(&folder);
    buf_release(&target);
    buf_release(&link);
}

// A cache is of the workspace whose folder it names, whatever the name of the file.
static void t_the_folder_is_told_too(void **state)
{
    struct workspace ws = workspace_at("/w/five");
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };
    FILE *file;

    (void)state;
    buf_addf(&path, "%s/five", dir);
    setenv("GAINSAY_STATE", buf_cstr(&path), 1);
    keep_layers(&ws);
    assert_int_equal(count_kept(&ws, &old_stamp), LAYERS);
    buf_add_cstr(&path, "/cache/layers");

    struct fs_names names;

    assert_true(fs_list(buf_cstr(&path), &names, &err));
    buf_addf(&path, "/%s", names.items[0]);
    assert_true(fs_read(buf_cstr(&path), (size_t)1 << 24, &bytes, &err));
    assert_true(sv_ends(buf_sv(&bytes), SV("/w/five")));
    bytes.ptr[bytes.len - 1] = 'x';
    file = fopen(buf_cstr(&path), "wb");
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    fclose(file);
    assert_int_equal(count_kept(&ws, &old_stamp), 0);
    setenv("GAINSAY_STATE", dir, 1);
    fs_names_release(&names);
    buf_release(&path);
    buf_release(&bytes);
    buf_release(&ws.root);
}

static void t_no_folder_is_no_error(void **state)
{
    struct workspace ws = workspace_at("/w/three");

    (void)state;
    setenv("GAINSAY_STATE", "/dev/null/none", 1);
    keep_layers(&ws);
    assert_int_equal(count_kept(&ws, &old_stamp), 0);
    setenv("GAINSAY_STATE", dir, 1);
    buf_release(&ws.root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_what_was_kept_comes_back),
        cmocka_unit_test(t_any_change_of_the_file_is_seen),
        cmocka_unit_test(t_fresh_files_and_small_gains_are_not_kept),
        cmocka_unit_test(t_claims_are_sifted_and_links_read_alone),
        cmocka_unit_test(t_other_annotators_and_workspaces_have_their_own),
        cmocka_unit_test(t_damaged_files_are_passed_over),
        cmocka_unit_test(t_packs_of_any_bytes),
        cmocka_unit_test(t_caches_of_what_is_gone_are_swept),
        cmocka_unit_test(t_the_folder_is_told_too),
        cmocka_unit_test(t_no_folder_is_no_error),
    };

    return cmocka_run_group_tests_name("store_cache", tests, set_up, tear_down);
}
