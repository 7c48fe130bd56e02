// Two articles named on the command line, compared.
// Reads files; changes none.
#include "cli/pair.h"

#include "session/relation.h"

static bool open_side(struct cli *cli, struct pair_side *side, struct err *err)
{
    struct buf path = { 0 };
    bool ok;

    workspace_text_path(&cli->workspace, side->id, &path);
    ok = fs_text_open(buf_cstr(&path), &side->text, err);
    if (ok)
        side->article = article_new(side->text.bytes);
    buf_release(&path);
    return ok;
}

static void take_first(void *ctx, struct sv other)
{
    struct sv *found = ctx;

    if (sv_is_absent(*found))
        *found = other;
}

static void load_registry(struct cli *cli, struct pair *pair)
{
    struct findings findings = { 0 };
    struct err err = { 0 };

    if (!registry_file_load(&cli->workspace, &pair->registry, &findings, &err))
        (void)cli_fail(cli, &err);
    findings_release(&findings);
}

static void say_cut(struct cli *cli, const struct pair *pair)
{
    struct findings findings = { 0 };
    struct err err = { 0 };

    for (int side = 0; side < 2; side++) {
        if (!relate_is_cut(pair->relate, side))
            continue;
        (void)err_set(&err, E_INCOMPLETE, ERR_NOWHERE,
                      "of '" SV_FMT "' only the first %zu KiB are compared",
                      SV_ARG(pair->sides[side].id), RELATE_BYTES >> 10);
        findings_take(&findings, SEVERITY_WARNING, &err);
    }
    (void)cli_report(cli, &findings);
}

bool pair_open(struct cli *cli, size_t first, size_t second, struct pair *out, struct err *err)
{
    const struct workspace *ws = &cli->workspace;

    *out = (struct pair){ 0 };
    if (!workspace_resolve(ws, cli->operands[first], &out->sides[0].id, err))
        return false;
    if (second < cli->operand_count) {
        if (!workspace_resolve(ws, cli->operands[second], &out->sides[1].id, err))
            return false;
    } else {
        workspace_others(ws, out->sides[0].id, take_first, &out->sides[1].id);
        if (sv_is_absent(out->sides[1].id))
            return err_set(err, E_NO_ARTICLE, ERR_NOWHERE,
                           "the event of '" SV_FMT "' has no other article; name one",
                           SV_ARG(out->sides[0].id));
    }
    if (!open_side(cli, &out->sides[0], err) || !open_side(cli, &out->sides[1], err))
        return false;
    load_registry(cli, out);
    out->relate =
        relation_make(&out->registry.registry, out->sides[0].article, out->sides[1].article);
    say_cut(cli, out);
    return true;
}

void pair_release(struct pair *pair)
{
    relate_free(pair->relate);
    registry_file_release(&pair->registry);
    for (int side = 0; side < 2; side++) {
        article_free(pair->sides[side].article);
        fs_text_release(&pair->sides[side].text);
    }
}

size_t pair_line(const struct pair *pair, int side, size_t pos)
{
    return article_line_number(pair->sides[side].article, pos);
}
