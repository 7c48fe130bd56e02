// Imported records on their way into layers: nothing that is there is changed or written over, and
// what cannot be taken is named. Layers are written only after everything of a file was taken
// without an error.
#include "cli/intake.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "cli/intake_step.h"
#include "model/team.h"

#define IDS_TOLD 20 // of new ids, one by one

struct mapped_id {
    struct sv id;  // in the file
    struct sv now; // here
};

// ---- articles

static void find_articles(struct intake *intake)
{
    struct incoming *in = intake->in;

    for (size_t i = 0; i < in->count; i++) {
        struct incoming_record *record = &in->records[i];
        struct sv id;

        if (record->is_out ||
            (!section_has_parts(record->section) && sv_is_absent(record->article)))
            continue; // a link goes where its claim goes
        id = intake_article(intake->space, in->path, record->article, record->address);
        if (!sv_is_absent(id)) {
            record->article = id;
            continue;
        }
        record->is_out = true;
        intake->unplaced++;
        if (sv_is_absent(record->article))
            leftovers_add(&in->left, "records that name no article; say which with '--article'");
        else
            leftovers_add(&in->left,
                          "records of '" SV_FMT
                          "', which is no article here; name it with '--article'",
                          SV_ARG(record->article));
    }
    for (size_t i = 0; i < in->head_count; i++)
        if (!sv_is_absent(in->heads[i].article))
            in->heads[i].article =
                intake_article(intake->space, in->path, in->heads[i].article, (struct sv){ 0 });
}

static struct intake_layer *find_layer(struct intake *intake, struct sv article)
{
    for (size_t i = 0; i < intake->count; i++)
        if (sv_eq(intake->layers[i].article, article))
            return &intake->layers[i];
    return NULL;
}

// NULL: it cannot be read.
static struct intake_layer *open_layer(struct intake *intake, struct sv article, struct err *err)
{
    struct cli *cli = intake->space->cli;
    struct findings findings = { 0 };
    struct buf path = { 0 };
    struct intake_layer *layer;
    bool ok;

    MEM_GROW(intake->layers, intake->count, intake->cap);
    layer = &intake->layers[intake->count++];
    *layer = (struct intake_layer){ .article = article };
    workspace_text_path(&cli->workspace, article, &path);
    ok = layer_file_load(&cli->workspace, buf_sv(&cli->annotator), article, &layer->file, &findings,
                         err) &&
         fs_text_open(buf_cstr(&path), &layer->text, err);
    findings_release(&findings); // for `check`; the records concerned stay in the file
    buf_release(&path);
    if (!ok)
        return NULL;
    if (!cli->values[OPT_IMPORT_DRY])
        fs_sweep(buf_cstr(&layer->file.path)); // what a killed import left
    layer->article_text = article_new(layer->text.bytes);
    layer->was_blank = !layer->file.stamp.exists;
    return layer;
}

// The layer of an article that the file names, its records placed.
static bool name_layer(struct intake *intake, struct sv article, struct err *err)
{
    struct intake_layer *layer = find_layer(intake, article);

    if (!layer)
        layer = open_layer(intake, article, err);
    if (!layer)
        return false;
    if (!layer->is_named)
        incoming_place(intake->in, article, layer->article_text, &layer->placed);
    layer->is_named = true;
    return true;
}

static bool name_layers(struct intake *intake, struct err *err)
{
    for (size_t i = 0; i < intake->in->count; i++) {
        const struct incoming_record *record = &intake->in->records[i];

        if (!record->is_out && !sv_is_absent(record->article) &&
            !name_layer(intake, record->article, err))
            return false;
    }
    for (size_t i = 0; i < intake->in->head_count; i++)
        if (!sv_is_absent(intake->in->heads[i].article) &&
            !name_layer(intake, intake->in->heads[i].article, err))
            return false;
    return true;
}

// ---- ids

static struct sv map_id(const struct intake *intake, struct sv id)
{
    const struct mapped_id *mapped = sv_is_absent(id) || !intake->space->mapped
                                         ? NULL
                                         : id_index_find(intake->space->mapped, id);

    return mapped ? mapped->now : (struct sv){ 0 };
}

