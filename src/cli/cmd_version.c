// --version: the program, its libraries, and which Unicode each of them knows.
// Asks the libraries that run, not the headers they were built with.
#include "cli/context.h"

#include "base/version.h"
#include "exchange/html.h"
#include "exchange/json.h"
#include "store/yaml.h"
#include "text/find.h"
#include "text/glyph.h"

static const char *const columns[] = { "name", "version" };

int cmd_version(struct cli *cli)
{
    void (*const libraries[])(struct buf * out) = {
        cli->hooks->add_library,
        glyph_library,
        finder_library,
        yaml_library,
        json_library,
        html_library,
        article_library,
    };
    struct table table;

    table_init(&table, columns, ARRAY_LEN(columns));
    table_add(&table, SV("gainsay"));
    table_add(&table, SV(GAINSAY_VERSION));
    table_add(&table, SV("format"));
    table_addf(&table, "%d", GAINSAY_FORMAT);
    for (size_t i = 0; i < ARRAY_LEN(libraries); i++) {
        struct buf text = { 0 };
        struct sv rest, name;

        libraries[i](&text);
        rest = buf_sv(&text);
        while (sv_split(&rest, ' ', &name)) { // "utf8proc 2.8.0 Unicode 15.0.0": pairs
            struct sv version = SV("");

            (void)sv_split(&rest, ' ', &version);
            table_add(&table, name);
            table_add(&table, version);
        }
        buf_release(&text);
    }
    table_print(&table, cli->format, &cli->out);
    table_release(&table);
    return 0;
}
