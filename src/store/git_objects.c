// Many objects of a repository read through one `git cat-file`. Declared in store/git_objects.h.
// Never writes, and never leaves the program running behind it.
#include "store/git_objects.h"

#include <stdlib.h>

bool git_objects_open(const char *dir, struct git_objects *out, struct err *err)
{
    static const char *const argv[] = { "git", "--no-optional-locks", "cat-file", "--batch", NULL };

    return proc_talk(dir, argv, &out->talk, err);
}

static bool is_plain(const char *name)
{
    for (; *name; name++)
        if ((unsigned char)*name < ' ' || *name == 0x7f)
            return false;
    return true;
}

// Bytes of the blob that a line of git's announces: "OBJECT blob SIZE". false: it is no blob.
static bool parse_size(struct sv line, size_t *size)
{
    struct sv word;
    struct buf digits = { 0 };
    bool is_blob;

    (void)sv_split(&line, ' ', &word);
    is_blob = sv_split(&line, ' ', &word) && sv_eq_cstr(word, "blob");
    buf_add(&digits, line);
    *size = strtoul(buf_cstr(&digits), NULL, 10);
    buf_release(&digits);
    return is_blob;
}

bool git_object_read(struct git_objects *objects, const char *name, size_t most, struct buf *out,
                     struct err *err)
{
    struct buf line = { 0 };
    size_t size = 0, start = out->len;
    bool ok = is_plain(name);

    buf_addf(&line, "%s\n", name);
    ok = ok && proc_say(&objects->talk, buf_sv(&line));
    buf_clear(&line);
    ok = ok && proc_hear_line(&objects->talk, &line) && parse_size(buf_sv(&line), &size);
    if (ok) { // the bytes, and a line end
        ok = proc_hear(&objects->talk, size + 1, out);
        buf_splice(out, out->len > start ? out->len - 1 : start, out->len, SV(""));
    }
    if (ok && size > most) {
        buf_splice(out, start, out->len, SV(""));
        ok = false;
    }
    buf_release(&line);
    return ok ||
           err_set(err, E_SYSTEM, ERR_NOWHERE, "git has no file '%s' that could be read", name);
}

void git_objects_close(struct git_objects *objects)
{
    proc_talk_end(&objects->talk);
}
