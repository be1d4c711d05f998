#include "base/testing/testing.h"

#include "json.h"

#include <math.h>

static const struct json *
parsed(const char *text)
{
    const struct json *v = NULL;

    CHECK_OK(json_parse(test_arena(), str_of(text), &v));
    return v;
}

/* A text of n opening and n closing brackets. */
static struct str
nested(size_t n)
{
    struct buf b = { .arena = test_arena() };

    for (size_t i = 0; i < n; i++)
        buf_char(&b, '[');
    for (size_t i = 0; i < n; i++)
        buf_char(&b, ']');
    return buf_str(&b);
}

TEST(hostile_documents_are_refused_by_name)
{
    static const struct {
        struct str text;
        const char *slug;
    } rows[] = {
        { STR_INIT(""), "json_syntax" },
        { STR_INIT(" "), "json_syntax" },
        { STR_INIT("{"), "json_syntax" },
        { STR_INIT("{\"a\""), "json_syntax" },
        { STR_INIT("{\"a\":"), "json_syntax" },
        { STR_INIT("{\"a\":1,}"), "json_syntax" },
        { STR_INIT("{a:1}"), "json_syntax" },
        { STR_INIT("{1:1}"), "json_syntax" },
        { STR_INIT("{'a':1}"), "json_syntax" },
        { STR_INIT("['a']"), "json_syntax" },
        { STR_INIT("[1,]"), "json_syntax" },
        { STR_INIT("[,1]"), "json_syntax" },
        { STR_INIT("[1 2]"), "json_syntax" },
        { STR_INIT("[1]]"), "json_syntax" },
        { STR_INIT("[1] x"), "json_syntax" },
        { STR_INIT("[1]\0"), "json_syntax" },
        { STR_INIT("\xEF\xBB\xBF{}"), "json_syntax" }, /* byte order mark */
        { STR_INIT("// note\n{}"), "json_syntax" },
        { STR_INIT("/* note */{}"), "json_syntax" },
        { STR_INIT("NaN"), "json_syntax" },
        { STR_INIT("[NaN]"), "json_syntax" },
        { STR_INIT("Infinity"), "json_syntax" },
        { STR_INIT("-Infinity"), "json_syntax" },
        { STR_INIT("nul"), "json_syntax" },
        { STR_INIT("NULL"), "json_syntax" },
        { STR_INIT("True"), "json_syntax" },
        { STR_INIT("truex"), "json_syntax" },
        { STR_INIT("undefined"), "json_syntax" },
        { STR_INIT("01"), "json_syntax" },
        { STR_INIT("-01"), "json_syntax" },
        { STR_INIT("+1"), "json_syntax" },
        { STR_INIT("-"), "json_syntax" },
        { STR_INIT(".5"), "json_syntax" },
        { STR_INIT("5."), "json_syntax" },
        { STR_INIT("1e"), "json_syntax" },
        { STR_INIT("1e+"), "json_syntax" },
        { STR_INIT("1e5.5"), "json_syntax" },
        { STR_INIT("0x10"), "json_syntax" },
        { STR_INIT("1_000"), "json_syntax" },
        { STR_INIT("\"a"), "json_syntax" },
        { STR_INIT("\"\\"), "json_syntax" },
        { STR_INIT("\"\\x41\""), "json_syntax" },
        { STR_INIT("\"\\u12\""), "json_syntax" },
        { STR_INIT("\"\\u00g0\""), "json_syntax" },
        { STR_INIT("\"line\nend\""), "json_syntax" },
        { STR_INIT("\"tab\tin\""), "json_syntax" },
        { STR_INIT("\"\x1F\""), "json_syntax" },
        { STR_INIT("9223372036854775808"), "json_number" },
        { STR_INIT("-9223372036854775809"), "json_number" },
        { STR_INIT("[99999999999999999999]"), "json_number" },
        { STR_INIT("1e999"), "json_number" },
        { STR_INIT("{\"a\":[-1e999]}"), "json_number" },
        { STR_INIT("\"\\u0000\""), "json_nul" },
        { STR_INIT("{\"a\\u0000b\":1}"), "json_nul" },
        { STR_INIT("\"a\0b\""), "json_nul" },
        { STR_INIT("\"\xFF\""), "json_utf8" },
        { STR_INIT("\"\xC0\x80\""), "json_utf8" },
        { STR_INIT("\"\xED\xA0\x80\""), "json_utf8" },
        { STR_INIT("\"\xE2\x82\""), "json_utf8" },
        { STR_INIT("{\"\xFF\":1}"), "json_utf8" },
        { STR_INIT("\"\\ud800\""), "json_utf8" },
        { STR_INIT("\"\\udc00\""), "json_utf8" },
        { STR_INIT("\"\\ud800\\ud800\""), "json_utf8" },
        { STR_INIT("\"\\ud800x\""), "json_utf8" },
        { STR_INIT("\"\\ud800\\n\""), "json_utf8" },
        { STR_INIT("\"\\udc00\\ud800\""), "json_utf8" },
        { STR_INIT("{\"a\":1,\"a\":2}"), "json_duplicate_key" },
        { STR_INIT("{\"a\":1,\"\\u0061\":2}"), "json_duplicate_key" },
        { STR_INIT("{\"\":1,\"\":1}"), "json_duplicate_key" },
        { STR_INIT("[{\"a\":{\"b\":{}}},{\"c\":{\"b\":1},\"c\":0}]"), "json_duplicate_key" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct json *v;
        struct err e = json_parse(test_arena(), rows[i].text, &v);

        if (e.code != ERR_INVALID || !err_is(e, rows[i].slug))
            CHECK_STR(str_fmt(test_arena(), "%.*s is %s", STR_ARG(rows[i].text),
                              e.slug == NULL ? "accepted" : e.slug),
                      rows[i].slug);
    }
}

TEST(documents_of_every_shape_print_as_they_were)
{
    static const char *const rows[] = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "0.1",
        "-2.5e-10",
        "1e+300",
        "\"\"",
        "\"ol\xC3\xA1 \xF0\x9F\x98\x80\"",
        "\"\\\"\\\\\\n\\r\\t\\u0001\\u003c\\u2028\\u2029\"",
        "[]",
        "{}",
        "[[],{},[{}]]",
        "{\"b\":1,\"a\":[1,null,true,\"x\"],\"\":{\"c\":{}}}",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_STR(json_print(test_arena(), parsed(rows[i])), rows[i]);
}

TEST(white_space_around_and_escapes_within_are_read)
{
    CHECK_STR(json_print(test_arena(), parsed(" \r\n\t{ \"a\" : [ 1 , 2 ] } \n")), "{\"a\":[1,2]}");
    CHECK_STR(json_text(parsed("\"\\u00e1\\/\\ud83d\\uDE00\\b\\f\"")),
              "\xC3\xA1/\xF0\x9F\x98\x80\b\f");
    CHECK_STR(json_text(parsed(" \"x\" ")), "x");
    CHECK(json_kind(parsed(" 12 ")) == JSON_NUMBER);
}

TEST(depth_is_bounded)
{
    const struct json *v;
    struct buf b = { .arena = test_arena() };

    CHECK_OK(json_parse(test_arena(), nested(JSON_DEPTH_MAX), &v));
    CHECK_FAIL(json_parse(test_arena(), nested(JSON_DEPTH_MAX + 1), &v), ERR_INVALID, "json_depth");
    CHECK_FAIL(json_parse(test_arena(), nested(100000), &v), ERR_INVALID, "json_depth");

    /* siblings are no depth */
    buf_char(&b, '[');
    for (int i = 0; i < 1000; i++)
        buf_add(&b, STR("[{}],"));
    buf_add(&b, STR("0]"));
    CHECK_OK(json_parse(test_arena(), buf_str(&b), &v));
    CHECK_I64((int64_t)json_len(v), 1001);
}

TEST(text_need_not_end_with_a_nul)
{
    char *exact = arena_alloc(test_arena(), 3);
    const struct json *v;
    int64_t n;

    memcpy(exact, "123", 3);
    CHECK_OK(json_parse(test_arena(), (struct str){ exact, 3 }, &v));
    CHECK(json_i64(v, &n) && n == 123);
}

TEST(null_is_not_absent)
{
    const struct json *o = parsed("{\"a\":null,\"b\":[null]}");

    CHECK(json_kind(json_get(o, "a")) == JSON_NULL);
    CHECK(json_kind(json_get(o, "z")) == JSON_ABSENT);
    CHECK(json_kind(json_at(json_get(o, "b"), 0)) == JSON_NULL);
    CHECK(json_kind(json_at(json_get(o, "b"), 1)) == JSON_ABSENT);
    CHECK(json_get(o, "z") == NULL);
    CHECK_STR(json_print(test_arena(), json_get(o, "a")), "null");
}

TEST(readers_answer_neutrally_for_the_wrong_kind)
{
    const struct json *rows[] = { NULL, parsed("null"), parsed("[]"), parsed("{}"),
                                  parsed("true") };
    int64_t n;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK(json_text(rows[i]).p == NULL);
        CHECK(!json_i64(rows[i], &n));
        CHECK(json_double(rows[i]) == 0);
        CHECK(json_get(rows[i], "a") == NULL);
        CHECK(json_at(rows[i], 0) == NULL);
        CHECK_I64((int64_t)json_len(rows[i]), 0);
        CHECK(json_true(rows[i]) == (i == 4));
    }
    CHECK(!json_true(parsed("1")));
    CHECK(!json_true(parsed("\"true\"")));
}

