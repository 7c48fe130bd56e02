// What of a text is shown around a match.
// Never looks further than a few lines' worth of bytes, however long the line is.
#include "text/around.h"

#include "text/glyph.h"
#include "text/sentence.h"

#define AROUND_BYTES 300 // looked at on either side of a match

static bool is_cont(struct sv text, size_t pos)
{
    return pos < text.len && ((unsigned char)text.ptr[pos] & 0xc0) == 0x80;
}

// The line around a match, as far as it is looked at.
static struct byte_span look_around(struct sv text, struct byte_span match)
{
    size_t beg = match.beg, end = match.end;

    while (beg > 0 && text.ptr[beg - 1] != '\n' &&
           (match.beg - beg < AROUND_BYTES || is_cont(text, beg)))
        beg--;
    while (end < text.len && text.ptr[end] != '\n' &&
           (end - match.end < AROUND_BYTES || is_cont(text, end)))
        end++;
    if (end > match.end && text.ptr[end - 1] == '\r')
        end--;
    return (struct byte_span){ beg, end };
}

// The sentence (or sentences) a match stands in.
static struct byte_span sentence_around(struct sv text, struct byte_span match)
{
    struct byte_span line = look_around(text, match);
    struct sv block = sv_sub(text, line.beg, line.end);
    size_t beg = skip_blanks(block, 0), end = beg, out = beg;

    while (end < match.end - line.beg && skip_blanks(block, end) < block.len) {
        beg = skip_blanks(block, end);
        if (beg <= match.beg - line.beg)
            out = beg;
        end = sentence_end(block, beg);
    }
    if (out > match.beg - line.beg)
        out = match.beg - line.beg;
    if (end < match.end - line.beg)
        end = match.end - line.beg;
    return (struct byte_span){ line.beg + out, line.beg + end };
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool cut_before(struct sv *s, int most)
{
    int cols = glyph_cols(*s);
    size_t at, blank;

    if (cols <= most)
        return false;
    at = glyph_fit(*s, cols - most, NULL);
    blank = at;
    while (blank + 1 < s->len && !is_blank(s->ptr[blank]))
        blank++;
    *s = sv_sub(*s, blank + 1 < s->len ? blank + 1 : at, s->len);
    return true;
}

static bool cut_after(struct sv *s, int most)
{
    size_t at = glyph_fit(*s, most, NULL), blank = at;

    if (at == s->len)
        return false;
    while (blank > 0 && !is_blank(s->ptr[blank]))
        blank--;
    *s = sv_sub(*s, 0, blank > 0 ? blank : at);
    return true;
}

struct around around_of(struct sv text, struct byte_span match, int cols)
{
    struct byte_span sentence = sentence_around(text, match);
    struct around around = {
        .before = sv_sub(text, sentence.beg, match.beg),
        .match = sv_sub(text, match.beg, match.end),
        .after = sv_sub(text, match.end, sentence.end),
    };

    around.is_cut_before = cut_before(&around.before, cols);
    around.is_cut_after = cut_after(&around.after, cols);
    return around;
}

struct around around_line(struct sv text, struct byte_span match, int cols)
{
    struct byte_span line = look_around(text, match);
    struct around around = {
        .before = sv_sub(text, line.beg, match.beg),
        .match = sv_sub(text, match.beg, match.end),
        .after = sv_sub(text, match.end, line.end),
    };
    int before = glyph_cols(around.before);
    size_t room = glyph_fit(around.after, cols, NULL);

    around.is_cut_before = before > cols;
    around.is_cut_after = room < around.after.len;
    if (around.is_cut_before)
        around.before =
            sv_sub(around.before, glyph_fit(around.before, before - cols, NULL), around.before.len);
    around.after = sv_sub(around.after, 0, room);
    return around;
}
