// The text that a layer's positions count in, as git has it.
// Only asks git; what git says is a guess that the hash proves.
#include "store/old_text.h"

#include "base/attr.h"
#include "base/proc.h"

#define HEX_LEN 64

static bool is_hash(struct sv s)
{
    bool has_digit = false; // the name of no object is all zeros

    if (s.len < 40)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        has_digit |= c != '0';
    }
    return has_digit;
}

static bool is_text_of(struct sv bytes, struct sv sha256)
{
    char hex[HEX_LEN + 1];

    article_sha256(bytes, hex);
    return sv_eq_cstr(sha256, hex);
}

// The text as a checkout with CR LF has it.
static void with_cr_lf(struct sv bytes, struct buf *out)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.ptr[i] == '\n' && (i == 0 || bytes.ptr[i - 1] != '\r'))
            buf_add_char(out, '\r');
        buf_add_char(out, bytes.ptr[i]);
    }
}

// Is the blob `name` the text? Then it is appended to `out`.
static bool take_blob(const struct workspace *ws, struct sv name, struct sv sha256, struct buf *out)
{
    struct buf id = { 0 }, text = { 0 }, crlf = { 0 };
    struct err err = { 0 };
    int status = 0;
    bool ok = false;

    buf_add(&id, name);

    const char *const argv[] = { "git",  "--no-optional-locks", "cat-file",
                                 "blob", buf_cstr(&id),         NULL };

    if (proc_output(buf_cstr(&ws->root), argv, &text, &status, &err) && status == 0) {
        ok = is_text_of(buf_sv(&text), sha256);
        if (ok) {
            buf_add(out, buf_sv(&text));
        } else if (text.len && sv_find(buf_sv(&text), SV("\r\n"), 0) == SIZE_MAX) {
            with_cr_lf(buf_sv(&text), &crlf);
            ok = is_text_of(buf_sv(&crlf), sha256);
            if (ok)
                buf_add(out, buf_sv(&crlf));
        }
    }
    err_release(&err);
    buf_release(&id);
    buf_release(&text);
    buf_release(&crlf);
    return ok;
}

struct states { // blobs seen, borrowed from git's answer
    struct sv names[OLD_TEXT_MOST];
    size_t count;
};

// false when it was looked at already, or enough were.
static bool is_new(struct states *states, struct sv name)
{
    for (size_t i = 0; i < states->count; i++)
        if (sv_eq(states->names[i], name))
            return false;
    if (states->count == OLD_TEXT_MOST)
        return false;
    states->names[states->count++] = name;
    return true;
}

// A line of git's raw format, ":MODE MODE BLOB BLOB STATUS": the state before and the one after.
static bool take_change(const struct workspace *ws, struct sv line, struct states *states,
                        struct sv sha256, struct buf *out)
{
    struct sv word;

    while (sv_split(&line, ' ', &word))
        if (is_hash(word) && is_new(states, word) && take_blob(ws, word, sha256, out))
            return true;
    return false;
}

bool old_text_find(const struct workspace *ws, struct sv article, struct sv sha256, struct buf *out)
{
    struct buf path = { 0 }, text = { 0 };
    struct states states = { .count = 0 };
    struct err err = { 0 };
    int status = 0;
    bool ok = false;

    buf_addf(&path, "corpus/" SV_FMT ".txt", SV_ARG(article));

    const char *const argv[] = { "git",
                                 "--no-optional-locks",
                                 "--literal-pathspecs",
                                 "-c",
                                 "log.showSignature=false",
                                 "log",
                                 "--all",
                                 "--max-count=1000",
                                 "--format=",
                                 "--raw",
                                 "-z",
                                 "--no-abbrev",
                                 "--no-renames",
                                 "--",
                                 buf_cstr(&path),
                                 NULL };

    if (sha256.len == HEX_LEN && proc_output(buf_cstr(&ws->root), argv, &text, &status, &err) &&
        status == 0) {
        struct sv rest = buf_sv(&text), item;

        while (!ok && sv_split(&rest, '\0', &item))
            ok = sv_starts(item, SV(":")) && take_change(ws, item, &states, sha256, out);
    }
    err_release(&err); // no git is no error
    buf_release(&path);
    buf_release(&text);
    return ok;
}

bool old_text_use(const struct workspace *ws, struct sv article, const struct text_state *state,
                  struct sv bytes, const char *sha256, struct anchors *anchors, struct buf *old)
{
    char hex[HEX_LEN + 1];

    if (!state)
        return false;
    if (!sha256[0]) {
        article_sha256(bytes, hex);
        sha256 = hex;
    }
    if (sv_eq_cstr(state->sha256, sha256))
        return false;
    anchors_changed(anchors, old_text_find(ws, article, state->sha256, old) ? buf_sv(old)
                                                                            : (struct sv){ 0 });
    return true;
}
