// Bytes of a terminal to events, by the sequences all terminals share and the description's own.
// Never reads, never waits, and never lets a byte of a sequence or a paste through as a key.
#include "term/keys.h"

#include <string.h>

#include "base/mem.h"
#include "base/visible.h"

#define ESC          27
#define REPLACEMENT  0xFFFD
#define SEQUENCE_MAX 64 // bytes; a longer control sequence is noise

static const struct sv paste_begin = { "\033[200~", 6 };
static const struct sv paste_end = { "\033[201~", 6 };

// What one look at the front of the input came to.
enum step {
    STEP_NOTHING, // no input
    STEP_MORE,    // unfinished
    STEP_SKIPPED, // something was taken that is no event
    STEP_EVENT,
};

// Keys by the last byte of `ESC [ ... X` and `ESC O X`.
static const struct {
    char last;
    bool is_keypad_only; // after ESC O alone
    key_num key;
} by_letter[] = {
    { 'A', false, KEYCODE_UP },       { 'B', false, KEYCODE_DOWN }, { 'C', false, KEYCODE_RIGHT },
    { 'D', false, KEYCODE_LEFT },     { 'F', false, KEYCODE_END },  { 'H', false, KEYCODE_HOME },
    { 'Z', false, KEYCODE_BACK_TAB }, { 'M', true, '\r' },          { 'I', true, '\t' },
};

// Keys by the number of `ESC [ N ~`.
static const struct {
    int number;
    key_num key;
} by_number[] = {
    { 1, KEYCODE_HOME }, { 3, KEYCODE_DELETE },  { 4, KEYCODE_END },       { 7, KEYCODE_HOME },
    { 8, KEYCODE_END },  { 5, KEYCODE_PAGE_UP }, { 6, KEYCODE_PAGE_DOWN },
};

static struct sv rest(const struct keys *keys)
{
    return sv_sub(buf_sv(&keys->in), keys->at, keys->in.len);
}

static enum step take_key(struct keys *keys, size_t size, key_num key, struct event *out)
{
    keys->at += size;
    *out = (struct event){ .type = EVENT_KEY, .key = key };
    return STEP_EVENT;
}

static enum step skip(struct keys *keys, size_t size)
{
    keys->at += size;
    return STEP_SKIPPED;
}

// Bytes that a UTF-8 sequence beginning with `lead` should have; 1 for ASCII and for what cannot
// begin one.
static size_t utf8_size(unsigned char lead)
{
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    if (lead >= 0xE0)
        return lead < 0xF0 ? 3 : 1;
    return lead >= 0xC2 ? 2 : 1;
}

static bool is_unfinished_utf8(struct sv in)
{
    size_t want = utf8_size((unsigned char)in.ptr[0]);

    if (in.len >= want)
        return false;
    for (size_t i = 1; i < in.len; i++)
        if (((unsigned char)in.ptr[i] & 0xC0) != 0x80)
            return false;
    return true;
}

static enum step next_character(struct keys *keys, bool is_late, struct event *out)
{
    struct sv in = rest(keys);
    size_t size;
    int32_t cp = utf8_decode(in, &size);

    if (cp < 0 && !is_late && is_unfinished_utf8(in))
        return STEP_MORE;
    return take_key(keys, size, cp < 0 ? REPLACEMENT : cp, out);
}

// Read a number off the front; -1 when there is none.
static int read_number(struct sv *s)
{
    int number = -1;

    while (s->len && s->ptr[0] >= '0' && s->ptr[0] <= '9') {
        if (number < 0)
            number = 0;
        if (number < 100000)
            number = number * 10 + (s->ptr[0] - '0');
        *s = sv_sub(*s, 1, s->len);
    }
    return number;
}

// `ESC [ < BUTTON ; COLUMN ; ROW M` (press) or m (release): SGR mouse.
static enum step take_mouse(struct keys *keys, size_t size, struct event *out)
{
    struct sv s = sv_sub(rest(keys), 3, size);
    int values[3];

    for (size_t i = 0; i < 3; i++) {
        values[i] = read_number(&s);
        if (values[i] < 0)
            return skip(keys, size);
        s = sv_sub(s, i < 2 ? 1 : 0, s.len);
    }

    int button = values[0] & ~(4 | 8 | 16); // Shift, Alt, Ctrl
    int number = button == 0 ? 1 : button == 64 ? 4 : button == 65 ? 5 : 0;

