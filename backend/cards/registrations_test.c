#include "cards/testing/play.h"

#define CPF "52998224725"
#define CNPJ "11222333000181"
#define ANA "{\"customer\":{\"id\":\"42\",\"document\":\"" CPF "\",\"name\":\"Ana Souza Exemplo\"}}"
#define TWO                                                                                        \
    "{\"customers\":[{\"id\":\"42\",\"document\":\"" CPF "\",\"name\":\"Ana Souza\"},"             \
    "{\"id\":\"43\",\"document\":\"" CPF "\",\"name\":\"Ana Lima\",\"contract\":\"7\"}]}"

static const struct str erp = STR_INIT("erp");
static struct fact_registration linked[] = {
    { STR_INIT("42"), STR_INIT("Ana Souza Exemplo"), STR_INIT(CPF), STR_INIT("customer"), false },
    { STR_INIT("50"), STR_INIT("Padaria do Zé Ltda de Chapecó"), STR_INIT(CNPJ),
      STR_INIT("customer"), true },
};

static struct play
with_erp(struct play p)
{
    p.facts.capabilities = &erp;
    p.facts.capability_count = 1;
    return p;
}

/* --- identify_customer ------------------------------------------------------------ */

TEST(a_document_is_looked_up_and_links_the_ticket)
{
    struct play p = with_erp(play("identify_customer", "{}"));

    play_start(&p);
    CHECK_STR(play_did(&p), "ask Para localizar seu cadastro, informe o CPF ou CNPJ do titular.");
    play_says(&p, "é 529.982.247-25");
    CHECK(str_has(play_did(&p), STR("\"kind\":\"erp\",\"action\":\"find_customer\",\"request\":"
                                    "{\"document\":\"" CPF "\"}")));
    CHECK(str_has(play_did(&p), STR("\"safe\":true")));
    play_answers(&p, "ok", ANA);
    CHECK_STR(play_did(&p), "link {\"op\":\"link\",\"level\":\"ticket\",\"customer\":\"42\","
                            "\"proof\":\"document\"}");
    CHECK_STR(play_left(&p), "found");
}

TEST(who_is_linked_is_not_asked_unless_always)
{
    struct play p = play("identify_customer", "{}");

    p.facts.customer = STR("42");
    play_start(&p);
    CHECK_STR(play_left(&p), "found");
    CHECK_STR(play_did(&p), "");
    p = play("identify_customer", "{\"always_ask\":true}");
    p.facts.customer = STR("42");
    play_start(&p);
    CHECK_STR(play_left(&p), "");
}

TEST(a_document_that_the_contact_has_already_needs_no_search)
{
    struct play p = play("identify_customer", "{}");

    p.facts.registrations = linked;
    p.facts.registration_count = 2;
    play_start(&p);
    play_says(&p, "11.222.333/0001-81");
    CHECK_STR(play_did(&p), "link {\"op\":\"link\",\"level\":\"ticket\",\"customer\":\"50\","
                            "\"proof\":\"document\"}");
    CHECK_STR(play_left(&p), "found");
}

TEST(the_account_is_asked_when_the_erp_knows_nobody_and_nobody_is_a_wrong_answer)
{
    struct play p = with_erp(play("identify_customer", "{\"attempts\":2}"));

    play_start(&p);
    play_says(&p, CPF);
    play_answers(&p, "not_found", NULL);
    CHECK(str_has(play_did(&p), STR("\"kind\":\"local\",\"action\":\"find_customer\"")));
    play_answers(&p, "ok", "{\"customers\":[]}");
    CHECK(str_starts(play_did(&p), STR("ask Não encontrei cadastro com esse documento.")));
    CHECK_I64(p.run.ask.attempts, 1);
    play_says(&p, CPF);
    play_answers(&p, "not_found", NULL);
    play_answers(&p, "not_found", NULL);
    CHECK_STR(play_left(&p), "exhausted");
}

