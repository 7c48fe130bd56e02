// Errors, findings, and the table of errors.def.
// Never prints: err_print only makes the text.
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/visible.h"

static const struct {
    const char *name;
    int status;
    const char *meaning;
} errors[E__N] = {
    [E_NONE] = { "none", 0, "no error" },
#define ERROR(id, name, status, meaning) [id] = { #name, status, meaning },
#include "base/errors.def"
#undef ERROR
};

static void set_place(struct err *err, enum err_code code, struct err_at at)
{
    struct buf path = { 0 };

    if (at.path)
        buf_add_cstr(&path, at.path); // at.path may point into err->path
    buf_release(&err->path);
    err->path = path;
    err->code = code;
    err->line = at.line;
    err->col = at.col;
}

static void set_text(struct err *err, const char *fmt, va_list args) PRINTF(2, 0);
static void set_text(struct err *err, const char *fmt, va_list args)
{
    struct buf text = { 0 };

    buf_addv(&text, fmt, args); // args may point into err->text
    buf_release(&err->text);
    err->text = text;
}

static int compare_findings(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int diff = strcmp(buf_cstr(&x->err.path), buf_cstr(&y->err.path));

    if (diff)
        return diff;
    if (x->err.line != y->err.line)
        return x->err.line < y->err.line ? -1 : 1;
    return (x->err.col > y->err.col) - (x->err.col < y->err.col);
}

bool err_set(struct err *err, enum err_code code, struct err_at at, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    set_text(err, fmt, args);
    va_end(args);
    set_place(err, code, at);
    return false;
}

bool err_set_errno(struct err *err, const char *path, const char *fmt, ...)
{
    int saved = errno;
    va_list args;

    va_start(args, fmt);
    set_text(err, fmt, args);
    va_end(args);
    set_place(err, E_SYSTEM, (struct err_at){ .path = path });
    buf_addf(&err->text, ": %s", strerror(saved));
    return false;
}

void err_print(const struct err *err, struct buf *out)
{
    if (err->path.len) {
        visible_add(out, buf_sv(&err->path));
        if (err->line)
            buf_addf(out, ":%d", err->line);
        if (err->line && err->col)
            buf_addf(out, ":%d", err->col);
        buf_add_cstr(out, ": ");
    }
    visible_add(out, buf_sv(&err->text));
}

int err_status(enum err_code code)
{
    return errors[code].status;
}

const char *err_name(enum err_code code)
{
    return errors[code].name;
}

const char *err_meaning(enum err_code code)
{
    return errors[code].meaning;
}

void err_release(struct err *err)
{
    buf_release(&err->path);
    buf_release(&err->text);
    *err = (struct err){ 0 };
}

void findings_add(struct findings *list, enum severity severity, enum err_code code,
                  struct err_at at, const char *fmt, ...)
{
    struct err err = { 0 };
    va_list args;

    va_start(args, fmt);
    set_text(&err, fmt, args);
    va_end(args);
    set_place(&err, code, at);
    findings_take(list, severity, &err);
}

void findings_take(struct findings *list, enum severity severity, struct err *err)
{
    MEM_GROW(list->items, list->count, list->cap);
    list->items[list->count++] = (struct finding){ severity, *err };
    list->errors += severity == SEVERITY_ERROR;
    *err = (struct err){ 0 };
}

// Insertion sort: stable, and a list of findings is nearly sorted as it is made.
void findings_sort(struct findings *list)
{
    for (size_t i = 1; i < list->count; i++) {
        struct finding item = list->items[i];
        size_t j = i;

        for (; j && compare_findings(&list->items[j - 1], &item) > 0; j--)
            list->items[j] = list->items[j - 1];
        list->items[j] = item;
    }
}

void findings_release(struct findings *list)
{
    for (size_t i = 0; i < list->count; i++)
        err_release(&list->items[i].err);
    mem_free(list->items);
    *list = (struct findings){ 0 };
}
