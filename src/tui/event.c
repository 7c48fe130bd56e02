// Names of keys, as commands.def, scripts and the help screen write them.
// Never reads a terminal: term/ makes events, this file only spells them.
#include "tui/event.h"

#include <string.h>

#include "base/attr.h"
#include "base/visible.h"

struct named_key {
    key_num key;
    const char *name;
};

// The first name of a key is the one printed.
static const struct named_key names[] = {
    { 27, "Esc" },
    { 13, "Enter" },
    { 9, "Tab" },
    { 127, "Backspace" },
    { ' ', "Space" },
    { '<', "lt" },
    { KEYCODE_UP, "Up" },
    { KEYCODE_DOWN, "Down" },
    { KEYCODE_LEFT, "Left" },
    { KEYCODE_RIGHT, "Right" },
    { KEYCODE_HOME, "Home" },
    { KEYCODE_END, "End" },
    { KEYCODE_PAGE_UP, "PageUp" },
    { KEYCODE_PAGE_DOWN, "PageDown" },
    { KEYCODE_DELETE, "Delete" },
    { KEYCODE_BACK_TAB, "S-Tab" },
    { 13, "CR" },
};

static bool parse_hex(struct sv s, key_num *key)
{
    int32_t value = 0;

    if (!s.len || s.len > 6)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        const char *digits = "0123456789ABCDEF";
        const char *digit = memchr(digits, s.ptr[i], 16);

        if (!digit)
            return false;
        value = value * 16 + (int32_t)(digit - digits);
    }
    *key = value;
    return value <= 0x10FFFF;
}

// The name between < and >.
static bool parse_name(struct sv name, key_num *key)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (sv_eq_cstr(name, names[i].name)) {
            *key = names[i].key;
            return true;
        }
    }
    if (sv_starts(name, SV("U+")))
        return parse_hex(sv_sub(name, 2, name.len), key);
    if (name.len != 3 || !sv_starts(name, SV("C-")))
        return false;

    char c = name.ptr[2];

    if (c >= 'a' && c <= 'z')
        *key = c - 'a' + 1;
    else if (c >= '@' && c <= '_')
        *key = c - '@';
    else
        return false;
    return true;
}

void key_add_name(key_num key, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (names[i].key == key) {
            buf_addf(out, "<%s>", names[i].name);
            return;
        }
    }
    if (key >= 1 && key <= 26)
        buf_addf(out, "<C-%c>", 'a' + key - 1);
    else if (key >= 0 && key < 32)
        buf_addf(out, "<C-%c>", '@' + key);
    else if (key < 0 || cp_is_hidden(key))
        buf_addf(out, "<U+%04X>", (unsigned)key);
    else
        utf8_add(out, key);
}

bool key_parse(struct sv *rest, key_num *key)
{
    if (!rest->len)
        return false;

    size_t size;
    int32_t cp = utf8_decode(*rest, &size);

    if (cp == '<') {
        size_t close = sv_find(*rest, SV(">"), 0);

        if (close == SIZE_MAX || !parse_name(sv_sub(*rest, 1, close), key))
            return false;
        size = close + 1;
    } else if (cp < 0) {
        return false;
    } else {
        *key = cp;
    }
    *rest = sv_sub(*rest, size, rest->len);
    return true;
}
