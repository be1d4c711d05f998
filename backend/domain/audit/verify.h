/*
 * Looks a chain over: every link recomputed from the rows themselves, from the first
 * (or from where the chain was signed to begin, forget.c) to the head, then held against what was signed, in the table and in the file
 * outside of the database.
 */
#ifndef DOMAIN_AUDIT_VERIFY_H
#define DOMAIN_AUDIT_VERIFY_H

#include "base/cx.h"

struct audit_verdict {
    int64_t seq;       /* the last link that holds */
    int64_t start_seq; /* the walk began behind it; 0: at the first row of all */
    /*
     * NULL: all is well. Otherwise, of the first bad seq:
     *   missing    the chain has a gap here, or begins late and nobody signed that it does
     *   removed    the link is there, its row is not
     *   changed    the row is not what was sealed
     *   inserted   a row behind the sealer that nobody sealed; fault_seq is then its id
     *   cut        something signed beyond the end of the chain
     *   rewritten  the chain holds, but it is not the one that was signed
     */
    const char *fault;
    int64_t fault_seq;
};

/*
 * Needs a transaction in which the account may be read: its own in force, or the owner's
 * role. Reads file and table of checkpoints; one that is not signed by the installation's
 * key counts as rewritten.
 */
MUST_CHECK struct err audit_verify(struct cx *cx, struct account_id account,
                                   struct audit_verdict *out);

/* Keeps the verdict for the screen and the alarm. As balcao_worker or the owner. */
void audit_verified(struct cx *cx, struct account_id account, const struct audit_verdict *verdict);

/*
 * For balcaoctl, after a restore into a new cluster, whose transactions count anew: seals
 * by id what was not sealed yet, then starts counting from there.
 */
MUST_CHECK struct err audit_rebase(struct cx *cx);

/* All accounts, for balcaoctl. */
MUST_CHECK struct err audit_accounts(struct cx *cx, struct account_id **out, size_t *n);

#endif
