// A voice proposed for a claim: by the words of the article, and the registry's names in them.
// Declared in session/verbs.h. Offers only; nothing here makes a record.
#include "session/verbs.h"

#include "model/mention.h"
#include "text/cue.h"
#include "text/suggest.h"

// The source that the words at `span` name: of several names there the longest is meant. Absent
// when none stands there, or one that several sources have.
static struct sv source_named(const struct registry *registry, const struct article *article,
                              struct byte_span span)
{
    struct alias_set *set = mention_names(registry);
    struct alias_hit hit;
    size_t longest = 0;
    struct sv id = { 0 };

    for (size_t pos = span.beg; alias_set_next(set, article_bytes(article), pos, span.end, &hit);
         pos = hit.span.end) {
        if (hit.span.end - hit.span.beg <= longest)
            continue;
        longest = hit.span.end - hit.span.beg;
        id = hit.is_ambiguous ? (struct sv){ 0 } : registry->items[hit.owner]->id;
    }
    alias_set_free(set);
    return id;
}

// "He", "they": nothing to call a source.
static bool is_pronoun(struct sv words)
{
    return !words.len || (lexicon_classes(words) & PRONOUN);
}

bool verbs_propose_voice(struct session *s, const struct reading *r, struct byte_span claim,
                         struct proposed_voice *out)
{
    const struct cue_rows *own = &session_scheme(s)->reporting;
    struct suggestion found;

    *out = (struct proposed_voice){ 0 };
    if (!suggest_for(r->article, claim, own, &found)) {
        out->is_nameless = true;
        return cue_propose(r->article, claim, own, &out->cue, &out->act);
    }
    out->name = found.source;
    out->cue = found.cue;
    out->act = found.act;
    out->is_nameless = is_pronoun(article_sub(r->article, found.source));
    if (!byte_span_is_empty(found.source))
        out->source = source_named(session_registry(s), r->article, found.source);
    return true;
}
