// Files from outside as texts of articles: plain text as it is but for its encoding and line ends,
// Markdown without its marks. Never takes plain text with a byte that cannot be read right, unless
// the user says what it is.
#include "cli/import.h"

#include <string.h>

#include "base/limits.h"
#include "base/visible.h"
#include "exchange/charset.h"
#include "exchange/extract.h"
#include "exchange/markdown.h"
#include "exchange/metadata_page.h"

#define BODY_SHARE 0.4  // of the text in JSON-LD: a page that shows less shows a stub
#define BODY_LEAST 500  // bytes of it
#define PAGE_LOOK  4096 // bytes in which a page of HTML gives itself away

static const char *const type_names[] = { "text", "markdown", "html" };

static bool has_ci(struct sv text, const char *lower)
{
    size_t len = strlen(lower);

    for (size_t i = 0; i + len <= text.len; i++) {
        size_t j = 0;

        while (j < len && (text.ptr[i + j] | (lower[j] >= 'a' ? 0x20 : 0)) == lower[j])
            j++;
        if (j == len)
            return true;
    }
    return false;
}

static bool has_ending(const char *path, const char *const *endings, size_t count)
{
    struct sv name = sv_from(path);

    for (size_t i = 0; i < count; i++) {
        struct sv ending = sv_from(endings[i]);

        if (name.len > ending.len &&
            has_ci(sv_sub(name, name.len - ending.len, name.len), endings[i]))
            return true;
    }
    return false;
}

// UTF-16 too: its zeros are passed over.
static bool looks_like_page(struct sv bytes)
{
    static const char *const signs[] = { "<!doctype html", "<html", "<head", "<body", "<article" };
    struct sv head = sv_sub(bytes, 0, PAGE_LOOK);
    struct buf narrow = { 0 };
    bool is_page = false;

    for (size_t i = 0; i < head.len; i++)
        if (head.ptr[i])
            buf_add_char(&narrow, head.ptr[i]);
    for (size_t i = 0; i < ARRAY_LEN(signs) && !is_page; i++)
        is_page = has_ci(buf_sv(&narrow), signs[i]);
    buf_release(&narrow);
    return is_page;
}

// Files that are neither text nor page, though they may hold either.
static bool refuse_kind(struct sv bytes, const char *path, struct err *err)
{
    static const struct {
        struct sv begins;
        const char *is;
    } kinds[] = {
        { { "%PDF-", 5 },
          "is PDF; make text of it first: pdftotext FILE - | gainsay add --id ID -" },
        { { "PK\3\4", 4 }, "is an office document or an archive; save it as plain text first" },
        { { "\320\317\021\340", 4 }, "is an office document; save it as plain text first" },
        { { "{\\rtf", 5 }, "is RTF; save it as plain text first" },
        { { "\037\213", 2 }, "is compressed; unpack it first: gzip -dc FILE" },
        { { "bplist", 6 }, "is a web archive; save the page as HTML instead" },
    };
    struct sv head = sv_sub(bytes, 0, PAGE_LOOK);
    struct err_at at = { .path = path };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (sv_starts(bytes, kinds[i].begins))
            return err_set(err, E_SHAPE, at, "%s", kinds[i].is);
    if (sv_find(head, SV("MIME-Version:"), 0) < head.len &&
        sv_find(head, SV("multipart/related"), 0) < head.len)
        return err_set(err, E_SHAPE, at, "is a web archive (MHTML); save the page as HTML instead");
    return true;
}

static enum import_type find_type(const struct cli *cli, const char *path, struct sv bytes)
{
    static const char *const markdown[] = { ".md", ".markdown", ".mdown" };
    static const char *const pages[] = { ".html", ".htm", ".xhtml" };
    const char *asked = cli->values[OPT_TYPE];

    for (size_t i = 0; asked && i < ARRAY_LEN(type_names); i++)
        if (!strcmp(asked, type_names[i]))
            return (enum import_type)i;
    if (asked)
        return IMPORT__N;
    if (has_ending(path, markdown, ARRAY_LEN(markdown)))
        return IMPORT_MARKDOWN;
    if (has_ending(path, pages, ARRAY_LEN(pages)) || looks_like_page(bytes))
        return IMPORT_PAGE;
    return IMPORT_TEXT;
}

