// Source lines in pieces of bounded length.
// Never looks further than two pieces, so that no key costs more in a text without line ends.
#include "text/piece.h"

#include <stdint.h>
#include <string.h>

#include "text/cluster.h"

#ifndef PIECE_MAX
#define PIECE_MAX ((size_t)64 << 10) // bytes: longer lines are cut about here; tests build with 64
#endif
#define PIECE_SLACK   (PIECE_MAX / 16) // bytes: how far back from there a blank is looked for
#define CLUSTER_SLACK ((size_t)256)    // bytes: likewise the end of a cluster

// A place to cut a very long line at or shortly before byte `at`: behind a blank, else between
// clusters, else between code points. A row may ask for it, so clusters are looked for near by
// alone.
static size_t cut_near(struct sv text, size_t at)
{
    size_t least = at - PIECE_SLACK, pos;

    for (pos = at; pos > least; pos--)
        if (text.ptr[pos - 1] == ' ' && text.ptr[pos] != ' ' && cluster_surely_ends(text, pos))
            return pos;
    if (at - least > CLUSTER_SLACK)
        least = at - CLUSTER_SLACK;
    for (pos = at; pos > least; pos--)
        if (cluster_surely_ends(text, pos))
            return pos;
    for (pos = at; pos > at - 3 && (text.ptr[pos] & 0xc0) == 0x80; pos--)
        ;
    return pos;
}

// Very long lines are cut near those multiples of PIECE_MAX that have a whole piece of the line
// before them: the cuts do not depend on where reading began.
//   at       such a multiple
//   returns  the cut, or SIZE_MAX when there is none
static size_t cut_at(struct sv text, size_t at)
{
    if (at < PIECE_MAX || at >= text.len || text.ptr[at] == '\n')
        return SIZE_MAX;
    if (text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n')
        return SIZE_MAX;
    if (memchr(text.ptr + at - PIECE_MAX, '\n', PIECE_MAX))
        return SIZE_MAX;
    return cut_near(text, at);
}

// Beginning of the piece that holds `pos`, which is not the end of the text.
static void find_beg(struct sv text, size_t pos, struct piece *piece)
{
    size_t at = pos / PIECE_MAX * PIECE_MAX;
    size_t cut = cut_at(text, at + PIECE_MAX);

    while (cut == SIZE_MAX || cut > pos) { // a cut or a line end is found within two pieces
        size_t near = at > PIECE_MAX ? at - PIECE_MAX : 0;
        const char *lf = memrchr(text.ptr + near, '\n', pos - near);

        if (lf || at == 0) {
            piece->beg = lf ? (size_t)(lf - text.ptr) + 1 : 0;
            piece->is_first = true;
            return;
        }
        cut = cut_at(text, at);
        at -= PIECE_MAX;
    }
    piece->beg = cut;
    piece->is_first = false;
}

void piece_find_end(struct sv text, size_t pos, struct piece *piece)
{
    size_t at = pos / PIECE_MAX * PIECE_MAX + PIECE_MAX;
    size_t far = at + PIECE_MAX + 2 < text.len ? at + PIECE_MAX + 2 : text.len;
    const char *lf = pos < far ? memchr(text.ptr + pos, '\n', far - pos) : NULL;

    piece->end = lf ? (size_t)(lf - text.ptr) : text.len;
    if (lf && piece->end > piece->beg && text.ptr[piece->end - 1] == '\r')
        piece->end--;
    piece->is_last = true;
    for (; at < far && at < piece->end; at += PIECE_MAX) {
        size_t cut = cut_at(text, at);

        if (cut != SIZE_MAX && cut > pos) {
            piece->end = cut;
            piece->is_last = false;
            return;
        }
    }
}

struct piece piece_at(struct sv text, size_t pos)
{
    struct piece piece;

    if (pos >= text.len) { // the end belongs to the last line, unless a new one began
        pos = text.len;
        if (pos == 0 || text.ptr[pos - 1] == '\n')
            return (struct piece){ pos, pos, true, true };
        pos--;
    }
    find_beg(text, pos, &piece);
    piece_find_end(text, pos, &piece);
    return piece;
}

bool piece_is_cut(struct sv text, size_t pos)
{
    size_t at = (pos + PIECE_MAX - 1) / PIECE_MAX * PIECE_MAX;

    return at - pos <= PIECE_SLACK && cut_at(text, at) == pos;
}
