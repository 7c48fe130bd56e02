// Completion in the prompts of the panes.
// Never opens anything: only names that are known already.
#include "tui/complete.h"

#include <string.h>

#include "base/mem.h"
#include "model/offer.h"
#include "model/record.h"
#include "session/verbs.h"

#define OFFERS_MAX 32 // topics

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

// The claims of the open articles.
static void count_claims(void *ctx, struct tally *tally)
{
    struct session *session = ((struct app *)ctx)->session;
    struct query_ctx where = { .derived = session_derived(session),
                               .registry = session_registry(session) };
    struct reading *reading;

    for (size_t i = 0; (reading = session_reading(session, i)); i++) {
        const struct layer *layer = &reading->file.layer;

        for (size_t j = 0; j < layer->sections[SECTION_CLAIMS].count; j++)
            tally_add(tally, &where, layer, layer->sections[SECTION_CLAIMS].items[j], NULL);
    }
}

size_t complete_query(struct app *app, struct sv text, size_t cursor, struct buf *out)
{
    struct sv own = session_annotator(app->session), *ids;
    struct reading *reading;
    size_t count = 0, beg;

    while (session_reading(app->session, count))
        count++;
    ids = mem_new((count + 1) * sizeof(*ids));
    for (size_t i = 0; (reading = session_reading(app->session, i)); i++)
        ids[i] = reading->id;
    beg = query_offer(&(struct offer_input){ .scheme = session_scheme(app->session),
                                             .registry = session_registry(app->session),
                                             .saved = session_saved(app->session),
                                             .articles = { ids, count },
                                             .annotators = { &own, 1 },
                                             .count = count_claims,
                                             .ctx = app },
                      text, cursor, out);
    mem_free(ids);
    return beg;
}

static void complete_topic(struct app *app, struct sv typed, struct buf *out)
{
    struct sv found[OFFERS_MAX];
    size_t count = verbs_topics(app->session, typed, found, OFFERS_MAX);

    for (size_t i = 0; i < count; i++)
        complete_value(found[i], typed, out);
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
            complete_topic(app, typed, out);
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
