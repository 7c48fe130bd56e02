// Steps of undo as a file that grows: written, read, trimmed.
// Never trusts a byte of it: a piece counts only when it is whole, and what it asks for is checked
// by others.
#include "store/undo_log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs_own.h"
#include "base/owner.h"
#include "text/article.h"

#define SUM_CHARS  16
#define ITEMS_MAX  20000 // of one step
#define STEP_BYTES ((size_t)2 << 20)

static const char step_word[] = "step";
static const char *const mark_words[] = {
    [UNDO_UNDONE] = "undone", [UNDO_REDONE] = "redone", [UNDO_PASSED] = "passed"
};

static void add_sum(struct sv bytes, struct buf *out)
{
    char hex[65];

    article_sha256(bytes, hex);
    buf_add(out, sv_of(hex, SUM_CHARS));
}

void undo_log_open(const struct workspace *ws, struct sv annotator, struct undo_log *out)
{
    struct buf key = { 0 }, dir = { 0 };

    *out = (struct undo_log){ 0 };
    env_state_dir(&dir);
    fs_join(&out->path, buf_cstr(&dir), "undo/");
    buf_addf(&key, SV_FMT "\n" SV_FMT, SV_ARG(buf_sv(&ws->root)), SV_ARG(annotator));
    add_sum(buf_sv(&key), &out->path);
    buf_add_cstr(&out->path, ".log");
    buf_release(&key);
    buf_release(&dir);
}

void undo_log_release(struct undo_log *log)
{
    buf_release(&log->path);
    buf_release(&log->sitting);
    *log = (struct undo_log){ 0 };
}

// ---- writing

static void add_member(struct buf *out, const char *name, struct sv value)
{
    buf_addf(out, "%s %zu\n", name, value.len);
    buf_add(out, value);
    buf_add_char(out, '\n');
}

// A side of an item: under another name when it is absent.
static void add_side(struct buf *out, const char *name, struct sv value)
{
    if (sv_is_absent(value))
        buf_addf(out, "no-%s 0\n\n", name);
    else
        add_member(out, name, value);
}

void undo_step_print(const struct undo_step *step, struct buf *out)
{
    add_member(out, "what", step->what);
    add_member(out, "when", step->when);
    for (size_t i = 0; i < step->count; i++) {
        const struct undo_item *item = &step->items[i];

        add_member(out, "section", item->section);
        add_member(out, "article", item->article);
        add_member(out, "text", item->sum);
        add_member(out, "id", item->id);
        add_side(out, "before", item->before);
        add_side(out, "after", item->after);
    }
}

void undo_spans_print(const struct cp_span_list *spans, struct buf *out)
{
    for (size_t i = 0; i < spans->count; i++)
        buf_addf(out, "%zu-%zu\n", spans->items[i].beg, spans->items[i].end);
}

void undo_log_print(const char *word, struct sv id, struct sv body, struct buf *out)
{
    buf_addf(out, "\n%%%s " SV_FMT " %zu ", word, SV_ARG(id), body.len);
    add_sum(body, out);
    buf_add_char(out, '\n');
    buf_add(out, body);
    buf_add_char(out, '\n');
}

// No two sittings have this name: a process has one at a time, and the log grows between them.
static void name_sitting(struct undo_log *log)
{
    struct fs_stamp stamp = { 0 };
    struct buf key = { 0 };
    struct err err = { 0 };

    if (!fs_stamp(buf_cstr(&log->path), &stamp, &err))
        err_release(&err);
    owner_self(&key);
    buf_addf(&key, " %" PRIu64, stamp.size);
    add_sum(buf_sv(&key), &log->sitting);
    buf_add_char(&log->sitting, '-');
    buf_release(&key);
}

static void trim(const struct undo_log *log);

static bool append(struct undo_log *log, const struct buf *piece, struct err *err)
{
    uint64_t size;

    if (!fs_own_append(buf_cstr(&log->path), buf_sv(piece), &size, err))
        return false;
    log->has_grown = log->has_grown || size != log->size + piece->len;
    log->size = size;
    if (size > UNDO_LOG_BYTES)
        trim(log);
    return true;
}

bool undo_log_add(struct undo_log *log, const struct undo_step *step, struct buf *id,
                  struct err *err)
{
    struct buf body = { 0 }, piece = { 0 };
    bool ok;

