// Who speaks at a cue.
// Never looks outside the sentence or quotation of the cue.
#include "text/speaker.h"

#include "base/attr.h"

// Words that studies are: "the results show" needs no "that".
static bool is_finding(struct sv word)
{
    static const char *const findings[] = {
        "analysis",   "analyses", "authors",  "data",      "document", "documents",     "estimates",
        "evidence",   "figures",  "findings", "officials", "paper",    "poll",          "polls",
        "records",    "report",   "reports",  "research",  "result",   "researchers",   "results",
        "scientists", "studies",  "study",    "survey",    "surveys",  "investigators",
    };

    for (size_t i = 0; i < ARRAY_LEN(findings); i++)
        if (sv_eq_cstr(word, findings[i]))
            return true;
    return false;
}

static bool is_word(const struct passage *p, size_t i)
{
    return i < p->count && p->items[i].kind == TOKEN_WORD;
}

// "the", "her"; not "this" and "those", which can be subjects.
static bool is_determiner(const struct passage *p, size_t i)
{
    return passage_has(p, i, DET) && !passage_has(p, i, PRONOUN);
}

// "she", "nobody"; not "this", which can stand before a noun.
static bool is_pronoun(const struct passage *p, size_t i)
{
    return passage_has(p, i, PRONOUN) && !passage_has(p, i, DET);
}

// "years", not "this" and "Taliban's".
static bool is_plural(const struct passage *p, size_t i)
{
    struct sv word = passage_word(p, i);

    return is_word(p, i) && word.len > 3 && sv_ends(word, SV("s")) && !sv_ends(word, SV("ss")) &&
           !p->items[i].is_possessive && !p->items[i].classes;
}

// A verb that ends what is left of it; a form in -ed may be a participle.
static bool is_finite(const struct passage *p, size_t i)
{
    if (!is_word(p, i) || (p->items[i].is_capital && i > 0 && passage_has(p, i, AUX)))
        return false; // "May", "Will"
    return p->items[i].is_finite;
}

bool speaker_has_verb(const struct passage *p, size_t beg, size_t end)
{
    for (size_t i = beg; i < end; i++)
        if (is_word(p, i) && p->items[i].is_verb)
            return true;
    return false;
}

// ---- the phrase before

static bool is_number(const struct passage *p, size_t i)
{
    struct sv word = passage_word(p, i);

    return word.len && word.ptr[0] >= '0' && word.ptr[0] <= '9';
}

// Words of time and of tying that stand before a subject: "Later", "Also", "last week".
static bool is_edge(const struct passage *p, size_t i, size_t end)
{
    static const char *const times[] = { "week", "month", "year", "night", "summer", "weekend" };

    if (!is_word(p, i))
        return true;
    if (is_number(p, i) && i + 1 < end && is_determiner(p, i + 1))
        return true; // "in May 2024 the mayor"
    if (passage_has(p, i, COORD | LINK) || passage_eq(p, i, SV("also")) ||
        passage_eq(p, i, SV("even")) || passage_eq(p, i, SV("today")) ||
        passage_eq(p, i, SV("yesterday")) || passage_eq(p, i, SV("earlier")) ||
        passage_eq(p, i, SV("including")))
        return true;
    if (passage_is_adverb(p, i) && !passage_eq(p, i, SV("both")) && !passage_eq(p, i, SV("all")))
        return true;
    for (size_t k = 0; k < ARRAY_LEN(times); k++)
        if (i + 1 < end && sv_eq_cstr(passage_word(p, i), times[k]))
            return true;
    return i + 2 < end && (passage_eq(p, i, SV("last")) || passage_eq(p, i, SV("this"))) &&
           is_edge(p, i + 1, end);
}

// "On Wednesday Mohamed", "In the report officials": behind the phrase of the preposition at `beg`.
static size_t skip_opening(const struct passage *p, size_t beg, size_t end)
{
    size_t first = beg + 1;

    for (size_t i = first + 1; i < end; i++) {
        if (passage_has(p, i - 1, PREP | DET | COORD))
            continue;
        if (is_determiner(p, i) || passage_has(p, i, PRONOUN))
            return i;
        if (!p->items[i].is_capital && is_plural(p, i) && p->items[i - 1].is_capital)
            return i;
    }
    return first;
}