static void add_mapped(struct intake *intake, struct sv id, struct sv now)
{
    struct arena *arena = &intake->space->arena;
    struct mapped_id *mapped = arena_new(arena, sizeof(*mapped));

    *mapped = (struct mapped_id){ sv_copy(arena, id), sv_copy(arena, now) };
    id_index_put(&intake->space->mapped, mapped);
    id_index_put(&intake->seen, mapped);
}

static struct sv new_id(struct intake *intake, struct layer *layer, enum section section)
{
    struct sv id;

    do
        id = layer_new_id(layer, &intake->in->arena, section, &intake->space->rng);
    while (intake_used(intake->space, id));
    return id;
}

// ---- records

// With what changes by import alone taken out: two records that are equal then are the same.
static void *bare_copy(struct arena *arena, enum section section, const void *rec, struct sv id)
{
    struct record *copy = record_edit(arena, section_get(section)->kind, rec);

    copy->id = id;
    if (section == SECTION_CLAIMS)
        ((struct claim *)(void *)copy)->repeats = (struct sv_list){ 0 };
    return copy;
}

// A record of the layer that says the same under another id; NULL: none.
static const struct record *find_same(const struct layer *layer, enum section section,
                                      const void *rec)
{
    struct arena arena = { 0 };
    const void *wanted = bare_copy(&arena, section, rec, SV("-"));
    const struct record *found = NULL;

    for (size_t i = 0; !found && i < layer->sections[section].count; i++) {
        const void *there = layer->sections[section].items[i];

        if (section_has_parts(section) &&
            layer_position(layer, section, there) != layer_position(layer, section, rec))
            continue;
        if (record_eq(section_get(section)->kind, wanted,
                      bare_copy(&arena, section, there, SV("-"))))
            found = there;
    }
    arena_release(&arena);
    return found;
}

static void tell_kept(struct intake *intake, const struct incoming_record *record,
                      const struct record *there)
{
    const struct kind *kind = kind_get(section_get(record->section)->kind);
    struct buf fields = { 0 };

    for (size_t i = 0; i < kind->field_count; i++)
        if (!field_eq(record->rec, there, &kind->fields[i]))
            buf_addf(&fields, "%s%s", fields.len ? ", " : "", kind->fields[i].key);
    findings_add(&intake->in->findings, SEVERITY_WARNING, E_ID, record->at,
                 "%s '" SV_FMT
                 "' is in your layer already and differs in: %s; yours stays as it is",
                 kind->name, SV_ARG(there->id), fields.len ? buf_cstr(&fields) : "unknown keys");
    buf_release(&fields);
}

// Find out under which id a record will stand. *is_there: it stands there already.
static struct sv decide_id(struct intake *intake, struct intake_layer *layer,
                           const struct incoming_record *record, bool *is_there)
{
    enum section section = record->section, found;
    const struct record *rec = record->rec;
    const struct record *there =
        sv_is_absent(rec->id) ? NULL : layer_find_any(&layer->file.layer, rec->id, &found);
    bool is_valid = id_is_valid(rec->id, section_get(section)->letter);

    *is_there = true;
    if (there && found == section && is_valid) {
        if (record_eq(section_get(section)->kind, rec, there)) {
            layer->same++;
        } else {
            layer->kept++;
            tell_kept(intake, record, there);
        }
        return there->id;
    }
    if (is_valid && !intake_used(intake->space, rec->id)) {
        *is_there = false;
        return rec->id;
    }
    there = find_same(&layer->file.layer, section, rec);
    if (there) {
        layer->same++;
        return there->id;
    }
    *is_there = false;
    return new_id(intake, &layer->file.layer, section);
}

static void tell_new_id(struct intake *intake, const struct incoming_record *record, struct sv id,
                        struct sv now)
{
    const struct used_id *used = intake_used(intake->space, id);

    if (!used)
        return; // it was none of ours
    if (intake->new_ids++ < IDS_TOLD)
        findings_add(&intake->in->findings, SEVERITY_WARNING, E_ID, record->at,
                     "'" SV_FMT "' is used in %s already; here it is '" SV_FMT "'", SV_ARG(id),
                     used->path, SV_ARG(now));
}

