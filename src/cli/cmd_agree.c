// agree: agreement of annotators.
// Changes nothing.
#include "cli/agree_case.h"

int cmd_agree(struct cli *cli)
{
    struct err err = { 0 };

    if (!cli->values[OPT_CASE])
        return cli_usage(cli, "no case to compute; name its file with --case");
    if (!agree_case(cli, cli->values[OPT_CASE], &err))
        return cli_fail(cli, &err);
    return cli_status(cli, 0);
}