TEST(a_system_that_cannot_say_is_an_error_and_no_attempt)
{
    struct play p = with_erp(play("identify_customer", "{}"));

    play_start(&p);
    play_says(&p, CPF);
    play_answers(&p, "timeout", NULL);
    play_answers(&p, "ok", "{}");
    CHECK_STR(play_left(&p), "error");

    p = play("identify_customer", "{\"source\":\"erp\"}");
    play_start(&p);
    play_says(&p, CPF);
    CHECK_STR(play_left(&p), "error"); /* there is no ERP */
    CHECK_STR(play_remarked(&p), "no_source");
}

TEST(an_answer_about_somebody_else_is_not_believed)
{
    struct play p = with_erp(play("identify_customer", "{\"source\":\"erp\"}"));

    play_start(&p);
    play_says(&p, CPF);
    play_answers(&p, "ok",
                 "{\"customer\":{\"id\":\"9\",\"document\":\"" CNPJ "\",\"name\":\"Outra\"}}");
    CHECK(!str_has(play_did(&p), STR("link")));
    CHECK_I64(p.run.ask.attempts, 1);
    play_says(&p, CPF);
    play_answers(&p, "ok",
                 "{\"customers\":[null,7,{\"id\":\"\"},{\"name\":\"x\"}],\"customer\":[]}");
    CHECK_I64(p.run.ask.attempts, 2);
}

TEST(one_of_several_is_chosen_by_first_name)
{
    struct play p = with_erp(play("identify_customer", "{}"));

    play_start(&p);
    play_says(&p, CPF);
    play_answers(&p, "ok", TWO);
    CHECK(
        str_starts(play_did(&p), STR("ask Encontrei mais de um cadastro. Qual deles? [1 Ana / ")));
    CHECK(!str_has(play_did(&p), STR("Lima")) && !str_has(play_did(&p), STR(CPF)));
    play_says(&p, "2");
    CHECK_STR(play_did(&p), "link {\"op\":\"link\",\"level\":\"ticket\",\"customer\":\"43\","
                            "\"proof\":\"document\",\"contract\":\"7\"}");
}

TEST(a_name_is_confirmed_by_its_first_alone)
{
    struct play p = with_erp(play("identify_customer", "{\"confirm_name\":true}"));

    play_start(&p);
    play_says(&p, CPF);
    play_answers(&p, "ok",
                 "{\"customer\":{\"id\":\"42\",\"document\":\"" CPF
                 "\",\"name\":\"*Ana* Souza\"}}");
    CHECK_STR(play_did(&p), "ask É o cadastro de *Ana*? [1 Sim] [2 Não]");
    CHECK_I64((int64_t)play_message(&p)->content.literal_count, 1);
    play_says(&p, "não");
    CHECK(str_starts(play_did(&p), STR("ask Não encontrei cadastro")));
    CHECK_I64(p.run.ask.attempts, 1);
    play_says(&p, CPF);
    play_answers(&p, "ok", ANA);
    play_says(&p, "sim");
    CHECK_STR(play_left(&p), "found");
}

TEST(a_sealed_answer_is_said_to_nobody)
{
    struct run_variable pin = { .name = STR("flow.pin"),
                                .value = { VARIABLE_TEXT, STR("12.1.1") },
                                .is_sealed = true };
    struct play p = play("identify_customer", "{\"prompt\":\"Documento? {{flow.pin}}\"}");

    p.run.variables = &pin;
    p.run.variable_count = 1;
    play_start(&p);
    CHECK_STR(play_did(&p), "ask Documento?");
}

TEST(only_documents_that_are_accepted_are_looked_up)
{
    struct play p = play("identify_customer", "{\"accept\":\"cnpj\"}");

    play_start(&p);
    play_says(&p, CPF);
    CHECK_I64(p.run.ask.attempts, 1);
    play_says(&p, CNPJ);
    CHECK(str_has(play_did(&p), STR("\"kind\":\"local\"")));
}

