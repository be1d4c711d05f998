#include "domain/testing/fixtures.h"

#include "fixtures.sql.h"

static const char text_of_two[] = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":"
                                  "\"1\",\"changes\":[{\"field\":\"messages\",\"value\":{"
                                  "\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_"
                                  "phone_number\":\"1\",\"phone_number_id\":\"10654\"},"
                                  "\"messages\":["
                                  "{\"from\":\"5549988412076\",\"id\":\"wamid.1\",\"timestamp\":"
                                  "\"1772636400\",\"type\":\"text\",\"text\":{\"body\":\"a\"}},"
                                  "{\"from\":\"554988412076\",\"id\":\"wamid.2\",\"timestamp\":"
                                  "\"1772636400\",\"type\":\"text\",\"text\":{\"body\":\"b\"}},"
                                  "{\"from\":\"5511977776666\",\"id\":\"wamid.3\",\"timestamp\":"
                                  "\"1772636400\",\"type\":\"text\",\"text\":{\"body\":\"c\"}}"
                                  "]}}]}]}";

static void
receive(struct cx *cx, const struct channel *channel, struct str body, enum channel_verdict verdict)
{
    struct channel_config config;

    CHECK_OK(channels_config(cx, channel, &config));
    CHECK_OK(channels_receive(cx, channel, &config, body, verdict));
}

static int64_t
kept(struct cx *cx, const char *state)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_fixture_inbound, &row, P_ID(cx->account), P_STR(str_of(state))));
    return db_i64(&row, 0);
}

TEST(a_body_is_kept_with_one_job_for_each_customer_it_speaks_of)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    receive(cx, &channel, str_of(text_of_two), CHANNEL_VALID);
    CHECK_I64(kept(cx, "pending"), 1);
    /* two spellings of one number are one customer */
    CHECK_I64(test_jobs(cx, "inbound.event"), 2);
}

TEST(a_forged_body_is_kept_as_rejected_and_handled_by_nobody)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    receive(cx, &channel, str_of(text_of_two), CHANNEL_INVALID);
    receive(cx, &channel, str_of(text_of_two), CHANNEL_MISSING);
    CHECK_I64(kept(cx, "rejected"), 2);
    CHECK_I64(test_jobs(cx, "inbound.event"), 0);
}

TEST(an_unreadable_body_is_kept_and_ends_there)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    receive(cx, &channel, STR("{\"object\":"), CHANNEL_VALID);
    receive(cx, &channel, STR("\xFF\xFE"), CHANNEL_VALID);
    CHECK_I64(kept(cx, "unreadable"), 2);
    CHECK_I64(test_jobs(cx, "inbound.event"), 0);
}

TEST(secrets_merge_by_name_and_never_leave_in_clear)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    const struct json *newer;
    struct channel_config config;

    CHECK_OK(json_parse(cx->arena, STR("{\"access_token\":\"token-2\"}"), &newer));
    CHECK_OK(channels_set_secrets(cx, &channel, newer));
    CHECK_OK(channels_config(cx, &channel, &config));
    CHECK_STR(json_get_text(config.secrets, "access_token"), "token-2");
    CHECK_STR(json_get_text(config.secrets, "app_secret"), "app-secret-1");
    CHECK(!str_has(channel.secrets, STR("token-2")));
    CHECK_STR(channel.secrets_set, "[\"app_secret\",\"access_token\"]");
}

TEST(secrets_moved_to_another_channel_do_not_open)
{
    struct cx *cx = test_cx();
    struct channel one = test_channel(cx, "whatsapp_cloud"), other = test_channel(cx, "webchat");
    struct channel_config config;

    other.secrets = one.secrets;
    CHECK_FAIL(channels_config(cx, &other, &config), ERR_CONFLICT, "secret_moved");
}

TEST(a_broken_channel_is_told_once)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    CHECK_OK(channels_set_state(cx, &channel, "token_invalid"));
    CHECK_OK(channels_set_state(cx, &channel, "token_invalid"));
    CHECK_I64(test_events(cx, "channel.changed"), 1);
    CHECK_OK(channels_set_state(cx, &channel, NULL));
    CHECK_I64(test_events(cx, "channel.changed"), 2);
}

TEST(another_accounts_channel_does_not_exist)
{
    struct cx *theirs = test_cx();
    struct channel foreign = test_channel(theirs, "webchat"), channel;
    struct cx *ours = test_cx();

    CHECK_FAIL(channels_get(ours, foreign.id, &channel), ERR_NOT_FOUND, "not_found");
}
