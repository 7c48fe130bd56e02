// Threads of comments on the command line: found in all layers that may be seen, printed.
#ifndef GAINSAY_CLI_TALK_H
#define GAINSAY_CLI_TALK_H

#include "cli/library.h"
#include "exchange/json.h"

// Find the threads of all layers that may be seen, those that --as left out too, for library->threads. Once.
//   article  of one article alone; absent: of all
void talk_find(struct cli *cli, struct library *library, struct sv article);

// The words that a thread is about; empty when its record is gone, not to be seen, or has none.
void thread_words(const struct thread *thread, struct buf *out);
// What was said, a paragraph for each comment.
void out_thread(struct out *out, const struct thread *thread, int indent);
// The thread with its comments.
struct jnode *thread_node(const struct thread *thread);

#endif
