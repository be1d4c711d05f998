/*
 * What must hold of any question: its numbers choose on every channel, however it was drawn, and whoever answers wrongly,
 * keeps silent or asks for a person leaves it when its author said, no earlier and no later.
 */
#include "domain/testing/story.h"

#include "base/clock.h"

enum { CASES = 20, OPTIONS_MAX = 20 };

/* --- flows ---------------------------------------------------------------------------- */

/* What an author may set. -1: left as it is. */
struct patience {
    int attempts, reminders;
};

struct asked {
    struct patience own, flow; /* the card's, the whole flow's */
    bool has_human;
    int options, numbers[OPTIONS_MAX];
    const struct flow_document *document;
};

static void
put_figure(struct buf *b, const char *name, int figure)
{
    if (figure >= 0)
        buf_fmt(b, ",\"%s\":%d", name, figure);
}

static void
put_options(struct buf *b, const struct asked *q)
{
    static const char *const labels[] = {
        "Boleto",           "Estou sem internet", "Segunda via",
        "Falar com alguém", "Cancelar",           "Mudar de plano"
    };

    buf_add(b, STR(",\"options\":["));
    for (int i = 0; i < q->options; i++)
        buf_fmt(b, "%s{\"id\":\"o%d\",\"label\":\"%s %c\",\"number\":%d}", i > 0 ? "," : "", i,
                CHANCE_OF(labels), 'a' + i, q->numbers[i]);
    buf_char(b, ']');
}

/* A question, and a wait behind each of its ways: where it rests says which way was gone. */
static struct str
written(const struct asked *q, const char *expects)
{
    static const char *const styles[] = { "auto", "buttons", "list", "text" };
    struct buf b = { .arena = test_arena() };

    buf_fmt(&b,
            "{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"main\",\"name\":\"x\","
            "\"start\":\"ask\",\"channels\":[\"whatsapp\"],\"settings\":{\"human\":{\"enabled\":%s}"
            ",\"fallback\":{\"department\":\"department:1\"},\"silence\":{\"remind_after_s\":60,"
            "\"expire_after_s\":600",
            q->has_human ? "true" : "false");
    put_figure(&b, "reminders", q->flow.reminders);
    buf_fmt(&b,
            "}},\"cards\":[{\"id\":\"ask\",\"type\":\"question\",\"v\":1,\"settings\":{"
            "\"expect\":\"%s\",\"text\":\"Qual?\"",
            q->options > 0 ? "choice" : "await");
    put_figure(&b, "attempts", q->own.attempts);
    put_figure(&b, "reminders", q->own.reminders);
    if (q->options > 0) {
        buf_fmt(&b, ",\"style\":\"%s\"", CHANCE_OF(styles));
        put_options(&b, q);
    } else {
        buf_add(&b, str_of(expects));
    }
    buf_add(&b, STR("}}"));
    for (int i = 0; i < q->options; i++)
        buf_fmt(&b, ",{\"id\":\"w%d\",\"type\":\"wait\",\"v\":1,\"settings\":{\"amount\":900}}", i);
    buf_add(&b, STR(",{\"id\":\"wrong\",\"type\":\"wait\",\"v\":1,\"settings\":{\"amount\":900}},"
                    "{\"id\":\"silent\",\"type\":\"wait\",\"v\":1,\"settings\":{\"amount\":900}}],"
                    "\"connectors\":[{\"from\":\"ask\",\"outlet\":\"exhausted\",\"to\":\"wrong\"},"
                    "{\"from\":\"ask\",\"outlet\":\"silent\",\"to\":\"silent\"}"));
    for (int i = 0; i < q->options; i++)
        buf_fmt(&b, ",{\"from\":\"ask\",\"outlet\":\"opt:o%d\",\"to\":\"w%d\"}", i, i);
    buf_add(&b, STR("]}"));
    return buf_str(&b);
}

static bool
has_number(const struct asked *q, int number)
{
    for (int i = 0; i < q->options; i++)
        if (q->numbers[i] == number)
            return true;
    return false;
}

static void
draw_numbers(struct asked *q, int n)
{
    bool in_order = chance_in(60);

    for (q->options = 0; q->options < n;) {
        int number = in_order ? q->options + 1 : chance_below(30);

        if (!has_number(q, number))
            q->numbers[q->options++] = number;
    }
}

/* Begun, and the question on the customer's screen. */
static struct story *
begins(struct asked *q, const char *expects, enum flow_channel channel)
{
    struct story *t = story_draw();

    t->flows[0] = q->document = story_read(written(q, expects));
    t->facts.channel = channel;
    story_take(t, (struct input){ .kind = INPUT_START, .id = STR("start") });
    chance_hold(t->run.state == RUN_ASKING && str_eq(t->run.at.card, STR("ask")), "it asks");
    return t;
}

static bool
is_asking(const struct story *t)
{
    return t->run.state == RUN_ASKING && str_eq(t->run.at.card, STR("ask"));
}

