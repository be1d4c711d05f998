/*
 * Two contacts that turn out to be one person. What the one has goes to the other in one transaction,
 * and a log says what went, so that it can go back.
 */
#ifndef DOMAIN_CONTACTS_MERGE_H
#define DOMAIN_CONTACTS_MERGE_H

#include "contacts.h"

/*
 * Ways in, tickets and whatever `kept` has not itself go over from `gone`, which is marked as deleted.
 * The stricter consent and a block win. Needs a write transaction; both are seen.
 *   ERR_INVALID    contact_is_itself
 *   ERR_NOT_FOUND  not_found, contact_unknown (contact_id)
 *   ERR_CONFLICT   contact_deleted
 */
MUST_CHECK struct err contacts_merge(struct cx *cx, struct contact_id kept, struct contact_id gone,
                                     int64_t *merge_id);

/* What an undone merge could not give back, because somebody touched it since. */
struct merge_left {
    int64_t identities, values;
    bool email, notes, consent;
};

/*
 * Everything that is still as the merge left it goes back; tickets opened since go with their way in.
 *   ERR_NOT_FOUND  not_found
 *   ERR_CONFLICT   merge_undone; merge_covered: the one that stayed was merged itself since
 */
MUST_CHECK struct err contacts_unmerge(struct cx *cx, int64_t merge_id, struct contact_id *kept,
                                       struct contact_id *gone, struct merge_left *left);

#endif
