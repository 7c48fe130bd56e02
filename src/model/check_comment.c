// What comments are about, and what they answer: looked up in their own layer at once, in those of
// others when all layers are known. Never takes a comment for lost because its record is.
#include "model/check_rule.h"
#include "model/thread.h"

struct comment_pointer { // from a comment into another's layer
    struct err_at at;
    struct sv comment, article;
    struct comment_ref ref;
    bool is_reply;
};

static void say_gone(struct findings *findings, struct err_at at, struct sv comment,
                     struct comment_ref ref, bool is_reply)
{
    findings_add(findings, SEVERITY_WARNING, E_DANGLING, at,
                 "comment '" SV_FMT "' %s '" SV_FMT "', which is no %s of '" SV_FMT
                 "' in this article now; the comment is kept",
                 SV_ARG(comment), is_reply ? "answers" : "is about", SV_ARG(ref.id),
                 is_reply ? "comment" : "record", SV_ARG(ref.annotator));
}

static bool has_form(struct comment_ref ref, bool is_reply)
{
    if (!ref.annotator.len)
        return false;
    if (is_reply)
        return id_is_valid(ref.id, section_get(SECTION_COMMENTS)->letter);
    for (enum section s = 0; s < SECTION__N; s++)
        if (id_is_valid(ref.id, section_get(s)->letter))
            return true;
    return false;
}

static void note_pointer(struct comment_refs *refs, struct comment_pointer pointer)
{
    struct sv path = sv_copy(&refs->arena, sv_from(pointer.at.path));

    pointer.at.path = path.ptr;
    pointer.comment = sv_copy(&refs->arena, pointer.comment);
    pointer.article = sv_copy(&refs->arena, pointer.article);
    pointer.ref.annotator = sv_copy(&refs->arena, pointer.ref.annotator);
    pointer.ref.id = sv_copy(&refs->arena, pointer.ref.id);
    MEM_GROW(refs->items, refs->count, refs->cap);
    refs->items[refs->count++] = pointer;
}

static void check_ref(const struct checker *checker, const struct check_input *in,
                      const struct comment *comment, bool is_reply)
{
    const struct layer_head *head = &in->layer->head;
    struct spot spot = { KIND_COMMENT, comment, NULL, NULL };
    struct err_at at = rule_at(checker, &spot, is_reply ? "reply_to" : "about");
    struct sv text = is_reply ? comment->reply_to : comment->about;
    struct comment_ref ref = comment_ref_parse(text, head->annotator);
    enum section section;

    if (!has_form(ref, is_reply))
        findings_add(checker->findings, SEVERITY_ERROR, E_ID, at,
                     "'%s' is '" SV_FMT "'; write ANNOTATOR/ID, or the ID of a %s of this file",
                     is_reply ? "reply_to" : "about", SV_ARG(text),
                     is_reply ? "comment" : "record");
    else if (sv_eq(text, comment->id))
        findings_add(checker->findings, SEVERITY_ERROR, E_LINK, at,
                     "comment '" SV_FMT "' names itself; name another record", SV_ARG(text));
    else if (sv_eq(ref.annotator, head->annotator)) {
        if (!layer_find_any(in->layer, ref.id, &section))
            say_gone(checker->findings, at, comment->id, ref, is_reply);
    } else if (in->refs) {
        note_pointer(in->refs,
                     (struct comment_pointer){ at, comment->id, head->article, ref, is_reply });
    }
}

void rule_comment(const struct checker *checker, const struct check_input *in,
                  const struct comment *comment)
{
    struct spot spot = { KIND_COMMENT, comment, NULL, NULL };

    check_ref(checker, in, comment, false);
    if (comment->reply_to.len)
        check_ref(checker, in, comment, true);
    if (sv_is_blank(comment->text) && !comment_resolves(comment) && !comment_opens(comment))
        findings_add(checker->findings, SEVERITY_WARNING, E_INCOMPLETE,
                     rule_at(checker, &spot, NULL), "comment '" SV_FMT "' says nothing",
                     SV_ARG(comment->id));
}

void comment_refs_check(const struct comment_refs *refs, const struct id_set *ids,
                        bool (*is_unread)(void *ctx, const char *path), void *ctx,
                        struct findings *findings)
{
    struct buf path = { 0 };

    for (size_t i = 0; i < refs->count; i++) {
        const struct comment_pointer *p = &refs->items[i];
        const char *found;
        int line;

        buf_clear(&path);
        buf_addf(&path, "annotations/" SV_FMT "/" SV_FMT ".yaml", SV_ARG(p->ref.annotator),
                 SV_ARG(p->article));
        if (!is_unread(ctx, buf_cstr(&path)) &&
            (!id_set_find(ids, p->ref.id, &found, &line) || !sv_eq_cstr(buf_sv(&path), found)))
            say_gone(findings, p->at, p->comment, p->ref, p->is_reply);
    }
    buf_release(&path);
}

void comment_refs_release(struct comment_refs *refs)
{
    mem_free(refs->items);
    arena_release(&refs->arena);
    *refs = (struct comment_refs){ 0 };
}
