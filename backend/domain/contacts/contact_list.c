/* The address book: pages of it in three orders, narrowed, counted, searched. */
#include "contacts_private.h"
#include "documents.h"

#include "domain/auth/auth.h"

#include "contacts_list.sql.h"

enum { LIMIT_DEFAULT = 40, LIMIT_MAX = 100, COUNT_MOST = 1000, SEARCH_MOST = 100 };

enum order { BY_ACTIVITY, BY_NAME, BY_AGE, ORDERS };
static const char *const order_words[ORDERS] = { "activity", "name", "newest" };

/* What was asked for. */
struct wanted {
    enum order order;
    struct str consent;
    int64_t group_id;
    bool is_blocked, is_deleted, is_unsaved;
    int64_t after_us, after_id;
    int64_t limit;
};

/* Where a page starts from, with the statement of each order; a filter has one order, the newest first. */
struct source {
    const struct db_stmt *pages[ORDERS], *count;
};

static const struct source *
source_of(const struct cx *cx, const struct wanted *w)
{
    static const struct source
        all = { { &SQL_contact_list_activity, &SQL_contact_list_name, &SQL_contact_list_newest },
                &SQL_contact_count_all },
        mine = { { &SQL_contact_list_mine, &SQL_contact_list_mine_name,
                   &SQL_contact_list_mine_newest },
                 &SQL_contact_count_mine },
        of_group = { { [BY_AGE] = &SQL_contact_list_group }, &SQL_contact_count_group },
        of_consent = { { [BY_AGE] = &SQL_contact_list_consent }, &SQL_contact_count_consent },
        of_blocked = { { [BY_AGE] = &SQL_contact_list_blocked }, &SQL_contact_count_blocked },
        of_deleted = { { [BY_AGE] = &SQL_contact_list_deleted }, &SQL_contact_count_deleted },
        of_unsaved = { { [BY_AGE] = &SQL_contact_list_unsaved }, &SQL_contact_count_unsaved };

    if (w->is_deleted)
        return &of_deleted;
    if (w->is_unsaved)
        return &of_unsaved;
    if (!cx->access->sees_contacts && cx->access->scope == SCOPE_OWN)
        return &mine;
    if (w->group_id != 0)
        return &of_group;
    if (w->is_blocked)
        return &of_blocked;
    return w->consent.p != NULL ? &of_consent : &all;
}

static bool
is_filtered(const struct wanted *w)
{
    return w->group_id != 0 || w->is_blocked || w->is_deleted || w->is_unsaved ||
           w->consent.p != NULL;
}

/* "<id>", or "<µs>.<id>" in order of activity. */
static struct err
read_after(const struct req *req, struct wanted *w)
{
    struct str text = req_query(req, "after"), us;
    bool fits = true;

    if (text.len == 0)
        return OK;
    if (w->order == BY_ACTIVITY)
        fits = str_cut(&text, '.', &us) && str_i64(us, &w->after_us) && w->after_us > 0;
    if (!fits || !str_i64(text, &w->after_id) || w->after_id <= 0)
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    return OK;
}

static struct err
read_order(const struct cx *cx, const struct req *req, struct wanted *w)
{
    struct str word = req_query(req, "order");

    w->order = is_filtered(w) ? BY_AGE : BY_ACTIVITY;
    if (word.len == 0)
        return OK;
    for (int i = 0; i < ORDERS; i++)
        if (str_eq(word, str_of(order_words[i]))) {
            w->order = is_filtered(w) ? BY_AGE : (enum order)i;
            /* Some people are called by their number: their place would tell it. */
            if (i == BY_NAME && (cx->access->masks & MASK_PHONE) != 0)
                return FAIL_FIELD(ERR_INVALID, "field_masked", "order");
            return OK;
        }
    return FAIL_FIELD(ERR_INVALID, "unknown_value", "order");
}

