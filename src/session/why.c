// A reason for a link, offered from the words at its two ends.
// Never a judgement: it only sets the words side by side.
#include "session/why.h"

#include "base/mem.h"
#include "model/name.h"
#include "session/build.h"
#include "text/number.h"

#define WORDS_SHOWN  12 // of one end
#define NUMBER_WORDS 3  // behind a number

struct words {
    struct buf text;
    struct sv *items; // with their punctuation
    size_t count, cap;
};

static void words_make(struct words *words, const struct place *place)
{
    struct sv rest, word;

    why_quote(place, &words->text);
    rest = buf_sv(&words->text);
    while (sv_split(&rest, ' ', &word)) {
        if (!word.len)
            continue;
        MEM_GROW(words->items, words->count, words->cap);
        words->items[words->count++] = word;
    }
}

static void words_release(struct words *words)
{
    buf_release(&words->text);
    mem_free(words->items);
}

static bool is_sign(char c)
{
    return c > 0 && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
}

static struct sv bare(struct sv word)
{
    while (word.len && is_sign(word.ptr[0]))
        word = sv_sub(word, 1, word.len);
    while (word.len && is_sign(word.ptr[word.len - 1]))
        word = sv_sub(word, 0, word.len - 1);
    return word;
}

// Words shared at the beginning and at the end say nothing of the difference. Nothing is taken off
// when nothing would be left of one of them.
static void drop_shared(const struct words *a, const struct words *b, size_t *front, size_t *back)
{
    size_t least = a->count < b->count ? a->count : b->count;

    *front = *back = 0;
    while (*front < least && name_eq(bare(a->items[*front]), bare(b->items[*front])))
        (*front)++;
    if (*front == least)
        *front = 0;
    while (*front + *back < least &&
           name_eq(bare(a->items[a->count - 1 - *back]), bare(b->items[b->count - 1 - *back])))
        (*back)++;
    if (*front + *back == least)
        *back = 0;
}

static void add_words(const struct words *words, size_t beg, size_t end, struct buf *out)
{
    size_t stop = end - beg > WORDS_SHOWN ? beg + WORDS_SHOWN : end;

    buf_add_cstr(out, "“");
    if (beg)
        buf_add_cstr(out, "… ");
    for (size_t i = beg; i < stop; i++) {
        if (i > beg)
            buf_add_char(out, ' ');
        buf_add(out, words->items[i]);
    }
    if (stop < words->count)
        buf_add_cstr(out, " …");
    buf_add_cstr(out, "”");
}

void why_quote(const struct place *place, struct buf *out)
{
    const struct claim *claim = layer_claim(&place->reading->file.layer, place->claim);
    size_t from = out->len;

    if (claim)
        verbs_quote(claim, out);
    else
        buf_add(out, article_sub(place->reading->article, build_trim(place->reading, place->span)));
    for (size_t i = from; i < out->len; i++)
        if (out->ptr[i] == '\n' || out->ptr[i] == '\r' || out->ptr[i] == '\t')
            out->ptr[i] = ' ';
}

// A number of `text` that `other` has not, with the word before and some behind it; false: none.
static bool find_number(struct sv text, struct sv other, struct byte_span *out)
{
    struct number mine, theirs;
    size_t pos = 0;

    while (number_next(text, &pos, &mine)) {
        bool is_shared = false;

        for (size_t at = 0; !is_shared && number_next(other, &at, &theirs);)
            is_shared = mine.low == theirs.low && mine.high == theirs.high;
        if (!is_shared) {
            *out = (struct byte_span){ mine.from, mine.span.end };
            return true;
        }
    }
    return false;
}

// The words [*beg, *end) around a number: what is counted stands behind it.
static void around_number(const struct words *words, struct byte_span number, size_t *beg,
                          size_t *end)
{
    const char *text = words->text.ptr;

    *beg = *end = 0;
    for (size_t i = 0; i < words->count; i++) {
        size_t at = (size_t)(words->items[i].ptr - text);

        if (at + words->items[i].len <= number.beg)
            *beg = i + 1;
        if (at < number.end)
            *end = i + 1;
    }
    *beg -= *beg > 0;
    *end += NUMBER_WORDS;
    if (*end > words->count)
        *end = words->count;
}

void why_propose(const struct place *from, const struct place *to, struct buf *out)
{
    struct words a = { 0 }, b = { 0 };
    bool is_within = from->reading == to->reading;
    struct byte_span mine, theirs;
    size_t a_beg, a_end, b_beg, b_end;

    buf_clear(out);
    words_make(&a, from);
    words_make(&b, to);
    if (a.count && b.count) {
        drop_shared(&a, &b, &a_beg, &a_end);
        b_beg = a_beg;
        b_end = b.count - a_end;
        a_end = a.count - a_end;
        if (find_number(buf_sv(&a.text), buf_sv(&b.text), &mine) &&
            find_number(buf_sv(&b.text), buf_sv(&a.text), &theirs)) {
            around_number(&a, mine, &a_beg, &a_end);
            around_number(&b, theirs, &b_beg, &b_end);
        }
        if (!is_within)
            buf_addf(out, SV_FMT ": ", SV_ARG(article_name(from->reading->id)));
        add_words(&a, a_beg, a_end, out);
        buf_add_cstr(out, "; ");
        if (!is_within)
            buf_addf(out, SV_FMT ": ", SV_ARG(article_name(to->reading->id)));
        add_words(&b, b_beg, b_end, out);
    }
    words_release(&a);
    words_release(&b);
}

void why_propose_link(struct session *s, struct reading *home, const struct link *link,
                      struct buf *out)
{
    struct sv article = link->to ? link->to->article : (struct sv){ 0 };
    struct place from = { .reading = home, .claim = link->from };
    struct place to = { .reading = article.len ? session_find(s, article) : home };

    buf_clear(out);
    if (!link->to || !to.reading)
        return;
    to.claim = link->to->claim;
    if (layer_claim(&home->file.layer, from.claim) &&
        layer_claim(&to.reading->file.layer, to.claim))
        why_propose(&from, &to, out);
}
