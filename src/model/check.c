// Rules for the records of one layer, and the set that finds an id used twice in a workspace.
// Never changes a record and never stops at the first finding.
#include "model/check.h"

#include "base/limits.h"
#include "model/check_rule.h"
#include "model/decision.h"
#include "model/team.h"
#include "model/index.h"
#include "model/near.h"

struct id_entry {
    struct sv id; // absent: free slot
    const char *path;
    int line;
};

// What the rules for links ask beyond their own record.
struct scope {
    const struct checker *checker;
    const struct check_input *in;
    const struct derived *derived;
};

static void check_id(const struct checker *checker, const struct spot *spot, enum section section)
{
    char letter = section_get(section)->letter;
    struct sv id = rule_id(spot);

    if (!id_is_valid(id, letter))
        findings_add(checker->findings, SEVERITY_ERROR, E_ID, rule_at(checker, spot, "id"),
                     "id '" SV_FMT "' must be '%c' and seven of 0-9 and a-z without i, l, o, u",
                     SV_ARG(id), letter);
}

static void check_source(const struct scope *scope, const struct spot *spot, const char *key,
                         struct sv id)
{
    struct sv nearest;

    if (!scope->in->registry || registry_find(scope->in->registry, id))
        return;
    nearest = registry_nearest(scope->in->registry, id);
    if (nearest.len)
        findings_add(scope->checker->findings, SEVERITY_ERROR, E_DANGLING,
                     rule_at(scope->checker, spot, key),
                     "no source has the id '" SV_FMT "'; did you mean '" SV_FMT "'", SV_ARG(id),
                     SV_ARG(nearest));
    else
        findings_add(scope->checker->findings, SEVERITY_ERROR, E_DANGLING,
                     rule_at(scope->checker, spot, key),
                     "no source has the id '" SV_FMT "'; add it to sources.yaml or name another",
                     SV_ARG(id));
}

// A voice without source or act, or an outermost one without cue, is unfinished.
static void check_voice_is_whole(const struct checker *checker, const struct spot *spot,
                                 const struct voice *voice, bool is_outermost)
{
    struct buf lacks = { 0 };

    if (!voice->source.len)
        buf_add_cstr(&lacks, ", source");
    if (!voice->act.len)
        buf_add_cstr(&lacks, ", act");
    if (!voice->cue && is_outermost)
        buf_add_cstr(&lacks, ", cue");
    if (lacks.len && voice->source.len)
        findings_add(checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(checker, spot, NULL), "voice '" SV_FMT "' of '" SV_FMT "' lacks: %s",
                     SV_ARG(voice->source), SV_ARG(rule_id(spot)), buf_cstr(&lacks) + 2);
    else if (lacks.len)
        findings_add(checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(checker, spot, NULL), "a voice of '" SV_FMT "' lacks: %s",
                     SV_ARG(rule_id(spot)), buf_cstr(&lacks) + 2);
    buf_release(&lacks);
}

// One voice and those inside it; `depth` 1 is the outermost.
static void check_voice(const struct scope *scope, const struct spot *outer,
                        const struct field *within, const struct voice *voice, int depth)
{
    struct spot spot = { KIND_VOICE, voice, outer, within };

    if (depth > LIMIT_CITING) {
        findings_add(scope->checker->findings, SEVERITY_ERROR, E_REFUSED,
                     rule_at(scope->checker, &spot, NULL),
                     "voices of '" SV_FMT "' cite each other more than %d deep",
                     SV_ARG(rule_id(&spot)), LIMIT_CITING);
        return;
    }
    if (voice->source.len)
        check_source(scope, &spot, "source", voice->source);
    if (voice->cue)
        rule_cue(scope->checker, &spot, voice->cue);
    check_voice_is_whole(scope->checker, &spot, voice, depth == 1);
    if (voice->citing)
        check_voice(scope, &spot, kind_find(kind_get(KIND_VOICE), SV("citing")), voice->citing,
                    depth + 1);
}

