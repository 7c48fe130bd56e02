// What the name of a page's part says of it: words of furniture.def in class and id.
// Never looks at the text of the part; what it says is advice, and a retry does without it.
#include "exchange/furniture.h"

#include <string.h>

#define WEIGHT      25
#define WORD_MAX    32  // letters; what is longer was made by a program
#define NAMES_MAX   512 // bytes of a class: behind them nothing new comes
#define AFFIX_LEAST 5   // letters of a word that is found inside a longer one
#define LINE_MAX    60  // bytes of a line that is no link and furniture all the same

enum says { UNLIKELY, AGAINST, FOR, PROPER, HIDES, BYLINE, LIVE };

static const struct part_word {
    struct sv word;
    enum says says;
} words[] = {
#define PART_WORD(word, says) { { word, sizeof(word) - 1 }, says },
#include "exchange/furniture.def"
#undef PART_WORD
};

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

// Cut the next word off: letters; a capital behind a small letter begins another.
static bool next_word(struct sv *rest, struct sv *word)
{
    size_t beg = 0, end;

    while (beg < rest->len && !is_lower(rest->ptr[beg]) && !is_upper(rest->ptr[beg]))
        beg++;
    for (end = beg; end < rest->len; end++) {
        char c = rest->ptr[end];

        if ((!is_lower(c) && !is_upper(c)) ||
            (end > beg && is_upper(c) && is_lower(rest->ptr[end - 1])))
            break;
    }
    *word = sv_sub(*rest, beg, end);
    *rest = sv_sub(*rest, end, rest->len);
    return word->len > 0;
}

static bool means(struct sv word, struct sv row)
{
    if (word.len == row.len + 1 && word.ptr[row.len] == 's')
        word.len--;
    if (word.len < row.len || (word.len > row.len && row.len < AFFIX_LEAST))
        return false;
    return sv_starts(word, row) || sv_ends(word, row);
}

struct votes {
    bool of[LIVE + 1];
    struct sv word[LIVE + 1];
};

static void read_names(struct sv names, struct votes *votes)
{
    struct sv rest = sv_sub(names, 0, NAMES_MAX), word;

    while (next_word(&rest, &word)) {
        char small[WORD_MAX];
        struct sv low = { small, word.len };

        if (word.len > WORD_MAX)
            continue;
        for (size_t i = 0; i < word.len; i++)
            small[i] = (char)(word.ptr[i] | 0x20);
        for (size_t i = 0; i < ARRAY_LEN(words); i++) {
            if (votes->of[words[i].says] || !means(low, words[i].word))
                continue;
            votes->of[words[i].says] = true;
            votes->word[words[i].says] = word;
        }
    }
}

static bool has_name(struct sv names, const char *name)
{
    struct sv word;

    while (sv_split(&names, ' ', &word))
        if (sv_eq_cstr(word, name))
            return true;
    return false;
}

// Names that frameworks give to what is there for screen readers or printers alone.
static bool is_set_aside(struct sv names)
{
    static const char *const known[] = {
        "sr-only",    "visually-hidden", "visuallyhidden", "screen-reader-text",
        "print-only", "visible-print",   "u-hidden",       "is-hidden",
        "hide"
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (has_name(names, known[i]))
            return true;
    return false;
}

struct part_names furniture_names(const struct html_node *node)
{
    struct sv class = html_attr(node, "class"), id = html_attr(node, "id");
    struct part_names names = { .is_hidden = is_set_aside(class) };
    struct votes all = { .of = { false } };
    struct sv each[] = { class, id };

    for (size_t i = 0; i < ARRAY_LEN(each); i++) {
        struct votes votes = { .of = { false } };

        if (!each[i].len)
            continue;
        read_names(each[i], &votes);
        if (votes.of[AGAINST] || votes.of[UNLIKELY])
            names.weight -= WEIGHT;
        if (votes.of[FOR] || votes.of[PROPER])
            names.weight += WEIGHT;
        read_names(each[i], &all);
    }
    read_names(html_attr(node, "data-component"), &all);
    names.is_hidden |= all.of[HIDES];
    names.is_live = all.of[LIVE];
    names.is_unlikely = all.of[UNLIKELY] && !all.of[PROPER];
    names.is_byline = all.of[BYLINE] || sv_eq_cstr(html_attr(node, "rel"), "author") ||
                      has_name(html_attr(node, "itemprop"), "author");
    names.word = all.of[UNLIKELY] ? all.word[UNLIKELY]
                 : all.of[BYLINE] ? all.word[BYLINE]
                                  : all.word[AGAINST];
    return names;
}

// Lines that ask to go elsewhere, in languages that the news is read in.
bool furniture_line(struct sv text, bool is_link)
{
    static const char *const begins[] = {
        "read more",
        "read also",
        "also read",
        "see also",
        "related:",
        "more:",
        "watch:",
        "listen:",
        "click here",
        "advertisement",
        "sign up",
        "subscribe",
        "follow us",
        "share this",
        "story continues below",
        "continue reading",
        "skip to",
        "recommended",
        "more on this",
        "more from",
        "lire aussi",
        "à lire aussi",
        "mehr zum thema",
        "lesen sie auch",
        "lesen sie mehr",
        "anzeige",
        "werbung",
        "publicité",
        "lea también",
        "leer más",
        "te puede interesar",
        "publicidad",
        "leia também",
        "leia mais",
        "leggi anche",
        "читайте также",
        "реклама",
        "czytaj także",
        "lees ook",
        "läs också",
        "les også",
    };

    if (!is_link && text.len > LINE_MAX)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(begins); i++) {
        struct sv begin = sv_from(begins[i]);
        size_t k = 0;

        while (k < begin.len && k < text.len &&
               (text.ptr[k] == begin.ptr[k] ||
                (is_upper(text.ptr[k]) && (text.ptr[k] | 0x20) == begin.ptr[k])))
            k++;
        if (k == begin.len && (is_link || text.len <= begin.len + 2))
            return true;
    }
    return false;
}
