#include "channels/testing/fixture.h"
#include "domain/channels/webchat.h"

static struct str
written(const struct webchat_inbound *in)
{
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    webchat_inbound_write(&o, in);
    return buf_str(&b);
}

static struct channel_event
event_of(struct str body)
{
    struct channel_config config = { .channel_id = 3 };
    struct channel_events events = { 0 };

    CHECK_OK(webchat_driver.parse(test_arena(), &config, body, &events));
    CHECK_I64((int64_t)events.n, 1);
    return events.v[0];
}

static struct err
refusal_of(const char *body)
{
    struct channel_config config = { .channel_id = 3 };
    struct channel_events events = { 0 };

    return webchat_driver.parse(test_arena(), &config, quoted(body), &events);
}

TEST(the_link_that_led_to_the_page_is_where_they_come_from)
{
    struct webchat_inbound in = { .visitor = STR("v-1"),
                                  .client_key = STR("k-00000001"),
                                  .text = STR("Oi"),
                                  .ref = STR("vitrine"),
                                  .campaign = STR("natal") };
    struct channel_event e = event_of(written(&in));

    CHECK_JSON(e.origin, "{'kind':'link','ref':'vitrine','campaign':'natal'}");
    in.ref = in.campaign = STR("");
    e = event_of(written(&in));
    CHECK_I64((int64_t)e.origin.len, 0);
}

TEST(what_the_route_writes_the_worker_reads)
{
    struct webchat_inbound in = {
        .kind = WEBCHAT_MESSAGE,
        .visitor = STR("v-1"),
        .identifier = STR("cliente-42"),
        .name = STR("Ana"),
        .at_us = TEST_NOW_US,
        .client_key = STR("k-00000001"),
        .text = STR("Oi \"tudo\"?\n\xF0\x9F\x98\x80"),
        .file = { 7, "image", STR("image/png"), STR("a.png") },
    };
    struct channel_event e = event_of(written(&in));

    CHECK_I64(e.kind, CHANNEL_MESSAGE);
    CHECK_WORD(e.message_kind, "image");
    CHECK_STR(e.text, "Oi \"tudo\"?\n\xF0\x9F\x98\x80");
    CHECK_STR(e.client_key, "k-00000001");
    CHECK_STR(e.provider_id, "v-1:k-00000001");
    CHECK_I64(e.provider_at_us, TEST_NOW_US);
    CHECK_STR(e.who_name, "Ana");
    CHECK_I64(e.who_count, 2);
    CHECK_WORD(e.who[0].kind, "external");
    CHECK_STR(e.who[0].address, "cliente-42");
    CHECK_WORD(e.who[1].kind, "visitor");
    CHECK_STR(e.who[1].address, "v-1");
    CHECK_I64(e.media_count, 1);
    CHECK_WORD(e.media[0].kind, "image");
    CHECK_STR(e.media[0].id, "7");
    CHECK_STR(e.media[0].mime, "image/png");
    CHECK_STR(e.media[0].filename, "a.png");
}

TEST(an_anonymous_text_needs_no_more_than_its_words)
{
    struct webchat_inbound in = { .visitor = STR("v-1"),
                                  .client_key = STR("k-00000001"),
                                  .text = STR("Oi") };
    struct channel_event e = event_of(written(&in));

    CHECK_JSON(written(&in),
               "{'visitor':'v-1','kind':'message','client_key':'k-00000001','text':'Oi'}");
    CHECK_WORD(e.message_kind, "text");
    CHECK_I64(e.who_count, 1);
    CHECK_WORD(e.who[0].kind, "visitor");
    CHECK_STR(e.who_name, "");
    CHECK_I64(e.provider_at_us, 0);
}

TEST(what_was_tapped_is_what_was_said)
{
    struct webchat_inbound in = { .visitor = STR("v-1"),
                                  .client_key = STR("k-00000001"),
                                  .text = STR("Boleto"),
                                  .choice = { STR("b1.c.1.boleto"), STR("Boleto"), STR("") } };
    struct channel_event e = event_of(written(&in));

    CHECK_WORD(e.message_kind, "choice");
    CHECK_STR(e.text, "Boleto");
    CHECK_JSON(e.detail, "{'id':'b1.c.1.boleto','title':'Boleto','description':null}");
    CHECK_I64(e.media_count, 0);
    CHECK_FAIL(refusal_of("{'visitor':'v','kind':'message','client_key':'k','text':'a',"
                          "'choice':{'title':'Boleto'}}"),
               ERR_INVALID, "unreadable_members");
}

