// Verbs of working together: comments on anybody's record, one's reading finished, read by the
// team's guideline. Declared in session/verbs.h. Never writes to a layer but one's own.
#include "session/verbs.h"

#include "session/build.h"
#include "session/inner.h"
#include "session/peers.h"

// Is the record there, in one's own layer or in one of others that may be seen?
static bool is_there(struct session *s, struct reading *r, struct comment_ref about)
{
    const struct layer *const *peers;
    enum section section;
    size_t count;

    if (sv_eq(about.annotator, session_annotator(s)))
        return layer_find_any(&r->file.layer, about.id, &section);
    count = session_peers(s, r, &peers);
    for (size_t i = 0; i < count; i++)
        if (sv_eq(peers[i]->head.annotator, about.annotator) &&
            layer_find_any(peers[i], about.id, &section))
            return true;
    return false;
}

// As a file has it: without a name where it is one's own.
static struct sv ref_text(struct session *s, struct reading *r, struct comment_ref ref)
{
    struct buf text = { 0 };
    struct sv copy;

    if (!sv_eq(ref.annotator, session_annotator(s)))
        buf_addf(&text, SV_FMT "/", SV_ARG(ref.annotator));
    buf_add(&text, ref.id);
    copy = sv_copy(change_arena(r), buf_sv(&text));
    buf_release(&text);
    return copy;
}

bool verb_comment(struct session *s, struct reading *r, const struct new_comment *new,
                  struct sv *id, struct err *err)
{
    struct comment probe = { .kind = new->kind };
    struct sv text = sv_trim(new->text);
    struct arena *arena = change_arena(r);

    if (!build_check_word(s, VOCAB_COMMENT_KIND, new->kind, err) ||
        !build_check_text(text, false, err))
        return false;
    if (!text.len && !comment_resolves(&probe) && !comment_opens(&probe))
        return err_set(err, E_SHAPE, ERR_NOWHERE, "a comment without text says nothing");
    if (!new->reply_to.id.len && !is_there(s, r, new->about))
        return err_set(err, E_ID, ERR_NOWHERE, "no record '" SV_FMT "' of '" SV_FMT "' here",
                       SV_ARG(new->about.id), SV_ARG(new->about.annotator));

    struct comment *comment = arena_new(arena, sizeof(*comment));
    struct change *change = change_begin(s, comment_resolves(&probe)    ? "resolve thread"
                                            : new->reply_to.id.len == 0 ? "comment"
                                            : comment_opens(&probe)     ? "open thread again"
                                                                        : "answer");

    comment->id = build_id(s, r, SECTION_COMMENTS);
    comment->about = ref_text(s, r, new->about);
    if (new->reply_to.id.len)
        comment->reply_to = ref_text(s, r, new->reply_to);
    comment->kind = new->kind.len ? sv_copy(arena, new->kind) : (struct sv){ 0 };
    comment->text = text.len ? sv_copy(arena, text) : (struct sv){ 0 };
    comment->created = build_now(arena);
    change_put(change, r, SECTION_COMMENTS, comment);
    *id = comment->id;
    return change_commit(change, err);
}

bool verb_finish(struct session *s, struct reading *r, bool is_finished, struct err *err)
{
    struct change *change;

    if (is_finished && !team_takes(session_team(s), session_annotator(s), err))
        return false;
    change = change_begin(s, is_finished ? "finish the article" : "take it up again");
    change_set_state(change, r, is_finished ? SV(STATE_FINISHED) : (struct sv){ 0 });
    return change_commit(change, err);
}

bool verb_guideline(struct session *s, struct reading *r, struct err *err)
{
    struct sv version = session_team(s)->head.guideline;
    struct change *change;

    if (!version.len)
        return err_set(err, E_USAGE, ERR_NOWHERE, "team.yaml names no guideline");
    if (!team_takes(session_team(s), session_annotator(s), err))
        return false;
    change = change_begin(s, "bring it to the guideline");
    change_set_guideline(change, r, version);
    return change_commit(change, err);
}
