// What is known of English words.
// Holds no rules: what is made of the words stands in sentence.c, clause.c and cue.c.
#include "text/lexicon.h"

#include <string.h>

#include "base/attr.h"

#define WORD_MAX 24 // bytes; no word of the tables is longer

static const struct {
    const char *word;
    unsigned classes;
} words[] = {
#define WORD(word, classes) { word, classes },
#include "text/words.def"
#undef WORD
};

static const struct {
    const char *word;
    enum abbrev class;
} abbrevs[] = {
#define ABBREV(word, class) { word, class },
#include "text/abbrev.def"
#undef ABBREV
};

static const struct cue_row verbs[] = {
#define VERB(base, third, past, ing, how, act)                                                     \
    { { base, third, past, ing }, how, act, false, false },
#define PHRASE(words, how, act)
#include "text/cue.def"
#undef VERB
#undef PHRASE
};

static const struct cue_row phrases[] = {
#define VERB(base, third, past, ing, how, act)
#define PHRASE(words, how, act) { { words, "", "", "" }, how, act, true, false },
#include "text/cue.def"
#undef VERB
#undef PHRASE
};

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
}

// Does `text` begin with the words `form`, in any case, blanks of any kind between them?
//   returns  bytes of the text, or 0
static size_t match_words(struct sv text, const char *form)
{
    size_t pos = 0;

    for (; *form; form++) {
        if (*form == ' ') {
            size_t blank = pos;

            while (pos < text.len && (text.ptr[pos] == ' ' || text.ptr[pos] == '\n'))
                pos++;
            if (pos == blank)
                return 0;
            continue;
        }
        if (pos == text.len || lower(text.ptr[pos]) != *form)
            return 0;
        pos++;
    }
    if (pos == text.len || !is_word_byte(text.ptr[pos]))
        return pos;
    // a letter may follow only across a sign like a dash or a curly apostrophe
    return (unsigned char)text.ptr[pos] == 0xe2 ? pos : 0;
}

unsigned lexicon_classes(struct sv word)
{
    char key[WORD_MAX];
    size_t lo = 0, hi = ARRAY_LEN(words);

    if (word.len >= sizeof(key))
        return 0;
    for (size_t i = 0; i < word.len; i++)
        key[i] = lower(word.ptr[i]);
    key[word.len] = '\0';
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int diff = (unsigned char)key[0] - (unsigned char)words[mid].word[0];

        if (diff == 0)
            diff = strcmp(key, words[mid].word);
        if (diff == 0)
            return words[mid].classes;
        if (diff < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return 0;
}

bool lexicon_is_acronym(struct sv word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
            return false;
    return word.len > 1;
}

enum abbrev lexicon_abbrev(struct sv word)
{
    size_t lo = 0, hi = ARRAY_LEN(abbrevs);

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int diff = sv_cmp(word, sv_from(abbrevs[mid].word));

        if (diff == 0)
            return abbrevs[mid].class;
        if (diff < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NOT_ABBREV;
}

// First row whose words begin with the letter `first` or a later one.
static size_t first_row(const struct cue_row *rows, size_t count, char first)
{
    size_t lo = 0, hi = count;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (rows[mid].forms[0][0] < first)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

// Take `row` when one of its forms stands at the start of `text` and is longer than what *out has.
static void try_row(const struct cue_row *row, struct sv text, struct cue_word *out)
{
    char second = text.len > 1 ? lower(text.ptr[1]) : '\0';

    for (size_t form = 0; form < CUE_FORMS; form++) {
        const char *phrase = row->forms[form];
        size_t len;

        if (!phrase[0] || (phrase[1] != second && phrase[1] != ' ' && phrase[1] != '\0'))
            continue; // most end here
        len = match_words(text, phrase);
        if (len <= out->len)
            continue;
        out->len = len;
        out->how = (enum cue_how)(row->how & ~NOUN);
        out->act = row->act[0] ? sv_from(row->act) : (struct sv){ 0 };
        out->is_finite = row->is_phrase || form == 1 || form == 2;
        out->is_noun_alike = row->how & NOUN && form < 2;
        out->is_past = form == 2;
        out->is_ing = form == 3;
        out->is_phrase = row->is_phrase;
    }
}

static bool is_form(const struct cue_row *row, const char *word)
{
    for (size_t form = 0; word[0] && form < CUE_FORMS; form++)
        if (!strcmp(row->forms[form], word))
            return true;
    return false;
}

static bool is_off(const struct cue_rows *own, const struct cue_row *row)
{
    for (size_t i = 0; own && i < own->count; i++)
        if (own->items[i].is_off && is_form(row, own->items[i].forms[0]))
            return true;
    return false;
}

static void look_in(const struct cue_row *rows, size_t count, struct sv text,
                    const struct cue_rows *own, struct cue_word *out)
{
    char first = lower(text.ptr[0]);

    for (size_t i = first_row(rows, count, first); i < count && rows[i].forms[0][0] == first; i++)
        if (!is_off(own, &rows[i]))
            try_row(&rows[i], text, out);
}

bool lexicon_cue_with(struct sv text, const struct cue_rows *own, struct cue_word *out)
{
    *out = (struct cue_word){ 0 };
    if (text.len == 0)
        return false;
    for (size_t i = own ? own->count : 0; i-- > 0;)
        if (!own->items[i].is_off)
            try_row(&own->items[i], text, out);
    look_in(phrases, ARRAY_LEN(phrases), text, own, out);
    look_in(verbs, ARRAY_LEN(verbs), text, own, out);
    return out->len > 0;
}

bool lexicon_cue(struct sv text, struct cue_word *out)
{
    return lexicon_cue_with(text, NULL, out);
}
