// The text typed in a form as a value that outlives the program: its record, the path of its field.
// Never keeps a pointer to a record, never takes up a path that the schema does not know.
#include "tui/form.h"
#include "tui/form_box.h"
#include "tui/keep.h"

static void add_path(const struct form_path *path, const struct field *field, struct buf *out)
{
    for (int i = 0; i < path->depth; i++) {
        const struct form_step *step = &path->steps[i];

        buf_add_cstr(out, step->field->key);
        if (step->field->type == FIELD_LIST)
            buf_addf(out, "[%zu]", step->item);
        buf_add_char(out, '.');
    }
    buf_add_cstr(out, field->key);
}

bool form_unsaved(const struct overlay *overlay, struct app *app, struct unsaved *out)
{
    const struct form *form = (const struct form *)overlay;
    struct form_row rows[FORM_ROWS_MAX];
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);
    const struct field *field = form->focus < count ? rows[form->focus].field : NULL;
    struct buf saved = { 0 }, path = { 0 };
    bool is_new = false;

    if (field) {
        form_data_plain(place.rec, field, &saved);
        is_new = !sv_eq(buf_sv(&saved), buf_sv(&form->line.text));
        add_path(&form->path, field, &path);
    }
    if (is_new && form->reading) {
        is_new = keep_fill(app,
                           &(struct keep_home){ .reading = form->reading,
                                                .section = form->section,
                                                .id = buf_sv(&form->id),
                                                .field = buf_cstr(&path) },
                           buf_sv(&form->line.text), form->line.cursor, out);
    } else if (is_new) {
        buf_add(&out->text, buf_sv(&form->line.text));
        out->cursor = form->line.cursor;
        buf_add(&out->record, buf_sv(&form->id));
        buf_add(&out->field, buf_sv(&path));
    }
    buf_release(&saved);
    buf_release(&path);
    return is_new;
}

// "key" or "key[3]" of a path; *item is 0 without a number.
static const struct field *parse_step(enum kind_id kind, struct sv piece, size_t *item)
{
    struct sv key;

    *item = 0;
    if (!sv_split(&piece, '[', &key))
        return NULL;
    for (; piece.len > 1 && *item < FORM_LIST / 100; piece = sv_sub(piece, 1, piece.len)) {
        if (*piece.ptr < '0' || *piece.ptr > '9')
            return NULL;
        *item = *item * 10 + (size_t)(*piece.ptr - '0');
    }
    return piece.len && *piece.ptr != ']' ? NULL : kind_find(kind_get(kind), key);
}

static bool is_typed(const struct field *field)
{
    return field->type == FIELD_STR || field->type == FIELD_TEXT || field->type == FIELD_NUMBER ||
           field->type == FIELD_STRS;
}

static const struct field *parse_path(enum kind_id kind, struct sv text, struct form_path *path)
{
    struct sv piece;

    while (sv_split(&text, '.', &piece)) {
        size_t item;
        const struct field *field = parse_step(kind, piece, &item);

        if (!field)
            return NULL;
        if (!text.len)
            return is_typed(field) && form_can_edit(kind, field) ? field : NULL;
        if ((field->type != FIELD_MAP && field->type != FIELD_LIST) || path->depth == FORM_DEPTH)
            return NULL;
        path->steps[path->depth++] = (struct form_step){ field, item };
        kind = field->sub;
    }
    return NULL;
}

// Are the lists of the path long enough? One item more can be made.
static bool is_there(enum kind_id kind, const void *rec, const struct form_path *path)
{
    for (int i = 0; i < path->depth; i++) {
        struct form_path part = *path;

        part.depth = i + 1;
        if (path->steps[i].field->type == FIELD_LIST &&
            path->steps[i].item > form_data_at(kind, rec, &part).list.count)
            return false;
    }
    return true;
}

static bool find_section(struct sv key, enum section *out)
{
    for (int i = 0; i < SECTION__N; i++) {
        if (sv_eq_cstr(key, section_get((enum section)i)->key)) {
            *out = (enum section)i;
            return true;
        }
    }
    return false;
}

bool form_resume(struct app *app, struct reading *reading, const struct unsaved *unsaved)
{
    struct form *form;
    const struct field *field;
    const void *rec;
    enum section section = SECTION_CLAIMS;

    if (reading && !find_section(buf_sv(&unsaved->section), &section))
        return false;
    form = mem_new(sizeof(*form));
    form->reading = reading;
    form->section = section;
    form->kind = reading ? section_get(section)->kind : KIND_SOURCE;
    buf_add(&form->id, buf_sv(&unsaved->record));
    rec = form_record(form, app);
    field = parse_path(form->kind, buf_sv(&unsaved->field), &form->path);
    if (!rec || !field || !is_there(form->kind, rec, &form->path)) {
        buf_release(&form->id);
        mem_free(form);
        return false;
    }
    return form_push_typing(app, form, field, buf_sv(&unsaved->text), unsaved->cursor);
}
