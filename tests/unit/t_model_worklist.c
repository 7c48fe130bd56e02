// Work left: each kind is found where it is, and nowhere else; what covers a text.
#include "t.h"

#include <string.h>

#include "model/worklist.h"

#include "model_edits.h"

#define TEXT                                                                                       \
    "The fire\n\nFive people died in the fire, the mayor said. Nobody saw how it began.\n\n"       \
    "Read also: ten fires.\n"

static struct worklist find(struct world *world)
{
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    struct article *article = article_new(sv_from(world->texts[0]));
    struct worklist todo = { 0 };

    worklist_find(&(struct worklist_input){ .layer = world->list[0],
                                            .article = article,
                                            .derived = derived,
                                            .scheme = scheme_builtin(),
                                            .registry = &world->registry,
                                            .has_other = world->count > 1 },
                  &todo);
    article_free(article);
    derive_free(derived);
    return todo;
}

static struct claim *claim_on(struct world *world, size_t layer, const char *id, const char *words)
{
    size_t at = sv_find(sv_from(world->texts[layer]), sv_from(words), 0);

    assert_int_not_equal(at, SIZE_MAX);
    return world_claim(world, layer, id, at, at + strlen(words), (struct claim){ 0 });
}

static size_t count(const struct worklist *todo, enum work_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < todo->count; i++)
        n += todo->items[i].kind == kind;
    return n;
}

// A layer of one claim, changed by `spoil`, has just this kind of work left besides its text.
struct spoiling {
    enum work_kind kind;
    void (*spoil)(struct world *world, struct claim *claim, struct link *link);
    const char *what; // in the item's words
};

static void no_cue(struct world *world, struct claim *claim, struct link *link)
{
    (void)link;
    claim->attributed_to = world_list(world, world_voice(world, "mayor", "asserts"));
}

static void no_source(struct world *world, struct claim *claim, struct link *link)
{
    static const struct cue cue = { .at = { 10, 14 }, .quote = { "Five", 4 } };
    struct voice *voice = world_voice(world, "nobody", "asserts");

    (void)link;
    voice->cue = &cue;
    claim->attributed_to = world_list(world, voice);
}

static void no_reason(struct world *world, struct claim *claim, struct link *link)
{
    static const struct contested contested = { 0 };

    (void)world;
    link->type = SV("corroborates");
    claim->contested = &contested;
}

static void no_why(struct world *world, struct claim *claim, struct link *link)
{
    (void)world, (void)claim;
    link->why = (struct sv){ 0 };
}

static void not_searched(struct world *world, struct claim *claim, struct link *link)
{
    (void)world, (void)claim;
    link->type = SV("omits");
}

static void no_point(struct world *world, struct claim *claim, struct link *link)
{
    (void)world, (void)claim;
    link->type = SV("differs");
}

static void dangling(struct world *world, struct claim *claim, struct link *link)
{
    struct target *to = arena_new(&world->arena, sizeof(*to));

    (void)claim;
    *to = (struct target){ .article = SV("e/b"), .claim = SV("c00000zz") };
    link->to = to;
}

static void repeats_nothing(struct world *world, struct claim *claim, struct link *link)
{
    (void)link;
    claim->repeats = world_strs(world, "c00000zz");
}

static void strict_agreement(struct world *world, struct claim *claim, struct link *link)
{
    (void)world, (void)claim;
    link->type = SV("corroborates");
    link->strict = true;
}

static void sure_question(struct world *world, struct claim *claim, struct link *link)
{
    (void)world, (void)link;
    claim->form = SV("question");
    claim->certainty = SV("certain");
}

static void own_voice_distanced(struct world *world, struct claim *claim, struct link *link)
{
    (void)world, (void)link;
    claim->author_stance = SV("distances");
}

