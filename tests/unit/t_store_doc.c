// Loading and saving files of records: the examples of the format, bytes that stay, content that
// arrives.
#include <stdio.h>
#include <stdlib.h>

#include "t.h"

#include "base/fs.h"
#include "doc_make.h"
#include "store/doc_impl.h"

static const char *const hand_made[] = {
    "example-layer.yaml", "example-sources.yaml", "layer-comments.yaml", "layer-indented.yaml",
    "layer-json.yaml",    "layer-crlf.yaml",      "layer-bom-open.yaml", "layer-keep.yaml",
    "layer-empty.yaml",   "layer-broken.yaml",    "sources-odd.yaml",    "scheme-odd.yaml",
    "meta-odd.yaml",
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
        doc_adopt(doc, doc_draft(doc, &content));
        assert_same_bytes(doc_bytes(doc), buf_sv(&out));
        buf_clear(&out);
        doc_render(doc, &content, &out);
        assert_same_bytes(buf_sv(&out), bytes);
        buf_release(&out);
        doc_free(doc);
        arena_release(&arena);
    }
}

// Links whose claims are not there stand in the order of their ids, in a layer as in a file: what a
// file does with them in another order depends on which of them it had.
static void sort_links(const void **items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0; k--) {
            const struct record *before = items[k - 1], *rec = items[k];

            if (sv_cmp(before->id, rec->id) <= 0)
                break;
            items[k - 1] = rec;
            items[k] = before;
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
    if (kind == KIND_LINK)
        sort_links(items, count);
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

// The bytes of every record that did not change are in the new text as they were.
static void assert_untouched(const struct doc *doc, const struct doc_content *content,
                             struct sv out)
{
    for (const struct head_run *head = doc->heads; head < doc->heads + doc->count; head++) {
        if (!head->is_block || doc->is_flow)
            continue;

        struct rec_list list = content->sections[doc_section_index(doc->shape, head->field)];

        for (size_t i = 0; i < head->count; i++) {
            const struct record_run *run = &head->records[i];
            struct sv lines = sv_trim(sv_sub(doc_bytes(doc), run->beg, run->end));
            bool is_there = !run->rec;

            for (size_t k = 0; k < list.count && !is_there; k++)
                is_there = list.items[k] == run->rec;
            if (is_there && doc->open_scalar == SIZE_MAX && sv_find(out, lines, 0) == SIZE_MAX) {
                print_message("--- lost\n%.*s\n--- in\n%.*s\n", SV_ARG(lines), SV_ARG(out));
                fail();
            }
        }
    }
}

static void assert_same_places(const struct doc *a, const struct doc *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->is_flow, b->is_flow);
    assert_int_equal(a->open_scalar, b->open_scalar);
    for (size_t h = 0; h < a->count && !a->is_flow; h++) {
        const struct head_run *x = &a->heads[h], *y = &b->heads[h];

        assert_ptr_equal(x->field, y->field);
        assert_int_equal(x->beg, y->beg);
        assert_int_equal(x->end, y->end);
        assert_int_equal(x->count, y->count);
        assert_int_equal(x->is_block, y->is_block);
        assert_int_equal(x->ends_keep, y->ends_keep);
        if (!x->is_block)
            continue;
        assert_int_equal(x->dash_col, y->dash_col);
        assert_int_equal(x->records_beg, y->records_beg);
        for (size_t i = 0; i < x->count; i++) {
            const struct record_run *r = &x->records[i], *s = &y->records[i];

            assert_int_equal(r->beg, s->beg);
            assert_int_equal(r->end, s->end);
            assert_int_equal(!r->rec, !s->rec);
            assert_int_equal(r->ends_keep, s->ends_keep);
            assert_true(!r->rec || r->field_count == s->field_count);
            for (size_t k = 0; r->rec && k < r->field_count; k++) {
                assert_int_equal(r->fields[k].beg, s->fields[k].beg);
                assert_int_equal(r->fields[k].end, s->fields[k].end);
                assert_int_equal(r->fields[k].field, s->fields[k].field);
            }
        }
    }
}

