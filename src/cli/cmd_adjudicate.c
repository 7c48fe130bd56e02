// adjudicate: where the annotators of an article differ and what was decided, as a list; on a
// terminal the reader. Decides nothing but, with --agreed, what there is no difference in.
#include "cli/changes.h"

#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/claim_text.h"
#include "session/adjudicate.h"
#include "store/names.h"
#include "store/words.h"

static const char *const columns[] = { "weight",   "state",   "kind",       "#start",
                                       "#end",     "records", "fields",     "quote",
                                       "decision", "decided", "decided_by", "why" };

struct listing {
    struct cli *cli;
    struct adjudicating *adjudicating;
    const struct adjudication *rows;
};

static const struct field *field_at(const struct adjudicate_row *row, size_t index)
{
    return &kind_get(section_get(row->section)->kind)->fields[index];
}

static size_t field_count(const struct adjudicate_row *row)
{
    return kind_get(section_get(row->section)->kind)->field_count;
}

static bool differs(const struct adjudicate_row *row, size_t field)
{
    return row->differs >> field & 1;
}

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

// "ana/c7k2q9wm"
static void add_name(const struct listing *listing, const struct adjudicate_member *member,
                     struct buf *out)
{
    buf_addf(out, SV_FMT "/" SV_FMT, SV_ARG(listing->rows->names[member->rater]),
             SV_ARG(id_of(member->rec)));
}

// The words of the claim at one end of a link.
static void add_end(const struct listing *listing, const struct adjudicate_row *row, size_t index,
                    struct buf *out)
{
    const struct adjudicate_row *end;

    if (row->ends[index] == SIZE_MAX) {
        buf_add(out, row->silent.len ? row->silent : SV("?"));
        return;
    }
    end = &listing->rows->rows[row->ends[index]];
    buf_add_cstr(out, "“");
    claim_quote(end->count ? end->members[0].rec : end->settled[0].rec, out);
    buf_add_cstr(out, "”");
}

// The words of a row: those of its first record; of a link with those of its claims.
static void add_row_words(const struct listing *listing, const struct adjudicate_row *row,
                          struct buf *out)
{
    const void *first = row->count ? row->members[0].rec : row->settled[0].rec;
    bool is_turned = row->count && row->members[0].is_turned;
    const struct link *link = first;

    if (row->section == SECTION_CLAIMS) {
        claim_quote(first, out);
    } else if (!row->count) {
        record_words(KIND_LINK, first, out);
    } else {
        add_end(listing, row, is_turned, out);
        buf_addf(out, " " SV_FMT " ", SV_ARG(link->type));
        if (link->point.len)
            buf_addf(out, "(" SV_FMT ") ", SV_ARG(link->point));
        add_end(listing, row, !is_turned, out);
    }
}

// ---- TSV

static void add_list(struct table *table, struct buf *text)
{
    table_add(table, buf_sv(text));
    buf_clear(text);
}

static void add_decision_cells(struct table *table, const struct adjudicate_row *row)
{
    struct buf words = { 0 }, ids = { 0 }, by = { 0 }, why = { 0 };

    for (size_t i = 0; i < row->settled_count; i++) {
        struct decision decision = decision_get(row->section, row->settled[i].rec);
        const char *comma = i ? "," : "";

        buf_addf(&words, "%s" SV_FMT, comma, SV_ARG(decision.word));
        buf_addf(&ids, "%s" SV_FMT, comma, SV_ARG(id_of(row->settled[i].rec)));
        buf_addf(&by, "%s" SV_FMT, comma, SV_ARG(decision.by));
        buf_addf(&why, "%s" SV_FMT, i && decision.why.len ? "; " : "", SV_ARG(decision.why));
    }
    add_list(table, &words);
    add_list(table, &ids);
    add_list(table, &by);
    add_list(table, &why);
    buf_release(&words);
    buf_release(&ids);
    buf_release(&by);
    buf_release(&why);
}

