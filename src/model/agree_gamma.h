// The measure gamma: agreement on units that each rater found for himself, by their best alignment.
// The alignment of two raters is exact. With three and more it is exact where it can be proved within
// GAMMA_STEPS, else the best that was found, and the result says so.
#ifndef GAINSAY_MODEL_AGREE_GAMMA_H
#define GAINSAY_MODEL_AGREE_GAMMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/agree_coding.h"

struct gamma_unit {
    size_t rater, category;
    double beg, end; // beg < end
};

struct gamma_options {
    double alpha, beta, empty; // weights of place and category; dissimilarity to nothing
    uint64_t seed;
};
#define GAMMA_DEFAULT ((struct gamma_options){ .alpha = 1, .beta = 1, .empty = 1, .seed = 1 })

#define GAMMA_SAMPLES      30     // at least
#define GAMMA_SAMPLES_MOST 300
#define GAMMA_PRECISION    0.02   // of the expected disorder, at 95 %: more samples until then
#define GAMMA_STEPS        200000 // of the search for a better alignment of three raters and more

// ((|difference of beginnings| + |of ends|) / sum of lengths)^2, times `empty`; and 0 or `empty` for the
// categories. Together: alpha * the first + beta * the second.
double gamma_positional(const struct gamma_unit *a, const struct gamma_unit *b,
                        const struct gamma_options *options);
double gamma_categorical(const struct gamma_unit *a, const struct gamma_unit *b,
                         const struct gamma_options *options);

struct gamma_result {
    enum agree_why why;
    double gamma;              // 1 - disorder / expected
    double disorder, expected; // of the best alignment; mean over the samples
    size_t alignments;         // how many groups of units the best alignment has
    size_t samples;            // shuffled continua; 0: only the disorder was asked for
    bool is_best;              // proved: no alignment has less disorder
};

// Measure.
//   units    in any order
//   is_sampled  false: find the disorder alone
//   cost     of each alignment of two raters O(units * units near one); GAMMA_STEPS on top for more raters
//   source   Mathet, Widlöcher and Métivier 2015. Samples: each rater gets the units of one picked at random,
//            turned at a pivot that lies half a mean length from the others
void gamma_measure(const struct gamma_unit *units, size_t count, size_t raters,
                   const struct gamma_options *options, bool is_sampled, struct gamma_result *out);

#endif
