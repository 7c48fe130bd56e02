// The format named on the command line of export and import.
// Knows no form; what there is comes from exchange/formats.def.
#include "cli/form_operand.h"

static bool goes(const struct form *form, bool is_out)
{
    return is_out ? form->write != NULL : form->read != NULL;
}

enum form_id cli_form(struct cli *cli, bool is_out)
{
    const char *verb = is_out ? "exported" : "imported", *other = is_out ? "imported" : "exported";
    struct sv name = sv_from(cli->operands[0]);
    enum form_id found = form_find(name);
    struct buf list = { 0 };

    if (found && goes(form_get(found), is_out))
        return found;
    for (int id = FORM_NONE + 1; id < FORM__N; id++)
        if (goes(form_get((enum form_id)id), is_out))
            buf_addf(&list, "%s%s", list.len ? ", " : "", form_get((enum form_id)id)->name);
    if (found)
        (void)cli_usage(cli, "'%s' can only be %s; what can be %s: %s", cli->operands[0], other,
                        verb, buf_cstr(&list));
    else
        (void)cli_usage(cli, "there is no format '%s'; what can be %s: %s", cli->operands[0], verb,
                        buf_cstr(&list));
    buf_release(&list);
    return FORM_NONE;
}
