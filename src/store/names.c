// Checks and repairs of names: which article ids and annotator names a workspace can hold.
// Never changes a file; says what is wrong with a name and what would be right.
#include "store/names.h"

#include <string.h>

#include "base/limits.h"
#include "base/proc.h"
#include "base/visible.h"
#include "store/checkout.h"
#include "store/twins.h"

#define NEAR_MAX        5 // ids named in one message
#define TWIN_DIFFERENCE "case, the form of accents or a dot at the end"

static const char *part_problem(struct sv part)
{
    if (part.len == 0)
        return "a part of it is empty";
    if (part.ptr[0] == '.')
        return "a part of it begins with a dot";
    if (part.ptr[0] == '-')
        return "a part of it begins with a dash";
    if (part.ptr[0] == ' ' || part.ptr[part.len - 1] == ' ')
        return "a part of it begins or ends with a blank";
    return NULL;
}

static const char *character_problem(struct sv id)
{
    for (size_t i = 0, size; i < id.len; i += size) {
        int32_t cp = utf8_decode(sv_sub(id, i, id.len), &size);

        if (cp < 0)
            return "it is not valid UTF-8";
        if (cp_is_hidden(cp))
            return "it holds a control or hidden character";
        if (cp == '\\')
            return "it holds a backslash";
    }
    return NULL;
}

static const char *form_problem(struct sv id)
{
    if (id.len > LIMIT_NAME)
        return "it is longer than 200 bytes";

    const char *problem = character_problem(id);

    for (size_t beg = 0; !problem && beg <= id.len;) {
        size_t end = sv_find(id, SV("/"), beg);

        if (end > id.len)
            end = id.len;
        problem = part_problem(sv_sub(id, beg, end));
        beg = end + 1;
    }
    return problem;
}

bool id_check_form(struct sv id, struct err *err)
{
    const char *problem = form_problem(id);

    if (!problem)
        return true;
    return err_set(err, E_NAME, ERR_NOWHERE, "'" SV_FMT "' cannot be the id of an article: %s",
                   SV_ARG(id), problem);
}

bool workspace_check_id(const struct workspace *ws, struct sv id, struct err *err)
{
    if (!id_check_form(id, err))
        return false;
    for (size_t i = 0; i < workspace_articles(ws)->count; i++) {
        struct sv other = sv_from(workspace_articles(ws)->items[i]);

        if (sv_eq(other, id))
            return err_set(err, E_NAME, ERR_NOWHERE,
                           "there is an article '" SV_FMT "' already; give another id with --id",
                           SV_ARG(id));
        if (name_is_twin(other, id))
            return err_set(err, E_NAME, ERR_NOWHERE,
                           "'" SV_FMT "' and '" SV_FMT "' differ only in " TWIN_DIFFERENCE
                           ", which some file systems do not tell apart; give another id with "
                           "--id",
                           SV_ARG(id), SV_ARG(other));
    }
    return true;
}

struct twin_report {
    const char *folder; // of the names
    struct findings *findings;
};

static void report_twin(void *ctx, const char *path, const char *other)
{
    const struct twin_report *report = ctx;
    struct buf at = { 0 };

    fs_join(&at, report->folder, path);
    findings_add(report->findings, SEVERITY_ERROR, E_NAME, (struct err_at){ buf_cstr(&at), 0, 0 },
                 "this name and '%s' differ only in " TWIN_DIFFERENCE
                 ", which some file systems do not tell apart; rename one",
                 other);
    buf_release(&at);
}

