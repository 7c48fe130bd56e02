// HTML out of names of the program and text of others.
// Never lets a byte from outside pass as markup.
#include "exchange/markup.h"

#include <string.h>

#include "base/bug.h"
#include "base/visible.h"

void markup_release(struct markup *markup)
{
    buf_release(&markup->out);
    *markup = (struct markup){ 0 };
}

static void end_tag_head(struct markup *markup)
{
    if (markup->is_in_tag)
        buf_add_char(&markup->out, '>');
    markup->is_in_tag = false;
}

void text_shown(struct sv text, struct buf *out)
{
    for (size_t pos = 0; pos < text.len;) {
        size_t size, beg = pos;

        while (pos < text.len && text.ptr[pos] >= 0x20 && text.ptr[pos] < 0x7f)
            pos++;
        buf_add(out, sv_sub(text, beg, pos));
        if (pos == text.len)
            return;

        int32_t cp = utf8_decode(sv_sub(text, pos, text.len), &size);

        if (cp < 0)
            utf8_add(out, 0xfffd);
        else if (cp_is_hidden(cp) && cp != '\n' && cp != '\t')
            visible_add_cp(out, cp, 0);
        else
            buf_add(out, sv_sub(text, pos, pos + size));
        pos += size;
    }
}

static void add_escaped(struct buf *out, struct sv text)
{
    struct buf shown = { 0 };

    text_shown(text, &shown);
    for (size_t i = 0, beg = 0; i <= shown.len; i++) {
        const char *entity = i == shown.len         ? ""
                             : shown.ptr[i] == '&'  ? "&amp;"
                             : shown.ptr[i] == '<'  ? "&lt;"
                             : shown.ptr[i] == '>'  ? "&gt;"
                             : shown.ptr[i] == '"'  ? "&quot;"
                             : shown.ptr[i] == '\'' ? "&#39;"
                                                    : NULL;

        if (!entity)
            continue;
        buf_add(out, sv_sub(buf_sv(&shown), beg, i));
        buf_add_cstr(out, entity);
        beg = i + 1;
    }
    buf_release(&shown);
}

void markup_begin(struct markup *markup, const char *tag)
{
    markup_void(markup, tag);
    BUG_ON(markup->depth == MARKUP_DEPTH);
    markup->open[markup->depth++] = tag;
}

void markup_void(struct markup *markup, const char *tag)
{
    end_tag_head(markup);
    buf_add_char(&markup->out, '<');
    buf_add_cstr(&markup->out, tag);
    markup->is_in_tag = true;
}

void markup_end(struct markup *markup, const char *tag)
{
    BUG_ON(!markup->depth || strcmp(markup->open[markup->depth - 1], tag) != 0);
    end_tag_head(markup);
    markup->depth--;
    buf_addf(&markup->out, "</%s>", tag);
}

void markup_attr(struct markup *markup, const char *name, struct sv value)
{
    BUG_ON(!markup->is_in_tag);
    buf_addf(&markup->out, " %s=\"", name);
    add_escaped(&markup->out, value);
    buf_add_char(&markup->out, '"');
}

void markup_attrf(struct markup *markup, const char *name, const char *fmt, ...)
{
    struct buf value = { 0 };
    va_list args;

    va_start(args, fmt);
    buf_addv(&value, fmt, args);
    va_end(args);
    markup_attr(markup, name, buf_sv(&value));
    buf_release(&value);
}

static bool starts_ci(struct sv text, const char *lower)
{
    size_t len = strlen(lower);

    for (size_t i = 0; i < len; i++)
        if (i >= text.len ||
            (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? text.ptr[i] + 32 : text.ptr[i]) != lower[i])
            return false;
    return text.len > len;
}

bool markup_url(struct markup *markup, const char *name, struct sv url)
{
    if (!starts_ci(url, "http://") && !starts_ci(url, "https://"))
        return false;
    for (size_t pos = 0, size; pos < url.len; pos += size) {
        int32_t cp = utf8_decode(sv_sub(url, pos, url.len), &size);

        if (cp <= ' ' || strchr("\"'<>\\^`{|}", cp < 0x80 ? cp : 'a') || cp_is_hidden(cp))
            return false;
    }
    markup_attr(markup, name, url);
    return true;
}

static void add_place(struct buf *out, const char *kind, struct sv id)
{
    buf_addf(out, "%s-", kind);
    for (size_t i = 0; i < id.len; i++) {
        unsigned char c = (unsigned char)id.ptr[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            buf_add_char(out, (char)c);
        else
            buf_addf(out, "_%02x", c);
    }
}

void markup_place(struct markup *markup, const char *kind, struct sv id)
{
    struct buf value = { 0 };

    add_place(&value, kind, id);
    markup_attr(markup, "id", buf_sv(&value));
    buf_release(&value);
}

void markup_goto(struct markup *markup, const char *kind, struct sv id)
{
    struct buf value = { 0 };

    buf_add_char(&value, '#');
    add_place(&value, kind, id);
    markup_attr(markup, "href", buf_sv(&value));
    buf_release(&value);
}

void markup_text(struct markup *markup, struct sv text)
{
    end_tag_head(markup);
    add_escaped(&markup->out, text);
}

PRINTF(2, 0)
static void add_textv(struct markup *markup, const char *fmt, va_list args)
{
    struct buf text = { 0 };

    buf_addv(&text, fmt, args);
    markup_text(markup, buf_sv(&text));
    buf_release(&text);
}

void markup_textf(struct markup *markup, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    add_textv(markup, fmt, args);
    va_end(args);
}

static void begin_of_class(struct markup *markup, const char *tag, const char *class)
{
    markup_begin(markup, tag);
    if (class)
        markup_attr(markup, "class", sv_from(class));
}

void markup_element(struct markup *markup, const char *tag, const char *class, struct sv text)
{
    begin_of_class(markup, tag, class);
    markup_text(markup, text);
    markup_end(markup, tag);
}

void markup_elementf(struct markup *markup, const char *tag, const char *class, const char *fmt,
                     ...)
{
    va_list args;

    begin_of_class(markup, tag, class);
    va_start(args, fmt);
    add_textv(markup, fmt, args);
    va_end(args);
    markup_end(markup, tag);
}

void markup_line(struct markup *markup)
{
    end_tag_head(markup);
    buf_add_char(&markup->out, '\n');
}

void markup_embed(struct markup *markup, struct sv constant)
{
    BUG_ON(sv_find(constant, SV("</"), 0) != SIZE_MAX ||
           sv_find(constant, SV("<!--"), 0) != SIZE_MAX);
    end_tag_head(markup);
    buf_add(&markup->out, constant);
}
