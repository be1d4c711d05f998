#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

/* One message with these members beside its usual ones. */
static struct channel_event
event_of(const char *members)
{
    struct buf body = { .arena = test_arena() };
    struct channel_config config = whatsapp_config();
    struct channel_events events = { 0 };

    buf_add(&body,
            quoted("{'object':'whatsapp_business_account','entry':[{'id':'10229','changes':[{'"
                   "field':'messages','value':{'messaging_product':'whatsapp','metadata':{'"
                   "display_phone_number':'551130000000','phone_number_id':'10654'},'contacts':[{'"
                   "profile':{'name':'Ana Souza'},'wa_id':'5511988887777','user_id':'BR.13491'}],'"
                   "messages':[{'from':'5511988887777','from_user_id':'BR.13491','id':'wamid.A1','"
                   "timestamp':'1795132800',"));
    buf_add(&body, quoted(members));
    buf_add(&body, STR("}]}}]}]}"));
    CHECK_OK(whatsapp_parse(test_arena(), &config, buf_str(&body), &events));
    CHECK_I64((int64_t)events.n, 1);
    return events.v[0];
}

static void
check_message(const struct channel_event *e, const char *kind, const char *text, const char *detail)
{
    CHECK_I64(e->kind, CHANNEL_MESSAGE);
    CHECK_WORD(e->message_kind, kind);
    CHECK_STR(e->text, text);
    CHECK_STR(e->provider_id, "wamid.A1");
    if (detail == NULL)
        CHECK_I64((int64_t)e->detail.len, 0);
    else
        CHECK_JSON(e->detail, detail);
}

static void
check_media(const struct channel_event *e, const char *kind, const char *id, const char *mime,
            const char *filename)
{
    CHECK_I64(e->media_count, 1);
    CHECK_WORD(e->media[0].kind, kind);
    CHECK_STR(e->media[0].id, id);
    CHECK_STR(e->media[0].mime, mime);
    CHECK_STR(e->media[0].filename, filename);
}

TEST(a_text_says_its_body)
{
    struct channel_event e = event_of("'type':'text','text':{'body':'Oi'}");

    check_message(&e, "text", "Oi", NULL);
    CHECK_I64(e.media_count, 0);
    CHECK_I64((int64_t)e.quoted.len, 0);
}

TEST(an_image_brings_its_caption)
{
    struct channel_event e =
        event_of("'type':'image','image':{'id':'1003','mime_type':'image/jpeg','sha256':'b64=',"
                 "'caption':'Taj','url':'https://lookaside.example'}");

    check_message(&e, "image", "Taj", NULL);
    check_media(&e, "image", "1003", "image/jpeg", "");
}

TEST(a_video_brings_its_caption)
{
    struct channel_event e = event_of(
        "'type':'video','video':{'id':'1004','mime_type':'video/mp4','sha256':'b64=','caption':"
        "'x'}");

    check_message(&e, "video", "x", NULL);
    check_media(&e, "video", "1004", "video/mp4", "");
}

TEST(a_voice_message_is_known_from_a_sound_file)
{
    struct channel_event voice =
        event_of("'type':'audio','audio':{'id':'1005','mime_type':'audio/ogg; codecs=opus',"
                 "'sha256':'b64=','voice':true}");
    struct channel_event song =
        event_of("'type':'audio','audio':{'id':'1015','mime_type':'audio/mpeg'}");

    check_message(&voice, "audio", "", "{'voice':true}");
    check_media(&voice, "audio", "1005", "audio/ogg; codecs=opus", "");
    CHECK(voice.media[0].is_voice);
    check_message(&song, "audio", "", "{'voice':false}");
    CHECK(!song.media[0].is_voice);
}

TEST(a_document_keeps_its_filename)
{
    struct channel_event e =
        event_of("'type':'document','document':{'id':'1006','filename':'nf.pdf','mime_type':"
                 "'application/pdf','sha256':'b64=','caption':'NF'}");

    check_message(&e, "document", "NF", NULL);
    check_media(&e, "document", "1006", "application/pdf", "nf.pdf");
}

TEST(a_sticker_is_a_file_too)
{
    struct channel_event e = event_of(
        "'type':'sticker','sticker':{'id':'1007','mime_type':'image/webp','animated':false}");

    check_message(&e, "sticker", "", NULL);
    check_media(&e, "sticker", "1007", "image/webp", "");
}

