// related: passages of the other article that tell of the same as one of this, and why.
// Proposes; makes no link.
#include "exchange/json.h"
#include "cli/pair_known.h"

#include "session/relation.h"

#define MOST        5
#define MOST_MOST   1000
#define REASONS     8  // of a passage, in a line
#define REASONS_ALL 64 // in JSON
#define HINTS_MOST  256

static const char *const columns[] = {
    "article", "score", "#start", "#end", "grade", "why", "quote"
};

struct asking {
    struct cli *cli;
    struct pair pair;
    struct byte_span query;
    struct pair_known known;
    struct relate_hint hints[HINTS_MOST]; // claims of the same topics there
    size_t hint_count;
    size_t most;
    struct related *found;
    size_t count;
};

// A whole number of decimal digits.
static bool read_number(const char *typed, size_t *out)
{
    size_t value = 0;

    for (const char *at = typed; *at; at++) {
        if (*at < '0' || *at > '9' || value > SIZE_MAX / 10 - 1)
            return false;
        value = value * 10 + (size_t)(*at - '0');
    }
    *out = value;
    return *typed != '\0';
}

static bool read_query(struct asking *asking, struct err *err)
{
    struct article *article = asking->pair.sides[0].article;
    size_t length = article_cp_len(article);
    struct cp_span at;

    if (!read_number(asking->cli->operands[1], &at.beg) ||
        !read_number(asking->cli->operands[2], &at.end) || at.beg >= at.end || at.end > length)
        return err_set(err, E_USAGE, ERR_NOWHERE,
                       "'%s' to '%s' is no passage; START and END are code points, 0 to %zu",
                       asking->cli->operands[1], asking->cli->operands[2], length);
    asking->query = article_to_bytes(article, at);
    return true;
}

static size_t explain(const struct asking *asking, const struct related *related,
                      struct reason *reasons, size_t max)
{
    return relate_explain(asking->pair.relate, 0, asking->query, asking->hints, asking->hint_count,
                          related, reasons, max);
}

static void say_why(const struct asking *asking, const struct related *related, struct buf *out)
{
    struct reason reasons[REASONS];
    size_t count = explain(asking, related, reasons, REASONS);

    relation_say(asking->pair.sides[0].article, asking->pair.sides[1].article, reasons, count,
                 related->score, out);
}

static void print_plain(const struct asking *asking)
{
    const struct pair_side *there = &asking->pair.sides[1];
    struct out *out = &asking->cli->out;
    struct para para = { 0 };
    struct buf why = { 0 };

    for (size_t i = 0; i < asking->count; i++) {
        const struct related *related = &asking->found[i];
        struct cp_span at = article_to_cp(there->article, related->passage);

        para_addf(&para, related->score < RELATE_FAIR ? STYLE_LABEL : STYLE_HEAD, "%.2f %s",
                  related->score, relate_grade(related->score));
        para_addf(&para, STYLE_LABEL, "  " SV_FMT ":%zu  %zu-%zu", SV_ARG(there->id),
                  pair_line(&asking->pair, 1, related->passage.beg), at.beg, at.end);
        out_para(out, &para, 0, 4);
        para_add_flat(&para, STYLE_QUOTE, article_sub(there->article, related->passage));
        out_para(out, &para, 4, 4);
        buf_clear(&why);
        say_why(asking, related, &why);
        para_add_flat(&para, STYLE_LABEL, buf_sv(&why));
        out_para(out, &para, 4, 6);
    }
    buf_release(&why);
}

static void print_tsv(const struct asking *asking)
{
    const struct pair_side *there = &asking->pair.sides[1];
    struct table table;
    struct buf why = { 0 };

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < asking->count; i++) {
        const struct related *related = &asking->found[i];
        struct cp_span at = article_to_cp(there->article, related->passage);

        buf_clear(&why);
        say_why(asking, related, &why);
        table_add(&table, there->id);
        table_addf(&table, "%.3f", related->score);
        table_addf(&table, "%zu", at.beg);
        table_addf(&table, "%zu", at.end);
        table_add(&table, sv_from(relate_grade(related->score)));
        table_add(&table, buf_sv(&why));
        table_add(&table, article_sub(there->article, related->passage));
    }
    table_print(&table, FORMAT_TSV, &asking->cli->out);
    table_release(&table);
    buf_release(&why);
}

