// Any bytes as a page, as Markdown, as a text of unknown encoding: the tree of a page is one, what
// comes out is UTF-8 without a NUL, all of a page is no less than its main text, and nothing of a
// script is in it.
#include "fuzz.h"

#include <iconv.h>

#include "base/visible.h"
#include "exchange/charset.h"
#include "exchange/charset_guess.h"
#include "exchange/extract.h"
#include "exchange/markdown.h"
#include "exchange/metadata_page.h"

#define BYTES_MAX 20000

static void must_be_text(struct sv text)
{
    while (text.len) {
        size_t size;

        MUST(utf8_decode(text, &size) > 0);
        text = sv_sub(text, size, text.len);
    }
}

static void must_be_values(const struct metadata *metadata)
{
    for (enum metadata_field field = 0; field < METADATA__N; field++)
        must_be_text(metadata_get(metadata, field));
}

static void must_be_tree(const struct html *html)
{
    MUST(html->count > 0 && html->nodes[0].end == html->count);
    for (size_t i = 1; i < html->count; i++) {
        const struct html_node *parent = &html->nodes[html->nodes[i].parent];

        MUST(html->nodes[i].parent < i && html->nodes[i].end > i &&
             html->nodes[i].end <= parent->end);
        MUST(html->nodes[i].tag != HTML_SCRIPT && html->nodes[i].tag != HTML_STYLE);
    }
}

static size_t extracted(const struct html *html, struct sv title, bool is_whole)
{
    struct prose prose = { 0 };
    struct buf text = { 0 };
    size_t length = extract_prose(html, title, is_whole, &prose);

    prose_print(&prose, &text);
    must_be_text(buf_sv(&text));
    for (size_t i = 0; i < prose.count; i++)
        must_be_text(prose.items[i].text);
    prose_release(&prose);
    buf_release(&text);
    return length;
}

static void check_page(struct sv page)
{
    struct metadata metadata = { 0 };
    struct html html;
    struct buf body = { 0 };
    struct err err = { 0 };

    if (html_parse(page, &html, &err)) {
        must_be_tree(&html);
        metadata_from_page(&html, page, &metadata, &body);
        must_be_values(&metadata);
        MUST(extracted(&html, metadata.meta.title, false) <= extracted(&html, SV(""), true));
    }
    html_release(&html);
    metadata_release(&metadata);
    buf_release(&body);
    err_release(&err);
}

static void check_markdown(struct sv text)
{
    struct metadata metadata = { 0 };
    struct prose prose = { 0 };
    struct buf out = { 0 };

    markdown_read(text, &prose, &metadata);
    prose_print(&prose, &out);
    must_be_values(&metadata);
    prose_release(&prose);
    metadata_release(&metadata);
    buf_release(&out);
}

// The C library loads the code of an encoding with the first that use it, and drops it with the
// last: one of each is kept here, which makes this ten times as fast.
static void keep_encodings_loaded(void)
{
    static iconv_t kept[CHARSET__N];

    for (int id = 0; id < CHARSET__N && !kept[id]; id++)
        kept[id] = iconv_open("UTF-8", charset_iconv_name((enum charset_id)id));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sv bytes = sv_of((const char *)data, size);
    struct charset_found found;
    struct buf text = { 0 };
    struct err err = { 0 };

    if (!size || size > BYTES_MAX)
        return 0;
    keep_encodings_loaded();
    for (int is_page = 0; is_page < 2; is_page++) {
        buf_clear(&text);
        MUST(charset_read(bytes, CHARSET__N, is_page, &text, &found, &err));
        if (is_page)
            check_page(buf_sv(&text));
        else if (sv_find(buf_sv(&text), SV("\0"), 0) >= text.len)
            check_markdown(buf_sv(&text));
    }
    buf_release(&text);
    err_release(&err);
    return 0;
}
