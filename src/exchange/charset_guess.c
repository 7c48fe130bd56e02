// The encoding of a text that nobody names: each that could be is tried, and the one wins that
// makes the commonest letters of a language of the bytes. Same bytes, same answer; no dictionary,
// no chance.
#include "exchange/charset_guess.h"

#include <string.h>

#include "base/visible.h"
#include "exchange/charset_convert.h"
#include "text/cluster.h"

#define SAMPLE    ((size_t)256 << 10) // bytes that are tried
#define BAD_MOST  2 // bytes in them that may mean nothing: a cut at the end, a slip
#define ODD_COSTS 2 // what no text has weighs as much against as this many letters for
#define SIGNS     " ’‘“”„«»‹›–—…·•°§€£©®™×½¼\u00a0\u00ad\u2011"

struct language {
    enum charset_id charset;
    unsigned share;
    struct sv letters;
};

static const struct language languages[] = {
#define LANGUAGE(charset, share, letters)                                                          \
    { CHARSET_##charset, share, { letters, sizeof(letters) - 1 } },
#include "exchange/charset_language.def"
#undef LANGUAGE
};

// What a sample is made of when read as one encoding: its characters above ASCII, each with how
// often, for the rows of that encoding to count. Open hash: a sample has some thousand of them at
// most.
#define SLOTS 16384

struct profile {
    struct slot {
        int32_t cp;
        unsigned count;
    } * slots; // SLOTS
    size_t used;
    size_t total; // characters above ASCII
    size_t odd;   // of them what no text has
};

static struct slot *profile_slot(struct profile *profile, int32_t cp)
{
    size_t i = ((uint32_t)cp * 2654435761U) % SLOTS;

    while (profile->slots[i].count && profile->slots[i].cp != cp)
        i = (i + 1) % SLOTS;
    return &profile->slots[i];
}

static bool is_han_or_kana(int32_t cp)
{
    return (cp >= 0x2e80 && cp <= 0x9fff) || (cp >= 0xac00 && cp <= 0xd7a3) || cp >= 0xf900;
}

static bool is_ascii_letter(int32_t cp)
{
    return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

// What no text has: controls, private characters, a letter of another alphabet in a Latin word, a
// capital behind a small letter.
static bool is_odd(int32_t last, int32_t cp)
{
    if (cp < 0xa0 || cp == 0xfffd || (cp >= 0x2500 && cp < 0x25a0) ||
        (cp >= 0xe000 && cp < 0xf900) || cp >= 0xf0000)
        return true;
    if (cp >= 0x0370 && cp < 0x2000 && is_ascii_letter(last))
        return true;
    return cp_kind(last) == CP_LOWER && cp_kind(cp) == CP_UPPER && !is_han_or_kana(cp);
}

static void profile_text(struct profile *profile, struct sv text)
{
    int32_t last = ' ';

    for (size_t size; text.len; text = sv_sub(text, size, text.len)) {
        int32_t cp = utf8_decode(text, &size);

        if (cp >= 0x80 && profile->used < SLOTS / 2) {
            struct slot *slot = profile_slot(profile, cp);

            profile->used += !slot->count;
            slot->cp = cp;
            slot->count++;
            profile->total++;
            profile->odd += is_odd(last, cp);
        } else if (is_ascii_letter(cp) && last >= 0x0370 && last < 0x2000) {
            profile->odd++;
        }
        last = cp;
    }
}

static size_t count_letters(struct profile *profile, struct sv letters)
{
    size_t count = 0;

    for (size_t size; letters.len; letters = sv_sub(letters, size, letters.len))
        count += profile_slot(profile, utf8_decode(letters, &size))->count;
    return count;
}

// How well a language fits, 1 being what is usual for it.
static double language_score(struct profile *profile, const struct language *language)
{
    double common =
        (double)(count_letters(profile, language->letters) + count_letters(profile, SV(SIGNS)));
    double against = ODD_COSTS * (double)profile->odd;
    double score = (common - against) * 100 / ((double)profile->total * language->share);

    return score > 1 ? 1 : score;
}

// The best of the rows of one encoding. The slots of `profile` are lent, and empty again
// afterwards.
static double charset_score(struct sv sample, enum charset_id id, struct profile *profile)
{
    struct conversion conversion;
    struct buf text = { 0 };
    double best = -1;

    if (charset_convert(sample, charset_iconv_name(id), BAD_MOST, &text, &conversion) &&
        conversion.bad <= BAD_MOST) {
        profile_text(profile, buf_sv(&text));
        for (size_t i = 0; profile->total && i < ARRAY_LEN(languages); i++) {
            double score = languages[i].charset == id ? language_score(profile, &languages[i]) : -1;

            best = score > best ? score : best;
        }
        memset(profile->slots, 0, SLOTS * sizeof(*profile->slots));
    }
    profile->used = profile->total = profile->odd = 0;
    buf_release(&text);
    return best;
}

enum charset_id charset_guess(struct sv bytes)
{
    struct sv sample = sv_sub(bytes, 0, SAMPLE);
    enum charset_id id = CHARSET_WINDOWS1252;
    bool is_tried[CHARSET__N] = { false };
    struct profile profile = { .slots = mem_new(SLOTS * sizeof(struct slot)) };
    double best = 0;

    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        enum charset_id each = languages[i].charset;

        if (is_tried[each])
            continue;
        is_tried[each] = true;

        double score = charset_score(sample, each, &profile);

        if (score > best) {
            best = score;
            id = each;
        }
    }
    mem_free(profile.slots);
    return id;
}
