// What to offer first: sources for a voice, topics and tags. Declared in
// session/verbs.h. Offers only; nothing here makes a record.
#include "session/verbs.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/index.h"
#include "model/mention.h"
#include "session/build.h"
#include "session/inner.h"
#include "text/segment.h"

#define RIVALS_MAX 16 // sources of one name; more are not told apart

// ---- sources -----------------------------------------------------------------------------------

struct source_rank {
    struct sv id; // first: found by it
    const struct source *source;
    size_t nearness;   // of its name in the claim's sentence to the claim's words; 0: not there
    size_t latest;     // order of its last use here: the greater the later; 0: never
    size_t uses;       // voices that name it, in all open layers
    struct sv created; // of the claim made last in this article that names it; absent: none does
    size_t voice;      // and which of the article's voices that is, from 1
};

// What the claims say of each source: counted once for all letters typed and all claims asked
// about. Kept in line with claims that change, counted anew when anything else does.
struct uses {
    const struct registry *registry;
    const struct reading *here;
    size_t version;            // of the session that it is in line with
    bool is_ordered;           // what was used last is noted, as of that version
    struct source_rank *items; // in the order of the registry; none is near
    size_t count;
    struct id_index *by_id;
    size_t voices; // of this article, looked at so far
};

static struct uses *uses_new(struct session *s, const struct reading *here)
{
    const struct registry *registry = session_registry(s);
    struct uses *uses = mem_new(sizeof(*uses));

    *uses = (struct uses){ .registry = registry,
                           .here = here,
                           .version = session_version(s),
                           .items = mem_new((registry->count + 1) * sizeof(*uses->items)),
                           .count = registry->count };
    for (size_t i = 0; i < registry->count; i++) {
        uses->items[i].id = registry->items[i]->id;
        uses->items[i].source = registry->items[i];
        id_index_put(&uses->by_id, &uses->items[i]);
    }
    return uses;
}

void uses_free(struct uses *uses)
{
    if (!uses)
        return;
    id_index_free(uses->by_id);
    mem_free(uses->items);
    mem_free(uses);
}

// Where an id counts, also one that was merged into another; NULL: nowhere.
static struct source_rank *rank_of(const struct uses *uses, struct sv id)
{
    const struct source_rank *rank = uses->by_id ? id_index_find(uses->by_id, id) : NULL;
    size_t at;

    if (rank)
        return &uses->items[rank - uses->items];
    at = uses->registry->merged_count ? registry_index(uses->registry, id) : SIZE_MAX;
    return at < uses->count ? &uses->items[at] : NULL;
}

// The claim's sentences as bytes of the article, and where in them the claim's words stand.
struct setting {
    struct byte_span whole, words;
};

// Who speaks stands beside what is said, not in it: names outside the claim come before those
// inside, the nearer ones first; of two names at one place the longer is meant.
static size_t nearness_at(const struct setting *setting, struct byte_span name)
{
    const size_t lengths = 64;
    size_t len = name.end - name.beg, size = len < lengths ? len : lengths - 1, distance;

    if (byte_spans_overlap(name, setting->words))
        return size;
    distance = name.beg >= setting->words.end ? name.beg - setting->words.end
                                              : setting->words.beg - name.end;
    return (setting->whole.end - setting->whole.beg - distance + 1) * lengths + size;
}

// The sentences that hold the claim's words, first to last.
static struct setting setting_of(struct reading *r, const struct claim *claim)
{
    struct byte_span words = article_to_bytes(r->article, parts_extent(claim->span)), unit;
    struct byte_span whole = words;

    if (unit_at(r->article, UNIT_SENTENCE, words.beg, &unit) && unit.beg < words.beg)
        whole.beg = unit.beg;
    if (words.end > words.beg && unit_at(r->article, UNIT_SENTENCE, words.end - 1, &unit) &&
        unit.end > words.end)
        whole.end = unit.end;
    return (struct setting){ whole, words };
}

// A name that several sources have is near for each of them.
static void note_nearness(struct session *s, struct reading *r, const struct claim *claim,
                          struct source_rank *ranks)
{
    struct alias_set *names = mention_names(session_registry(s));
    struct setting setting = setting_of(r, claim);
    struct sv text = article_bytes(r->article);
    struct alias_hit hit;

    for (size_t pos = setting.whole.beg; alias_set_next(names, text, pos, setting.whole.end, &hit);
         pos = hit.span.end) {
        size_t rivals[RIVALS_MAX], near = nearness_at(&setting, hit.span);
        size_t count = alias_set_rivals(names, text, &hit, rivals, RIVALS_MAX);

        for (size_t i = 0; i < count && i < RIVALS_MAX; i++) {
            struct source_rank *rank = &ranks[alias_set_owner(names, rivals[i])];

            rank->nearness = near > rank->nearness ? near : rank->nearness;
        }
    }
    alias_set_free(names);
}

