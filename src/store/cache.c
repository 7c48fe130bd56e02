// One file an annotator: head, entries sorted by article, what is tight of all of them, their long
// texts, the folder of the workspace. Never believes a number it has not checked, and never writes
// into a file that another process may read.
#include "store/cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs_own.h"
#include "base/owner.h"
#include "store/pack.h"
#include "text/article.h"

#define FOLDER     "layers"
#define HASH_CHARS 16
#define ORDER_MARK UINT64_C(0x0102030405060708)
#define SUMS       8
#define WORTH_MIN  ((size_t)1 << 20) // bytes of YAML: some milliseconds of reading
#define WORTH_PART 8                 // of what is kept, so that few changes do not write it all

struct head {
    char magic[16];
    uint64_t root_len; // of the folder's path, the last bytes of the file: cache_sweep.c reads it
                       // in all forms
    uint64_t order, form; // of bytes in numbers; of packs
    uint64_t boot;  // in which it was written: a crash since may have left anything in its place
    uint64_t count; // entries
    uint64_t tight, text; // bytes of both
    uint64_t sum;         // of entries, what is tight, and the folder
    uint64_t text_sum;    // asked for after another boot only
};

struct entry {
    uint64_t size, inode, device;
    int64_t mtime_ns, ctime_ns;
    uint64_t tight_beg, tight_len; // begins with the article's id, a NUL behind it
    uint64_t text_beg, text_len;
    uint64_t bytes; // of the file it was made of
};

struct cache {
    struct buf path, root;
    struct fs_text file;
    const struct entry *entries; // in `file`
    size_t count;
    size_t next;           // entry that is likely asked for next
    struct sv tight, text; // in `file`
    bool *is_used;         // of each entry
    uint64_t boot;
    struct entry *added;
    size_t added_count, added_cap;
    struct pack pack; // of those added
};

static uint64_t turn(uint64_t sum)
{
    sum *= UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 29;
}

// Tells a file that was damaged; no protection against one made to deceive. Several at once, since
// each step waits for the one before.
static uint64_t sum_of(struct sv bytes, uint64_t sum)
{
    uint64_t words[SUMS], sums[SUMS], word = 0;
    size_t i = 0;

    for (size_t k = 0; k < SUMS; k++)
        sums[k] = sum + k;
    for (; i + sizeof(words) <= bytes.len; i += sizeof(words)) {
        memcpy(words, bytes.ptr + i, sizeof(words));
        for (size_t k = 0; k < SUMS; k++)
            sums[k] = turn(sums[k] ^ words[k]);
    }
    for (size_t k = 0; k < SUMS; k++)
        sum = turn(sum ^ sums[k]);
    for (; i + sizeof(word) <= bytes.len; i += sizeof(word)) {
        memcpy(&word, bytes.ptr + i, sizeof(word));
        sum = turn(sum ^ word);
    }
    word = 0;
    if (i < bytes.len)
        memcpy(&word, bytes.ptr + i, bytes.len - i);
    return turn(sum ^ word ^ (uint64_t)bytes.len << 56);
}

static uint64_t this_boot(void)
{
    struct buf line = { 0 };
    struct sv rest, word = { 0 };

    owner_self(&line);
    rest = buf_sv(&line);
    for (int i = 0; i < 3; i++) // host, pid, boot
        (void)sv_split(&rest, ' ', &word);

    uint64_t sum = sum_of(word, 1);

    buf_release(&line);
    return sum;
}

static void add_path(const struct workspace *ws, const char *annotator, struct buf *out)
{
    struct buf dir = { 0 }, key = { 0 };
    char hex[65];

    env_cache_dir(&dir);
    buf_addf(&key, SV_FMT "\n%s", SV_ARG(buf_sv(&ws->root)), annotator);
    article_sha256(buf_sv(&key), hex);
    buf_addf(out, "%s/" FOLDER "/" SV_FMT, buf_cstr(&dir), SV_ARG(sv_of(hex, HASH_CHARS)));
    buf_release(&dir);
    buf_release(&key);
}

// ---- reading

static struct sv part_of(struct sv whole, uint64_t beg, uint64_t len)
{
    return beg <= whole.len && len <= whole.len - beg
               ? sv_sub(whole, (size_t)beg, (size_t)beg + (size_t)len)
               : (struct sv){ 0 };
}

// Id of the article an entry is of, absent when it is not sound.
static struct sv article_of(const struct cache *cache, const struct entry *entry)
{
    struct sv tight = part_of(cache->tight, entry->tight_beg, entry->tight_len), id;

    return tight.len && sv_split(&tight, '\0', &id) && !sv_is_absent(tight) ? id : (struct sv){ 0 };
}

static bool are_sorted(const struct cache *cache)
{
    struct sv before = { 0 };

    for (size_t i = 0; i < cache->count; i++) {
        struct sv id = article_of(cache, &cache->entries[i]);

        if (sv_is_absent(id) || sv_cmp(before, id) >= 0)
            return false;
        before = id;
    }
    return true;
}

