#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

static struct channel_outgoing
message_of(const char *kind)
{
    return (struct channel_outgoing){ .to = { "phone", STR("5511988887777") }, .kind = kind };
}

static struct channel_progress
step(const struct channel_outgoing *message, const struct httpc_answer *answer,
     struct channel_progress progress)
{
    struct channel_config config = whatsapp_config();

    whatsapp_send(test_arena(), &config, message, answer, &progress);
    return progress;
}

static struct channel_progress
first_step(const struct channel_outgoing *message)
{
    return step(message, NULL, (struct channel_progress){ 0 });
}

/* What became of a text that was answered so. */
static struct channel_progress
after(struct httpc_answer answer)
{
    struct channel_outgoing message = message_of("text");

    message.text = STR("oi");
    return step(&message, &answer, first_step(&message));
}

static void
check_refused(const struct channel_progress *progress, const char *slug, enum channel_retry retry)
{
    CHECK(progress->is_done);
    CHECK(!progress->is_ok);
    CHECK_WORD(progress->slug, slug);
    CHECK_I64(progress->retry, retry);
}

TEST(a_text_is_posted_to_our_number_with_the_token)
{
    struct channel_outgoing message = message_of("text");
    struct channel_progress progress;

    message.text = STR("Bom dia");
    message.opaque = STR("7:12");
    message.quoted = STR("wamid.AAA1");
    progress = first_step(&message);
    CHECK(!progress.is_done);
    CHECK_WORD(progress.call.method, "POST");
    CHECK_STR(progress.call.url, "https://graph.example/v23.0/10654/messages");
    CHECK_STR(header_of(&progress.call, "Authorization"), "Bearer EAAG-1");
    CHECK_WORD(progress.call.content_type, "application/json");
    CHECK_JSON(progress.call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','context':{'message_id':'wamid.AAA1'},'biz_opaque_callback_data':"
               "'7:12','type':'text','text':{'body':'Bom dia','preview_url':false}}");
}

TEST(links_are_shown_with_a_preview)
{
    struct channel_outgoing message = message_of("text");

    message.text = STR("Veja https://x.example");
    CHECK(json_true(
        json_get(json_get(json_of(first_step(&message).call.body), "text"), "preview_url")));
}

TEST(a_phone_goes_out_as_digits_behind_a_plus)
{
    struct channel_outgoing message = message_of("text");

    message.text = STR("oi");
    message.to.address = STR("+55 (11) 98888-7777");
    CHECK_STR(json_get_text(json_of(first_step(&message).call.body), "to"), "+5511988887777");
}

TEST(a_business_scoped_id_is_a_recipient_and_no_phone)
{
    struct channel_outgoing message = message_of("text");

    message.text = STR("oi");
    message.to = (struct channel_identity){ "whatsapp_user", STR("BR.13491") };
    CHECK_JSON(first_step(&message).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','recipient':"
               "'BR.13491','type':'text','text':{'body':'oi','preview_url':false}}");
}

TEST(text_with_quotes_and_line_ends_arrives_as_written)
{
    struct channel_outgoing message = message_of("text");

    message.text = STR("\"oi\"\n\\ \xC3\xA7 \xF0\x9F\x98\x80 </script>");
    CHECK_STR(json_get_text(json_get(json_of(first_step(&message).call.body), "text"), "body"),
              "\"oi\"\n\\ \xC3\xA7 \xF0\x9F\x98\x80 </script>");
}

