// An article's text as the rest of the program sees it: borrowed bytes and a code point index.
// Never changes or copies the text, and never reads further than it is asked.
#include "text/article.h"

#include <stdint.h>
#include <string.h>

#include <nettle/sha2.h>
#include <nettle/version.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/visible.h"
#include "text/decode.h"
#include "text/utf8_run.h"

#ifndef ARTICLE_STEP
#define ARTICLE_STEP ((size_t)16 << 10) // bytes between two marks; tests build with 8
#endif

#define HIGH_BITS UINT64_C(0x8080808080808080)

// A code point boundary and how many code points lie before it.
struct mark {
    size_t pos, cp;
};

struct article {
    struct sv bytes;
    struct mark *marks; // marks[i]: the first boundary at or after i * ARTICLE_STEP
    size_t count, cap;
    bool is_whole;    // the last mark is the end of the text
    struct mark last; // what was asked for last: the next question is often about a place near it
};

static bool is_ascii32(const unsigned char *p)
{
    uint64_t w[4];

    memcpy(w, p, sizeof(w));
    return !((w[0] | w[1] | w[2] | w[3]) & HIGH_BITS);
}

// Move `mark` on to the first boundary at or after byte `pos`, or to code point `cp`, whichever
// comes first, or to the end.
static void advance(struct sv text, struct mark *mark, size_t pos, size_t cp)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t stop = pos < text.len ? pos : text.len;

    while (mark->pos < stop && mark->cp < cp) {
        if (stop - mark->pos >= 32 && cp - mark->cp >= 32 && is_ascii32(p + mark->pos)) {
            mark->pos += 32;
            mark->cp += 32;
            continue;
        }

        size_t count;

        mark->pos = utf8_run(text, mark->pos, stop, cp - mark->cp, &count);
        mark->cp += count;
        for (int i = 0; i < 32 && mark->pos < stop && mark->cp < cp; i++) {
            mark->pos += decode_size(text, mark->pos);
            mark->cp++;
        }
    }
}

static void add_mark(struct article *article)
{
    struct mark mark = article->marks[article->count - 1];

    advance(article->bytes, &mark, article->count * ARTICLE_STEP, SIZE_MAX);
    MEM_GROW(article->marks, article->count, article->cap);
    article->marks[article->count++] = mark;
    article->is_whole = mark.pos == article->bytes.len;
}

// The bytes of `span` as valid UTF-8, each invalid byte as U+FFFD.
static struct sv valid_copy(struct article *article, struct byte_span span, struct arena *arena)
{
    struct sv text = article_sub(article, span);
    struct buf out = { 0 };
    size_t size, beg = 0;

    for (size_t pos = 0; pos < text.len; pos += size) {
        if (utf8_decode(sv_sub(text, pos, text.len), &size) >= 0)
            continue;
        buf_add(&out, sv_sub(text, beg, pos));
        utf8_add(&out, 0xfffd);
        beg = pos + 1;
    }
    buf_add(&out, sv_sub(text, beg, text.len));

    struct sv copy = sv_copy(arena, buf_sv(&out));

    buf_release(&out);
    return copy;
}

struct article *article_new(struct sv bytes)
{
    struct article *article = mem_new(sizeof(*article));

    article->bytes = bytes.ptr ? bytes : SV("");
    MEM_GROW(article->marks, article->count, article->cap);
    article->marks[article->count++] = (struct mark){ 0 };
    article->is_whole = bytes.len == 0;
    return article;
}

void article_free(struct article *article)
{
    if (!article)
        return;
    mem_free(article->marks);
    mem_free(article);
}

struct sv article_bytes(const struct article *article)
{
    return article->bytes;
}

struct sv article_sub(const struct article *article, struct byte_span span)
{
    return sv_sub(article->bytes, span.beg, span.end);
}

// Is every byte between a mark and the next a code point of its own? Then nothing needs to be
// counted.
static bool is_plain(const struct article *article, size_t i)
{
    const struct mark *mark = &article->marks[i];

    return i + 1 < article->count && mark[1].pos - mark->pos == mark[1].cp - mark->cp;
}