// A change taken back: the bytes of before are taken where they say what the content says, whoever
// wrote them; `other` is content that they do not say.
static bool take_back(struct maker *m, const struct doc_shape *shape, struct sv bytes)
{
    struct doc_content content, other, fresh;
    struct doc *doc = load(shape, bytes, &m->arena, &content), *reload;
    struct doc_content before = content;
    struct draft *draft;

    edit_content(m, shape, &content);
    other = before;
    edit_content(m, shape, &other);
    draft = doc_draft(doc, &content);

    struct splice back = splice_inverse(doc_draft_splice(draft), doc_bytes(doc));

    doc_adopt(doc, draft);
    draft = doc_draft(doc, &other);
    assert_true(!doc_respell(doc, draft, &back) || content_has_same(shape, &before, &other));
    doc_draft_free(draft);
    draft = doc_draft(doc, &before);

    bool is_other_spelling = !splice_eq(doc_draft_splice(draft), &back, doc_bytes(doc));
    bool done = doc_respell(doc, draft, &back);

    doc_adopt(doc, draft);
    reload = load(shape, doc_bytes(doc), &m->arena, &fresh);
    if (done)
        assert_same_bytes(doc_bytes(doc), bytes);
    assert_same_places(doc, reload);
    doc_free(reload);
    doc_free(doc);
    splice_release(&back);
    return is_other_spelling && done;
}

static void t_bytes_of_before_come_back_when_they_say_the_same(void **state)
{
    size_t count = 0;

    (void)state;
    for (unsigned seed = 1; seed <= 40; seed++)
        for (size_t i = 0; i < ARRAY_LEN(hand_made); i++) {
            struct maker m = { .seed = seed * 7907 + (unsigned)i };

            if (shape_of(hand_made[i])->kind == KIND_NONE)
                count += take_back(&m, shape_of(hand_made[i]), read_data(&m.arena, hand_made[i]));
            arena_release(&m.arena);
        }
    assert_true(count > 10);
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
        assert_untouched(doc, &content, buf_sv(&out));
        doc_adopt(doc, doc_draft(doc, &content));
        assert_same_bytes(doc_bytes(doc), buf_sv(&out));
        assert_same_places(doc, reload);
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

// A file with some bytes changed, lines swapped, doubled or taken out.
static struct sv mutate(struct maker *m, struct sv bytes)
{
    static const char *const pieces[] = { " ", "\n",   "  ", "#",  "# c\n", "- ",   ":",
                                          "|", "|+\n", "'",  "\"", "\n\n",  "\r\n", "[",
                                          "]", "{}",   "\t", "~",  ">\n",   "? ",   "," };
    struct buf out = { 0 };

    buf_add(&out, bytes);
    for (unsigned n = 1 + maker_random(m, 3); n && out.len; n--) {
        size_t at = maker_random(m, (unsigned)out.len);
        const char *lf = memchr(out.ptr + at, '\n', out.len - at);
        size_t end = lf ? (size_t)(lf - out.ptr) + 1 : out.len;
        struct sv piece = sv_from(pieces[maker_random(m, (unsigned)ARRAY_LEN(pieces))]);

        switch (maker_random(m, 5)) {
        case 0:
            buf_splice(&out, at, at + 1, SV(""));
            break;
        case 1:
            buf_splice(&out, at, at, piece);
            break;
        case 2: // behind a line
            buf_splice(&out, end, end, piece);
            break;
        case 3:
            buf_splice(&out, at, end, SV(""));
            break;
        default:
            buf_splice(&out, at, out.len, SV("")); // cut
            break;
        }
    }

    struct sv copy = sv_copy(&m->arena, buf_sv(&out));

    buf_release(&out);
    return copy;
}

static bool is_loadable(const struct doc_shape *shape, struct sv bytes, struct arena *arena)
{
    struct doc_content content;
    struct findings findings = { 0 };
    struct err err = { 0 };
    struct doc *doc = NULL;
    bool ok = doc_load(shape, bytes, "test.yaml", arena, &content, &doc, &findings, &err);

    doc_free(doc);
    findings_release(&findings);
    err_release(&err);
    return ok;
}

static void t_edits_of_mangled_files_arrive(void **state)
{
    int tried = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hand_made); i++) {
        const struct doc_shape *shape = shape_of(hand_made[i]);

        if (shape->kind != KIND_NONE)
            continue;
        for (unsigned seed = 1; seed <= 60; seed++) {
            struct maker m = { .seed = seed * 27644437 };
            struct sv bytes = mutate(&m, read_data(&m.arena, hand_made[i]));

            if (!sv_is_blank(bytes) && is_loadable(shape, bytes, &m.arena)) {
                run_edits(&m, shape, bytes, 4);
                tried++;
            }
            arena_release(&m.arena);
        }
    }
    assert_true(tried > 100);
}

