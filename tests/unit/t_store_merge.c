// Random versions of a layer merged, and compared with a model: what each field of each record has
// to be, told from the texts of the three fields alone. Whole with GAINSAY_LONG set (make
// check-long).
#include "t.h"

#include <stdlib.h>
#include <string.h>

#include "doc_make.h"
#include "model/layer.h"
#include "store/doc_encode.h"
#include "store/doc_merge.h"
#include "store/yaml_write.h"

#define MERGES      400
#define LONG_MERGES 20000
#define POINTS      512 // code points that ranges may lie in

struct content {
    struct doc_content content;
    struct layer_head head;
    const void *items[SECTION__N][16];
};

static struct sv field_text(struct arena *arena, const void *rec, const struct field *field)
{
    struct buf text = { 0 };

    if (!rec || field_is_absent(rec, field))
        return SV("");
    yaml_write_pair(sv_from(field->key), doc_encode_field(arena, rec, field), 0, &text);

    struct sv copy = sv_copy(arena, buf_sv(&text));

    buf_release(&text);
    return copy;
}

static struct sv record_text(struct arena *arena, enum kind_id kind, const void *rec)
{
    struct buf text = { 0 };

    doc_write_record(kind, rec, &text);

    struct sv copy = sv_copy(arena, buf_sv(&text));

    buf_release(&text);
    return copy;
}

static void point_at(struct content *c)
{
    c->content.head = &c->head;
    for (int s = 0; s < SECTION__N; s++)
        c->content.sections[s].items = c->items[s];
}

static void add(struct content *c, enum section s, const void *rec)
{
    if (c->content.sections[s].count < ARRAY_LEN(c->items[s]))
        c->items[s][c->content.sections[s].count++] = rec;
}

static void add_some(struct maker *m, struct content *c, unsigned most)
{
    for (unsigned n = maker_random(m, most + 1); n; n--) {
        enum section s = (enum section)maker_random(m, SECTION__N);
        struct record *rec = make_record(m, section_get(s)->kind, 0);

        if (s == SECTION_LINKS && c->content.sections[SECTION_CLAIMS].count && maker_random(m, 2))
            ((struct link *)rec)->from =
                ((const struct record *)c->items[SECTION_CLAIMS][maker_random(
                     m, (unsigned)c->content.sections[SECTION_CLAIMS].count)])
                    ->id;
        add(c, s, rec);
    }
}

static struct cp_span_list some_ranges(struct maker *m)
{
    struct cp_span_list list = { 0 };

    for (unsigned n = maker_random(m, 4); n; n--) {
        size_t beg = maker_random(m, POINTS - 100);

        list =
            cp_spans_add(&m->arena, list, (struct cp_span){ beg, beg + 1 + maker_random(m, 99) });
    }
    return list;
}

// A list of maps with an element taken out, changed, put elsewhere, or a new one.
static struct rec_list change_list(struct maker *m, enum kind_id kind, struct rec_list list)
{
    const void **items = arena_new(&m->arena, (list.count + 1) * sizeof(*items));
    size_t count = list.count, at = count ? maker_random(m, (unsigned)count) : 0;

    for (size_t i = 0; i < count; i++)
        items[i] = list.items[i];
    if (count && maker_random(m, 4) == 0) {
        memmove(items + at, items + at + 1, (count - at - 1) * sizeof(*items));
        count--;
    } else if (count && maker_random(m, 3) == 0) {
        items[at] = make_change(m, kind, items[at]);
    } else if (count > 1 && maker_random(m, 4) == 0) {
        const void *first = items[0];

        items[0] = items[at];
        items[at] = first;
    } else {
        struct part *new = make_record(m, kind, 1);

        if (kind == KIND_PART && count && maker_random(m, 3)) { // behind the last one
            size_t end = ((const struct part *)items[count - 1])->at.end + maker_random(m, 20);

            new->at = (struct cp_span){ end, end + 1 + maker_random(m, 30) };
        }
        items[count++] = new;
    }
    return (struct rec_list){ items, count };
}