TEST(a_file_the_provider_has_is_sent_at_once)
{
    static const struct {
        const char *kind, *text, *filename, *member;
        bool is_voice;
    } rows[] = {
        { "image", "Taj", "taj.jpg", "{'id':'1037','caption':'Taj'}", false },
        { "image", "", "", "{'id':'1037'}", false },
        { "video", "oi", "", "{'id':'1037','caption':'oi'}", false },
        { "document", "2a via", "boleto.pdf",
          "{'id':'1037','caption':'2a via','filename':'boleto.pdf'}", false },
        { "document", "", "", "{'id':'1037'}", false },
        { "audio", "", "voz.ogg", "{'id':'1037','voice':true}", true },
        { "audio", "", "musica.mp3", "{'id':'1037'}", false },
        { "sticker", "", "", "{'id':'1037'}", false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct channel_outgoing message = message_of(rows[i].kind);
        struct channel_progress progress;
        const struct json *body;

        message.text = str_of(rows[i].text);
        message.filename = str_of(rows[i].filename);
        message.media_id = STR("1037");
        message.is_voice = rows[i].is_voice;
        progress = first_step(&message);
        body = json_of(progress.call.body);
        CHECK_STR(json_get_text(body, "type"), rows[i].kind);
        CHECK_JSON(json_print(test_arena(), json_get(body, rows[i].kind)), rows[i].member);
        CHECK_STR(progress.media_id, "1037");
    }
}

static struct channel_outgoing
boleto(void)
{
    struct channel_outgoing message = message_of("document");

    message.file = "/media/7";
    message.mime = STR("application/pdf");
    message.filename = STR("boleto.pdf");
    return message;
}

TEST(a_new_file_is_uploaded_first_and_then_sent)
{
    struct channel_outgoing message = boleto();
    struct channel_progress progress = first_step(&message);
    struct httpc_answer uploaded = answer_of(200, "{'id':'1038'}");
    struct httpc_answer sent =
        answer_of(200, "{'messaging_product':'whatsapp','contacts':[{'input':'+5511988887777',"
                       "'wa_id':'5511988887777'}],'messages':[{'id':'wamid.OUT1'}]}");

    CHECK_STR(progress.call.url, "https://graph.example/v23.0/10654/media");
    CHECK_STR(header_of(&progress.call, "Authorization"), "Bearer EAAG-1");
    CHECK_I64((int64_t)progress.call.body.len, 0);
    CHECK_I64(progress.call.part_count, 3);
    CHECK_WORD(progress.call.parts[0].name, "messaging_product");
    CHECK_STR(progress.call.parts[0].value, "whatsapp");
    CHECK_WORD(progress.call.parts[1].name, "type");
    CHECK_STR(progress.call.parts[1].value, "application/pdf");
    CHECK_WORD(progress.call.parts[2].name, "file");
    CHECK_WORD(progress.call.parts[2].file, "/media/7");
    CHECK_WORD(progress.call.parts[2].content_type, "application/pdf");
    CHECK_WORD(progress.call.parts[2].filename, "boleto.pdf");

    progress = step(&message, &uploaded, progress);
    CHECK(!progress.is_done);
    CHECK_I64(progress.call.part_count, 0);
    CHECK_STR(progress.call.url, "https://graph.example/v23.0/10654/messages");
    CHECK_STR(json_get_text(json_get(json_of(progress.call.body), "document"), "id"), "1038");

    progress = step(&message, &sent, progress);
    CHECK(progress.is_done);
    CHECK(progress.is_ok);
    CHECK_WORD(progress.state, "accepted");
    CHECK_STR(progress.provider_id, "wamid.OUT1");
    CHECK_STR(progress.media_id, "1038");
}

TEST(a_failed_send_keeps_the_uploaded_file_for_the_next_try)
{
    struct channel_outgoing message = boleto();
    struct httpc_answer uploaded = answer_of(200, "{'id':'1038'}");
    struct httpc_answer busy = answer_of(503, "{'error':{'code':131016}}");
    struct channel_progress progress =
        step(&message, &busy, step(&message, &uploaded, first_step(&message)));

    check_refused(&progress, "provider_busy", CHANNEL_RETRY);
    CHECK_STR(progress.media_id, "1038");
}

TEST(an_upload_that_may_have_arrived_is_simply_repeated)
{
    struct channel_outgoing message = boleto();
    struct httpc_answer lost = no_answer("timeout", true);
    struct channel_progress progress = step(&message, &lost, first_step(&message));

    check_refused(&progress, "timeout", CHANNEL_RETRY);
    CHECK(!progress.outcome_unknown);
}

TEST(a_file_of_the_wrong_type_is_never_repeated)
{
    struct channel_outgoing message = boleto();
    struct httpc_answer refused = answer_of(400, "{'error':{'code':131053}}");
    struct channel_progress progress = step(&message, &refused, first_step(&message));

    check_refused(&progress, "media_refused", CHANNEL_NO_RETRY);
    CHECK_STR(progress.error_code, "WA-131053");
}

TEST(a_message_that_may_have_been_sent_is_of_unknown_outcome)
{
    struct channel_progress lost = after(no_answer("timeout", true));
    struct channel_progress gateway = after(answer_of(502, "<html>Bad Gateway</html>"));
    struct channel_progress strange = after(answer_of(200, "{'messages':[]}"));
    struct channel_progress torn = after(answer_of(200, "{'messages':["));

    check_refused(&lost, "timeout", CHANNEL_NO_RETRY);
    CHECK(lost.outcome_unknown);
    check_refused(&gateway, "provider_busy", CHANNEL_NO_RETRY);
    CHECK(gateway.outcome_unknown);
    check_refused(&strange, "answer_unreadable", CHANNEL_NO_RETRY);
    CHECK(strange.outcome_unknown);
    check_refused(&torn, "answer_unreadable", CHANNEL_NO_RETRY);
    CHECK(torn.outcome_unknown);
}

TEST(a_message_that_never_left_is_tried_again)
{
    struct channel_progress progress = after(no_answer("unreachable", false));

    check_refused(&progress, "unreachable", CHANNEL_RETRY);
    CHECK(!progress.outcome_unknown);
}

TEST(an_address_of_our_own_networks_stops_the_channel)
{
    struct httpc_answer answer = { .failed = FAIL(ERR_INVALID, "address_refused") };
    struct channel_progress progress = after(answer);

    check_refused(&progress, "address_refused", CHANNEL_STOP);
}

TEST(the_providers_code_decides_and_not_its_status)
{
    struct channel_progress closed =
        after(answer_of(400, "{'error':{'message':'(#131047) x','type':'OAuthException','code':"
                             "131047,'error_data':{'details':'..'},'fbtrace_id':'AbC1'}}"));
    struct channel_progress token = after(answer_of(400, "{'error':{'code':190}}"));
    struct channel_progress server = after(answer_of(500, "{'error':{'code':131000}}"));
    struct channel_progress text = after(answer_of(400, "{'error':{'code':'131026'}}"));

    check_refused(&closed, "window_closed", CHANNEL_NO_RETRY);
    CHECK_STR(closed.error_code, "WA-131047");
    CHECK(!closed.outcome_unknown);
    check_refused(&token, "token_invalid", CHANNEL_STOP);
    check_refused(&server, "provider_error", CHANNEL_RETRY);
    CHECK(!server.outcome_unknown);
    check_refused(&text, "undeliverable", CHANNEL_NO_RETRY);
}

TEST(a_code_of_tomorrow_is_repeated_only_when_it_says_it_passes)
{
    struct channel_progress lasting = after(answer_of(400, "{'error':{'code':999999}}"));
    struct channel_progress passing =
        after(answer_of(400, "{'error':{'code':999999,'is_transient':true}}"));

    check_refused(&lasting, "provider_refused", CHANNEL_NO_RETRY);
    check_refused(&passing, "provider_refused", CHANNEL_RETRY);
}

TEST(the_pause_grows_with_the_attempts_unless_the_provider_names_one)
{
    struct channel_outgoing message = message_of("text");
    struct httpc_answer pair = answer_of(400, "{'error':{'code':131056}}");
    struct channel_progress progress;

    message.text = STR("oi");
    message.attempt = 3;
    progress = step(&message, &pair, first_step(&message));
    check_refused(&progress, "pair_limited", CHANNEL_RETRY);
    CHECK_I64(progress.after_s, 64);
    pair.retry_after_s = 7;
    CHECK_I64(step(&message, &pair, first_step(&message)).after_s, 7);
}

TEST(answers_without_a_code_are_judged_by_their_status)
{
    static const struct {
        int status;
        const char *slug;
        enum channel_retry retry;
    } rows[] = {
        { 401, "token_invalid", CHANNEL_STOP },
        { 429, "calls_limited", CHANNEL_RETRY_CHANNEL },
        { 403, "provider_refused", CHANNEL_NO_RETRY },
        { 404, "provider_refused", CHANNEL_NO_RETRY },
        { 302, "provider_refused", CHANNEL_NO_RETRY },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct channel_progress progress = after(answer_of(rows[i].status, "no"));

        check_refused(&progress, rows[i].slug, rows[i].retry);
        CHECK(!progress.outcome_unknown);
    }
}

TEST(what_can_never_be_sent_makes_no_call)
{
    struct channel_outgoing empty = message_of("text");
    struct channel_outgoing visitor = message_of("text");
    struct channel_outgoing nobody = message_of("text");
    struct channel_outgoing poll = message_of("poll");
    struct channel_outgoing image = message_of("image");
    struct channel_outgoing audio = message_of("audio");
    struct channel_progress progress;

    visitor.text = nobody.text = audio.text = STR("oi");
    visitor.to = (struct channel_identity){ "visitor", STR("v-1") };
    nobody.to.address = STR("");
    audio.media_id = STR("1");
    progress = first_step(&empty);
    check_refused(&progress, "body_empty", CHANNEL_NO_RETRY);
    progress = first_step(&visitor);
    check_refused(&progress, "address_unusable", CHANNEL_NO_RETRY);
    progress = first_step(&nobody);
    check_refused(&progress, "address_unusable", CHANNEL_NO_RETRY);
    progress = first_step(&poll);
    check_refused(&progress, "kind_unsupported", CHANNEL_NO_RETRY);
    progress = first_step(&image);
    check_refused(&progress, "media_missing", CHANNEL_NO_RETRY);
    progress = first_step(&audio);
    check_refused(&progress, "caption_unsupported", CHANNEL_NO_RETRY);
    CHECK(progress.call.method == NULL);
}

TEST(without_a_word_about_it_the_provider_is_where_it_always_is)
{
    struct channel_config config =
        config_of("{'base_url':'','phone_number_id':'10654'}", "{'access_token':'t'}");
    struct channel_outgoing message = message_of("text");
    struct channel_progress progress = { 0 };

    message.text = STR("oi");
    whatsapp_send(test_arena(), &config, &message, NULL, &progress);
    CHECK_STR(progress.call.url, "https://graph.facebook.com/v23.0/10654/messages");
}

TEST(without_complete_settings_no_call_is_made)
{
    static const char *const settings[] = {
        "{}",
        "{'base_url':'https://g.example','api_version':'23','phone_number_id':'10654'}",
        "{'base_url':'https://g.example','api_version':'v23.0/..','phone_number_id':'10654'}",
        "{'base_url':'https://g.example','api_version':'v23.0','phone_number_id':'1/../2'}",
        "{'base_url':'https://g.example','api_version':'v23.0'}",
    };
    static const char *const secrets[] = { "{'access_token':'  '}",
                                           "{'access_token':'a\\r\\nX: y'}",
                                           "{'access_token':'EAAG\xC3\xA7'}", "{}" };
    struct channel_outgoing message = message_of("text");

    message.text = STR("oi");
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        struct channel_config config = config_of(settings[i], "{'access_token':'t'}");
        struct channel_progress progress = { 0 };

        whatsapp_send(test_arena(), &config, &message, NULL, &progress);
        check_refused(&progress, "settings_incomplete", CHANNEL_STOP);
    }
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        struct channel_config config = whatsapp_config();
        struct channel_progress progress = { 0 };

        config.secrets = json_of(quoted(secrets[i]));
        whatsapp_send(test_arena(), &config, &message, NULL, &progress);
        check_refused(&progress, "settings_incomplete", CHANNEL_STOP);
    }
}

