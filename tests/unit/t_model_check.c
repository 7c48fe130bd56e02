// Every rule for the records of a layer: what is wrong, what is unfinished, and what is neither.
#include <stdio.h>
#include <string.h>

#include "t.h"

#include "model/check.h"

#include "model_world.h"

#define BLAST "haqqani-2024/kabul-blast"
#define FALL  "haqqani-2024/fall-of-haqqani"
#define BLAST_TEXT                                                                                 \
    "Five others died in the blast, local media reported, and the ministry confirmed it today."
#define FALL_TEXT "The minister spoke of six more dead. Nobody claimed the attack."

// Two articles with a claim each, nothing wrong and nothing missing.
static int setup(void **state)
{
    world_setup(state);

    struct world *world = *state;
    struct cue *cue = arena_new(&world->arena, sizeof(*cue));
    struct voice *voice = world_voice(world, "local-media", "reports");

    world_layer(world, BLAST, BLAST_TEXT);
    world_layer(world, FALL, FALL_TEXT);
    world_source(world, "local-media", (struct source){ 0 });
    world_source(world, "ministry", (struct source){ 0 });
    *cue = (struct cue){ .at = { 31, 51 }, .quote = SV("local media reported") };
    voice->cue = cue;
    world_claim(
        world, 0, "c00000a1", 0, 29,
        (struct claim){ .type = SV("quantity"), .attributed_to = world_list(world, voice) });
    world_claim(world, 0, "c00000a2", 61, 79, (struct claim){ .type = SV("speech") });
    world_claim(world, 1, "c00000b1", 4, 34, (struct claim){ .type = SV("quantity") });
    return 0;
}

// "line" of a record: its number in order of asking is not stable, so the last digit of its id;
// maps inside a record have no place of their own here.
static struct err_at place(void *ctx, const void *rec, const struct field *field)
{
    const struct layer *layer = ctx;

    if (!rec)
        return (struct err_at){ .line = 1, .col = field ? (int)strlen(field->key) : 0 };
    for (enum section s = 0; s < SECTION__N; s++)
        for (size_t i = 0; i < layer->sections[s].count; i++)
            if (layer->sections[s].items[i] == rec)
                return (struct err_at){ .line = 100 + (int)i,
                                        .col = field ? (int)strlen(field->key) : 1 };
    return (struct err_at){ 0 };
}

static void run_check(struct world *world, size_t layer, struct findings *findings)
{
    struct article *article =
        world->texts[layer] ? article_new(sv_from(world->texts[layer])) : NULL;
    struct check_input in = { .layer = &world->layers[layer],
                              .path = "ana.yaml",
                              .article = article,
                              .scheme = scheme_builtin(),
                              .registry = &world->registry,
                              .layers = world->list,
                              .layer_count = world->count,
                              .place = place,
                              .place_ctx = &world->layers[layer] };

    check_layer(&in, findings);
    article_free(article);
}

// The findings of one layer are exactly this one, printed as a user sees it.
static void assert_found(struct world *world, size_t layer, enum severity severity,
                         enum err_code code, const char *text)
{
    struct findings findings = { 0 };
    struct buf printed = { 0 };

    run_check(world, layer, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        if (i)
            buf_add_char(&printed, '\n');
        err_print(&findings.items[i].err, &printed);
    }
    assert_string_equal(buf_cstr(&printed), text);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].severity, severity);
    assert_int_equal(findings.items[0].err.code, code);
    findings_release(&findings);
    buf_release(&printed);
}

static void assert_nothing_found(struct world *world, size_t layer)
{
    struct findings findings = { 0 };

    run_check(world, layer, &findings);
    if (findings.count)
        print_message("%s\n", buf_cstr(&findings.items[0].err.text));
    assert_int_equal(findings.count, 0);
}

static void t_good_layers_have_no_findings(void **state)
{
    struct world *world = *state;

    world_link(world, 0, "l00000a1", "c00000a1", FALL, "c00000b1", "corroborates");

    assert_nothing_found(world, 0);
    assert_nothing_found(world, 1);
}