TEST(media_without_an_id_becomes_unknown_but_keeps_its_caption)
{
    struct channel_event e =
        event_of("'type':'image','image':{'caption':'meu boleto'},'errors':[{'code':131052}]");

    check_message(&e, "unknown", "meu boleto", "{'type':'image'}");
    CHECK_I64(e.media_count, 0);
}

TEST(a_location_has_coordinates_and_perhaps_a_name)
{
    struct channel_event shop =
        event_of("'type':'location','location':{'latitude':-23.55,'longitude':-46.63,'name':'Loja',"
                 "'address':'Rua A, 1','url':'https://x.example'}");
    struct channel_event here =
        event_of("'type':'location','location':{'latitude':0,'longitude':-46.5}");

    check_message(&shop, "location", "",
                  "{'latitude':-23.55,'longitude':-46.63,'name':'Loja','address':'Rua A, 1'}");
    check_message(&here, "location", "",
                  "{'latitude':0,'longitude':-46.5,'name':null,'address':null}");
}

TEST(a_location_without_coordinates_is_unknown)
{
    struct channel_event text =
        event_of("'type':'location','location':{'latitude':'-23','longitude':-46.63}");
    struct channel_event far =
        event_of("'type':'location','location':{'latitude':1,'longitude':181}");

    check_message(&text, "unknown", "", "{'type':'location'}");
    check_message(&far, "unknown", "", "{'type':'location'}");
}

TEST(contact_cards_keep_names_phones_and_emails)
{
    struct channel_event e = event_of(
        "'type':'contacts','contacts':[{'name':{'formatted_name':'Rui','first_name':'Rui'},"
        "'phones':[{'phone':'+55 11 90000-0000','wa_id':'5511900000000','type':'CELL'},{'type':"
        "'WORK'}],'org':{'company':'X'},'emails':[{'email':'a@b.example','type':'WORK'}]},"
        "{'name':{'formatted_name':'Bia'}}]");

    check_message(&e, "contacts", "",
                  "{'contacts':[{'name':'Rui','phones':['+55 11 90000-0000'],'emails':"
                  "['a@b.example']},{'name':'Bia','phones':[],'emails':[]}]}");
}

TEST(a_pressed_button_is_a_choice_that_answers_its_question)
{
    struct channel_event e =
        event_of("'type':'interactive','context':{'from':'551130000000','id':'wamid.OUT1'},"
                 "'interactive':{'type':'button_reply','button_reply':{'id':'pay','title':'Pagar'}"
                 "}");

    check_message(&e, "choice", "Pagar", "{'id':'pay','title':'Pagar','description':null}");
    CHECK_STR(e.quoted, "wamid.OUT1");
}

TEST(a_chosen_row_of_a_list_brings_its_description)
{
    struct channel_event e =
        event_of("'type':'interactive','context':{'id':'wamid.OUT2'},'interactive':{'type':"
                 "'list_reply','list_reply':{'id':'row1','title':'2a via','description':'boleto'}"
                 "}");

    check_message(&e, "choice", "2a via", "{'id':'row1','title':'2a via','description':'boleto'}");
}

TEST(a_filled_form_is_a_choice_with_its_answers)
{
    struct channel_event e =
        event_of("'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'name':"
                 "'flow','body':'Sent','response_json':'{}'}}");

    check_message(&e, "choice", "Sent",
                  "{'response':'{}','id':'flow','title':'Sent','description':null}");
}

TEST(the_quick_reply_of_a_template_is_a_choice)
{
    struct channel_event e =
        event_of("'type':'button','context':{'from':'551130000000','id':'wamid.TPL1'},'button':{"
                 "'payload':'STOP','text':'Parar'}");

    check_message(&e, "choice", "Parar", "{'id':'STOP','title':'Parar','description':null}");
    CHECK_STR(e.quoted, "wamid.TPL1");
}

TEST(a_reaction_names_its_message)
{
    struct channel_event e =
        event_of("'type':'reaction','reaction':{'message_id':'wamid.OUT1','emoji':"
                 "'\\ud83d\\udc4d'}");

    CHECK_I64(e.kind, CHANNEL_REACTION);
    CHECK_STR(e.target, "wamid.OUT1");
    CHECK_STR(e.emoji, "\xF0\x9F\x91\x8D");
    CHECK_I64(e.who_count, 2);
}

