// How the panes stand, as words that outlive a sitting.
// Never says which articles are open: their places are kept by who opens them.
#include "tui/looks.h"

#include "tui/list.h"

static const struct {
    const char *word;
    size_t member; // of struct app, a bool
    bool value;    // that the word stands for; at first it is the other
} looks[] = {
    { "beside", offsetof(struct app, is_beside), true },
    { "loose", offsetof(struct app, is_bound), false },
    { "plain", offsetof(struct app, is_margin_on), false },
    { "sidebar", offsetof(struct app, is_list_beside), true },
};

void looks_get(const struct app *app, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
        const bool *member = (const void *)((const char *)app + looks[i].member);

        if (*member == looks[i].value)
            buf_addf(out, "%s%s", out->len ? " " : "", looks[i].word);
    }
}

void looks_set(struct app *app, struct sv words)
{
    struct sv word;

    while (sv_split(&words, ' ', &word))
        for (size_t i = 0; i < ARRAY_LEN(looks); i++)
            if (sv_eq_cstr(word, looks[i].word))
                *(bool *)(void *)((char *)app + looks[i].member) = looks[i].value;
    if (app->is_list_beside && !app->list)
        app->list = claim_list_new(app);
}
