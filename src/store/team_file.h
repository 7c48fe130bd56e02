// annotations/team.yaml as loaded.
#ifndef GAINSAY_STORE_TEAM_FILE_H
#define GAINSAY_STORE_TEAM_FILE_H

#include "model/team.h"
#include "store/list_file.h"

struct team_file {
    struct list_file file;
    struct list_file now; // of a workspace looked at in a revision: the file as it stands
    struct team team;
};

// Load it; a file that is not there gives a team of nobody that hides nothing. In a revision the team is that of then,
// but whether it works blind, and who decides, is as it is now: nothing is shown for having stood open once.
//   returns  false when the file is refused: then `blind` holds, so that nothing is shown by mistake
MUST_CHECK bool team_file_load(const struct workspace *ws, struct team_file *out,
                               struct findings *findings, struct err *err);
void team_file_release(struct team_file *file);

#endif