static void tsv_row(const struct listing *listing, const struct adjudicate_row *row,
                    struct table *table)
{
    struct buf text = { 0 };

    table_add(table, sv_from(adjudicate_weight_name(row->weight)));
    table_add(table, sv_from(adjudicate_state_name(row->state)));
    table_add(table, row->section == SECTION_CLAIMS ? SV("claim") : SV("link"));
    table_addf(table, "%zu", row->extent.beg);
    table_addf(table, "%zu", row->extent.end);
    for (size_t i = 0; i < row->count; i++) {
        buf_add_cstr(&text, i ? "," : "");
        add_name(listing, &row->members[i], &text);
    }
    add_list(table, &text);
    for (size_t f = 0; f < field_count(row); f++)
        if (differs(row, f))
            buf_addf(&text, "%s%s", text.len ? "," : "", field_at(row, f)->key);
    add_list(table, &text);
    add_row_words(listing, row, &text);
    add_list(table, &text);
    add_decision_cells(table, row);
    buf_release(&text);
}

static void print_tsv(const struct listing *listing)
{
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < listing->rows->count; i++)
        tsv_row(listing, &listing->rows->rows[i], &table);
    table_print(&table, FORMAT_TSV, &listing->cli->out);
    table_release(&table);
}

// ---- JSON

static struct jnode *member_node(const struct listing *listing, const struct adjudicate_row *row,
                                 const struct adjudicate_member *member)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "annotator", listing->rows->names[member->rater]);
    jnode_set_text(map, "article",
                   adjudicating_article(listing->adjudicating, member->article)->id);
    if (member->is_new && adjudicate_is_open(row->state) && row->settled_count)
        jnode_set(map, "is_new", jnode_bool(true));
    if (member->is_changed)
        jnode_set(map, "is_changed", jnode_bool(true));
    jnode_set(map, row->section == SECTION_CLAIMS ? "claim" : "link",
              jnode_record(section_get(row->section)->kind, member->rec));
    return map;
}

static struct jnode *row_node(const struct listing *listing, const struct adjudicate_row *row)
{
    struct jnode *map = jnode_map(), *fields = jnode_list(), *members = jnode_list(),
                 *decided = jnode_list();

    jnode_set_text(map, "weight", sv_from(adjudicate_weight_name(row->weight)));
    jnode_set_text(map, "state", sv_from(adjudicate_state_name(row->state)));
    for (size_t f = 0; f < field_count(row); f++)
        if (differs(row, f))
            jnode_add(fields, jnode_text(sv_from(field_at(row, f)->key)));
    jnode_set(map, "fields", fields);
    for (size_t i = 0; i < row->count; i++)
        jnode_add(members, member_node(listing, row, &row->members[i]));
    jnode_set(map, "records", members);
    for (size_t i = 0; i < row->settled_count; i++)
        jnode_add(decided, jnode_record(section_get(row->section)->kind, row->settled[i].rec));
    jnode_set(map, "decided", decided);
    if (row->gone)
        jnode_set(map, "gone", jnode_count(row->gone));
    return map;
}

static void print_json(const struct listing *listing)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < listing->rows->count; i++)
        jnode_add(list, row_node(listing, &listing->rows->rows[i]));
    jnode_print(list, &listing->cli->out.text);
    jnode_free(list);
}

// ---- for people

static void out_head(const struct listing *listing, const struct adjudicate_row *row)
{
    bool is_weighty = row->weight <= ADJUDICATE_CONTESTED;
    struct para para = { 0 };
    struct buf words = { 0 };

    add_row_words(listing, row, &words);
    para_add(&para, is_weighty ? STYLE_DISPUTED : STYLE_HEAD,
             sv_from(adjudicate_weight_name(row->weight)));
    para_addf(&para, adjudicate_is_open(row->state) ? STYLE_WARNING : STYLE_LABEL, "  %s",
              adjudicate_state_name(row->state));
    para_addf(&para, STYLE_LABEL, "  %zu-%zu  ", row->extent.beg, row->extent.end);
    if (row->section == SECTION_CLAIMS)
        para_addf(&para, STYLE_QUOTE, "“%s”", buf_cstr(&words));
    else
        para_add(&para, STYLE_QUOTE, buf_sv(&words));
    if (row->gone)
        para_addf(&para, STYLE_WARNING, "  %zu record%s gone", row->gone,
                  row->gone == 1 ? " is" : "s are");
    out_para(&listing->cli->out, &para, 0, 4);
    buf_release(&words);
}