static void check_repeats(const struct scope *scope, const struct spot *spot,
                          const struct claim *claim)
{
    for (size_t i = 0; i < claim->repeats.count; i++) {
        struct sv id = claim->repeats.items[i];

        if (sv_eq(id, claim->id))
            findings_add(scope->checker->findings, SEVERITY_ERROR, E_LINK,
                         rule_at(scope->checker, spot, "repeats"),
                         "'" SV_FMT "' repeats itself; name another claim of this article",
                         SV_ARG(id));
        else if (!layer_claim(scope->in->layer, id))
            findings_add(scope->checker->findings, SEVERITY_ERROR, E_DANGLING,
                         rule_at(scope->checker, spot, "repeats"),
                         "'" SV_FMT "' repeats '" SV_FMT "', which is no claim of this article",
                         SV_ARG(claim->id), SV_ARG(id));
    }
}

static bool parts_overlap(struct rec_list a, struct rec_list b)
{
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++) {
            struct cp_span s = ((const struct part *)a.items[i])->at;
            struct cp_span t = ((const struct part *)b.items[j])->at;

            if (s.beg < t.end && t.beg < s.end)
                return true;
        }
    return false;
}

static void check_furniture_under(const struct scope *scope, const struct spot *spot,
                                  const struct claim *claim)
{
    const struct layer *layer = scope->in->layer;

    for (size_t i = 0; i < layer->sections[SECTION_FURNITURE].count; i++) {
        const struct furniture *furniture = layer->sections[SECTION_FURNITURE].items[i];

        if (parts_overlap(claim->span, furniture->span))
            findings_add(scope->checker->findings, SEVERITY_WARNING, E_SPAN,
                         rule_at(scope->checker, spot, "span"),
                         "claim '" SV_FMT "' lies in furniture '" SV_FMT
                         "', which is not the article's prose",
                         SV_ARG(claim->id), SV_ARG(furniture->id));
    }
}

// What was decided: names of records, by whom; a cause of what was dropped.
static void check_decision(const struct scope *scope, const struct spot *spot, enum section section)
{
    const char *from = section == SECTION_CLAIMS ? "from" : "taken_from";
    struct decision decision = decision_get(section, spot->rec);
    struct sv id = ((const struct record *)spot->rec)->id;
    struct origin origin;

    for (size_t i = 0; i < decision.origin.count; i++)
        if (!origin_parse(decision.origin.items[i], &origin))
            findings_add(scope->checker->findings, SEVERITY_ERROR, E_SHAPE,
                         rule_at(scope->checker, spot, from),
                         "'" SV_FMT "' names no record; write ANNOTATOR/ID",
                         SV_ARG(decision.origin.items[i]));
    if (decision.word.len && !decision.by.len)
        findings_add(scope->checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(scope->checker, spot, "decision"),
                     "'" SV_FMT "' was decided by nobody; say who in 'decided_by'", SV_ARG(id));
    if (decision_is_rejected(section, spot->rec) && sv_is_blank(decision.why))
        findings_add(scope->checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(scope->checker, spot, "decision"),
                     "'" SV_FMT "' was rejected without a reason; say it in '%s'", SV_ARG(id),
                     section == SECTION_CLAIMS ? "why" : "decided_why");
}

static void check_claim(const struct scope *scope, const struct claim *claim)
{
    struct spot spot = { KIND_CLAIM, claim, NULL, NULL };
    const struct field *voices = kind_find(kind_get(KIND_CLAIM), SV("attributed_to"));

    check_id(scope->checker, &spot, SECTION_CLAIMS);
    rule_parts(scope->checker, &spot, claim->span);
    rule_values(scope->checker, &spot);
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        check_voice(scope, &spot, voices, claim->attributed_to.items[i], 1);
    for (size_t i = 0; claim->contested && i < claim->contested->by.count; i++)
        check_source(scope, &spot, "contested", claim->contested->by.items[i]);
    check_repeats(scope, &spot, claim);
    check_decision(scope, &spot, SECTION_CLAIMS);
    check_furniture_under(scope, &spot, claim);
    if (!claim->type.len)
        findings_add(scope->checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(scope->checker, &spot, NULL), "claim '" SV_FMT "' has no type",
                     SV_ARG(claim->id));
}

// Words for the far article in messages.
static struct sv far_article(const struct scope *scope, const struct link *link)
{
    return link->to && link->to->article.len ? link->to->article : scope->in->layer->head.article;
}

static const struct layer *layer_of(const struct check_input *in, struct sv article)
{
    if (sv_eq(in->layer->head.article, article))
        return in->layer;
    for (size_t i = 0; i < in->layer_count; i++)
        if (sv_eq(in->layers[i]->head.article, article))
            return in->layers[i];
    return NULL;
}

