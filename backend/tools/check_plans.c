/*
 * The lists of the inbox hold 40 rows of however many there are: each must walk the index that has them in
 * order. Over an account of thousands (plans.sql), planned once for all values as the programs plan, none may
 * fetch everything to sort it.
 */
#include "domain/auth/access.h"
#include "tools/check_sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a plan may not hold. Lists of several arms sort what the arms found, a page of each. */
static const struct rule {
    const char *statement, *values, *never;
} rules[] = {
    { "ticket_list_newest", "NULL, NULL, NULL, false, NULL, NULL, NULL, false, NULL, NULL, 41",
      "Sort" },
    { "ticket_list_oldest", "NULL, NULL, NULL, false, NULL, NULL, NULL, false, NULL, NULL, 41",
      "Sort" },
    { "ticket_list_assignee", "NULL, NULL, 1, false, NULL, NULL, NULL, false, NULL, NULL, 41",
      "Sort" },
    { "ticket_list_departments",
      "'{1,2}', NULL, NULL, false, NULL, NULL, NULL, false, NULL, NULL, 41", "Bitmap" },
    { "ticket_list_mine", "NULL, NULL, NULL, false, NULL, NULL, NULL, false, NULL, NULL, 41",
      "Bitmap" },
    { "ticket_list_mine_oldest", "NULL, NULL, NULL, false, NULL, NULL, NULL, false, NULL, NULL, 41",
      "Bitmap" },
    { 0 },
};

static const struct db_stmt *
statement_of(const char *name)
{
    for (const struct db_stmt *const *s = all_statements; *s != NULL; s++)
        if (strcmp((*s)->name, name) == 0)
            return *s;
    BUG("statement=%s is not there", name);
}

static void
must(struct db *db, struct arena *a, const char *sql)
{
    const char *why = db_script(db, a, sql);

    if (why != NULL)
        BUG("error=\"%s\"", why);
}

/* EXPLAIN EXECUTE, for account 1 and everything of it, asked of require_plan() of plans.sql. */
static struct str
question(struct arena *a, const struct rule *rule, const struct db_stmt *stmt)
{
    struct str values = str_fmt(a, "1, 'serving', %s", rule->values);

    for (int i = 0; i < stmt->bound_count; i++) {
        const char *value = access_everything[stmt->bound[i]];

        values = str_fmt(a, value == NULL ? "%.*s, NULL" : "%.*s, '%s'", STR_ARG(values), value);
    }
    return str_fmt(a, "SELECT require_plan($$EXPLAIN EXECUTE %s (%.*s)$$, '%s')", stmt->name,
                   STR_ARG(values), rule->never);
}

int
main(void)
{
    const char *conninfo = getenv("BALCAO_TEST_DB");
    struct arena *arena = arena_new(16 * 1024);
    int checked = 0, refused = 0;
    struct db *db;

    log_init("check_plans", LOG_WARN);
    if (conninfo == NULL)
        BUG("BALCAO_TEST_DB is not set: run through tools/testdb.sh");
    db = db_open(conninfo, "check_plans");
    must(db, arena,
         "SET plan_cache_mode = force_generic_plan; SET ROLE balcao_api;"
         "SET balcao.account = '1'");
    for (const struct rule *rule = rules; rule->statement != NULL; rule++) {
        const struct db_stmt *stmt = statement_of(rule->statement);
        const char *why;

        must(db, arena,
             str_cstr(arena, str_fmt(arena, "PREPARE %s AS %s", stmt->name, stmt->text)));
        why = db_script(db, arena, str_cstr(arena, question(arena, rule, stmt)));
        checked++;
        refused += why != NULL;
        if (why != NULL)
            fprintf(stderr, "%s: %s\n", stmt->name, why);
        arena_reset(arena);
    }
    db_close(db);
    arena_free(arena);
    printf("%d plans of lists, %d fetch too much\n", checked, refused);
    return refused == 0 && checked > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
