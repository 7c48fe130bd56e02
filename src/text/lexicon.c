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

static const struct {
    const char *forms[4]; // base, third person, past, -ing; a phrase is the first alone
    enum cue_how how;
    bool is_phrase;
    const char *act;
} cues[] = {
#define VERB(base, third, past, ing, how, act) { { base, third, past, ing }, how, false, act },
#define PHRASE(words, how, act)                { { words }, how, true, act },
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
        int diff = strcmp(key, words[mid].word);

        if (diff == 0)
            return words[mid].classes;
        if (diff < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return 0;
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

bool lexicon_cue(struct sv text, struct cue_word *out)
{
    char first = text.len ? lower(text.ptr[0]) : '\0';

    out->len = 0;
    for (size_t i = 0; i < ARRAY_LEN(cues); i++) {
        if (cues[i].forms[0][0] != first)
            continue;
        for (size_t form = 0; form < ARRAY_LEN(cues[i].forms) && cues[i].forms[form]; form++) {
            size_t len = match_words(text, cues[i].forms[form]);

            if (len <= out->len)
                continue;
            out->len = len;
            out->how = cues[i].how;
            out->act = cues[i].act[0] ? sv_from(cues[i].act) : (struct sv){ 0 };
            out->is_finite = cues[i].is_phrase || form == 1 || form == 2;
            out->is_noun_alike = !cues[i].is_phrase && form < 2;
        }
    }
    return out->len > 0;
}
