#include "fixtures.h"

#include "domain/auth/auth.h"
#include "domain/bulk/bulk.h"
#include "domain/distribution/distribution.h"
#include "domain/exports/exports.h"
#include "domain/flows/flow_host.h"
#include "domain/flows/flow_moves.h"
#include "domain/mail/mail.h"
#include "domain/notices/notices.h"
#include "domain/people/people.h"
#include "domain/presence/presence.h"
#include "domain/tags/tags.h"
#include "domain/timers/timers.h"

#include "fixtures.sql.h"
#include "testing.sql.h"

/* Rooms queue jobs by name and ask who sees what, so both are known before the first test. */
__attribute__((constructor)) static void
prepare(void)
{
    static const struct job_kind *const tables[] = {
        mail_jobs,    messages_jobs, people_jobs,       tags_jobs,     tickets_jobs,
        bulk_jobs,    presence_jobs, distribution_jobs, timers_jobs,   notices_jobs,
        exports_jobs, flows_jobs,    flow_moves_jobs,   templates_jobs
    };

    jobs_register(tables, sizeof tables / sizeof tables[0]);
    testing_bound = access_everything;
}

/* People and channels are made with more rights than any program has. */
static void
as_superuser(struct cx *cx)
{
    db_queue(cx, &SQL_test_role, P_STR(STR("none")));
}

static void
as_program(struct cx *cx)
{
    db_queue(cx, &SQL_test_role, P_STR(STR("balcao_test")));
}

struct department_id
test_department(struct cx *cx, const char *name)
{
    struct db_row row;

    as_superuser(cx);
    CHECK_OK(db_one(cx, &SQL_fixture_department, &row, P_ID(cx->account), P_STR(str_of(name))));
    as_program(cx);
    return (struct department_id){ db_i64(&row, 0) };
}

struct member_id
test_member(struct cx *cx, const char *role)
{
    struct db_row row;

    as_superuser(cx);
    CHECK_OK(db_one(cx, &SQL_fixture_member, &row, P_ID(cx->account), P_STR(str_of(role))));
    as_program(cx);
    test_act_as(cx, (struct user_id){ db_i64(&row, 1) });
    return cx->member;
}

void
test_act_as(struct cx *cx, struct user_id user)
{
    const struct access *access;

    CHECK_OK(access_find(cx, cx->account, user, true, &access));
    CHECK(access != NULL);
    cx->user = user;
    access_enter(cx, access);
    cx->actor = ACTOR_USER;
}

void
test_demote(struct cx *cx, const char *builtin)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_demote, NULL, P_ID(cx->account), P_ID(cx->member),
                     P_STR(str_of(builtin))));
    as_program(cx);
}

void
test_leave(struct cx *cx, struct member_id member)
{
    CHECK_OK(db_exec(cx, &SQL_fixture_leave, NULL, P_ID(cx->account), P_ID(member)));
}

void
test_join(struct cx *cx, struct department_id department)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_join, NULL, P_ID(cx->account), P_ID(department),
                     P_ID(cx->member)));
    as_program(cx);
    test_act_as(cx, cx->user);
}

void
test_answer_for(struct cx *cx, struct department_id department, struct member_id member)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_answer_for, NULL, P_ID(cx->account), P_ID(department),
                     P_ID(member)));
    as_program(cx);
}

void
test_part(struct cx *cx, struct department_id department)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_part, NULL, P_ID(cx->account), P_ID(department),
                     P_ID(cx->member)));
    as_program(cx);
    test_act_as(cx, cx->user);
}

void
test_retire(struct cx *cx, struct member_id member)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_retire, NULL, P_ID(cx->account), P_ID(member)));
    as_program(cx);
}

void
test_connect(struct cx *cx, int64_t session_id)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_connect, NULL, P_ID(cx->account), P_ID(cx->member),
                     P_I64(session_id)));
    as_program(cx);
}

void
test_presence(struct cx *cx, struct member_id member, const char *state)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_gateway, NULL, P_ID(cx->account), P_ID(member)));
    CHECK_OK(db_exec(cx, &SQL_fixture_presence, NULL, P_ID(cx->account), P_ID(member),
                     P_STR(str_of(state)), P_TIME(cx->now_us)));
    as_program(cx);
}

void
test_gateways_die(struct cx *cx)
{
    as_superuser(cx);
    CHECK_OK(db_exec_(cx, &SQL_fixture_gateways_die, NULL, NULL, 0));
    as_program(cx);
}