// Will the record be read from the file as it was put in? What a hostile file may hold shows here.
static bool is_sound(struct intake *intake, const struct incoming_record *record, const void *rec)
{
    enum kind_id kind = section_get(record->section)->kind;
    struct arena arena = { 0 };
    struct buf yaml = { 0 };
    struct err err = { 0 };
    const void *back;
    bool ok;

    doc_write_record(kind, rec, &yaml);
    ok = doc_read_record(kind, buf_sv(&yaml), intake->in->path, &arena, &back, &err);
    if (!ok)
        incoming_error(intake->in, record->at.line, record->at.col, E_SHAPE,
                       "%s cannot be stored: " SV_FMT, kind_get(kind)->name,
                       SV_ARG(buf_sv(&err.text)));
    else if (!record_eq(kind, rec, back))
        incoming_error(intake->in, record->at.line, record->at.col, E_SHAPE,
                       "%s holds what no file of annotations can", kind_get(kind)->name);
    ok = ok && record_eq(kind, rec, back);
    err_release(&err);
    buf_release(&yaml);
    arena_release(&arena);
    return ok;
}

static void put(struct intake *intake, struct intake_layer *layer,
                const struct incoming_record *record, const void *rec)
{
    struct arena *arena = &layer->file.layer.arena;

    if (!is_sound(intake, record, rec))
        return;
    layer_put(&layer->file.layer, record->section,
              record_copy(arena, section_get(record->section)->kind, rec));
    layer->added[record->section]++;
    intake_step_note(intake, layer, record->section, ((const struct record *)rec)->id);
    intake_use(intake->space, &layer->file, ((const struct record *)rec)->id);
}

// An id that the file itself uses twice is an error: links to it would mean two things.
static bool is_double(struct intake *intake, const struct incoming_record *record)
{
    struct sv id = ((const struct record *)record->rec)->id;

    if (sv_is_absent(id) || !intake->seen || !id_index_find(intake->seen, id))
        return false;
    incoming_error(intake->in, record->at.line, record->at.col, E_ID,
                   "id '" SV_FMT "' is used twice; give one of them another", SV_ARG(id));
    return true;
}

// Ids first, of all records that stand in the text, so that whatever names one can be put right.
static void decide_ids(struct intake *intake, bool *is_there)
{
    for (size_t i = 0; i < intake->in->count; i++) {
        struct incoming_record *record = &intake->in->records[i];
        const struct record *rec = record->rec;
        struct sv now;

        if (record->is_out || !section_has_parts(record->section) || is_double(intake, record))
            continue;
        now = decide_id(intake, find_layer(intake, record->article), record, &is_there[i]);
        if (!is_there[i] && !sv_is_absent(rec->id) && !sv_eq(now, rec->id))
            tell_new_id(intake, record, rec->id, now);
        if (!sv_is_absent(rec->id))
            add_mapped(intake, rec->id, now);

        struct record *copy =
            record_edit(&intake->in->arena, section_get(record->section)->kind, rec);

        copy->id = now;
        record->rec = copy;
        if (!is_there[i])
            intake_use(intake->space, &find_layer(intake, record->article)->file, now);
    }
}

static struct sv_list map_repeats(struct intake *intake, const struct layer *layer,
                                  struct sv_list repeats)
{
    struct sv_list list = { 0 };

    for (size_t i = 0; i < repeats.count; i++) {
        struct sv now = map_id(intake, repeats.items[i]);

        if (sv_is_absent(now) && layer_claim(layer, repeats.items[i]))
            now = repeats.items[i];
        if (sv_is_absent(now))
            leftovers_add(&intake->in->left, "ids under 'repeats' that are not there");
        else
            sv_list_add(&intake->in->arena, &list, now);
    }
    return list;
}

static void put_records(struct intake *intake, const bool *is_there)
{
    for (size_t i = 0; i < intake->in->count; i++) {
        struct incoming_record *record = &intake->in->records[i];
        struct intake_layer *layer;

        if (record->is_out || is_there[i] || !section_has_parts(record->section))
            continue;
        layer = find_layer(intake, record->article);
        if (record->section == SECTION_CLAIMS) {
            struct claim *copy = record_edit(&intake->in->arena, KIND_CLAIM, record->rec);

            copy->repeats = map_repeats(intake, &layer->file.layer, copy->repeats);
            record->rec = copy;
        }
        put(intake, layer, record, record->rec);
    }
}

// ---- links

static struct intake_layer *layer_of_claim(const struct intake *intake, struct sv claim)
{
    for (size_t i = 0; i < intake->count && !sv_is_absent(claim); i++)
        if (layer_claim(&intake->layers[i].file.layer, claim))
            return &intake->layers[i];
    return NULL;
}

