// Records packed by the tables of the schema: for each field that is there its number from 1 on and
// its value; a 0 behind the last. Before a section stands how many bytes of both runs it takes, and
// before the claims what tells without opening them which may be left closed.
// Never reads past what it was given, whatever stands there.
#include "store/pack.h"

#include <string.h>

#include "base/limits.h"
#include "model/index.h"
#include "model/query_trait.h"
#include "store/doc_impl.h"

#define LAYOUT    6  // raised when the same records make other bytes
#define SHORT_MAX 15 // bytes: ids and most words
#define SEVEN     0x7f
#define MORE      0x80

// Of each claim, in their order.
struct card {
    uint64_t traits;
    uint32_t id_hash;
    uint32_t tight, text; // bytes that the claim takes
    uint32_t sources;
};

uint32_t pack_id_hash(struct sv id)
{
    return (uint32_t)hash_bytes(0, id);
}

// ---- packing

static void add_number(struct buf *out, size_t value)
{
    for (; value > SEVEN; value >>= 7)
        buf_add_char(out, (char)(MORE | (value & SEVEN)));
    buf_add_char(out, (char)value);
}

// Twice the length, one more for a text among the long ones; then the short ones themselves.
static void add_text(struct pack *out, struct sv text, bool is_long)
{
    struct buf *to = is_long ? &out->text : &out->tight;

    add_number(&out->tight, text.len * 2 + is_long);
    buf_add(to, text);
    buf_add_char(to, '\0');
}

// What is searched for words stands together, whatever its length.
static void add_sv(struct pack *out, struct sv text, bool is_searched)
{
    add_text(out, text, is_searched || text.len > SHORT_MAX);
}

static void add_span(struct pack *out, struct cp_span span)
{
    add_number(&out->tight, span.beg);
    add_number(&out->tight, span.end - span.beg);
}

static void add_fields(struct pack *out, const struct field *fields, size_t count, const void *rec);

static void add_record(struct pack *out, enum kind_id id, const void *rec)
{
    const struct kind *kind = kind_get(id);

    add_fields(out, kind->fields, kind->field_count, rec);
}

static void add_records(struct pack *out, enum kind_id id, struct rec_list records)
{
    add_number(&out->tight, records.count);
    for (size_t i = 0; i < records.count; i++)
        add_record(out, id, records.items[i]);
}

static void add_content(struct pack *out, const struct field *field, const void *member)
{
    switch (field_storage(field)) {
    case STORAGE_SV:
        add_sv(out, *(const struct sv *)member, field->type == FIELD_TEXT);
        break;
    case STORAGE_BOOL:
        break; // it is there: true
    case STORAGE_COUNT:
        add_number(&out->tight, *(const size_t *)member);
        break;
    case STORAGE_SPAN:
        add_span(out, *(const struct cp_span *)member);
        break;
    case STORAGE_SPANS: {
        const struct cp_span_list *spans = member;

        add_number(&out->tight, spans->count);
        for (size_t i = 0; i < spans->count; i++)
            add_span(out, spans->items[i]);
        break;
    }
    case STORAGE_STRS: {
        const struct sv_list *strs = member;

        add_number(&out->tight, strs->count);
        for (size_t i = 0; i < strs->count; i++)
            add_sv(out, strs->items[i], false);
        break;
    }
    case STORAGE_MAP:
        add_record(out, field->sub, *(const void *const *)member);
        break;
    case STORAGE_LIST:
        add_records(out, field->sub, *(const struct rec_list *)member);
        break;
    }
}

// Put before what was added since how many bytes of both runs it takes.
static void add_sizes(struct pack *out, size_t tight, size_t text)
{
    struct buf sizes = { 0 };

    add_number(&sizes, out->tight.len - tight);
    add_number(&sizes, out->text.len - text);
    buf_splice(&out->tight, tight, tight, buf_sv(&sizes));
    buf_release(&sizes);
}

// Is the value one of several parts? Then its size stands before it, so that it can be passed over.
static bool has_sizes(const struct field *field)
{
    switch (field_storage(field)) {
    case STORAGE_SV:
    case STORAGE_BOOL:
    case STORAGE_COUNT:
    case STORAGE_SPAN:
        return false;
    case STORAGE_SPANS:
    case STORAGE_STRS:
    case STORAGE_MAP:
    case STORAGE_LIST:
        return true;
    }
    return false;
}

static void add_value(struct pack *out, const struct field *field, const void *member)
{
    size_t tight = out->tight.len, text = out->text.len;

    add_content(out, field, member);
    if (has_sizes(field))
        add_sizes(out, tight, text);
}

