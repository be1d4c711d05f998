#include "documents.h"

#include "base/testing/testing.h"

static struct str
normal(const char *typed)
{
    struct str out = { 0 };

    return document_normalise(test_arena(), str_of(typed), &out) ? out : STR("(none)");
}

TEST(a_cpf_is_known_however_it_is_written_and_only_with_its_digits)
{
    CHECK_STR(normal("529.982.247-25"), "52998224725");
    CHECK_STR(normal("52998224725"), "52998224725");
    CHECK_STR(normal("529.982.247-26"), "(none)");
    CHECK_STR(normal("529.982.247-15"), "(none)");
    CHECK_STR(normal("111.111.111-11"), "(none)");
    CHECK_STR(normal("5299822472"), "(none)");
    CHECK_STR(normal("5299822472A"), "(none)");
    CHECK_STR(normal(""), "(none)");
}

TEST(a_cnpj_is_known_in_digits_and_in_letters)
{
    CHECK_STR(normal("11.222.333/0001-81"), "11222333000181");
    CHECK_STR(normal("11.222.333/0001-80"), "(none)");
    /* The example that the Receita Federal gives for the letters of 2026. */
    CHECK_STR(normal("12.ABC.345/01DE-35"), "12ABC34501DE35");
    CHECK_STR(normal("12.abc.345/01de-35"), "12ABC34501DE35");
    CHECK_STR(normal("12.ABC.345/01DE-3A"), "(none)");
    CHECK_STR(normal("12.ABD.345/01DE-35"), "(none)");
    CHECK_STR(normal("11.222.333/0001-811"), "(none)");
}

TEST(what_is_kept_is_printed_as_people_write_it_and_read_back)
{
    CHECK_STR(document_print(test_arena(), STR("52998224725")), "529.982.247-25");
    CHECK_STR(document_print(test_arena(), STR("12ABC34501DE35")), "12.ABC.345/01DE-35");
    CHECK_STR(document_print(test_arena(), STR("•••")), "•••");
}

/* Any stem makes a document that is taken, and no other pair of digits does. */
TEST(of_any_stem_exactly_one_pair_of_digits_is_right)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    uint32_t seed = 2026;

    for (int round = 0; round < 300; round++) {
        size_t n = round % 2 == 0 ? CPF_LENGTH - 2 : CNPJ_LENGTH - 2;
        char whole[CNPJ_LENGTH];
        int taken = 0;

        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            whole[i] = letters[(seed >> 16) % (n == CPF_LENGTH - 2 ? 10 : 36)];
        }
        for (int pair = 0; pair < 100; pair++) {
            struct str out;

            whole[n] = (char)('0' + pair / 10);
            whole[n + 1] = (char)('0' + pair % 10);
            if (!document_normalise(test_arena(), (struct str){ whole, n + 2 }, &out))
                continue;
            taken++;
            CHECK_STR(document_print(test_arena(), out).len > 0 ? out : STR(""),
                      str_cstr(test_arena(), (struct str){ whole, n + 2 }));
        }
        CHECK_I64(taken, 1);
    }
}
