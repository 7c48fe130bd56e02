// Completion in the prompts of the panes.
// Never opens anything: only names that are known already.
#include "tui/complete.h"

#include <string.h>

#include "model/query.h"
#include "model/record.h"
#include "session/verbs.h"

#define OFFERS_MAX 32 // topics, tags

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
    const struct fs_names *articles = workspace_articles(session_workspace(app->session));
    size_t beg = word_beg(text, cursor);
    struct sv typed = sv_sub(text, beg, cursor);

    for (size_t i = 0; i < articles->count; i++) {
        struct sv id = sv_from(articles->items[i]);

        if (sv_starts(id, typed) || sv_find(id, typed, 0) != SIZE_MAX)
            add(out, id);
    }
    return beg;
}

static void complete_vocab(struct app *app, enum vocab_id vocab, struct sv typed, struct buf *out)
{
    struct rec_list values = session_scheme(app->session)->vocabs[vocab];

    for (size_t i = 0; i < values.count; i++)
        complete_value(((const struct word *)values.items[i])->id, typed, out);
}

// Values that no vocabulary lists: what is in use.
static void complete_free(struct app *app, struct sv key, struct sv typed, struct buf *out)
{
    const struct registry *registry = session_registry(app->session);
    struct sv found[OFFERS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < registry->count && sv_eq(key, SV("source:")); i++)
        complete_value(registry->items[i]->id, typed, out);
    if (sv_eq(key, SV("topic:")))
        count = verbs_topics(app->session, typed, found, OFFERS_MAX);
    else if (sv_eq(key, SV("tag:")))
        count = verbs_tags(app->session, typed, found, OFFERS_MAX);
    for (size_t i = 0; i < count; i++)
        complete_value(found[i], typed, out);
}

// Where the value under the cursor begins in `key:one,two`.
static size_t value_beg(struct sv typed, size_t key_len)
{
    size_t beg = typed.len;

    while (beg > key_len && typed.ptr[beg - 1] != ',')
        beg--;
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
        if (!words[i].example || !sv_starts(typed, key))
            continue;
        beg += value_beg(typed, key.len);
        typed = sv_sub(typed, value_beg(typed, key.len), typed.len);
        if (words[i].vocab != VOCAB_NONE)
            complete_vocab(app, words[i].vocab, typed, out);
        else
            complete_free(app, key, typed, out);
        return beg;
    }
    return beg;
}

// "set FIELD VALUE" with the cursor in the word at `beg`.
static void complete_set(struct app *app, struct sv text, size_t beg, struct sv typed,
                         struct buf *out)
{
    const struct kind *claim = kind_get(KIND_CLAIM);
    size_t name_end = sv_find(text, SV(" "), 0);
    struct sv name = sv_trim(sv_sub(text, name_end, beg));

    for (size_t i = 0; i < claim->field_count; i++) {
        const struct field *field = &claim->fields[i];

        if (!name.len)
            add_if(out, field->key, typed);
        else if (sv_eq(name, sv_from(field->key)) && field->type == FIELD_WORD)
            complete_vocab(app, field->vocab, typed, out);
        else if (sv_eq(name, sv_from(field->key)) && strcmp(field->key, "topic") == 0)
            complete_free(app, SV("topic:"), typed, out);
    }
}

size_t complete_command(struct app *app, struct sv text, size_t cursor, struct buf *out)
{
    size_t beg = word_beg(text, cursor), name_end = sv_find(text, SV(" "), 0);
    const struct overlay *below = app->top ? app->top->below : NULL; // the prompt is on top
    unsigned context = below                          ? below->ops->context
                       : app->focus == PANE_LIST      ? CONTEXT_LIST
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
            complete_set(app, text, beg, sv_sub(text, beg, cursor), out);
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