// The id here of a record that the file names, or the very id when it stands in an own layer.
static struct sv claim_here(const struct intake *intake, struct sv id)
{
    struct sv now = map_id(intake, id);

    return !sv_is_absent(now)                                      ? now
           : !sv_is_absent(id) && intake_is_own(intake->space, id) ? id
                                                                   : (struct sv){ 0 };
}

// Put in a record that names others, when all it names is what it is here.
static void put_late(struct intake *intake, struct intake_layer *layer,
                     struct incoming_record *record, void *rec)
{
    struct record *named = rec;
    struct sv id = named->id;
    bool is_there;

    record->rec = rec;
    record->article = layer->article;
    layer->is_named = true;
    if (is_double(intake, record))
        return;
    named->id = decide_id(intake, layer, record, &is_there);
    if (!sv_is_absent(id)) {
        add_mapped(intake, id, named->id);
        if (!is_there && !sv_eq(id, named->id))
            tell_new_id(intake, record, id, named->id);
    }
    if (!is_there)
        put(intake, layer, record, rec);
}

static void put_link(struct intake *intake, struct incoming_record *record)
{
    struct link *link = record_edit(&intake->in->arena, KIND_LINK, record->rec);
    struct target *to = record_edit(&intake->in->arena, KIND_TARGET, link->to);
    const struct scheme *scheme = &intake->space->cli->workspace.scheme;
    struct intake_layer *layer;

    if (record->is_foreign && !scheme_find(scheme, VOCAB_LINK, link->type)) {
        record->is_out = true;
        leftovers_add(&intake->in->left,
                      "links of the type '" SV_FMT "', which the scheme does not have",
                      SV_ARG(link->type));
        return;
    }
    link->from = claim_here(intake, link->from);
    layer = layer_of_claim(intake, link->from);
    if (!sv_is_absent(to->claim)) {
        to->claim = claim_here(intake, to->claim);
        if (sv_is_absent(to->claim))
            layer = NULL;
    }
    if (!layer) {
        record->is_out = true;
        leftovers_add(&intake->in->left, "links to or from claims that are not there");
        intake->unplaced++;
        return;
    }
    link->to = to;
    put_late(intake, layer, record, link);
}

static void put_links(struct intake *intake)
{
    for (size_t i = 0; i < intake->in->count; i++)
        if (intake->in->records[i].section == SECTION_LINKS && !intake->in->records[i].is_out)
            put_link(intake, &intake->in->records[i]);
}

// ---- comments

// The record here that a comment names, "ID" or "ANNOTATOR/ID"; absent when there is none.
static struct sv named_here(const struct intake *intake, struct sv name)
{
    size_t slash = sv_is_absent(name) ? SIZE_MAX : sv_find(name, SV("/"), 0);

    if (slash == SIZE_MAX)
        return claim_here(intake, name);
    return intake_used(intake->space, sv_sub(name, slash + 1, name.len)) ? name : (struct sv){ 0 };
}

static void put_comment(struct intake *intake, struct incoming_record *record)
{
    struct comment *comment = record_edit(&intake->in->arena, KIND_COMMENT, record->rec);
    struct intake_layer *layer =
        sv_is_absent(record->article) ? NULL : find_layer(intake, record->article);
    bool is_reply = !sv_is_absent(comment->reply_to);

    comment->about = named_here(intake, comment->about);
    if (is_reply)
        comment->reply_to = named_here(intake, comment->reply_to);
    if (layer && !sv_is_absent(comment->about) && is_reply == !sv_is_absent(comment->reply_to)) {
        put_late(intake, layer, record, comment);
        return;
    }
    record->is_out = true;
    leftovers_add(&intake->in->left, "comments on what is not there");
    intake->unplaced++;
}

// Replies after what they answer.
static void put_comments(struct intake *intake)
{
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < intake->in->count; i++) {
            struct incoming_record *record = &intake->in->records[i];
            const struct comment *comment = record->rec;

            if (record->section == SECTION_COMMENTS && !record->is_out &&
                sv_is_absent(comment->reply_to) == (round == 0))
                put_comment(intake, record);
        }
    }
}

// ---- heads

