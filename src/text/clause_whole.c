// Which parts of a sentence make one clause: what is put into it parts it in two.
// Never cuts; sees only where clause.c has cut.
#include "text/clause_inner.h"

#define PUT_IN_MOST   6 // parts between a subject and its verb
#define WHO_SAID_MOST 5 // words and signs

static size_t first_of(const struct clause_tokens *tokens, const struct clause_part *part)
{
    size_t i = part->beg;

    while (i < part->end && tokens->items[i].kind != TOKEN_WORD)
        i++;
    return i;
}

static bool has_verb(const struct clause_tokens *tokens, const struct clause_part *part)
{
    return clause_has_verb(tokens, part->beg, part->end);
}

// Does `part` stand behind a comma, a dash or a bracket, with no conjunction before it?
static bool is_behind_sign(const struct clause_tokens *tokens, const struct clause_part *part)
{
    const struct clause_token *last = part->beg > 0 ? &tokens->items[part->beg - 1] : NULL;

    if (last && last->kind == TOKEN_SIGN && part->beg > 1)
        last--; // a quotation mark
    return last && last->kind != TOKEN_WORD && last->kind != TOKEN_SIGN &&
           tokens->block.ptr[last->beg] != ';' && tokens->block.ptr[last->beg] != ':';
}

// "Writing from home", "once seen as", "built in 1920".
static bool is_participle(const struct clause_tokens *tokens, const struct clause_part *part)
{
    size_t i = clause_skip_adverbs(tokens, first_of(tokens, part));

    return i < part->end && !tokens->items[i].is_capital &&
           (clause_is_ing(tokens, i) || tokens->items[i].is_ed);
}

// No clause by itself: no verb, no participle, no relative pronoun.
static bool is_fragment(const struct clause_tokens *tokens, const struct clause_part *part)
{
    return !has_verb(tokens, part) && !is_participle(tokens, part) &&
           !has_class(tokens, first_of(tokens, part), RELATIVE);
}

// "she said", "the mayor of Ghent wrote".
static bool is_who_said(const struct clause_tokens *tokens, const struct clause_part *part)
{
    const struct clause_token *last = &tokens->items[part->end - 1];

    return part->end - part->beg <= WHO_SAID_MOST && (last->is_report || last->is_that);
}

// "a ferry built in 1984": what looks like a verb may be a participle.
static bool is_noun_phrase(const struct clause_tokens *tokens, const struct clause_part *part)
{
    for (size_t i = part->beg; i < part->end; i++)
        if (tokens->items[i].is_verb && (!tokens->items[i].is_ed || has_class(tokens, i, AUX)))
            return false;
    return has_class(tokens, first_of(tokens, part), DET);
}

// Can it stand between a subject and its verb?
static bool is_put_in(const struct clause_tokens *tokens, const struct clause_part *part)
{
    return !has_verb(tokens, part) || is_participle(tokens, part) || is_who_said(tokens, part) ||
           is_noun_phrase(tokens, part) ||
           has_class(tokens, first_of(tokens, part), RELATIVE | SUBORD | PREP);
}

static bool is_subject(const struct clause_tokens *tokens, const struct clause_part *part)
{
    static const char *const only[] = { "Even", "Just", "Not", "Only", "only", NULL };
    size_t first = clause_skip_adverbs(tokens, first_of(tokens, part));

    first += clause_is_one_of(tokens, first, only);
    return first < part->end && is_fragment(tokens, part) &&
           !has_class(tokens, first, PREP | SUBORD);
}

static bool has_comma(const struct clause_tokens *tokens, const struct clause_part *part)
{
    for (size_t i = part->beg; i < part->end; i++)
        if (tokens->items[i].kind == TOKEN_COMMA)
            return true;
    return false;
}

enum verb_like { NO_VERB, MAY_BE_VERB, SURE_VERB };

// Does the part begin with a verb whose subject stands elsewhere?
static enum verb_like begins_with_verb(const struct clause_tokens *tokens,
                                       const struct clause_part *part)
{
    size_t i = clause_skip_adverbs(tokens, first_of(tokens, part));

    if (i >= part->end || !is_behind_sign(tokens, part) || tokens->items[i].is_capital)
        return NO_VERB;
    if (tokens->items[i].is_verb || (tokens->items[i].is_report && !tokens->items[i].is_ing))
        return SURE_VERB;
    if (clause_is_s_form(tokens, i) && clause_is_object(tokens, i + 1))
        return SURE_VERB;
    return tokens->items[i].is_ed ? MAY_BE_VERB : NO_VERB;
}

// "The mill, built in 1920, the pride of the town, burned": tie the subject to the verb.
static void tie_verb(const struct clause_tokens *tokens, struct clause_part *parts, size_t count,
                     size_t verb)
{
    enum verb_like how = begins_with_verb(tokens, &parts[verb]);
    size_t subject = verb;

    if (how == NO_VERB ||
        (how == MAY_BE_VERB && verb + 1 < count && begins_with_verb(tokens, &parts[verb + 1])))
        return;
    for (size_t i = verb; i-- > 0 && verb - i <= PUT_IN_MOST && parts[i].last == i;) {
        bool is_behind = is_behind_sign(tokens, &parts[i]);

        if (is_subject(tokens, &parts[i])) {
            subject = i;
            if (!is_behind)
                break;
        } else if (is_behind && !is_put_in(tokens, &parts[i])) {
            break;
        }
    }
    if (subject == verb || (subject + 1 == verb && !has_comma(tokens, &parts[subject])))
        return;
    parts[subject].last = verb;
}

// "In the north, where it rained, roads were closed": tie what opens the sentence to what follows.
static void tie_opening(const struct clause_tokens *tokens, struct clause_part *parts, size_t count)
{
    if (parts[0].last > 0 || is_subject(tokens, &parts[0]) || !is_fragment(tokens, &parts[0]))
        return;
    for (size_t i = 1; i < count; i++) {
        if (!is_behind_sign(tokens, &parts[i]) && parts[i - 1].end < parts[i].beg)
            return; // something else begins
        if (parts[i].last > i || !is_put_in(tokens, &parts[i])) {
            parts[0].last = parts[i].last;
            return;
        }
    }
}

// "Berg, the mayor, said that": does the part end in a report of what follows?
static bool is_report(const struct clause_tokens *tokens, const struct clause_part *part)
{
    static const char *const that[] = { "that", NULL };
    size_t last = part->end - 1;

    last -= last > part->beg && clause_is_one_of(tokens, last, that);
    return tokens->items[last].is_report || tokens->items[last].is_that;
}

void clause_find_wholes(const struct clause_tokens *tokens, struct clause_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        parts[i].last = i;
    for (size_t i = 1; i < count; i++)
        tie_verb(tokens, parts, count, i);
    if (count > 0)
        tie_opening(tokens, parts, count);
    for (size_t i = 0; i < count; i++)
        if (parts[i].last > i && parts[i].last + 1 < count &&
            is_report(tokens, &parts[parts[i].last]))
            parts[i].last++;
}
