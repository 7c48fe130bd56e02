// Two articles compared, with what the workspace knows.
// Ranks and explains; never makes a record.
#include "session/relation.h"

#include "base/mem.h"
#include "model/mention.h"
#include "model/name.h"
#include "session/inner.h"
#include "text/segment.h"

#define SAID_BYTES   48   // of a quotation in a line of reasons
#define TOPIC_MOST   256  // claims of a topic that weigh in
#define SAID_LEAST   0.02 // of the score; lesser reasons are not said
#define REASONS_MOST 64

struct relate *relation_make(const struct registry *registry, const struct article *a,
                             const struct article *b)
{
    return relate_new(a, b, registry ? mention_names(registry) : NULL);
}

static bool is_cont(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static void add_words(struct sv words, struct buf *out)
{
    size_t end = words.len;

    if (end > SAID_BYTES) {
        for (end = SAID_BYTES; end > 0 && words.ptr[end] != ' ';)
            end--;
        for (end = end ? end : SAID_BYTES; end < words.len && is_cont(words.ptr[end]);)
            end++;
    }
    buf_add(out, sv_sub(words, 0, end));
    if (end < words.len)
        buf_add_cstr(out, " …");
}

static void add_reason(const struct article *here, const struct article *there,
                       const struct reason *reason, struct buf *out)
{
    struct sv mine = article_sub(here, reason->here), theirs = article_sub(there, reason->there);

    switch (reason->kind) {
    case REASON_HINT:
        buf_add_cstr(out, "the same topic");
        return;
    case REASON_QUOTATION:
        buf_add_cstr(out, "“");
        add_words(mine, out);
        buf_add_cstr(out, "”");
        return;
    case REASON_SOURCE:
    case REASON_NUMBER:
    case REASON_SPELLING:
    case REASON_WORD:
    case REASON_NAME:
        break;
    case REASON__N:
        return;
    }
    buf_add(out, mine);
    if (!sv_eq(mine, theirs) && (reason->kind == REASON_SPELLING || reason->kind == REASON_SOURCE ||
                                 reason->kind == REASON_NUMBER)) {
        buf_add_cstr(out, "~");
        buf_add(out, theirs);
    }
}

void relation_say(const struct article *here, const struct article *there,
                  const struct reason *reasons, size_t count, double total, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        if (reasons[i].share < SAID_LEAST * total)
            return;
        if (i)
            buf_add_cstr(out, ", ");
        add_reason(here, there, &reasons[i], out);
        buf_addf(out, " %.0f %%", 100 * reasons[i].share / total);
    }
}

// ---- two open articles --------------------------------------------------------------------------

// Sentences that have a claim of the same topic as a claim of the other article, as last asked for.
struct hints {
    const struct claim *claim; // NULL: not asked for yet
    const struct reading *other;
    size_t version; // of the session
    struct relate_hint items[TOPIC_MOST];
    size_t count;
};

struct relation {
    const struct article *articles[2]; // of either side
    uint64_t names;                    // a hash of the registry's records
    struct relate *relate;
    bool is_done;                // is it compared to the end?
    struct clash_search *search; // while they are being found; NULL: not begun, or done
    struct clashes clashes;
    bool has_clashes;
    bool was_asked; // for the clashes, or were they only made ready?
    struct hints hints;
};

void relation_free(struct relation *relation)
{
    if (!relation)
        return;
    clash_search_free(relation->search);
    clashes_release(&relation->clashes);
    relate_free(relation->relate);
    mem_free(relation);
}

// Records are never changed, so their addresses tell whether anything did.
static uint64_t names_of(const struct session *session)
{
    const struct registry *registry = &session->registry.registry;
    uint64_t hash = 0xcbf29ce484222325u ^ session->registry_state;

    for (size_t i = 0; i < registry->count; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)registry->items[i]) * 0x100000001b3u;
    return hash;
}

static int side_of(const struct reading *reading, const struct reading *other)
{
    return sv_cmp(reading->id, other->id) > 0;
}

// What is kept, if it is of these two.
static struct relation *find(const struct session *session, const struct reading *reading,
                             const struct reading *other)
{
    struct relation *kept = session->relation;
    int side = side_of(reading, other);

    if (kept && kept->articles[side] == reading->article &&
        kept->articles[!side] == other->article && kept->names == names_of(session))
        return kept;
    return NULL;
}

// The same, or a new one that is not compared yet.
static struct relation *get(struct session *session, const struct reading *reading,
                            const struct reading *other)
{
    struct relation *relation = find(session, reading, other);
    int side = side_of(reading, other);

    if (relation)
        return relation;
    relation_free(session->relation);
    session->relation = relation = mem_new(sizeof(*relation));
    relation->articles[side] = reading->article;
    relation->articles[!side] = other->article;
    relation->names = names_of(session);
    relation->relate = relate_begin(relation->articles[0], relation->articles[1],
                                    mention_names(&session->registry.registry));
    return relation;
}

static struct relation *get_done(struct session *session, const struct reading *reading,
                                 const struct reading *other)
{
    struct relation *relation = get(session, reading, other);

    while (!relation->is_done)
        relation->is_done = relate_go_on(relation->relate);
    return relation;
}

static bool is_quick(const struct reading *reading, const struct reading *other)
{
    return article_bytes(reading->article).len + article_bytes(other->article).len <=
           RELATION_QUICK;
}

