// Agreement as rows: for claims, each field and links, one row for each measure, with its interval and what was
// left out. What `agree` prints, whatever the form.
#ifndef GAINSAY_MODEL_AGREE_ROWS_H
#define GAINSAY_MODEL_AGREE_ROWS_H

#include "model/agree.h"

enum agree_measure {
    AGREE_F1,
    AGREE_PERCENTAGE,
    AGREE_COHEN,
    AGREE_FLEISS,
    AGREE_SCOTT,
    AGREE_BENNETT,
    AGREE_GWET,
    AGREE_ALPHA, // the alpha that fits the field's values
    AGREE_ALPHA_U,
    AGREE_GAMMA,
    AGREE_MEASURE__N
};
const char *agree_measure_name(enum agree_measure measure); // "alpha_u": what --measure takes
enum agree_measure agree_measure_find(struct sv name);      // AGREE_MEASURE__N when there is none

struct agree_row {
    const char *field;      // "claims", "type", "links"
    const char *measure;    // "f1 exact", "alpha_nominal"
    enum agree_why why;     // undefined
    double value;
    bool has_range;
    struct interval range;
    size_t units;           // what it rests on
    size_t alone, blank;    // left out: what one alone marked; what they did not give two values to
};

struct agree_rows {
    struct agree_row *items;
    size_t count, cap;
    size_t merged;              // parts taken for one in alpha_U, as they overlap
    struct gamma_result gamma;  // the last one measured; samples 0: none was
};

struct agree_choice {
    bool measures[AGREE_MEASURE__N];
    enum agree_field field; // of this one alone; AGREE_FIELD__N: everything
    uint64_t seed;
};

// The measures that fit: f1, percentage, alpha, alpha_u and gamma, Cohen for two annotators, Fleiss for more.
struct agree_choice agree_choice_usual(size_t raters);

// Fill `out`, which is empty.
void agree_rows_make(struct agreement *agreement, const struct agree_choice *choice,
                     struct agree_rows *out);
void agree_rows_release(struct agree_rows *rows);

// One label of a field: who used it how often among what is in common, and how far they agree on it.
struct agree_label {
    struct sv name;      // empty: no voice
    size_t *used, uses;  // by each annotator; by all
    size_t common;       // units to which two of them gave it
    struct measured kappa; // of this label against all others: Cohen for two, Fleiss for more
    double f1;           // 2 * in common / all
    struct measured alpha_u; // AGREE_FIELD_TYPE alone; else AGREE_NO_RECORDS
};
struct agree_labels {
    struct agree_label *items; // most used first
    size_t count;
    struct arena arena;
};
void agree_labels_make(struct agreement *agreement, enum agree_field field,
                       struct agree_labels *out);
void agree_labels_release(struct agree_labels *labels);

// How often a value of one went with which of another, pairs of annotators taken together: rows are those
// of the earlier of each pair. Only values that were used.
struct agree_table {
    struct sv *names;
    size_t count;
    size_t *cells; // [row * count + column]
    struct arena arena;
};
void agree_table_make(struct agreement *agreement, enum agree_field field, struct agree_table *out);
void agree_table_release(struct agree_table *table);

#endif
