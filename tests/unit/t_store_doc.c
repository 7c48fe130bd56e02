// Loading and saving files of records: the examples of the format, bytes that stay, content that
// arrives.
#include <stdio.h>
#include <stdlib.h>

#include "t.h"

#include "base/fs.h"
#include "doc_make.h"

static const char *const hand_made[] = {
    "example-layer.yaml",
    "example-sources.yaml",
};

static struct sv read_data(struct arena *arena, const char *name)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };

    buf_addf(&path, "tests/data/yaml/%s", name);
    assert_true(fs_read(buf_cstr(&path), (size_t)1 << 20, &bytes, &err));

    struct sv copy = sv_copy(arena, buf_sv(&bytes));

    buf_release(&path);
    buf_release(&bytes);
    return copy;
}

static const struct doc_shape *shape_of(const char *name)
{
    return strstr(name, "sources")  ? &doc_registry
           : strstr(name, "scheme") ? &doc_scheme
           : strstr(name, "meta")   ? &doc_meta
                                    : &doc_layer;
}

static struct doc *load(const struct doc_shape *shape, struct sv bytes, struct arena *arena,
                        struct doc_content *content)
{
    struct findings findings = { 0 };
    struct err err = { 0 };
    struct doc *doc = NULL;
    struct buf text = { 0 };
    bool ok = doc_load(shape, bytes, "test.yaml", arena, content, &doc, &findings, &err);

    if (!ok) {
        err_print(&err, &text);
        print_message("%s\n%.*s\n", buf_cstr(&text), SV_ARG(bytes));
    }
    assert_true(ok);
    findings_release(&findings);
    err_release(&err);
    buf_release(&text);
    return doc;
}

static void assert_same_bytes(struct sv got, struct sv want)
{
    if (!sv_eq(got, want))
        print_message("--- got\n%.*s\n--- want\n%.*s\n---\n", SV_ARG(got), SV_ARG(want));
    assert_true(sv_eq(got, want));
}

static bool content_eq(const struct doc_shape *shape, const struct doc_content *a,
                       const struct doc_content *b)
{
    size_t section = 0;

    for (size_t i = 0; i < shape->head_count; i++) {
        const struct field *f = &shape->head[i];

        if (f->type != FIELD_LIST) {
            if (!field_eq(a->head, b->head, f))
                return false;
            continue;
        }

        struct rec_list x = a->sections[section], y = b->sections[section++];

        if (x.count != y.count)
            return false;
        for (size_t k = 0; k < x.count; k++)
            if (!record_eq(f->sub, x.items[k], y.items[k]))
                return false;
    }
    return true;
}

// The content written into an empty file.
static void write_anew(const struct doc_shape *shape, const struct doc_content *content,
                       struct buf *out)
{
    struct arena arena = { 0 };
    struct doc_content none;
    struct doc *doc = load(shape, SV(""), &arena, &none);

    doc_render(doc, content, out);
    doc_free(doc);
    arena_release(&arena);
}

static void t_example_of_the_format_is_written_byte_for_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct arena arena = { 0 };
        struct sv bytes = read_data(&arena, hand_made[i]);
        struct doc_content content;
        struct doc *doc = load(shape_of(hand_made[i]), bytes, &arena, &content);
        struct buf out = { 0 };

        write_anew(shape_of(hand_made[i]), &content, &out);
        assert_same_bytes(buf_sv(&out), bytes);
        buf_release(&out);
        doc_free(doc);
        arena_release(&arena);
    }
}

static void make_content(struct maker *m, const struct doc_shape *shape,
                         struct doc_content *content)
{
    size_t section = 0;

    *content = (struct doc_content){ .head = arena_new(&m->arena, shape->head_size) };
    for (size_t i = 0; i < shape->head_count; i++) {
        const struct field *f = &shape->head[i];

        if (f->type == FIELD_LIST) {
            size_t count = maker_random(m, 5);
            const void **items = arena_new(&m->arena, (count + 1) * sizeof(*items));

            for (size_t k = 0; k < count; k++)
                items[k] = make_record(m, f->sub, 0);
            content->sections[section++] = (struct rec_list){ items, count };
        } else if (!strcmp(f->key, "gainsay")) {
            *(size_t *)content->head = 1; // the first member of every head
        } else if (maker_random(m, 2)) {
            make_member(m, content->head, f, 1);
        }
    }
}

static const struct doc_shape *const shapes[] = { &doc_layer, &doc_registry, &doc_scheme };

static void t_any_content_reads_back_and_then_keeps_its_bytes(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 300; seed++) {
        struct maker m = { .seed = seed * 7919 };
        const struct doc_shape *shape = shapes[seed % 3];
        struct doc_content content, again;
        struct buf out = { 0 }, twice = { 0 };

        make_content(&m, shape, &content);
        write_anew(shape, &content, &out);

        struct doc *doc = load(shape, buf_sv(&out), &m.arena, &again);

        if (!content_eq(shape, &content, &again))
            print_message("seed %u\n%s\n", seed, buf_cstr(&out));
        assert_true(content_eq(shape, &content, &again));
        doc_render(doc, &again, &twice);
        assert_same_bytes(buf_sv(&twice), buf_sv(&out));
        doc_free(doc);
        buf_release(&out);
        buf_release(&twice);
        arena_release(&m.arena);
    }
}

