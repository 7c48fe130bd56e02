// Verbs that set fields: a whole record from a form, one field from text. Declared in
// session/verbs.h. Never stores a word the scheme does not have or an id that names nothing.
#include "session/verbs.h"

#include <string.h>

#include "session/build.h"
#include "session/inner.h"

bool verb_edit(struct session *s, struct reading *r, enum section section, const void *rec,
               const char *what, struct err *err)
{
    struct sv id = ((const struct record *)rec)->id;

    if (!layer_find(&r->file.layer, section, id))
        return err_set(err, E_ID, ERR_NOWHERE,
                       "the %s '" SV_FMT "' is no longer there: it was deleted meanwhile",
                       kind_get(section_get(section)->kind)->name, SV_ARG(id));
    if (section == SECTION_LINKS && !link_check(s, r, rec, err))
        return false;

    struct change *change = change_begin(s, what);

    change_put(change, r, section, rec);
    return change_commit(change, err);
}

// The ids that a list of words may hold.
static bool check_list(struct session *s, const struct reading *r, const struct field *field,
                       struct sv self, struct sv_list list, struct err *err)
{
    bool is_repeats = strcmp(field->key, "repeats") == 0, is_by = strcmp(field->key, "by") == 0;
    const struct claim *claim;

    for (size_t i = 0; i < list.count; i++) {
        if (is_repeats && sv_eq(list.items[i], self))
            return err_set(err, E_DANGLING, ERR_NOWHERE, "a claim cannot repeat itself");
        if (is_repeats && !build_claim(r, list.items[i], &claim, err))
            return false;
        if (is_by && !build_check_source(s, list.items[i], err))
            return false;
    }
    return true;
}

static struct sv_list split_commas(struct arena *arena, struct sv text)
{
    struct sv_list list = { 0 };
    struct sv piece;

    while (sv_split(&text, ',', &piece)) {
        piece = sv_trim(piece);
        if (piece.len)
            list = build_strs_add(arena, list, piece);
    }
    return list;
}

// An optional sign, digits, at most one point with digits on both sides.
static bool is_number(struct sv text)
{
    size_t i = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    size_t points = 0, digits = 0;

    for (; i < text.len; i++) {
        bool is_digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';

        if (!is_digit && (text.ptr[i] != '.' || !digits || points++))
            return false;
        digits = is_digit ? digits + 1 : 0;
    }
    return digits > 0;
}

static bool check_text(struct session *s, const struct field *field, struct sv text,
                       struct err *err)
{
    if (!build_check_text(text, field->type != FIELD_TEXT, err))
        return false;
    switch (field->type) {
    case FIELD_WORD:
        return build_check_word(s, field->vocab, text, err);
    case FIELD_SOURCE:
        return build_check_source(s, text, err);
    case FIELD_NUMBER:
        return is_number(text) || err_set(err, E_SHAPE, ERR_NOWHERE,
                                          "'%s' must be a number, such as 5 or 12.5", field->key);
    case FIELD_BOOL:
        return sv_eq(text, SV("true")) ||
               err_set(err, E_SHAPE, ERR_NOWHERE, "'%s' is either 'true' or empty", field->key);
    case FIELD_STR:
    case FIELD_TEXT:
    case FIELD_STRS:
        return true;
    case FIELD_ID:
    case FIELD_TIME:
    case FIELD_COUNT:
    case FIELD_CP_SPAN:
    case FIELD_CP_SPANS:
    case FIELD_MAP:
    case FIELD_LIST:
        break;
    }
    return err_set(err, E_SHAPE, ERR_NOWHERE, "'%s' cannot be set as text", field->key);
}

// Set the member of `rec`, whose text was checked. Blank `text`: absent.
static void store_text(struct arena *arena, void *rec, const struct field *field, struct sv text)
{
    char *member = (char *)rec + field->offset;
    struct sv copy = text.len ? sv_copy(arena, text) : (struct sv){ 0 };
    struct sv_list list = { 0 };
    bool flag = text.len > 0;

    if (field->type == FIELD_BOOL) {
        memcpy(member, &flag, sizeof(flag));
    } else if (field->type == FIELD_STRS) {
        if (text.len)
            list = split_commas(arena, text);
        memcpy(member, &list, sizeof(list));
    } else {
        memcpy(member, &copy, sizeof(copy));
    }
}

static bool find_field(enum kind_id kind, const char *key, const struct field **out,
                       struct err *err)
{
    struct sv name = sv_from(key);
    const char *near;

    *out = kind_find(kind_get(kind), name);
    if (*out)
        return true;
    near = kind_nearest(kind_get(kind), name);
    return err_set(err, E_UNKNOWN_KEY, ERR_NOWHERE, "a %s has no field '%s'%s%s%s",
                   kind_get(kind)->name, key, near ? "; did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
}

// Set one field of `rec`, a record being made; `self` is the id of the record it belongs to.
static bool set_field(struct session *s, struct reading *r, void *rec, const struct field *field,
                      struct sv self, struct sv text, struct err *err)
{
    if (field->is_required && sv_is_blank(text))
        return err_set(err, E_MISSING, ERR_NOWHERE, "'%s' cannot be empty", field->key);
    if (!sv_is_blank(text) && !check_text(s, field, text, err))
        return false;
    store_text(change_arena(r), rec, field, sv_is_blank(text) ? (struct sv){ 0 } : text);
    return field->type != FIELD_STRS ||
           check_list(s, r, field, self, *(const struct sv_list *)field_get(rec, field), err);
}

// The same for a field of a claim's own mark of being contested, which is made when there is none.
static bool set_inner(struct session *s, struct reading *r, void *rec, const struct field *outer,
                      const char *key, struct sv self, struct sv text, struct err *err)
{
    const struct field *field;
    const void *old;
    void *inner;

    if (outer->type != FIELD_MAP || outer->sub != KIND_CONTESTED)
        return err_set(err, E_UNKNOWN_KEY, ERR_NOWHERE, "'%s' has no fields to be set", outer->key);
    if (!find_field(outer->sub, key, &field, err))
        return false;
    old = *(const void *const *)field_get(rec, outer);
    inner = old ? record_edit(change_arena(r), outer->sub, old)
                : arena_new(change_arena(r), kind_get(outer->sub)->size);
    memcpy((char *)rec + outer->offset, &inner, sizeof(inner));
    return set_field(s, r, inner, field, self, text, err);
}

bool verb_set_field(struct session *s, struct reading *r, enum section section, struct sv id,
                    const char *key, struct sv text, struct err *err)
{
    enum kind_id kind = section_get(section)->kind;
    const void *rec = layer_find(&r->file.layer, section, id);
    const char *dot = strchr(key, '.');
    char *name = mem_copy(key, dot ? (size_t)(dot - key) : strlen(key));
    const struct field *field;
    struct buf what = { 0 };
    bool ok = false;

    if (!rec) {
        err_set(err, E_ID, ERR_NOWHERE, "no %s '" SV_FMT "' in '" SV_FMT "'", kind_get(kind)->name,
                SV_ARG(id), SV_ARG(r->id));
        goto out;
    }
    if (!find_field(kind, name, &field, err))
        goto out;

    void *edit = record_edit(change_arena(r), kind, rec);

    text = sv_trim(text);
    ok = dot ? set_inner(s, r, edit, field, dot + 1, id, text, err)
             : set_field(s, r, edit, field, id, text, err);
    buf_addf(&what, "set %s", key);
    ok = ok && verb_edit(s, r, section, edit, buf_cstr(&what), err);
out:
    mem_free(name);
    buf_release(&what);
    return ok;
}