// The "History" section: a name of few words in quotation marks that ends at `i`.
static bool is_quoted_name(const struct passage *p, size_t lo, size_t i)
{
    const size_t words_max = 4;
    const struct token *token = &p->items[i];

    return token->kind == TOKEN_CLOSE && token->mate != TOKEN_NONE && token->mate >= lo &&
           i - token->mate <= words_max + 1 && !passage_is(p, i - 1, TOKEN_COMMA);
}

// Is `i` nothing that stands inside a noun phrase?
static bool is_outside(const struct passage *p, size_t lo, size_t i)
{
    switch (p->items[i].kind) {
    case TOKEN_STOP:
        return false; // of an abbreviation
    case TOKEN_SIGN:
        return sv_eq(passage_word(p, i), SV(";"));
    case TOKEN_WORD:
        break;
    case TOKEN_COMMA:
    case TOKEN_COLON:
    case TOKEN_DASH:
    case TOKEN_OPEN:
    case TOKEN_CLOSE:
        return true;
    }
    if (passage_eq(p, i, SV("as")) && i > lo && passage_eq(p, i - 1, SV("such")))
        return false;
    if (passage_has(p, i, COORD))
        return !passage_eq(p, i, SV("and")) && !passage_eq(p, i, SV("or"));
    return passage_has(p, i, RELATIVE) || (passage_has(p, i, SUBORD) && !p->items[i].is_capital);
}

// Where the noun phrase that ends before token `end` begins; `end` when there is none.
//   is_nearest  without what a preposition hangs before it: what "who" refers to
static size_t np_beg(const struct passage *p, size_t lo, size_t end, bool is_nearest)
{
    size_t beg = end, joined = TOKEN_NONE; // behind the conjunction passed last

    while (beg > lo) {
        size_t i = beg - 1;

        if (is_quoted_name(p, lo, i)) {
            beg = p->items[i].mate;
            continue;
        }
        if (is_outside(p, lo, i))
            break;
        if (is_nearest && beg < end && passage_has(p, i, PREP) && !passage_eq(p, i, SV("of")))
            return beg;
        if (is_finite(p, i) || (is_pronoun(p, i) && beg < end) ||
            (p->items[i].is_verb && // a participle may stand in it, but not behind a conjunction
             (joined != TOKEN_NONE || (i > lo && is_pronoun(p, i - 1))))) {
            beg = joined != TOKEN_NONE ? joined : beg;
            break;
        }
        if (passage_has(p, i, COORD))
            joined = beg;
        beg--;
        if (is_pronoun(p, i))
            break;
    }
    while (beg < end && is_edge(p, beg, end))
        beg++;
    if (beg < end && passage_has(p, beg, PREP) && !passage_eq(p, beg, SV("over")) &&
        !passage_eq(p, beg, SV("about")))
        beg = skip_opening(p, beg, end);
    while (beg < end && is_edge(p, beg, end))
        beg++;
    return beg;
}

// ---- the phrase behind

size_t speaker_np_end(const struct passage *p, size_t beg, size_t hi)
{
    size_t i = beg;

    for (; i < hi; i++) {
        const struct token *token = &p->items[i];

        if (token->kind == TOKEN_STOP) { // of an abbreviation, when more follows
            if (i + 1 < hi && i > beg && passage_word(p, i - 1).len <= 4 &&
                p->items[i - 1].is_capital && is_word(p, i + 1))
                continue;
            break;
        }
        if (token->kind == TOKEN_SIGN && !sv_eq(passage_word(p, i), SV(";")) &&
            !sv_eq(passage_word(p, i), SV("(")))
            continue;
        if (token->kind != TOKEN_WORD)
            break;
        if (i > beg && (is_finite(p, i) || passage_has(p, i, RELATIVE | SUBORD)))
            break;
        if (i > beg && (is_determiner(p, i) || passage_has(p, i, PRONOUN)) &&
            !passage_has(p, i - 1, PREP | COORD | DET))
            break; // another phrase
        if (passage_has(p, i, COORD) && !(passage_eq(p, i, SV("and")) && i + 1 < hi &&
                                          (p->items[i + 1].is_capital || is_determiner(p, i + 1))))
            break;
        if (i > beg && passage_has(p, i, PREP) && !passage_eq(p, i, SV("of")) &&
            !passage_eq(p, i, SV("for")) && !passage_eq(p, i, SV("at")) &&
            !passage_eq(p, i, SV("from")) && !passage_eq(p, i, SV("by")))
            break;
    }
    while (i > beg && passage_has(p, i - 1, PREP | COORD))
        i--;
    return i;
}

