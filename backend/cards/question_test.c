#include "cards/testing/play.h"

#define MENU                                                                                       \
    "{\"expect\":\"choice\",\"text\":\"Como posso ajudar?\",\"store\":\"flow.assunto\","           \
    "\"options\":[{\"id\":\"boleto\",\"label\":\"Boleto ou Pix\",\"value\":\"bill\","              \
    "\"synonyms\":[\"fatura\"]},{\"id\":\"vendas\",\"label\":\"Contratar\"}]"

TEST(a_choice_stores_the_options_value_and_leaves_by_it)
{
    struct play p = play("question", MENU "}");

    play_start(&p);
    CHECK_STR(play_did(&p), "ask Como posso ajudar? [1 Boleto ou Pix] [2 Contratar]");
    play_says(&p, "a fatura");
    CHECK_STR(play_left(&p), "opt:boleto");
    CHECK_STR(play_value(&p, "flow.assunto"), "bill");
    CHECK_STR(run_answered(&p.run, STR("card"))->option, "boleto");
    CHECK_STR(run_answered(&p.run, STR("card"))->label, "Boleto ou Pix");
}

TEST(an_option_without_a_value_stores_its_label)
{
    struct play p = play("question", MENU "}");

    play_start(&p);
    play_taps(&p, "vendas");
    CHECK_STR(play_left(&p), "opt:vendas");
    CHECK_STR(play_value(&p, "flow.assunto"), "Contratar");
}

TEST(words_that_fit_no_option_are_wrong_until_attempts_are_spent)
{
    struct play p = play("question", MENU ",\"attempts\":2}");

    play_start(&p);
    play_says(&p, "batata");
    CHECK_STR(play_left(&p), "");
    CHECK_I64(p.run.ask.attempts, 1);
    play_sends(&p, FORM_IMAGE, "file:1");
    CHECK_STR(play_left(&p), "exhausted");
}

TEST(the_first_message_answers_once_when_it_may)
{
    struct play p = play("question", MENU ",\"use_first_message\":true}");

    p.first_text = "quero a fatura";
    play_start(&p);
    CHECK_STR(play_left(&p), "opt:boleto");

    p = play("question", MENU ",\"use_first_message\":true}");
    p.first_text = "bom dia";
    play_start(&p);
    CHECK_STR(play_left(&p), "");
    CHECK_STR(play_did(&p), "ask Como posso ajudar? [1 Boleto ou Pix] [2 Contratar]");

    p = play("question", MENU "}");
    p.first_text = "fatura";
    play_start(&p);
    CHECK_STR(play_left(&p), "");
}

TEST(a_slip_of_the_finger_is_forgiven_only_where_it_may)
{
    struct play p = play("question", MENU "}");

    play_start(&p);
    play_says(&p, "contartar");
    CHECK_STR(play_left(&p), "opt:vendas");
    p = play("question", MENU ",\"fuzzy\":false}");
    play_start(&p);
    play_says(&p, "contartar");
    CHECK_STR(play_left(&p), "");
}

TEST(a_confirmation_stores_the_truth)
{
    struct play p = play("question", "{\"expect\":\"confirm\",\"text\":\"Tudo certo?\","
                                     "\"store\":\"flow.ok\",\"no_label\":\"Ainda não\"}");

    play_start(&p);
    CHECK_STR(play_did(&p), "ask Tudo certo? [1 Sim] [2 Ainda não]");
    play_says(&p, "ainda não");
    CHECK_STR(play_left(&p), "no");
    CHECK_STR(play_value(&p, "flow.ok"), "false");

    p = play("question", "{\"expect\":\"confirm\",\"text\":\"Tudo certo?\"}");
    play_start(&p);
    play_taps(&p, "yes");
    CHECK_STR(play_left(&p), "yes");
    CHECK_STR(run_answered(&p.run, STR("card"))->option, "yes");
}

