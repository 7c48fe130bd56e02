// What the surroundings say: user, folders, time, chance. Tests fix all of it by variables.
#ifndef GAINSAY_BASE_ENV_H
#define GAINSAY_BASE_ENV_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

const char *env_get(const char *name); // NULL when unset or empty; borrowed until the next setenv

// Folder for what belongs to this person and machine and not to the workspace (places, histories):
// $GAINSAY_STATE, else $XDG_STATE_HOME/gainsay, else ~/.local/state/gainsay.
void env_state_dir(struct buf *out);
// Folder for what can be made again at any time: $GAINSAY_STATE/cache, else $XDG_CACHE_HOME/gainsay, else
// ~/.cache/gainsay.
void env_cache_dir(struct buf *out);

// Login name, "unknown" if the system does not tell.
void env_login(struct buf *out);

// Now as 2026-11-22T03:10:00Z (UTC). $GAINSAY_NOW, in that form, is taken instead.
void env_now(struct buf *out);

// Random numbers for ids: from the kernel; $GAINSAY_SEED (decimal) makes them repeat.
struct rng {
    uint64_t state[4];
};
void rng_init(struct rng *rng);
void rng_seed(struct rng *rng, uint64_t seed); // the same numbers for the same seed, on every machine
uint64_t rng_next(struct rng *rng);

#endif