static void t_format_is_stable_and_keeps_content_and_comments(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hand_made); i++) {
        const struct doc_shape *shape = shape_of(hand_made[i]);
        struct arena arena = { 0 };
        struct sv bytes = read_data(&arena, hand_made[i]), golden, rest, line;
        struct findings findings = { 0 };
        struct err err = { 0 };
        struct buf out = { 0 }, again = { 0 }, name = { 0 };
        struct doc_content content, after;

        assert_true(doc_format(shape, bytes, "test.yaml", &out, &findings, &err));
        assert_true(doc_format(shape, buf_sv(&out), "test.yaml", &again, &findings, &err));
        assert_same_bytes(buf_sv(&again), buf_sv(&out));
        buf_addf(&name, "canonical/%s", hand_made[i]);
        if (getenv("GAINSAY_ACCEPT")) {
            buf_clear(&again);
            buf_addf(&again, "tests/data/yaml/%s", buf_cstr(&name));
            assert_true(fs_replace(buf_cstr(&again), buf_sv(&out), &err));
        }
        golden = read_data(&arena, buf_cstr(&name));
        assert_same_bytes(buf_sv(&out), golden);

        struct doc *a = load(shape, bytes, &arena, &content);
        struct doc *b = load(shape, buf_sv(&out), &arena, &after);

        assert_true(content_has_same(shape, &content, &after));
        for (rest = bytes; rest.len && sv_split(&rest, '\n', &line);) {
            line = sv_trim(line);
            if (sv_starts(line, SV("#")) && sv_find(buf_sv(&out), line, 0) == SIZE_MAX)
                fail_msg("lost '%.*s'", SV_ARG(line));
        }
        doc_free(a);
        doc_free(b);
        buf_release(&out);
        buf_release(&again);
        buf_release(&name);
        findings_release(&findings);
        arena_release(&arena);
    }
}

static void t_what_the_writer_writes_is_canonical(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 60; seed++) {
        struct maker m = { .seed = seed * 15485863 };
        struct doc_content content = { 0 };
        struct findings findings = { 0 };
        struct err err = { 0 };
        struct buf out = { 0 }, formatted = { 0 };

        make_content(&m, &doc_scheme, &content); // its records have no order of their own
        write_anew(&doc_scheme, &content, &out);
        assert_true(
            doc_format(&doc_scheme, buf_sv(&out), "test.yaml", &formatted, &findings, &err));
        assert_same_bytes(buf_sv(&formatted), buf_sv(&out));
        buf_release(&out);
        buf_release(&formatted);
        findings_release(&findings);
        arena_release(&m.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_example_of_the_format_is_written_byte_for_byte),
        cmocka_unit_test(t_any_content_reads_back_and_then_keeps_its_bytes),
        cmocka_unit_test(t_hand_made_files_keep_their_bytes),
        cmocka_unit_test(t_edits_arrive_and_only_they),
        cmocka_unit_test(t_bytes_of_before_come_back_when_they_say_the_same),
        cmocka_unit_test(t_edits_of_hand_made_files_arrive),
        cmocka_unit_test(t_edits_of_mangled_files_arrive),
        cmocka_unit_test(t_format_is_stable_and_keeps_content_and_comments),
        cmocka_unit_test(t_what_the_writer_writes_is_canonical),
    };

    return cmocka_run_group_tests_name("store_doc", tests, NULL, NULL);
}
