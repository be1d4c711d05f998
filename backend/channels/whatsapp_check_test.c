#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

/* A whole test: the answers in turn, then what it said. */
struct verdict {
    struct channel_progress progress;
    struct channel_test_step steps[8];
    int n;
    int calls;
    struct httpc_call call[4];
};

static struct verdict
check(const struct channel_config *config, const struct httpc_answer *answers)
{
    struct verdict v = { 0 };

    whatsapp_check(test_arena(), config, NULL, &v.progress, v.steps, &v.n);
    while (!v.progress.is_done) {
        v.call[v.calls] = v.progress.call;
        whatsapp_check(test_arena(), config, &answers[v.calls++], &v.progress, v.steps, &v.n);
    }
    return v;
}

static void
check_step(const struct verdict *v, int i, const char *name, const char *slug)
{
    CHECK(i < v->n);
    CHECK_WORD(v->steps[i].name, name);
    CHECK(v->steps[i].is_ok == (slug == NULL));
    if (slug != NULL)
        CHECK_WORD(v->steps[i].slug, slug);
}

#define NUMBER                                                                                     \
    "{'verified_name':'Loja da Ana','display_phone_number':'+55 11 3000-0000','quality_rating':"   \
    "'GREEN','status':'CONNECTED','id':'10654'}"

TEST(a_healthy_channel_passes_every_step)
{
    struct channel_config config = whatsapp_config();
    struct httpc_answer answers[] = {
        answer_of(200, NUMBER),
        answer_of(200, "{'data':[{'whatsapp_business_api_data':{'id':'1','name':'App'}}]}"),
    };
    struct verdict v = check(&config, answers);

    CHECK(v.progress.is_ok);
    CHECK_I64(v.n, 4);
    check_step(&v, 0, "settings_complete", NULL);
    check_step(&v, 1, "token_valid", NULL);
    check_step(&v, 2, "number_found", NULL);
    check_step(&v, 3, "webhook_subscribed", NULL);
    CHECK_STR(v.steps[2].detail, "Loja da Ana +55 11 3000-0000");
    CHECK_I64(v.steps[2].took_ms, 12);
    CHECK_STR(v.call[0].url, "https://graph.example/v23.0/10654?fields=verified_name,"
                             "display_phone_number,quality_rating,status");
    CHECK_STR(v.call[1].url, "https://graph.example/v23.0/10229/subscribed_apps");
}

TEST(a_channel_without_secrets_is_not_asked_about)
{
    struct channel_config config = whatsapp_config();
    struct verdict v;

    config.secrets = json_of(quoted("{'access_token':'EAAG-1'}"));
    v = check(&config, NULL);
    CHECK(!v.progress.is_ok);
    CHECK_I64(v.n, 1);
    check_step(&v, 0, "settings_complete", "settings_incomplete");
}

TEST(an_expired_token_is_told_from_a_wrong_number)
{
    struct channel_config config = whatsapp_config();
    struct httpc_answer expired = answer_of(401, "{'error':{'code':190}}");
    struct httpc_answer wrong = answer_of(400, "{'error':{'code':100,'error_subcode':33}}");
    struct httpc_answer forbidden = answer_of(403, "{'error':{'code':10}}");
    struct verdict v = check(&config, &expired);

    CHECK(!v.progress.is_ok);
    CHECK_I64(v.n, 2);
    check_step(&v, 1, "token_valid", "token_invalid");
    CHECK_STR(v.steps[1].detail, "WA-190");

    v = check(&config, &wrong);
    CHECK_I64(v.n, 3);
    check_step(&v, 1, "token_valid", NULL);
    check_step(&v, 2, "number_found", "number_unknown");
    CHECK_WORD(v.progress.slug, "number_unknown");

    v = check(&config, &forbidden);
    check_step(&v, 2, "number_found", "permission_missing");
}

TEST(a_provider_that_cannot_be_reached_says_nothing_about_the_number)
{
    struct channel_config config = whatsapp_config();
    struct httpc_answer away = no_answer("unreachable", false);
    struct httpc_answer html = answer_of(200, "<html>");
    struct verdict v = check(&config, &away);

    CHECK(!v.progress.is_ok);
    CHECK_I64(v.n, 2);
    check_step(&v, 1, "token_valid", "unreachable");
    v = check(&config, &html);
    check_step(&v, 1, "token_valid", "answer_unreadable");
}

TEST(an_account_that_delivers_to_nobody_fails_the_last_step)
{
    struct channel_config config = whatsapp_config();
    struct httpc_answer nobody[] = { answer_of(200, NUMBER), answer_of(200, "{'data':[]}") };
    struct httpc_answer other[] = { answer_of(200, NUMBER),
                                    answer_of(400, "{'error':{'code':100}}") };
    struct verdict v = check(&config, nobody);

    CHECK(!v.progress.is_ok);
    check_step(&v, 3, "webhook_subscribed", "webhook_not_subscribed");
    v = check(&config, other);
    check_step(&v, 3, "webhook_subscribed", "account_unknown");
    CHECK_WORD(v.progress.slug, "account_unknown");
}

TEST(without_an_account_the_subscription_is_not_asked_about)
{
    struct channel_config config =
        config_of("{'base_url':'https://graph.example','api_version':'v23.0','phone_number_id':"
                  "'10654'}",
                  "{'access_token':'EAAG-1','app_secret':'s'}");
    struct httpc_answer found = answer_of(200, NUMBER);
    struct verdict v = check(&config, &found);

    CHECK(v.progress.is_ok);
    CHECK_I64(v.n, 3);
    CHECK_I64(v.calls, 1);
}