// The record with another list; without lists, with other fields.
static const void *change_element(struct maker *m, enum kind_id kind, const void *rec)
{
    void *copy = record_edit(&m->arena, kind, rec);

    for (unsigned tries = 0; tries < 8; tries++) {
        const struct kind *k = kind_get(kind);
        const struct field *f = &k->fields[maker_random(m, (unsigned)k->field_count)];

        if (f->type == FIELD_LIST) {
            struct rec_list *list = (void *)((char *)copy + f->offset);

            struct rec_list changed = change_list(m, f->sub, *list);

            if (!changed.count && f->is_required)
                continue;
            *list = changed;
            return copy;
        }
    }
    return make_change(m, kind, rec);
}

// A version that grew out of `base`: records changed, taken out, added, in another order at times.
static void grow(struct maker *m, const struct content *base, struct content *out)
{
    *out = (struct content){ .head = base->head };
    point_at(out);
    if (maker_random(m, 4) == 0)
        out->head.read = some_ranges(m);
    if (maker_random(m, 8) == 0)
        out->head.article = make_text(m);
    if (maker_random(m, 8) == 0)
        out->head.text = make_record(m, KIND_TEXT_STATE, 1);
    for (enum section s = 0; s < SECTION__N; s++) {
        for (size_t i = 0; i < base->content.sections[s].count; i++) {
            unsigned what = maker_random(m, 7);

            if (what == 0)
                continue;
            add(out, s,
                what < 3   ? make_change(m, section_get(s)->kind, base->items[s][i])
                : what < 5 ? change_element(m, section_get(s)->kind, base->items[s][i])
                           : base->items[s][i]);
        }
    }
    add_some(m, out, 3);
}

// The same id made on both sides.
static void twin(struct maker *m, const struct content *from, struct content *to)
{
    enum section s = (enum section)maker_random(m, SECTION__N);
    size_t count = from->content.sections[s].count;

    if (!count || maker_random(m, 4))
        return;

    const void *rec = from->items[s][count - 1];

    for (size_t i = 0; i < to->content.sections[s].count; i++)
        if (sv_eq(((const struct record *)to->items[s][i])->id, ((const struct record *)rec)->id))
            return;
    add(to, s, make_change(m, section_get(s)->kind, rec));
}

// The bytes of a version, half of the time as a save would splice them into the base's.
static void write(struct maker *m, struct sv base, const struct content *c, struct buf *out)
{
    struct doc_content ignored = { 0 };
    struct findings findings = { 0 };
    struct err err = { 0 };
    struct doc *doc;
    bool is_spliced = maker_random(m, 2);

    assert_true(doc_load(&doc_layer, is_spliced ? base : SV(""), "base", &m->arena, &ignored, &doc,
                         &findings, &err));
    doc_render(doc, &c->content, out);
    doc_free(doc);
    findings_release(&findings);
}

static struct doc_content read_back(struct maker *m, struct sv bytes)
{
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct err err = { 0 };
    struct doc *doc;

    if (!doc_load(&doc_layer, bytes, "result", &m->arena, &content, &doc, &findings, &err))
        fail_msg("%s in\n%.*s", buf_cstr(&err.text), SV_ARG(bytes));
    assert_int_equal(findings.errors, 0);
    findings_release(&findings);
    doc_free(doc);
    return content;
}

static const void *find(const struct doc_content *content, enum section s, struct sv id)
{
    for (size_t i = 0; i < content->sections[s].count; i++)
        if (sv_eq(((const struct record *)content->sections[s].items[i])->id, id))
            return content->sections[s].items[i];
    return NULL;
}

static bool holds(struct sv_list list, struct sv word)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(list.items[i], word))
            return true;
    return false;
}

