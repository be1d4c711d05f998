/*
 * What is still named by a flow is not taken away under it: whoever removes or switches off a thing asks here first.
 * The rows are the flows room's (flow_refs); the question is of rooms that know nothing of flows.
 */
#ifndef DOMAIN_USES_USES_H
#define DOMAIN_USES_USES_H

#include "base/http.h"

/*
 * OK when no flow names the thing in what speaks or in what is being written. kind: as references say it, "tag".
 * ERR_CONFLICT "named_by_flows", and the refusal gets "flows": id, key and name of each, by name.
 */
MUST_CHECK struct err uses_require_none(struct cx *cx, struct res *res, const char *kind,
                                        int64_t id);

#endif
