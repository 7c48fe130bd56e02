// A claim's words and voices as one line, for cards, lists and messages. Declared in
// session/verbs.h.
#include "session/verbs.h"

static void add_voice(const struct registry *registry, const struct voice *voice, struct buf *out)
{
    if (!voice->source.len)
        buf_add_cstr(out, "?");
    else
        buf_add(out, registry_name(registry, voice->source));
    if (voice->unsure)
        buf_add_cstr(out, "?");
    if (voice->act.len)
        buf_addf(out, " " SV_FMT, SV_ARG(voice->act));
}

void verbs_chain(struct session *s, const struct reading *r, const struct claim *claim,
                 struct buf *out)
{
    (void)r;
    for (size_t i = 0; i < claim->attributed_to.count; i++) {
        const struct voice *voice = claim->attributed_to.items[i];

        if (i)
            buf_add_cstr(out, "; ");
        for (; voice; voice = voice->citing) {
            add_voice(session_registry(s), voice, out);
            if (voice->citing)
                buf_add_cstr(out, " › ");
        }
    }
}

// White space of any number becomes one blank.
static void add_flat(struct buf *out, struct sv text)
{
    bool is_pending = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            is_pending = true;
            continue;
        }
        if (is_pending)
            buf_add_char(out, ' ');
        is_pending = false;
        buf_add_char(out, c);
    }
}

void verbs_quote(const struct claim *claim, struct buf *out)
{
    for (size_t i = 0; i < claim->span.count; i++) {
        if (i)
            buf_add_cstr(out, " … ");
        add_flat(out, ((const struct part *)claim->span.items[i])->quote);
    }
}
