#include "cards/testing/play.h"

TEST(a_text_is_said_with_its_values)
{
    struct play p =
        play("send_message", "{\"text\":\"{{now.greeting}}, {{contact.first_name}}!\"}");

    p.facts.utc_offset_s = -3 * 3600;
    play_start(&p);
    CHECK_STR(play_did(&p), "send Boa tarde!");
    CHECK_STR(play_left(&p), "next");
}

TEST(a_text_of_nothing_is_not_said)
{
    struct play p = play("send_message", "{\"text\":\"{{flow.nada}}\"}");

    play_start(&p);
    CHECK_STR(play_did(&p), "");
    CHECK_STR(play_left(&p), "next");
}

TEST(a_recording_is_sent_with_what_it_says)
{
    struct play p = play("send_message", "{\"kind\":\"audio\",\"audio\":\"file:9\","
                                         "\"transcript\":\"Bem-vindo\",\"text\":\"nunca\"}");

    play_start(&p);
    CHECK_STR(play_did(&p), "send audio file:9 Bem-vindo");
}

TEST(a_file_is_sent_with_its_caption_and_name)
{
    struct play p = play("send_file", "{\"file\":\"file:9\",\"caption\":\"Tabela de "
                                      "{{now.weekday}}\",\"name\":\"tabela.pdf\"}");

    play_start(&p);
    CHECK_STR(play_did(&p), "send file file:9 (tabela.pdf) Tabela de quarta-feira");
    CHECK_STR(play_left(&p), "next");
    p = play("send_file", "{\"file\":\"file:9\"}");
    play_start(&p);
    CHECK_STR(play_did(&p), "send file file:9 ");
}

/* --- description ------------------------------------------------------------------ */

TEST(a_description_is_for_whoever_serves)
{
    struct play p = play("description", "{}");

    play_start(&p);
    CHECK_STR(play_did(&p), "ask Conte em poucas palavras como podemos ajudar.");
    play_says(&p, "Sem internet");
    CHECK_STR(play_left(&p), ""); /* perhaps there is more */
    play_says(&p, "desde ontem");
    play_rings(&p, p.run.ask.gather_token);
    CHECK_STR(play_did(&p), "describe {\"text\":\"Sem internet\\ndesde ontem\"}");
    CHECK_STR(play_left(&p), "next");
}

TEST(a_recording_describes_as_well_where_it_may)
{
    struct play p = play("description", "{}");

    play_start(&p);
    play_sends(&p, FORM_AUDIO, "file:9");
    CHECK_STR(play_did(&p), "describe {\"file\":\"file:9\"}");
    p = play("description", "{\"allow_audio\":false}");
    play_start(&p);
    play_sends(&p, FORM_AUDIO, "file:9");
    CHECK_I64(p.run.ask.attempts, 1);
}

TEST(who_sends_only_pictures_goes_on_without_a_description)
{
    struct play p = play_loose("description", "{\"attempts\":2}", "exhausted");

    play_start(&p);
    play_sends(&p, FORM_IMAGE, "file:9");
    play_sends(&p, FORM_IMAGE, "file:9");
    CHECK_STR(p.run.ended.reason, "finished");
    p = play("description", "{\"attempts\":1}");
    play_start(&p);
    play_sends(&p, FORM_IMAGE, "file:9");
    CHECK_STR(play_left(&p), "exhausted");
}

/* --- consent ---------------------------------------------------------------------- */

/* The wording that a yes is kept with. */
static struct str
hash_of(struct str did)
{
    struct str rest = did, part;
    ptrdiff_t at;

    while (!str_starts(rest, STR("wording_hash\":\"")))
        rest = (struct str){ rest.p + 1, rest.len - 1 };
    part = (struct str){ rest.p + 15, rest.len - 15 };
    at = str_find(part, '"');
    return (struct str){ part.p, (size_t)at };
}

TEST(a_yes_is_kept_with_its_words_and_not_asked_for_again)
{
    struct play p = play("consent", "{}");
    struct str did;

    play_start(&p);
    CHECK(str_has(play_did(&p), STR("[1 Sim, autorizo] [2 Não autorizo]")));
    CHECK_STR(str_of(play_message(&p)->purpose), "legal");
    play_says(&p, "pode ser"); /* not said by who reads a consent */
    CHECK_STR(play_left(&p), "");
    play_says(&p, "autorizo");
    CHECK_STR(play_left(&p), "accepted");
    did = play_did(&p);
    CHECK(
        str_starts(did, STR("consent {\"state\":\"opted_in\",\"kinds\":[\"messages\",\"data\"],")));
    CHECK(str_has(did, STR("\"message_id\":9")));

    p = play("consent", "{}");
    p.facts.consent.wording_hash = hash_of(did);
    p.facts.consent.at_us = p.now_us - 1;
    play_start(&p);
    CHECK_STR(play_left(&p), "accepted");
    CHECK_STR(play_did(&p), "");
}