static void t_words_not_in_the_scheme(void **state)
{
    struct world *world = *state;

    world_claim(world, 0, "c00000a2", 61, 79,
                (struct claim){ .type = SV("speech"), .certainty = SV("posible") });
    assert_found(world, 0, SEVERITY_ERROR, E_WORD,
                 "ana.yaml:101:9: 'certainty' is 'posible'; did you mean 'possible'; use one of: "
                 "certain, probable, possible, open");

    world_claim(world, 0, "c00000a2", 61, 79,
                (struct claim){ .type = SV("speech"), .certainty = SV("maybe") });
    assert_found(world, 0, SEVERITY_ERROR, E_WORD,
                 "ana.yaml:101:9: 'certainty' is 'maybe'; use one of: certain, probable, possible, "
                 "open");
}

static void t_words_inside_a_voice_are_placed_at_the_field_that_holds_it(void **state)
{
    struct world *world = *state;
    const struct claim *claim = layer_claim(world->list[0], SV("c00000a1"));
    struct voice *voice = record_edit(&world->arena, KIND_VOICE, claim->attributed_to.items[0]);
    struct voice *inner = world_voice(world, "ministry", "confirms");

    inner->certainty = SV("sure-thing");
    voice->citing = inner;
    world_claim(
        world, 0, "c00000a1", 0, 29,
        (struct claim){ .type = SV("quantity"), .attributed_to = world_list(world, voice) });

    assert_found(world, 0, SEVERITY_ERROR, E_WORD,
                 "ana.yaml:100:13: 'certainty' is 'sure-thing'; use one of: certain, probable, "
                 "possible, open");
}

static void t_times_and_numbers_of_the_wrong_form(void **state)
{
    static const char *const times[] = { "2026-11-22", "2026-11-22T03:10:00", "today", "" };
    static const char *const numbers[] = { "five", "", "5-6", "1e", ".", "5 000" };
    static const char *const good[] = { "5", "-3", "+3", "0.5", "1e6", "1.5e-3", ".5", "5000" };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        char text[128];

        world_claim(world, 0, "c00000a2", 61, 79,
                    (struct claim){ .type = SV("speech"), .created = sv_from(times[i]) });
        snprintf(text, sizeof(text),
                 "ana.yaml:101:7: 'created' is '%s'; write UTC, as in 2026-11-22T03:10:00Z",
                 times[i]);
        assert_found(world, 0, SEVERITY_WARNING, E_SHAPE, text);
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct value value = { .number = sv_from(numbers[i]) };
        char text[128];

        world_claim(world, 0, "c00000a2", 61, 79,
                    (struct claim){ .type = SV("speech"), .values = world_list(world, &value) });
        snprintf(text, sizeof(text),
                 "ana.yaml:101:6: 'number' is '%s'; write a figure, and what is counted in 'what'",
                 numbers[i]);
        assert_found(world, 0, SEVERITY_WARNING, E_SHAPE, text);
    }
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct value value = { .number = sv_from(good[i]) };

        world_claim(world, 0, "c00000a2", 61, 79,
                    (struct claim){ .type = SV("speech"),
                                    .values = world_list(world, &value),
                                    .created = SV("2026-11-22T03:10:00Z") });
        assert_nothing_found(world, 0);
    }
}

static void t_malformed_ids(void **state)
{
    struct world *world = *state;

    world_claim(world, 1, "c1", 37, 43, (struct claim){ .type = SV("event") });
    assert_found(world, 1, SEVERITY_ERROR, E_ID,
                 "ana.yaml:101:2: id 'c1' must be 'c' and seven of 0-9 and a-z without i, l, o, u");
    layer_drop(&world->layers[1], SECTION_CLAIMS, SV("c1"));

    struct note note = { .id = SV("c0000001"),
                         .span = world_list(world, world_part(world, 1, 0, 3)) };

    layer_put(&world->layers[1], SECTION_NOTES, &note);
    assert_found(world, 1, SEVERITY_ERROR, E_ID,
                 "ana.yaml:100:2: id 'c0000001' must be 'n' and seven of 0-9 and a-z without i, l, "
                 "o, u");
}

