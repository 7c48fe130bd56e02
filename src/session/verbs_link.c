// Verbs that join two claims, or a claim and the silence of the other article. Declared in
// session/verbs.h. Never stores an unordered relation twice, from whichever end.
#include "session/verbs.h"

#include "session/build.h"
#include "session/inner.h"

// Both ends of a link as article and claim.
struct ends {
    struct sv from_article, from, to_article, to;
};

static struct ends ends_of(const struct reading *home, const struct link *link)
{
    struct ends ends = { home->id, link->from, home->id, { 0 } };

    if (link->to) {
        ends.to = link->to->claim;
        if (link->to->article.len)
            ends.to_article = link->to->article;
    }
    return ends;
}

static bool is_ordered(const struct session *s, struct sv type)
{
    const struct word *word = scheme_find(session_scheme(s), VOCAB_LINK, type);

    return word && (word->ordered || word->one_end);
}

static bool is_same(struct sv a, struct sv b)
{
    return sv_eq(a, b) || (a.len == 0 && b.len == 0);
}

// One relation may hold on several points; without a point it holds on all of them.
static bool is_same_relation(const struct link *a, const struct link *b)
{
    return is_same(a->type, b->type) &&
           (!a->point.len || !b->point.len || sv_eq(a->point, b->point));
}

bool link_is_double(const struct session *s, const struct reading *a_home, const struct link *a,
                    const struct reading *b_home, const struct link *b)
{
    struct ends x = ends_of(a_home, a), y = ends_of(b_home, b);

    if (!is_same_relation(a, b))
        return false;
    if (is_same(x.from_article, y.from_article) && is_same(x.from, y.from) &&
        is_same(x.to_article, y.to_article) && is_same(x.to, y.to))
        return true;
    return !is_ordered(s, a->type) && is_same(x.from_article, y.to_article) &&
           is_same(x.from, y.to) && is_same(x.to_article, y.from_article) && is_same(x.to, y.from);
}

static bool refuse_double(struct session *s, const struct reading *home, const struct link *link,
                          struct err *err)
{
    for (size_t i = 0; i < s->reading_count; i++) {
        const struct reading *r = &s->readings[i]->pub;
        const struct layer *layer = &r->file.layer;

        for (size_t j = 0; j < layer->sections[SECTION_LINKS].count; j++) {
            const struct link *other = layer->sections[SECTION_LINKS].items[j];

            if (!sv_eq(other->id, link->id) && link_is_double(s, home, link, r, other))
                return err_set(err, E_LINK, ERR_NOWHERE,
                               "the two are joined by '" SV_FMT "' already (link '" SV_FMT
                               "' of '" SV_FMT "'); edit that link",
                               SV_ARG(link->type), SV_ARG(other->id), SV_ARG(r->id));
        }
    }
    return true;
}

bool link_check(struct session *s, const struct reading *home, const struct link *link,
                struct err *err)
{
    struct ends ends = ends_of(home, link);

    if (!link->type.len)
        return err_set(err, E_LINK, ERR_NOWHERE,
                       "a link needs a type: how do the two claims stand to each other?");
    if (!build_check_word(s, VOCAB_LINK, link->type, err) ||
        !build_check_word(s, VOCAB_POINT, link->point, err))
        return false;

    const struct word *word = scheme_find(session_scheme(s), VOCAB_LINK, link->type);

    if (word->one_end && ends.to.len)
        return err_set(err, E_LINK, ERR_NOWHERE,
                       "'" SV_FMT "' says that the other article has nothing; it joins no claims",
                       SV_ARG(link->type));
    if (!word->one_end && !ends.to.len)
        return err_set(err, E_LINK, ERR_NOWHERE, "'" SV_FMT "' needs a claim at the far end",
                       SV_ARG(link->type));
    if (sv_eq(ends.from_article, ends.to_article) && sv_eq(ends.from, ends.to))
        return err_set(err, E_LINK, ERR_NOWHERE, "a claim cannot be linked to itself");
    return refuse_double(s, home, link, err);
}

