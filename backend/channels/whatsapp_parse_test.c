#include "base/clock.h"
#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

static struct channel_events
events_of_config(const struct channel_config *config, struct str body)
{
    struct channel_events events = { 0 };

    CHECK_OK(whatsapp_parse(test_arena(), config, body, &events));
    return events;
}

static struct str
body_of(const char *entries)
{
    struct str list = quoted(entries);

    return str_fmt(test_arena(), "{\"object\":\"whatsapp_business_account\",\"entry\":[%.*s]}",
                   STR_ARG(list));
}

/* One change of field "messages" for our own number. */
static const char *
value_of(const char *members)
{
    return str_cstr(
        test_arena(),
        str_fmt(test_arena(),
                "{'id':'10229','changes':[{'field':'messages','value':{'messaging_product':"
                "'whatsapp','metadata':{'display_phone_number':'551130000000','phone_number_id':"
                "'10654'},%s}}]}",
                members));
}

static struct channel_events
events_of(const char *members)
{
    struct channel_config config = whatsapp_config();

    return events_of_config(&config, body_of(value_of(members)));
}

static struct err
refusal_of(struct str body)
{
    struct channel_config config = whatsapp_config();
    struct channel_events events = { 0 };

    return whatsapp_parse(test_arena(), &config, body, &events);
}

#define TEXT(from, id) "{'from':'" from "','id':'" id "','type':'text','text':{'body':'Oi'}}"

TEST(a_message_names_its_sender_both_ways)
{
    struct channel_events events = events_of(
        "'contacts':[{'profile':{'name':'Ana Souza','username':'ana.s'},'wa_id':'5511988887777',"
        "'user_id':'BR.13491'}],'messages':[{'from':'5511988887777','from_user_id':'BR.13491',"
        "'id':'wamid.AAA1','timestamp':'1795132800','type':'text','text':{'body':'Oi'}}]");
    const struct channel_event *e = &events.v[0];

    CHECK_I64((int64_t)events.n, 1);
    CHECK_I64(e->who_count, 2);
    CHECK_WORD(e->who[0].kind, "phone");
    CHECK_STR(e->who[0].address, "5511988887777");
    CHECK_WORD(e->who[1].kind, "whatsapp_user");
    CHECK_STR(e->who[1].address, "BR.13491");
    CHECK_STR(e->who_name, "Ana Souza");
    CHECK_STR(e->provider_id, "wamid.AAA1");
    CHECK_I64(e->provider_at_us, INT64_C(1795132800) * US_PER_S);
}

TEST(who_chose_a_username_needs_no_phone)
{
    struct channel_events events =
        events_of("'contacts':[{'profile':{'username':'ana.s'},'user_id':'BR.13491'}],'messages':[{"
                  "'from_user_id':'BR.13491','id':'wamid.AAA1','timestamp':'1795132800','type':"
                  "'text','text':{'body':'Oi'}}]");

    CHECK_I64(events.v[0].who_count, 1);
    CHECK_WORD(events.v[0].who[0].kind, "whatsapp_user");
    CHECK_STR(events.v[0].who[0].address, "BR.13491");
    CHECK_STR(events.v[0].who_name, "ana.s");
}

TEST(the_only_contact_speaks_for_a_message_without_sender)
{
    struct channel_events events =
        events_of("'contacts':[{'profile':{'name':'Ana'},'user_id':'BR.13491'}],'messages':[{'id':"
                  "'wamid.A','type':'text','text':{'body':'Oi'}}]");

    CHECK_STR(events.v[0].who[0].address, "BR.13491");
    CHECK_STR(events.v[0].who_name, "Ana");
}

TEST(names_are_found_by_sender_and_never_borrowed)
{
    struct channel_events events = events_of(
        "'contacts':[{'profile':{'name':'Bia'},'wa_id':'552'},{'profile':{'name':'Ana'},'wa_id':"
        "'551'}],'messages':[" TEXT("551", "w1") "," TEXT("552", "w2") "," TEXT("553", "w3") "]");

    CHECK_I64((int64_t)events.n, 3);
    CHECK_STR(events.v[0].who_name, "Ana");
    CHECK_STR(events.v[1].who_name, "Bia");
    CHECK_STR(events.v[2].who_name, "");
}

