// WebAnno TSV 3.3, one file for each layer: claims as spans over tokens, links between claims of
// the text as relations. Positions count UTF-16 units. A span ends at tokens or at parts of tokens,
// never in the blanks between.
#include "exchange/forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/visible.h"
#include "model/types.h"
#include "text/cluster.h"

#define CLAIM_LAYER "webanno.custom.Claim"
#define LINK_LAYER  "webanno.custom.Link"

// Features of a span, each a column.
static const char *const claim_features[] = { "identifier",    "says",          "type",
                                              "form",          "topic",         "certainty",
                                              "author_stance", "attributed_to", "contested",
                                              "note",          "tags" };
static const char *const link_features[] = { "type", "point", "why" };

struct token {
    struct byte_span at;
    size_t sentence, number; // both from 1
    size_t unit;             // UTF-16 position
};

// What one annotation has of one token: all of it, or a part.
struct unit {
    size_t token; // index
    struct byte_span at;
    size_t annotation;
};

struct annotation { // one part of a claim
    const struct claim *claim;
    size_t first; // index of its first unit, once they are sorted
};

struct writer {
    const struct outgoing *out;
    const struct outgoing_layer *layer;
    struct sv text;
    struct token *tokens;
    size_t token_count, token_cap;
    struct unit *units; // by token, whole ones first, then by position
    size_t unit_count, unit_cap;
    struct annotation *annotations;
    size_t annotation_count, annotation_cap;
    struct buf *tsv;
};

// ---- tokens

static bool is_letter(int32_t cp)
{
    enum cp_kind kind = cp_kind(cp);

    return kind != CP_OTHER || cp_is_mark(cp);
}

static size_t utf16_size(int32_t cp)
{
    return cp > 0xffff ? 2 : 1;
}

static bool is_gap(int32_t cp)
{
    return cp_is_blank(cp) || (cp >= 0 && cp < ' ');
}

static void add_token(struct writer *w, struct token token)
{
    MEM_GROW(w->tokens, w->token_count, w->token_cap);
    w->tokens[w->token_count++] = token;
}

// Words, and signs one by one; a line is a sentence.
static void find_tokens(struct writer *w)
{
    size_t sentence = 0, number = 0, unit = 0;
    bool is_new = true, was_letter = false;

    for (size_t pos = 0; pos < w->text.len;) {
        size_t size;
        int32_t cp = utf8_decode(sv_sub(w->text, pos, w->text.len), &size);

        is_new = is_new || cp == '\n';
        if (!is_gap(cp) && is_new) {
            sentence++;
            number = 0;
            is_new = was_letter = false;
        }
        if (!is_gap(cp) && was_letter && is_letter(cp))
            w->tokens[w->token_count - 1].at.end = pos + size;
        else if (!is_gap(cp))
            add_token(w, (struct token){ { pos, pos + size }, sentence, ++number, unit });
        was_letter = !is_gap(cp) && is_letter(cp);
        unit += utf16_size(cp);
        pos += size;
    }
}

static size_t count_units(struct sv text)
{
    size_t count = 0;

    while (text.len) {
        size_t size;

        count += utf16_size(utf8_decode(text, &size));
        text = sv_sub(text, size, text.len);
    }
    return count;
}

// ---- spans

