#include "base/testing/testing.h"
#include "domain/flows/flow_diff.h"

static const struct json *
document(const char *text)
{
    const struct json *v;

    CHECK_OK(json_parse(test_arena(), str_of(text), &v));
    return v;
}

static struct str
between(const char *before, const char *after)
{
    struct buf buf = { .arena = test_arena() };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    flow_diff_write(&o, test_arena(), document(before), document(after));
    json_close(&o, '}');
    return buf_str(&buf);
}

static bool
has(const char *before, const char *after, const char *part)
{
    return str_has(between(before, after), str_of(part));
}

#define NOTHING                                                                                    \
    "{\"cards\":{\"added\":[],\"removed\":[],\"retyped\":[],\"changed\":[]},"                      \
    "\"connectors\":{\"added\":[],\"removed\":[]},\"document\":[]}"

TEST(places_colours_notes_of_who_and_names_of_others_are_no_difference)
{
    CHECK_STR(
        between(
            "{\"cards\":[{\"id\":\"a\",\"type\":\"x\",\"position\":{\"x\":1},\"color\":\"red\"}],"
            "\"refs\":[],\"meta\":{\"note\":\"1\"}}",
            "{\"cards\":[{\"id\":\"a\",\"type\":\"x\",\"position\":{\"x\":2}}],"
            "\"refs\":[{\"ref\":\"tag:1\"}]}"),
        NOTHING);
}

TEST(cards_come_go_and_become_others)
{
    const char *before =
        "{\"cards\":[{\"id\":\"a\",\"type\":\"x\"},{\"id\":\"b\",\"type\":\"x\"}]}";
    const char *after =
        "{\"cards\":[{\"id\":\"b\",\"type\":\"y\"},{\"id\":\"c\",\"name\":\"C\",\"type\":\"x\"}]}";

    CHECK(has(before, after, "\"added\":[{\"id\":\"c\",\"type\":\"x\",\"name\":\"C\"}]"));
    CHECK(has(before, after, "\"removed\":[{\"id\":\"a\",\"type\":\"x\"}]"));
    CHECK(has(before, after, "\"retyped\":[{\"id\":\"b\",\"before\":\"x\",\"after\":\"y\"}]"));
    CHECK(has(before, after, "\"changed\":[]"));
}

TEST(options_are_told_apart_by_their_id_and_their_order_by_itself)
{
    const char *before =
        "{\"cards\":[{\"id\":\"a\",\"type\":\"q\",\"settings\":{\"options\":["
        "{\"id\":\"um\",\"label\":\"Um\"},{\"id\":\"dois\",\"label\":\"Dois\"}]}}]}";

    CHECK(has(before,
              "{\"cards\":[{\"id\":\"a\",\"type\":\"q\",\"settings\":{\"options\":["
              "{\"id\":\"dois\",\"label\":\"Dois\"},{\"id\":\"um\",\"label\":\"Um\"}]}}]}",
              "\"changes\":[{\"path\":\"/settings/"
              "options\",\"before\":[\"um\",\"dois\"],\"after\":[\"dois\",\"um\"]}]"));
    CHECK(
        has(before,
            "{\"cards\":[{\"id\":\"a\",\"type\":\"q\",\"settings\":{\"options\":["
            "{\"id\":\"tres\",\"label\":\"T\"},{\"id\":\"dois\",\"label\":\"2\"}]}}]}",
            "\"changes\":[{\"path\":\"/settings/options/"
            "um\",\"before\":{\"id\":\"um\",\"label\":\"Um\"}},"
            "{\"path\":\"/settings/options/dois/label\",\"before\":\"Dois\",\"after\":\"2\"},"
            "{\"path\":\"/settings/options/tres\",\"after\":{\"id\":\"tres\",\"label\":\"T\"}}]"));
}

TEST(a_line_is_where_it_comes_from_and_where_it_leads)
{
    const char *before = "{\"connectors\":[{\"from\":\"a\",\"outlet\":\"next\",\"to\":\"b\"}]}";
    const char *after = "{\"connectors\":[{\"from\":\"a\",\"outlet\":\"next\",\"to\":\"c\"}]}";

    CHECK(has(before, after, "\"added\":[{\"from\":\"a\",\"outlet\":\"next\",\"to\":\"c\"}]"));
    CHECK(has(before, after, "\"removed\":[{\"from\":\"a\",\"outlet\":\"next\",\"to\":\"b\"}]"));
}

TEST(what_is_of_another_kind_is_told_as_a_whole)
{
    CHECK(has("{\"settings\":{\"menu\":{\"words\":[\"a\"]}}}",
              "{\"settings\":{\"menu\":{\"words\":7}}}",
              "\"document\":[{\"path\":\"/settings/menu/words\",\"before\":[\"a\"],\"after\":7}]"));
    CHECK(has("{\"start\":\"a\"}", "{}", "\"document\":[{\"path\":\"/start\",\"before\":\"a\"}]"));
}

TEST(documents_that_nobody_would_write_are_compared_too)
{
    CHECK(has("{\"cards\":7,\"connectors\":\"x\"}", "{\"cards\":[1,{}],\"connectors\":[[]]}",
              "\"added\":["));
    CHECK(has("{\"cards\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", "{\"cards\":[{\"id\":\"a\"}]}",
              "\"removed\":["));
}
