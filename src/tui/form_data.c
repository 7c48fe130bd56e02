// Any record as a tree of fields: paths, values as text, changed copies.
// Never changes a record in place and knows no screen.
#include "tui/form_data.h"

#include <stdint.h>
#include <string.h>

#include "session/verbs.h"

static const void *map_get(const void *rec, const struct field *field)
{
    return rec ? *(const void *const *)field_get(rec, field) : NULL;
}

static struct rec_list list_get(const void *rec, const struct field *field)
{
    return rec ? *(const struct rec_list *)field_get(rec, field) : (struct rec_list){ 0 };
}

static struct sv sv_get(const void *rec, const struct field *field)
{
    return rec ? *(const struct sv *)field_get(rec, field) : (struct sv){ 0 };
}

struct form_place form_data_at(enum kind_id kind, const void *rec, const struct form_path *path)
{
    struct form_place place = { .kind = kind, .rec = rec };

    for (int i = 0; i < path->depth; i++) {
        const struct form_step *step = &path->steps[i];

        place.kind = step->field->sub;
        if (step->field->type == FIELD_MAP) {
            place.rec = map_get(place.rec, step->field);
            continue;
        }
        place.list = list_get(place.rec, step->field);
        place.is_list = step->item == FORM_LIST;
        place.rec = step->item < place.list.count ? place.list.items[step->item] : NULL;
    }
    return place;
}

// ---- changed copies

struct edit {
    const struct form_path *path;
    const struct field *field; // NULL: drop the end of the path
    struct sv text;
    const void *map;
    struct err *err;
    struct arena *arena;
};

static bool is_number(struct sv text)
{
    size_t at = 0, digits = 0, points = 0;

    if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        at++;
    for (; at < text.len; at++) {
        if (text.ptr[at] == '.' && digits && !points++)
            continue;
        if (text.ptr[at] < '0' || text.ptr[at] > '9')
            return false;
        digits++;
    }
    return digits && text.ptr[text.len - 1] != '.';
}

static struct sv_list parse_strs(struct arena *arena, struct sv text)
{
    struct sv *items = arena_new(arena, sizeof(*items) * (text.len / 2 + 1));
    struct sv_list list = { items, 0 };
    struct sv piece;

    while (sv_split(&text, ',', &piece))
        if (!sv_is_blank(piece))
            items[list.count++] = sv_copy(arena, sv_trim(piece));
    return list.count ? list : (struct sv_list){ 0 };
}

static struct sv without_end(struct sv text) // line ends at the end are the editor's
{
    while (text.len && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
        text.len--;
    return text;
}

static bool set_text(const struct edit *edit, char *rec)
{
    void *member = rec + edit->field->offset;
    struct sv text =
        edit->field->type == FIELD_TEXT ? without_end(edit->text) : sv_trim(edit->text);
    bool is_blank = sv_is_blank(text);

    switch (field_storage(edit->field)) {
    case STORAGE_SV:
        if (edit->field->type == FIELD_NUMBER && !is_blank && !is_number(text))
            return err_set(edit->err, E_SHAPE, ERR_NOWHERE,
                           "'" SV_FMT "' is no number; use digits, and a point before decimals",
                           SV_ARG(text));
        *(struct sv *)member = is_blank ? (struct sv){ 0 } : sv_copy(edit->arena, text);
        return true;
    case STORAGE_BOOL:
        *(bool *)member = !is_blank;
        return true;
    case STORAGE_STRS:
        *(struct sv_list *)member = parse_strs(edit->arena, text);
        return true;
    case STORAGE_MAP:
        *(const void **)member = edit->map;
        return true;
    case STORAGE_COUNT:
    case STORAGE_SPAN:
    case STORAGE_SPANS:
    case STORAGE_LIST:
        break;
    }
    return err_set(edit->err, E_SHAPE, ERR_NOWHERE, "'%s' is not set by typing", edit->field->key);
}

static struct rec_list list_without(struct arena *arena, struct rec_list list, size_t item)
{
    const void **items;
    size_t count = 0;

    if (list.count < 2)
        return (struct rec_list){ 0 };
    items = arena_new(arena, sizeof(*items) * list.count);
    for (size_t i = 0; i < list.count; i++)
        if (i != item)
            items[count++] = list.items[i];
    return (struct rec_list){ items, count };
}

static const void *rebuild(const struct edit *edit, enum kind_id kind, const void *rec, int at);

static bool rebuild_item(const struct edit *edit, const struct form_step *step,
                         struct rec_list *list, int at)
{
    size_t count = step->item < list->count ? list->count : list->count + 1;
    const void **items = arena_new(edit->arena, sizeof(*items) * count);
    size_t item = step->item < list->count ? step->item : list->count;

