#include "base/db.h"
#include "domain/audit/verify.h"
#include "main/ctl.h"

#include <stdio.h>

static struct err
verify_one(struct cx *cx, struct account_id account, bool *holds)
{
    struct audit_verdict verdict;

    TRY(audit_verify(cx, account, &verdict));
    audit_verified(cx, account, &verdict);
    if (verdict.fault == NULL) {
        printf("account %lld: ok, %lld rows", (long long)account.v,
               (long long)(verdict.seq - verdict.start_seq));
        if (verdict.start_seq > 0)
            printf(" since %lld", (long long)verdict.start_seq);
        printf("\n");
        return OK;
    }
    *holds = false;
    printf("account %lld: %s %s %lld\n", (long long)account.v, verdict.fault,
           strcmp(verdict.fault, "inserted") == 0 ? "row" : "seq", (long long)verdict.fault_seq);
    return OK;
}

static struct err
verify(struct cx *cx, struct account_id only)
{
    struct account_id *accounts = &only;
    size_t count = 1;
    bool holds = true;

    db_begin(cx, TX_WRITE);
    if (only.v == 0)
        TRY(audit_accounts(cx, &accounts, &count));
    for (size_t i = 0; i < count; i++)
        TRY(verify_one(cx, accounts[i], &holds));
    TRY(db_commit(cx));
    return holds ? OK : FAIL(ERR_CONFLICT, "trail_broken");
}

struct err
ctl_audit(struct call *call)
{
    struct account_id account = { 0 };
    bool is_one = call->n == 3;

    if (call->n == 1 && ctl_is_word(call, 0, "rebase")) {
        db_begin(&call->cx, TX_WRITE);
        TRY(audit_rebase(&call->cx));
        return db_commit(&call->cx);
    }
    if (!ctl_is_word(call, 0, "verify") || (call->n != 1 && !is_one))
        return FAIL(ERR_INVALID, "usage");
    if (is_one && (!ctl_is_word(call, 1, "--account") ||
                   !str_i64(str_of(call->words[2]), &account.v) || account.v <= 0))
        return FAIL(ERR_INVALID, "usage");
    return verify(&call->cx, account);
}
