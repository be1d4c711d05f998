/*
 * Job "house.daily": the installation's own chore. Room for the months and days to
 * come, and an end for what nobody needs any more. It comes again by itself; the
 * migrations queued the first.
 */
#include "messages_private.h"

#include "base/clock.h"
#include "domain/mail/mail.h"

#include "messages.sql.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/*
 * Files go before the commit that forgets them: dying in between leaves rows without
 * a file, which tomorrow's sweep takes, rather than files that nobody knows of.
 */
static struct err
sweep_uploads(struct cx *cx)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_house_sweep_uploads, &rows, P_TIME(cx->now_us - US_PER_DAY)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct str path = db_str(&row, 0);

        if (path.len > 0)
            unlink(str_cstr(cx->arena,
                            str_fmt(cx->arena, "%s/%.*s", cx->conf->media_dir, STR_ARG(path))));
    }
    return OK;
}

struct err
house_daily_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                 struct job_outcome *out)
{
    time_t now_s = (time_t)(cx->now_us / US_PER_S);
    char today[40]; /* the compiler allows for years of any length */
    struct tm tm;

    (void)job;
    (void)answer;
    gmtime_r(&now_s, &tm);
    snprintf(today, sizeof today, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
    TRY(db_exec(cx, &SQL_house_partitions, NULL, P_STR(str_of(today))));
    TRY(db_exec(cx, &SQL_house_forget, NULL, P_STR(str_of(today))));
    TRY(db_exec(cx, &SQL_house_forget_operators, NULL, P_STR(str_of(today))));
    TRY(sweep_uploads(cx));
    TRY(mail_forget_old(cx));
    out->verdict = JOB_LATER;
    out->at_us = cx->now_us + US_PER_DAY;
    return OK;
}
