/*
 * What must hold for any document and any sequence of inputs (domain/testing/story.h draws them).
 */
#include "domain/testing/story.h"

#include "base/clock.h"

enum { CASES = 100, INPUTS = 30, STEP_BYTES_MAX = 1 << 20 };

/* --- what must hold ------------------------------------------------------------------- */

static bool
is_spoken(const struct effect *e)
{
    return e->kind == EFFECT_SEND || e->kind == EFFECT_ASK || e->kind == EFFECT_PHONE;
}

static int
count(const struct step_out *out, enum effect_kind kind)
{
    int n = 0;

    for (size_t i = 0; i < out->effect_count; i++)
        n += out->effects[i].kind == kind;
    return n;
}

static void
hold_silence(const struct story *t, const struct run *before, const struct input *input)
{
    bool gives_back = input->kind == INPUT_RETURNED || input->kind == INPUT_TICKET_CLOSED;
    bool may = t->facts.bot_controls && t->out.run->epoch == t->facts.epoch &&
               !t->facts.is_opted_out && before->state != RUN_ENDED &&
               (before->state != RUN_HELD || gives_back);
    int receipts = 0;

    for (size_t i = 0; i < t->out.effect_count; i++) {
        const struct effect *e = &t->out.effects[i];
        bool is_receipt = e->purpose != NULL && strcmp(e->purpose, "receipt") == 0;

        receipts += is_receipt;
        chance_hold(!is_spoken(e) || may || is_receipt, "nobody speaks out of turn");
        chance_hold(!is_spoken(e) || is_receipt || t->facts.window_ends_us == 0 ||
                        t->now_us < t->facts.window_ends_us || e->content.kind == CONTENT_TEMPLATE,
                    "nothing is said after the window");
    }
    chance_hold(receipts <= 1 && (receipts == 0 || count(&t->out, EFFECT_CONSENT) == 1),
                "one receipt, for a change of consent");
    chance_hold(before->state != RUN_ENDED || t->out.effect_count == 0 ||
                    count(&t->out, EFFECT_CONSENT) == 1,
                "what ended does nothing but change consent");
    chance_hold(before->state != RUN_ENDED || t->out.run->state == RUN_ENDED, "the end is final");
}

static void
hold_bounds(struct story *t)
{
    struct arena *a = test_arena();
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };
    int spoken = 0;

    for (size_t i = 0; i < t->out.effect_count; i++) {
        const struct effect *e = &t->out.effects[i];

        spoken += is_spoken(e);
        chance_hold(e->seq == t->out.run->seq && e->n == (int)i + 1, "effects are counted");
    }
    chance_hold(t->out.effect_count == 0 || t->out.run->seq > t->last_seq, "effect ids come once");
    t->last_seq = t->out.run->seq;
    run_write(&o, t->out.run);
    chance_hold(spoken <= RUN_SENDS_PER_INPUT + 1, "twenty messages and no more");
    chance_hold(t->out.run->frame_count <= RUN_FRAMES_MAX, "eight frames and no more");
    chance_hold(b.len <= RUN_BYTES_MAX, "a run is small");
    chance_hold(count(&t->out, EFFECT_END) <= 1 && count(&t->out, EFFECT_TRANSFER) <= 1,
                "it ends once and is handed over once");
}

static void
hold_rest(const struct run *run)
{
    chance_hold(run->state != RUN_RUNNING, "a step rests");
    chance_hold(run->state != RUN_ASKING || (run->ask.token > 0 && (run->ask.expire_token > 0 ||
                                                                    run->ask.gather_token > 0)),
                "a question has a token, and an end");
    chance_hold(run->state != RUN_WAITING || run->wait.token > 0, "a wait has a timer");
    chance_hold(run->state != RUN_CALLING || (run->call.id.len > 0 && run->call.token > 0),
                "a call has a deadline");
    chance_hold((run->state != RUN_HELD && run->state != RUN_ENDED) ||
                    (run->ask.expire_token == 0 && run->wait.token == 0 && run->call.token == 0),
                "nothing ticks for a run that does not act");
}

/* A visit is entered once and left once. */
static void
hold_visits(struct story *t)
{
    for (size_t i = 0; i < t->out.trace_count; i++) {
        const struct trace_entry *e = &t->out.trace[i];
        bool enters = strcmp(e->event, "enter") == 0;
        bool leaves =
            strcmp(e->event, "leave") == 0 || (strcmp(e->event, "end") == 0 && e->visit > 0);

        chance_hold(!enters || t->open_visit == 0, "one card at a time");
        chance_hold(!leaves || e->visit == t->open_visit, "what is left was entered");
        t->open_visit = enters ? e->visit : leaves ? 0 : t->open_visit;
        chance_hold(strcmp(e->event, "end") != 0 || !str_eq(e->error, STR("decided_twice")),
                    "cards decide once");
        chance_hold(strcmp(e->event, "end") != 0 || !str_eq(e->error, STR("undecided")),
                    "cards decide");
    }
}

