/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_CONTACTS_PRIVATE_H
#define DOMAIN_CONTACTS_PRIVATE_H

#include "domain/contacts/contacts.h"

/* Answers with the contact as it is now, for whoever sees it. ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err contact_answer(struct cx *cx, struct res *res, int status,
                                     struct contact_id id);

/* Other open screens look at it again. */
void contact_tell(struct cx *cx, struct contact_id id);

/* The contact is visible, and nobody else changes it until the end. ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err contact_lock(struct cx *cx, struct contact_id id);

/*
 * One more way in. ERR_INVALID "phone_invalid" or "address_missing"; ERR_CONFLICT "identity_taken",
 * with the id of whose it is for those who see them. `field` is named in refusals.
 */
MUST_CHECK struct err contact_add_identity(struct cx *cx, struct res *res, struct contact_id id,
                                           const char *kind, struct str address, const char *field,
                                           struct db_row *out);

/* "5,7" of a query or body: every one visible. ERR_NOT_FOUND "contact_unknown". */
MUST_CHECK struct err contacts_require_all(struct cx *cx, struct json_ids ids);

#endif
