// Where a clause begins with no sign before it: behind a report, a conjunction, a relative pronoun.
// Never parses: it looks at the words around a place, and for a verb behind it.
#include "text/clause_inner.h"

#include "base/buf.h"

// Does a subject with a verb, or a verb, stand at `i` before `end` and any word of the classes
// `stop`?
static bool is_predicate(const struct clause_tokens *tokens, size_t i, size_t end, unsigned stop)
{
    size_t beg = clause_first_word(tokens, i);

    if (!is_word(tokens, beg) ||
        (has_class(tokens, beg, PREP) && !has_class(tokens, beg, DET | PRONOUN)))
        return false;
    for (i = beg; i < end && i < beg + 8; i++) {
        if (i > beg && has_class(tokens, i, stop) && !has_class(tokens, i, PREP))
            return false;
        if (tokens->items[i].is_verb)
            return true;
    }
    return false;
}

// "must close the mill and sell the land": behind a word that wants the base form of a verb. Known
// are those whose third person is.
static bool is_second_base(const struct clause_tokens *tokens, size_t beg, size_t i)
{
    static const char *const before[] = { "can",    "could", "may",  "might", "must", "shall",
                                          "should", "to",    "will", "would", NULL };
    size_t next = clause_skip_adverbs(tokens, i + 1);
    struct buf third = { 0 };
    bool is_base = false;

    if (!is_word(tokens, next) || tokens->items[next].is_capital ||
        !(has_class(tokens, next + 1, DET | PRONOUN | PREP) || clause_is_capital(tokens, next + 1)))
        return false;
    for (; beg < i; beg++)
        is_base |= clause_is_one_of(tokens, beg, before);
    if (!is_base)
        return false;
    buf_add(&third, word_of(tokens, next));
    buf_add_char(&third, 's');
    is_base = lexicon_classes(buf_sv(&third)) & VERB || has_class(tokens, next, VERB);
    buf_release(&third);
    return is_base;
}

// "condemned the attack and described the death": the same subject goes on with another verb.
static bool is_second_verb(const struct clause_tokens *tokens, size_t i)
{
    bool has_also = clause_is_adverb(tokens, i) && sv_eq_cstr(word_of(tokens, i), "also");

    i = clause_skip_adverbs(tokens, i);
    if (!is_word(tokens, i) || tokens->items[i].is_capital)
        return false;
    if (has_also && clause_is_s_form(tokens, i) && clause_is_acting(tokens, i))
        return true; // "but also feeds the fire"
    return tokens->items[i].is_verb || (tokens->items[i].is_ed && !clause_is_adverb(tokens, i)) ||
           has_class(tokens, i, AUX | VERB);
}

// "despite having lost it", "before taking the town", "including the mayor".
static bool is_doing_before(const struct clause_tokens *tokens, size_t i)
{
    static const char *const words[] = { "after", "before", "despite", "since", "without", NULL };
    static const char *const including[] = { "including", NULL };
    static const char *const to[] = { "to", NULL };

    if (clause_is_one_of(tokens, i, including))
        return true;
    return clause_is_one_of(tokens, i, words) && clause_is_ing(tokens, i + 1) &&
           (clause_is_acting(tokens, i + 1) || has_class(tokens, i + 2, DET | PRONOUN) ||
            clause_is_one_of(tokens, i + 2, to));
}

// "as shown by", "as seen in".
static bool is_as_done(const struct clause_tokens *tokens, size_t i)
{
    return sv_eq_cstr(word_of(tokens, i), "as") && is_word(tokens, i + 1) &&
           tokens->items[i + 1].is_ed && has_class(tokens, i + 2, PREP);
}

// A pronoun that is a subject where a verb follows.
static bool is_subject_pronoun(const struct clause_tokens *tokens, size_t i)
{
    static const char *const others[] = { "he", "it", "she", NULL };

    return has_class(tokens, i, PRONOUN) &&
           (clause_is_subject(tokens, i) || clause_is_one_of(tokens, i, others));
}

static bool is_ed_at(const struct clause_tokens *tokens, size_t i)
{
    return is_word(tokens, i) && tokens->items[i].is_ed;
}

// "killing two men and burying them", "while creating": a participle goes on with another.
//   beg, i   the first word of the clause, and the conjunction
static bool is_second_ing(const struct clause_tokens *tokens, size_t beg, size_t i)
{
    size_t next = clause_skip_adverbs(tokens, i + 1);

    if (!clause_is_ing(tokens, next))
        return false;
    if (has_class(tokens, i, SUBORD))
        return !has_class(tokens, i, PREP);
    if (has_class(tokens, next + 1, DET | PRONOUN))
        return true; // "and calling it"
    if (has_class(tokens, beg, COORD | SUBORD | PREP))
        beg++;
    beg = clause_skip_adverbs(tokens, beg);
    if (clause_is_ing(tokens, beg))
        return true;
    for (size_t k = beg; k < i; k++)
        if (clause_is_ing(tokens, k) && clause_is_acting(tokens, k) &&
            !clause_is_before_noun(tokens, k - 1))
            return clause_is_acting(tokens, next);
    return false;
}

