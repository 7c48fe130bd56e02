// The Argument Interchange Format, as the JSON of AIFdb: an I-node for each claim, an L-node and a
// YA-node for each voice that says it, a CA-node for what disputes, an RA-node for what
// corroborates. Links that are neither are counted.
#include "exchange/forms.h"

#include "exchange/json.h"
#include "model/types.h"

struct writer {
    const struct outgoing *out;
    struct jnode *nodes, *edges, *locutions;
    size_t made; // numbers of nodes without an id of ours
    size_t edge;
};

static struct jnode *add_node(struct writer *w, struct sv id, const char *type, struct sv text)
{
    struct jnode *node = jnode_map();

    jnode_set_text(node, "nodeID", id);
    jnode_set_text(node, "text", text);
    jnode_set_text(node, "type", sv_from(type));
    jnode_add(w->nodes, node);
    return node;
}

static void add_edge(struct writer *w, struct sv from, struct sv to)
{
    struct jnode *edge = jnode_map();
    struct buf id = { 0 };

    buf_addf(&id, "%zu", ++w->edge);
    jnode_set_text(edge, "edgeID", buf_sv(&id));
    jnode_set_text(edge, "fromID", from);
    jnode_set_text(edge, "toID", to);
    jnode_add(w->edges, edge);
    buf_release(&id);
}

static struct buf next_id(struct writer *w)
{
    struct buf id = { 0 };

    buf_addf(&id, "n%zu", ++w->made);
    return id;
}

// What the outermost voice says: the words of those inside it, then the claim.
static void locution_text(const struct writer *w, const struct voice *voice,
                          const struct claim *claim, struct buf *out)
{
    for (; voice; voice = voice->citing) {
        if (sv_is_blank(voice->source))
            buf_add_char(out, '?');
        else
            flat_add(out, registry_name(w->out->registry, voice->source));
        if (voice->act.len)
            buf_addf(out, " (" SV_FMT ")", SV_ARG(voice->act));
        buf_add_cstr(out, ": ");
    }
    claim_sentence(claim, out);
}

static void add_voice(struct writer *w, const struct claim *claim, const struct voice *voice)
{
    struct buf said = next_id(w), act = next_id(w), text = { 0 };
    struct jnode *locution = jnode_map();

    locution_text(w, voice, claim, &text);
    (void)add_node(w, buf_sv(&said), "L", buf_sv(&text));
    (void)add_node(w, buf_sv(&act), "YA", voice->act.len ? voice->act : SV("Asserting"));
    add_edge(w, buf_sv(&said), buf_sv(&act));
    add_edge(w, buf_sv(&act), claim->id);
    jnode_set_text(locution, "nodeID", buf_sv(&said));
    jnode_set_text(locution, "personID", voice->source);
    jnode_add(w->locutions, locution);
    buf_release(&said);
    buf_release(&act);
    buf_release(&text);
}

static void add_claim(struct writer *w, const struct outgoing_layer *layer,
                      const struct claim *claim)
{
    struct buf sentence = { 0 }, words = { 0 };
    struct jnode *node;

    claim_sentence(claim, &sentence);
    claim_words(claim, &words);
    node = add_node(w, claim->id, "I", buf_sv(&sentence));
    jnode_set_text(node, "timestamp", claim->created);
    jnode_set_text(node, "article", layer->layer->head.article);
    jnode_set_text(node, "quote", buf_sv(&words));
    for (size_t i = 0; i < claim->attributed_to.count; i++)
        add_voice(w, claim, claim->attributed_to.items[i]);
    buf_release(&sentence);
    buf_release(&words);
}

// A conflict of two that are each against the other has a node each way.
static void add_link(struct writer *w, const struct link *link, struct leftovers *left)
{
    const struct word *type = scheme_find(w->out->scheme, VOCAB_LINK, link->type);
    bool disputes = type && type->disputes, supports = sv_eq(link->type, SV("corroborates"));

    if (!disputes && !supports) {
        leftovers_add(left, "links of the type '" SV_FMT "'", SV_ARG(link->type));
        return;
    }
    if (!outgoing_claim(w->out, link->from, NULL) ||
        !outgoing_claim(w->out, link->to->claim, NULL)) {
        leftovers_add(left, "links to claims that do not go out");
        return;
    }
    (void)add_node(w, link->id, disputes ? "CA" : "RA", link->type);
    add_edge(w, link->from, link->id);
    add_edge(w, link->id, link->to->claim);
    if (type && !type->ordered) {
        struct buf back = next_id(w);

        (void)add_node(w, buf_sv(&back), disputes ? "CA" : "RA", link->type);
        add_edge(w, link->to->claim, buf_sv(&back));
        add_edge(w, buf_sv(&back), link->from);
        buf_release(&back);
    }
}

static struct jnode *participants_node(const struct outgoing *out)
{
    struct arena arena = { 0 };
    struct rec_list sources = outgoing_sources(out, &arena);
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < sources.count; i++) {
        const struct source *source = sources.items[i];
        struct jnode *map = jnode_map();

        jnode_set_text(map, "participantID", source->id);
        jnode_set_text(map, "firstname", SV(""));
        jnode_set_text(map, "surname", registry_name(out->registry, source->id));
        jnode_add(list, map);
    }
    arena_release(&arena);
    return list;
}

void aif_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct writer w = {
        .out = out, .nodes = jnode_list(), .edges = jnode_list(), .locutions = jnode_list()
    };
    struct jnode *all = jnode_map();

    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->layers[i].sections[SECTION_CLAIMS].count; j++)
            add_claim(&w, &out->layers[i], out->layers[i].sections[SECTION_CLAIMS].items[j]);
    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->layers[i].sections[SECTION_LINKS].count; j++)
            add_link(&w, out->layers[i].sections[SECTION_LINKS].items[j], left);
    jnode_set(all, "nodes", w.nodes);
    jnode_set(all, "edges", w.edges);
    jnode_set(all, "schemefulfillments", jnode_list());
    jnode_set(all, "participants", participants_node(out));
    jnode_set(all, "locutions", w.locutions);
    jnode_print(all, out_files_add(files, "gainsay.json"));
    jnode_free(all);
}