TEST(a_pasted_token_and_base_url_may_carry_space_and_slashes)
{
    struct channel_config config =
        config_of("{'base_url':'https://g.example/graph//','api_version':'v24.0',"
                  "'phone_number_id':'1'}",
                  "{'access_token':' EAAG \\n'}");
    struct channel_outgoing message = message_of("text");
    struct channel_progress progress = { 0 };

    message.text = STR("oi");
    whatsapp_send(test_arena(), &config, &message, NULL, &progress);
    CHECK_STR(progress.call.url, "https://g.example/graph/v24.0/1/messages");
    CHECK_STR(header_of(&progress.call, "Authorization"), "Bearer EAAG");
}

static struct channel_progress
mark_read(bool typing, const struct httpc_answer *answer, struct channel_progress progress)
{
    struct channel_config config = whatsapp_config();

    whatsapp_mark_read(test_arena(), &config, STR("wamid.AAA1"), typing, answer, &progress);
    return progress;
}

TEST(a_read_mark_names_the_last_message)
{
    struct channel_progress progress = mark_read(false, NULL, (struct channel_progress){ 0 });
    struct httpc_answer done = answer_of(200, "{'success':true}");

    CHECK_STR(progress.call.url, "https://graph.example/v23.0/10654/messages");
    CHECK_JSON(progress.call.body,
               "{'messaging_product':'whatsapp','status':'read','message_id':'wamid.AAA1'}");
    progress = mark_read(false, &done, progress);
    CHECK(progress.is_done);
    CHECK(progress.is_ok);
}