static void add_fields(struct pack *out, const struct field *fields, size_t count, const void *rec)
{
    for (size_t i = 0; i < count; i++) {
        if (field_is_absent(rec, &fields[i]))
            continue;
        add_number(&out->tight, i + 1);
        add_value(out, &fields[i], field_get(rec, &fields[i]));
    }
    add_number(&out->tight, 0);
}

static void add_claims(struct pack *out, struct rec_list claims)
{
    size_t at;

    add_number(&out->tight, claims.count);
    at = out->tight.len;
    for (size_t i = 0; i < claims.count; i++)
        buf_add(&out->tight, sv_of((const char *)&(struct card){ 0 }, sizeof(struct card)));
    for (size_t i = 0; i < claims.count; i++, at += sizeof(struct card)) {
        const struct claim *claim = claims.items[i];
        size_t tight = out->tight.len, text = out->text.len;

        add_record(out, KIND_CLAIM, claim);

        struct card card = { .traits = claim_traits(claim),
                             .id_hash = pack_id_hash(claim->id),
                             .tight = (uint32_t)(out->tight.len - tight),
                             .text = (uint32_t)(out->text.len - text),
                             .sources = claim_sources(claim) };

        memcpy(out->tight.ptr + at, &card, sizeof(card));
    }
}

static void add_section(struct pack *out, enum kind_id id, struct rec_list records)
{
    size_t tight = out->tight.len, text = out->text.len;

    if (id == KIND_CLAIM)
        add_claims(out, records);
    else
        add_records(out, id, records);
    add_sizes(out, tight, text);
}

// A section is no member of the head.
static bool is_section(const struct doc_shape *shape, const struct field *field)
{
    return shape->kind == KIND_NONE && field->type == FIELD_LIST;
}

void pack_content(struct pack *out, const struct doc_shape *shape,
                  const struct doc_content *content)
{
    size_t count, section = 0;
    const struct field *fields = doc_shape_fields(shape, &count);

    for (size_t i = 0; i < count; i++) {
        if (is_section(shape, &fields[i]))
            add_section(out, fields[i].sub, content->sections[section++]);
        else
            add_fields(out, &fields[i], 1, content->head);
    }
}

// ---- unpacking; false: the bytes are not sound

struct unpack {
    const char *at, *end; // of what is tight
    const char *text, *text_end;
    struct arena *arena;
};

static bool get_number(struct unpack *in, size_t *out)
{
    size_t value = 0;

    for (unsigned shift = 0; in->at < in->end && shift < 63; shift += 7) {
        unsigned char byte = (unsigned char)*in->at++;

        value |= (size_t)(byte & SEVEN) << shift;
        if (byte < MORE) {
            *out = value;
            return true;
        }
    }
    return false;
}

// A number of things that each take a byte at least.
static bool get_count(struct unpack *in, size_t *out)
{
    return get_number(in, out) && *out <= (size_t)(in->end - in->at);
}

static bool get_text(struct unpack *in, struct sv *out)
{
    size_t number;

    if (!get_number(in, &number))
        return false;

    bool is_long = number & 1;
    const char **at = is_long ? &in->text : &in->at;
    size_t left = (size_t)((is_long ? in->text_end : in->end) - *at), len = number / 2;

    if (len >= left)
        return false;
    *out = sv_of(*at, len);
    *at += len + 1;
    return true;
}

static bool get_span(struct unpack *in, struct cp_span *out)
{
    size_t len;

    if (!get_number(in, &out->beg) || !get_number(in, &len) || len > SIZE_MAX - out->beg)
        return false;
    out->end = out->beg + len;
    return true;
}

static bool get_spans(struct unpack *in, struct cp_span_list *out)
{
    size_t count;
    struct cp_span *items;

    if (!get_count(in, &count) || !count)
        return false;
    items = arena_new(in->arena, count * sizeof(*items));
    *out = (struct cp_span_list){ items, count };
    for (size_t i = 0; i < count; i++)
        if (!get_span(in, &items[i]))
            return false;
    return true;
}

static bool get_strs(struct unpack *in, struct sv_list *out)
{
    size_t count;
    struct sv *items;

    if (!get_count(in, &count) || !count)
        return false;
    items = arena_new(in->arena, count * sizeof(*items));
    *out = (struct sv_list){ items, count };
    for (size_t i = 0; i < count; i++)
        if (!get_text(in, &items[i]))
            return false;
    return true;
}

#define ALL_FIELDS UINT64_MAX

// `wanted` has a bit for each field: the others stay absent.
static bool get_fields(struct unpack *in, const struct field *fields, size_t count, uint64_t wanted,
                       size_t depth, void *rec);

static bool get_record(struct unpack *in, enum kind_id id, size_t depth, const void **out)
{
    const struct kind *kind = kind_get(id);
    void *rec = arena_new(in->arena, kind->size);

    *out = rec;
    return depth < LIMIT_YAML_DEPTH &&
           get_fields(in, kind->fields, kind->field_count, ALL_FIELDS, depth + 1, rec);
}

