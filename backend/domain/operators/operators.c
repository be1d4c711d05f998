#include "operators.h"

#include "base/crypto.h"
#include "base/net.h"
#include "domain/audit/audit.h"
#include "operators_private.h"

#include "operators.sql.h"

enum { PASSWORD_MAX_BYTES = 512, MADE_PASSWORD_BYTES = 15, NETWORKS_MAX = 20 };

struct err
operators_check_password(struct str password)
{
    if (password.len > PASSWORD_MAX_BYTES)
        return FAIL_FIELD(ERR_INVALID, "too_long", "password");
    if (str_code_points(password) < OPERATORS_PASSWORD_MIN)
        return FAIL_FIELD(ERR_INVALID, "password_too_short", "password");
    return OK;
}

static struct err
check_email(struct str email, const char *field)
{
    ptrdiff_t at = str_find(email, '@');

    if (at < 1 || (size_t)at == email.len - 1 || email.len > 254)
        return FAIL_FIELD(ERR_INVALID, "email_invalid", field);
    return OK;
}

static struct err
check_slug(struct str slug)
{
    if (slug.len < 2 || slug.len > 60)
        return FAIL_FIELD(ERR_INVALID, "slug_invalid", "slug");
    for (size_t i = 0; i < slug.len; i++)
        if (memchr("abcdefghijklmnopqrstuvwxyz0123456789-", slug.p[i], 37) == NULL)
            return FAIL_FIELD(ERR_INVALID, "slug_invalid", "slug");
    return OK;
}

/* {"after":{…}} or {"after":{"state":…},"before":{"state":…}}, keys in their order. */
static struct str
opened_detail(struct cx *cx, struct str name, struct str slug)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    json_key(&o, "after");
    json_open(&o, '{');
    json_kv_str(&o, "name", name);
    json_kv_str(&o, "slug", slug);
    json_close(&o, '}');
    json_close(&o, '}');
    return buf_str(&buf);
}

static struct str
state_detail(struct cx *cx, struct str before, const char *after)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    json_key(&o, "after");
    json_open(&o, '{');
    json_kv_str(&o, "state", str_of(after));
    json_close(&o, '}');
    json_key(&o, "before");
    json_open(&o, '{');
    json_kv_str(&o, "state", before);
    json_close(&o, '}');
    json_close(&o, '}');
    return buf_str(&buf);
}

struct err
operators_open_account(struct cx *cx, const struct account_opening *opening,
                       struct account_opened *out)
{
    struct str name = str_trim(opening->name), slug = str_trim(opening->slug);
    struct str email = str_lower(cx->arena, str_trim(opening->owner_email));
    struct str owner = str_trim(opening->owner_name), password = opening->password;
    struct db_row row;

    db_assert_tx(cx);
    if (name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(check_slug(slug));
    TRY(check_email(email, "owner_email"));
    if (owner.len == 0)
        owner = (struct str){ email.p, (size_t)str_find(email, '@') };
    if (password.len == 0)
        password = crypto_random_text(cx->arena, MADE_PASSWORD_BYTES);
    TRY(operators_check_password(password));

    TRY(db_one(cx, &SQL_account_open, &row, P_STR(name), P_STR(slug), P_STR(email), P_STR(owner),
               P_STR(crypto_password_hash(cx->arena, cx->conf, password))));
    *out = (struct account_opened){ .id = { db_i64(&row, 0) }, .is_known = db_bool(&row, 1) };
    if (!out->is_known && opening->password.len == 0)
        out->password = password;
    cx->account = out->id;
    db_set_account(cx, cx->account);
    audit_add(cx, "account.created", "account", out->id.v, opened_detail(cx, name, slug));
    return OK;
}

struct err
operators_set_state(struct cx *cx, struct account_id account, const char *state)
{
    bool is_open = strcmp(state, "active") == 0;
    struct str before;
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_account_set_state, &row, P_ID(account), P_STR(str_of(state))));
    before = db_str(&row, 0);
    if (before.p == NULL)
        return FAIL(ERR_NOT_FOUND, "not_found");
    if (str_eq(before, STR("closed")))
        return FAIL(ERR_CONFLICT, "account_closed"); /* and the change goes with the transaction */
    cx->account = account;
    db_set_account(cx, account);
    if (!str_eq(before, str_of(state)))
        audit_add(cx, is_open ? "account.resumed" : "account.suspended", "account", account.v,
                  state_detail(cx, before, state));
    return OK;
}

struct err
operators_list_accounts(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_account_figures, rows, P_TIME(cx->now_us));
}

/* PostgreSQL's array of what was typed; each line is one that an address can be in. */
static struct err
read_networks(struct cx *cx, struct str typed, struct str *out)
{
    struct buf buf = { .arena = cx->arena };
    struct net_block block;
    struct str word;
    int n = 0;

    while (str_cut(&typed, ',', &word)) {
        word = str_trim(word);
        if (net_parse_block(word, &block).code != ERR_NONE || n++ == NETWORKS_MAX)
            return FAIL_FIELD(ERR_INVALID, "network_invalid", "networks");
        if (net_contains_any(&block, str_of(cx->conf->trusted_hops)))
            return FAIL_FIELD(ERR_INVALID, "network_has_hop", "networks");
        buf_fmt(&buf, "%c%.*s", n == 1 ? '{' : ',', STR_ARG(word));
    }
    if (n == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "networks");
    buf_char(&buf, '}');
    *out = buf_str(&buf);
    return OK;
}

struct err
operators_add(struct cx *cx, struct str email, struct str name, struct str password,
              struct str networks)
{
    struct str array;
    struct db_row row;

    db_assert_tx(cx);
    email = str_lower(cx->arena, str_trim(email));
    TRY(check_email(email, "email"));
    TRY(operators_check_password(password));
    TRY(read_networks(cx, networks, &array));
    name = str_trim(name);
    TRY(db_one(cx, &SQL_operator_add, &row, P_STR(email), P_STR(name.len == 0 ? email : name),
               P_STR(crypto_password_hash(cx->arena, cx->conf, password)), P_STR(array)));
    operators_note(cx, db_i64(&row, 0), "operator.created");
    return OK;
}

void
operators_note(struct cx *cx, int64_t id, const char *action)
{
    const char *actor = cx->actor == ACTOR_CTL ? "ctl" : "operator";

    db_queue(cx, &SQL_operator_note, P_I64(id), P_TIME(cx->now_us), P_STR(str_of(action)),
             P_STR(str_of(actor)), db_p_id(cx->session_id), P_STR(cx->address),
             P_STR(cx->request_id));
}
