// Inside of an adjudication, for session/adjudicate*.c alone.
#ifndef GAINSAY_SESSION_ADJUDICATE_INNER_H
#define GAINSAY_SESSION_ADJUDICATE_INNER_H

#include "session/adjudicate.h"
#include "store/team_file.h"

struct annotator_layer {
    struct layer_file file;
    bool is_there; // the annotator has one, it may be seen and counts in the text as it is
};

struct adjudicating {
    struct session *session;
    struct reading **articles; // [0] is adjudicated; of the session
    size_t article_count;
    struct fs_names names;     // of annotators
    struct annotator_layer *layers; // [article * annotators + annotator]
    struct team_file team;
    struct buf person, viewer;
    size_t hidden;             // layers of the article that are not to be seen
    bool is_settled_hidden;    // nor is what the team agreed on
    struct adjudication adjudication;
    bool is_made;
    size_t version;            // of the session, when it was
};

#endif
