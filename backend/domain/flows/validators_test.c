#include "base/testing/testing.h"

#include "base/fold.h"
#include "validators.h"

/* A Thursday. */
#define TODAY "2026-11-26"

static struct said
text(const char *words)
{
    return (struct said){ .form = FORM_TEXT, .text = fold_clean(test_arena(), str_of(words)) };
}

/* The normal form, or what is wrong. */
static struct str
judged(const char *name, const struct said *said, const struct validator_limits *limits)
{
    static const char *const wrong[] = { "", "invalid", "several", "form" };
    struct validator_call call = { test_arena(), said, limits, 0 };
    const struct validator *validator = validators_find(str_of(name));
    struct valid out = { 0 };
    enum verdict verdict;

    CHECK(validator != NULL);
    CHECK(day_parse(STR(TODAY), &call.today));
    verdict = validate(validator, &call, &out);
    return verdict == VERDICT_VALID ? out.value : str_of(wrong[verdict]);
}

struct row {
    const char *typed, *normal;
};

static void
check_rows(const char *name, const struct validator_limits *limits, const struct row *rows,
           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct said said = text(rows[i].typed);

        CHECK_STR(judged(name, &said, limits), rows[i].normal);
    }
}
#define CHECK_ROWS(name, limits, rows)                                                             \
    check_rows((name), &(limits), (rows), sizeof(rows) / sizeof((rows)[0]))

static const struct validator_limits none;

TEST(names_are_written_as_people_write_theirs)
{
    static const struct row rows[] = {
        { "ana DE souza", "Ana de Souza" },
        { "meu nome é joão d'ávila", "João D'Ávila" },
        { "Me chamo: MARIA-CLARA dos santos", "Maria-Clara dos Santos" },
        { "sou a Bia", "Bia" },
        { "me chamo... sou a Bia", "Bia" },
        { "José", "José" },
        { "Ａｎａ", "Ana" },
        { "李小龍", "李小龍" },
        { "X", "invalid" },
        { "R2D2", "invalid" },
        { "ana@souza", "invalid" },
        { "- .", "invalid" },
    };
    static const struct row full[] = { { "Ana", "invalid" }, { "ana souza", "Ana Souza" } };

    CHECK_ROWS("name", none, rows);
    CHECK_ROWS("name", ((struct validator_limits){ .is_full_name = true }), full);
}

TEST(numbers_are_exact_decimals)
{
    static const struct row rows[] = {
        { "1234", "1234" },        { "1.234", "1234" },
        { "1.234,56", "1234.56" }, { "1234,56", "1234.56" },
        { "12.5", "12.5" },        { "1234.56", "1234.56" },
        { "R$ 1.500", "1500" },    { "10 reais", "10" },
        { "R$ 99,90", "99.9" },    { "três", "3" },
        { "vinte", "20" },         { "007", "7" },
        { "-3,50", "-3.5" },       { "-0", "0" },
        { "0,10", "0.1" },         { "1.234.567", "1234567" },
        { "1.23.456", "invalid" }, { "1234.567", "invalid" },
        { "1,2,3", "invalid" },    { ",5", "invalid" },
        { "5,", "invalid" },       { "5.", "invalid" },
        { "dez mil", "invalid" },  { "12 34", "invalid" },
        { "", "invalid" },         { "-", "invalid" },
        { "1e5", "invalid" },
    };
    static const struct row whole[] = { { "3", "3" },
                                        { "3,5", "invalid" },
                                        { "0", "invalid" },
                                        { "11", "invalid" },
                                        { "10,00", "10" } };

    CHECK_ROWS("number", none, rows);
    CHECK_ROWS("number",
               ((struct validator_limits){ .is_integer = true, .min = STR("1"), .max = STR("10") }),
               whole);
}

TEST(digits_keep_their_zeros)
{
    static const struct row rows[] = { { "00 12-34.5", "0012345" },
                                       { "12a", "invalid" },
                                       { "", "invalid" } };

    CHECK_ROWS("digits", none, rows);
}

TEST(documents_are_found_in_a_sentence_when_there_is_one)
{
    static const struct row cpf[] = {
        { "529.982.247-25", "52998224725" },
        { "meu cpf é 529.982.247-25.", "52998224725" },
        { "529 982 247 25", "52998224725" },
        { "52998224725 52998224725", "52998224725" },
        { "52998224725 ou 11144477735", "several" },
        { "529.982.247-24", "invalid" },
        { "111.111.111-11", "invalid" },
        { "9982224725", "invalid" },
        { "meu telefone é 49 99999-0000", "invalid" },
    };
    static const struct row cnpj[] = {
        { "11.222.333/0001-81", "11222333000181" },
        { "11222333000181", "11222333000181" },
        { "12.abc.345/01de-35", "12ABC34501DE35" },
        { "12abc34501de35", "12ABC34501DE35" },
        { "a empresa é 12.ABC.345/01DE-35, ok?", "12ABC34501DE35" },
        { "a empresa é 12ABC34501DE35", "invalid" },
        { "11.222.333/0001-80", "invalid" },
    };
    static const struct row either[] = {
        { "529.982.247-25", "52998224725" },
        { "11.222.333/0001-81", "11222333000181" },
        { "529.982.247-25 e 11.222.333/0001-81", "several" },
    };

    CHECK_ROWS("cpf", none, cpf);
    CHECK_ROWS("cnpj", none, cnpj);
    CHECK_ROWS("cpf_cnpj", none, either);
}