static void t_spans_that_cannot_be(void **state)
{
    static const struct {
        size_t beg, end;
        const char *text;
    } cases[] = {
        { 5, 5, "ana.yaml:100:4: part [5, 5] of 'n0000001' is empty; a span ends after it begins" },
        { 9, 5, "ana.yaml:100:4: part [9, 5] of 'n0000001' is empty; a span ends after it begins" },
        { 60, 64,
          "ana.yaml:100:4: part [60, 64] of 'n0000001' is outside the text, which has 63 code "
          "points" },
    };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct part part = { .at = { cases[i].beg, cases[i].end }, .quote = SV("x") };
        struct note note = { .id = SV("n0000001"), .span = world_list(world, &part) };

        layer_put(&world->layers[1], SECTION_NOTES, &note);
        assert_found(world, 1, SEVERITY_ERROR, E_SPAN, cases[i].text);
        layer_drop(&world->layers[1], SECTION_NOTES, note.id);
    }
}

static void t_record_without_span(void **state)
{
    struct world *world = *state;
    struct furniture furniture = { .id = SV("f0000001") };

    layer_put(&world->layers[1], SECTION_FURNITURE, &furniture);

    assert_found(world, 1, SEVERITY_ERROR, E_MISSING,
                 "ana.yaml:100:1: 'f0000001' has no span; it needs one part at least");
}

static void t_parts_out_of_order_or_overlapping(void **state)
{
    static const struct {
        size_t beg, end;
        bool is_good;
    } cases[] = { { 0, 3, false }, { 15, 20, false }, { 16, 20, true }, { 17, 20, true } };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const void *parts[] = { world_part(world, 1, 13, 16),
                                world_part(world, 1, cases[i].beg, cases[i].end) };
        struct note note = { .id = SV("n0000001"), .span = { parts, 2 } };
        char text[128];

        layer_put(&world->layers[1], SECTION_NOTES, &note);
        snprintf(text, sizeof(text),
                 "ana.yaml:100:4: part [%zu, %zu] of 'n0000001' must begin after the one before "
                 "it, which ends at 16",
                 cases[i].beg, cases[i].end);
        if (cases[i].is_good)
            assert_nothing_found(world, 1);
        else
            assert_found(world, 1, SEVERITY_ERROR, E_SPAN, text);
        layer_drop(&world->layers[1], SECTION_NOTES, note.id);
    }
}

static void t_quote_that_is_not_the_text(void **state)
{
    struct world *world = *state;
    struct part part = *world_part(world, 1, 37, 43);
    struct note note = { .id = SV("n0000001"), .span = world_list(world, &part) };

    part.quote = SV("nobody");
    layer_put(&world->layers[1], SECTION_NOTES, &note);

    assert_found(world, 1, SEVERITY_ERROR, E_QUOTE,
                 "ana.yaml:100:4: the text at [37, 43] is 'Nobody', not the quote of 'n0000001'; "
                 "'gainsay reanchor' finds it again");

    part = *world_part(world, 1, 0, 63);
    part.quote = SV("The minister");

    assert_found(world, 1, SEVERITY_ERROR, E_QUOTE,
                 "ana.yaml:100:4: the text at [0, 63] is 'The minister spoke of six more dead. "
                 "Nob\xE2\x80\xA6', not the quote of 'n0000001'; 'gainsay reanchor' finds it "
                 "again");
}

static void t_context_may_be_short_or_absent_but_not_wrong(void **state)
{
    static const struct {
        const char *before, *after;
        const char *text;
    } cases[] = {
        { NULL, NULL, NULL },
        { "", "", NULL },
        { "dead. ", " claimed", NULL },
        { "dead.", " claimed",
          "ana.yaml:100:4: 'before' of 'n0000001' is not the text before [37, 43]" },
        { "dead. ", "claimed",
          "ana.yaml:100:4: 'after' of 'n0000001' is not the text after [37, 43]" },
        { "The whole text and more before it: dead. ", "",
          "ana.yaml:100:4: 'before' of 'n0000001' is not the text before [37, 43]" },
        { "", " claimed the attack. And more",
          "ana.yaml:100:4: 'after' of 'n0000001' is not the text after [37, 43]" },
    };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct part part = *world_part(world, 1, 37, 43);
        struct note note = { .id = SV("n0000001"), .span = world_list(world, &part) };

        part.before = sv_from(cases[i].before);
        part.after = sv_from(cases[i].after);
        layer_put(&world->layers[1], SECTION_NOTES, &note);
        if (cases[i].text)
            assert_found(world, 1, SEVERITY_WARNING, E_QUOTE, cases[i].text);
        else
            assert_nothing_found(world, 1);
        layer_drop(&world->layers[1], SECTION_NOTES, note.id);
    }
}