// Is `r` the set that merging gives?
static bool is_merged_set(struct sv_list b, struct sv_list o, struct sv_list t, struct sv_list r)
{
    const struct sv_list lists[] = { b, o, t, r };

    for (size_t l = 0; l < ARRAY_LEN(lists); l++)
        for (size_t i = 0; i < lists[l].count; i++) {
            struct sv word = lists[l].items[i];
            bool in_o = holds(o, word), in_t = holds(t, word);

            if (holds(r, word) != (holds(b, word) ? in_o && in_t : in_o || in_t))
                return false;
        }
    return true;
}

static struct sv extra_of(enum kind_id kind, const void *rec, struct sv key)
{
    for (const struct extra *e = rec ? doc_extras(kind, rec) : NULL; e; e = e->next)
        if (sv_eq(e->key, key))
            return e->yaml;
    return (struct sv){ 0 };
}

// What both sides of the result must have where the three versions have these values. true:
// conflict.
static bool model(struct sv b, struct sv o, struct sv t, struct sv *our_side, struct sv *their_side)
{
    *our_side = sv_eq(b, o) ? t : o;
    *their_side = sv_eq(b, t) ? o : t;
    return !sv_eq(o, t) && !sv_eq(b, o) && !sv_eq(b, t);
}

struct sides { // of the result
    const void *ours, *theirs;
};

// ---- lists, told from the texts of their elements

struct lists {
    enum kind_id kind;
    struct rec_list b, o, t;
};

static struct sv element_key(struct maker *m, enum kind_id kind, const void *rec)
{
    static const char *const keys[] = { "at", "source", "act", "what" };
    struct buf text = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        const struct field *f = kind_find(kind_get(kind), sv_from(keys[i]));

        if (f)
            buf_add(&text, field_text(&m->arena, rec, f));
    }

    struct sv copy = sv_copy(&m->arena, buf_sv(&text));

    buf_release(&text);
    return copy;
}

static const void *element(struct maker *m, enum kind_id kind, struct rec_list list, struct sv key)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(element_key(m, kind, list.items[i]), key))
            return list.items[i];
    return NULL;
}

static bool is_unclear(struct maker *m, enum kind_id kind, struct rec_list list)
{
    for (size_t i = 0; i < list.count; i++) {
        const struct part *part = list.items[i], *before = i ? list.items[i - 1] : NULL;

        if (element(m, kind, list, element_key(m, kind, part)) != part)
            return true;
        if (kind == KIND_PART && before && part->at.beg < before->at.beg)
            return true;
        if (kind == KIND_PART && before && part->at.beg == before->at.beg &&
            part->at.end < before->at.end)
            return true;
    }
    return false;
}

// The keys that all three have, in the order of one.
static struct sv common_order(struct maker *m, const struct lists *l, struct rec_list list)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < list.count; i++) {
        struct sv key = element_key(m, l->kind, list.items[i]);

        if (element(m, l->kind, l->b, key) && element(m, l->kind, l->o, key) &&
            element(m, l->kind, l->t, key))
            buf_add(&text, key);
    }

    struct sv copy = sv_copy(&m->arena, buf_sv(&text));

    buf_release(&text);
    return copy;
}

static bool has_own(struct maker *m, enum kind_id kind, struct rec_list list, struct rec_list a,
                    struct rec_list b)
{
    for (size_t i = 0; i < list.count; i++) {
        struct sv key = element_key(m, kind, list.items[i]);

        if (!element(m, kind, a, key) && !element(m, kind, b, key))
            return true;
    }
    return false;
}

