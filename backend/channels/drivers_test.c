#include "channels/testing/fixture.h"

TEST(every_driver_says_who_it_is_and_what_it_can_carry)
{
    int n = 0;

    for (const struct channel_driver *const *d = channel_drivers; *d != NULL; d++, n++) {
        CHECK((*d)->kind != NULL);
        CHECK((*d)->text_max > 0);
        CHECK((*d)->caption_max > 0);
        CHECK((*d)->verify != NULL);
        CHECK((*d)->parse != NULL);
        CHECK((*d)->send != NULL);
        CHECK((*d)->settings_needed != NULL);
        CHECK((*d)->secrets_needed != NULL);
        for (const struct channel_media_rule *rule = (*d)->media; rule->kind != NULL; rule++) {
            CHECK(rule->mimes != NULL);
            CHECK(rule->max_bytes > 0);
        }
    }
    CHECK_I64(n, 2);
}

TEST(no_two_drivers_share_a_name)
{
    for (const struct channel_driver *const *d = channel_drivers; *d != NULL; d++) {
        for (const struct channel_driver *const *other = d + 1; *other != NULL; other++)
            CHECK(strcmp((*d)->kind, (*other)->kind) != 0);
    }
}

TEST(every_verdict_has_a_name)
{
    CHECK_WORD(channel_verdict_names[CHANNEL_VALID], "valid");
    CHECK_WORD(channel_verdict_names[CHANNEL_INVALID], "invalid");
    CHECK_WORD(channel_verdict_names[CHANNEL_MISSING], "missing");
}
