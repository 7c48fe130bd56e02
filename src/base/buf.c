// Growing byte strings.
// Never lets a string go without its NUL.
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

static void reserve(struct buf *buf, size_t more)
{
    size_t need = buf->len + more + 1;

    if (need <= buf->cap)
        return;
    while (buf->cap < need)
        buf->cap = buf->cap ? buf->cap * 2 : 64;
    buf->ptr = mem_resize(buf->ptr, buf->cap, 1);
    buf->ptr[buf->len] = '\0';
}

void buf_release(struct buf *buf)
{
    mem_free(buf->ptr);
    *buf = (struct buf){ 0 };
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->ptr)
        buf->ptr[0] = '\0';
}

void buf_reserve(struct buf *buf, size_t more)
{
    size_t need = buf->len + more + 1;

    if (need <= buf->cap)
        return;
    buf->cap = need;
    buf->ptr = mem_resize(buf->ptr, buf->cap, 1);
    buf->ptr[buf->len] = '\0';
}

void buf_add(struct buf *buf, struct sv s)
{
    reserve(buf, s.len);
    if (s.len)
        memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
    buf->ptr[buf->len] = '\0';
}

void buf_add_cstr(struct buf *buf, const char *s)
{
    buf_add(buf, sv_from(s));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, sv_of(&c, 1));
}

void buf_add_fill(struct buf *buf, char c, size_t count)
{
    reserve(buf, count);
    memset(buf->ptr + buf->len, c, count);
    buf->len += count;
    buf->ptr[buf->len] = '\0';
}

void buf_addv(struct buf *buf, const char *fmt, va_list args)
{
    va_list again;

    va_copy(again, args);

    int len = vsnprintf(NULL, 0, fmt, again);

    va_end(again);
    BUG_ON(len < 0);
    reserve(buf, (size_t)len);
    vsnprintf(buf->ptr + buf->len, (size_t)len + 1, fmt, args);
    buf->len += (size_t)len;
}

void buf_addf(struct buf *buf, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    buf_addv(buf, fmt, args);
    va_end(args);
}

void buf_splice(struct buf *buf, size_t beg, size_t end, struct sv s)
{
    BUG_ON(beg > end || end > buf->len);
    reserve(buf, s.len);
    memmove(buf->ptr + beg + s.len, buf->ptr + end, buf->len - end + 1);
    if (s.len)
        memcpy(buf->ptr + beg, s.ptr, s.len);
    buf->len = buf->len - (end - beg) + s.len;
}

struct sv buf_sv(const struct buf *buf)
{
    return sv_of(buf->ptr ? buf->ptr : "", buf->len);
}

const char *buf_cstr(const struct buf *buf)
{
    return buf->ptr ? buf->ptr : "";
}
