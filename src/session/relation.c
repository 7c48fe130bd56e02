// Two articles compared, with what the workspace knows.
// Ranks and explains; never makes a record.
#include "session/relation.h"

#include "base/mem.h"

#define SAID_BYTES 48 // of a quotation in a line of reasons

struct relate *relation_make(const struct registry *registry, const struct article *a,
                             const struct article *b)
{
    struct relate_name *names = NULL;
    size_t count = 0, cap = 0;
    struct relate *relate;

    for (size_t i = 0; registry && i < registry->count; i++) {
        const struct source *source = registry->items[i];

        for (size_t j = 0; j <= source->aliases.count; j++) {
            struct sv text = j ? source->aliases.items[j - 1] : source->name;

            if (!text.len)
                continue;
            MEM_GROW(names, count, cap);
            names[count++] = (struct relate_name){ text, i };
        }
    }
    relate = relate_new(a, b, names, count);
    mem_free(names);
    return relate;
}

static bool is_cont(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static void add_words(struct sv words, struct buf *out)
{
    size_t end = words.len;

    if (end > SAID_BYTES) {
        for (end = SAID_BYTES; end > 0 && words.ptr[end] != ' ';)
            end--;
        for (end = end ? end : SAID_BYTES; end < words.len && is_cont(words.ptr[end]);)
            end++;
    }
    buf_add(out, sv_sub(words, 0, end));
    if (end < words.len)
        buf_add_cstr(out, " …");
}

static void add_reason(const struct article *here, const struct article *there,
                       const struct reason *reason, struct buf *out)
{
    struct sv mine = article_sub(here, reason->here), theirs = article_sub(there, reason->there);

    switch (reason->kind) {
    case REASON_HINT:
        buf_add_cstr(out, "the same topic");
        return;
    case REASON_QUOTATION:
        buf_add_cstr(out, "“");
        add_words(mine, out);
        buf_add_cstr(out, "”");
        return;
    case REASON_SOURCE:
    case REASON_NUMBER:
    case REASON_SPELLING:
    case REASON_WORD:
    case REASON_NAME:
        break;
    case REASON__N:
        return;
    }
    buf_add(out, mine);
    if (!sv_eq(mine, theirs) && (reason->kind == REASON_SPELLING || reason->kind == REASON_SOURCE ||
                                 reason->kind == REASON_NUMBER)) {
        buf_add_cstr(out, "~");
        buf_add(out, theirs);
    }
}

void relation_say(const struct article *here, const struct article *there,
                  const struct reason *reasons, size_t count, double total, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_cstr(out, ", ");
        add_reason(here, there, &reasons[i], out);
        buf_addf(out, " %.0f %%", 100 * reasons[i].share / total);
    }
}
