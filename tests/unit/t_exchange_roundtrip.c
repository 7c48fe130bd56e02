// Export, then import: the same records, for every form that holds them whole.
#include "t.h"

#include "base/visible.h"
#include "exchange/formats.h"
#include "exchange/json.h"
#include "exchange/placing.h"
#include "model_make.h"

// Letters of one to four bytes, line ends, and words that stand twice.
static const char text[] = "The ferry sank at noon. Ünïcode 東京 said: \xf0\x9f\x9a\xa2 "
                           "sank!\n\nThe ferry sank at noon, the "
                           "mayor said;\nher office \"denies\" it, she = "
                           "sure.\n\xf0\x9f\x9a\xa2\xf0\x9f\x9a\xa2 Nobody knows.\n";

static const char *const hostile[] = {
    "",
    " ",
    "=HYPERLINK(\"x\")",
    "'=1+1",
    "''quoted",
    "-7",
    "+1",
    "a,b;c\td",
    "a; b\\; c\\",
    "\"",
    "two\nlines\r\nand \\n a third",
    "\x1b[31mred",
    "null",
    "{\"a\": [1]}",
    "\xe2\x80\xa8 separator \xc2\x85",
    "<b>&amp;</b>",
    "T1\tClaim 0 4\tx",
    "* # @",
    "\xf0\x9f\x9a\xa2",
};

struct world {
    struct made made;
    struct layer layer;
    struct article *article;
    struct meta meta;
    struct registry registry;
    struct outgoing_layer out_layer;
    struct outgoing out;
};

static struct sv odd_text(struct made *made)
{
    return sv_from(hostile[made_random(made, ARRAY_LEN(hostile))]);
}

// Put odd texts where a field takes any.
static void make_odd(struct made *made, enum kind_id kind, void *rec)
{
    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *field = &kind_get(kind)->fields[i];
        void *member = (char *)rec + field->offset;

        if ((field->type == FIELD_STR || field->type == FIELD_TEXT || field->type == FIELD_WORD) &&
            !field_is_absent(rec, field) && made_random(made, 2))
            *(struct sv *)member = odd_text(made);
        if (field->type == FIELD_STRS && !field_is_absent(rec, field)) {
            struct sv_list list = { 0 };

            for (size_t j = made_random(made, 4) + 1; j; j--)
                sv_list_add(&made->arena, &list, odd_text(made));
            *(struct sv_list *)member = list;
        }
        if (field->type == FIELD_NUMBER && !field_is_absent(rec, field))
            *(struct sv *)member = made_random(made, 2) ? SV("5.50") : SV("-0");
    }
}

static struct excerpt make_excerpt(struct world *w)
{
    size_t length = article_cp_len(w->article);
    size_t beg = made_random(&w->made, (unsigned)length - 1);
    size_t end = beg + 1 + made_random(&w->made, (unsigned)(length - beg));

    return article_excerpt(w->article, article_to_bytes(w->article, (struct cp_span){ beg, end }),
                           &w->made.arena);
}

static bool is_before(const struct part *a, const struct part *b)
{
    return a->at.beg < b->at.beg;
}

// Parts that stand in the text, in order, no two of which begin alike.
static struct rec_list make_span(struct world *w)
{
    struct rec_list span = { 0 };

    for (size_t i = 1 + made_random(&w->made, 3); i; i--) {
        struct excerpt e = make_excerpt(w);
        struct part *part = make_any(&w->made, KIND_PART, 0, 0); // it may have unknown keys
        *part = (struct part){ e.at, e.quote, e.before, e.after, part->extra };
        if (!span.count || is_before(span.items[span.count - 1], part))
            rec_list_add(&w->made.arena, &span, part);
    }
    return span;
}

