#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

/* --- sending -------------------------------------------------------------------------- */

static const struct channel_fill named_fills[] = {
    { "header", 0, STR_INIT("mes"), STR_INIT("maio") },
    { "body", 0, STR_INIT("nome"), STR_INIT("Ana") },
    { "button", 0, STR_INIT(""), STR_INIT("abc") },
};
static const struct channel_option replies[] = {
    { STR_INIT("t1.aviso.modelo.sim"), STR_INIT("Sim"), STR_INIT("") },
    { STR_INIT("t1.aviso.modelo.nao"), STR_INIT("Não"), STR_INIT("") },
};

static struct channel_progress
first_step(const struct channel_filled *filled, size_t options)
{
    struct channel_config config = whatsapp_config();
    struct channel_progress progress = { 0 };
    struct channel_outgoing message = { .to = { "phone", STR("5511988887777") },
                                        .kind = "template",
                                        .text = STR("Oi, Ana."),
                                        .filled = filled,
                                        .options = replies,
                                        .option_count = options };

    whatsapp_send(test_arena(), &config, &message, NULL, &progress);
    return progress;
}

TEST(what_stands_in_its_places_goes_along_and_what_each_reply_says)
{
    struct channel_filled filled = { STR("lembrete"), STR("pt_BR"), named_fills, 3, 1 };

    CHECK_JSON(
        first_step(&filled, 2).call.body,
        "{'messaging_product':'whatsapp','recipient_type':'individual','to':'+5511988887777',"
        "'type':'template','template':{'name':'lembrete','language':{'code':'pt_BR'},'components':["
        "{'type':'header','parameters':[{'type':'text','parameter_name':'mes','text':'maio'}]},"
        "{'type':'body','parameters':[{'type':'text','parameter_name':'nome','text':'Ana'}]},"
        "{'type':'button','sub_type':'url','index':'0','parameters':[{'type':'text','text':'abc'}]}"
        ","
        "{'type':'button','sub_type':'quick_reply','index':'1','parameters':[{'type':'payload',"
        "'payload':'t1.aviso.modelo.sim'}]},{'type':'button','sub_type':'quick_reply','index':'2',"
        "'parameters':[{'type':'payload','payload':'t1.aviso.modelo.nao'}]}]}}");
}