static bool can_be_name(const struct passage *p, size_t i)
{
    return is_word(p, i) && (p->items[i].is_capital || is_determiner(p, i) || is_plural(p, i) ||
                             passage_has(p, i, PRONOUN) || passage_eq(p, i, SV("one")));
}

// "..., said Anna Berg, who": the phrase behind the cue, with nothing but its end behind it.
static bool find_behind(const struct passage *p, const struct cue_use *use, struct speaker *out)
{
    size_t beg = use->end, end;

    if (!can_be_name(p, beg) || beg >= use->hi || use->word.how == DOES)
        return false;
    end = speaker_np_end(p, beg, use->hi);
    if (end == beg || is_determiner(p, end - 1) || (end < use->hi && is_finite(p, end)))
        return false;
    *out = (struct speaker){ beg, end, use->beg, end, true };
    return true;
}

// ---- commas before the cue

// Does an opening phrase stand in [beg, end): "In 1995", "Speaking of it", "However"?
static bool is_opening(const struct passage *p, size_t beg, size_t end)
{
    struct sv word = passage_word(p, beg);

    while (beg < end && passage_has(p, beg, COORD))
        word = passage_word(p, ++beg);
    if (beg >= end)
        return true;
    return passage_has(p, beg, PREP | SUBORD | LINK) || passage_is_adverb(p, beg) ||
           sv_ends(word, SV("ing")) || (end - beg < 3 && sv_ends(word, SV("ly")));
}

// "who was there", "reappointed as envoy": tells of a name before it and holds none that speaks.
static bool is_apposed_clause(const struct passage *p, size_t i)
{
    return passage_has(p, i, RELATIVE) ||
           (is_word(p, i) && p->items[i].is_verb && !p->items[i].is_finite);
}

// "Anna Berg, the mayor, said": the first part between commas that can be a name, when no verb
// stands between it and the cue. `comma` is the one before the cue.
static bool find_apposed(const struct passage *p, const struct cue_use *use, size_t comma,
                         struct speaker *out)
{
    const size_t most = 80; // tokens of names and what is apposed to them
    size_t lo = comma - use->lo > most ? comma - most : use->lo;
    size_t end = comma, best = TOKEN_NONE, best_end = 0;

    for (size_t i = comma + 1; i-- > lo;) {
        enum token_kind kind = i > lo ? p->items[i - 1].kind : TOKEN_CLOSE;

        if (kind == TOKEN_CLOSE && i > lo && is_quoted_name(p, lo, i - 1)) {
            i = p->items[i - 1].mate + 1; // stepped down by the loop
            continue;
        }
        if (kind != TOKEN_COMMA && kind != TOKEN_DASH && kind != TOKEN_CLOSE)
            continue;
        if (!is_opening(p, i, end) && !is_apposed_clause(p, i)) {
            size_t beg = np_beg(p, i, end, false);

            if (beg < end) {
                best = beg;
                best_end = end;
            }
            if (i < end && beg > i + 1)
                break; // a verb or the like stands there: what is left of it is another clause
        }
        if (kind == TOKEN_CLOSE || (kind == TOKEN_DASH && best != TOKEN_NONE))
            break;
        end = i - 1;
    }
    if (best == TOKEN_NONE)
        return false;
    *out = (struct speaker){ best, best_end, best, use->end, false };
    return true;
}

// ---- which of them