TEST(the_same_key_of_two_visitors_is_two_messages)
{
    struct webchat_inbound ana = { .visitor = STR("v-1"),
                                   .client_key = STR("k-00000001"),
                                   .text = STR("Oi") };
    struct webchat_inbound bia = ana;

    bia.visitor = STR("v-2");
    CHECK(!str_eq(event_of(written(&ana)).provider_id, event_of(written(&bia)).provider_id));
}

TEST(a_file_may_come_without_words)
{
    struct webchat_inbound in = { .visitor = STR("v-1"),
                                  .client_key = STR("k-00000001"),
                                  .file = { 7, "document", { 0 }, { 0 } } };
    struct channel_event e = event_of(written(&in));

    CHECK_WORD(e.message_kind, "document");
    CHECK_STR(e.text, "");
    CHECK_STR(e.media[0].mime, "");
}

TEST(who_the_host_page_vouches_for_is_known_once)
{
    struct webchat_inbound in = { .visitor = STR("cliente-42"),
                                  .identifier = STR("cliente-42"),
                                  .client_key = STR("k-00000001"),
                                  .text = STR("Oi") };
    struct channel_event e = event_of(written(&in));

    CHECK_I64(e.who_count, 1);
    CHECK_WORD(e.who[0].kind, "external");
}

TEST(a_visitors_screen_has_and_then_they_have_read_up_to_a_message)
{
    struct webchat_inbound in = { .kind = WEBCHAT_DELIVERED,
                                  .visitor = STR("v-1"),
                                  .id = STR("7:12") };
    struct channel_event e = event_of(written(&in));

    CHECK_I64(e.kind, CHANNEL_READ);
    CHECK_WORD(e.state, "delivered");
    in.kind = WEBCHAT_READ;
    e = event_of(written(&in));
    CHECK_I64(e.kind, CHANNEL_READ);
    CHECK_WORD(e.state, "read");
    CHECK_STR(e.target, "7:12");
    CHECK_STR(e.who[0].address, "v-1");
}

TEST(a_body_that_no_route_wrote_is_unreadable)
{
    CHECK_FAIL(refusal_of("no"), ERR_INVALID, "unreadable_json_syntax");
    CHECK_FAIL(refusal_of("[]"), ERR_INVALID, "unreadable_kind");
    CHECK_FAIL(refusal_of("{'visitor':'v','kind':'call'}"), ERR_INVALID, "unreadable_kind");
    CHECK_FAIL(refusal_of("{'kind':'read'}"), ERR_INVALID, "unreadable_members");
    CHECK_FAIL(refusal_of("{'visitor':'v','kind':'read'}"), ERR_INVALID, "unreadable_members");
    CHECK_FAIL(refusal_of("{'visitor':'v','kind':'message','text':'Oi'}"), ERR_INVALID,
               "unreadable_members");
    CHECK_FAIL(refusal_of("{'visitor':'v','kind':'message','client_key':'k'}"), ERR_INVALID,
               "unreadable_members");
    CHECK_FAIL(refusal_of("{'visitor':'v','kind':'message','client_key':'k','attachment':{'id':7,"
                          "'kind':'virus'}}"),
               ERR_INVALID, "unreadable_members");
    CHECK_FAIL(refusal_of("{'visitor':'v','kind':'message','client_key':'k','attachment':{'id':0,"
                          "'kind':'image'}}"),
               ERR_INVALID, "unreadable_members");
}

TEST(the_visitors_screen_is_ours_and_needs_nothing_set_up)
{
    CHECK(webchat_driver.is_ours);
    CHECK(webchat_driver.settings_needed[0] == NULL);
    CHECK(webchat_driver.secrets_needed[0] == NULL);
    CHECK_I64(webchat_driver.window_hours, 0);
    CHECK_I64(webchat_driver.text_max, 10000);
}

TEST(sending_to_a_visitor_is_done_at_once)
{
    struct channel_config config = { .channel_id = 3 };
    struct channel_outgoing message = {
        .to = { "visitor", STR("v-1") }, .kind = "text", .text = STR("Oi"), .opaque = STR("7:12")
    };
    struct channel_progress progress = { 0 };

    webchat_driver.send(test_arena(), &config, &message, NULL, &progress);
    CHECK(progress.is_done);
    CHECK(progress.is_ok);
    CHECK_WORD(progress.state, "accepted");
    CHECK(progress.call.method == NULL);
}
