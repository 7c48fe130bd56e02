// From an encoding to UTF-8: the one door to iconv.
// Never drops a byte without a trace: what means nothing becomes U+FFFD and is counted.
#include "exchange/charset_convert.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>

#define PIECE       4096           // bytes of UTF-8 at a time
#define REPLACEMENT "\xef\xbf\xbd" // U+FFFD

// iconv's input is not const, though it is only read.
static char *unconst(const char *ptr)
{
    union {
        const char *in;
        char *out;
    } cast = { .in = ptr };

    return cast.out;
}

// One run of iconv over what is left. Returns its errno, 0 at the end.
static int convert_piece(iconv_t converter, char **in, size_t *left, struct buf *out)
{
    char piece[PIECE], *end = piece;
    size_t room = sizeof(piece);
    int error = iconv(converter, in, left, &end, &room) == (size_t)-1 ? errno : 0;

    if (!error) // what a converter with states holds back
        (void)iconv(converter, NULL, NULL, &end, &room);
    buf_add(out, sv_of(piece, (size_t)(end - piece)));
    return error;
}

bool charset_convert(struct sv bytes, const char *from, size_t most, struct buf *out,
                     struct conversion *result)
{
    iconv_t converter = iconv_open("UTF-8", from);
    char *in = unconst(bytes.ptr);
    size_t left = bytes.len;

    *result = (struct conversion){ 0 };
    if ((intptr_t)converter == -1)
        return false;
    while (left) {
        int error = convert_piece(converter, &in, &left, out);

        if (error != EILSEQ && error != EINVAL)
            continue;
        if (!result->bad++)
            result->first_bad = bytes.len - left;
        buf_add_cstr(out, REPLACEMENT);
        if (result->bad > most)
            break;
        in++;
        left--;
        (void)iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    return true;
}