TEST(a_company_is_looked_up_by_its_letters_however_they_are_written)
{
    struct play p = play("identify_customer", "{}");

    play_start(&p);
    play_says(&p, "o CNPJ é 12.abc.345/01de-36");
    CHECK_I64(p.run.ask.attempts, 1);
    play_says(&p, "o CNPJ é 12.abc.345/01de-35");
    CHECK(str_has(play_did(&p), STR("{\"document\":\"12ABC34501DE35\"}")));
}

/* --- auto_link -------------------------------------------------------------------- */

static struct play
auto_link(const char *settings)
{
    struct play p = with_erp(play("auto_link", settings));

    p.facts.phone = STR("+5549999990000");
    play_start(&p);
    return p;
}

TEST(a_vouched_number_links_the_contact)
{
    struct play p = auto_link("{}");

    CHECK(str_has(play_did(&p), STR("\"action\":\"find_customer_by_phone\",\"request\":{\"phone\":"
                                    "\"+5549999990000\"}")));
    play_answers(&p, "ok", ANA);
    CHECK_STR(play_did(&p), "link {\"op\":\"link\",\"level\":\"contact\",\"customer\":\"42\","
                            "\"proof\":\"phone\"}");
    CHECK_STR(play_left(&p), "linked");
    CHECK_STR(p.run.customer.proof, "phone");
}

TEST(without_a_vouched_number_nobody_is_linked)
{
    struct play p = play("auto_link", "{}");

    play_start(&p);
    CHECK_STR(play_left(&p), "not_linked");
    CHECK_STR(play_remarked(&p), "no_phone");
    p = play("auto_link", "{}");
    p.facts.channel = FLOW_WEBCHAT;
    p.facts.phone = STR("+5549999990000");
    play_start(&p);
    CHECK_STR(play_left(&p), "not_linked");
}

TEST(several_numbers_are_asked_about_or_left)
{
    struct play p = auto_link("{}");

    play_answers(&p, "ok", TWO);
    CHECK(str_starts(play_did(&p), STR("ask Seu número está em mais de um cadastro. Qual deles?")));
    play_says(&p, "1");
    CHECK_STR(play_left(&p), "linked");
    CHECK_STR(p.run.customer.id, "42");

    p = auto_link("{\"on_many\":\"skip\"}");
    play_answers(&p, "ok", TWO);
    CHECK_STR(play_left(&p), "not_linked");
    CHECK_STR(play_remarked(&p), "many");
}

TEST(nobody_and_no_answer_leave_the_contact_alone)
{
    struct play p = auto_link("{\"source\":\"erp\"}");

    play_answers(&p, "not_found", NULL);
    CHECK_STR(play_left(&p), "not_linked");
    p = auto_link("{\"source\":\"erp\"}");
    play_answers(&p, "timeout", NULL);
    CHECK_STR(play_left(&p), "not_linked");
    CHECK_STR(play_remarked(&p), "unavailable");
}

/* --- pages ------------------------------------------------------------------------ */

TEST(many_are_shown_page_by_page_and_come_round_again)
{
    struct buf many = { .arena = test_arena() };
    struct play p = auto_link("{}");

    buf_add(&many, STR("{\"customers\":["));
    for (int i = 0; i < 25; i++)
        buf_fmt(&many, "%s{\"id\":\"%d\",\"name\":\"N%d\"}", i > 0 ? "," : "", 100 + i, i);
    buf_add(&many, STR("]}"));
    play_answers(&p, "ok", str_cstr(test_arena(), buf_str(&many)));
    CHECK(str_has(play_did(&p), STR("[9 N8] [10 Ver mais]")));
    play_says(&p, "ver mais");
    CHECK(str_has(play_did(&p), STR("[1 N9]")));
    play_says(&p, "10");
    CHECK(str_has(play_did(&p), STR("[1 N18] [2 N19] [3 Ver mais]"))); /* twenty are kept */
    play_says(&p, "3");
    CHECK(str_has(play_did(&p), STR("[1 N0]")));
    play_says(&p, "2");
    CHECK_STR(p.run.customer.id, "101");
    CHECK_I64(p.run.ask.attempts, 0);
}

