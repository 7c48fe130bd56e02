// Words between quotation marks.
#ifndef GAINSAY_TEXT_QUOTATION_H
#define GAINSAY_TEXT_QUOTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

#define QUOTATION_PAIRS 10 // of marks

// A walk over the quotations of a line; begins as { .line = LINE }. The rest is quotation_next's: what
// it learnt further on, so that a line of marks that nothing closes is not read again for each.
struct quotations {
    struct sv line; // borrowed
    struct {
        size_t from, close; // marks that open at `from` or between the two are closed at `close`, if at all
    } known[QUOTATION_PAIRS];
    struct byte_span sentence; // the one looked at last
};

// The next quotation that opens at or after byte `from` of the line: its words, the marks left out. One
// that is never closed goes to the end of its sentence. Quotations inside it come next, when `from` is
// set to its beginning.
//   outer    its marks too
//   cost     of a whole walk with growing `from`: O(n), n = bytes of the line
bool quotation_next(struct quotations *walk, size_t from, struct byte_span *inner,
                    struct byte_span *outer);

#endif