static bool find_encoding(const struct cli *cli, enum charset_id *asked, struct err *err)
{
    const char *name = cli->values[OPT_ENCODING];
    struct buf names = { 0 };

    *asked = name ? charset_find(sv_from(name)) : CHARSET__N;
    if (!name || *asked != CHARSET__N)
        return true;
    for (enum charset_id id = 0; id < CHARSET__N; id++)
        buf_addf(&names, "%s%s", id ? ", " : "", charset_name(id));
    err_set(err, E_USAGE, ERR_NOWHERE, "'%s' is no encoding that is known here; use one of: %s",
            name, buf_cstr(&names));
    buf_release(&names);
    return false;
}

// Name the file in an error that names none.
static bool at_path(struct err *err, const char *path)
{
    if (!err->path.len)
        buf_add_cstr(&err->path, path);
    return false;
}

// Line and column, in bytes of the file, of a place in it.
static struct err_at place_of(struct sv bytes, size_t at, const char *path)
{
    struct err_at place = { path, 1, 1 };

    for (size_t i = 0; i < at;) {
        size_t size;
        int32_t cp = utf8_decode(sv_sub(bytes, i, bytes.len), &size);

        place.col = cp == '\n' ? 1 : place.col + 1;
        place.line += cp == '\n';
        i += size;
    }
    return place;
}

static void tell_encoding(const struct charset_found *found, const char *path,
                          struct findings *findings)
{
    static const char *const reasons[] = {
        [CHARSET_ASKED] = "as you said",
        [CHARSET_MARK] = "by its byte order mark",
        [CHARSET_DECLARED] = "as it says itself",
        [CHARSET_VALID] = "by its bytes",
        [CHARSET_LIKELY] = "by its letters; '--encoding' names another",
    };
    struct err_at at = { .path = path };

    if (found->id != CHARSET_UTF8)
        findings_add(findings, SEVERITY_WARNING, E_CONVERTED, at, "converted from %s to UTF-8, %s",
                     charset_name(found->id), reasons[found->why]);
    if (found->declared != CHARSET__N)
        findings_add(findings, SEVERITY_WARNING, E_CONVERTED, at, "says it is %s, but is %s",
                     charset_name(found->declared), charset_name(found->id));
    if (found->bad)
        findings_add(findings, SEVERITY_WARNING, E_CONVERTED, at,
                     "%zu byte%s mean nothing in %s and became U+FFFD", found->bad,
                     found->bad == 1 ? "" : "s", charset_name(found->id));
}

// The bytes as UTF-8. Plain text is taken only when every byte of it means something.
static bool decode(const struct cli *cli, struct sv bytes, const char *path, enum import_type type,
                   struct buf *out, struct findings *findings, struct err *err)
{
    struct charset_found found;
    enum charset_id asked;
    struct err_at at = { .path = path };

    if (!find_encoding(cli, &asked, err))
        return false;
    if (!charset_read(bytes, asked, type == IMPORT_PAGE, out, &found, err))
        return at_path(err, path);
    if (type != IMPORT_PAGE && found.bad && found.why != CHARSET_ASKED)
        return err_set(err, E_ENCODING, place_of(bytes, found.first_bad, path),
                       "byte 0x%02X is not %s; '--encoding' names another encoding, or this one to "
                       "take the text with U+FFFD for each such byte",
                       (unsigned)(unsigned char)bytes.ptr[found.first_bad], charset_name(found.id));

    size_t nul = type == IMPORT_PAGE ? out->len : sv_find(buf_sv(out), SV("\0"), 0);

    if (nul < out->len)
        return err_set(err, E_ENCODING, place_of(buf_sv(out), nul, path),
                       "is a NUL byte; this is no text");
    if (sv_is_blank(buf_sv(out)))
        return err_set(err, E_SHAPE, at, "holds no text");
    tell_encoding(&found, path, findings);
    return true;
}