    if (!sv_eq_cstr(s, "M") || !number || values[1] < 1 || values[2] < 1)
        return skip(keys, size);
    keys->at += size;
    *out = (struct event){
        .type = EVENT_MOUSE, .col = values[1] - 1, .row = values[2] - 1, .button = number
    };
    return STEP_EVENT;
}

// A whole control sequence of `size` bytes, ESC [ and the last byte counted.
static enum step take_sequence(struct keys *keys, size_t size, struct event *out)
{
    struct sv s = sv_sub(rest(keys), 0, size);
    char last = s.ptr[size - 1];
    struct sv parameters = sv_sub(s, 2, size - 1);

    if (sv_eq(s, paste_begin)) {
        keys->is_pasting = true;
        buf_clear(&keys->paste);
        return skip(keys, size);
    }
    if (s.ptr[2] == '[') // a function key
        return skip(keys, size);
    if (s.ptr[2] == '<')
        return take_mouse(keys, size, out);
    if (sv_eq_cstr(s, "\033[I")) {
        keys->at += size;
        *out = (struct event){ .type = EVENT_WAKE };
        return STEP_EVENT;
    }
    if (last == '~') {
        int number = read_number(&parameters);

        for (size_t i = 0; i < ARRAY_LEN(by_number); i++)
            if (by_number[i].number == number)
                return take_key(keys, size, by_number[i].key, out);
        return skip(keys, size);
    }
    for (size_t i = 0; i < ARRAY_LEN(by_letter); i++)
        if (by_letter[i].last == last && !by_letter[i].is_keypad_only)
            return take_key(keys, size, by_letter[i].key, out);
    return skip(keys, size);
}

// ESC [ : up to and with the last byte, 0x40..0x7E.
static enum step next_sequence(struct keys *keys, bool is_late, struct event *out)
{
    struct sv in = rest(keys);
    size_t from = in.len > 2 && in.ptr[2] == '[' ? 3 : 2; // the Linux console has ESC [ [ A

    for (size_t i = from; i < in.len && i < SEQUENCE_MAX; i++) {
        unsigned char c = (unsigned char)in.ptr[i];

        if (c >= 0x40 && c <= 0x7E)
            return take_sequence(keys, i + 1, out);
        if (c < 0x20 || c > 0x7E) // broken off by something else
            return skip(keys, i);
    }
    if (in.len >= SEQUENCE_MAX)
        return skip(keys, SEQUENCE_MAX);
    return is_late ? take_key(keys, 1, ESC, out) : STEP_MORE;
}

// ESC O X: a key of the keypad or an arrow in application mode.
static enum step next_keypad(struct keys *keys, bool is_late, struct event *out)
{
    struct sv in = rest(keys);

    if (in.len < 3)
        return is_late ? take_key(keys, 1, ESC, out) : STEP_MORE;
    for (size_t i = 0; i < ARRAY_LEN(by_letter); i++)
        if (by_letter[i].last == in.ptr[2])
            return take_key(keys, 3, by_letter[i].key, out);
    if (in.ptr[2] >= 'j' && in.ptr[2] <= 'y') // * + , - . / 0..9
        return take_key(keys, 3, in.ptr[2] - 'j' + '*', out);
    if (in.ptr[2] >= 'P' && in.ptr[2] <= 'S') // F1..F4
        return skip(keys, 3);
    return take_key(keys, 1, ESC, out);
}

static enum step next_escape(struct keys *keys, bool is_late, struct event *out)
{
    struct sv in = rest(keys);

    if (in.len == 1)
        return is_late ? take_key(keys, 1, ESC, out) : STEP_MORE;
    if (in.ptr[1] == '[')
        return next_sequence(keys, is_late, out);
    if (in.ptr[1] == 'O')
        return next_keypad(keys, is_late, out);
    return take_key(keys, 1, ESC, out);
}

// The longest definition that stands at the front. MORE: a longer one may still come.
static enum step next_defined(struct keys *keys, bool is_late, struct event *out)
{
    struct sv in = rest(keys);
    const struct key_definition *best = NULL;

    for (size_t i = 0; i < keys->definition_count; i++) {
        const struct key_definition *d = &keys->definitions[i];

        if (in.len < d->len) {
            if (!is_late && !memcmp(d->bytes, in.ptr, in.len))
                return STEP_MORE;
        } else if (!memcmp(d->bytes, in.ptr, d->len) && (!best || d->len > best->len)) {
            best = d;
        }
    }
    return best ? take_key(keys, best->len, best->key, out) : STEP_NOTHING;
}

