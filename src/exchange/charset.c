// Which encoding a text is of, and the text in UTF-8.
// Never believes a page against its own bytes: what is valid UTF-8 is UTF-8.
#include "exchange/charset.h"

#include <string.h>

#include "base/visible.h"
#include "exchange/charset_convert.h"
#include "exchange/charset_guess.h"

#define DECLARED_WITHIN                                                                            \
    8192                 // bytes of a page in which it says what it is of; browsers look at 1024
#define LABEL_MAX   32   // bytes of a name of an encoding
#define WIDE_SAMPLE 4096 // bytes by which UTF-16 without a mark is told
#define SLIP_EVERY  10   // a page may have one bad byte for so many good characters, and one more

static const struct {
    const char *name, *iconv_name, *labels;
} charsets[] = {
#define CHARSET(id, name, iconv_name, labels) [CHARSET_##id] = { name, iconv_name, labels },
#include "exchange/charset.def"
#undef CHARSET
};

static const struct {
    enum charset_id id;
    struct sv bytes;
} marks[] = {
    // the longer first
    { CHARSET_UTF32LE, { "\xff\xfe\0\0", 4 } }, { CHARSET_UTF32BE, { "\0\0\xfe\xff", 4 } },
    { CHARSET_UTF8, { "\xef\xbb\xbf", 3 } },    { CHARSET_UTF16LE, { "\xff\xfe", 2 } },
    { CHARSET_UTF16BE, { "\xfe\xff", 2 } },
};

const char *charset_name(enum charset_id id)
{
    return charsets[id].name;
}

const char *charset_iconv_name(enum charset_id id)
{
    return charsets[id].iconv_name;
}

enum charset_id charset_find(struct sv label)
{
    char padded[LABEL_MAX + 3] = " ";
    size_t len = 1;