/* Which of them. */
static struct err
read_filter(const struct cx *cx, const struct req *req, struct wanted *w)
{
    static const char *const consents[] = { "none", "granted", "withdrawn", NULL };
    struct str consent = req_query(req, "consent"), state = req_query(req, "state");
    int64_t group = 0;

    *w = (struct wanted){ .order = BY_AGE };
    TRY(req_query_i64(req, "group_id", 1, INT64_MAX, &group));
    w->group_id = group;
    for (const char *const *c = consents; *c != NULL; c++)
        if (str_eq(consent, str_of(*c)))
            w->consent = consent;
    if (consent.len > 0 && w->consent.p == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "consent");
    w->is_blocked = str_eq(state, STR("blocked"));
    w->is_deleted = str_eq(state, STR("deleted"));
    w->is_unsaved = str_eq(state, STR("unsaved"));
    if (state.len > 0 && !w->is_blocked && !w->is_deleted && !w->is_unsaved)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "state");
    return w->is_deleted ? access_require(cx, "contacts.delete") : OK;
}

static struct err
read_wanted(const struct cx *cx, const struct req *req, struct wanted *w)
{
    TRY(read_filter(cx, req, w));
    w->limit = LIMIT_DEFAULT;
    TRY(req_query_i64(req, "limit", 1, LIMIT_MAX, &w->limit));
    TRY(read_order(cx, req, w));
    return read_after(req, w);
}

enum line_column {
    COL_ID,
    COL_NAME,
    COL_EMAIL,
    COL_PHONE,
    COL_CONSENT,
    COL_BLOCKED,
    COL_DELETED,
    COL_ACTIVE_AT,
    COL_CREATED_AT,
    COL_SAVED
};

static void
write_line(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, COL_ID));
    json_kv_str(o, "name", db_str(row, COL_NAME));
    json_kv_str(o, "email", db_str(row, COL_EMAIL));
    json_kv_str(o, "phone", db_str(row, COL_PHONE));
    json_kv_str(o, "consent", db_str(row, COL_CONSENT));
    json_kv_bool(o, "is_blocked", db_bool(row, COL_BLOCKED));
    json_kv_bool(o, "is_deleted", db_bool(row, COL_DELETED));
    json_kv_bool(o, "is_saved", db_bool(row, COL_SAVED));
    json_kv_time(o, "active_at", db_time(row, COL_ACTIVE_AT));
    json_kv_time(o, "created_at", db_time(row, COL_CREATED_AT));
    json_close(o, '}');
}

/* count < 0: not asked. has_more: the row after the last shown was found too. */
static struct err
write_page(struct cx *cx, struct res *res, const struct db_rows *rows, const struct wanted *w,
           int64_t count)
{
    int n = rows->count > w->limit ? (int)w->limit : rows->count;
    struct json_out o = res_json_begin(res, 200);
    struct db_row row = { 0 };

    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        row = db_row_at(rows, i);
        write_line(&o, &row);
    }
    json_close(&o, ']');
    json_key(&o, "count");
    if (count < 0)
        json_put_null(&o);
    else
        json_put_i64(&o, count);
    json_key(&o, "next");
    if (rows->count == n)
        json_put_null(&o);
    else if (w->order == BY_ACTIVITY)
        json_put_str(&o, str_fmt(cx->arena, "%lld.%lld", (long long)db_time(&row, COL_ACTIVE_AT),
                                 (long long)db_i64(&row, COL_ID)));
    else
        json_put_str(&o, str_fmt(cx->arena, "%lld", (long long)db_i64(&row, COL_ID)));
    json_close(&o, '}');
    return res_json_end(res);
}