static bool get_records(struct unpack *in, enum kind_id id, size_t depth, struct rec_list *out)
{
    size_t count;
    const void **items;

    if (!get_count(in, &count) || count > LIMIT_RECORDS)
        return false;
    items = count ? arena_new(in->arena, count * sizeof(*items)) : NULL;
    *out = (struct rec_list){ items, count };
    for (size_t i = 0; i < count; i++)
        if (!get_record(in, id, depth, &items[i]))
            return false;
    return true;
}

static bool get_content(struct unpack *in, const struct field *field, size_t depth, void *member)
{
    switch (field_storage(field)) {
    case STORAGE_SV:
        return get_text(in, member);
    case STORAGE_BOOL:
        *(bool *)member = true;
        return true;
    case STORAGE_COUNT:
        return get_number(in, member);
    case STORAGE_SPAN:
        return get_span(in, member);
    case STORAGE_SPANS:
        return get_spans(in, member);
    case STORAGE_STRS:
        return get_strs(in, member);
    case STORAGE_MAP:
        return get_record(in, field->sub, depth, member);
    case STORAGE_LIST:
        return get_records(in, field->sub, depth, member);
    }
    return false;
}

// Go behind a stretch whose sizes come next; false: there is not as much.
static bool measure(struct unpack *in, struct unpack *end)
{
    size_t tight, text;

    if (!get_number(in, &tight) || !get_number(in, &text) || tight > (size_t)(in->end - in->at) ||
        text > (size_t)(in->text_end - in->text))
        return false;
    *end = *in;
    end->at += tight;
    end->text += text;
    return true;
}

static bool get_value(struct unpack *in, const struct field *field, size_t depth, void *member)
{
    struct unpack end;

    if (!has_sizes(field))
        return get_content(in, field, depth, member);
    return measure(in, &end) && get_content(in, field, depth, member) && in->at == end.at &&
           in->text == end.text;
}

static bool pass_value(struct unpack *in, const struct field *field)
{
    union {
        struct sv text;
        bool is_set;
        size_t count;
        struct cp_span span;
    } ignored;
    struct unpack end;

    if (!has_sizes(field))
        return get_content(in, field, 0, &ignored);
    if (!measure(in, &end))
        return false;
    *in = end;
    return true;
}

static bool get_fields(struct unpack *in, const struct field *fields, size_t count, uint64_t wanted,
                       size_t depth, void *rec)
{
    size_t next = 0, number;

    for (;;) {
        if (!get_number(in, &number))
            return false;
        if (!number)
            break;
        if (number <= next || number > count)
            return false;
        for (; next < number - 1; next++)
            if (fields[next].is_required)
                return false;
        next = number;

        const struct field *field = &fields[number - 1];

        if (wanted == ALL_FIELDS || wanted >> (number - 1) & 1
                ? !get_value(in, field, depth, (char *)rec + field->offset)
                : !pass_value(in, field))
            return false;
    }
    for (; next < count; next++)
        if (fields[next].is_required)
            return false;
    return true;
}

// How many claims there are; `in` is left on the first of them, and `cards` has what stands in
// front.
static bool enter_claims(struct unpack *in, size_t *count, const char **cards)
{
    if (!get_count(in, count) || *count > LIMIT_RECORDS ||
        *count > (size_t)(in->end - in->at) / sizeof(struct card))
        return false;
    *cards = in->at;
    in->at += *count * sizeof(struct card);
    return true;
}

// The bytes of the next claim alone, if they are there; `in` goes behind them.
static bool cut_claim(struct unpack *in, const struct card *card, struct unpack *out)
{
    if (card->tight > (size_t)(in->end - in->at) || card->text > (size_t)(in->text_end - in->text))
        return false;
    *out = *in;
    in->at += card->tight;
    in->text += card->text;
    out->end = in->at;
    out->text_end = in->text;
    return true;
}

static bool get_claim(struct unpack in, uint64_t wanted, const void **out)
{
    const struct kind *kind = kind_get(KIND_CLAIM);
    void *rec = arena_new(in.arena, kind->size);

    *out = rec;
    return get_fields(&in, kind->fields, kind->field_count, wanted, 1, rec) && in.at == in.end &&
           in.text == in.text_end;
}

// May a sieve keep a claim that is still closed?
static bool may_keep(const struct sieve *sieve, const void *head, const struct card *card,
                     const struct unpack *claim, struct sv run)
{
    struct glance glance = { .traits = card->traits,
                             .sources = card->sources,
                             .id_hash = card->id_hash,
                             .texts = sv_of(claim->text, card->text),
                             .run = run };

    return sieve->may_keep(sieve->ctx, head, &glance);
}

