/*
 * Shows every statement to a migrated database before any customer does: a
 * renamed column breaks the build, not the night.
 */
#include "tools/check_sql.h"

#include <stdio.h>
#include <stdlib.h>

int
main(void)
{
    const char *conninfo = getenv("BALCAO_TEST_DB");
    struct arena *arena = arena_new(16 * 1024);
    int checked = 0, refused = 0;
    struct db *db;

    log_init("check_sql", LOG_WARN);
    if (conninfo == NULL)
        BUG("BALCAO_TEST_DB is not set: run through tools/testdb.sh");
    db = db_open(conninfo, "check_sql");

    for (const struct db_stmt *const *s = all_statements; *s != NULL; s++) {
        const char *why = db_prepare_check(db, arena, *s);

        checked++;
        if (why != NULL) {
            refused++;
            fprintf(stderr, "%s: %s\n", (*s)->name, why);
        }
        arena_reset(arena);
    }

    db_close(db);
    arena_free(arena);
    printf("%d statements prepared, %d refused\n", checked, refused);
    return refused == 0 && checked > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
