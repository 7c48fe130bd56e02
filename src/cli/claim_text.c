// Claims in words, for people and for machines.
// Invents nothing: what is not recorded is left out.
#include "cli/claim_text.h"

#include "base/mem.h"
#include "cli/talk.h"

#define INDENT 4

static void add_flat(struct buf *out, struct sv text)
{
    size_t beg = out->len;

    buf_add(out, text);
    for (size_t i = beg; i < out->len; i++)
        if (out->ptr[i] == '\n' || out->ptr[i] == '\r' || out->ptr[i] == '\t')
            out->ptr[i] = ' ';
}

static void add_quote(struct para *para, const struct claim *claim)
{
    struct buf quote = { 0 };

    claim_quote(claim, &quote);
    para_addf(para, STYLE_QUOTE, "“%s”", buf_cstr(&quote));
    buf_release(&quote);
}

static struct comment_ref ref_of(const struct hit *hit)
{
    return (struct comment_ref){ library_layer_of(hit->layer)->head.annotator, hit->claim->id };
}

static void out_head(struct out *out, const struct library *library, const struct hit *hit,
                     size_t number)
{
    size_t open_threads = claim_open_threads(library, hit);
    const struct layer *layer = library_layer_of(hit->layer);
    struct cp_span at = parts_extent(hit->claim->span);
    struct para para = { 0 };

    if (number)
        para_addf(&para, STYLE_HEAD, "[%zu] ", number);
    para_add(&para, STYLE_HEAD, hit->claim->id);
    para_addf(&para, STYLE_LABEL, "  %zu-%zu  ", at.beg, at.end);
    para_add(&para, STYLE_LABEL, layer->head.annotator);
    if (hit->flags & CLAIM_CONTESTED)
        para_add(&para, STYLE_CONTESTED, SV("  ! contested"));
    if (hit->flags & CLAIM_DISPUTED)
        para_add(&para, STYLE_DISPUTED, SV("  ≠ disputed"));
    if (hit->flags & CLAIM_CORROBORATED)
        para_add(&para, STYLE_LABEL, SV("  corroborated"));
    if (hit->flags & CLAIM_SILENT)
        para_add(&para, STYLE_LABEL, SV("  other article silent"));
    if (open_threads)
        para_addf(&para, STYLE_WARNING, "  %zu open thread%s", open_threads,
                  open_threads == 1 ? "" : "s");
    out_para(out, &para, 0, INDENT);
}

static void out_kind(struct out *out, const struct claim *claim)
{
    const struct {
        const char *name;
        struct sv value;
    } fields[] = {
        { "type", claim->type },
        { "form", claim->form },
        { "topic", claim->topic },
        { "certainty", claim->certainty },
        { "stance", claim->author_stance },
    };
    struct para para = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (sv_is_blank(fields[i].value))
            continue;
        para_addf(&para, STYLE_LABEL, "%s%s ", para.text.len ? "  " : "", fields[i].name);
        para_add(&para, STYLE_PLAIN, fields[i].value);
    }
    if (para.text.len)
        out_para(out, &para, INDENT, INDENT + 2);
}

static void out_mark(struct out *out, const struct registry *registry,
                     const struct contested *contested)
{
    struct para para = { 0 };

    if (!contested)
        return;
    para_add(&para, STYLE_CONTESTED, SV("! marked as contested"));
    for (size_t i = 0; i < contested->by.count; i++) {
        para_add(&para, STYLE_PLAIN, i ? SV(", ") : SV(" by "));
        para_add(&para, STYLE_SOURCE, registry_name(registry, contested->by.items[i]));
    }
    if (!sv_is_blank(contested->why)) {
        para_add(&para, STYLE_PLAIN, SV(": "));
        para_add_flat(&para, STYLE_PLAIN, contested->why);
    }
    out_para(out, &para, INDENT, INDENT + 2);
}

// Sign, article and relation of a link as the claim sees it.
static void add_relation(struct para *para, const struct library *library, const struct hit *hit,
                         const struct end *end)
{
    const struct word *type = scheme_find(library->scheme, VOCAB_LINK, end->link->type);
    bool across = end_is_across(hit, end), disputes = type && type->disputes;
    bool ordered = type && type->ordered;

    para_add(para,
             !disputes ? STYLE_LABEL
             : across  ? STYLE_DISPUTED
                       : STYLE_CONTESTED,
             !disputes ? SV("· ")
             : across  ? SV("≠ ")
                       : SV("! "));
    para_add(para, STYLE_HEAD, across ? end->other_article : SV("same article"));
    para_addf(para, STYLE_PLAIN, " (%s" SV_FMT "%s",
              !ordered       ? ""
              : end->is_from ? "this "
                             : "it ",
              SV_ARG(end->link->type),
              !ordered       ? ""
              : end->is_from ? " it"
                             : " this");
    if (!sv_is_blank(end->link->point))
        para_addf(para, STYLE_PLAIN, ", " SV_FMT, SV_ARG(end->link->point));
    for (size_t i = 0; i < end->link->searched.count; i++)
        para_addf(para, STYLE_PLAIN, "%s" SV_FMT,
                  i ? ", " : "; searched: ", SV_ARG(end->link->searched.items[i]));
    para_add(para, STYLE_PLAIN, SV(")"));
}