// "By May 2024 the town was": behind the year of a time that opens the sentence.
static bool is_behind_year(const struct clause_tokens *tokens, size_t i)
{
    const struct clause_token *year = &tokens->items[i - 1];

    return clause_begin_of(tokens, i) == 0 && i > 1 && year->is_number &&
           year->end - year->beg == 4 && !has_class(tokens, i - 2, DET) &&
           has_class(tokens, clause_first_word(tokens, 0), PREP | SUBORD) &&
           clause_is_object(tokens, i) && clause_has_verb(tokens, i, clause_part_end(tokens, i));
}

// Does a noun phrase begin at `i` right behind another one? Not "the day the mill burned".
static bool is_noun_behind_noun(const struct clause_tokens *tokens, size_t i)
{
    static const char *const times[] = { "day",   "hour", "minute", "moment", "month", "morning",
                                         "night", "time", "way",    "week",   "year",  NULL };
    static const char *const to[] = { "To", "to", NULL };
    const struct clause_token *last = &tokens->items[i - 1];

    if (!has_class(tokens, i, DET) || last->kind != TOKEN_WORD || last->classes || last->is_ing ||
        last->is_verb || clause_is_adverb(tokens, i - 1) || clause_is_one_of(tokens, i - 1, times))
        return false;
    return i < 2 || last->is_capital ||
           !clause_is_one_of(tokens, i - 2, to); // "to cross the river"
}

// "In doing so they burned it", "By the end of May the mill had": behind a phrase that opens the
// sentence.
static bool is_behind_opening(const struct clause_tokens *tokens, size_t i, size_t end)
{
    size_t first = clause_first_word(tokens, 0);
    bool is_noun = is_noun_behind_noun(tokens, i);

    if (!is_noun && !is_subject_pronoun(tokens, i))
        return false;
    if (i <= first + 1 || clause_begin_of(tokens, i) != 0 || clause_has_verb(tokens, first, i) ||
        !(has_class(tokens, first, PREP) || sv_eq_cstr(word_of(tokens, first), "According")))
        return false;
    if (is_noun)
        return clause_has_verb(tokens, i + 1, clause_end_of(tokens, i));
    return !has_class(tokens, i - 1, PREP | RELATIVE) &&
           is_predicate(tokens, i + 1, end, RELATIVE | SUBORD | COORD);
}

// "the land that the mill needs lies idle": the verb of the clause stands behind the relative one.
static bool is_within_subject(const struct clause_tokens *tokens, size_t i, size_t end)
{
    for (i++; i + 1 < end; i++)
        if (tokens->items[i].is_verb && !has_class(tokens, i, AUX) &&
            (has_class(tokens, i + 1, AUX | VERB) ||
             (clause_is_s_form(tokens, i + 1) && clause_is_object(tokens, i + 2))))
            return true;
    return false;
}

// "at what had happened", "on whether it would stand": what a preposition holds is a clause.
static bool is_free_relative(const struct clause_tokens *tokens, size_t i, size_t end)
{
    static const char *const words[] = { "how", "what", "whether", "who", "why", NULL };

    return has_class(tokens, i - 1, PREP) && clause_is_one_of(tokens, i, words) &&
           clause_count_words(tokens, i, end) > 3 &&
           clause_has_verb(tokens, i + 1, i + 6 < end ? i + 6 : end);
}

// A verb that first says who hears it: "told the council". Not "was told".
static bool is_telling(const struct clause_tokens *tokens, size_t i)
{
    static const char *const verbs[] = { "assured", "informed", "reminded", "telling",
                                         "tells",   "told",     NULL };
    static const char *const been[] = { "are", "be", "been", "being", "is", "was", "were", NULL };

    return clause_is_one_of(tokens, i, verbs) && !(i > 0 && clause_is_one_of(tokens, i - 1, been));
}

// "told the council the mill was old": behind the one who is told.
static bool is_behind_hearer(const struct clause_tokens *tokens, size_t i, size_t end)
{
    if (!(is_noun_behind_noun(tokens, i) || is_subject_pronoun(tokens, i)) ||
        has_class(tokens, i - 1, RELATIVE | SUBORD | COORD))
        return false;
    for (size_t k = i - 1; k > 0 && k + 4 > i && !tokens->items[k].is_cut; k--)
        if (is_telling(tokens, k - 1))
            return is_predicate(tokens, i, end, RELATIVE | SUBORD | COORD);
    return false;
}

static size_t next_comma(const struct clause_tokens *tokens, size_t i)
{
    while (i < tokens->count && tokens->items[i].kind != TOKEN_COMMA)
        i++;
    return i;
}

