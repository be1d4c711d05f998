/*
 * What the trail says of a contact. Values of fields stand in it sealed with a key of the
 * contact's own ("enc:…"): the trail can be read by many and outlives the person, the key
 * dies with them.
 */
#ifndef DOMAIN_CONTACTS_TRAIL_H
#define DOMAIN_CONTACTS_TRAIL_H

#include "domain/audit/audit.h"
#include "domain/contacts/contacts.h"

/*
 * Notes a field of a change when it changed, sealed. An absent or empty value was or is none.
 * Needs a write transaction: the first time, the contact gets its key.
 */
MUST_CHECK struct err contacts_note_field(struct cx *cx, struct contact_id id,
                                          struct audit_change *change, const char *name,
                                          struct str before, struct str after);

/* Opens what contacts_note_field sealed. False: another's, another field's, or the key is gone. */
MUST_CHECK struct err contacts_open_field(struct cx *cx, struct contact_id id, struct str name,
                                          struct str sealed, bool *opens, struct str *plain);

/* Thirty fields an hour are shown to a member. ERR_TOO_MANY "too_many_reveals". */
MUST_CHECK struct err contacts_count_reveal(struct cx *cx, struct res *res, struct contact_id id,
                                            struct str field);

extern const struct route trail_routes[];

#endif
