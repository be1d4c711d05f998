#include "desk.h"

#include "domain/accounts/accounts.h"
#include "domain/auth/auth.h"
#include "domain/hours/hours.h"
#include "domain/tags/tags.h"

/* n of (id, n) rows; 0 when the id is not among them. */
static int64_t
count_of(const struct db_rows *counts, int64_t id)
{
    for (int i = 0; i < counts->count; i++) {
        struct db_row row = db_row_at(counts, i);

        if (db_i64(&row, 0) == id)
            return db_i64(&row, 1);
    }
    return 0;
}

static struct err
write_departments(struct cx *cx, struct json_out *o)
{
    struct db_rows rows, waiting, version;
    const struct hours_book *book;

    hours_ask(cx, &version);
    TRY(org_list_departments(cx, &rows));
    TRY(tickets_count_waiting(cx, &waiting));
    TRY(hours_book(cx, &version, &book));
    json_key(o, "departments");
    json_open(o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct department d = org_department_at(&rows, i);
        struct hours hours;

        hours_look(book, &(struct hours_subject){ .department_id = d.id.v }, cx->now_us, &hours);
        json_open(o, '{');
        json_kv_i64(o, "id", d.id.v);
        json_kv_str(o, "name", d.name);
        json_kv_str(o, "description", d.description);
        json_kv_str(o, "color", d.color);
        json_kv_bool(o, "is_active", d.is_active);
        json_kv_bool(o, "serves", d.serves);
        json_kv_i64(o, "waiting", count_of(&waiting, d.id.v));
        json_key(o, "hours");
        hours_write_state(o, &hours);
        json_close(o, '}');
    }
    json_close(o, ']');
    return OK;
}

static struct err
write_members(struct cx *cx, struct json_out *o)
{
    struct db_rows rows, serving;

    TRY(org_list_members(cx, &rows));
    TRY(tickets_count_serving(cx, &serving));
    json_key(o, "members");
    json_open(o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct member m = org_member_at(&rows, i);

        json_open(o, '{');
        json_kv_i64(o, "id", m.id.v);
        json_kv_str(o, "display_name", m.display_name);
        json_kv_bool(o, "is_agent", m.is_agent);
        json_kv_bool(o, "is_active", m.is_active);
        json_key(o, "department_ids");
        json_put_raw(o, m.department_ids);
        json_kv_id(o, "photo_id", m.photo_id);
        json_kv_i64(o, "serving", count_of(&serving, m.id.v));
        json_close(o, '}');
    }
    json_close(o, ']');
    return OK;
}

static struct err
write_channels(struct cx *cx, struct json_out *o)
{
    struct db_rows rows;

    TRY(channels_list(cx, &rows));
    json_key(o, "channels");
    json_open(o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct channel c = channels_at(&rows, i);

        if (c.driver == NULL)
            continue;
        json_open(o, '{');
        json_kv_i64(o, "id", c.id.v);
        json_kv_str(o, "kind", str_of(c.driver->kind));
        json_kv_str(o, "name", c.name);
        json_kv_bool(o, "is_active", c.is_active);
        json_kv_str(o, "state", c.state);
        json_close(o, '}');
    }
    json_close(o, ']');
    json_key(o, "channel_kinds");
    channels_write_kinds(o);
    return OK;
}

/* How tickets are closed: what is said when nobody says otherwise, and what for. */
static struct err
write_closing(struct cx *cx, struct json_out *o)
{
    struct settings settings;
    struct db_rows rows;

    TRY(settings_get(cx, &settings));
    TRY(close_reasons_list(cx, &rows)); /* old tickets name them */
    json_key(o, "closing");
    json_open(o, '{');
    json_kv_str(o, "text", settings.closing_text);
    json_kv_bool(o, "requires_reason", settings.requires_reason);
    json_close(o, '}');
    json_key(o, "close_reasons");
    json_open(o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct close_reason reason = close_reasons_at(&rows, i);

        json_open(o, '{');
        json_kv_i64(o, "id", reason.id.v);
        json_kv_str(o, "name", reason.name);
        json_kv_str(o, "message", reason.message);
        json_kv_bool(o, "forces_message", reason.forces_message);
        json_kv_bool(o, "is_active", reason.is_active);
        json_close(o, '}');
    }
    json_close(o, ']');
    return OK;
}

static struct err
write_tags(struct cx *cx, struct json_out *o)
{
    struct db_rows rows;

    TRY(tags_list(cx, &rows));
    json_key(o, "tags");
    json_open(o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct tag tag = tags_from_row(&row);

        tag_write_json(o, &tag);
    }
    json_close(o, ']');
    return OK;
}