static void other_words(struct world *world, struct claim *claim, struct link *link)
{
    struct part *part = arena_new(&world->arena, sizeof(*part));

    (void)link;
    *part = (struct part){ .at = { 10, 26 }, .quote = SV("Nine people died") };
    claim->span = world_list(world, part);
}

static const struct spoiling spoilings[] = {
    { LEFT_CUE, no_cue, "mayor speaks without a cue" },
    { LEFT_ID, no_source, "no source 'nobody' in the registry" },
    { LEFT_CONTESTED, no_reason, "no reason, and no link disputes it" },
    { LEFT_WHY, no_why, "contradicts without a reason" },
    { LEFT_WHY, not_searched, "omits without what was searched for" },
    { LEFT_POINT, no_point, "differs without a point" },
    { LEFT_ID, dangling, "leads to 'c00000zz', which is not there" },
    { LEFT_ID, repeats_nothing, "repeats 'c00000zz', which is no claim here" },
    { LEFT_STATUS, strict_agreement, "strict, but corroborates disputes nothing" },
    { LEFT_STATUS, sure_question, "a question, and yet certain" },
    { LEFT_STATUS, own_voice_distanced, "the author distances, but no voice says it" },
    { LEFT_ANCHOR, other_words, "its words, or those around them, changed; or it stands twice" },
};

static void t_each_kind_of_work_is_found_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i <= ARRAY_LEN(spoilings); i++) { // the last time nothing is wrong
        void *made;
        struct world *world;
        struct claim *claim;
        struct link *link;
        struct worklist todo;

        world_setup(&made);
        world = made;
        world_layer(world, "e/a", TEXT);
        world_layer(world, "e/b", TEXT);
        world_source(world, "mayor", (struct source){ .name = SV("The Mayor") });
        claim = claim_on(world, 0, "c00000a1", "Five people died");
        claim->type = SV("quantity");
        claim_on(world, 1, "c00000b1", "Five people died");
        link = world_link(world, 0, "l0000001", "c00000a1", "e/b", "c00000b1", "contradicts");
        link->why = SV("as it is");
        if (i < ARRAY_LEN(spoilings))
            spoilings[i].spoil(world, claim, link);
        todo = find(world);
        assert_int_equal(todo.count - count(&todo, LEFT_TEXT), i < ARRAY_LEN(spoilings));
        if (i < ARRAY_LEN(spoilings)) {
            assert_int_equal(todo.items[0].kind, spoilings[i].kind);
            assert_true(sv_eq_cstr(todo.items[0].what, spoilings[i].what));
        }
        worklist_release(&todo);
        world_teardown(&made);
    }
}

static void t_claims_of_weight_want_a_counterpart_where_there_is_another_article(void **state)
{
    struct world *world = *state;
    struct worklist todo;

    world_layer(world, "e/a", TEXT);
    claim_on(world, 0, "c00000a1", "Five people died")->type = SV("quantity");
    claim_on(world, 0, "c00000a2", "Nobody saw")->type = SV("judgement");
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_COUNTERPART), 0);
    worklist_release(&todo);
    world_layer(world, "e/b", TEXT);
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_COUNTERPART), 1);
    worklist_release(&todo);
}

static void t_a_repeat_wants_the_mark_of_what_it_repeats(void **state)
{
    static const struct contested contested = { .why = { "so", 2 } };
    struct world *world = *state;
    struct claim *again;
    struct worklist todo;

    world_layer(world, "e/a", TEXT);
    claim_on(world, 0, "c00000a1", "Five people died")->contested = &contested;
    again = claim_on(world, 0, "c00000a2", "Nobody saw");
    again->repeats = world_strs(world, "c00000a1");
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_STATUS), 1);
    assert_ptr_equal(todo.items[0].rec, again);
    worklist_release(&todo);
    again->contested = &contested;
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_STATUS), 0);
    worklist_release(&todo);
}

