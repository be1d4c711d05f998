/*
 * Any bytes through the JSON reader, the field tables and the writer. Beyond not
 * crashing: json-c builds whatever our scanner lets pass, and what was read prints
 * as something that reads and prints the same.
 */
#include "base/json.h"
#include "base/json_scan.h"

struct body {
    int64_t id;
    bool flag;
    struct str name;
    struct json_strs tags;
    struct json_ids teams;
    const struct json *any;
};

static const struct json_field fields[] = {
    { "id", JSON_ID, .offset = offsetof(struct body, id) },
    { "flag", JSON_FLAG, .offset = offsetof(struct body, flag) },
    { "name", JSON_STR, .offset = offsetof(struct body, name) },
    { "tags", JSON_STRS, .offset = offsetof(struct body, tags), .max = 5 },
    { "teams", JSON_IDS, .offset = offsetof(struct body, teams), .max = 5 },
    { "any", JSON_ANY, .offset = offsetof(struct body, any) },
    { 0 },
};

static void
check_body(struct arena *a, const struct json *v)
{
    struct body body = { .id = 1, .name = STR("") };

    if (json_read(a, v, fields, &body).code != ERR_NONE)
        return;
    if (body.id < 1 || str_code_points(body.name) > 200 || body.tags.n > 5 || body.teams.n > 5)
        BUG("what=table_not_kept");
}

static void
check_round_trip(struct arena *a, const struct json *v)
{
    struct str printed = json_print(a, v);
    const struct json *again;

    if (json_parse(a, printed, &again).code != ERR_NONE)
        BUG("what=printed_but_not_read");
    if (!str_eq(printed, json_print(a, again)))
        BUG("what=printed_differently");
}

static void
check_text(struct arena *a, struct str text)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };
    const struct json *v;

    json_put_str(&o, text);
    if (text.p != NULL && (json_parse(a, buf_str(&b), &v).code != ERR_NONE ||
                           json_kind(v) != JSON_TEXT || !str_is_utf8(json_text(v))))
        BUG("what=text_not_read_back");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(16 * 1024);
    struct str text = { (const char *)data, size };
    const struct json *v;
    size_t members;
    struct err scanned = json_scan(text, &members);
    struct err parsed = json_parse(a, text, &v);

    if (scanned.code == ERR_NONE && err_is(parsed, "json_syntax"))
        BUG("what=scanner_and_json_c_disagree");
    if (parsed.code == ERR_NONE) {
        check_body(a, v);
        check_round_trip(a, v);
    }
    check_text(a, text);
    arena_free(a);
    return 0;
}
