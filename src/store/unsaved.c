// A text that was being typed, in bytes: written, and read as strictly as anything from outside.
// Never touches a file, never takes a part of a damaged one.
#include "store/unsaved.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "base/visible.h"
#include "text/article.h"

#define FIRST_LINE "gainsay unsaved 1\n"
#define SUM_NAME   "sum"
#define SUM_BYTES  64
#define NAME_BYTES 4096 // of every member but the text

// Members that are bytes, in the order of the file.
static const struct member {
    const char *name;
    size_t offset; // of its struct buf
    size_t max;
} members[] = {
    { "workspace", offsetof(struct unsaved, root), NAME_BYTES },
    { "annotator", offsetof(struct unsaved, annotator), NAME_BYTES },
    { "owner", offsetof(struct unsaved, owner), NAME_BYTES },
    { "when", offsetof(struct unsaved, when), NAME_BYTES },
    { "article", offsetof(struct unsaved, article), NAME_BYTES },
    { "section", offsetof(struct unsaved, section), NAME_BYTES },
    { "record", offsetof(struct unsaved, record), NAME_BYTES },
    { "field", offsetof(struct unsaved, field), NAME_BYTES },
    { "command", offsetof(struct unsaved, command), NAME_BYTES },
    { "quote", offsetof(struct unsaved, quote), NAME_BYTES },
    { "text", offsetof(struct unsaved, text), UNSAVED_BYTES },
};

// And those that are numbers, behind them.
static const struct count {
    const char *name;
    size_t offset; // of its size_t
} counts[] = {
    { "begin", offsetof(struct unsaved, span.beg) },
    { "end", offsetof(struct unsaved, span.end) },
    { "cursor", offsetof(struct unsaved, cursor) },
};

static const struct buf *bytes_of(const struct unsaved *unsaved, const struct member *member)
{
    return (const struct buf *)(const void *)((const char *)unsaved + member->offset);
}

static struct buf *buf_of(struct unsaved *unsaved, const struct member *member)
{
    return (struct buf *)(void *)((char *)unsaved + member->offset);
}

void unsaved_release(struct unsaved *unsaved)
{
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        buf_release(buf_of(unsaved, &members[i]));
    *unsaved = (struct unsaved){ 0 };
}

static void add_member(struct buf *out, const char *name, struct sv value)
{
    buf_addf(out, "%s %zu\n", name, value.len);
    buf_add(out, value);
    buf_add_char(out, '\n');
}

static struct sv sum_of(struct sv bytes, char hex[SUM_BYTES + 1])
{
    article_sha256(bytes, hex);
    return sv_of(hex, SUM_BYTES);
}

void unsaved_print(const struct unsaved *unsaved, struct buf *out)
{
    size_t beg = out->len;
    char hex[SUM_BYTES + 1];
    struct buf number = { 0 };

    buf_add_cstr(out, FIRST_LINE);
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        add_member(out, members[i].name, buf_sv(bytes_of(unsaved, &members[i])));
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        buf_clear(&number);
        buf_addf(&number, "%zu",
                 *(const size_t *)(const void *)((const char *)unsaved + counts[i].offset));
        add_member(out, counts[i].name, buf_sv(&number));
    }
    add_member(out, SUM_NAME, sum_of(sv_sub(buf_sv(out), beg, out->len), hex));
    buf_release(&number);
}

// ---- reading

struct reader {
    struct sv all, rest;
    const char *path;
    struct err *err;
};

static bool refuse(const struct reader *reader, const char *what)
{
    struct sv read = sv_sub(reader->all, 0, reader->all.len - reader->rest.len);
    int line = 1;

    for (size_t i = 0; i < read.len; i++)
        line += read.ptr[i] == '\n' && line < INT32_MAX;
    return err_set(reader->err, E_REFUSED, (struct err_at){ reader->path, line, 1 },
                   "the kept text is damaged: %s", what);
}

// Decimal digits alone, without a leading zero, below `max`.
static bool parse_size(struct sv text, size_t max, size_t *out)
{
    size_t value = 0;

    if (!text.len || (text.len > 1 && text.ptr[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (size_t)(text.ptr[i] - '0');
        if (value > max)
            return false;
    }
    *out = value;
    return true;
}

// The value of the next member, which must be `name`.
static bool take(struct reader *reader, const char *name, size_t max, struct sv *out)
{
    struct sv rest = reader->rest, line, word;
    size_t len;

    if (sv_find(rest, SV("\n"), 0) == SIZE_MAX)
        return refuse(reader, "it ends too early");
    sv_split(&rest, '\n', &line);
    if (!sv_split(&line, ' ', &word) || !sv_eq_cstr(word, name) || !parse_size(line, max, &len))
        return refuse(reader, "a member is not the one expected, or too long");
    if (rest.len <= len || rest.ptr[len] != '\n')
        return refuse(reader, "a value does not end where it should");
    *out = sv_sub(rest, 0, len);
    reader->rest = sv_sub(rest, len + 1, rest.len);
    return true;
}

static bool is_text(struct sv value, bool is_multi)
{
    for (size_t i = 0, size; i < value.len; i += size) {
        int32_t cp = utf8_decode(sv_sub(value, i, value.len), &size);

        if (cp < 0 || (cp < 0x20 && !(is_multi && cp == '\n')) || cp == 0x7f)
            return false;
    }
    return true;
}

static bool is_boundary(struct sv text, size_t pos)
{
    return pos == text.len || (pos < text.len && ((unsigned char)text.ptr[pos] & 0xc0) != 0x80);
}

static bool read_members(struct reader *reader, struct unsaved *out)
{
    struct sv value;

    for (size_t i = 0; i < ARRAY_LEN(members); i++) {
        if (!take(reader, members[i].name, members[i].max, &value))
            return false;
        if (!is_text(value, members[i].max > NAME_BYTES))
            return refuse(reader, "a value is no text");
        buf_add(buf_of(out, &members[i]), value);
    }
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        size_t *count = (size_t *)(void *)((char *)out + counts[i].offset);

        if (!take(reader, counts[i].name, NAME_BYTES, &value))
            return false;
        if (!parse_size(value, LIMIT_TEXT_BYTES, count))
            return refuse(reader, "a position is no number");
    }
    return true;
}

static bool read_all(struct reader *reader, struct unsaved *out)
{
    char hex[SUM_BYTES + 1];
    struct sv sum, summed;

    if (!sv_starts(reader->rest, SV(FIRST_LINE)))
        return refuse(reader, "it does not begin as one");
    reader->rest = sv_sub(reader->rest, sizeof(FIRST_LINE) - 1, reader->rest.len);
    if (!read_members(reader, out))
        return false;
    summed = sv_sub(reader->all, 0, reader->all.len - reader->rest.len);
    if (!take(reader, SUM_NAME, SUM_BYTES, &sum))
        return false;
    if (!sv_eq(sum, sum_of(summed, hex)))
        return refuse(reader, "its sum is not that of its bytes");
    if (reader->rest.len)
        return refuse(reader, "something stands behind its end");
    if (out->span.end < out->span.beg || !is_boundary(buf_sv(&out->text), out->cursor))
        return refuse(reader, "a position is outside of its text");
    return true;
}

bool unsaved_parse(struct sv bytes, const char *path, struct unsaved *out, struct err *err)
{
    struct reader reader = { .all = bytes, .rest = bytes, .path = path, .err = err };

    *out = (struct unsaved){ 0 };
    if (read_all(&reader, out))
        return true;
    unsaved_release(out);
    return false;
}