TEST(other_words_other_kinds_or_an_old_yes_are_asked_again)
{
    static const char *const settings[] = {
        "{\"text\":\"Outra pergunta?\"}",
        "{\"kinds\":[\"messages\",\"data\",\"terms\"]}",
        "{\"ask_again_days\":30}",
    };
    struct play p = play("consent", "{}");
    struct str hash;

    play_start(&p);
    play_taps(&p, "yes");
    hash = hash_of(play_did(&p));
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        p = play("consent", settings[i]);
        p.facts.consent.wording_hash = hash;
        p.facts.consent.at_us = p.now_us - INT64_C(31) * 86400 * 1000000;
        play_start(&p);
        CHECK_STR(play_left(&p), "");
        CHECK(str_starts(play_did(&p), STR("ask ")));
    }
}

TEST(after_a_no_nothing_is_said_but_the_receipt)
{
    struct play p = play("consent", "{\"refused_tags\":[\"tag:5\"]}");

    play_start(&p);
    play_says(&p, "não autorizo");
    CHECK(str_starts(play_did(&p), STR("send Tudo bem. Não enviaremos mais mensagens por este "
                                       "canal. Se mudar de ideia, envie /desbloquear.\n"
                                       "consent {\"state\":\"opted_out\"")));
    CHECK_STR(str_of(play_message(&p)->purpose), "receipt");
    CHECK(str_has(play_did(&p), STR("\"tags\":[\"tag:5\"]")));
    CHECK_STR(p.run.ended.reason, "opted_out");
    CHECK_STR(play_left(&p), "");
}

TEST(a_call_needs_no_consent_to_be_answered)
{
    struct play p = play("consent", "{}");

    p.facts.channel = FLOW_TELEPHONY;
    play_start(&p);
    CHECK_STR(play_left(&p), "accepted");
    CHECK_STR(play_remarked(&p), "telephony");
}

/* --- survey ----------------------------------------------------------------------- */

TEST(a_score_is_given_by_number_name_or_stars)
{
    static const struct {
        const char *said, *left;
        int64_t score;
    } table[] = {
        { "5", "answered", 5 },   { "ótimo", "answered", 5 }, { "⭐⭐⭐⭐", "answered", 4 },
        { "***", "answered", 3 }, { "2", "low", 2 },          { "1️⃣", "low", 1 },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play("survey", "{}");

        p.facts.last_agent = STR("user:7");
        play_start(&p);
        CHECK_STR(play_did(&p), "survey {\"op\":\"open\",\"scope\":\"both\"}\n"
                                "ask De 1 a 5, que nota você dá para este atendimento? "
                                "[5 Ótimo] [4 Bom] [3 Regular] [2 Ruim] [1 Péssimo]");
        play_says(&p, table[i].said);
        CHECK_STR(play_left(&p), table[i].left);
        CHECK(str_has(play_did(&p),
                      str_fmt(test_arena(), "\"op\":\"answer\",\"scope\":\"both\",\"score\":%d,",
                              (int)table[i].score)));
        CHECK(str_ends(play_did(&p), STR("send Obrigado pela avaliação!")));
    }
}

TEST(a_score_out_of_the_scale_is_wrong)
{
    struct play p = play("survey", "{}");

    play_start(&p);
    play_says(&p, "6");
    CHECK_STR(play_left(&p), "");
    CHECK_I64(p.run.ask.attempts, 1);
    CHECK(str_starts(play_did(&p), STR("ask Não entendi.")));
    play_says(&p, "******");
    CHECK_STR(play_left(&p), "exhausted");
}

TEST(without_an_agent_a_score_is_the_companys)
{
    struct play p = play_loose("survey", "{\"scope\":\"agent\",\"order\":\"asc\"}", "low");

    play_start(&p);
    CHECK(str_starts(play_did(&p), STR("survey {\"op\":\"open\",\"scope\":\"company\"}")));
    CHECK(str_has(play_did(&p), STR("[1 Péssimo] [2 Ruim]")));
    play_says(&p, "1");
    CHECK_STR(play_left(&p), "answered"); /* a low score leads nowhere else */
}

