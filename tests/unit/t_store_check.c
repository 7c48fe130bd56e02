// The rules of `check` on a file as loaded: each finding names the line and column a person would
// go to.
#include "t.h"

#include "model/check.h"
#include "store/doc.h"

static const char file[] = "gainsay: 1\n"
                           "article: e/a\n"
                           "annotator: ana\n"
                           "text:\n"
                           "  sha256: 0c817b74789f\n"
                           "  length: 41\n"
                           "claims:\n"
                           "\n"
                           "- id: c7k2q9wm\n"
                           "  span:\n"
                           "  - at: [0, 16]\n"
                           "    quote: Five others died\n"
                           "  type: quantitty\n"
                           "  attributed_to:\n"
                           "  - source: local-media\n"
                           "    act: reprots\n"
                           "links:\n"
                           "\n"
                           "- id: l3fq8t0z\n"
                           "  from: c7k2q9wm\n"
                           "  to:\n"
                           "    article: e/b\n"
                           "    claim: cp4n0y6h\n"
                           "  type: reframes\n"
                           "read:\n"
                           "- [0, 100]\n";

static const char *const want[] = {
    "ana/e/a.yaml:4:1: the article has 24 code points, not 41",
    "ana/e/a.yaml:13:3: 'type' is 'quantitty'",
    "ana/e/a.yaml:15:5: no source has the id 'local-media'",
    "ana/e/a.yaml:15:5: voice 'local-media' of 'c7k2q9wm' lacks: cue",
    "ana/e/a.yaml:16:5: 'act' is 'reprots'",
    "ana/e/a.yaml:21:3: link 'l3fq8t0z' leads to article 'e/b'",
    "ana/e/a.yaml:25:1: read range [0, 100] is outside the text",
};

static struct err_at place(void *ctx, const void *rec, const struct field *field)
{
    return doc_place(ctx, rec, field);
}

static void t_findings_name_line_and_column(void **state)
{
    (void)state;
    struct layer layer = { 0 };
    struct registry registry = { 0 };
    struct findings findings = { 0 };
    struct doc_content content;
    struct doc *doc;
    struct err err = { 0 };
    struct article *article = article_new(SV("Five others died there.\n"));
    const struct layer *layers[] = { &layer };

    assert_true(doc_load(&doc_layer, sv_from(file), "ana/e/a.yaml", &layer.arena, &content, &doc,
                         &findings, &err));
    layer.head = *(struct layer_head *)content.head;
    for (enum section s = 0; s < SECTION__N; s++)
        for (size_t i = 0; i < content.sections[s].count; i++)
            layer_put(&layer, s, content.sections[s].items[i]);

    struct check_input in = { .layer = &layer,
                              .path = "ana/e/a.yaml",
                              .article = article,
                              .scheme = scheme_builtin(),
                              .registry = &registry,
                              .layers = layers,
                              .layer_count = 1,
                              .place = place,
                              .place_ctx = doc };

    check_layer(&in, &findings);
    findings_sort(&findings);

    for (size_t i = 0; i < findings.count; i++) {
        struct buf text = { 0 };

        err_print(&findings.items[i].err, &text);
        if (i < sizeof(want) / sizeof(want[0]) && !sv_starts(buf_sv(&text), sv_from(want[i])))
            assert_string_equal(buf_cstr(&text), want[i]);
        buf_release(&text);
    }
    assert_int_equal(findings.count, sizeof(want) / sizeof(want[0]));
    doc_free(doc);
    layer_release(&layer);
    article_free(article);
    findings_release(&findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_findings_name_line_and_column),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