TEST(an_email_has_a_name_and_a_place)
{
    static const struct row rows[] = {
        { "Ana.Souza+boleto@Empresa.COM.br", "Ana.Souza+boleto@empresa.com.br" },
        { "é ana@x.co, tá?", "ana@x.co" },
        { "<ana@x.co>", "ana@x.co" },
        { "ana@x.co ou bia@x.co", "several" },
        { "ana@x", "invalid" },
        { "ana@@x.co", "invalid" },
        { "an..a@x.co", "invalid" },
        { ".ana@x.co", "invalid" },
        { "ana@-x.co", "invalid" },
        { "ana@x..co", "invalid" },
        { "ana@127.0.0.1", "invalid" },
        { "ana arroba x.co", "invalid" },
    };

    CHECK_ROWS("email", none, rows);
}

TEST(phones_are_known_however_they_are_written)
{
    static const struct row rows[] = {
        { "49 99999-0000", "+5549999990000" },
        { "(49) 9999-0000", "+5549999990000" }, /* before the ninth digit */
        { "+55 (49) 99999.0000", "+5549999990000" },
        { "5549999990000", "+5549999990000" },
        { "049 99999 0000", "+5549999990000" },
        { "0 15 49 99999-0000", "+5549999990000" },
        { "49 3322-0000", "+554933220000" },
        { "meu número: 49999990000 obrigado", "+5549999990000" },
        { "49 99999-0000 ou 48 99999-0000", "several" },
        { "49 99999-0000, ou 48 99999-0000", "several" },
        { "20 99999-0000", "invalid" }, /* no such area */
        { "99999-0000", "invalid" },
        { "+1 415 555 0100", "invalid" },
        { "49 1999-0000", "invalid" },
    };
    static const struct row local[] = { { "99999-0000", "+5549999990000" },
                                        { "3322 0000", "+554933220000" } };
    static const struct row abroad[] = { { "+1 415 555 0100", "+14155550100" },
                                         { "1 415 555 0100", "invalid" } };
    struct said contact = { .form = FORM_CONTACT, .phone = STR("+55 49 99999-0000") };

    CHECK_ROWS("phone", none, rows);
    CHECK_ROWS("phone", ((struct validator_limits){ .default_ddd = STR("49") }), local);
    CHECK_ROWS("phone", ((struct validator_limits){ .allows_international = true }), abroad);
    CHECK_STR(judged("phone", &contact, &none), "+5549999990000");
    contact.phone = STR(""); /* somebody else's */
    CHECK_STR(judged("phone", &contact, &none), "invalid");
}

TEST(days_are_said_in_many_ways_but_never_month_first)
{
    static const struct row rows[] = {
        { "25/12/2026", "2026-12-25" },
        { "25.12.26", "2026-12-25" },
        { "25-12-85", "1985-12-25" },
        { "25/12", "2026-12-25" },
        { "25 12 2026", "2026-12-25" },
        { "25122026", "2026-12-25" },
        { "2026-12-25", "2026-12-25" },
        { "20 de novembro de 2026", "2026-11-20" },
        { "dia 5 dez", "2026-12-05" },
        { "1º de maio", "2026-05-01" },
        { "hoje", TODAY },
        { "ontem", "2026-11-25" },
        { "anteontem", "2026-11-24" },
        { "amanhã", "2026-11-27" },
        { "depois de amanhã", "2026-11-28" },
        { "quinta", "2026-12-03" }, /* never today */
        { "sexta-feira", "2026-11-27" },
        { "na próxima segunda-feira", "2026-11-30" },
        { "29/02/2024", "2024-02-29" },
        { "29/02/2026", "invalid" },
        { "12/25/2026", "invalid" },
        { "31/04/2026", "invalid" },
        { "01/01/1899", "invalid" },
        { "01/01/2101", "invalid" },
        { "25/12/026", "invalid" },
        { "semana que vem", "invalid" },
        { "", "invalid" },
    };
    static const struct row past[] = { { "25/12", "2025-12-25" },
                                       { "26/11", TODAY },
                                       { "29/02", "2024-02-29" },
                                       { "25/12/2026", "invalid" },
                                       { "25/12/26", "invalid" } };
    static const struct row future[] = { { "25/11", "2027-11-25" },
                                         { "29/02", "2028-02-29" },
                                         { "25/12/85", "2085-12-25" },
                                         { "ontem", "invalid" } };
    static const struct row soon[] = { { "amanhã", "2026-11-27" },
                                       { "24/02/2027", "2027-02-24" },
                                       { "25/02/2027", "invalid" } };

    CHECK_ROWS("date", none, rows);
    CHECK_ROWS("date", ((struct validator_limits){ .when = WHEN_PAST }), past);
    CHECK_ROWS("date", ((struct validator_limits){ .when = WHEN_FUTURE }), future);
    CHECK_ROWS("date", ((struct validator_limits){ .min = STR("+0"), .max = STR("+90") }), soon);
}

