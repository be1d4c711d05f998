#include "base/testing/testing.h"

#include "err.h"

static struct err
passes_it_up(struct err e)
{
    TRY(e);
    return FAIL(ERR_GONE, "went_on");
}

TEST(every_code_has_a_status)
{
    for (int code = ERR_NONE; code < ERR__MAX; code++)
        CHECK(err_http_status((enum err_code)code) >= 200);
    CHECK_I64(err_http_status(ERR_NONE), 200);
    CHECK_I64(err_http_status(ERR_CONFLICT), 409);
    CHECK_I64(err_http_status(ERR_TOO_MANY), 429);
}

TEST(an_error_is_known_by_its_slug)
{
    CHECK(err_is(FAIL(ERR_CONFLICT, "ticket_closed"), "ticket_closed"));
    CHECK(!err_is(FAIL(ERR_CONFLICT, "ticket_closed"), "ticket"));
    CHECK(!err_is(OK, "ticket_closed"));
}

TEST(try_passes_failures_up_and_lets_success_go_on)
{
    CHECK_FAIL(passes_it_up(FAIL(ERR_INVALID, "wrong")), ERR_INVALID, "wrong");
    CHECK_FAIL(passes_it_up(OK), ERR_GONE, "went_on");
}
