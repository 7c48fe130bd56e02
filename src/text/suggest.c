// Proposals of attributions.
// Never more than proposals: what is said is cut out by marks and edges, not understood.
#include "text/suggest.h"

#include <stdint.h>

#include "base/attr.h"
#include "base/mem.h"
#include "text/passage.h"
#include "text/speaker.h"

#define REACH 300 // tokens: more than a sentence of prose has

// What is being looked through, and what was found in this sentence so far.
struct search {
    const struct passage *passage;
    const struct cue_rows *own;
    struct suggestions *out;
    struct speaker last;
    size_t last_index; // in out->items; of the suggestion of `last`
};

static bool is(const struct search *s, size_t i, enum token_kind kind)
{
    return passage_is(s->passage, i, kind);
}

static bool is_be(const struct passage *p, size_t i)
{
    static const char *const forms[] = { "is", "are", "was", "were", "be", "been", "being" };

    for (size_t k = 0; k < ARRAY_LEN(forms); k++)
        if (passage_eq(p, i, sv_from(forms[k])))
            return true;
    return false;
}

// ---- the cue

static bool is_parting(const struct passage *p, size_t i)
{
    return p->items[i].kind == TOKEN_SIGN && sv_eq(passage_word(p, i), SV(";"));
}

// The quotation around token `i` that begins or ends in its sentence, else the sentence or
// what a semicolon cuts from it; no more than REACH tokens to either side.
static void find_range(const struct passage *p, size_t i, struct cue_use *use)
{
    const struct sentence *sentence = &p->sentences[p->items[i].sentence];

    use->lo = i - sentence->beg > REACH ? i - REACH : sentence->beg;
    use->hi = sentence->end - i > REACH ? i + REACH : sentence->end;
    for (size_t k = i; k-- > use->lo;) {
        const struct token *token = &p->items[k];

        if (token->kind == TOKEN_CLOSE && token->mate != TOKEN_NONE) {
            if (token->mate < use->lo)
                break;
            k = token->mate;
        } else if (is_parting(p, k)) {
            use->lo = k + 1;
            break;
        } else if (token->kind == TOKEN_OPEN) {
            use->lo = k + 1;
            if (token->mate != TOKEN_NONE && token->mate < use->hi)
                use->hi = token->mate;
            return;
        }
    }
    for (size_t k = i; k < use->hi; k++) {
        const struct token *token = &p->items[k];

        if (is_parting(p, k) || // or in a quotation that began sentences ago
            (token->kind == TOKEN_CLOSE && token->mate != TOKEN_NONE &&
             token->mate < sentence->beg))
            use->hi = k;
        else if (token->kind == TOKEN_OPEN && token->mate != TOKEN_NONE && token->mate < use->hi)
            k = token->mate;
    }
}

// Auxiliaries and adverbs before the word: "has repeatedly said".
static size_t whole_beg(const struct passage *p, const struct cue_use *use)
{
    size_t beg = use->form;

    while (beg > use->lo && (passage_has(p, beg - 1, AUX) || passage_is_adverb(p, beg - 1) ||
                             is_be(p, beg - 1) || passage_eq(p, beg - 1, SV("having"))))
        beg--;
    return beg;
}

static bool find_cue(const struct search *s, size_t i, struct cue_use *use)
{
    const struct passage *p = s->passage;
    const struct sentence *sentence = &p->sentences[p->items[i].sentence];
    size_t beg = p->items[i].span.beg, stop = p->items[sentence->end - 1].span.end;

    if (p->items[i].kind != TOKEN_WORD ||
        !lexicon_cue_with(sv_sub(p->text, beg, stop), s->own, &use->word))
        return false;
    find_range(p, i, use);
    if (p->items[i].is_capital && !use->word.is_phrase && i > use->lo)
        return false; // part of a name
    use->form = use->end = i;
    while (use->end < use->hi && p->items[use->end].span.beg < beg + use->word.len)
        use->end++;
    use->beg = whole_beg(p, use);
    use->has_that = passage_eq(p, use->end, SV("that"));
    for (size_t k = use->beg; k < i; k++)
        use->is_passive |= is_be(p, k) && use->word.is_past;
    return true;
}