size_t article_cp(struct article *article, size_t pos)
{
    if (pos > article->bytes.len)
        pos = article->bytes.len;
    while (!article->is_whole && article->marks[article->count - 1].pos < pos)
        add_mark(article);

    size_t i = pos / ARTICLE_STEP;

    if (i >= article->count)
        i = article->count - 1;
    while (article->marks[i].pos > pos) // a sequence that lies across the step
        i--;

    struct mark mark = article->marks[i];

    if (is_plain(article, i))
        return mark.cp + (pos - mark.pos);
    if (article->last.pos > mark.pos && article->last.pos <= pos)
        mark = article->last;
    advance(article->bytes, &mark, pos, SIZE_MAX);
    article->last = mark;
    return mark.cp;
}

size_t article_pos(struct article *article, size_t cp)
{
    while (!article->is_whole && article->marks[article->count - 1].cp < cp)
        add_mark(article);

    size_t lo = 0, hi = article->count; // the last mark at or before cp is in [lo, hi)

    while (hi - lo > 1) {
        size_t mid = (lo + hi) / 2;

        if (article->marks[mid].cp <= cp)
            lo = mid;
        else
            hi = mid;
    }

    struct mark mark = article->marks[lo];

    if (is_plain(article, lo))
        return mark.pos + (cp - mark.cp);
    if (article->last.cp > mark.cp && article->last.cp <= cp)
        mark = article->last;
    advance(article->bytes, &mark, SIZE_MAX, cp);
    article->last = mark;
    return mark.pos;
}

size_t article_cp_len(struct article *article)
{
    return article_cp(article, article->bytes.len);
}

struct cp_span article_to_cp(struct article *article, struct byte_span span)
{
    return (struct cp_span){ article_cp(article, span.beg), article_cp(article, span.end) };
}

struct byte_span article_to_bytes(struct article *article, struct cp_span span)
{
    return (struct byte_span){ article_pos(article, span.beg), article_pos(article, span.end) };
}

size_t article_line_beg(const struct article *article, size_t pos)
{
    struct sv text = article->bytes;

    if (pos > text.len)
        pos = text.len;

    const char *lf = pos ? memrchr(text.ptr, '\n', pos) : NULL;

    return lf ? (size_t)(lf - text.ptr) + 1 : 0;
}

size_t article_line_end(const struct article *article, size_t pos)
{
    struct sv text = article->bytes;

    if (pos > text.len)
        pos = text.len;

    const char *lf = pos < text.len ? memchr(text.ptr + pos, '\n', text.len - pos) : NULL;
    size_t end = lf ? (size_t)(lf - text.ptr) : text.len;

    return lf && end > 0 && text.ptr[end - 1] == '\r' ? end - 1 : end;
}

size_t article_line_next(const struct article *article, size_t pos)
{
    struct sv text = article->bytes;

    if (pos >= text.len)
        return text.len;

    const char *lf = memchr(text.ptr + pos, '\n', text.len - pos);

    return lf ? (size_t)(lf - text.ptr) + 1 : text.len;
}

size_t article_line_number(const struct article *article, size_t pos)
{
    size_t line = 1;
    struct sv text = sv_sub(article->bytes, 0, pos);

    for (const char *p = text.ptr, *end = p + text.len; p < end; line++) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            break;
        p++;
    }
    return line;
}

void article_sha256(struct sv bytes, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx ctx;
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_init(&ctx);
    if (bytes.len)
        sha256_update(&ctx, bytes.len, (const uint8_t *)bytes.ptr);
    sha256_digest(&ctx, sizeof(digest), digest);
    for (size_t i = 0; i < sizeof(digest); i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * sizeof(digest)] = '\0';
}

struct excerpt article_excerpt(struct article *article, struct byte_span span, struct arena *arena)
{
    BUG_ON(span.beg > span.end || span.end > article->bytes.len);

    struct excerpt excerpt = { .at = article_to_cp(article, span) };
    size_t first = excerpt.at.beg > LIMIT_CONTEXT ? excerpt.at.beg - LIMIT_CONTEXT : 0;
    struct byte_span before = { article_pos(article, first), span.beg };
    struct byte_span after = { span.end, article_pos(article, excerpt.at.end + LIMIT_CONTEXT) };

    excerpt.quote = valid_copy(article, span, arena);
    excerpt.before = valid_copy(article, before, arena);
    excerpt.after = valid_copy(article, after, arena);
    return excerpt;
}

void article_library(struct buf *out)
{
    buf_addf(out, "nettle %d.%d", nettle_version_major(), nettle_version_minor());
}