static void out_end(struct out *out, const struct library *library, const struct hit *hit,
                    const struct end *end)
{
    struct para para = { 0 };

    add_relation(&para, library, hit, end);
    if (end->other) {
        para_add(&para, STYLE_PLAIN, SV(": "));
        add_quote(&para, end->other);
    } else if (end->link->to && end->link->to->claim.len) {
        para_add(&para, STYLE_WARNING, SV(": a claim that is not there"));
    }
    for (size_t i = 0; end->other && i < end->other->attributed_to.count; i++) {
        para_add(&para, STYLE_PLAIN, i ? SV("; ") : SV(" — "));
        para_add_voice(&para, &library->registry.registry, end->other->attributed_to.items[i]);
    }
    if (!sv_is_blank(end->link->why)) {
        para_add(&para, STYLE_LABEL, SV(" because: "));
        para_add_flat(&para, STYLE_PLAIN, end->link->why);
    }
    out_para(out, &para, INDENT, INDENT + 2);
}

static void out_values(struct out *out, const struct claim *claim)
{
    for (size_t i = 0; i < claim->values.count; i++) {
        const struct value *value = claim->values.items[i];
        struct para para = { 0 };

        para_addf(&para, STYLE_LABEL, "value ");
        para_addf(&para, STYLE_PLAIN, SV_FMT "%s" SV_FMT "%s" SV_FMT, SV_ARG(value->bound),
                  value->bound.len ? " " : "", SV_ARG(value->number), value->what.len ? " " : "",
                  SV_ARG(value->what));
        out_para(out, &para, INDENT, INDENT + 2);
    }
}

// What only the whole of a claim shows: repeats, tags, note.
static void out_rest(struct out *out, const struct claim *claim)
{
    const struct {
        const char *name;
        const struct sv_list *items;
    } lists[] = { { "repeats", &claim->repeats }, { "tags", &claim->tags } };
    struct para para = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        for (size_t j = 0; j < lists[i].items->count; j++) {
            para_addf(&para, STYLE_LABEL, "%s", j ? ", " : lists[i].name);
            para_addf(&para, STYLE_PLAIN, "%s" SV_FMT, j ? "" : " ",
                      SV_ARG(lists[i].items->items[j]));
        }
        out_para(out, &para, INDENT, INDENT + 2);
    }
    if (!sv_is_blank(claim->note)) {
        para_add(&para, STYLE_LABEL, SV("note "));
        para_add_flat(&para, STYLE_PLAIN, sv_trim(claim->note));
        out_para(out, &para, INDENT, INDENT + 2);
    }
}

static void out_threads(struct out *out, const struct library *library, const struct hit *hit)
{
    struct sv article = library_layer_of(hit->layer)->head.article;
    const struct thread *thread;

    for (size_t i = 0; (thread = threads_on(&library->threads, article, ref_of(hit), i)); i++) {
        struct para para = { 0 };

        para_add(&para, thread->is_open ? STYLE_WARNING : STYLE_LABEL,
                 thread->is_open ? SV("open thread") : SV("resolved thread"));
        out_para(out, &para, INDENT, INDENT);
        out_thread(out, thread, INDENT + 2);
    }
}

static struct jnode *end_node(const struct end *end)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "article", end->other_article);
    if (end->other) {
        struct buf quote = { 0 };

        claim_quote(end->other, &quote);
        jnode_set_text(map, "claim", end->other->id);
        jnode_set(map, "quote", jnode_text(buf_sv(&quote)));
        jnode_set_text(map, "says", end->other->says);
        buf_release(&quote);
    } else if (end->is_from && end->link->to) {
        jnode_set_text(map, "claim", end->link->to->claim);
    }
    jnode_set_text(map, "link", end->link->id);
    jnode_set_text(map, "type", end->link->type);
    jnode_set_text(map, "point", end->link->point);
    jnode_set_text(map, "why", end->link->why);
    jnode_set(map, "is_from", jnode_bool(end->is_from));
    return map;
}

void claim_quote(const struct claim *claim, struct buf *out)
{
    for (size_t i = 0; i < claim->span.count; i++) {
        const struct part *part = claim->span.items[i];

        if (i)
            buf_add_cstr(out, " … ");
        add_flat(out, part->quote);
    }
}

void claim_voices(const struct claim *claim, struct buf *out)
{
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        const struct voice *voice = claim->attributed_to.items[i];

        if (i)
            buf_add_cstr(out, "; ");
        for (const struct voice *v = voice; v; v = v->citing) {
            if (v != voice)
                buf_add_char(out, '>');
            buf_add(out, v->source);
            if (v->unsure)
                buf_add_char(out, '?');
            if (v->act.len)
                buf_addf(out, ":" SV_FMT, SV_ARG(v->act));
        }
    }
}