TEST(hours_are_said_in_many_ways)
{
    static const struct row rows[] = {
        { "14:30", "14:30" },      { "14h30", "14:30" },
        { "14h", "14:00" },        { "14", "14:00" },
        { "às 8", "08:00" },       { "8 horas", "08:00" },
        { "meio-dia", "12:00" },   { "meia-noite", "00:00" },
        { "8 da noite", "20:00" }, { "2 e 15 da tarde", "14:15" },
        { "24:00", "invalid" },    { "12:60", "invalid" },
        { "agora", "invalid" },    { "14:30:10", "invalid" },
    };

    CHECK_ROWS("time", none, rows);
}

TEST(a_cep_has_eight_digits)
{
    static const struct row rows[] = {
        { "89801-000", "89801000" },         { "89.801-000", "89801000" },
        { "o cep é 89801000.", "89801000" }, { "00000-000", "invalid" },
        { "8980-100", "invalid" },           { "89801-000 ou 89802-000", "several" },
    };

    CHECK_ROWS("cep", none, rows);
}

TEST(a_place_is_sent_or_read_from_a_link)
{
    static const struct row rows[] = {
        { "-27.1004, -52.6152", "-27.100400,-52.615200" },
        { "https://www.google.com/maps?q=-27.1004,-52.6152&z=15", "-27.100400,-52.615200" },
        { "https://maps.example/@-27.1004567,-52.6152,15z", "-27.100456,-52.615200" },
        { "-127.1, 0", "invalid" },
        { "minha casa", "invalid" },
    };
    struct said sent = { .form = FORM_LOCATION, .lat_e6 = -27100400, .lng_e6 = 500000 };

    CHECK_ROWS("location", none, rows);
    CHECK_STR(judged("location", &sent, &none), "-27.100400,0.500000");
}

TEST(files_are_what_their_content_says)
{
    struct said file = { .form = FORM_IMAGE, .file = { STR("file:7"), STR("image/png"), 1000, 0 } };

    CHECK_STR(judged("image", &file, &none), "file:7");
    CHECK_STR(judged("document", &file, &none), "file:7");
    CHECK_STR(judged("document", &file, &(struct validator_limits){ .refuses_images = true }),
              "invalid");
    CHECK_STR(judged("text", &file, &none), "form");
    file.file.size_bytes = INT64_C(11) * 1024 * 1024;
    CHECK_STR(judged("image", &file, &none), "invalid");
    file = (struct said){ .form = FORM_DOCUMENT,
                          .file = { STR("file:8"), STR("application/pdf"), 1000, 0 } };
    CHECK_STR(judged("document", &file, &none), "file:8");
    CHECK_STR(judged("image", &file, &none), "invalid");
    file =
        (struct said){ .form = FORM_AUDIO, .file = { STR("file:9"), STR("audio/ogg"), 1000, 299 } };
    CHECK_STR(judged("audio", &file, &none), "file:9");
    file.file.duration_s = 301;
    CHECK_STR(judged("audio", &file, &none), "invalid");
}

TEST(a_normal_form_is_its_own)
{
    static const struct row rows[] = {
        { "name", "d'ávila DE souza" },
        { "number", "R$ 1.234,50" },
        { "cpf", "é 529.982.247-25" },
        { "cnpj", "12.abc.345/01de-35" },
        { "email", "A@B.CO" },
        { "phone", "(49) 9999-0000" },
        { "date", "5 dez" },
        { "time", "meio-dia" },
        { "cep", "89.801-000" },
        { "location", "-1.5,2" },
        { "digits", "0 0-1" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct said said = text(rows[i].normal);
        struct str once = judged(rows[i].typed, &said, &none);
        struct said again = { .form = FORM_TEXT, .text = once };

        CHECK_STR(judged(rows[i].typed, &again, &none), str_cstr(test_arena(), once));
    }
}

TEST(every_day_of_four_centuries_is_found_again)
{
    int64_t day, first = 0, last = 0;

    CHECK(day_parse(STR("1900-01-01"), &first) && day_parse(STR("2100-12-31"), &last));
    for (day = first; day <= last; day++) {
        struct arena_mark mark = arena_mark(test_arena());
        int64_t back;

        CHECK(day_parse(day_print(test_arena(), day), &back));
        CHECK_I64(back, day);
        arena_rewind(test_arena(), mark);
    }
}
