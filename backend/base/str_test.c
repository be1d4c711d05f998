#include "base/testing/testing.h"

TEST(texts_are_equal_by_bytes_and_length)
{
    CHECK(str_eq(STR("a\0b"), STR("a\0b")));
    CHECK(!str_eq(STR("a\0b"), STR("a\0c")));
    CHECK(str_eq((struct str){ NULL, 0 }, STR("")));
    CHECK(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
    CHECK(!str_eq_nocase(STR("\xC3\x87"), STR("\xC3\xA7"))); /* Ç and ç: only ASCII folds */
}

TEST(parts_are_found)
{
    CHECK(str_starts(STR("ticket.closed"), STR("ticket.")));
    CHECK(!str_starts(STR("tick"), STR("ticket")));
    CHECK(str_ends(STR("a.sql"), STR(".sql")));
    CHECK(str_ends(STR("a"), STR("")));
    CHECK(!str_ends(STR("l"), STR(".sql")));
    CHECK(str_has(STR("abcdef"), STR("cde")));
    CHECK(str_has(STR("abc"), STR("")));
    CHECK(!str_has(STR(""), STR("a")));
    CHECK_I64(str_find(STR("abc"), 'c'), 2);
    CHECK_I64(str_find(STR(""), 'c'), -1);
}

TEST(trimming_takes_white_space_at_both_ends_only)
{
    CHECK_STR(str_trim(STR(" \t a b \r\n")), "a b");
    CHECK_STR(str_trim(STR(" \n ")), "");
    CHECK_STR(str_trim((struct str){ NULL, 0 }), "");
}

TEST(cutting_walks_through_a_list)
{
    struct str rest = STR("a,,b"), head;

    CHECK(str_cut(&rest, ',', &head));
    CHECK_STR(head, "a");
    CHECK(str_cut(&rest, ',', &head));
    CHECK_STR(head, "");
    CHECK(str_cut(&rest, ',', &head));
    CHECK_STR(head, "b");
    CHECK(!str_cut(&rest, ',', &head));
}

TEST(copies_live_in_the_arena)
{
    struct arena *a = test_arena();

    char text[] = "before";
    struct str copy = str_dup(a, str_of(text));

    text[0] = 'B';
    CHECK_STR(copy, "before");
    CHECK_I64((int64_t)str_dup(a, STR("x\0y")).len, 3);
    CHECK(str_dup(a, (struct str){ NULL, 0 }).p != NULL);
}

TEST(numbers_are_whole_and_never_overflow)
{
    static const struct {
        struct str text;
        bool good;
        int64_t value;
    } rows[] = {
        { STR_INIT("0"), true, 0 },
        { STR_INIT("-0"), true, 0 },
        { STR_INIT("007"), true, 7 },
        { STR_INIT("9223372036854775807"), true, INT64_MAX },
        { STR_INIT("-9223372036854775808"), true, INT64_MIN },
        { STR_INIT("9223372036854775808"), false, 0 },
        { STR_INIT("-9223372036854775809"), false, 0 },
        { STR_INIT("99999999999999999999999"), false, 0 },
        { STR_INIT(""), false, 0 },
        { STR_INIT("-"), false, 0 },
        { STR_INIT("+1"), false, 0 },
        { STR_INIT(" 1"), false, 0 },
        { STR_INIT("1 "), false, 0 },
        { STR_INIT("1.0"), false, 0 },
        { STR_INIT("0x1"), false, 0 },
        { STR_INIT("1\0"), false, 0 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t value = 0;

        CHECK(str_i64(rows[i].text, &value) == rows[i].good);
        if (rows[i].good)
            CHECK_I64(value, rows[i].value);
    }
}

TEST(utf8_is_strict)
{
    static const struct {
        struct str text;
        bool good;
    } rows[] = {
        { STR_INIT(""), true },
        { STR_INIT("plain text of more than eight bytes"), true },
        { STR_INIT("ol\xC3\xA1, a\xC3\xA7\xC3\xA3o"), true },
        { STR_INIT("\xE2\x82\xAC"), true },
        { STR_INIT("\xF0\x9F\x98\x80"), true },
        { STR_INIT("\xF4\x8F\xBF\xBF"), true },         /* U+10FFFF */
        { STR_INIT("\xED\x9F\xBF\xEE\x80\x80"), true }, /* either side of the surrogates */
        { STR_INIT("1234567\0"), false },
        { STR_INIT("12345678\0abcdefg"), false },
        { STR_INIT("\x80"), false },
        { STR_INIT("1234567\x80"), false },
        { STR_INIT("\xC0\x80"), false },
        { STR_INIT("\xC1\xBF"), false },
        { STR_INIT("\xC3"), false },
        { STR_INIT("\xC3("), false },
        { STR_INIT("\xE0\x9F\xBF"), false },
        { STR_INIT("\xE2\x82"), false },
        { STR_INIT("\xED\xA0\x80"), false }, /* U+D800 */
        { STR_INIT("\xED\xBF\xBF"), false }, /* U+DFFF */
        { STR_INIT("\xF0\x8F\xBF\xBF"), false },
        { STR_INIT("\xF0\x9F\x98"), false },
        { STR_INIT("\xF4\x90\x80\x80"), false },
        { STR_INIT("\xF5\x80\x80\x80"), false },
        { STR_INIT("\xFF"), false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK(str_is_utf8(rows[i].text) == rows[i].good);
    CHECK(str_is_utf8((struct str){ NULL, 0 }));
}

/* Against a decoder that does not share a line with ours: compute the value, then judge it. */
static bool
is_utf8_by_value(const unsigned char *p, size_t len)
{
    size_t i = 0;

    while (i < len) {
        static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
        size_t n = p[i] < 0x80   ? 1
                   : p[i] < 0xC0 ? 0
                   : p[i] < 0xE0 ? 2
                   : p[i] < 0xF0 ? 3
                   : p[i] < 0xF8 ? 4
                                 : 0;
        uint32_t v;

        if (n == 0 || p[i] == 0 || len - i < n)
            return false;
        v = n == 1 ? p[i] : p[i] & (0x7Fu >> n);
        for (size_t k = 1; k < n; k++) {
            if (p[i + k] >> 6 != 2)
                return false;
            v = v << 6 | (p[i + k] & 0x3Fu);
        }
        if (v < least[n] || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
            return false;
        i += n;
    }
    return true;
}

TEST(utf8_agrees_with_a_decoder_by_value_on_every_short_sequence)
{
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            static const unsigned char tails[] = { 0, 'a', 0x7F, 0x80, 0xBF, 0xC0 };

            for (size_t t = 0; t < sizeof(tails) * sizeof(tails); t++) {
                unsigned char text[4] = { (unsigned char)first, (unsigned char)second,
                                          tails[t / sizeof(tails)], tails[t % sizeof(tails)] };

                for (size_t len = 1; len <= 4; len++) {
                    struct str s = { (const char *)text, len };

                    if (str_is_utf8(s) != is_utf8_by_value(text, len))
                        CHECK_I64((int64_t)(first << 8 | second), -1);
                }
            }
        }
    }
}

TEST(limits_count_code_points)
{
    struct str s = STR("a\xC3\xA7\xE2\x82\xAC\xF0\x9F\x98\x80");

    CHECK_I64((int64_t)str_code_points(s), 4);
    CHECK_STR(str_first_code_points(s, 0), "");
    CHECK_STR(str_first_code_points(s, 2), "a\xC3\xA7");
    CHECK_STR(str_first_code_points(s, 3), "a\xC3\xA7\xE2\x82\xAC");
    CHECK_I64((int64_t)str_first_code_points(s, 99).len, (int64_t)s.len);
}

TEST(only_digits_of_a_telephone_remain)
{
    CHECK_STR(str_digits(test_arena(), STR("+55 (49) 99999-0000")), "5549999990000");
    CHECK_STR(str_digits(test_arena(), STR("none")), "");
}

TEST(text_is_lowered_and_formatted)
{
    struct arena *a = test_arena();

    CHECK_STR(str_lower(a, STR("AbC-\xC3\x87")), "abc-\xC3\x87");
    CHECK_STR(str_fmt(a, "%d of %s", 3, "four"), "3 of four");
    CHECK_STR(str_fmt(a, "%s", ""), "");
    CHECK_STR(str_of(str_cstr(a, STR("cut\0short"))), "cut");
}

TEST(a_buffer_grows_and_keeps_what_it_has)
{
    struct buf b = { .arena = test_arena() };
    struct str all;

    for (int i = 0; i < 5000; i++) {
        buf_fmt(&b, "%04d", i);
        buf_char(&b, ';');
        if (i % 100 == 0)
            arena_alloc(b.arena, 100); /* so that it has to move */
    }
    buf_add(&b, (struct str){ NULL, 0 });
    all = buf_str(&b);
    CHECK_I64((int64_t)all.len, 25000);
    for (int i = 0; i < 5000; i++) {
        int64_t n;

        CHECK(str_i64((struct str){ all.p + i * 5, 4 }, &n) && n == i);
    }
}
