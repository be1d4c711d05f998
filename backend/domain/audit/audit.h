/*
 * The trail: who did what, from where. A row travels with the transaction it
 * tells about (db_queue), so a refused act leaves none and a done one always does.
 */
#ifndef DOMAIN_AUDIT_AUDIT_H
#define DOMAIN_AUDIT_AUDIT_H

#include "base/cx.h"

/*
 * action: "ticket.taken"; subject_kind: "ticket". detail is JSON by our own
 * writer, changed fields only ({"after":{…},"before":{…}}), or empty. Never
 * message text, passwords or tokens.
 */
void audit_add(struct cx *cx, const char *action, const char *subject_kind, int64_t subject_id,
               struct str detail);

#endif
