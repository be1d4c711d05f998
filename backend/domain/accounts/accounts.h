/*
 * The account itself: whose house this is, its language, zone and money.
 */
#ifndef DOMAIN_ACCOUNTS_ACCOUNTS_H
#define DOMAIN_ACCOUNTS_ACCOUNTS_H

#include "base/db.h"

struct account {
    struct account_id id;
    struct str name;
    struct str locale;    /* "pt-BR" */
    struct str time_zone; /* IANA: "America/Sao_Paulo" */
    struct str currency;  /* ISO 4217 */
};

/* The account of the call. */
MUST_CHECK struct err accounts_get(struct cx *cx, struct account *out);

/*
 * A protocol number of today ("20261120-0417") in the account's zone, given to
 * nobody else. Numbers rise as long as tickets are opened one after the other;
 * those opened at the same moment do not wait for one another, so that a number
 * may be left out or come a little late. ERR_RETRY "protocols_held" when more
 * open tickets at once than there are counters.
 */
MUST_CHECK struct err accounts_next_protocol(struct cx *cx, struct str *out);

#endif
