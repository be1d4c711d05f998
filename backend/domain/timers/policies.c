/*
 * SLA policies: what is promised to whom. The first in order that a ticket fits is its.
 */
#include "timers_private.h"

#include "base/clock.h"

#include "timers.sql.h"

struct err
policies_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_policy_list, rows, P_ID(cx->account));
}

struct policy
policy_from_row(const struct db_row *row)
{
    return (struct policy){
        .id = db_i64(row, 0),
        .name = db_str(row, 1),
        .is_active = db_bool(row, 2),
        .department_ids = db_str(row, 3),
        .channel_ids = db_str(row, 4),
        .priorities = db_str(row, 5),
        .first_answer_min = db_i64(row, 6),
        .next_answer_min = db_i64(row, 7),
        .resolution_min = db_i64(row, 8),
        .warn_percent = db_i64(row, 9),
        .warn_min = db_i64(row, 10),
        .valid_from_us = db_time(row, 11),
    };
}

struct policy
policies_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return policy_from_row(&row);
}

bool
policy_clock(const struct policy *policy, enum clock_kind kind, int64_t from_us, struct clock *out)
{
    const int64_t promised_min[CLOCK__PROMISES] = {
        [CLOCK_FIRST_ANSWER] = policy->first_answer_min,
        [CLOCK_NEXT_ANSWER] = policy->next_answer_min,
        [CLOCK_RESOLUTION] = policy->resolution_min,
    };
    int64_t target_us = promised_min[kind] * US_PER_MIN;

    if (target_us == 0)
        return false;
    *out = (struct clock){
        .rule_id = policy->id,
        .stands_for_us = from_us,
        .target_us = target_us,
        .lead_us = policy->warn_min != 0 ? policy->warn_min * US_PER_MIN
                                         : target_us / 100 * (100 - policy->warn_percent),
    };
    return true;
}
