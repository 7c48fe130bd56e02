// JSON read from a file: where its values stand, and records out of them, for imports.
#ifndef GAINSAY_EXCHANGE_JSON_PLACE_H
#define GAINSAY_EXCHANGE_JSON_PLACE_H

#include "exchange/exchange.h"
#include "exchange/json.h"

// One JSON text of a file that is imported.
struct json_in {
    struct incoming *in;
    struct sv text;
    int line; // of its first character in the file, 1-based
    struct jnode *root;
    struct {  // the item whose place was asked for last: the next one is looked for from there
        const struct jnode *list;
        size_t index, pos; // byte of the text
        int line, col;
    } last;
};

// Read `text`; false when it is no JSON: the error is in in->findings.
MUST_CHECK bool json_in_read(struct json_in *json, struct incoming *in, struct sv text, int line);
void json_in_release(struct json_in *json);

// Line and column of a value. O(text).
struct err_at json_at(const struct json_in *json, const struct jnode *node);
// The same of an item of a list; O(item) when its list's items are asked for in turn.
struct err_at json_item_at(struct json_in *json, const struct jnode *list, size_t index);
// An error there.
void json_error(const struct json_in *json, const struct jnode *node, enum err_code code, const char *fmt,
                ...) PRINTF(4, 5);

// Where the value begins that `skip` others stand before, from byte `pos` on (where a value or what is between two
// begins): byte, or text.len.
size_t json_find_value(struct sv text, size_t pos, size_t skip);

// Copy of a text that must be one; absent, with an error, where it is not. NULL node: absent.
struct sv json_text(const struct json_in *json, const struct jnode *node, const char *key);

// Fill the struct `rec` of `kind` from the members of `map` that the schema has. Members of other names are counted
// as left, but for those that `is_known` says its caller takes; NULL: none.
//   returns  false when a member is of the wrong kind or a required one is missing: errors say so
MUST_CHECK bool json_record(const struct json_in *json, enum kind_id kind, const struct jnode *map, void *rec,
                            bool (*is_known)(const char *key));
// The same for members that are a part of a record: nothing is required.
void json_fields(const struct json_in *json, enum kind_id kind, const struct jnode *map, void *rec);

#endif
