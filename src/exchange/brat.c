// Brat standoff written: NAME.txt and NAME.ann for each layer, annotation.conf, and links.tsv for
// what joins two texts. Offsets are code points and reproduce the text; nothing of a record is left
// out: fields that brat has no form for are notes under their keys.
#include "exchange/forms.h"

#include "base/visible.h"
#include "exchange/brat.h"
#include "exchange/csv_row.h"
#include "exchange/json.h"
#include "model/types.h"

struct brat_text { // a text-bound annotation that was written, by the id of its record
    struct sv id;
    size_t number;
};

struct writer {
    const struct outgoing *out;
    const struct outgoing_layer *layer;
    struct buf *ann;
    struct csv_row *links; // columns of links.tsv
    struct buf *links_tsv;
    struct arena *arena;
    struct id_index *texts;                        // struct brat_text
    size_t text, event, attribute, relation, note; // numbers given so far
    struct leftovers *left;
};

// ---- shared with the reader

bool brat_is_line_end(int32_t cp)
{
    return (cp >= '\n' && cp <= '\r') || (cp >= 0x1c && cp <= 0x1e) || cp == 0x85 || cp == 0x2028 ||
           cp == 0x2029;
}

void brat_spans_add(struct brat_spans *spans, struct sv quote, size_t beg)
{
    size_t at = beg;

    for (bool is_inside = false; quote.len; at++) {
        size_t size;
        int32_t cp = utf8_decode(quote, &size);

        if (!brat_is_line_end(cp) && !is_inside) {
            MEM_GROW(spans->items, spans->count, spans->cap);
            spans->items[spans->count++] = (struct cp_span){ at, at };
        }
        is_inside = !brat_is_line_end(cp);
        if (is_inside)
            spans->items[spans->count - 1].end = at + 1;
        quote = sv_sub(quote, size, quote.len);
    }
}

void brat_spans_release(struct brat_spans *spans)
{
    mem_free(spans->items);
    *spans = (struct brat_spans){ 0 };
}

bool brat_spans_eq(const struct brat_spans *a, const struct brat_spans *b)
{
    for (size_t i = 0; i < a->count && a->count == b->count; i++)
        if (a->items[i].beg != b->items[i].beg || a->items[i].end != b->items[i].end)
            return false;
    return a->count == b->count;
}

void brat_escape(struct buf *out, struct sv text)
{
    if (!text.len)
        buf_add_cstr(out, "\\e");
    for (size_t at = 0; at < text.len;) {
        size_t size;
        int32_t cp = utf8_decode(sv_sub(text, at, text.len), &size);
        bool is_end = at == 0 || at + size == text.len;

        if (cp == '\\')
            buf_add_cstr(out, "\\\\");
        else if (cp == '\n')
            buf_add_cstr(out, "\\n");
        else if (cp == '\t')
            buf_add_cstr(out, "\\t");
        else if (cp == '\r')
            buf_add_cstr(out, "\\r");
        else if (cp == ' ' && is_end)
            buf_add_cstr(out, "\\s");
        else if (cp >= 0 && cp <= 0xffff && cp_is_hidden(cp))
            buf_addf(out, "\\u%04X", (unsigned)cp);
        else
            utf8_add(out, cp < 0 ? 0xfffd : cp);
        at += size;
    }
}

bool brat_is_word(struct sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '-' || c == '_'))
            return false;
    }
    return text.len > 0;
}

// ---- lines

static void add_note(struct writer *w, const char *on, const char *key, struct sv text)
{
    buf_addf(w->ann, "#%zu\t%s %s\t", ++w->note, key, on);
    brat_escape(w->ann, text);
    buf_add_char(w->ann, '\n');
}

static void add_json_note(struct writer *w, const char *on, const char *key, struct jnode *node)
{
    struct buf text = { 0 };

    jnode_print_flat(node, &text);
    jnode_free(node);
    add_note(w, on, key, buf_sv(&text));
    buf_release(&text);
}

// The member of a record as the JSON of the record has it.
static void add_member_note(struct writer *w, const char *on, enum kind_id kind, const void *rec,
                            const struct field *field)
{
    void *alone = arena_new(w->arena, kind_get(kind)->size);
    struct jnode *node;

    field_take(alone, rec, field);
    node = jnode_record(kind, alone);
    add_json_note(w, on, field->key, node);
}

