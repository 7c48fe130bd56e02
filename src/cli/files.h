// Files of a workspace as `check` and `fmt` go through them.
#ifndef GAINSAY_CLI_FILES_H
#define GAINSAY_CLI_FILES_H

#include "cli/context.h"
#include "store/doc.h"

struct yaml_file {
    struct buf path;               // absolute
    const struct doc_shape *shape;
    bool leads_out;                // a link out of the workspace: never to be opened
};
struct yaml_files {
    struct yaml_file *items; // corpus, then annotations, each sorted by path
    size_t count, cap;
};

// Every YAML file of the workspace.
MUST_CHECK bool yaml_files_find(const struct workspace *ws, struct yaml_files *out,
                                struct err *err);
void yaml_files_release(struct yaml_files *files);

// Files and folders named on the command line, for choosing among those of the workspace.
struct choice {
    struct fs_names paths; // absolute, links followed; none: everything is chosen
};
// Operands from the command line; false (E_SYSTEM) when one is not there, or lies outside the workspace.
MUST_CHECK bool choice_make(const struct cli *cli, struct choice *out, struct err *err);
// Is `path`, absolute or relative to the root, one of them or below one of them?
bool choice_has(const struct choice *choice, const struct workspace *ws, const char *path);
void choice_release(struct choice *choice);

#endif