static struct err
write_types(struct cx *cx, struct json_out *o)
{
    struct db_rows rows;

    TRY(tickets_types(cx, &rows));
    json_key(o, "ticket_types");
    json_open(o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(o, '{');
        json_kv_i64(o, "id", db_i64(&row, 0));
        json_kv_str(o, "name", db_str(&row, 1));
        json_kv_bool(o, "is_active", db_bool(&row, 2));
        json_close(o, '}');
    }
    json_close(o, ']');
    return OK;
}

static struct err
get_account(struct cx *cx, struct req *req, struct res *res)
{
    struct str lab_url = str_of(cx->conf->lab_url);
    struct account account;
    struct json_out o;

    (void)req;
    TRY(accounts_get(cx, &account));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "id", account.id.v);
    json_kv_str(&o, "name", account.name);
    json_kv_str(&o, "locale", account.locale);
    json_kv_str(&o, "time_zone", account.time_zone);
    json_kv_str(&o, "currency", account.currency);
    json_kv_str(&o, "lab_url", lab_url.len > 0 ? lab_url : (struct str){ 0 });
    json_kv_time(&o, "as_of", cx->now_us);
    TRY(write_departments(cx, &o));
    TRY(write_members(cx, &o));
    TRY(write_channels(cx, &o));
    TRY(write_closing(cx, &o));
    TRY(write_tags(cx, &o));
    TRY(write_types(cx, &o));
    json_close(&o, '}');
    return OK;
}

/* "{1,2}" as a list of a grant. */
static void
put_list(struct buf *buf, const char *name, struct str array)
{
    bool is_empty = array.len <= 2;

    buf_fmt(buf, " %s=%.*s", name, is_empty ? 1 : (int)array.len - 2, is_empty ? "-" : array.p + 1);
}

static void
put_sees(struct buf *buf, const struct access *access)
{
    const struct {
        bool holds;
        const char *word;
    } words[] = {
        { access->sees_account, "account" },
        { access->sees_bot, "bot" },
        { access->is_bot, "as_bot" },
        { !permissions_has(&access->permissions, permissions_get("tickets.view")), "own" },
    };
    const char *before = " sees=";

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].holds) {
            buf_fmt(buf, "%s%s", before, words[i].word);
            before = ",";
        }
    if (before[0] == ' ')
        buf_fmt(buf, "%s-", before);
}

struct str
desk_live_grant(struct cx *cx, const struct access *access, struct str invited)
{
    struct buf buf = { .arena = cx->arena };

    buf_fmt(&buf, "member account=%lld", (long long)cx->account.v);
    if (access->token_id != 0)
        buf_fmt(&buf, " token=%lld", (long long)access->token_id);
    else
        buf_fmt(&buf, " user=%lld session=%lld", (long long)cx->user.v, (long long)cx->session_id);
    if (cx->member.v != 0)
        buf_fmt(&buf, " member=%lld", (long long)cx->member.v);
    buf_fmt(&buf, " epoch=%lld", (long long)access->epoch);
    put_sees(&buf, access);
    put_list(&buf, "departments", access->departments);
    put_list(&buf, "pick", access->pick_departments);
    put_list(&buf, "branches", access->branches);
    if (access->channels.p == NULL)
        buf_fmt(&buf, " channels=*");
    else
        put_list(&buf, "channels", access->channels);
    put_list(&buf, "invited", invited);
    return buf_str(&buf);
}

/*
 * nginx asks before it opens a stream; the answer, not the client, says what it may hear. A token
 * knows its account, and still has to name it: an address that opens a stream says whose.
 */
static struct err
get_live_grant(struct cx *cx, struct req *req, struct res *res)
{
    struct str account = req_query(req, "account"), invited;

    /* A program listens to tickets or to nothing; a person also to colleagues. */
    TRY(auth_member_enter(cx, req, res, account,
                          req_bearer(req).p != NULL ? "tickets.view" : ROUTE_ANY_MEMBER));
    TRY(auth_invited(cx, &invited)); /* carries the gate to the database */
    if (!access_may(cx, "tickets.view"))
        TRY(access_require(cx, "chat.use"));
    if (account.len == 0)
        return FAIL(ERR_INVALID, "account_required");
    res_header(res, "X-Live-Grant", desk_live_grant(cx, cx->access, invited));
    return res_empty(res, 204);
}

const struct route desk_routes[] = {
    { GET, "/api/v1/account", "departments.view", TX_READ, get_account, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/live/grant", NULL, TX_READ, get_live_grant, ACCESS_PUBLIC, BODY_NONE, NULL },
    { 0 },
};
