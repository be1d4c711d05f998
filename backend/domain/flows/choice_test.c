#include "base/testing/testing.h"

#include "choice.h"

/* The menu that the rules are told by. */
static const struct str invoice[] = { STR_INIT("boleto"), STR_INIT("fatura"),
                                      STR_INIT("segunda via"), STR_INIT("pagar") };
static const struct str support[] = { STR_INIT("sem internet"), STR_INIT("internet lenta"),
                                      STR_INIT("suporte") };
static const struct str sales[] = { STR_INIT("vendas"), STR_INIT("plano"), STR_INIT("contratar") };
static const struct str person[] = { STR_INIT("atendente"), STR_INIT("humano") };
static const struct choice_option menu[] = {
    { STR_INIT("Boleto ou Pix"), invoice, 4, 1 },
    { STR_INIT("Estou sem internet"), support, 3, 2 },
    { STR_INIT("Contratar ou mudar plano"), sales, 3, 3 },
    { STR_INIT("Falar com atendente"), person, 2, 4 },
};
enum { MENU = sizeof(menu) / sizeof(menu[0]) };

static struct choice
chosen(const char *said)
{
    struct choice found = choice_exact(test_arena(), str_of(said), menu, MENU);

    return found.by != CHOICE_BY_NOTHING
               ? found
               : choice_lenient(test_arena(), str_of(said), menu, MENU, true);
}

TEST(the_first_rule_that_finds_an_option_decides)
{
    static const struct {
        const char *said;
        enum choice_by by;
        int number; /* 0: none */
    } table[] = {
        { "BOLETO!", CHOICE_BY_LABEL, 1 },
        { "estou sem internet", CHOICE_BY_LABEL, 2 },
        { "1️⃣", CHOICE_BY_NUMBER, 1 },
        { "①", CHOICE_BY_NUMBER, 1 },
        { "4º", CHOICE_BY_NUMBER, 4 },
        { "2 - Estou sem internet", CHOICE_BY_NUMBER, 2 },
        { "quero a 3 por favor", CHOICE_BY_SPOKEN, 3 },
        { "a segunda", CHOICE_BY_SPOKEN, 2 },
        { "opção quatro", CHOICE_BY_SPOKEN, 4 },
        { "12", CHOICE_BY_SPOKEN, 0 },
        { "0", CHOICE_BY_SPOKEN, 0 },
        { "estou sem", CHOICE_BY_START, 2 },
        { "quero pagar o boleto", CHOICE_BY_WORDS, 1 },
        { "dois boletos", CHOICE_BY_WORDS, 1 },
        { "estou sem internet desde ontem", CHOICE_BY_WORDS, 2 },
        { "não quero boleto", CHOICE_BY_NOTHING, 0 },
        { "tudo menos vendas", CHOICE_BY_NOTHING, 0 },
        { "bolteo", CHOICE_BY_LIKENESS, 1 },
        { "suprote", CHOICE_BY_LIKENESS, 2 },
        { "atendnete", CHOICE_BY_LIKENESS, 4 },
        { "coleto", CHOICE_BY_NOTHING, 0 }, /* another first letter */
        { "bom dia", CHOICE_BY_NOTHING, 0 },
        { "", CHOICE_BY_NOTHING, 0 },
        { "2026", CHOICE_BY_NOTHING, 0 },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct choice found = chosen(table[i].said);

        CHECK_STR(str_of(choice_by_names[found.by]), choice_by_names[table[i].by]);
        CHECK_I64(found.count, table[i].number == 0 ? 0 : 1);
        if (found.count == 1)
            CHECK_I64(menu[found.options[0]].number, table[i].number);
    }
}

TEST(two_that_fit_alike_are_both_named)
{
    struct choice found = chosen("boleto e plano");

    CHECK_I64(found.by, CHOICE_BY_WORDS);
    CHECK_I64(found.count, 2);
    CHECK_I64(found.options[0], 0);
    CHECK_I64(found.options[1], 2);
}

TEST(the_longer_phrase_wins_over_what_it_holds)
{
    static const struct choice_option options[] = { { STR_INIT("Internet"), NULL, 0, 1 },
                                                    { STR_INIT("Sem internet"), NULL, 0, 2 } };
    struct choice found =
        choice_lenient(test_arena(), STR("moro longe e fiquei sem internet"), options, 2, true);

    CHECK_I64(found.count, 1);
    CHECK_I64(found.options[0], 1);
}

TEST(options_called_by_numbers_mean_themselves)
{
    static const struct choice_option days[] = { { STR_INIT("5"), NULL, 0, 1 },
                                                 { STR_INIT("10"), NULL, 0, 2 },
                                                 { STR_INIT("1"), NULL, 0, 3 } };

    CHECK_I64(choice_exact(test_arena(), STR("5"), days, 3).options[0], 0);
    CHECK_I64(choice_exact(test_arena(), STR("1"), days, 3).options[0], 2);
    CHECK_I64(choice_exact(test_arena(), STR("2"), days, 3).options[0], 1);
}

TEST(without_fuzzy_a_slip_is_not_forgiven)
{
    CHECK_I64(choice_lenient(test_arena(), STR("bolteo"), menu, MENU, false).count, 0);
}

TEST(long_messages_are_no_choice)
{
    CHECK_I64(chosen("Olá, boa tarde, tudo bem com vocês? Eu recebi ontem uma carta e queria "
                     "entender por que a fatura "
                     "deste mês veio tão diferente da do mês passado")
                  .count,
              0);
}

TEST(whatever_an_option_is_called_its_number_finds_it)
{
    for (int i = 0; i < MENU; i++) {
        struct choice found =
            choice_exact(test_arena(), str_fmt(test_arena(), "%d", menu[i].number), menu, MENU);

        CHECK_I64(found.count, 1);
        CHECK_I64(found.options[0], i);
    }
}

TEST(yes_and_no_are_said_in_many_ways)
{
    static const struct {
        const char *said;
        enum answer answer, strict;
    } table[] = {
        { "Sim", ANSWER_YES, ANSWER_YES },
        { "sim, por favor", ANSWER_YES, ANSWER_NEITHER },
        { "👍🏽", ANSWER_YES, ANSWER_NEITHER },
        { "com certeza", ANSWER_YES, ANSWER_NEITHER },
        { "li e aceito", ANSWER_NEITHER, ANSWER_YES },
        { "ok", ANSWER_YES, ANSWER_NEITHER },
        { "1", ANSWER_YES, ANSWER_YES },
        { "Não, obrigado", ANSWER_NO, ANSWER_NEITHER },
        { "NÃO", ANSWER_NO, ANSWER_NO },
        { "não autorizo", ANSWER_NEITHER, ANSWER_NO },
        { "2", ANSWER_NO, ANSWER_NO },
        { "Bora", ANSWER_YES, ANSWER_YES }, /* the label itself */
        { "talvez", ANSWER_NEITHER, ANSWER_NEITHER },
        { "", ANSWER_NEITHER, ANSWER_NEITHER },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        CHECK_I64(
            choice_confirm(test_arena(), str_of(table[i].said), STR("Bora!"), STR("Deixa"), false),
            table[i].answer);
        CHECK_I64(
            choice_confirm(test_arena(), str_of(table[i].said), STR("Bora!"), STR("Deixa"), true),
            table[i].strict);
    }
}