TEST(whole_numbers_come_from_numbers_and_text)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        { "12", true, 12 },
        { "-0", true, 0 },
        { "12.0", true, 12 },
        { "1e3", true, 1000 },
        { "12.5", false, 0 },
        { "1e17", false, 0 },
        { "9223372036854775807", true, INT64_MAX },
        { "\"5511987654321\"", true, INT64_C(5511987654321) },
        { "\"9223372036854775808\"", false, 0 },
        { "\"12a\"", false, 0 },
        { "\"\"", false, 0 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t value = 0;

        CHECK(json_i64(parsed(rows[i].text), &value) == rows[i].good);
        CHECK_I64(value, rows[i].value);
    }
    CHECK(json_double(parsed("2.5")) == 2.5);
    CHECK(json_double(parsed("2")) == 2);
}

static void
note_key(struct str key, const struct json *v, void *arg)
{
    buf_add(arg, key);
    buf_add(arg, json_print(test_arena(), v));
}

TEST(members_are_visited_in_document_order)
{
    struct buf b = { .arena = test_arena() };

    json_each(parsed("{\"z\":1,\"a\":2,\"m\":null}"), note_key, &b);
    json_each(parsed("[1]"), note_key, &b);
    json_each(NULL, note_key, &b);
    CHECK_STR(buf_str(&b), "z1a2mnull");
}