static void t_invalid_bytes_are_quoted_as_replacement_characters(void **state)
{
    struct world *world = *state;
    struct part part = { .at = { 1, 4 }, .quote = SV("\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD") };
    struct note note = { .id = SV("n0000001"), .span = world_list(world, &part) };

    world_layer(world, "e/c", "a\xFF\xC3\xA9\xE2 b");
    layer_put(&world->layers[2], SECTION_NOTES, &note);

    assert_nothing_found(world, 2);

    part.quote = SV("\xFF\xC3\xA9\xE2");
    part.at.end = 5;

    struct findings findings = { 0 };

    run_check(world, 2, &findings);
    assert_int_equal(findings.errors, 1);
    findings_release(&findings);
}

static void t_cue_outside_the_text_or_against_its_quote(void **state)
{
    struct world *world = *state;
    struct voice *voice = world_voice(world, "ministry", "reports");
    struct cue cue = { .at = { 4, 12 }, .quote = SV("minister") };
    struct claim like = { .type = SV("event"), .attributed_to = world_list(world, voice) };

    voice->cue = &cue;
    world_claim(world, 1, "c00000b1", 4, 34, like);
    assert_nothing_found(world, 1);

    cue.quote = SV("Minister");
    assert_found(world, 1, SEVERITY_ERROR, E_QUOTE,
                 "ana.yaml:100:13: the text at [4, 12] is 'minister', not the quote of 'c00000b1'; "
                 "'gainsay reanchor' finds it again");

    cue.at.end = 99;
    assert_found(world, 1, SEVERITY_ERROR, E_SPAN,
                 "ana.yaml:100:13: cue [4, 99] of 'c00000b1' is outside the text, which has 63 "
                 "code points");
}

static void t_text_that_changed(void **state)
{
    struct world *world = *state;
    struct text_state text = { .length = 63 };
    char hex[65];

    article_sha256(sv_from(FALL_TEXT), hex);
    text.sha256 = sv_from(hex);
    world->layers[1].head.text = &text;
    assert_nothing_found(world, 1);

    text.length = 64;
    assert_found(world, 1, SEVERITY_ERROR, E_TEXT,
                 "ana.yaml:1:4: the article has 63 code points, not 64: it changed since these "
                 "records were saved; 'gainsay reanchor' finds them again");

    struct findings findings = { 0 };

    text.length = 63;
    text.sha256 = SV("0c81");
    run_check(world, 1, &findings);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].err.code, E_TEXT);
    assert_int_equal(sv_find(buf_sv(&findings.items[0].err.text), sv_from(hex), 0), 24);
    findings_release(&findings);
}

static void t_without_a_text_the_rest_is_checked(void **state)
{
    struct world *world = *state;
    struct cp_span far = { 0, 1000 };

    world->texts[1] = NULL;
    layer_set_read(&world->layers[1], (struct cp_span_list){ &far, 1 });
    assert_nothing_found(world, 1);

    world_link(world, 1, "l0000001", "c00000b1", BLAST, "c00000a9", "reframes");
    assert_found(world, 1, SEVERITY_ERROR, E_DANGLING,
                 "ana.yaml:100:2: link 'l0000001' leads to 'c00000a9', which is no claim of "
                 "'" BLAST "'");
}