// "said the mayor, a clerk once, had left": a subject that something is put in behind.
static bool is_parted_subject(const struct clause_tokens *tokens, size_t i)
{
    size_t comma = next_comma(tokens, i), again = next_comma(tokens, comma + 1);

    return clause_is_object(tokens, i) && !clause_has_verb(tokens, i, comma) &&
           again < tokens->count && clause_goes_on_with_verb(tokens, again + 1);
}

// Should a clause begin at word `i`, with no comma before it?
static bool is_cut_word(const struct clause_tokens *tokens, size_t i)
{
    static const char *const persons[] = { "he", "she", NULL };
    static const char *const always[] = { "although", "because", "though", "unless",
                                          "whereas",  "while",   NULL };
    size_t beg = clause_begin_of(tokens, i), end = clause_part_end(tokens, i + 1);
    const struct clause_token *token = &tokens->items[i], *last = &tokens->items[i - 1];
    bool had_verb = clause_has_verb(tokens, beg, i);

    if (last->is_report && last->kind == TOKEN_WORD && !(token->classes & (RELATIVE | PREP)) &&
        !token->is_verb && !is_telling(tokens, i - 1) &&
        (is_predicate(tokens, i, end, RELATIVE | SUBORD | COORD) ||
         (i > beg + 1 && is_parted_subject(tokens, i))))
        return !(token->classes & COORD);
    if (i >= 2 && has_class(tokens, i - 1, RELATIVE) && tokens->items[i - 2].is_that &&
        is_predicate(tokens, i, end, RELATIVE | SUBORD | COORD))
        return true; // behind "said that"
    if (i >= 2 && tokens->items[i - 2].is_that && sv_eq_cstr(word_of(tokens, i - 1), "that") &&
        !token->is_verb && clause_count_words(tokens, i, end) > 2)
        return true;
    if (is_free_relative(tokens, i, end) || is_behind_hearer(tokens, i, end))
        return true;
    if (is_behind_year(tokens, i) || is_behind_opening(tokens, i, end))
        return true;
    if (token->classes & (COORD | SUBORD) && last->kind == TOKEN_WORD &&
        clause_count_words(tokens, beg, i) > 1 && clause_count_words(tokens, i, end) > 2 &&
        is_second_ing(tokens, beg, i))
        return true;
    // two words and "who" are enough behind a comma: ", a clerk who"
    if (clause_count_words(tokens, beg + has_class(tokens, beg, COORD), i) <
            (beg > 0 && token->classes & RELATIVE ? 2U : 3U) ||
        clause_count_words(tokens, i, end) < 3)
        return false;
    if (token->classes & COORD && is_second_base(tokens, beg, i))
        return true;
    if (token->classes & COORD)
        return had_verb && last->kind != TOKEN_COMMA && !(last->is_ed && is_ed_at(tokens, i + 1)) &&
               (is_second_verb(tokens, i + 1) ||
                is_predicate(tokens, i + 1, end, RELATIVE | SUBORD | COORD));
    if (last->kind != TOKEN_WORD || (last->classes & (PREP | COORD)))
        return false;
    if (clause_is_subject(tokens, i) || clause_is_one_of(tokens, i, persons))
        return !(last->classes & (SUBORD | RELATIVE | AUX)) &&
               is_predicate(tokens, i + 1, end, RELATIVE | SUBORD | COORD);
    if (last->is_that)
        return false;
    if (is_as_done(tokens, i))
        return true;
    if (token->classes & RELATIVE)
        return clause_count_words(tokens, i, end) > 3 &&
               clause_has_verb(tokens, i + 1, i + 6 < end ? i + 6 : end) &&
               (had_verb || !is_within_subject(tokens, i, end));
    if (is_doing_before(tokens, i))
        return had_verb;
    if (token->classes & SUBORD)
        return !has_class(tokens, i + 1, PREP) &&
               (clause_is_one_of(tokens, i, always) ||
                is_predicate(tokens, i + 1, end,
                             token->classes & PREP ? RELATIVE | SUBORD | COORD : RELATIVE));
    return false;
}

// Where the clause begins that word `i` opens: "shortly after he left", "ever since the flood".
static size_t opening_of(const struct clause_tokens *tokens, size_t i)
{
    static const char *const words[] = { "ever", "even", "just", "long", "only", "soon", NULL };

    if (i < 2 || !has_class(tokens, i, SUBORD) || !is_word(tokens, i - 2))
        return i;
    return clause_is_one_of(tokens, i - 1, words) || clause_is_adverb(tokens, i - 1) ? i - 1 : i;
}

void clause_cut_words(struct clause_tokens *tokens)
{
    for (size_t i = 1; i < tokens->count; i++)
        if (tokens->items[i].kind == TOKEN_WORD && !tokens->items[i].is_cut &&
            is_cut_word(tokens, i))
            tokens->items[opening_of(tokens, i)].is_cut = true;
}
