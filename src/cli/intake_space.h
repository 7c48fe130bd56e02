// What an import knows of the workspace, for all of its files.
#ifndef GAINSAY_CLI_INTAKE_SPACE_H
#define GAINSAY_CLI_INTAKE_SPACE_H

#include "cli/context.h"
#include "model/index.h"
#include "store/files.h"

struct used_id {
    struct sv id;
    const char *path; // of the layer, relative to the workspace
};

struct intake_space {
    struct cli *cli;
    struct arena arena;
    struct id_index *ids;      // struct used_id: every id of every layer, those that come in too
    struct id_index *mapped;   // struct mapped_id: ids of the files read so far, as they are here
    struct address *addresses; // of the articles, by their metadata; made when one is asked for
    size_t address_count;
    bool has_addresses;
    struct rng rng; // for new ids
};

// Read the ids of all layers, those of others too. A layer that cannot be read is told and has none.
void intake_space_open(struct cli *cli, struct intake_space *out);
void intake_space_release(struct intake_space *space);

const struct used_id *intake_used(const struct intake_space *space, struct sv id); // or NULL
void intake_use(struct intake_space *space, const struct layer_file *file, struct sv id);
// Does the id stand in a layer of whoever imports?
bool intake_is_own(const struct intake_space *space, struct sv id);

// The article of the corpus that a file means: by its id, by an address in its metadata, by --article, or when it says
// nothing by the name of the file. Absent when there is none.
struct sv intake_article(struct intake_space *space, const char *path, struct sv name,
                         struct sv address);

#endif
