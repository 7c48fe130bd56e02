// The text beside its lanes: whose claims cover which row, and which words the difference is about.
// Draws no word of the text itself.
#include "tui/adjudic_box.h"

#define LANES_MOST 9 // more annotators have no digit, and no lane

size_t adjudic_lanes(const struct app *app)
{
    size_t raters;

    if (!adjudic_is_open(app))
        return 0;
    raters = adjudicating_now(app->adjudic->it)->raters;
    return raters < LANES_MOST ? raters : LANES_MOST;
}

static bool overlaps(struct cp_span a, struct cp_span b)
{
    return a.beg < b.end && b.beg < a.end;
}

// Call `each` for every part of an annotator's claims in this article that meets `span`.
static void each_part(struct app *app, const struct reading *reading, struct cp_span span,
                      void (*each)(void *ctx, const struct adjudicate_row *row, size_t rater,
                                   size_t index, struct cp_span at),
                      void *ctx)
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);

    for (size_t i = 0; i < rows->all; i++) {
        const struct adjudicate_row *row = &rows->rows[i];

        if (row->section != SECTION_CLAIMS || !overlaps(row->extent, span) ||
            adjudicating_article(app->adjudic->it, row->article) != reading)
            continue;
        for (size_t m = 0; m < row->count; m++) {
            const struct claim *claim = row->members[m].rec;

            for (size_t p = 0; p < claim->span.count; p++) {
                struct cp_span at = ((const struct part *)claim->span.items[p])->at;

                if (overlaps(at, span))
                    each(ctx, row, row->members[m].rater, p, at);
            }
        }
    }
}

// ---- words

struct painter {
    const struct reading *reading;
    const struct adjudicate_row *at_hand[2]; // the row, or both ends of the link
    bool is_at_hand;                         // only these now
    void (*add)(void *ctx, struct byte_span span, enum role role);
    void *ctx;
};

static void paint_part(void *ctx, const struct adjudicate_row *row, size_t rater, size_t index,
                       struct cp_span at)
{
    struct painter *painter = ctx;
    bool is_it = row == painter->at_hand[0] || row == painter->at_hand[1];

    (void)rater, (void)index;
    if (is_it == painter->is_at_hand)
        painter->add(painter->ctx, article_to_bytes(painter->reading->article, at),
                     is_it ? ROLE_PROPOSAL : ROLE_CLAIM);
}

// The rows that the difference at hand is about: itself, or the ends of a link.
static void find_at_hand(struct app *app, const struct adjudicate_row *at_hand[2])
{
    const struct adjudication *rows = adjudicating_now(app->adjudic->it);
    const struct adjudicate_row *row = adjudic_row(app);

    at_hand[0] = row && row->section == SECTION_CLAIMS ? row : NULL;
    at_hand[1] = NULL;
    for (size_t i = 0; row && row->section == SECTION_LINKS && i < 2; i++)
        at_hand[i] = row->ends[i] == SIZE_MAX ? NULL : &rows->rows[row->ends[i]];
}

// What all annotators of a row marked, where each has one run of words: its edges stand out beside
// it.
static void paint_common(const struct painter *painter, struct app *app,
                         const struct adjudicate_row *row)
{
    struct cp_span common = { 0, SIZE_MAX };

    if (!row || row->count < 2 ||
        adjudicating_article(app->adjudic->it, row->article) != painter->reading)
        return;
    for (size_t m = 0; m < row->count; m++) {
        const struct claim *claim = row->members[m].rec;
        struct cp_span at = parts_extent(claim->span);

        if (claim->span.count != 1)
            return;
        common.beg = at.beg > common.beg ? at.beg : common.beg;
        common.end = at.end < common.end ? at.end : common.end;
    }
    if (common.beg < common.end)
        painter->add(painter->ctx, article_to_bytes(painter->reading->article, common),
                     ROLE_CURRENT);
}

void adjudic_paint(struct app *app, const struct reading *reading, struct byte_span seen,
                   void (*add)(void *ctx, struct byte_span span, enum role role), void *ctx)
{
    struct painter painter = { .reading = reading, .add = add, .ctx = ctx };
    struct cp_span span = article_to_cp(reading->article, seen);

    find_at_hand(app, painter.at_hand);
    each_part(app, reading, span, paint_part, &painter);
    painter.is_at_hand = true;
    each_part(app, reading, span, paint_part, &painter);
    for (size_t i = 0; i < 2; i++)
        paint_common(&painter, app, painter.at_hand[i]);
}

// ---- lanes

struct lane {
    bool is_covered, begins, is_at_hand;
};

struct laner {
    struct lane lanes[LANES_MOST];
    struct cp_span span; // of the row of text
    const struct adjudicate_row *at_hand[2];
};

static void lane_part(void *ctx, const struct adjudicate_row *row, size_t rater, size_t index,
                      struct cp_span at)
{
    struct laner *laner = ctx;
    struct lane *lane;

    if (rater >= LANES_MOST)
        return;
    lane = &laner->lanes[rater];
    lane->is_covered = true;
    lane->begins = lane->begins || (index == 0 && at.beg >= laner->span.beg);
    lane->is_at_hand = lane->is_at_hand || row == laner->at_hand[0] || row == laner->at_hand[1];
}

void adjudic_draw_lanes(struct app *app, const struct reading *reading, struct byte_span row,
                        struct rect gutter, int at_row, struct grid *grid)
{
    struct laner laner = { .span = article_to_cp(reading->article, row) };
    size_t count = adjudic_lanes(app);

    find_at_hand(app, laner.at_hand);
    each_part(app, reading, laner.span, lane_part, &laner);
    for (size_t i = 0; i < count && (int)i < gutter.cols; i++) {
        const struct lane *lane = &laner.lanes[i];
        enum role role = lane->is_at_hand ? ROLE_KEY : ROLE_LABEL;

        if (lane->begins)
            grid_putf(grid, at_row, gutter.col + (int)i, 1, role, "%zu", i + 1);
        else if (lane->is_covered)
            grid_put(grid, at_row, gutter.col + (int)i, 1, lane->is_at_hand ? SV("┃") : SV("│"),
                     role);
    }
}
