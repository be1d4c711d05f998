/*
 * What is different between two documents, as authors think of it: cards by their id, what they say path by path, and
 * the lines between them. Where things stand on the canvas never counts. Pure.
 */
#ifndef DOMAIN_FLOWS_FLOW_DIFF_H
#define DOMAIN_FLOWS_FLOW_DIFF_H

#include "base/json.h"

/*
 * Members of an object that is open:
 *
 *  "cards": {"added": [{id,type,name?}], "removed": […], "retyped": [{id,before,after}],
 *            "changed": [{id,type,changes: [{path,before?,after?}]}]},
 *  "connectors": {"added": [{from,outlet,to}], "removed": […]}, "document": [{path,before?,after?}]
 *
 * A path is a JSON pointer; items of a list that have an id are named by it, so that moving one changes the order and
 * nothing else. Both documents filled and canonical.
 */
void flow_diff_write(struct json_out *o, struct arena *a, const struct json *before,
                     const struct json *after);

#endif