// An annotator's side of a difference: what it says where others say otherwise.
static void out_member(const struct listing *listing, const struct adjudicate_row *row,
                       const struct adjudicate_member *member)
{
    struct para para = { 0 };
    struct buf text = { 0 };
    bool has_any = false;

    add_name(listing, member, &text);
    para_add(&para, STYLE_SOURCE, buf_sv(&text));
    if (row->settled_count && (member->is_new || member->is_changed))
        para_add(&para, STYLE_WARNING, member->is_new ? SV(" new") : SV(" changed"));
    for (size_t f = 0; f < field_count(row); f++) {
        if (!differs(row, f))
            continue;
        buf_clear(&text);
        field_words(member->rec, field_at(row, f), &text);
        para_addf(&para, STYLE_LABEL, "%s%s ", has_any ? "; " : "  ", field_at(row, f)->key);
        para_add(&para, STYLE_PLAIN, text.len ? buf_sv(&text) : SV("–"));
        has_any = true;
    }
    if (!has_any && row->section == SECTION_LINKS && row->count > 1) {
        buf_clear(&text);
        record_words(KIND_LINK, member->rec, &text);
        para_addf(&para, STYLE_PLAIN, "  %s", buf_cstr(&text));
    }
    out_para(&listing->cli->out, &para, 2, 6);
    buf_release(&text);
}

static void out_decision(const struct listing *listing, const struct adjudicate_row *row,
                         const void *rec)
{
    struct decision decision = decision_get(row->section, rec);
    struct para para = { 0 };

    para_addf(&para, STYLE_LABEL, "→ " SV_FMT "  ", SV_ARG(id_of(rec)));
    para_add(&para, STYLE_HEAD, decision.word.len ? decision.word : SV("not decided"));
    for (size_t i = 0; i < decision.origin.count; i++)
        para_addf(&para, STYLE_LABEL, "%s" SV_FMT, i ? ", " : "  from ",
                  SV_ARG(decision.origin.items[i]));
    if (decision.by.len)
        para_addf(&para, STYLE_LABEL, "  by " SV_FMT, SV_ARG(decision.by));
    if (decision.why.len) {
        para_add(&para, STYLE_LABEL, SV(": "));
        para_add_flat(&para, STYLE_PLAIN, decision.why);
    }
    out_para(&listing->cli->out, &para, 2, 6);
}

// Annotators that read the article and have nothing of the row.
static void out_missing(const struct listing *listing, const struct adjudicate_row *row)
{
    struct para para = { 0 };

    for (size_t r = 0; r < listing->rows->raters; r++) {
        bool has_it = !listing->rows->is_reader[r];

        for (size_t i = 0; i < row->count; i++)
            has_it = has_it || row->members[i].rater == r;
        if (!has_it)
            para_addf(&para, STYLE_LABEL, "%s" SV_FMT, para.count ? ", " : "not by ",
                      SV_ARG(listing->rows->names[r]));
    }
    out_para(&listing->cli->out, &para, 2, 6);
}

