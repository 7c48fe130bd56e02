// What a team that works blind hides: whose layers of which articles may be shown, listed, counted or compared to
// whoever asks. For every command and the reader alike; it locks nothing.
#ifndef GAINSAY_STORE_BLIND_H
#define GAINSAY_STORE_BLIND_H

#include "store/team_file.h"

struct blind {
    const struct workspace *ws;
    struct team_file team;
    struct buf viewer; // who asks: not told by --as; empty: nobody, or the team hides nothing
    struct finished {
        char *article; // owned
        bool is_finished;
    } *known; // the viewer's own readings looked at so far, by article
    size_t known_count, known_cap;
};

// Who asks of the workspace, which is borrowed.
//   returns  false when team.yaml is refused: that counts as blind, and `out` can be asked all the same
MUST_CHECK bool blind_open(const struct workspace *ws, struct blind *out, struct err *err);
void blind_release(struct blind *blind); // zero value is allowed

// May whoever asks see what `owner` made of the article? O(1) where the team does not work blind; else reads their own
// layer of the article once.
bool blind_shows(struct blind *blind, struct sv owner, struct sv article);
// The same for a layer's file by its path in the workspace; true for every other file.
bool blind_shows_path(struct blind *blind, const char *path);
// The same for the bytes of a file that may be a layer, by the names in its head.
bool blind_shows_bytes(struct blind *blind, struct sv bytes);

#endif