static void t_one_pair_neither_disputed_and_agreed(void **state)
{
    struct world *world = *state;
    struct worklist todo;

    world_layer(world, "e/a", TEXT);
    world_layer(world, "e/b", TEXT);
    claim_on(world, 0, "c00000a1", "Five people died");
    claim_on(world, 1, "c00000b1", "Five people died");
    world_link(world, 0, "l0000001", "c00000a1", "e/b", "c00000b1", "contradicts")->why = SV("x");
    world_link(world, 1, "l0000002", "c00000b1", "e/a", "c00000a1", "corroborates")->why = SV("y");
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_STATUS), 1);
    assert_true(sv_eq_cstr(todo.items[0].what, "disputes what link 'l0000002' agrees with"));
    worklist_release(&todo);
}

static struct sv words(const struct world *world, const struct work_item *item)
{
    return sv_sub(sv_from(world->texts[0]), item->at.beg, item->at.end);
}

static void t_text_is_left_by_sentence_and_by_longer_clause(void **state)
{
    struct world *world = *state;
    struct furniture *teaser = arena_new(&world->arena, sizeof(*teaser));
    struct worklist todo;

    world_layer(world, "e/a", TEXT);
    claim_on(world, 0, "c00000a1", "died");
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_TEXT),
                     3); // three words, ", the mayor said", are passed over
    assert_true(sv_eq_cstr(words(world, &todo.items[0]), "The fire"));
    assert_true(sv_eq_cstr(words(world, &todo.items[1]), "Nobody saw how it began."));
    assert_true(sv_eq_cstr(words(world, &todo.items[2]), "Read also: ten fires."));
    worklist_release(&todo);

    *teaser = (struct furniture){ .id = SV("f0000001") };
    teaser->span = world_list(world, world_part(world, 0, strlen(TEXT) - 22, strlen(TEXT) - 1));
    layer_put(&world->layers[0], SECTION_FURNITURE, teaser);
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_TEXT), 2);
    assert_int_equal(todo.paragraph_count, 2); // furniture is no prose
    assert_int_equal(todo.paragraphs[1].number, 3);
    assert_int_equal(todo.paragraphs[1].covered, strlen("died"));
    assert_int_equal(todo.paragraphs[0].prose, strlen("Thefire"));
    assert_int_equal(todo.covered, strlen("died"));
    worklist_release(&todo);
}

static void t_a_long_text_is_looked_at_in_part(void **state)
{
    struct world *world = *state;
    struct article *article;
    struct worklist_text *text;
    struct worklist list = { 0 };
    struct derived *derived;

    world_layer(world, "e/a", TEXT);
    article = article_new(SV(TEXT));
    text = worklist_text_new(article, strlen("The fire\n\nF"));
    derived = derive_new(world->list, world->count, scheme_builtin());
    worklist_find(&(struct worklist_input){ .layer = world->list[0],
                                            .article = article,
                                            .text = text,
                                            .derived = derived,
                                            .scheme = scheme_builtin() },
                  &list);
    assert_int_equal(count(&list, LEFT_TEXT), 2); // the heading, and the sentence begun
    assert_true(list.is_partial);
    worklist_release(&list);
    derive_free(derived);
    worklist_text_free(text);
    article_free(article);
}

// A text of pieces that sentences, clauses and words are cut by in many ways.
static char *make_text(struct made *made)
{
    static const char *const pieces[] = {
        "The mayor said",
        " that",
        " nobody died",
        ", but",
        " five people were hurt",
        ". ",
        "! ",
        "\n",
        "\n\n",
        " — and then",
        "—he said—",
        "; ",
        ": ",
        " \"No,\" ",
        "'tis ",
        "3.5 million",
        "...",
        " (see below) ",
        "- ",
        "1. ",
        " because it burned",
        "\xc3\xa9t\xc3\xa9 ",
        " Dr. Who",
        "?\" ",
        "_x_ ",
        "\r\n",
        "\xe2\x80\x9cYes\xe2\x80\x9d ",
        "a-b",
        "  ",
        "\xe4\xb8\xad\xe6\x96\x87\xe3\x80\x82",
    };
    struct buf text = { 0 };

    for (unsigned n = made_random(made, 40); n; n--)
        buf_add_cstr(&text, pieces[made_random(made, ARRAY_LEN(pieces))]);

    char *copy = arena_copy(&made->arena, buf_cstr(&text), text.len);

    buf_release(&text);
    return copy;
}