TEST(a_message_of_nobody_is_a_trouble_and_not_lost)
{
    struct channel_events events =
        events_of("'messages':[{'id':'wamid.A','timestamp':'1795132800','type':'text','text':{"
                  "'body':'Oi'}},'what?']");

    CHECK_I64((int64_t)events.n, 2);
    CHECK_I64(events.v[0].kind, CHANNEL_TROUBLE);
    CHECK_WORD(events.v[0].error_slug, "message_without_sender");
    CHECK_I64(events.v[0].who_count, 0);
    CHECK_I64(events.v[1].kind, CHANNEL_TROUBLE);
}

TEST(an_address_change_without_the_former_one_is_shown_to_its_sender)
{
    struct channel_events events =
        events_of("'messages':[{'from_user_id':'BR.1','id':'wamid.A','type':'system','system':{"
                  "'type':'user_changed_number','wa_id':'5511977776666'}}]");

    CHECK_I64(events.v[0].kind, CHANNEL_MESSAGE);
    CHECK_WORD(events.v[0].message_kind, "unknown");
    CHECK_I64(events.v[0].who_count, 1);
    CHECK_STR(events.v[0].who[0].address, "BR.1");
}

TEST(batches_come_out_in_order)
{
    struct channel_config config = whatsapp_config();
    struct str body = body_of(str_cstr(
        test_arena(),
        str_fmt(
            test_arena(), "%s,%s",
            value_of("'messages':[" TEXT("551", "w1") "," TEXT("552", "w2") "]"),
            "{'id':'10229','changes':["
            "{'field':'messages','value':{'metadata':{'phone_number_id':'10654'},'messages':[" TEXT(
                "553", "w3") "]}},"
                             "{'field':'messages','value':{'metadata':{'phone_number_id':'10654'},'"
                             "messages':[" TEXT(
                                 "554", "w4") "],'statuses':[{'id':'w5','status':'read'}]}}]}")));
    struct channel_events events = events_of_config(&config, body);

    CHECK_I64((int64_t)events.n, 5);
    for (size_t i = 0; i < events.n; i++)
        CHECK_STR(events.v[i].provider_id,
                  str_cstr(test_arena(), str_fmt(test_arena(), "w%zu", i + 1)));
    CHECK_I64(events.v[4].kind, CHANNEL_STATUS);
}

TEST(other_numbers_of_the_same_app_are_left_out)
{
    struct channel_config config = whatsapp_config();
    struct str body = body_of(
        "{'id':'10229','changes':[{'field':'messages','value':{'metadata':{"
        "'phone_number_id':'99'},'messages':[" TEXT(
            "551", "w1") "],"
                         "'statuses':[{'id':'w2','status':'read'}],'errors':[{'code':131042}]"
                         "}}]}");

    CHECK_I64((int64_t)events_of_config(&config, body).n, 0);
}

TEST(a_number_in_digits_is_the_same_number)
{
    struct channel_config config = whatsapp_config();
    struct str body = body_of("{'id':10229,'changes':[{'field':'messages','value':{'metadata':{"
                              "'phone_number_id':10654},'messages':[" TEXT("551", "w1") "]}}]}");

    CHECK_I64((int64_t)events_of_config(&config, body).n, 1);
}

TEST(before_a_number_is_set_every_number_is_ours)
{
    struct channel_config config = config_of("{}", "{}");
    struct channel_config absent = { .channel_id = 2 };
    struct str body = body_of(value_of("'messages':[" TEXT("551", "w1") "]"));

    CHECK_I64((int64_t)events_of_config(&config, body).n, 1);
    CHECK_I64((int64_t)events_of_config(&absent, body).n, 1);
}

