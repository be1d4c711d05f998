/*
 * What the calls of flows are let in by, and answers that nobody may read: both are sealed where they rest, opened by the
 * worker for the one call that names them, and part of no state, trace, log or export.
 */
#ifndef DOMAIN_FLOWS_FLOW_SECRETS_H
#define DOMAIN_FLOWS_FLOW_SECRETS_H

#include "base/cx.h"
#include "base/http.h"
#include "base/json.h"

enum { FLOW_SECRETS_MAX = 100, FLOW_SECRET_VALUE_MAX = 4000 };

struct flow_secret {
    struct str name; /* {{secret.name}} */
    int64_t set_by;  /* member; 0: a program */
    int64_t set_at_us;
};

/* By name. Values are never read back. */
MUST_CHECK struct err flow_secrets_list(struct cx *cx, struct flow_secret **out, size_t *n);

/*
 * A new one.
 *
 *   ERR_INVALID   name_invalid (small letters, figures and _), required, too_long, value_invalid (line breaks)
 *   ERR_CONFLICT  secret_is_taken, too_many_secrets
 */
MUST_CHECK struct err flow_secrets_add(struct cx *cx, struct str name, struct str value);

/* Another value under the same name. ERR_NOT_FOUND "not_found"; ERR_INVALID as above. */
MUST_CHECK struct err flow_secrets_replace(struct cx *cx, struct str name, struct str value);

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err flow_secrets_remove(struct cx *cx, struct str name);

/* --- for one call (the worker's) ------------------------------------------------------- */

/* False: there is none of that name, or it does not open. */
MUST_CHECK struct err flow_secrets_open(struct cx *cx, struct str name, bool *found,
                                        struct str *value);

/* A sensitive answer of a run, until then at most; thrown away when the run ends. */
void flow_seals_keep(struct cx *cx, int64_t run_id, struct str slot, struct str value,
                     int64_t until_us);
MUST_CHECK struct err flow_seals_open(struct cx *cx, int64_t run_id, struct str slot, bool *found,
                                      struct str *value);
void flow_seals_forget(struct cx *cx, int64_t run_id);

extern const struct route flow_secrets_routes[];

#endif
