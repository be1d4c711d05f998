#include "main/ctl.h"

#include "base/clock.h"
#include "domain/people/networks.h"

#include "ctl_networks.sql.h"

#include <stdio.h>

enum { HOURS_MOST = 72 };

struct order {
    const char *verb, *network;
    struct str account;
    int64_t hours;
};

static bool
read_hours(const char *word, int64_t *out)
{
    struct str text = str_of(word);

    if (!str_ends(text, STR("h")))
        return false;
    text.len--;
    return str_i64(text, out) && *out >= 1 && *out <= HOURS_MOST;
}

static bool
read_order(int n, char **words, struct order *out)
{
    *out = (struct order){ .verb = n > 0 ? words[0] : "" };
    for (int i = 1; i < n; i++) {
        if (strcmp(words[i], "--account") == 0 && i + 1 < n)
            out->account = str_of(words[++i]);
        else if (strcmp(words[i], "--for") == 0 && i + 1 < n &&
                 read_hours(words[i + 1], &out->hours))
            i++;
        else if (out->network == NULL && words[i][0] != '-')
            out->network = words[i];
        else
            return false;
    }
    return out->account.len > 0;
}

static struct err
enter(struct cx *cx, struct str slug)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_ctl_account, &found, &row, P_STR(slug)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "account_unknown");
    cx->account.v = db_i64(&row, 0);
    db_set_account(cx, cx->account);
    return OK;
}

struct err
ctl_networks(struct call *call)
{
    struct cx *cx = &call->cx;
    struct net_block block;
    struct order order;

    if (!read_order(call->n, call->words, &order))
        return FAIL(ERR_INVALID, "usage");
    db_begin(cx, TX_WRITE);
    TRY(enter(cx, order.account));
    if (strcmp(order.verb, "clear") == 0 && order.network == NULL && order.hours == 0) {
        TRY(networks_clear(cx));
    } else if (strcmp(order.verb, "allow") == 0 && order.network != NULL && order.hours > 0) {
        TRY(networks_parse(cx, str_of(order.network), &block));
        TRY(networks_allow(cx, &block, cx->now_us + order.hours * US_PER_HOUR));
    } else {
        return FAIL(ERR_INVALID, "usage");
    }
    return db_commit(cx);
}
