#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

static struct channel_progress
step(const struct httpc_answer *answer, struct channel_progress progress)
{
    struct channel_config config = whatsapp_config();

    whatsapp_fetch_media(test_arena(), &config, STR("1003"), "/media/new", answer, &progress);
    return progress;
}

static struct channel_progress
asked(void)
{
    return step(NULL, (struct channel_progress){ 0 });
}

#define LOOKASIDE "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"

static struct httpc_answer
address_of(const char *url)
{
    return answer_of(200, str_cstr(test_arena(),
                                   str_fmt(test_arena(),
                                           "{'messaging_product':'whatsapp','url':'%s','mime_type':"
                                           "'image/jpeg','sha256':'..','file_size':'303833','id':"
                                           "'1003'}",
                                           url)));
}

static struct channel_progress
addressed(const char *url)
{
    struct httpc_answer address = address_of(url);

    return step(&address, asked());
}

static void
check_refused(const struct channel_progress *progress, const char *slug, enum channel_retry retry)
{
    CHECK(progress->is_done);
    CHECK(!progress->is_ok);
    CHECK_WORD(progress->slug, slug);
    CHECK_I64(progress->retry, retry);
    CHECK(!progress->outcome_unknown);
}

TEST(a_file_is_fetched_by_id_then_by_address)
{
    struct channel_progress progress = asked();
    struct httpc_answer address = address_of(LOOKASIDE);
    struct httpc_answer bytes = { .status = 200, .content_type = STR("image/png") };

    CHECK_WORD(progress.call.method, "GET");
    CHECK_STR(progress.call.url, "https://graph.example/v23.0/1003?phone_number_id=10654");
    CHECK_STR(header_of(&progress.call, "Authorization"), "Bearer EAAG-1");
    CHECK(progress.call.save_to == NULL);

    progress = step(&address, progress);
    CHECK_STR(progress.call.url, LOOKASIDE);
    CHECK_STR(header_of(&progress.call, "Authorization"), "Bearer EAAG-1");
    CHECK_WORD(progress.call.save_to, "/media/new");
    CHECK_I64((int64_t)progress.call.answer_max_bytes, WHATSAPP_FILE_MAX_BYTES);

    progress = step(&bytes, progress);
    CHECK(progress.is_done);
    CHECK(progress.is_ok);
    CHECK_STR(progress.mime, "image/jpeg");
}

TEST(an_expired_address_is_asked_for_once_more)
{
    struct httpc_answer gone = { .status = 404 };
    struct httpc_answer again = address_of(LOOKASIDE "&again");
    struct httpc_answer bytes = { .status = 200 };
    struct channel_progress progress = step(&gone, addressed(LOOKASIDE));

    CHECK(!progress.is_done);
    CHECK_STR(progress.call.url, "https://graph.example/v23.0/1003?phone_number_id=10654");
    CHECK(progress.call.save_to == NULL);
    progress = step(&again, progress);
    CHECK_STR(progress.call.url, LOOKASIDE "&again");
    CHECK(step(&bytes, progress).is_ok);
}

TEST(an_address_that_expires_twice_is_given_up)
{
    struct httpc_answer gone = { .status = 404 };
    struct httpc_answer again = address_of(LOOKASIDE);
    struct channel_progress progress = step(&gone, step(&again, step(&gone, addressed(LOOKASIDE))));

    check_refused(&progress, "media_unavailable", CHANNEL_NO_RETRY);
}

TEST(the_token_goes_to_the_providers_hosts_only)
{
    static const char *const trusted[] = {
        "https://lookaside.fbsbx.com/x", "https://scontent.xx.fbcdn.net/v?x=1",
        "https://graph.facebook.com/y",  "https://mmg.whatsapp.net/d",
        "https://facebook.com",          "https://graph.example/media/1",
        "https://LOOKASIDE.FBSBX.COM/x",
    };
    static const char *const others[] = {
        "https://evil.example/x",
        "http://lookaside.fbsbx.com/x",
        "https://evilfacebook.com/x",
        "https://facebook.com.evil.example/x",
        "https://facebook.com@evil.example/x",
        "https://evil.example@cdn.fbcdn.net/x",
        "https://evil.example\\\\.fbcdn.net/x",
        "https://evil.example#.fbcdn.net",
        "https://evil.example?.fbcdn.net",
        "https://evil.example\\t.fbcdn.net/x",
        "https://graph.example.evil.example/x",
        "https://graph.example:8443/x",
        "http://graph.example/media/1",
        "//lookaside.fbsbx.com/x",
        "lookaside.fbsbx.com/x",
        "ftp://lookaside.fbsbx.com/x",
        "",
    };

    for (size_t i = 0; i < sizeof(trusted) / sizeof(trusted[0]); i++) {
        struct channel_progress progress = addressed(trusted[i]);

        CHECK(!progress.is_done);
        CHECK_STR(progress.call.url, trusted[i]);
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct channel_progress progress = addressed(others[i]);

        check_refused(&progress, "media_address_refused", CHANNEL_NO_RETRY);
    }
}

