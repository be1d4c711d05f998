#include "base/testing/testing.h"

#include "json.h"

#include <math.h>

static struct str
text_as_json(struct str s)
{
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    json_put_str(&o, s);
    return buf_str(&b);
}

static struct str
double_as_json(double v)
{
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    json_put_double(&o, v);
    return buf_str(&b);
}

TEST(commas_come_by_themselves)
{
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_i64(&o, "id", 7);
    json_kv_str(&o, "name", STR("Ana"));
    json_key(&o, "list");
    json_open(&o, '[');
    json_put_i64(&o, 1);
    json_open(&o, '{');
    json_close(&o, '}');
    json_open(&o, '[');
    json_close(&o, ']');
    json_put_raw(&o, STR("{\"raw\":true}"));
    json_put_null(&o);
    json_close(&o, ']');
    json_kv_bool(&o, "open", false);
    json_kv_id(&o, "team", 0);
    json_kv_time(&o, "at", 1);
    json_kv_time(&o, "never", 0);
    json_close(&o, '}');
    CHECK_STR(buf_str(&b),
              "{\"id\":7,\"name\":\"Ana\",\"list\":[1,{},[],{\"raw\":true},null],\"open\":false,"
              "\"team\":null,\"at\":\"1970-01-01T00:00:00.000001Z\",\"never\":null}");
}

TEST(text_is_escaped_for_json_and_for_pages_around_it)
{
    static const struct {
        struct str text;
        const char *json;
    } rows[] = {
        { STR_INIT(""), "\"\"" },
        { STR_INIT("plain / text >"), "\"plain / text >\"" },
        { STR_INIT("\"\\"), "\"\\\"\\\\\"" },
        { STR_INIT("\n\r\t\b\f\x01\x1F\x7F"), "\"\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\x7F\"" },
        { STR_INIT("</script><!--"), "\"\\u003c/script>\\u003c!--\"" },
        { STR_INIT("\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA"), "\"\\u2028\\u2029\xE2\x80\xAA\"" },
        { STR_INIT("ol\xC3\xA1 \xF0\x9F\x98\x80"), "\"ol\xC3\xA1 \xF0\x9F\x98\x80\"" },
        { STR_INIT("a\0b"), "\"a\\ufffdb\"" },
        { STR_INIT("a\xFFz"), "\"a\\ufffdz\"" },
        { STR_INIT("\xC3"), "\"\\ufffd\"" },
        { STR_INIT("\xED\xA0\x80"), "\"\\ufffd\\ufffd\\ufffd\"" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_STR(text_as_json(rows[i].text), rows[i].json);
    CHECK_STR(text_as_json((struct str){ NULL, 0 }), "null");
}

TEST(whatever_is_written_can_be_read)
{
    char all[256];
    const struct json *v;

    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    CHECK_OK(json_parse(test_arena(), text_as_json((struct str){ all, sizeof(all) }), &v));
    CHECK(str_starts(json_text(v), STR("\xEF\xBF\xBD\x01\x02")));
}

TEST(numbers_print_exactly)
{
    static const struct {
        double v;
        const char *json;
    } rows[] = {
        { 0, "0" },
        { -0.0, "0" },
        { 0.1, "0.1" },
        { 1.0 / 3, "0.3333333333333333" },
        { -12.5, "-12.5" },
        { 1e300, "1e+300" },
        { 5e-324, "4.94065645841247e-324" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { NAN, "null" },
        { -INFINITY, "null" },
    };
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_STR(double_as_json(rows[i].v), rows[i].json);

    json_open(&o, '[');
    json_put_i64(&o, INT64_MIN);
    json_put_i64(&o, INT64_MAX);
    json_put_i64(&o, 0);
    json_close(&o, ']');
    CHECK_STR(buf_str(&b), "[-9223372036854775808,9223372036854775807,0]");
}
