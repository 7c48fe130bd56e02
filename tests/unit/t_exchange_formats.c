// What the table says that a form holds of a field is what the form writes.
#include "t.h"

#include "base/visible.h"
#include "exchange/formats.h"
#include "model_make.h"

// Each text field of each kind has a word of its own.
static struct sv mark_of(struct made *made, enum kind_id kind, const struct field *field)
{
    struct buf mark = { 0 };
    struct sv out;

    buf_add_cstr(&mark, field->type == FIELD_ID ? "c" : "");
    buf_addf(&mark, "zq%dx%dz", (int)kind, (int)(field - kind_get(kind)->fields));
    out = sv_copy(&made->arena, buf_sv(&mark));
    buf_release(&mark);
    return out;
}

static struct sv quote_of(struct made *made, enum kind_id kind)
{
    return mark_of(made, kind, kind_find(kind_get(kind), SV("quote")));
}

// The text is the quote of a part, a blank, and that of a cue.
static struct cp_span place_of(struct made *made, enum kind_id kind)
{
    size_t part = quote_of(made, KIND_PART).len;

    if (kind == KIND_PART)
        return (struct cp_span){ 0, part };
    return (struct cp_span){ part + 1, part + 1 + quote_of(made, KIND_CUE).len };
}

static bool is_marked(const struct field *field)
{
    switch (field_storage(field)) {
    case STORAGE_SV:
    case STORAGE_STRS:
        return true;
    case STORAGE_BOOL:
    case STORAGE_COUNT:
    case STORAGE_SPAN:
    case STORAGE_SPANS:
    case STORAGE_MAP:
    case STORAGE_LIST:
        break;
    }
    return false;
}

static void *make_marked(struct made *made, enum kind_id kind, int depth)
{
    void *rec = arena_new(&made->arena, kind_get(kind)->size);

    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *field = &kind_get(kind)->fields[i];
        void *member = (char *)rec + field->offset;

        switch (field_storage(field)) {
        case STORAGE_SV:
            *(struct sv *)member = mark_of(made, kind, field);
            break;
        case STORAGE_STRS:
            sv_list_add(&made->arena, member, mark_of(made, kind, field));
            break;
        case STORAGE_BOOL:
            *(bool *)member = true;
            break;
        case STORAGE_COUNT:
            *(size_t *)member = 7;
            break;
        case STORAGE_SPAN:
            *(struct cp_span *)member = place_of(made, kind);
            break;
        case STORAGE_SPANS:
            break;
        case STORAGE_MAP:
            if (depth < 2 || field->sub != kind)
                *(const void **)member = make_marked(made, field->sub, depth + 1);
            break;
        case STORAGE_LIST:
            rec_list_add(&made->arena, member, make_marked(made, field->sub, depth + 1));
            break;
        }
    }
    return rec;
}

struct world {
    struct made made;
    struct layer layer;
    struct buf text;
    struct article *article;
    struct meta meta;
    struct registry registry;
    struct outgoing_layer out_layer;
    struct outgoing out;
};

static void make_world(struct world *w)
{
    struct claim *claim;
    struct link *link;
    struct target *to;

    *w = (struct world){ .made = { .seed = 1 } };
    buf_addf(&w->text, SV_FMT " " SV_FMT "\n", SV_ARG(quote_of(&w->made, KIND_PART)),
             SV_ARG(quote_of(&w->made, KIND_CUE)));
    w->article = article_new(buf_sv(&w->text));
    w->layer.head.article = SV("ferry/herald");
    w->layer.head.annotator = SV("ana");
    claim = make_marked(&w->made, KIND_CLAIM, 0);
    sv_list_add(&w->made.arena, &claim->tags, SV("rating:2/5:mixed"));
    layer_put(&w->layer, SECTION_CLAIMS, claim);
    link = make_marked(&w->made, KIND_LINK, 0);
    to = arena_new(&w->made.arena, sizeof(*to));
    *to = *link->to;
    link->from = to->claim = claim->id;
    link->to = to;
    link->type = SV("contradicts"); // a link of no known type is no argument
    layer_put(&w->layer, SECTION_LINKS, link);
    layer_put(&w->layer, SECTION_FURNITURE, make_marked(&w->made, KIND_FURNITURE, 0));
    layer_put(&w->layer, SECTION_NOTES, make_marked(&w->made, KIND_NOTE, 0));
    layer_put(&w->layer, SECTION_COMMENTS, make_marked(&w->made, KIND_COMMENT, 0));
    w->out_layer = (struct outgoing_layer){ .layer = &w->layer,
                                            .article = w->article,
                                            .meta = &w->meta,
                                            .is_whole = true,
                                            .is_team = true };
    for (enum section s = 0; s < SECTION__N; s++)
        w->out_layer.sections[s] =
            (struct rec_list){ w->layer.sections[s].items, w->layer.sections[s].count };
    w->out = (struct outgoing){
        .layers = &w->out_layer, .count = 1, .registry = &w->registry, .scheme = scheme_builtin()
    };
    outgoing_index(&w->out);
}