// Is an element of the three in conflict?
static bool element_clashes(struct maker *m, enum kind_id kind, const void *b, const void *o,
                            const void *t)
{
    static const struct sv extras[] = { { "x-more", 6 }, { "odd key", 7 } };
    struct sv ours, theirs;
    bool is_clash = false;

    if (!o || !t)
        return b && (o || t) &&
               !sv_eq(record_text(&m->arena, kind, b), record_text(&m->arena, kind, o ? o : t));
    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *f = &kind_get(kind)->fields[i];

        is_clash |= model(field_text(&m->arena, b, f), field_text(&m->arena, o, f),
                          field_text(&m->arena, t, f), &ours, &theirs);
    }
    for (size_t i = 0; i < ARRAY_LEN(extras); i++)
        is_clash |= model(extra_of(kind, b, extras[i]), extra_of(kind, o, extras[i]),
                          extra_of(kind, t, extras[i]), &ours, &theirs);
    return is_clash;
}

// Has the list to be taken as one value?
static bool list_clashes(struct maker *m, const struct lists *l, bool is_required)
{
    const struct rec_list all[] = { l->b, l->o, l->t };
    struct sv order[3];
    struct cp_span parts[32];
    size_t part_count = 0, kept = 0;
    bool is_gone = false;

    for (size_t v = 0; v < 3; v++)
        if (is_unclear(m, l->kind, all[v]))
            return true;
    for (size_t v = 0; v < 3; v++) {
        order[v] = common_order(m, l, all[v]);
        for (size_t i = 0; i < all[v].count; i++) {
            struct sv key = element_key(m, l->kind, all[v].items[i]);
            const void *b = element(m, l->kind, l->b, key), *o = element(m, l->kind, l->o, key);
            const void *t = element(m, l->kind, l->t, key);

            if (element_clashes(m, l->kind, b, o, t))
                return true;
            is_gone |= !o && !t;
            kept += (o && t) || (!b && (o || t));
            if (l->kind == KIND_PART && ((o && t) || (!b && (o || t))) &&
                (v == 1 || (v == 2 && !o)))
                parts[part_count++] = ((const struct part *)(o ? o : t))->at;
        }
    }
    for (size_t i = 0; i < part_count; i++)
        for (size_t j = 0; j < i; j++)
            if (parts[i].beg < parts[j].end && parts[j].beg < parts[i].end)
                return true;
    if (is_required && !kept)
        return true;
    if (is_gone && has_own(m, l->kind, l->o, l->b, l->t) && has_own(m, l->kind, l->t, l->b, l->o))
        return true;
    return !sv_eq(order[0], order[1]) && !sv_eq(order[0], order[2]) && !sv_eq(order[1], order[2]);
}

static size_t check_record(struct maker *m, enum kind_id kind, const void *b, const void *o,
                           const void *t, struct sides r);

// Is `r` what merging the elements gives: none lost, none doubled?
static void check_list(struct maker *m, const struct lists *l, struct rec_list r)
{
    const struct rec_list all[] = { l->o, l->t };
    size_t wanted = 0;

    for (size_t v = 0; v < 2; v++) {
        for (size_t i = 0; i < all[v].count; i++) {
            struct sv key = element_key(m, l->kind, all[v].items[i]);
            const void *b = element(m, l->kind, l->b, key), *o = element(m, l->kind, l->o, key);
            const void *t = element(m, l->kind, l->t, key), *is = element(m, l->kind, r, key);

            if (v == 1 && o)
                continue;
            assert_int_equal(is != NULL, (o && t) || !b);
            wanted += is != NULL;
            if (is && o && t)
                assert_int_equal(check_record(m, l->kind, b, o, t, (struct sides){ is, is }), 0);
            else if (is)
                assert_true(record_eq(l->kind, is, o ? o : t));
        }
    }
    assert_int_equal(r.count, wanted);
}

