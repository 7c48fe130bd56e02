// What a team that works blind hides, for commands that read files without a library.
// Decides nothing: store/blind.h does.
#include "cli/hidden.h"

void blind_warn(struct cli *cli, size_t hidden)
{
    if (!hidden)
        return;
    cli_warn(cli, E_INCOMPLETE,
             "the team works blind: %zu layer%s of others %s left out until you have finished "
             "the article; see 'gainsay status'",
             hidden, hidden == 1 ? "" : "s", hidden == 1 ? "is" : "are");
}

bool blind_find(struct cli *cli, struct blind *out)
{
    struct findings findings = { 0 };
    struct err err = { 0 };
    bool ok = cli->workspace.root.len ||
              workspace_open_quick(cli->values[OPT_DIR], &cli->workspace, &findings, &err);

    *out = (struct blind){ 0 };
    if (ok && !blind_open(&cli->workspace, out, &err))
        (void)cli_fail(cli, &err);
    err_release(&err); // files of no workspace: no team
    findings_release(&findings);
    return ok;
}

bool blind_allows_as(struct cli *cli, struct err *err)
{
    const char *as = cli->values[OPT_AS];
    struct blind blind;
    struct err refused = { 0 };
    bool ok = true;

    if (!as)
        return true;
    if (!blind_open(&cli->workspace, &blind, &refused))
        (void)cli_fail(cli, &refused);
    ok = team_shows(&blind.team.team, buf_sv(&blind.viewer), sv_from(as), false) ||
         err_set(err, E_TEAM, ERR_NOWHERE,
                 "the team works blind, and what '%s' made of the articles is hidden from '%s'; "
                 "if you are '%s', set GAINSAY_ANNOTATOR",
                 as, buf_cstr(&blind.viewer), as);
    blind_release(&blind);
    return ok;
}
