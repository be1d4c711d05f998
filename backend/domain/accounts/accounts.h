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
 * Today's next protocol number ("20261120-0417"), in the account's zone. Holds the
 * day's counter row until commit, so numbers have no gaps that were told to anybody.
 */
MUST_CHECK struct err accounts_next_protocol(struct cx *cx, struct str *out);

#endif