static const struct target *make_target(struct reading *home, struct sv article, struct sv claim)
{
    struct arena *arena = change_arena(home);
    struct target *to = arena_new(arena, sizeof(*to));

    if (!sv_eq(article, home->id))
        to->article = sv_copy(arena, article);
    if (claim.len)
        to->claim = sv_copy(arena, claim);
    return to;
}

static struct sv copy_text(struct arena *arena, struct sv text)
{
    return text.len ? sv_copy(arena, text) : (struct sv){ 0 };
}

static struct link *make_link(struct session *s, struct reading *r, struct sv from,
                              struct sv article, struct sv claim, const struct new_link *new)
{
    struct arena *arena = change_arena(r);
    struct link *link = arena_new(arena, sizeof(*link));

    link->id = build_id(s, r, SECTION_LINKS);
    link->from = sv_copy(arena, from);
    link->to = make_target(r, article, claim);
    link->type = copy_text(arena, new->type);
    link->point = copy_text(arena, new->point);
    link->strict = new->strict;
    link->why = copy_text(arena, new->why);
    link->created = build_now(arena);
    return link;
}

// The claim of one part that has just these code points, or NULL.
static const struct claim *claim_of_parts(const struct reading *r, struct rec_list parts)
{
    const struct layer *layer = &r->file.layer;
    const struct part *part = parts.items[0];

    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];
        const struct part *own = claim->span.count == 1 ? claim->span.items[0] : NULL;

        if (own && own->at.beg == part->at.beg && own->at.end == part->at.end)
            return claim;
    }
    return NULL;
}

// The claim at a place: one that is there, or a new one (*is_new), which is in no layer yet.
static bool place_claim(struct session *s, const struct place *place, const struct claim **out,
                        bool *is_new, struct err *err)
{
    struct rec_list parts;

    *is_new = false;
    if (place->claim.len)
        return build_claim(place->reading, place->claim, out, err);
    if (!build_parts(place->reading, &place->span, 1, (struct rec_list){ 0 }, &parts, err))
        return false;
    *out = claim_of_parts(place->reading, parts);
    *is_new = !*out;
    if (*is_new)
        *out = build_new_claim(s, place->reading, parts);
    return true;
}

bool verb_link_places(struct session *s, const struct place *from, const struct place *to,
                      const struct new_link *link, struct sv *id, struct err *err)
{
    const struct claim *near, *far;
    bool is_near_new, is_far_new;

    if (!place_claim(s, from, &near, &is_near_new, err) ||
        !place_claim(s, to, &far, &is_far_new, err) || !build_check_text(link->why, false, err))
        return false;
    if (is_near_new && is_far_new && from->reading == to->reading &&
        from->span.beg == to->span.beg && from->span.end == to->span.end)
        return err_set(err, E_LINK, ERR_NOWHERE, "a passage cannot be linked to itself");

    const struct link *made = make_link(s, from->reading, near->id, to->reading->id, far->id, link);

    if (!link_check(s, from->reading, made, err))
        return false;

    struct change *change =
        change_begin(s, is_near_new || is_far_new ? "link to passage" : "link claims");

    // Claims first: no file names one that is not there yet.
    if (is_far_new)
        change_put(change, to->reading, SECTION_CLAIMS, far);
    if (is_near_new)
        change_put(change, from->reading, SECTION_CLAIMS, near);
    change_put(change, from->reading, SECTION_LINKS, made);
    *id = made->id;
    return change_commit(change, err);
}

bool verb_link(struct session *s, struct reading *r, struct sv from, struct reading *other,
               struct sv to, const struct new_link *link, struct sv *id, struct err *err)
{
    const struct place near = { .reading = r, .claim = from };
    const struct place far = { .reading = other, .claim = to };

    return verb_link_places(s, &near, &far, link, id, err);
}

bool verb_link_passage(struct session *s, struct reading *r, struct sv from, struct reading *other,
                       struct byte_span span, const struct new_link *link, struct sv *id,
                       struct err *err)
{
    const struct place near = { .reading = r, .claim = from };
    const struct place far = { .reading = other, .span = span };

