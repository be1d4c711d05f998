#include "domain/testing/fixtures.h"

#include "changes.h"
#include "groups.h"
#include "invites.h"
#include "members.h"
#include "networks.h"
#include "resets.h"

#include "mail.sql.h"
#include "people_invites.sql.h"
#include "people_members.sql.h"

static struct group
own_group(struct cx *cx, const char *name, const char *permission)
{
    struct group wanted = { .name = str_of(name), .description = STR(""), .scope = SCOPE_OWN };
    struct group out;

    permissions_add(&wanted.permissions, permissions_get(permission));
    CHECK_OK(groups_add(cx, &wanted, &out));
    return out;
}

static struct group
builtin(struct cx *cx, const char *word)
{
    struct db_rows rows;
    struct group group = { 0 };

    CHECK_OK(groups_list(cx, &rows));
    for (int i = 0; i < rows.count; i++) {
        group = group_at(&rows, i);
        if (str_eq(group.builtin, str_of(word)))
            return group;
    }
    CHECK(false);
    return group;
}

static struct person
person(struct cx *cx, struct member_id id)
{
    struct person out;

    CHECK_OK(members_get(cx, id, &out));
    return out;
}

/* --- groups -------------------------------------------------------------------------- */

TEST(a_group_is_made_changed_and_removed_on_the_trail)
{
    struct cx *cx = test_cx();
    struct group group, after;

    test_member(cx, "administrator");
    group = own_group(cx, "Night", "tickets.view");
    after = group;
    after.scope = SCOPE_DEPARTMENT;
    permissions_add(&after.permissions, permissions_get("tickets.reply"));
    CHECK_OK(groups_save(cx, &group, &after, &group));
    CHECK_I64(group.scope, SCOPE_DEPARTMENT);
    CHECK(permissions_has(&group.permissions, permissions_get("tickets.reply")));
    CHECK_OK(groups_remove(cx, group.id));
    CHECK_I64(test_audit(cx, "group.created"), 1);
    CHECK_I64(test_audit(cx, "group.edited"), 1);
    CHECK_I64(test_audit(cx, "group.deleted"), 1);
}

TEST(built_in_groups_stay_as_they_are)
{
    struct cx *cx = test_cx();
    struct group owner;

    test_member(cx, "owner");
    owner = builtin(cx, "owner");
    CHECK_FAIL(groups_save(cx, &owner, &owner, &owner), ERR_CONFLICT, "group_builtin");
    CHECK_FAIL(groups_remove(cx, owner.id), ERR_CONFLICT, "group_builtin");
}

TEST(a_group_with_members_is_not_removed_and_its_members_do_not_change_it)
{
    struct cx *cx = test_cx();
    struct group group;
    struct person before, after;
    struct member_id agent = test_member(cx, "agent");
    struct user_id user = cx->user;

    test_member(cx, "administrator");
    group = own_group(cx, "Night", "groups.manage");
    before = after = person(cx, agent);
    after.group = group.id;
    CHECK_OK(members_save(cx, &before, &after));
    CHECK_FAIL(groups_remove(cx, group.id), ERR_CONFLICT, "group_in_use");
    test_act_as(cx, user);
    group.masks = 31;
    CHECK_OK(groups_require(cx, group.id, &group));
    CHECK_FAIL(groups_save(cx, &group, &group, &group), ERR_FORBIDDEN, "cannot_change_self");
}

TEST(a_group_holds_nothing_its_maker_lacks)
{
    struct cx *cx = test_cx();
    struct group wanted = { .name = STR("X"), .description = STR(""), .scope = SCOPE_ACCOUNT }, out;

    test_member(cx, "manager");
    CHECK_STR(str_of(groups_add(cx, &wanted, &out).field), "scope");
    wanted.scope = SCOPE_OWN;
    permissions_add(&wanted.permissions, permissions_get("groups.manage"));
    CHECK_STR(str_of(groups_add(cx, &wanted, &out).field), "permissions");
}

/* --- members -------------------------------------------------------------------------- */

TEST(nobody_moves_to_a_group_above_whoever_moves_them)
{
    struct cx *cx = test_cx();
    struct member_id agent = test_member(cx, "agent");
    struct person before, after;

    test_member(cx, "administrator");
    before = after = person(cx, agent);
    after.group = builtin(cx, "owner").id;
    CHECK_FAIL(members_save(cx, &before, &after), ERR_FORBIDDEN, "cannot_grant");
    after.group = builtin(cx, "manager").id;
    CHECK_OK(members_save(cx, &before, &after));
    CHECK_I64(person(cx, agent).group.v, after.group.v);
    CHECK_I64(test_audit(cx, "member.edited"), 1);
}

TEST(nobody_changes_their_own_group_or_places)
{
    struct cx *cx = test_cx();
    struct member_id me = test_member(cx, "administrator");
    struct person before = person(cx, me), after = before;

    after.group = builtin(cx, "agent").id;
    CHECK_FAIL(members_save(cx, &before, &after), ERR_FORBIDDEN, "cannot_change_self");
    after = before;
    after.display_name = STR("Another name");
    CHECK_OK(members_save(cx, &before, &after));
    CHECK_FAIL(members_set_active(cx, me, false), ERR_FORBIDDEN, "cannot_change_self");
}