static void mend_voice(struct world *w, const struct voice *made)
{
    union {
        const struct voice *read;
        struct voice *write;
    } voice;

    for (voice.read = made; voice.read; voice.read = voice.read->citing) {
        make_odd(&w->made, KIND_VOICE, voice.write);
        if (voice.read->cue) {
            struct excerpt e = make_excerpt(w);
            struct cue *cue = arena_new(&w->made.arena, sizeof(*cue));

            *cue = (struct cue){ e.at, e.quote, voice.read->cue->extra };
            voice.write->cue = cue;
        }
    }
}

static struct sv make_id(struct world *w, char letter)
{
    char id[16];

    snprintf(id, sizeof(id), "%c%07u", letter, ++w->made.serial);
    return sv_copy(&w->made.arena, sv_from(id));
}

static void add_claim(struct world *w)
{
    struct claim *claim = make_any(&w->made, KIND_CLAIM, 0, 2);

    claim->id = make_id(w, 'c');
    make_odd(&w->made, KIND_CLAIM, claim);
    claim->span = make_span(w);
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        mend_voice(w, claim->attributed_to.items[i]);
    claim->repeats = (struct sv_list){ 0 };
    if (w->layer.sections[SECTION_CLAIMS].count && made_random(&w->made, 2))
        sv_list_add(&w->made.arena, &claim->repeats,
                    ((const struct record *)w->layer.sections[SECTION_CLAIMS].items[0])->id);
    layer_put(&w->layer, SECTION_CLAIMS, claim);
}

static void add_comment(struct world *w)
{
    struct comment *comment = make_any(&w->made, KIND_COMMENT, 0, 2);

    comment->id = make_id(w, 't');
    make_odd(&w->made, KIND_COMMENT, comment);
    comment->about = ((const struct record *)w->layer.sections[SECTION_CLAIMS].items[0])->id;
    layer_put(&w->layer, SECTION_COMMENTS, comment);
}

static void add_rest(struct world *w, bool has_comments)
{
    struct link *link = make_any(&w->made, KIND_LINK, 0, 2);
    struct note *note = make_any(&w->made, KIND_NOTE, 0, 2);
    struct furniture *furniture = make_any(&w->made, KIND_FURNITURE, 0, 2);
    size_t count = w->layer.sections[SECTION_CLAIMS].count;
    struct target *to = arena_new(&w->made.arena, sizeof(*to));
    const struct record *from = w->layer.sections[SECTION_CLAIMS].items[0];
    const struct record *other = w->layer.sections[SECTION_CLAIMS].items[count - 1];

    link->id = make_id(w, 'l');
    make_odd(&w->made, KIND_LINK, link);
    link->from = from->id;
    link->type = made_random(&w->made, 2) ? SV("differs") : SV("contradicts");
    if (made_random(&w->made, 2))
        to->claim = other->id;
    if (made_random(&w->made, 2) || sv_is_absent(to->claim))
        to->article = SV("ferry/other");
    link->to = to;
    note->id = make_id(w, 'n');
    make_odd(&w->made, KIND_NOTE, note);
    note->span = make_span(w);
    furniture->id = make_id(w, 'f');
    furniture->span = make_span(w);
    layer_put(&w->layer, SECTION_LINKS, link);
    layer_put(&w->layer, SECTION_NOTES, note);
    layer_put(&w->layer, SECTION_FURNITURE, furniture);
    if (has_comments)
        add_comment(w);
}

static void make_world(struct world *w, uint64_t seed, bool has_comments)
{
    *w = (struct world){ .made = { .seed = seed } };
    w->article = article_new(sv_from(text));
    w->layer.head.article = SV("ferry/herald");
    w->layer.head.annotator = SV("ana");
    for (size_t i = 1 + made_random(&w->made, 5); i; i--)
        add_claim(w);
    add_rest(w, has_comments);
    w->out_layer = (struct outgoing_layer){
        .layer = &w->layer, .article = w->article, .meta = &w->meta, .is_whole = true
    };
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
}

static void print_findings(const struct incoming *in, const char *form)
{
    for (size_t i = 0; i < in->findings.count; i++)
        print_error("%s: %d:%d: %s\n", form, in->findings.items[i].err.line,
                    in->findings.items[i].err.col, buf_cstr(&in->findings.items[i].err.text));
    for (size_t i = 0; i < in->left.count; i++)
        print_error("%s: left: %s\n", form, buf_cstr(&in->left.items[i].what));
}

