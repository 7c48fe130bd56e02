// Findings in the forms in which places that review changes take them.
#ifndef GAINSAY_CLI_REVIEW_H
#define GAINSAY_CLI_REVIEW_H

#include "base/err.h"

enum review { REVIEW_NONE, REVIEW_GITHUB, REVIEW_GITLAB, REVIEW__N };

// The names, one after another; NULL after the last.
const char *review_name(size_t index);
// The form of this name; REVIEW__N: there is none.
enum review review_find(const char *name);

// Append the findings.
//   prefix     put before each path: where in the repository the workspace lies, "" or "folder/"
//   is_strict  warnings are errors
// github: a workflow command a line; gitlab: a code quality report, one JSON value.
void review_print(enum review review, const struct findings *findings, const char *prefix,
                  bool is_strict, struct buf *out);

#endif