static void t_read_ranges(void **state)
{
    static const struct {
        struct cp_span spans[2];
        const char *text;
    } cases[] = {
        { { { 0, 10 }, { 20, 63 } }, NULL },
        { { { 0, 10 }, { 10, 12 } }, NULL },
        { { { 0, 10 }, { 9, 12 } },
          "ana.yaml:1:4: read range [9, 12] must begin where the one before it ends, or later" },
        { { { 20, 30 }, { 0, 10 } },
          "ana.yaml:1:4: read range [0, 10] must begin where the one before it ends, or later" },
        { { { 0, 10 }, { 12, 12 } }, "ana.yaml:1:4: read range [12, 12] must end after it begins" },
        { { { 0, 10 }, { 20, 64 } },
          "ana.yaml:1:4: read range [20, 64] is outside the text, which has 63 code points" },
    };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        layer_set_read(&world->layers[1], (struct cp_span_list){ cases[i].spans, 2 });
        if (cases[i].text)
            assert_found(world, 1, SEVERITY_ERROR, E_SPAN, cases[i].text);
        else
            assert_nothing_found(world, 1);
    }
}

static void t_sources_that_are_not_in_the_registry(void **state)
{
    struct world *world = *state;
    struct contested contested = { .by = world_strs(world, "ministri amaq") };
    struct findings findings = { 0 };

    world_claim(world, 1, "c00000b1", 4, 34,
                (struct claim){ .type = SV("event"), .contested = &contested });
    run_check(world, 1, &findings);

    assert_int_equal(findings.errors, 2);
    assert_string_equal(buf_cstr(&findings.items[0].err.text),
                        "no source has the id 'ministri'; did you mean 'ministry'");
    assert_string_equal(buf_cstr(&findings.items[1].err.text),
                        "no source has the id 'amaq'; add it to sources.yaml or name another");
    assert_int_equal(findings.items[1].err.code, E_DANGLING);
    findings_release(&findings);
}

static void t_source_merged_into_another_is_known(void **state)
{
    struct world *world = *state;
    struct contested contested = { .by = world_strs(world, "amaq") };

    world_source(world, "islamic-state", (struct source){ .merged = world_strs(world, "amaq") });
    world_claim(world, 1, "c00000b1", 4, 34,
                (struct claim){ .type = SV("event"), .contested = &contested });

    assert_nothing_found(world, 1);
}

static void t_voices_cite_sixteen_deep_but_no_deeper(void **state)
{
    struct world *world = *state;
    struct voice chain[17];

    for (size_t i = 0; i < 17; i++)
        chain[i] = (struct voice){ .source = SV("ministry"),
                                   .act = SV("reports"),
                                   .citing = i < 16 ? &chain[i + 1] : NULL };
    chain[0].cue =
        ((const struct voice *)layer_claim(world->list[0], SV("c00000a1"))->attributed_to.items[0])
            ->cue;
    world_claim(
        world, 0, "c00000a1", 0, 29,
        (struct claim){ .type = SV("event"), .attributed_to = world_list(world, &chain[0]) });
    assert_found(world, 0, SEVERITY_ERROR, E_REFUSED,
                 "ana.yaml:100:13: voices of 'c00000a1' cite each other more than 16 deep");

    chain[15].citing = NULL;
    assert_nothing_found(world, 0);
}

static void t_repeats_name_other_claims_of_the_article(void **state)
{
    struct world *world = *state;

    world_claim(world, 0, "c00000a2", 61, 79,
                (struct claim){ .type = SV("event"), .repeats = world_strs(world, "c00000a1") });
    assert_nothing_found(world, 0);

    world_claim(world, 0, "c00000a2", 61, 79,
                (struct claim){ .type = SV("event"), .repeats = world_strs(world, "c00000b1") });
    assert_found(world, 0, SEVERITY_ERROR, E_DANGLING,
                 "ana.yaml:101:7: 'c00000a2' repeats 'c00000b1', which is no claim of this "
                 "article");

    world_claim(world, 0, "c00000a2", 61, 79,
                (struct claim){ .type = SV("event"), .repeats = world_strs(world, "c00000a2") });
    assert_found(world, 0, SEVERITY_ERROR, E_LINK,
                 "ana.yaml:101:7: 'c00000a2' repeats itself; name another claim of this article");
}