TEST(a_wrong_account_setting_loses_no_message)
{
    struct channel_config config =
        config_of("{'phone_number_id':'10654','waba_id':'mistyped'}", "{}");

    CHECK_I64(
        (int64_t)events_of_config(&config, body_of(value_of("'messages':[" TEXT("551", "w1") "]")))
            .n,
        1);
}

TEST(statuses_speak_our_words)
{
    static const char *const ours[] = { "accepted", "delivered", "read", "read" };
    struct channel_events events = events_of(
        "'statuses':[{'id':'w0','status':'sent'},{'id':'w0','status':'delivered'},{'id':'w0',"
        "'status':'read'},{'id':'w0','status':'played'},{'id':'w0','status':'teleported'}]");

    CHECK_I64((int64_t)events.n, 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK_I64(events.v[i].kind, CHANNEL_STATUS);
        CHECK_WORD(events.v[i].state, ours[i]);
        CHECK(events.v[i].error_slug == NULL);
    }
}

TEST(a_status_brings_back_what_was_given_along)
{
    struct channel_events events = events_of(
        "'statuses':[{'id':'wamid.OUT1','status':'delivered','timestamp':'1795132805',"
        "'recipient_id':'5511988887777','recipient_user_id':'BR.13491',"
        "'biz_opaque_callback_data':'7:12','conversation':{'id':'8f84','expiration_timestamp':"
        "'1795219200','origin':{'type':'service'}},'pricing':{'billable':true,'pricing_model':"
        "'PMP','type':'regular','category':'utility'}}]");
    const struct channel_event *e = &events.v[0];

    CHECK_STR(e->provider_id, "wamid.OUT1");
    CHECK_STR(e->opaque, "7:12");
    CHECK_I64(e->provider_at_us, INT64_C(1795132805) * US_PER_S);
    CHECK_I64(e->who_count, 2);
    CHECK_STR(e->who[0].address, "5511988887777");
}

TEST(a_failed_status_says_why)
{
    struct channel_events events = events_of(
        "'statuses':[{'id':'wamid.OUT2','status':'failed','timestamp':1795132806,'recipient_id':"
        "'5511988887777','errors':[{'code':131047,'title':'Re-engagement message','error_data':{"
        "'details':'More than 24 hours have passed..'}}]},{'id':'wamid.OUT3','status':'failed'}]");

    CHECK_WORD(events.v[0].state, "failed");
    CHECK_STR(events.v[0].error_code, "WA-131047");
    CHECK_WORD(events.v[0].error_slug, "window_closed");
    CHECK_I64(events.v[0].provider_at_us, INT64_C(1795132806) * US_PER_S);
    CHECK_STR(events.v[1].error_code, "");
    CHECK_WORD(events.v[1].error_slug, "provider_refused");
}

TEST(errors_of_the_account_are_troubles)
{
    struct channel_events events =
        events_of("'errors':[{'code':131042,'title':'Business eligibility payment issue'}]");

    CHECK_I64((int64_t)events.n, 1);
    CHECK_I64(events.v[0].kind, CHANNEL_TROUBLE);
    CHECK_STR(events.v[0].error_code, "WA-131042");
    CHECK_WORD(events.v[0].error_slug, "billing_problem");
}

static size_t
troubles_of(const char *account, const char *state)
{
    struct channel_config config = whatsapp_config();
    struct str entry = str_fmt(test_arena(),
                               "{'id':'%s','changes':[{'field':'account_update','value':{'event':"
                               "'DISABLED_UPDATE','ban_info':{'waba_ban_state':'%s'}}}]}",
                               account, state);

    return events_of_config(&config, body_of(str_cstr(test_arena(), entry))).n;
}

TEST(a_disabled_account_is_a_trouble_of_that_account_only)
{
    CHECK_I64((int64_t)troubles_of("10229", "DISABLE"), 1);
    CHECK_I64((int64_t)troubles_of("10229", "REINSTATE"), 0);
    CHECK_I64((int64_t)troubles_of("555", "DISABLE"), 0);
}