static void put_head(struct intake *intake, const struct incoming_head *head)
{
    struct intake_layer *layer = find_layer(intake, head->article);
    struct cp_span_list read;
    char sha256[65];

    if (!layer)
        return;
    read = layer->file.layer.head.read;
    article_sha256(layer->text.bytes, sha256);
    if (head->read.count && !sv_eq_cstr(head->sha256, sha256)) {
        leftovers_add(&intake->in->left, "what was read of a text that is another now");
    } else {
        for (size_t i = 0; i < head->read.count; i++)
            if (head->read.items[i].end <= article_cp_len(layer->article_text))
                read = cp_spans_add(&layer->file.layer.arena, read, head->read.items[i]);
        layer_set_read(&layer->file.layer, read);
    }
    if (layer->was_blank && sv_eq(head->state, SV(STATE_FINISHED)))
        layer->file.layer.head.state = SV(STATE_FINISHED);
    else if (!sv_is_absent(head->state) && !sv_eq(head->state, layer->file.layer.head.state))
        leftovers_add(&intake->in->left, "whether a reading is finished");
}

// Positions of a layer that is new count in the text as it is.
static void set_text(struct intake_layer *layer)
{
    struct layer *to = &layer->file.layer;
    struct text_state *state;
    char sha256[65];

    if (to->head.text)
        return;
    state = arena_new(&to->arena, sizeof(*state));
    article_sha256(layer->text.bytes, sha256);
    state->sha256 = sv_copy(&to->arena, sv_from(sha256));
    state->length = article_cp_len(layer->article_text);
    to->head.text = state;
}

// ---- all of it

static void drop_layers(struct intake *intake)
{
    for (size_t i = 0; i < intake->count; i++) {
        article_free(intake->layers[i].article_text);
        layer_file_release(&intake->layers[i].file);
        fs_text_release(&intake->layers[i].text);
    }
    mem_free(intake->layers);
    intake->layers = NULL;
    intake->count = intake->cap = 0;
}

static void begin_file(struct intake *intake, struct incoming *in)
{
    intake->in = in;
    intake->new_ids = 0;
    id_index_free(intake->seen);
    intake->seen = NULL;
    for (size_t i = 0; i < intake->count; i++) {
        struct intake_layer *layer = &intake->layers[i];

        layer->is_named = false;
        layer->placed = (struct placed){ 0 };
        layer->same = layer->kept = 0;
        for (enum section s = 0; s < SECTION__N; s++)
            layer->added[s] = 0;
    }
}

static void put_all(struct intake *intake)
{
    bool *is_there = mem_new(intake->in->count + 1);

    decide_ids(intake, is_there);
    put_records(intake, is_there);
    put_links(intake);
    put_comments(intake);
    mem_free(is_there);
    for (size_t i = 0; i < intake->in->head_count; i++)
        put_head(intake, &intake->in->heads[i]);
    for (size_t i = 0; i < intake->count; i++)
        set_text(&intake->layers[i]);
    if (intake->new_ids > IDS_TOLD)
        findings_add(&intake->in->findings, SEVERITY_WARNING, E_ID,
                     (struct err_at){ .path = intake->in->path },
                     "%zu more ids are used already, and are others here",
                     intake->new_ids - IDS_TOLD);
}

bool intake_take(struct intake *intake, struct incoming *in)
{
    struct err err = { 0 };

    begin_file(intake, in);
    find_articles(intake);
    if (name_layers(intake, &err)) {
        intake_step_begin(intake);
        put_all(intake);
    } else {
        findings_take(&in->findings, SEVERITY_ERROR, &err);
    }
    if (in->findings.errors)
        drop_layers(intake);
    return !in->findings.errors;
}

bool intake_save(struct intake *intake, struct err *err)
{
    for (size_t i = 0; i < intake->count; i++) {
        struct save_report report = { 0 };
        bool ok;

        if (!intake->layers[i].is_named)
            continue;
        ok = layer_file_save(&intake->layers[i].file, NULL, &report, err);
        (void)cli_report(intake->space->cli, &report.findings);
        save_report_release(&report);
        if (!ok)
            return false;
    }
    return true;
}

void intake_release(struct intake *intake)
{
    drop_layers(intake);
    mem_free(intake->notes);
    id_index_free(intake->seen);
    *intake = (struct intake){ 0 };
}
