// What a renaming makes of the registry or the scheme.
// Never lets two things come to have one name: that is merging, and asks for its own command.
#include "store/rename_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "base/visible.h"
#include "model/registry.h"
#include "model/scheme.h"

// The file as it is being changed.
struct index_file {
    const struct swap *swap;
    const struct doc_shape *shape;
    const char *path;
    struct arena arena;
    struct doc *doc;
    struct doc_content content;
    struct list_head head; // of a file that is not there
};

static bool load(struct index_file *file, struct sv bytes, struct err *err)
{
    struct findings findings = { 0 };
    bool ok;

    doc_free(file->doc);
    file->doc = NULL;
    file->content = (struct doc_content){ 0 };
    ok = doc_load(file->shape, bytes, file->path, &file->arena, &file->content, &file->doc,
                  &findings, err);
    findings_release(&findings);
    if (ok && file->content.head)
        file->head = *(const struct list_head *)file->content.head;
    if (!file->head.gainsay)
        file->head.gainsay = GAINSAY_FORMAT;
    file->content.head = &file->head;
    return ok;
}

static void release(struct index_file *file)
{
    doc_free(file->doc);
    arena_release(&file->arena);
}

static size_t index_of(struct rec_list list, struct sv id)
{
    size_t i = 0;

    while (i < list.count && !sv_eq(((const struct record *)list.items[i])->id, id))
        i++;
    return i;
}

static const void *find(struct rec_list list, struct sv id)
{
    size_t i = index_of(list, id);

    return i < list.count ? list.items[i] : NULL;
}

// The list with `rec` at `index`: in the place of what is there, or before it; NULL: without what
// is there.
static struct rec_list with(struct arena *arena, struct rec_list list, size_t index,
                            const void *rec, bool is_before)
{
    const void **items = arena_new(arena, (list.count + 1) * sizeof(*items));
    size_t count = 0;

    for (size_t i = 0; i <= list.count; i++) {
        if (i == index && rec)
            items[count++] = rec;
        if (i < list.count && (i != index || is_before))
            items[count++] = list.items[i];
    }
    return (struct rec_list){ items, count };
}

static bool has_str(struct sv_list list, struct sv item)
{
    for (size_t i = 0; i < list.count; i++)
        if (sv_eq(list.items[i], item))
            return true;
    return false;
}

static struct sv_list with_str(struct arena *arena, struct sv_list list, struct sv item)
{
    struct sv *items = arena_new(arena, (list.count + 1) * sizeof(*items));

    for (size_t i = 0; i < list.count; i++)
        items[i] = list.items[i];
    items[list.count] = item;
    return (struct sv_list){ items, list.count + 1 };
}

static struct sv_list without_str(struct arena *arena, struct sv_list list, struct sv item)
{
    struct sv *items = arena_new(arena, (list.count + 1) * sizeof(*items));
    size_t count = 0;

    for (size_t i = 0; i < list.count; i++)
        if (!sv_eq(list.items[i], item))
            items[count++] = list.items[i];
    return (struct sv_list){ items, count };
}

// The file with `rec` in the place of the record with its id.
static void render_with(struct index_file *file, const void *rec, struct buf *out)
{
    struct doc_content content = file->content;
    struct rec_list *list = &content.sections[0];
    struct sv id = ((const struct record *)rec)->id;
    size_t at = index_of(*list, id);

    *list = with(&file->arena, *list, at, rec, false);
    doc_render(file->doc, &content, out);
}

static int by_id(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;

    return sv_cmp((*x)->id, (*y)->id);
}

// ---- registry

static bool refuse_unknown(const struct index_file *file, struct err *err)
{
    struct registry registry = { 0 };
    struct sv near;

    for (size_t i = 0; i < file->content.sections[0].count; i++)
        registry_put(&registry, file->content.sections[0].items[i]);
    near = registry_nearest(&registry, file->swap->old);
    if (near.len)
        err_set(err, E_DANGLING, ERR_NOWHERE,
                "no source '" SV_FMT "' in the registry; did you mean '" SV_FMT "'?",
                SV_ARG(file->swap->old), SV_ARG(near));
    else
        err_set(err, E_DANGLING, ERR_NOWHERE, "no source '" SV_FMT "' in the registry",
                SV_ARG(file->swap->old));
    registry_release(&registry);
    return false;
}

