// The table of roles at run time.
// Knows colours by name alone; what a terminal makes of them is term/'s.
#include "tui/theme.h"

#include "base/bug.h"

enum { // the bare words of theme.def
    NORMAL = LOOK_NORMAL,
    BOLD = LOOK_BOLD,
    DIM = LOOK_DIM,
    UNDERLINE = LOOK_UNDERLINE,
    REVERSE = LOOK_REVERSE,
    STRONG = LOOK_STRONG,
};

static const struct theme themes[ROLE__N] = {
#define ROLE(id, letter, fg, bg, attrs, help)                                                      \
    [ROLE_##id] = { #id, letter, HUE_##fg, HUE_##bg, attrs, help },
#include "tui/theme.def"
#undef ROLE
};

const struct theme *theme_get(enum role role)
{
    BUG_ON((unsigned)role >= ROLE__N);
    return &themes[role];
}
