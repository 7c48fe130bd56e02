// The query language: text -> tree of terms, and the walk over it for one claim.
// Never knows what a key means; that is query_term.c's.
#include "model/query.h"

#include <string.h>

#include "base/visible.h"
#include "model/decision.h"
#include "model/name.h"
#include "model/query_term.h"
#include "model/saved.h"

#define DEPTH_MAX   64 // parentheses and `not` inside each other
#define TERMS_MAX   10000
#define SAVED_SHOWN 8 // names in a message
#define SOFT_HYPHEN "\xC2\xAD"

struct query {
    struct arena arena;
    struct sv text;
    const struct node *root; // NULL: everything
    struct finder **finders; // all of them, to be freed
    size_t finder_count, finder_cap;
};

struct parser {
    struct query *query;
    struct sv text;
    size_t pos; // byte in `text`
    int depth, terms;
    struct err *err;
    const struct rec_list *saved; // struct saved_query; NULL: none
    const struct parser *outer;   // that `text` is a saved query for
    struct sv name;               // of that query
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char peek(const struct parser *p)
{
    return p->pos < p->text.len ? p->text.ptr[p->pos] : '\0';
}

static bool at_end(const struct parser *p)
{
    return p->pos >= p->text.len;
}

static void skip_blanks(struct parser *p)
{
    while (!at_end(p) && is_blank(peek(p)))
        p->pos++;
}

static size_t code_point_size(const struct parser *p, size_t pos)
{
    size_t size;

    utf8_decode(sv_sub(p->text, pos, p->text.len), &size);
    return size;
}

// 1-based code point of byte `pos`.
static int column_of(const struct parser *p, size_t pos)
{
    int column = 1;

    for (size_t i = 0; i < pos; i += code_point_size(p, i))
        column++;
    return column;
}

// Set an error at byte `pos`. Returns false.
static bool fail(struct parser *p, size_t pos, const char *fmt, ...) PRINTF(3, 4);
static bool fail(struct parser *p, size_t pos, const char *fmt, ...)
{
    struct err_at at = { .col = column_of(p, pos) };
    struct buf text = { 0 };
    va_list args;

    va_start(args, fmt);
    buf_addv(&text, fmt, args);
    va_end(args);
    err_set(p->err, E_QUERY, at, "column %d: %s", at.col, buf_cstr(&text));
    buf_release(&text);
    return false;
}

static struct node *node_new(struct parser *p, enum node_type type)
{
    struct node *node = arena_new(&p->query->arena, sizeof(*node));

    node->type = type;
    return node;
}

static const struct node *join(struct parser *p, enum node_type type, const struct node *left,
                               const struct node *right)
{
    struct node *node = node_new(p, type);

    node->left = left;
    node->right = right;
    return node;
}

// Compile `pattern`, which begins at byte `pos`.
static bool compile(struct parser *p, struct sv pattern, size_t pos, struct finder **out)
{
    struct err cause = { 0 };

    if (!finder_new(pattern, out, &cause)) {
        size_t inner = pos;

        for (int i = 1; i < cause.col && inner < p->text.len; i++)
            inner += code_point_size(p, inner);
        fail(p, inner, "%s", buf_cstr(&cause.text));
        err_release(&cause);
        return false;
    }
    MEM_GROW(p->query->finders, p->query->finder_count, p->query->finder_cap);
    p->query->finders[p->query->finder_count++] = *out;
    return true;
}

// A word or phrase, which begins at byte `pos`: case does not count, nor do slashes at both ends.
static bool compile_literal(struct parser *p, struct sv literal, size_t pos, struct finder **out)
{
    struct buf pattern = { 0 };
    bool ok;

    if (sv_starts(literal, SV("/")))
        buf_add_cstr(&pattern, SOFT_HYPHEN); // matches nothing, and the slash begins no regex
    buf_add(&pattern, name_fold(&p->query->arena, literal));
    ok = compile(p, buf_sv(&pattern), pos, out);
    buf_release(&pattern);
    return ok;
}

static const struct node *text_node(struct parser *p, struct finder *finder, bool is_literal)
{
    struct node *node = node_new(p, NODE_TEXT);

    node->values = arena_new(&p->query->arena, sizeof(*node->values));
    node->values[0].finder = finder;
    node->values[0].is_literal = is_literal;
    node->value_count = 1;
    return node;
}

// The words between quotation marks; p stands on the first mark.
static bool read_quoted(struct parser *p, struct sv *out)
{
    size_t beg = p->pos + 1, end = sv_find(p->text, SV("\""), beg);

    if (end == SIZE_MAX)
        return fail(p, p->pos, "the phrase has no closing '\"'");
    *out = sv_sub(p->text, beg, end);
    if (sv_is_blank(*out))
        return fail(p, p->pos, "the phrase is empty; put words between the quotation marks");
    p->pos = end + 1;
    return true;
}

static struct sv read_word(struct parser *p, const char *stops)
{
    size_t beg = p->pos;