/* --- account ---------------------------------------------------------------------- */

static struct play
account(const char *settings, size_t count)
{
    struct play p = with_erp(play("account", settings));

    p.facts.registrations = linked;
    p.facts.registration_count = count;
    p.facts.customer = linked[0].id;
    play_start(&p);
    return p;
}

TEST(another_account_becomes_the_current_one)
{
    struct play p = account("{\"op\":\"switch\"}", 2);

    CHECK(str_starts(play_did(&p), STR("ask Qual cadastro você quer usar agora? "
                                       "[1 Ana Souza Exemplo / ")));
    CHECK(str_has(play_did(&p), STR("[2 Padaria do Zé Ltda de C… / ")));
    CHECK(str_has(play_did(&p), STR("[3 Adicionar outra conta]")));
    play_says(&p, "2");
    CHECK_STR(play_did(&p), "link {\"op\":\"switch\",\"level\":\"ticket\",\"customer\":\"50\"}\n"
                            "send Pronto. Agora estamos falando da conta de Padaria.");
    CHECK_STR(play_left(&p), "done");
}

TEST(an_account_is_added_by_its_document)
{
    struct play p = account("{\"op\":\"add\"}", 1);

    CHECK_STR(play_did(&p), "ask Informe o CPF ou CNPJ da outra conta.");
    play_says(&p, CNPJ);
    play_answers(&p, "ok",
                 "{\"customer\":{\"id\":\"50\",\"document\":\"" CNPJ "\",\"name\":\"Padaria\"}}");
    CHECK(str_starts(play_did(&p), STR("link {\"op\":\"add\",\"level\":\"contact\",\"customer\":"
                                       "\"50\",\"proof\":\"document\"}\nsend Pronto.")));
    CHECK_STR(play_left(&p), "done");

    p = account("{\"op\":\"switch\"}", 1);
    play_says(&p, "adicionar outra conta");
    CHECK_STR(play_did(&p), "ask Informe o CPF ou CNPJ da outra conta.");
}

TEST(there_is_no_other_account_without_another_or_room)
{
    struct play p = account("{\"op\":\"switch\",\"offer_add\":false}", 1);

    CHECK_STR(play_left(&p), "none");
    p = account("{\"op\":\"add\",\"max_accounts\":2}", 2);
    CHECK_STR(play_left(&p), "none");
    p = account("{\"op\":\"switch\",\"max_accounts\":2}", 2);
    CHECK(!str_has(play_did(&p), STR("Adicionar")));
}

TEST(what_was_offered_is_what_is_chosen_though_links_change_meanwhile)
{
    struct play p = account("{\"op\":\"switch\"}", 2);
    struct fact_registration turned[] = { linked[1], linked[0] };

    p.facts.registrations = turned;
    play_says(&p, "1");
    CHECK(str_starts(play_did(&p),
                     STR("link {\"op\":\"switch\",\"level\":\"ticket\",\"customer\":\"42\"}")));

    p = account("{\"op\":\"switch\"}", 2);
    p.facts.registration_count = 1;
    play_says(&p, "2"); /* gone */
    CHECK_I64(p.run.ask.attempts, 1);
    CHECK(!str_has(play_did(&p), STR("link")));
}

TEST(an_unknown_account_is_a_wrong_answer_and_a_broken_search_an_error)
{
    struct play p = account("{\"op\":\"add\",\"source\":\"erp\"}", 1);

    play_says(&p, CNPJ);
    play_answers(&p, "not_found", NULL);
    CHECK_I64(p.run.ask.attempts, 1);
    play_says(&p, CNPJ);
    play_answers(&p, "tls", NULL);
    CHECK_STR(play_left(&p), "error");
}
