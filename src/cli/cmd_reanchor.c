// reanchor: after a text changed, what moved, what is in doubt, what is lost; what is sure is
// written. Touches the readings of one annotator alone.
#include "cli/claim_text.h"
#include "cli/hidden.h"

#include "session/reanchor.h"
#include "store/checkout.h"

static const char *const columns[] = { "annotator", "article", "state", "id",
                                       "what",      "#start",  "#end",  "#new_start",
                                       "#new_end",  "old",     "new" };

// What is being printed.
struct report {
    struct cli *cli;
    struct table table;
    struct jnode *list;
    size_t left; // records in doubt or lost
};

static struct sv text_at(const struct reading *r, struct cp_span at)
{
    return at.end > at.beg ? article_sub(r->article, article_to_bytes(r->article, at)) : SV("");
}

static struct sv id_of(const struct reanchor_item *item)
{
    return ((const struct record *)item->rec)->id;
}

static const char *what_of(const struct reanchor_item *item, const struct reanchor_piece *piece)
{
    return piece->cue ? "cue" : kind_get(section_get(item->section)->kind)->name;
}

// ---- the three forms

static void add_words(struct para *para, struct sv words)
{
    para_add(para, STYLE_QUOTE, SV("“"));
    para_add_flat(para, STYLE_QUOTE, words);
    para_add(para, STYLE_QUOTE, SV("”"));
}

static void plain_words(struct report *report, const char *label, struct sv words)
{
    struct para para = { 0 };

    para_addf(&para, STYLE_LABEL, "%s ", label);
    add_words(&para, words);
    out_para(&report->cli->out, &para, 12, 16);
}

static void plain_piece(struct report *report, const struct reading *r,
                        const struct reanchor_item *item, const struct reanchor_piece *piece)
{
    struct sv now = text_at(r, piece->to), was = reanchor_quote(piece);
    struct para para = { 0 };

    para_addf(&para, piece->anchor == ANCHOR_MOVED ? STYLE_HEAD : STYLE_WARNING, "%-9s ",
              anchor_word(piece->anchor));
    para_addf(&para, STYLE_LABEL, SV_FMT "  %s%s%zu-%zu", SV_ARG(id_of(item)),
              piece->cue ? "cue" : "", piece->cue ? "  " : "", piece->from.beg, piece->from.end);
    if (now.len)
        para_addf(&para, STYLE_LABEL, " → %zu-%zu", piece->to.beg, piece->to.end);
    if (piece->anchor != ANCHOR_DOUBT) {
        para_add(&para, STYLE_LABEL, SV("  "));
        add_words(&para, was);
    }
    out_para(&report->cli->out, &para, 2, 12);
    if (piece->anchor == ANCHOR_DOUBT) {
        plain_words(report, "was", was);
        plain_words(report, "now", now);
    }
}

static void tsv_piece(struct report *report, const struct reading *r,
                      const struct reanchor_item *item, const struct reanchor_piece *piece)
{
    struct table *table = &report->table;

    table_add(table, buf_sv(&report->cli->annotator));
    table_add(table, r->id);
    table_add(table, sv_from(anchor_word(piece->anchor)));
    table_add(table, id_of(item));
    table_add(table, sv_from(what_of(item, piece)));
    table_addf(table, "%zu", piece->from.beg);
    table_addf(table, "%zu", piece->from.end);
    table_addf(table, "%zu", piece->to.beg);
    table_addf(table, "%zu", piece->to.end);
    table_add(table, reanchor_quote(piece));
    table_add(table, text_at(r, piece->to));
}

static struct jnode *span_node(struct cp_span at)
{
    struct jnode *list = jnode_list();

    jnode_add(list, jnode_count(at.beg));
    jnode_add(list, jnode_count(at.end));
    return list;
}

static void json_piece(struct report *report, const struct reading *r,
                       const struct reanchor_item *item, const struct reanchor_piece *piece)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "annotator", buf_sv(&report->cli->annotator));
    jnode_set_text(map, "article", r->id);
    jnode_set_text(map, "state", sv_from(anchor_word(piece->anchor)));
    jnode_set_text(map, "id", id_of(item));
    jnode_set_text(map, "what", sv_from(what_of(item, piece)));
    jnode_set(map, "at", span_node(piece->from));
    jnode_set_text(map, "old", reanchor_quote(piece));
    if (piece->to.end > piece->to.beg) {
        jnode_set(map, "new_at", span_node(piece->to));
        jnode_set_text(map, "new", text_at(r, piece->to));
    }
    jnode_add(report->list, map);
}