// The subject of the sentence, for "..., adding that" and "and said".
static bool find_subject(const struct passage *p, const struct cue_use *use,
                         const struct speaker *last, struct speaker *out)
{
    size_t beg = use->lo, end = use->lo;

    if (last->end > last->beg) {
        *out = (struct speaker){ last->beg, last->end, use->beg, use->end, false };
        return true;
    }
    while (end < use->beg && !p->items[end].is_verb && p->items[end].kind != TOKEN_COMMA)
        end++;
    if (end == use->beg || p->items[end].kind == TOKEN_COMMA)
        return false;
    while (end > beg && passage_is_adverb(p, end - 1))
        end--;
    beg = np_beg(p, beg, end, false);
    if (beg == end)
        return false;
    *out = (struct speaker){ beg, end, use->beg, use->end, false };
    return true;
}

static bool find_before(const struct passage *p, const struct cue_use *use, size_t end,
                        struct speaker *out)
{
    size_t beg = np_beg(p, use->lo, end, end < use->beg);

    if (beg == end)
        return false;
    *out = (struct speaker){ beg, end, beg, use->end, false };
    return true;
}

// By its ending, which no name of somebody has.
static bool is_adjective(struct sv word)
{
    static const char *const ends[] = { "able", "ible", "ing", "ive",  "ous",
                                        "ful",  "less", "ary", "tial", "nal" };

    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (sv_ends(word, sv_from(ends[i])))
            return true;
    return false;
}

// Can the word be a verb here, where it can be a noun as well?
static bool is_used_as_verb(const struct passage *p, const struct cue_use *use)
{
    size_t last = use->beg - 1, next = use->end;

    if (!use->word.is_noun_alike || use->beg < use->form)
        return true;
    if (use->beg == use->lo)
        return false;
    if (use->has_that)
        return !is_adjective(passage_word(p, last)) && (use->word.is_finite || is_plural(p, last) ||
                                                        passage_has(p, last, PRONOUN | RELATIVE));
    if (passage_has(p, last, PRONOUN | RELATIVE | COORD))
        return true;
    if (passage_is(p, next, TOKEN_COMMA) || passage_is(p, next, TOKEN_STOP) || next >= use->hi)
        return is_plural(p, last) && !use->word.is_finite;
    if (use->word.is_finite ? is_plural(p, last) : !is_plural(p, last))
        return false;
    return passage_is(p, next, TOKEN_OPEN) || passage_is(p, next, TOKEN_COLON) ||
           !passage_has(p, next, PREP | COORD | AUX | VERB);
}

// Do the words before the cue name a study or those who made one?
static bool is_of_finding(const struct passage *p, const struct cue_use *use)
{
    const size_t near = 12;

    for (size_t i = use->beg; i-- > use->lo && i + near > use->beg && !p->items[i].is_verb;)
        if (is_finding(passage_word(p, i)))
            return true;
    return false;
}

// Does something that is reported stand beside a verb that does not always report?
static bool is_reporting(const struct passage *p, const struct cue_use *use)
{
    const size_t near = 10;
    size_t next = use->end;
    bool is_last = next >= use->hi || passage_is(p, next, TOKEN_STOP);

    if (use->word.how != THAT || use->has_that || passage_is(p, next, TOKEN_COLON))
        return true;
    for (size_t i = next; i < use->hi && i < next + near && !p->items[i].is_verb; i++)
        if (passage_eq(p, i, SV("that")) || passage_is(p, i, TOKEN_OPEN))
            return true;
    if (use->beg > use->lo && passage_is(p, use->beg - 1, TOKEN_CLOSE))
        return true;
    for (size_t i = use->beg; is_last && i-- > use->lo && i + near > use->beg;)
        if (passage_is(p, i, TOKEN_CLOSE))
            return true;
    return is_of_finding(p, use) && !passage_has(p, next, PREP | AUX);
}

