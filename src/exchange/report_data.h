// The inside of a report: what html and Markdown are written from. For exchange/report*.c alone.
#ifndef GAINSAY_EXCHANGE_REPORT_DATA_H
#define GAINSAY_EXCHANGE_REPORT_DATA_H

#include "exchange/report.h"
#include "model/agree_rows.h"
#include "model/board.h"
#include "model/derive.h"

// A claim as the report names it: A12 is the twelfth of the first article.
struct exhibit {
    const struct claim *claim;
    size_t text, number; // index; 1-based
    struct cp_span at;  // in the text as it is now, first part to last; as near to where it was if it is lost
    size_t line;        // 1-based, of its first word; 0: the text is shorter
    const struct cp_span *parts; // of each part, where it stands; empty: not found for sure
    enum anchor anchor; // of its worst part
    unsigned flags;     // enum claim_flag
    bool is_alone;      // could be looked for elsewhere, and nothing is recorded of that: ROW_ALONE
};

// One voice of a claim, filed under who speaks.
struct saying {
    struct sv source; // its id in the registry where it has one; empty: nobody is named
    const struct exhibit *exhibit;
    const struct voice *voice, *root; // root: the outermost one
    size_t order;                     // of finding, so that sorting keeps it
};

// Do any of its words stand in the text as it is now? Then it has a place there.
bool exhibit_is_there(const struct exhibit *exhibit);

// What a row of the board is to the report.
enum row_kind {
    ROW_LINK,    // of two claims: D1, D2 ...
    ROW_SILENT,  // one article says nothing of it: O1 ...
    ROW_ALONE,   // no link at all
    ROW_BROKEN,  // a link to a claim that is not there
    ROW_KIND__N
};

struct reading {
    const struct report_reading *in;
    const struct layer **layers; // of each text; an empty one where `in` has none
    struct derived *derived;
    struct board board;   // by topic
    size_t *numbers;      // of each row of the board within its kind, 1-based
    size_t row_counts[ROW_KIND__N];
    struct exhibit *exhibits; // by text, then as in the layer
    size_t exhibit_count;
    size_t *first;            // of each text, and behind the last
    const struct exhibit **by_claim; // sorted by address, for looking up
    struct saying *sayings;   // by source, then exhibit
    size_t saying_count, saying_cap;
};

struct report {
    const struct report_input *in;
    struct arena arena;
    struct layer *empty;   // of each text
    size_t **lines;        // of each text: byte where each line begins
    size_t *line_counts;
    char (*hashes)[65];
    struct reading *readings; // those shown
    size_t reading_count;
    // Agreement of the readers that are not the adjudicated layer; `agreement.raters` 0: there are no two.
    struct agreement agreement;
    struct agree_rows rows;
    const struct layer **compared; // [article * raters + rater]
    const struct report_reading **raters;
    struct sv *compared_texts;
    size_t differing; // articles left out: the layers count in different texts
    size_t open, agreed; // differences not decided, and records all agree on that are not taken over (gather_open)
};

// Count what is not decided, where the adjudicated layer is shown; after agreement was gathered.
void gather_open(struct report *report);
// "3 differences between the readers are still open: ..."; nothing where all is decided.
void add_open(const struct report *report, struct buf *out);

// Threads (report_talk.c): is it of an article here, and of a record that was asked for?
bool thread_is_told(const struct report *report, const struct thread *thread);
bool report_has_talk(const struct report *report);
const struct exhibit *thread_exhibit(const struct report *report, const struct thread *thread); // or NULL
void add_thread_words(const struct thread *thread, struct buf *out); // of its record; none when that is gone
struct sv said_when(const struct said *said); // day and minute

// "A", "B" .. "Z", "AA": how the report calls a text, and "A12" a claim. Appended.
void add_letter(size_t text, struct buf *out);
void add_label(const struct exhibit *exhibit, struct buf *out);

const struct exhibit *exhibit_find(const struct reading *reading, const struct claim *claim); // or NULL
enum row_kind row_kind(const struct report *report, const struct board_row *row);
const struct word *row_type(const struct report *report, const struct board_row *row); // or NULL
bool row_disputes(const struct report *report, const struct board_row *row);
// "D3", "O2"; nothing for the other kinds.
void add_row_label(const struct reading *reading, const struct report *report, size_t row, struct buf *out);
// The text of a side; SIZE_MAX: of none here.
size_t side_text(const struct report *report, const struct board_side *side);
// 1-based line of a byte.
size_t line_at(const struct report *report, size_t text, size_t pos);

// ---- in words, appended
void add_quote(const struct claim *claim, struct buf *out); // parts joined by " … ", line ends as blanks
void add_flat(struct sv text, struct buf *out);             // line ends and tabs as blanks, ends trimmed
// "Local media reports; the government confirms (unsure)"; the article itself when there is no voice.
void add_voices(const struct report *report, const struct claim *claim, struct buf *out);
void add_voice(const struct report *report, const struct voice *voice, struct buf *out);
// "code points 302–355 and 387–422, line 5"; with what is to be said of an anchor in doubt.
void add_position(const struct exhibit *exhibit, struct buf *out);
// "A12 undercuts B3", "differs": the relation of a row with a link, its point, "strict", its figures.
void add_relation(const struct reading *reading, const struct report *report, const struct board_row *row,
                  struct buf *out);
void add_values(const struct reading *reading, const struct board_row *row,
                struct buf *out); // "A11: 6 dead; B1: 5 dead"; nothing unless both state one
// "same, by ana: the reason": what an adjudicated layer says of a claim or link; nothing in others.
void add_decision(enum section section, const void *rec, struct buf *out);
// ", and those that a link joins to them: 12 of 62.": what follows the query by which layers were narrowed.
void add_asked(const struct report *report, struct buf *out);
void add_strs(const struct sv_list *list, const char *between, struct buf *out);
struct sv text_title(const struct report_text *text); // its headline; its id if there is none
const char *anchor_text(enum anchor anchor); // NULL: it stands where it stood

// Counts of a reading's claims in one text (SIZE_MAX: all).
struct tally {
    size_t claims, attributed, contested, disputed, corroborated, silent, lost;
};
struct tally tally(const struct reading *reading, size_t text);
// Dates of its records, the day alone, first and last; absent when none is dated.
void reading_dates(const struct reading *reading, struct sv *first, struct sv *last);
// Name of the annotator in the team, else the folder's.
struct sv reader_name(const struct report *report, struct sv annotator);

#endif
