// Threads: what annotators say to each other about a record, each in their own layer.
//
// A comment without `reply_to` begins a thread on the record that `about` names; others answer it. A thread
// is open until the last word on that is `resolved`. Nothing of it is stored but the comments.
#ifndef GAINSAY_MODEL_THREAD_H
#define GAINSAY_MODEL_THREAD_H

#include "model/layer.h"

// A record as a comment names it.
struct comment_ref {
    struct sv annotator; // whose layer holds it
    struct sv id;
};
// `text` as ANNOTATOR/ID, or ID alone: then of `own`. Borrows. Nothing is looked up; what has no form of an
// id comes back as it is.
struct comment_ref comment_ref_parse(struct sv text, struct sv own);

struct said { // one comment
    const struct layer *layer; // of whoever says it
    const struct comment *comment;
};

struct thread {
    struct sv article;
    struct comment_ref about;
    const struct layer *layer; // that holds the record; NULL: not among those given
    enum section section;      // of `rec`
    const void *rec;           // NULL: it is gone, or its layer is not among those given
    const struct said *items;  // the one that began it, then by time, answers behind what they answer
    size_t count;              // 1..n
    bool is_open;
};

struct threads {
    struct thread *items; // by article, place of the record, time; then id
    size_t count;
    struct arena arena;
};

// The threads of all comments in `layers`, of any annotators and articles, one layer of each of both. An answer to
// a comment that is not there begins a thread of its own. Borrows the layers until threads_release.
//   cost  O(comments log comments); O(layers) without comments
void threads_find(const struct layer *const *layers, size_t count, struct threads *out);
void threads_release(struct threads *threads);

// Of the threads on a record the one with number `index`; NULL when there are not as many. O(log threads) and the
// threads of the article.
const struct thread *threads_on(const struct threads *threads, struct sv article,
                                struct comment_ref about, size_t index);
// How many of them are open.
size_t threads_open_on(const struct threads *threads, struct sv article, struct comment_ref about);

// Does a comment open its thread again, or settle it?
bool comment_opens(const struct comment *comment);
bool comment_resolves(const struct comment *comment);

#endif