struct body {
    int64_t id;
    int64_t number;
    bool flag;
    struct str name;
    struct json_strs tags;
    struct json_ids teams;
    const struct json *any;
};

static const struct json_field body_fields[] = {
    { "id", JSON_ID, .required = true, offsetof(struct body, id) },
    { "number", JSON_I64, .offset = offsetof(struct body, number) },
    { "flag", JSON_FLAG, .offset = offsetof(struct body, flag) },
    { "name", JSON_STR, .offset = offsetof(struct body, name), .max = 5 },
    { "tags", JSON_STRS, .offset = offsetof(struct body, tags), .max = 2 },
    { "teams", JSON_IDS, .offset = offsetof(struct body, teams) },
    { "any", JSON_ANY, .offset = offsetof(struct body, any) },
    { 0 },
};

TEST(a_table_fills_a_struct)
{
    struct body body = { 0 };

    CHECK_OK(
        json_read(test_arena(),
                  parsed("{\"id\":7,\"number\":-3,\"flag\":true,\"name\":\"a\xC3\xA7\xC3\xA3o!\","
                         "\"tags\":[\"x\",\"\"],\"teams\":[1,2,3],\"any\":{\"k\":[1]}}"),
                  body_fields, &body));
    CHECK_I64(body.id, 7);
    CHECK_I64(body.number, -3);
    CHECK(body.flag);
    CHECK_STR(body.name, "a\xC3\xA7\xC3\xA3o!");
    CHECK_I64((int64_t)body.tags.n, 2);
    CHECK_STR(body.tags.v[0], "x");
    CHECK_I64((int64_t)body.teams.n, 3);
    CHECK_I64(body.teams.v[2], 3);
    CHECK_STR(json_print(test_arena(), body.any), "{\"k\":[1]}");
}