bool workspace_check_names(const struct workspace *ws, struct findings *findings, struct err *err)
{
    struct twin_report articles = { .folder = "corpus", .findings = findings };
    struct twin_report annotators = { .folder = "annotations", .findings = findings };
    struct fs_names names = { 0 };
    struct buf dir = { 0 };

    name_each_twin(workspace_articles(ws), report_twin, &articles);
    fs_join(&dir, buf_cstr(&ws->root), "annotations");

    bool ok = fs_list(buf_cstr(&dir), &names, err);

    if (ok)
        name_each_twin(&names, report_twin, &annotators);
    fs_names_release(&names);
    buf_release(&dir);
    return ok;
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_name_char(char c)
{
    return is_name_start(c) || c == '.' || c == '_' || c == '-';
}

bool annotator_is_name(struct sv name)
{
    if (name.len == 0 || name.len > LIMIT_NAME || !is_name_start(name.ptr[0]))
        return false;
    for (size_t i = 1; i < name.len; i++) {
        if (!is_name_char(name.ptr[i]))
            return false;
    }
    return name.ptr[name.len - 1] != '.'; // some file systems take it off
}

void annotator_make_name(struct sv text, struct buf *out)
{
    size_t beg = out->len;

    for (size_t i = 0; i < text.len && out->len - beg < LIMIT_NAME; i++) {
        char c = text.ptr[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!is_name_char(c))
            c = '-';
        if (out->len > beg || is_name_start(c))
            buf_add_char(out, c);
    }
    while (out->len > beg && !is_name_start(out->ptr[out->len - 1]))
        buf_splice(out, out->len - 1, out->len, SV(""));
    if (out->len == beg)
        buf_add_cstr(out, "reader");
}

// The part of an address that names the person; GitHub hides addresses as
// 1234+name@users.noreply...
static struct sv address_name(struct sv address)
{
    size_t at = sv_find(address, SV("@"), 0);
    struct sv local = sv_sub(address, 0, at < address.len ? at : address.len);
    size_t plus = sv_find(local, SV("+"), 0);

    if (plus < local.len && sv_find(address, SV("@users.noreply."), 0) < address.len)
        return sv_sub(local, plus + 1, local.len);
    return sv_sub(local, 0, plus < local.len ? plus : local.len);
}

// Last value of each key that git knows here; the later a line, the nearer its file.
static void ask_git(const struct workspace *ws, struct buf *annotator, struct buf *address)
{
    static const char *const argv[] = { "git", "config", "--get-regexp",
                                        "^(gainsay\\.annotator|user\\.email)$", NULL };
    struct buf text = { 0 };
    struct err err = { 0 };
    int status = 0;

    if (proc_output(buf_cstr(&ws->root), argv, &text, &status, &err) && status == 0) {
        struct sv rest = buf_sv(&text), line;

        while (sv_split(&rest, '\n', &line)) {
            bool is_annotator = sv_starts(line, SV("gainsay.annotator "));
            struct buf *into = is_annotator ? annotator : address;
            size_t blank = sv_find(line, SV(" "), 0);

            if (blank >= line.len)
                continue;
            buf_clear(into);
            buf_add(into, sv_trim(sv_sub(line, blank, line.len)));
        }
    }
    err_release(&err); // no git is no error: the login name does
    buf_release(&text);
}

static bool take_name(struct sv name, const char *from, struct buf *out, struct err *err)
{
    if (sv_eq(name, SV(ADJUDICATED)))
        return err_set(err, E_NAME, ERR_NOWHERE,
                       "the annotator '" ADJUDICATED "' (%s) is the layer a team agreed on; "
                       "use a name of your own",
                       from);
    if (!annotator_is_name(name))
        return err_set(err, E_NAME, ERR_NOWHERE,
                       "'" SV_FMT "' (%s) cannot name an annotator; use a-z, 0-9, '.', '_' and "
                       "'-', a letter or digit first and no dot last",
                       SV_ARG(name), from);
    buf_clear(out);
    buf_add(out, name);
    return true;
}

bool workspace_annotator(const struct workspace *ws, const char *as, struct buf *out,
                         struct err *err)
{
    const char *variable = env_get("GAINSAY_ANNOTATOR");
    struct buf annotator = { 0 }, address = { 0 }, made = { 0 };
    bool ok;

    if (as)
        return take_name(sv_from(as), "--as", out, err);
    if (variable)
        return take_name(sv_from(variable), "$GAINSAY_ANNOTATOR", out, err);
    ask_git(ws, &annotator, &address);
    if (annotator.len) {
        ok = take_name(buf_sv(&annotator), "git config gainsay.annotator", out, err);
    } else if (address.len) {
        annotator_make_name(address_name(buf_sv(&address)), &made);
        ok = take_name(buf_sv(&made), "from git config user.email", out, err);
    } else {
        env_login(&address);
        annotator_make_name(buf_sv(&address), &made);
        ok = take_name(buf_sv(&made), "login name", out, err);
    }
    buf_release(&annotator);
    buf_release(&address);
    buf_release(&made);
    return ok;
}

// A typed path of a file in the corpus; ids are looked up by their real path, so links resolve too.
static bool resolve_path(const struct workspace *ws, const char *typed, struct sv *id)
{
    struct buf real = { 0 }, corpus = { 0 }, below = { 0 };
    struct err err = { 0 };
    bool found = false;

    fs_join(&corpus, buf_cstr(&ws->root), "corpus/");
    if (!fs_is_file(typed) && typed[0] != '/')
        fs_join(&below, buf_cstr(&ws->root), typed);
    else
        buf_add_cstr(&below, typed);
    if (fs_is_file(buf_cstr(&below)) && fs_real(buf_cstr(&below), &real, &err) &&
        sv_starts(buf_sv(&real), buf_sv(&corpus)) && sv_ends(buf_sv(&real), SV(".txt")))
        found = workspace_find_article(
            ws, sv_sub(buf_sv(&real), corpus.len, real.len - strlen(".txt")), id);
    err_release(&err);
    buf_release(&real);
    buf_release(&corpus);
    buf_release(&below);
    return found;
}

static bool ends_in_parts(struct sv id, struct sv tail)
{
    return tail.len < id.len && sv_ends(id, tail) && id.ptr[id.len - tail.len - 1] == '/';
}

static void list_id(struct buf *list, size_t *count, struct sv id)
{
    if (++*count > NEAR_MAX)
        return;
    if (list->len)
        buf_add_cstr(list, ", ");
    buf_addf(list, "'" SV_FMT "'", SV_ARG(id));
}

// Refuse an article that git has and a sparse checkout leaves out, by its id or the last part of
// it.
static bool is_checked_out(const struct workspace *ws, struct sv typed, struct err *err)
{
    struct fs_names left_out;
    bool is = true;

    checkout_left_out(ws, &left_out);
    for (size_t i = 0; is && typed.len && i < left_out.count; i++) {
        struct sv path = sv_from(left_out.items[i]);

        if (!sv_starts(path, SV("corpus/")) || !sv_ends(path, SV(".txt")))
            continue;
        path = sv_sub(path, strlen("corpus/"), path.len - strlen(".txt"));
        is = (!sv_eq(path, typed) && !ends_in_parts(path, typed)) ||
             checkout_holds(ws, left_out.items[i], err);
    }
    fs_names_release(&left_out);
    return is;
}

static bool say_unknown(const struct workspace *ws, struct sv typed, struct err *err)
{
    struct buf list = { 0 };
    size_t count = 0;
    size_t limit = typed.len / 3 > 2 ? typed.len / 3 : 2;

    if (!workspace_was_listed(ws, err) || !is_checked_out(ws, typed, err))
        return false;
    for (size_t i = 0; i < workspace_articles(ws)->count; i++) {
        struct sv id = sv_from(workspace_articles(ws)->items[i]);

        if (sv_distance(typed, id) <= limit || sv_distance(typed, article_name(id)) <= limit ||
            sv_find(id, typed, 0) < id.len)
            list_id(&list, &count, id);
    }

    const char *lead = "did you mean";

    if (count == 0) {
        lead = "the articles are";
        for (size_t i = 0; i < workspace_articles(ws)->count; i++)
            list_id(&list, &count, sv_from(workspace_articles(ws)->items[i]));
    }
    if (count == 0)
        err_set(err, E_NO_ARTICLE, ERR_NOWHERE,
                "no article '" SV_FMT
                "': the corpus is empty; 'gainsay add FILE' puts a text there",
                SV_ARG(typed));
    else
        err_set(err, E_NO_ARTICLE, ERR_NOWHERE, "no article '" SV_FMT "'; %s %s%s", SV_ARG(typed),
                lead, buf_cstr(&list), count > NEAR_MAX ? " and others" : "");
    buf_release(&list);
    return false;
}

bool workspace_resolve(const struct workspace *ws, const char *typed, struct sv *id,
                       struct err *err)
{
    struct sv name = sv_from(typed);
    struct buf list = { 0 };
    size_t count = 0;

    if (workspace_find_article(ws, name, id) || resolve_path(ws, typed, id))
        return true;
    if (sv_ends(name, SV(".txt")))
        name = sv_sub(name, 0, name.len - strlen(".txt"));
    if (workspace_find_article(ws, name, id))
        return true;
    for (size_t i = 0; name.len && i < workspace_articles(ws)->count; i++) {
        struct sv found = sv_from(workspace_articles(ws)->items[i]);

        if (ends_in_parts(found, name)) {
            list_id(&list, &count, found);
            *id = found;
        }
    }
    if (count > 1)
        err_set(err, E_NO_ARTICLE, ERR_NOWHERE,
                "'" SV_FMT "' could be any of %s%s; give more of the id", SV_ARG(name),
                buf_cstr(&list), count > NEAR_MAX ? " and others" : "");
    buf_release(&list);
    if (count == 0)
        return say_unknown(ws, name, err);
    return count == 1;
}
