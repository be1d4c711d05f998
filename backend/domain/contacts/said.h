/*
 * What contacts say of themselves when they are asked, before anybody serves them.
 */
#ifndef DOMAIN_CONTACTS_SAID_H
#define DOMAIN_CONTACTS_SAID_H

#include "contacts.h"

/* "1990-12-25". Who is known to be born on another day stays so. Queued. */
void contacts_say_birth(struct cx *cx, struct contact_id id, struct str birth_on);

/*
 * A CPF or CNPJ in normal form: the contact is tied to its registration, which is made when there is none,
 * and the tie says that it is only their word. What is registered already is not changed by it. Queued.
 */
void contacts_say_document(struct cx *cx, struct contact_id id, struct str document);

/*
 * They are not asked again. is_kept: in the address book from here on, if the account saves by itself.
 * Queued, and told to open screens.
 */
void contacts_let_through(struct cx *cx, struct contact_id id, bool is_kept);

#endif