// What is asked once is not cut as a whole, and yet the same is left.
static void t_a_text_cut_as_a_whole_or_not(void **state)
{
    size_t found = 0;

    (void)state;
    for (unsigned round = 0; round < 1500; round++) {
        struct made made = { .seed = (round + 1) * UINT64_C(0x9e3779b97f4a7c15) };
        struct layer layer = { .head.article = SV("e/a") };
        struct article *article = article_new(sv_from(make_text(&made)));
        size_t length =
            article_to_cp(article, (struct byte_span){ 0, article_bytes(article).len }).end;
        struct worklist_text *cut = worklist_text_new(article, 0);
        struct worklist one = { 0 }, other = { 0 };
        const struct layer *list = &layer;
        struct derived *derived = derive_new(&list, 1, scheme_builtin());
        struct worklist_input in = { .layer = &layer,
                                     .article = article,
                                     .text = cut,
                                     .derived = derived,
                                     .scheme = scheme_builtin() };

        for (unsigned n = made_random(&made, 5); length && n; n--) {
            struct furniture *part = arena_new(&made.arena, sizeof(*part));
            struct part *at = arena_new(&made.arena, sizeof(*at));
            const void **items = arena_new(&made.arena, sizeof(*items));

            at->at.beg = made_random(&made, (unsigned)length);
            at->at.end = at->at.beg + made_random(&made, (unsigned)(length - at->at.beg)) / 2 + 1;
            items[0] = at;
            part->id = sv_sub(SV("f1f2f3f4f5"), 2 * n - 2, 2 * n);
            part->span = (struct rec_list){ items, 1 };
            layer_put(&layer, SECTION_FURNITURE, part);
        }
        worklist_find(&in, &one);
        in.text = NULL;
        worklist_find(&in, &other);
        assert_int_equal(one.count, other.count);
        for (size_t i = 0; i < one.count; i++) {
            assert_int_equal(one.items[i].kind, other.items[i].kind);
            assert_int_equal(one.items[i].at.beg, other.items[i].at.beg);
            assert_int_equal(one.items[i].at.end, other.items[i].at.end);
            found += one.items[i].kind == LEFT_TEXT;
        }
        assert_int_equal(one.covered, other.covered);
        assert_int_equal(one.prose, other.prose);
        worklist_release(&one);
        worklist_release(&other);
        worklist_text_free(cut);
        derive_free(derived);
        article_free(article);
        layer_release(&layer);
        arena_release(&made.arena);
    }
    assert_true(found > 3000);
}

static void t_a_cue_covers_its_words(void **state)
{
    struct world *world = *state;
    struct cue *cue = arena_new(&world->arena, sizeof(*cue));
    struct voice *voice = world_voice(world, "mayor", "asserts");
    size_t at = sv_find(SV(TEXT), SV("Nobody saw"), 0);
    struct worklist todo;

    world_layer(world, "e/a", TEXT);
    world_source(world, "mayor", (struct source){ .name = SV("The Mayor") });
    *cue = (struct cue){ .at = { at, at + 10 }, .quote = SV("Nobody saw") };
    voice->cue = cue;
    claim_on(world, 0, "c00000a1", "died")->attributed_to = world_list(world, voice);
    todo = find(world);
    assert_int_equal(count(&todo, LEFT_TEXT), 2);
    assert_int_equal(todo.covered, strlen("diedNobodysaw"));
    worklist_release(&todo);
}

// ---- brought up to date

