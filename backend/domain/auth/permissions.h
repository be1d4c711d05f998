/*
 * What may be done, and by whom without further settings. Each permission is one
 * row of a table: the strings are those of the route table and of can() in the
 * browser.
 */
#ifndef DOMAIN_AUTH_PERMISSIONS_H
#define DOMAIN_AUTH_PERMISSIONS_H

#include "base/json.h"

/* The roles that hold a permission, as a PostgreSQL array ("{owner,manager}"). Unknown: BUG. */
struct str permissions_roles(const char *permission);

bool permissions_role_holds(struct str role, const char *permission);

/* ["tickets.view", …]: everything a role holds. */
void permissions_write(struct json_out *o, struct str role);

#endif
