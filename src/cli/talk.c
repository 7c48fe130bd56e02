// Threads of comments: found in the layers that may be seen, and printed.
// Says nothing of a layer that a team that works blind hides.
#include "cli/talk.h"

#include <string.h>

#include "base/mem.h"
#include "cli/claim_text.h"

#define MINUTE_CHARS 16 // 2026-11-25T21:14

// ---- finding

static void load_talker(struct cli *cli, struct library *library, const char *annotator,
                        struct sv article)
{
    struct findings findings = { 0 };
    struct layer_file file;
    struct buf path = { 0 };
    struct err err = { 0 };

    workspace_layer_path(&cli->workspace, sv_from(annotator), article, &path);
    if (layer_file_may_talk(buf_cstr(&path))) {
        if (layer_file_load(&cli->workspace, sv_from(annotator), article, &file, &findings, &err)) {
            MEM_GROW(library->talkers, library->talker_count, library->talker_cap);
            library->talkers[library->talker_count++] = file;
        } else {
            (void)cli_fail(cli, &err);
            layer_file_release(&file);
        }
    }
    findings_release(&findings); // for `check`
    buf_release(&path);
}

static bool is_loaded(const struct library *library, const char *annotator)
{
    for (size_t i = 0; i < library->annotator_count; i++)
        if (!strcmp(library->annotators[i].name, annotator))
            return true;
    return false;
}

// Of annotators that were not asked for: they may have said something about what was.
static void load_talkers(struct cli *cli, struct library *library, struct sv article)
{
    struct fs_names names = { 0 };
    struct err err = { 0 };

    if (!workspace_annotators(&cli->workspace, &names, &err))
        (void)cli_fail(cli, &err);
    for (size_t i = 0; i < names.count; i++) {
        struct fs_names articles = { 0 };

        if (is_loaded(library, names.items[i]))
            continue;
        if (!library_articles(&cli->workspace, names.items[i], &articles, &err))
            (void)cli_fail(cli, &err);
        for (size_t j = 0; j < articles.count; j++) {
            struct sv id = sv_from(articles.items[j]);

            if ((sv_is_absent(article) || sv_eq(article, id)) &&
                library_shows(library, sv_from(names.items[i]), id))
                load_talker(cli, library, names.items[i], id);
        }
        fs_names_release(&articles);
    }
    fs_names_release(&names);
}

void talk_find(struct cli *cli, struct library *library, struct sv article)
{
    const struct layer **layers;
    size_t count = 0;

    load_talkers(cli, library, article);
    layers = mem_new((library->layer_count + library->talker_count) * sizeof(*layers));
    for (size_t i = 0; i < library->layer_count; i++)
        layers[count++] = library_layer_of(&library->layers[i]);
    for (size_t i = 0; i < library->talker_count; i++)
        layers[count++] = &library->talkers[i].layer;
    threads_find(layers, count, &library->threads);
    mem_free(layers);
}

// ---- printing

void thread_words(const struct thread *thread, struct buf *out)
{
    struct rec_list parts;

    if (!thread->rec)
        return;
    parts = record_parts(thread->section, thread->rec);
    for (size_t i = 0; i < parts.count; i++)
        buf_addf(out, "%s" SV_FMT, i ? " … " : "",
                 SV_ARG(((const struct part *)parts.items[i])->quote));
}

void out_thread(struct out *out, const struct thread *thread, int indent)
{
    struct para para = { 0 };

    for (size_t i = 0; i < thread->count; i++) {
        const struct comment *comment = thread->items[i].comment;

        para_add(&para, STYLE_SOURCE, thread->items[i].layer->head.annotator);
        para_addf(&para, STYLE_LABEL, "  " SV_FMT "  ",
                  SV_ARG(sv_sub(comment->created, 0, MINUTE_CHARS)));
        para_add(&para, STYLE_HEAD, comment->kind);
        para_add(&para, STYLE_PLAIN, comment->kind.len && comment->text.len ? SV(": ") : SV(""));
        para_add_flat(&para, STYLE_PLAIN, sv_trim(comment->text));
        out_para(out, &para, indent, indent + 4);
    }
}

struct jnode *thread_node(const struct thread *thread)
{
    struct jnode *map = jnode_map(), *about = jnode_map(), *list = jnode_list();
    struct buf words = { 0 };

    thread_words(thread, &words);
    jnode_set_text(about, "annotator", thread->about.annotator);
    jnode_set_text(about, "id", thread->about.id);
    jnode_set_text(about, "quote", buf_sv(&words));
    jnode_set_text(map, "article", thread->article);
    jnode_set(map, "about", about);
    jnode_set(map, "open", jnode_bool(thread->is_open));
    for (size_t i = 0; i < thread->count; i++) {
        struct jnode *said = jnode_map();

        jnode_set_text(said, "annotator", thread->items[i].layer->head.annotator);
        jnode_add_fields(said, KIND_COMMENT, thread->items[i].comment);
        jnode_add(list, said);
    }
    jnode_set(map, "comments", list);
    buf_release(&words);
    return map;
}
