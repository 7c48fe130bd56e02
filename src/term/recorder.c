// A sitting as a script of keys: less than 80 columns a line, one line for whatever is no key.
// Never reads anything back, never stops the sitting: a failed write ends the recording silently.
#include "term/recorder.h"

#include "base/fs.h"
#include "base/visible.h"

#define LINE_MAX_BYTES 70 // of keys on one line

static void write_out(struct recorder *recorder)
{
    struct err err = { 0 };

    if (recorder->path && !fs_replace(recorder->path, buf_sv(&recorder->text), &err))
        recorder->path = NULL;
    err_release(&err);
}

static void end_keys(struct recorder *recorder)
{
    if (!recorder->line)
        return;
    buf_add_char(&recorder->text, '\n');
    recorder->line = 0;
    write_out(recorder);
}

static void add_key(struct recorder *recorder, key_num key)
{
    if (!recorder->line) {
        recorder->line = recorder->text.len;
        buf_add_cstr(&recorder->text, "keys ");
    }
    key_add_name(key, &recorder->text);
    if (recorder->text.len - recorder->line >= LINE_MAX_BYTES)
        end_keys(recorder);
}

// `word "text"` with the escapes that script.c reads.
static void add_quoted(struct recorder *recorder, const char *word, struct sv text)
{
    end_keys(recorder);
    buf_addf(&recorder->text, "%s \"", word);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '"' || c == '\\')
            buf_addf(&recorder->text, "\\%c", c);
        else if (c == '\n')
            buf_add_cstr(&recorder->text, "\\n");
        else if ((unsigned char)c < ' ' || c == 127)
            buf_addf(&recorder->text, "\\x%02X", (unsigned char)c);
        else
            buf_add_char(&recorder->text, c);
    }
    buf_add_cstr(&recorder->text, "\"\n");
    write_out(recorder);
}

bool recorder_open(struct recorder *recorder, const char *path, int rows, int cols, struct err *err)
{
    *recorder = (struct recorder){ .path = path };
    buf_addf(&recorder->text, "# a sitting of gainsay\nresize %dx%d\n", cols, rows);
    return fs_replace(path, buf_sv(&recorder->text), err);
}

void recorder_event(struct recorder *recorder, const struct event *event)
{
    if (!recorder->path)
        return;
    if (event->type == EVENT_KEY) {
        add_key(recorder, event->key);
        return;
    }
    if (event->type == EVENT_PASTE) {
        add_quoted(recorder, "paste", event->paste);
        return;
    }
    end_keys(recorder);
    switch (event->type) {
    case EVENT_RESIZE:
        buf_addf(&recorder->text, "resize %dx%d\n", event->cols, event->rows);
        break;
    case EVENT_MOUSE:
        buf_addf(&recorder->text, "mouse %d %d %d\n", event->row, event->col, event->button);
        break;
    case EVENT_WAKE:
        buf_add_cstr(&recorder->text, "wake\n");
        break;
    case EVENT_HANGUP:
        buf_add_cstr(&recorder->text, "hangup\n");
        break;
    case EVENT_KEY:
    case EVENT_PASTE:
    case EVENT_REST:
        break;
    }
}

void recorder_edit(struct recorder *recorder, struct sv text)
{
    if (recorder->path)
        add_quoted(recorder, "edit", text);
}

void recorder_close(struct recorder *recorder)
{
    end_keys(recorder);
    write_out(recorder);
    buf_release(&recorder->text);
    *recorder = (struct recorder){ 0 };
}