TEST(departments_of_a_member_are_the_accounts)
{
    struct cx *cx = test_cx();
    struct member_id agent = test_member(cx, "agent");
    struct department_id department = test_department(cx, "Support");
    struct person before, after;

    test_member(cx, "owner");
    before = after = person(cx, agent);
    after.departments = str_fmt(cx->arena, "{%lld}", (long long)department.v);
    CHECK_OK(members_save(cx, &before, &after));
    CHECK_STR(person(cx, agent).departments, str_cstr(cx->arena, after.departments));
    after.departments = STR("{999999999}");
    CHECK_FAIL(members_save(cx, &before, &after), ERR_NOT_FOUND, "department_unknown");
}

TEST(who_leaves_gives_their_tickets_back_and_loses_the_account)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct member_id agent = cx->member;
    struct user_id user = cx->user;
    const struct access *access;

    test_member(cx, "administrator");
    CHECK_OK(members_set_active(cx, agent, false));
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK_I64(ticket.assignee.v, 0);
    CHECK_OK(access_look(cx, cx->account, user, &access));
    CHECK(!access->is_active);
    CHECK(test_events(cx, "access.changed") > 0);
    CHECK_OK(members_set_active(cx, agent, true));
    CHECK_I64(test_audit(cx, "member.deactivated"), 1);
    CHECK_I64(test_audit(cx, "member.reactivated"), 1);
}

TEST(an_administrator_does_not_deactivate_an_owner)
{
    struct cx *cx = test_cx();
    struct member_id owner = test_member(cx, "owner");

    test_member(cx, "administrator");
    CHECK_FAIL(members_set_active(cx, owner, false), ERR_FORBIDDEN, "target_above_you");
}

/* --- invitations -------------------------------------------------------------------------- */

/* The token that was mailed is known to nobody else: tests write their own over it. */
static struct invite
invited(struct cx *cx, const char *email, const char *group, const char *token)
{
    struct invite wanted = { .email = str_of(email),
                             .display_name = STR(""),
                             .group = builtin(cx, group).id,
                             .departments = STR("{}"),
                             .branches = STR("{}"),
                             .is_agent = true };
    struct invite out;
    struct db_row row;
    uint8_t digest[CRYPTO_SHA256_BYTES];

    CHECK_OK(invites_send(cx, &wanted, &out));
    crypto_sha256(str_of(token), digest);
    CHECK_OK(db_one(cx, &SQL_invite_renew, &row, P_ID(cx->account), P_I64(out.id),
                    db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest }),
                    P_ID(cx->member), P_TIME(cx->now_us), P_TIME(out.expires_at_us)));
    return out;
}

static struct err
accept(struct cx *cx, const char *token, struct user_id who)
{
    struct account_id account = cx->account;
    struct user_id user = cx->user;
    struct member_id member = cx->member;
    struct invite_seen seen;
    struct err e;

    cx->user = who;
    e = invites_accept(cx, str_of(token), STR("Ana Nova"), STR("um cavalo na varanda azul"),
                       STR("pt-BR"), &seen);
    cx->account = account;
    cx->user = user;
    cx->member = member;
    return e;
}

TEST(an_invitation_makes_a_member_once)
{
    struct cx *cx = test_cx();
    struct db_rows rows;

    test_member(cx, "administrator");
    invited(cx, "nova@example.org", "agent", "t1");
    CHECK_OK(accept(cx, "t1", (struct user_id){ 0 }));
    CHECK_FAIL(accept(cx, "t1", (struct user_id){ 0 }), ERR_GONE, "link_used");
    CHECK_OK(members_list(cx, &rows));
    CHECK_I64(rows.count, 2);
    CHECK_STR(person_at(&rows, 1).email, "nova@example.org");
    CHECK_I64(test_audit(cx, "member.accepted"), 1);
    CHECK_FAIL(invites_send(cx,
                            &(struct invite){ .email = STR("nova@example.org"),
                                              .group = builtin(cx, "agent").id,
                                              .display_name = STR(""),
                                              .departments = STR("{}"),
                                              .branches = STR("{}") },
                            &(struct invite){ 0 }),
               ERR_CONFLICT, "member_exists");
}

TEST(an_invitation_sent_again_kills_the_former_link_and_a_week_kills_any)
{
    struct cx *cx = test_cx();
    struct invite first;

    test_member(cx, "administrator");
    first = invited(cx, "nova@example.org", "agent", "t1");
    invited(cx, "nova@example.org", "agent", "t2");
    CHECK_FAIL(accept(cx, "t1", (struct user_id){ 0 }), ERR_GONE, "link_expired");
    CHECK_FAIL(invites_end(cx, first.id), ERR_NOT_FOUND, "not_found");
    test_advance(cx, INT64_C(7) * 24 * 3600 * 1000000);
    CHECK_FAIL(accept(cx, "t2", (struct user_id){ 0 }), ERR_GONE, "link_expired");
}

