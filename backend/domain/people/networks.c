#include "networks.h"

#include "changes.h"
#include "domain/audit/audit.h"

#include "people_networks.sql.h"

struct err
networks_parse(struct cx *cx, struct str text, struct net_block *out)
{
    TRY(net_parse_block(text, out));
    return net_contains_any(out, str_of(cx->conf->trusted_hops))
               ? FAIL(ERR_INVALID, "network_has_hop")
               : OK;
}

struct err
networks_of(struct cx *cx, struct group_id group, struct db_rows *rows)
{
    return db_many(cx, &SQL_network_list, rows, P_ID(cx->account), P_ID(group));
}

/* [{"network":…,"note":…}] as the trail keeps it. */
static struct str
print_rows(struct cx *cx, const struct db_rows *rows)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_open(&o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        json_open(&o, '{');
        json_kv_str(&o, "network", db_str(&row, 0));
        json_kv_str(&o, "note", db_str(&row, 1));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    return buf_str(&buf);
}

/* --- would the author fall out? ------------------------------------------------------ */

static bool
list_admits(const struct network_list *list, const struct net_address *from)
{
    for (size_t i = 0; i < list->n; i++)
        if (net_contains(&list->v[i].block, from))
            return true;
    return list->n == 0;
}

static struct err
rows_admit(struct cx *cx, struct group_id group, const struct net_address *from, bool *out)
{
    struct db_rows rows;

    TRY(networks_of(cx, group, &rows));
    *out = rows.count == 0;
    for (int i = 0; i < rows.count && !*out; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct net_block block;

        *out =
            net_parse_block(db_str(&row, 0), &block).code == ERR_NONE && net_contains(&block, from);
    }
    return OK;
}

/* Both lists count for the author: the account's and their own group's. */
static struct err
would_lock_out(struct cx *cx, struct group_id group, const struct network_list *list, bool *out)
{
    struct net_address from;
    struct group_id mine;
    struct db_row row;
    bool is_in_other;

    *out = false;
    TRY(db_one(cx, &SQL_my_group, &row, P_ID(cx->account), P_ID(cx->member)));
    mine.v = db_i64(&row, 0);
    if (group.v != 0 && group.v != mine.v)
        return OK;
    if (!net_parse_address(cx->address, &from)) {
        *out = list->n > 0;
        return OK;
    }
    TRY(rows_admit(cx, group.v == 0 ? mine : (struct group_id){ 0 }, &from, &is_in_other));
    *out = !is_in_other || !list_admits(list, &from);
    return OK;
}

/* --- saving ------------------------------------------------------------------------------ */

static struct err
may_fence(struct cx *cx, struct group_id id)
{
    struct group group;
    struct reach reach;

    if (id.v == 0)
        return OK;
    TRY(groups_require(cx, id, &group));
    reach = group_reach(cx, &group);
    return auth_may_grant(cx, &reach, NULL);
}

static struct err
replace(struct cx *cx, struct group_id group, const struct network_list *list)
{
    struct str *blocks = arena_array(cx->arena, struct str, list->n + 1);
    struct str *notes = arena_array(cx->arena, struct str, list->n + 1);

    for (size_t i = 0; i < list->n; i++) {
        blocks[i] = net_print_block(cx->arena, &list->v[i].block);
        notes[i] = list->v[i].note;
    }
    /* First what comes, then what goes: at no moment is a fence without a gate. */
    TRY(db_exec(cx, &SQL_network_save, NULL, P_ID(cx->account), P_ID(group),
                db_p_strs(cx->arena, blocks, list->n), db_p_strs(cx->arena, notes, list->n)));
    return db_exec(cx, &SQL_network_remove, NULL, P_ID(cx->account), P_ID(group),
                   db_p_strs(cx->arena, blocks, list->n));
}

struct err
networks_save(struct cx *cx, struct group_id group, const struct network_list *list,
              bool *locks_out)
{
    struct db_rows before, after;

    TRY(may_fence(cx, group));
    TRY(db_exec(cx, &SQL_network_lock, NULL, P_ID(cx->account)));
    TRY(would_lock_out(cx, group, list, locks_out));
    if (*locks_out)
        return OK;
    TRY(networks_of(cx, group, &before));
    TRY(replace(cx, group, list));
    TRY(networks_of(cx, group, &after));

    const struct change changes[] = {
        { "networks", print_rows(cx, &before), print_rows(cx, &after) },
        { 0 },
    };

    audit_add(cx, "network.edited", group.v == 0 ? "account" : "group",
              group.v == 0 ? cx->account.v : group.v, changes_print(cx, changes));
    return OK;
}

struct err
networks_clear(struct cx *cx)
{
    int64_t removed;

    TRY(db_exec(cx, &SQL_network_clear, &removed, P_ID(cx->account)));
    if (removed == 0)
        return FAIL(ERR_NOT_FOUND, "no_networks");
    audit_add(cx, "network.cleared", "account", cx->account.v, (struct str){ 0 });
    return OK;
}

struct err
networks_allow(struct cx *cx, const struct net_block *block, int64_t until_us)
{
    struct str text = net_print_block(cx->arena, block);
    struct db_rows rows;

    TRY(db_many(cx, &SQL_network_allow, &rows, P_ID(cx->account), P_STR(text), P_TIME(until_us)));
    if (rows.count == 0)
        return FAIL(ERR_NOT_FOUND, "no_networks");
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        jobs_add(cx, "network.expire", jobs_lane_alone(), db_i64(&row, 0), STR(""), until_us);
    }

    const struct change changes[] = {
        { "network", { 0 }, change_text(cx, text) },
        { "until", { 0 }, change_time(cx, until_us) },
        { 0 },
    };

    audit_add(cx, "network.edited", "account", cx->account.v, changes_print(cx, changes));
    return OK;
}

struct err
networks_expire_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                     struct job_outcome *out)
{
    (void)answer;
    (void)out;
    return db_exec(cx, &SQL_network_expire, NULL, P_ID(cx->account), P_I64(job->subject_id),
                   P_TIME(cx->now_us));
}
