// The query language: what each term finds, how terms are joined, and what an error says.
#include <stdio.h>
#include <string.h>

#include "t.h"

#include "model/query.h"

#include "model_make.h"
#include "model_world.h"

#define BLAST "haqqani-2024/kabul-blast"
#define FALL  "haqqani-2024/fall-of-haqqani"
#define BLAST_TEXT                                                                                 \
    "Five others died in the blast in Kabul, local media reported; IS said it did it."
#define FALL_TEXT "The minister spoke of six more dead. Nobody claimed the attack."

static struct rec_list chain(struct world *world, const char *source, const char *act,
                             const char *cited, const char *cited_act)
{
    struct voice *voice = world_voice(world, source, act);

    voice->citing = cited ? world_voice(world, cited, cited_act) : NULL;
    return world_list(world, voice);
}

// Claims of the blast: a1 (quantity), a2 (event), a3 (place); of the fall: b1 (quantity), b2
// (event).
static int setup(void **state)
{
    static const struct contested mark = { 0 };

    world_setup(state);

    struct world *world = *state;

    world_layer(world, BLAST, BLAST_TEXT);
    world_layer(world, FALL, FALL_TEXT);
    world->layers[1].head.annotator = SV("ben");
    world_source(world, "local-media",
                 (struct source){ .name = SV("Afghan m\xC3\xA9"
                                             "dia") });
    world_source(world, "islamic-state",
                 (struct source){ .aliases = world_strs(world, "IS Daesh"),
                                  .merged = world_strs(world, "isis") });
    world_source(world, "iskp", (struct source){ .part_of = SV("islamic-state") });
    world_claim(
        world, 0, "c00000a1", 0, 29,
        (struct claim){ .says = SV("Five people died besides Haqqani \xC3\x89mir."),
                        .type = SV("quantity"),
                        .topic = SV("deaths"),
                        .certainty = SV("certain"),
                        .attributed_to = chain(world, "local-media", "reports", "iskp", "alleges"),
                        .note = SV("Confirmed or not?"),
                        .tags = world_strs(world, "headline-figure check"),
                        .created = SV("2026-11-01T12:30:00Z") });
    world_claim(world, 0, "c00000a2", 62, 80,
                (struct claim){ .type = SV("event"),
                                .attributed_to = chain(world, "iskp", NULL, NULL, NULL),
                                .author_stance = SV("distances"),
                                .contested = &mark,
                                .created = SV("2026-11-22T03:10:00Z") });
    world_claim(world, 0, "c00000a3", 30, 38, (struct claim){ .type = SV("place") });
    world_claim(world, 1, "c00000b1", 22, 35,
                (struct claim){ .type = SV("quantity"),
                                .topic = SV("Deaths"),
                                .attributed_to = chain(world, NULL, "asserts", NULL, NULL) });
    world_claim(world, 1, "c00000b2", 37, 62, (struct claim){ .type = SV("event") });
    world_link(world, 0, "l00000x1", "c00000a1", FALL, "c00000b1", "differs")->point = SV("number");
    world_link(world, 0, "l00000x2", "c00000a3", FALL, NULL, "omits");
    world_link(world, 1, "l00000x3", "c00000b2", BLAST, "c00000a2", "corroborates");
    return 0;
}

static const struct saved_query saved_queries[] = {
    { .id = { "toll", 4 }, .query = { "type:quantity topic:deaths", 26 } },
    { .id = { "either", 6 }, .query = { "type:place or type:event", 24 } },
    { .id = { "both", 4 }, .query = { "@either by:ben", 14 } },
    { .id = { "wrong", 5 }, .query = { "by:ana tpye:event", 17 } },
    { .id = { "self", 4 }, .query = { "not @self", 9 } },
    { .id = { "one", 3 }, .query = { "@two", 4 } },
    { .id = { "two", 3 }, .query = { "linked or @one", 14 } },
    { .id = { "open", 4 }, .query = { "linked)", 7 } },
    { .id = { "empty", 5 }, .query = { " ", 1 } },
};
static const void *const saved_items[] = {
    &saved_queries[0], &saved_queries[1], &saved_queries[2], &saved_queries[3], &saved_queries[4],
    &saved_queries[5], &saved_queries[6], &saved_queries[7], &saved_queries[8],
};
static const struct rec_list saved = { saved_items, ARRAY_LEN(saved_items) };

