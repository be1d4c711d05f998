#include "base/testing/testing.h"

#include "facts.h"

const struct card *const cards[] = { NULL };

static const char full[] =
    "{\"utc_offset_s\":-10800,\"channel\":\"telegram\",\"channel_ref\":\"channel:3\","
    "\"phone\":\"+5549999990000\",\"window_ends_us\":9,\"bot_controls\":true,\"epoch\":2,"
    "\"is_opted_out\":true,\"branch\":\"branch:1\",\"last_agent\":\"user:7\",\"was_served\":true,"
    "\"customer\":\"42\",\"answered_lately\":3,"
    "\"consent\":{\"wording_hash\":\"ab\",\"at_us\":5},\"origin\":{\"kind\":\"ad\",\"ad_id\":\"9\"}"
    ","
    "\"tags\":{\"ticket\":[\"tag:1\"],\"customer\":[\"tag:2\",\"tag:3\"]},"
    "\"registrations\":[{\"id\":\"42\",\"name\":\"Ana\",\"kind\":\"customer\"}],"
    "\"hours\":[{\"ref\":\"period:1\",\"is_inside\":true}],"
    "\"departments\":[{\"ref\":\"department:1\",\"name\":\"Geral\",\"serves\":true,"
    "\"hours\":{\"is_holiday\":true,\"next_opening\":\"2026-03-05T08:00:00\"}}],"
    "\"capabilities\":[\"ai\"],"
    "\"values\":[{\"name\":\"contact.fields.n\",\"type\":\"number\",\"value\":\"41\"}]}";

static struct err
read_text(const char *text, struct facts *out)
{
    const struct json *json;

    CHECK_OK(json_parse(test_arena(), str_of(text), &json));
    return facts_read(test_arena(), json, out);
}

static struct str
written(const struct facts *facts)
{
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    facts_write(&o, facts);
    return buf_str(&b);
}

TEST(facts_are_written_as_they_were_read)
{
    struct facts facts;

    CHECK_OK(read_text(full, &facts));
    CHECK_STR(written(&facts), full);
}

TEST(a_department_without_hours_is_always_open)
{
    struct facts facts;

    CHECK_OK(read_text("{\"departments\":[{\"ref\":\"department:1\"}]}", &facts));
    CHECK(facts_hours(&facts, STR("department:1"))->is_inside);
    CHECK_OK(read_text("{\"departments\":[{\"ref\":\"department:1\",\"hours\":{}}]}", &facts));
    CHECK(!facts_hours(&facts, STR("department:1"))->is_inside);
    CHECK(facts_hours(&facts, STR("period:1")) == NULL);
}

TEST(what_has_another_shape_is_refused_with_its_name)
{
    static const struct {
        const char *text, *slug, *field;
    } table[] = {
        { "{\"channel\":\"pigeon\"}", "unknown_word", "channel" },
        { "{\"epoch\":\"1\"}", "wrong_type", "epoch" },
        { "{\"was_served\":1}", "wrong_type", "was_served" },
        { "{\"hours\":{}}", "wrong_type", "hours" },
        { "{\"values\":[{\"name\":\"a.b\",\"type\":\"colour\"}]}", "unknown_word", "type" },
    };
    struct facts facts;

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct err err = read_text(table[i].text, &facts);

        CHECK(err_is(err, table[i].slug));
        CHECK_STR(str_of(err.field), table[i].field);
    }
}

TEST(a_copy_changes_alone)
{
    struct facts facts, *copy;

    CHECK_OK(read_text(full, &facts));
    copy = facts_copy(test_arena(), &facts);
    facts_tag(test_arena(), copy, TAGS_TICKET, STR("tag:1"), false);
    facts_tag(test_arena(), copy, TAGS_CONTACT, STR("tag:5"), true);
    facts_tag(test_arena(), copy, TAGS_CONTACT, STR("tag:5"), true);
    facts_set(test_arena(), copy, STR("contact.fields.n"),
              (struct variable_value){ VARIABLE_NUMBER, STR("42") });
    facts_set(test_arena(), copy, STR("contact.fields.m"),
              (struct variable_value){ VARIABLE_TEXT, STR("novo") });
    CHECK(!facts_has_tag(copy, TAGS_TICKET, STR("tag:1")));
    CHECK_I64((int64_t)copy->tags[TAGS_CONTACT].n, 1);
    CHECK_STR(facts_value(copy, STR("contact.fields.n"))->value.text, "42");
    CHECK_STR(facts_value(copy, STR("contact.fields.m"))->value.text, "novo");
    CHECK_STR(written(&facts), full);
    CHECK(facts_can(&facts, "ai") && !facts_can(&facts, "telephony"));
}
