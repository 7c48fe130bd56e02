// How each role looks: the table of theme.def for term/, tests and the manual.
#ifndef GAINSAY_TUI_THEME_H
#define GAINSAY_TUI_THEME_H

#include "tui/grid.h"

enum hue { // the eight colours every terminal has; DEFAULT leaves its own
    HUE_DEFAULT = -1,
    HUE_BLACK,
    HUE_RED,
    HUE_GREEN,
    HUE_YELLOW,
    HUE_BLUE,
    HUE_MAGENTA,
    HUE_CYAN,
    HUE_WHITE,
};

enum look { // or-ed
    LOOK_NORMAL = 0,
    LOOK_BOLD = 1 << 0,
    LOOK_DIM = 1 << 1,
    LOOK_UNDERLINE = 1 << 2,
    LOOK_REVERSE = 1 << 3,
    LOOK_STRONG = 1 << 4, // bold where there are no colours: bytes are saved where there are
};

struct theme {
    const char *name; // "CLAIM"
    char letter;      // in golden screens
    enum hue fg, bg;
    unsigned look; // enum look
    const char *help;
};

const struct theme *theme_get(enum role role);

#endif