static void set_number(struct jnode *map, const char *key, double value)
{
    struct buf text = { 0 };

    buf_addf(&text, "%.3f", value);
    jnode_set(map, key, jnode_number(buf_sv(&text)));
    buf_release(&text);
}

static void set_span(struct jnode *map, const char *start, const char *end, struct article *article,
                     struct byte_span span)
{
    struct cp_span at = article_to_cp(article, span);

    jnode_set(map, start, jnode_count(at.beg));
    jnode_set(map, end, jnode_count(at.end));
}

static struct jnode *reason_node(const struct asking *asking, const struct reason *reason)
{
    struct jnode *map = jnode_map();
    struct article *here = asking->pair.sides[0].article, *there = asking->pair.sides[1].article;

    jnode_set_text(map, "kind", sv_from(reason_name(reason->kind)));
    set_number(map, "share", reason->share);
    if (reason->kind == REASON_HINT) // of no words
        return map;
    jnode_set_text(map, "here", article_sub(here, reason->here));
    jnode_set_text(map, "there", article_sub(there, reason->there));
    set_span(map, "start", "end", here, reason->here);
    set_span(map, "other_start", "other_end", there, reason->there);
    return map;
}

static void print_json(const struct asking *asking)
{
    const struct pair_side *there = &asking->pair.sides[1];
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < asking->count; i++) {
        const struct related *related = &asking->found[i];
        struct jnode *map = jnode_map(), *why = jnode_list();
        struct reason reasons[REASONS_ALL];
        size_t count = explain(asking, related, reasons, REASONS_ALL);

        jnode_set_text(map, "article", there->id);
        set_number(map, "score", related->score);
        set_span(map, "start", "end", there->article, related->passage);
        set_span(map, "best_start", "best_end", there->article, related->best);
        jnode_set_text(map, "grade", sv_from(relate_grade(related->score)));
        jnode_set_text(map, "quote", article_sub(there->article, related->passage));
        for (size_t j = 0; j < count; j++)
            jnode_add(why, reason_node(asking, &reasons[j]));
        jnode_set(map, "why", why);
        jnode_add(list, map);
    }
    jnode_print(list, &asking->cli->out.text);
    jnode_free(list);
}

static void rank(struct asking *asking)
{
    size_t most, count;

    (void)relate_passages(asking->pair.relate, 1, &most);
    asking->found = mem_new((most + 1) * sizeof(*asking->found));
    count = relate_rank(asking->pair.relate, 0, asking->query, asking->hints, asking->hint_count,
                        asking->found, most);
    for (size_t i = 0; i < count && asking->count < asking->most; i++)
        if (!pair_known_furniture(&asking->known, &asking->pair, asking->found[i].passage))
            asking->found[asking->count++] = asking->found[i];
}

static bool ask(struct asking *asking, struct err *err)
{
    struct cli *cli = asking->cli;
    const char *most = cli->values[OPT_MOST];

    asking->most = MOST;
    if (most && (!read_number(most, &asking->most) || !asking->most || asking->most > MOST_MOST))
        return err_set(err, E_USAGE, ERR_NOWHERE, "'%s' is no number of passages; say 1 to %d",
                       most, MOST_MOST);
    if (!pair_open(cli, 0, 3, &asking->pair, err) || !read_query(asking, err))
        return false;
    if (!pair_known_load(cli, &asking->pair, &asking->known, err))
        return false;
    asking->hint_count =
        pair_known_hints(&asking->known, &asking->pair, asking->query, asking->hints, HINTS_MOST);
    rank(asking);
    return true;
}

int cmd_related(struct cli *cli)
{
    struct asking asking = { .cli = cli };
    struct err err = { 0 };

    cli->may_page = true;
    if (!ask(&asking, &err))
        (void)cli_fail(cli, &err);
    else if (cli->format == FORMAT_JSON)
        print_json(&asking);
    else if (cli->format == FORMAT_TSV)
        print_tsv(&asking);
    else
        print_plain(&asking);
    mem_free(asking.found);
    pair_known_release(&asking.known);
    pair_release(&asking.pair);
    return cli_status(cli, asking.count ? 0 : 1);
}