TEST(a_comment_comes_after_a_score_that_is_kept_already)
{
    struct play p = play("survey", "{\"ask_comment\":true}");

    play_start(&p);
    play_says(&p, "4");
    CHECK(str_starts(play_did(&p), STR("survey {\"op\":\"answer\",\"scope\":\"company\","
                                       "\"score\":4,\"label\":\"Bom\"}")));
    CHECK(str_has(play_did(&p), STR("ask Quer contar o motivo? Escreva aqui ou responda não.")));
    play_says(&p, "demorou um pouco");
    CHECK(str_has(play_did(&p),
                  STR("\"score\":4,\"label\":\"Bom\",\"comment\":\"demorou um pouco\"")));
    CHECK_STR(play_left(&p), "answered");

    p = play("survey", "{\"ask_comment\":true}");
    play_start(&p);
    play_says(&p, "2");
    play_says(&p, "não");
    CHECK_STR(play_did(&p), "send Obrigado pela avaliação!");
    CHECK_STR(play_left(&p), "low");
}

TEST(who_gives_no_score_is_let_go)
{
    struct play p = play_loose("survey", "{}", "exhausted");

    play_start(&p);
    play_says(&p, "batata");
    play_says(&p, "batata");
    CHECK(str_has(play_did(&p), STR("Não consegui registrar sua nota.")));
    CHECK(str_has(play_did(&p), STR("close {")));
    CHECK_I64(p.run.state, RUN_ENDED);

    p = play_loose("survey", "{}", "silent");
    play_start(&p);
    p.now_us += INT64_C(3600) * 1000000;
    play_rings(&p, p.run.ask.expire_token);
    CHECK_I64(p.run.state, RUN_ENDED);
    CHECK_STR(p.run.ended.reason, "silent");
}

/* --- templates with answers ------------------------------------------------------- */

#define TEMPLATE                                                                                   \
    "{\"template\":\"template:3\",\"text\":\"Confirma?\",\"params\":[{\"name\":\"1\",\"value\":"   \
    "\"{{run.first_text}}\"}],\"options\":[{\"id\":\"ok\",\"label\":\"Confirmo\",\"value\":"       \
    "\"sim\"},{\"id\":\"no\",\"label\":\"Cancelar\"}]}"

TEST(a_template_is_sent_by_the_host_and_then_waits)
{
    struct play p = play("interactive_template", TEMPLATE);

    p.first_text = "oi \n\n  tudo";
    play_start(&p);
    CHECK(str_has(play_did(&p), STR("\"kind\":\"template\",\"action\":\"send\"")));
    CHECK(str_has(play_did(&p), STR("{\"template\":\"template:3\",\"params\":[{\"name\":\"1\","
                                    "\"value\":\"oi tudo\"}],\"options\":[\"ok\",\"no\"]}")));
    play_answers(&p, "ok", NULL);
    CHECK_STR(play_did(&p), ""); /* it is on their screen */
    CHECK_I64(p.run.state, RUN_ASKING);
    play_taps(&p, "ok");
    CHECK_STR(play_left(&p), "opt:ok");
    CHECK_STR(play_value(&p, "flow.template_option"), "sim");
}

TEST(the_file_of_a_template_goes_along)
{
    struct play p = play("interactive_template",
                         "{\"template\":\"template:3\",\"file\":\"file:ab\",\"options\":[{\"id\":"
                         "\"sim\",\"label\":\"Sim\",\"number\":1}]}");

    p.facts.channel = FLOW_WHATSAPP;
    play_start(&p);
    CHECK(str_has(play_did(&p), STR("\"file\":\"file:ab\"")));
}

TEST(another_answer_to_a_template_is_an_answer)
{
    struct play p = play("interactive_template", TEMPLATE);

    play_start(&p);
    play_answers(&p, "ok", NULL);
    play_says(&p, "quando vocês abrem?");
    CHECK_STR(play_left(&p), "other");
    CHECK_STR(play_value(&p, "flow.template_option"), "");
}

TEST(a_template_that_was_not_sent_has_a_way_out)
{
    struct play p = play("interactive_template", TEMPLATE);

    play_start(&p);
    play_answers(&p, "opted_out", NULL);
    CHECK_STR(play_left(&p), "failed");
    p = play("interactive_template", TEMPLATE);
    p.facts.channel = FLOW_TELEPHONY;
    play_start(&p);
    CHECK_STR(play_left(&p), "failed");
    CHECK_STR(play_remarked(&p), "telephony");
}

TEST(a_network_without_templates_gets_the_text)
{
    struct play p = play("interactive_template", TEMPLATE);

    p.facts.channel = FLOW_TELEGRAM;
    play_start(&p);
    CHECK_STR(play_did(&p), "ask Confirma? [1 Confirmo] [2 Cancelar]");
    play_says(&p, "2");
    CHECK_STR(play_left(&p), "opt:no");
}

TEST(a_template_may_speak_when_the_window_is_closed)
{
    struct play p = play("interactive_template", TEMPLATE);

    p.facts.window_ends_us = p.now_us - 1;
    play_start(&p);
    play_answers(&p, "ok", NULL);
    CHECK_I64(p.run.state, RUN_ASKING);
}
