// The YAML test suite: every case is read or refused, never crashes or hangs; what is read is what
// the suite says, and as a value that no schema knows it survives saves byte for byte.
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "t.h"

#include "doc_make.h"
#include "store/yaml.h"

static json_t *cases(void)
{
    const char *extra = getenv("GAINSAY_EXTRA");
    struct buf path = { 0 };
    json_t *list = NULL;

    if (extra) {
        buf_addf(&path, "%s/conformance/yaml-test-suite/cases.json", extra);
        list = json_load_file(buf_cstr(&path), JSON_ALLOW_NUL, NULL);
    }
    buf_release(&path);
    return list;
}

static struct sv member(const json_t *test, const char *name)
{
    const json_t *text = json_object_get(test, name);

    return text && json_is_string(text) ? sv_of(json_string_value(text), json_string_length(text))
                                        : SV("");
}

static void add_value(struct sv text, struct buf *out)
{
    buf_add_cstr(out, "=VAL ");
    for (size_t i = 0; i < text.len; i++) {
        static const char plain[] = "\\\n\t\r\b", named[] = "\\ntrb";
        const char *hit = text.ptr[i] ? strchr(plain, text.ptr[i]) : NULL;

        if (hit)
            buf_addf(out, "\\%c", named[hit - plain]);
        else
            buf_add_char(out, text.ptr[i]);
    }
    buf_add_char(out, '\n');
}

// The tree as the suite writes events, without styles.
static void add_events(const struct ynode *node, struct buf *out)
{
    if (node->type == YNODE_SCALAR) {
        add_value(node->text, out);
        return;
    }
    buf_add_cstr(out, node->type == YNODE_MAP ? "+MAP\n" : "+SEQ\n");
    for (size_t i = 0; i < node->count; i++)
        add_events(node->items[i], out);
    buf_add_cstr(out, node->type == YNODE_MAP ? "-MAP\n" : "-SEQ\n");
}

static void add_wanted(struct sv events, struct buf *out)
{
    struct sv line;

    while (events.len && sv_split(&events, '\n', &line)) {
        if (sv_starts(line, SV("=VAL "))) {
            buf_add_cstr(out, "=VAL ");
            buf_add(out, sv_sub(line, 6, line.len));
        } else if (sv_starts(line, SV("+MAP")) || sv_starts(line, SV("+SEQ")) ||
                   sv_starts(line, SV("-MAP")) || sv_starts(line, SV("-SEQ"))) {
            buf_add(out, sv_sub(line, 0, 4));
        } else {
            continue;
        }
        buf_add_char(out, '\n');
    }
}

static void t_suite_is_read_or_refused(void **state)
{
    json_t *list = cases(), *test;
    size_t i, read = 0, equal = 0, lax = 0;

    (void)state;
    if (!list)
        skip();
    json_array_foreach(list, i, test)
    {
        struct arena arena = { 0 };
        struct ynode *root = NULL;
        struct err err = { 0 };
        struct buf got = { 0 }, want = { 0 };
        bool ok = yaml_parse(member(test, "yaml"), "case.yaml", &arena, &root, &err);

        if (!ok) {
            assert_true(err.line > 0);
            assert_true(err.text.len > 0);
        } else if (json_is_true(json_object_get(test, "error"))) {
            lax++;
        } else {
            read++;
            if (root)
                add_events(root, &got);
            add_wanted(member(test, "event"), &want);
            equal += sv_eq(buf_sv(&got), buf_sv(&want));
        }
        err_release(&err);
        buf_release(&got);
        buf_release(&want);
        arena_release(&arena);
    }
    json_decref(list);
    print_message("%zu cases, %zu read, %zu of them equal; %zu bad ones read\n", i, read, equal,
                  lax);
    assert_int_equal(i, 402);
    assert_true(read >= 180);
    assert_true(equal + 5 >= read); // libyaml 0.2.5 differs in 5
    assert_true(lax <= 16);         // and reads 16 that it should not
}

