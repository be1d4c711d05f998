/*
 * balcaoctl account: opens, lists, suspends and resumes accounts; what an operator
 * does in the browser, from the server itself.
 */
#include "base/db.h"
#include "domain/operators/operators.h"
#include "main/ctl.h"

#include "ctl.sql.h"

#include <stdio.h>

static struct err
create(struct call *call)
{
    struct cx *cx = &call->cx;
    struct account_opening opening = {
        .name = ctl_option(call, "--name"),
        .slug = ctl_option(call, "--slug"),
        .owner_email = ctl_option(call, "--owner-email"),
        .owner_name = ctl_option(call, "--owner-name"),
    };
    struct account_opened opened;

    if (opening.name.len == 0 || opening.slug.len == 0 || opening.owner_email.len == 0)
        return FAIL(ERR_INVALID, "usage");
    if (ctl_has(call, "--password"))
        TRY(ctl_read_password(call, &opening.password));
    db_begin(cx, TX_WRITE);
    TRY(operators_open_account(cx, &opening, &opened));
    TRY(db_commit(cx));
    printf("account %lld (%.*s) at %s\n", (long long)opened.id.v, STR_ARG(opening.slug),
           cx->conf->public_url);
    if (opened.is_known)
        printf("its owner signs in as before: %.*s\n", STR_ARG(opening.owner_email));
    else if (opened.password.len > 0)
        printf("its owner signs in as %.*s with the password %.*s, shown this once\n",
               STR_ARG(opening.owner_email), STR_ARG(opened.password));
    else
        printf("its owner signs in as %.*s\n", STR_ARG(opening.owner_email));
    return OK;
}

static struct err
list(struct call *call)
{
    struct cx *cx = &call->cx;
    struct db_rows rows;

    db_begin(cx, TX_READ);
    TRY(operators_list_accounts(cx, &rows));
    printf("%8s %-24s %-10s %8s %8s %10s %9s  %s\n", "id", "slug", "state", "members", "today",
           "MB", "failing", "name");
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        printf("%8lld %-24.*s %-10.*s %8lld %8lld %10lld %9lld  %.*s\n", (long long)db_i64(&row, 0),
               STR_ARG(db_str(&row, 2)), STR_ARG(db_str(&row, 3)), (long long)db_i64(&row, 5),
               (long long)db_i64(&row, 6), (long long)(db_i64(&row, 7) / 1000000),
               (long long)db_i64(&row, 9), STR_ARG(db_str(&row, 1)));
    }
    return db_commit(cx);
}

static struct err
set_state(struct call *call, const char *state)
{
    struct cx *cx = &call->cx;
    struct db_row row;
    bool found;

    if (call->n != 2)
        return FAIL(ERR_INVALID, "usage");
    db_begin(cx, TX_WRITE);
    TRY(db_opt(cx, &SQL_account_by_slug, &found, &row, P_STR(str_of(call->words[1]))));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "no_such_account");
    TRY(operators_set_state(cx, (struct account_id){ db_i64(&row, 0) }, state));
    return db_commit(cx);
}

struct err
ctl_account(struct call *call)
{
    if (ctl_is_word(call, 0, "create"))
        return create(call);
    if (ctl_is_word(call, 0, "list") && call->n == 1)
        return list(call);
    if (ctl_is_word(call, 0, "suspend"))
        return set_state(call, "suspended");
    if (ctl_is_word(call, 0, "resume"))
        return set_state(call, "active");
    return FAIL(ERR_INVALID, "usage");
}
