// What an import knows of the workspace: every id in use, and which article a file means.
// Reads layers and metadata; changes nothing.
#include "cli/intake_space.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "cli/library.h"

struct address {
    struct sv url; // without scheme, fragment and slash at the end
    struct sv article;
};

// ---- the workspace

static void use_ids(struct intake_space *space, const struct layer *layer, const char *path)
{
    for (enum section s = 0; s < SECTION__N; s++) {
        for (size_t i = 0; i < layer->sections[s].count; i++) {
            const struct record *rec = layer->sections[s].items[i];
            struct used_id *used = arena_new(&space->arena, sizeof(*used));

            used->id = sv_copy(&space->arena, rec->id);
            used->path = path;
            id_index_put(&space->ids, used);
        }
    }
}

static void use_layer(struct intake_space *space, const char *annotator, const char *article)
{
    struct findings findings = { 0 };
    struct layer_file file;
    struct err err = { 0 };

    if (layer_file_load(&space->cli->workspace, sv_from(annotator), sv_from(article), &file,
                        &findings, &err)) {
        const char *name = layer_file_name(&file);

        use_ids(space, &file.layer, arena_copy(&space->arena, name, strlen(name)));
    } else {
        (void)cli_fail(space->cli, &err);
    }
    findings_release(&findings); // for `check`
    layer_file_release(&file);
}

void intake_space_open(struct cli *cli, struct intake_space *out)
{
    struct fs_names annotators = { 0 };
    struct err err = { 0 };

    *out = (struct intake_space){ .cli = cli };
    rng_init(&out->rng);
    if (!workspace_annotators(&cli->workspace, &annotators, &err))
        (void)cli_fail(cli, &err);
    for (size_t i = 0; i < annotators.count; i++) {
        struct fs_names articles = { 0 };

        if (!library_articles(&cli->workspace, annotators.items[i], &articles, &err))
            (void)cli_fail(cli, &err);
        for (size_t j = 0; j < articles.count; j++)
            use_layer(out, annotators.items[i], articles.items[j]);
        fs_names_release(&articles);
    }
    fs_names_release(&annotators);
}

void intake_space_release(struct intake_space *space)
{
    id_index_free(space->ids);
    id_index_free(space->mapped);
    mem_free(space->addresses);
    arena_release(&space->arena);
    *space = (struct intake_space){ 0 };
}

// ---- ids

const struct used_id *intake_used(const struct intake_space *space, struct sv id)
{
    return space->ids && !sv_is_absent(id) ? id_index_find(space->ids, id) : NULL;
}

void intake_use(struct intake_space *space, const struct layer_file *file, struct sv id)
{
    struct used_id *used = arena_new(&space->arena, sizeof(*used));
    const char *name = layer_file_name(file);

    used->id = sv_copy(&space->arena, id);
    used->path = arena_copy(&space->arena, name, strlen(name));
    id_index_put(&space->ids, used);
}

bool intake_is_own(const struct intake_space *space, struct sv id)
{
    const struct used_id *used = intake_used(space, id);
    struct buf folder = { 0 };
    bool is_own;

    buf_addf(&folder, "annotations/%s/", buf_cstr(&space->cli->annotator));
    is_own = used && sv_starts(sv_from(used->path), buf_sv(&folder));
    buf_release(&folder);
    return is_own;
}

// ---- articles

static struct sv bare_url(struct sv url)
{
    size_t fragment = sv_find(url, SV("#"), 0);

    url = sv_sub(url, 0, fragment == SIZE_MAX ? url.len : fragment);
    if (sv_starts(url, SV("https://")))
        url = sv_sub(url, sizeof("https://") - 1, url.len);
    else if (sv_starts(url, SV("http://")))
        url = sv_sub(url, sizeof("http://") - 1, url.len);
    return sv_ends(url, SV("/")) ? sv_sub(url, 0, url.len - 1) : url;
}

static void load_addresses(struct intake_space *space)
{
    const struct fs_names *articles = workspace_articles(&space->cli->workspace);

    space->has_addresses = true;
    space->addresses = mem_new((articles->count + 1) * sizeof(*space->addresses));
    for (size_t i = 0; i < articles->count; i++) {
        struct findings findings = { 0 };
        struct meta_file meta = { 0 };
        struct err err = { 0 };
        struct sv id = sv_from(articles->items[i]);

        if (!meta_file_load(&space->cli->workspace, id, &meta, &findings, &err))
            (void)cli_fail(space->cli, &err);
        else if (meta.meta.url.len)
            space->addresses[space->address_count++] =
                (struct address){ sv_copy(&space->arena, bare_url(meta.meta.url)), id };
        findings_release(&findings);
        meta_file_release(&meta);
    }
}

static bool find_address(struct intake_space *space, struct sv url, struct sv *id)
{
    if (!space->has_addresses)
        load_addresses(space);
    for (size_t i = 0; i < space->address_count; i++) {
        if (sv_eq(space->addresses[i].url, bare_url(url))) {
            *id = space->addresses[i].article;
            return true;
        }
    }
    return false;
}

// The longest end of the file's path, without its ending, that is an article.
static bool find_by_path(const struct intake_space *space, const char *path, struct sv *id)
{
    const struct workspace *ws = &space->cli->workspace;
    struct sv rest = sv_from(path);
    struct sv name = sv_from(fs_base_name(path));
    size_t dot = name.len;

    while (dot && name.ptr[dot - 1] != '.')
        dot--;
    if (dot > 1)
        rest.len -= name.len - (dot - 1);
    for (;;) {
        size_t slash = sv_find(rest, SV("/"), 0);

        if (workspace_find_article(ws, rest, id))
            return true;
        if (slash == SIZE_MAX)
            break;
        rest = sv_sub(rest, slash + 1, rest.len);
    }

    struct err err = { 0 };
    char *typed = mem_copy(rest.ptr, rest.len);
    bool ok = rest.len && workspace_resolve(ws, typed, id, &err);

    err_release(&err);
    mem_free(typed);
    return ok;
}

struct sv intake_article(struct intake_space *space, const char *path, struct sv name,
                         struct sv address)
{
    struct cli *cli = space->cli;
    struct err err = { 0 };
    struct sv id = { 0 };

    if (!sv_is_absent(name) && workspace_find_article(&cli->workspace, name, &id))
        return id;
    if (!sv_is_absent(address) && find_address(space, address, &id))
        return id;
    if (cli->values[OPT_IMPORT_ARTICLE]) {
        if (!workspace_resolve(&cli->workspace, cli->values[OPT_IMPORT_ARTICLE], &id, &err))
            err_release(&err); // was said before the first file was read
    } else if (sv_is_absent(name)) {
        (void)find_by_path(space, path, &id);
    }
    return id;
}
