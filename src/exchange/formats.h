// The forms of export and import as a table, and what each can hold of a record: formats.def at run time.
#ifndef GAINSAY_EXCHANGE_FORMATS_H
#define GAINSAY_EXCHANGE_FORMATS_H

#include "exchange/exchange.h"

enum form_id {
    FORM_NONE,
#define FORM(id, name, write, read, flags, ending, help) FORM_##id,
#define HELD(kind, key, forms)
#include "exchange/formats.def"
#undef FORM
#undef HELD
    FORM__N
};

enum form_flag {
    FORM_RECORDS = 1 << 0,
    FORM_LAYERS = 1 << 1,
    FORM_SOURCES = 1 << 2,
    FORM_FILES = 1 << 3,
    FORM_TEXTS = 1 << 4,
    FORM_COMMENTS = 1 << 5,
};

struct form {
    const char *name;
    // Make files; count in `left` what cannot be said for another reason than that no field of it is held. NULL: no
    // export.
    void (*write)(const struct outgoing *out, struct out_files *files, struct leftovers *left);
    // Read the bytes of in->path, UTF-8 or not. What is wrong with the file becomes an error in in->findings. NULL:
    // no import.
    void (*read)(struct incoming *in, struct sv bytes);
    unsigned flags;     // enum form_flag
    const char *ending; // of a file's name
    const char *help;   // at most 60 columns
};

const struct form *form_get(enum form_id id); // id != FORM_NONE
enum form_id form_find(struct sv name);       // FORM_NONE when there is none

// Does the form hold this field? Keys unknown to this version: field NULL.
bool form_holds(enum form_id id, enum kind_id kind, const struct field *field);

// What a layer has beside its records: what was read, and whether it is finished.
bool form_holds_layers(enum form_id id);

// Count what of the records going out the form has no place for, by field: "claim values".
void formats_count_left(enum form_id id, const struct outgoing *out, struct leftovers *left);

#endif