static void free_world(struct world *w)
{
    outgoing_release(&w->out);
    registry_release(&w->registry);
    layer_release(&w->layer);
    article_free(w->article);
    arena_release(&w->made.arena);
    buf_release(&w->text);
}

static void check_fields(struct world *w, enum form_id id, struct sv bytes)
{
    static const enum kind_id kinds[] = { KIND_PART,      KIND_CUE,    KIND_VOICE,     KIND_VALUE,
                                          KIND_CLAIM,     KIND_LINK,   KIND_FURNITURE, KIND_NOTE,
                                          KIND_CONTESTED, KIND_COMMENT };

    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        const struct kind *kind = kind_get(kinds[k]);

        for (size_t i = 0; i < kind->field_count; i++) {
            const struct field *field = &kind->fields[i];
            bool holds = form_holds(id, kinds[k], field);
            struct sv mark = kinds[k] == KIND_LINK && field->vocab == VOCAB_LINK
                                 ? SV("contradicts")
                                 : mark_of(&w->made, kinds[k], field);

            // The ends of the link are the claim itself.
            if (kinds[k] == KIND_CUE && form_get(id)->flags & FORM_TEXTS)
                continue; // the text itself is written
            if (!is_marked(field) || (kinds[k] == KIND_LINK && !strcmp(field->key, "from")))
                continue;
            if ((sv_find(bytes, mark, 0) != SIZE_MAX) != holds)
                fail_msg("%s %s '%s' of a %s", form_get(id)->name,
                         holds ? "is said to hold, and does not write," : "writes, unsaid,",
                         field->key, kind->name);
        }
    }
}

static void a_form_writes_what_the_table_says(void **state)
{
    struct world w;

    (void)state;
    make_world(&w);
    for (int id = FORM_NONE + 1; id < FORM__N; id++) {
        struct out_files files = { 0 };
        struct leftovers left = { 0 };
        struct buf all = { 0 };

        if (!form_get((enum form_id)id)->write)
            continue;
        form_get((enum form_id)id)->write(&w.out, &files, &left);
        for (size_t i = 0; i < files.count; i++)
            buf_add(&all, buf_sv(&files.items[i].bytes));
        assert_true(all.len > 0);
        check_fields(&w, (enum form_id)id, buf_sv(&all));
        buf_release(&all);
        leftovers_release(&left);
        out_files_release(&files);
    }
    free_world(&w);
}

static size_t count_of(const struct leftovers *left, const char *what)
{
    for (size_t i = 0; i < left->count; i++)
        if (sv_eq_cstr(buf_sv(&left->items[i].what), what))
            return left->items[i].count;
    return 0;
}

static void what_is_left_out_is_counted_by_field(void **state)
{
    struct leftovers left = { 0 };
    struct world w;

    (void)state;
    make_world(&w);
    formats_count_left(FORM_DOT, &w.out, &left);
    assert_int_equal(count_of(&left, "claim type"), 1);
    assert_int_equal(count_of(&left, "claim says"), 0);
    assert_int_equal(count_of(&left, "voice certainty"), 2); // that inside it too
    assert_int_equal(count_of(&left, "notes"), 1);
    leftovers_release(&left);
    formats_count_left(FORM_JSONL, &w.out, &left);
    assert_int_equal(left.count, 0);
    leftovers_release(&left);
    free_world(&w);
}

static void forms_are_found_by_their_names(void **state)
{
    (void)state;
    for (int id = FORM_NONE + 1; id < FORM__N; id++) {
        const struct form *form = form_get((enum form_id)id);

        assert_int_equal(form_find(sv_from(form->name)), id);
        assert_true(form->write || form->read);
        assert_true(strlen(form->help) <= 72);
    }
    assert_int_equal(form_find(SV("xml")), FORM_NONE);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_writes_what_the_table_says),
        cmocka_unit_test(what_is_left_out_is_counted_by_field),
        cmocka_unit_test(forms_are_found_by_their_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
