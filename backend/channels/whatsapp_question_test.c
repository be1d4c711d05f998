#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

static const struct channel_option options[] = {
    { STR_INIT("b1.c.1.boleto"), STR_INIT("Boleto ou Pix"), STR_INIT("Segunda via da fatura") },
    { STR_INIT("b1.c.1.pessoa"), STR_INIT("Falar com alguém"), STR_INIT("") },
};

static struct channel_outgoing
asked(size_t n, enum channel_ask asks)
{
    return (struct channel_outgoing){ .to = { "phone", STR("5511988887777") },
                                      .kind = "question",
                                      .text = STR("Como posso ajudar?"),
                                      .asks = asks,
                                      .options = options,
                                      .option_count = n };
}

static struct channel_progress
first_step(const struct channel_outgoing *message)
{
    struct channel_config config = whatsapp_config();
    struct channel_progress progress = { 0 };

    whatsapp_send(test_arena(), &config, message, NULL, &progress);
    return progress;
}

static void
check_refused(struct channel_outgoing message, const char *slug)
{
    struct channel_progress progress = first_step(&message);

    CHECK(progress.is_done && !progress.is_ok);
    CHECK_WORD(progress.slug, slug);
    CHECK_I64(progress.retry, CHANNEL_NO_RETRY);
}

TEST(few_options_are_buttons)
{
    struct channel_outgoing message = asked(2, CHANNEL_BUTTONS);

    CHECK_JSON(first_step(&message).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'interactive','interactive':{'type':'button',"
               "'body':{'text':'Como posso ajudar?'},'action':{'buttons':["
               "{'type':'reply','reply':{'id':'b1.c.1.boleto','title':'Boleto ou Pix'}},"
               "{'type':'reply','reply':{'id':'b1.c.1.pessoa','title':'Falar com alguém'}}]}}}");
}

TEST(a_list_opens_rows_with_what_is_said_of_them)
{
    struct channel_outgoing message = asked(2, CHANNEL_LIST);

    CHECK_JSON(first_step(&message).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'interactive','interactive':{'type':'list',"
               "'body':{'text':'Como posso ajudar?'},'action':{'button':'Ver opções','sections':["
               "{'rows':[{'id':'b1.c.1.boleto','title':'Boleto ou Pix','description':"
               "'Segunda via da fatura'},"
               "{'id':'b1.c.1.pessoa','title':'Falar com alguém'}]}]}}}");
}

TEST(where_somebody_is_is_asked_for_by_a_button_of_the_network)
{
    struct channel_outgoing message = asked(0, CHANNEL_LOCATION);

    CHECK_JSON(first_step(&message).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'interactive','interactive':{'type':"
               "'location_request_message','body':{'text':'Como posso ajudar?'},'action':{'name':"
               "'send_location'}}}");
}

TEST(what_no_control_holds_is_refused_before_any_call)
{
    struct channel_outgoing silent = asked(2, CHANNEL_BUTTONS);

    silent.text = STR("");
    check_refused(silent, "body_empty");
    check_refused(asked(0, CHANNEL_BUTTONS), "kind_unsupported");
    check_refused(asked(4, CHANNEL_BUTTONS), "kind_unsupported");
    check_refused(asked(11, CHANNEL_LIST), "kind_unsupported");
    check_refused(asked(1, CHANNEL_LOCATION), "kind_unsupported");
    check_refused(asked(0, CHANNEL_FILE), "kind_unsupported");
}