// Line ends of Windows and of old Macintoshes become LF.
static void add_lines(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r')
            buf_add_char(out, text.ptr[i]);
        else if (i + 1 == text.len || text.ptr[i + 1] != '\n')
            buf_add_char(out, '\n');
    }
}

// The text as JSON-LD has it, a paragraph a line.
static void take_body(struct import *import, struct sv body)
{
    struct prose_piece piece = { .kind = PROSE_HEADING, .text = import->metadata.meta.title };
    struct sv line;

    prose_release(&import->prose);
    prose_add(&import->prose, &piece);
    for (piece.kind = PROSE_PARAGRAPH; sv_split(&body, '\n', &line);) {
        struct buf flat = { 0 };

        prose_add_flat(&flat, line);
        piece.text = buf_sv(&flat);
        prose_add(&import->prose, &piece);
        buf_release(&flat);
    }
}

static bool make_page(const struct cli *cli, struct import *import, struct sv page,
                      const char *path, struct findings *findings, struct err *err)
{
    struct err_at at = { .path = path };
    struct html html;
    struct buf body = { 0 };
    size_t length;

    if (!html_parse(page, &html, err)) {
        html_release(&html);
        return at_path(err, path);
    }
    metadata_from_page(&html, page, &import->metadata, &body);
    length = extract_prose(&html, import->metadata.meta.title, cli->values[OPT_WHOLE] != NULL,
                           &import->prose);
    if (!cli->values[OPT_WHOLE] && length < BODY_SHARE * body.len && body.len > BODY_LEAST) {
        take_body(import, buf_sv(&body));
        findings_add(findings, SEVERITY_WARNING, E_CONVERTED, at,
                     "shows less than it holds: the text is taken from its JSON-LD");
    }
    prose_print(&import->prose, &import->text);
    html_release(&html);
    buf_release(&body);
    return import->text.len ||
           err_set(err, E_SHAPE, at,
                   "holds no text that can be seen; its scripts may make it when it is "
                   "shown: save the page from a browser");
}

static bool make_text(const struct cli *cli, struct import *import, struct sv text,
                      const char *path, struct findings *findings, struct err *err)
{
    struct err_at at = { .path = path };
    struct buf lines = { 0 };

    if (import->type == IMPORT_TEXT) {
        add_lines(&import->text, text);
        return true;
    }
    if (import->type == IMPORT_PAGE)
        return make_page(cli, import, text, path, findings, err);
    add_lines(&lines, text);
    markdown_read(buf_sv(&lines), &import->prose, &import->metadata);
    buf_release(&lines);
    prose_print(&import->prose, &import->text);
    if (!import->text.len)
        return err_set(err, E_SHAPE, at, "holds no text");
    return true;
}

bool import_read(const struct cli *cli, const char *path, struct import *out,
                 struct findings *findings, struct err *err)
{
    struct buf bytes = { 0 }, text = { 0 };
    bool ok = !strcmp(path, "-") ? fs_read_input(LIMIT_TEXT_BYTES, &bytes, err)
                                 : fs_read(path, LIMIT_TEXT_BYTES, &bytes, err);

    *out = (struct import){ 0 };
    if (!ok)
        goto out;
    ok = refuse_kind(buf_sv(&bytes), path, err);
    out->type = find_type(cli, path, buf_sv(&bytes));
    if (ok && out->type == IMPORT__N)
        ok = err_set(err, E_USAGE, ERR_NOWHERE,
                     "'--type' is '%s'; use one of: text, markdown, html", cli->values[OPT_TYPE]);
    ok = ok && decode(cli, buf_sv(&bytes), path, out->type, &text, findings, err) &&
         make_text(cli, out, buf_sv(&text), path, findings, err);
out:
    buf_release(&bytes);
    buf_release(&text);
    return ok;
}

void import_release(struct import *import)
{
    buf_release(&import->text);
    prose_release(&import->prose);
    metadata_release(&import->metadata);
    *import = (struct import){ 0 };
}
