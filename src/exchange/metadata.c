// What is said of an article, each value brought into the form that files have.
// Never guesses: a value that cannot be read as what it should be is left out.
#include "exchange/metadata.h"

#include "base/visible.h"
#include "exchange/prose.h"

#define VALUE_MAX 1000 // bytes; a longer title or name is none

static struct sv *field_of(struct meta *meta, enum metadata_field field)
{
    switch (field) {
    case METADATA_TITLE:
        return &meta->title;
    case METADATA_AUTHOR:
        return &meta->author;
    case METADATA_OUTLET:
        return &meta->outlet;
    case METADATA_PUBLISHED:
        return &meta->published;
    case METADATA_URL:
        return &meta->url;
    case METADATA_LANGUAGE:
        return &meta->language;
    case METADATA_LICENCE:
    case METADATA__N: // no field: never asked for
        break;
    }
    return &meta->licence;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// Does the text begin as `shape` is, 9 being any digit?
static bool has_shape(struct sv text, const char *shape)
{
    for (size_t i = 0; shape[i]; i++)
        if (i >= text.len || (shape[i] == '9' ? !is_digit(text.ptr[i]) : text.ptr[i] != shape[i]))
            return false;
    return true;
}

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + at[1] - '0';
}

// The zone behind a time: Z, +02:00, +0200 or nothing.
static bool add_zone(struct sv rest, struct buf *out)
{
    if (rest.len && (rest.ptr[0] | 0x20) == 'z') {
        buf_add_char(out, 'Z');
        return true;
    }
    if (!rest.len || (rest.ptr[0] != '+' && rest.ptr[0] != '-'))
        return true;

    struct sv zone = sv_sub(rest, 1, rest.len);

    if (!has_shape(zone, "99:99") && !has_shape(zone, "9999"))
        return false;
    buf_addf(out, "%c%.2s:%.2s", rest.ptr[0], zone.ptr, zone.ptr + (zone.ptr[2] == ':' ? 3 : 2));
    return true;
}

// 2026-11-25, with T and a time to the second or to the minute, with a zone.
static bool add_iso(struct sv text, struct buf *out)
{
    if (!has_shape(text, "9999-99-99") || two_digits(text.ptr + 5) < 1 ||
        two_digits(text.ptr + 5) > 12 || two_digits(text.ptr + 8) < 1 ||
        two_digits(text.ptr + 8) > 31)
        return false;
    buf_add(out, sv_sub(text, 0, 10));
    text = sv_sub(text, 10, text.len);
    if (text.len && (text.ptr[0] == 'T' || text.ptr[0] == ' '))
        text = sv_trim(sv_sub(text, 1, text.len));
    if (!has_shape(text, "99:99"))
        return true; // the day alone

    bool has_seconds = has_shape(text, "99:99:99");
    struct buf time = { 0 };

    buf_addf(&time, "T%.5s:%.2s", text.ptr, has_seconds ? text.ptr + 6 : "00");
    text = sv_sub(text, has_seconds ? 8 : 5, text.len);
    if (text.len && text.ptr[0] == '.') { // parts of a second
        text = sv_sub(text, 1, text.len);
        while (text.len && is_digit(text.ptr[0]))
            text = sv_sub(text, 1, text.len);
    }
    if (add_zone(sv_trim(text), &time))
        buf_add(out, buf_sv(&time));
    buf_release(&time);
    return true;
}

static size_t month_of(struct sv word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

    for (size_t i = 0; word.len >= 3 && i < 12; i++) {
        size_t k = 0;

        while (k < 3 && (word.ptr[k] | 0x20) == names[3 * i + k])
            k++;
        if (k == 3)
            return i + 1;
    }
    return 0;
}

// "Wed, 25 Nov 2026 10:00:00 GMT", "November 25, 2026": day, English month and year, in either
// order.
static bool add_worded(struct sv text, struct buf *out)
{
    size_t day = 0, month = 0, year = 0;

    while (text.len) {
        size_t len = 0, number = 0;

        while (len < text.len && is_alnum(text.ptr[len]))
            len++;
        for (size_t i = 0; i < len && i < 5 && is_digit(text.ptr[i]); i++)
            number = number * 10 + (size_t)(text.ptr[i] - '0');
        if (!month)
            month = len && !number ? month_of(sv_sub(text, 0, len)) : 0;
        if (number > 31 && number < 10000 && !year)
            year = number;
        else if (number && number <= 31 && !day)
            day = number;
        text = sv_sub(text, len ? len : 1, text.len);
    }
    if (!day || !month || year < 1500 || year > 2999)
        return false;
    buf_addf(out, "%04zu-%02zu-%02zu", year, month, day);
    return true;
}

static bool add_date(struct sv text, struct buf *out)
{
    struct buf shape = { 0 };

    text = sv_trim(text);
    if (add_iso(text, out))
        return true;
    if (has_shape(text, "99999999") && (text.len == 8 || !is_digit(text.ptr[8]))) {
        buf_addf(&shape, "%.4s-%.2s-%.2s", text.ptr, text.ptr + 4, text.ptr + 6);
        text = buf_sv(&shape);
    } else if (has_shape(text, "9999/99/99")) {
        buf_addf(&shape, "%.4s-%.2s-%.2s", text.ptr, text.ptr + 5, text.ptr + 8);
        text = buf_sv(&shape);
    }

    bool ok = shape.len ? add_iso(text, out) : add_worded(text, out);

    buf_release(&shape);
    return ok;
}

static bool add_language(struct sv text, struct buf *out)
{
    text = sv_trim(text);
    if (text.len < 2 || text.len > 35)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i] == '_' ? '-' : text.ptr[i]; // as og:locale has it

        if (!is_alnum(c) && (c != '-' || i < 2))
            return false;
        buf_add_char(out, c);
    }
    return true;
}

// An address of the web, or a path that it may be of.
static bool add_url(struct sv text, struct buf *out)
{
    text = sv_trim(text);
    if (!sv_starts(text, SV("http://")) && !sv_starts(text, SV("https://")))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == '"' || text.ptr[i] == '<')
            return false;
    buf_add(out, text);
    return true;
}

static bool add_value(enum metadata_field field, struct sv value, struct buf *out)
{
    if (field == METADATA_PUBLISHED)
        return add_date(value, out);
    if (field == METADATA_LANGUAGE)
        return add_language(value, out);
    if (field == METADATA_URL)
        return add_url(value, out);
    prose_add_flat(out, value);
    return out->len > 0;
}

bool metadata_offer(struct metadata *metadata, enum metadata_field field, struct sv value)
{
    struct sv *member = field_of(&metadata->meta, field);
    struct buf form = { 0 };
    bool is_taken = sv_is_absent(*member) && value.len <= VALUE_MAX && !sv_is_blank(value) &&
                    add_value(field, value, &form);

    if (is_taken)
        *member = sv_copy(&metadata->arena, buf_sv(&form));
    buf_release(&form);
    return is_taken;
}

struct sv metadata_get(const struct metadata *metadata, enum metadata_field field)
{
    struct meta meta = metadata->meta;

    return *field_of(&meta, field);
}

void metadata_release(struct metadata *metadata)
{
    arena_release(&metadata->arena);
    *metadata = (struct metadata){ 0 };
}