// Compare a record of the result with the model; returns the conflicts there must be.
static size_t check_record(struct maker *m, enum kind_id kind, const void *b, const void *o,
                           const void *t, struct sides r)
{
    static const struct sv keys[] = { { "x-more", 6 }, { "odd key", 7 } };
    size_t conflicts = 0, extras = 0;
    struct sv our_side, their_side;

    for (size_t i = 0; i < kind_get(kind)->field_count; i++) {
        const struct field *f = &kind_get(kind)->fields[i];
        struct sv vb = field_text(&m->arena, b, f), vo = field_text(&m->arena, o, f);
        struct sv vt = field_text(&m->arena, t, f);
        bool is_clash = model(vb, vo, vt, &our_side, &their_side);

        if (i == 0 && kind != KIND_CONTESTED)
            continue; // the id
        if (is_clash && f->type == FIELD_STRS) {
            const struct sv_list none = { 0 };

            assert_true(is_merged_set(b ? *(const struct sv_list *)field_get(b, f) : none,
                                      *(const struct sv_list *)field_get(o, f),
                                      *(const struct sv_list *)field_get(t, f),
                                      *(const struct sv_list *)field_get(r.ours, f)));
            assert_true(field_eq(r.ours, r.theirs, f));
            continue;
        }
        if (is_clash && f->type == FIELD_LIST) {
            const struct rec_list none = { 0 };
            const struct lists l = { f->sub, b ? *(const struct rec_list *)field_get(b, f) : none,
                                     *(const struct rec_list *)field_get(o, f),
                                     *(const struct rec_list *)field_get(t, f) };

            if (!list_clashes(m, &l, f->is_required)) {
                check_list(m, &l, *(const struct rec_list *)field_get(r.ours, f));
                assert_true(field_eq(r.ours, r.theirs, f));
                continue;
            }
        }
        if (is_clash && f->sub == KIND_CONTESTED && vo.len && vt.len) {
            const void *const *bm = field_get(b, f);
            const void *const *ro = field_get(r.ours, f), *const *rt = field_get(r.theirs, f);

            conflicts +=
                check_record(m, KIND_CONTESTED, bm ? *bm : NULL,
                             *(const void *const *)field_get(o, f),
                             *(const void *const *)field_get(t, f), (struct sides){ *ro, *rt }) > 0;
            continue;
        }
        conflicts += is_clash;
        if (!sv_eq(field_text(&m->arena, r.ours, f), our_side) ||
            !sv_eq(field_text(&m->arena, r.theirs, f), their_side))
            fail_msg("%s is '%.*s' and '%.*s', not '%.*s' and '%.*s'", f->key,
                     SV_ARG(field_text(&m->arena, r.ours, f)),
                     SV_ARG(field_text(&m->arena, r.theirs, f)), SV_ARG(our_side),
                     SV_ARG(their_side));
    }
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        extras += model(extra_of(kind, b, keys[i]), extra_of(kind, o, keys[i]),
                        extra_of(kind, t, keys[i]), &our_side, &their_side);
        assert_true(sv_eq(extra_of(kind, r.ours, keys[i]), our_side));
        assert_true(sv_eq(extra_of(kind, r.theirs, keys[i]), their_side));
    }
    return conflicts + (extras > 0);
}

struct three {
    struct doc_content b, o, t;
};

// Is a claim that only one side has in the result because a link of that side names it?
//   result  a side of it
static bool is_named(struct maker *m, const struct three *v, const struct doc_content *result,
                     struct sv id, bool in_ours)
{
    const struct doc_content *lacks = in_ours ? &v->t : &v->o;

    for (size_t i = 0; i < result->sections[SECTION_LINKS].count; i++) {
        const struct link *link = result->sections[SECTION_LINKS].items[i];
        const struct link *other = find(lacks, SECTION_LINKS, link->id);

        if (sv_eq(link->from, id) && (!other || !sv_eq(record_text(&m->arena, KIND_LINK, link),
                                                       record_text(&m->arena, KIND_LINK, other))))
            return true;
    }
    return false;
}

