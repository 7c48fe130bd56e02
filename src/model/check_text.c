// Checks against the article: positions inside it, quotes and context that stand there, its hash.
// Never moves a position; what has moved is for re-anchoring.
#include "model/check_rule.h"

#include <string.h>

#include "base/visible.h"

#define SHOWN 40 // code points of the text shown in a message

#define SPAN_FMT       "[%zu, %zu]"
#define SPAN_ARG(span) (span).beg, (span).end

// Is `quote` the text itself, each invalid byte of which it gives as U+FFFD?
static bool is_text(struct sv text, struct sv quote)
{
    size_t t = 0, q = 0;

    while (t < text.len && q < quote.len) {
        size_t text_size, quote_size;
        int32_t cp = utf8_decode(sv_sub(text, t, text.len), &text_size);

        if (utf8_decode(sv_sub(quote, q, quote.len), &quote_size) != (cp < 0 ? 0xFFFD : cp))
            return false;
        t += text_size;
        q += quote_size;
    }
    return t == text.len && q == quote.len;
}

static size_t code_points(struct sv s)
{
    size_t count = 0, size;

    for (size_t i = 0; i < s.len; i += size, count++)
        utf8_decode(sv_sub(s, i, s.len), &size);
    return count;
}

static struct sv text_at(const struct checker *checker, size_t beg, size_t end)
{
    return article_sub(checker->article,
                       article_to_bytes(checker->article, (struct cp_span){ beg, end }));
}

// False when a span is empty or not inside the text (said), or there is no text.
static bool check_span(const struct checker *checker, const struct spot *spot, const char *what,
                       struct cp_span at)
{
    if (at.beg >= at.end)
        findings_add(checker->findings, SEVERITY_ERROR, E_SPAN, rule_at(checker, spot, "at"),
                     "%s " SPAN_FMT " of '" SV_FMT "' is empty; a span ends after it begins", what,
                     SPAN_ARG(at), SV_ARG(rule_id(spot)));
    else if (checker->article && at.end > checker->length)
        findings_add(checker->findings, SEVERITY_ERROR, E_SPAN, rule_at(checker, spot, "at"),
                     "%s " SPAN_FMT " of '" SV_FMT
                     "' is outside the text, which has %zu code points",
                     what, SPAN_ARG(at), SV_ARG(rule_id(spot)), checker->length);
    else
        return checker->article != NULL;
    return false;
}

static void check_quote(const struct checker *checker, const struct spot *spot, struct cp_span at,
                        struct sv quote)
{
    size_t shown = at.end - at.beg > SHOWN ? at.beg + SHOWN : at.end;

    if (is_text(text_at(checker, at.beg, at.end), quote))
        return;
    findings_add(checker->findings, SEVERITY_ERROR, E_QUOTE, rule_at(checker, spot, "quote"),
                 "the text at " SPAN_FMT " is '" SV_FMT "%s', not the quote of '" SV_FMT
                 "'; 'gainsay reanchor' finds it again",
                 SPAN_ARG(at), SV_ARG(text_at(checker, at.beg, shown)), shown < at.end ? "…" : "",
                 SV_ARG(rule_id(spot)));
}

// `before` ends where the part begins, `after` begins where it ends; either may be short or absent.
static void check_context(const struct checker *checker, const struct spot *spot,
                          const struct part *part)
{
    size_t before = code_points(part->before), after = code_points(part->after);
    bool is_before = before <= part->at.beg &&
                     is_text(text_at(checker, part->at.beg - before, part->at.beg), part->before);
    bool is_after = after <= checker->length - part->at.end &&
                    is_text(text_at(checker, part->at.end, part->at.end + after), part->after);

    if (!is_before)
        findings_add(checker->findings, SEVERITY_WARNING, E_QUOTE, rule_at(checker, spot, "before"),
                     "'before' of '" SV_FMT "' is not the text before " SPAN_FMT,
                     SV_ARG(rule_id(spot)), SPAN_ARG(part->at));
    if (!is_after)
        findings_add(checker->findings, SEVERITY_WARNING, E_QUOTE, rule_at(checker, spot, "after"),
                     "'after' of '" SV_FMT "' is not the text after " SPAN_FMT,
                     SV_ARG(rule_id(spot)), SPAN_ARG(part->at));
}

static void check_hash(const struct checker *checker, const struct text_state *text)
{
    char hex[65];

    article_sha256(article_bytes(checker->article), hex);
    if (text->length == checker->length && sv_eq_cstr(text->sha256, hex))
        return;
    if (text->length != checker->length)
        findings_add(checker->findings, SEVERITY_ERROR, E_TEXT, rule_at_head(checker, "text"),
                     "the article has %zu code points, not %zu: it changed since these records "
                     "were saved; 'gainsay reanchor' finds them again",
                     checker->length, text->length);
    else
        findings_add(checker->findings, SEVERITY_ERROR, E_TEXT, rule_at_head(checker, "text"),
                     "the article's sha256 is %s: it changed since these records were saved; "
                     "'gainsay reanchor' finds them again",
                     hex);
}

static void check_read(const struct checker *checker, struct cp_span_list read)
{
    size_t last = 0;

    for (size_t i = 0; i < read.count; i++) {
        struct cp_span span = read.items[i];

        if (span.beg >= span.end || (i && span.beg < last))
            findings_add(checker->findings, SEVERITY_ERROR, E_SPAN, rule_at_head(checker, "read"),
                         "read range " SPAN_FMT " must %s", SPAN_ARG(span),
                         span.beg >= span.end ? "end after it begins"
                                              : "begin where the one before it ends, or later");
        else if (checker->article && span.end > checker->length)
            findings_add(checker->findings, SEVERITY_ERROR, E_SPAN, rule_at_head(checker, "read"),
                         "read range " SPAN_FMT " is outside the text, which has %zu code points",
                         SPAN_ARG(span), checker->length);
        last = span.end;
    }
}

void rule_parts(const struct checker *checker, const struct spot *outer, struct rec_list parts)
{
    const struct field *within = kind_find(kind_get(outer->kind), SV("span"));

    if (!parts.count)
        findings_add(checker->findings, SEVERITY_ERROR, E_MISSING, rule_at(checker, outer, NULL),
                     "'" SV_FMT "' has no span; it needs one part at least",
                     SV_ARG(rule_id(outer)));
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i], *last = i ? parts.items[i - 1] : NULL;
        struct spot spot = { KIND_PART, part, outer, within };

        if (last && part->at.beg < last->at.end)
            findings_add(checker->findings, SEVERITY_ERROR, E_SPAN, rule_at(checker, &spot, "at"),
                         "part " SPAN_FMT " of '" SV_FMT "' must begin after the one before it, "
                         "which ends at %zu",
                         SPAN_ARG(part->at), SV_ARG(rule_id(outer)), last->at.end);
        if (!check_span(checker, &spot, "part", part->at))
            continue;
        check_quote(checker, &spot, part->at, part->quote);
        check_context(checker, &spot, part);
    }
}

void rule_cue(const struct checker *checker, const struct spot *voice, const struct cue *cue)
{
    struct spot spot = { KIND_CUE, cue, voice, kind_find(kind_get(KIND_VOICE), SV("cue")) };

    if (check_span(checker, &spot, "cue", cue->at))
        check_quote(checker, &spot, cue->at, cue->quote);
}

void rule_text(const struct checker *checker, const struct layer *layer)
{
    if (checker->article && layer->head.text)
        check_hash(checker, layer->head.text);
    check_read(checker, layer->head.read);
}