// Every field but those that `is_told` says something else tells.
static void add_fields(struct writer *w, const char *on, enum kind_id kind, const void *rec,
                       bool has_attributes, bool (*is_told)(const struct field *field))
{
    const struct kind *k = kind_get(kind);
    void *extras = arena_new(w->arena, k->size);

    for (size_t i = 0; i < k->field_count; i++) {
        const struct field *field = &k->fields[i];
        const struct sv *text = field_get(rec, field);

        if (field_is_absent(rec, field) || is_told(field))
            continue;
        if (field->type == FIELD_WORD && has_attributes && brat_is_word(*text))
            buf_addf(w->ann, "A%zu\t%s %s " SV_FMT "\n", ++w->attribute, field->key, on,
                     SV_ARG(*text));
        else if (field->type == FIELD_BOOL && has_attributes)
            buf_addf(w->ann, "A%zu\t%s %s\n", ++w->attribute, field->key, on);
        else if (field_storage(field) == STORAGE_SV)
            add_note(w, on, field->key, *text);
        else
            add_member_note(w, on, kind, rec, field);
    }
    extras_take(kind, extras, rec);
    if (*(const struct extra *const *)(const void *)((char *)extras + k->extra_offset))
        add_json_note(w, on, "extra", jnode_record(kind, extras));
}

static void add_spans(struct buf *out, const struct brat_spans *spans)
{
    for (size_t i = 0; i < spans->count; i++)
        buf_addf(out, "%c%zu %zu", i ? ';' : ' ', spans->items[i].beg, spans->items[i].end);
}

// "T1<TAB>Claim 0 6;16 21<TAB>words": the number, or 0 when the span is made of line ends alone.
static size_t add_text(struct writer *w, const char *type, const struct brat_spans *spans)
{
    struct arena arena = { 0 };

    if (!spans->count)
        return 0;
    buf_addf(w->ann, "T%zu\t%s", ++w->text, type);
    add_spans(w->ann, spans);
    for (size_t i = 0; i < spans->count; i++) {
        struct byte_span at = article_to_bytes(w->layer->article, spans->items[i]);

        buf_add_char(w->ann, i ? ' ' : '\t');
        buf_add(w->ann, article_excerpt(w->layer->article, at, &arena).quote);
    }
    buf_add_char(w->ann, '\n');
    arena_release(&arena);
    return w->text;
}

// Is a part what the reader would make of its stretch of text?
static bool is_plain_part(const struct writer *w, const struct part *part)
{
    struct arena arena = { 0 };
    struct brat_spans spans = { 0 };
    struct excerpt excerpt =
        article_excerpt(w->layer->article, article_to_bytes(w->layer->article, part->at), &arena);
    bool is_plain;

    brat_spans_add(&spans, part->quote, part->at.beg);
    is_plain = spans.count == 1 && spans.items[0].beg == part->at.beg &&
               spans.items[0].end == part->at.end && !part->extra &&
               sv_eq(part->before, excerpt.before) && sv_eq(part->after, excerpt.after);
    brat_spans_release(&spans);
    arena_release(&arena);
    return is_plain;
}

static void spans_of(struct rec_list parts, struct brat_spans *out)
{
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];

        brat_spans_add(out, part->quote, part->at.beg);
    }
}

// ---- records

static bool is_told_of_text(const struct field *field)
{
    return field->sub == KIND_PART || field->sub == KIND_VOICE;
}

static bool is_told_of_voice(const struct field *field)
{
    return field->sub == KIND_CUE || field->sub == KIND_VOICE;
}

static bool is_told_of_link(const struct field *field)
{
    return field->sub == KIND_TARGET || field->vocab == VOCAB_LINK ||
           sv_eq_cstr(sv_from(field->key), "from");
}

// Trigger, event and attributes of a voice, those inside it first. `on`: what the innermost one
// says.
static size_t add_voice(struct writer *w, const struct voice *voice, size_t claim,
                        struct rec_list parts)
{
    size_t inner = voice->citing ? add_voice(w, voice->citing, claim, parts) : 0;
    struct brat_spans spans = { 0 };
    struct buf on = { 0 };
    size_t trigger;

    if (voice->cue)
        brat_spans_add(&spans, voice->cue->quote, voice->cue->at.beg);
    bool is_cued = spans.count == 1 && spans.items[0].beg == voice->cue->at.beg &&
                   spans.items[0].end == voice->cue->at.end;

    if (!spans.count)
        spans_of(parts, &spans);
    trigger = add_text(w, BRAT_ATTRIBUTION, &spans);
    buf_addf(w->ann, "E%zu\t%s:T%zu Content:%c%zu\n", ++w->event, BRAT_ATTRIBUTION, trigger,
             inner ? 'E' : 'T', inner ? inner : claim);
    buf_addf(&on, "E%zu", w->event);
    add_fields(w, buf_cstr(&on), KIND_VOICE, voice, true, is_told_of_voice);
    if (!voice->cue)
        buf_addf(w->ann, "A%zu\t%s %s\n", ++w->attribute, BRAT_UNCUED, buf_cstr(&on));
    else if (!is_cued || voice->cue->extra)
        add_json_note(w, buf_cstr(&on), "cue", jnode_record(KIND_CUE, voice->cue));
    buf_release(&on);
    brat_spans_release(&spans);
    return w->event;
}