/* The best hundred: whoever does not find among them types one word more. */
static struct err
search(struct cx *cx, struct str q, int64_t limit, struct db_rows *rows)
{
    struct str phone = contacts_identity_key(cx->arena, "phone", q), document;

    if (str_code_points(q) > 100)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    /* A number without its country is ours. */
    if (phone.len == 10 || phone.len == 11)
        phone =
            contacts_identity_key(cx->arena, "phone", str_fmt(cx->arena, "55%.*s", STR_ARG(phone)));
    if (!document_normalise(cx->arena, q, &document))
        document = (struct str){ 0 };
    return db_many(cx, &SQL_contact_search, rows, P_ID(cx->account), P_STR(q),
                   phone.len > 0 ? P_STR(phone) : P_NULL,
                   str_find(q, '@') > 0 ? P_STR(str_lower(cx->arena, q)) : P_NULL,
                   access_may(cx, "customers.view") ? P_STR(document) : P_NULL,
                   P_I64(limit < SEARCH_MOST ? limit : SEARCH_MOST));
}

static struct err
get_page(struct cx *cx, const struct wanted *w, int64_t limit, struct db_rows *rows)
{
    const struct db_param params[] = {
        P_ID(cx->account),    P_TIME(w->after_us),   db_p_id(w->after_id), P_STR(w->consent),
        db_p_id(w->group_id), P_BOOL(w->is_blocked), P_I64(limit),
    };

    return db_many_(cx, source_of(cx, w)->pages[w->order], rows, params, 7);
}

static struct err
get_count(struct cx *cx, const struct wanted *w, int64_t most, int64_t *count)
{
    const struct db_param params[] = {
        P_ID(cx->account),     P_NULL,      P_NULL, P_STR(w->consent), db_p_id(w->group_id),
        P_BOOL(w->is_blocked), P_I64(most),
    };
    struct db_row row;

    TRY(db_one_(cx, source_of(cx, w)->count, &row, params, 7));
    *count = db_i64(&row, 0);
    return OK;
}

static struct err
get_contacts(struct cx *cx, struct req *req, struct res *res)
{
    struct str q = str_trim(req_query(req, "q"));
    struct db_rows rows;
    struct wanted w;
    int64_t count = -1;

    TRY(read_wanted(cx, req, &w));
    if (q.len > 0) {
        w = (struct wanted){ .limit = SEARCH_MOST };
        TRY(search(cx, q, SEARCH_MOST, &rows));
        return write_page(cx, res, &rows, &w, rows.count);
    }
    TRY(get_page(cx, &w, w.limit + 1, &rows));
    if (w.after_id == 0)
        TRY(get_count(cx, &w, COUNT_MOST, &count));
    return write_page(cx, res, &rows, &w, count);
}

/* --- all of it, for files -------------------------------------------------------------- */

struct err
contacts_walk(struct cx *cx, struct str query, int64_t after_id, int64_t limit, int64_t *ids,
              int *n)
{
    struct req asked = { .query = query, .arena = cx->arena, .cx = cx };
    struct str q = str_trim(req_query(&asked, "q"));
    struct db_rows rows;
    struct wanted w;

    TRY(read_filter(cx, &asked, &w));
    w.after_id = after_id;
    if (q.len == 0)
        TRY(get_page(cx, &w, limit, &rows));
    else
        TRY(search(cx, q, after_id == 0 ? limit : 0, &rows));
    *n = rows.count;
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        ids[i] = db_i64(&row, COL_ID);
    }
    return OK;
}

struct err
contacts_walk_count(struct cx *cx, struct str query, int64_t most, int64_t *count)
{
    struct req asked = { .query = query, .arena = cx->arena, .cx = cx };
    struct str q = str_trim(req_query(&asked, "q"));
    struct db_rows rows;
    struct wanted w;

    TRY(read_filter(cx, &asked, &w));
    if (q.len == 0)
        return get_count(cx, &w, most, count);
    TRY(search(cx, q, SEARCH_MOST, &rows));
    *count = rows.count;
    return OK;
}

const struct route contact_list_routes[] = {
    { GET, "/api/v1/contacts", "contacts.view", TX_READ, get_contacts, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { 0 },
};
