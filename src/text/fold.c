// Text as a search sees it.
// Never changes the text, never asks the locale.
#include "text/fold.h"

#include "base/attr.h"
#include "base/visible.h"
#include "text/cluster.h"

#define INVALID_BYTE 0x110000

// Letters that Unicode does not take apart but a keyboard lacks.
static const struct {
    int32_t cp;
    char as[3];
} strokes[] = {
    { 0x00c6, "AE" }, { 0x00d0, "D" }, { 0x00d8, "O" }, { 0x00e6, "ae" }, { 0x00f0, "d" },
    { 0x00f8, "o" },  { 0x0110, "D" }, { 0x0111, "d" }, { 0x0126, "H" },  { 0x0127, "h" },
    { 0x0131, "i" },  { 0x0141, "L" }, { 0x0142, "l" }, { 0x0152, "OE" }, { 0x0153, "oe" },
    { 0x0166, "T" },  { 0x0167, "t" },
};

static const struct {
    int32_t first, last;
    char plain;
} relatives[] = {
    { 0x00a0, 0x00a0, ' ' },  { 0x00ab, 0x00ab, '"' },  { 0x00b4, 0x00b4, '\'' },
    { 0x00bb, 0x00bb, '"' },  { 0x02b9, 0x02bf, '\'' }, { 0x2000, 0x200a, ' ' },
    { 0x2010, 0x2015, '-' },  { 0x2018, 0x201b, '\'' }, { 0x201c, 0x201f, '"' },
    { 0x202f, 0x202f, ' ' },  { 0x2032, 0x2032, '\'' }, { 0x2033, 0x2033, '"' },
    { 0x2035, 0x2035, '\'' }, { 0x2036, 0x2036, '"' },  { 0x2039, 0x203a, '\'' },
    { 0x205f, 0x205f, ' ' },  { 0x2212, 0x2212, '-' },  { 0x3000, 0x3000, ' ' },
    { 0xfe58, 0xfe58, '-' },  { 0xfe63, 0xfe63, '-' },  { 0xff02, 0xff02, '"' },
    { 0xff07, 0xff07, '\'' }, { 0xff0d, 0xff0d, '-' },
};

static bool is_ignorable(int32_t cp)
{
    return cp == 0xad || (cp >= 0x200b && cp <= 0x200d) || cp == 0x2060 || cp == 0xfeff ||
           (cp >= 0xfe00 && cp <= 0xfe0f);
}

// Marks that a reader may leave out: those above and below (200 and up), Hebrew and Arabic points
// (10 to 36). Others make another letter.
static bool is_accent(int class)
{
    return class >= 200 || (class >= 10 && class <= 36);
}

static int32_t lower_ascii(int32_t cp)
{
    return cp >= 'A' && cp <= 'Z' ? cp + 0x20 : cp;
}

// Put `cp` behind the rest, marks in canonical order.
static void add_cp(struct fold *out, int32_t cp)
{
    int class = cp_combining_class(cp);
    size_t at = out->count;

    if (is_accent(class) || out->count == FOLD_MAX)
        return;
    for (; class && at > 0 && cp_combining_class(out->cp[at - 1]) > class; at--)
        out->cp[at] = out->cp[at - 1];
    out->cp[at] = cp;
    out->count++;
}

static void add_folded(struct fold *out, int32_t cp, bool fold_case)
{
    int32_t parts[CP_DECOMPOSED_MAX];

    if (is_ignorable(cp))
        return;
    if (cp == 0x2026) { // an ellipsis is three full stops
        for (int i = 0; i < 3; i++)
            add_cp(out, '.');
        return;
    }

    size_t count = cp_decompose(cp, fold_case, parts);

    for (size_t i = 0; i < count; i++) {
        const char *as = NULL;

        for (size_t j = 0; j < ARRAY_LEN(strokes) && parts[i] >= strokes[j].cp; j++)
            if (parts[i] == strokes[j].cp)
                as = strokes[j].as;
        if (!as)
            add_cp(out, parts[i]);
        for (; as && *as; as++)
            add_cp(out, fold_case ? lower_ascii(*as) : *as);
    }
}

bool fold_is_follower(int32_t cp)
{
    return cp >= 0xad && (cp_combining_class(cp) || is_ignorable(cp));
}

void fold_at(struct sv text, size_t pos, bool fold_case, struct fold *out)
{
    size_t size;
    int32_t cp = utf8_decode(sv_sub(text, pos, text.len), &size);
    size_t end = pos + size;

    out->count = 0;
    if (cp < 0) {
        out->cp[out->count++] = INVALID_BYTE + (unsigned char)text.ptr[pos];
        out->size = 1;
        return;
    }
    add_folded(out, cp, fold_case);
    while (end < text.len && (unsigned char)text.ptr[end] >= 0x80) {
        cp = utf8_decode(sv_sub(text, end, text.len), &size);
        if (!fold_is_follower(cp))
            break;
        add_folded(out, cp, fold_case);
        end += size;
    }
    out->size = end - pos;
}

bool fold_is_relative(int32_t plain, int32_t cp)
{
    if (plain != ' ' && plain != '"' && plain != '\'' && plain != '-')
        return false;
    for (size_t i = 0; i < ARRAY_LEN(relatives) && cp >= relatives[i].first; i++)
        if (cp <= relatives[i].last)
            return plain == relatives[i].plain;
    return false;
}