bool session_has_relation(const struct session *session, const struct reading *reading,
                          const struct reading *other)
{
    const struct relation *relation = find(session, reading, other);

    return is_quick(reading, other) || (relation && relation->is_done);
}

bool session_relate_step(struct session *session, const struct reading *reading,
                         const struct reading *other)
{
    struct relation *relation = get(session, reading, other);

    if (!relation->is_done)
        relation->is_done = relate_go_on(relation->relate);
    return relation->is_done;
}

const struct relate *session_relate(struct session *session, const struct reading *reading,
                                    const struct reading *other, int *side)
{
    *side = side_of(reading, other);
    return get_done(session, reading, other)->relate;
}

const struct quoted_alikes *session_quoted(struct session *session, const struct reading *reading,
                                           const struct reading *other, int *side)
{
    struct relation *relation = get(session, reading, other);

    *side = side_of(reading, other);
    if (!relate_quoted(relation->relate))
        relate_go_on(relation->relate);
    return relate_quoted(relation->relate);
}

// One step of the search for clashes. true: they are known.
static bool clashes_step(struct relation *relation)
{
    if (relation->has_clashes)
        return true;
    if (!relation->search)
        relation->search = clash_search_new(relation->relate);
    if (!clash_search_go_on(relation->search, &relation->clashes))
        return false;
    clash_search_free(relation->search);
    relation->search = NULL;
    relation->has_clashes = true;
    return true;
}

const struct clashes *session_clashes(struct session *session, const struct reading *reading,
                                      const struct reading *other, int *side)
{
    struct relation *relation = get_done(session, reading, other);

    *side = side_of(reading, other);
    while (!clashes_step(relation))
        ;
    relation->was_asked = true;
    return &relation->clashes;
}

bool session_is_relation_ready(const struct session *session, const struct reading *reading,
                               const struct reading *other)
{
    const struct relation *relation = find(session, reading, other);

    return relation && relation->has_clashes;
}

void session_relation_prepare(struct session *session, const struct reading *reading,
                              const struct reading *other)
{
    struct relation *relation = get(session, reading, other);

    if (relation->is_done)
        (void)clashes_step(relation);
    else
        relation->is_done = relate_go_on(relation->relate);
}

bool session_has_clashes(struct session *session, const struct reading *reading,
                         const struct reading *other)
{
    const struct relation *relation = find(session, reading, other);

    return is_quick(reading, other) || (relation && relation->has_clashes && relation->was_asked);
}

// ---- questions ----------------------------------------------------------------------------------

// Sentences of `other` with a claim of the same topic, each once.
static void find_hints(const struct claim *claim, const struct reading *other, struct hints *out)
{
    for (size_t i = 0; i < other->mark_count && out->count < TOPIC_MOST; i++) {
        const struct mark *mark = &other->marks[i];
        const struct claim *their = mark->rec;
        struct byte_span there;

        if (mark->span.beg >= RELATE_BYTES)
            break; // marks are in order, and what is behind is not compared
        if (mark->section != SECTION_CLAIMS || their == claim ||
            !name_eq(their->topic, claim->topic) ||
            !unit_at(other->article, UNIT_SENTENCE, mark->span.beg, &there) ||
            (out->count && out->items[out->count - 1].there.beg == there.beg))
            continue;
        out->items[out->count++] = (struct relate_hint){ there, RELATION_TOPIC };
    }
}

static const struct hints *hints_of(struct session *session, const struct question *question,
                                    const struct reading *other)
{
    struct hints *hints = &get(session, question->reading, other)->hints;
    size_t version = session_version(session);

    if (!question->claim || hints->claim != question->claim || hints->other != other ||
        hints->version != version) {
        hints->claim = question->claim;
        hints->other = other;
        hints->version = version;
        hints->count = 0;
        if (question->claim && question->claim->topic.len)
            find_hints(question->claim, other, hints);
    }
    return hints;
}

static bool is_furniture(const struct reading *reading, struct byte_span span)
{
    for (size_t i = 0; i < reading->mark_count && reading->marks[i].span.beg < span.end; i++) {
        if (reading->marks[i].section == SECTION_FURNITURE &&
            byte_spans_overlap(reading->marks[i].span, span))
            return true;
    }
    return false;
}

size_t session_related(struct session *session, const struct question *question,
                       const struct reading *other, struct related *out, size_t max)
{
    const struct hints *hints = hints_of(session, question, other);
    size_t most = max * 2 + 8, count, kept = 0;
    struct related *found = mem_new(most * sizeof(*found));
    int side;
    const struct relate *relate = session_relate(session, question->reading, other, &side);

    count =
        relate_rank_whole(relate, side, question->span, hints->items, hints->count, found, most);
    for (size_t i = 0; i < count && kept < max; i++) {
        if (found[i].score >= RELATE_FLOOR && !is_furniture(other, found[i].passage))
            out[kept++] = found[i];
    }
    relate_best(relate, side, question->span, out, kept);
    mem_free(found);
    return kept;
}

void session_related_say(struct session *session, const struct question *question,
                         const struct reading *other, const struct related *related, size_t max,
                         struct buf *out)
{
    const struct hints *hints = hints_of(session, question, other);
    struct reason reasons[REASONS_MOST];
    size_t count;
    int side;
    const struct relate *relate = session_relate(session, question->reading, other, &side);

    count = relate_explain(relate, side, question->span, hints->items, hints->count, related,
                           reasons, max < REASONS_MOST ? max : REASONS_MOST);
    relation_say(question->reading->article, other->article, reasons, count, related->score, out);
}