static void print_plain(const struct listing *listing)
{
    const struct adjudication *rows = listing->rows;
    struct para para = { 0 };

    para_add(&para, STYLE_HEAD, adjudicating_reading(listing->adjudicating)->id);
    for (int s = 0; s < ADJUDICATE_STATE__N; s++)
        if (rows->states[s] || s == ADJUDICATE_OPEN)
            para_addf(&para, STYLE_LABEL, "  %zu %s", rows->states[s],
                      adjudicate_state_name((enum adjudicate_state)s));
    out_para(&listing->cli->out, &para, 0, 4);
    for (size_t i = 0; i < rows->count; i++) {
        const struct adjudicate_row *row = &rows->rows[i];

        if (row->state == ADJUDICATE_AGREED)
            continue;
        out_head(listing, row);
        for (size_t m = 0; m < row->count && adjudicate_is_open(row->state); m++)
            out_member(listing, row, &row->members[m]);
        if (row->count && adjudicate_is_open(row->state))
            out_missing(listing, row);
        for (size_t k = 0; k < row->settled_count; k++)
            out_decision(listing, row, row->settled[k].rec);
    }
}

// ---- the command

static bool take_agreed(struct listing *listing, struct err *err)
{
    size_t count;

    return !listing->cli->values[OPT_AGREED] ||
           adjudicate_agreed(listing->adjudicating, &count, err);
}

static int print(struct listing *listing)
{
    const size_t *states;

    listing->rows = adjudicating_now(listing->adjudicating);
    states = listing->rows->states;
    if (listing->cli->format == FORMAT_JSON)
        print_json(listing);
    else if (listing->cli->format == FORMAT_TSV)
        print_tsv(listing);
    else
        print_plain(listing);
    return states[ADJUDICATE_OPEN] + states[ADJUDICATE_NEW] + states[ADJUDICATE_CHANGED] ? 1 : 0;
}

static void report(struct cli *cli, struct session *session)
{
    struct findings findings = { 0 };

    session_take_findings(session, &findings);
    (void)cli_report(cli, &findings);
}

static int list(struct cli *cli, const struct buf *viewer)
{
    struct listing listing = { .cli = cli };
    struct session *session = NULL;
    struct reading *reading;
    struct err err = { 0 };
    struct sv article;
    int status = 1;

    if (!workspace_resolve(&cli->workspace, cli->operands[0], &article, &err) ||
        (cli->values[OPT_AGREED] && !workspace_was_listed(&cli->workspace, &err)) ||
        !session_new(&cli->workspace, SV(ADJUDICATED), &session, &err) ||
        !session_open(session, article, &reading, &err) ||
        !adjudicating_new(session, reading,
                          &(struct adjudicator){ buf_sv(&cli->annotator), buf_sv(viewer) },
                          &listing.adjudicating, &err) ||
        !take_agreed(&listing, &err))
        status = cli_fail(cli, &err);
    else
        status = print(&listing);
    if (session && !session_is_saved(session) && !session_save(session, &err))
        err_release(&err); // it is among the findings
    if (session)
        report(cli, session);
    adjudicating_free(listing.adjudicating);
    session_free(session);
    return cli_status(cli, status);
}

// The list is for scripts and pipes; --agreed does its work and shows what is left.
static bool is_list(const struct cli *cli)
{
    return cli->format != FORMAT_PLAIN || cli->values[OPT_ADJUDICATE_LIST] ||
           cli->values[OPT_AGREED] || (!cli->out.is_tty && !cli->values[OPT_ADJUDICATE_SCRIPT]);
}

int cmd_adjudicate(struct cli *cli)
{
    struct buf viewer = { 0 };
    struct err err = { 0 };
    int status;

    if (!workspace_annotator(&cli->workspace, NULL, &viewer, &err))
        err_release(&err); // nobody: sees nothing of a blind team
    if (is_list(cli)) {
        cli->may_page = true;
        status = list(cli, &viewer);
    } else {
        status = cli_run_reader(cli,
                                &(struct cli_read){
                                    .article = cli->operands[0],
                                    .script = cli->values[OPT_ADJUDICATE_SCRIPT],
                                    .record = cli->values[OPT_ADJUDICATE_RECORD],
                                    .is_adjudicating = true,
                                    .viewer = buf_cstr(&viewer),
                                },
                                cli->values[OPT_ADJUDICATE_SIZE]);
    }
    buf_release(&viewer);
    return status;
}
