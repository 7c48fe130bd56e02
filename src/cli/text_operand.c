// A text named on the command line: an article, a file, or standard input.
// Never asks for a workspace: without one, a file will do.
#include "cli/text_operand.h"

#include <string.h>

#include "base/limits.h"

// Append the path of the article that `typed` names.
static bool find_article(struct cli *cli, const char *typed, struct buf *path, struct err *err)
{
    struct findings findings = { 0 };
    struct sv id;
    bool ok = workspace_open(cli->values[OPT_DIR], &cli->workspace, &findings, err) &&
              workspace_resolve(&cli->workspace, typed, &id, err);

    if (ok)
        workspace_text_path(&cli->workspace, id, path);
    findings_release(&findings); // what is wrong with the scheme is nothing to a text
    return ok;
}

static bool find_text(struct cli *cli, const char *typed, struct buf *path, struct err *err)
{
    if (find_article(cli, typed, path, err))
        return true;
    if (fs_is_file(typed)) {
        err_release(err);
        buf_add_cstr(path, typed);
        return true;
    }
    if (err->code != E_NO_SPACE)
        return false;
    err_release(err);
    return err_set(err, E_NO_ARTICLE, ERR_NOWHERE,
                   "'%s' is no file, and there is no workspace here or above to have an article "
                   "of that name",
                   typed);
}

bool text_operand_open(struct cli *cli, const char *typed, struct text_operand *out,
                       struct err *err)
{
    struct buf path = { 0 };
    bool ok;

    *out = (struct text_operand){ 0 };
    if (!strcmp(typed, "-")) {
        ok = fs_read_input(LIMIT_TEXT_BYTES, &out->text.own, err);
        out->text.bytes = buf_sv(&out->text.own);
    } else {
        ok = find_text(cli, typed, &path, err) && fs_text_open(buf_cstr(&path), &out->text, err);
    }
    if (ok)
        out->article = article_new(out->text.bytes);
    buf_release(&path);
    return ok;
}

void text_operand_release(struct text_operand *operand)
{
    article_free(operand->article);
    fs_text_release(&operand->text);
    *operand = (struct text_operand){ 0 };
}
