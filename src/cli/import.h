// A file from outside as an article's text: its encoding, its kind, what it says of itself.
#ifndef GAINSAY_CLI_IMPORT_H
#define GAINSAY_CLI_IMPORT_H

#include "cli/context.h"
#include "exchange/metadata.h"
#include "exchange/prose.h"

enum import_type { IMPORT_TEXT, IMPORT_MARKDOWN, IMPORT_PAGE, IMPORT__N };

// Zero value is empty.
struct import {
    enum import_type type;
    struct buf text;          // as it will be stored: UTF-8, LF
    struct prose prose;       // of a page or Markdown: its pieces, those left out too
    struct metadata metadata; // what the file says of itself
};

// Read a file, or standard input for "-", as the options of `add` ask (encoding, type).
//   findings  what was done to it that the user should know
//   returns   false with E_ENCODING, E_SHAPE (no text in it), E_REFUSED, E_SYSTEM, E_USAGE
MUST_CHECK bool import_read(const struct cli *cli, const char *path, struct import *out,
                            struct findings *findings, struct err *err);
void import_release(struct import *import);

#endif