// ---- what is said

static size_t sentence_beg(const struct search *s, size_t i)
{
    return s->passage->sentences[s->passage->items[i].sentence].beg;
}

// Before the group: [beg, end) with the comma at its end left out; empty when nothing is there.
struct stretch {
    size_t beg, end;
};

static struct stretch before(const struct search *s, const struct cue_use *use, size_t group)
{
    const struct passage *p = s->passage;
    size_t beg = use->lo, end = group;

    while (end > beg && (is(s, end - 1, TOKEN_COMMA) || is(s, end - 1, TOKEN_DASH)))
        end--;
    if (end > beg && is(s, end - 1, TOKEN_CLOSE) && p->items[end - 1].mate != TOKEN_NONE &&
        p->items[end - 1].mate < beg)
        beg = sentence_beg(s, p->items[end - 1].mate);
    return (struct stretch){ beg, end };
}

// Is it something said: with a verb or quotation marks, parted from the group by a comma or mark?
static bool can_be_said(const struct search *s, struct stretch part, size_t group)
{
    if (part.beg >= part.end)
        return false;
    return (part.end < group || is(s, part.end - 1, TOKEN_CLOSE)) &&
           (is(s, part.end - 1, TOKEN_CLOSE) || speaker_has_verb(s->passage, part.beg, part.end));
}

static bool is_rest_empty(const struct search *s, size_t i, size_t hi)
{
    for (; i < hi; i++)
        if (!is(s, i, TOKEN_STOP) && !is(s, i, TOKEN_CLOSE) && !is(s, i, TOKEN_SIGN))
            return false;
    return true;
}

// Verbs that name a hearer before what is said: "told the court that".
static bool has_hearer(const struct passage *p, size_t i)
{
    static const char *const verbs[] = { "tell",    "tells",     "told",     "telling",
                                         "assured", "reminded",  "informed", "convinced",
                                         "warned",  "advised",   "assures",  "informs",
                                         "reminds", "convinces", "warns" };

    for (size_t k = 0; k < ARRAY_LEN(verbs); k++)
        if (passage_eq(p, i, sv_from(verbs[k])))
            return true;
    return false;
}

// Where what is said begins behind the cue: at "that", an opening mark or behind a colon, when one
// of them stands near and a hearer or circumstance can be between; else behind a comma, else at
// once.
static size_t skip_hearer(const struct search *s, const struct cue_use *use, size_t from)
{
    const size_t near = 14;
    const struct passage *p = s->passage;
    size_t i = from, end;

    if (i < use->hi && (is(s, i, TOKEN_COLON) || is(s, i, TOKEN_COMMA)))
        i++;
    if (i >= use->hi || passage_eq(p, i, SV("that")) || is(s, i, TOKEN_OPEN))
        return i;

    bool is_told = has_hearer(p, use->form);
    bool is_circumstance = (passage_has(p, i, PREP) && !passage_has(p, i, PRONOUN)) || i > from ||
                           sv_ends(passage_word(p, i), SV("ing"));

    if (!is_told && !is_circumstance)
        return i;
    for (size_t k = i; k < use->hi && k < i + near && !passage_has(p, k, AUX); k++) {
        if (passage_eq(p, k, SV("that")) || is(s, k, TOKEN_OPEN))
            return k;
        if (is(s, k, TOKEN_COLON))
            return k + 1;
    }
    end = is_told ? speaker_np_end(p, i, use->hi) : i;
    return end < use->hi && !passage_has(p, end, AUX | VERB) ? end : i; // no hearer but a subject
}

