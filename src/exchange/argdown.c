// Argdown in strict mode: each claim a statement under its id, with what Argdown has no form for as
// its data; what disputes it stands below it. A relation that Argdown cannot say is counted, not
// bent into one that it can.
#include "exchange/forms.h"

#include <string.h>

#include "base/visible.h"
#include "exchange/json.h"
#include "model/types.h"

// Append text with every sign that Argdown may obey taken out of force.
static void add_escaped(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\[]<>#*_{}@:+-/|()=!`~$", text.ptr[i]) && text.ptr[i])
            buf_add_char(out, '\\');
        buf_add_char(out, text.ptr[i]);
    }
}

// YAML in one line, by way of JSON; braces would end it, in quotation marks too.
static void add_data(struct buf *out, struct jnode *map)
{
    struct buf text = { 0 };

    jnode_print_flat(map, &text);
    jnode_free(map);
    buf_add_char(out, '{');
    for (size_t i = 1; i + 1 < text.len; i++) {
        if (text.ptr[i] == '{' || text.ptr[i] == '}')
            buf_addf(out, "\\u%04x", (unsigned)text.ptr[i]);
        else
            buf_add_char(out, text.ptr[i]);
    }
    buf_add_char(out, '}');
    buf_release(&text);
}

static struct jnode *voice_node(const struct voice *voice, const struct registry *registry)
{
    struct jnode *list = jnode_list();

    for (; voice; voice = voice->citing) {
        struct buf name = { 0 };

        if (!sv_is_absent(voice->source))
            flat_add(&name, registry_name(registry, voice->source));
        jnode_add(list, jnode_text(buf_sv(&name)));
        buf_release(&name);
    }
    return list;
}

static void add_tags(struct buf *out, const struct sv_list *tags)
{
    for (size_t i = 0; i < tags->count; i++) {
        struct buf flat = { 0 };

        flat_add(&flat, tags->items[i]);
        for (size_t j = 0; j < flat.len; j++)
            if (strchr("()\\#", flat.ptr[j]))
                flat.ptr[j] = ' ';
        if (!sv_is_blank(buf_sv(&flat)))
            buf_addf(out, " #(%s)", buf_cstr(&flat));
        buf_release(&flat);
    }
}

static void add_claim(const struct outgoing *out, const struct outgoing_layer *layer,
                      const struct claim *claim, struct buf *text)
{
    struct jnode *data = jnode_map(), *voices;
    struct buf sentence = { 0 }, words = { 0 };

    claim_sentence(claim, &sentence);
    claim_words(claim, &words);
    buf_addf(text, "[" SV_FMT "]: ", SV_ARG(claim->id));
    add_escaped(text, buf_sv(&sentence));
    add_tags(text, &claim->tags);
    jnode_set_text(data, "quote", buf_sv(&words));
    jnode_set_text(data, "article", layer->layer->head.article);
    if (!sv_is_absent(claim->topic))
        jnode_set_text(data, "topic", claim->topic);
    if (claim->attributed_to.count) {
        voices = jnode_list();
        for (size_t i = 0; i < claim->attributed_to.count; i++)
            jnode_add(voices, voice_node(claim->attributed_to.items[i], out->registry));
        jnode_set(data, "source", voices);
    }
    buf_add_char(text, ' ');
    add_data(text, data);
    buf_add_char(text, '\n');
    buf_release(&sentence);
    buf_release(&words);
}

// Both cannot be true, one speaks against the other, one speaks for the other; or nothing that
// Argdown can say.
static const char *relation_of(const struct outgoing *out, const struct link *link)
{
    const struct word *type = scheme_find(out->scheme, VOCAB_LINK, link->type);

    if (sv_eq(link->type, SV("corroborates")))
        return "+";
    if (!type || !type->disputes)
        return NULL;
    return sv_eq(link->type, SV("contradicts")) && link->strict ? "><" : "-";
}

// Under the claim that is disputed stands what disputes it; an unordered relation stands under its
// first claim.
static void add_links(const struct outgoing *out, const struct claim *claim,
                      const struct link *link, struct buf *text)
{
    const struct word *type = scheme_find(out->scheme, VOCAB_LINK, link->type);
    bool is_ordered = type && type->ordered;
    struct sv parent = is_ordered ? link->to->claim : link->from;
    struct sv child = is_ordered ? link->from : link->to->claim;
    const char *sign = relation_of(out, link);
    struct buf name = { 0 };

    if (!sign || !sv_eq(parent, claim->id) || !outgoing_claim(out, child, NULL))
        return;
    flat_add(&name, link->type);
    buf_addf(text, "  %s [" SV_FMT "] // %s\n", sign, SV_ARG(child), buf_cstr(&name));
    buf_release(&name);
}

static void count_left(const struct outgoing *out, const struct link *link, struct leftovers *left)
{
    if (!relation_of(out, link))
        leftovers_add(left, "links of the type '" SV_FMT "'", SV_ARG(link->type));
    else if (!outgoing_claim(out, link->from, NULL) || !outgoing_claim(out, link->to->claim, NULL))
        leftovers_add(left, "links to claims that do not go out");
}

// Every link that has to do with a claim, by the claim that it stands under.
struct placed_link {
    struct sv id; // of that claim
    const struct link *link;
    const struct placed_link *next;
};

static void place_links(const struct outgoing *out, struct arena *arena, struct id_index **index,
                        struct leftovers *left)
{
    for (size_t i = 0; i < out->count; i++) {
        for (size_t j = 0; j < out->layers[i].sections[SECTION_LINKS].count; j++) {
            const struct link *link = out->layers[i].sections[SECTION_LINKS].items[j];
            const struct word *type = scheme_find(out->scheme, VOCAB_LINK, link->type);
            struct placed_link *placed = arena_new(arena, sizeof(*placed));

            count_left(out, link, left);
            placed->id = type && type->ordered ? link->to->claim : link->from;
            if (sv_is_absent(placed->id))
                continue;
            placed->link = link;
            placed->next = *index ? id_index_find(*index, placed->id) : NULL;
            id_index_put(index, placed);
        }
    }
}

// In the order they came.
static void add_placed(const struct outgoing *out, const struct claim *claim,
                       const struct placed_link *placed, struct buf *text)
{
    if (!placed)
        return;
    add_placed(out, claim, placed->next, text);
    add_links(out, claim, placed->link, text);
}

void argdown_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct buf *text = out_files_add(files, "gainsay.argdown");
    struct id_index *links = NULL;
    struct arena arena = { 0 };

    buf_add_cstr(text, "===\nmodel:\n    mode: strict\n===\n");
    place_links(out, &arena, &links, left);
    for (size_t i = 0; i < out->count; i++) {
        const struct outgoing_layer *layer = &out->layers[i];
        const struct layer_head *head = &layer->layer->head;
        struct buf title = { 0 };

        flat_add(&title, layer->meta->title.len ? layer->meta->title : head->article);
        buf_addf(&title, " (" SV_FMT ")", SV_ARG(head->annotator));
        buf_add_cstr(text, "\n# ");
        add_escaped(text, buf_sv(&title));
        buf_add_char(text, '\n');
        for (size_t j = 0; j < layer->sections[SECTION_CLAIMS].count; j++) {
            const struct claim *claim = layer->sections[SECTION_CLAIMS].items[j];

            buf_add_char(text, '\n');
            add_claim(out, layer, claim, text);
            add_placed(out, claim, links ? id_index_find(links, claim->id) : NULL, text);
        }
        buf_release(&title);
    }
    id_index_free(links);
    arena_release(&arena);
}
