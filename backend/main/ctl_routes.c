/*
 * balcaoctl routes: everything the API answers to, one line each, for tests that must
 * hold for every route there is. Divided by tabs, "-" where there is nothing:
 *
 *   method  path  access  permission  flags  audit action  body  ids
 *
 * Flags: scoped step_up read_audited no_token (the permission's) unpaid no_factor
 * (the route's). Ids: what each parameter of the path names, "id:ticket,seq:message_seq".
 */
#include "domain/auth/permissions.h"
#include "main/ctl.h"
#include "main/tables.h"

#include <stdio.h>
#include <string.h>

static const char *const access_words[] = {
    [ACCESS_MEMBER] = "member",   [ACCESS_SESSION] = "session",   [ACCESS_PUBLIC] = "public",
    [ACCESS_VISITOR] = "visitor", [ACCESS_LOOPBACK] = "loopback", [ACCESS_OPERATOR] = "operator",
};
static const char *const body_words[] = {
    [BODY_NONE] = "none",
    [BODY_JSON] = "json",
    [BODY_RAW] = "raw",
    [BODY_FILE] = "file",
};

static const char *
word_or_none(const char *word)
{
    return word == NULL ? "-" : word;
}

static const struct permission *
permission_of(const struct route *route)
{
    if (route->permission == NULL || strcmp(route->permission, ROUTE_ANY_MEMBER) == 0)
        return NULL;
    return permissions_get(route->permission);
}

static void
print_flags(const struct route *route)
{
    const struct permission *permission = permission_of(route);
    unsigned of_permission = permission == NULL ? 0 : permission->flags;
    const struct {
        bool is_set;
        const char *word;
    } flags[] = {
        { (of_permission & PERMISSION_SCOPED) != 0, "scoped" },
        { (of_permission & PERMISSION_STEP_UP) != 0 || (route->flags & ROUTE_STEP_UP) != 0,
          "step_up" },
        { (of_permission & PERMISSION_READ_AUDITED) != 0, "read_audited" },
        { (of_permission & PERMISSION_NO_TOKEN) != 0, "no_token" },
        { (route->flags & ROUTE_UNPAID) != 0, "unpaid" },
        { (route->flags & ROUTE_NO_FACTOR) != 0, "no_factor" },
    };
    const char *comma = "";

    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (flags[i].is_set) {
            printf("%s%s", comma, flags[i].word);
            comma = ",";
        }
    if (comma[0] == '\0')
        printf("-");
}

/* A company of companies, a branch of branches, a ticket of tickets. */
static void
print_one_of(struct str word)
{
    bool is_y = str_ends(word, STR("ies"));
    size_t cut = is_y ? 3 : str_ends(word, STR("ches")) ? 2 : str_ends(word, STR("s")) ? 1 : 0;

    printf("%.*s%s", (int)(word.len - cut), word.p, is_y ? "y" : "");
}

/* /tickets/:id names a ticket, /hooks/:token a hook_token. */
static void
print_ids(struct str path)
{
    struct str word, before = { 0 };
    const char *comma = "";

    while (str_cut(&path, '/', &word)) {
        if (str_starts(word, STR(":"))) {
            struct str name = { word.p + 1, word.len - 1 };

            printf("%s%.*s:", comma, STR_ARG(name));
            print_one_of(before);
            if (!str_eq(name, STR("id")))
                printf("_%.*s", STR_ARG(name));
            comma = ",";
        }
        before = word;
    }
    if (comma[0] == '\0')
        printf("-");
}

static void
print_route(const struct route *route, void *arg)
{
    (void)arg;
    printf("%s\t%s\t%s\t%s\t", http_method_word(route->method), route->path,
           access_words[route->access], word_or_none(route->permission));
    print_flags(route);
    printf("\t%s\t%s\t", word_or_none(route->audit), body_words[route->body]);
    print_ids(str_of(route->path));
    printf("\n");
}

static void
print_routes(const struct route *const *tables, size_t n)
{
    struct router *router = router_new(tables, n);

    router_each(router, print_route, NULL);
    router_free(router);
}

struct err
ctl_routes(struct call *call)
{
    (void)call;
    print_routes(route_tables, route_table_count);
    print_routes(operator_tables, operator_table_count);
    return OK;
}