// One id; returns the conflicts there must be, and counts the record if it is to be there.
static size_t check_id(struct maker *m, const struct three *v, const struct doc_content sides[2],
                       enum section s, struct sv id, size_t *kept)
{
    enum kind_id kind = section_get(s)->kind;
    const void *b = find(&v->b, s, id), *o = find(&v->o, s, id), *t = find(&v->t, s, id);
    struct sides r = { find(&sides[0], s, id), find(&sides[1], s, id) };
    const void *only = o ? o : t;
    bool is_kept = (o && t) || !b ||
                   !sv_eq(record_text(&m->arena, kind, b), record_text(&m->arena, kind, only)) ||
                   (s == SECTION_CLAIMS && (is_named(m, v, &sides[0], id, o != NULL) ||
                                            is_named(m, v, &sides[1], id, o != NULL)));

    if (!is_kept != !r.ours || !is_kept != !r.theirs)
        fail_msg("%.*s is %sin the result", SV_ARG(id), is_kept ? "not " : "");
    if (!is_kept)
        return 0;
    ++*kept;
    if (o && t)
        return check_record(m, kind, b, o, t, r);
    assert_true(sv_eq(record_text(&m->arena, kind, r.ours), record_text(&m->arena, kind, only)));
    assert_true(record_eq(kind, r.ours, r.theirs));
    return 0;
}

static size_t check_section(struct maker *m, const struct three *v,
                            const struct doc_content sides[2], enum section s)
{
    size_t conflicts = 0, kept = 0;

    for (size_t i = 0; i < v->o.sections[s].count; i++)
        conflicts +=
            check_id(m, v, sides, s, ((const struct record *)v->o.sections[s].items[i])->id, &kept);
    for (size_t i = 0; i < v->t.sections[s].count; i++) {
        struct sv id = ((const struct record *)v->t.sections[s].items[i])->id;

        if (!find(&v->o, s, id))
            conflicts += check_id(m, v, sides, s, id, &kept);
    }
    assert_int_equal(sides[0].sections[s].count, kept); // none doubled
    assert_int_equal(sides[1].sections[s].count, kept);
    return conflicts;
}

static void paint(struct cp_span_list list, bool *points)
{
    memset(points, 0, POINTS);
    for (size_t i = 0; i < list.count; i++)
        for (size_t at = list.items[i].beg; at < list.items[i].end; at++)
            points[at] = true;
}

static size_t check_head(struct maker *m, const struct three *v, const struct doc_content sides[2])
{
    const struct layer_head *b = v->b.head, *o = v->o.head, *t = v->t.head;
    const struct layer_head *ours = sides[0].head, *theirs = sides[1].head;
    bool pb[POINTS], po[POINTS], pt[POINTS], pr[POINTS];
    struct sv our_side, their_side;
    size_t conflicts = model(b->article, o->article, t->article, &our_side, &their_side);

    assert_true(sv_eq(ours->article, our_side) && sv_eq(theirs->article, their_side));
    paint(b->read, pb);
    paint(o->read, po);
    paint(t->read, pt);
    paint(ours->read, pr);
    for (size_t i = 0; i < POINTS; i++)
        assert_int_equal(pr[i], pb[i] ? po[i] && pt[i] : po[i] || pt[i]);

    const struct text_state *texts[] = { b->text, o->text, t->text, ours->text, theirs->text };
    struct sv words[ARRAY_LEN(texts)];

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        words[i] = texts[i] ? record_text(&m->arena, KIND_TEXT_STATE, texts[i]) : SV("");
    conflicts += model(words[0], words[1], words[2], &our_side, &their_side);
    assert_true(sv_eq(words[3], our_side) && sv_eq(words[4], their_side));
    return conflicts;
}

static void merge(struct sv base, struct sv ours, struct sv theirs, struct doc_merged *out)
{
    struct doc_merge merge = { .shape = &doc_layer,
                               .path = "a.yaml",
                               .sides = { base, ours, theirs } };
    struct err err = { 0 };

    if (!doc_merge_run(&merge, out, &err))
        fail_msg("%d:%d: %s\n---- base\n%.*s\n---- ours\n%.*s\n---- theirs\n%.*s", err.line,
                 err.col, buf_cstr(&err.text), SV_ARG(base), SV_ARG(ours), SV_ARG(theirs));
}

