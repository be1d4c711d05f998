#include "cards/testing/play.h"

#include "cards/decimals.h"

/* The request of the call that is under way. */
static const struct json *
request(const struct play *p)
{
    const struct json *json;

    CHECK_OK(json_parse(test_arena(), p->run.call.request, &json));
    return json;
}

/* Texts of parts, with what is hidden between < and >. */
static struct str
joined(const struct json *parts)
{
    struct buf b = { .arena = test_arena() };

    for (size_t i = 0; i < json_len(parts); i++) {
        const struct json *part = json_at(parts, i);

        if (json_kind(part) == JSON_TEXT)
            buf_add(&b, json_text(part));
        else
            buf_fmt(&b, "<%.*s>", STR_ARG(json_print(test_arena(), part)));
    }
    return buf_str(&b);
}

static struct run_variable hostile[] = {
    { .name = STR_INIT("flow.x"),
      .value = { VARIABLE_TEXT, STR_INIT("a\"b\\c/../d?e=f&g#h {{flow.n}} ç") } },
    { .name = STR_INIT("flow.n"), .value = { VARIABLE_NUMBER, STR_INIT("1234.5") } },
    { .name = STR_INIT("flow.dots"), .value = { VARIABLE_TEXT, STR_INIT("..") } },
    { .name = STR_INIT("flow.line"), .value = { VARIABLE_TEXT, STR_INIT("a\nX-Evil: 1") } },
    { .name = STR_INIT("flow.pin"),
      .value = { VARIABLE_TEXT, STR_INIT("12.1.1") },
      .is_sealed = true },
};

static struct play
asked(const char *settings)
{
    struct play p = play("http_request", settings);

    p.run.variables = hostile;
    p.run.variable_count = sizeof hostile / sizeof hostile[0];
    play_start(&p);
    return p;
}

#define URL "\"url\":\"https://api.exemplo.com/pedidos\""

TEST(a_request_says_all_that_the_host_needs)
{
    struct play p = asked("{\"method\":\"POST\"," URL ",\"query\":[{\"name\":\"q\",\"value\":"
                          "\"{{flow.n}}\"}],\"headers\":[{\"name\":\"X-A\",\"value\":\"1\"}],"
                          "\"body_kind\":\"json\",\"body\":\"{\\\"n\\\":{{flow.n}}}\"}");

    CHECK_STR(p.run.call.request,
              "{\"method\":\"POST\",\"url\":\"https://api.exemplo.com/pedidos?q=1234.5\","
              "\"headers\":[{\"name\":\"X-A\",\"value\":[\"1\"]},{\"name\":\"Content-Type\","
              "\"value\":[\"application/json\"]}],\"body\":[\"{\\\"n\\\":1234.5}\"],"
              "\"timeout_s\":10,\"retries\":0}");
    CHECK(!p.run.call.is_safe);
    CHECK(str_has(play_did(&p), STR("\"meanwhile\":\"Um momento, por favor.\"")));

    p = asked("{\"method\":\"POST\",\"idempotent\":true,\"retries\":2,\"timeout_s\":5," URL "}");
    CHECK(p.run.call.is_safe);
    CHECK_I64(p.run.call.deadline_s, 5 * 3 + 5);
    p = asked("{" URL "}");
    CHECK(p.run.call.is_safe);
}

