// Loading team.yaml.
// A team that cannot be read hides everything, so that nothing is shown by mistake.
#include "store/team_file.h"

bool team_file_load(const struct workspace *ws, struct team_file *out, struct findings *findings,
                    struct err *err)
{
    struct workspace present = *ws; // borrowed for the file's path
    const struct team_head *now;
    bool ok;

    *out = (struct team_file){ 0 };
    ok = list_file_load(ws, &doc_team, "team.yaml", &out->file, findings, err);
    if (out->file.head)
        out->team.head = *(const struct team_head *)out->file.head;
    out->team.members = out->file.records;
    out->team.is_there = out->file.is_there;
    if (ok && ws->at) {
        present.at = NULL;
        ok = list_file_load(&present, &doc_team, "team.yaml", &out->now, findings, err);
        now = out->now.head;
        out->team.head.blind = now && now->blind;
        out->team.head.adjudicators = now ? now->adjudicators : (struct sv_list){ 0 };
    }
    out->team.head.blind = out->team.head.blind || !ok;
    return ok;
}

void team_file_release(struct team_file *file)
{
    list_file_release(&file->file);
    list_file_release(&file->now);
    *file = (struct team_file){ 0 };
}