TEST(an_invitation_of_somebody_known_is_for_nobody_else)
{
    struct cx *theirs = test_cx(), *cx;
    struct user_id known, other;
    struct str email;

    test_member(theirs, "agent");
    other = theirs->user;
    email = person(theirs, test_member(theirs, "agent")).email;
    known = theirs->user;
    cx = test_cx();
    test_member(cx, "administrator");
    invited(cx, str_cstr(cx->arena, email), "agent", "t1");
    CHECK_FAIL(accept(cx, "t1", (struct user_id){ 0 }), ERR_FORBIDDEN, "invite_for_other");
    CHECK_FAIL(accept(cx, "t1", other), ERR_FORBIDDEN, "invite_for_other");
    CHECK_OK(accept(cx, "t1", known));
}

TEST(what_the_inviter_lost_meanwhile_is_not_given)
{
    struct cx *cx = test_cx();
    struct member_id inviter;
    struct person before, after;

    test_member(cx, "owner");
    inviter = test_member(cx, "administrator");
    invited(cx, "nova@example.org", "administrator", "t1");
    test_member(cx, "owner");
    before = after = person(cx, inviter);
    after.group = builtin(cx, "agent").id;
    CHECK_OK(members_save(cx, &before, &after));
    CHECK_FAIL(accept(cx, "t1", (struct user_id){ 0 }), ERR_FORBIDDEN, "cannot_grant");
}

TEST(an_invitation_is_mailed_in_the_accounts_language)
{
    struct cx *cx = test_cx();
    struct db_rows rows;
    struct db_row row;

    test_member(cx, "administrator");
    invited(cx, "nova@example.org", "agent", "t1");
    CHECK_OK(db_many(cx, &SQL_mail_list, &rows, P_I64(1)));
    row = db_row_at(&rows, 0);
    CHECK_STR(db_str(&row, 1), "nova@example.org");
    CHECK_STR(db_str(&row, 2), "invite");
}

/* --- networks --------------------------------------------------------------------------------- */

static bool
saved(struct cx *cx, const char *block)
{
    struct network network = { .note = STR("office") };
    bool locks_out;

    CHECK_OK(net_parse_block(str_of(block), &network.block));
    CHECK_OK(networks_save(cx, (struct group_id){ 0 }, &(struct network_list){ &network, 1 },
                           &locks_out));
    return !locks_out;
}

TEST(nobody_locks_themselves_out)
{
    struct cx *cx = test_cx();
    struct db_rows rows;

    test_member(cx, "administrator");
    cx->address = STR("203.0.113.9");
    CHECK(!saved(cx, "198.51.100.0/24"));
    CHECK_OK(networks_of(cx, (struct group_id){ 0 }, &rows));
    CHECK_I64(rows.count, 0);
    CHECK(saved(cx, "203.0.113.0/24"));
    cx->address = STR("::ffff:203.0.113.9");
    CHECK(saved(cx, "203.0.113.0/25"));
    CHECK_OK(networks_of(cx, (struct group_id){ 0 }, &rows));
    CHECK_I64(rows.count, 1);
    CHECK_I64(test_audit(cx, "network.edited"), 2);
}

TEST(an_operator_lets_one_more_network_in_for_a_while)
{
    struct cx *cx = test_cx();
    struct net_block block;
    struct db_rows rows;

    CHECK_OK(net_parse_block(STR("198.51.100.7"), &block));
    CHECK_FAIL(networks_allow(cx, &block, cx->now_us + 1), ERR_NOT_FOUND, "no_networks");
    test_member(cx, "administrator");
    cx->address = STR("203.0.113.9");
    CHECK(saved(cx, "203.0.113.0/24"));
    CHECK_OK(networks_allow(cx, &block, cx->now_us + INT64_C(3600) * 1000000));
    CHECK_OK(networks_of(cx, (struct group_id){ 0 }, &rows));
    CHECK_I64(rows.count, 2);
    test_advance(cx, INT64_C(3601) * 1000000);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES) > 0, 1);
    CHECK_OK(networks_of(cx, (struct group_id){ 0 }, &rows));
    CHECK_I64(rows.count, 1);
    CHECK_OK(networks_clear(cx));
}

/* --- the trail ---------------------------------------------------------------------------------- */

TEST(the_trail_holds_what_changed_and_nothing_else)
{
    struct cx *cx = test_cx();
    const struct change some[] = { { "a", STR_INIT("1"), STR_INIT("1") },
                                   { "b", STR_INIT("2"), STR_INIT("3") },
                                   { 0 } };
    const struct change fresh[] = { { "a", { 0 }, STR_INIT("1") }, { 0 } };

    CHECK_STR(changes_print(cx, some), "{\"after\":{\"b\":3},\"before\":{\"b\":2}}");
    CHECK_STR(changes_print(cx, fresh), "{\"after\":{\"a\":1}}");
    CHECK_STR(change_ids(cx, STR("{3,4}")), "[3,4]");
}
