// What in one article tells of the same as a passage of another.
// Never decides: it ranks, and says by what.
#include "text/relate_inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/clause.h"
#include "text/lexicon.h"
#include "text/segment.h"
#include "text/token.h"

// ---- terms --------------------------------------------------------------------------------------

struct entry *relate_slot(const struct relate *r, uint64_t hash)
{
    size_t i = (size_t)hash & (r->table_size - 1);

    while (r->table[i].hash && r->table[i].hash != hash)
        i = (i + 1) & (r->table_size - 1);
    return &r->table[i];
}

static void grow_table(struct relate *r)
{
    struct entry *old = r->table;
    size_t size = r->table_size;

    r->table_size = size ? size * 2 : 4096;
    r->table = mem_new(r->table_size * sizeof(*r->table));
    for (size_t i = 0; i < size; i++) {
        if (old[i].hash)
            *relate_slot(r, old[i].hash) = old[i];
    }
    mem_free(old);
}

// The terms of passage `at`, counted over both sides, each once with how often it stands there.
static void count_terms(struct relate *r, struct side *side, size_t at)
{
    size_t beg = side->count_count;

    for (size_t i = 0; i < r->terms.count; i++) {
        const struct term *term = &r->terms.items[i];
        struct entry *entry;

        if (r->term_count * 2 >= r->table_size)
            grow_table(r);
        entry = relate_slot(r, term->hash);
        if (!entry->hash)
            *entry = (struct entry){ .hash = term->hash, .last = SIZE_MAX, .id = r->term_count++ };
        if (entry->last != at) {
            entry->last = at;
            entry->df++;
            entry->count = side->count_count - beg;
            MEM_GROW(side->counts, side->count_count, side->count_cap);
            side->counts[side->count_count++] =
                (struct count){ (uint32_t)entry->id, 0, term->kind == TERM_GRAM };
        }
        side->counts[beg + entry->count].times++;
    }
}

static double idf_of(const struct relate *r, size_t df)
{
    double passages = (double)(r->sides[0].count + r->sides[1].count);

    return log(1 + (passages + 1) / ((double)df + 1));
}

// Of a term that stands so often in a passage; less than once: beside what is asked about.
static double weight_of(double times, double idf)
{
    return (times <= 1 ? times : 1 + log(times)) * idf;
}

// ---- vectors ------------------------------------------------------------------------------------

// A term of one passage with how often it stands there.
struct tally {
    uint64_t hash;
    size_t id;
    double times;
    bool is_gram;
};

static int compare_tallies(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

// Each term once, by id.
static size_t tally_terms(const struct relate *r, const struct terms *terms, struct tally *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->items[i];
        const struct entry *entry = relate_slot(r, term->hash);

        out[i] = (struct tally){ term->hash, entry->hash ? entry->id : UNKNOWN,
                                 term->is_context ? CONTEXT : 1, term->kind == TERM_GRAM };
    }
    if (terms->count)
        qsort(out, terms->count, sizeof(*out), compare_tallies);
    for (size_t i = 0; i < terms->count; i++) {
        if (kept && out[kept - 1].hash == out[i].hash)
            out[kept - 1].times += out[i].times;
        else
            out[kept++] = out[i];
    }
    return kept;
}

// Weigh the terms of a passage: stems and the like have half of the unit length's square, letters
// the other half, so that the product of two vectors is the mean of two cosines.
//   out  items must have room for terms->count
static void weigh(const struct relate *r, const struct terms *terms, struct vector *out)
{
    struct tally *tallies = mem_new((terms->count + 1) * sizeof(*tallies));
    double squares[2] = { 0, 0 };

    out->count = tally_terms(r, terms, tallies);
    for (size_t i = 0; i < out->count; i++) {
        const struct tally *tally = &tallies[i];
        double idf = idf_of(r, tally->id == UNKNOWN ? 1 : r->df[tally->id]);
        double value = weight_of(tally->times, idf);

        out->items[i] = (struct weight){ (uint32_t)tally->id, (float)value };
        squares[tally->is_gram] += value * value;
    }
    for (size_t i = 0; i < out->count; i++)
        out->items[i].value *= (float)sqrt(0.5 / squares[tallies[i].is_gram]);
    mem_free(tallies);
}

