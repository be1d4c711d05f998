#include "base/testing/testing.h"

#include "language.h"

TEST(the_first_language_that_we_speak_is_taken)
{
    CHECK_I64(language_of(STR("en")), LANGUAGE_EN);
    CHECK_I64(language_of(STR("EN-gb")), LANGUAGE_EN);
    CHECK_I64(language_of(STR("de-DE, en;q=0.7, pt;q=0.5")), LANGUAGE_EN);
    CHECK_I64(language_of(STR("pt-PT,en")), LANGUAGE_PT_BR);
}

TEST(whoever_names_none_of_ours_reads_portuguese)
{
    CHECK_I64(language_of((struct str){ 0 }), LANGUAGE_PT_BR);
    CHECK_I64(language_of(STR("enm, e, ,;q=1,*")), LANGUAGE_PT_BR);
}
