// An old text and a new one, parted by a zero byte, the first two bytes a span of the old one: what
// is found lies in the new text, and what is found for sure says the same; with the old text and
// without.
#include "fuzz.h"

#include "text/anchor.h"
#include "text/article.h"
#include "text/atom.h"

#define TEXT_MAX 900

struct kept {
    size_t end, length;
};

static void take_kept(void *ctx, struct cp_span span)
{
    struct kept *kept = ctx;

    MUST(span.beg >= kept->end && span.beg < span.end && span.end <= kept->length);
    kept->end = span.end;
}

static void check_find(struct article *new, struct sv old_text, const struct quoted *quoted)
{
    struct anchors *anchors = anchors_new(new);
    struct kept kept = { 0, article_cp_len(new) };
    struct cp_span found = { 0 };
    enum anchor anchor;

    anchors_changed(anchors, old_text);
    anchor = anchors_find(anchors, quoted, &found);
    if (anchor != ANCHOR_LOST)
        MUST(found.beg < found.end && found.end <= kept.length);
    if (anchor == ANCHOR_HERE)
        MUST(found.beg == quoted->at.beg && found.end == quoted->at.end);
    if (anchor == ANCHOR_HERE || anchor == ANCHOR_MOVED)
        MUST(text_is_alike(quoted->quote, article_sub(new, article_to_bytes(new, found))));
    anchors_kept(anchors, (struct cp_span){ 0, SIZE_MAX / 2 }, take_kept, &kept);
    anchors_free(anchors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sv rest = sv_of((const char *)data + 2, size < 2 ? 0 : size - 2), old_text;
    struct arena arena = { 0 };

    if (size < 4 || size > TEXT_MAX || !sv_split(&rest, '\0', &old_text) || !old_text.len)
        return 0;

    struct article *old = article_new(old_text), *new = article_new(rest);
    size_t cps = article_cp_len(old), beg = data[0] % cps, end = beg + 1 + data[1] % (cps - beg);
    struct excerpt excerpt =
        article_excerpt(old, article_to_bytes(old, (struct cp_span){ beg, end }), &arena);
    struct quoted quoted = {
        excerpt.at, excerpt.quote, excerpt.before, excerpt.after, { 0 }, { 0 }
    };

    check_find(new, old_text, &quoted);
    check_find(new, (struct sv){ 0 }, &quoted);
    check_find(old, old_text, &quoted);
    article_free(old);
    article_free(new);
    arena_release(&arena);
    return 0;
}