// The ids of the matching claims without "c00000", joined by blanks; or the error.
static void ask(struct world *world, const char *text, struct buf *out)
{
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    struct query_ctx ctx = { .derived = derived, .registry = &world->registry };
    struct query *query = NULL;
    struct err err = { 0 };

    buf_clear(out);
    if (query_parse(sv_from(text), &saved, &query, &err)) {
        assert_int_equal(err.code, E_NONE);
        for (size_t l = 0; l < world->count; l++)
            for (size_t i = 0; i < world->list[l]->sections[SECTION_CLAIMS].count; i++) {
                const struct claim *claim = world->list[l]->sections[SECTION_CLAIMS].items[i];

                if (query_matches(query, &ctx, world->list[l], claim))
                    buf_addf(out, "%s%s", out->len ? " " : "", claim->id.ptr + 6);
            }
    } else {
        assert_int_equal(err.code, E_QUERY);
        err_print(&err, out);
    }
    query_free(query);
    derive_free(derived);
    err_release(&err);
}

struct example {
    const char *query, *answer;
};

static void assert_answers(struct world *world, const struct example *examples, size_t count)
{
    struct buf answer = { 0 };

    for (size_t i = 0; i < count; i++) {
        ask(world, examples[i].query, &answer);
        if (strcmp(buf_cstr(&answer), examples[i].answer) != 0)
            print_message("query: %s\n", examples[i].query);
        assert_string_equal(buf_cstr(&answer), examples[i].answer);
    }
    buf_release(&answer);
}

#define ASSERT_ANSWERS(world, examples)                                                            \
    assert_answers(world, examples, sizeof(examples) / sizeof((examples)[0]))