struct channel
test_channel(struct cx *cx, const char *kind)
{
    struct department_id department =
        test_department(cx, str_cstr(cx->arena, str_fmt(cx->arena, "Department of %s", kind)));
    bool is_webchat = strcmp(kind, "webchat") == 0;
    const struct json *secrets;
    struct channel channel;
    struct db_row row;

    as_superuser(cx);
    CHECK_OK(db_one(
        cx, &SQL_fixture_channel, &row, P_ID(cx->account), P_STR(str_of(kind)), P_ID(department),
        P_STR(is_webchat ? STR("{}")
                         : STR("{\"phone_number_id\":\"10654\",\"api_version\":\"v23.0\","
                               "\"base_url\":\"http://127.0.0.1:1/graph\"}"))));
    as_program(cx);
    CHECK_OK(channels_get(cx, (struct channel_id){ db_i64(&row, 0) }, &channel));
    CHECK_OK(json_parse(cx->arena,
                        is_webchat
                            ? STR("{\"identity_key\":\"inbox-hmac-1\"}")
                            : STR("{\"access_token\":\"token-1\",\"app_secret\":\"app-secret-1\"}"),
                        &secrets));
    CHECK_OK(channels_set_secrets(cx, &channel, secrets));
    return channel;
}

void
test_arrives(struct cx *cx, const struct channel *channel, const char *inside)
{
    struct channel_config config;
    struct str body = str_fmt(
        cx->arena,
        "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{"
        "\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{"
        "\"display_phone_number\":\"551130000000\",\"phone_number_id\":\"10654\"},%s}}]}]}",
        inside);

    CHECK_OK(channels_config(cx, channel, &config));
    CHECK_OK(channels_receive(cx, channel, &config, body, CHANNEL_VALID));
}

struct close_reason_id
test_reason(struct cx *cx, const char *name, const char *message)
{
    struct db_row row;

    as_superuser(cx);
    CHECK_OK(db_one(cx, &SQL_fixture_reason, &row, P_ID(cx->account), P_STR(str_of(name)),
                    P_STR(str_of(message))));
    as_program(cx);
    return (struct close_reason_id){ db_i64(&row, 0) };
}

void
test_world(struct cx *cx, int64_t seed)
{
    as_superuser(cx);
    CHECK_OK(db_exec(cx, &SQL_fixture_world, NULL, P_ID(cx->account), P_I64(seed)));
    as_program(cx);
}

struct ticket
test_ticket_on(struct cx *cx, const struct channel *channel, const char *phone, const char *state)
{
    struct contact_address address = { "phone", str_of(phone), true };
    struct contact_found who;
    struct ticket ticket;
    struct str welcome;

    if (cx->member.v != 0)
        test_join(cx, channel->department);
    CHECK_OK(contacts_resolve(cx, &address, 1, STR("Marina Duarte"), &who));
    CHECK_OK(tickets_open(cx, channel, &who, &(struct first_said){ .words = STR("Oi") }, &ticket,
                          &welcome));
    tickets_save(cx, &ticket, NULL);
    if (strcmp(state, "waiting") != 0)
        CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    if (strcmp(state, "closed") == 0)
        CHECK_OK(tickets_close(cx, ticket.id, test_reason(cx, "Resolved", ""), (struct str){ 0 },
                               &ticket));
    return ticket;
}

struct ticket
test_ticket(struct cx *cx, const char *state)
{
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    if (cx->member.v == 0)
        test_member(cx, "agent");
    return test_ticket_on(cx, &channel, "5549988412076", state);
}

static int64_t
count(struct cx *cx, const struct db_stmt *stmt, const char *word)
{
    struct db_row row;

    CHECK_OK(db_one(cx, stmt, &row, P_ID(cx->account), P_STR(str_of(word))));
    return db_i64(&row, 0);
}

int64_t
test_events(struct cx *cx, const char *kind)
{
    return count(cx, &SQL_fixture_events, kind);
}

int64_t
test_told(struct cx *cx, const char *kind, struct user_id user)
{
    struct db_row row;

    CHECK_OK(
        db_one(cx, &SQL_fixture_told, &row, P_ID(cx->account), P_STR(str_of(kind)), P_ID(user)));
    return db_i64(&row, 0);
}

int64_t
test_audit(struct cx *cx, const char *action)
{
    return count(cx, &SQL_fixture_audit, action);
}

int64_t
test_messages(struct cx *cx, struct ticket_id id, const char *direction)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_fixture_messages, &row, P_ID(cx->account), P_ID(id),
                    P_STR(str_of(direction))));
    return db_i64(&row, 0);
}

struct str
test_noticed(struct cx *cx)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_fixture_noticed, &row, P_ID(cx->account)));
    return db_str(&row, 0);
}

int64_t
test_notice(struct cx *cx, struct member_id member, const char *kind, struct ticket_id about)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_fixture_notice, &row, P_ID(cx->account), P_ID(member),
                    P_STR(str_of(kind)), P_ID(about), P_TIME(cx->now_us)));
    return db_i64(&row, 0);
}

bool
test_fits(struct cx *cx, const char *text, const char *typed)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_fixture_fits, &row, P_STR(str_of(text)), P_STR(str_of(typed))));
    return db_bool(&row, 0);
}

void
test_search_again(struct cx *cx)
{
    CHECK_OK(db_exec_(cx, &SQL_fixture_search_again, NULL, NULL, 0));
}
