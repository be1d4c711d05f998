#include "base/testing/testing.h"
#include "domain/variables/variables_private.h"

/* A row for each thing a filter does; now is Wednesday, 4 March 2026, noon. */
static const struct {
    enum variable_type type;
    const char *value, *filters, *expected;
} cases[] = {
    { VARIABLE_TEXT, "", "|default:\"x\"", "x" },
    { VARIABLE_TEXT, "a", "|default:\"x\"", "a" },
    { VARIABLE_TEXT, "ação ñ ÷ š", "|upper", "AÇÃO Ñ ÷ Š" },
    { VARIABLE_TEXT, "ÁRVORE × Ž", "|lower", "árvore × ž" },
    { VARIABLE_TEXT, "你好 😀 ß", "|upper", "你好 😀 ß" },
    { VARIABLE_TEXT, "ana DE souza", "|title", "Ana de Souza" },
    { VARIABLE_TEXT, "ÉRICA d'ÁVILA-reis", "|title", "Érica D'Ávila-Reis" },
    { VARIABLE_TEXT, "de souza", "|title", "De Souza" },
    { VARIABLE_TEXT, "  Ana Souza ", "|first_name", "Ana" },
    { VARIABLE_TEXT, "Ana", "|first_name", "Ana" },
    { VARIABLE_TEXT, "  a b ", "|trim", "a b" },
    { VARIABLE_TEXT, "nº 12-3", "|digits", "123" },
    { VARIABLE_TEXT, "coração", "|truncate:\"7\"", "coração" },
    { VARIABLE_TEXT, "coração", "|truncate:\"6\"", "coraç…" },
    { VARIABLE_TEXT, "coração", "|truncate:\"0\"|default:\"-\"", "-" },
    { VARIABLE_DOCUMENT, "12345678909", "|mask", "•••.•••.••9-09" },
    { VARIABLE_PHONE, "5549988412076", "|mask", "+55 49 •••••-2076" },
    { VARIABLE_EMAIL, "marina@exemplo.com", "|mask", "m•••@exemplo.com" },
    { VARIABLE_TEXT, "segredo", "|mask", "•••redo" },
    { VARIABLE_TEXT, "abc", "|mask", "•••" },
    { VARIABLE_TEXT, "123.456.789-09", "|cpf", "123.456.789-09" },
    { VARIABLE_TEXT, "12345678909", "|cpf", "123.456.789-09" },
    { VARIABLE_TEXT, "123", "|cpf", "123" },
    { VARIABLE_TEXT, "12ABC34501DE35", "|cnpj", "12.ABC.345/01DE-35" },
    { VARIABLE_TEXT, "11222333000181", "|document", "11.222.333/0001-81" },
    { VARIABLE_TEXT, "12345678909", "|document", "123.456.789-09" },
    { VARIABLE_DOCUMENT, "12345678909", "", "123.456.789-09" },
    { VARIABLE_TEXT, "5549988412076", "|phone", "(49) 98841-2076" },
    { VARIABLE_PHONE, "554932220417", "", "(49) 3222-0417" },
    { VARIABLE_PHONE, "5491112345678", "", "+5491112345678" },
    { VARIABLE_PHONE, "+55 49 •••••-2076", "", "+55 49 •••••-2076" },
    { VARIABLE_DATE, "2026-12-25", "", "25/12/2026" },
    { VARIABLE_DATETIME, "2026-12-25T08:05:00", "", "25/12/2026 08:05" },
    { VARIABLE_DATETIME, "2026-12-05T08:05:00", "|date", "05/12/2026 08:05" },
    { VARIABLE_DATE, "2026-12-05", "|date:\"d/M/yy\"", "5/12/26" },
    { VARIABLE_DATETIME, "2026-12-05 08:05", "|date:\"dd.MM. HH:mm\"", "05.12. 08:05" },
    { VARIABLE_TEXT, "amanhã", "|date:\"dd/MM\"", "amanhã" },
    { VARIABLE_DATE, "2026-13-01", "", "2026-13-01" },
    { VARIABLE_DATETIME, "2026-12-05T08:05:00", "|time", "08:05" },
    { VARIABLE_TIME, "08:05:59", "", "08:05" },
    { VARIABLE_DATE, "1970-01-01", "|weekday", "quinta-feira" },
    { VARIABLE_DATE, "2024-02-29", "|weekday", "quinta-feira" },
    { VARIABLE_DATE, "1969-12-31", "|weekday", "quarta-feira" },
    { VARIABLE_DATETIME, "2026-03-04T13:00:00", "|relative", "hoje às 13:00" },
    { VARIABLE_DATETIME, "2026-03-05T08:00:00", "|relative", "amanhã às 08:00" },
    { VARIABLE_DATETIME, "2026-03-09T08:00:00", "|relative", "segunda-feira às 08:00" },
    { VARIABLE_DATETIME, "2026-03-10T08:00:00", "|relative", "terça-feira às 08:00" },
    { VARIABLE_DATETIME, "2026-03-11T08:00:00", "|relative", "11/03 às 08:00" },
    { VARIABLE_DATETIME, "2026-12-25T08:00:00", "|relative", "25/12 às 08:00" },
    { VARIABLE_DATETIME, "2026-03-03T08:00:00", "|relative", "03/03 às 08:00" },
    { VARIABLE_DATE, "2026-03-05", "|relative", "amanhã" },
    { VARIABLE_NUMBER, "1234.5", "", "1.234,5" },
    { VARIABLE_NUMBER, "1234.5", "|number:\"2\"", "1.234,50" },
    { VARIABLE_NUMBER, "-0.995", "|number:\"2\"", "-1,00" },
    { VARIABLE_NUMBER, "999999.5", "|number:\"0\"", "1.000.000" },
    { VARIABLE_NUMBER, "007", "", "7" },
    { VARIABLE_TEXT, "1.2.3", "|number:\"1\"", "1.2.3" },
    { VARIABLE_MONEY, "123450", "", "R$ 1.234,50" },
    { VARIABLE_MONEY, "5", "", "R$ 0,05" },
    { VARIABLE_MONEY, "-100", "", "-R$ 1,00" },
    { VARIABLE_NUMBER, "89.9", "|money", "R$ 89,90" },
    { VARIABLE_LIST, "Chapecó\nXanxerê", "", "Chapecó, Xanxerê" },
    { VARIABLE_LIST, "Chapecó\nXanxerê", "|join:\" e \"", "Chapecó e Xanxerê" },
    { VARIABLE_LIST, "a\n\nb\n", "|count", "2" },
    { VARIABLE_LIST, "a", "|count|plural:\"fatura\",\"faturas\"", "fatura" },
    { VARIABLE_LIST, "a\nb", "|count|plural:\"fatura\",\"faturas\"", "faturas" },
    { VARIABLE_DOCUMENT, "123A", "|spell", "1 2 3 A" },
    { VARIABLE_TEXT, "a b&c/ç", "|url", "a%20b%26c%2F%C3%A7" },
    { VARIABLE_TEXT, "diz \"oi\"\n", "|json", "diz \\\"oi\\\"\\n" },
    { VARIABLE_LOCATION, "-27.100400,-52.615000", "", "-27.100400,-52.615000" },
    { VARIABLE_BOOLEAN, "true", "", "sim" },
    { VARIABLE_BOOLEAN, "false", "", "não" },
};

