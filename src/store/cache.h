// What the layers of an annotator said when they were last read, outside the workspace and of this machine alone.
// Never trusted over the files: an entry holds for the file it was made of, told by size, times and inode, and is
// made of none that was changed just now. No cache, or a bad one, is no error.
//
// Calling sequence: cache_open, then for each layer cache_find and, where that has none, cache_add what was read;
// then cache_save. What cache_find gave lives until cache_close.
#ifndef GAINSAY_STORE_CACHE_H
#define GAINSAY_STORE_CACHE_H

#include "store/pack.h"
#include "store/workspace.h"

struct cache;

// Reads an index of the entries, not the entries.
struct cache *cache_open(const struct workspace *ws, const char *annotator);

// What the layer of `article` says, if its file still has the stamp it had. Records are made in `arena`, their texts
// stay in the cache. Of claims those alone that `sieve` keeps (NULL: all).
bool cache_find(struct cache *cache, struct sv article, const struct fs_stamp *stamp,
                const struct sieve *sieve, struct arena *arena, struct doc_content *out);
// The links in it alone. O(links).
bool cache_links(struct cache *cache, struct sv article, const struct fs_stamp *stamp,
                 struct arena *arena, struct rec_list *out);

// Keep what a layer says, a canonical one of `size` bytes whose stamp was taken before it was read.
void cache_add(struct cache *cache, struct sv article, const struct fs_stamp *stamp, size_t size,
               const struct doc_content *content);

// Write the entries found and added, when enough was added to be worth it. Nothing is said when that fails.
void cache_save(struct cache *cache);
// Take away caches in the folder `dir` of workspaces whose folder is gone, written CACHE_DAYS ago or before, and what
// killed programs left of any. Nothing else there is touched, and no link followed. Best effort; cache_save does it.
//   cost  one listing, and a look at each old file and its workspace's folder
#define CACHE_DAYS  30
#define CACHE_MAGIC "gainsay layers\n" // 16 bytes with the NUL
void cache_sweep(const char *dir);
void cache_close(struct cache *cache); // NULL is allowed

#endif
