// What the surroundings say: user, folders, time, chance.
// Never keeps an answer: the variables of a test hold from call to call.
#include "base/env.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define TIME_SHAPE "dddd-dd-ddTdd:dd:ddZ" // d: a digit

static bool has_shape(const char *s, const char *shape)
{
    for (; *shape; s++, shape++)
        if (*shape == 'd' ? *s < '0' || *s > '9' : *s != *shape)
            return false;
    return !*s;
}

// The seed spread over the state: Steele, Lea, Flood, "Fast splittable pseudorandom number
// generators".
static uint64_t splitmix(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15U;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

const char *env_get(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

// The folder `variable` names, or the one of that use in the home folder, and ours in it.
static void add_xdg(const char *variable, const char *usual, struct buf *out)
{
    const char *dir = env_get(variable), *home = env_get("HOME");

    if (dir && dir[0] == '/') // the XDG base directory rules: a relative path is ignored
        buf_addf(out, "%s/gainsay", dir);
    else
        buf_addf(out, "%s/%s/gainsay", home ? home : "", usual);
}

void env_state_dir(struct buf *out)
{
    const char *own = env_get("GAINSAY_STATE");

    if (own)
        buf_add_cstr(out, own);
    else
        add_xdg("XDG_STATE_HOME", ".local/state", out);
}

void env_cache_dir(struct buf *out)
{
    const char *own = env_get("GAINSAY_STATE");

    if (own)
        buf_addf(out, "%s/cache", own);
    else
        add_xdg("XDG_CACHE_HOME", ".cache", out);
}

void env_login(struct buf *out)
{
    const struct passwd *user = getpwuid(geteuid());
    const char *name = user && user->pw_name[0] ? user->pw_name : env_get("LOGNAME");

    buf_add_cstr(out, name ? name : "unknown");
}

void env_now(struct buf *out)
{
    const char *fixed = env_get("GAINSAY_NOW");
    time_t now = time(NULL);
    struct tm utc;
    char text[sizeof("-2147483648-12-31T23:59:60Z")];

    if (fixed && has_shape(fixed, TIME_SHAPE)) {
        buf_add_cstr(out, fixed);
        return;
    }
    gmtime_r(&now, &utc);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
    buf_add_cstr(out, text);
}

void rng_init(struct rng *rng)
{
    const char *fixed = env_get("GAINSAY_SEED");
    uint64_t seed = 0;

    if (fixed) {
        seed = strtoull(fixed, NULL, 10);
    } else if (getrandom(&seed, sizeof(seed), 0) != (ssize_t)sizeof(seed)) {
        struct timespec now;

        clock_gettime(CLOCK_REALTIME, &now); // a kernel without getrandom: ids need no secrecy
        seed = (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec ^ (uint64_t)getpid() << 16;
    }
    rng_seed(rng, seed);
}

void rng_seed(struct rng *rng, uint64_t seed)
{
    for (size_t i = 0; i < 4; i++)
        rng->state[i] = splitmix(&seed);
}

// xoshiro256**, Blackman and Vigna 2018.
uint64_t rng_next(struct rng *rng)
{
    uint64_t *s = rng->state, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}
