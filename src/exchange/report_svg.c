// The pictures of a report: where in the articles the disputes stand, and which topics each takes
// up. SVG inside the page, coloured by its style sheet. Declared in exchange/report_html.h. Says
// nothing that the page does not say in words: each picture has its title and description.
#include "exchange/report_html.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define MAP_WIDTH    760.0
#define MAP_HEIGHT   420.0 // of the longest text
#define MAP_TOP      34.0
#define MAP_SIDE     96.0 // left and right of the bars, for labels
#define BAR_WIDTH    16.0
#define LABEL_HEIGHT 12.0
#define LABELS_MOST  30 // on one side

#define TOPICS_MOST  40 // in the picture
#define CELL_WIDTH   74.0
#define CELL_HEIGHT  26.0
#define NAME_LEAST   70.0
#define NAME_MOST    250.0
#define LETTER_WIDTH 7.0 // of a name, about
#define RADIUS_MOST  11.0

// ---- pieces

static void attr_number(struct markup *m, const char *name, double value)
{
    markup_attrf(m, name, "%.1f", value);
}

static void begin_picture(struct page *page, const char *class, const char *id, const char *title,
                          double width, double height)
{
    struct markup *m = &page->m;

    markup_begin(m, "figure");
    markup_attr(m, "class", SV("picture"));
    markup_line(m);
    markup_begin(m, "svg");
    markup_attr(m, "id", sv_from(id));
    markup_attr(m, "class", sv_from(class));
    markup_attr(m, "role", SV("img"));
    markup_attrf(m, "width", "%.0f", width);
    markup_attrf(m, "height", "%.0f", height);
    markup_attrf(m, "viewBox", "0 0 %.0f %.0f", width, height);
    markup_attrf(m, "aria-labelledby", "%s-title %s-desc", id, id);
    markup_line(m);
    markup_begin(m, "title");
    markup_attrf(m, "id", "%s-title", id);
    markup_textf(m, "%s", title);
    markup_end(m, "title");
    markup_line(m);
}

static void add_desc(struct page *page, const char *id, const struct buf *text)
{
    markup_begin(&page->m, "desc");
    markup_attrf(&page->m, "id", "%s-desc", id);
    markup_text(&page->m, buf_sv(text));
    markup_end(&page->m, "desc");
    markup_line(&page->m);
}

static void end_picture(struct page *page, const char *caption)
{
    markup_end(&page->m, "svg");
    markup_line(&page->m);
    markup_elementf(&page->m, "figcaption", NULL, "%s", caption);
    markup_end(&page->m, "figure");
    markup_line(&page->m);
}

static void add_label_at(struct markup *m, const char *class, double x, double y, struct sv text)
{
    markup_begin(m, "text");
    markup_attr(m, "class", sv_from(class));
    attr_number(m, "x", x);
    attr_number(m, "y", y);
    markup_text(m, text);
    markup_end(m, "text");
    markup_line(m);
}

static void add_rect(struct markup *m, const char *class, double x, double y, double width,
                     double height)
{
    markup_begin(m, "rect");
    markup_attr(m, "class", sv_from(class));
    attr_number(m, "x", x);
    attr_number(m, "y", y);
    attr_number(m, "width", width);
    attr_number(m, "height", height);
    markup_end(m, "rect");
    markup_line(m);
}

static void place_name(const struct page *page, const char *name, struct buf *out)
{
    buf_add_cstr(out, name);
    if (!page->is_one)
        buf_addf(out, "-" SV_FMT, SV_ARG(page->reading->in->annotator));
}

// ---- the map

struct map {
    struct page *page;
    double scale; // units a code point
    size_t texts;
};

static double bar_x(const struct map *map, size_t text)
{
    double room = MAP_WIDTH - 2 * MAP_SIDE - BAR_WIDTH;

    return MAP_SIDE + (map->texts > 1 ? room * (double)text / (double)(map->texts - 1) : room / 2);
}

static double claim_y(const struct map *map, const struct exhibit *exhibit)
{
    return MAP_TOP + map->scale * ((double)exhibit->at.beg + (double)exhibit->at.end) / 2;
}

