#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

static const struct channel_option options[] = {
    { STR_INIT("b1.c.1.boleto"), STR_INIT("Boleto ou Pix"), STR_INIT("Segunda via da fatura") },
    { STR_INIT("b1.c.1.pessoa"), STR_INIT("Falar com alguém"), STR_INIT("") },
};

static struct channel_outgoing
asked(size_t n, bool is_list)
{
    return (struct channel_outgoing){ .to = { "phone", STR("5511988887777") },
                                      .kind = "question",
                                      .text = STR("Como posso ajudar?"),
                                      .is_list = is_list,
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
    struct channel_outgoing message = asked(2, false);

    CHECK_JSON(first_step(&message).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'interactive','interactive':{'type':'button',"
               "'body':{'text':'Como posso ajudar?'},'action':{'buttons':["
               "{'type':'reply','reply':{'id':'b1.c.1.boleto','title':'Boleto ou Pix'}},"
               "{'type':'reply','reply':{'id':'b1.c.1.pessoa','title':'Falar com alguém'}}]}}}");
}

TEST(a_list_opens_rows_with_what_is_said_of_them)
{
    struct channel_outgoing message = asked(2, true);

    CHECK_JSON(first_step(&message).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'interactive','interactive':{'type':'list',"
               "'body':{'text':'Como posso ajudar?'},'action':{'button':'Ver opções','sections':["
               "{'rows':[{'id':'b1.c.1.boleto','title':'Boleto ou Pix','description':"
               "'Segunda via da fatura'},"
               "{'id':'b1.c.1.pessoa','title':'Falar com alguém'}]}]}}}");
}

TEST(what_no_control_holds_is_refused_before_any_call)
{
    struct channel_outgoing silent = asked(2, false);

    silent.text = STR("");
    check_refused(silent, "body_empty");
    check_refused(asked(0, false), "kind_unsupported");
    check_refused(asked(4, false), "kind_unsupported");
    check_refused(asked(11, true), "kind_unsupported");
}
