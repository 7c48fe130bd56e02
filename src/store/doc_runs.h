// Lines of a file: where a key, a record or a comment begins and ends.
// Looks at bytes around places that the parser gave; never decides by itself what is YAML.
#ifndef GAINSAY_STORE_DOC_RUNS_H
#define GAINSAY_STORE_DOC_RUNS_H

#include "store/doc_impl.h"
#include "store/yaml.h"

size_t line_beg(struct sv bytes, size_t pos);  // of the line `pos` is in
size_t line_next(struct sv bytes, size_t pos); // behind its LF, or the end

// Nothing but blanks before `pos` in its line.
bool is_first_on_line(struct sv bytes, size_t pos);

// End of the run of a value whose text ends at `pos`: its line, then comment lines deeper than
// `col` blanks.
size_t run_end(struct sv bytes, size_t pos, int col);

// Does the last value of `node` take in blank lines that follow?
bool ends_in_keep(struct sv bytes, const struct ynode *node);

// Where in [beg, end), a lead, the comments begin that stand directly above what follows: behind
// the last blank line. The end when there is none.
size_t lead_own(struct sv bytes, size_t beg, size_t end);

// Run of the record `item`, the next item of a block list behind `from`; fields too if it is a
// block map whose keys stand on lines of their own.
//   dash_col  blanks before the dash
//   arena     takes the field runs
//   returns   false when the dash does not stand alone before it, as in `? - id: …`
bool record_run_make(struct sv bytes, size_t from, int dash_col, const struct kind *kind,
                     const struct ynode *item, struct arena *arena, struct record_run *out);

#endif
