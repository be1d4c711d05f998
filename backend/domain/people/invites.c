#include "invites.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "changes.h"
#include "domain/accounts/accounts.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/mail/mail.h"

#include "people_invites.sql.h"
#include "people_members.sql.h"

enum { TOKEN_BYTES = 32, GOOD_FOR_DAYS = 7 };

static struct invite
invite_from_row(const struct db_row *row)
{
    return (struct invite){
        .id = db_i64(row, 0),
        .email = db_str(row, 1),
        .display_name = db_str(row, 2),
        .group = { db_i64(row, 3) },
        .departments = db_str(row, 4),
        .branches = db_str(row, 5),
        .channels = db_str(row, 6),
        .is_agent = db_bool(row, 7),
        .invited_by = { db_i64(row, 8) },
        .sent_at_us = db_time(row, 9),
        .expires_at_us = db_time(row, 10),
    };
}

static struct db_param
hash_of(struct cx *cx, struct str token)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(token, digest);
    return db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest });
}

struct err
invites_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_invite_list, rows, P_ID(cx->account));
}

struct invite
invite_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return invite_from_row(&row);
}

/* What accepting it would give, judged as the giver's. */
static struct err
reach_of(struct cx *cx, const struct invite *invite, struct reach *out)
{
    struct group group;

    TRY(groups_require(cx, invite->group, &group));
    *out = members_reach(cx, &group, invite->departments, invite->branches, invite->channels);
    return OK;
}

static struct err
mail_link_to(struct cx *cx, const struct invite *invite, struct str token)
{
    struct account account;
    struct person inviter;

    TRY(accounts_get(cx, &account));
    TRY(members_get(cx, cx->member, &inviter));
    mail_queue(cx, &(struct mail){ .to = invite->email,
                                   .locale = account.locale,
                                   .template = "invite",
                                   .params = { { "account", account.name },
                                               { "inviter", inviter.display_name },
                                               { "link", mail_link(cx, "/convite", token) } } });
    return OK;
}

static void
write_trail(struct cx *cx, const struct invite *invite)
{
    const struct change changes[] = {
        { "branch_ids", { 0 }, change_ids(cx, invite->branches) },
        { "channel_ids", { 0 }, change_ids(cx, invite->channels) },
        { "department_ids", { 0 }, change_ids(cx, invite->departments) },
        { "email", { 0 }, change_text(cx, invite->email) },
        { "group_id", { 0 }, change_i64(cx, invite->group.v) },
        { 0 },
    };

    audit_add(cx, "member.invited", "invite", invite->id, changes_print(cx, changes));
}

struct err
invites_send(struct cx *cx, const struct invite *wanted, struct invite *out)
{
    struct str token = crypto_random_text(cx->arena, TOKEN_BYTES);
    struct reach reach;
    struct db_row row;

    if (!mail_address_is_good(wanted->email))
        return FAIL_FIELD(ERR_INVALID, "email_invalid", "email");
    TRY(reach_of(cx, wanted, &reach));
    TRY(auth_may_grant(cx, NULL, &reach));
    TRY(members_require_places(cx, wanted->departments, wanted->branches, wanted->channels));
    TRY(db_one(cx, &SQL_invite_email_is_member, &row, P_ID(cx->account), P_STR(wanted->email)));
    if (db_bool(&row, 0))
        return FAIL_FIELD(ERR_CONFLICT, "member_exists", "email");

    db_queue(cx, &SQL_invite_replace, P_ID(cx->account), P_STR(wanted->email), P_TIME(cx->now_us));
    TRY(db_one(cx, &SQL_invite_add, &row, P_ID(cx->account), P_STR(wanted->email),
               P_STR(wanted->display_name), P_ID(wanted->group), P_STR(wanted->departments),
               P_STR(wanted->branches), P_STR(wanted->channels), P_BOOL(wanted->is_agent),
               hash_of(cx, token), P_ID(cx->member), P_TIME(cx->now_us),
               P_TIME(cx->now_us + GOOD_FOR_DAYS * US_PER_DAY)));
    *out = invite_from_row(&row);
    TRY(mail_link_to(cx, out, token));
    write_trail(cx, out);
    return OK;
}

struct err
invites_resend(struct cx *cx, int64_t id, struct invite *out)
{
    struct str token = crypto_random_text(cx->arena, TOKEN_BYTES);
    struct reach reach;
    struct db_row row;

    TRY(db_one(cx, &SQL_invite_lock, &row, P_ID(cx->account), P_I64(id)));
    *out = invite_from_row(&row);
    TRY(reach_of(cx, out, &reach));
    TRY(auth_may_grant(cx, NULL, &reach));
    TRY(db_one(cx, &SQL_invite_renew, &row, P_ID(cx->account), P_I64(id), hash_of(cx, token),
               P_ID(cx->member), P_TIME(cx->now_us),
               P_TIME(cx->now_us + GOOD_FOR_DAYS * US_PER_DAY)));
    *out = invite_from_row(&row);
    TRY(mail_link_to(cx, out, token));
    write_trail(cx, out);
    return OK;
}