#define EDIT_TEXT                                                                                  \
    "A fire in the mill\n\nFive people died in the fire, the mayor said. Nobody saw how it "       \
    "began, and the police asked for help; no one came. Read this.\n\nThe mill stood empty. "      \
    "“It burned all night,” said Ada Lund, who lives near.\n\nRead also: ten fires.\n\n"       \
    "The town waits.\n"

static void assert_same_item(const struct work_item *a, const struct work_item *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->section, b->section);
    assert_ptr_equal(a->rec, b->rec);
    assert_int_equal(a->at.beg, b->at.beg);
    assert_int_equal(a->at.end, b->at.end);
    assert_true(sv_eq(a->what, b->what));
    if (a->key || b->key)
        assert_string_equal(a->key, b->key);
}

static void assert_same_list(const struct worklist *a, const struct worklist *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_same_item(&a->items[i], &b->items[i]);
    assert_int_equal(a->paragraph_count, b->paragraph_count);
    for (size_t i = 0; i < a->paragraph_count; i++)
        assert_memory_equal(&a->paragraphs[i], &b->paragraphs[i], sizeof(a->paragraphs[i]));
    assert_int_equal(a->prose, b->prose);
    assert_int_equal(a->covered, b->covered);
    assert_int_equal(a->is_partial, b->is_partial);
}

// What the text of an updated list is, also of one that is cut in steps, and not cut at all.
static void t_an_updated_list_is_the_one_found_anew(void **state)
{
    static const char *const texts[] = { EDIT_TEXT, EDIT_TEXT EDIT_TEXT, "The fire.\n" };
    struct world *world = *state;
    struct made made = { .seed = 5 };
    size_t updated = 0;

    edit_world(world, &made, texts);

    struct article *article = article_new(sv_from(texts[0]));
    struct worklist_text *text = worklist_text_new(article, 0);
    struct worklist_input in = { .layer = world->list[0],
                                 .article = article,
                                 .text = text,
                                 .anchors = anchors_new(article),
                                 .scheme = scheme_builtin(),
                                 .registry = &world->registry,
                                 .has_other = true };
    struct worklist list = { 0 };

    for (int i = 0; i < 1500; i++) {
        struct delta deltas[EDITS_MOST];
        size_t edits = edit_some(world, &made, deltas);
        struct derived *derived = derive_new(world->list, 3, scheme_builtin());
        struct worklist anew = { 0 }, uncut = { 0 };

        in.derived = derived;
        if (list.cover && worklist_update(&in, deltas, edits, &list)) {
            updated++;
        } else {
            worklist_release(&list);
            worklist_find(&in, &list);
        }
        worklist_find(&in, &anew);
        assert_same_list(&list, &anew);
        in.text = NULL;
        worklist_find(&in, &uncut);
        in.text = text;
        assert_same_list(&list, &uncut);
        worklist_release(&anew);
        worklist_release(&uncut);
        derive_free(derived);
    }
    assert_int_equal(updated, 1499);
    worklist_release(&list);
    worklist_text_free(text);
    anchors_free(in.anchors);
    article_free(article);
    arena_release(&made.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_each_kind_of_work_is_found_alone),
        cmocka_unit_test_setup_teardown(
            t_claims_of_weight_want_a_counterpart_where_there_is_another_article, world_setup,
            world_teardown),
        cmocka_unit_test_setup_teardown(t_a_repeat_wants_the_mark_of_what_it_repeats, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_one_pair_neither_disputed_and_agreed, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_text_is_left_by_sentence_and_by_longer_clause,
                                        world_setup, world_teardown),
        cmocka_unit_test(t_a_text_cut_as_a_whole_or_not),
        cmocka_unit_test_setup_teardown(t_a_long_text_is_looked_at_in_part, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_a_cue_covers_its_words, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(t_an_updated_list_is_the_one_found_anew, world_setup,
                                        world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
