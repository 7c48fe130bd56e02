// The values that annotators gave to a field, as a coding. Declared in model/agree.h.
// Says of a record only what stands in it.
#include <math.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/mem.h"
#include "model/agree.h"

struct coder {
    struct agreement *agreement;
    enum agree_field field;
    struct coding *out;
};

static bool is_common(const void *const *slots, size_t raters)
{
    size_t size = 0;

    for (size_t r = 0; r < raters; r++)
        size += slots[r] != NULL;
    return size > 1;
}

static const void *const *claim_slots(const struct agreement *agreement, size_t article, size_t g)
{
    return (const void *const *)claim_group(&agreement->claims[article], g);
}

static const void *const *link_slots(const struct agreement *agreement, size_t g)
{
    return (const void *const *)agreement->links[g].links;
}

static size_t unit_count(const struct agreement *agreement, enum agree_of of)
{
    size_t count = 0;

    if (of == AGREE_LINKS) {
        for (size_t g = 0; g < agreement->link_count; g++)
            count += is_common(link_slots(agreement, g), agreement->raters);
        return count;
    }
    for (size_t a = 0; a < agreement->articles; a++)
        for (size_t g = 0; g < agreement->claims[a].count; g++)
            count += is_common(claim_slots(agreement, a, g), agreement->raters);
    return count;
}

// ---- words

static struct sv yes_or_no(bool value)
{
    return value ? SV("yes") : SV("no");
}

static struct sv claim_word(const struct claim *claim, enum agree_field field)
{
    switch (field) {
    case AGREE_FIELD_TYPE:
        return claim->type;
    case AGREE_FIELD_FORM:
        return claim->form;
    case AGREE_FIELD_TOPIC:
        return claim->topic;
    case AGREE_FIELD_CERTAINTY:
        return claim->certainty;
    case AGREE_FIELD_STANCE:
        return claim->author_stance;
    case AGREE_FIELD_CONTESTED:
        return yes_or_no(claim->contested != NULL);
    case AGREE_FIELD_NUMBER:
    case AGREE_FIELD_SOURCE:
    case AGREE_FIELD_ACT:
    case AGREE_FIELD_CHAIN:
    case AGREE_FIELD_LINK:
    case AGREE_FIELD_POINT:
    case AGREE_FIELD_STRICT:
    case AGREE_FIELD__N:
        break;
    }
    BUG("no word of a claim");
}

static struct sv link_word(const struct coder *coder, const struct link *link, bool is_turned)
{
    struct arena *arena = &coder->agreement->arena;
    struct buf text = { 0 };
    struct sv word;

    if (coder->field == AGREE_FIELD_POINT)
        return link->point;
    if (coder->field == AGREE_FIELD_STRICT)
        return yes_or_no(link->strict);
    if (!is_turned)
        return link->type;
    buf_addf(&text, SV_FMT ", turned", SV_ARG(link->type));
    word = sv_copy(arena, buf_sv(&text));
    buf_release(&text);
    return word;
}

static void add_word(const struct coder *coder, size_t rater, size_t unit, struct sv word)
{
    if (word.len)
        coding_set(coder->out, rater, unit, coding_value_add(coder->out, word, 0));
}

// The words of a vocabulary are values whether used or not, in its order; others follow.
static void add_order(const struct coder *coder, enum vocab_id vocab)
{
    const struct rec_list *words = &coder->agreement->scheme->vocabs[vocab];

    coder->out->is_ordered = true;
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = words->items[i];

        (void)coding_value_add(coder->out, word->id, (double)i);
    }
}

// ---- numbers

static void add_number(const struct coder *coder, size_t rater, size_t unit,
                       const struct claim *claim)
{
    for (size_t i = 0; i < claim->values.count; i++) {
        const struct value *value = claim->values.items[i];
        struct buf text = { 0 };
        char *end;
        double number;
        bool is_number;

        buf_add(&text, value->number);
        number = strtod(buf_cstr(&text), &end); // LC_NUMERIC stays "C"
        is_number = text.len && !*end && isfinite(number);
        buf_clear(&text);
        buf_addf(&text, "%.15g", number);
        if (is_number)
            coding_set(coder->out, rater, unit,
                       coding_value_add(coder->out,
                                        sv_copy(&coder->agreement->arena, buf_sv(&text)), number));
        buf_release(&text);
        if (is_number)
            return;
    }
}