// Of two claims made at one time the later in the file is the later.
static void count_voice(struct uses *uses, struct sv source, const struct claim *claim,
                        bool is_here)
{
    struct source_rank *rank = source.len ? rank_of(uses, source) : NULL;

    if (!rank)
        return;
    rank->uses++;
    if (!is_here || (rank->voice && sv_cmp(claim->created, rank->created) < 0))
        return;
    rank->created = claim->created;
    rank->voice = ++uses->voices;
}

static void count_claim(struct uses *uses, const struct claim *claim, bool is_here)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing)
            count_voice(uses, v->source, claim, is_here);
}

static void count_voices(struct uses *uses, const struct layer *layer, bool is_here)
{
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++)
        count_claim(uses, layer->sections[SECTION_CLAIMS].items[i], is_here);
}

static int compare_uses(const void *a, const void *b)
{
    const struct source_rank *x = *(struct source_rank *const *)a,
                             *y = *(struct source_rank *const *)b;
    int order = sv_cmp(x->created, y->created);

    return order ? order : (x->voice > y->voice) - (x->voice < y->voice);
}

// The order of use: claims of this article by the time they were made, then what was given in this
// sitting.
static void note_latest(struct session *s, struct uses *uses)
{
    struct source_rank **used = mem_new((uses->count + 1) * sizeof(*used)), *rank;
    size_t count = 0;

    for (size_t i = 0; i < uses->count; i++) {
        uses->items[i].latest = 0;
        if (uses->items[i].voice)
            used[count++] = &uses->items[i];
    }
    if (count)
        qsort(used, count, sizeof(*used), compare_uses);
    for (size_t i = 0; i < count; i++)
        used[i]->latest = i + 1;
    for (size_t i = 0; i < s->used_count; i++) {
        rank = rank_of(uses, s->used[i]);
        if (rank)
            rank->latest = ++count;
    }
    mem_free(used);
}

static bool is_same_voices(const struct claim *a, const struct claim *b)
{
    struct rec_list x = a->attributed_to, y = b->attributed_to;

    if (x.count != y.count)
        return false;
    for (size_t i = 0; i < x.count; i++) {
        const struct voice *v = x.items[i], *w = y.items[i];

        for (; v && w && v != w && sv_eq(v->source, w->source); v = v->citing, w = w->citing)
            continue;
        if (v != w)
            return false;
    }
    return true;
}

// Was the last use of a source in a claim of that time? Then what stands in the file before what,
// or what came before that, would have to be known.
static bool is_time_of_a_use(const struct uses *uses, struct sv created)
{
    for (size_t i = 0; i < uses->count; i++)
        if (uses->items[i].voice && sv_eq(uses->items[i].created, created))
            return true;
    return false;
}

// Take the voices of a claim out. false: it takes a count of all to tell.
static bool take_out(struct uses *uses, const struct claim *claim, bool is_here)
{
    if (claim->attributed_to.count && is_here && is_time_of_a_use(uses, claim->created))
        return false;
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        for (const struct voice *v = claim->attributed_to.items[i]; v; v = v->citing) {
            struct source_rank *rank = v->source.len ? rank_of(uses, v->source) : NULL;

            if (rank)
                rank->uses--;
        }
    return true;
}

static bool put_in(struct uses *uses, const struct claim *claim, bool is_here)
{
    if (claim->attributed_to.count && is_here && is_time_of_a_use(uses, claim->created))
        return false;
    count_claim(uses, claim, is_here);
    return true;
}

static bool follow(struct uses *uses, const struct claim *gone, const struct claim *come,
                   bool is_here)
{
    bool is_same =
        gone && come && is_same_voices(gone, come) && sv_eq(gone->created, come->created);

    if (is_same && (!gone->attributed_to.count ||
                    parts_extent(gone->span).beg == parts_extent(come->span).beg))
        return true;
    return (!gone || take_out(uses, gone, is_here)) && (!come || put_in(uses, come, is_here));
}