double vector_product(const struct vector *a, const struct vector *b)
{
    double sum = 0;

    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        size_t x = a->items[i].id, y = b->items[j].id;

        if (x == y && x != UNKNOWN)
            sum += (double)a->items[i].value * (double)b->items[j].value;
        i += x <= y;
        j += y <= x;
    }
    return sum;
}

static void weigh_new(const struct relate *r, const struct terms *terms, struct vector *out)
{
    out->items = mem_new((terms->count + 1) * sizeof(*out->items));
    weigh(r, terms, out);
}

void relate_weigh(const struct relate *r, const struct article *article, struct byte_span span,
                  struct vector *out)
{
    struct terms terms = { 0 };

    terms_add(article_bytes(article), span, r->names, &terms);
    weigh_new(r, &terms, out);
    terms_release(&terms);
}

void relate_query_terms(const struct relate *r, int side, struct byte_span query, struct terms *out)
{
    const struct article *article = r->sides[side].article;
    struct sv text = article_bytes(article);
    struct byte_span first, last;
    size_t own;

    terms_add(text, query, r->names, out);
    own = out->count;
    if (byte_span_is_empty(query))
        return;
    if (unit_at(article, UNIT_SENTENCE, query.beg, &first) && first.beg < query.beg)
        terms_add(text, (struct byte_span){ first.beg, query.beg }, r->names, out);
    if (unit_at(article, UNIT_SENTENCE, query.end - 1, &last) && last.end > query.end)
        terms_add(text, (struct byte_span){ query.end, last.end }, r->names, out);
    for (size_t i = own; i < out->count; i++)
        out->items[i].is_context = true;
}

void relate_weigh_query(const struct relate *r, int side, struct byte_span query,
                        struct vector *out)
{
    struct terms terms = { 0 };

    relate_query_terms(r, side, query, &terms);
    weigh_new(r, &terms, out);
    terms_release(&terms);
}

// ---- making -------------------------------------------------------------------------------------

#define STEP_PASSAGES 96 // a step of the comparison

static void find_passages(struct side *side)
{
    struct units *units = units_new(side->article, UNIT_SENTENCE, false);
    struct byte_span span;

    while (units_next(units, &span)) {
        if (span.end > RELATE_BYTES) {
            side->is_cut = true;
            break;
        }
        MEM_GROW(side->passages, side->count, side->cap);
        side->passages[side->count++] = span;
    }
    units_free(units);
}

// Passage `at`, counted over both sides.
static struct side *side_at(struct relate *r, size_t at, size_t *index)
{
    struct side *side = &r->sides[at >= r->sides[0].count];

    *index = side == r->sides ? at : at - r->sides[0].count;
    return side;
}

static void count_passage(struct relate *r, size_t at)
{
    size_t index;
    struct side *side = side_at(r, at, &index);

    r->terms.count = 0;
    terms_add(article_bytes(side->article), side->passages[index], r->names, &r->terms);
    if (!side->ends)
        side->ends = mem_new((side->count + 1) * sizeof(*side->ends));
    count_terms(r, side, at);
    side->ends[index] = side->count_count;
}

// From terms to the passages that have them; of each value only how often the term stands there.
static void post_side(const struct relate *r, struct side *side)
{
    side->first = mem_new((r->term_count + 2) * sizeof(*side->first));
    side->posts = mem_new((side->count_count + 1) * sizeof(*side->posts));
    for (size_t i = 0; i < side->count_count; i++)
        side->first[side->counts[i].id + 2]++;
    for (size_t id = 0; id < r->term_count; id++)
        side->first[id + 2] += side->first[id + 1];
    for (size_t passage = 0, i = 0; passage < side->count; passage++) {
        for (; i < side->ends[passage]; i++) {
            const struct count *count = &side->counts[i];

            side->posts[side->first[count->id + 1]++] =
                (struct post){ (uint32_t)passage, (float)count->times, count->is_gram };
        }
    }
}

