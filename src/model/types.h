// The records of FORMAT.md as C structs. Plain data: a record is never changed once it is in a layer;
// an edit is a shallow copy with other members (model/record.h), so undo is a swap of pointers.
// Every string and list lives in an arena of the layer; absent = zero. Member order = key order.
#ifndef GAINSAY_MODEL_TYPES_H
#define GAINSAY_MODEL_TYPES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

struct sv_list {
    const struct sv *items;
    size_t count;
};

struct cp_span_list {
    const struct cp_span *items;
    size_t count;
};

// Immutable list of records of one kind; the comment at each member names the kind.
struct rec_list {
    const void *const *items;
    size_t count;
};

// Keys this version does not know, kept inside nested maps as YAML text in canonical form.
struct extra {
    struct sv key;
    struct sv yaml; // value, canonical, relative indent 0
    const struct extra *next;
};

struct part { // one run of text of a claim
    struct cp_span at;
    struct sv quote, before, after;
    const struct extra *extra;
};

struct cue { // the words that attribute
    struct cp_span at;
    struct sv quote;
    const struct extra *extra;
};

struct voice { // who says it; `citing` is the voice inside this one
    struct sv source, act;
    const struct cue *cue;
    struct sv quoting, certainty;
    bool unsure;
    const struct voice *citing;
    const struct extra *extra;
};

struct value { // a quantity stated by a claim
    struct sv what, number, bound;
    const struct extra *extra;
};

struct contested { // the annotator's own mark; by and why may be absent
    struct sv_list by;
    struct sv why;
    const struct extra *extra;
};

struct target { // the far end of a link
    struct sv article, claim; // article absent: this one; claim absent: `omits`
    const struct extra *extra;
};

struct text_state { // the article when the positions were last made good
    struct sv sha256;
    size_t length; // code points
    const struct extra *extra;
};

// Records that stand in a layer's sections. `id` is first in each: see struct record.
struct record {
    struct sv id;
};

struct claim {
    struct sv id;
    struct rec_list span; // struct part, 1..n, in text order
    struct sv says, type, form, topic, certainty;
    struct rec_list values;        // struct value
    struct rec_list attributed_to; // struct voice
    struct sv author_stance;
    const struct contested *contested;
    struct sv_list repeats;
    struct sv note;
    struct sv_list tags;
    struct sv created;
    struct sv_list origin; // adjudicated layer: `from`
    struct sv decision, decided_by, why;
    struct sv_list seen; // of `origin`, item by item (model/decision.h)
    const struct extra *extra;
};

struct link {
    struct sv id, from;
    const struct target *to;
    struct sv type, point;
    bool strict;
    struct sv why;
    struct sv_list searched;
    struct sv created;
    struct sv_list origin; // adjudicated layer: `taken_from`, since `from` is its claim
    struct sv decision, decided_by, decided_why;
    struct sv_list seen;
    const struct extra *extra;
};

struct furniture {
    struct sv id;
    struct rec_list span; // struct part
    const struct extra *extra;
};

struct note {
    struct sv id;
    struct rec_list span; // struct part
    struct sv kind, text;
    const struct extra *extra;
};

struct comment { // on a record of any annotator's reading of the article
    struct sv id;
    struct sv about;    // ANNOTATOR/ID of the record, or ID alone: one of this layer
    struct sv reply_to; // the same of the comment it answers; absent: it begins a thread
    struct sv kind, text, created;
    const struct extra *extra;
};

struct source {
    struct sv id, name, kind;
    struct sv_list aliases;
    struct sv part_of, origin;
    struct sv_list merged;
    struct sv note;
    const struct extra *extra;
};

struct word { // one value of a vocabulary
    struct sv id;  // the value itself
    struct sv key; // one letter that picks it in a form
    struct sv color;
    bool disputes, ordered, one_end; // link types alone
    struct sv definition;
    const struct extra *extra;
};

struct vocabulary {
    struct sv id;  // name of the vocabulary, as in vocab.def
    bool replaces; // true: the built-in values are gone
    struct rec_list values; // struct word
    const struct extra *extra;
};

struct reporting { // a word that reports: text/cue.def has the built-in ones
    struct sv id;
    struct sv_list forms;
    struct sv how;
    bool noun;
    struct sv act;
    const struct extra *extra;
};

struct member { // of a team
    struct sv id, name;
    struct sv_list articles; // ids of articles or events; none: all
    struct sv note;
    const struct extra *extra;
};

struct saved_query { // of queries.yaml
    struct sv id; // its name
    struct sv query, what;
    const struct extra *extra;
};

struct meta { // ARTICLE.yaml beside the text
    struct sv title, outlet, author, published, url, retrieved, language, licence, origin, note;
    const struct extra *extra;
};

// Heads of files: the keys before and between the sections.
struct layer_head {
    size_t gainsay; // format version
    struct sv article, annotator;
    struct sv state; // "finished"; absent: not yet
    struct sv guideline; // version of the team's rules it was made under; absent: none was in force
    const struct text_state *text;
    struct cp_span_list read; // last key of the file
};

struct team_head { // team.yaml
    size_t gainsay;
    struct sv guideline; // version of the rules in force
    bool blind;
    struct sv_list adjudicators;
};

struct list_head { // sources.yaml, scheme.yaml, queries.yaml
    size_t gainsay;
    struct sv version;
};

#endif