// One that may be kept is made where it costs next to nothing, and once more where it lasts if it
// is. `run` are the long texts of all.
static bool get_claims(struct unpack *in, const struct sieve *sieve, const void *head,
                       struct sv run, struct rec_list *out)
{
    const void **items = NULL, *rec;
    const char *cards = NULL;
    size_t count, kept = 0;
    bool ok = enter_claims(in, &count, &cards);

    *out = (struct rec_list){ 0 };
    if (ok && count)
        items = arena_new(sieve ? sieve->scratch : in->arena, count * sizeof(*items));
    for (size_t i = 0; ok && i < count; i++) {
        struct card card;
        struct unpack one;

        memcpy(&card, cards + i * sizeof(card), sizeof(card));
        ok = cut_claim(in, &card, &one);
        if (!ok || (sieve && !may_keep(sieve, head, &card, &one, run)))
            continue;
        if (sieve) {
            struct unpack passing = one;

            passing.arena = sieve->scratch;
            ok = get_claim(passing, sieve->fields, &rec);
            if (!ok || !sieve->keeps(sieve->ctx, head, rec))
                continue;
        }
        ok = get_claim(one, ALL_FIELDS, &items[kept++]);
    }
    if (ok && kept && sieve) {
        const void **lasting = arena_new(in->arena, kept * sizeof(*lasting));

        memcpy(lasting, items, kept * sizeof(*lasting));
        items = lasting;
    }
    if (ok && kept)
        *out = (struct rec_list){ items, kept };
    if (sieve)
        arena_clear(sieve->scratch);
    return ok;
}

static bool get_section(struct unpack *in, enum kind_id id, const struct sieve *sieve,
                        const void *head, struct rec_list *out)
{
    struct unpack end;
    bool ok = measure(in, &end);

    if (ok && id == KIND_CLAIM)
        ok = get_claims(in, sieve, head, sv_of(in->text, (size_t)(end.text - in->text)), out);
    else if (ok)
        ok = get_records(in, id, 0, out);
    if (!ok)
        return false;
    return in->at == end.at && in->text == end.text;
}

// Texts may be taken for strings: whatever stands there, such a string ends within the bytes.
static bool is_ended(struct sv tight, struct sv text)
{
    return tight.len && !tight.ptr[tight.len - 1] && (!text.len || !text.ptr[text.len - 1]);
}

bool unpack_content(const struct doc_shape *shape, struct sv tight, struct sv text,
                    const struct sieve *sieve, struct arena *arena, struct doc_content *content)
{
    struct unpack in = { tight.ptr, tight.ptr + tight.len, text.ptr, text.ptr + text.len, arena };
    size_t count, section = 0;
    const struct field *fields = doc_shape_fields(shape, &count);

    *content = (struct doc_content){ .head = arena_new(arena, shape->head_size) };
    if (!is_ended(tight, text))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (is_section(shape, &fields[i])
                ? !get_section(&in, fields[i].sub, sieve, content->head,
                               &content->sections[section++])
                : !get_fields(&in, &fields[i], 1, ALL_FIELDS, 0, content->head))
            return false;
    }
    return in.at == in.end && in.text == in.text_end;
}

bool unpack_section(const struct doc_shape *shape, enum kind_id kind, struct sv tight,
                    struct sv text, struct arena *arena, struct rec_list *out)
{
    struct unpack in = { tight.ptr, tight.ptr + tight.len, text.ptr, text.ptr + text.len, arena };
    void *head = arena_new(arena, shape->head_size);
    size_t count;
    const struct field *fields = doc_shape_fields(shape, &count);

    *out = (struct rec_list){ 0 };
    if (!is_ended(tight, text))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct unpack end;

        if (!is_section(shape, &fields[i])) {
            if (!get_fields(&in, &fields[i], 1, ALL_FIELDS, 0, head))
                return false;
            continue;
        }
        if (fields[i].sub == kind)
            return get_section(&in, kind, NULL, head, out);
        if (!measure(&in, &end))
            return false;
        in = end;
    }
    return false;
}

uint64_t pack_form(void)
{
    size_t hash = LAYOUT + (CLAIM_TRAITS_FORM << 16);

    for (int id = KIND_NONE + 1; id < KIND__N; id++) {
        const struct kind *kind = kind_get((enum kind_id)id);

        for (size_t i = 0; i < kind->field_count; i++) {
            const struct field *field = &kind->fields[i];
            unsigned char traits[] = { (unsigned char)id, (unsigned char)field->type,
                                       (unsigned char)field->sub };

            hash = hash_bytes(hash, sv_from(field->key));
            hash = hash_bytes(hash, sv_of((const char *)traits, sizeof(traits)));
        }
    }
    return hash;
}
