// What of a page reaches the parser. Tags are read as the tokenizer of the HTML standard reads
// them; what is kept is written anew, so that the parser meets few tags, none of them deep, and
// small attributes. Never lets the text of a script or style through as text of the page.
#include "exchange/html_guard.h"

#include <string.h>

#include "base/limits.h"

#define VALUE_MAX   4096 // bytes of an attribute's value; longer ones are pictures or programs
#define NAME_MAX    64   // bytes of an element's name
#define DOCTYPE_MAX 512
#define DATA_MAX    64 // pieces of JSON-LD

// Attributes that are kept: for what is hidden, what is named as furniture, what says who and when.
static const char *const kept_attrs[] = {
    "aria-hidden", "aria-label", "charset", "class", "content", "data-component",
    "data-testid", "datetime",   "hidden",  "href",  "id",      "itemprop",
    "itemscope",   "itemtype",   "lang",    "name",  "open",    "property",
    "rel",         "role",       "style",   "type",  "value",
};

struct tag {
    struct sv name; // as written
    enum html_tag tag;
    bool is_end;
    size_t end; // offset behind the tag
};

struct guard {
    struct sv page;
    struct buf *out;
    struct html *html;
    size_t pos;
    size_t tags;
    struct open { // elements that are open, as far as they count for depth
        struct sv name;
        enum html_tag tag;
    } open[LIMIT_PAGE_DEPTH];
    size_t depth;
    size_t excess;             // open elements that were too deep to be let through
    bool is_unclosed[HTML__N]; // no end tag of such an element follows any more
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static char low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool eq_ci(struct sv a, struct sv b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (low(a.ptr[i]) != low(b.ptr[i]))
            return false;
    return true;
}

static char char_at(struct sv page, size_t pos)
{
    return pos < page.len ? page.ptr[pos] : '\0';
}

// The next attribute of a tag, from `pos` in it. Returns where it ends; the name is empty at the
// tag's end.
static size_t next_attr(struct sv page, size_t pos, struct sv *name, struct sv *value)
{
    size_t beg;

    *name = *value = SV("");
    while (is_space(char_at(page, pos)) || char_at(page, pos) == '/')
        pos++;
    if (pos >= page.len || page.ptr[pos] == '>')
        return pos;
    for (beg = pos++;
         pos < page.len && !is_space(page.ptr[pos]) && !memchr("/>=", page.ptr[pos], 3);)
        pos++;
    *name = sv_sub(page, beg, pos);
    beg = pos;
    while (is_space(char_at(page, beg)))
        beg++;
    if (char_at(page, beg) != '=')
        return pos;
    for (beg++; is_space(char_at(page, beg));)
        beg++;
    if (char_at(page, beg) == '"' || char_at(page, beg) == '\'') {
        const char *close = memchr(page.ptr + beg + 1, page.ptr[beg], page.len - beg - 1);

        pos = close ? (size_t)(close - page.ptr) : page.len;
        *value = sv_sub(page, beg + 1, pos);
        return close ? pos + 1 : pos;
    }
    for (pos = beg; pos < page.len && !is_space(page.ptr[pos]) && page.ptr[pos] != '>';)
        pos++;
    *value = sv_sub(page, beg, pos);
    return pos;
}

// Read the tag at guard->pos. false: it is none, or the page ends in it (tag->end says so).
static bool read_tag(const struct guard *guard, struct tag *tag)
{
    struct sv page = guard->page, name, value;
    size_t pos = guard->pos + 1, beg;

    tag->is_end = char_at(page, pos) == '/';
    tag->end = guard->pos;
    pos += tag->is_end;
    if (!is_letter(char_at(page, pos)))
        return false;
    for (beg = pos; pos < page.len && !is_space(page.ptr[pos]) && !memchr("/>", page.ptr[pos], 2);)
        pos++;
    tag->name = sv_sub(page, beg, pos);
    tag->tag = html_tag_find(tag->name);
    do
        pos = next_attr(page, pos, &name, &value);
    while (name.len);
    tag->end = pos + 1;
    return pos < page.len;
}

// Does `text` stand at `pos`, with a sign behind it that ends a tag's name?
static bool has_tag(struct sv page, size_t pos, const char *text)
{
    size_t len = strlen(text);
    char next = char_at(page, pos + len);

    return eq_ci(sv_sub(page, pos, pos + len), sv_from(text)) &&
           (is_space(next) || next == '/' || next == '>');
}

// Where the end tag of a script stands. It may hold "<!-- <script> </script> -->", whose end tag is
// not its own.
static size_t script_end(struct sv page, size_t pos)
{
    bool is_escaped = false, is_inner = false;

    for (; pos < page.len; pos++) {
        if (page.ptr[pos] == '-' && is_escaped && sv_starts(sv_sub(page, pos, pos + 3), SV("-->")))
            is_escaped = is_inner = false;
        if (page.ptr[pos] != '<')
            continue;
        if (sv_starts(sv_sub(page, pos, pos + 4), SV("<!--"))) {
            is_escaped = true;
        } else if (has_tag(page, pos, "</script")) {
            if (!is_inner)
                return pos;
            is_inner = false;
        } else if (is_escaped && has_tag(page, pos, "<script")) {
            is_inner = true;
        }
    }
    return page.len;
}

// Where the end tag of an element stands whose content is text, tags in it too.
static size_t raw_end(struct sv page, size_t pos, struct sv name)
{
    char mark[NAME_MAX + 3] = "</";

    for (size_t i = 0; i < name.len && i < NAME_MAX; i++)
        mark[2 + i] = low(name.ptr[i]);
    for (; pos < page.len; pos++) {
        const char *at = memchr(page.ptr + pos, '<', page.len - pos);

        if (!at)
            break;
        pos = (size_t)(at - page.ptr);
        if (has_tag(page, pos, mark))
            return pos;
    }
    return page.len;
}

// Behind the end tag that belongs to an element, others of its kind in it passed over; 0: it is not
// closed.
static size_t subtree_end(struct sv page, size_t pos, const char *open, const char *close)
{
    size_t depth = 1;

    for (; pos < page.len; pos++) {
        if (page.ptr[pos] != '<')
            continue;
        depth += has_tag(page, pos, open);
        if (has_tag(page, pos, close) && !--depth) {
            const char *end = memchr(page.ptr + pos, '>', page.len - pos);

            return end ? (size_t)(end - page.ptr) + 1 : page.len;
        }
    }
    return 0;
}

// ---- writing

static bool is_kept(struct sv name, unsigned *seen)
{
    for (size_t i = 0; i < ARRAY_LEN(kept_attrs); i++) {
        if (!eq_ci(name, sv_from(kept_attrs[i])))
            continue;
        if (*seen & 1U << i)
            return false; // said twice: the first counts
        *seen |= 1U << i;
        return true;
    }
    return false;
}

static void write_start(struct guard *guard, const struct tag *tag)
{
    struct buf *out = guard->out;
    struct sv name, value;
    unsigned seen = 0;
    size_t pos = (size_t)(tag->name.ptr - guard->page.ptr) + tag->name.len;

    buf_add_char(out, '<');
    buf_add(out, tag->name);
    for (;;) {
        pos = next_attr(guard->page, pos, &name, &value);
        if (!name.len)
            break;
        if (value.len > VALUE_MAX || !is_kept(name, &seen))
            continue;
        buf_add_char(out, ' ');
        buf_add(out, name);
        buf_add_cstr(out, "=\"");
        for (size_t i = 0; i < value.len; i++) {
            if (value.ptr[i] == '"')
                buf_add_cstr(out, "&quot;");
            else if (value.ptr[i])
                buf_add_char(out, value.ptr[i]);
        }
        buf_add_char(out, '"');
    }
    buf_add_char(out, '>');
}

static void write_end(struct guard *guard, struct sv name)
{
    buf_add_cstr(guard->out, "</");
    buf_add(guard->out, name);
    buf_add_char(guard->out, '>');
}

// ---- depth

// Elements that end where the next of their kind begins: they do not nest.
static bool is_self_closing(enum html_tag tag)
{
    return tag == HTML_P || tag == HTML_LI || tag == HTML_DD || tag == HTML_DT || tag == HTML_A ||
           tag == HTML_HTML || tag == HTML_HEAD || tag == HTML_BODY;
}

static bool is_of_table(enum html_tag tag)
{
    return tag == HTML_TR || tag == HTML_TD || tag == HTML_TH || tag == HTML_TBODY ||
           tag == HTML_THEAD || tag == HTML_TFOOT;
}

static bool is_heading(enum html_tag tag)
{
    return tag >= HTML_H1 && tag <= HTML_H6;
}

// What is open inside the innermost table ends with its cell.
static void close_cell(struct guard *guard)
{
    for (size_t i = guard->depth; i-- > 0;) {
        if (guard->open[i].tag == HTML_TABLE) {
            guard->depth = i + 1;
            return;
        }
    }
}

static void start(struct guard *guard, const struct tag *tag)
{
    bool is_void = html_flags(tag->tag) & VOID;

    if (!is_void && !is_self_closing(tag->tag) && !is_of_table(tag->tag)) {
        if (guard->depth == LIMIT_PAGE_DEPTH) {
            guard->excess++;
            return;
        }
        guard->open[guard->depth++] = (struct open){ tag->name, tag->tag };
    } else if (is_of_table(tag->tag)) {
        close_cell(guard);
    }
    write_start(guard, tag);
}

static bool closes(const struct open *open, const struct tag *tag)
{
    if (is_heading(tag->tag))
        return is_heading(open->tag);
    return open->tag == tag->tag && (tag->tag != HTML_OTHER || eq_ci(open->name, tag->name));
}

// An end tag goes through when it closes something that is open here, within its table.
static void end(struct guard *guard, const struct tag *tag)
{
    size_t depth = guard->depth;

    if (tag->tag == HTML_BR) {
        buf_add_cstr(guard->out, "<br>");
        return;
    }
    if (html_flags(tag->tag) & VOID || tag->tag == HTML_BODY || tag->tag == HTML_HTML)
        return;
    if (is_self_closing(tag->tag) || is_of_table(tag->tag)) {
        if (is_of_table(tag->tag))
            close_cell(guard);
        write_end(guard, tag->name);
        return;
    }
    if (guard->excess) {
        guard->excess--;
        return;
    }
    while (depth && !closes(&guard->open[depth - 1], tag)) {
        if (guard->open[depth - 1].tag == HTML_TABLE || guard->open[depth - 1].tag == HTML_OBJECT ||
            guard->open[depth - 1].tag == HTML_CAPTION)
            return;
        depth--;
    }
    while (depth && guard->depth >=
                        depth) // what is open inside ends too, which the parser may see otherwise
        write_end(guard, guard->open[--guard->depth].name);
}

// ---- reading

static bool is_data(const struct guard *guard, const struct tag *tag)
{
    struct sv name, value;
    size_t pos = (size_t)(tag->name.ptr - guard->page.ptr) + tag->name.len;

    for (;;) {
        pos = next_attr(guard->page, pos, &name, &value);
        if (!name.len)
            return false;
        if (eq_ci(name, SV("type")))
            return eq_ci(sv_sub(sv_trim(value), 0, 19), SV("application/ld+json"));
    }
}

static void keep_data(struct guard *guard, struct sv text)
{
    struct html *html = guard->html;

    if (html->data_count == DATA_MAX)
        return;
    MEM_GROW(html->data, html->data_count, html->data_cap);
    html->data[html->data_count++] = sv_copy(&html->arena, text);
}

// Elements whose content is no markup. Returns false for all others.
static bool skip_raw(struct guard *guard, const struct tag *tag)
{
    static const char *const names[] = { "style",   "noscript", "textarea", "iframe",
                                         "noembed", "noframes", "xmp" };
    size_t stop;

    if (tag->tag == HTML_SCRIPT) {
        stop = script_end(guard->page, tag->end);
        if (is_data(guard, tag))
            keep_data(guard, sv_sub(guard->page, tag->end, stop));
    } else if (tag->tag == HTML_TITLE) {
        stop = raw_end(guard->page, tag->end, tag->name);
        buf_add_cstr(guard->out, "<title>");
        buf_add(guard->out,
                sv_sub(guard->page, tag->end, stop < tag->end + VALUE_MAX ? stop : tag->end));
        buf_add_cstr(guard->out, "</title>");
    } else {
        size_t i = 0;

        while (i < ARRAY_LEN(names) && !eq_ci(tag->name, sv_from(names[i])))
            i++;
        if (i == ARRAY_LEN(names))
            return false;
        stop = raw_end(guard->page, tag->end, tag->name);
    }

    const char *close =
        stop < guard->page.len ? memchr(guard->page.ptr + stop, '>', guard->page.len - stop) : NULL;

    guard->pos = close ? (size_t)(close - guard->page.ptr) + 1 : guard->page.len;
    return true;
}

// Elements that are dropped with the markup in them, when they are closed at all.
static bool skip_subtree(struct guard *guard, const struct tag *tag)
{
    static const struct {
        enum html_tag tag;
        const char *open, *close;
    } dropped[] = {
        { HTML_SVG, "<svg", "</svg" },
        { HTML_SELECT, "<select", "</select" },
        { HTML_TEMPLATE, "<template", "</template" },
    };

    for (size_t i = 0; i < ARRAY_LEN(dropped); i++) {
        if (tag->tag != dropped[i].tag)
            continue;

        size_t stop = guard->is_unclosed[tag->tag] || tag->is_end
                          ? 0
                          : subtree_end(guard->page, tag->end, dropped[i].open, dropped[i].close);

        guard->is_unclosed[tag->tag] |= !stop && !tag->is_end;
        guard->pos = stop ? stop : tag->end;
        return true;
    }
    return false;
}

// Tags that mean nothing here, or too much to the parser.
static bool is_ignored(const struct tag *tag)
{
    static const char *const names[] = { "frameset", "frame",    "plaintext", "marquee", "applet",
                                         "math",     "isindex",  "keygen",    "image",   "area",
                                         "base",     "basefont", "bgsound",   "col",     "colgroup",
                                         "command",  "embed",    "param",     "source",  "track",
                                         "wbr" };

    if (html_flags(tag->tag) & PHRASE || tag->name.len > NAME_MAX)
        return true;
    for (size_t i = 0; i < tag->name.len; i++)
        if (!is_letter(tag->name.ptr[i]) && !memchr("0123456789-_:.", tag->name.ptr[i], 14))
            return true;
    for (size_t i = 0; tag->tag == HTML_OTHER && i < ARRAY_LEN(names); i++)
        if (eq_ci(tag->name, sv_from(names[i])))
            return true;
    return false;
}

// Behind the end of a comment.
static size_t comment_end(struct sv page, size_t pos)
{
    for (const char *at; pos < page.len; pos++) {
        struct sv rest;

        at = memchr(page.ptr + pos, '-', page.len - pos);
        if (!at)
            break;
        pos = (size_t)(at - page.ptr);
        rest = sv_sub(page, pos, page.len);
        if (sv_starts(rest, SV("-->")))
            return pos + 3;
        if (sv_starts(rest, SV("--!>")))
            return pos + 4;
    }
    return page.len;
}

// A comment, a doctype, or what is taken for a comment.
static void skip_declaration(struct guard *guard)
{
    struct sv page = guard->page, rest = sv_sub(page, guard->pos, page.len);
    size_t stop;

    if (sv_starts(rest, SV("<!-->")) || sv_starts(rest, SV("<!--->"))) {
        guard->pos += rest.ptr[4] == '>' ? 5 : 6;
        return;
    }
    if (sv_starts(rest, SV("<!--"))) {
        guard->pos = comment_end(page, guard->pos + 4);
        return;
    }
    stop = sv_find(page, SV(">"), guard->pos);
    stop = stop < page.len ? stop + 1 : page.len;
    if (eq_ci(sv_sub(rest, 0, 9), SV("<!doctype")) && stop - guard->pos < DOCTYPE_MAX)
        buf_add(guard->out, sv_sub(page, guard->pos, stop));
    guard->pos = stop;
}

static void read_markup(struct guard *guard)
{
    char next = char_at(guard->page, guard->pos + 1);
    struct tag tag;

    if (next == '!' || next == '?' ||
        (next == '/' && !is_letter(char_at(guard->page, guard->pos + 2)))) {
        skip_declaration(guard);
        return;
    }
    if (!read_tag(guard, &tag)) {
        if (tag.end == guard->pos) { // a sign of its own; what comes after it may be left out
            buf_add_cstr(guard->out, "&lt;");
            guard->pos++;
        } else {
            guard->pos = guard->page.len; // the page ends in a tag
        }
        return;
    }
    guard->tags++;
    if (skip_subtree(guard, &tag) || (!tag.is_end && skip_raw(guard, &tag)))
        return;
    guard->pos = tag.end;
    if (is_ignored(&tag))
        return;
    if (tag.is_end)
        end(guard, &tag);
    else
        start(guard, &tag);
}

// Text without the NULs in it.
static void add_text(struct buf *out, struct sv text)
{
    struct sv piece;

    while (sv_split(&text, '\0', &piece))
        buf_add(out, piece);
}

static bool check_size(const struct guard *guard, struct err *err)
{
    if (guard->tags > LIMIT_PAGE_TAGS)
        return err_set(err, E_REFUSED, ERR_NOWHERE,
                       "has more than %d tags; no article has, save the page of one",
                       LIMIT_PAGE_TAGS);
    if (guard->out->len > LIMIT_PAGE_TEXT)
        return err_set(
            err, E_REFUSED, ERR_NOWHERE,
            "has more than %zu MB of text and tags; no article has, save the page of one",
            LIMIT_PAGE_TEXT >> 20);
    return true;
}

bool html_guard(struct sv page, struct html *html, struct buf *out, struct err *err)
{
    struct guard *guard = mem_new(sizeof(*guard));
    bool ok = true;

    *guard = (struct guard){ .page = page, .out = out, .html = html };
    while (guard->pos < page.len && ok) {
        const char *at = memchr(page.ptr + guard->pos, '<', page.len - guard->pos);
        size_t stop = at ? (size_t)(at - page.ptr) : page.len;

        add_text(out, sv_sub(page, guard->pos, stop));
        guard->pos = stop;
        if (stop < page.len)
            read_markup(guard);
        ok = check_size(guard, err);
    }
    mem_free(guard);
    return ok;
}
