// Verbs for who says it: contested, voices, the last voice again, sources. Declared in
// session/verbs.h. Never guesses a source: ids are checked against the registry.
#include "session/verbs.h"

#include <string.h>

#include "base/limits.h"
#include "model/name.h"
#include "session/build.h"
#include "session/inner.h"

bool verb_contest(struct session *s, struct reading *r, struct sv id, struct err *err)
{
    const struct claim *claim;
    struct arena *arena = change_arena(r);

    if (!build_claim(r, id, &claim, err))
        return false;

    struct claim *edit = record_edit(arena, KIND_CLAIM, claim);
    struct change *change = change_begin(s, claim->contested ? "not contested" : "contested");

    edit->contested = claim->contested ? NULL : arena_new(arena, sizeof(struct contested));
    change_put(change, r, SECTION_CLAIMS, edit);
    return change_commit(change, err);
}

static bool put_voices(struct session *s, struct reading *r, const struct claim *claim,
                       struct rec_list voices, const char *what, struct err *err)
{
    struct claim *edit = record_edit(change_arena(r), KIND_CLAIM, claim);
    struct change *change = change_begin(s, what);

    edit->attributed_to = voices;
    change_put(change, r, SECTION_CLAIMS, edit);
    return change_commit(change, err);
}

static size_t chain_depth(const struct voice *voice)
{
    size_t depth = 0;

    for (; voice; voice = voice->citing)
        depth++;
    return depth;
}

// The chain of `voice` with `inner` cited by its innermost voice; copies what is above.
static const struct voice *chain_add(struct arena *arena, const struct voice *voice,
                                     const struct voice *inner)
{
    struct voice *copy;

    if (!voice)
        return inner;
    copy = record_edit(arena, KIND_VOICE, voice);
    copy->citing = chain_add(arena, voice->citing, inner);
    return copy;
}

// The chain without the voice at `depth` and what it cites; NULL: nothing is left.
static const struct voice *chain_cut(struct arena *arena, const struct voice *voice, size_t depth)
{
    struct voice *copy;

    if (depth == 0)
        return NULL;
    copy = record_edit(arena, KIND_VOICE, voice);
    copy->citing = chain_cut(arena, voice->citing, depth - 1);
    return copy;
}

// A voice cited by the root voice `*inside`, or a parallel one (NULL) at the end.
static bool add_voice(struct session *s, struct reading *r, const struct claim *claim,
                      const struct voice *voice, const size_t *inside, const char *what,
                      struct err *err)
{
    struct arena *arena = change_arena(r);
    struct rec_list voices = claim->attributed_to;

    if (!inside)
        return put_voices(s, r, claim, build_list_add(arena, voices, voice), what, err);
    if (*inside >= voices.count)
        return err_set(err, E_ID, ERR_NOWHERE, "the claim has no voice that could cite another");

    const struct voice *root = voices.items[*inside];

    if (chain_depth(root) + chain_depth(voice) > LIMIT_CITING)
        return err_set(err, E_SHAPE, ERR_NOWHERE, "voices inside voices end at %d", LIMIT_CITING);
    return put_voices(s, r, claim,
                      build_list_set(arena, voices, *inside, chain_add(arena, root, voice)), what,
                      err);
}

static bool check_voice(struct session *s, const struct new_voice *voice, struct err *err)
{
    if (!voice->source.len && !voice->act.len && byte_span_is_empty(voice->cue))
        return err_set(err, E_SHAPE, ERR_NOWHERE, "a voice needs a source, an act or a cue");
    return build_check_source(s, voice->source, err) &&
           build_check_word(s, VOCAB_ACT, voice->act, err) &&
           build_check_word(s, VOCAB_QUOTING, voice->quoting, err) &&
           build_check_word(s, VOCAB_CERTAINTY, voice->certainty, err);
}

static const struct cue *make_cue(struct reading *r, struct byte_span span)
{
    struct arena *arena = change_arena(r);
    struct cue *cue;

    span = build_trim(r, span);
    if (byte_span_is_empty(span))
        return NULL;

    struct excerpt excerpt = article_excerpt(r->article, span, arena);

    cue = arena_new(arena, sizeof(*cue));
    cue->at = excerpt.at;
    cue->quote = excerpt.quote;
    return cue;
}

static struct sv copy_word(struct arena *arena, struct sv word)
{
    return word.len ? sv_copy(arena, word) : (struct sv){ 0 };
}

static struct voice *make_voice(struct reading *r, const struct new_voice *new)
{
    struct arena *arena = change_arena(r);
    struct voice *voice = arena_new(arena, sizeof(*voice));

    voice->source = copy_word(arena, new->source);
    voice->act = copy_word(arena, new->act);
    voice->cue = make_cue(r, new->cue);
    voice->quoting = copy_word(arena, new->quoting);
    voice->certainty = copy_word(arena, new->certainty);
    voice->unsure = new->unsure;
    return voice;
}

// Sources used in this sitting, the latest last.
static void note_use(struct session *s, struct sv source)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->used_count; i++) {
        if (!sv_eq(s->used[i], source))
            s->used[kept++] = s->used[i];
    }
    s->used_count = kept;
    MEM_GROW(s->used, s->used_count, s->used_cap);
    s->used[s->used_count++] = sv_copy(&s->arena, source);
}

bool verb_attribute(struct session *s, struct reading *r, struct sv id,
                    const struct new_voice *voice, const size_t *inside, struct err *err)
{
    const struct claim *claim;

    if (!build_claim(r, id, &claim, err) || !check_voice(s, voice, err))
        return false;

    const struct voice *made = make_voice(r, voice);

    if (!add_voice(s, r, claim, made, inside, "attribute claim", err))
        return false;
    s->last_voice = record_copy(&s->arena, KIND_VOICE, made);
    s->last_voice_in = (const struct inner *)r;
    if (voice->source.len)
        note_use(s, voice->source);
    return true;
}