// Where what begins at `beg` ends: with the sentence, or the quotation that goes on after it.
static size_t said_end(const struct search *s, const struct cue_use *use, size_t beg)
{
    const struct passage *p = s->passage;
    size_t end = use->hi;

    for (size_t i = beg; i < use->hi; i++) {
        if (!is(s, i, TOKEN_OPEN) || p->items[i].mate == TOKEN_NONE)
            continue;
        if (p->items[i].mate >= use->hi)
            return p->items[i].mate + 1;
        if (i == beg && is(s, p->items[i].mate + 1, TOKEN_COMMA) && p->items[i].mate > i + 4)
            return p->items[i].mate + 1; // "A", highlighting B
        i = p->items[i].mate;
    }
    return end;
}

static bool is_cue(const struct search *s, size_t i)
{
    struct cue_word word;

    return is(s, i, TOKEN_WORD) &&
           lexicon_cue_with(
               sv_sub(s->passage->text, s->passage->items[i].span.beg, s->passage->text.len),
               s->own, &word) &&
           word.is_past;
}

// Can what begins at `beg` be a clause: has it a verb that belongs to no relative clause in it?
static bool is_clause(const struct search *s, size_t beg, size_t hi)
{
    const struct passage *p = s->passage;
    size_t inner = 0;

    if (passage_has(p, beg, PRONOUN) && !passage_has(p, beg, DET))
        return true;
    for (size_t i = beg; i < hi; i++) {
        if (is(s, i, TOKEN_OPEN))
            return true;
        if (passage_has(p, i, RELATIVE | SUBORD)) {
            inner++;
        } else if (passage_has(p, i, COORD) && is_cue(s, i + 1)) {
            return false; // "tweeted to him and said"
        } else if (is(s, i, TOKEN_WORD) && p->items[i].is_verb &&
                   !(i > beg && passage_eq(p, i - 1, SV("to")))) {
            if (inner == 0)
                return true;
            inner--;
            while (i + 1 < hi && is(s, i + 1, TOKEN_WORD) && p->items[i + 1].is_verb)
                i++;
        }
    }
    return false;
}

// Is what the verb does with what begins at `beg` to say it?
static bool is_said(const struct search *s, const struct cue_use *use, size_t beg)
{
    const struct passage *p = s->passage;
    bool has_mark = false;

    if (use->has_that || is(s, beg, TOKEN_OPEN) || passage_eq(p, beg, SV("that")))
        return true;
    if (sv_starts(passage_word(p, use->form), SV("sa")) && sv_is_absent(use->word.act))
        return true; // say, says, said
    if (use->word.how != DOES)
        return sv_eq(use->word.act, SV("denies")) || is_clause(s, beg, use->hi);
    for (size_t i = use->end; i < use->hi && i < use->end + 16; i++)
        has_mark |= is(s, i, TOKEN_OPEN);
    if (has_mark || (passage_has(p, beg, PRONOUN) && !passage_has(p, beg, DET)))
        return true;
    return !use->word.is_ing && !sv_eq(use->word.act, SV("asserts")) &&
           !sv_eq(use->word.act, SV("reports"));
}

static void add_part(struct search *s, struct suggestion *made, size_t beg, size_t end)
{
    if (beg < end && made->content_count < SUGGEST_PARTS)
        made->content[made->content_count++] = passage_span(s->passage, beg, end);
}

// Behind "according to X": up to the comma, where X goes on with apposed names.
static size_t from_end(const struct search *s, const struct cue_use *use,
                       const struct speaker *speaker)
{
    for (size_t i = speaker->end; i < use->hi && i < speaker->end + 10; i++) {
        if (is(s, i, TOKEN_COMMA) || is(s, i, TOKEN_OPEN))
            return i;
        if (passage_has(s->passage, i, DET | PRONOUN | AUX))
            break;
    }
    return speaker->end;
}

static void cut_from(struct search *s, const struct cue_use *use, const struct speaker *speaker,
                     struct suggestion *made)
{
    size_t group = use->beg, behind = from_end(s, use, speaker);
    struct stretch front = before(s, use, group);
    bool is_last = is_rest_empty(s, behind, use->hi);