static void
value_of_case(void *arg, struct str name, struct variable_value *out)
{
    (void)name;
    *out = *(struct variable_value *)arg;
}

TEST(a_filter_makes_of_a_value_what_its_row_says)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct variable_value value = { cases[i].type, str_of(cases[i].value) };
        struct variables_source source = { value_of_case, &value, STR("2026-03-04T12:00:00") };
        struct str text = str_fmt(test_arena(), "{{x.y%s}}", cases[i].filters);

        CHECK_STR(variables_render(test_arena(), text, &source).text, cases[i].expected);
    }
}

TEST(every_filter_has_a_row_here)
{
    for (const struct filter *f = filters; f->name != NULL; f++) {
        bool found = false;

        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            found =
                found || str_has(str_of(cases[i].filters), str_fmt(test_arena(), "|%s", f->name));
        CHECK(found);
    }
}

/* Whatever a value is, a filter finds something to say: no crash, and still a text. */
TEST(no_filter_stumbles_over_a_value_of_another_kind)
{
    static const char *const odd[] = { "",
                                       "-",
                                       "2026-",
                                       "2026-03-04T",
                                       ".",
                                       "•",
                                       "-.5",
                                       "99:99",
                                       "9999999999999999999999999999999999",
                                       "\n\n",
                                       "😀" };

    for (const struct filter *f = filters; f->name != NULL; f++)
        for (enum variable_type type = VARIABLE_TEXT; type < VARIABLE__COUNT; type++)
            for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
                struct filter_call call = { .arena = test_arena(),
                                            .now = STR("2026-03-04T12:00:00"),
                                            .arguments = { STR("2"), STR("3") },
                                            .argument_count = f->most };
                struct variable_value value = { type, str_of(odd[i]) };

                CHECK(str_is_utf8(filters_print(test_arena(), f->apply(&call, value))));
            }
}
