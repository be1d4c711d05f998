#include "base/testing/testing.h"

#include "canonical.h"

static const struct json *
parsed(const char *text)
{
    const struct json *v;

    CHECK_OK(json_parse(test_arena(), str_of(text), &v));
    return v;
}

/* Of the format's description. */
#define VECTOR                                                                                     \
    "{\"cards\":[{\"id\":\"a\",\"settings\":{\"kind\":\"text\",\"text\":\"Olá, "                  \
    "{{contact.first_name}}!\"},"                                                                  \
    "\"type\":\"send_message\",\"v\":1},{\"id\":\"b\",\"settings\":{\"send_message\":false},"      \
    "\"type\":"                                                                                    \
    "\"finish\",\"v\":1}],\"channels\":[\"telegram\"],\"connectors\":[{\"from\":\"a\",\"outlet\":" \
    "\"next\","                                                                                    \
    "\"to\":\"b\"}],\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"mini\",\"name\":"    \
    "\"Olá\","                                                                                    \
    "\"notes\":[],\"refs\":[],\"settings\":{},\"start\":\"a\",\"variables\":[]}"

TEST(the_vector_of_the_format_has_its_hash)
{
    CHECK_STR(canonical_text(test_arena(), parsed(VECTOR), CANONICAL_WHOLE), VECTOR);
    CHECK_STR(canonical_hash(test_arena(), parsed(VECTOR), CANONICAL_CONTENT),
              "9d7a91683fc4ccee4c8f3a07eb48314892043774266cce7b464633d5b0fdc74a");
}

TEST(order_white_space_and_composition_of_letters_change_nothing)
{
    const struct json *v = parsed(
        "{ \"start\": \"a\", \"variables\": [], \"settings\": {}, \"refs\": [], \"notes\": [],\n"
        " \"name\": \"Ola\xCC\x81\", \"key\": \"mini\", \"format_version\": 1, \"format\": "
        "\"balcao-flow\","
        " \"meta\": {\"note\": \"x\"}, \"connectors\": "
        "[{\"to\":\"b\",\"outlet\":\"next\",\"from\":\"a\"}],"
        " \"channels\": [\"telegram\"], \"cards\": "
        "[{\"v\":1,\"type\":\"finish\",\"settings\":{\"send_message\":false},"
        " \"id\":\"b\"},{\"type\":\"send_message\",\"settings\":{\"text\":\"Olá, "
        "{{contact.first_name}}!\","
        " \"kind\":\"text\"},\"v\":1,\"id\":\"a\"}]}");

    CHECK_STR(canonical_text(test_arena(), v, CANONICAL_CONTENT), VECTOR);
}

TEST(the_logic_is_blind_to_names_places_and_notes)
{
    const char *plain = "{\"cards\":[{\"id\":\"a\",\"type\":\"finish\",\"v\":1}],\"notes\":[]}";
    const char *dressed = "{\"name\":\"Olá\",\"description\":\"d\",\"refs\":[{\"ref\":\"tag:1\","
                          "\"name\":\"t\"}],\"notes\":"
                          "[{\"id\":\"n\"}],\"cards\":[{\"id\":\"a\",\"name\":\"Fim\",\"color\":"
                          "\"blue\",\"position\":"
                          "{\"x\":1,\"y\":2},\"type\":\"finish\",\"v\":1}]}";
    struct str logic = canonical_hash(test_arena(), parsed(plain), CANONICAL_LOGIC);

    CHECK(str_eq(canonical_hash(test_arena(), parsed(dressed), CANONICAL_LOGIC), logic));
    CHECK(!str_eq(canonical_hash(test_arena(), parsed(dressed), CANONICAL_CONTENT),
                  canonical_hash(test_arena(), parsed(plain), CANONICAL_CONTENT)));
    CHECK(!str_eq(canonical_hash(test_arena(),
                                 parsed("{\"cards\":[{\"id\":\"a\",\"type\":\"finish\",\"v\":1,"
                                        "\"settings\":{\"name\":1}}]}"),
                                 CANONICAL_LOGIC),
                  logic));
}

TEST(a_thing_that_is_called_otherwise_leaves_the_content_its_own)
{
    const char *before = "{\"cards\":[],\"refs\":[{\"ref\":\"tag:1\",\"name\":\"VIP\"}]}";
    const char *after = "{\"cards\":[],\"refs\":[{\"ref\":\"tag:1\",\"name\":\"Ouro\"}]}";
    const char *other = "{\"cards\":[],\"refs\":[{\"ref\":\"tag:2\",\"name\":\"VIP\"}]}";
    struct str own = canonical_hash(test_arena(), parsed(before), CANONICAL_OWN);

    CHECK(str_eq(canonical_hash(test_arena(), parsed(after), CANONICAL_OWN), own));
    CHECK(!str_eq(canonical_hash(test_arena(), parsed(other), CANONICAL_OWN), own));
}

TEST(lists_whose_order_is_meaning_keep_it)
{
    CHECK_STR(canonical_text(test_arena(),
                             parsed("{\"connectors\":[{\"from\":\"b\",\"outlet\":\"x\"},{\"from\":"
                                    "\"a\",\"outlet\":\"y\"},"
                                    "{\"from\":\"a\",\"outlet\":\"opt:z\"}],\"cards\":[{\"id\":"
                                    "\"q\",\"settings\":{\"options\":"
                                    "[{\"id\":\"z\"},{\"id\":\"a\"}]}}]}"),
                             CANONICAL_WHOLE),
              "{\"cards\":[{\"id\":\"q\",\"settings\":{\"options\":[{\"id\":\"z\"},{\"id\":\"a\"}]}"
              "}],\"connectors\":"
              "[{\"from\":\"a\",\"outlet\":\"opt:z\"},{\"from\":\"a\",\"outlet\":\"y\"},{\"from\":"
              "\"b\",\"outlet\":\"x\"}]}");
}

TEST(only_what_must_be_is_escaped)
{
    CHECK_STR(canonical_text(test_arena(),
                             parsed("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\\u00e9\"}"),
                             CANONICAL_WHOLE),
              "{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u001fé\"}");
}

TEST(a_file_is_the_same_text_for_eyes)
{
    struct str file =
        canonical_file(test_arena(), parsed("{\"b\":[],\"a\":[1,{\"c\":true}],\"d\":{}}"));

    CHECK_STR(file, "{\n  \"a\": [\n    1,\n    {\n      \"c\": true\n    }\n  ],\n  \"b\": [],\n  "
                    "\"d\": {}\n}\n");
    CHECK_STR(canonical_text(test_arena(), parsed(str_cstr(test_arena(), file)), CANONICAL_WHOLE),
              "{\"a\":[1,{\"c\":true}],\"b\":[],\"d\":{}}");
}

TEST(what_no_document_may_hold_is_refused)
{
    static const struct {
        const char *text, *slug;
    } table[] = {
        { "{\"a\":null}", "json_null" },
        { "{\"a\":[1.5]}", "json_fraction" },
        { "{\"a\":9007199254740992}", "json_whole" },
        { "{\"A\":1}", "json_key" },
        { "{\"a b\":1}", "json_key" },
        { "{\"a\":[[[[[[[[[[[[1]]]]]]]]]]]]}", "json_depth" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_FAIL(canonical_require(parsed(table[i].text)), ERR_INVALID, table[i].slug);
    CHECK_OK(canonical_require(parsed("{\"a\":[[[[[[[[[[1]]]]]]]]]],\"b\":-9007199254740991}")));
}
