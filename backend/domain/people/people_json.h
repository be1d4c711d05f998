/* How lists of ids come in and go out, the same in every route of the room. */
#ifndef DOMAIN_PEOPLE_PEOPLE_JSON_H
#define DOMAIN_PEOPLE_PEOPLE_JSON_H

#include "base/cx.h"
#include "base/json.h"

/* A PostgreSQL array as a JSON one; .p == NULL: null. */
void people_write_ids(struct json_out *o, const char *key, struct str array);

/* "{1,2}" */
struct str people_print_ids(struct cx *cx, struct json_ids ids);

/* An array of ids, or null or nothing for { NULL, 0 }. ERR_INVALID "wrong_type" with the field. */
MUST_CHECK struct err people_read_ids(struct cx *cx, const struct json *v, const char *field,
                                      struct str *out);

#endif
