// What a key would do with the difference at hand, in a word or two, for the hints.
// Decides nothing.
#include "tui/adjudic_box.h"

#include "model/record.h"

static size_t count_open(const struct adjudication *rows)
{
    return rows->states[ADJUDICATE_OPEN] + rows->states[ADJUDICATE_NEW] +
           rows->states[ADJUDICATE_CHANGED];
}

// Are there records of two annotators, which could both stand?
static bool is_of_several(const struct adjudicate_row *row)
{
    for (size_t m = 1; m < row->count; m++)
        if (row->members[m].rater != row->members[0].rater)
            return true;
    return false;
}

static bool is_dot_movable(const struct app *app, const struct adjudicate_row *row)
{
    size_t fields[ADJUDICATE_FIELDS], count = adjudic_fields(row, fields);

    return app->adjudic->field < count && adjudic_is_choice(row, fields[app->adjudic->field]);
}

static bool has_dots(const struct adjudicate_row *row)
{
    size_t fields[ADJUDICATE_FIELDS], count = adjudic_fields(row, fields);

    for (size_t i = 0; i < count; i++)
        if (adjudic_is_choice(row, fields[i]))
            return true;
    return false;
}

static bool is_late(const struct adjudicate_row *row)
{
    return row->state == ADJUDICATE_NEW || row->state == ADJUDICATE_CHANGED;
}

// Of the commands that are about the row; NULL: nothing.
static const char *row_word(const struct app *app, const struct adjudicate_row *row,
                            enum command_id id)
{
    bool differs = row->state != ADJUDICATE_AGREED && is_of_several(row);

    switch ((int)id) {
    case COMMAND_LANE_CHOSEN:
        return !row->count ? NULL : has_dots(row) ? "take the dots" : "take it";
    case COMMAND_LANE_STAND:
        return differs && row->differs && row->section == SECTION_CLAIMS ? "both stand" : NULL;
    case COMMAND_LANE_REJECT:
        return row->count ? "reject" : NULL;
    case COMMAND_LANE_HOLDS:
        return is_late(row) ? "still holds" : NULL;
    case COMMAND_LANE_REOPEN:
        return row->settled_count ? "take back" : NULL;
    case COMMAND_LANE_EDIT:
        return row->settled_count ? "form" : NULL;
    case COMMAND_LANE_WHY:
        return row->settled_count ? "why" : NULL;
    case COMMAND_LANE_RIGHT:
        return is_dot_movable(app, row) ? "move the dot" : NULL;
    default:
        return NULL;
    }
}

bool adjudic_word(struct overlay *overlay, struct app *app, enum command_id id, struct buf *out)
{
    const struct adjudicate_row *row = adjudic_row(app);
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    const char *word = NULL;

    (void)overlay;
    if (id == COMMAND_QUIT || id == COMMAND_LEAVE)
        word = "to the texts";
    else if (id == COMMAND_DIFFERENCES)
        word = "list";
    else if (id == COMMAND_LANE_NEXT && row)
        word = count_open(rows) > adjudicate_is_open(row->state) ? "next" : NULL;
    else if (id == COMMAND_LANE_AGREED)
        word = rows->states[ADJUDICATE_AGREED] ? "take all agreed" : NULL;
    else if (row)
        word = row_word(app, row, id);
    if (id == COMMAND_LANE_TAKE && row && adjudic_member(row, 0) < row->count)
        buf_addf(out, "take " SV_FMT, SV_ARG(rows->names[0]));
    else if (word)
        buf_add_cstr(out, word);
    else
        return false;
    return true;
}
