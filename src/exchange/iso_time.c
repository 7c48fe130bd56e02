// Times of ISO 8601, read and put into UTC by the calendar alone.
// Never asks for the zone of this machine.
#include "exchange/iso_time.h"

#include "base/buf.h"

struct moment {
    int year, month, day, hour, minute, second;
};

// `count` digits at *pos.
static bool read_digits(struct sv text, size_t *pos, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, ++*pos) {
        if (*pos >= text.len || text.ptr[*pos] < '0' || text.ptr[*pos] > '9')
            return false;
        *out = *out * 10 + (text.ptr[*pos] - '0');
    }
    return true;
}

static bool read_sign(struct sv text, size_t *pos, char sign)
{
    if (*pos >= text.len || text.ptr[*pos] != sign)
        return false;
    ++*pos;
    return true;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && is_leap);
}

static bool read_day(struct sv text, size_t *pos, struct moment *out)
{
    return read_digits(text, pos, 4, &out->year) && read_sign(text, pos, '-') &&
           read_digits(text, pos, 2, &out->month) && read_sign(text, pos, '-') &&
           read_digits(text, pos, 2, &out->day) && out->year > 0 && out->month >= 1 &&
           out->month <= 12 && out->day >= 1 && out->day <= month_days(out->year, out->month);
}

static bool read_clock(struct sv text, size_t *pos, struct moment *out)
{
    if (!read_digits(text, pos, 2, &out->hour) || !read_sign(text, pos, ':') ||
        !read_digits(text, pos, 2, &out->minute))
        return false;
    if (read_sign(text, pos, ':') && !read_digits(text, pos, 2, &out->second))
        return false;
    if (read_sign(text, pos, '.'))
        while (*pos < text.len && text.ptr[*pos] >= '0' && text.ptr[*pos] <= '9')
            ++*pos;
    return out->hour < 24 && out->minute < 60 && out->second < 60;
}

// Minutes east of UTC.
static bool read_zone(struct sv text, size_t *pos, int *out)
{
    int hour, minute = 0, sign;

    *out = 0;
    if (*pos == text.len)
        return true; // none given
    if (read_sign(text, pos, 'Z'))
        return *pos == text.len;
    sign = text.ptr[*pos] == '-' ? -1 : 1;
    if (text.ptr[*pos] != '-' && text.ptr[*pos] != '+')
        return false;
    ++*pos;
    if (!read_digits(text, pos, 2, &hour))
        return false;
    (void)read_sign(text, pos, ':');
    if (*pos < text.len && !read_digits(text, pos, 2, &minute))
        return false;
    *out = sign * (hour * 60 + minute);
    return *pos == text.len && hour < 24 && minute < 60;
}

static void add_day(struct moment *m, int days)
{
    m->day += days;
    if (m->day < 1) {
        m->year -= m->month == 1;
        m->month = m->month == 1 ? 12 : m->month - 1;
        m->day = month_days(m->year, m->month);
    } else if (m->day > month_days(m->year, m->month)) {
        m->day = 1;
        m->year += m->month == 12;
        m->month = m->month == 12 ? 1 : m->month + 1;
    }
}

static struct sv write_moment(struct arena *arena, const struct moment *m)
{
    struct buf text = { 0 };
    struct sv out;

    buf_addf(&text, "%04d-%02d-%02dT%02d:%02d:%02dZ", m->year, m->month, m->day, m->hour, m->minute,
             m->second);
    out = sv_copy(arena, buf_sv(&text));
    buf_release(&text);
    return out;
}

struct sv iso_time_read(struct arena *arena, struct sv text)
{
    struct moment m = { 0 };
    size_t pos = 0;
    int zone, minutes;

    if (!read_day(text, &pos, &m) || (!read_sign(text, &pos, 'T') && !read_sign(text, &pos, ' ')) ||
        !read_clock(text, &pos, &m) || !read_zone(text, &pos, &zone))
        return (struct sv){ 0 };
    minutes = m.hour * 60 + m.minute - zone;
    if (minutes < 0 || minutes >= 24 * 60)
        add_day(&m, minutes < 0 ? -1 : 1);
    minutes = (minutes + 24 * 60) % (24 * 60);
    m.hour = minutes / 60;
    m.minute = minutes % 60;
    return write_moment(arena, &m);
}

bool iso_time_is_ours(struct sv text)
{
    struct arena arena = { 0 };
    bool is_ours = !sv_is_absent(text) && sv_eq(iso_time_read(&arena, text), text);

    arena_release(&arena);
    return is_ours;
}

struct sv iso_day_read(struct arena *arena, struct sv text)
{
    struct moment m = { 0 };
    size_t pos = 0;

    return read_day(text, &pos, &m) ? write_moment(arena, &m) : (struct sv){ 0 };
}
