// Which atoms of an old text stand where in a new one: a difference of two texts, word by word.
#ifndef GAINSAY_TEXT_ALIGN_H
#define GAINSAY_TEXT_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "text/atom.h"

// So many atoms from here on are the same in both; longest possible, in order in both texts.
struct align_run {
    size_t old, new, len;
};

struct align {
    const struct atom *old, *new; // borrowed
    size_t old_count, new_count;
    struct align_run *runs;
    size_t count, cap;
};

// Compare two texts: runs that occur once in both hold them together, what is between is compared
// by Myers' shortest edit. `align_release` frees the runs; the atoms must outlive the alignment.
//   cost  O(n log n); a stretch with hundreds of changes in a row is left without runs
void align_find(const struct atom *old, size_t old_count, const struct atom *new, size_t new_count,
                struct align *out);
void align_release(struct align *align);

// What became of atoms [beg, end) of the old text, beg < end.
struct align_span {
    size_t beg, end; // atoms of the new text: the same ones, or what stands in their place; may be empty
    size_t matched;  // of the atoms asked about, how many stand there
    size_t evidence; // words of the run that holds them all; 0 when there is none
    bool is_whole;   // all of them, and nothing between
    bool is_ambiguous; // repeated text came or went beside them: another copy could as well be theirs
};
void align_map(const struct align *align, size_t beg, size_t end, struct align_span *out);

#endif