    return verb_link_places(s, &near, &far, link, id, err);
}

// The type that says the other article is silent, in whatever words the scheme has for it.
static struct sv silent_type(const struct session *s)
{
    struct rec_list words = session_scheme(s)->vocabs[VOCAB_LINK];

    for (size_t i = 0; i < words.count; i++) {
        const struct word *word = words.items[i];

        if (word->one_end)
            return word->id;
    }
    return (struct sv){ 0 };
}

bool verb_omits(struct session *s, struct reading *r, struct sv from, struct sv other_article,
                const struct sv *searched, size_t count, struct sv *id, struct err *err)
{
    struct new_link new = { .type = silent_type(s) };
    const struct claim *claim;
    struct sv article;

    if (!build_claim(r, from, &claim, err))
        return false;
    if (!new.type.len)
        return err_set(err, E_LINK, ERR_NOWHERE,
                       "the scheme has no link type with 'one_end: true', such as omits");
    if (!workspace_find_article(s->ws, other_article, &article))
        return err_set(err, E_NO_ARTICLE, ERR_NOWHERE, "no article '" SV_FMT "' in the corpus",
                       SV_ARG(other_article));
    if (sv_eq(article, r->id))
        return err_set(err, E_LINK, ERR_NOWHERE, "an article cannot omit its own claim");

    struct link *link = make_link(s, r, claim->id, article, (struct sv){ 0 }, &new);

    for (size_t i = 0; i < count; i++) {
        struct sv word = sv_trim(searched[i]);

        if (!build_check_text(word, true, err))
            return false;
        if (word.len)
            link->searched = build_strs_add(change_arena(r), link->searched, word);
    }
    if (!link_check(s, r, link, err))
        return false;

    struct change *change = change_begin(s, "mark as omitted");

    change_put(change, r, SECTION_LINKS, link);
    *id = link->id;
    return change_commit(change, err);
}

// The reading of the far end, which the turned link will be stored in.
static bool far_reading(struct session *s, struct reading *r, const struct link *link,
                        struct reading **out, struct err *err)
{
    struct ends ends = ends_of(r, link);

    *out = sv_eq(ends.to_article, r->id) ? r : session_find(s, ends.to_article);
    if (!*out)
        return err_set(err, E_LINK, ERR_NOWHERE, "'" SV_FMT "' is not open; open it first",
                       SV_ARG(ends.to_article));
    if (!layer_claim(&(*out)->file.layer, ends.to))
        return err_set(err, E_DANGLING, ERR_NOWHERE, "the claim at the far end is missing");
    return true;
}

bool verb_turn_link(struct session *s, struct reading *r, struct sv id, struct err *err)
{
    const struct link *link = layer_find(&r->file.layer, SECTION_LINKS, id);
    struct reading *far;

    if (!link)
        return err_set(err, E_ID, ERR_NOWHERE, "no link '" SV_FMT "' in '" SV_FMT "'", SV_ARG(id),
                       SV_ARG(r->id));
    if (!link->to || !link->to->claim.len)
        return err_set(err, E_LINK, ERR_NOWHERE, "a link with one end cannot be turned round");
    if (!is_ordered(s, link->type))
        return err_set(err, E_LINK, ERR_NOWHERE,
                       "'" SV_FMT "' is the same from both ends; there is nothing to turn round",
                       SV_ARG(link->type));
    if (!far_reading(s, r, link, &far, err))
        return false;

    struct link *turned = record_copy(change_arena(far), KIND_LINK, link);

    turned->from = turned->to->claim;
    turned->to = make_target(far, r->id, link->from);

    struct change *change = change_begin(s, "turn link");

    change_put(change, far, SECTION_LINKS,
               turned); // before the other goes: a crash doubles, never loses
    if (far != r)
        change_drop(change, r, SECTION_LINKS, link->id);
    return change_commit(change, err);
}
