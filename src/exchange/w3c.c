// Web Annotation Data Model, as JSON-LD: one array of annotations, each with its own context. What
// the model has words for stands in them (what is said, comment, tags, type, quote and position),
// the rest under "gainsay". Positions are code points, as the model asks; no target is without its
// quote.
#include "exchange/forms.h"

#include <stdint.h>

#include "exchange/annotation.h"
#include "exchange/iso_time.h"
#include "model/types.h"

#define CONTEXT "http://www.w3.org/ns/anno.jsonld"
#define CITO    "http://purl.org/spar/cito/"

// The nearest property of the Citation Typing Ontology, for links of the built-in scheme.
static const struct {
    const char *type, *property;
} cito[] = {
    { "contradicts", "disputes" },       { "differs", "disagreesWith" },
    { "undercuts", "critiques" },        { "qualifies", "qualifies" },
    { "reframes", "discusses" },         { "corroborates", "confirms" },
    { "repeats", "obtainsSupportFrom" },
};

struct writer {
    const struct outgoing_layer *layer;
    struct arena arena;
    struct jnode *list; // of annotations
    struct sv source;   // IRI of the text
    struct sv state;    // when it was fetched; absent: unknown
};

static struct jnode *urn_node(const char *prefix, struct sv name)
{
    struct buf urn = { 0 };
    struct jnode *node;

    urn_add(&urn, prefix, name);
    node = jnode_text(buf_sv(&urn));
    buf_release(&urn);
    return node;
}

static bool is_web_address(struct sv url)
{
    if (!sv_starts(url, SV("http://")) && !sv_starts(url, SV("https://")))
        return false;
    for (size_t i = 0; i < url.len; i++)
        if (url.ptr[i] <= ' ' || url.ptr[i] == 127 ||
            sv_find(SV("\"<>\\^`{|}"), sv_sub(url, i, i + 1), 0) != SIZE_MAX ||
            (unsigned char)url.ptr[i] > 127)
            return false;
    return url.len > sizeof("https://");
}

static struct jnode *context_node(void)
{
    struct jnode *list = jnode_list(), *terms = jnode_map(), *term = jnode_map();

    jnode_set_text(term, "@id", SV(URN_RECORD "record"));
    jnode_set_text(term, "@type", SV("@json"));
    jnode_set(terms, "gainsay", term);
    jnode_add(list, jnode_text(SV(CONTEXT)));
    jnode_add(list, terms);
    return list;
}

static struct jnode *annotation_node(const struct writer *writer, struct sv id,
                                     const char *motivation)
{
    struct jnode *map = jnode_map(), *creator = jnode_map();

    jnode_set(map, "@context", context_node());
    jnode_set(map, "id", urn_node(URN_RECORD, id));
    jnode_set_text(map, "type", SV("Annotation"));
    jnode_set_text(map, "motivation", sv_from(motivation));
    jnode_set_text(creator, "type", SV("Person"));
    jnode_set_text(creator, "nickname", writer->layer->layer->head.annotator);
    jnode_set(map, "creator", creator);
    return map;
}

static void add_body(struct jnode *bodies, const char *purpose, struct sv value)
{
    struct jnode *body;

    if (sv_is_absent(value))
        return;
    body = jnode_map();
    jnode_set_text(body, "type", SV("TextualBody"));
    jnode_set_text(body, "value", value);
    jnode_set_text(body, "format", SV("text/plain"));
    jnode_set_text(body, "purpose", sv_from(purpose));
    jnode_add(bodies, body);
}

static void set_bodies(struct jnode *map, struct jnode *bodies)
{
    if (jnode_size(bodies))
        jnode_set(map, "body", bodies);
    else
        jnode_free(bodies);
}

static struct jnode *selectors_node(const struct part *part)
{
    struct jnode *list = jnode_list(), *quote = jnode_map(), *position = jnode_map();

    jnode_set_text(quote, "type", SV("TextQuoteSelector"));
    jnode_set_text(quote, "exact", part->quote);
    jnode_set_text(quote, "prefix", part->before);
    jnode_set_text(quote, "suffix", part->after);
    jnode_set_text(position, "type", SV("TextPositionSelector"));
    jnode_set(position, "start", jnode_count(part->at.beg));
    jnode_set(position, "end", jnode_count(part->at.end));
    jnode_add(list, quote);
    jnode_add(list, position);
    return list;
}