struct err
invites_end(struct cx *cx, int64_t id)
{
    struct invite invite;
    struct reach reach;
    struct db_row row;

    TRY(db_one(cx, &SQL_invite_lock, &row, P_ID(cx->account), P_I64(id)));
    invite = invite_from_row(&row);
    TRY(reach_of(cx, &invite, &reach));
    TRY(auth_may_grant(cx, &reach, NULL));
    TRY(db_exec(cx, &SQL_invite_end, NULL, P_ID(cx->account), P_I64(id), P_TIME(cx->now_us)));
    audit_add(cx, "member.invite_ended", "invite", id, (struct str){ 0 });
    return OK;
}

/* --- for whoever holds the token ---------------------------------------------------- */

struct err
invites_look(struct cx *cx, struct str token, struct invite_seen *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_invite_find, &found, &row, hash_of(cx, token)));
    if (found && !db_is_null(&row, 16))
        return FAIL(ERR_GONE, "link_used");
    if (!found || !db_is_null(&row, 17) || db_time(&row, 10) <= cx->now_us ||
        str_eq(db_str(&row, 13), STR("closed")))
        return FAIL(ERR_GONE, "link_expired");
    *out = (struct invite_seen){
        .invite = invite_from_row(&row),
        .account = { db_i64(&row, 11) },
        .account_name = db_str(&row, 12),
        .group_name = db_str(&row, 14),
        .group_builtin = db_str(&row, 15),
        .inviter = { db_i64(&row, 18) },
        .inviter_name = db_str(&row, 19),
        .person = { db_i64(&row, 20) },
    };
    return OK;
}

/* The giver may have lost meanwhile what they gave, or their place here. */
static struct err
inviter_still_may(struct cx *cx, const struct invite_seen *seen)
{
    const struct access *access;
    struct reach theirs, wanted;

    TRY(access_look(cx, seen->account, seen->inviter, &access));
    if (access == NULL || !access->is_active ||
        !permissions_has(&access->permissions, permissions_get("users.invite")))
        return FAIL(ERR_FORBIDDEN, "cannot_grant");
    theirs = auth_reach_of(cx, access);
    TRY(reach_of(cx, &seen->invite, &wanted));
    return auth_covers(&theirs, &wanted);
}

static struct err
new_person(struct cx *cx, const struct invite *invite, const struct str *account_name,
           struct str name, struct str password, struct str locale, struct user_id *out)
{
    struct db_row row;
    int64_t min_points;

    if (str_trim(name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (password.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "password");
    TRY(db_one(cx, &SQL_invite_password_min, &row, P_ID(cx->account)));
    min_points = db_i64(&row, 0);
    TRY(password_judge(cx->arena, password,
                       &(struct password_owner){ .email = invite->email,
                                                 .name = name,
                                                 .accounts = account_name,
                                                 .account_count = 1,
                                                 .min_points = min_points }));
    TRY(db_one(cx, &SQL_person_add, &row, P_STR(invite->email), P_STR(str_trim(name)),
               P_STR(locale), P_TIME(cx->now_us)));
    if (db_is_null(&row, 0))
        return FAIL(ERR_RETRY, NULL); /* somebody was faster: they are known now */
    *out = (struct user_id){ db_i64(&row, 0) };
    return auth_password_set(cx, *out, password, 0);
}

struct err
invites_accept(struct cx *cx, struct str token, struct str name, struct str password,
               struct str locale, struct invite_seen *out)
{
    const struct invite *invite = &out->invite;
    struct user_id person;
    struct db_row row;
    int64_t taken;

    TRY(invites_look(cx, token, out));
    if (out->person.v != 0 && out->person.v != cx->user.v)
        return FAIL(ERR_FORBIDDEN, "invite_for_other");
    if (out->person.v == 0 && cx->user.v != 0)
        return FAIL(ERR_FORBIDDEN, "invite_for_other");
    cx->account = out->account;
    db_set_account(cx, out->account);
    TRY(inviter_still_may(cx, out));
    TRY(db_exec(cx, &SQL_invite_take, &taken, P_ID(cx->account), P_I64(invite->id),
                P_TIME(cx->now_us)));
    if (taken == 0)
        return FAIL(ERR_GONE, "link_used");
    person = out->person;
    if (person.v == 0)
        TRY(new_person(cx, invite, &out->account_name, name, password, locale, &person));
    cx->user = person;
    cx->actor = ACTOR_USER;
    if (invite->display_name.len > 0)
        name = invite->display_name;
    TRY(db_one(cx, &SQL_member_insert, &row, P_ID(cx->account), P_ID(person), P_ID(invite->group),
               P_STR(str_trim(name).len == 0 ? invite->email : str_trim(name)),
               P_BOOL(invite->is_agent), P_STR(invite->channels), P_TIME(cx->now_us)));
    db_queue(cx, &SQL_member_join_departments, P_ID(cx->account), db_p_id(db_i64(&row, 0)),
             P_STR(invite->departments));
    db_queue(cx, &SQL_member_join_branches, P_ID(cx->account), db_p_id(db_i64(&row, 0)),
             P_STR(invite->branches));
    audit_add(cx, "member.accepted", "member", db_i64(&row, 0), (struct str){ 0 });
    return OK;
}
