/*
 * Where the people of an account may come from: a list of the account and further ones
 * of groups; who has both must be in both. An empty list is no fence.
 */
#ifndef DOMAIN_PEOPLE_NETWORKS_H
#define DOMAIN_PEOPLE_NETWORKS_H

#include "base/db.h"
#include "base/jobs.h"
#include "base/net.h"
#include "groups.h"

enum { NETWORKS_MAX = 200 };

struct network {
    struct net_block block;
    struct str note;
};

struct network_list {
    const struct network *v;
    size_t n;
};

/*
 * A line of such a list. ERR_INVALID as net_parse_block, and "network_has_hop": a proxy
 * of ours is in it, and then so is everybody whose address that proxy keeps to itself.
 */
MUST_CHECK struct err networks_parse(struct cx *cx, struct str text, struct net_block *out);

/* (network, note, expires_at) rows of the account (group 0) or of a group. */
MUST_CHECK struct err networks_of(struct cx *cx, struct group_id group, struct db_rows *rows);

/*
 * Puts this list in the place of what was there. *locks_out: the author would fall out
 * with the address they come from now; then nothing was changed.
 */
MUST_CHECK struct err networks_save(struct cx *cx, struct group_id group,
                                    const struct network_list *list, bool *locks_out);

/*
 * Of the operator's command line, on the trail as "ctl": the fence goes; or one more
 * network is let in for a while, in every list that there is. ERR_NOT_FOUND
 * "no_networks" when there is no fence.
 */
MUST_CHECK struct err networks_clear(struct cx *cx);
MUST_CHECK struct err networks_allow(struct cx *cx, const struct net_block *block,
                                     int64_t until_us);

MUST_CHECK struct err networks_expire_step(struct cx *cx, const struct job *job,
                                           const struct httpc_answer *answer,
                                           struct job_outcome *out);

#endif
