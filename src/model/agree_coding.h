// Agreement of raters who each gave a value to the same units: percentage, kappa, pi, S, AC1, alpha.
// Numbers alone; what the units are is for the caller to know. A value that is undefined says why.
#ifndef GAINSAY_MODEL_AGREE_CODING_H
#define GAINSAY_MODEL_AGREE_CODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"

enum agree_why {      // why a value is undefined
    AGREE_DEFINED,
    AGREE_NO_UNITS,   // nothing that two raters gave a value to
    AGREE_ONE_VALUE,  // all is of one value: chance alone would agree as well
    AGREE_NOT_TWO,    // for two raters only
    AGREE_NO_NUMBERS, // the values are no numbers, or none that have a ratio
    AGREE_NO_SETS,    // the values are no sets
    AGREE_NO_RECORDS, // no record to compare
    AGREE_WHY__N
};
const char *agree_why_text(enum agree_why why); // "nothing was given a value by two of them"
const char *agree_why_name(enum agree_why why); // "no two values", at most 15 columns

struct measured {
    enum agree_why why;        // other than AGREE_DEFINED: the values mean nothing
    double value;
    double observed, expected; // of alpha: disagreement; of the others: agreement
    size_t units;              // that it rests on
};

enum coding_scale { CODING_WORDS, CODING_NUMBERS, CODING_SETS };

#define CODING_NONE SIZE_MAX // not coded

struct coding_value {
    struct sv name;         // borrowed
    double number;          // CODING_NUMBERS: the value; CODING_WORDS: its place in an order
    const size_t *members;  // CODING_SETS: ids of its members, ascending; borrowed
    size_t member_count;
};

struct coding {
    enum coding_scale scale;
    bool is_ordered;             // CODING_WORDS: the numbers of the values are an order
    size_t raters, units;
    size_t *codes;               // [unit * raters + rater]: index of a value, or CODING_NONE
    struct coding_value *values; // those nobody used count as categories, too
    size_t value_count, value_cap;
    struct sv *labels;           // CODING_SETS: what sets are made of; an id is an index. Names are borrowed
    size_t label_count, label_cap;
};

void coding_init(struct coding *coding, enum coding_scale scale, size_t raters, size_t units);
void coding_release(struct coding *coding);
// Index of the value with this name, added when it is new. O(values).
size_t coding_value_add(struct coding *coding, struct sv name, double number);
// The value that is the set of these labels; they are sorted here, and each counts once. Its name lists them
// between `between`, and lives in `arena`.
size_t coding_set_add(struct coding *coding, struct arena *arena, struct sv *labels, size_t count,
                      const char *between);
// One label against all others: a coding of the values "no" and "yes" over the same units. CODING_WORDS:
// `label` is a value. The caller releases it.
void coding_of_label(const struct coding *coding, size_t label, struct coding *out);
void coding_set(struct coding *coding, size_t rater, size_t unit, size_t value);

enum coding_measure {
    CODING_PERCENTAGE,      // of pairs of values of a unit, those that are equal
    CODING_COHEN,           // kappa, own shares of each of two raters
    CODING_COHEN_MAXIMUM,   // the kappa that their shares allow at most
    CODING_WEIGHTED_LINEAR, // kappa, weights by the steps between two values in their order
    CODING_SCOTT,           // pi, shares of both raters together
    CODING_BENNETT,         // S, equal shares
    CODING_GWET,            // AC1
    CODING_FLEISS,          // kappa of any number of raters; units that not all coded are left out
    CODING_ALPHA_NOMINAL,   // Krippendorff's alpha: values missing are allowed
    CODING_ALPHA_ORDINAL,
    CODING_ALPHA_INTERVAL,
    CODING_ALPHA_RATIO,
    CODING_ALPHA_SET,          // distance 0 equal, 1/3 one within the other, 2/3 overlapping, 1 apart
    CODING_ALPHA_MASI,         // 1 - Jaccard * (1 - that distance): Passonneau 2006
    CODING_ALPHA_MASI_PRODUCT, // (1 - Jaccard) * that distance
    CODING_MEASURE__N
};
const char *coding_measure_name(enum coding_measure measure); // "cohen_kappa"

// Compute one measure.
//   cost    O(units * raters^2 + values^2)
//   source  Cohen 1960; Scott 1955; Bennett et al. 1954; Gwet 2008; Fleiss 1971; Krippendorff 2004;
//           Artstein and Poesio 2008
void coding_measure(const struct coding *coding, enum coding_measure measure, struct measured *out);

// Agreement on one unit among the raters who coded it: AGREE_NO_UNITS when less than two did.
void coding_unit(const struct coding *coding, size_t unit, struct measured *out);
// Fleiss' kappa of one value against all others, over the units that all coded.
void coding_fleiss_of(const struct coding *coding, size_t value, struct measured *out);

// Counts of two raters: table[i * value_count + j] units have value i by `first` and j by `second`.
// The caller owns the table (mem_free).
MALLOC double *coding_table(const struct coding *coding, size_t first, size_t second);

// An interval of 95 % by resampling units with replacement.
struct interval {
    double low, high;
    size_t rounds;  // that gave a value
    uint64_t seed;
};
#define INTERVAL_ROUNDS 1000
// false when less than half of the rounds gave a value, or there are less than 2 units.
bool coding_interval(const struct coding *coding, enum coding_measure measure, uint64_t seed,
                     struct interval *out);
// The same for any measure of records: `take(ctx, sample, count, &value)` measures the units that
// `sample` lists, out of `units`; false: undefined.
bool interval_of(size_t units, uint64_t seed,
                 bool (*take)(void *ctx, const size_t *sample, size_t count, double *value),
                 void *ctx, struct interval *out);

#endif