static void
says(struct story *t, struct str text)
{
    bool is_phone = t->facts.channel == FLOW_TELEPHONY;

    story_take(t, (struct input){ .kind = is_phone ? INPUT_DIGITS : INPUT_MESSAGE,
                                  .id = str_fmt(test_arena(), "in:%d", t->count),
                                  .said.text = text,
                                  .digits = text,
                                  .token = t->run.ask.token });
}

/* --- numbers -------------------------------------------------------------------------- */

TEST(on_every_channel_every_number_chooses_its_option)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        enum flow_channel channel = (enum flow_channel)(i % FLOW_CHANNEL__COUNT);
        struct asked q = { .own = { -1, -1 }, .flow = { -1, -1 }, .has_human = true };
        struct story *t;
        int option;

        chance_begin(i);
        draw_numbers(&q, 2 + chance_below(OPTIONS_MAX - 1));
        t = begins(&q, "", channel);
        option = chance_below(q.options);
        says(t, str_fmt(test_arena(), "%d", q.numbers[option]));
        chance_hold(str_eq(t->run.at.card, str_fmt(test_arena(), "w%d", option)),
                    "whatever was drawn, the number chooses");
        arena_rewind(test_arena(), mark);
    }
}

/* --- ways out -------------------------------------------------------------------------- */

static const char *const expectations[] = {
    ",\"validator\":\"cpf\"",   ",\"validator\":\"number\",\"min\":\"1\",\"max\":\"9\"",
    ",\"validator\":\"date\"",  ",\"validator\":\"email\"",
    ",\"validator\":\"image\"", ",\"validator\":\"cep\",\"sensitive\":true",
};

static struct asked
draw_question(void)
{
    struct asked q = { .own = { chance_below(12) - 1, chance_below(5) - 1 },
                       .flow = { -1, chance_below(5) - 1 },
                       .has_human = chance_in(70) };

    if (chance_in(50))
        draw_numbers(&q, 2 + chance_below(8));
    return q;
}

/* Those of the specification: three where none are set, and ten at most. */
static int
attempts_of(const struct asked *q)
{
    enum { USUAL = 3, MOST = 10 };

    return q->own.attempts < 1 ? USUAL : q->own.attempts > MOST ? MOST : q->own.attempts;
}

static int
reminders_of(const struct asked *q)
{
    enum { USUAL = 1, MOST = 3 };
    int reminders = q->own.reminders >= 0    ? q->own.reminders
                    : q->flow.reminders >= 0 ? q->flow.reminders
                                             : USUAL;

    return reminders > MOST ? MOST : reminders;
}

TEST(so_many_wrong_answers_leave_a_question_and_no_fewer)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct story *t;
        struct asked q;

        chance_begin(CASES + i);
        q = draw_question();
        t = begins(&q, CHANCE_OF(expectations), FLOW_WHATSAPP);
        for (int k = 1; k < attempts_of(&q); k++) {
            says(t, STR("xyzzy qwerty"));
            chance_hold(is_asking(t), "it asks again while attempts are left");
        }
        says(t, STR("xyzzy qwerty"));
        chance_hold(str_eq(t->run.at.card, STR("wrong")), "the last attempt is the last");
        arena_rewind(test_arena(), mark);
    }
}

TEST(silence_is_reminded_of_as_often_as_was_said_and_then_leaves)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct story *t;
        struct asked q;
        int reminded = 0;

        chance_begin(2 * CASES + i);
        q = draw_question();
        t = begins(&q, CHANCE_OF(expectations), FLOW_WHATSAPP);
        while (is_asking(t) && t->run.ask.remind_token > 0) {
            story_take(t, (struct input){ .kind = INPUT_TIMER,
                                          .id = str_fmt(test_arena(), "remind:%d", t->count),
                                          .token = t->run.ask.remind_token });
            reminded++;
            chance_hold(is_asking(t) && reminded <= 3, "a reminder is no end");
        }
        chance_hold(reminded == reminders_of(&q), "reminded as often as was said");
        story_take(t, (struct input){ .kind = INPUT_TIMER,
                                      .id = STR("expire"),
                                      .token = t->run.ask.expire_token });
        chance_hold(str_eq(t->run.at.card, STR("silent")), "then it is silent");
        arena_rewind(test_arena(), mark);
    }
}

TEST(zero_asks_for_a_person_unless_it_answers)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct story *t;
        struct asked q;

        chance_begin(3 * CASES + i);
        q = draw_question();
        t = begins(&q, CHANCE_OF(expectations), FLOW_WHATSAPP);
        says(t, STR("0"));
        if (has_number(&q, 0))
            chance_hold(t->run.state == RUN_WAITING, "an option that claims it");
        else if (q.has_human)
            chance_hold(t->run.state == RUN_ENDED &&
                            str_eq(t->run.ended.reason, STR("transferred")),
                        "a person");
        else
            chance_hold(is_asking(t) || attempts_of(&q) == 1, "wrong as any other");
        arena_rewind(test_arena(), mark);
    }
}
