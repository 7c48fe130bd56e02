// Candidates for words typed in prompts: article ids, commands, fields, words of the query language.
// Each appends its candidates to `out`, as a prompt takes them, and returns the byte where the word begins.
#ifndef GAINSAY_TUI_COMPLETE_H
#define GAINSAY_TUI_COMPLETE_H

#include "tui/app.h"

size_t complete_article(struct app *app, struct sv text, size_t cursor, struct buf *out);
size_t complete_query(struct app *app, struct sv text, size_t cursor, struct buf *out);
size_t complete_command(struct app *app, struct sv text, size_t cursor, struct buf *out);

// The command meant by `name`: that name, or the only one that begins with it and works in `context`.
// COMMAND_NONE: none, or several.
enum command_id complete_find(unsigned context, struct sv name);

#endif
