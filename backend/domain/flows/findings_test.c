#include "base/testing/testing.h"
#include "domain/flows/findings.h"
#include "domain/testing/terms.h"

static int
holes(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += text[0] == '{' && text[1] == '}';
    return n;
}

TEST(every_code_says_the_same_in_both_languages)
{
    for (const struct finding_rule *rule = finding_rules; rule->code != NULL; rule++)
        for (int i = 0; i < LANGUAGE__COUNT; i++) {
            const char *message = rule->message.in[i], *fix = rule->fix.in[i];

            CHECK_STR(str_of(message != NULL && fix != NULL ? "both" : rule->code), "both");
            CHECK_I64(holes(message), holes(rule->message.in[LANGUAGE_PT_BR]));
            CHECK(i == LANGUAGE_PT_BR || strcmp(message, rule->message.in[LANGUAGE_PT_BR]) != 0);
        }
}

TEST(a_finding_calls_things_what_the_screens_do)
{
    for (const struct finding_rule *rule = finding_rules; rule->code != NULL; rule++) {
        terms_check(str_of(rule->message.in[LANGUAGE_PT_BR]));
        terms_check(str_of(rule->fix.in[LANGUAGE_PT_BR]));
    }
}

TEST(a_finding_is_said_in_the_language_of_its_reader)
{
    struct findings findings = { .arena = test_arena(), .language = LANGUAGE_EN };
    struct finding *f = findings_add(&findings, "L107", STR("menu"));

    f->outlet = STR("next");
    f->args[0] = STR("segue");
    f->args[1] = STR("Perguntar tudo");
    CHECK_STR(finding_message(test_arena(), f),
              "The way out “goes on” of “Perguntar tudo” leads nowhere.");
    CHECK(strcmp(finding_fix(f), "Connect it to a card.") == 0);
}

TEST(what_an_author_called_an_option_is_theirs)
{
    struct findings findings = { .arena = test_arena(), .language = LANGUAGE_EN };
    struct finding *f = findings_add(&findings, "L107", STR("menu"));

    f->outlet = STR("opt:a");
    f->args[0] = STR("Sim");
    f->args[1] = STR("Menu");
    CHECK_STR(finding_message(test_arena(), f), "The way out “Sim” of “Menu” leads nowhere.");
}