// Weigh the posts, as weigh() does. The squares of each passage's weights are summed up in order of
// the terms, words and letters apart.
static void weigh_posts(const struct relate *r, struct side *side, double (*squares)[2])
{
    for (size_t id = 0; id < r->term_count; id++) {
        double idf = side->first[id] < side->first[id + 1] ? idf_of(r, r->df[id]) : 0;

        for (size_t i = side->first[id]; i < side->first[id + 1]; i++) {
            struct post *post = &side->posts[i];
            double value = weight_of((double)post->value, idf);

            post->value = (float)value;
            squares[post->passage][post->is_gram] += value * value;
        }
    }
}

static void begin_vectors(struct side *side)
{
    side->vectors = mem_new((side->count + 1) * sizeof(*side->vectors));
    side->weights = mem_new((side->count_count + 1) * sizeof(*side->weights));
    for (size_t i = 0; i < side->count; i++)
        side->vectors[i].items = side->weights + (i ? side->ends[i - 1] : 0);
}

// The posts and vectors of a side, whose terms are all counted. Sorts nothing: posts are put down
// by term, and vectors are filled in the same order.
static void weigh_side(const struct relate *r, struct side *side)
{
    double(*squares)[2] = mem_new((side->count + 1) * sizeof(*squares));

    post_side(r, side);
    weigh_posts(r, side, squares);
    begin_vectors(side);
    for (size_t id = 0; id < r->term_count; id++) {
        for (size_t i = side->first[id]; i < side->first[id + 1]; i++) {
            struct post *post = &side->posts[i];
            struct vector *vector = &side->vectors[post->passage];

            post->value *= (float)sqrt(0.5 / squares[post->passage][post->is_gram]);
            vector->items[vector->count++] = (struct weight){ (uint32_t)id, post->value };
        }
    }
    mem_free(squares);
    mem_free(side->counts);
    mem_free(side->ends);
    side->counts = NULL;
    side->ends = NULL;
}

static void begin_weights(struct relate *r)
{
    r->df = mem_new((r->term_count + 1) * sizeof(*r->df));
    for (size_t i = 0; i < r->table_size; i++) {
        if (r->table[i].hash)
            r->df[r->table[i].id] = r->table[i].df;
    }
}

static size_t passage_count(const struct relate *r)
{
    return r->sides[0].count + r->sides[1].count;
}

// Count the terms of the next few passages. true: none is left.
static bool count_passages(struct relate *r)
{
    for (size_t i = 0; i < STEP_PASSAGES && r->at < passage_count(r); i++)
        count_passage(r, r->at++);
    return r->at == passage_count(r);
}

struct relate *relate_begin(const struct article *a, const struct article *b,
                            struct alias_set *names)
{
    struct relate *r = mem_new(sizeof(*r));

    r->sides[0].article = a;
    r->sides[1].article = b;
    r->names = names;
    grow_table(r);
    return r;
}

bool relate_go_on(struct relate *r)
{
    switch (r->stage) {
    case STAGE_QUOTED:
        quoted_alike_find(r->sides[0].article, r->sides[1].article, RELATE_BYTES, &r->quoted);
        break;
    case STAGE_PASSAGES:
        find_passages(&r->sides[r->at]);
        if (++r->at < 2)
            return false;
        break;
    case STAGE_COUNT:
        if (!count_passages(r))
            return false;
        terms_release(&r->terms);
        begin_weights(r);
        break;
    case STAGE_WEIGH:
        weigh_side(r, &r->sides[r->at]);
        if (++r->at < 2)
            return false;
        break;
    case STAGE_DONE:
        return true;
    }
    r->at = 0;
    r->stage++;
    return r->stage == STAGE_DONE;
}

