/*
 * What the files of this room share.
 */
#ifndef DOMAIN_BULK_PRIVATE_H
#define DOMAIN_BULK_PRIVATE_H

#include "bulk.h"

/*
 * An act on one ticket. Snapshots are our own JSON of what it changes: equal texts mean that nothing of it
 * changed in between. undo is only called on a ticket whose snapshot is as the act left it.
 */
struct bulk_act {
    const char *name, *permission;
    struct err (*check)(struct cx *cx, const struct bulk_wish *wish); /* what needs no ticket */
    struct err (*act)(struct cx *cx, struct ticket_id id, const struct bulk_wish *wish);
    struct err (*undo)(struct cx *cx, struct ticket_id id, const struct bulk_wish *wish,
                       const struct json *was);
    void (*snapshot)(struct json_out *o, const struct ticket *ticket, const struct bulk_wish *wish);
};

/* NULL: unknown. */
const struct bulk_act *bulk_act_find(struct str name);

#endif