static void t_claim_in_furniture(void **state)
{
    struct world *world = *state;
    struct furniture furniture = { .id = SV("f0000001"),
                                   .span = world_list(world, world_part(world, 1, 0, 5)) };

    layer_put(&world->layers[1], SECTION_FURNITURE, &furniture);
    assert_found(world, 1, SEVERITY_WARNING, E_SPAN,
                 "ana.yaml:100:4: claim 'c00000b1' lies in furniture 'f0000001', which is not the "
                 "article's prose");

    struct furniture beside = { .id = SV("f0000001"),
                                .span = world_list(world, world_part(world, 1, 0, 4)) };

    layer_put(&world->layers[1], SECTION_FURNITURE, &beside);
    assert_nothing_found(world, 1);
}

static void t_links_that_cannot_be(void **state)
{
    static const struct {
        const char *from, *article, *to, *type;
        enum err_code code;
        const char *text;
    } cases[] = {
        { "c00000a9", FALL, "c00000b1", "reframes", E_DANGLING,
          "ana.yaml:100:4: link 'l0000001' starts at 'c00000a9', which is no claim of this "
          "article" },
        { "c00000a1", FALL, "c00000b9", "reframes", E_DANGLING,
          "ana.yaml:100:2: link 'l0000001' leads to 'c00000b9', which is no claim of '" FALL "'" },
        { "c00000a1", "e/none", "c00000b1", "reframes", E_DANGLING,
          "ana.yaml:100:2: link 'l0000001' leads to article 'e/none', of which there is no reading "
          "by 'ana'" },
        { "c00000a1", FALL, NULL, "reframes", E_LINK,
          "ana.yaml:100:2: link 'l0000001' of type 'reframes' must name a claim in 'to'" },
        { "c00000a1", NULL, "c00000a1", "reframes", E_LINK,
          "ana.yaml:100:2: link 'l0000001' joins 'c00000a1' to itself; name another claim" },
        { "c00000a1", FALL, "c00000b1", "omits", E_LINK,
          "ana.yaml:100:2: link 'l0000001' of type 'omits' must name no claim in 'to', only the "
          "article that has none" },
        { "c00000a1", NULL, NULL, "omits", E_LINK,
          "ana.yaml:100:2: link 'l0000001' of type 'omits' must name another article in 'to'" },
        { "c00000a1", BLAST, NULL, "omits", E_LINK,
          "ana.yaml:100:2: link 'l0000001' of type 'omits' must name another article in 'to'" },
        { "c00000a1", FALL, "c00000b1", "reframe", E_WORD,
          "ana.yaml:100:4: 'type' is 'reframe'; did you mean 'reframes'; use one of: contradicts, "
          "differs, undercuts, qualifies, reframes, reattributes, corroborates, repeats, omits" },
    };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        world_link(world, 0, "l0000001", cases[i].from, cases[i].article, cases[i].to,
                   cases[i].type);
        assert_found(world, 0, SEVERITY_ERROR, cases[i].code, cases[i].text);
    }
    world_link(world, 0, "l0000001", "c00000a1", FALL, NULL, "omits");
    assert_nothing_found(world, 0);
    world_link(world, 0, "l0000001", "c00000a1", NULL, "c00000a2", "reframes");
    assert_nothing_found(world, 0);
}

static void t_unordered_link_stored_twice_in_one_file_is_reported_once(void **state)
{
    struct world *world = *state;

    world_link(world, 0, "l0000001", "c00000a1", NULL, "c00000a2", "reframes");
    world_link(world, 0, "l0000002", "c00000a2", NULL, "c00000a1", "reframes");

    assert_found(world, 0, SEVERITY_ERROR, E_LINK,
                 "ana.yaml:101:1: link 'l0000002' says what 'l0000001' of '" BLAST
                 "' says already; keep one of them");
}

static void t_unordered_link_stored_in_two_files_is_reported_in_each(void **state)
{
    struct world *world = *state;

    world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000b1", "corroborates");
    world_link(world, 1, "l0000002", "c00000b1", BLAST, "c00000a1", "corroborates");

    assert_found(world, 0, SEVERITY_ERROR, E_LINK,
                 "ana.yaml:100:1: link 'l0000001' says what 'l0000002' of '" FALL
                 "' says already; keep one of them");
    assert_found(world, 1, SEVERITY_ERROR, E_LINK,
                 "ana.yaml:100:1: link 'l0000002' says what 'l0000001' of '" BLAST
                 "' says already; keep one of them");
}

