// Inside of struct doc: the bytes of a file and where in them every key and record stands. For the
// doc_*.c files alone.
//
// A run is whole lines: from the line a key or dash stands on to the last line of its value, with
// comment lines behind that are indented deeper. What lies between two runs (comments, blank lines)
// is the lead of the second: it moves and goes with it. So a file is: lead, run, lead, run, ... and
// what is left at the end.
#ifndef GAINSAY_STORE_DOC_IMPL_H
#define GAINSAY_STORE_DOC_IMPL_H

#include <stdint.h>

#include "store/doc.h"

#define DOC_VERSION 1 // of the format: what this program reads and writes
#define FIELD_UNKNOWN UINT16_MAX
#define BYTE_ORDER_MARK "\xef\xbb\xbf" // what some editors begin a file with; it stays

// One key of a record.
struct field_run {
    uint32_t beg,
        end;        // from the record's beg; the first key's run begins at the key, behind the dash
    uint16_t field; // index in the kind's fields, or FIELD_UNKNOWN
};

struct record_run {
    const void *rec;                // NULL: could not be read; kept as it is
    struct sv yaml;                 // of one that could not be read, canonical
    size_t beg, end;                // of a block section only
    const struct field_run *fields; // in file order; NULL: it is written anew when it changes
    uint32_t field_count;
    bool ends_keep; // its last value takes in blank lines that follow (`|+`)
};

// One key of the root map.
struct head_run {
    const struct field *field; // NULL: unknown to this version
    struct sv key, yaml;       // of an unknown one: key, and value in canonical form
    size_t beg, end;           // a block section ends where its last record does
    struct byte_span value;    // the value's bytes, where it is one line or in flow style
    bool ends_keep;

    bool is_section, is_block; // block: records stand behind dashes, each on lines of its own
    bool is_kept_empty; // the header stood there without a record: it stays when the last one goes
    int dash_col;       // blanks before the dashes of a block section
    size_t records_beg; // where the lead of the first record begins
    struct record_run *records; // in file order; owned
    size_t count, cap;
};

struct place_cache; // doc_place.c

struct doc {
    const struct doc_shape *shape;
    struct buf path, bytes;
    struct arena arena;     // field runs and texts of what could not be read
    void *head;             // as it stands in the bytes
    struct head_run *heads; // in file order; owned
    size_t count, cap;
    int col;      // blanks before the keys of the root map
    bool is_flow; // the root map cannot be spliced: it is written anew when something changes
    bool is_crlf;
    size_t open_scalar; // offset of the `|` of a block scalar that the file ends in without a line
                        // end, which changes its value when one is added; SIZE_MAX: none
    struct place_cache *places; // made at the first question, dropped by doc_adopt
};

// Index of a section's field among the sections, as in doc_content.
size_t doc_section_index(const struct doc_shape *shape, const struct field *field);

void doc_heads_release(struct doc *doc);

// doc_load by libyaml, whatever form the file has.
MUST_CHECK bool doc_load_yaml(const struct doc_shape *shape, struct sv bytes, const char *path,
                              struct arena *arena, struct doc_content *content, struct doc **out,
                              struct findings *findings, struct err *err);

struct place_cache *doc_places_new(void);
void doc_places_drop(struct place_cache *cache); // leaves it empty; NULL is allowed

#endif
