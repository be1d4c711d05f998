#include "cards/testing/play.h"

#include "cards/cards.h"

/* Holds of every field of every card, those inside of lists too. */
static void
each_field(void (*fn)(const struct card *card, const struct card_field *field))
{
    for (size_t i = 0; cards[i] != NULL; i++)
        for (const struct card_field *f = cards[i]->fields; f->name != NULL; f++) {
            fn(cards[i], f);
            for (const struct card_field *inner = f->item; inner != NULL && inner->name != NULL;
                 inner++)
                fn(cards[i], inner);
        }
}

TEST(every_type_is_in_the_table_once_and_says_what_it_is)
{
    for (size_t i = 0; cards[i] != NULL; i++) {
        CHECK(card_find(str_of(cards[i]->type)) == cards[i]);
        CHECK(cards[i]->v == 1 && cards[i]->label != NULL && cards[i]->help != NULL &&
              cards[i]->icon != NULL && cards[i]->enter != NULL);
        CHECK(!cards[i]->asks || (cards[i]->question != NULL && cards[i]->answered != NULL));
        CHECK(!cards[i]->calls || cards[i]->called != NULL);
        /* What is silent stays so: a condition says and asks nothing. */
        CHECK(cards[i]->kind != CARD_CONDITION || (!cards[i]->speaks && !cards[i]->asks));
    }
}

static void
check_field(const struct card *card, const struct card_field *field)
{
    const struct json *initial;
    bool has_words = field->type == FIELD_ENUM || field->type == FIELD_SET ||
                     field->type == FIELD_REF || field->type == FIELD_REFS;

    (void)card;
    CHECK(field->label != NULL);
    CHECK(has_words == (field->words != NULL));
    CHECK(field->max >= field->min);
    if (field->initial != NULL)
        CHECK_OK(json_parse(test_arena(), str_of(field->initial), &initial));
}

TEST(every_field_has_a_label_and_a_default_that_can_be_read)
{
    each_field(check_field);
}

static void
check_legal(const struct card *card, const struct card_field *field)
{
    bool is_consent = card == &consent_card && str_ends(str_of(field->name), STR("text")) &&
                      field->type == FIELD_TEMPLATE;

    CHECK(field->is_legal == is_consent);
}

TEST(only_the_words_of_consent_carry_legal_weight)
{
    each_field(check_legal);
}

/* A document that nobody checked, as the worst of drafts. */
static const char *const settings[] = {
    "{}",
    "{\"kind\":7,\"text\":[],\"options\":{},\"rules\":\"x\",\"tags\":[{}],\"items\":[7],"
    "\"expect\":\"await\",\"validator\":\"nope\",\"amount\":-5,\"unit\":9,\"url\":\"https://\","
    "\"flow\":\"flow:none\",\"map\":[[]],\"headers\":[{}],\"query\":[7],\"op\":\"switch\","
    "\"department\":\"\",\"store\":\"\",\"pass\":[{}],\"max_accounts\":99}",
    "{\"expect\":\"choice\",\"options\":[{},{\"id\":\"a\"},{\"label\":\"b\",\"number\":-1,"
    "\"synonyms\":[7]}],\"rules\":[{},{\"id\":\"a\",\"kinds\":[7],\"op\":\"between\"}],"
    "\"text\":\"{{\",\"prompt\":\"{{x|nope}}\",\"items\":[{\"op\":\"add\"},{\"op\":\"append\","
    "\"variable\":\"flow.a\",\"value\":\"x\"}],\"method\":\"TRACE\",\"body_kind\":\"json\","
    "\"body\":\"{{secret.}}{{\",\"url\":\"https://a.b/{{flow.a}}\",\"amount\":9007199254740991,"
    "\"unit\":\"days\",\"ask_comment\":true,\"use_first_message\":true,\"min_length\":-1}",
};
static const char *const answers[] = { "1", "52998224725", "sim", "{{", "\xF0\x9F\x99\x8F", "" };
static const char *const results[] = {
    NULL,
    "{}",
    "[]",
    "{\"customers\":7,\"customer\":null,\"status\":\"x\",\"body\":7}",
    "{\"status\":200,\"body\":\"{}\",\"customer\":{\"id\":\"1\"}}",
};

static void
play_through(struct play *p)
{
    size_t said = 0, answered = 0;

    play_start(p);
    for (int i = 0; i < 12 && p->run.state != RUN_ENDED && p->run.state != RUN_HELD; i++) {
        CHECK(p->run.state == RUN_ASKING || p->run.state == RUN_WAITING ||
              p->run.state == RUN_CALLING);
        if (p->run.state == RUN_CALLING)
            play_answers(p, "ok", results[answered++ % (sizeof results / sizeof results[0])]);
        else if (p->run.state == RUN_WAITING)
            play_rings(p, p->run.wait.token);
        else
            play_says(p, answers[said++ % (sizeof answers / sizeof answers[0])]);
    }
}

TEST(the_worst_of_drafts_ends_in_the_net_and_never_in_a_crash)
{
    static const enum flow_channel channels[] = { FLOW_WHATSAPP, FLOW_TELEPHONY, FLOW_WEBCHAT };

    for (size_t i = 0; cards[i] != NULL; i++)
        for (size_t k = 0; k < sizeof settings / sizeof settings[0]; k++)
            for (size_t c = 0; c < sizeof channels / sizeof channels[0]; c++) {
                struct play p = play(cards[i]->type, settings[k]);

                p.facts.channel = channels[c];
                p.facts.phone = STR("+5549999990000");
                play_through(&p);
                if (cards[i]->lint != NULL)
                    play_lint(&p, ~0u);
            }
}
