#include "base/testing/testing.h"

#include "json.h"

/* What the pointer names, as JSON text; "-": nothing. */
static void
check_pointed(const char *pointer, const char *expected)
{
    static const char text[] = "{\"a\":[1,{\"b\":\"x\"}],\"\":2,\"c/d\":3,\"m~n\":4,\"o\":null}";
    const struct json *document, *found;

    CHECK_OK(json_parse(test_arena(), str_of(text), &document));
    found = json_pointer(test_arena(), document, str_of(pointer));
    CHECK_STR(found == NULL ? STR("-") : json_print(test_arena(), found), expected);
}

TEST(a_pointer_names_a_place)
{
    check_pointed("/a", "[1,{\"b\":\"x\"}]");
    check_pointed("/a/0", "1");
    check_pointed("/a/1/b", "\"x\"");
    check_pointed("/", "2");
    check_pointed("/c~1d", "3");
    check_pointed("/m~0n", "4");
    check_pointed("/o", "null");
}

TEST(what_names_nothing_finds_nothing)
{
    static const char *const none[] = { "a",
                                        "/z",
                                        "/a/2",
                                        "/a/-1",
                                        "/a/-",
                                        "/a/01",
                                        "/a/0/b",
                                        "/a/x",
                                        "/a/",
                                        "/m~n",
                                        "/m~",
                                        "/a/0/",
                                        "/a/99999999999999999999" };

    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        check_pointed(none[i], "-");
    CHECK(json_pointer(test_arena(), NULL, STR("/a")) == NULL);
}
