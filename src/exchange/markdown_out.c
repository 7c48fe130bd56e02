// Text of others into Markdown.
// Never lets a sign pass that Markdown, HTML or GitHub could take for its own.
#include "exchange/markdown_out.h"

#include <stdbool.h>
#include <string.h>

#include "exchange/markup.h"

// GitHub looks for people, issues, addresses and emoji in the text that is left of the markup,
// where a backslash is gone: an empty comment cuts such a text in two.
#define CUT "<!-- -->"

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// Does `word`, in lower case, stand at `pos`, whatever its case there?
static bool stands_ci(struct sv text, size_t pos, struct sv word)
{
    if (text.len - pos < word.len)
        return false;
    for (size_t i = 0; i < word.len; i++)
        if ((is_word(text.ptr[pos + i]) ? text.ptr[pos + i] | 0x20 : text.ptr[pos + i]) !=
            word.ptr[i])
            return false;
    return true;
}

// Behind which sign is the text cut?
static bool is_cut(struct sv text, size_t pos)
{
    char c = text.ptr[pos], next = pos + 1 < text.len ? text.ptr[pos + 1] : ' ';

    return c == '@' || c == '#' || (c == ':' && (is_word(next) || strchr("/+-_", next))) ||
           stands_ci(text, pos, SV("www.")) || stands_ci(text, pos, SV("gh-"));
}

void markdown_text(struct sv text, struct buf *out)
{
    struct buf shown = { 0 };

    text_shown(text, &shown);
    for (size_t i = 0; i < shown.len; i++) {
        char c = shown.ptr[i];

        if (c == '\n' || c == '\t')
            buf_add_char(out, ' ');
        else if (c == '<' || c == '>' || c == '&')
            buf_add_cstr(out, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        else
            buf_addf(out, strchr("\\`*_[]~|$#@", c) ? "\\%c" : "%c", c);
        if (is_cut(buf_sv(&shown), i))
            buf_add_cstr(out, CUT);
    }
    buf_release(&shown);
}

void markdown_code(struct sv text, struct buf *out)
{
    buf_add_char(out, '`');
    for (size_t i = 0; i < text.len; i++)
        buf_add_char(out,
                     is_word(text.ptr[i]) || strchr("-_./:+", text.ptr[i]) ? text.ptr[i] : '?');
    buf_add_char(out, '`');
}