static void t_article_with_a_linked_claim_is_not_silent(void **state)
{
    struct world *world = *state;

    world_link(world, 0, "l0000001", "c00000a1", FALL, NULL, "omits");
    assert_nothing_found(world, 0);
    world_link(world, 0, "l0000002", "c00000a2", FALL, "c00000b1", "reframes");
    assert_nothing_found(world, 0); // of another claim
    world_link(world, 1, "l0000003", "c00000b1", BLAST, "c00000a1", "reframes");

    assert_found(world, 0, SEVERITY_WARNING, E_LINK,
                 "ana.yaml:100:1: link 'l0000001' says that '" FALL
                 "' has nothing of the claim, and 'l0000003' joins it to one there");
}

static void t_silence_said_twice_is_reported_once(void **state)
{
    struct world *world = *state;

    world_link(world, 0, "l0000001", "c00000a1", FALL, NULL, "omits");
    world_link(world, 0, "l0000002", "c00000a1", FALL, NULL, "omits");

    assert_found(world, 0, SEVERITY_ERROR, E_LINK,
                 "ana.yaml:101:1: link 'l0000002' says what 'l0000001' of '" BLAST
                 "' says already; keep one of them");
}

static void t_two_links_of_a_pair_may_differ_in_type_point_or_direction(void **state)
{
    static const struct {
        const char *type, *point, *other_type, *other_point;
        bool is_back, is_good;
    } cases[] = {
        { "reframes", NULL, "corroborates", NULL, true, true },
        { "reframes", "number", "reframes", "time", true, true },
        { "reframes", "number", "reframes", "number", true, false },
        { "reframes", "number", "reframes", NULL, true, false },
        { "reframes", "number", "reframes", "time", false, true },
        { "qualifies", NULL, "qualifies", NULL, true, true },
        { "qualifies", NULL, "qualifies", NULL, false, false },
    };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *from = cases[i].is_back ? "c00000a2" : "c00000a1";
        const char *to = cases[i].is_back ? "c00000a1" : "c00000a2";
        struct findings findings = { 0 };

        world_link(world, 0, "l0000001", "c00000a1", NULL, "c00000a2", cases[i].type)->point =
            sv_from(cases[i].point);
        world_link(world, 0, "l0000002", from, NULL, to, cases[i].other_type)->point =
            sv_from(cases[i].other_point);
        run_check(world, 0, &findings);
        assert_int_equal(findings.errors, cases[i].is_good ? 0 : 1);
        findings_release(&findings);
    }
}

static void t_unfinished_work_is_a_warning(void **state)
{
    struct world *world = *state;

    world_claim(world, 1, "c00000b1", 4, 34, (struct claim){ 0 });
    assert_found(world, 1, SEVERITY_WARNING, E_INCOMPLETE,
                 "ana.yaml:100:1: claim 'c00000b1' has no type");

    struct voice *voice = world_voice(world, NULL, NULL);

    world_claim(world, 1, "c00000b1", 4, 34,
                (struct claim){ .type = SV("event"), .attributed_to = world_list(world, voice) });
    assert_found(world, 1, SEVERITY_WARNING, E_INCOMPLETE,
                 "ana.yaml:100:13: a voice of 'c00000b1' lacks: source, act, cue");

    voice->source = SV("ministry");
    voice->act = SV("denies");
    assert_found(world, 1, SEVERITY_WARNING, E_INCOMPLETE,
                 "ana.yaml:100:13: voice 'ministry' of 'c00000b1' lacks: cue");
}

static void t_unfinished_links_are_warnings(void **state)
{
    struct world *world = *state;
    struct link *link =
        world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000b1", "contradicts");

    assert_found(world, 0, SEVERITY_WARNING, E_INCOMPLETE,
                 "ana.yaml:100:1: link 'l0000001' disputes and has no why");
    link->why = SV("Six here, five there.");
    assert_nothing_found(world, 0);
    link->type = SV("differs");
    assert_found(world, 0, SEVERITY_WARNING, E_INCOMPLETE,
                 "ana.yaml:100:1: link 'l0000001' of type 'differs' has no point");
    link->point = SV("number");
    assert_nothing_found(world, 0);
}