TEST(fields_about_other_things_are_no_events)
{
    struct channel_config config = whatsapp_config();

    CHECK_I64((int64_t)events_of_config(
                  &config,
                  body_of("{'id':'10229','time':1795132800,'changes':[{'field':"
                          "'history','value':{'event':'REJECTED'}},{'field':"
                          "'phone_number_quality_update','value':{'event':'FLAGGED'}},{'value':{}}"
                          ",7]},null"))
                  .n,
              0);
}

TEST(templates_that_changed_are_one_event_of_that_account_only)
{
    static const char changes[] =
        "'time':1795132800,'changes':[{'field':'message_template_status_update','value':{}},"
        "{'field':'template_category_update','value':{}}]}";
    struct channel_config config = whatsapp_config();
    struct channel_events events;

    events = events_of_config(
        &config,
        body_of(str_cstr(test_arena(), str_fmt(test_arena(), "{'id':'10229',%s", changes))));
    CHECK_I64((int64_t)events.n, 1);
    CHECK_I64(events.v[0].kind, CHANNEL_TEMPLATES);
    CHECK_I64(events.v[0].who_count, 0);
    events = events_of_config(
        &config, body_of(str_cstr(test_arena(), str_fmt(test_arena(), "{'id':'555',%s", changes))));
    CHECK_I64((int64_t)events.n, 0);
}

TEST(a_body_of_somebody_else_is_unreadable)
{
    CHECK_FAIL(refusal_of(STR("")), ERR_INVALID, "unreadable_json_syntax");
    CHECK_FAIL(refusal_of(STR("hello")), ERR_INVALID, "unreadable_json_syntax");
    CHECK_FAIL(refusal_of(STR("{\"a\":\"\\u0000\"}")), ERR_INVALID, "unreadable_json_nul");
    CHECK_FAIL(refusal_of(STR("{\"a\":\"\xFF\"}")), ERR_INVALID, "unreadable_json_utf8");
    CHECK_FAIL(refusal_of(STR("[]")), ERR_INVALID, "unreadable_envelope");
    CHECK_FAIL(refusal_of(quoted("{'object':'page','entry':[]}")), ERR_INVALID,
               "unreadable_envelope");
    CHECK_FAIL(refusal_of(quoted("{'object':'whatsapp_business_account'}")), ERR_INVALID,
               "unreadable_envelope");
}

static struct str
body_of_statuses(int n)
{
    struct buf b = { .arena = test_arena() };

    buf_add(&b, STR("'statuses':["));
    for (int i = 0; i < n; i++)
        buf_fmt(&b, "%s{'id':'w%d','status':'read'}", i == 0 ? "" : ",", i);
    buf_char(&b, ']');
    return body_of(value_of(str_cstr(test_arena(), buf_str(&b))));
}

TEST(a_full_batch_is_read_and_a_fuller_one_refused_whole)
{
    struct channel_config config = whatsapp_config();
    struct channel_events events = events_of_config(&config, body_of_statuses(WHATSAPP_EVENTS_MAX));

    CHECK_I64((int64_t)events.n, WHATSAPP_EVENTS_MAX);
    CHECK_STR(events.v[999].provider_id, "w999");
    CHECK_FAIL(refusal_of(body_of_statuses(WHATSAPP_EVENTS_MAX + 1)), ERR_TOO_LARGE,
               "unreadable_too_many_events");
}

TEST(times_beyond_reason_are_not_said)
{
    static const char *const times[] = { "'soon'",        "''",   "-5",  "0",
                                         "9999999999999", "null", "[1]", "1.5" };

    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        struct str members = str_fmt(
            test_arena(), "'statuses':[{'id':'w','status':'read','timestamp':%s}]", times[i]);

        CHECK_I64(events_of(str_cstr(test_arena(), members)).v[0].provider_at_us, 0);
    }
}
