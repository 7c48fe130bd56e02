// Annotations of Hypothesis: its export as JSON, or rows as its API gives them. Each one with a
// quote is a claim: its tags are tags, its text the note. Positions there count UTF-16 units of a
// page, so that they only help to tell copies of a quote apart.
#include "exchange/forms.h"

#include <stdint.h>

#include "exchange/annotation.h"
#include "exchange/iso_time.h"
#include "model/types.h"

// "acct:ana@hypothes.is" is ana.
static struct sv user_of(const struct json_in *json, const struct jnode *row)
{
    struct sv user = json_text(json, jnode_get(row, "user"), "user");
    size_t at;

    if (sv_is_absent(user))
        return user;
    if (sv_starts(user, SV("acct:")))
        user = sv_sub(user, sizeof("acct:") - 1, user.len);
    at = sv_find(user, SV("@"), 0);
    return at == SIZE_MAX ? user : sv_sub(user, 0, at);
}

static void read_tags(const struct json_in *json, const struct jnode *row, struct claim *claim)
{
    const struct jnode *tags = jnode_get(row, "tags");

    for (size_t i = 0; tags && i < jnode_size(tags); i++) {
        struct sv tag = json_text(json, jnode_item(tags, i), "tags");

        if (!sv_is_blank(tag))
            sv_list_add(&json->in->arena, &claim->tags, tag);
    }
}

static void read_row(const struct json_in *json, const struct jnode *row, struct err_at at)
{
    struct incoming *in = json->in;
    struct claim *claim = arena_new(&in->arena, sizeof(*claim));
    const struct jnode *created = jnode_get(row, "created"),
                       *references = jnode_get(row, "references");
    struct sv source = { 0 };

    if (jnode_type(row) != JNODE_MAP) {
        json_error(json, row, E_SHAPE, "this is no annotation; it must be a map");
        return;
    }
    if (references && jnode_size(references)) {
        leftovers_add(&in->left, "replies");
        return;
    }
    if (!targets_read(json, jnode_get(row, "target"), &claim->span, &source)) {
        leftovers_add(&in->left, "notes on a whole page");
        return;
    }
    read_tags(json, row, claim);
    claim_add_comment(&in->arena, claim, json_text(json, jnode_get(row, "text"), "text"));
    if (created)
        claim->created = iso_time_read(&in->arena, jnode_string(created));
    if (sv_is_absent(source))
        source = json_text(json, jnode_get(row, "uri"), "uri");
    incoming_add(in, (struct incoming_record){
                         .section = SECTION_CLAIMS,
                         .article = source,
                         .address = source,
                         .annotator = user_of(json, row),
                         .rec = claim,
                         .at = at,
                         .is_foreign = true,
                         .is_utf16 = true,
                     });
}

void hypothesis_read(struct incoming *in, struct sv bytes)
{
    static const char *const lists[] = { "annotations", "rows" };
    const struct jnode *rows = NULL;
    struct json_in json;

    if (!json_in_read(&json, in, bytes, 1))
        return;
    if (jnode_type(json.root) == JNODE_LIST)
        rows = json.root;
    for (size_t i = 0; !rows && i < ARRAY_LEN(lists); i++)
        rows = jnode_get(json.root, lists[i]);
    if (rows && jnode_type(rows) == JNODE_LIST)
        for (size_t i = 0; i < jnode_size(rows); i++)
            read_row(&json, jnode_item(rows, i), json_item_at(&json, rows, i));
    else if (jnode_get(json.root, "target"))
        read_row(&json, json.root, json_at(&json, json.root));
    else
        json_error(&json, json.root, E_SHAPE,
                   "this is no export of Hypothesis; it must have a list 'annotations', or 'rows'");
    json_in_release(&json);
}