bool verb_drop_voice(struct session *s, struct reading *r, struct sv id, size_t index, size_t depth,
                     struct err *err)
{
    const struct claim *claim;
    struct arena *arena = change_arena(r);

    if (!build_claim(r, id, &claim, err))
        return false;
    if (index >= claim->attributed_to.count ||
        depth >= chain_depth(claim->attributed_to.items[index]))
        return err_set(err, E_ID, ERR_NOWHERE, "the claim has no such voice");

    const struct voice *rest = chain_cut(arena, claim->attributed_to.items[index], depth);

    return put_voices(s, r, claim, build_list_set(arena, claim->attributed_to, index, rest),
                      "drop voice", err);
}

// The last voice of the nearest claim before `claim` in the text.
static const struct voice *voice_before(const struct reading *r, const struct claim *claim)
{
    const struct layer *layer = &r->file.layer;
    const struct voice *found = NULL;

    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *each = layer->sections[SECTION_CLAIMS].items[i];

        if (each == claim)
            break;
        if (each->attributed_to.count)
            found = each->attributed_to.items[each->attributed_to.count - 1];
    }
    return found;
}

static bool has_voice(const struct claim *claim, const struct voice *voice)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        if (record_eq(KIND_VOICE, claim->attributed_to.items[i], voice))
            return true;
    }
    return false;
}

// Cues are words of one text: in another article the voice comes without.
static const struct voice *without_cues(struct arena *arena, const struct voice *voice)
{
    struct voice *copy = record_edit(arena, KIND_VOICE, voice);

    copy->cue = NULL;
    if (voice->citing)
        copy->citing = without_cues(arena, voice->citing);
    return copy;
}

bool verb_repeat_voice(struct session *s, struct reading *r, struct sv id, struct err *err)
{
    const struct claim *claim;
    const struct voice *last, *voice;

    if (!build_claim(r, id, &claim, err))
        return false;
    last = s->last_voice ? s->last_voice : voice_before(r, claim);
    if (!last)
        return err_set(err, E_SHAPE, ERR_NOWHERE,
                       "no voice to repeat: none was given in this sitting, and no claim before "
                       "this one has one");
    voice = record_copy(change_arena(r), KIND_VOICE, last);
    if (s->last_voice && s->last_voice_in != (const struct inner *)r)
        voice = without_cues(change_arena(r), voice);
    if (has_voice(claim, voice))
        return err_set(err, E_SHAPE, ERR_NOWHERE, "the claim has this voice already");
    if (!add_voice(s, r, claim, voice, NULL, "repeat voice", err))
        return false;
    if (voice->source.len)
        note_use(s, voice->source);
    return true;
}

struct namesake {
    struct sv name;
    bool is_there;
};

static void compare_name(void *ctx, struct sv name, struct sv id)
{
    struct namesake *namesake = ctx;

    namesake->is_there =
        namesake->is_there || name_eq(name, namesake->name) || sv_eq(id, namesake->name);
}

// The source that goes by this name already, or NULL.
static const struct source *named(const struct registry *registry, struct sv name)
{
    for (size_t i = 0; i < registry->count; i++) {
        struct namesake namesake = { name, false };

        registry_names(registry, registry->items[i], compare_name, &namesake);
        if (namesake.is_there)
            return registry->items[i];
    }
    return NULL;
}

bool verb_new_source(struct session *s, struct sv name, struct sv kind, struct sv *id,
                     struct err *err)
{
    struct registry *registry = session_registry(s);
    struct arena *arena = change_source_arena(s);
    const struct source *other;

    name = sv_trim(name);
    if (!name.len)
        return err_set(err, E_SOURCE, ERR_NOWHERE, "a source needs a name");
    if (!build_check_text(name, true, err) || !build_check_word(s, VOCAB_SOURCE_KIND, kind, err))
        return false;
    other = named(registry, name);
    if (other)
        return err_set(err, E_SOURCE, ERR_NOWHERE,
                       "'" SV_FMT "' is in the registry already, as '" SV_FMT "'", SV_ARG(name),
                       SV_ARG(other->id));

    struct source *source = arena_new(arena, sizeof(*source));
    struct change *change = change_begin(s, "new source");

    source->id = registry_new_id(registry, arena, name);
    source->name = sv_copy(arena, name);
    source->kind = copy_word(arena, kind);
    change_put_source(change, source);
    *id = source->id;
    return change_commit(change, err);
}

bool verb_add_alias(struct session *s, struct sv source, struct sv alias, struct err *err)
{
    struct registry *registry = session_registry(s);
    struct arena *arena = change_source_arena(s);
    const struct source *found = registry_find(registry, source), *other;

    alias = sv_trim(alias);
    if (!found)
        return build_check_source(s, source, err) ||
               err_set(err, E_DANGLING, ERR_NOWHERE, "an alias needs the id of its source");
    if (!alias.len)
        return err_set(err, E_SOURCE, ERR_NOWHERE, "the alias is empty");
    if (!build_check_text(alias, true, err))
        return false;
    other = named(registry, alias);
    if (other && other != found)
        return err_set(err, E_SOURCE, ERR_NOWHERE,
                       "'" SV_FMT "' already stands for '" SV_FMT
                       "'; an alias belongs to one source",
                       SV_ARG(alias), SV_ARG(other->id));

    struct source *edit = record_edit(arena, KIND_SOURCE, found);
    struct change *change = change_begin(s, "add alias");

    edit->aliases = build_strs_add(arena, found->aliases, alias);
    change_put_source(change, edit);
    return change_commit(change, err);
}
