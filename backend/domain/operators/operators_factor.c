#include "operators.h"

#include "operators_private.h"

#include "operators.sql.h"
#include "operators_factor.sql.h"

static const struct factor_shelf operators = {
    .word = "operator|",
    .holder = &SQL_operator_holder,
    .find = &SQL_operator_factor_find,
    .use = &SQL_operator_factor_use,
    .enrol = &SQL_operator_factor_enrol,
    .remove = &SQL_operator_factor_remove,
    .recovery_find = &SQL_operator_recovery_find,
    .recovery_use = &SQL_operator_recovery_use,
    .recovery_replace = &SQL_operator_recovery_replace,
};

struct factor_holder
operators_factor(int64_t id)
{
    return (struct factor_holder){ &operators, id };
}

struct err
operators_reset_factor(struct cx *cx, struct str email)
{
    struct db_row row;
    bool found;
    int64_t id;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_operator_by_email, &found, &row, P_STR(str_lower(cx->arena, email))));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "no_such_operator");
    id = db_i64(&row, 0);
    TRY(factor_remove(cx, operators_factor(id)));
    db_queue(cx, &SQL_operator_sessions_end, P_I64(id), P_TIME(cx->now_us));
    operators_note(cx, id, "factor.reset");
    return OK;
}