static uint64_t tight_sum(struct sv tight, struct sv root)
{
    return sum_of(root, sum_of(tight, 0));
}

// Take the parts of the file; false: it is none of ours, or of another version, or damaged.
static bool take_file(struct cache *cache)
{
    struct sv bytes = cache->file.bytes, root = buf_sv(&cache->root);
    struct head head;

    if (bytes.len < sizeof(head) || (uintptr_t)bytes.ptr % _Alignof(struct entry))
        return false;
    memcpy(&head, bytes.ptr, sizeof(head));
    bytes = sv_sub(bytes, sizeof(head), bytes.len);
    if (memcmp(head.magic, CACHE_MAGIC, sizeof(head.magic)) || head.root_len != root.len ||
        !sv_ends(bytes, root))
        return false;
    bytes = sv_sub(bytes, 0, bytes.len - root.len);
    if (head.order != ORDER_MARK || head.form != pack_form() ||
        head.count > bytes.len / sizeof(struct entry))
        return false;

    size_t size = (size_t)head.count * sizeof(struct entry);

    cache->tight = part_of(bytes, size, head.tight);
    cache->text = part_of(bytes, size + cache->tight.len, head.text);
    if (size + cache->tight.len + cache->text.len != bytes.len || head.tight != cache->tight.len ||
        head.sum != tight_sum(sv_sub(bytes, 0, size + cache->tight.len), root) ||
        (head.boot != cache->boot && head.text_sum != sum_of(cache->text, 0)))
        return false;
    cache->entries = (const void *)bytes.ptr;
    cache->count = (size_t)head.count;
    return are_sorted(cache);
}

struct cache *cache_open(const struct workspace *ws, const char *annotator)
{
    struct cache *cache = mem_new(sizeof(*cache));
    struct err err = { 0 };

    cache->boot = this_boot();
    buf_add(&cache->root, buf_sv(&ws->root));
    add_path(ws, annotator, &cache->path);
    if (!fs_text_open(buf_cstr(&cache->path), &cache->file, &err) || !take_file(cache))
        cache->count = 0;
    cache->is_used = mem_new(cache->count * sizeof(*cache->is_used));
    err_release(&err);
    return cache;
}

static const struct entry *find_entry(struct cache *cache, struct sv article)
{
    size_t beg = 0, end = cache->count, next = cache->next;

    if (next < end && sv_eq(article_of(cache, &cache->entries[next]), article)) {
        cache->next++;
        return &cache->entries[next];
    }
    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;
        int diff = sv_cmp(article_of(cache, &cache->entries[mid]), article);

        if (!diff) {
            cache->next = mid + 1;
            return &cache->entries[mid];
        }
        if (diff < 0)
            beg = mid + 1;
        else
            end = mid;
    }
    return NULL;
}

// The entry of an article whose file has this stamp, and its bytes. NULL: none.
static const struct entry *current_entry(struct cache *cache, struct sv article,
                                         const struct fs_stamp *stamp, struct sv *tight,
                                         struct sv *text)
{
    const struct entry *entry = find_entry(cache, article);

    if (!entry || !stamp->exists || entry->size != stamp->size || entry->inode != stamp->inode ||
        entry->device != stamp->device || entry->mtime_ns != stamp->mtime_ns ||
        entry->ctime_ns != stamp->ctime_ns)
        return NULL;
    *tight = part_of(cache->tight, entry->tight_beg, entry->tight_len);
    *tight = sv_sub(*tight, article.len + 1, tight->len);
    *text = part_of(cache->text, entry->text_beg, entry->text_len);
    return entry;
}

bool cache_find(struct cache *cache, struct sv article, const struct fs_stamp *stamp,
                const struct sieve *sieve, struct arena *arena, struct doc_content *out)
{
    struct sv tight, text;
    const struct entry *entry = current_entry(cache, article, stamp, &tight, &text);

    if (!entry || !unpack_content(&doc_layer, tight, text, sieve, arena, out))
        return false;
    cache->is_used[entry - cache->entries] = true;
    return true;
}

bool cache_links(struct cache *cache, struct sv article, const struct fs_stamp *stamp,
                 struct arena *arena, struct rec_list *out)
{
    struct sv tight, text;

    return current_entry(cache, article, stamp, &tight, &text) &&
           unpack_section(&doc_layer, KIND_LINK, tight, text, arena, out);
}

// ---- writing