static void t_words_and_phrases_match_quote_and_says(void **state)
{
    static const struct example examples[] = {
        { "", "a1 a3 a2 b1 b2" },  { "  ", "a1 a3 a2 b1 b2" }, { "blast", "a1" },
        { "BLAST", "a1" },         { "besides", "a1" },        { "emir", "a1" },
        { "\xC3\xA9mir", "a1" },   { "\xC3\x89MIR", "a1" },    { "\"others died\"", "a1" },
        { "\"died others\"", "" }, { "died others", "a1" },    { "\"not\"", "" },
        { "\"/did/\"", "" },       { "reported", "" },         { "minister", "" },
        { "the", "a1 b2" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static void t_terms_are_joined_by_and_or_not_and_parentheses(void **state)
{
    static const struct example examples[] = {
        { "type:event contested", "a2" },
        { "type:event or type:place", "a3 a2 b2" },
        { "not type:event", "a1 a3 b1" },
        { "not not type:event", "a2 b2" },
        { "type:event or type:quantity by:ben", "a2 b1 b2" },
        { "(type:event or type:quantity) by:ben", "b1 b2" },
        { "not (type:event or by:ben)", "a1 a3" },
        { "not(type:event)by:ana", "a1 a3" },
        { "not type:event by:ana", "a1 a3" },
        { "((blast))", "a1" },
        { "type:event or type:place or blast", "a1 a3 a2 b2" },
        { "nothing", "" },
        { "orchid", "" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static void t_keys_take_a_value_or_several(void **state)
{
    static const struct example examples[] = {
        { "article:" BLAST, "a1 a3 a2" },
        { "article:kabul-blast", "a1 a3 a2" },
        { "article:blast", "" },
        { "article:kabul-blast,fall-of-haqqani", "a1 a3 a2 b1 b2" },
        { "event:haqqani-2024", "a1 a3 a2 b1 b2" },
        { "event:haqqani", "" },
        { "by:ben", "b1 b2" },
        { "by:be", "" },
        { "type:quantity", "a1 b1" },
        { "type:quantity,place", "a1 a3 b1" },
        { "type:\"quantity\",\"place\"", "a1 a3 b1" },
        { "topic:deaths", "a1 b1" },
        { "certainty:certain", "a1" },
        { "stance:distances", "a2" },
        { "tag:check", "a1" },
        { "tag:che", "" },
        { "note:confirm", "a1" },
        { "note:\"or not\"", "a1" },
        { "act:alleges", "a1" },
        { "act:reports,asserts", "a1 b1" },
        { "id:c00000a1", "a1" },
        { "id:c00000b", "b1 b2" },
        { "id:l00000x1", "a1 b1" },
        { "link:differs", "a1 b1" },
        { "link:omits", "a3" },
        { "link:corroborates,omits", "a3 a2 b2" },
        { "point:number", "a1 b1" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static void t_sources_go_by_id_name_and_alias_and_include_their_parts(void **state)
{
    static const struct example examples[] = {
        { "source:local-media", "a1" }, { "source:\"afghan media\"", "a1" },
        { "source:iskp", "a1 a2" },     { "source:islamic-state", "a1 a2" },
        { "source:daesh", "a1 a2" },    { "source:isis", "a1 a2" },
        { "source:is", "a1 a2" },       { "source:media", "" },
        { "source:amaq", "" },          { "source:amaq,local-media", "a1" },
    };
    static const struct example unlisted[] = { { "source:amaq", "b2" } };
    struct world *world = *state;

    ASSERT_ANSWERS(world, examples);

    world_claim(world, 1, "c00000b2", 37, 62,
                (struct claim){ .attributed_to = chain(world, "amaq", NULL, NULL, NULL) });
    ASSERT_ANSWERS(world, unlisted);
}

static void t_source_of_a_cycle_ends(void **state)
{
    static const struct example examples[] = { { "source:y", "b2" }, { "source:z", "" } };
    struct world *world = *state;

    world_source(world, "x", (struct source){ .part_of = SV("y") });
    world_source(world, "y", (struct source){ .part_of = SV("x") });
    world_claim(world, 1, "c00000b2", 37, 62,
                (struct claim){ .attributed_to = chain(world, "x", NULL, NULL, NULL) });

    ASSERT_ANSWERS(world, examples);
}

static void t_flags(void **state)
{
    static const struct example examples[] = {
        { "contested", "a1 a2 b1" },
        { "disputed", "a1 b1" },
        { "attributed", "a1 a2 b1" },
        { "corroborated", "a2 b2" },
        { "silent", "a3" },
        { "unsourced", "a3 b1 b2" },
        { "linked", "a1 a3 a2 b1 b2" },
        { "contested not disputed", "a2" },
        { "\"contested\"", "" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static struct rec_list two(struct world *world, const void *first, const void *second)
{
    const void **items = arena_new(&world->arena, 2 * sizeof(*items));

    items[0] = first;
    items[1] = second;
    return (struct rec_list){ items, 2 };
}

// What keys ask of voices, links and numbers that no claim of the setup has.
static void t_voices_links_and_figures(void **state)
{
    const struct contested mark = { .why = SV("both are told") };
    const struct cue cue = { .quote = SV("allegedly") };
    static const struct example examples[] = {
        { "form:presupposition", "a3" },
        { "kind:armed-group", "a1 a2" },
        { "kind:collective,outlet", "a1 b2" },
        { "quoting:direct", "b2" },
        { "cue:alleged", "b2" },
        { "cue:*", "b2" },
        { "voices:1", "a1 a2 b1" },
        { "voices:2", "b2" },
        { "voices:>=1", "a1 a2 b1 b2" },
        { "voices:0", "a3" },
        { "links:>1", "a3 b2" },
        { "links:<1", "" },
        { "value:5", "a3" },
        { "value:=5.0", "a3" },
        { "value:>4.5 value:<6", "a3" },
        { "value:>5", "a3" },
        { "value:>300", "" },
        { "value:*", "a3" },
        { "other:kabul-blast", "b1 b2" },
        { "other:" FALL, "a1 a3 a2" },
        { "why:cannot", "a3 b2" },
        { "why:\"both are\"", "b2" },
        { "why:*", "a3 b2" },
        { "strict", "a3 b2" },
        { "unsure", "b2" },
        { "nested", "a1" },
        { "repeated", "a3" },
        { "topic:*", "a1 b1" },
        { "not type:*", "b2" },
        { "note:*", "a1" },
        { "source:*", "a1 a2 b2" },
        { "tag:* created:*", "a1" },
        { "topic:\"*\"", "" },
    };
    struct world *world = *state;
    struct voice *first = world_voice(world, "local-media", "reports");
    struct voice *second = world_voice(world, NULL, "reports");
    struct value *five = arena_new(&world->arena, sizeof(*five));
    struct value *more = arena_new(&world->arena, sizeof(*more));
    struct link *link;

    *five = (struct value){ .number = SV("5") };
    *more = (struct value){ .number = SV("300") };
    first->quoting = SV("direct");
    second->cue = &cue;
    second->unsure = true;
    world_source(world, "islamic-state", (struct source){ .kind = SV("armed-group") });
    world_source(world, "iskp",
                 (struct source){ .part_of = SV("islamic-state"), .kind = SV("armed-group") });
    world_source(world, "local-media", (struct source){ .kind = SV("collective") });
    world_claim(world, 0, "c00000a3", 30, 38,
                (struct claim){ .type = SV("place"),
                                .form = SV("presupposition"),
                                .values = two(world, five, more),
                                .repeats = world_strs(world, "c00000a1") });
    world_claim(world, 1, "c00000b2", 37, 62,
                (struct claim){ .contested = &mark, .attributed_to = two(world, first, second) });
    link = world_link(world, 1, "l00000x4", "c00000b2", BLAST, "c00000a3", "contradicts");
    link->strict = true;
    link->why = SV("It cannot be both.");

    ASSERT_ANSWERS(world, examples);
}

static void t_created_compares_as_much_as_is_given(void **state)
{
    static const struct example examples[] = {
        { "created:2026-11-01", "a1" },
        { "created:=2026-11-01", "a1" },
        { "created:2026-11", "a1 a2" },
        { "created:2026", "a1 a2" },
        { "created:>2026-11-01", "a2" },
        { "created:>=2026-11-01", "a1 a2" },
        { "created:<2026-11-22", "a1" },
        { "created:<=2026-11-22", "a1 a2" },
        { "created:>2026-11", "" },
        { "created:>2026-11-01T12", "a2" },
        { "created:<2026-11-01T12:31", "a1" },
        { "created:2026-11-22T03:10:00Z", "a2" },
        { "created:2026-11-01,2026-11-22", "a1 a2" },
        { "not created:>2000", "a3 b1 b2" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static void t_regular_expressions(void **state)
{
    static const struct example examples[] = {
        { "/^five/", "a1" },
        { "/Five .* blast/", "a1" },
        { "/five (others|more)/", "a1" },
        { "/six\\b/ by:ben", "b1" },
        { "/in\\/Kabul/", "" },
        { "not /five/ type:quantity", "b1" },
        { "/attack\\./", "" },
    };
    static const struct example by_text[] = { { "/attack$/", "b2" } };

    ASSERT_ANSWERS(*state, examples);
    ASSERT_ANSWERS(*state, by_text);
}

static void t_words_with_colons_and_slashes_are_words_where_they_can_be(void **state)
{
    static const struct example examples[] = {
        { "12:30", "" },
        { "\"type:event\"", "" },
        { "and/or", "" },
        { "a,b", "" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static void t_errors_name_the_column_and_what_could_stand_there(void **state)
{
    static const struct example examples[] = {
        { "tpye:event", "column 1: 'tpye:' is no key; did you mean 'type:'" },
        { "blast xyzzy:event",
          "column 7: 'xyzzy:' is no key; put it in quotation marks to look for it in the text" },
        { "\xC3\xA9\xC3\xA9 sources:x", "column 4: 'sources:' is no key; did you mean 'source:'" },
        { "contested:yes", "column 1: 'contested' takes no value; write it without the colon" },
        { "type:", "column 6: 'type:' wants a value right here, such as type:event" },
        { "type: event", "column 6: 'type:' wants a value right here, such as type:event" },
        { "type:a,", "column 8: 'type:' wants a value right here, such as type:event" },
        { "type:,a", "column 6: 'type:' wants a value right here, such as type:event" },
        { "created:yesterday", "column 9: 'yesterday' is no value of 'created:'; write it as in "
                               "created:>2026-11-01" },
        { "created:>", "column 9: '>' is no value of 'created:'; write it as in "
                       "created:>2026-11-01" },
        { "created:><2026",
          "column 9: '><2026' is no value of 'created:'; write it as in created:>2026-11-01" },
        { "created:==2026",
          "column 9: '==2026' is no value of 'created:'; write it as in created:>2026-11-01" },
        { "created:2026-1",
          "column 9: '2026-1' is no value of 'created:'; write it as in created:>2026-11-01" },
        { "created:2026-11-01T",
          "column 9: '2026-11-01T' is no value of 'created:'; write it as in "
          "created:>2026-11-01" },
        { "created:2026-11-22T03:10:00Z0",
          "column 9: '2026-11-22T03:10:00Z0' is no value of 'created:'; write it as in "
          "created:>2026-11-01" },
        { "voices:many", "column 8: 'many' is no value of 'voices:'; write it as in voices:1" },
        { "value:5.5.5", "column 7: '5.5.5' is no value of 'value:'; write it as in value:>5" },
        { "links:>", "column 7: '>' is no value of 'links:'; write it as in links:>=2" },
        { "value:.", "column 7: '.' is no value of 'value:'; write it as in value:>5" },
        { "\"blast", "column 1: the phrase has no closing '\"'" },
        { "type:\"blast", "column 6: the phrase has no closing '\"'" },
        { "blast \"\"", "column 7: the phrase is empty; put words between the quotation marks" },
        { "/blast", "column 1: the expression has no closing '/'" },
        { "/blast\\/", "column 1: the expression has no closing '/'" },
        { "(blast", "column 1: '(' has no closing ')'" },
        { "blast)", "column 6: ')' closes nothing; put a '(' before it or take it out" },
        { "()", "column 2: a word, a key, a flag, 'not' or '(' should stand here" },
        { "not", "column 4: a word, a key, a flag, 'not' or '(' should stand here" },
        { "blast or", "column 9: a word, a key, a flag, 'not' or '(' should stand here" },
        { "or blast", "column 1: a word, a key, a flag, 'not' or '(' should stand here" },
        { "blast or or blast", "column 10: a word, a key, a flag, 'not' or '(' should stand here" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static void t_saved_queries_are_asked_by_name(void **state)
{
    static const struct example examples[] = {
        { "@toll", "a1 b1" },
        { "@toll by:ben", "b1" },
        { "not @either", "a1 b1" },
        { "@either by:ben", "b2" }, // in parentheses, as it were
        { "@both", "b2" },
        { "(@both)or @toll", "a1 b1 b2" },
        { "\"@toll\"", "" },
        { "topic:@toll", "" },
        { "by:ben @tol", "column 8: no saved query '@tol'; did you mean '@toll'" },
        { "@xyzzy", "column 1: no saved query '@xyzzy'; there are @toll, @either, @both, @wrong, "
                    "@self, @one, @two, @open and 1 more" },
        { "@", "column 1: no saved query '@'; there are @toll, @either, @both, @wrong, @self, "
               "@one, @two, @open and 1 more" },
        { "linked @wrong",
          "column 8: in '@wrong': column 8: 'tpye:' is no key; did you mean 'type:'" },
        { "@self", "column 1: in '@self': column 5: '@self' asks for itself" },
        { "@one", "column 1: in '@one': column 1: in '@two': column 11: '@one' asks for itself" },
        { "@open", "column 1: in '@open': column 7: ')' closes nothing; put a '(' before it or "
                   "take it out" },
        { "@empty", "column 1: in '@empty': column 2: a word, a key, a flag, 'not' or '(' should "
                    "stand here" },
    };

    ASSERT_ANSWERS(*state, examples);
}

static void t_no_query_is_saved(void **state)
{
    struct query *query;
    struct err err = { 0 };
    (void)state;

    assert_false(query_parse(SV("@toll"), NULL, &query, &err));
    assert_string_equal(buf_cstr(&err.text), "column 1: no saved query '@toll'; none is saved yet, "
                                             "in annotations/queries.yaml");
    err_release(&err);
}

// Each asks for the next twice: what is asked is bounded as if it were written out.
static void t_saved_queries_cannot_explode(void **state)
{
    char texts[20][40], names[20][16];
    struct saved_query queries[20];
    const void *items[20];
    struct query *query;
    struct err err = { 0 };
    (void)state;

    for (int i = 0; i < 20; i++) {
        snprintf(names[i], sizeof(names[i]), "q%d", i);
        snprintf(texts[i], sizeof(texts[i]), "@q%d @q%d", i + 1, i + 1);
        queries[i] = (struct saved_query){ .id = sv_from(names[i]),
                                           .query = i < 19 ? sv_from(texts[i]) : SV("linked") };
        items[i] = &queries[i];
    }
    assert_false(query_parse(SV("@q0"), &(struct rec_list){ items, 20 }, &query, &err));
    assert_true(sv_ends(buf_sv(&err.text), SV("more than 10000 terms")));
    err_release(&err);
}

static void t_error_in_a_regular_expression_points_into_it(void **state)
{
    struct buf answer = { 0 };

    ask(*state, "blast /ab(c/", &answer);

    assert_true(sv_starts(buf_sv(&answer), SV("column 12: ")));
    buf_release(&answer);
}

static void t_nesting_and_length_are_bounded(void **state)
{
    struct buf query = { 0 }, answer = { 0 };

    for (int i = 0; i < 63; i++)
        buf_add_cstr(&query, "not ");
    buf_add_cstr(&query, "type:event");
    ask(*state, buf_cstr(&query), &answer);
    assert_string_equal(buf_cstr(&answer), "a1 a3 b1");

    for (int i = 0; i < 100000; i++)
        buf_add_cstr(&query, "(");
    ask(*state, buf_cstr(&query), &answer);
    assert_true(sv_ends(buf_sv(&answer), SV("more than 64 parentheses inside each other")));

    buf_clear(&query);
    for (int i = 0; i < 10001; i++)
        buf_add_cstr(&query, "linked ");
    ask(*state, buf_cstr(&query), &answer);
    assert_true(sv_ends(buf_sv(&answer), SV("more than 10000 terms")));
    buf_release(&query);
    buf_release(&answer);
}

static void t_every_word_of_the_language_is_explained_and_parsed(void **state)
{
    (void)state;
    size_t count;
    const struct query_word *words = query_words(&count);

    assert_int_equal(count, 38);
    for (size_t i = 0; i < count; i++) {
        struct buf text = { 0 };
        struct query *query = NULL;
        struct err err = { 0 };
        bool is_joint = !strcmp(words[i].text, "or");

        assert_true(strlen(words[i].help) > 0 && strlen(words[i].help) <= 60);
        if (words[i].vocab)
            assert_non_null(
                scheme_find(scheme_builtin(), words[i].vocab, sv_from(words[i].example)));
        buf_addf(&text, "%s%s%s", is_joint ? "x " : "", words[i].text,
                 words[i].example ? words[i].example : " y");
        assert_true(query_parse(buf_sv(&text), NULL, &query, &err));
        query_free(query);
        buf_release(&text);
    }
}

static void t_null_query_matches_everything(void **state)
{
    struct world *world = *state;

    assert_true(query_matches(NULL, NULL, world->list[0],
                              world->list[0]->sections[SECTION_CLAIMS].items[0]));
    query_free(NULL);
}

// Pieces of the language in random order: parsed or refused with a column inside the text, and an
// accepted query is the complement of its `not (...)`.
static void t_any_text_is_answered_or_refused(void **state)
{
    static const char *const pieces[] = { "type:event", "contested", "not",  "or",    "(",
                                          ")",          "\"",        "/",    "blast", "x:",
                                          "created:>",  "2026",      "\xFF", ",",     "source:is" };
    struct made made = { .seed = 7 };
    struct buf query = { 0 }, wrapped = { 0 }, answer = { 0 }, other = { 0 };

    for (int round = 0; round < 3000; round++) {
        buf_clear(&query);
        for (unsigned n = made_random(&made, 7) + 1; n > 0; n--) {
            buf_add_cstr(&query, pieces[made_random(&made, 15)]);
            if (made_random(&made, 3))
                buf_add_char(&query, ' ');
        }
        ask(*state, buf_cstr(&query), &answer);
        if (sv_starts(buf_sv(&answer), SV("column ")))
            continue;
        if (sv_is_blank(buf_sv(&query)))
            continue;
        buf_clear(&wrapped);
        buf_addf(&wrapped, "not (%s)", buf_cstr(&query));
        ask(*state, buf_cstr(&wrapped), &other);
        assert_int_equal((answer.len + 1) / 3 + (other.len + 1) / 3, 5);
    }
    buf_release(&query);
    buf_release(&wrapped);
    buf_release(&answer);
    buf_release(&other);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)

// Values that nothing can have are doubted, with what may be meant; never refused.
static void t_misspelt_values_are_told(void **state)
{
    static const struct {
        const char *query, *doubts;
    } cases[] = {
        { "", "" },
        { "type:quantity,event act:Reports source:daesh,ISKP,isis", "" },
        { "topic:anything tag:odd", "" },
        { "type:event,evnet", "'evnet' is no type; did you mean 'event'?;" },
        { "not (act:denys or source:iskq)", "'denys' is no act; did you mean 'denies'?;"
                                            "no source goes by 'iskq'; did you mean 'iskp'?;" },
        { "source:nobody-at-all", "no source goes by 'nobody-at-all';" },
        { "point:xyzzy", "'xyzzy' is no point;" },
    };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct findings findings = { 0 };
        struct buf said = { 0 };
        struct query *query;
        struct err err = { 0 };

        assert_true(query_parse(sv_from(cases[i].query), NULL, &query, &err));
        query_check(query, &world->registry, scheme_builtin(), &findings);
        for (size_t k = 0; k < findings.count; k++)
            buf_addf(&said, "%s;", buf_cstr(&findings.items[k].err.text));
        assert_string_equal(buf_cstr(&said), cases[i].doubts);
        assert_int_equal(findings.errors, 0);
        buf_release(&said);
        findings_release(&findings);
        query_free(query);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORLD(t_misspelt_values_are_told),
        WITH_WORLD(t_words_and_phrases_match_quote_and_says),
        WITH_WORLD(t_terms_are_joined_by_and_or_not_and_parentheses),
        WITH_WORLD(t_keys_take_a_value_or_several),
        WITH_WORLD(t_sources_go_by_id_name_and_alias_and_include_their_parts),
        WITH_WORLD(t_source_of_a_cycle_ends),
        WITH_WORLD(t_flags),
        WITH_WORLD(t_voices_links_and_figures),
        WITH_WORLD(t_created_compares_as_much_as_is_given),
        WITH_WORLD(t_regular_expressions),
        WITH_WORLD(t_words_with_colons_and_slashes_are_words_where_they_can_be),
        WITH_WORLD(t_errors_name_the_column_and_what_could_stand_there),
        WITH_WORLD(t_saved_queries_are_asked_by_name),
        cmocka_unit_test(t_no_query_is_saved),
        cmocka_unit_test(t_saved_queries_cannot_explode),
        WITH_WORLD(t_error_in_a_regular_expression_points_into_it),
        WITH_WORLD(t_nesting_and_length_are_bounded),
        cmocka_unit_test(t_every_word_of_the_language_is_explained_and_parsed),
        WITH_WORLD(t_null_query_matches_everything),
        WITH_WORLD(t_any_text_is_answered_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