TEST(an_awaited_answer_is_stored_in_its_normal_form)
{
    static const struct {
        const char *settings, *said, *value;
    } table[] = {
        { "\"validator\":\"cpf\"", "meu cpf é 529.982.247-25", "52998224725" },
        { "\"validator\":\"number\",\"min\":\"10\",\"max\":\"20\"", "R$ 15,50", "15.5" },
        { "\"validator\":\"number\",\"integer\":true", "12", "12" },
        { "\"validator\":\"date\",\"when\":\"future\"", "25/12", "2026-12-25" },
        { "\"validator\":\"name\",\"full\":true", "ana DE souza", "Ana de Souza" },
        { "\"validator\":\"phone\",\"default_ddd\":\"49\"", "99999-0000", "+5549999990000" },
        { "\"validator\":\"cep\"", "89801-001", "89801001" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play(
            "question", str_fmt(test_arena(),
                                "{\"expect\":\"await\",\"text\":\"Qual?\",\"store\":\"flow.x\",%s}",
                                table[i].settings)
                            .p);

        play_start(&p);
        play_says(&p, table[i].said);
        CHECK_STR(play_left(&p), "next");
        CHECK_STR(play_value(&p, "flow.x"), table[i].value);
        CHECK_STR(run_answered(&p.run, STR("card"))->value.text, table[i].value);
    }
}

TEST(limits_of_an_awaited_answer_hold)
{
    static const struct {
        const char *settings, *said;
    } table[] = {
        { "\"validator\":\"number\",\"min\":\"10\",\"max\":\"20\"", "21" },
        { "\"validator\":\"number\",\"integer\":true", "1,5" },
        { "\"validator\":\"date\",\"when\":\"past\"", "25/12/2026" },
        { "\"validator\":\"name\",\"full\":true", "ana" },
        { "\"validator\":\"phone\"", "99999-0000" },
        { "\"validator\":\"text\",\"max_length\":3", "abcd" },
        { "\"validator\":\"digits\",\"min_length\":4", "123" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play(
            "question", str_fmt(test_arena(),
                                "{\"expect\":\"await\",\"text\":\"Qual?\",\"store\":\"flow.x\",%s}",
                                table[i].settings)
                            .p);

        play_start(&p);
        play_says(&p, table[i].said);
        CHECK_STR(play_left(&p), "");
        CHECK_I64(p.run.ask.attempts, 1);
        CHECK_STR(play_value(&p, "flow.x"), "");
    }
}

TEST(a_picture_is_kept_as_a_file)
{
    struct play p = play("question", "{\"expect\":\"await\",\"text\":\"Foto?\","
                                     "\"validator\":\"image\",\"store\":\"flow.foto\"}");

    play_start(&p);
    play_sends(&p, FORM_IMAGE, "file:77");
    CHECK_STR(play_left(&p), "next");
    CHECK_STR(play_value(&p, "flow.foto"), "file:77");
}

TEST(a_sensitive_answer_stands_nowhere_but_in_its_seal)
{
    struct play p = play("question", "{\"expect\":\"await\",\"text\":\"Senha?\",\"validator\":"
                                     "\"text\",\"store\":\"flow.pin\",\"sensitive\":true}");
    struct buf text = { .arena = test_arena() };
    struct json_out o = { .buf = &text };

    play_start(&p);
    play_says(&p, "s3gr3d0");
    CHECK_STR(play_left(&p), "next");
    CHECK(str_starts(play_did(&p), STR("seal {")));
    run_write(&o, &p.run);
    CHECK(!str_has(buf_str(&text), STR("s3gr3d0")));
    CHECK(run_variable(&p.run, STR("flow.pin"))->is_sealed);
}

TEST(on_a_telephone_the_recording_speaks)
{
    struct play p = play("question", MENU ",\"audio\":\"file:55\"}");

    p.facts.channel = FLOW_TELEPHONY;
    play_start(&p);
    CHECK_STR(play_did(&p), "ask audio file:55 Como posso ajudar? [1 Boleto ou Pix] [2 Contratar]");
}

TEST(what_a_value_says_is_never_part_of_the_text)
{
    struct play p = play("question", "{\"expect\":\"confirm\",\"text\":\"Oi {{flow.x}}?\"}");
    struct run_variable x = { .name = STR("flow.x"),
                              .value = { VARIABLE_TEXT, STR("*{{contact.name}}*") } };

    p.run.variables = &x;
    p.run.variable_count = 1;
    play_start(&p);
    CHECK_STR(play_did(&p), "ask Oi *{{contact.name}}*? [1 Sim] [2 Não]");
    CHECK_I64((int64_t)play_message(&p)->content.literal_count, 1);
}

TEST(options_that_are_too_long_or_alike_are_told)
{
    static const struct {
        const char *settings, *expected;
    } table[] = {
        { MENU "}", "" },
        { "{\"expect\":\"choice\",\"text\":\"?\",\"options\":["
          "{\"id\":\"a\",\"label\":\"Um rótulo comprido demais aqui\"},"
          "{\"id\":\"b\",\"label\":\"Curto\",\"description\":"
          "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}]}",
          "L202 options a\nL202 options b" },
        { "{\"expect\":\"choice\",\"text\":\"?\",\"options\":[{\"id\":\"a\",\"label\":\"Vendas\"},"
          "{\"id\":\"b\",\"label\":\"VENDAS!\"}]}",
          "L204 options b" },
        { "{\"expect\":\"choice\",\"text\":\"?\",\"options\":[{\"id\":\"a\",\"label\":\"Vendas\"},"
          "{\"id\":\"b\",\"label\":\"1\"}]}",
          "L204 options b" },
        { "{\"expect\":\"choice\",\"text\":\"?\",\"options\":[{\"id\":\"a\",\"label\":\"Boleto\"},"
          "{\"id\":\"b\",\"label\":\"Boleto atrasado\"}]}",
          "L205 options b" },
        { "{\"expect\":\"choice\",\"text\":\"?\",\"options\":[{\"id\":\"a\",\"label\":\"2ª via\"},"
          "{\"id\":\"b\",\"label\":\"Vendas\"}]}",
          "L206 options a" },
        { "{\"expect\":\"choice\",\"text\":\"?\",\"options\":[{\"id\":\"a\",\"label\":\"5\"},"
          "{\"id\":\"b\",\"label\":\"10\"}]}",
          "" },
        { "{\"expect\":\"confirm\",\"text\":\"?\",\"yes_label\":\"Sim, com toda a certeza\"}",
          "L202 yes_label" },
        { "{\"expect\":\"await\",\"text\":\"Qual é a sua senha?\",\"validator\":\"text\"}",
          "L103 store\nL610 sensitive" },
        { "{\"expect\":\"await\",\"text\":\"Qual é a sua senha?\",\"validator\":\"text\","
          "\"store\":\"flow.x\",\"sensitive\":true}",
          "" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play("question", table[i].settings);

        CHECK_STR(play_lint(&p, 1u << FLOW_WEBCHAT), table[i].expected);
    }
}

TEST(what_no_telephone_can_answer_is_told)
{
    static const struct {
        const char *validator, *expected;
    } table[] = {
        { "cpf", "" },
        { "text", "" },
        { "audio", "" },
        { "image", "L211 validator" },
        { "name", "L211 validator" },
        { "location", "L211 validator" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p =
            play("question", str_fmt(test_arena(),
                                     "{\"expect\":\"await\",\"text\":\"?\",\"store\":\"flow.x\","
                                     "\"validator\":\"%s\"}",
                                     table[i].validator)
                                 .p);

        CHECK_STR(play_lint(&p, 1u << FLOW_TELEPHONY), table[i].expected);
        CHECK_STR(play_lint(&p, 1u << FLOW_WHATSAPP), "");
    }
}

TEST(more_options_than_a_network_shows_are_told)
{
    struct buf many = { .arena = test_arena() };
    struct play p;

    buf_add(&many, STR("{\"expect\":\"choice\",\"text\":\"?\",\"options\":["));
    for (int i = 0; i < 11; i++)
        buf_fmt(&many, "%s{\"id\":\"o%d\",\"label\":\"%c%c%c%c\"}", i > 0 ? "," : "", i, 'a' + i,
                'k' - i, 'a' + i, 'b' + i);
    buf_add(&many, STR("]}"));
    p = play("question", str_cstr(test_arena(), buf_str(&many)));
    CHECK_STR(play_lint(&p, 1u << FLOW_WEBCHAT), "");
    CHECK_STR(play_lint(&p, 1u << FLOW_WHATSAPP | 1u << FLOW_TELEPHONY),
              "L203 options\nL203 options");
}