// Bring the counts in line with what changed since. false: all is to be counted anew.
static bool follow_all(struct session *s, struct uses *uses)
{
    const struct layer *here = &uses->here->file.layer;
    const struct delta *deltas;
    size_t count;

    if (!session_deltas(s, uses->version, &deltas, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (deltas[i].section == SECTION_CLAIMS &&
            !follow(uses, deltas[i].gone, deltas[i].come, deltas[i].layer == here))
            return false;
    uses->version = session_version(s);
    return true;
}

static const struct uses *uses_now(struct session *s, const struct reading *here)
{
    struct uses *uses = s->uses;

    if (!uses || uses->here != here || !follow_all(s, uses)) {
        uses_free(uses);
        s->uses = uses = uses_new(s, here);
        for (size_t i = 0; i < s->reading_count; i++)
            count_voices(uses, &s->readings[i]->pub.file.layer, &s->readings[i]->pub == here);
    }
    note_latest(s, uses);
    return uses;
}

static int compare_size(size_t a, size_t b) // the greater first
{
    return (a < b) - (a > b);
}

static int compare_sources(const void *a, const void *b)
{
    const struct source_rank *x = a, *y = b;
    int order = compare_size(x->nearness, y->nearness);

    if (!order)
        order = compare_size(x->latest, y->latest);
    if (!order)
        order = compare_size(x->uses, y->uses);
    return order ? order : sv_cmp(x->source->id, y->source->id);
}

size_t verbs_rank_sources(struct session *s, struct reading *r, struct sv claim, struct sv typed,
                          const struct source **out, size_t max)
{
    const struct registry *registry = session_registry(s);
    const struct claim *of = layer_claim(&r->file.layer, claim);
    const struct uses *uses = uses_now(s, r);
    struct source_rank *ranks = mem_new((registry->count + 1) * sizeof(*ranks));
    size_t kept = 0;

    if (registry->count)
        memcpy(ranks, uses->items, registry->count * sizeof(*ranks));
    if (of)
        note_nearness(s, r, of, ranks);
    for (size_t i = 0; i < registry->count; i++) {
        if (registry_match(registry, ranks[i].source, typed) >= 0)
            ranks[kept++] = ranks[i];
    }
    if (kept)
        qsort(ranks, kept, sizeof(*ranks), compare_sources);
    if (kept > max)
        kept = max;
    for (size_t i = 0; i < kept; i++)
        out[i] = ranks[i].source;
    mem_free(ranks);
    return kept;
}

// ---- words of the reader's own -----------------------------------------------------------------

struct tally {
    struct sv word;
    size_t uses;
};

struct tallies {
    struct tally *items;
    size_t count, cap;
};

static int compare_tally_words(const void *a, const void *b)
{
    return sv_cmp(((const struct tally *)a)->word, ((const struct tally *)b)->word);
}

static int compare_tallies(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    int order = compare_size(x->uses, y->uses);

    return order ? order : sv_cmp(x->word, y->word);
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void tally(struct tallies *tallies, struct sv word, struct sv typed)
{
    if (!word.len || word.len < typed.len)
        return;
    for (size_t i = 0; i < typed.len; i++) {
        if (fold(word.ptr[i]) != fold(typed.ptr[i]))
            return;
    }
    MEM_GROW(tallies->items, tallies->count, tallies->cap);
    tallies->items[tallies->count++] = (struct tally){ word, 1 };
}

// Each word once, most used first.
static size_t tallies_take(struct tallies *tallies, struct sv *out, size_t max)
{
    size_t kept = 0;

    if (tallies->count)
        qsort(tallies->items, tallies->count, sizeof(*tallies->items), compare_tally_words);
    for (size_t i = 0; i < tallies->count; i++) {
        if (kept && sv_eq(tallies->items[kept - 1].word, tallies->items[i].word))
            tallies->items[kept - 1].uses++;
        else
            tallies->items[kept++] = tallies->items[i];
    }
    if (kept)
        qsort(tallies->items, kept, sizeof(*tallies->items), compare_tallies);
    if (kept > max)
        kept = max;
    for (size_t i = 0; i < kept; i++)
        out[i] = tallies->items[i].word;
    mem_free(tallies->items);
    return kept;
}

static void tally_claim(struct tallies *tallies, const struct claim *claim, struct sv typed,
                        bool of_tags)
{
    if (!of_tags)
        tally(tallies, claim->topic, typed);
    for (size_t i = 0; of_tags && i < claim->tags.count; i++)
        tally(tallies, claim->tags.items[i], typed);
}

static size_t rank_words(struct session *s, struct sv typed, bool of_tags, struct sv *out,
                         size_t max)
{
    struct tallies tallies = { 0 };

    for (size_t i = 0; i < s->reading_count; i++) {
        const struct layer *layer = &s->readings[i]->pub.file.layer;

        for (size_t j = 0; j < layer->sections[SECTION_CLAIMS].count; j++)
            tally_claim(&tallies, layer->sections[SECTION_CLAIMS].items[j], typed, of_tags);
    }
    return tallies_take(&tallies, out, max);
}

size_t verbs_topics(struct session *s, struct sv typed, struct sv *out, size_t max)
{
    return rank_words(s, typed, false, out, max);
}

size_t verbs_tags(struct session *s, struct sv typed, struct sv *out, size_t max)
{
    return rank_words(s, typed, true, out, max);
}
