// What belongs to a sentence's beginning: a name and its verb, with what stands between the two.
// Never parses: it looks at the words that clauses begin with.
#include "text/predicate.h"

#include <stdint.h>

#include "base/mem.h"
#include "text/clause.h"
#include "text/clause_inner.h"
#include "text/segment.h"

#define CLAUSES_MOST 32 // of a sentence looked at

struct parts {
    struct clause_tokens tokens;
    struct spans clauses;
};

// The first word of a clause that is no conjunction or adverb before its verb.
static size_t begin_of(const struct parts *parts, size_t clause)
{
    size_t i = 0;

    while (i < parts->tokens.count &&
           (parts->tokens.items[i].beg < parts->clauses.items[clause].beg ||
            !is_word(&parts->tokens, i) || has_class(&parts->tokens, i, COORD)))
        i++;
    return clause_skip_adverbs(&parts->tokens, i);
}

// A verb, or a past form with something that it acts on: "founded the network".
static bool has_verb(const struct parts *parts, size_t clause)
{
    struct byte_span span = parts->clauses.items[clause];
    const struct clause_token *token = parts->tokens.items;

    for (size_t i = 0; i < parts->tokens.count && token[i].end <= span.end; i++)
        if (token[i].beg >= span.beg &&
            (token[i].is_verb || (token[i].is_ed && clause_is_object(&parts->tokens, i + 1))))
            return true;
    return false;
}

// Does the clause end by saying that something was said?
static bool is_report(const struct parts *parts, size_t clause)
{
    size_t end = parts->clauses.items[clause].end, last = SIZE_MAX;

    for (size_t i = 0; i < parts->tokens.count && parts->tokens.items[i].end <= end; i++)
        if (is_word(&parts->tokens, i) && !sv_eq_cstr(word_of(&parts->tokens, i), "that"))
            last = i;
    return last != SIZE_MAX &&
           (parts->tokens.items[last].is_report || parts->tokens.items[last].is_that);
}

// How likely a clause has the verb that the first one lacks, 0: it has not. A noun's own verb
// begins its clause, since what stands between is cut off before it: "who led it, resigned"; but so
// may a participle that stands between, "elected in May".
static int likelihood(const struct parts *parts, size_t clause, bool is_noun)
{
    size_t begin = begin_of(parts, clause);

    if (has_class(&parts->tokens, begin, RELATIVE | SUBORD) || !is_word(&parts->tokens, begin))
        return 0;
    if (is_noun && !parts->tokens.items[begin].is_verb && parts->tokens.items[begin].is_ed)
        return 2;
    if (!has_verb(parts, clause))
        return 0;
    return !is_noun || parts->tokens.items[begin].is_verb ? 3 : 1;
}

// Does what is put in between end before a clause? Behind these something else begins.
static bool is_parted(const struct parts *parts, size_t clause)
{
    const struct byte_span *clauses = parts->clauses.items;

    for (size_t i = clauses[clause - 1].end; i < clauses[clause].beg; i++)
        if (parts->tokens.block.ptr[i] == ':' || parts->tokens.block.ptr[i] == ';')
            return true;
    return false;
}

// The likeliest clause, the first of several; SIZE_MAX: none.
static size_t find_predicate(const struct parts *parts)
{
    bool is_noun = !has_class(&parts->tokens, begin_of(parts, 0), PREP | SUBORD);
    size_t found = SIZE_MAX;
    int best = 0;

    for (size_t i = 1; i < parts->clauses.count && best < 3 && !is_parted(parts, i); i++) {
        int likely = likelihood(parts, i, is_noun);

        if (likely > best) {
            best = likely;
            found = i;
        }
    }
    return found;
}

bool predicate_at(const struct article *article, size_t pos, struct byte_span *out)
{
    struct parts parts = { .tokens.block = article_bytes(article) };
    struct byte_span sentence;
    size_t last;

    if (!unit_at(article, UNIT_CLAUSE, pos, out))
        return false;
    if (!unit_at(article, UNIT_SENTENCE, out->beg, &sentence))
        return true;
    clauses_of(parts.tokens.block, sentence.beg, sentence.end, &parts.clauses);
    if (parts.clauses.count > 1 && parts.clauses.items[0].beg == out->beg) {
        if (parts.clauses.count > CLAUSES_MOST)
            parts.clauses.count = CLAUSES_MOST;
        clause_read(&parts.tokens, sentence.beg, parts.clauses.items[parts.clauses.count - 1].end);
        clause_find_verbs(&parts.tokens);
        last = has_verb(&parts, 0) ? SIZE_MAX : find_predicate(&parts);
        if (last != SIZE_MAX && last + 1 < parts.clauses.count && is_report(&parts, last))
            last++;
        if (last != SIZE_MAX)
            out->end = parts.clauses.items[last].end;
    }
    spans_release(&parts.clauses);
    mem_free(parts.tokens.items);
    return true;
}
