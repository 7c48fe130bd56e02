// Completion in the prompts of the panes.
// Never opens anything: only names that are known already.
#include "tui/complete.h"

#include "model/query.h"
#include "model/query.h"
#include "model/record.h"

static size_t word_beg(struct sv text, size_t cursor)
{
    while (cursor > 0 && text.ptr[cursor - 1] != ' ')
        cursor--;
    return cursor;
}

static void add(struct buf *out, struct sv word)
{
    buf_add(out, word);
    buf_add_char(out, '\n');
}

static void add_if(struct buf *out, const char *word, struct sv typed)
{
    if (sv_starts(sv_from(word), typed))
        add(out, sv_from(word));
}

static void complete_value(struct sv value, struct sv typed, struct buf *out)
{
    if (sv_starts(value, typed))
        add(out, value);
}

size_t complete_article(struct app *app, struct sv text, size_t cursor, struct buf *out)
{
    const struct fs_names *articles = &session_workspace(app->session)->articles;
    size_t beg = word_beg(text, cursor);
    struct sv typed = sv_sub(text, beg, cursor);

    for (size_t i = 0; i < articles->count; i++) {
        struct sv id = sv_from(articles->items[i]);

        if (sv_starts(id, typed) || sv_find(id, typed, 0) != SIZE_MAX)
            add(out, id);
    }
    return beg;
}

size_t complete_query(struct app *app, struct sv text, size_t cursor, struct buf *out)
{
    size_t beg = word_beg(text, cursor), count;
    const struct query_word *words = query_words(&count);
    struct sv typed = sv_sub(text, beg, cursor), key;

    for (size_t i = 0; i < count; i++) {
        key = sv_from(words[i].text);
        add_if(out, words[i].text, typed);
        if (words[i].vocab == VOCAB_NONE || !sv_starts(typed, key))
            continue;

        struct rec_list values = session_scheme(app->session)->vocabs[words[i].vocab];

        for (size_t k = 0; k < values.count; k++)
            complete_value(((const struct word *)values.items[k])->id,
                           sv_sub(typed, key.len, typed.len), out);
        return beg + key.len;
    }
    return beg;
}

static void complete_field(struct sv typed, struct buf *out)
{
    const struct kind *claim = kind_get(KIND_CLAIM);

    for (size_t i = 0; i < claim->field_count; i++)
        add_if(out, claim->fields[i].key, typed);
}

size_t complete_command(struct app *app, struct sv text, size_t cursor, struct buf *out)
{
    size_t beg = word_beg(text, cursor), name_end = sv_find(text, SV(" "), 0);
    unsigned context = app->focus == PANE_LIST        ? CONTEXT_LIST
                       : app_view(app)->has_selection ? CONTEXT_SELECT
                                                      : CONTEXT_TEXT;

    if (beg > 0) {
        switch ((int)complete_find(context, sv_sub(text, 0, name_end))) {
        case COMMAND_OPEN:
        case COMMAND_OTHER:
            return complete_article(app, text, cursor, out);
        case COMMAND_FILTER:
            return complete_query(app, text, cursor, out);
        case COMMAND_SET:
            if (name_end + 1 == beg)
                complete_field(sv_sub(text, beg, cursor), out);
            return beg;
        case COMMAND_HELP:
            break;
        default:
            return beg;
        }
    }
    for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
        const struct command *command = command_get((enum command_id)i);

        if (command->contexts & context)
            add_if(out, command->name, sv_sub(text, beg, cursor));
    }
    return beg;
}

enum command_id complete_find(unsigned context, struct sv name)
{
    enum command_id found = command_find(name);

    if (found != COMMAND_NONE || !name.len)
        return found;
    for (int i = COMMAND_NONE + 1; i < COMMAND__N; i++) {
        const struct command *command = command_get((enum command_id)i);

        if (!(command->contexts & context) || !sv_starts(sv_from(command->name), name))
            continue;
        if (found != COMMAND_NONE)
            return COMMAND_NONE;
        found = (enum command_id)i;
    }
    return found;
}
