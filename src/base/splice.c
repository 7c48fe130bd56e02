// Changes of a text by one stretch of it, so that a large file need not be held twice.
// Never copies what does not change.
#include "base/splice.h"

#include <string.h>

#ifndef BLOCK
#define BLOCK 4096 // bytes compared at once; tests build with 4
#endif

// Bytes that two texts have in common at their beginning, or at their end: whole blocks first,
// since a change is a small part of a file.
static size_t common_beg(struct sv a, struct sv b)
{
    size_t max = a.len < b.len ? a.len : b.len, len = 0;

    while (len + BLOCK <= max && !memcmp(a.ptr + len, b.ptr + len, BLOCK))
        len += BLOCK;
    while (len < max && a.ptr[len] == b.ptr[len])
        len++;
    return len;
}

static size_t common_end(struct sv a, struct sv b)
{
    size_t max = a.len < b.len ? a.len : b.len, len = 0;

    while (len + BLOCK <= max &&
           !memcmp(a.ptr + a.len - len - BLOCK, b.ptr + b.len - len - BLOCK, BLOCK))
        len += BLOCK;
    while (len < max && a.ptr[a.len - 1 - len] == b.ptr[b.len - 1 - len])
        len++;
    return len;
}

// The new text from byte `beg` on, which is not behind the change, up to `tail` bytes before the
// end of `old`.
static void add_middle(const struct splice *splice, struct sv old, size_t beg, size_t tail,
                       struct buf *out)
{
    buf_add(out, sv_sub(old, beg, splice->beg));
    buf_add(out, buf_sv(&splice->text));
    buf_add(out, sv_sub(old, splice->end, old.len - tail));
}

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

void splice_release(struct splice *splice)
{
    buf_release(&splice->text);
    *splice = (struct splice){ 0 };
}

void splice_trim(struct splice *splice, struct sv old)
{
    struct sv gone = sv_sub(old, splice->beg, splice->end);
    size_t beg = common_beg(gone, buf_sv(&splice->text)), end;

    buf_splice(&splice->text, 0, beg, SV(""));
    splice->beg += beg;
    gone = sv_sub(gone, beg, gone.len);
    end = common_end(gone, buf_sv(&splice->text));
    buf_splice(&splice->text, splice->text.len - end, splice->text.len, SV(""));
    splice->end -= end;
}

bool splice_is_nothing(const struct splice *splice)
{
    return splice->beg == splice->end && !splice->text.len;
}

size_t splice_len(const struct splice *splice, struct sv old)
{
    return old.len - (splice->end - splice->beg) + splice->text.len;
}

bool splice_eq(const struct splice *a, const struct splice *b, struct sv old)
{
    size_t beg = min(a->beg, b->beg), tail = min(old.len - a->end, old.len - b->end);
    struct buf x = { 0 }, y = { 0 };

    if (splice_len(a, old) != splice_len(b, old))
        return false;
    add_middle(a, old, beg, tail, &x);
    add_middle(b, old, beg, tail, &y);

    bool same = sv_eq(buf_sv(&x), buf_sv(&y));

    buf_release(&x);
    buf_release(&y);
    return same;
}

void splice_pieces(const struct splice *splice, struct sv old, struct sv pieces[3])
{
    pieces[0] = sv_sub(old, 0, splice->beg);
    pieces[1] = buf_sv(&splice->text);
    pieces[2] = sv_sub(old, splice->end, old.len);
}

void splice_apply(const struct splice *splice, struct buf *bytes)
{
    buf_splice(bytes, splice->beg, splice->end, buf_sv(&splice->text));
}

struct splice splice_inverse(const struct splice *splice, struct sv old)
{
    struct splice back = { .beg = splice->beg, .end = splice->beg + splice->text.len };

    buf_add(&back.text, sv_sub(old, splice->beg, splice->end));
    return back;
}