    label = sv_trim(label);
    if (!label.len || label.len > LABEL_MAX)
        return CHARSET__N;
    for (size_t i = 0; i < label.len; i++) {
        char c = label.ptr[i];

        if (c <= ' ' || c > '~')
            return CHARSET__N;
        padded[len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    padded[len] = ' ';
    for (size_t i = 0; i < CHARSET__N; i++)
        if (strstr(charsets[i].labels, padded))
            return (enum charset_id)i;
    return CHARSET__N;
}

bool charset_is_utf8(struct sv bytes, size_t *multi)
{
    *multi = 0;
    while (bytes.len) {
        size_t size;

        if (utf8_decode(bytes, &size) < 0)
            return false;
        *multi += size > 1;
        bytes = sv_sub(bytes, size, bytes.len);
    }
    return true;
}

static bool matches_at(struct sv text, size_t pos, const char *lower)
{
    size_t len = strlen(lower);

    if (pos + len > text.len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text.ptr[pos + i];

        if ((c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c) != lower[i])
            return false;
    }
    return true;
}

// The label behind `key` and an equals sign in a tag: charset=x, content="text/html; charset=x".
static struct sv label_in(struct sv tag, const char *key)
{
    for (size_t i = 0; i < tag.len; i++) {
        size_t at = i + strlen(key), end;

        if (!matches_at(tag, i, key))
            continue;
        while (at < tag.len && strchr(" \t\r\n", tag.ptr[at]))
            at++;
        if (at >= tag.len || tag.ptr[at++] != '=')
            continue;
        while (at < tag.len && strchr(" \t\r\n\"'", tag.ptr[at]))
            at++;
        for (end = at; end < tag.len && !strchr(" \t\r\n\"';/>", tag.ptr[end]);)
            end++;
        return sv_sub(tag, at, end);
    }
    return (struct sv){ 0 };
}

// What the page says it is of; CHARSET__N: nothing that is known.
static enum charset_id declared_in(struct sv page)
{
    struct sv head = sv_sub(page, 0, DECLARED_WITHIN);

    for (size_t i = 0; i < head.len; i++) {
        bool is_meta = matches_at(head, i, "<meta"), is_xml = i < 4 && matches_at(head, i, "<?xml");
        size_t end;

        if (matches_at(head, i, "<!--")) {
            end = sv_find(head, SV("-->"), i);
            if (end >= head.len)
                break;
            i = end;
            continue;
        }
        if (!is_meta && !is_xml)
            continue;
        end = sv_find(head, SV(">"), i);

        enum charset_id id = charset_find(label_in(sv_sub(head, i, end < head.len ? end : head.len),
                                                   is_meta ? "charset" : "encoding"));

        if (id >= CHARSET_UTF16LE && id <= CHARSET_UTF32BE)
            return CHARSET_UTF8; // it could not have been read so far if it were
        if (id != CHARSET__N)
            return id;
    }
    return CHARSET__N;
}

// UTF-16 without a mark: every other byte of it is zero, as in texts of most languages some are.
static enum charset_id wide_without_mark(struct sv bytes)
{
    size_t zeros[2] = { 0, 0 }, len = bytes.len < WIDE_SAMPLE ? bytes.len : WIDE_SAMPLE;

    for (size_t i = 0; i < len; i++)
        zeros[i % 2] += !bytes.ptr[i];
    if (len < 4 || bytes.len % 2)
        return CHARSET__N;
    if (!zeros[0] && zeros[1] > len / 8)
        return CHARSET_UTF16LE;
    if (!zeros[1] && zeros[0] > len / 8)
        return CHARSET_UTF16BE;
    return CHARSET__N;
}

// Japanese in seven bits, which is valid UTF-8 by its bytes.
static bool is_iso2022jp(struct sv bytes)
{
    if (sv_find(bytes, SV("\x1b$B"), 0) >= bytes.len &&
        sv_find(bytes, SV("\x1b$@"), 0) >= bytes.len)
        return false;
    for (size_t i = 0; i < bytes.len; i++)
        if ((unsigned char)bytes.ptr[i] >= 0x80)
            return false;
    return true;
}

// Is it UTF-8 but for a slip here and there?
static bool is_nearly_utf8(struct sv bytes)
{
    size_t good = 0, bad = 0;

    for (size_t size; bytes.len; bytes = sv_sub(bytes, size, bytes.len)) {
        bad += utf8_decode(bytes, &size) < 0;
        good += size > 1;
    }
    return bad <= good / SLIP_EVERY + (good > 1);
}

// Does the page look right in the encoding it names?
static bool is_plausible(struct sv bytes, enum charset_id id)
{
    struct conversion conversion;
    struct buf text = { 0 };
    size_t most = bytes.len / 200 + 2;
    bool ok;

    if (id == CHARSET_UTF8)
        return is_nearly_utf8(bytes);
    ok = charset_convert(bytes, charset_iconv_name(id), most, &text, &conversion) &&
         conversion.bad <= most;
    buf_release(&text);
    return ok;
}

static void decide(struct sv bytes, bool is_page, struct charset_found *found)
{
    enum charset_id wide = wide_without_mark(bytes);
    enum charset_id declared = is_page ? declared_in(bytes) : CHARSET__N;
    size_t multi;

    if (wide != CHARSET__N) {
        *found = (struct charset_found){ .id = wide, .why = CHARSET_LIKELY };
    } else if (is_iso2022jp(bytes)) {
        *found = (struct charset_found){ .id = CHARSET_ISO2022JP, .why = CHARSET_LIKELY };
    } else if (charset_is_utf8(bytes, &multi)) {
        *found = (struct charset_found){ .id = CHARSET_UTF8, .why = CHARSET_VALID };
        if (!multi)
            declared = CHARSET__N; // ASCII is ASCII in most
    } else if (declared != CHARSET__N && is_plausible(bytes, declared)) {
        *found = (struct charset_found){ .id = declared, .why = CHARSET_DECLARED };
    } else if (is_nearly_utf8(bytes)) {
        *found = (struct charset_found){ .id = CHARSET_UTF8, .why = CHARSET_LIKELY };
    } else {
        *found = (struct charset_found){ .id = charset_guess(bytes), .why = CHARSET_LIKELY };
    }
    found->declared = declared == found->id ? CHARSET__N : declared;
}

// UTF-8 is not converted but mended.
static void copy_utf8(struct sv bytes, struct buf *out, struct charset_found *found)
{
    size_t good = 0; // where what has not been copied begins

    for (size_t at = 0, size; at < bytes.len; at += size) {
        if (utf8_decode(sv_sub(bytes, at, bytes.len), &size) >= 0)
            continue;
        buf_add(out, sv_sub(bytes, good, at));
        utf8_add(out, 0xfffd);
        good = at + size;
        if (!found->bad++)
            found->first_bad = at;
    }
    buf_add(out, sv_sub(bytes, good, bytes.len));
}

bool charset_read(struct sv bytes, enum charset_id asked, bool is_page, struct buf *out,
                  struct charset_found *found, struct err *err)
{
    struct conversion conversion;
    size_t skip = 0;
    enum charset_id marked = CHARSET__N;

    for (size_t i = 0; i < ARRAY_LEN(marks) && marked == CHARSET__N; i++) {
        if (sv_starts(bytes, marks[i].bytes)) {
            marked = marks[i].id;
            skip = marks[i].bytes.len;
        }
    }
    if (asked != CHARSET__N)
        *found =
            (struct charset_found){ .id = asked, .why = CHARSET_ASKED, .declared = CHARSET__N };
    else if (marked != CHARSET__N)
        *found =
            (struct charset_found){ .id = marked, .why = CHARSET_MARK, .declared = CHARSET__N };
    else
        decide(bytes, is_page, found);
    if (found->id != marked)
        skip = 0;
    bytes = sv_sub(bytes, skip, bytes.len);
    if (found->id == CHARSET_UTF8) {
        copy_utf8(bytes, out, found);
    } else {
        if (!charset_convert(bytes, charset_iconv_name(found->id), bytes.len, out, &conversion))
            return err_set(err, E_ENCODING, ERR_NOWHERE,
                           "this system cannot convert from %s; make it UTF-8 first",
                           charset_name(found->id));
        found->bad = conversion.bad;
        found->first_bad = conversion.first_bad;
    }
    found->first_bad += skip;
    return true;
}