// One target for each part: several targets are each what the annotation is about.
static void set_targets(struct jnode *map, const struct writer *writer, struct rec_list span)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < span.count; i++) {
        struct jnode *target = jnode_map();

        jnode_set_text(target, "type", SV("SpecificResource"));
        jnode_set_text(target, "source", writer->source);
        if (!sv_is_absent(writer->state)) {
            struct jnode *state = jnode_map();

            jnode_set_text(state, "type", SV("TimeState"));
            jnode_set_text(state, "sourceDate", writer->state);
            jnode_set(target, "state", state);
        }
        jnode_set(target, "selector", selectors_node(span.items[i]));
        jnode_add(list, target);
    }
    jnode_set(map, "target", list);
}

static bool has_extra(struct rec_list span)
{
    for (size_t i = 0; i < span.count; i++)
        if (((const struct part *)span.items[i])->extra)
            return true;
    return false;
}

// What the model has no words for.
static void set_rest(struct jnode *map, const struct writer *writer, enum section section,
                     const void *rest)
{
    struct jnode *own = jnode_map();
    enum kind_id kind = section_get(section)->kind;

    jnode_set_text(own, "record", sv_from(kind_get(kind)->name));
    jnode_set_text(own, "article", writer->layer->layer->head.article);
    jnode_add_fields(own, kind, rest);
    jnode_set(map, "gainsay", own);
}

// A time goes where others look for it, unless it is none.
static void move_time(struct jnode *map, struct sv *created)
{
    if (!iso_time_is_ours(*created))
        return;
    jnode_set_text(map, "created", *created);
    *created = (struct sv){ 0 };
}

static void add_claim(struct writer *writer, const struct claim *claim)
{
    struct jnode *map = annotation_node(writer, claim->id, "describing"), *bodies = jnode_list();
    struct claim *rest = record_edit(&writer->arena, KIND_CLAIM, claim);

    move_time(map, &rest->created);
    add_body(bodies, "describing", claim->says);
    add_body(bodies, "classifying", claim->type);
    for (size_t i = 0; i < claim->tags.count; i++)
        add_body(bodies, "tagging", claim->tags.items[i]);
    add_body(bodies, "commenting", claim->note);
    set_bodies(map, bodies);
    set_targets(map, writer, claim->span);
    rest->says = rest->type = rest->note = (struct sv){ 0 };
    rest->tags = (struct sv_list){ 0 };
    if (!has_extra(claim->span))
        rest->span = (struct rec_list){ 0 };
    rest->id = (struct sv){ 0 };
    set_rest(map, writer, SECTION_CLAIMS, rest);
    jnode_add(writer->list, map);
}

static void add_note(struct writer *writer, const struct note *note)
{
    struct jnode *map = annotation_node(writer, note->id, "commenting"), *bodies = jnode_list();
    struct note *rest = record_edit(&writer->arena, KIND_NOTE, note);

    add_body(bodies, "commenting", note->text);
    set_bodies(map, bodies);
    set_targets(map, writer, note->span);
    rest->text = rest->id = (struct sv){ 0 };
    if (!has_extra(note->span))
        rest->span = (struct rec_list){ 0 };
    set_rest(map, writer, SECTION_NOTES, rest);
    jnode_add(writer->list, map);
}

static void add_furniture(struct writer *writer, const struct furniture *furniture)
{
    struct jnode *map = annotation_node(writer, furniture->id, "classifying");
    struct jnode *bodies = jnode_list();
    struct furniture *rest = record_edit(&writer->arena, KIND_FURNITURE, furniture);

    add_body(bodies, "classifying", SV("furniture"));
    set_bodies(map, bodies);
    set_targets(map, writer, furniture->span);
    rest->id = (struct sv){ 0 };
    if (!has_extra(furniture->span))
        rest->span = (struct rec_list){ 0 };
    set_rest(map, writer, SECTION_FURNITURE, rest);
    jnode_add(writer->list, map);
}