TEST(a_stand_in_serves_files_from_its_own_origin)
{
    struct channel_config config =
        config_of("{'base_url':'http://127.0.0.1:8090/graph','api_version':'v23.0',"
                  "'phone_number_id':'1'}",
                  "{}");

    CHECK(whatsapp_may_see_token(&config, STR("http://127.0.0.1:8090/media?mid=1")));
    CHECK(!whatsapp_may_see_token(&config, STR("http://127.0.0.1:8091/media?mid=1")));
    CHECK(!whatsapp_may_see_token(&config, STR("http://127.0.0.1:8090@evil.example/")));
}

TEST(a_file_beyond_every_limit_is_not_even_begun)
{
    struct httpc_answer huge =
        answer_of(200, "{'url':'" LOOKASIDE "','file_size':104857601,'mime_type':'video/mp4'}");
    struct httpc_answer liar = { .failed = FAIL(ERR_TOO_LARGE, "answer_too_large") };
    struct channel_progress announced = step(&huge, asked());
    struct channel_progress measured = step(&liar, addressed(LOOKASIDE));

    check_refused(&announced, "media_too_large", CHANNEL_NO_RETRY);
    check_refused(&measured, "media_too_large", CHANNEL_NO_RETRY);
}

TEST(a_file_the_provider_no_longer_has_is_unavailable)
{
    struct httpc_answer unknown =
        answer_of(400, "{'error':{'code':100,'error_subcode':33,'type':'GraphMethodException'}}");
    struct httpc_answer silent = answer_of(200, "not json");
    struct channel_progress progress = step(&unknown, asked());

    check_refused(&progress, "media_unavailable", CHANNEL_NO_RETRY);
    progress = step(&silent, asked());
    check_refused(&progress, "answer_unreadable", CHANNEL_RETRY);
}

TEST(a_weak_moment_of_the_provider_is_waited_out)
{
    struct httpc_answer away = { .status = 503 };
    struct httpc_answer lost = no_answer("timeout", true);
    struct httpc_answer limited = answer_of(400, "{'error':{'code':4}}");
    struct channel_progress progress = step(&away, addressed(LOOKASIDE));

    check_refused(&progress, "provider_busy", CHANNEL_RETRY);
    progress = step(&lost, addressed(LOOKASIDE));
    check_refused(&progress, "timeout", CHANNEL_RETRY);
    progress = step(&limited, asked());
    check_refused(&progress, "calls_limited", CHANNEL_RETRY_CHANNEL);
}

TEST(a_token_that_no_longer_opens_files_stops_the_channel)
{
    struct httpc_answer refused = { .status = 401 };
    struct channel_progress progress = step(&refused, addressed(LOOKASIDE));

    check_refused(&progress, "token_invalid", CHANNEL_STOP);
}

TEST(a_strange_address_is_the_files_fault_and_not_the_channels)
{
    struct httpc_answer refused = { .failed = FAIL(ERR_INVALID, "url_invalid") };
    struct channel_progress progress = step(&refused, addressed(LOOKASIDE));

    check_refused(&progress, "media_address_refused", CHANNEL_NO_RETRY);
}

TEST(an_id_that_would_change_the_path_is_not_asked_for)
{
    struct channel_config config = whatsapp_config();
    static const char *const ids[] = { "", "../10654", "1?x", "1/2", "a b" };

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct channel_progress progress = { 0 };

        whatsapp_fetch_media(test_arena(), &config, str_of(ids[i]), "/media/new", NULL, &progress);
        check_refused(&progress, "media_unavailable", CHANNEL_NO_RETRY);
    }
}
