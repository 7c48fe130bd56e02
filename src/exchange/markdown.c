// Markdown as prose, line by line: what a line begins with says what it belongs to.
// Never loses a word of the text for a mark that is not closed.
#include "exchange/markdown.h"

#include <string.h>

#include "exchange/markdown_inline.h"

#define CODE_INDENT 4
#define FRONT_MAX   200 // lines of key and value at the top

struct reader {
    struct prose *prose;
    struct buf text; // of the piece being read, its lines as they stand
    enum prose_kind kind;
    int depth; // of an item
    size_t number;
    size_t indents[16]; // columns at which the lists begin that are open
    size_t list_count;
    char fence; // of the code being read; 0: none
    bool is_after_blank;
    bool is_comment;
};

static size_t indent_of(struct sv line)
{
    size_t cols = 0;

    for (size_t i = 0; i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t'); i++)
        cols += line.ptr[i] == '\t' ? CODE_INDENT - cols % CODE_INDENT : 1;
    return cols;
}

static void flush(struct reader *reader)
{
    struct prose_piece piece = { .kind = reader->kind,
                                 .depth = reader->depth,
                                 .number = reader->number };
    struct buf text = { 0 };
    bool is_picture = false;

    if (reader->kind == PROSE_LINES) {
        buf_add(&text, buf_sv(&reader->text));
        while (text.len && text.ptr[text.len - 1] == '\n')
            buf_splice(&text, text.len - 1, text.len, SV(""));
        piece.text = buf_sv(&text);
    } else {
        markdown_add_inline(&text, sv_trim(buf_sv(&reader->text)), &is_picture);
        piece.text = sv_trim(buf_sv(&text));
    }
    if (is_picture && reader->kind == PROSE_PARAGRAPH)
        piece.kind = PROSE_CAPTION;
    prose_add(reader->prose, &piece);
    buf_release(&text);
    buf_clear(&reader->text);
    reader->kind = PROSE_PARAGRAPH;
    reader->number = 0;
}

static void add_line(struct reader *reader, struct sv line)
{
    if (reader->text.len)
        buf_add_char(&reader->text, '\n');
    buf_add(&reader->text, line);
}

static bool is_rule_of(struct sv line, char sign, size_t least)
{
    size_t count = 0;

    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == sign)
            count++;
        else if (line.ptr[i] != ' ' && line.ptr[i] != '\t')
            return false;
    }
    return count >= least;
}

static bool is_rule(struct sv line)
{
    return is_rule_of(line, '-', 3) || is_rule_of(line, '*', 3) || is_rule_of(line, '_', 3);
}

static char fence_of(struct sv line)
{
    return sv_starts(line, SV("```")) ? '`' : sv_starts(line, SV("~~~")) ? '~' : 0;
}

// What stands behind the mark of an item; absent: it is none.
static struct sv item_of(struct sv line, size_t *number)
{
    size_t i = 0, value = 0;

    *number = 0;
    if (line.len > 1 && strchr("-*+", line.ptr[0]) && (line.ptr[1] == ' ' || line.ptr[1] == '\t'))
        return sv_sub(line, 2, line.len);
    for (; i < line.len && i < 6 && line.ptr[i] >= '0' && line.ptr[i] <= '9'; i++)
        value = value * 10 + (size_t)(line.ptr[i] - '0');
    if (!i || i + 1 >= line.len || (line.ptr[i] != '.' && line.ptr[i] != ')') ||
        line.ptr[i + 1] != ' ')
        return (struct sv){ 0 };
    *number = value ? value : 1;
    return sv_sub(line, i + 2, line.len);
}

static void begin_item(struct reader *reader, size_t indent, struct sv text, size_t number)
{
    flush(reader);
    while (reader->list_count && reader->indents[reader->list_count - 1] > indent)
        reader->list_count--;
    if (!reader->list_count || reader->indents[reader->list_count - 1] + 2 <= indent) {
        if (reader->list_count < ARRAY_LEN(reader->indents))
            reader->indents[reader->list_count++] = indent;
    }
    reader->kind = PROSE_ITEM;
    reader->depth = (int)reader->list_count;
    reader->number = number;
    if (sv_starts(text, SV("[ ] ")) || sv_starts(text, SV("[x] ")))
        text = sv_sub(text, 4, text.len);
    add_line(reader, text);
}

static struct sv heading_of(struct sv line)
{
    size_t level = 0;

    while (level < line.len && line.ptr[level] == '#')
        level++;
    if (!level || level > 6 || (level < line.len && line.ptr[level] != ' '))
        return (struct sv){ 0 };
    line = sv_trim(sv_sub(line, level, line.len));

