#include "secrets.h"

#include "base/db.h"
#include "domain/channels/channels.h"

#include "secrets.sql.h"

#include <stdio.h>

static struct err
open_one(struct cx *cx, struct channel_id id)
{
    struct channel channel;
    struct channel_config config;

    TRY(channels_get(cx, id, &channel));
    return channels_config(cx, &channel, &config);
}

struct err
secrets_check(struct cx *cx)
{
    struct err failed = OK;
    struct db_rows rows;
    int opened = 0;

    TRY(db_many_(cx, &SQL_secrets_sealed, &rows, NULL, 0));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct channel_id id = { db_i64(&row, 1) };
        struct err e;

        cx->account.v = db_i64(&row, 0);
        e = open_one(cx, id);
        if (e.code == ERR_NONE) {
            opened++;
            continue;
        }
        fprintf(stderr, "account %lld channel %lld: %s\n", (long long)cx->account.v,
                (long long)id.v, e.slug);
        failed = e;
    }
    cx->account.v = 0;
    printf("%d sealed, %d opened\n", rows.count, opened);
    return failed;
}