static void add_paste(struct keys *keys, size_t size)
{
    size_t room = KEYS_PASTE_MAX - keys->paste.len;

    buf_add(&keys->paste, sv_sub(rest(keys), 0, size < room ? size : room));
    keys->at += size;
}

// Bytes at the end of `in` that may be the beginning of the paste's end.
static size_t held_back(struct sv in)
{
    for (size_t n = paste_end.len - 1; n > 0; n--)
        if (in.len >= n && !memcmp(in.ptr + in.len - n, paste_end.ptr, n))
            return n;
    return 0;
}

static enum step give_paste(struct keys *keys, struct event *out)
{
    keys->is_pasting = keys->is_ending = false;
    *out = (struct event){ .type = EVENT_PASTE, .paste = buf_sv(&keys->paste) };
    return STEP_EVENT;
}

static enum step next_paste(struct keys *keys, bool is_late, struct event *out)
{
    struct sv in = rest(keys);
    size_t end = sv_find(in, paste_end, 0);

    if (end != SIZE_MAX) {
        add_paste(keys, end);
        keys->at += paste_end.len;
        keys->is_ending = true;
        return STEP_SKIPPED;
    }
    add_paste(keys, in.len - (is_late ? 0 : held_back(in)));
    return is_late ? give_paste(keys, out) : STEP_MORE;
}

// Behind the end of a paste. Text that holds such an end must not go on as keys: another one before
// a beginning tells that it did. What comes later was typed.
static enum step next_paste_end(struct keys *keys, bool is_late, struct event *out)
{
    struct sv in = rest(keys);
    size_t end = sv_find(in, paste_end, 0), begin = sv_find(in, paste_begin, 0);

    if (end != SIZE_MAX && (begin == SIZE_MAX || end < begin)) {
        add_paste(keys, end);
        keys->at += paste_end.len;
        return STEP_SKIPPED;
    }
    if (begin == SIZE_MAX && !is_late && in.len < KEYS_TAIL_MAX)
        return STEP_MORE;
    return give_paste(keys, out);
}

static enum step next_step(struct keys *keys, bool is_late, struct event *out)
{
    if (keys->is_ending)
        return next_paste_end(keys, is_late, out);
    if (keys->is_pasting)
        return next_paste(keys, is_late, out);
    if (keys->at == keys->in.len)
        return STEP_NOTHING;

    enum step step = next_defined(keys, is_late, out);

    if (step != STEP_NOTHING)
        return step;
    if (keys->in.ptr[keys->at] == ESC)
        return next_escape(keys, is_late, out);
    return next_character(keys, is_late, out);
}

void keys_release(struct keys *keys)
{
    buf_release(&keys->in);
    buf_release(&keys->paste);
    mem_free(keys->definitions);
    *keys = (struct keys){ 0 };
}

void keys_define(struct keys *keys, struct sv bytes, key_num key)
{
    if (!bytes.len || bytes.len > KEYS_DEFINITION_MAX)
        return;
    if (bytes.len == 1 && (unsigned char)bytes.ptr[0] >= ' ' && bytes.ptr[0] != 127)
        return;

    MEM_GROW(keys->definitions, keys->definition_count, keys->definition_cap);

    struct key_definition *d = &keys->definitions[keys->definition_count++];

    *d = (struct key_definition){ .len = bytes.len, .key = key };
    memcpy(d->bytes, bytes.ptr, bytes.len);
}

void keys_feed(struct keys *keys, struct sv bytes)
{
    if (keys->at) {
        buf_splice(&keys->in, 0, keys->at, sv_of("", 0));
        keys->at = 0;
    }
    buf_add(&keys->in, bytes);
}

bool keys_next(struct keys *keys, bool is_late, struct event *out)
{
    enum step step = STEP_SKIPPED;

    while (step == STEP_SKIPPED)
        step = next_step(keys, is_late, out);
    return step == STEP_EVENT;
}

int keys_wait_ms(const struct keys *keys)
{
    if (keys->is_ending)
        return KEYS_PASTE_END_MS;
    if (keys->is_pasting)
        return KEYS_PASTE_MS;
    return keys->at < keys->in.len ? KEYS_ESC_MS : -1;
}