static void t_hand_made_files_keep_their_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hand_made); i++) {
        struct arena arena = { 0 };
        struct sv bytes = read_data(&arena, hand_made[i]);
        struct doc_content content;
        struct doc *doc = load(shape_of(hand_made[i]), bytes, &arena, &content);
        struct buf out = { 0 };

        doc_render(doc, &content, &out);
        assert_same_bytes(buf_sv(&out), bytes);
        doc_adopt(doc, &content, buf_sv(&out));
        buf_clear(&out);
        doc_render(doc, &content, &out);
        assert_same_bytes(buf_sv(&out), bytes);
        buf_release(&out);
        doc_free(doc);
        arena_release(&arena);
    }
}

// One random edit of a section: a record changed, taken out, or put in anywhere.
static void edit_section(struct maker *m, enum kind_id kind, struct rec_list *list)
{
    const void **items = arena_new(&m->arena, (list->count + 1) * sizeof(*items));
    size_t count = list->count, at = maker_random(m, (unsigned)count + 1);

    for (size_t i = 0; i < count; i++)
        items[i] = list->items[i];
    if (at < count && maker_random(m, 2)) {
        items[at] = make_change(m, kind, items[at]);
        if (maker_random(m, 4) == 0) { // its position changed too
            size_t to = maker_random(m, (unsigned)count);
            const void *rec = items[at];

            memmove(items + at, items + at + 1, (count - at - 1) * sizeof(*items));
            memmove(items + to + 1, items + to, (count - to - 1) * sizeof(*items));
            items[to] = rec;
        }
    } else if (at < count && maker_random(m, 2)) {
        memmove(items + at, items + at + 1, (count - at - 1) * sizeof(*items));
        count--;
    } else {
        memmove(items + at + 1, items + at, (count - at) * sizeof(*items));
        items[at] = make_record(m, kind, 0);
        count++;
    }
    *list = (struct rec_list){ items, count };
}

static void edit_content(struct maker *m, const struct doc_shape *shape,
                         struct doc_content *content)
{
    const struct field *f = &shape->head[maker_random(m, (unsigned)shape->head_count)];
    size_t section = 0;

    for (const struct field *g = shape->head; g < f; g++)
        section += g->type == FIELD_LIST;
    if (f->type == FIELD_LIST) {
        edit_section(m, f->sub, &content->sections[section]);
    } else if (strcmp(f->key, "gainsay") != 0) {
        void *head = arena_new(&m->arena, shape->head_size);

        memcpy(head, content->head, shape->head_size);
        make_member(m, head, f, 1);
        content->head = head;
    }
}

static bool has_record(struct rec_list list, enum kind_id kind, const void *rec)
{
    for (size_t i = 0; i < list.count; i++)
        if (record_eq(kind, list.items[i], rec))
            return true;
    return false;
}

// As content_eq, but the file may have another order.
static bool content_has_same(const struct doc_shape *shape, const struct doc_content *a,
                             const struct doc_content *b)
{
    size_t section = 0;

    for (size_t i = 0; i < shape->head_count; i++) {
        const struct field *f = &shape->head[i];

        if (f->type != FIELD_LIST) {
            if (!field_eq(a->head, b->head, f))
                return false;
            continue;
        }

        struct rec_list x = a->sections[section], y = b->sections[section++];

        if (x.count != y.count)
            return false;
        for (size_t k = 0; k < x.count; k++)
            if (!has_record(y, f->sub, x.items[k]))
                return false;
    }
    return true;
}

// Edit after edit on one doc: each rendering must load to the content given, and what doc_adopt
// knows must be what a fresh load of the same bytes knows.
static void run_edits(struct maker *m, const struct doc_shape *shape, struct sv bytes, int edits)
{
    struct doc_content content, fresh;
    struct doc *doc = load(shape, bytes, &m->arena, &content);

    for (int i = 0; i < edits; i++) {
        struct buf out = { 0 }, other = { 0 };

        edit_content(m, shape, &content);
        doc_render(doc, &content, &out);

        struct doc *reload = load(shape, buf_sv(&out), &m->arena, &fresh);
        bool is_same = content_has_same(shape, &content, &fresh);

        if (!is_same)
            print_message("--- before\n%.*s\n--- after\n%s\n---\n", SV_ARG(doc_bytes(doc)),
                          buf_cstr(&out));
        assert_true(is_same);
        doc_adopt(doc, &content, buf_sv(&out));
        doc_render(reload, &content, &other);
        assert_same_bytes(buf_sv(&other), buf_sv(&out));
        doc_free(reload);
        buf_release(&out);
        buf_release(&other);
    }
    doc_free(doc);
}

static void t_edits_arrive_and_only_they(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 60; seed++) {
        struct maker m = { .seed = seed * 104729 };
        const struct doc_shape *shape = shapes[seed % 3];
        struct doc_content content;
        struct buf out = { 0 };

        make_content(&m, shape, &content);
        write_anew(shape, &content, &out);
        run_edits(&m, shape, buf_sv(&out), 20);
        buf_release(&out);
        arena_release(&m.arena);
    }
}

static void t_edits_of_hand_made_files_arrive(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hand_made); i++) {
        if (shape_of(hand_made[i])->kind != KIND_NONE)
            continue;
        for (unsigned seed = 1; seed <= 10; seed++) {
            struct maker m = { .seed = seed * 31337 };

            run_edits(&m, shape_of(hand_made[i]), read_data(&m.arena, hand_made[i]), 12);
            arena_release(&m.arena);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_example_of_the_format_is_written_byte_for_byte),
        cmocka_unit_test(t_any_content_reads_back_and_then_keeps_its_bytes),
        cmocka_unit_test(t_hand_made_files_keep_their_bytes),
        cmocka_unit_test(t_edits_arrive_and_only_they),
        cmocka_unit_test(t_edits_of_hand_made_files_arrive),
    };

    return cmocka_run_group_tests_name("store_doc", tests, NULL, NULL);
}
