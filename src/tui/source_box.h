// What the two files of the list of sources share: its state and its drawing.
#ifndef GAINSAY_TUI_SOURCE_BOX_H
#define GAINSAY_TUI_SOURCE_BOX_H

#include "model/index.h"
#include "model/mention.h"
#include "tui/sheet.h"

enum row_kind { ROW_SOURCE, ROW_NAME, ROW_MERGED, ROW_SAYING };

struct source_row {
    enum row_kind kind;
    const struct source *source;
    size_t depth;
    size_t says[2];                // SOURCE: how often, in each article
    const struct mention *mention; // NAME
    struct sv merged;              // MERGED: the old id
    int pane;                      // SAYING: the article
    const struct claim *claim;
    const struct voice *voice;
};

// A source, and how often it speaks.
struct speaker {
    struct sv id; // first: found by it
    const struct source *source;
    size_t says[2];
};

struct source_sheet {
    struct sheet sheet;       // first: the list is a sheet
    struct speaker *speakers; // in the order of the registry, as of `counted`
    struct id_index *by_id;
    bool is_all_open;
    struct buf open; // id of the source whose names and claims are shown
    struct source_row *rows;
    size_t cap;
    struct mentions mentions; // of `texts`, as of `counted`
    struct mention_text texts[2];
    struct byte_span *furniture[2];    // of them, where names do not count
    const struct article *articles[2]; // that they are of
    size_t counted;                    // version of the session
};

// source_draw.c: see struct sheet_ops.
int source_lines(struct sheet *sheet, struct app *app, size_t row, int cols);
void source_draw(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                 struct rect rect);
void source_head(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect);

#endif
