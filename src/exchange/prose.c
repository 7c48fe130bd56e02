// A text as its pieces, and these as plain text.
// Never changes a word: only blanks, line ends and characters that are nothing but advice go.
#include "exchange/prose.h"

#include "base/visible.h"

#define INDENT     2 // blanks for each list that an item stands in
#define DEPTH_MOST 8 // a deeper one stands no further in
#define BULLET     "\xe2\x80\xa2"

void prose_add(struct prose *prose, const struct prose_piece *piece)
{
    struct prose_piece *added;

    if (sv_is_blank(piece->text))
        return;
    MEM_GROW(prose->items, prose->count, prose->cap);
    added = &prose->items[prose->count++];
    *added = *piece;
    added->text = sv_copy(&prose->arena, piece->text);
    added->because = sv_copy(&prose->arena, piece->because);
}

static bool stand_close(const struct prose_piece *a, const struct prose_piece *b)
{
    return a->kind == b->kind && (a->kind == PROSE_ITEM || a->kind == PROSE_ROW);
}

static void print_piece(const struct prose_piece *piece, struct buf *out)
{
    if (piece->kind == PROSE_ITEM) {
        buf_add_fill(out, ' ',
                     INDENT * (size_t)(piece->depth < DEPTH_MOST ? piece->depth : DEPTH_MOST));
        if (piece->number)
            buf_addf(out, "%zu. ", piece->number);
        else
            buf_add_cstr(out, BULLET " ");
    }
    buf_add(out, piece->text);
    buf_add_char(out, '\n');
}

void prose_print(const struct prose *prose, struct buf *out)
{
    const struct prose_piece *last = NULL;

    for (size_t i = 0; i < prose->count; i++) {
        const struct prose_piece *piece = &prose->items[i];

        if (piece->why)
            continue;
        if (last && !stand_close(last, piece))
            buf_add_char(out, '\n');
        print_piece(piece, out);
        last = piece;
    }
}

void prose_release(struct prose *prose)
{
    mem_free(prose->items);
    arena_release(&prose->arena);
    *prose = (struct prose){ 0 };
}

// Advice to who breaks lines, which search and comparison would stumble over.
static bool is_advice(int32_t cp)
{
    return cp == 0xad || cp == 0x200b || cp == 0x2060 || cp == 0xfeff;
}

static bool is_space(int32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x2028 || cp == 0x2029;
}

// Bytes at the beginning of `text` that stand as they are: letters and signs of ASCII.
static size_t plain_length(struct sv text)
{
    size_t len = 0;

    while (len < text.len && text.ptr[len] > ' ')
        len++;
    return len;
}

void prose_add_flat(struct buf *out, struct sv text)
{
    size_t beg = out->len;
    bool is_due = false; // a blank, before what comes

    for (size_t size; text.len; text = sv_sub(text, size, text.len)) {
        int32_t cp;

        size = plain_length(text);
        cp = size ? 'x' : utf8_decode(text, &size);
        if (is_space(cp)) {
            is_due = true;
        } else if (!is_advice(cp) && cp != 0) {
            if (is_due && out->len > beg)
                buf_add_char(out, ' ');
            is_due = false;
            buf_add(out, sv_sub(text, 0, size));
        }
    }
}

const char *prose_kind_name(enum prose_kind kind)
{
    static const char *const names[] = {
        [PROSE_PARAGRAPH] = "paragraph",
        [PROSE_HEADING] = "heading",
        [PROSE_ITEM] = "item",
        [PROSE_QUOTE] = "quotation",
        [PROSE_CAPTION] = "caption",
        [PROSE_LINES] = "lines",
        [PROSE_ROW] = "row",
    };

    return names[kind];
}