    if (behind < use->hi && is(s, behind, TOKEN_COMMA))
        behind++;
    if (is_last) {
        add_part(s, made, front.beg, front.end);
        return;
    }
    if (front.beg < front.end && passage_has(s->passage, front.end - 1, RELATIVE))
        behind = front.end - 1; // "which, according to X, is old"
    else if (front.beg < front.end && !is(s, behind, TOKEN_OPEN) &&
             speaker_has_verb(s->passage, front.beg, front.end))
        add_part(s, made, front.beg, front.end);
    add_part(s, made, behind, said_end(s, use, behind));
}

static void cut(struct search *s, const struct cue_use *use, const struct speaker *speaker,
                struct suggestion *made)
{
    size_t group = speaker->group_beg, behind = speaker->group_end, from;
    struct stretch front = before(s, use, group);
    bool is_parted = is(s, behind, TOKEN_COMMA) && front.end < group;
    bool has_front = can_be_said(s, front, group) || (is_parted && front.beg < front.end);

    if (speaker->is_behind && !use->is_passive) {
        add_part(s, made, front.beg, front.end);
        from = behind;
        while (from < use->hi && !is(s, from, TOKEN_OPEN))
            from++;
        if (from < use->hi && is(s, from - 1, TOKEN_COMMA))
            add_part(s, made, from, said_end(s, use, from));
        return;
    }
    if (is_rest_empty(s, behind, use->hi)) {
        add_part(s, made, front.beg, front.end);
        return;
    }
    from = skip_hearer(s, use, behind);
    if (has_front && !use->has_that && !is(s, from, TOKEN_OPEN) &&
        !passage_eq(s->passage, from, SV("that"))) {
        // "A," he said on Monday.  A, he said, is B.
        if (is_parted || !speaker_has_verb(s->passage, behind, use->hi) ||
            is(s, front.end - 1, TOKEN_CLOSE)) {
            add_part(s, made, front.beg, front.end);
            if (is_parted && !is(s, front.end - 1, TOKEN_CLOSE))
                add_part(s, made, behind + 1, said_end(s, use, behind + 1));
            return;
        }
    }
    if (has_front && is(s, from, TOKEN_OPEN) && is(s, front.end - 1, TOKEN_CLOSE))
        add_part(s, made, front.beg, front.end);
    if (!is_said(s, use, from))
        return;
    add_part(s, made, from, said_end(s, use, from));
}

// "He claimed A and wrote B", "he claimed A, but she wrote B": what was said first ends before the
// conjunction.
static void end_last(struct search *s, const struct cue_use *use, const struct speaker *speaker)
{
    const struct passage *p = s->passage;
    struct suggestion *last = &s->out->items[s->last_index];
    struct byte_span *part = &last->content[last->content_count - 1];
    bool is_shared = passage_has(p, use->beg - 1, COORD);
    size_t joint = is_shared ? use->beg - 1 : speaker->group_beg - 1, end = joint;

    if (joint >= p->count || joint < 2 || joint <= use->lo || !passage_has(p, joint, COORD))
        return;
    if (is(s, joint - 1, TOKEN_COMMA) || is(s, joint - 1, TOKEN_DASH))
        end--;
    else if (!is_shared)
        return;
    if (byte_span_has(*part, p->items[joint].span.beg) && part->beg < p->items[end - 1].span.end)
        part->end = p->items[end - 1].span.end;
}

// "A," he said. "B": the quotation that follows in the same paragraph goes on with it.
static void go_on(struct search *s, const struct cue_use *use, struct suggestion *made)
{
    const struct passage *p = s->passage;
    size_t i = p->sentences[p->items[use->form].sentence].end;

    if (made->content_count == 1 && made->content[0].end <= made->cue.beg && is(s, i, TOKEN_OPEN) &&
        p->items[i].mate != TOKEN_NONE && use->hi == i)
        add_part(s, made, i, p->items[i].mate + 1);
}