static bool is_unread(const struct check_input *in, struct sv article)
{
    for (size_t i = 0; i < in->unread_count; i++)
        if (sv_eq(in->unread[i], article))
            return true;
    return false;
}

// The far end of a link that joins two claims.
static void check_far_claim(const struct scope *scope, const struct spot *spot,
                            const struct link *link)
{
    struct findings *findings = scope->checker->findings;
    struct err_at at = rule_at(scope->checker, spot, "to");
    struct sv article = far_article(scope, link);
    const struct layer *far = layer_of(scope->in, article);

    if (!link->to || !link->to->claim.len)
        findings_add(findings, SEVERITY_ERROR, E_LINK, at,
                     "link '" SV_FMT "' of type '" SV_FMT "' must name a claim in 'to'",
                     SV_ARG(link->id), SV_ARG(link->type));
    else if (far == scope->in->layer && sv_eq(link->from, link->to->claim))
        findings_add(findings, SEVERITY_ERROR, E_LINK, at,
                     "link '" SV_FMT "' joins '" SV_FMT "' to itself; name another claim",
                     SV_ARG(link->id), SV_ARG(link->from));
    else if (!far && is_unread(scope->in, article))
        return;
    else if (!far)
        findings_add(findings, SEVERITY_ERROR, E_DANGLING, at,
                     "link '" SV_FMT "' leads to article '" SV_FMT
                     "', of which there is no reading by '" SV_FMT "'",
                     SV_ARG(link->id), SV_ARG(article), SV_ARG(scope->in->layer->head.annotator));
    else if (!layer_claim(far, link->to->claim))
        findings_add(findings, SEVERITY_ERROR, E_DANGLING, at,
                     "link '" SV_FMT "' leads to '" SV_FMT "', which is no claim of '" SV_FMT "'",
                     SV_ARG(link->id), SV_ARG(link->to->claim), SV_ARG(article));
}

// The far end of a link to an article that has nothing of the claim.
static void check_far_silence(const struct scope *scope, const struct spot *spot,
                              const struct link *link)
{
    struct err_at at = rule_at(scope->checker, spot, "to");

    if (link->to && link->to->claim.len)
        findings_add(scope->checker->findings, SEVERITY_ERROR, E_LINK, at,
                     "link '" SV_FMT "' of type '" SV_FMT
                     "' must name no claim in 'to', only the article that has none",
                     SV_ARG(link->id), SV_ARG(link->type));
    else if (sv_eq(far_article(scope, link), scope->in->layer->head.article))
        findings_add(scope->checker->findings, SEVERITY_ERROR, E_LINK, at,
                     "link '" SV_FMT "' of type '" SV_FMT "' must name another article in 'to'",
                     SV_ARG(link->id), SV_ARG(link->type));
}

// Do two links of one pair of claims say the same? With a point on one side only, they do.
static bool is_same_relation(const struct link *a, const struct link *b)
{
    return sv_eq(a->type, b->type) && (!a->point.len || !b->point.len || sv_eq(a->point, b->point));
}

static bool is_ordered(const struct scope *scope, const struct link *link)
{
    const struct word *type = scheme_find(scope->in->scheme, VOCAB_LINK, link->type);

    return !type || type->ordered;
}

// The same relation of the same two claims stored again. Of two in one file the second is reported;
// of two in two files each, because a file may be checked alone.
static void check_double(const struct scope *scope, const struct spot *spot,
                         const struct link *link)
{
    const struct layer *layer = scope->in->layer;
    const struct claim *from = layer_claim(layer, link->from);
    const struct claim *far = NULL;
    size_t count = 0;
    const struct end *ends = from ? derive_ends(scope->derived, layer, from, &count) : NULL;
    bool is_after = true; // ends[i] stands before this link

    for (size_t i = 0; i < count; i++)
        if (ends[i].link == link)
            far = ends[i].other;
    for (size_t i = 0; far && i < count; i++) {
        const struct end *twin = &ends[i];

        if (twin->link == link)
            is_after = false;
        if (twin->link == link || twin->other != far || !is_same_relation(link, twin->link) ||
            (twin->home == layer && !is_after) || (!twin->is_from && is_ordered(scope, link)))
            continue;
        findings_add(scope->checker->findings, SEVERITY_ERROR, E_LINK,
                     rule_at(scope->checker, spot, NULL),
                     "link '" SV_FMT "' says what '" SV_FMT "' of '" SV_FMT
                     "' says already; keep one of them",
                     SV_ARG(link->id), SV_ARG(twin->link->id), SV_ARG(twin->home->head.article));
        return;
    }
}