struct relate *relate_new(const struct article *a, const struct article *b, struct alias_set *names)
{
    struct relate *r = relate_begin(a, b, names);

    while (!relate_go_on(r))
        ;
    return r;
}

static void side_release(struct side *side)
{
    mem_free(side->passages);
    mem_free(side->vectors);
    mem_free(side->weights);
    mem_free(side->counts);
    mem_free(side->ends);
    mem_free(side->first);
    mem_free(side->posts);
}

void relate_free(struct relate *relate)
{
    if (!relate)
        return;
    terms_release(&relate->terms);
    side_release(&relate->sides[0]);
    side_release(&relate->sides[1]);
    alias_set_free(relate->names);
    quoted_alikes_release(&relate->quoted);
    mem_free(relate->table);
    mem_free(relate->df);
    mem_free(relate);
}

const struct byte_span *relate_passages(const struct relate *relate, int side, size_t *count)
{
    *count = relate->sides[side].count;
    return relate->sides[side].passages;
}

bool relate_is_cut(const struct relate *relate, int side)
{
    return relate->sides[side].is_cut;
}

const struct quoted_alikes *relate_quoted(const struct relate *relate)
{
    return relate->stage == STAGE_QUOTED ? NULL : &relate->quoted;
}

// ---- ranking ------------------------------------------------------------------------------------

static const struct quoted_alike *quoted_in_both(const struct relate *r, int side,
                                                 struct byte_span here, struct byte_span there)
{
    for (size_t i = 0; i < r->quoted.count; i++) {
        const struct quoted_alike *quoted = &r->quoted.items[i];

        if (byte_spans_overlap(quoted->shared[side], here) &&
            byte_spans_overlap(quoted->shared[!side], there))
            return quoted;
    }
    return NULL;
}

