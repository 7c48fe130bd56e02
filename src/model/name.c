// Names compared fold by fold, so that no copy is made while filtering.
// Never decides what folds to what; that is text/fold.h's.
#include "model/name.h"

#include "base/visible.h"
#include "text/fold.h"

#define END (-1)

struct reader {
    struct sv text;
    size_t pos;  // byte behind `fold`
    size_t next; // in fold.cp
    struct fold fold;
};

static void reader_init(struct reader *reader, struct sv text)
{
    reader->text = text;
    reader->pos = reader->next = reader->fold.count = 0;
}

// A printable character of ASCII with nothing behind it that joins it: it folds to its small
// letter.
static bool is_plain(struct sv text, size_t pos)
{
    return text.ptr[pos] >= ' ' && text.ptr[pos] < 0x7f &&
           (pos + 1 == text.len || !(text.ptr[pos + 1] & 0x80));
}

// The next folded code point, or END.
static int32_t reader_next(struct reader *reader)
{
    if (reader->next == reader->fold.count && reader->pos < reader->text.len &&
        is_plain(reader->text, reader->pos)) {
        char c = reader->text.ptr[reader->pos++];

        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
    while (reader->next == reader->fold.count) {
        if (reader->pos >= reader->text.len)
            return END;
        fold_at(reader->text, reader->pos, true, &reader->fold);
        reader->pos += reader->fold.size;
        reader->next = 0;
    }
    return reader->fold.cp[reader->next++];
}

int name_cmp(struct sv a, struct sv b)
{
    struct reader x, y;
    int32_t left, right;

    reader_init(&x, a);
    reader_init(&y, b);
    do {
        left = reader_next(&x);
        right = reader_next(&y);
    } while (left == right && left != END);
    return (left > right) - (left < right);
}

bool name_eq(struct sv a, struct sv b)
{
    return !sv_is_absent(a) && !sv_is_absent(b) && name_cmp(a, b) == 0;
}

bool name_starts(struct sv name, struct sv prefix)
{
    struct reader x, y;
    int32_t wanted;

    reader_init(&x, name);
    reader_init(&y, prefix);
    while ((wanted = reader_next(&y)) != END)
        if (reader_next(&x) != wanted)
            return false;
    return true;
}

struct sv name_fold(struct arena *arena, struct sv name)
{
    struct buf folded = { 0 };
    struct reader reader;
    int32_t cp;

    reader_init(&reader, name);
    while ((cp = reader_next(&reader)) != END) {
        if (cp > 0x10FFFF)
            buf_add_char(&folded, (char)(cp - 0x110000)); // an invalid byte
        else
            utf8_add(&folded, cp);
    }

    struct sv copy = sv_copy(arena, buf_sv(&folded));

    buf_release(&folded);
    return copy;
}
