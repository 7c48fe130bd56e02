// The team of a workspace: who reads what, who decides, and whether they work blind.
#ifndef GAINSAY_MODEL_TEAM_H
#define GAINSAY_MODEL_TEAM_H

#include "model/check.h"

#define STATE_FINISHED "finished" // of a layer's head

struct team {
    struct team_head head;
    struct rec_list members; // struct member
    bool is_there;           // the workspace has a team.yaml
};

const struct member *team_find(const struct team *team, struct sv annotator); // or NULL

// Is the article to be read by this annotator: named, or in an event that is named, or nothing is? Who is not of
// the team is to read nothing.
bool team_is_assigned(const struct team *team, struct sv annotator, struct sv article);

// Has this annotator a reading to finish: there is no team, or they are of it, or it is what the team decided?
// E_TEAM else, which names who is of the team.
MUST_CHECK bool team_takes(const struct team *team, struct sv annotator, struct err *err);

// May `viewer` see what `owner` made of an article? Own work, always; that of others in a blind team when the
// viewer has finished the article, or is an adjudicator.
bool team_shows(const struct team *team, struct sv viewer, struct sv owner, bool is_finished);

bool layer_is_finished(const struct layer *layer);
const char *layer_state(const struct layer *layer); // "new" (NULL: there is no layer), "in progress", "finished"
size_t layer_read_share(const struct layer *layer); // per cent of the text that was read; 0 when it has no length

// Was the layer made under another version of the team's rules than the one in force? Not where the team names none.
bool team_guideline_is_old(const struct team *team, const struct layer *layer);

// What is wrong with the team: members without a folder's name, adjudicators who are no members, articles and
// events that the corpus does not have.
//   articles  ids of the corpus
void check_team(const struct team *team, const char *const *articles, size_t count, const char *path,
                struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                void *place_ctx, struct findings *findings);

#endif