TEST(without_places_there_are_no_components)
{
    struct channel_filled filled = { .name = STR("aviso"), .language = STR("pt_BR") };

    CHECK_JSON(first_step(&filled, 0).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'template','template':{'name':'aviso','language':{'code':"
               "'pt_BR'},'components':[]}}");
}

TEST(what_the_network_would_never_take_is_not_called)
{
    static const struct channel_fill empty = { "body", 0, STR_INIT(""), STR_INIT("") };
    struct channel_filled filled = { STR("aviso"), STR("pt_BR"), &empty, 1, 0 };
    struct channel_progress progress = first_step(&filled, 0);

    CHECK(progress.is_done && !progress.is_ok);
    CHECK_WORD(progress.slug, "template_parameters");
    CHECK_I64(progress.retry, CHANNEL_NO_RETRY);
    CHECK_WORD(first_step(NULL, 0).slug, "template_unknown");
}

/* A bill, with the file of it: uploaded or not, there or not. */
static void
send_bill(const char *file, const char *media_id, const struct httpc_answer *answer,
          struct channel_progress *progress)
{
    static const struct channel_filled filled = { .name = STR_INIT("segunda_via"),
                                                  .language = STR_INIT("pt_BR"),
                                                  .file_kind = "document" };
    struct channel_config config = whatsapp_config();
    struct channel_outgoing message = { .to = { "phone", STR("5511988887777") },
                                        .kind = "template",
                                        .text = STR("Segue a segunda via."),
                                        .filled = &filled,
                                        .file = file,
                                        .mime = STR("application/pdf"),
                                        .filename = STR("maio.pdf"),
                                        .media_id = str_of(media_id) };

    whatsapp_send(test_arena(), &config, &message, answer, progress);
}

TEST(the_file_of_its_header_goes_up_first_and_is_then_named)
{
    struct httpc_answer uploaded = { .status = 200, .body = STR("{\"id\":\"1037\"}") };
    struct channel_progress progress = { 0 }, known = { 0 }, missing = { 0 };

    send_bill("/tmp/maio.pdf", "", NULL, &progress);
    CHECK(str_ends(progress.call.url, STR("/media")));
    CHECK_WORD(progress.call.parts[2].file, "/tmp/maio.pdf");
    send_bill("/tmp/maio.pdf", "", &uploaded, &progress);
    CHECK_JSON(progress.call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'template','template':{'name':'segunda_via','language':{"
               "'code':'pt_BR'},'components':[{'type':'header','parameters':[{'type':'document',"
               "'document':{'id':'1037','filename':'maio.pdf'}}]}]}}");
    CHECK_STR(progress.media_id, "1037");
    send_bill("/tmp/maio.pdf", "1038", NULL, &known); /* tried before */
    CHECK(str_has(known.call.body, STR("\"id\":\"1038\"")));
    send_bill(NULL, "", NULL, &missing);
    CHECK_WORD(missing.slug, "media_missing");
}

TEST(a_header_on_the_map_is_told_in_figures_and_words)
{
    static const struct channel_fill fills[] = {
        { "location", 0, STR_INIT("latitude"), STR_INIT("-23.5") },
        { "location", 0, STR_INIT("longitude"), STR_INIT("-46.625") },
        { "location", 0, STR_INIT("name"), STR_INIT("Loja") },
        { "location", 0, STR_INIT("address"), STR_INIT("Rua A, 1") },
        { "body", 0, STR_INIT(""), STR_INIT("Ana") },
    };
    struct channel_filled filled = { STR("visita"), STR("pt_BR"), fills, 5, 0 };

    CHECK_JSON(first_step(&filled, 0).call.body,
               "{'messaging_product':'whatsapp','recipient_type':'individual','to':"
               "'+5511988887777','type':'template','template':{'name':'visita','language':{'code':"
               "'pt_BR'},'components':[{'type':'header','parameters':[{'type':'location',"
               "'location':{'latitude':-23.5,'longitude':-46.625,'name':'Loja','address':'Rua A, "
               "1'}}]},{'type':'body','parameters':[{'type':'text','text':'Ana'}]}]}}");
}

/* --- reading ---------------------------------------------------------------------------- */

static struct str
shape_of(const char *template)
{
    return whatsapp_shape(test_arena(), json_of(quoted(template)));
}

TEST(a_template_in_our_words_has_its_variables_by_place)
{
    CHECK_JSON(
        shape_of(
            "{'category':'UTILITY','parameter_format':'POSITIONAL','components':[{'type':'HEADER',"
            "'format':'TEXT','text':'Fatura de {{1}}','example':{'header_text':['maio']}},"
            "{'type':'BODY','text':'Oi, {{2}}: {{1}}. "
            "{{2}}','example':{'body_text':[['10','Ana']]}},"
            "{'type':'FOOTER','text':'Fim'},{'type':'BUTTONS','buttons':[{'type':'URL','text':'Ver'"
            ","
            "'url':'https://x.br/"
            "{{1}}','example':['abc']},{'type':'QUICK_REPLY','text':'Sim'}]}]}"),
        "{'is_named':false,'header':{'kind':'text','text':'Fatura de {{1}}'},"
        "'body':'Oi, {{2}}: {{1}}. {{2}}','footer':'Fim','buttons':[{'kind':'url','label':'Ver',"
        "'url':'https://x.br/{{1}}'},{'kind':'quick_reply','label':'Sim','url':''}],'variables':["
        "{'name':'header.1','place':'header','index':0,'own':'1','example':'maio'},"
        "{'name':'1','place':'body','index':0,'own':'1','example':'10'},"
        "{'name':'2','place':'body','index':0,'own':'2','example':'Ana'},"
        "{'name':'button.1','place':'button','index':0,'own':'1','example':'abc'}],'unfit':null}");
}

TEST(a_header_on_the_map_has_four_variables_of_its_own)
{
    CHECK_JSON(
        shape_of("{'category':'UTILITY','parameter_format':'POSITIONAL','components':[{'type':"
                 "'HEADER','format':'LOCATION'},{'type':'BODY','text':'Esperamos você.'}]}"),
        "{'is_named':false,'header':{'kind':'location','text':''},'body':'Esperamos você.',"
        "'footer':'','buttons':[],'variables':["
        "{'name':'header.latitude','place':'location','index':0,'own':'latitude','example':''},"
        "{'name':'header.longitude','place':'location','index':0,'own':'longitude','example':''},"
        "{'name':'header.name','place':'location','index':0,'own':'name','example':''},"
        "{'name':'header.address','place':'location','index':0,'own':'address','example':''}],"
        "'unfit':null}");
}

TEST(what_we_cannot_send_says_why)
{
    static const struct {
        const char *template, *unfit;
    } table[] = {
        { "{'components':[{'type':'HEADER','format':'PRODUCT'},{'type':'BODY','text':'x'}]}",
          "kind" },
        { "{'components':[{'type':'HEADER','format':'LOCATION'},{'type':'BODY','text':'x'}]}", "" },
        { "{'components':[{'type':'HEADER','format':'DOCUMENT'},{'type':'BODY','text':'x'}]}", "" },
        { "{'category':'AUTHENTICATION','components':[{'type':'BODY','text':'x'},{'type':'BUTTONS',"
          "'buttons':[{'type':'OTP','otp_type':'COPY_CODE','text':'x'}]}]}",
          "code" },
        { "{'components':[{'type':'BODY','text':'x'},{'type':'BUTTONS','buttons':[{'type':"
          "'COPY_CODE','text':'x'}]}]}",
          "kind" },
        { "{'components':[{'type':'BODY','text':'x'},{'type':'BUTTONS','buttons':[{'type':'FLOW',"
          "'text':'x'}]}]}",
          "kind" },
        { "{'components':[{'type':'BODY','text':'x'},{'type':'CAROUSEL'}]}", "kind" },
        { "{}", "kind" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        CHECK_STR(json_get_text(json_of(shape_of(table[i].template)), "unfit"), table[i].unfit);
}

TEST(pages_follow_one_another_and_a_cursor_stays_one_value)
{
    struct channel_config config = whatsapp_config();
    struct channel_progress progress = { 0 };
    struct channel_templates found = { 0 };
    struct httpc_answer answer = {
        .status = 200,
        .body = quoted("{'data':[{'name':'a','language':'pt_BR','status':'APPROVED','id':'1'},"
                       "{'language':'pt_BR'}],'paging':{'cursors':{'after':'MT=&x=1'},"
                       "'next':'https://elsewhere.example/'}}"),
    };

    config.settings = json_of(quoted("{'phone_number_id':'10654','waba_id':'77','api_version':"
                                     "'v23.0','base_url':'https://graph.facebook.com'}"));
    whatsapp_list_templates(test_arena(), &config, NULL, &progress, &found);
    CHECK(!progress.is_done);
    whatsapp_list_templates(test_arena(), &config, &answer, &progress, &found);
    CHECK(!progress.is_done);
    CHECK(str_starts(progress.call.url,
                     STR("https://graph.facebook.com/v23.0/77/message_templates?")));
    CHECK(str_ends(progress.call.url, STR("&after=MT%3D%26x%3D1")));
    answer.body = quoted("{'data':[{'name':'b','language':'en','status':'PAUSED','quality_score':{"
                         "'score':'RED'}}],'paging':{}}");
    whatsapp_list_templates(test_arena(), &config, &answer, &progress, &found);
    CHECK(progress.is_done && progress.is_ok);
    CHECK_I64((int64_t)found.n, 2);
    CHECK_STR(found.v[0].status, "approved");
    CHECK_STR(found.v[1].quality, "red");
}

TEST(a_book_that_is_no_book_is_a_failure)
{
    struct channel_config config = whatsapp_config();
    struct channel_progress progress = { .step = 1 };
    struct channel_templates found = { 0 };
    struct httpc_answer answer = { .status = 200, .body = STR("{\"data\":7}") };

    whatsapp_list_templates(test_arena(), &config, &answer, &progress, &found);
    CHECK(progress.is_done && !progress.is_ok);
}