static void t_bare_contested_mark_is_fine(void **state)
{
    struct world *world = *state;
    static const struct contested bare = { 0 };

    world_claim(world, 1, "c00000b1", 4, 34,
                (struct claim){ .type = SV("event"), .contested = &bare });

    assert_nothing_found(world, 1);
}

static void t_findings_without_places_name_the_file(void **state)
{
    struct world *world = *state;
    struct findings findings = { 0 };
    struct check_input in = { .layer = &world->layers[1],
                              .path = "ana.yaml",
                              .scheme = scheme_builtin(),
                              .registry = &world->registry };
    struct buf printed = { 0 };

    world_claim(world, 1, "c00000b1", 4, 34, (struct claim){ 0 });
    check_layer(&in, &findings);
    err_print(&findings.items[0].err, &printed);

    assert_string_equal(buf_cstr(&printed), "ana.yaml: claim 'c00000b1' has no type");
    findings_release(&findings);
    buf_release(&printed);
}

static void t_id_used_twice_is_found_with_its_first_place(void **state)
{
    (void)state;
    struct id_set set = { 0 };
    const char *path = NULL;
    int line = 0;
    char text[16];

    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof(text), "c%07d", i);
        assert_true(id_set_add(&set, sv_from(text), "ana.yaml", i, &path, &line));
    }
    for (int i = 0; i < 1000; i += 37) {
        snprintf(text, sizeof(text), "c%07d", i);
        assert_false(id_set_add(&set, sv_from(text), "ben.yaml", 1, &path, &line));
        assert_string_equal(path, "ana.yaml");
        assert_int_equal(line, i);
    }
    id_set_release(&set);
    id_set_release(&set);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORLD(t_good_layers_have_no_findings),
        WITH_WORLD(t_words_not_in_the_scheme),
        WITH_WORLD(t_words_inside_a_voice_are_placed_at_the_field_that_holds_it),
        WITH_WORLD(t_times_and_numbers_of_the_wrong_form),
        WITH_WORLD(t_malformed_ids),
        WITH_WORLD(t_spans_that_cannot_be),
        WITH_WORLD(t_record_without_span),
        WITH_WORLD(t_parts_out_of_order_or_overlapping),
        WITH_WORLD(t_quote_that_is_not_the_text),
        WITH_WORLD(t_context_may_be_short_or_absent_but_not_wrong),
        WITH_WORLD(t_invalid_bytes_are_quoted_as_replacement_characters),
        WITH_WORLD(t_cue_outside_the_text_or_against_its_quote),
        WITH_WORLD(t_text_that_changed),
        WITH_WORLD(t_without_a_text_the_rest_is_checked),
        WITH_WORLD(t_read_ranges),
        WITH_WORLD(t_sources_that_are_not_in_the_registry),
        WITH_WORLD(t_source_merged_into_another_is_known),
        WITH_WORLD(t_voices_cite_sixteen_deep_but_no_deeper),
        WITH_WORLD(t_repeats_name_other_claims_of_the_article),
        WITH_WORLD(t_claim_in_furniture),
        WITH_WORLD(t_links_that_cannot_be),
        WITH_WORLD(t_unordered_link_stored_twice_in_one_file_is_reported_once),
        WITH_WORLD(t_unordered_link_stored_in_two_files_is_reported_in_each),
        WITH_WORLD(t_article_with_a_linked_claim_is_not_silent),
        WITH_WORLD(t_silence_said_twice_is_reported_once),
        WITH_WORLD(t_two_links_of_a_pair_may_differ_in_type_point_or_direction),
        WITH_WORLD(t_unfinished_work_is_a_warning),
        WITH_WORLD(t_unfinished_links_are_warnings),
        WITH_WORLD(t_bare_contested_mark_is_fine),
        WITH_WORLD(t_findings_without_places_name_the_file),
        cmocka_unit_test(t_id_used_twice_is_found_with_its_first_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