// An article that has a claim joined to this one is not silent on it; and silence is said once.
static void check_silence(const struct scope *scope, const struct spot *spot,
                          const struct link *link)
{
    const struct layer *layer = scope->in->layer;
    const struct claim *from = layer_claim(layer, link->from);
    size_t count = 0;
    const struct end *ends = from ? derive_ends(scope->derived, layer, from, &count) : NULL;
    bool is_after = true; // ends[i] stands before this link

    for (size_t i = 0; i < count; i++) {
        const struct end *end = &ends[i];
        struct err_at at = rule_at(scope->checker, spot, NULL);

        if (end->link == link)
            is_after = false;
        if (end->link == link || !sv_eq(end->other_article, far_article(scope, link)))
            continue;
        if (end->other) {
            findings_add(scope->checker->findings, SEVERITY_WARNING, E_LINK, at,
                         "link '" SV_FMT "' says that '" SV_FMT
                         "' has nothing of the claim, and '" SV_FMT "' joins it to one there",
                         SV_ARG(link->id), SV_ARG(end->other_article), SV_ARG(end->link->id));
            return;
        }
        if (is_after && sv_eq(end->link->type, link->type) && link->to && !link->to->claim.len) {
            findings_add(scope->checker->findings, SEVERITY_ERROR, E_LINK, at,
                         "link '" SV_FMT "' says what '" SV_FMT "' of '" SV_FMT
                         "' says already; keep one of them",
                         SV_ARG(link->id), SV_ARG(end->link->id), SV_ARG(end->home->head.article));
            return;
        }
    }
}

static void check_link_is_whole(const struct checker *checker, const struct spot *spot,
                                const struct link *link, const struct word *type)
{
    if (sv_eq(link->type, SV("differs")) && !link->point.len)
        findings_add(checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(checker, spot, NULL),
                     "link '" SV_FMT "' of type 'differs' has no point", SV_ARG(link->id));
    if (type && type->disputes && sv_is_blank(link->why))
        findings_add(checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(checker, spot, NULL), "link '" SV_FMT "' disputes and has no why",
                     SV_ARG(link->id));
}

static void check_link(const struct scope *scope, const struct link *link)
{
    struct spot spot = { KIND_LINK, link, NULL, NULL };
    const struct word *type = scheme_find(scope->in->scheme, VOCAB_LINK, link->type);

    check_id(scope->checker, &spot, SECTION_LINKS);
    rule_values(scope->checker, &spot);
    check_decision(scope, &spot, SECTION_LINKS);
    if (decision_is_rejected(SECTION_LINKS, link))
        return; // its ends are those it had in the layer it was taken from
    if (!layer_claim(scope->in->layer, link->from))
        findings_add(scope->checker->findings, SEVERITY_ERROR, E_DANGLING,
                     rule_at(scope->checker, &spot, "from"),
                     "link '" SV_FMT "' starts at '" SV_FMT "', which is no claim of this article",
                     SV_ARG(link->id), SV_ARG(link->from));
    if (type && type->one_end) {
        check_far_silence(scope, &spot, link);
        check_silence(scope, &spot, link);
    } else {
        check_far_claim(scope, &spot, link);
    }
    check_double(scope, &spot, link);
    check_link_is_whole(scope->checker, &spot, link, type);
}

static void check_plain_id(const struct scope *scope, enum section section, const void *rec)
{
    struct spot spot = { section_get(section)->kind, rec, NULL, NULL };

    check_id(scope->checker, &spot, section);
    rule_values(scope->checker, &spot);
}

static void check_plain(const struct scope *scope, enum section section, const void *rec,
                        struct rec_list span)
{
    struct spot spot = { section_get(section)->kind, rec, NULL, NULL };

    rule_parts(scope->checker, &spot, span);
    check_plain_id(scope, section, rec);
}

