// Commands that look into the other article for what tells of the same, or tells it otherwise.
// Never change data.
#include "tui/app.h"

#include "tui/clashing.h"
#include "tui/related.h"

bool cmd_alike(struct app *app, enum command_id id, int count, key_num arg, struct sv line)
{
    (void)arg, (void)line;
    if (id == COMMAND_RELATED)
        related_list(app);
    else if (id == COMMAND_CLASH)
        clashing_next(app, count);
    else if (id == COMMAND_QUOTATIONS)
        related_quotations(app);
    else
        return false;
    return true;
}