    if (list->count)
        memcpy(items, list->items, sizeof(*items) * list->count);
    items[item] = rebuild(edit, step->field->sub, item < list->count ? items[item] : NULL, at + 1);
    *list = (struct rec_list){ items, count };
    return items[item] != NULL;
}

// Copy of `rec` with the change made below step `at`; NULL: the text was refused.
static const void *rebuild(const struct edit *edit, enum kind_id kind, const void *rec, int at)
{
    char *copy =
        rec ? record_edit(edit->arena, kind, rec) : arena_new(edit->arena, kind_get(kind)->size);
    const struct form_step *step = &edit->path->steps[at];
    void *member;

    if (at == edit->path->depth)
        return set_text(edit, copy) ? copy : NULL;
    member = copy + step->field->offset;
    if (step->field->type == FIELD_MAP) {
        const void **map = member;

        if (!edit->field && at == edit->path->depth - 1) {
            *map = NULL;
            return copy;
        }
        *map = rebuild(edit, step->field->sub, *map, at + 1);
        return *map ? copy : NULL;
    }
    if (!edit->field && at == edit->path->depth - 1) {
        *(struct rec_list *)member =
            list_without(edit->arena, *(struct rec_list *)member, step->item);
        return copy;
    }
    return rebuild_item(edit, step, member, at) ? copy : NULL;
}

static bool is_empty(enum kind_id kind, const void *rec)
{
    const struct kind *info = kind_get(kind);

    for (size_t i = 0; i < info->field_count; i++)
        if (!field_is_absent(rec, &info->fields[i]))
            return false;
    return *(const struct extra *const *)(const void *)((const char *)rec + info->extra_offset) ==
           NULL;
}

// When nothing is left of the struct at the path it goes too; a bare contested mark says something.
static const void *tidy(const struct edit *edit, enum kind_id kind, const void *rec)
{
    struct form_place place;

    if (!rec || !edit->path->depth)
        return rec;
    place = form_data_at(kind, rec, edit->path);
    if (place.kind == KIND_CONTESTED || !place.rec || !is_empty(place.kind, place.rec))
        return rec;
    return form_data_drop(edit->arena, kind, rec, edit->path);
}

const void *form_data_set(struct arena *arena, enum kind_id kind, const void *rec,
                          const struct form_path *path, const struct field *field, struct sv text,
                          struct err *err)
{
    struct edit edit = { path, field, text, NULL, err, arena };

    return tidy(&edit, kind, rebuild(&edit, kind, rec, 0));
}

const void *form_data_put(struct arena *arena, enum kind_id kind, const void *rec,
                          const struct form_path *path, const struct field *field, const void *map)
{
    struct edit edit = { path, field, { 0 }, map, NULL, arena };

    return tidy(&edit, kind, rebuild(&edit, kind, rec, 0));
}

const void *form_data_drop(struct arena *arena, enum kind_id kind, const void *rec,
                           const struct form_path *path)
{
    struct edit edit = { .path = path, .arena = arena };

    return rebuild(&edit, kind, rec, 0);
}

// ---- values as text

static void join(struct sv_list list, struct buf *out)
{
    for (size_t i = 0; i < list.count; i++) {
        if (i)
            buf_add_cstr(out, ", ");
        buf_add(out, list.items[i]);
    }
}

void form_data_plain(const void *rec, const struct field *field, struct buf *out)
{
    if (!rec || field_is_absent(rec, field))
        return;
    switch (field_storage(field)) {
    case STORAGE_SV:
        buf_add(out, sv_get(rec, field));
        break;
    case STORAGE_BOOL:
        buf_add_cstr(out, "true");
        break;
    case STORAGE_STRS:
        join(*(const struct sv_list *)field_get(rec, field), out);
        break;
    case STORAGE_COUNT:
        buf_addf(out, "%zu", *(const size_t *)field_get(rec, field));
        break;
    case STORAGE_SPAN:
    case STORAGE_SPANS:
    case STORAGE_MAP:
    case STORAGE_LIST:
        break;
    }
}

void form_data_toggle(const void *rec, const struct field *field, struct sv word, struct buf *out)
{
    struct sv_list list =
        rec ? *(const struct sv_list *)field_get(rec, field) : (struct sv_list){ 0 };
    bool was_in = false;

    for (size_t i = 0; i < list.count; i++) {
        if (sv_eq(list.items[i], word)) {
            was_in = true;
            continue;
        }
        buf_addf(out, "%s" SV_FMT, out->len ? ", " : "", SV_ARG(list.items[i]));
    }
    if (!was_in)
        buf_addf(out, "%s" SV_FMT, out->len ? ", " : "", SV_ARG(word));
}

static void add_quoted(struct sv text, struct buf *out)
{
    buf_addf(out, "%s“", out->len ? " " : "");
    buf_add(out, text);
    buf_add_cstr(out, "”");
}

static void add_word(struct sv word, struct buf *out)
{
    if (sv_is_absent(word))
        return;
    if (out->len)
        buf_add_char(out, ' ');
    buf_add(out, word);
}

static void show_voice(struct session *session, const struct voice *voice, struct buf *out)
{
    struct buf one = { 0 };

    for (; voice; voice = voice->citing) {
        buf_clear(&one);
        add_word(sv_is_absent(voice->source)
                     ? SV("?")
                     : registry_name(session_registry(session), voice->source),
                 &one);
        add_word(voice->act, &one);
        if (voice->unsure)
            add_word(SV("(unsure)"), &one);
        if (voice->cue)
            add_quoted(voice->cue->quote, &one);
        if (out->len)
            buf_add_cstr(out, " › ");
        buf_add(out, buf_sv(&one));
    }
    buf_release(&one);
}

static void show_sources(struct session *session, struct sv_list ids, struct buf *out)
{
    for (size_t i = 0; i < ids.count; i++) {
        if (i)
            buf_add_cstr(out, ", ");
        buf_add(out, registry_name(session_registry(session), ids.items[i]));
    }
}

static void show_contested(struct session *session, const struct contested *contested,
                           struct buf *out)
{
    if (contested->by.count) {
        buf_add_cstr(out, "by ");
        show_sources(session, contested->by, out);
    }
    if (!sv_is_absent(contested->why))
        buf_addf(out, "%s" SV_FMT, out->len ? ": " : "", SV_ARG(contested->why));
    if (!out->len)
        buf_add_cstr(out, "yes");
}

static const struct claim *find_claim(struct session *session, const struct reading *reading,
                                      struct sv article, struct sv id)
{
    if (!sv_is_absent(article))
        reading = session_find(session, article);
    return reading ? layer_claim(&reading->file.layer, id) : NULL;
}

static void show_claim(struct session *session, const struct reading *reading, struct sv article,
                       struct sv id, struct buf *out)
{
    const struct claim *claim = find_claim(session, reading, article, id);
    struct buf words = { 0 };