static void map_bar(const struct map *map, size_t text)
{
    const struct page *page = map->page;
    const struct reading *reading = page->reading;
    struct markup *m = &map->page->m;
    double x = bar_x(map, text),
           height = map->scale * (double)article_cp_len(page->report->in->texts[text].article);
    struct buf letter = { 0 };

    add_letter(text, &letter);
    add_label_at(m, "bar-name", x + BAR_WIDTH / 2, MAP_TOP - 12, buf_sv(&letter));
    add_rect(m, "bar", x, MAP_TOP, BAR_WIDTH, height);
    for (size_t i = reading->first[text]; i < reading->first[text + 1]; i++) {
        const struct exhibit *exhibit = &reading->exhibits[i];
        double size = map->scale * (double)(exhibit->at.end - exhibit->at.beg);

        add_rect(m,
                 exhibit->flags & CLAIM_DISPUTED    ? "tick x"
                 : exhibit->flags & CLAIM_CONTESTED ? "tick c"
                                                    : "tick",
                 x, MAP_TOP + map->scale * (double)exhibit->at.beg, BAR_WIDTH,
                 size > 1.5 ? size : 1.5);
    }
    buf_release(&letter);
}

static const char *line_class(const struct report *report, const struct board_row *row)
{
    if (row_disputes(report, row))
        return row->link->strict ? "line dispute strict" : "line dispute";
    return row->weight == BOARD_AGREEMENT ? "line agreement" : "line other";
}

// The two ends of a row, the left one first; false when there are no two.
static bool row_ends(const struct page *page, const struct board_row *row,
                     const struct exhibit **left, const struct exhibit **right)
{
    *left = exhibit_find(page->reading, row->left.claim);
    *right = exhibit_find(page->reading, row->right.claim);
    if (*left && *right && (*left)->text > (*right)->text) {
        const struct exhibit *swap = *left;

        *left = *right;
        *right = swap;
    }
    return *left && *right;
}

static void map_line(const struct map *map, size_t index)
{
    const struct page *page = map->page;
    const struct board_row *row = &page->reading->board.rows[index];
    struct markup *m = &map->page->m;
    const struct exhibit *left, *right;
    struct buf text = { 0 };

    if (row_kind(page->report, row) != ROW_LINK || !row_ends(page, row, &left, &right))
        return;

    double x1 = bar_x(map, left->text) + BAR_WIDTH, x2 = bar_x(map, right->text);
    double y1 = claim_y(map, left), y2 = claim_y(map, right);
    bool is_within = left->text == right->text; // a bow on the outer side
    bool is_last = left->text + 1 == map->texts;
    double bow = is_within ? (is_last ? 34 : -34) : (x2 - x1) / 2;

    if (is_within) {
        x1 = is_last ? x1 : x2;
        x2 = x1;
    }
    markup_begin(m, "path");
    markup_attr(m, "class", sv_from(line_class(page->report, row)));
    markup_attrf(m, "d", "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f", x1, y1, x1 + bow, y1,
                 is_within ? x2 + bow : x2 - bow, y2, x2, y2);
    markup_begin(m, "title");
    add_row_label(page->reading, page->report, index, &text);
    buf_add_char(&text, ' ');
    add_label(left, &text);
    buf_add_cstr(&text, " – ");
    add_label(right, &text);
    buf_add_cstr(&text, ": ");
    add_relation(page->reading, page->report, row, &text);
    markup_text(m, buf_sv(&text));
    markup_end(m, "title");
    markup_end(m, "path");
    markup_line(m);
    buf_release(&text);
}

struct map_label {
    double at, y; // height of its claim, and its own
    size_t row;   // of the board
};