static struct doc *load(struct sv bytes, struct arena *arena, struct doc_content *content)
{
    struct findings findings = { 0 };
    struct err err = { 0 };
    struct doc *doc = NULL;

    if (!doc_load(&doc_layer, bytes, "t.yaml", arena, content, &doc, &findings, &err))
        doc = NULL;
    findings_release(&findings);
    err_release(&err);
    return doc;
}

// The case as the value of a key that no schema knows, between keys that it does.
static void embed(struct sv yaml, struct buf *out)
{
    struct sv line;

    buf_add_cstr(
        out, "gainsay: 1\nclaims:\n- id: c1\n  span:\n  - at: [1, 2]\n    quote: x\n  x-case:\n");
    while (yaml.len && sv_split(&yaml, '\n', &line)) {
        buf_add_cstr(out, line.len ? "    " : "");
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
    buf_add_cstr(out, "  note: behind\n- id: c2\n  span:\n  - at: [3, 4]\n    quote: y\n");
}

static void assert_edits_arrive(const char *id, struct doc *doc, struct doc_content *content,
                                struct arena *arena)
{
    const struct claim *old = content->sections[0].items[0],
                       *second = content->sections[0].items[1];

    for (int edit = 0; edit < 4; edit++) {
        struct claim *claim = record_edit(arena, KIND_CLAIM, old);
        const void *items[] = { claim, second };
        struct doc_content after;
        struct buf out = { 0 }, formatted = { 0 };
        struct findings findings = { 0 };
        struct err err = { 0 };

        if (edit == 0)
            claim->note = (struct sv){ 0 };
        else if (edit == 1)
            claim->tags = (struct sv_list){ &claim->id, 1 };
        else if (edit == 2)
            claim->extra = NULL;
        else
            claim->span = (struct rec_list){ second->span.items, 1 };
        content->sections[0] = (struct rec_list){ items, 2 };
        doc_render(doc, content, &out);

        struct doc *again = load(buf_sv(&out), arena, &after);

        if (!again || after.sections[0].count != 2 ||
            !record_eq(KIND_CLAIM, after.sections[0].items[0], claim) ||
            !record_eq(KIND_CLAIM, after.sections[0].items[1], second))
            fail_msg("%s edit %d\n%.*s\n---\n%s", id, edit, SV_ARG(doc_bytes(doc)), buf_cstr(&out));
        assert_true(doc_format(&doc_layer, buf_sv(&out), "t.yaml", &formatted, &findings, &err));
        doc_free(again);
        again = load(buf_sv(&formatted), arena, &after);
        if (!again || after.sections[0].count != 2 ||
            !record_eq(KIND_CLAIM, after.sections[0].items[0], claim))
            fail_msg("%s fmt\n%s\n---\n%s", id, buf_cstr(&out), buf_cstr(&formatted));
        doc_free(again);
        findings_release(&findings);
        buf_release(&out);
        buf_release(&formatted);
    }
}

static void t_suite_as_unknown_values_survives_saves(void **state)
{
    json_t *list = cases(), *test;
    size_t i, tried = 0;

    (void)state;
    if (!list)
        skip();
    json_array_foreach(list, i, test)
    {
        struct arena arena = { 0 };
        struct doc_content content;
        struct buf text = { 0 };

        embed(member(test, "yaml"), &text);

        struct doc *doc = load(buf_sv(&text), &arena, &content);

        if (doc && content.sections[0].count == 2) {
            tried++;
            assert_edits_arrive(json_string_value(json_object_get(test, "id")), doc, &content,
                                &arena);
        }
        doc_free(doc);
        buf_release(&text);
        arena_release(&arena);
    }
    json_decref(list);
    print_message("%zu of %zu survive\n", tried, i);
    assert_true(tried >= 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_suite_is_read_or_refused),
        cmocka_unit_test(t_suite_as_unknown_values_survives_saves),
    };

    return cmocka_run_group_tests_name("store_conformance", tests, NULL, NULL);
}
