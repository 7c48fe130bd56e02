// Who reads what, and who may see whose work.
// Judges by the records given; who sits at the terminal is for the caller to know.
#include "model/team.h"

#include "model/check_rule.h"

#define ADJUDICATED_NAME "adjudicated" // the layer that is nobody's own

static bool has(const struct sv_list *list, struct sv item)
{
    for (size_t i = 0; i < list->count; i++)
        if (sv_eq(list->items[i], item))
            return true;
    return false;
}

// Is `article` the one named, or in the event named?
static bool is_named(struct sv name, struct sv article)
{
    return name.len && sv_starts(article, name) &&
           (article.len == name.len || article.ptr[name.len] == '/');
}

const struct member *team_find(const struct team *team, struct sv annotator)
{
    for (size_t i = 0; i < team->members.count; i++) {
        const struct member *member = team->members.items[i];

        if (sv_eq(member->id, annotator))
            return member;
    }
    return NULL;
}

bool team_takes(const struct team *team, struct sv annotator, struct err *err)
{
    struct buf names = { 0 };

    if (!team->members.count || team_find(team, annotator) ||
        has(&team->head.adjudicators, annotator) || sv_eq_cstr(annotator, ADJUDICATED_NAME))
        return true;
    for (size_t i = 0; i < team->members.count; i++)
        buf_addf(&names, "%s'" SV_FMT "'", i ? ", " : "",
                 SV_ARG(((const struct member *)team->members.items[i])->id));
    (void)err_set(err, E_TEAM, ERR_NOWHERE,
                  "'" SV_FMT
                  "' is not of this team, which is %s; --as NAME says who you are, and an "
                  "entry of team.yaml who is of the team",
                  SV_ARG(annotator), buf_cstr(&names));
    buf_release(&names);
    return false;
}

bool team_is_assigned(const struct team *team, struct sv annotator, struct sv article)
{
    const struct member *member = team_find(team, annotator);

    if (!member)
        return false;
    for (size_t i = 0; i < member->articles.count; i++)
        if (is_named(member->articles.items[i], article))
            return true;
    return !member->articles.count;
}

bool team_shows(const struct team *team, struct sv viewer, struct sv owner, bool is_finished)
{
    return !team->head.blind || is_finished || sv_eq(viewer, owner) ||
           has(&team->head.adjudicators, viewer);
}

bool layer_is_finished(const struct layer *layer)
{
    return sv_eq_cstr(layer->head.state, STATE_FINISHED);
}

const char *layer_state(const struct layer *layer)
{
    return !layer ? "new" : layer_is_finished(layer) ? STATE_FINISHED : "in progress";
}

size_t layer_read_share(const struct layer *layer)
{
    size_t length = layer->head.text ? layer->head.text->length : 0, read = 0;

    for (size_t i = 0; i < layer->head.read.count; i++)
        read += layer->head.read.items[i].end - layer->head.read.items[i].beg;
    return length ? (read < length ? read : length) * 100 / length : 0;
}

bool team_guideline_is_old(const struct team *team, const struct layer *layer)
{
    return team->head.guideline.len && !sv_eq(team->head.guideline, layer->head.guideline);
}

// ---- what is wrong

static bool is_folder_name(struct sv name)
{
    bool ok = name.len && name.ptr[0] != '.' && name.ptr[0] != '_' && name.ptr[0] != '-';

    for (size_t i = 0; ok && i < name.len; i++) {
        char c = name.ptr[i];

        ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
    return ok && !sv_eq_cstr(name, ADJUDICATED_NAME);
}

static bool is_in_corpus(struct sv name, const char *const *articles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_named(name, sv_from(articles[i])))
            return true;
    return false;
}

static void check_member(const struct checker *checker, const struct member *member,
                         const char *const *articles, size_t count)
{
    struct spot spot = { .kind = KIND_MEMBER, .rec = member };

    if (!is_folder_name(member->id))
        findings_add(checker->findings, SEVERITY_ERROR, E_NAME, rule_at(checker, &spot, "id"),
                     "'" SV_FMT "' is no annotator; use small letters, digits, . _ and -, and not "
                     "'adjudicated'",
                     SV_ARG(member->id));
    for (size_t i = 0; i < member->articles.count; i++)
        if (!is_in_corpus(member->articles.items[i], articles, count))
            findings_add(checker->findings, SEVERITY_ERROR, E_DANGLING,
                         rule_at(checker, &spot, "articles"),
                         "'" SV_FMT "' is no article or event of the corpus; name one that is",
                         SV_ARG(member->articles.items[i]));
}

void check_team(const struct team *team, const char *const *articles, size_t count,
                const char *path,
                struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                void *place_ctx, struct findings *findings)
{
    struct checker checker = {
        .path = path, .place = place, .place_ctx = place_ctx, .findings = findings
    };

    for (size_t i = 0; i < team->head.adjudicators.count; i++)
        if (!team_find(team, team->head.adjudicators.items[i]))
            findings_add(findings, SEVERITY_ERROR, E_DANGLING,
                         rule_at_head(&checker, "adjudicators"),
                         "'" SV_FMT "' decides and is no annotator of the team; add them to "
                         "'annotators'",
                         SV_ARG(team->head.adjudicators.items[i]));
    for (size_t i = 0; i < team->members.count; i++)
        check_member(&checker, team->members.items[i], articles, count);
}