    if (claim && sv_is_absent(claim->says))
        verbs_quote(claim, &words);
    add_word(id, out);
    if (claim)
        add_quoted(words.len ? buf_sv(&words) : claim->says, out);
    buf_release(&words);
}

static void show_target(struct session *session, const struct reading *reading,
                        const struct target *target, struct buf *out)
{
    if (!sv_is_absent(target->article))
        buf_add(out, article_name(target->article));
    if (!sv_is_absent(target->claim))
        show_claim(session, reading, target->article, target->claim, out);
}

void form_data_show_map(struct session *session, const struct reading *reading, enum kind_id kind,
                        const void *map, struct buf *out)
{
    struct buf one = { 0 };

    if (kind == KIND_VOICE)
        show_voice(session, map, &one);
    else if (kind == KIND_CONTESTED)
        show_contested(session, map, &one);
    else if (kind == KIND_TARGET)
        show_target(session, reading, map, &one);
    else if (kind == KIND_CUE)
        add_quoted(((const struct cue *)map)->quote, &one);
    else if (kind == KIND_PART)
        add_quoted(((const struct part *)map)->quote, &one);
    else if (kind == KIND_VALUE) {
        add_word(((const struct value *)map)->what, &one);
        add_word(((const struct value *)map)->bound, &one);
        add_word(((const struct value *)map)->number, &one);
    }
    buf_add(out, buf_sv(&one));
    buf_release(&one);
}

static void show_list(struct session *session, const struct reading *reading,
                      const struct field *field, struct rec_list list, struct buf *out)
{
    for (size_t i = 0; i < list.count; i++) {
        if (i)
            buf_add_cstr(out, field->sub == KIND_PART ? " … " : "; ");
        form_data_show_map(session, reading, field->sub, list.items[i], out);
    }
}

void form_data_show(struct session *session, const struct reading *reading, const void *rec,
                    const struct field *field, struct buf *out)
{
    if (!rec || field_is_absent(rec, field))
        return;
    if (field->type == FIELD_MAP)
        form_data_show_map(session, reading, field->sub, map_get(rec, field), out);
    else if (field->type == FIELD_LIST)
        show_list(session, reading, field, list_get(rec, field), out);
    else if (field->type == FIELD_SOURCE)
        buf_add(out, registry_name(session_registry(session), sv_get(rec, field)));
    else if (field->type == FIELD_STRS && strcmp(field->key, "by") == 0)
        show_sources(session, *(const struct sv_list *)field_get(rec, field), out);
    else if (field->type == FIELD_BOOL)
        buf_add_cstr(out, "yes");
    else if (field->type == FIELD_ID && strcmp(field->key, "from") == 0)
        show_claim(session, reading, (struct sv){ 0 }, sv_get(rec, field), out);
    else
        form_data_plain(rec, field, out);
}
