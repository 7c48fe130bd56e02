// The graph of claims and links in the language of Graphviz: a box for each claim, in the frame of
// its article, and a line for each link; red where it disputes. Every text from outside stands in
// quotation marks with what the language obeys taken out of force.
#include "exchange/forms.h"

#include "base/visible.h"
#include "model/types.h"

#define LABEL_COLS 36 // code points of a line in a box

// Append a quoted string, broken into lines at blanks when `is_label`.
static void add_string(struct buf *out, struct sv text, bool is_label)
{
    size_t col = 0;

    buf_add_char(out, '"');
    while (text.len) {
        size_t size;
        int32_t cp = utf8_decode(text, &size);

        col++;
        if (cp == '"' || cp == '\\')
            buf_addf(out, "\\%c", (char)cp);
        else if (cp == '&')
            buf_add_cstr(out, "&amp;"); // entities are read in strings too
        else if (cp == '\n' || (is_label && cp == ' ' && col > LABEL_COLS)) {
            buf_add_cstr(out, "\\n");
            col = 0;
        } else if (cp >= 0 && cp_is_hidden(cp))
            buf_add_char(out, ' ');
        else
            utf8_add(out, cp < 0 ? 0xfffd : cp);
        text = sv_sub(text, size, text.len);
    }
    buf_add_char(out, '"');
}

static void add_claim(const struct outgoing *out, const struct claim *claim, struct buf *dot)
{
    struct buf label = { 0 }, voices = { 0 }, words = { 0 };

    claim_sentence(claim, &label);
    claim_voice_names(claim, out->registry, &voices);
    if (voices.len)
        buf_addf(&label, "\n— %s", buf_cstr(&voices));
    claim_words(claim, &words);
    buf_add_cstr(dot, "    ");
    add_string(dot, claim->id, false);
    buf_add_cstr(dot, " [label=");
    add_string(dot, buf_sv(&label), true);
    buf_add_cstr(dot, ", tooltip=");
    add_string(dot, buf_sv(&words), false);
    buf_addf(dot, "%s];\n", claim->contested ? ", penwidth=2" : "");
    buf_release(&label);
    buf_release(&voices);
    buf_release(&words);
}

static void add_layer(const struct outgoing *out, size_t index, struct buf *dot)
{
    const struct outgoing_layer *layer = &out->layers[index];
    const struct layer_head *head = &layer->layer->head;
    struct buf label = { 0 };

    buf_addf(&label, SV_FMT " (" SV_FMT ")",
             SV_ARG(layer->meta->title.len ? layer->meta->title : head->article),
             SV_ARG(head->annotator));
    buf_addf(dot, "  subgraph \"cluster_%zu\" {\n    label=", index);
    add_string(dot, buf_sv(&label), false);
    buf_add_cstr(dot, ";\n");
    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++)
        add_claim(out, layer->sections[SECTION_CLAIMS].items[i], dot);
    buf_add_cstr(dot, "  }\n");
    buf_release(&label);
}

// The far end of a link that has no claim there: a box of its own that names the article.
static void add_silence(const struct link *link, struct sv article, struct buf *dot)
{
    struct buf label = { 0 };

    buf_addf(&label, "nothing in " SV_FMT, SV_ARG(article));
    buf_add_cstr(dot, "  ");
    add_string(dot, link->id, false);
    buf_add_cstr(dot, " [style=dotted, label=");
    add_string(dot, buf_sv(&label), true);
    buf_add_cstr(dot, "];\n");
    buf_release(&label);
}

static void add_link(const struct outgoing *out, const struct link *link, struct buf *dot,
                     struct leftovers *left)
{
    const struct word *type = scheme_find(out->scheme, VOCAB_LINK, link->type);
    bool has_claim = !sv_is_absent(link->to->claim), disputes = type && type->disputes;
    struct buf label = { 0 };

    if (!outgoing_claim(out, link->from, NULL) ||
        (has_claim && !outgoing_claim(out, link->to->claim, NULL))) {
        leftovers_add(left, "a link to a claim that is not there");
        return;
    }
    if (!has_claim)
        add_silence(link, link->to->article, dot);
    buf_addf(&label, SV_FMT "%s" SV_FMT, SV_ARG(link->type), link->point.len ? ": " : "",
             SV_ARG(link->point));
    buf_add_cstr(dot, "  ");
    add_string(dot, link->from, false);
    buf_add_cstr(dot, " -> ");
    add_string(dot, has_claim ? link->to->claim : link->id, false);
    buf_add_cstr(dot, " [label=");
    add_string(dot, buf_sv(&label), false);
    buf_addf(dot, "%s%s];\n",
             disputes ? ", color=\"#b00020\", fontcolor=\"#b00020\"" : ", style=dashed",
             type && (type->ordered || type->one_end) ? "" : ", dir=none");
    buf_release(&label);
}

void dot_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct buf *dot = out_files_add(files, "gainsay.dot");

    buf_add_cstr(dot, "digraph gainsay {\n  rankdir=LR;\n  charset=\"UTF-8\";\n"
                      "  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n"
                      "  edge [fontname=\"sans-serif\", fontsize=9];\n");
    for (size_t i = 0; i < out->count; i++)
        add_layer(out, i, dot);
    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->layers[i].sections[SECTION_LINKS].count; j++)
            add_link(out, out->layers[i].sections[SECTION_LINKS].items[j], dot, left);
    buf_add_cstr(dot, "}\n");
}
