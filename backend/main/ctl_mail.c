#include "main/ctl.h"

#include "base/db.h"

#include "mail.sql.h"

#include <stdio.h>

enum { LETTERS_SHOWN = 100 };

static struct err
show_letters(struct cx *cx)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_mail_list, &rows, P_I64(LETTERS_SHOWN)));
    printf("%10s %-32s %-20s %-8s %-27s %s\n", "id", "to", "letter", "state", "written", "why");
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        printf("%10lld %-32.*s %-20.*s %-8.*s %-27.*s %.*s\n", (long long)db_i64(&row, 0),
               STR_ARG(db_str(&row, 1)), STR_ARG(db_str(&row, 2)), STR_ARG(db_str(&row, 3)),
               STR_ARG(db_str(&row, 5)), STR_ARG(db_str(&row, 4)));
    }
    if (rows.count == LETTERS_SHOWN)
        printf("(the latest %d)\n", LETTERS_SHOWN);
    return OK;
}

static struct err
send_again(struct cx *cx, int64_t id)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_mail_again, &row, P_I64(id), P_TIME(cx->now_us)));
    return db_bool(&row, 0) ? OK : FAIL(ERR_NOT_FOUND, "no_such_letter");
}

struct err
ctl_mail(struct call *call)
{
    struct cx *cx = &call->cx;
    int64_t id;

    db_begin(cx, TX_WRITE);
    if (call->n == 0)
        TRY(show_letters(cx));
    else if (call->n == 2 && ctl_is_word(call, 0, "again") && str_i64(str_of(call->words[1]), &id))
        TRY(send_again(cx, id));
    else
        return FAIL(ERR_INVALID, "usage");
    return db_commit(cx);
}
