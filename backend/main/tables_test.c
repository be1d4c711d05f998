#include "base/testing/testing.h"
#include "domain/auth/permissions.h"
#include "main/tables.h"

#include <string.h>

/* What a member may change without leaving a trail, and why: it tells nobody anything but the person themselves. */
static const char *const untraced[] = {
    "/api/v1/tickets/:id/read",             /* a mark */
    "/api/v1/tickets/:id/typing",           /* a moment */
    "/api/v1/tickets/:id/draft",            /* not said yet */
    "/api/v1/tickets/:id/unread",           /* a mark */
    "/api/v1/tickets/:id/favourite",        /* one's own */
    "/api/v1/uploads",                      /* the message that carries it is traced */
    "/api/v1/chats/uploads",                /* likewise */
    "/api/v1/chats/:id/read",               /* a mark */
    "/api/v1/chats/:id/typing",             /* a moment */
    "/api/v1/me/presence",                  /* seen by all while it lasts, and told as it changes */
    "/api/v1/me/activity",                  /* a moment */
    "/api/v1/flows/:id/pages/:page",        /* who looks on; what they write is traced */
    "/api/v1/flows/:id/pages/:page/pencil", /* likewise */
};

static bool
is_untraced(const char *path)
{
    for (size_t i = 0; i < sizeof untraced / sizeof untraced[0]; i++)
        if (strcmp(untraced[i], path) == 0)
            return true;
    return false;
}

static void
check_permission(const struct route *route, void *arg)
{
    (void)arg;
    /* an unknown permission aborts in permissions_get */
    if (route->access == ACCESS_MEMBER)
        CHECK(route->permission != NULL && (strcmp(route->permission, ROUTE_ANY_MEMBER) == 0 ||
                                            permissions_get(route->permission) != NULL));
    else
        CHECK(route->permission == NULL);
}

static void
check_trail(const struct route *route, void *arg)
{
    (void)arg;
    if (route->access == ACCESS_MEMBER && route->tx == TX_WRITE && !is_untraced(route->path) &&
        route->audit == NULL)
        BUG("%s %s changes something and leaves no trail", http_method_word(route->method),
            route->path);
}

static void
check_operator(const struct route *route, void *arg)
{
    (void)arg;
    CHECK(str_starts(str_of(route->path), STR("/api/v1/operator/")));
    CHECK(route->access == ACCESS_OPERATOR || route->access == ACCESS_PUBLIC);
}

static void
check_no_operator(const struct route *route, void *arg)
{
    (void)arg;
    CHECK(route->access != ACCESS_OPERATOR);
}

static void
check_reads(const struct route *route, void *arg)
{
    (void)arg;
    if (route->method == GET)
        CHECK(route->tx != TX_WRITE && route->body == BODY_NONE);
}

static void
each_of(const struct route *const *tables, size_t n,
        void (*check)(const struct route *route, void *arg))
{
    struct router *router = router_new(tables, n);

    router_each(router, check, NULL);
    router_free(router);
}

static void
each(void (*check)(const struct route *route, void *arg))
{
    each_of(route_tables, route_table_count, check);
    each_of(operator_tables, operator_table_count, check);
}

TEST(every_member_route_asks_for_a_permission_of_the_table)
{
    each(check_permission);
}

TEST(whatever_a_member_changes_leaves_a_trail)
{
    each(check_trail);
}

TEST(operators_have_routes_of_their_own_and_no_others)
{
    each_of(operator_tables, operator_table_count, check_operator);
    each_of(route_tables, route_table_count, check_no_operator);
}

TEST(reading_changes_nothing_and_takes_no_body)
{
    each(check_reads);
}

TEST(every_job_kind_is_known_by_its_name)
{
    jobs_register(job_tables, job_table_count);
    for (size_t t = 0; t < job_table_count; t++)
        for (const struct job_kind *kind = job_tables[t]; kind->name != NULL; kind++)
            CHECK(jobs_kind(str_of(kind->name)) == kind);
}
