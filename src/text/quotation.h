// Words between quotation marks.
#ifndef GAINSAY_TEXT_QUOTATION_H
#define GAINSAY_TEXT_QUOTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

// The next quotation of `line` that opens at or after `from`: its words, the marks left out. One that
// is never closed goes to the end of its sentence. Quotations inside it come next, when `from` is
// set to its beginning.
//   outer    its marks too
bool quotation_next(struct sv line, size_t from, struct byte_span *inner, struct byte_span *outer);

#endif