// Motivation linking, a target for each end: the annotations of the claims, or the other text.
static void add_link(struct writer *writer, const struct link *link)
{
    struct jnode *map = annotation_node(writer, link->id, "linking"), *bodies = jnode_list();
    struct jnode *targets = jnode_list();
    struct link *rest = record_edit(&writer->arena, KIND_LINK, link);

    move_time(map, &rest->created);
    for (size_t i = 0; i < ARRAY_LEN(cito); i++) {
        struct buf iri = { 0 };

        if (!sv_eq_cstr(link->type, cito[i].type))
            continue;
        buf_addf(&iri, CITO "%s", cito[i].property);
        jnode_add(bodies, jnode_text(buf_sv(&iri)));
        buf_release(&iri);
    }
    add_body(bodies, "classifying", link->type);
    add_body(bodies, "commenting", link->why);
    set_bodies(map, bodies);
    jnode_add(targets, urn_node(URN_RECORD, link->from));
    if (link->to && !sv_is_absent(link->to->claim))
        jnode_add(targets, urn_node(URN_RECORD, link->to->claim));
    else if (link->to && !sv_is_absent(link->to->article))
        jnode_add(targets, urn_node(URN_ARTICLE, link->to->article));
    jnode_set(map, "target", targets);
    rest->id = rest->why = rest->type = (struct sv){ 0 };
    set_rest(map, writer, SECTION_LINKS, rest);
    jnode_add(writer->list, map);
}

// Target: the annotation of the record it is about, or of the comment it answers.
static void add_comment(struct writer *writer, const struct comment *comment)
{
    bool is_reply = !sv_is_absent(comment->reply_to);
    struct jnode *map = annotation_node(writer, comment->id, is_reply ? "replying" : "commenting");
    struct jnode *bodies = jnode_list(), *targets = jnode_list();
    struct comment *rest = record_edit(&writer->arena, KIND_COMMENT, comment);
    struct sv about = is_reply ? comment->reply_to : comment->about;
    size_t slash = sv_find(about, SV("/"), 0);

    move_time(map, &rest->created);
    add_body(bodies, "commenting", comment->text);
    set_bodies(map, bodies);
    jnode_add(targets, urn_node(URN_RECORD,
                                slash == SIZE_MAX ? about : sv_sub(about, slash + 1, about.len)));
    jnode_set(map, "target", targets);
    rest->id = rest->text = (struct sv){ 0 };
    set_rest(map, writer, SECTION_COMMENTS, rest);
    jnode_add(writer->list, map);
}

static void add_layer(struct writer *writer)
{
    const struct outgoing_layer *layer = writer->layer;
    const struct meta *meta = layer->meta;
    struct buf iri = { 0 };

    if (is_web_address(meta->url))
        buf_add(&iri, meta->url);
    else
        urn_add(&iri, URN_ARTICLE, layer->layer->head.article);
    writer->source = sv_copy(&writer->arena, buf_sv(&iri));
    writer->state = iso_day_read(&writer->arena, meta->retrieved);
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++)
        add_claim(writer, layer->sections[SECTION_CLAIMS].items[i]);
    for (size_t i = 0; i < layer->sections[SECTION_LINKS].count; i++)
        add_link(writer, layer->sections[SECTION_LINKS].items[i]);
    for (size_t i = 0; i < layer->sections[SECTION_FURNITURE].count; i++)
        add_furniture(writer, layer->sections[SECTION_FURNITURE].items[i]);
    for (size_t i = 0; i < layer->sections[SECTION_NOTES].count; i++)
        add_note(writer, layer->sections[SECTION_NOTES].items[i]);
    for (size_t i = 0; i < layer->sections[SECTION_COMMENTS].count; i++)
        add_comment(writer, layer->sections[SECTION_COMMENTS].items[i]);
    buf_release(&iri);
}

void w3c_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct writer writer = { .list = jnode_list() };

    (void)left;
    for (size_t i = 0; i < out->count; i++) {
        writer.layer = &out->layers[i];
        add_layer(&writer);
    }
    jnode_print(writer.list, out_files_add(files, "gainsay.json"));
    jnode_free(writer.list);
    arena_release(&writer.arena);
}