    struct sv text = line;

    while (text.len && text.ptr[text.len - 1] == '#')
        text.len--;
    return text.len && text.len < line.len && text.ptr[text.len - 1] == ' ' ? sv_trim(text) : line;
}

static void read_heading(struct reader *reader, struct sv text)
{
    flush(reader);
    reader->kind = PROSE_HEADING;
    add_line(reader, text);
    flush(reader);
    reader->list_count = 0;
}

static void read_fenced(struct reader *reader, struct sv line)
{
    if (fence_of(sv_trim(line)) == reader->fence && is_rule_of(sv_trim(line), reader->fence, 3)) {
        reader->fence = 0;
        flush(reader);
        return;
    }
    add_line(reader, line);
}

static bool is_table_rule(struct sv line)
{
    bool has_dash = false, has_bar = false;

    for (size_t i = 0; i < line.len; i++) {
        if (!strchr("|-: ", line.ptr[i]))
            return false;
        has_dash |= line.ptr[i] == '-';
        has_bar |= line.ptr[i] == '|';
    }
    return has_dash && has_bar;
}

static void read_row(struct reader *reader, struct sv line)
{
    struct buf row = { 0 };
    struct sv cell;
    bool ignored;

    flush(reader);
    if (sv_starts(line, SV("|")))
        line = sv_sub(line, 1, line.len);
    if (sv_ends(line, SV("|")))
        line.len--;
    while (sv_split(&line, '|', &cell)) {
        if (row.len)
            buf_add_char(&row, '\t');
        markdown_add_inline(&row, sv_trim(cell), &ignored);
    }
    prose_add(reader->prose, &(struct prose_piece){ .kind = PROSE_ROW, .text = buf_sv(&row) });
    buf_release(&row);
}

// "[name]: address" says nothing; "[^name]: text" is a footnote.
static bool is_reference(struct sv *line)
{
    size_t end;

    if (!sv_starts(*line, SV("[")))
        return false;
    end = sv_find(*line, SV("]:"), 0);
    if (end >= line->len)
        return false;
    if (!sv_starts(*line, SV("[^")))
        return true;
    *line = sv_trim(sv_sub(*line, end + 2, line->len));
    return false;
}

// Cut comments of HTML out of a line; one may go on over lines.
static void cut_comments(struct reader *reader, struct sv line, struct buf *out)
{
    while (line.len) {
        struct sv mark = reader->is_comment ? SV("-->") : SV("<!--");
        size_t at = sv_find(line, mark, 0);
        bool is_found = at < line.len;

        if (!reader->is_comment)
            buf_add(out, sv_sub(line, 0, is_found ? at : line.len));
        if (!is_found)
            return;
        reader->is_comment = !reader->is_comment;
        line = sv_sub(line, at + mark.len, line.len);
    }
}

static bool is_underlined(struct reader *reader, struct sv line)
{
    return reader->kind == PROSE_PARAGRAPH && reader->text.len && !reader->is_after_blank &&
           (is_rule_of(line, '=', 1) || is_rule_of(line, '-', 2));
}

static void read_blank(struct reader *reader)
{
    if (reader->kind == PROSE_LINES)
        buf_add_char(&reader->text, '\n');
    else
        flush(reader);
    reader->is_after_blank = true;
}

static void read_words(struct reader *reader, struct sv line, size_t indent)
{
    size_t number;
    struct sv words = sv_trim(line), item = item_of(words, &number), heading = heading_of(words);
    bool is_quote = sv_starts(words, SV(">"));

    if (!sv_is_absent(heading)) {
        read_heading(reader, heading);
    } else if (is_underlined(reader, words)) {
        reader->kind = PROSE_HEADING;
        flush(reader);
    } else if (is_rule(words) || is_reference(&words)) {
        flush(reader);
    } else if (!sv_is_absent(item)) {
        begin_item(reader, indent, item, number);
    } else if (is_quote) {
        while (sv_starts(words, SV(">")))
            words = sv_trim(sv_sub(words, 1, words.len));
        if (reader->kind != PROSE_QUOTE || !words.len)
            flush(reader);
        reader->kind = PROSE_QUOTE;
        add_line(reader, words);
    } else {
        if (reader->is_after_blank && indent < 2)
            reader->list_count = 0;
        // blanks at the end ask for a break; without them it is what a footnote says
        add_line(reader, words.ptr + words.len == line.ptr + line.len
                             ? words
                             : sv_of(words.ptr, (size_t)(line.ptr + line.len - words.ptr)));
    }
}

