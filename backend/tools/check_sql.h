/* Every statement of every .sql file; ended by NULL. The table is generated. */
#ifndef TOOLS_CHECK_SQL_H
#define TOOLS_CHECK_SQL_H

#include "base/db.h"

extern const struct db_stmt *const all_statements[];

#endif
