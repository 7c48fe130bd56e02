// The part of the work left that is in the text: what nothing covers. worklist*.c alone include this.
#ifndef GAINSAY_MODEL_WORKLIST_TEXT_H
#define GAINSAY_MODEL_WORKLIST_TEXT_H

#include "model/worklist.h"
#include "text/segment.h"

#define LEFT_WORDS 4 // of a clause inside a sentence that is touched; a shorter one is not missed

// A sentence, or a clause of the sentence before it.
struct stretch {
    struct byte_span span;
    bool is_sentence;
    size_t words;
};

// A walk over the units of the text, one unit ahead of what is asked for.
struct ahead {
    struct units *units;
    struct byte_span now;
    bool is_there;
};

// A source line, as far as it was cut: a paragraph or none.
struct text_line {
    struct byte_span span; // without its line end
    size_t letters;        // letters and digits
    size_t first;          // of the stretches that begin in it
};

struct worklist_text {
    struct stretch *items; // each sentence is followed by its clauses
    size_t count, cap;
    struct text_line *lines;
    size_t line_count, line_cap;
    size_t line_next; // byte where the next one begins
    size_t end; // byte up to which the text was cut
    size_t most;
    const struct article *article;
    struct sv text;
    struct ahead sentence_words, clause_words, clauses, sentences; // while it is being cut
};

// Letters and digits of a span of the text.
size_t letters_count(struct sv text, struct byte_span span);

// Add to `out` a LEFT_TEXT for each sentence that no claim, cue or furniture touches, and for each clause
// of LEFT_WORDS words or more inside a sentence that is touched; and the coverage of each paragraph. Of a text that is
// not cut (in->text NULL).
void worklist_find_text(const struct worklist_input *in, struct worklist *out);

// ---- worklist_cover.c: the same of a text that is cut, line by line, so that a line can be looked at again

// The spans of the claims, cues and furniture of in->layer.
struct worklist_cover *cover_new(const struct worklist_input *in);
void cover_free(struct worklist_cover *cover); // NULL is allowed
// Look at lines [first, last) of in->text, or at those again; out->cover tells what covers them.
void cover_find(const struct worklist_input *in, size_t first, size_t last, struct worklist *out);
// Bring out->cover in line with what changed in in->layer, and look again at the lines that this is about.
void cover_update(const struct worklist_input *in, const struct delta *deltas, size_t count,
                  struct worklist *out);

#endif