static bool check_free(const struct index_file *file, struct err *err)
{
    struct sv old = file->swap->old, new = file->swap->new;
    struct rec_list list = file->content.sections[0];

    if (find(list, new))
        return err_set(err, E_SOURCE, ERR_NOWHERE,
                       "'" SV_FMT "' is a source already; 'gainsay merge-sources " SV_FMT " " SV_FMT
                       "' makes the two one",
                       SV_ARG(new), SV_ARG(new), SV_ARG(old));
    for (size_t i = 0; i < list.count; i++) {
        const struct source *source = list.items[i];

        if (has_str(source->merged, new))
            return err_set(err, E_SOURCE, ERR_NOWHERE,
                           "'" SV_FMT "' stands for '" SV_FMT
                           "' since the two were merged; take another id",
                           SV_ARG(new), SV_ARG(source->id));
    }
    return true;
}

// For as long as layers change, the source has taken in its old self. With that its record, its
// lines as they are, moves to where the new id belongs; and stays there when the old id goes.
static bool move_source(struct index_file *file, struct sv bytes, struct buf *out,
                        struct buf *bridge, size_t *count, struct err *err)
{
    struct buf swapped = { 0 };
    struct source *edit;
    bool ok = check_free(file, err) &&
              doc_swap(file->shape, bytes, file->path, file->swap, &swapped, count, err) &&
              load(file, buf_sv(&swapped), err);

    if (ok) {
        struct rec_list *list = &file->content.sections[0];
        size_t at = index_of(*list, file->swap->new);
        const void **items = arena_new(&file->arena, list->count * sizeof(*items));

        memcpy(items, list->items, list->count * sizeof(*items));
        edit = record_edit(&file->arena, KIND_SOURCE, items[at]);
        edit->merged = with_str(&file->arena, edit->merged, file->swap->old);
        items[at] = edit;
        qsort(items, list->count, sizeof(*items), by_id);
        list->items = items;
        doc_render(file->doc, &file->content, bridge);
        ok = load(file, buf_sv(bridge), err);
    }
    if (ok) {
        edit = record_edit(&file->arena, KIND_SOURCE,
                           find(file->content.sections[0], file->swap->new));
        edit->merged = without_str(&file->arena, edit->merged, file->swap->old);
        render_with(file, edit, out);
    }
    buf_release(&swapped);
    return ok;
}

// The source has its new id: records may have the old one still, because a run was cut off or
// somebody wrote it by hand.
static bool finish_source(struct index_file *file, const struct source *source, struct buf *out,
                          size_t *count, struct err *err)
{
    struct source *edit = record_edit(&file->arena, KIND_SOURCE, source);
    struct buf alone = { 0 };

    edit->merged = without_str(&file->arena, source->merged, file->swap->old);
    render_with(file, edit, &alone);

    bool ok = doc_swap(file->shape, buf_sv(&alone), file->path, file->swap, out, count, err);

    *count += source->merged.count - edit->merged.count;
    buf_release(&alone);
    return ok;
}

static bool rename_source(struct index_file *file, struct sv bytes, struct buf *out,
                          struct buf *bridge, size_t *count, struct err *err)
{
    const struct source *source = find(file->content.sections[0], file->swap->new);

    if (find(file->content.sections[0], file->swap->old))
        return move_source(file, bytes, out, bridge, count, err);
    if (source)
        return finish_source(file, source, out, count, err);
    return refuse_unknown(file, err);
}

// ---- scheme

static bool refuse_word(const struct scheme *scheme, const struct swap *swap, struct sv word,
                        struct err *err)
{
    const struct word *near = scheme_nearest(scheme, swap->vocab, word);
    const char *vocab = vocab_name(swap->vocab);

    if (near)
        return err_set(err, E_WORD, ERR_NOWHERE,
                       "'" SV_FMT "' is no %s; did you mean '" SV_FMT "'?", SV_ARG(word), vocab,
                       SV_ARG(near->id));
    return err_set(err, E_WORD, ERR_NOWHERE, "'" SV_FMT "' is no %s", SV_ARG(word), vocab);
}

// Is `twin` what a run that was cut off put beside `word`?
static bool is_twin(struct arena *arena, const struct word *word, const struct word *twin)
{
    struct word *copy;

    if (!word || !twin)
        return false;
    copy = record_edit(arena, KIND_WORD, word);
    copy->id = twin->id;
    copy->key = twin->key;
    return !twin->key.len && record_eq(KIND_WORD, copy, twin);
}

// What the file says, with `values` for the vocabulary.
static void render_values(struct index_file *file, const struct vocabulary *own,
                          struct rec_list values, bool replaces, struct buf *out)
{
    struct vocabulary *edit = own ? record_edit(&file->arena, KIND_VOCABULARY, own)
                                  : arena_new(&file->arena, sizeof(*edit));

    edit->id = sv_from(vocab_name(file->swap->vocab));
    edit->replaces = replaces;
    edit->values = values;
    render_with(file, edit, out);
}