static int compare_labels(const void *a, const void *b)
{
    const struct map_label *x = a, *y = b;

    if (x->at < y->at || x->at > y->at)
        return x->at < y->at ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

// Set labels, which stand in order, as near to their claims as their height lets: those that would
// cover each other form a block about the middle of their places, and blocks that meet become one.
static void spread(struct map_label *labels, size_t count)
{
    struct {
        double sum; // of the places its first label should have
        size_t count;
    } blocks[LABELS_MOST];
    size_t block_count = 0, next = 0;

    for (size_t i = 0; i < count; i++) {
        blocks[block_count].sum = labels[i].at - LABEL_HEIGHT * (double)i;
        blocks[block_count++].count = 1;
        while (block_count > 1 &&
               blocks[block_count - 1].sum * (double)blocks[block_count - 2].count <
                   blocks[block_count - 2].sum * (double)blocks[block_count - 1].count) {
            blocks[block_count - 2].sum += blocks[block_count - 1].sum;
            blocks[block_count - 2].count += blocks[block_count - 1].count;
            block_count--;
        }
    }
    for (size_t b = 0; b < block_count; b++)
        for (size_t i = 0; i < blocks[b].count; i++, next++)
            labels[next].y = fmin(fmax(blocks[b].sum / (double)blocks[b].count, MAP_TOP),
                                  MAP_TOP + MAP_HEIGHT - LABEL_HEIGHT * (double)(count - 1)) +
                             LABEL_HEIGHT * (double)next;
}

static void map_label(const struct map *map, const struct map_label *label, double bar,
                      bool is_left)
{
    const struct page *page = map->page;
    struct markup *m = &map->page->m;
    bool is_strict = page->reading->board.rows[label->row].link->strict;
    double way = is_left ? -1 : 1;
    struct buf name = { 0 };

    add_row_label(page->reading, page->report, label->row, &name);
    markup_begin(m, "path");
    markup_attr(m, "class", SV("leader"));
    markup_attrf(m, "d", "M%.1f %.1fL%.1f %.1f", bar + way * 2, label->at, bar + way * 38,
                 label->y);
    markup_end(m, "path");
    add_label_at(m,
                 is_left     ? is_strict ? "label end strict" : "label end"
                 : is_strict ? "label strict"
                             : "label",
                 bar + way * 42, label->y + 4, buf_sv(&name));
    buf_release(&name);
}

// Names of disputes of two articles, at the outer side of a text's bar: the heaviest, as many as
// there is room for.
static void map_labels(const struct map *map, size_t text, bool is_left)
{
    const struct page *page = map->page;
    const struct board *board = &page->reading->board;
    struct map_label labels[LABELS_MOST];
    size_t count = 0;

    for (int weight = 0; weight < BOARD_WEIGHT__N; weight++) {
        for (size_t i = 0; i < board->count && count < LABELS_MOST; i++) {
            const struct board_row *row = &board->rows[i];
            const struct exhibit *left, *right;

            if ((int)row->weight != weight || !row_disputes(page->report, row) ||
                !row_ends(page, row, &left, &right) || left->text == right->text ||
                (is_left ? left->text : right->text) != text)
                continue;
            labels[count++] = (struct map_label){ claim_y(map, is_left ? left : right), 0, i };
        }
    }
    if (!count)
        return;
    qsort(labels, count, sizeof(*labels), compare_labels);
    spread(labels, count);
    for (size_t i = 0; i < count; i++)
        map_label(map, &labels[i], is_left ? bar_x(map, text) : bar_x(map, text) + BAR_WIDTH,
                  is_left);
}

void page_map(struct page *page)
{
    const struct report_input *in = page->report->in;
    const struct board *board = &page->reading->board;
    struct map map = { .page = page, .texts = in->text_count };
    struct buf id = { 0 }, desc = { 0 }, caption = { 0 };
    size_t longest = 1, disputes = 0;

    if (!page->reading->row_counts[ROW_LINK])
        return;
    for (size_t t = 0; t < in->text_count; t++)
        if (article_cp_len(in->texts[t].article) > longest)
            longest = article_cp_len(in->texts[t].article);
    for (size_t i = 0; i < board->count; i++)
        disputes += row_kind(page->report, &board->rows[i]) == ROW_LINK &&
                    row_disputes(page->report, &board->rows[i]);
    map.scale = MAP_HEIGHT / (double)longest;
    place_name(page, "map", &id);
    begin_picture(page, "map", buf_cstr(&id), "Dispute map", MAP_WIDTH, MAP_TOP + MAP_HEIGHT + 14);
    buf_addf(&desc,
             "Each article is a bar, from its first word at the top to its last; claims are ticks "
             "in it. "
             "Lines join the claims that are linked: %zu links, of them %zu disputes. Each stands "
             "in the list "
             "under “What is disputed”.",
             page->reading->row_counts[ROW_LINK], disputes);
    add_desc(page, buf_cstr(&id), &desc);
    for (size_t i = board->count; i--;) // the heaviest is drawn last, over the others
        map_line(&map, i);
    for (size_t t = 0; t < in->text_count; t++)
        map_bar(&map, t);
    map_labels(&map, 0, true);
    if (in->text_count > 1)
        map_labels(&map, in->text_count - 1, false);
    buf_add_cstr(&caption,
                 "Where in the articles the linked claims stand. Full lines dispute, heavy ones "
                 "strictly; dashed lines agree; dotted ones do neither.");
    if (disputes > LABELS_MOST)
        buf_addf(&caption, " The %d heaviest disputes are named.", LABELS_MOST);
    end_picture(page, buf_cstr(&caption));
    buf_release(&caption);
    buf_release(&id);
    buf_release(&desc);
}

// ---- the matrix

static void matrix_number(struct markup *m, const char *class, double x, double y, size_t number)
{
    struct buf text = { 0 };

    buf_addf(&text, "%zu", number);
    add_label_at(m, number ? class : "zero", x, y, number ? buf_sv(&text) : SV("·"));
    buf_release(&text);
}

static void matrix_row(struct page *page, const struct board_topic *topic, double names, double y,
                       size_t most)
{
    size_t texts = page->report->in->text_count;
    struct markup *m = &page->m;

    add_label_at(m, "topic", names - 14, y + 4, topic->name.len ? topic->name : SV("(no topic)"));
    for (size_t t = 0; t < texts; t++) {
        double x = names + CELL_WIDTH * ((double)t + 0.5);

        if (topic->claims[t]) {
            markup_begin(m, "circle");
            markup_attr(m, "class", SV("dot"));
            attr_number(m, "cx", x);
            attr_number(m, "cy", y);
            attr_number(m, "r",
                        4 + (RADIUS_MOST - 4) * sqrt((double)topic->claims[t] / (double)most));
            markup_end(m, "circle");
        }
        matrix_number(m, "in-dot", x, y + 4, topic->claims[t]);
    }
    matrix_number(m, "number", names + CELL_WIDTH * ((double)texts + 0.5), y + 4, topic->links);
    matrix_number(m, "number x", names + CELL_WIDTH * ((double)texts + 1.5), y + 4,
                  topic->disputes);
}

static void matrix_heads(struct page *page, double names)
{
    size_t texts = page->report->in->text_count;
    struct markup *m = &page->m;

    for (size_t t = 0; t < texts; t++) {
        struct buf letter = { 0 };

        add_letter(t, &letter);
        add_label_at(m, "head", names + CELL_WIDTH * ((double)t + 0.5), 18, buf_sv(&letter));
        buf_release(&letter);
    }
    add_label_at(m, "head", names + CELL_WIDTH * ((double)texts + 0.5), 18, SV("links"));
    add_label_at(m, "head", names + CELL_WIDTH * ((double)texts + 1.5), 18, SV("disputes"));
}

// The same in words.
static void describe_topics(struct page *page, struct buf *out)
{
    const struct board *board = &page->reading->board;

    buf_add_cstr(out, "Topics by articles.");
    for (size_t i = 0; i < board->topic_count; i++) {
        const struct board_topic *topic = &board->topics[i];

        buf_add_char(out, ' ');
        add_flat(topic->name.len ? topic->name : SV("no topic"), out);
        buf_add_char(out, ':');
        for (size_t t = 0; t < page->report->in->text_count; t++) {
            buf_addf(out, " %zu in ", topic->claims[t]);
            add_letter(t, out);
            buf_add_char(out, ',');
        }
        buf_addf(out, " %zu links, %zu disputes.", topic->links, topic->disputes);
    }
}

static double names_width(const struct board *board, size_t rows)
{
    size_t longest = 0;

    for (size_t i = 0; i < rows; i++)
        longest = board->topics[i].name.len > longest ? board->topics[i].name.len : longest;
    return fmin(fmax((double)longest * LETTER_WIDTH + 24, NAME_LEAST), NAME_MOST);
}

void page_matrix(struct page *page)
{
    const struct board *board = &page->reading->board;
    size_t rows = board->topic_count < TOPICS_MOST ? board->topic_count : TOPICS_MOST, most = 1;
    double names = names_width(board, rows);
    double width = names + CELL_WIDTH * ((double)page->report->in->text_count + 2);
    struct buf id = { 0 }, desc = { 0 }, caption = { 0 };

    if (!rows)
        return;
    for (size_t i = 0; i < rows; i++)
        for (size_t t = 0; t < page->report->in->text_count; t++)
            most = board->topics[i].claims[t] > most ? board->topics[i].claims[t] : most;
    place_name(page, "matrix", &id);
    begin_picture(page, "matrix", buf_cstr(&id), "Topic matrix", width,
                  30 + CELL_HEIGHT * (double)rows);
    describe_topics(page, &desc);
    add_desc(page, buf_cstr(&id), &desc);
    matrix_heads(page, names);
    for (size_t i = 0; i < rows; i++)
        matrix_row(page, &board->topics[i], names, 30 + CELL_HEIGHT * ((double)i + 0.5), most);
    buf_add_cstr(&caption, "How many claims each article has on a topic; how many links and "
                           "disputes there are on it.");
    if (rows < board->topic_count)
        buf_addf(&caption, " %zu further topics are left out of the picture.",
                 board->topic_count - rows);
    end_picture(page, buf_cstr(&caption));
    buf_release(&id);
    buf_release(&desc);
    buf_release(&caption);
}