static size_t first_token_after(const struct writer *w, size_t pos)
{
    size_t low = 0, high = w->token_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (w->tokens[mid].at.end <= pos)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool add_part(struct writer *w, const struct claim *claim, const struct part *part)
{
    struct byte_span at = article_to_bytes(w->layer->article, part->at);
    size_t before = w->unit_count;

    for (size_t i = first_token_after(w, at.beg); i < w->token_count; i++) {
        const struct token *token = &w->tokens[i];
        struct byte_span both = { token->at.beg > at.beg ? token->at.beg : at.beg,
                                  token->at.end < at.end ? token->at.end : at.end };

        if (token->at.beg >= at.end)
            break;
        MEM_GROW(w->units, w->unit_count, w->unit_cap);
        w->units[w->unit_count++] = (struct unit){ i, both, w->annotation_count };
    }
    if (w->unit_count == before)
        return false;
    MEM_GROW(w->annotations, w->annotation_count, w->annotation_cap);
    w->annotations[w->annotation_count++] = (struct annotation){ claim, 0 };
    return true;
}

static int compare_sizes(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_units(const void *a, const void *b)
{
    const struct unit *x = a, *y = b;
    int diff = compare_sizes(x->token, y->token);

    if (!diff)
        diff = compare_sizes(x->at.beg, y->at.beg);
    if (!diff)
        diff = compare_sizes(y->at.end, x->at.end); // the whole token before its parts
    return diff ? diff : compare_sizes(x->annotation, y->annotation);
}

static void find_units(struct writer *w, struct leftovers *left)
{
    const struct rec_list *claims = &w->layer->sections[SECTION_CLAIMS];

    for (size_t i = 0; i < claims->count; i++) {
        const struct claim *claim = claims->items[i];

        for (size_t j = 0; j < claim->span.count; j++)
            if (!add_part(w, claim, claim->span.items[j]))
                leftovers_add(left, "parts of blanks alone");
    }
    if (w->unit_count)
        qsort(w->units, w->unit_count, sizeof(*w->units), compare_units);
    for (size_t i = w->unit_count; i--;)
        w->annotations[w->units[i].annotation].first = i;
}

// ---- values

// The signs that the format obeys, each behind a backslash.
static void add_value(struct buf *out, struct sv text)
{
    struct buf flat = { 0 };

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '\n' || c == '\t' || c == '\r')
            buf_add_cstr(&flat, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r");
        else if (c == '-' && i + 1 < text.len && text.ptr[i + 1] == '>')
            buf_add_cstr(&flat, "\\-");
        else if (c && strchr("\\[]|_;*", c))
            buf_addf(&flat, "\\%c", c);
        else
            buf_add_char(&flat, c);
    }
    if (flat.len)
        buf_add(out, buf_sv(&flat));
    else
        buf_add_char(out, '*'); // there, without a value
    buf_release(&flat);
}

// Text of sentences and tokens.
static void add_text(struct buf *out, struct sv text)
{
    while (text.len) {
        size_t size;
        int32_t cp = utf8_decode(text, &size);

        if (cp == '\\')
            buf_add_cstr(out, "\\\\");
        else if (cp == '\t')
            buf_add_cstr(out, "\\t");
        else if (cp == '\r')
            buf_add_cstr(out, "\\r");
        else
            utf8_add(out, cp < 0 ? 0xfffd : cp);
        text = sv_sub(text, size, text.len);
    }
}

static void feature_value(const struct writer *w, const struct claim *claim, size_t feature,
                          struct buf *out)
{
    const struct sv values[] = { claim->id,    claim->says,      claim->type,         claim->form,
                                 claim->topic, claim->certainty, claim->author_stance };

    if (feature < ARRAY_LEN(values)) {
        buf_add(out, values[feature]);
    } else if (!strcmp(claim_features[feature], "attributed_to")) {
        claim_voice_names(claim, w->out->registry, out);
    } else if (!strcmp(claim_features[feature], "contested")) {
        buf_add_cstr(out, claim->contested ? "yes" : "");
    } else if (!strcmp(claim_features[feature], "note")) {
        buf_add(out, claim->note);
    } else {
        for (size_t i = 0; i < claim->tags.count; i++)
            buf_addf(out, "%s" SV_FMT, i ? ", " : "", SV_ARG(claim->tags.items[i]));
    }
}

// ---- rows

// "1-3" or, for the n-th part of a token, "1-3.2".
static void add_address(const struct writer *w, const struct token *token, size_t part,
                        struct buf *out)
{
    (void)w;
    buf_addf(out, "%zu-%zu", token->sentence, token->number);
    if (part)
        buf_addf(out, ".%zu", part);
}

static bool is_whole(const struct writer *w, const struct unit *unit)
{
    const struct token *token = &w->tokens[unit->token];

    return unit->at.beg == token->at.beg && unit->at.end == token->at.end;
}

static bool is_same_place(const struct unit *a, const struct unit *b)
{
    return a->token == b->token && a->at.beg == b->at.beg && a->at.end == b->at.end;
}

// Which part of its token a unit is: 0 the whole.
static size_t part_number(const struct writer *w, size_t index)
{
    size_t part = 0;

    if (is_whole(w, &w->units[index]))
        return 0;
    for (size_t i = index;; i--) {
        if (w->units[i].token != w->units[index].token || is_whole(w, &w->units[i]))
            break;
        part += i == index || !is_same_place(&w->units[i], &w->units[i + 1]);
        if (!i)
            break;
    }
    return part;
}

// The annotation a claim's relations are tied to: that of its first part.
static size_t annotation_of(const struct writer *w, struct sv id)
{
    for (size_t i = 0; i < w->annotation_count; i++)
        if (sv_eq(w->annotations[i].claim->id, id))
            return i;
    return SIZE_MAX;
}

struct row_link { // a link as a row has it: at the first unit of the claim it goes to
    const struct link *link;
    size_t from, to; // annotations
};

static void add_claim_columns(const struct writer *w, size_t beg, size_t end)
{
    for (size_t feature = 0; feature < ARRAY_LEN(claim_features); feature++) {
        buf_add_char(w->tsv, '\t');
        if (beg == end)
            buf_add_char(w->tsv, '_');
        for (size_t i = beg; i < end; i++) {
            struct buf value = { 0 };

            feature_value(w, w->annotations[w->units[i].annotation].claim, feature, &value);
            if (i > beg)
                buf_add_char(w->tsv, '|');
            add_value(w->tsv, buf_sv(&value));
            buf_addf(w->tsv, "[%zu]", w->units[i].annotation + 1);
            buf_release(&value);
        }
    }
}

static void add_source(const struct writer *w, const struct row_link *link)
{
    size_t first = w->annotations[link->from].first;

    add_address(w, &w->tokens[w->units[first].token], part_number(w, first), w->tsv);
    buf_addf(w->tsv, "[%zu_%zu]", link->from + 1, link->to + 1);
}

static void add_link_columns(const struct writer *w, const struct row_link *links, size_t count)
{
    for (size_t feature = 0; feature <= ARRAY_LEN(link_features); feature++) {
        buf_add_char(w->tsv, '\t');
        if (!count)
            buf_add_char(w->tsv, '_');
        for (size_t i = 0; i < count; i++) {
            const struct link *link = links[i].link;

            if (i)
                buf_add_char(w->tsv, '|');
            if (feature == ARRAY_LEN(link_features))
                add_source(w, &links[i]);
            else
                add_value(w->tsv, feature == 0   ? link->type
                                  : feature == 1 ? link->point
                                                 : link->why);
        }
    }
}

// A row for the units [beg, end), which stand at the same place, or for a token that has none.
static void add_row(const struct writer *w, const struct token *token, size_t beg, size_t end,
                    const struct row_link *links, size_t link_count)
{
    struct byte_span at = beg < end ? w->units[beg].at : token->at;
    size_t unit = token->unit + count_units(sv_sub(w->text, token->at.beg, at.beg));

    add_address(w, token, beg < end ? part_number(w, beg) : 0, w->tsv);
    buf_addf(w->tsv, "\t%zu-%zu\t", unit, unit + count_units(sv_sub(w->text, at.beg, at.end)));
    add_text(w->tsv, sv_sub(w->text, at.beg, at.end));
    add_claim_columns(w, beg, end);
    add_link_columns(w, links, link_count);
    buf_addf(w->tsv, "\t\n");
}

// Links that stand at the row of the units from `beg` on.
static size_t links_at(const struct writer *w, const struct row_link *links, size_t count,
                       size_t beg, size_t end, size_t *next)
{
    size_t found = 0;

    while (*next < count && w->annotations[links[*next].to].first < beg)
        ++*next;
    while (*next + found < count && w->annotations[links[*next + found].to].first < end)
        found++;
    return found;
}

static void begin_sentence(const struct writer *w, size_t token)
{
    size_t last = token;

    while (last + 1 < w->token_count && w->tokens[last + 1].sentence == w->tokens[token].sentence)
        last++;
    buf_add_cstr(w->tsv, "\n#Text=");
    add_text(w->tsv, sv_sub(w->text, w->tokens[token].at.beg, w->tokens[last].at.end));
    buf_add_char(w->tsv, '\n');
}

static void add_rows(const struct writer *w, const struct row_link *links, size_t link_count)
{
    size_t unit = 0, next = 0;

    for (size_t i = 0; i < w->token_count; i++) {
        const struct token *token = &w->tokens[i];
        bool has_row = false;

        if (!i || token->sentence != w->tokens[i - 1].sentence)
            begin_sentence(w, i);
        while (unit < w->unit_count && w->units[unit].token == i) {
            size_t beg = unit, found;

            while (unit < w->unit_count && is_same_place(&w->units[beg], &w->units[unit]))
                unit++;
            if (!has_row && !is_whole(w, &w->units[beg]))
                add_row(w, token, 0, 0, NULL, 0); // its parts come after it
            has_row = true;
            found = links_at(w, links, link_count, beg, unit, &next);
            add_row(w, token, beg, unit, links + next, found);
            next += found;
        }
        if (!has_row)
            add_row(w, token, 0, 0, NULL, 0);
    }
}

// ---- links

static int compare_links(const void *a, const void *b)
{
    const struct row_link *x = a, *y = b;
    int diff = compare_sizes(x->to, y->to);

    if (!diff)
        diff = compare_sizes(x->from, y->from);
    return diff ? diff : sv_cmp(x->link->id, y->link->id);
}

// By the units they stand at.
static struct row_link *find_links(struct writer *w, size_t *count, struct leftovers *left)
{
    const struct rec_list *list = &w->layer->sections[SECTION_LINKS];
    struct row_link *links = mem_new((list->count + 1) * sizeof(*links));

    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct link *link = list->items[i];
        struct row_link *row = &links[*count];

        *row = (struct row_link){ link, annotation_of(w, link->from),
                                  annotation_of(w, link->to->claim) };
        if (row->from == SIZE_MAX || row->to == SIZE_MAX)
            leftovers_add(left, "links to another text");
        else
            ++*count;
    }
    for (size_t i = 0; i < *count; i++) // sorted by the first unit, which is a number like theirs
        links[i].to = w->annotations[links[i].to].first;
    if (*count)
        qsort(links, *count, sizeof(*links), compare_links);
    for (size_t i = 0; i < *count; i++)
        links[i].to = w->units[links[i].to].annotation;
    return links;
}