void para_add_voice(struct para *para, const struct registry *registry, const struct voice *voice)
{
    for (const struct voice *v = voice; v; v = v->citing) {
        if (v != voice)
            para_add(para, STYLE_PLAIN, SV(" › "));
        para_add(para, STYLE_SOURCE,
                 v->source.len ? registry_name(registry, v->source) : SV("somebody"));
        if (v->unsure)
            para_add(para, STYLE_WARNING, SV("?"));
        if (v->act.len) {
            para_add(para, STYLE_PLAIN, SV(" "));
            para_add(para, STYLE_PLAIN, v->act);
        }
    }
}

bool end_disputes(const struct library *library, const struct end *end)
{
    const struct word *type = scheme_find(library->scheme, VOCAB_LINK, end->link->type);

    return type && type->disputes;
}

bool end_is_across(const struct hit *hit, const struct end *end)
{
    return !sv_eq(end->other_article, library_layer_of(hit->layer)->head.article);
}

void claim_disputed_by(const struct library *library, const struct hit *hit, struct buf *out)
{
    size_t count, before = out->len;
    const struct end *ends = derive_ends(library_derived(library, hit->layer),
                                         library_layer_of(hit->layer), hit->claim, &count);

    for (size_t i = 0; i < count; i++) {
        const struct end *end = &ends[i];
        struct sv id = end->other ? end->other->id : (struct sv){ 0 };

        if (!end_disputes(library, end) || !end_is_across(hit, end))
            continue;
        if (!end->other && end->is_from && end->link->to)
            id = end->link->to->claim;
        buf_addf(out, "%s" SV_FMT "#" SV_FMT, out->len > before ? "," : "",
                 SV_ARG(end->other_article), SV_ARG(id));
    }
}

size_t claim_open_threads(const struct library *library, const struct hit *hit)
{
    return threads_open_on(&library->threads, library_layer_of(hit->layer)->head.article,
                           ref_of(hit));
}

void out_claim(struct out *out, const struct library *library, const struct hit *hit, size_t number)
{
    const struct registry *registry = &library->registry.registry;
    const struct claim *claim = hit->claim;
    struct para para = { 0 };
    size_t count;
    const struct end *ends = derive_ends(library_derived(library, hit->layer),
                                         library_layer_of(hit->layer), claim, &count);

    out_head(out, library, hit, number);
    if (!number || claim->span.count > 1) { // else the brackets hold it
        add_quote(&para, claim);
        out_para(out, &para, INDENT, INDENT + 1);
    }
    if (!sv_is_blank(claim->says)) {
        para_add_flat(&para, STYLE_PLAIN, claim->says);
        out_para(out, &para, INDENT, INDENT);
    }
    out_kind(out, claim);
    out_values(out, claim);
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        para_add(&para, STYLE_LABEL, SV("by "));
        para_add_voice(&para, registry, claim->attributed_to.items[i]);
        out_para(out, &para, INDENT, INDENT + 2);
    }
    out_mark(out, registry, claim->contested);
    for (size_t i = 0; i < count; i++)
        if (number || end_disputes(library, &ends[i]))
            out_end(out, library, hit, &ends[i]);
    if (number) {
        out_rest(out, claim);
        out_threads(out, library, hit);
    }
}

struct jnode *claim_node(const struct library *library, const struct hit *hit)
{
    const struct layer *layer = library_layer_of(hit->layer);
    const struct {
        const char *name;
        unsigned flag;
    } flags[] = {
        { "contested", CLAIM_CONTESTED },       { "disputed", CLAIM_DISPUTED },
        { "corroborated", CLAIM_CORROBORATED }, { "silent", CLAIM_SILENT },
        { "attributed", CLAIM_ATTRIBUTED },     { "linked", CLAIM_LINKED },
    };
    struct jnode *map = jnode_map(), *derived = jnode_map(), *by = jnode_list(),
                 *links = jnode_list();
    size_t count;
    const struct end *ends =
        derive_ends(library_derived(library, hit->layer), layer, hit->claim, &count);

    jnode_set_text(map, "article", layer->head.article);
    jnode_set_text(map, "annotator", layer->head.annotator);
    jnode_add_fields(map, KIND_CLAIM, hit->claim);
    for (size_t i = 0; i < ARRAY_LEN(flags); i++)
        jnode_set(derived, flags[i].name, jnode_bool(hit->flags & flags[i].flag));
    jnode_set(map, "derived", derived);
    for (size_t i = 0; i < count; i++) {
        jnode_add(links, end_node(&ends[i]));
        if (end_disputes(library, &ends[i]) && end_is_across(hit, &ends[i]))
            jnode_add(by, end_node(&ends[i]));
    }
    jnode_set(map, "disputed_by", by);
    jnode_set(map, "links", links);
    jnode_set(map, "open_threads", jnode_count(claim_open_threads(library, hit)));
    return map;
}
