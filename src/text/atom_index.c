// A text's atoms by what they are.
// Compares hashes alone; who takes a place for the same words compares the texts.
#include "text/atom_index.h"

#include "base/mem.h"

// Atoms compared for one quote, some 10 ms: only in a text that repeats itself without end are
// there more, and then nothing tells its copies apart.
#define WORK_MOST ((size_t)4 << 20)

void atom_index_fill(struct atom_index *index, struct sv text)
{
    size_t room = 16;

    atoms_read(text, &index->atoms);
    while (room < index->atoms.count)
        room *= 2;
    index->mask = room - 1;
    index->heads = mem_resize(NULL, room, sizeof(*index->heads));
    index->counts = mem_new(room * sizeof(*index->counts));
    index->nexts = mem_new((index->atoms.count + 1) * sizeof(*index->nexts));
    for (size_t i = 0; i < room; i++)
        index->heads[i] = SIZE_MAX;
    for (size_t i = index->atoms.count; i-- > 0;) {
        size_t slot = (size_t)index->atoms.items[i].hash & index->mask;

        index->nexts[i] = index->heads[slot];
        index->heads[slot] = i;
        index->counts[slot]++;
    }
}

void atom_index_release(struct atom_index *index)
{
    atoms_release(&index->atoms);
    mem_free(index->heads);
    mem_free(index->nexts);
    mem_free(index->counts);
    *index = (struct atom_index){ 0 };
}

size_t atom_index_count(const struct atom_index *index, uint64_t hash)
{
    return index->counts[(size_t)hash & index->mask];
}

// The chain from `at` on, others with the same bits left out.
static size_t same_from(const struct atom_index *index, size_t at, uint64_t hash)
{
    while (at != SIZE_MAX && index->atoms.items[at].hash != hash)
        at = index->nexts[at];
    return at;
}

size_t atom_index_first(const struct atom_index *index, uint64_t hash)
{
    return same_from(index, index->heads[(size_t)hash & index->mask], hash);
}

size_t atom_index_next(const struct atom_index *index, size_t at)
{
    return same_from(index, index->nexts[at], index->atoms.items[at].hash);
}

static bool stands_at(const struct atom_index *index, const struct atom *atoms, size_t count,
                      size_t place, size_t *work)
{
    size_t same = 0;

    if (count > index->atoms.count - place)
        return false;
    while (same < count && index->atoms.items[place + same].hash == atoms[same].hash)
        same++;
    *work += same + 1;
    return same == count;
}

bool atom_index_find(const struct atom_index *index, const struct atom *atoms, size_t count,
                     struct atom_walk *walk, size_t *place)
{
    if (!walk->is_begun) {
        walk->is_begun = true;
        for (size_t i = 1; i < count; i++)
            if (atom_index_count(index, atoms[i].hash) <
                atom_index_count(index, atoms[walk->rarest].hash))
                walk->rarest = i;
        walk->at = atom_index_first(index, atoms[walk->rarest].hash);
    }
    while (walk->at != SIZE_MAX) {
        size_t at = walk->at;

        walk->is_cut = walk->work > WORK_MOST;
        if (walk->is_cut)
            return false;

        walk->at = atom_index_next(index, at);
        if (at >= walk->rarest && stands_at(index, atoms, count, at - walk->rarest, &walk->work)) {
            *place = at - walk->rarest;
            return true;
        }
    }
    return false;
}

size_t atoms_at(const struct atoms *atoms, size_t pos)
{
    size_t low = 0, high = atoms->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (atoms->items[middle].span.end <= pos)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