    while (!at_end(p) && !is_blank(peek(p)) && !(peek(p) && strchr(stops, peek(p))))
        p->pos++;
    return sv_sub(p->text, beg, p->pos);
}

static bool read_value(struct parser *p, const struct query_key *key, struct query_value *out)
{
    size_t beg = p->pos;

    if (peek(p) == '"') {
        if (!read_quoted(p, &out->text))
            return false;
    } else {
        out->text = read_word(p, ",()\"");
    }
    if (!out->text.len)
        return fail(p, beg, "'%s:' wants a value right here, such as %s:%s", key->name, key->name,
                    key->example);
    out->is_any = p->text.ptr[beg] == '*' && out->text.len == 1;
    if (out->is_any)
        return true;
    if (key->is_valid && !key->is_valid(out->text))
        return fail(p, beg, "'" SV_FMT "' is no value of '%s:'; write it as in %s:%s",
                    SV_ARG(out->text), key->name, key->name, key->example);
    out->is_literal = key->is_search;
    return !key->is_search || compile_literal(p, out->text, beg, &out->finder);
}

// The values of a key; p stands behind the colon.
static const struct node *parse_values(struct parser *p, const struct query_key *key)
{
    struct node *node = node_new(p, NODE_KEY);
    size_t cap = 1;

    for (size_t i = p->pos; i < p->text.len; i++)
        cap += p->text.ptr[i] == ',';
    node->key = key;
    node->values = arena_new(&p->query->arena, cap * sizeof(*node->values));
    do {
        if (!read_value(p, key, &node->values[node->value_count]))
            return NULL;
        node->value_count++;
    } while (peek(p) == ',' && p->pos++ < p->text.len);
    return node;
}

// A word with a colon behind letters: `name` is those letters, at byte `pos`.
static const struct node *parse_key(struct parser *p, struct sv name, size_t pos)
{
    const struct query_key *key = query_key_find(name);
    const char *nearest = query_key_nearest(name);

    if (key)
        return parse_values(p, key);
    if (query_flag_find(name))
        fail(p, pos, "'" SV_FMT "' takes no value; write it without the colon", SV_ARG(name));
    else if (nearest)
        fail(p, pos, "'" SV_FMT ":' is no key; did you mean '%s:'", SV_ARG(name), nearest);
    else
        fail(p, pos,
             "'" SV_FMT ":' is no key; put it in quotation marks to look for it in the text",
             SV_ARG(name));
    return NULL;
}

// Letters before a colon at `pos`; absent if there are none.
static struct sv key_name(const struct parser *p)
{
    size_t end = p->pos;