// "according to X": X, and what "in" hangs on to it.
static bool find_from(const struct passage *p, const struct cue_use *use, struct speaker *out)
{
    size_t beg = use->end, end;

    if (beg >= use->hi || !is_word(p, beg))
        return false;
    end = speaker_np_end(p, beg, use->hi);
    while (end < use->hi && passage_eq(p, end, SV("in")))
        end = speaker_np_end(p, end + 1, use->hi);
    if (end == beg)
        return false;
    *out = (struct speaker){ beg, end, use->beg, end, true };
    return true;
}

// "was told", "it is claimed that", "was confirmed by X".
static bool find_passive(const struct passage *p, const struct cue_use *use, struct speaker *out)
{
    size_t beg = use->end + 1, end;

    if (!passage_eq(p, use->end, SV("by"))) {
        *out = (struct speaker){ use->beg, use->beg, use->beg, use->end, false };
        return use->has_that;
    }
    end = speaker_np_end(p, beg, use->hi);
    *out = (struct speaker){ beg, end, use->beg, end, true };
    return end > beg && use->word.how != DOES;
}

// Behind a comma or dash at `i`: "A, said Anna", "Anna, the mayor, said", "A, adding B".
static bool find_at_comma(const struct passage *p, const struct cue_use *use, size_t i,
                          const struct speaker *last, struct speaker *out)
{
    bool has_said = passage_is(p, i - 1, TOKEN_CLOSE) || speaker_has_verb(p, use->lo, i);

    if (use->word.is_ing)
        return find_subject(p, use, last, out);
    if (has_said && find_behind(p, use, out) &&
        (out->end >= use->hi || !is_word(p, out->end) || passage_has(p, out->end, PREP)))
        return true;
    return find_apposed(p, use, i, out);
}

// Behind a word at `i` that is no part of a name.
//   returns  false when it is a name after all
static bool find_at_link(const struct passage *p, const struct cue_use *use, size_t i,
                         const struct speaker *last, struct speaker *out, bool *is_found)
{
    *is_found = false;
    if (passage_eq(p, i, SV("to"))) {
        *is_found = (use->has_that || passage_is(p, use->end, TOKEN_OPEN)) &&
                    find_subject(p, use, last, out);
    } else if (passage_has(p, i, COORD)) {
        *is_found = (use->word.is_past || use->word.is_phrase || last->end > last->beg) &&
                    find_subject(p, use, last, out);
    } else if (passage_has(p, i, RELATIVE) && !passage_eq(p, i, SV("that"))) {
        *is_found = find_before(p, use, passage_is(p, i - 1, TOKEN_COMMA) ? i - 1 : i, out);
    } else if (use->beg == use->form && (is_determiner(p, i) || p->items[i].is_possessive)) {
        return true; // "the alleged role", "its claims"
    } else if (use->beg == use->form && passage_has(p, i, PREP) &&
               !passage_has(p, i, PRONOUN | RELATIVE | SUBORD)) {
        *is_found = use->word.is_ing && find_subject(p, use, last, out); // "by saying"
    } else {
        return false;
    }
    return true;
}

bool speaker_find(const struct passage *p, const struct cue_use *use, const struct speaker *last,
                  struct speaker *out)
{
    size_t i = use->beg - 1; // the token before, when there is one
    bool is_found;

    if (use->word.how == HINT)
        return false;
    if (use->word.how == FROM)
        return find_from(p, use, out);
    if (use->is_passive)
        return find_passive(p, use, out);
    if (use->beg == use->lo)
        return false;
    if (!use->word.is_phrase && (!is_used_as_verb(p, use) || !is_reporting(p, use)))
        return false;
    switch (p->items[i].kind) {
    case TOKEN_CLOSE:
        return find_behind(p, use, out) || find_before(p, use, use->beg, out);
    case TOKEN_COMMA:
    case TOKEN_DASH:
        return find_at_comma(p, use, i, last, out);
    case TOKEN_COLON:
    case TOKEN_OPEN:
        return false;
    case TOKEN_WORD:
        if (find_at_link(p, use, i, last, out, &is_found))
            return is_found;
        break;
    case TOKEN_STOP: // of an abbreviation: "Acme Inc. said"
    case TOKEN_SIGN:
        break;
    }
    return find_before(p, use, use->beg, out);
}