// ---- sets

static struct sv source_id(const struct coder *coder, struct sv id)
{
    const struct source *source =
        coder->agreement->registry ? registry_find(coder->agreement->registry, id) : NULL;

    if (!id.len)
        return SV("?");
    return source ? source->id : id;
}

// "local-media:reports > amaq:alleges"
static void add_chain(const struct coder *coder, const struct voice *voice, struct buf *out)
{
    for (; voice; voice = voice->citing) {
        buf_addf(out, "%s" SV_FMT, out->len ? " > " : "", SV_ARG(source_id(coder, voice->source)));
        if (voice->act.len)
            buf_addf(out, ":" SV_FMT, SV_ARG(voice->act));
    }
}

static struct sv voice_label(const struct coder *coder, const struct voice *voice)
{
    struct buf text = { 0 };
    struct sv label;

    if (coder->field == AGREE_FIELD_SOURCE)
        return source_id(coder, voice->source);
    if (coder->field == AGREE_FIELD_ACT)
        return voice->act.len ? voice->act : SV("?");
    add_chain(coder, voice, &text);
    label = sv_copy(&coder->agreement->arena, buf_sv(&text));
    buf_release(&text);
    return label;
}

static void add_set(const struct coder *coder, size_t rater, size_t unit, const struct claim *claim)
{
    size_t count = claim->attributed_to.count;
    struct sv *members = mem_new((count + 1) * sizeof(*members));

    for (size_t i = 0; i < count; i++)
        members[i] = voice_label(coder, claim->attributed_to.items[i]);
    coding_set(coder->out, rater, unit,
               coding_set_add(coder->out, &coder->agreement->arena, members, count, " + "));
    mem_free(members);
}

// ---- all

static void add_claim(const struct coder *coder, size_t rater, size_t unit,
                      const struct claim *claim)
{
    switch (agree_field_get(coder->field)->scale) {
    case AGREE_WORDS:
    case AGREE_ORDERED:
        add_word(coder, rater, unit, claim_word(claim, coder->field));
        return;
    case AGREE_NUMBERS:
        add_number(coder, rater, unit, claim);
        return;
    case AGREE_SETS:
        add_set(coder, rater, unit, claim);
        return;
    }
    BUG("no such scale");
}

static void code_claims(const struct coder *coder)
{
    const struct agreement *agreement = coder->agreement;
    size_t unit = 0;

    for (size_t a = 0; a < agreement->articles; a++)
        for (size_t g = 0; g < agreement->claims[a].count; g++) {
            const struct claim *const *slots = claim_group(&agreement->claims[a], g);

            if (!is_common(claim_slots(agreement, a, g), agreement->raters))
                continue;
            for (size_t r = 0; r < agreement->raters; r++)
                if (slots[r])
                    add_claim(coder, r, unit, slots[r]);
            unit++;
        }
}

static void code_links(const struct coder *coder)
{
    const struct agreement *agreement = coder->agreement;
    size_t unit = 0;

    for (size_t g = 0; g < agreement->link_count; g++) {
        const struct link_group *group = &agreement->links[g];

        if (!is_common(link_slots(agreement, g), agreement->raters))
            continue;
        for (size_t r = 0; r < agreement->raters; r++)
            if (group->links[r])
                add_word(coder, r, unit, link_word(coder, group->links[r], group->is_turned[r]));
        unit++;
    }
}

void agreement_coding(struct agreement *agreement, enum agree_field field, struct coding *out)
{
    static const enum coding_scale scales[] = { [AGREE_WORDS] = CODING_WORDS,
                                                [AGREE_ORDERED] = CODING_WORDS,
                                                [AGREE_NUMBERS] = CODING_NUMBERS,
                                                [AGREE_SETS] = CODING_SETS };
    const struct agree_field_info *info = agree_field_get(field);
    struct coder coder = { .agreement = agreement, .field = field, .out = out };

    coding_init(out, scales[info->scale], agreement->raters, unit_count(agreement, info->of));
    if (info->scale == AGREE_ORDERED)
        add_order(&coder, VOCAB_CERTAINTY);
    if (info->of == AGREE_CLAIMS)
        code_claims(&coder);
    else
        code_links(&coder);
}
