#include "http.h"

#include <stdlib.h>

/*
 * A tree of path segments. A node has children by fixed text and at most one that
 * takes any text; fixed text is tried first, and the walk comes back to the other
 * when it leads nowhere ("/tickets/mine" beside "/tickets/:id/take").
 */
struct node {
    struct str text; /* of this segment; unused in a parameter's node */
    struct node **fixed;
    size_t fixed_count;
    struct node *any;
    const struct route *routes[METHOD__MAX];
    bool is_end; /* some route ends here */
};

struct router {
    struct node root;
    const struct route *const *tables;
    size_t table_count;
};

enum {
    DEPTH_MAX = 16,
    PARAMS_MAX = (int)(sizeof((struct req *)0)->params / sizeof((struct req *)0)->params[0])
};

static const char *const method_words[METHOD__MAX] = {
    [GET] = "GET",     [HEAD] = "HEAD",     [POST] = "POST",       [PUT] = "PUT",
    [PATCH] = "PATCH", [DELETE] = "DELETE", [OPTIONS] = "OPTIONS",
};

const char *
http_method_word(enum http_method method)
{
    return method_words[method];
}

bool
http_method_parse(struct str word, enum http_method *out)
{
    for (int m = 0; m < METHOD__MAX; m++) {
        if (str_eq(word, str_of(method_words[m]))) {
            *out = (enum http_method)m;
            return true;
        }
    }
    return false;
}

/* The tree lives as long as the process, outside of any arena. */
static void *
grow(void *p, size_t n, size_t bytes)
{
    void *larger = reallocarray(p, n, bytes);
    if (larger == NULL)
        BUG("what=out_of_memory");
    return larger;
}

static struct node *
node_new(struct str text)
{
    struct node *node = grow(NULL, 1, sizeof *node);
    *node = (struct node){ .text = text };
    return node;
}

static bool
is_param(struct str segment)
{
    return segment.len > 1 && segment.p[0] == ':';
}

static struct node *
node_fixed(const struct node *node, struct str segment)
{
    for (size_t i = 0; i < node->fixed_count; i++)
        if (str_eq(node->fixed[i]->text, segment))
            return node->fixed[i];
    return NULL;
}

static struct node *
node_child(struct node *node, struct str segment)
{
    struct node *child;

    if (is_param(segment)) {
        if (node->any == NULL)
            node->any = node_new(segment);
        return node->any;
    }
    child = node_fixed(node, segment);
    if (child == NULL) {
        child = node_new(segment);
        node->fixed = grow(node->fixed, node->fixed_count + 1, sizeof(struct node *));
        node->fixed[node->fixed_count++] = child;
    }
    return child;
}

/* Cuts the next segment off "/a/b". False at the end. "/a/" ends in an empty segment. */
static bool
next_segment(struct str *rest, struct str *segment)
{
    ptrdiff_t slash;

    if (rest->len == 0)
        return false;
    rest->p++; /* the slash before it */
    rest->len--;
    slash = str_find(*rest, '/');
    segment->p = rest->p;
    segment->len = slash < 0 ? rest->len : (size_t)slash;
    rest->p += segment->len;
    rest->len -= segment->len;
    return true;
}

static void
add_route(struct node *node, const struct route *route)
{
    struct str rest = str_of(route->path);
    struct str segment;
    int params = 0, depth = 0;

    if (rest.len == 0 || rest.p[0] != '/')
        BUG("what=route_without_slash route=%s", route->path);
    while (next_segment(&rest, &segment)) {
        params += is_param(segment);
        depth++;
        node = node_child(node, segment);
    }
    if (params > PARAMS_MAX || depth > DEPTH_MAX)
        BUG("what=route_too_deep route=%s", route->path);
    if (node->routes[route->method] != NULL)
        BUG("what=route_twice method=%s route=%s", method_words[route->method], route->path);
    node->routes[route->method] = route;
    node->is_end = true;
}

struct router *
router_new(const struct route *const *tables, size_t n)
{
    struct router *r = grow(NULL, 1, sizeof *r);

    *r = (struct router){ .tables = tables, .table_count = n };
    for (size_t i = 0; i < n; i++)
        for (const struct route *route = tables[i]; route->handler != NULL; route++)
            add_route(&r->root, route);
    return r;
}

static void
node_release(struct node *node)
{
    for (size_t i = 0; i < node->fixed_count; i++) {
        node_release(node->fixed[i]);
        free(node->fixed[i]);
    }
    free(node->fixed);
    if (node->any != NULL) {
        node_release(node->any);
        free(node->any);
    }
}

void
router_free(struct router *r)
{
    if (r == NULL)
        return;
    node_release(&r->root);
    free(r);
}

void
router_each(const struct router *r, void (*fn)(const struct route *route, void *arg), void *arg)
{
    for (size_t i = 0; i < r->table_count; i++)
        for (const struct route *route = r->tables[i]; route->handler != NULL; route++)
            fn(route, arg);
}

/* Depth is bounded by the tree's, which add_route bounds. */
static const struct node *
find_node(const struct node *node, struct str rest)
{
    const struct node *found = NULL;
    const struct node *fixed;
    struct str segment;

    if (!next_segment(&rest, &segment))
        return node->is_end ? node : NULL;

    fixed = node_fixed(node, segment);
    if (fixed != NULL)
        found = find_node(fixed, rest);
    if (found == NULL && node->any != NULL && segment.len > 0)
        found = find_node(node->any, rest);
    return found;
}

/* Names come from the route's own pattern: two routes may share a node and name it differently. */
static void
fill_params(struct req *req)
{
    struct str pattern = str_of(req->route->path);
    struct str path = req->path;
    struct str name, value;

    req->param_count = 0;
    while (next_segment(&pattern, &name) && next_segment(&path, &value)) {
        if (is_param(name)) {
            int i = req->param_count++;
            req->params[i].name = (struct str){ name.p + 1, name.len - 1 };
            req->params[i].value = value;
        }
    }
}

static struct str
allowed_methods(struct arena *a, const struct node *node)
{
    struct buf list = { .arena = a };

    for (int m = 0; m < METHOD__MAX; m++) {
        bool is_implied = m == OPTIONS || (m == HEAD && node->routes[GET] != NULL);
        if (node->routes[m] != NULL || is_implied)
            buf_fmt(&list, "%s%s", list.len > 0 ? ", " : "", method_words[m]);
    }
    return buf_str(&list);
}

struct err
router_match(const struct router *r, struct req *req, struct str *allow)
{
    const struct node *node;

    *allow = (struct str){ 0 };
    req->route = NULL;
    if (req->path.len == 0 || req->path.p[0] != '/')
        return FAIL(ERR_NOT_FOUND, "route_unknown");
    node = find_node(&r->root, req->path);
    if (node == NULL)
        return FAIL(ERR_NOT_FOUND, "route_unknown");

    req->route = node->routes[req->method];
    if (req->route == NULL && req->method == HEAD)
        req->route = node->routes[GET];
    if (req->route == NULL) {
        *allow = allowed_methods(req->arena, node);
        return FAIL(ERR_INVALID, "method_not_allowed");
    }
    fill_params(req);
    return OK;
}
