#include "domain/testing/chance.h"

#include "domain/contacts/contacts.h"
#include "pseudonyms.h"
#include "validators.h"

static struct str
told(struct pseudonyms *p, const char *text)
{
    return pseudonyms_text(p, str_of(text));
}

TEST(the_same_person_is_always_the_same_other)
{
    struct pseudonyms p = { .arena = test_arena() };

    pseudonyms_meet(&p, STR("Rita de Lima Souza"));
    CHECK_STR(told(&p, "Aqui é a RITA Lima Souza, da rua das Flores"),
              "Aqui é a Ana Exemplo, da rua das Flores");
    CHECK_STR(told(&p, "Obrigada, Rita! Irritada não."), "Obrigada, Ana! Irritada não.");
    pseudonyms_meet(&p, STR("rita lima"));
    pseudonyms_meet(&p, STR("José Álvares"));
    CHECK_STR(told(&p, "jose alvares e rita"), "Bia Modelo e Ana");
}

TEST(a_name_with_figures_in_it_is_a_name)
{
    struct pseudonyms p = { .arena = test_arena() };

    pseudonyms_meet(&p, STR("Rita 0ee01e15"));
    CHECK_STR(told(&p, "Rita 0ee01e15"), "Ana Exemplo");
}

TEST(what_is_set_beside_a_name_does_not_hide_it)
{
    struct pseudonyms p = { .arena = test_arena() };

    pseudonyms_meet(&p, STR("Rita\xf0\x9f\x8c\xbbLima 2"));
    pseudonyms_meet(&p, STR("João1985"));
    CHECK_STR(told(&p, "Rita Lima, e o joao"), "Ana, e o Bia");
    CHECK_STR(told(&p, "Rita\xf0\x9f\x8c\xbbLima"), "Ana");
}

TEST(numbers_that_tell_who_somebody_is_are_others_in_the_same_fashion)
{
    static const struct {
        const char *said, *told;
    } rows[] = {
        { "meu cpf é 111.444.777-35.", "meu cpf é 529.982.247-25." },
        { "11144477735 ou 111 444 777 35", "52998224725 ou 529 982 247 25" },
        { "(49) 98841-2076", "(49) 98000-0001" },
        { "ligue +55 49 98841-2076", "ligue +55 49 98000-0001" },
        { "contrato 0815162", "contrato 1111102" },
        { "CNPJ 12.ABC.345/01DE-35.", "CNPJ EX.000.002/0001-76." },
        { "é 12abc34501de35, ou 12.ABC.345/01DE-35", "é ex000002000176, ou EX.000.002/0001-76" },
        { "12 ABC 345 01DE 35", "EX 000 002 0001 76" },
        { "cnpj:12ABC34501DE35", "cnpj:EX000002000176" },
        { "12.ABC.345/01DE-36", "EX.000.003/0001-11" },
        { "bloco A12, apartamento 35, apartamentos12",
          "bloco A12, apartamento 35, apartamentos12" },
        { "nasci em 12/03/1985", "nasci em 01/01/1990" },
        { "dia 25/12/2026 às 14:30", "dia 25/12/2026 às 14:30" },
        { "2", "2" },
        { "opção 2, R$ 12.345,67", "opção 2, R$ 12.345,67" },
        { "é Rita.Lima@Rede.com.br.", "é pessoa1@exemplo.com.br." },
        { "rita.lima@rede.com.br", "pessoa1@exemplo.com.br" },
        { "", "" },
        { "👍 ok", "👍 ok" },
    };
    struct pseudonyms p = { .arena = test_arena() };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_STR(told(&p, rows[i].said), rows[i].told);
}

static bool
is_right(const char *validator, struct str text)
{
    static const struct validator_limits none;
    struct said said = { .form = FORM_TEXT, .text = text };
    struct valid valid;

    return validate(validators_find(str_of(validator)),
                    &(struct validator_call){ test_arena(), &said, &none, 20000 },
                    &valid) == VERDICT_VALID;
}

/* Any figures, now and then a right document. */
static struct str
draw_number(void)
{
    static const char *const right[] = { "11144477735",   "52998224725", "11222333000181",
                                         "5549988412076", "4933312222",  "12ABC34501DE35" };
    static const char lettered[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    struct buf b = { .arena = test_arena() };

    if (chance_in(40))
        return str_of(CHANCE_OF(right));
    if (chance_in(10)) {
        char check[2];

        for (int i = 0; i < CNPJ_LENGTH - 2; i++)
            buf_char(&b, lettered[chance_below(36)]);
        document_check_digits(buf_str(&b), check);
        buf_fmt(&b, "%c%d", check[0], chance_in(2) ? check[1] - '0' : (int)chance_below(10));
        return buf_str(&b);
    }
    for (int i = 5 + chance_below(10); i > 0; i--)
        buf_char(&b, (char)('0' + chance_below(10)));
    return buf_str(&b);
}

TEST(what_was_right_is_right_and_what_was_wrong_is_wrong)
{
    static const char *const kinds[] = { "cpf", "cnpj" };

    for (int i = 0; i < 500; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct pseudonyms p = { .arena = test_arena() };
        struct str real, made_up;

        chance_begin(i);
        real = draw_number();
        pseudonyms_text(&p, draw_number());
        made_up = pseudonyms_text(&p, real);
        for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
            chance_hold(is_right(kinds[k], real) == is_right(kinds[k], made_up),
                        "a document is a document");
        chance_hold(real.len == made_up.len, "as long as it was");
        chance_hold(str_eq(pseudonyms_text(&p, real), made_up), "the same is the same");
        arena_rewind(test_arena(), mark);
    }
}