TEST(absent_members_keep_their_defaults)
{
    struct body body = { .number = 5, .flag = true, .name = STR("old") };

    CHECK_OK(json_read(test_arena(), parsed("{\"id\":1,\"number\":null,\"any\":null}"), body_fields,
                       &body));
    CHECK_I64(body.number, 5);
    CHECK(body.flag);
    CHECK_STR(body.name, "old");
    CHECK(json_kind(body.any) == JSON_NULL);
}

TEST(bodies_that_break_the_table_name_the_member)
{
    static const struct {
        const char *text, *slug, *field;
    } rows[] = {
        { "{}", "required", "id" },
        { "{\"id\":null}", "required", "id" },
        { "{\"id\":1,\"nmae\":\"x\"}", "unknown_field", "nmae" },
        { "{\"id\":0}", "wrong_type", "id" },
        { "{\"id\":-1}", "wrong_type", "id" },
        { "{\"id\":\"1\"}", "wrong_type", "id" },
        { "{\"id\":1.5}", "wrong_type", "id" },
        { "{\"id\":1,\"flag\":1}", "wrong_type", "flag" },
        { "{\"id\":1,\"name\":7}", "wrong_type", "name" },
        { "{\"id\":1,\"name\":\"\xC3\xA7\xC3\xA7\xC3\xA7\xC3\xA7\xC3\xA7\"}", NULL, NULL },
        { "{\"id\":1,\"name\":\"123456\"}", "too_long", "name" },
        { "{\"id\":1,\"name\":\"a\\u0007\"}", "invalid_text", "name" },
        { "{\"id\":1,\"name\":\"a\\tb\\n\"}", NULL, NULL },
        { "{\"id\":1,\"tags\":[\"a\",\"b\",\"c\"]}", "too_many", "tags" },
        { "{\"id\":1,\"tags\":[1]}", "wrong_type", "tags" },
        { "{\"id\":1,\"tags\":\"a\"}", "wrong_type", "tags" },
        { "{\"id\":1,\"teams\":[0]}", "wrong_type", "teams" },
        { "{\"id\":1,\"teams\":[null]}", "wrong_type", "teams" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct body body = { 0 };
        struct err e = json_read(test_arena(), parsed(rows[i].text), body_fields, &body);

        if (rows[i].slug == NULL) {
            CHECK_OK(e);
        } else {
            CHECK_FAIL(e, ERR_INVALID, rows[i].slug);
            CHECK_STR(str_of(e.field), rows[i].field);
        }
    }
}

TEST(a_body_is_an_object)
{
    struct body body = { 0 };

    CHECK_FAIL(json_read(test_arena(), parsed("[]"), body_fields, &body), ERR_INVALID,
               "wrong_type");
    CHECK_FAIL(json_read(test_arena(), NULL, body_fields, &body), ERR_INVALID, "wrong_type");
}

TEST(the_tree_goes_with_its_arena)
{
    /* LeakSanitizer is the judge. */
    struct arena *a = arena_new(1024);
    const struct json *v;

    for (int i = 0; i < 3; i++) {
        CHECK_OK(
            json_parse(a, STR("{\"a\":[1,2.5,\"a text long enough to be on the heap\"]}"), &v));
        CHECK_FAIL(json_parse(a, STR("{\"a\":{},\"a\":[1]}"), &v), ERR_INVALID,
                   "json_duplicate_key");
        arena_reset(a);
    }
    arena_free(a);
}
