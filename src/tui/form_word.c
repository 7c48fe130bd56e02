// What the keys would do in a form, in a word or two, for the hints.
// Never changes anything.
#include "tui/form_box.h"

// What <Enter> does on a row.
static const char *enter_word(const struct form *form, const struct form_place *place,
                              const struct form_row *row)
{
    switch (row->type) {
    case FORM_ROW_FIELD:
        if (row->field->type == FIELD_WORD)
            return form->path.depth ? "out" : "done";
        if (!form_can_edit(place->kind, row->field))
            return NULL;
        return row->field->type == FIELD_BOOL ? "yes or no" : "edit";
    case FORM_ROW_ITEM:
        return "open";
    case FORM_ROW_ADD:
        return "add";
    case FORM_ROW_LINKS:
        return "list them";
    case FORM_ROW_TURN:
        return "turn round";
    case FORM_ROW_DELETE:
        return "delete";
    }
    return NULL;
}

// Can <Backspace> take something out of a row?
static bool can_clear(const struct form_place *place, const struct form_row *row)
{
    return row->type == FORM_ROW_ITEM ||
           (row->type == FORM_ROW_FIELD && form_can_edit(place->kind, row->field) && place->rec &&
            !field_is_absent(place->rec, row->field) && !row->field->is_required &&
            row->field->type != FIELD_LIST);
}

// While a text is typed.
static bool typing_word(const struct form *form, enum command_id id, struct buf *out)
{
    if (id == COMMAND_LINE_KILL_ALL && !form->line.cursor)
        return false;
    buf_add_cstr(out, id == COMMAND_LINE_DONE       ? "take it"
                      : id == COMMAND_PICK_CANCEL   ? "as it was"
                      : id == COMMAND_LINE_COMPLETE ? "next"
                      : id == COMMAND_LINE_OLDER    ? "before"
                                                    : command_get(id)->name);
    return true;
}

bool form_word(struct overlay *overlay, struct app *app, enum command_id id, struct buf *out)
{
    const struct form *form = (const struct form *)overlay;
    struct form_row rows[FORM_ROWS_MAX], *row;
    struct form_place place;
    size_t count = form_level(form, app, &place, rows);
    const char *word = command_get(id)->name;

    if (form_is_typing(form))
        return typing_word(form, id, out);
    if (form->focus >= count)
        return false;
    row = &rows[form->focus];
    if (id == COMMAND_FORM_ENTER)
        word = enter_word(form, &place, row);
    else if (id == COMMAND_FORM_CLEAR)
        word = can_clear(&place, row) ? "take out" : NULL;
    else if (id == COMMAND_FORM_DONE)
        word = form->path.depth ? "out" : "done";
    else if (id == COMMAND_FORM_NEXT)
        word = "next";
    else if (id == COMMAND_FORM_UNDO)
        word = session_has_undo(app->session) ? "undo" : NULL;
    else if (id == COMMAND_FORM_EDITOR)
        word = row->type == FORM_ROW_FIELD && form_can_edit(place.kind, row->field) &&
                       (row->field->type == FIELD_TEXT || row->field->type == FIELD_STR)
                   ? "editor"
                   : NULL;
    if (!word)
        return false;
    buf_add_cstr(out, word);
    return true;
}