/* Of cards by their ids, which are told apart by their flow. */
static bool
is_condition(const struct story *t, struct str id)
{
    for (int i = 0; i < 2; i++) {
        int card = document_card(t->flows[i], id);

        if (card >= 0 && t->flows[i]->cards[card].kind != NULL)
            return t->flows[i]->cards[card].kind->kind == CARD_CONDITION;
    }
    return false;
}

/* Where one leads nowhere it is the net that speaks; at the end, the commands of consent. */
static void
hold_conditions(const struct story *t, const struct run *before)
{
    if (before->state == RUN_ENDED || count(&t->out, EFFECT_END) > 0)
        return;
    for (size_t i = 0; i < t->out.effect_count; i++)
        chance_hold(!is_condition(t, t->out.effects[i].card), "conditions do nothing");
}

/* Done twice it is the same, and in little memory. */
static void
hold_purity(const struct story *t, const struct run *before, const struct input *input)
{
    struct arena *a = arena_new(1 << 16);
    struct step_out again;

    flow_step(a, story_flows(t), before, &t->facts, input, t->now_us, &again);
    chance_hold(arena_used(a) <= STEP_BYTES_MAX, "a step takes little memory");
    chance_hold(str_eq(story_written(test_arena(), &t->out), story_written(test_arena(), &again)),
                "the same in, the same out");
    arena_free(a);
}

static void
hold_all(struct story *t, const struct run *before, const struct input *input)
{
    hold_purity(t, before, input);
    hold_silence(t, before, input);
    hold_bounds(t);
    if (t->out.effect_count > 0)
        hold_rest(t->out.run);
    hold_visits(t);
    hold_conditions(t, before);
}

static struct story *
tell(int length)
{
    struct story *t = story_draw();

    t->look = hold_all;
    story_goes_on(t, length);
    return t;
}

TEST(no_conversation_breaks_what_must_hold)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());

        chance_begin(i);
        tell(INPUTS);
        arena_rewind(test_arena(), mark);
    }
}

TEST(a_conversation_played_again_is_the_same_to_the_byte)
{
    for (int i = 0; i < CASES / 10; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct buf all = { .arena = test_arena() };
        struct run run = { .id = 12, .epoch = 1, .root = STR("main") };
        const struct flow_document *flows[2];
        struct story *t;

        chance_begin(CASES + i);
        t = tell(INPUTS);
        for (int k = 0; k < 2; k++)
            flows[k] = story_read(t->texts[k]);
        for (int k = 0; k < t->count; k++) {
            struct moment *m = &t->moments[k];
            struct step_out out;

            flow_step(test_arena(), (struct flow_set){ flows, 2 }, &run, &m->facts, &m->input,
                      m->now_us, &out);
            buf_add(&all, story_written(test_arena(), &out));
            run = *out.run;
        }
        chance_hold(str_eq(buf_str(&all), buf_str(&t->all)), "played again it is the same");
        arena_rewind(test_arena(), mark);
    }
}

/* --- ways out of a question ------------------------------------------------------------ */

static bool
has_left(const struct story *t, int visits)
{
    return t->run.state != RUN_ASKING || t->run.visits != visits;
}

static struct input
wrong_answer(struct story *t)
{
    return (struct input){
        .kind = INPUT_MESSAGE,
        .id = str_fmt(test_arena(), "wrong:%d", t->count),
        .said = { .form = FORM_UNSUPPORTED },
    };
}

static struct input
silence(struct story *t)
{
    int64_t token = t->run.ask.remind_token > 0   ? t->run.ask.remind_token
                    : t->run.ask.gather_token > 0 ? t->run.ask.gather_token
                                                  : t->run.ask.expire_token;

    return (struct input){ .kind = INPUT_TIMER,
                           .id = str_fmt(test_arena(), "ring:%d", t->count),
                           .token = token };
}

static struct input
zero(struct story *t)
{
    return (struct input){
        .kind = INPUT_MESSAGE,
        .id = str_fmt(test_arena(), "zero:%d", t->count),
        .said.text = STR("0"),
    };
}

TEST(from_every_question_wrong_answers_silence_and_zero_lead_on)
{
    static const struct {
        struct input (*input)(struct story *t);
        int most; /* of them, in a row */
    } ways[] = { { wrong_answer, 12 }, { silence, 8 }, { zero, 1 } };
    int asked = 0;

    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct story *t;
        int visits;

        chance_begin(2 * CASES + i);
        t = tell(1 + chance_below(12));
        if (t->run.state == RUN_ASKING && t->facts.bot_controls && t->run.epoch == t->facts.epoch &&
            !t->run.is_confirming_opt_out) {
            int way = chance_below(3);

            asked++;
            visits = t->run.visits;
            t->facts.window_ends_us = t->facts.answered_lately = 0;
            for (int k = 0; k < ways[way].most && !has_left(t, visits); k++)
                story_take(t, ways[way].input(t));
            chance_hold(has_left(t, visits), "every question can be left");
        }
        arena_rewind(test_arena(), mark);
    }
    CHECK(asked > CASES / 20);
}