// "haqqani-2024/kabul-blast  ana  3 moved, 1 doubtful, 0 lost  by the old text"
static void plain_head(struct report *report, const struct reading *r, const struct reanchor *found)
{
    struct para para = { 0 };

    out_blank(&report->cli->out);
    para_add(&para, STYLE_HEAD, r->id);
    para_addf(&para, STYLE_LABEL, "  %s  ", buf_cstr(&report->cli->annotator));
    para_addf(&para, STYLE_PLAIN, "%zu moved, %zu doubtful, %zu lost", found->counts[ANCHOR_MOVED],
              found->counts[ANCHOR_DOUBT], found->counts[ANCHOR_LOST]);
    para_addf(&para, STYLE_LABEL, "  %s",
              anchors_has_old(r->anchors) ? "by the old text, from git" : "by quote and context");
    out_para(&report->cli->out, &para, 0, 2);
}

static void print(struct report *report, const struct reading *r, const struct reanchor *found)
{
    enum format format = report->cli->format;

    if (format == FORMAT_PLAIN)
        plain_head(report, r, found);
    for (size_t i = 0; i < found->count; i++) {
        const struct reanchor_item *item = &found->items[i];

        for (size_t j = 0; j < item->count; j++)
            (format == FORMAT_PLAIN ? plain_piece
             : format == FORMAT_TSV ? tsv_piece
                                    : json_piece)(report, r, item, &found->pieces[item->first + j]);
    }
    report->left += found->counts[ANCHOR_DOUBT] + found->counts[ANCHOR_LOST];
}

// ---- the work

// What the session found, without what is printed here in full.
static void report_findings(struct cli *cli, struct session *session)
{
    struct findings all = { 0 }, kept = { 0 };

    session_take_findings(session, &all);
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].err.code != E_TEXT && all.items[i].err.code != E_QUOTE)
            findings_take(&kept, all.items[i].severity, &all.items[i].err);
    findings_release(&all);
    (void)cli_report(cli, &kept);
}

static void do_article(struct report *report, struct session *session, struct sv id)
{
    struct cli *cli = report->cli;
    struct reanchor found = { 0 };
    struct reading *r;
    struct err err = { 0 };
    size_t moved;

    if (!session_open(session, id, &r, &err)) {
        (void)cli_fail(cli, &err);
        return;
    }
    reanchor_find(r, &found);
    if (found.count || r->is_text_changed)
        print(report, r, &found);
    if (!cli->values[OPT_REANCHOR_DRY_RUN] && (found.count || r->is_text_changed) &&
        !verb_reanchor(session, r, &moved, &err))
        (void)cli_fail(cli, &err);
    reanchor_release(&found);
}

// Has the annotator marked anything yet?
static bool has_readings(const struct cli *cli)
{
    struct buf path = { 0 };
    bool ok;

    buf_addf(&path, "%s/annotations/%s", buf_cstr(&cli->workspace.root), buf_cstr(&cli->annotator));
    ok = fs_is_dir(buf_cstr(&path));
    buf_release(&path);
    return ok;
}

static bool do_articles(struct report *report, struct session *session, struct err *err)
{
    struct cli *cli = report->cli;
    struct fs_names articles = { 0 }, left_out;
    struct sv id;

    if (cli->operand_count) {
        if (!workspace_resolve(&cli->workspace, cli->operands[0], &id, err))
            return false;
        do_article(report, session, id);
        return true;
    }
    if (!has_readings(cli))
        return true;
    if (!library_articles(&cli->workspace, buf_cstr(&cli->annotator), &articles, err))
        return false;
    checkout_left_out(&cli->workspace, &left_out);
    for (size_t i = 0; i < articles.count; i++) {
        struct buf text = { 0 };

        buf_addf(&text, "corpus/%s.txt", articles.items[i]);
        if (!checkout_has_left_out(&left_out, buf_cstr(&text)))
            do_article(report, session, sv_from(articles.items[i]));
        buf_release(&text);
    }
    fs_names_release(&left_out);
    fs_names_release(&articles);
    return true;
}

int cmd_reanchor(struct cli *cli)
{
    struct report report = { .cli = cli };
    struct session *session;
    struct err err = { 0 };

    cli->may_page = true;
    if (!blind_allows_as(cli, &err) ||
        !session_new(&cli->workspace, buf_sv(&cli->annotator), &session, &err))
        return cli_fail(cli, &err);
    table_init(&report.table, columns, ARRAY_LEN(columns));
    report.list = cli->format == FORMAT_JSON ? jnode_list() : NULL;
    if (!do_articles(&report, session, &err))
        (void)cli_fail(cli, &err);
    report_findings(cli, session);
    if (cli->format == FORMAT_TSV)
        table_print(&report.table, FORMAT_TSV, &cli->out);
    if (cli->format == FORMAT_JSON)
        jnode_print(report.list, &cli->out.text);
    jnode_free(report.list);
    table_release(&report.table);
    session_free(session);
    return cli_status(cli, report.left ? 1 : 0);
}