static void sides_of(struct maker *m, const struct doc_merged *merged, struct doc_content sides[2])
{
    struct marked marked;
    int line;

    assert_true(markers_split(buf_sv(&merged->bytes), &marked, &line));
    assert_int_equal(marked.count > 0, merged->open > 0);
    sides[0] = read_back(m, buf_sv(&marked.sides[SIDE_OURS]));
    sides[1] = read_back(m, buf_sv(&marked.sides[SIDE_THEIRS]));
    marked_release(&marked);
}

static void check_same(const struct doc_content *a, const struct doc_content *b)
{
    for (enum section s = 0; s < SECTION__N; s++) {
        assert_int_equal(a->sections[s].count, b->sections[s].count);
        for (size_t i = 0; i < a->sections[s].count; i++) {
            const void *rec = a->sections[s].items[i];
            const void *other = find(b, s, ((const struct record *)rec)->id);

            assert_non_null(other);
            assert_true(record_eq(section_get(s)->kind, rec, other));
        }
    }
}

static void check_merge(struct maker *m, struct sv base, struct sv ours, struct sv theirs)
{
    struct three v = { read_back(m, base), read_back(m, ours), read_back(m, theirs) };
    struct doc_content sides[2], swapped[2];
    struct doc_merged merged;
    size_t conflicts, open;

    merge(base, ours, theirs, &merged);
    sides_of(m, &merged, sides);
    conflicts = check_head(m, &v, sides);
    for (enum section s = 0; s < SECTION__N; s++)
        conflicts += check_section(m, &v, sides, s);
    assert_int_equal(merged.open, conflicts);
    open = merged.open;
    doc_merged_release(&merged);

    merge(base, theirs, ours, &merged);
    sides_of(m, &merged, swapped);
    assert_int_equal(merged.open, open);
    check_same(&swapped[0], &sides[1]);
    check_same(&swapped[1], &sides[0]);
    doc_merged_release(&merged);

    merge(base, ours, base, &merged);
    if (!sv_eq(buf_sv(&merged.bytes), ours)) // nothing to take: not a byte changes
        fail_msg("---- base\n%.*s\n---- ours\n%.*s\n---- merged\n%s", SV_ARG(base), SV_ARG(ours),
                 buf_cstr(&merged.bytes));
    doc_merged_release(&merged);
}

// An id new in ours in another section of theirs; *at: where it stands there. false: there is none
// to take.
static bool cross(struct maker *m, const struct content *base, const struct content *ours,
                  struct content *theirs, enum section *s, size_t *at)
{
    enum section from = (enum section)maker_random(m, SECTION__N);
    struct record *rec;
    struct sv id;

    *s = (enum section)((from + 1 + maker_random(m, SECTION__N - 1)) % SECTION__N);
    if (!ours->content.sections[from].count)
        return false;
    id = ((const struct record *)ours->items[from][ours->content.sections[from].count - 1])->id;
    for (enum section t = 0; t < SECTION__N; t++)
        if (find(&theirs->content, t, id) || find(&base->content, t, id))
            return false;
    rec = make_record(m, section_get(*s)->kind, 0);
    *at = theirs->content.sections[*s].count;
    add(theirs, *s, rec);
    rec->id = id;
    return theirs->content.sections[*s].count > *at;
}

// The same merge where that record has an id of its own: as many records must come of both.
static void check_crossed(struct maker *m, struct sv base, struct sv ours, struct sv theirs,
                          struct sv apart)
{
    struct doc_content sides[3][2];
    struct doc_merged merged;
    size_t told = 0;

