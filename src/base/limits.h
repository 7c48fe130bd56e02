// Every limit of the program with its reason; the manual names those a user can meet.
#ifndef GAINSAY_BASE_LIMITS_H
#define GAINSAY_BASE_LIMITS_H

#define LIMIT_YAML_BYTES ((size_t)64 << 20) // FORMAT rule 4: a larger annotation file is refused
#define LIMIT_TEXT_BYTES ((size_t)1 << 30) // a larger file is no article
#define LIMIT_YAML_DEPTH 32                 // FORMAT rule 4: deeper nesting is refused
#define LIMIT_YAML_KEY 128                  // bytes; libyaml reads no key over 1024 characters
#define LIMIT_YAML_NODES 250000             // values of one record; a bomb otherwise
#define LIMIT_YAML_VALUES 2000000           // values of one file; each takes some 50 bytes of memory
#define LIMIT_RECORDS 100000                // of one list; ten times what a long reading has
#define LIMIT_FINDINGS 1000                 // of one file, errors and warnings each; a bomb otherwise
#define LIMIT_CITING 16                     // voices inside voices, outermost counted
#define LIMIT_CONTEXT 32                    // code points of `before` and `after`
#define LIMIT_COUNT 99999                   // largest count before a key
#define LIMIT_ROWS 2000                     // cells; a larger terminal is used up to here
#define LIMIT_COLS 2000
#define LIMIT_PAGE_BYTES ((size_t)64 << 20) // of a saved page; the largest articles are a tenth of it
#define LIMIT_PAGE_TEXT ((size_t)16 << 20)  // of a page without scripts and pictures: five novels
#define LIMIT_PAGE_DEPTH 400                // elements in elements; browsers stop at 512
#define LIMIT_PAGE_TAGS 400000              // of a page; a live blog of a week has a tenth of it
#define LIMIT_NAME 200                      // bytes of an article id or annotator name
#define LIMIT_FOLDERS 8                     // folders in folders of corpus and annotations

#endif