TEST(typing_is_told_together_with_the_read_mark)
{
    CHECK_JSON(mark_read(true, NULL, (struct channel_progress){ 0 }).call.body,
               "{'messaging_product':'whatsapp','status':'read','message_id':'wamid.AAA1',"
               "'typing_indicator':{'type':'text'}}");
}

TEST(a_lost_read_mark_may_be_repeated)
{
    struct httpc_answer lost = no_answer("timeout", true);
    struct channel_progress progress =
        mark_read(false, &lost, mark_read(false, NULL, (struct channel_progress){ 0 }));

    check_refused(&progress, "timeout", CHANNEL_RETRY);
    CHECK(!progress.outcome_unknown);
}

TEST(a_reaction_names_its_message_and_an_empty_one_takes_it_back)
{
    struct channel_config config = whatsapp_config();
    struct channel_identity to = { "phone", STR("5549988412076") };
    struct channel_progress progress = { 0 };
    struct httpc_answer done = answer_of(200, "{'success':true}");

    whatsapp_react(test_arena(), &config, &to, STR("wamid.AAA1"), STR("❤️"), NULL, &progress);
    CHECK_JSON(
        progress.call.body,
        "{'messaging_product':'whatsapp','recipient_type':'individual','to':'+5549988412076',"
        "'type':'reaction','reaction':{'message_id':'wamid.AAA1','emoji':'❤️'}}");
    whatsapp_react(test_arena(), &config, &to, STR("wamid.AAA1"), STR("❤️"), &done, &progress);
    CHECK(progress.is_done && progress.is_ok);
    progress = (struct channel_progress){ 0 };
    whatsapp_react(test_arena(), &config, &to, STR("wamid.AAA1"), STR(""), NULL, &progress);
    CHECK_JSON(
        progress.call.body,
        "{'messaging_product':'whatsapp','recipient_type':'individual','to':'+5549988412076',"
        "'type':'reaction','reaction':{'message_id':'wamid.AAA1','emoji':''}}");
}