static void add_record(struct writer *w, enum section section, const void *rec, const char *type)
{
    enum kind_id kind = section_get(section)->kind;
    struct rec_list parts = record_parts(section, rec);
    struct brat_spans spans = { 0 };
    struct brat_text *text;
    struct buf on = { 0 };
    bool is_plain = true;
    size_t number;

    spans_of(parts, &spans);
    number = add_text(w, type, &spans);
    brat_spans_release(&spans);
    if (!number) {
        leftovers_add(w->left, "a record of line ends alone");
        return;
    }
    text = arena_new(w->arena, sizeof(*text));
    *text = (struct brat_text){ ((const struct record *)rec)->id, number };
    id_index_put(&w->texts, text);
    buf_addf(&on, "T%zu", number);
    add_fields(w, buf_cstr(&on), kind, rec, true, is_told_of_text);
    for (size_t i = 0; i < parts.count; i++)
        is_plain = is_plain && is_plain_part(w, parts.items[i]);
    for (size_t i = 0; !is_plain && i < kind_get(kind)->field_count; i++)
        if (kind_get(kind)->fields[i].sub == KIND_PART)
            add_member_note(w, buf_cstr(&on), kind, rec, &kind_get(kind)->fields[i]);
    buf_release(&on);

    const struct claim *claim = rec;

    for (size_t i = 0; kind == KIND_CLAIM && i < claim->attributed_to.count; i++)
        (void)add_voice(w, claim->attributed_to.items[i], number, parts);
}

static size_t find_text(const struct writer *w, struct sv id)
{
    const struct brat_text *text =
        w->texts && !sv_is_absent(id) ? id_index_find(w->texts, id) : NULL;

    return text ? text->number : 0;
}

static void add_row(const struct csv_row *row, struct buf *out, bool is_header)
{
    for (size_t i = 0; i < row->count; i++) {
        struct sv cell = is_header ? row->names[i] : row->cells[i];

        if (i)
            buf_add_char(out, '\t');
        if (!sv_is_absent(cell))
            brat_escape(out, cell);
    }
    buf_add_char(out, '\n');
}

// A link of two claims of this text is a relation; any other a row of links.tsv.
static void add_link(struct writer *w, const struct link *link)
{
    size_t from = find_text(w, link->from), to = find_text(w, link->to->claim);
    struct csv_row *row = w->links;
    struct buf on = { 0 };

    if (!from || !to || !brat_is_word(link->type)) {
        for (size_t i = 0; i < row->count; i++)
            row->cells[i] = (struct sv){ 0 };
        csv_set(row, "record", SV("link"));
        csv_set(row, "article", w->layer->layer->head.article);
        csv_set(row, "annotator", w->layer->layer->head.annotator);
        csv_from_record(row, KIND_LINK, link);
        add_row(row, w->links_tsv, false);
        return;
    }
    buf_addf(&on, "R%zu", ++w->relation);
    buf_addf(w->ann, "%s\t" SV_FMT " Arg1:T%zu Arg2:T%zu\n", buf_cstr(&on), SV_ARG(link->type),
             from, to);
    add_fields(w, buf_cstr(&on), KIND_LINK, link, false, is_told_of_link);
    if (!sv_is_absent(link->to->article) || link->to->extra)
        add_json_note(w, buf_cstr(&on), "to", jnode_record(KIND_TARGET, link->to));
    buf_release(&on);
}

static void add_layer(struct writer *w, const struct outgoing_layer *layer)
{
    static const char *const types[SECTION__N] = { [SECTION_CLAIMS] = BRAT_CLAIM,
                                                   [SECTION_FURNITURE] = BRAT_FURNITURE,
                                                   [SECTION_NOTES] = BRAT_NOTE };

    w->layer = layer;
    w->text = w->event = w->attribute = w->relation = w->note = 0;
    for (enum section s = 0; s < SECTION__N; s++)
        for (size_t i = 0; types[s] && i < layer->sections[s].count; i++)
            add_record(w, s, layer->sections[s].items[i], types[s]);
    for (size_t i = 0; i < layer->sections[SECTION_LINKS].count; i++)
        add_link(w, layer->sections[SECTION_LINKS].items[i]);
    id_index_free(w->texts);
    w->texts = NULL;
}

