// The text of one paragraph of Markdown without its marks: emphasis by pairs, as CommonMark pairs
// them but for the rule of three; links by their brackets.
#include "exchange/markdown_inline.h"

#include <string.h>

#include "base/visible.h"
#include "exchange/prose.h"

// A run of signs that may open or close an emphasis.
struct run {
    size_t at, len; // in the text
    size_t cut;     // of the signs: paired, and so left out
    char sign;
    bool may_open, may_close;
};

struct scan {
    struct sv text;
    struct run *runs; // in the order of the text
    size_t count, cap;
    size_t *ends; // of brackets: per byte of the text; 0: none opens here, or it is not closed
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool is_sign(char c)
{
    return c && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c);
}

static char at(struct sv text, size_t pos)
{
    return pos < text.len ? text.ptr[pos] : '\n';
}

static void add_run(struct scan *scan, size_t pos, size_t len)
{
    char before = pos ? scan->text.ptr[pos - 1] : '\n', after = at(scan->text, pos + len);
    char sign = scan->text.ptr[pos];
    bool left = !is_space(after) && (!is_sign(after) || is_space(before) || is_sign(before));
    bool right = !is_space(before) && (!is_sign(before) || is_space(after) || is_sign(after));

    MEM_GROW(scan->runs, scan->count, scan->cap);
    scan->runs[scan->count++] = (struct run){
        .at = pos,
        .len = len,
        .sign = sign,
        .may_open = left && (sign != '_' || !right || is_sign(before)),
        .may_close = right && (sign != '_' || !left || is_sign(after)),
    };
}

// Where a code span that begins here ends, behind its closing signs; 0: it is none.
static size_t code_end(struct sv text, size_t pos, size_t len)
{
    for (size_t i = pos + len; i < text.len; i++) {
        size_t run = 0;

        while (at(text, i + run) == '`')
            run++;
        if (run == len)
            return i + len;
        i += run;
    }
    return 0;
}

static size_t run_length(struct sv text, size_t pos)
{
    size_t len = 1;

    while (pos + len < text.len && text.ptr[pos + len] == text.ptr[pos])
        len++;
    return len;
}

// Pair closing runs with the nearest opening ones of their sign.
static void pair_runs(struct scan *scan)
{
    static const char signs[] = "*_~";
    size_t *open = mem_new((scan->count + 1) * sizeof(*open));

    for (size_t s = 0; s < sizeof(signs) - 1; s++) {
        size_t depth = 0;

        for (size_t i = 0; i < scan->count; i++) {
            struct run *run = &scan->runs[i];

            if (run->sign != signs[s])
                continue;
            while (run->may_close && run->cut < run->len && depth) {
                struct run *opener = &scan->runs[open[depth - 1]];
                size_t left = opener->len - opener->cut, right = run->len - run->cut;
                size_t both = left < right ? left : right;

                opener->cut += both;
                run->cut += both;
                if (opener->cut == opener->len)
                    depth--;
            }
            if (run->may_open && run->cut < run->len)
                open[depth++] = i;
        }
    }
    mem_free(open);
}

static void find_runs(struct scan *scan)
{
    struct sv text = scan->text;
    bool has_code = true; // a code span may still end somewhere

    for (size_t i = 0; i < text.len; i++) {
        size_t len = memchr("`*_~", text.ptr[i], 4) ? run_length(text, i) : 1;

        switch (text.ptr[i]) {
        case '\\':
            i++;
            break;
        case '`': {
            size_t end = has_code ? code_end(text, i, len) : 0;

            has_code = end > 0;
            i = (end ? end : i + len) - 1;
            break;
        }
        case '~':
            if (len != 2) {
                i += len - 1;
                break;
            }
            add_run(scan, i, len);
            i++;
            break;
        case '*':
        case '_':
            add_run(scan, i, len);
            i += len - 1;
            break;
        }
    }
    pair_runs(scan);
}

