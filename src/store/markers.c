// Conflict markers as git writes them.
// Knows lines alone: what stands between the markers is not looked at.
#include "store/markers.h"

#include <string.h>

#include "base/attr.h"

#define WIDTH 7 // characters of a marker

bool marker_is_at(struct sv rest)
{
    static const char marks[] = "<=>|";

    if (rest.len < WIDTH || !rest.ptr[0] || !strchr(marks, rest.ptr[0]))
        return false;
    for (size_t i = 1; i < WIDTH; i++)
        if (rest.ptr[i] != rest.ptr[0])
            return false;
    if (rest.len == WIDTH || rest.ptr[WIDTH] == '\n' || rest.ptr[WIDTH] == '\r')
        return true;
    return rest.ptr[0] != '=' && rest.ptr[WIDTH] == ' ';
}

// Between stretches, or in which side of one.
enum where { OUTSIDE, IN_OURS, IN_BASE, IN_THEIRS };

// Where a marker leads from `where`; false when it does not belong there.
static bool step(char mark, enum where *where)
{
    static const struct {
        char mark;
        enum where from, to;
    } steps[] = {
        { '<', OUTSIDE, IN_OURS },   { '|', IN_OURS, IN_BASE },   { '=', IN_OURS, IN_THEIRS },
        { '=', IN_BASE, IN_THEIRS }, { '>', IN_THEIRS, OUTSIDE },
    };

    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        if (steps[i].mark == mark && steps[i].from == *where) {
            *where = steps[i].to;
            return true;
        }
    }
    return false;
}

static void add_line(struct marked *out, enum where where, struct sv line)
{
    static const enum where of[] = {
        [SIDE_BASE] = IN_BASE, [SIDE_OURS] = IN_OURS, [SIDE_THEIRS] = IN_THEIRS
    };

    for (size_t side = 0; side < SIDE__N; side++)
        if (where == OUTSIDE || where == of[side])
            buf_add(&out->sides[side], line);
}

bool markers_split(struct sv bytes, struct marked *out, int *line)
{
    enum where where = OUTSIDE;
    bool had_base = false;
    int open = 0;

    *out = (struct marked){ .has_base = true };
    *line = 0;
    for (size_t beg = 0; beg < bytes.len;) {
        const char *end = memchr(bytes.ptr + beg, '\n', bytes.len - beg);
        size_t next = end ? (size_t)(end - bytes.ptr) + 1 : bytes.len;
        struct sv text = sv_sub(bytes, beg, next);

        ++*line;
        if (!marker_is_at(text)) {
            add_line(out, where, text);
        } else if (!step(text.ptr[0], &where)) {
            return false;
        } else if (where == IN_OURS) {
            out->count++;
            open = *line;
            had_base = false;
        } else if (where == IN_BASE) {
            had_base = true;
        } else if (where == OUTSIDE) {
            out->has_base = out->has_base && had_base;
        }
        beg = next;
    }
    *line = open;
    return where == OUTSIDE;
}

void marked_release(struct marked *marked)
{
    for (size_t side = 0; side < SIDE__N; side++)
        buf_release(&marked->sides[side]);
    *marked = (struct marked){ 0 };
}

static void add_side(struct sv text, const char *line_end, struct buf *out)
{
    buf_add(out, text);
    if (text.len && text.ptr[text.len - 1] != '\n')
        buf_add_cstr(out, line_end);
}

void markers_add(const struct sv sides[SIDE__N], struct sv what, bool is_crlf, struct buf *out)
{
    const char *line_end = is_crlf ? "\r\n" : "\n";

    buf_addf(out, "<<<<<<< ours: " SV_FMT "%s", SV_ARG(what), line_end);
    add_side(sides[SIDE_OURS], line_end, out);
    buf_addf(out, "||||||| base%s", line_end);
    add_side(sides[SIDE_BASE], line_end, out);
    buf_addf(out, "=======%s", line_end);
    add_side(sides[SIDE_THEIRS], line_end, out);
    buf_addf(out, ">>>>>>> theirs: " SV_FMT "%s", SV_ARG(what), line_end);
}