// First passage of a side that ends behind `pos`.
static size_t passage_from(const struct side *side, size_t pos)
{
    size_t beg = 0, end = side->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (side->passages[mid].end <= pos)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

const struct vector *relate_passage_vector(const struct side *side, struct byte_span passage)
{
    return &side->vectors[passage_from(side, passage.beg)];
}

// Close `weight` of what the passages that overlap `there` lack.
static void lift(const struct side *side, struct byte_span there, double weight, double *scores)
{
    for (size_t i = passage_from(side, there.beg);
         i < side->count && side->passages[i].beg < there.end; i++)
        scores[i] += (1 - scores[i]) * weight;
}

static void lift_quoted(const struct relate *r, int side, struct byte_span query, double *scores)
{
    for (size_t i = 0; i < r->quoted.count; i++) {
        const struct quoted_alike *quoted = &r->quoted.items[i];

        if (byte_spans_overlap(quoted->shared[side], query))
            lift(&r->sides[!side], quoted->shared[!side], QUOTATION_WEIGHT, scores);
    }
}

static void score_all(const struct side *side, const struct vector *query, double *scores)
{
    for (size_t i = 0; i < query->count && query->items[i].id != UNKNOWN; i++) {
        size_t id = query->items[i].id;

        for (size_t j = side->first[id]; j < side->first[id + 1]; j++)
            scores[side->posts[j].passage] +=
                (double)query->items[i].value * (double)side->posts[j].value;
    }
}

// Put a passage in its place among the best so far.
static size_t insert(struct related *out, size_t count, size_t max, struct related new)
{
    size_t at = count;

    while (at > 0 && out[at - 1].score < new.score)
        at--;
    if (at == max)
        return count;
    count += count < max;
    memmove(out + at + 1, out + at, (count - at - 1) * sizeof(*out));
    out[at] = new;
    return count;
}

#define SAYS_WHO_TOKENS 5 // of a clause that says who says the rest: "according to the coast guard"

static bool says_who(struct sv clause)
{
    struct token token;
    size_t pos = 0, tokens = 0;
    bool has_cue = false;

    while (token_next(clause, &pos, &token)) {
        struct cue_word cue;

        has_cue |= lexicon_cue(sv_sub(clause, token.span.beg, clause.len), &cue) && cue.is_finite;
        tokens++;
    }
    return has_cue && tokens <= SAYS_WHO_TOKENS;
}

// The clause of a passage that has a better score alone than the whole.
static void find_best(const struct relate *r, const struct side *side, const struct vector *query,
                      struct related *related)
{
    struct spans clauses = { 0 };
    struct vector vector;
    double best = vector_product(query, relate_passage_vector(side, related->passage));

    related->best = related->passage;
    clauses_of(article_bytes(side->article), related->passage.beg, related->passage.end, &clauses,
               NULL);
    for (size_t i = 0; i < clauses.count; i++) {
        double score;

        if (says_who(article_sub(side->article, clauses.items[i])))
            continue;
        relate_weigh(r, side->article, clauses.items[i], &vector);
        score = vector_product(query, &vector);
        mem_free(vector.items);
        if (score > best) {
            best = score;
            related->best = clauses.items[i];
        }
    }
    spans_release(&clauses);
}

void relate_best(const struct relate *relate, int side, struct byte_span query,
                 struct related *items, size_t count)
{
    struct vector vector;

    relate_weigh_query(relate, side, query, &vector);
    for (size_t i = 0; i < count; i++)
        find_best(relate, &relate->sides[!side], &vector, &items[i]);
    mem_free(vector.items);
}

static void score_passages(const struct relate *r, int side, struct byte_span query,
                           const struct vector *vector, const struct relate_hint *hints,
                           size_t hint_count, double *scores)
{
    const struct side *there = &r->sides[!side];

    score_all(there, vector, scores);
    lift_quoted(r, side, query, scores);
    for (size_t i = 0; i < hint_count; i++)
        lift(there, hints[i].there, hints[i].weight, scores);
}

void relate_scores(const struct relate *relate, int side, struct byte_span query,
                   const struct relate_hint *hints, size_t hint_count, double *out)
{
    struct vector vector;

    for (size_t i = 0; i < relate->sides[!side].count; i++)
        out[i] = 0;
    relate_weigh_query(relate, side, query, &vector);
    score_passages(relate, side, query, &vector, hints, hint_count, out);
    mem_free(vector.items);
}

size_t relate_rank_whole(const struct relate *relate, int side, struct byte_span query,
                         const struct relate_hint *hints, size_t hint_count, struct related *out,
                         size_t max)
{
    const struct side *there = &relate->sides[!side];
    double *scores = mem_new((there->count + 1) * sizeof(*scores));
    struct vector vector;
    size_t count = 0;

    relate_weigh_query(relate, side, query, &vector);
    score_passages(relate, side, query, &vector, hints, hint_count, scores);
    for (size_t i = 0; i < there->count; i++) {
        if (scores[i] > 0)
            count = insert(out, count, max,
                           (struct related){ .passage = there->passages[i], .score = scores[i] });
    }
    mem_free(vector.items);
    mem_free(scores);
    return count;
}

size_t relate_rank(const struct relate *relate, int side, struct byte_span query,
                   const struct relate_hint *hints, size_t hint_count, struct related *out,
                   size_t max)
{
    size_t count = relate_rank_whole(relate, side, query, hints, hint_count, out, max);

    relate_best(relate, side, query, out, count);
    return count;
}

double relate_score(const struct relate *relate, int side, struct byte_span here,
                    struct byte_span there)
{
    struct vector mine, theirs;
    double score;

    relate_weigh(relate, relate->sides[side].article, here, &mine);
    relate_weigh(relate, relate->sides[!side].article, there, &theirs);
    score = vector_product(&mine, &theirs);
    if (quoted_in_both(relate, side, here, there))
        score += (1 - score) * QUOTATION_WEIGHT;
    mem_free(mine.items);
    mem_free(theirs.items);
    return score;
}

const char *relate_grade(double score)
{
    return score >= RELATE_SAME ? "strong" : score >= RELATE_FAIR ? "fair" : "poor";
}