// Pair brackets: behind each opening one, where its closing one ends.
static void pair_brackets(struct scan *scan)
{
    static const char signs[] = "[](){}<>"; // those of one pair side by side; braces are none
    struct sv text = scan->text;
    size_t *open[4], depth[4] = { 0 };

    scan->ends = mem_new((text.len + 1) * sizeof(*scan->ends));
    for (size_t i = 0; i < ARRAY_LEN(open); i++)
        open[i] = mem_new((text.len + 1) * sizeof(*open[i]));
    for (size_t i = 0; i < text.len; i++) {
        const char *sign = memchr(signs, text.ptr[i], sizeof(signs) - 1);
        size_t pair = sign ? (size_t)(sign - signs) / 2 : 0;

        if (text.ptr[i] == '\\') {
            i++;
        } else if (sign && (sign - signs) % 2 == 0) {
            if (text.ptr[i] == '<')
                depth[pair] = 0; // these do not nest
            open[pair][depth[pair]++] = i;
        } else if (sign && depth[pair]) {
            scan->ends[open[pair][--depth[pair]]] = i + 1;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(open); i++)
        mem_free(open[i]);
}

// Behind the closing bracket of a link's text: where its address ends; `pos` itself when there is
// none.
static size_t address_end(const struct scan *scan, size_t pos)
{
    char next = at(scan->text, pos);
    size_t end = next == '(' || next == '[' ? scan->ends[pos] : 0;

    return end ? end : pos;
}

// A tag or an address between angle brackets: where it ends; 0: it is none.
static size_t angle_end(const struct scan *scan, size_t pos)
{
    char next = at(scan->text, pos + 1);

    if (next != '/' && next != '!' && !((next | 0x20) >= 'a' && (next | 0x20) <= 'z'))
        return 0;
    return scan->ends[pos];
}

static size_t add_entity(struct buf *out, struct sv text, size_t pos)
{
    static const struct {
        struct sv name;
        const char *text;
    } entities[] = {
        { { "&amp;", 5 }, "&" },
        { { "&lt;", 4 }, "<" },
        { { "&gt;", 4 }, ">" },
        { { "&quot;", 6 }, "\"" },
        { { "&apos;", 6 }, "'" },
        { { "&nbsp;", 6 }, "\xc2\xa0" },
        { { "&#39;", 5 }, "'" },
        { { "&mdash;", 7 }, "\xe2\x80\x94" },
        { { "&ndash;", 7 }, "\xe2\x80\x93" },
        { { "&hellip;", 8 }, "\xe2\x80\xa6" },
    };
    struct sv rest = sv_sub(text, pos, text.len);

    for (size_t i = 0; i < ARRAY_LEN(entities); i++) {
        if (sv_starts(rest, entities[i].name)) {
            buf_add_cstr(out, entities[i].text);
            return entities[i].name.len;
        }
    }
    buf_add_char(out, '&');
    return 1;
}

static size_t add_code(struct buf *out, struct sv text, size_t pos)
{
    size_t len = run_length(text, pos), end = code_end(text, pos, len);

    if (!end) {
        buf_add(out, sv_sub(text, pos, pos + len));
        return pos + len;
    }
    buf_add(out, sv_trim(sv_sub(text, pos + len, end - len)));
    return end;
}

// A line end: one that is asked for stays.
static void add_break(struct buf *out, struct sv text, size_t pos)
{
    bool is_asked = pos >= 2 && text.ptr[pos - 1] == ' ' && text.ptr[pos - 2] == ' ';

    while (out->len && out->ptr[out->len - 1] == ' ')
        buf_splice(out, out->len - 1, out->len, SV(""));
    buf_add_char(out, is_asked ? '\n' : ' ');
}

// The brackets of links nest, pictures in links say: the ends that were found, not yet come to.
struct ends {
    struct end {
        size_t text, link; // where the text ends, where the link does
        bool is_picture;
    } items[16];
    size_t count;
};

static bool opens_link(const struct scan *scan, size_t pos, struct end *end)
{
    struct sv text = scan->text;
    size_t bracket = pos + (at(text, pos) == '!');

    if (at(text, bracket) != '[')
        return false;
    end->text = scan->ends[bracket];
    if (!end->text)
        return false;
    end->link = address_end(scan, end->text--);
    end->is_picture = bracket > pos;
    return end->link > end->text + 1 || at(text, bracket + 1) == '^';
}

void markdown_add_inline(struct buf *out, struct sv text, bool *is_picture)
{
    struct scan scan = { .text = text };
    struct ends ends = { .count = 0 };
    size_t run = 0, plain = 0, pictures = 0;
    struct end end;

    find_runs(&scan);
    pair_brackets(&scan);
    for (size_t i = 0; i < text.len;) {
        while (run < scan.count && scan.runs[run].at < i)
            run++;
        if (ends.count && i == ends.items[ends.count - 1].text) {
            i = ends.items[--ends.count].link;
        } else if (run < scan.count && scan.runs[run].at == i) {
            buf_add_fill(out, text.ptr[i], scan.runs[run].len - scan.runs[run].cut);
            i += scan.runs[run].len;
        } else if (text.ptr[i] == '\\' && is_sign(at(text, i + 1))) {
            buf_add_char(out, text.ptr[i + 1]);
            i += 2;
        } else if (text.ptr[i] == '\\' && at(text, i + 1) == '\n') {
            buf_add_char(out, '\n');
            i += 2;
        } else if (text.ptr[i] == '`') {
            i = add_code(out, text, i);
        } else if ((text.ptr[i] == '[' || text.ptr[i] == '!') &&
                   ends.count < ARRAY_LEN(ends.items) && opens_link(&scan, i, &end)) {
            if (at(text, i + 1) == '^' && text.ptr[i] == '[') { // the mark of a footnote
                i = end.text + 1;
                continue;
            }
            ends.items[ends.count++] = end;
            pictures += end.is_picture;
            i += 1 + (size_t)end.is_picture;
        } else if (text.ptr[i] == '<' && angle_end(&scan, i)) {
            size_t stop = angle_end(&scan, i);
            struct sv inner = sv_sub(text, i + 1, stop - 1);

            if (sv_find(inner, SV("://"), 0) < inner.len && sv_find(inner, SV(" "), 0) >= inner.len)
                buf_add(out, inner);
            i = stop;
        } else if (text.ptr[i] == '&') {
            i += add_entity(out, text, i);
        } else if (text.ptr[i] == '\n') {
            add_break(out, text, i++);
        } else {
            plain += !ends.count && !is_space(text.ptr[i]);
            buf_add_char(out, text.ptr[i++]);
        }
    }
    *is_picture = pictures > 0 && plain == 0;
    mem_free(scan.runs);
    mem_free(scan.ends);
}
