// Findings in the forms of places that review changes. Declared in cli/review.h.
// Never lets a text end the line or the command that it stands in.
#include "cli/review.h"

#include <string.h>

#include "exchange/json.h"
#include "model/index.h"

static const char *const names[REVIEW__N] = {
    [REVIEW_NONE] = "",
    [REVIEW_GITHUB] = "github",
    [REVIEW_GITLAB] = "gitlab",
};

const char *review_name(size_t index)
{
    return index + 1 < REVIEW__N ? names[index + 1] : NULL;
}

enum review review_find(const char *name)
{
    for (enum review r = REVIEW_GITHUB; r < REVIEW__N; r++)
        if (!strcmp(names[r], name))
            return r;
    return REVIEW__N;
}

static bool is_error(const struct finding *finding, bool is_strict)
{
    return is_strict || finding->severity == SEVERITY_ERROR;
}

// Text in a workflow command: the characters that end it are written as %XX.
static void add_escaped(struct sv text, const char *also, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c == '%' || c < ' ' || strchr(also, c))
            buf_addf(out, "%%%02X", c);
        else
            buf_add_char(out, (char)c);
    }
}

static void add_command(const struct finding *finding, const char *prefix, bool is_strict,
                        struct buf *out)
{
    const struct err *err = &finding->err;

    buf_add_cstr(out, is_error(finding, is_strict) ? "::error " : "::warning ");
    if (err->path.len) {
        buf_add_cstr(out, "file=");
        add_escaped(sv_from(prefix), ":,", out);
        add_escaped(buf_sv(&err->path), ":,", out);
        buf_addf(out, ",line=%d,", err->line ? err->line : 1);
        if (err->col)
            buf_addf(out, "col=%d,", err->col);
    }
    buf_addf(out, "title=gainsay %s::", err_name(err->code));
    add_escaped(buf_sv(&err->text), "", out);
    buf_add_char(out, '\n');
}

// The same finding has the same fingerprint in every run, wherever its line moves.
static void set_fingerprint(struct jnode *node, const struct finding *finding)
{
    size_t hash = hash_bytes(0, sv_from(err_name(finding->err.code)));
    struct buf text = { 0 };

    hash = hash_bytes(hash, buf_sv(&finding->err.path));
    hash = hash_bytes(hash, buf_sv(&finding->err.text));
    buf_addf(&text, "%016zx", hash);
    jnode_set_text(node, "fingerprint", buf_sv(&text));
    buf_release(&text);
}

static struct jnode *quality(const struct finding *finding, const char *prefix, bool is_strict)
{
    const struct err *err = &finding->err;
    struct jnode *node = jnode_map(), *place = jnode_map(), *lines = jnode_map();
    struct buf path = { 0 };

    buf_addf(&path, "%s%s", prefix, err->path.len ? buf_cstr(&err->path) : ".");
    jnode_set_text(node, "description", buf_sv(&err->text));
    jnode_set_text(node, "check_name", sv_from(err_name(err->code)));
    set_fingerprint(node, finding);
    jnode_set_text(node, "severity", is_error(finding, is_strict) ? SV("major") : SV("minor"));
    jnode_set_text(place, "path", buf_sv(&path));
    jnode_set(lines, "begin", jnode_count(err->line > 0 ? (size_t)err->line : 1));
    jnode_set(place, "lines", lines);
    jnode_set(node, "location", place);
    buf_release(&path);
    return node;
}

void review_print(enum review review, const struct findings *findings, const char *prefix,
                  bool is_strict, struct buf *out)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < findings->count; i++) {
        if (review == REVIEW_GITHUB)
            add_command(&findings->items[i], prefix, is_strict, out);
        else
            jnode_add(list, quality(&findings->items[i], prefix, is_strict));
    }
    if (review == REVIEW_GITLAB)
        jnode_print(list, out);
    jnode_free(list);
}