// Does what is said end with a quotation mark?
static bool is_quoted(const struct search *s, const struct suggestion *made)
{
    struct byte_span part = made->content[0];
    struct sv text = sv_sub(s->passage->text, part.beg, part.end);

    return sv_ends(text, SV("\"")) || sv_ends(text, SV("\u201d")) || sv_ends(text, SV("\u00bb")) ||
           sv_ends(text, SV("''")) || sv_ends(text, SV("\u2019"));
}

// Adverbs alone stay outside: "also said", but "has also said".
static struct byte_span cue_span(const struct passage *p, const struct cue_use *use)
{
    size_t beg = use->beg;

    while (beg < use->form && passage_is_adverb(p, beg))
        beg++;
    return passage_span(p, beg, use->end);
}

static void try_cue(struct search *s, size_t i, size_t *next)
{
    const struct passage *p = s->passage;
    struct cue_use use = { 0 };
    struct speaker speaker;
    struct suggestion made = { 0 };

    if (!find_cue(s, i, &use))
        return;
    *next = use.end;
    if (!speaker_find(p, &use, &s->last, &speaker))
        return;
    made.cue = cue_span(p, &use);
    made.act = use.word.act;
    if (speaker.beg < speaker.end)
        made.source = passage_span(p, speaker.beg, speaker.end);
    if (use.word.how == FROM)
        cut_from(s, &use, &speaker, &made);
    else
        cut(s, &use, &speaker, &made);
    if (!made.content_count)
        return;
    if (is_quoted(s, &made))
        go_on(s, &use, &made);
    if (s->last.end > s->last.beg && !speaker.is_behind)
        end_last(s, &use, &speaker);
    MEM_GROW(s->out->items, s->out->count, s->out->cap);
    s->out->items[s->out->count++] = made;
    if (use.word.how != FROM) {
        s->last = speaker;
        s->last_index = s->out->count - 1;
    }
}

void suggest_in(struct sv text, struct byte_span paragraph, const struct cue_rows *own,
                struct suggestions *out)
{
    struct passage passage = { 0 };
    struct search search = { .passage = &passage, .own = own, .out = out };

    passage_read(&passage, text, paragraph);
    for (size_t k = 0; k < passage.sentence_count; k++) {
        search.last = (struct speaker){ 0 };
        for (size_t i = passage.sentences[k].beg, next; i < passage.sentences[k].end; i = next) {
            next = i + 1;
            try_cue(&search, i, &next);
        }
    }
    passage_release(&passage);
}

void suggest_all(const struct article *article, const struct cue_rows *own, struct suggestions *out)
{
    struct sv text = article_bytes(article);

    for (size_t beg = 0; beg < text.len; beg = article_line_next(article, beg))
        suggest_in(text, (struct byte_span){ beg, article_line_end(article, beg) }, own, out);
}

static size_t shared(struct byte_span a, struct byte_span b)
{
    size_t beg = a.beg > b.beg ? a.beg : b.beg, end = a.end < b.end ? a.end : b.end;

    return beg < end ? end - beg : 0;
}

bool suggest_for(const struct article *article, struct byte_span claim, const struct cue_rows *own,
                 struct suggestion *out)
{
    struct suggestions found = { 0 };
    size_t best = 0, best_size = SIZE_MAX;
    struct byte_span line = { article_line_beg(article, claim.beg),
                              article_line_end(article, claim.beg) };

    suggest_in(article_bytes(article), line, own, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct suggestion *each = &found.items[i];
        size_t common = 0, size = 0;

        for (size_t k = 0; k < each->content_count; k++) {
            common += shared(each->content[k], claim);
            size += each->content[k].end - each->content[k].beg;
        }
        if (!common && byte_spans_overlap(each->cue, claim)) {
            common = 1;
            size = SIZE_MAX - 1;
        }
        if (common > best || (common == best && common && size < best_size)) {
            best = common;
            best_size = size;
            *out = *each;
        }
    }
    suggestions_release(&found);
    return best > 0;
}

void suggestions_release(struct suggestions *out)
{
    mem_free(out->items);
    *out = (struct suggestions){ 0 };
}