// ---- annotation.conf

static void add_values(struct buf *conf, const struct rec_list *words)
{
    bool any = false;

    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = words->items[i];

        if (brat_is_word(word->id))
            buf_addf(conf, "%s" SV_FMT, any ? "|" : ", Value:", SV_ARG(word->id));
        any = any || brat_is_word(word->id);
    }
    buf_add_char(conf, '\n');
}

static const struct {
    enum kind_id kind;
    const char *type;
} bearers[] = { { KIND_CLAIM, BRAT_CLAIM },
                { KIND_VOICE, BRAT_ATTRIBUTION },
                { KIND_FURNITURE, BRAT_FURNITURE },
                { KIND_NOTE, BRAT_NOTE } };

// One attribute for each key, on all that bear it; where its first bearer's kind has it, so that it
// stands once.
static void add_attribute(struct buf *conf, const struct scheme *scheme, size_t first,
                          const struct field *field)
{
    bool any = false;

    for (size_t i = 0; i < first; i++)
        if (kind_find(kind_get(bearers[i].kind), sv_from(field->key)))
            return;
    buf_addf(conf, "%s\tArg:", field->key);
    for (size_t i = first; i < ARRAY_LEN(bearers); i++) {
        if (!kind_find(kind_get(bearers[i].kind), sv_from(field->key)))
            continue;
        buf_addf(conf, "%s%s", any ? "|" : "", bearers[i].type);
        any = true;
    }
    if (field->vocab)
        add_values(conf, &scheme->vocabs[field->vocab]);
    else
        buf_add_char(conf, '\n');
}

static void write_conf(const struct scheme *scheme, struct buf *conf)
{
    buf_addf(conf, "[entities]\n%s\n%s\n%s\n\n[relations]\n", BRAT_CLAIM, BRAT_FURNITURE,
             BRAT_NOTE);
    for (size_t i = 0; i < scheme->vocabs[VOCAB_LINK].count; i++) {
        const struct word *word = scheme->vocabs[VOCAB_LINK].items[i];

        if (brat_is_word(word->id) && !word->one_end)
            buf_addf(conf, SV_FMT "\tArg1:%s, Arg2:%s%s\n", SV_ARG(word->id), BRAT_CLAIM,
                     BRAT_CLAIM, word->ordered ? "" : ", <REL-TYPE>:symmetric");
    }
    buf_addf(conf, "\n[events]\n%s\tContent:%s|%s\n\n[attributes]\n", BRAT_ATTRIBUTION, BRAT_CLAIM,
             BRAT_ATTRIBUTION);
    for (size_t i = 0; i < ARRAY_LEN(bearers); i++) {
        const struct kind *kind = kind_get(bearers[i].kind);

        for (size_t j = 0; j < kind->field_count; j++)
            if (kind->fields[j].type == FIELD_WORD || kind->fields[j].type == FIELD_BOOL)
                add_attribute(conf, scheme, i, &kind->fields[j]);
    }
    buf_addf(conf, "%s\tArg:%s\n", BRAT_UNCUED, BRAT_ATTRIBUTION);
}

// The text as brat reads it: each byte that is no UTF-8 as one character.
static void write_text(struct article *article, struct buf *out)
{
    struct arena arena = { 0 };
    struct byte_span all = { 0, article_bytes(article).len };

    if (all.end)
        buf_add(out, article_excerpt(article, all, &arena).quote);
    arena_release(&arena);
}

void brat_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct arena arena = { 0 };
    struct csv_row row;
    struct buf links = { 0 };
    struct writer w = {
        .out = out, .links = &row, .links_tsv = &links, .arena = &arena, .left = left
    };

    csv_columns_of(&row, &arena, KIND_LINK);
    add_row(&row, &links, true);
    for (size_t i = 0; i < out->count; i++) {
        const struct outgoing_layer *layer = &out->layers[i];
        const struct layer_head *head = &layer->layer->head;

        if (!layer->article)
            continue; // its records were left out before
        write_text(layer->article, out_files_add(files, SV_FMT "/" SV_FMT ".txt",
                                                 SV_ARG(head->annotator), SV_ARG(head->article)));
        w.ann = out_files_add(files, SV_FMT "/" SV_FMT ".ann", SV_ARG(head->annotator),
                              SV_ARG(head->article));
        add_layer(&w, layer);
    }
    write_conf(out->scheme, out_files_add(files, "annotation.conf"));
    buf_add(out_files_add(files, "links.tsv"), buf_sv(&links));
    buf_release(&links);
    arena_release(&arena);
}
