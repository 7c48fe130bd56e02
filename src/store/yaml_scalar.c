// The style of a string: plain, single quotes, double quotes, literal lines.
// Never gives another string to any loader of YAML 1.1 or 1.2.
#include "store/yaml_scalar.h"

#include <string.h>

#include "base/visible.h"

#define NEL                 0x85 // U+0085, U+2028 and U+2029 are line ends to YAML 1.1
#define LINE_SEPARATOR      0x2028
#define PARAGRAPH_SEPARATOR 0x2029
#define MARK                0xfeff // byte order mark

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_in(char c, const char *set)
{
    return c && strchr(set, c);
}

// Code points that YAML does not let stand as they are, or that a loader takes for a line end.
static bool needs_escape(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == LINE_SEPARATOR ||
           cp == PARAGRAPH_SEPARATOR || cp == MARK || cp == 0xfffe || cp == 0xffff;
}

// Every code point can stand raw, but for those in `but`.
static bool is_printable(struct sv text, const char *but)
{
    for (size_t i = 0, size; i < text.len; i += size) {
        int32_t cp = utf8_decode(sv_sub(text, i, text.len), &size);

        if (needs_escape(cp) && (cp <= 0 || cp > 0x7f || !strchr(but, (int)cp)))
            return false;
    }
    return true;
}

static bool is_one_of(struct sv text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sv_eq_cstr(text, words[i]))
            return true;
    return false;
}

// Integers and floats of YAML 1.1 and 1.2 in any base, sexagesimal ones, dates without time: a
// digit or point first, behind a sign perhaps, and nothing but their characters. Quotes some that
// are none (1.2.3).
static bool is_like_number(struct sv text)
{
    size_t i = text.len > 1 && is_in(text.ptr[0], "+-") ? 1 : 0;
    bool has_digit = false;

    if (text.len - i > 2 && text.ptr[i] == '0' && is_in(text.ptr[i + 1], "box")) {
        for (i += 2; i < text.len; i++)
            if (!is_in(text.ptr[i], "0123456789abcdefABCDEF_"))
                return false;
        return true;
    }
    if (!is_digit(text.ptr[i]) && text.ptr[i] != '.')
        return false;
    for (; i < text.len; i++) {
        if (!is_in(text.ptr[i], "0123456789_.:eE+-"))
            return false;
        has_digit |= is_digit(text.ptr[i]);
    }
    return has_digit;
}

// 2026-11-22T03:10:00Z and its kin: a date, then T or blanks, then a digit.
static bool is_like_time(struct sv text)
{
    size_t i = 0, dashes = 0;

    while (i < text.len && (is_digit(text.ptr[i]) || text.ptr[i] == '-'))
        dashes += text.ptr[i++] == '-';
    if (dashes != 2 || i < 8 || i == text.len || !is_in(text.ptr[i], "Tt \t"))
        return false;
    while (i < text.len && is_in(text.ptr[i], "Tt \t"))
        i++;
    return i < text.len && is_digit(text.ptr[i]);
}

bool yaml_scalar_is_special(struct sv text)
{
    static const char *const words[] = {
        "",     "~",    "null", "Null", "NULL", "y",     "Y",     "yes",   "Yes",  "YES",  "n",
        "N",    "no",   "No",   "NO",   "on",   "On",    "ON",    "off",   "Off",  "OFF",  "true",
        "True", "TRUE", "=",    "<<",   ".nan", "false", "False", "FALSE", ".NaN", ".NAN",
    };
    static const char *const infinities[] = { ".inf", ".Inf", ".INF" };
    struct sv unsigned_text = text;

    if (is_one_of(text, words, ARRAY_LEN(words)))
        return true;
    if (is_in(text.ptr[0], "+-"))
        unsigned_text = sv_sub(text, 1, text.len);
    return is_one_of(unsigned_text, infinities, ARRAY_LEN(infinities)) || is_like_number(text) ||
           is_like_time(text);
}

bool yaml_scalar_is_plain(struct sv text, bool in_flow)
{
    if (!text.len || is_in(text.ptr[0], ",[]{}#&*!|>'\"%@` ") || text.ptr[text.len - 1] == ' ')
        return false;
    if (is_in(text.ptr[0], "-?:") && (in_flow || text.len == 1 || text.ptr[1] == ' '))
        return false;
    if (sv_starts(text, SV("---")) || sv_starts(text, SV("...")))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == ':' && (i + 1 == text.len || text.ptr[i + 1] == ' '))
            return false;
        if (c == '#' && i && text.ptr[i - 1] == ' ')
            return false;
        if (in_flow && is_in(c, ",[]{}?")) // `?` ends a word for PyYAML
            return false;
    }
    return is_printable(text, "");
}

bool yaml_scalar_is_literal(struct sv text)
{
    bool is_blank_line = true;

    if (text.len < 2 || !memchr(text.ptr, '\n', text.len) || text.ptr[0] == '\n' ||
        sv_ends(text, SV("\n\n")))
        return false;
    for (size_t i = 0, beg = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            if (is_blank_line && i > beg)
                return false;
            beg = i + 1;
            is_blank_line = true;
        } else {
            is_blank_line &= is_blank(text.ptr[i]);
        }
    }
    if (is_blank_line && text.ptr[text.len - 1] != '\n')
        return false;
    return is_printable(text, "\t\n");
}

static void write_single(struct sv text, struct buf *out)
{
    buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            buf_add_char(out, '\'');
        buf_add_char(out, text.ptr[i]);
    }
    buf_add_char(out, '\'');
}

static void write_escape(int32_t cp, struct buf *out)
{
    static const struct {
        char c, name;
    } names[] = {
        { '\0', '0' }, { '\a', 'a' }, { '\b', 'b' }, { '\t', 't' },   { '\n', 'n' },
        { '\v', 'v' }, { '\f', 'f' }, { '\r', 'r' }, { '\x1b', 'e' },
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (names[i].c == cp) {
            buf_addf(out, "\\%c", names[i].name);
            return;
        }
    buf_addf(out, cp < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)cp);
}

static void write_double(struct sv text, struct buf *out)
{
    buf_add_char(out, '"');
    for (size_t i = 0, size; i < text.len; i += size) {
        struct sv rest = sv_sub(text, i, text.len);
        int32_t cp = utf8_decode(rest, &size);

        if (cp < 0)
            buf_add_cstr(out, "\xef\xbf\xbd");
        else if (needs_escape(cp))
            write_escape(cp, out);
        else if (cp == '"' || cp == '\\')
            buf_addf(out, "\\%c", (char)cp);
        else
            buf_add(out, sv_sub(rest, 0, size));
    }
    buf_add_char(out, '"');
}

void yaml_scalar_write(struct sv text, bool in_flow, struct buf *out)
{
    if (yaml_scalar_is_plain(text, in_flow) && !yaml_scalar_is_special(text))
        buf_add(out, text);
    else if (is_printable(text, ""))
        write_single(text, out);
    else
        write_double(text, out);
}

void yaml_scalar_write_literal(struct sv text, int indent, struct buf *out)
{
    bool ends_line = sv_ends(text, SV("\n"));
    struct sv rest = ends_line ? sv_sub(text, 0, text.len - 1) : text, line;

    buf_add_char(out, '|');
    if (is_blank(text.ptr[0]))
        buf_add_char(out, '2');
    if (!ends_line)
        buf_add_char(out, '-');
    while (sv_split(&rest, '\n', &line)) {
        buf_add_char(out, '\n');
        if (line.len) {
            buf_add_fill(out, ' ', (size_t)indent);
            buf_add(out, line);
        }
    }
}
