/*
 * The lists of the inbox hold 40 rows of however many there are: each must walk the index that has them in
 * order. Over an account of thousands (plans.sql), planned once for all values as the programs plan, none may
 * fetch everything to sort it.
 */
#include "domain/auth/access.h"
#include "tools/check_sql.h"

#include <libpq-fe.h>
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

static PGresult *
ask(PGconn *pg, const char *sql)
{
    PGresult *answer = PQexec(pg, sql);

    if (PQresultStatus(answer) != PGRES_TUPLES_OK && PQresultStatus(answer) != PGRES_COMMAND_OK)
        BUG("error=\"%s\" in=\"%s\"", PQresultErrorMessage(answer), sql);
    return answer;
}

/* EXPLAIN EXECUTE, for account 1 and everything of it. */
static void
explanation(const struct rule *rule, const struct db_stmt *stmt, char *out, size_t size)
{
    int n = snprintf(out, size, "EXPLAIN EXECUTE %s (1, 'serving', %s", stmt->name, rule->values);

    for (int i = 0; i < stmt->bound_count; i++) {
        const char *value = access_everything[stmt->bound[i]];

        n += snprintf(out + n, size - (size_t)n, value == NULL ? ", NULL" : ", '%s'", value);
    }
    snprintf(out + n, size - (size_t)n, ")");
}

/* Whether the plan keeps the rule; says which line does not. */
static bool
keeps(PGconn *pg, const struct rule *rule)
{
    const struct db_stmt *stmt = statement_of(rule->statement);
    char words[1000];
    PGresult *plan;
    bool is_kept = true;

    PQclear(PQprepare(pg, stmt->name, stmt->text, 0, NULL));
    explanation(rule, stmt, words, sizeof words);
    plan = ask(pg, words);
    for (int i = 0; i < PQntuples(plan) && is_kept; i++) {
        const char *line = PQgetvalue(plan, i, 0);

        is_kept = strstr(line, rule->never) == NULL;
        if (!is_kept)
            fprintf(stderr, "%s: %s\n", rule->statement, line + strspn(line, " ->"));
    }
    PQclear(plan);
    return is_kept;
}

int
main(void)
{
    const char *conninfo = getenv("BALCAO_TEST_DB");
    int checked = 0, refused = 0;
    PGconn *pg;

    log_init("check_plans", LOG_WARN);
    if (conninfo == NULL)
        BUG("BALCAO_TEST_DB is not set: run through tools/testdb.sh");
    pg = PQconnectdb(conninfo);
    PQclear(ask(
        pg,
        "SET plan_cache_mode = force_generic_plan; SET ROLE balcao_api; SET balcao.account = '1'"));

    for (const struct rule *rule = rules; rule->statement != NULL; rule++) {
        checked++;
        refused += !keeps(pg, rule);
    }
    PQfinish(pg);
    printf("%d plans of lists, %d fetch too much\n", checked, refused);
    return refused == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
