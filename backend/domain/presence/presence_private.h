/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_PRESENCE_PRIVATE_H
#define DOMAIN_PRESENCE_PRIVATE_H

#include "domain/presence/breaks.h"

/* A row of a statement that selects @break_row, from this column on. NULLs: a zero. */
struct a_break breaks_from_row(const struct db_row *row, int col);

void break_write_json(struct json_out *o, const void *value);

/* GET /api/v1/me/presence, which every act on oneself answers with. */
MUST_CHECK struct err presence_answer_mine(struct cx *cx, struct res *res, int status);

#endif
