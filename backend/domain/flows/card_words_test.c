#include "base/testing/testing.h"
#include "domain/flows/card_words.h"
#include "domain/flows/document_private.h"
#include "domain/testing/terms.h"

/* The word itself stands in the failure. */
static void
check_word(const char *pt)
{
    if (pt == NULL)
        return;
    CHECK_STR(card_words_have(str_of(pt)) ? str_of(pt) : STR("no English in card_words.c"), pt);
    terms_check(str_of(pt));
}

static void
check_fields(const struct card_field *field)
{
    for (; field != NULL && field->name != NULL; field++) {
        check_word(field->label);
        check_word(field->help);
        check_fields(field->item);
    }
}

static void
check_outlets(const struct card *card, const char *settings)
{
    struct card_outlets outlets = { .arena = test_arena() };
    const struct json *json;

    CHECK_OK(json_parse(test_arena(), str_of(settings), &json));
    card_outlets(card, json, &outlets);
    for (size_t i = 0; i < outlets.n; i++)
        check_word(str_cstr(test_arena(), outlets.v[i].label));
}

TEST(every_word_of_a_card_has_its_english_and_is_the_screens)
{
    for (size_t i = 0; cards[i] != NULL; i++) {
        check_word(cards[i]->label);
        check_word(cards[i]->help);
        check_fields(cards[i]->fields);
        check_outlets(cards[i], "{}");
        check_outlets(cards[i], "{\"expect\":\"confirm\",\"returns\":true}");
    }
    check_fields(card_ask_fields);
    check_fields(document_settings_fields);
}

TEST(what_is_not_ours_stays_as_it_is)
{
    CHECK_STR(card_word(LANGUAGE_EN, STR("Etiquetas")), "Tags");
    CHECK_STR(card_word(LANGUAGE_PT_BR, STR("Etiquetas")), "Etiquetas");
    CHECK_STR(card_word(LANGUAGE_EN, STR("Falar com a Ana")), "Falar com a Ana");
}
