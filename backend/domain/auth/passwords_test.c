#include "base/testing/testing.h"
#include "domain/auth/passwords.h"

static const struct str accounts[] = { STR_INIT("Rede Pinhão") };

static struct err
judge(const char *password)
{
    const struct password_owner ana = { .email = STR("ana.lopes@redepinhao.exemplo"),
                                        .name = STR("Ana Beatriz Lopes"),
                                        .accounts = accounts,
                                        .account_count = 1,
                                        .min_points = 12 };

    return password_judge(test_arena(), str_of(password), &ana);
}

TEST(a_password_of_several_words_is_good)
{
    CHECK_OK(judge("tres gatos no telhado"));
    CHECK_OK(judge("Xk9 qwo2 mmv1"));
    CHECK_OK(judge("açúcar-mascavo-e-café"));
}

TEST(length_counts_code_points_and_has_ends)
{
    CHECK_FAIL(judge("xk9qwo2mmv1"), ERR_INVALID, "password_too_short");
    CHECK_FAIL(judge("ãéíõúâêôçàü"), ERR_INVALID, "password_too_short"); /* eleven, in 22 bytes */
}

TEST(what_everybody_thinks_of_is_refused_with_its_trimmings)
{
    CHECK_FAIL(judge("flamengo2026"), ERR_INVALID, "password_common");
    CHECK_FAIL(judge("Fl4m3ng0!!!!"), ERR_INVALID, "password_common");
    CHECK_FAIL(judge("senhasenhasenhasenha"), ERR_INVALID, "password_common");
    CHECK_FAIL(judge("qwertyuiop12"), ERR_INVALID, "password_common");
    CHECK_FAIL(judge("123456789012"), ERR_INVALID, "password_common");
    CHECK_FAIL(judge("aaaaaaaaaaaa"), ERR_INVALID, "password_common");
    CHECK_FAIL(judge("mudarsenha2026"), ERR_INVALID, "password_common");
}

TEST(names_on_the_door_are_refused_forwards_and_backwards)
{
    CHECK_FAIL(judge("ana.lopes.2026"), ERR_INVALID, "password_contextual");
    CHECK_FAIL(judge("beatriz-Lopes-1"), ERR_INVALID, "password_contextual");
    CHECK_FAIL(judge("sepol-zirtaeb-9"), ERR_INVALID, "password_contextual");
    CHECK_FAIL(judge("RedePinhao#2026"), ERR_INVALID, "password_contextual");
    CHECK_FAIL(judge("b4lc4o-2026-xyz"), ERR_INVALID, "password_contextual");
}

TEST(a_name_within_something_longer_is_no_reason)
{
    CHECK_OK(judge("lopes gosta de jabuticaba"));
}