static struct jnode *node_of(const struct incoming_record *record)
{
    return jnode_record(section_get(record->section)->kind, record->rec);
}

static void must_be_same(const struct world *w, const struct incoming *in, const char *form)
{
    size_t count = 0;

    print_findings(in, form);
    assert_int_equal(in->findings.count, 0);
    assert_int_equal(in->left.count, 0);
    for (enum section s = 0; s < SECTION__N; s++)
        count += w->layer.sections[s].count;
    assert_int_equal(in->count, count);
    for (size_t i = 0; i < in->count; i++) {
        const struct incoming_record *record = &in->records[i];
        const struct record *rec = record->rec;
        const void *was = layer_find(&w->layer, record->section, rec->id);
        struct buf got = { 0 }, want = { 0 };

        assert_non_null(was);
        assert_false(record->is_out);
        if (!record_eq(section_get(record->section)->kind, was, rec)) {
            struct incoming_record old = { .section = record->section, .rec = was };
            struct jnode *a = node_of(record), *b = node_of(&old);

            jnode_print(a, &got);
            jnode_print(b, &want);
            print_error("%s\n", form);
            assert_string_equal(buf_cstr(&got), buf_cstr(&want));
            fail_msg("records differ, but not in print");
        }
    }
}

static void records_come_back(const struct world *w, enum form_id id)
{
    struct out_files files = { 0 };
    struct leftovers left = { 0 };

    form_get(id)->write(&w->out, &files, &left);
    assert_int_equal(left.count, 0);

    struct incoming in = { .path = "f" };
    struct placed placed = { 0 };

    for (size_t i = 0; i < files.count; i++)
        if (files.count == 1 || sv_ends(buf_sv(&files.items[i].name), SV(".ann")) ||
            sv_ends(buf_sv(&files.items[i].name), SV("links.tsv")))
            form_get(id)->read(&in, buf_sv(&files.items[i].bytes));
    for (size_t i = 0; i < in.count; i++)
        if (sv_is_absent(in.records[i].article)) // the name of the file says it
            in.records[i].article = w->layer.head.article;
    incoming_place(&in, w->layer.head.article, w->article, &placed);
    assert_int_equal(placed.doubtful + placed.lost + placed.cues, 0);
    must_be_same(w, &in, form_get(id)->name);
    incoming_release(&in);
    leftovers_release(&left);
    out_files_release(&files);
}

static void what_goes_out_whole_comes_back_whole(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        for (int id = FORM_NONE + 1; id < FORM__N; id++) {
            unsigned flags = form_get((enum form_id)id)->flags;
            struct world w;

            if (!(flags & FORM_RECORDS))
                continue;
            make_world(&w, seed * 0x9e3779b97f4a7c15u, flags & FORM_COMMENTS);
            records_come_back(&w, (enum form_id)id);
            free_world(&w);
        }
    }
}

static void the_same_records_give_the_same_bytes(void **state)
{
    (void)state;
    for (int id = FORM_NONE + 1; id < FORM__N; id++) {
        struct out_files first = { 0 }, second = { 0 };
        struct leftovers left = { 0 };
        struct world w;

        if (!form_get((enum form_id)id)->write)
            continue;
        make_world(&w, 7, true);
        form_get((enum form_id)id)->write(&w.out, &first, &left);
        form_get((enum form_id)id)->write(&w.out, &second, &left);
        assert_int_equal(first.count, second.count);
        for (size_t i = 0; i < first.count; i++)
            assert_true(sv_eq(buf_sv(&first.items[i].bytes), buf_sv(&second.items[i].bytes)));
        out_files_release(&first);
        out_files_release(&second);
        leftovers_release(&left);
        free_world(&w);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_out_whole_comes_back_whole),
        cmocka_unit_test(the_same_records_give_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