static void add_head(struct buf *tsv)
{
    buf_add_cstr(tsv, "#FORMAT=WebAnno TSV 3.3\n#T_SP=" CLAIM_LAYER);
    for (size_t i = 0; i < ARRAY_LEN(claim_features); i++)
        buf_addf(tsv, "|%s", claim_features[i]);
    buf_add_cstr(tsv, "\n#T_RL=" LINK_LAYER);
    for (size_t i = 0; i < ARRAY_LEN(link_features); i++)
        buf_addf(tsv, "|%s", link_features[i]);
    buf_add_cstr(tsv, "|BT_" CLAIM_LAYER "\n\n");
}

static void add_layer(struct writer *w, struct leftovers *left)
{
    struct row_link *links;
    size_t count;

    add_head(w->tsv);
    w->text = article_bytes(w->layer->article);
    find_tokens(w);
    find_units(w, left);
    links = find_links(w, &count, left);
    add_rows(w, links, count);
    mem_free(links);
    mem_free(w->tokens);
    mem_free(w->units);
    mem_free(w->annotations);
}

void webanno_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    for (size_t i = 0; i < out->count; i++) {
        const struct layer_head *head = &out->layers[i].layer->head;
        struct writer w = { .out = out, .layer = &out->layers[i] };

        if (!w.layer->article)
            continue; // its records were left out before
        w.tsv = out_files_add(files, SV_FMT "/" SV_FMT ".tsv", SV_ARG(head->annotator),
                              SV_ARG(head->article));
        add_layer(&w, left);
    }
}