    while (end < p->text.len && is_letter(p->text.ptr[end]))
        end++;
    if (end == p->pos || end == p->text.len || p->text.ptr[end] != ':')
        return (struct sv){ 0 };
    return sv_sub(p->text, p->pos, end);
}

static const struct node *parse_regex(struct parser *p)
{
    size_t beg = p->pos, end = beg + 1;
    struct finder *finder;

    while (end < p->text.len && p->text.ptr[end] != '/')
        end += p->text.ptr[end] == '\\' ? 2 : 1;
    if (end >= p->text.len) {
        fail(p, beg, "the expression has no closing '/'");
        return NULL;
    }
    p->pos = end + 1;
    return compile(p, sv_sub(p->text, beg, p->pos), beg, &finder) ? text_node(p, finder, false)
                                                                  : NULL;
}

static const struct node *parse_phrase(struct parser *p)
{
    size_t beg = p->pos;
    struct finder *finder;
    struct sv phrase;

    if (!read_quoted(p, &phrase) || !compile_literal(p, phrase, beg + 1, &finder))
        return NULL;
    return text_node(p, finder, true);
}

static const struct node *parse_or(struct parser *p);

// What a parser was given, up to its end.
static const struct node *parse_all(struct parser *p)
{
    const struct node *root = parse_or(p);

    if (root && !at_end(p)) {
        fail(p, p->pos, "')' closes nothing; put a '(' before it or take it out");
        return NULL;
    }
    return root;
}

// "there are @blame, @toll", in `out`.
static void add_saved(const struct rec_list *saved, struct buf *out)
{
    size_t count = saved ? saved->count : 0;

    buf_add_cstr(out, count ? "there are " : "none is saved yet, in annotations/queries.yaml");
    for (size_t i = 0; i < count && i < SAVED_SHOWN; i++)
        buf_addf(out, "%s@" SV_FMT, i ? ", " : "",
                 SV_ARG(((const struct saved_query *)saved->items[i])->id));
    if (count > SAVED_SHOWN)
        buf_addf(out, " and %zu more", count - SAVED_SHOWN);
}

static const struct node *refuse_saved(struct parser *p, struct sv name, size_t pos)
{
    const struct saved_query *near = saved_nearest(p->saved, name);
    struct buf list = { 0 };

    if (near) {
        fail(p, pos, "no saved query '@" SV_FMT "'; did you mean '@" SV_FMT "'", SV_ARG(name),
             SV_ARG(near->id));
    } else {
        add_saved(p->saved, &list);
        fail(p, pos, "no saved query '@" SV_FMT "'; %s", SV_ARG(name), buf_cstr(&list));
    }
    buf_release(&list);
    return NULL;
}

// `@name`, p on the sign: the terms of that query, in parentheses as it were.
static const struct node *parse_saved(struct parser *p)
{
    size_t beg = p->pos++;
    struct sv name = read_word(p, "()\"");
    const struct saved_query *saved = saved_find(p->saved, name);
    struct err cause = { 0 };
    struct parser inner = {
        .query = p->query, .depth = p->depth, .terms = p->terms, .err = &cause
    };

    if (!saved)
        return refuse_saved(p, name, beg);
    for (const struct parser *outer = p; outer; outer = outer->outer) {
        if (outer->outer && sv_eq(outer->name, name)) {
            fail(p, beg, "'@" SV_FMT "' asks for itself", SV_ARG(name));
            return NULL;
        }
    }
    inner.text = sv_copy(&p->query->arena, saved->query);
    inner.saved = p->saved;
    inner.outer = p;
    inner.name = saved->id;

    const struct node *node = parse_all(&inner);

    p->terms = inner.terms;
    if (!node)
        fail(p, beg, "in '@" SV_FMT "': %s", SV_ARG(name), buf_cstr(&cause.text));
    err_release(&cause);
    return node;
}

// A key with values, a flag, or a plain word.
static const struct node *parse_word(struct parser *p)
{
    size_t beg = p->pos;
    struct sv name = key_name(p), word;
    struct finder *finder;

    if (name.len) {
        p->pos += name.len + 1;
        return parse_key(p, name, beg);
    }
    word = read_word(p, "()\"");

    const struct query_flag *flag = query_flag_find(word);

    if (flag) {
        struct node *node = node_new(p, NODE_FLAG);

        node->flag = flag;
        return node;
    }
    return compile_literal(p, word, beg, &finder) ? text_node(p, finder, true) : NULL;
}

// True when the word `word` stands at p.
static bool at_word(const struct parser *p, const char *word)
{
    struct parser ahead = *p;

    return sv_eq_cstr(read_word(&ahead, "()\""), word);
}

static const struct node *parse_group(struct parser *p)
{
    size_t beg = p->pos++;
    const struct node *node = parse_or(p);

    if (!node)
        return NULL;
    if (peek(p) != ')') {
        fail(p, beg, "'(' has no closing ')'");
        return NULL;
    }
    p->pos++;
    return node;
}

static const struct node *parse_unary(struct parser *p)
{
    const struct node *node;

    skip_blanks(p);
    if (at_end(p) || peek(p) == ')' || at_word(p, "or")) {
        fail(p, p->pos, "a word, a key, a flag, 'not' or '(' should stand here");
        return NULL;
    }
    if (p->depth == DEPTH_MAX) {
        fail(p, p->pos, "more than %d parentheses inside each other", DEPTH_MAX);
        return NULL;
    }
    if (p->terms++ == TERMS_MAX) {
        fail(p, p->pos, "more than %d terms", TERMS_MAX);
        return NULL;
    }
    p->depth++;
    if (at_word(p, "not")) {
        p->pos += strlen("not");
        node = parse_unary(p);
        node = node ? join(p, NODE_NOT, node, NULL) : NULL;
    } else if (peek(p) == '(') {
        node = parse_group(p);
    } else if (peek(p) == '"') {
        node = parse_phrase(p);
    } else if (peek(p) == '/') {
        node = parse_regex(p);
    } else if (peek(p) == '@') {
        node = parse_saved(p);
    } else {
        node = parse_word(p);
    }
    p->depth--;
    return node;
}

static const struct node *parse_and(struct parser *p)
{
    const struct node *node = parse_unary(p);

    while (node) {
        skip_blanks(p);
        if (at_end(p) || peek(p) == ')' || at_word(p, "or"))
            break;

        const struct node *right = parse_unary(p);

        node = right ? join(p, NODE_AND, node, right) : NULL;
    }
    return node;
}

static const struct node *parse_or(struct parser *p)
{
    const struct node *node = parse_and(p);

    while (node && at_word(p, "or")) {
        p->pos += strlen("or");

        const struct node *right = parse_and(p);

        node = right ? join(p, NODE_OR, node, right) : NULL;
    }
    return node;
}

static bool key_holds(const struct node *node, const struct subject *subject)
{
    for (size_t i = 0; i < node->value_count; i++)
        if (query_key_matches(node->key, subject, &node->values[i]))
            return true;
    return false;
}

bool query_node_holds(const struct node *node, const struct subject *subject)
{
    switch (node->type) {
    case NODE_AND:
        return query_node_holds(node->left, subject) && query_node_holds(node->right, subject);
    case NODE_OR:
        return query_node_holds(node->left, subject) || query_node_holds(node->right, subject);
    case NODE_NOT:
        return !query_node_holds(node->left, subject);
    case NODE_FLAG:
        return node->flag->holds(subject);
    case NODE_TEXT:
        return query_text_matches(subject, node->values[0].finder);
    case NODE_KEY:
        return key_holds(node, subject);
    }
    return false;
}

static void each_value(const struct node *node,
                       void (*each)(void *ctx, const struct query_key *key, struct sv value),
                       void *ctx) // recursive, as deep as query_node_holds
{
    if (node->left)
        each_value(node->left, each, ctx);
    if (node->right)
        each_value(node->right, each, ctx);
    for (size_t i = 0; node->type == NODE_KEY && i < node->value_count; i++)
        if (!node->values[i].is_any)
            each(ctx, node->key, node->values[i].text);
}

void query_each_value(const struct query *query,
                      void (*each)(void *ctx, const struct query_key *key, struct sv value),
                      void *ctx)
{
    if (query && query->root)
        each_value(query->root, each, ctx);
}

const struct node *query_root(const struct query *query)
{
    return query->root;
}

struct sv query_text(const struct query *query)
{
    return query->text;
}

static bool has_key(const struct node *node,
                    const char *key) // recursive, as deep as query_node_holds
{
    return node && ((node->key && !strcmp(node->key->name, key)) || has_key(node->left, key) ||
                    has_key(node->right, key));
}

bool query_has_key(const struct query *query, const char *key)
{
    return query && has_key(query->root, key);
}

// Other flags ask for what all of a claim's links make of it.
static bool sees_links(const struct node *node) // recursive, as deep as query_node_holds
{
    if (!node)
        return false;
    if (node->key && (node->key->unit == UNIT_LINK || !strcmp(node->key->name, "id") ||
                      !strcmp(node->key->name, "links")))
        return true;
    if (node->flag && !strcmp(node->flag->name, "strict"))
        return true;
    return sees_links(node->left) || sees_links(node->right);
}

bool query_sees_links(const struct query *query)
{
    return query && sees_links(query->root);
}

bool query_parse(struct sv text, const struct rec_list *saved, struct query **out, struct err *err)
{
    struct query *query = mem_new(sizeof(*query));
    struct parser p = {
        .query = query, .text = sv_copy(&query->arena, text), .err = err, .saved = saved
    };
    bool ok = true;

    query->text = p.text;
    skip_blanks(&p);
    if (!at_end(&p)) {
        query->root = parse_all(&p);
        ok = query->root != NULL;
    }
    if (!ok) {
        query_free(query);
        return false;
    }
    *out = query;
    return true;
}

void query_free(struct query *query)
{
    if (!query)
        return;
    for (size_t i = 0; i < query->finder_count; i++)
        finder_free(query->finders[i]);
    mem_free(query->finders);
    arena_release(&query->arena);
    mem_free(query);
}

bool query_matches(const struct query *query, const struct query_ctx *ctx,
                   const struct layer *layer, const struct claim *claim)
{
    struct subject subject = { ctx, layer, claim };

    if (decision_is_rejected(SECTION_CLAIMS, claim))
        return false; // it is no claim any more
    return !query || !query->root || query_node_holds(query->root, &subject);
}
