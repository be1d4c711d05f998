#include "base/testing/testing.h"

#include "crypto.h"
#include "fold.h"

#define UTF8_MANY 20000

static struct str
folded(const char *typed)
{
    return fold(test_arena(), str_of(typed));
}

static struct str
cleaned(const char *typed)
{
    return fold_clean(test_arena(), str_of(typed));
}

TEST(clean_text_is_what_was_said_without_what_cannot_be_seen)
{
    static const struct {
        const char *typed, *kept;
    } table[] = {
        { "", "" },
        { "Olá,  tudo bem? ", "Olá, tudo bem?" },
        { "a\r\nb\t\tc \n\n d", "a\nb c\nd" },
        { "e\xCC\x81", "\xC3\xA9" }, /* e and an accent are é */
        { "a\xE2\x80\x8B"
          "b\xE2\x80\xAE"
          "c\xEF\xBB\xBF",
          "abc" },                                        /* zero width, turned round, byte order */
        { "1\xEF\xB8\x8F\xE2\x83\xA3", "1\xE2\x83\xA3" }, /* a keycap without its selector */
        { "x\x01y\x7Fz", "xyz" },
        { "ok \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", "ok \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD" },
        { "bom\xFF dia", "bom" }, /* no UTF-8 from here on */
        { "a\xC2\xA0\xE3\x80\x80"
          "b",
          "a b" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_STR(cleaned(table[i].typed), table[i].kept);
}

TEST(folded_text_has_no_case_no_accent_and_plain_digits)
{
    static const struct {
        const char *typed, *same;
    } table[] = {
        { "BOLETO!", "boleto" },
        { "  Não,   SEI… ", "nao sei" },
        { "segunda-via", "segunda via" },
        { "1️⃣", "1" },
        { "①", "1" },
        { "🔟", "10" },
        { "2", "2" },
        { "4º", "4" },
        { "2ª via", "2 via" },
        { "2a via", "2 via" },
        { "30°", "30" },
        { "a 1 o", "a 1 o" },
        { "12ao", "12ao" },
        { "Straße", "strasse" },
        { "ÇÃO ﬁm", "cao fim" },
        { "👍🏽", "👍" },
        { "ok 👍!", "ok 👍" },
        { "R$ 1.500,00", "r 1 500 00" },
        { "...", "" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_STR(folded(table[i].typed), table[i].same);
}

TEST(a_plural_loses_its_s_in_words_of_five_letters_and_more)
{
    CHECK_STR(fold_stem(STR("boletos")), "boleto");
    CHECK_STR(fold_stem(STR("lapis")), "lapi");
    CHECK_STR(fold_stem(STR("mais")), "mais");
    CHECK_STR(fold_stem(STR("fatura")), "fatura");
}

TEST(limits_count_as_the_strictest_network_does)
{
    CHECK_I64((int64_t)fold_units((struct str){ 0 }), 0);
    CHECK_I64((int64_t)fold_first_units((struct str){ 0 }, 3).len, 0);
    CHECK_I64((int64_t)fold_units(STR("aé")), 2);
    CHECK_I64((int64_t)fold_units(STR("a👍")), 3);
    CHECK_STR(fold_first_units(STR("a👍b"), 2), "a");
    CHECK_STR(fold_first_units(STR("a👍b"), 3), "a👍");
    CHECK_STR(fold_first_units(STR("ab"), 9), "ab");
}

TEST(clean_text_ends_at_its_limit)
{
    struct buf long_text = { .arena = test_arena() };

    buf_add(&long_text, STR("é"));
    while (long_text.len < 9000)
        buf_add(&long_text, STR("👍"));
    CHECK_I64((int64_t)fold_units(fold_clean(test_arena(), buf_str(&long_text))),
              FOLD_CLEAN_MAX - 1);
    long_text = (struct buf){ .arena = test_arena() };
    while (long_text.len < 9000)
        buf_char(&long_text, 'x');
    CHECK_I64((int64_t)fold_clean(test_arena(), buf_str(&long_text)).len, FOLD_CLEAN_MAX);
}

/* Any code points, those most often that the rules speak of. */
static struct str
random_text(void)
{
    static const char *const favourites[] = { "1",  "o",        "a", " ", "º",   "ª", "°",
                                              "\n", "\xCC\x81", "é", "🔟", "️", "⃣",  "‍",
                                              "👍",  "🏽",     "İ", "ß", "ﷺ",   "½", "Ⅷ" };
    struct buf text = { .arena = test_arena() };
    unsigned char dice[64];

    crypto_random(dice, sizeof(dice));
    for (size_t i = 0; i < dice[63] % 20u; i++) {
        uint32_t point = (uint32_t)(dice[i] << 8 | dice[i + 20]) * (dice[i] % 3u + 1u);

        if (dice[i] % 2 == 0)
            buf_add(
                &text,
                str_of(favourites[dice[i + 40] % (sizeof(favourites) / sizeof(favourites[0]))]));
        else if (point >= 0x800 && (point < 0xD800 || point > 0xDFFF) && point < 0x10000)
            buf_fmt(&text, "%c%c%c", (char)(0xE0 | point >> 12), (char)(0x80 | (point >> 6 & 0x3F)),
                    (char)(0x80 | (point & 0x3F)));
        else
            buf_char(&text, (char)(' ' + dice[i] % 95));
    }
    return buf_str(&text);
}

/* A character of another kind takes the long way; what stood before it is the same by both. */
TEST(plain_ascii_is_folded_as_all_else_is)
{
    for (int i = 0; i < UTF8_MANY; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct buf text = { .arena = test_arena() };
        unsigned char dice[24];
        struct str long_way;

        crypto_random(dice, sizeof(dice));
        for (size_t k = 0; k < dice[23] % 23u; k++)
            buf_char(&text,
                     dice[k] % 4 == 0 ? "1a oA-2O"[dice[k] / 4 % 8] : (char)(' ' + dice[k] % 95));
        long_way = fold(test_arena(), str_fmt(test_arena(), "%.*s 👍", STR_ARG(buf_str(&text))));
        long_way.len -= strlen("👍");
        CHECK(str_eq(fold(test_arena(), buf_str(&text)), str_trim(long_way)));
        arena_rewind(test_arena(), mark);
    }
}

TEST(a_second_time_changes_nothing)
{
    for (int i = 0; i < UTF8_MANY; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct str text = random_text(), once = fold_clean(test_arena(), text),
                   same = fold(test_arena(), text);

        CHECK(str_eq(fold_clean(test_arena(), once), once));
        CHECK(str_eq(fold(test_arena(), same), same));
        CHECK(str_eq(fold(test_arena(), once), same));
        arena_rewind(test_arena(), mark);
    }
}