TEST(a_value_is_never_more_than_a_value_in_an_address)
{
    static const struct {
        const char *url, *expected; /* "": refused */
    } table[] = {
        { "https://api.exemplo.com/p/{{flow.x}}/fim",
          "https://api.exemplo.com/p/"
          "a%22b%5Cc%2F..%2Fd%3Fe%3Df%26g%23h%20%7B%7Bflow.n%7D%7D%20%C3%A7/fim" },
        { "https://api.exemplo.com/p?q={{flow.n}}", "https://api.exemplo.com/p?q=1234.5" },
        { "https://api.exemplo.com/ação", "https://api.exemplo.com/a%C3%A7%C3%A3o" },
        { "https://api.exemplo.com/p/{{flow.dots}}/fim", "" },
        { "https://api.exemplo.com/../x", "" },
        { "http://api.exemplo.com/p", "" },
        { "https://{{flow.x}}/p", "" },
        { "https://api.exemplo.com:{{flow.n}}/p", "" },
        { "{{flow.x}}", "" },
        { "https://api.exemplo.com/{{secret.token}}", "" },
        { "https://api.exemplo.com/{{flow.pin}}", "" },
        { "https://api.exemplo.com/a b", "" },
        { "https://api.exemplo.com/a#b", "" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = asked(str_fmt(test_arena(), "{\"url\":\"%s\"}", table[i].url).p);

        if (table[i].expected[0] != '\0') {
            CHECK_STR(json_get_text(request(&p), "url"), table[i].expected);
        } else {
            CHECK_STR(play_left(&p), "failure");
            CHECK_STR(play_value(&p, "flow.http_error"), "blocked");
        }
    }
}

TEST(a_value_is_never_more_than_a_value_in_a_body)
{
    struct play p =
        asked("{\"method\":\"POST\"," URL ",\"body_kind\":\"json\",\"body\":"
              "\"{\\\"in\\\":\\\"<{{flow.x}}>\\\",\\\"bare\\\":{{flow.x}},\\\"n\\\":{{flow.n}},"
              "\\\"none\\\":{{flow.nada}},\\\"empty\\\":\\\"{{flow.nada}}\\\",\\\"q\\\":"
              "\\\"\\\\\\\"{{flow.n}}\\\"}\"}");
    const struct json *body;
    int64_t n;

    CHECK_OK(json_parse(test_arena(), joined(json_get(request(&p), "body")), &body));
    CHECK_STR(json_get_text(body, "in"), "<a\"b\\c/../d?e=f&g#h {{flow.n}} ç>");
    CHECK_STR(json_get_text(body, "bare"), "a\"b\\c/../d?e=f&g#h {{flow.n}} ç");
    CHECK_STR(json_print(test_arena(), json_get(body, "n")), "1234.5");
    CHECK(json_kind(json_get(body, "none")) == JSON_NULL);
    CHECK_STR(json_get_text(body, "empty"), "");
    CHECK_STR(json_get_text(body, "q"), "\"1234.5");
    CHECK(!json_i64(json_get(body, "evil"), &n));

    p = asked("{\"method\":\"POST\"," URL ",\"body_kind\":\"form\",\"body\":\"a={{flow.x}}&b=2\"}");
    CHECK_STR(joined(json_get(request(&p), "body")),
              "a=a%22b%5Cc%2F..%2Fd%3Fe%3Df%26g%23h%20%7B%7Bflow.n%7D%7D%20%C3%A7&b=2");
    p = asked("{\"method\":\"POST\"," URL ",\"body_kind\":\"text\",\"body\":\"x: {{flow.line}}\"}");
    CHECK_STR(joined(json_get(request(&p), "body")), "x: a\nX-Evil: 1");
}

TEST(a_header_of_two_lines_refuses_the_call)
{
    struct play p = asked("{" URL ",\"headers\":[{\"name\":\"X-A\",\"value\":\"{{flow.line}}\"}]}");

    CHECK_STR(play_left(&p), "failure");
    CHECK_STR(play_value(&p, "flow.http_error"), "blocked");
    p = asked("{" URL ",\"headers\":[{\"name\":\"X A\",\"value\":\"1\"}]}");
    CHECK_STR(play_left(&p), "failure");
    p = asked("{" URL ",\"headers\":[{\"name\":\"Host\",\"value\":\"interno\"}]}");
    CHECK_STR(play_left(&p), "failure");
}

TEST(secrets_and_sealed_answers_are_parts_that_the_host_fills_in)
{
    struct play p =
        asked("{\"method\":\"POST\"," URL ",\"headers\":[{\"name\":\"Authorization\",\"value\":"
              "\"Bearer {{secret.crm}}\"}],\"body_kind\":\"json\",\"body\":"
              "\"{\\\"pin\\\":\\\"{{flow.pin}}\\\",\\\"bare\\\":{{ flow.pin }},\\\"n\\\":"
              "{{flow.n}}}\"}");

    CHECK_STR(joined(json_get(json_at(json_get(request(&p), "headers"), 0), "value")),
              "Bearer <{\"secret\":\"crm\",\"as\":\"header\"}>");
    CHECK_STR(joined(json_get(request(&p), "body")),
              "{\"pin\":\"<{\"sealed\":\"12.1.1\",\"as\":\"json\"}>\",\"bare\":\""
              "<{\"sealed\":\"12.1.1\",\"as\":\"json\"}>\",\"n\":1234.5}");
}

/* --- answers ---------------------------------------------------------------------- */

#define MAP                                                                                        \
    URL ",\"map\":[{\"pointer\":\"/a/0/b~1c\",\"variable\":\"flow.t\"},"                           \
        "{\"pointer\":\"/n\",\"variable\":\"flow.num\",\"type\":\"number\"},"                      \
        "{\"pointer\":\"/v\",\"variable\":\"flow.money\",\"type\":\"money\"},"                     \
        "{\"pointer\":\"/when\",\"variable\":\"flow.when\",\"type\":\"datetime\"},"                \
        "{\"pointer\":\"/day\",\"variable\":\"flow.day\",\"type\":\"date\"},"                      \
        "{\"pointer\":\"/is\",\"variable\":\"flow.is\",\"type\":\"boolean\"},"                     \
        "{\"pointer\":\"/list\",\"variable\":\"flow.list\",\"type\":\"list\"},"                    \
        "{\"pointer\":\"/doc\",\"variable\":\"flow.doc\",\"type\":\"document\"},"                  \
        "{\"pointer\":\"/none\",\"variable\":\"flow.n\",\"type\":\"number\"}]"

TEST(an_answer_is_read_into_variables_of_their_types)
{
    struct play p = play("http_request", "{" MAP "}");

    p.facts.utc_offset_s = -3 * 3600;
    p.run.variables = hostile;
    p.run.variable_count = 2;
    play_start(&p);
    play_answers(&p, "ok",
                 "{\"status\":201,\"body\":\"{\\\"a\\\":[{\\\"b/c\\\":\\\" ol\\u00e1 \\\"}],"
                 "\\\"n\\\":1234.50,\\\"v\\\":99.9,\\\"when\\\":\\\"2026-03-04T01:30:00Z\\\","
                 "\\\"day\\\":\\\"2026-12-25T10:00:00\\\",\\\"is\\\":true,"
                 "\\\"list\\\":[\\\"x\\\",2,\\\"\\\"],\\\"doc\\\":\\\"529.982.247-25\\\"}\"}");
    CHECK_STR(play_left(&p), "success");
    CHECK_STR(play_value(&p, "flow.http_status"), "201");
    CHECK_STR(play_value(&p, "flow.http_error"), "");
    CHECK_STR(play_value(&p, "flow.t"), "olá");
    CHECK_STR(play_value(&p, "flow.num"), "1234.5");
    CHECK_STR(play_value(&p, "flow.money"), "9990");
    CHECK_STR(play_value(&p, "flow.when"), "2026-03-03T22:30:00");
    CHECK_STR(play_value(&p, "flow.day"), "2026-12-25");
    CHECK_STR(play_value(&p, "flow.is"), "true");
    CHECK_STR(play_value(&p, "flow.list"), "x\n2");
    CHECK_STR(play_value(&p, "flow.doc"), "52998224725");
    CHECK_STR(play_value(&p, "flow.n"), ""); /* missing clears */
}

TEST(what_does_not_fit_a_type_is_nothing)
{
    struct play p = play("http_request", "{" MAP "}");

    play_start(&p);
    play_answers(&p, "ok",
                 "{\"status\":200,\"body\":\"{\\\"a\\\":7,\\\"n\\\":\\\"muito\\\",\\\"v\\\":{},"
                 "\\\"when\\\":\\\"ontem\\\",\\\"day\\\":\\\"2026-02-30\\\",\\\"is\\\":\\\"sim\\\","
                 "\\\"list\\\":\\\"x\\\",\\\"doc\\\":\\\"1\\\"}\"}");
    CHECK_STR(play_left(&p), "success");
    for (size_t i = 0; i < p.run.variable_count; i++)
        if (!str_eq(p.run.variables[i].name, STR("flow.http_status")))
            CHECK_STR(p.run.variables[i].value.text, "");
}

TEST(a_failure_says_why)
{
    static const struct {
        const char *settings, *outcome, *data, *status, *error;
    } table[] = {
        { "{" URL "}", "dns", NULL, "", "dns" },
        { "{" URL "}", "refused", NULL, "", "refused" },
        { "{" URL "}", "tls", NULL, "", "tls" },
        { "{" URL "}", "blocked", NULL, "", "blocked" },
        { "{" URL "}", "unknown_result", NULL, "", "timeout" },
        { "{" URL "}", "ok", NULL, "", "timeout" },
        { "{" URL "}", "ok", "{\"status\":404,\"body\":\"\"}", "404", "status" },
        { "{" URL "}", "ok", "{\"status\":301,\"body\":\"\"}", "301", "status" },
        { "{" MAP "}", "ok", "{\"status\":200,\"body\":\"<html>\"}", "200", "body" },
        { "{" URL ",\"ok_when\":[{\"pointer\":\"/ok\",\"op\":\"eq\",\"value\":\"sim\"}]}", "ok",
          "{\"status\":200,\"body\":\"{\\\"ok\\\":false}\"}", "200", "body" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play("http_request", table[i].settings);

        play_start(&p);
        play_answers(&p, table[i].outcome, table[i].data);
        CHECK_STR(play_left(&p), "failure");
        CHECK_STR(play_value(&p, "flow.http_status"), table[i].status);
        CHECK_STR(play_value(&p, "flow.http_error"), table[i].error);
    }
}

TEST(it_went_well_when_all_that_was_wanted_holds)
{
    static const struct {
        const char *body;
        bool went_well;
    } table[] = {
        { "{\\\"ok\\\":true,\\\"n\\\":3}", true },
        { "{\\\"ok\\\":true,\\\"n\\\":2}", false },
        { "{\\\"ok\\\":true}", false },
        { "{\\\"ok\\\":\\\"true\\\",\\\"n\\\":\\\"10\\\"}", true },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play("http_request",
                             "{" URL ",\"ok_when\":[{\"pointer\":\"/ok\",\"op\":\"eq\",\"value\":"
                             "\"true\"},{\"pointer\":\"/n\",\"op\":\"gt\",\"value\":\"2\"}]}");

        play_start(&p);
        play_answers(&p, "ok",
                     str_fmt(test_arena(), "{\"status\":200,\"body\":\"%s\"}", table[i].body).p);
        CHECK_STR(play_left(&p), table[i].went_well ? "success" : "failure");
    }
}

/* --- what a colleague says -------------------------------------------------------- */

TEST(addresses_passwords_and_repetition_are_told)
{
    static const struct {
        const char *settings, *expected;
    } table[] = {
        { "{" URL "}", "" },
        { "{\"url\":\"https://api.exemplo.com:8443/p/{{flow.x}}?a={{flow.n}}\"}", "" },
        { "{\"url\":\"http://api.exemplo.com/p\"}", "L601 url" },
        { "{\"url\":\"https://{{flow.x}}.exemplo.com/p\"}", "L601 url" },
        { "{\"url\":\"https://10.0.0.1/p\"}", "L601 url" },
        { "{\"url\":\"https://[::1]/p\"}", "L601 url" },
        { "{\"url\":\"https://0x7f000001/p\"}", "L601 url" },
        { "{\"url\":\"https://2130706433/p\"}", "L601 url" },
        { "{\"url\":\"https://localhost/p\"}", "L601 url" },
        { "{\"url\":\"https://erp.internal/p\"}", "L601 url" },
        { "{\"url\":\"https://api.exemplo.com./p\"}", "" },
        { "{\"url\":\"https://eu:senha@api.exemplo.com/p\"}", "L602 url" },
        { "{\"url\":\"https://api.exemplo.com/p?k=aK3jfP0sLq9ZmX2vBn7tRw\"}", "L602 url" },
        { "{\"url\":\"https://api.exemplo.com/consulta_de_pedidos_por_numero\"}", "" },
        { "{" URL ",\"headers\":[{\"name\":\"Authorization\",\"value\":"
          "\"Bearer aK3jfP0sLq9ZmX2vBn7tRw\"}]}",
          "L602 headers" },
        { "{" URL ",\"headers\":[{\"name\":\"Authorization\",\"value\":"
          "\"Bearer {{secret.token_do_sistema_novo_2}}\"}]}",
          "" },
        { "{" URL ",\"query\":[{\"name\":\"apikey\",\"value\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}]}",
          "L602 query" },
        { "{\"method\":\"POST\"," URL ",\"body_kind\":\"json\",\"body\":"
          "\"{\\\"t\\\":\\\"aK3jfP0sLq9ZmX2vBn7tRw\\\"}\"}",
          "L602 body\nL603 retries" },
        { "{\"method\":\"POST\"," URL ",\"retries\":0}", "" },
        { "{\"method\":\"POST\"," URL ",\"idempotent\":true}", "" },
        { "{" URL ",\"headers\":[{\"name\":\"Connection\",\"value\":\"close\"}]}", "L103 headers" },
        { "{" URL ",\"map\":[{\"pointer\":\"status\",\"variable\":\"flow.x\"}]}", "L103 map" },
        { "{" URL ",\"map\":[{\"pointer\":\"/a~2\",\"variable\":\"flow.x\"}]}", "L103 map" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play("http_request", table[i].settings);

        if (!str_eq(play_lint(&p, 1), str_of(table[i].expected)))
            CHECK_STR(play_lint(&p, 1), table[i].settings); /* says which */
    }
}

/* --- pointers and decimals -------------------------------------------------------- */

/* The examples of RFC 6901. */
TEST(a_pointer_finds_what_the_standard_says)
{
    static const struct {
        const char *pointer, *found; /* NULL: nothing */
    } table[] = {
        { "/foo/0", "\"bar\"" }, { "/", "0" },     { "/a~1b", "1" },    { "/c%d", "2" },
        { "/e^f", "3" },         { "/g|h", "4" },  { "/i\\j", "5" },    { "/k\"l", "6" },
        { "/ ", "7" },           { "/m~0n", "8" }, { "/foo/01", NULL }, { "/foo/-", NULL },
        { "/foo/2", NULL },      { "foo", NULL },  { "/~", NULL },      { "/foo/0/x", NULL },
        { "/foo/", NULL },
    };
    const struct json *document;

    CHECK_OK(json_parse(test_arena(),
                        STR("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,"
                            "\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}"),
                        &document));
    CHECK(json_pointer(test_arena(), document, STR("")) == document);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct json *found = json_pointer(test_arena(), document, str_of(table[i].pointer));

        if (table[i].found == NULL)
            CHECK(found == NULL);
        else
            CHECK_STR(json_print(test_arena(), found), table[i].found);
    }
}

TEST(decimals_are_added_exactly)
{
    static const struct {
        const char *a, *b, *sum;
        int order;
    } table[] = {
        { "0.1", "0.2", "0.3", -1 },
        { "-0.1", "0.2", "0.1", -1 },
        { "1", "-1.5", "-0.5", 1 },
        { "-1", "1.5", "0.5", -1 },
        { "999999999999999.9999999999", "0.0000000001", "1000000000000000", 1 },
        { "-2", "-3", "-5", 1 },
        { "5", "5.0", "10", 0 },
    };
    struct decimal a, b;

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        CHECK(decimal_read(str_of(table[i].a), &a) && decimal_read(str_of(table[i].b), &b));
        CHECK_STR(decimal_print(test_arena(), decimal_add(a, b)), table[i].sum);
        CHECK_I64(decimal_compare(a, b), table[i].order);
    }
    CHECK(!decimal_read(STR(""), &a) && !decimal_read(STR("-"), &a) &&
          !decimal_read(STR("1."), &a) && !decimal_read(STR("1e5"), &a) &&
          !decimal_read(STR("1.2.3"), &a) && !decimal_read(STR("1234567890123456"), &a));
}