TEST(a_reaction_without_emoji_is_taken_back)
{
    struct channel_event e = event_of("'type':'reaction','reaction':{'message_id':'wamid.OUT1'}");

    CHECK_I64(e.kind, CHANNEL_REACTION);
    CHECK_I64((int64_t)e.emoji.len, 0);
}

TEST(an_edit_names_its_message_and_the_new_text)
{
    struct channel_event e =
        event_of("'type':'edit','edit':{'original_message_id':'wamid.AAA1','message':{'type':"
                 "'text','text':{'body':'Ola'}}}");

    CHECK_I64(e.kind, CHANNEL_EDIT);
    CHECK_STR(e.target, "wamid.AAA1");
    CHECK_STR(e.text, "Ola");
    CHECK_STR(e.provider_id, "wamid.A1");
}

TEST(an_edited_caption_is_an_edited_text)
{
    struct channel_event e =
        event_of("'type':'edit','edit':{'original_message_id':'wamid.AAA1','message':{'type':"
                 "'image','image':{'id':'1','caption':'melhor'}}}");

    CHECK_I64(e.kind, CHANNEL_EDIT);
    CHECK_STR(e.text, "melhor");
}

TEST(a_revoke_names_its_message)
{
    struct channel_event e =
        event_of("'type':'revoke','revoke':{'original_message_id':'wamid.AAA1'}");

    CHECK_I64(e.kind, CHANNEL_REVOKE);
    CHECK_STR(e.target, "wamid.AAA1");
}

TEST(changes_of_no_message_in_particular_are_unknown)
{
    struct channel_event edit = event_of("'type':'edit','edit':{}");
    struct channel_event revoke = event_of("'type':'revoke','revoke':null");
    struct channel_event reaction = event_of("'type':'reaction','reaction':{'emoji':'x'}");

    check_message(&edit, "unknown", "", "{'type':'edit'}");
    check_message(&revoke, "unknown", "", "{'type':'revoke'}");
    check_message(&reaction, "unknown", "", "{'type':'reaction'}");
    CHECK_I64((int64_t)reaction.emoji.len, 0);
    CHECK_I64(reaction.who_count, 2);
}

TEST(a_new_number_comes_before_the_former_one)
{
    struct channel_event e =
        event_of("'type':'system','system':{'type':'user_changed_number','body':'User Ana changed "
                 "from ..','wa_id':'5511977776666','user_id':'BR.777'}");

    CHECK_I64(e.kind, CHANNEL_ADDRESS_CHANGE);
    CHECK_I64(e.who_count, 2);
    CHECK_WORD(e.who[0].kind, "phone");
    CHECK_STR(e.who[0].address, "5511977776666");
    CHECK_WORD(e.who[1].kind, "phone");
    CHECK_STR(e.who[1].address, "5511988887777");
}

TEST(a_new_user_id_comes_before_the_former_one)
{
    struct channel_event e = event_of(
        "'type':'system','system':{'type':'user_changed_user_id','body':'..','user_id':'BR.99'}");

    CHECK_I64(e.kind, CHANNEL_ADDRESS_CHANGE);
    CHECK_I64(e.who_count, 2);
    CHECK_STR(e.who[0].address, "BR.99");
    CHECK_STR(e.who[1].address, "BR.13491");
}

TEST(other_notices_of_the_system_are_unknown_under_their_name)
{
    struct channel_event e =
        event_of("'type':'system','system':{'type':'user_identity_changed','body':'..'}");
    struct channel_event empty =
        event_of("'type':'system','system':{'type':'user_changed_number','body':'..'}");

    check_message(&e, "unknown", "", "{'type':'user_identity_changed'}");
    CHECK_I64(e.who_count, 2);
    check_message(&empty, "unknown", "", "{'type':'user_changed_number'}");
}

