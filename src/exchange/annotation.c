// Targets, names and comments of annotations in JSON.
// A quote is taken as it is written; where it stands is found out in exchange/placing.h.
#include "exchange/annotation.h"

#include <string.h>

#include "base/limits.h"
#include "model/types.h"

// ---- names

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~/", c));
}

void urn_add(struct buf *out, const char *prefix, struct sv name)
{
    buf_add_cstr(out, prefix);
    for (size_t i = 0; i < name.len; i++) {
        if (is_plain(name.ptr[i]))
            buf_add_char(out, name.ptr[i]);
        else
            buf_addf(out, "%%%02X", (unsigned char)name.ptr[i]);
    }
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

struct sv urn_read(struct arena *arena, const char *prefix, struct sv iri)
{
    struct buf name = { 0 };
    struct sv out;

    if (sv_is_absent(iri) || !sv_starts(iri, sv_from(prefix)))
        return (struct sv){ 0 };
    for (size_t i = strlen(prefix); i < iri.len; i++) {
        int high = i + 2 < iri.len && iri.ptr[i] == '%' ? hex_value(iri.ptr[i + 1]) : -1;
        int low = high < 0 ? -1 : hex_value(iri.ptr[i + 2]);

        buf_add_char(&name, low < 0 ? iri.ptr[i] : (char)(high * 16 + low));
        i += low < 0 ? 0 : 2;
    }
    out = sv_copy(arena, buf_sv(&name));
    buf_release(&name);
    return out;
}

// ---- selectors

static bool is_type(const struct jnode *node, const char *type)
{
    const struct jnode *value = node ? jnode_get(node, "type") : NULL;

    return value && sv_eq_cstr(jnode_string(value), type);
}

static struct sv text_of(const struct json_in *json, const struct jnode *map, const char *key)
{
    return json_text(json, jnode_get(map, key), key);
}

static size_t count_of(const struct jnode *map, const char *key)
{
    const struct jnode *node = jnode_get(map, key);
    double value = node ? jnode_real(node) : 0;

    return value >= 0 && value <= (double)LIMIT_TEXT_BYTES ? (size_t)value : 0;
}

// A selector, a list of them, and those that refine one.
static void read_selector(const struct json_in *json, const struct jnode *node, struct part *part,
                          int depth)
{
    enum { DEPTH_MAX = 8 };

    if (!node || depth > DEPTH_MAX)
        return;
    for (size_t i = 0; i < jnode_size(node); i++)
        read_selector(json, jnode_item(node, i), part, depth + 1);
    if (is_type(node, "TextQuoteSelector")) {
        part->quote = text_of(json, node, "exact");
        part->before = text_of(json, node, "prefix");
        part->after = text_of(json, node, "suffix");
    } else if (is_type(node, "TextPositionSelector")) {
        part->at = (struct cp_span){ count_of(node, "start"), count_of(node, "end") };
        if (part->at.end < part->at.beg)
            part->at.end = part->at.beg;
    }
    read_selector(json, jnode_get(node, "refinedBy"), part, depth + 1);
}

// false: the target has no quote.
static bool read_target(const struct json_in *json, const struct jnode *target,
                        struct rec_list *span, struct sv *source)
{
    struct part *part = arena_new(&json->in->arena, sizeof(*part));
    const struct jnode *from = jnode_get(target, "source");
    struct sv iri;

    if (from && jnode_type(from) == JNODE_MAP)
        from = jnode_get(from, "id");
    iri = from ? sv_copy(&json->in->arena, jnode_string(from)) : (struct sv){ 0 };
    if (sv_is_absent(*source))
        *source = iri;
    read_selector(json, jnode_get(target, "selector"), part, 0);
    if (!part->quote.len)
        return false;
    if (!sv_is_absent(iri) && !sv_eq(iri, *source))
        leftovers_add(&json->in->left, "targets in another text than the first");
    else
        rec_list_add(&json->in->arena, span, part);
    return true;
}

size_t targets_read(const struct json_in *json, const struct jnode *target, struct rec_list *span,
                    struct sv *source)
{
    size_t without = 0;

    if (!target)
        return 0;
    if (jnode_type(target) != JNODE_LIST)
        without += !read_target(json, target, span, source);
    for (size_t i = 0; i < jnode_size(target); i++)
        without += !read_target(json, jnode_item(target, i), span, source);
    for (size_t i = 0; span->count && i < without; i++) // where there is none, the caller says so
        leftovers_add(&json->in->left, "targets without a quote");
    return span->count;
}

void claim_add_comment(struct arena *arena, struct claim *claim, struct sv text)
{
    struct buf all = { 0 };

    if (sv_is_blank(text))
        return;
    if (claim->note.len)
        buf_addf(&all, SV_FMT "\n\n", SV_ARG(claim->note));
    buf_add(&all, text);
    claim->note = sv_copy(arena, buf_sv(&all));
    buf_release(&all);
}
