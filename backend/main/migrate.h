/*
 * Migrations: files NNNN_name.sql, forward only, each applied once in one
 * transaction and remembered with the hash of its text.
 */
#ifndef MAIN_MIGRATE_H
#define MAIN_MIGRATE_H

#include "base/cx.h"

/*
 * Applies what is missing, in order of name, saying so on standard output. Needs a
 * superuser's connection. On failure nothing of the failing file stays; field holds
 * the file's name.
 *
 *   migrations_unreadable   no such folder, or a file in it
 *   migration_changed       an applied file is not what it was
 *   migration_missing       an applied file is not there: an older program
 *   migration_late          a new file stands before applied ones
 *   migration_without_locks the first line does not say `-- locks: none|brief|long`
 *   migration_refused       the server's message is on standard error
 */
MUST_CHECK struct err migrate(struct cx *cx, const char *folder);

/*
 * Has the database the migrations that this program was built with? Newer ones do
 * no harm: they only add. Any role may ask; within a call.
 *
 *   ERR_UNAVAILABLE  "migrations_missing", field is the newest one it needs; or the
 *                    database does not answer
 */
MUST_CHECK struct err migrate_check(struct cx *cx);

#endif