TEST(what_nobody_supports_is_unknown_under_its_name)
{
    struct channel_event poll =
        event_of("'type':'unsupported','errors':[{'code':131051,'title':'Message type unknown'}],"
                 "'unsupported':{'type':'poll'}");
    struct channel_event older = event_of("'type':'unknown','errors':[{'code':131051}]");
    struct channel_event order =
        event_of("'type':'order','order':{'catalog_id':'194','text':'','product_items':[]}");
    struct channel_event call =
        event_of("'type':'interactive','interactive':{'type':'call_permission_reply'}");
    struct channel_event tomorrow = event_of("'type':'hologram','hologram':[1,2]");
    struct channel_event nothing = event_of("'text':{'body':'Oi'}");
    struct channel_event hollow = event_of("'type':'text','text':'Oi'");

    check_message(&poll, "unknown", "", "{'type':'poll'}");
    check_message(&older, "unknown", "", "{'type':'unknown'}");
    check_message(&order, "unknown", "", "{'type':'order'}");
    check_message(&call, "unknown", "", "{'type':'call_permission_reply'}");
    check_message(&tomorrow, "unknown", "", "{'type':'hologram'}");
    check_message(&nothing, "unknown", "", "{'type':'unknown'}");
    check_message(&hollow, "unknown", "", "{'type':'text'}");
}

TEST(a_quoted_message_is_named)
{
    struct channel_event e = event_of(
        "'type':'text','text':{'body':'sim'},'context':{'from':'551130000000','id':'wamid.OUT7'}");

    check_message(&e, "text", "sim", NULL);
    CHECK_STR(e.quoted, "wamid.OUT7");
}

TEST(forwarding_and_products_are_kept_in_the_detail)
{
    struct channel_event forwarded =
        event_of("'type':'text','text':{'body':'x'},'context':{'forwarded':true}");
    struct channel_event often =
        event_of("'type':'text','text':{'body':'x'},'context':{'frequently_forwarded':true}");
    struct channel_event product =
        event_of("'type':'text','text':{'body':'tem?'},'context':{'from':'5511','id':'wamid.O','"
                 "referred_product':{'catalog_id':'1','product_retailer_id':'2'}}");

    check_message(&forwarded, "text", "x", "{'forwarded':true}");
    check_message(&often, "text", "x", "{'forwarded':true}");
    check_message(&product, "text", "tem?", "{'product':{'catalog_id':'1','product_id':'2'}}");
}

TEST(the_advertisement_that_brought_the_customer_is_kept)
{
    struct channel_event e = event_of(
        "'type':'image','image':{'id':'7','mime_type':'image/png'},'referral':{'source_url':"
        "'https://fb.example/x','source_id':'1202','source_type':'ad','headline':'Fale conosco',"
        "'body':'Oferta','media_type':'image','image_url':'..','ctwa_clid':'Aff..',"
        "'welcome_message':{'text':'Oi!'}}");

    check_message(&e, "image", "",
                  "{'referral':{'source_type':'ad','source_id':'1202','source_url':"
                  "'https://fb.example/x','headline':'Fale conosco','body':'Oferta','ctwa_clid':"
                  "'Aff..'}}");
    CHECK_JSON(e.origin, "{'kind':'ad','ad_id':'1202','headline':'Fale conosco'}");
}

TEST(a_post_that_was_shared_is_a_link_and_not_an_advertisement)
{
    struct channel_event e = event_of("'type':'text','text':{'body':'Oi'},'referral':{"
                                      "'source_id':'77','source_type':'post'}");

    CHECK_JSON(e.origin, "{'kind':'post','ref':'77'}");
    e = event_of("'type':'text','text':{'body':'Oi'}");
    CHECK_I64((int64_t)e.origin.len, 0);
    e = event_of("'type':'text','text':{'body':'Oi'},'referral':'x'");
    CHECK_I64((int64_t)e.origin.len, 0);
}

TEST(texts_are_cut_by_code_points_and_stay_text)
{
    struct buf body = { .arena = test_arena() };
    struct channel_event e;

    buf_add(&body, STR("'type':'text','text':{'body':'"));
    for (int i = 0; i < WHATSAPP_TEXT_MAX + 5; i++)
        buf_add(&body, STR("\xC3\xA7"));
    buf_add(&body, STR("'}"));
    e = event_of(str_cstr(test_arena(), buf_str(&body)));
    CHECK_I64((int64_t)str_code_points(e.text), WHATSAPP_TEXT_MAX);
    CHECK(str_is_utf8(e.text));
}