    merge(base, ours, theirs, &merged);
    for (size_t i = 0; i < merged.count; i++)
        told += merged.items[i].new_id.len > 0;
    assert_int_equal(told, 1);
    sides_of(m, &merged, sides[0]);
    doc_merged_release(&merged);
    merge(base, theirs, ours, &merged);
    sides_of(m, &merged, sides[1]);
    doc_merged_release(&merged);
    check_same(&sides[0][0], &sides[1][1]);
    check_same(&sides[0][1], &sides[1][0]);
    merge(base, ours, apart, &merged);
    sides_of(m, &merged, sides[2]);
    doc_merged_release(&merged);
    for (enum section s = 0; s < SECTION__N; s++)
        assert_int_equal(sides[0][0].sections[s].count, sides[2][0].sections[s].count);
}

static void one_id_in_two_sections_is_two_records(void **state)
{
    size_t count = getenv("GAINSAY_LONG") ? LONG_MERGES / 10 : MERGES / 4, checked = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct maker m = { .seed = 0x9e3779b97f4a7c15U * (i + 7) };
        struct content base = { .head = {
                                    .gainsay = 1, .article = SV("a"), .annotator = SV("b") } };
        struct content ours, theirs;
        struct buf bytes[SIDE__N] = { 0 }, apart = { 0 };
        enum section s;
        size_t at;

        point_at(&base);
        add_some(&m, &base, 4);
        grow(&m, &base, &ours);
        add_some(&m, &ours, 3);
        grow(&m, &base, &theirs);
        if (cross(&m, &base, &ours, &theirs, &s, &at)) {
            write(&m, SV(""), &base, &bytes[SIDE_BASE]);
            write(&m, SV(""), &ours, &bytes[SIDE_OURS]);
            write(&m, SV(""), &theirs, &bytes[SIDE_THEIRS]);

            struct record *rec = record_copy(&m.arena, section_get(s)->kind, theirs.items[s][at]);

            rec->id = SV("n7777777");
            theirs.items[s][at] = rec;
            write(&m, SV(""), &theirs, &apart);
            check_crossed(&m, buf_sv(&bytes[SIDE_BASE]), buf_sv(&bytes[SIDE_OURS]),
                          buf_sv(&bytes[SIDE_THEIRS]), buf_sv(&apart));
            checked++;
        }
        for (size_t side = 0; side < SIDE__N; side++)
            buf_release(&bytes[side]);
        buf_release(&apart);
        arena_release(&m.arena);
    }
    assert_true(checked > count / 4);
}

static void merges_are_what_the_model_says(void **state)
{
    size_t count = getenv("GAINSAY_LONG") ? LONG_MERGES : MERGES;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct maker m = { .seed = 0x9e3779b97f4a7c15U * (i + 1) };
        struct content base = { .head = {
                                    .gainsay = 1, .article = SV("a"), .annotator = SV("b") } };
        struct content ours, theirs;
        struct buf bytes[SIDE__N] = { 0 };

        point_at(&base);
        add_some(&m, &base, 6);
        base.head.read = some_ranges(&m);
        grow(&m, &base, &ours);
        grow(&m, &base, &theirs);
        twin(&m, &ours, &theirs);
        write(&m, SV(""), &base, &bytes[SIDE_BASE]);
        write(&m, buf_sv(&bytes[SIDE_BASE]), &ours, &bytes[SIDE_OURS]);
        write(&m, buf_sv(&bytes[SIDE_BASE]), &theirs, &bytes[SIDE_THEIRS]);
        check_merge(&m, buf_sv(&bytes[SIDE_BASE]), buf_sv(&bytes[SIDE_OURS]),
                    buf_sv(&bytes[SIDE_THEIRS]));
        for (size_t side = 0; side < SIDE__N; side++)
            buf_release(&bytes[side]);
        arena_release(&m.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merges_are_what_the_model_says),
        cmocka_unit_test(one_id_in_two_sections_is_two_records),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