    if (!log->sitting.len)
        name_sitting(log);
    buf_addf(id, "%s%zu", buf_cstr(&log->sitting), ++log->count);
    undo_step_print(step, &body);
    undo_log_print(step_word, buf_sv(id), buf_sv(&body), &piece);
    ok = body.len <= STEP_BYTES
             ? append(log, &piece, err)
             : err_set(err, E_REFUSED, ERR_NOWHERE, "a step too large to be kept for undo");
    buf_release(&body);
    buf_release(&piece);
    return ok;
}

bool undo_log_mark(struct undo_log *log, enum undo_mark mark, struct sv id, struct err *err)
{
    struct buf piece = { 0 };
    bool ok;

    undo_log_print(mark_words[mark], id, SV(""), &piece);
    ok = append(log, &piece, err);
    buf_release(&piece);
    return ok;
}

// ---- reading

static bool parse_size(struct sv text, size_t max, size_t *out)
{
    size_t value = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (size_t)(text.ptr[i] - '0');
        if (value > max)
            return false;
    }
    *out = value;
    return text.len > 0;
}

struct piece {
    struct sv word, id, body;
};

// The piece that begins at `rest`, behind its %. false: it is none, or damaged.
static bool take_piece(struct sv rest, struct piece *out, size_t *used)
{
    struct sv all = rest, line, len, sum;
    struct buf want = { 0 };
    size_t size;
    bool ok;

    if (sv_find(rest, SV("\n"), 0) == SIZE_MAX || !sv_split(&rest, '\n', &line))
        return false;
    if (!sv_split(&line, ' ', &out->word) || !sv_split(&line, ' ', &out->id) ||
        !sv_split(&line, ' ', &len) || !sv_split(&line, ' ', &sum) || !sv_is_absent(line))
        return false;
    if (!parse_size(len, STEP_BYTES, &size) || rest.len <= size || rest.ptr[size] != '\n')
        return false;
    out->body = sv_sub(rest, 0, size);
    add_sum(out->body, &want);
    ok = sv_eq(sum, buf_sv(&want));
    buf_release(&want);
    *used = (size_t)(rest.ptr - all.ptr) + size + 1;
    return ok;
}

static void push(struct undo_entry **items, size_t *count, size_t *cap, struct undo_entry entry)
{
    MEM_GROW(*items, *count, *cap);
    (*items)[(*count)++] = entry;
}

// Take the entry with this id out; the search begins at the top, where it nearly always is.
static bool pull(struct undo_entry *items, size_t *count, struct sv id, struct undo_entry *out)
{
    for (size_t i = *count; i > 0; i--) {
        if (!sv_eq(items[i - 1].id, id))
            continue;
        *out = items[i - 1];
        memmove(&items[i - 1], &items[i], (*count - i) * sizeof(*items));
        --*count;
        return true;
    }
    return false;
}

static void take(struct undo_past *past, const struct piece *piece, struct sv sitting)
{
    struct undo_entry entry = { piece->id, piece->body };
    bool is_own = sitting.len && sv_starts(piece->id, sitting);

    if (sv_eq_cstr(piece->word, step_word)) {
        past->undone_count = 0;
        if (!is_own)
            push(&past->done, &past->done_count, &past->done_cap, entry);
    } else if (sv_eq_cstr(piece->word, mark_words[UNDO_UNDONE])) {
        if (pull(past->done, &past->done_count, piece->id, &entry))
            push(&past->undone, &past->undone_count, &past->undone_cap, entry);
    } else if (sv_eq_cstr(piece->word, mark_words[UNDO_REDONE])) {
        if (pull(past->undone, &past->undone_count, piece->id, &entry))
            push(&past->done, &past->done_count, &past->done_cap, entry);
    } else if (sv_eq_cstr(piece->word, mark_words[UNDO_PASSED])) {
        (void)(pull(past->done, &past->done_count, piece->id, &entry) ||
               pull(past->undone, &past->undone_count, piece->id, &entry));
    }
}

void undo_past_parse(struct undo_past *past, struct sv sitting)
{
    struct sv all = buf_sv(&past->bytes);
    size_t pos = 0;

    while ((pos = sv_find(all, SV("\n%"), pos)) != SIZE_MAX) {
        struct piece piece;
        size_t used;

        pos += 2;
        if (!take_piece(sv_sub(all, pos, all.len), &piece, &used))
            continue; // the next line may begin a whole one
        take(past, &piece, sitting);
        pos += used - 1; // its line end may be the next one's beginning
    }
}

