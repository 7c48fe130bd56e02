// The others of the team: their layers of the open articles, and the threads over all of them.
// Never loads, and never keeps in memory, what a team that works blind hides.
#include "session/peers.h"

#include "session/inner.h"

// A layer of another. Without comments it is read in only when it is asked for.
struct peer {
    struct sv annotator; // in `name`
    struct buf name;
    struct fs_stamp stamp; // of the file as last looked at
    struct layer_file file;
    bool is_loaded;
};

static void peer_free(struct peer *peer)
{
    layer_file_release(&peer->file);
    buf_release(&peer->name);
    mem_free(peer);
}

void peers_release(struct inner *reading)
{
    for (size_t i = 0; i < reading->peer_count; i++)
        peer_free(reading->peers[i]);
    mem_free(reading->peers);
    mem_free(reading->peer_layers);
    reading->peers = NULL;
    reading->peer_layers = NULL;
    reading->peer_count = reading->peer_cap = 0;
}

void session_load_team(struct session *session)
{
    struct findings findings = { 0 };
    struct buf path = { 0 };
    struct err err = { 0 };

    team_file_release(&session->team);
    if (!team_file_load(session->ws, &session->team, &findings, &err))
        findings_take(&session->findings, SEVERITY_ERROR, &err);
    findings_release(&findings); // for `check`
    fs_join(&path, buf_cstr(&session->ws->root), "annotations/team.yaml");
    if (!fs_stamp(buf_cstr(&path), &session->team_seen, &err))
        err_release(&err);
    buf_release(&path);
}

const struct team *session_team(const struct session *session)
{
    return &session->team.team;
}

bool session_is_blind(const struct session *session, const struct reading *reading)
{
    return !team_shows(session_team(session), buf_sv(&session->annotator), SV("/"), // nobody's
                       layer_is_finished(&reading->file.layer));
}

// ---- files

static void load_peer(struct session *session, struct inner *reading, struct peer *peer)
{
    struct findings findings = { 0 };
    struct err err = { 0 };

    layer_file_release(&peer->file);
    if (!layer_file_load(session->ws, peer->annotator, reading->pub.id, &peer->file, &findings,
                         &err))
        findings_take(&session->findings, SEVERITY_WARNING, &err);
    findings_release(&findings); // for `check`
    peer->is_loaded = true;
}

static struct peer *find_peer(const struct inner *reading, const char *name)
{
    for (size_t i = 0; i < reading->peer_count; i++)
        if (sv_eq_cstr(reading->peers[i]->annotator, name))
            return reading->peers[i];
    return NULL;
}

// The peer with what is on disk now; NULL: no such file. *changed is set when it is not what it
// was.
static struct peer *look_at(struct session *session, struct inner *reading, const char *name,
                            bool *changed)
{
    struct peer *peer = find_peer(reading, name);
    struct buf path = { 0 };
    struct fs_stamp stamp;
    struct err err = { 0 };

    workspace_layer_path(session->ws, sv_from(name), reading->pub.id, &path);
    if (!fs_stamp(buf_cstr(&path), &stamp, &err) || !stamp.exists) {
        err_release(&err);
        *changed |= peer != NULL;
        peer = NULL;
    } else if (!peer || !fs_stamp_eq(&stamp, &peer->stamp)) {
        bool was_loaded = peer && peer->is_loaded;

        if (!peer) {
            peer = mem_new(sizeof(*peer));
            buf_add_cstr(&peer->name, name);
            peer->annotator = buf_sv(&peer->name);
        }
        peer->stamp = stamp;
        *changed = true;
        if (was_loaded || layer_file_may_talk(buf_cstr(&path)))
            load_peer(session, reading, peer);
    }
    buf_release(&path);
    return peer;
}

bool peers_look(struct session *session, struct inner *reading)
{
    struct fs_names names = { 0 };
    struct peer **kept = NULL;
    size_t count = 0, cap = 0;
    struct err err = { 0 };
    bool changed = false;

    if (session_is_blind(session, &reading->pub)) {
        changed = reading->peer_count > 0;
        peers_release(reading);
        return changed;
    }
    if (!workspace_annotators(session->ws, &names, &err)) {
        err_release(&err);
        return false;
    }
    for (size_t i = 0; i < names.count; i++) {
        struct peer *peer = NULL;

        if (!sv_eq_cstr(buf_sv(&session->annotator), names.items[i]))
            peer = look_at(session, reading, names.items[i], &changed);
        if (!peer)
            continue;
        MEM_GROW(kept, count, cap);
        kept[count++] = peer;
    }
    for (size_t i = 0; i < reading->peer_count; i++) {
        bool is_kept = false;

        for (size_t j = 0; j < count; j++)
            is_kept |= kept[j] == reading->peers[i];
        if (!is_kept)
            peer_free(reading->peers[i]);
        changed |= !is_kept;
    }
    mem_free(reading->peers);
    reading->peers = kept;
    reading->peer_count = count;
    reading->peer_cap = cap;
    fs_names_release(&names);
    return changed;
}

// ---- what is asked

size_t session_peers(struct session *session, struct reading *pub, const struct layer *const **out)
{
    struct inner *reading = (struct inner *)pub; // pub is its first member
    bool is_new = peers_look(session, reading);
    size_t count = 0;

    for (size_t i = 0; i < reading->peer_count; i++)
        if (!reading->peers[i]->is_loaded) {
            load_peer(session, reading, reading->peers[i]);
            is_new = true;
        }
    if (is_new) {
        session->version++;
        deltas_forget(session);
    }
    mem_free(reading->peer_layers);
    reading->peer_layers = mem_new((reading->peer_count + 1) * sizeof(*reading->peer_layers));
    for (size_t i = 0; i < reading->peer_count; i++)
        if (!reading->peers[i]->file.is_refused)
            reading->peer_layers[count++] = &reading->peers[i]->file.layer;
    *out = reading->peer_layers;
    return count;
}

const struct threads *session_threads(struct session *session)
{
    const struct layer **layers = NULL;
    size_t count = 0, cap = 0;

    if (session->has_threads && session->threads_version == session->version)
        return &session->threads;
    for (size_t i = 0; i < session->reading_count; i++) {
        const struct inner *reading = session->readings[i];

        MEM_GROW(layers, count, cap);
        layers[count++] = &reading->pub.file.layer;
        for (size_t j = 0; j < reading->peer_count; j++) {
            if (!reading->peers[j]->is_loaded || reading->peers[j]->file.is_refused)
                continue;
            MEM_GROW(layers, count, cap);
            layers[count++] = &reading->peers[j]->file.layer;
        }
    }
    threads_release(&session->threads);
    threads_find(layers, count, &session->threads);
    session->has_threads = true;
    session->threads_version = session->version;
    mem_free(layers);
    return &session->threads;
}