static void read_line(struct reader *reader, struct sv line, struct sv next)
{
    size_t indent = indent_of(line);
    struct sv words = sv_trim(line);

    if (reader->fence) {
        read_fenced(reader, line);
    } else if (!words.len) {
        read_blank(reader);
        return;
    } else if (fence_of(words)) {
        flush(reader);
        reader->fence = fence_of(words);
        reader->kind = PROSE_LINES;
    } else if (indent >= CODE_INDENT && !reader->list_count &&
               (reader->is_after_blank || reader->kind == PROSE_LINES)) {
        reader->kind = PROSE_LINES;
        add_line(reader, sv_sub(line, line.ptr[0] == '\t' ? 1 : CODE_INDENT, line.len));
    } else if (is_table_rule(words)) {
        // the line between the head of a table and its rows
    } else if (sv_find(words, SV("|"), 0) < words.len &&
               (is_table_rule(sv_trim(next)) ||
                (reader->prose->count && !reader->text.len && !reader->is_after_blank &&
                 reader->prose->items[reader->prose->count - 1].kind == PROSE_ROW))) {
        read_row(reader, words);
    } else {
        if (reader->kind == PROSE_LINES)
            flush(reader);
        read_words(reader, line, indent);
    }
    reader->is_after_blank = false;
}

static struct sv unquote(struct sv value)
{
    value = sv_trim(value);
    if (value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'' || value.ptr[0] == '[') &&
        (value.ptr[value.len - 1] == value.ptr[0] || value.ptr[value.len - 1] == ']'))
        return unquote(sv_sub(value, 1, value.len - 1));
    return value;
}

static void offer_line(struct metadata *metadata, struct sv line)
{
    static const struct {
        const char *key;
        enum metadata_field field;
    } keys[] = {
        { "title", METADATA_TITLE },
        { "author", METADATA_AUTHOR },
        { "authors", METADATA_AUTHOR },
        { "by", METADATA_AUTHOR },
        { "published", METADATA_PUBLISHED },
        { "date", METADATA_PUBLISHED },
        { "url", METADATA_URL },
        { "source", METADATA_URL },
        { "link", METADATA_URL },
        { "outlet", METADATA_OUTLET },
        { "publisher", METADATA_OUTLET },
        { "publication", METADATA_OUTLET },
        { "site", METADATA_OUTLET },
        { "language", METADATA_LANGUAGE },
        { "lang", METADATA_LANGUAGE },
        { "licence", METADATA_LICENCE },
        { "license", METADATA_LICENCE },
    };
    size_t colon = sv_find(line, SV(":"), 0);

    if (colon >= line.len)
        return;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (sv_eq_cstr(sv_sub(line, 0, colon), keys[i].key))
            (void)metadata_offer(metadata, keys[i].field,
                                 unquote(sv_sub(line, colon + 1, line.len)));
}

// The lines between two "---" at the top. Returns what follows them.
static struct sv read_front(struct sv text, struct metadata *metadata)
{
    struct sv rest = text, line;
    size_t lines = 0;

    if (!sv_split(&rest, '\n', &line) || !sv_eq_cstr(sv_trim(line), "---"))
        return text;

    struct sv front = rest;

    while (lines++ < FRONT_MAX && sv_split(&rest, '\n', &line)) {
        if (!sv_eq_cstr(sv_trim(line), "---") && !sv_eq_cstr(sv_trim(line), "..."))
            continue;
        while (sv_split(&front, '\n', &line) && line.ptr + line.len < rest.ptr)
            offer_line(metadata, line);
        return rest;
    }
    return text;
}

void markdown_read(struct sv text, struct prose *prose, struct metadata *metadata)
{
    struct reader reader = { .prose = prose, .is_after_blank = true };
    struct sv line = { 0 }, next;
    struct buf words = { 0 };
    bool is_more;

    text = read_front(text, metadata);
    is_more = sv_split(&text, '\n', &line);
    while (is_more) {
        next = (struct sv){ 0 };
        is_more = sv_split(&text, '\n', &next);
        buf_clear(&words);
        if (reader.fence)
            buf_add(&words, line);
        else
            cut_comments(&reader, line, &words);
        read_line(&reader, buf_sv(&words), next);
        line = next;
    }
    flush(&reader);
    for (size_t i = 0; i < prose->count && sv_is_absent(metadata->meta.title); i++)
        if (prose->items[i].kind == PROSE_HEADING)
            (void)metadata_offer(metadata, METADATA_TITLE, prose->items[i].text);
    buf_release(&words);
    buf_release(&reader.text);
}