static uint64_t size_of(const struct undo_log *log)
{
    struct fs_stamp stamp = { 0 };
    struct err err = { 0 };

    if (!fs_stamp(buf_cstr(&log->path), &stamp, &err))
        err_release(&err);
    return stamp.size;
}

bool undo_log_is_news(const struct undo_log *log)
{
    return log->has_grown || size_of(log) != log->size;
}

bool undo_log_read(struct undo_log *log, struct undo_past *out, struct err *err)
{
    *out = (struct undo_past){ 0 };
    log->has_grown = false;
    log->size = size_of(log);
    if (!fs_is_file(buf_cstr(&log->path)))
        return true;
    if (!fs_read(buf_cstr(&log->path), 2 * UNDO_LOG_BYTES, &out->bytes, err))
        return false;
    log->size = out->bytes.len;
    undo_past_parse(out, buf_sv(&log->sitting));
    return true;
}

void undo_past_release(struct undo_past *past)
{
    buf_release(&past->bytes);
    mem_free(past->done);
    mem_free(past->undone);
    *past = (struct undo_past){ 0 };
}

// The last steps alone, as far as they are not undone; what another program adds meanwhile is lost.
static void trim(const struct undo_log *log)
{
    struct undo_log all = { .path = log->path };
    struct undo_past past;
    struct buf kept = { 0 };
    struct err err = { 0 };
    size_t from, bytes = 0;

    if (!undo_log_read(&all, &past, &err)) {
        err_release(&err); // too long, or no file: it is begun anew
        past = (struct undo_past){ 0 };
    }
    for (from = past.done_count; from > 0 && past.done_count - from < UNDO_LOG_STEPS; from--) {
        bytes += past.done[from - 1].body.len;
        if (bytes > UNDO_LOG_BYTES / 2)
            break;
    }
    for (size_t i = from; i < past.done_count; i++)
        undo_log_print(step_word, past.done[i].id, past.done[i].body, &kept);
    if (!fs_own_write(buf_cstr(&log->path), buf_sv(&kept), false, false, &err))
        err_release(&err);
    buf_release(&kept);
    undo_past_release(&past);
}

// ---- one step

struct reader {
    struct sv rest;
    struct err *err;
};

static bool refuse(const struct reader *reader)
{
    return err_set(reader->err, E_REFUSED, ERR_NOWHERE, "a step kept for undo is damaged");
}

static bool take_member(struct reader *reader, const char *name, struct sv *out)
{
    struct sv rest = reader->rest, line, word;
    size_t size;

    if (!sv_split(&rest, '\n', &line) || !sv_split(&line, ' ', &word) || !sv_eq_cstr(word, name) ||
        !parse_size(line, STEP_BYTES, &size) || rest.len <= size || rest.ptr[size] != '\n')
        return false;
    *out = sv_sub(rest, 0, size);
    reader->rest = sv_sub(rest, size + 1, rest.len);
    return true;
}

static bool take_side(struct reader *reader, const char *name, const char *absent, struct sv *out)
{
    if (take_member(reader, name, out))
        return true;
    if (!take_member(reader, absent, out))
        return false;
    *out = (struct sv){ 0 };
    return true;
}

static bool take_item(struct reader *reader, struct undo_item *out)
{
    return take_member(reader, "section", &out->section) &&
           take_member(reader, "article", &out->article) &&
           take_member(reader, "text", &out->sum) && take_member(reader, "id", &out->id) &&
           take_side(reader, "before", "no-before", &out->before) &&
           take_side(reader, "after", "no-after", &out->after);
}

bool undo_step_parse(struct sv body, struct arena *arena, struct undo_step *out, struct err *err)
{
    struct reader reader = { .rest = body, .err = err };
    struct undo_item *items = NULL;
    size_t cap = 0;
    bool ok;

    *out = (struct undo_step){ 0 };
    ok = take_member(&reader, "what", &out->what) && take_member(&reader, "when", &out->when);
    while (ok && reader.rest.len) {
        MEM_GROW(items, out->count, cap);
        ok = out->count < ITEMS_MAX && take_item(&reader, &items[out->count++]);
    }
    if (ok && out->count) {
        out->items = arena_new(arena, out->count * sizeof(*items));
        memcpy(out->items, items, out->count * sizeof(*items));
    }
    mem_free(items);
    return (ok && out->count) || refuse(&reader);
}
