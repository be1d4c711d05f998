/*
 * What a contact agreed to and took back: a ledger that is only added to. Whoever took back their
 * consent to messages gets none: posting is refused and what waits to be sent fails, both `opted_out`.
 */
#ifndef DOMAIN_CONTACTS_CONSENTS_H
#define DOMAIN_CONTACTS_CONSENTS_H

#include "contacts.h"

struct consent {
    const char *kind;   /* messages, marketing, terms, data_storage */
    const char *act;    /* granted, withdrawn */
    const char *source; /* contact, member, import */
    int64_t channel_id; /* 0: none in particular */
    struct str wording; /* version of the text that was shown */
    struct str note;
    int64_t ticket_id, seq; /* the message that proves it; 0: none */
    struct str provider_id; /* the channel's own name of that message; may be empty */
};

/* One more line of the ledger, told to open screens. Needs a write transaction. */
MUST_CHECK struct err consents_record(struct cx *cx, struct contact_id id,
                                      const struct consent *consent);

#endif
