// The new text of a file being made, with the places of its keys and records.
// Never lets the places and the text disagree.
#ifndef GAINSAY_STORE_DOC_DRAFT_H
#define GAINSAY_STORE_DOC_DRAFT_H

#include "store/doc_sheet.h"

struct draft {
    const struct doc *old;
    const struct doc *from; // whose records keep their bytes too; NULL: none
    struct doc_content content;
    struct sheet sheet;
    struct head_run *heads; // of the new text; owned
    size_t count, cap;
    size_t old_pos;      // the old byte behind the last one copied
    struct arena *runs;  // takes field runs
    struct splice splice; // the old file's bytes into the new ones, once all is written
    struct arena arena;  // dies with the draft
};

static inline struct sv draft_old(const struct draft *draft)
{
    return buf_sv(&draft->old->bytes);
}

bool draft_is_section(const struct draft *draft, const struct field *field);
// The records that a section is to have.
struct rec_list draft_section(const struct draft *draft, const struct field *field);

// End the last line before anything is added; the last run then reaches behind its end.
void draft_end_line(struct draft *draft);
void draft_copy(struct draft *draft, size_t beg, size_t end);
// As draft_copy, for what stands between runs. Its blank lines stay out where they would become part of a
// value that did not stand before them.
void draft_copy_lead(struct draft *draft, size_t beg, size_t end);
// Canonical text on a new line.
void draft_write(struct draft *draft, struct sv text);

// A new head that begins here, of the kind of `like`.
struct head_run *draft_open(struct draft *draft, const struct head_run *like);
void draft_close(struct draft *draft, struct head_run *head);

// Section `old` of the file (NULL: it has none) as it is to be.
void draft_section_splice(struct draft *draft, const struct head_run *old, size_t lead);
void draft_section_write(struct draft *draft, const struct field *field,
                         const struct head_run *old);

// Is the section what the file holds?
bool draft_section_is_same(const struct draft *draft, const struct head_run *old);

// The content written anew, canonical; of the old file only comments, keys not known and records that could not be
// read stay.
void doc_render_anew(const struct doc *doc, const struct doc_content *content, struct buf *out);

#endif