static void check_record(const struct scope *scope, enum section section, const void *rec)
{
    switch (section) {
    case SECTION_CLAIMS:
        check_claim(scope, rec);
        break;
    case SECTION_LINKS:
        check_link(scope, rec);
        break;
    case SECTION_FURNITURE:
        check_plain(scope, section, rec, ((const struct furniture *)rec)->span);
        break;
    case SECTION_NOTES:
        check_plain(scope, section, rec, ((const struct note *)rec)->span);
        break;
    case SECTION_COMMENTS:
        check_plain_id(scope, section, rec);
        rule_comment(scope->checker, scope->in, rec);
        break;
    case SECTION__N:
        break;
    }
}

// One version for the whole layer: a reading is gone through again as a whole, and a record that
// was touched since is not one that was looked at by the new rules.
static void check_guideline(const struct checker *checker, const struct check_input *in)
{
    struct sv made = in->layer->head.guideline;
    size_t claims = in->layer->sections[SECTION_CLAIMS].count;

    if (!in->guideline.len || sv_eq(made, in->guideline) || !claims)
        return;
    findings_add(checker->findings, SEVERITY_WARNING, E_GUIDELINE,
                 rule_at_head(checker, made.len ? "guideline" : "annotator"),
                 "made under %s" SV_FMT "%s, the team's is '" SV_FMT "': %zu claim%s to see again, "
                 "then 'gainsay status --reviewed'",
                 made.len ? "guideline '" : "no guideline", SV_ARG(made), made.len ? "'" : "",
                 SV_ARG(in->guideline), claims, claims == 1 ? "" : "s");
}

void check_layer(const struct check_input *in, struct findings *findings)
{
    struct checker checker = { .path = in->path,
                               .scheme = in->scheme,
                               .place = in->place,
                               .place_ctx = in->place_ctx,
                               .findings = findings,
                               .article = in->article,
                               .length = in->article ? article_cp_len(in->article) : 0 };
    struct derived *own =
        in->derived ? NULL : derive_new(in->layers, in->layer_count, in->scheme);
    struct scope scope = { &checker, in, own ? own : in->derived };

    if (!sv_is_absent(in->layer->head.state) && !layer_is_finished(in->layer))
        findings_add(findings, SEVERITY_ERROR, E_WORD, rule_at_head(&checker, "state"),
                     "'" SV_FMT "' is no state; write 'finished', or leave it out",
                     SV_ARG(in->layer->head.state));
    check_guideline(&checker, in);
    rule_text(&checker, in->layer);
    for (enum section s = 0; s < SECTION__N; s++)
        for (size_t i = 0; i < in->layer->sections[s].count; i++)
            check_record(&scope, s, in->layer->sections[s].items[i]);
    derive_free(own);
}

static struct id_entry *entry_of(const struct id_set *set, struct sv id)
{
    size_t mask = set->cap - 1, i = hash_bytes(0, id) & mask;

    while (set->slots[i].id.ptr && !sv_eq(set->slots[i].id, id))
        i = (i + 1) & mask;
    return &set->slots[i];
}

static void id_set_grow(struct id_set *set)
{
    struct id_set bigger = *set;

    bigger.cap = set->cap ? set->cap * 2 : 64;
    bigger.slots = mem_new(bigger.cap * sizeof(*bigger.slots));
    for (size_t i = 0; i < set->cap; i++)
        if (set->slots[i].id.ptr)
            *entry_of(&bigger, set->slots[i].id) = set->slots[i];
    mem_free(set->slots);
    *set = bigger;
}

bool id_set_add(struct id_set *set, struct sv id, const char *path, int line,
                const char **first_path, int *first_line)
{
    struct id_entry *entry;
    struct sv own;

    if ((set->count + 1) * 2 > set->cap)
        id_set_grow(set);
    entry = entry_of(set, id);
    if (entry->id.ptr) {
        *first_path = entry->path;
        *first_line = entry->line;
        return false;
    }
    own = sv_copy(&set->arena, sv_from(path));
    *entry = (struct id_entry){ sv_copy(&set->arena, id), own.ptr, line };
    set->count++;
    return true;
}

bool id_set_find(const struct id_set *set, struct sv id, const char **path, int *line)
{
    const struct id_entry *entry = set->cap ? entry_of(set, id) : NULL;

    if (!entry || !entry->id.ptr)
        return false;
    *path = entry->path;
    *line = entry->line;
    return true;
}

void id_set_release(struct id_set *set)
{
    mem_free(set->slots);
    arena_release(&set->arena);
    *set = (struct id_set){ 0 };
}
