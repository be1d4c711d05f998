#include "base/testing/testing.h"
#include "domain/flows/rewrite.h"

static struct str
rewritten(const char *text, const struct rewrite *how)
{
    const struct json *document;

    CHECK_OK(json_parse(test_arena(), str_of(text), &document));
    return document_rewrite(test_arena(), document, how);
}

TEST(what_nobody_wants_changed_stays_as_it_was)
{
    const char *text = "{\"b\":[1,true,\"x\",{\"a\":-7}],\"key\":\"k\",\"a\":{\"ufo\":[]}}";

    CHECK_STR(rewritten(text, &(struct rewrite){ 0 }), text);
}

TEST(key_name_and_refs_are_said_anew_or_added)
{
    const struct rewrite how = { .key = STR("novo"),
                                 .name = STR("Outro \"nome\""),
                                 .refs = STR("[]") };

    CHECK_STR(
        rewritten("{\"key\":\"k\",\"cards\":[{\"key\":\"k\",\"name\":\"n\"}],\"refs\":[1]}", &how),
        "{\"key\":\"novo\",\"cards\":[{\"key\":\"k\",\"name\":\"n\"}],\"refs\":[],"
        "\"name\":\"Outro \\\"nome\\\"\"}");
}

TEST(things_move_in_settings_and_cards_where_they_are_the_whole_text)
{
    const struct rewrite_ref moved[] = { { STR("department:1"), STR("department:?") },
                                         { STR("tag:7"), STR("tag:70") } };
    const struct rewrite how = { .moved = moved, .moved_count = 2 };

    CHECK_STR(
        rewritten(
            "{\"settings\":{\"fallback\":{\"department\":\"department:1\"}},"
            "\"cards\":[{\"settings\":{\"tags\":[\"tag:7\",\"tag:77\"],\"text\":\"a tag:7 b\"}}],"
            "\"description\":\"tag:7\"}",
            &how),
        "{\"settings\":{\"fallback\":{\"department\":\"department:?\"}},"
        "\"cards\":[{\"settings\":{\"tags\":[\"tag:70\",\"tag:77\"],\"text\":\"a tag:7 b\"}}],"
        "\"description\":\"tag:7\"}");
}