// A word of a built-in vocabulary: the file gets all its words, with the new one.
static void rename_values(struct index_file *file, const struct vocabulary *own,
                          struct rec_list values, bool replaces, struct buf *out,
                          struct buf *bridge)
{
    size_t at = index_of(values, file->swap->old);
    struct word *word = record_edit(&file->arena, KIND_WORD, values.items[at]);
    struct word *twin;

    word->id = file->swap->new;
    twin = record_edit(&file->arena, KIND_WORD, word);
    twin->key = (struct sv){ 0 };
    render_values(file, own, with(&file->arena, values, at + 1, twin, true), replaces, bridge);
    if (out)
        render_values(file, own, with(&file->arena, values, at, word, false), replaces, out);
}

// The program itself goes by this word.
static bool is_fixed(const struct swap *swap)
{
    return swap->vocab == VOCAB_LINK && sv_eq_cstr(swap->old, "corroborates");
}

static bool rename_word(struct index_file *file, struct sv bytes, struct buf *out,
                        struct buf *bridge, size_t *count, struct err *err)
{
    const struct swap *swap = file->swap;
    struct scheme scheme = *scheme_builtin();
    struct findings findings = { 0 };
    const struct vocabulary *own =
        find(file->content.sections[0], sv_from(vocab_name(swap->vocab)));
    struct rec_list values = own ? own->values : (struct rec_list){ 0 };
    const struct word *mine = find(values, swap->old), *twin = find(values, swap->new);

    scheme_extend(&scheme, &file->arena, (struct sv){ 0 }, file->content.sections[0], NULL, NULL,
                  &findings);
    findings_release(&findings);

    bool has_old = scheme_find(&scheme, swap->vocab, swap->old);
    bool has_new = scheme_find(&scheme, swap->vocab, swap->new);

    if (!has_old && !has_new)
        return refuse_word(&scheme, swap, swap->old, err);
    if (!has_old) { // records alone have it
        buf_add(out, bytes);
        return true;
    }
    if (is_twin(&file->arena, mine, twin)) {
        struct word *word = record_edit(&file->arena, KIND_WORD, mine);

        word->id = swap->new;
        values = with(&file->arena, values, index_of(values, swap->new), NULL, false);
        values = with(&file->arena, values, index_of(values, swap->old), word, false);
        render_values(file, own, values, own->replaces, out);
        *count = 1;
        return true;
    }
    if (has_new)
        return err_set(err, E_WORD, ERR_NOWHERE,
                       "'" SV_FMT "' is a value of %s already; take '" SV_FMT
                       "' out of the scheme, and the same command then renames it in the records",
                       SV_ARG(swap->new), vocab_name(swap->vocab), SV_ARG(swap->old));
    if (is_fixed(swap))
        return err_set(err, E_WORD, ERR_NOWHERE,
                       "'" SV_FMT "' keeps its name: what is corroborated follows from it",
                       SV_ARG(swap->old));
    if (mine) {
        rename_values(file, own, values, own->replaces, NULL, bridge);
        return doc_swap(file->shape, bytes, file->path, swap, out, count, err);
    }
    rename_values(file, own, scheme.vocabs[swap->vocab], true, out, bridge);
    *count = 1;
    return true;
}

bool rename_check(const struct swap *swap, struct err *err)
{
    struct sv new = swap->new;
    bool is_id = swap->kind == SWAP_SOURCE || swap->kind == SWAP_WORD;

    if (is_id && !source_id_is_valid(new))
        return err_set(err, swap->kind == SWAP_WORD ? E_WORD : E_SOURCE, ERR_NOWHERE,
                       "'" SV_FMT "' must be letters and digits, with - . _ inside", SV_ARG(new));
    if (sv_is_blank(new) || sv_trim(new).len != new.len)
        return err_set(err, E_SHAPE, ERR_NOWHERE,
                       "'" SV_FMT "' must be words without blanks at the ends", SV_ARG(new));
    for (size_t i = 0, size; i < new.len; i += size) {
        int32_t cp = utf8_decode(sv_sub(new, i, new.len), &size);

        if (cp < 0 || cp_is_hidden(cp))
            return err_set(err, E_SHAPE, ERR_NOWHERE,
                           "'" SV_FMT "' must be one line of printable UTF-8", SV_ARG(new));
    }
    return true;
}

bool rename_index(const struct swap *swap, const struct doc_shape *shape, struct sv bytes,
                  const char *path, struct buf *out, struct buf *bridge, size_t *count,
                  struct err *err)
{
    struct index_file file = { .swap = swap, .shape = shape, .path = path };
    bool ok = load(&file, bytes, err);

    if (ok && swap->kind == SWAP_SOURCE)
        ok = rename_source(&file, bytes, out, bridge, count, err);
    else if (ok)
        ok = rename_word(&file, bytes, out, bridge, count, err);
    release(&file);
    return ok;
}