void cache_add(struct cache *cache, struct sv article, const struct fs_stamp *stamp, size_t size,
               const struct doc_content *content)
{
    if (!fs_stamp_is_settled(stamp))
        return;
    MEM_GROW(cache->added, cache->added_count, cache->added_cap);

    struct pack *pack = &cache->pack;
    struct entry *entry = &cache->added[cache->added_count++];

    *entry = (struct entry){
        .size = stamp->size,
        .inode = stamp->inode,
        .device = stamp->device,
        .mtime_ns = stamp->mtime_ns,
        .ctime_ns = stamp->ctime_ns,
        .tight_beg = pack->tight.len,
        .text_beg = pack->text.len,
        .bytes = size,
    };
    buf_add(&pack->tight, article);
    buf_add_char(&pack->tight, '\0');
    pack_content(pack, &doc_layer, content);
    entry->tight_len = pack->tight.len - entry->tight_beg;
    entry->text_len = pack->text.len - entry->text_beg;
}

static bool is_worth_writing(const struct cache *cache)
{
    uint64_t added = 0, kept = 0;

    for (size_t i = 0; i < cache->added_count; i++)
        added += cache->added[i].bytes;
    for (size_t i = 0; i < cache->count; i++)
        kept += cache->is_used[i] ? cache->entries[i].bytes : 0;
    return added >= WORTH_MIN && added >= kept / WORTH_PART;
}

// An entry to be written, and where its bytes are.
struct piece {
    struct entry entry;
    struct sv article, tight, text;
};

static int compare_pieces(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    return sv_cmp(x->article, y->article);
}

static struct piece piece_of(const struct entry *entry, struct sv tight, struct sv text)
{
    struct piece piece = { .entry = *entry,
                           .tight = part_of(tight, entry->tight_beg, entry->tight_len),
                           .text = part_of(text, entry->text_beg, entry->text_len) };
    struct sv rest = piece.tight;

    (void)sv_split(&rest, '\0', &piece.article);
    return piece;
}

// Entries found and those added, in the order of a file. Returns their number.
static size_t collect(const struct cache *cache, struct piece *out)
{
    size_t count = 0;

    for (size_t i = 0; i < cache->count; i++)
        if (cache->is_used[i])
            out[count++] = piece_of(&cache->entries[i], cache->tight, cache->text);
    for (size_t i = 0; i < cache->added_count; i++)
        out[count++] =
            piece_of(&cache->added[i], buf_sv(&cache->pack.tight), buf_sv(&cache->pack.text));
    if (count)
        qsort(out, count, sizeof(*out), compare_pieces);
    return count;
}

static void lay_out(const struct cache *cache, struct piece *pieces, size_t count, struct buf *out)
{
    struct sv root = buf_sv(&cache->root);
    struct head head = { .magic = CACHE_MAGIC,
                         .root_len = root.len,
                         .order = ORDER_MARK,
                         .form = pack_form(),
                         .boot = cache->boot,
                         .count = count };
    size_t beg = sizeof(head);

    for (size_t i = 0; i < count; i++) {
        pieces[i].entry.tight_beg = head.tight;
        pieces[i].entry.text_beg = head.text;
        head.tight += pieces[i].tight.len;
        head.text += pieces[i].text.len;
    }
    buf_reserve(out, beg + count * sizeof(struct entry) + head.tight + head.text + root.len);
    buf_add(out, sv_of((const char *)&head, sizeof(head)));
    for (size_t i = 0; i < count; i++)
        buf_add(out, sv_of((const char *)&pieces[i].entry, sizeof(pieces[i].entry)));
    for (size_t i = 0; i < count; i++)
        buf_add(out, pieces[i].tight);
    head.sum = tight_sum(sv_sub(buf_sv(out), beg, out->len), root);
    beg = out->len;
    for (size_t i = 0; i < count; i++)
        buf_add(out, pieces[i].text);
    head.text_sum = sum_of(sv_sub(buf_sv(out), beg, out->len), 0);
    buf_add(out, root);
    memcpy(out->ptr, &head, sizeof(head));
}

static void sweep_beside(const struct cache *cache)
{
    struct buf dir = { 0 };

    fs_add_parent(&dir, buf_cstr(&cache->path));
    cache_sweep(buf_cstr(&dir));
    buf_release(&dir);
}

void cache_save(struct cache *cache)
{
    struct piece *pieces;
    struct buf out = { 0 };
    struct err err = { 0 };

    if (!is_worth_writing(cache))
        return;
    pieces = mem_new((cache->count + cache->added_count) * sizeof(*pieces));
    lay_out(cache, pieces, collect(cache, pieces), &out);
    if (!fs_own_write(buf_cstr(&cache->path), buf_sv(&out), false, false, &err))
        err_release(&err); // the files are read again the next time
    sweep_beside(cache);
    mem_free(pieces);
    buf_release(&out);
}

void cache_close(struct cache *cache)
{
    if (!cache)
        return;
    fs_text_release(&cache->file);
    buf_release(&cache->path);
    buf_release(&cache->root);
    buf_release(&cache->pack.tight);
    buf_release(&cache->pack.text);
    mem_free(cache->is_used);
    mem_free(cache->added);
    mem_free(cache);
}
