#include "domain/testing/fixtures.h"
#include "main/secrets.h"

/* As a restore with another key, or a careless hand, would leave them. */
static const struct db_stmt exchange = {
    .name = "exchange_secrets",
    .shape = DB_EXEC,
    .params = 1,
    .text = "UPDATE channels c SET secrets = o.secrets FROM channels o "
            "WHERE c.account_id = $1 AND o.account_id = $1 AND o.id <> c.id",
};

TEST(what_was_sealed_opens_where_it_belongs)
{
    struct cx *cx = test_cx();
    struct account_id account = cx->account;

    (void)test_channel(cx, "whatsapp_cloud");
    (void)test_channel(cx, "webchat");
    CHECK_OK(secrets_check(cx));
    cx->account = account;
    CHECK_OK(db_exec(cx, &exchange, NULL, P_ID(cx->account)));
    CHECK_FAIL(secrets_check(cx), ERR_CONFLICT, "secret_moved");
}
