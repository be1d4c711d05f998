/*
 * What the linter lets through keeps what it promises: models of the product, with lines that lead elsewhere as an author
 * might have drawn them, as long as no error is found; and conversations of all kinds.
 */
#include "domain/testing/story.h"
#include "flows.h"
#include "lint.h"

#include "base/clock.h"

enum { CASES = 120, INPUTS_MAX = 9, SILENCES_MAX = 40, LINES_MOVED_MAX = 3, CARDS_A_STEP = 300 };

/* --- sound flows -------------------------------------------------------------------------- */

static const struct {
    const char *model;
    int part;
} models[] = { { "provedor", 0 }, { "provedor", 1 }, { "clinica", 0 },        { "clinica", 1 },
               { "loja", 0 },     { "escola", 0 },   { "fora-do-horario", 0 } };

/* Some lines lead to other cards. */
static const struct flow_document *
with_other_lines(const struct flow_document *d)
{
    struct flow_document *copy = arena_new_of(test_arena(), struct flow_document);
    struct flow_connector *lines =
        arena_array(test_arena(), struct flow_connector, (size_t)d->connector_count + 1);

    *copy = *d;
    for (int i = 0; i < d->connector_count; i++)
        lines[i] = d->connectors[i];
    for (int i = chance_below(LINES_MOVED_MAX + 1); i > 0; i--) {
        struct flow_connector *line = &lines[chance_below(d->connector_count)];

        line->to = chance_below(d->card_count);
        line->to_id = d->cards[line->to].id;
    }
    copy->connectors = lines;
    return copy;
}

/* Its own flow and the one that comes with it; false: it would not be published. */
static bool
draw_sound(struct story *t)
{
    int which = chance_below((int)(sizeof models / sizeof models[0]));
    const struct flow_model *model = flow_model_find(str_of(models[which].model));
    int other = 1 - models[which].part;
    struct lint_world world = { .is_bound = false };
    struct findings findings = { .arena = test_arena() };

    t->flows[0] = with_other_lines(story_read(flow_model_text(model, (size_t)models[which].part)));
    t->flows[1] = flow_model_text(model, (size_t)other).len == 0
                      ? t->flows[0]
                      : story_read(flow_model_text(model, (size_t)other));
    t->run.root = t->flows[0]->key;
    world.flows = (struct flow_set){ &t->flows[1], t->flows[1] == t->flows[0] ? 0 : 1 };
    lint_document(test_arena(), t->flows[0], &world, &findings);
    return findings_count(&findings, FINDING_ERROR) == 0;
}

/* --- what must hold ------------------------------------------------------------------------- */

/* Of L108: what always waits for an answer, or for people. */
static bool
always_asks(const struct story *t, const struct trace_entry *e)
{
    const struct flow_document *d = flow_set_find(story_flows(t), e->flow);
    int card = d == NULL ? -1 : document_card(d, e->card);

    return card >= 0 && d->cards[card].kind != NULL &&
           (d->cards[card].kind->always_asks || str_eq(e->type, STR("transfer")));
}

static bool
is_enter(const struct trace_entry *e)
{
    return strcmp(e->event, "enter") == 0;
}

/* A card that is met twice had somebody asked in between. */
static bool
goes_round(const struct story *t, size_t from)
{
    const struct trace_entry *first = &t->out.trace[from];

    if (!is_enter(first) || always_asks(t, first))
        return false;
    for (size_t i = from + 1; i < t->out.trace_count; i++) {
        const struct trace_entry *e = &t->out.trace[i];

        if (is_enter(e) && always_asks(t, e))
            return false;
        if (is_enter(e) && str_eq(e->card, first->card) && str_eq(e->flow, first->flow))
            return true;
    }
    return false;
}

static void
look(struct story *t, const struct run *before, const struct input *input)
{
    (void)before;
    (void)input;
    CHECK(t->out.trace_count < CARDS_A_STEP * 4);
    for (size_t i = 0; i < t->out.trace_count; i++) {
        chance_hold(!str_eq(t->out.trace[i].reason, STR("dead_end")) &&
                        !str_eq(t->out.trace[i].error, STR("dead_end")),
                    "no way out leads nowhere");
        chance_hold(!goes_round(t, i), "nobody goes round without being asked");
    }
}

/* --- ways to the end --------------------------------------------------------------------------- */

static bool
is_with_people(const struct story *t)
{
    return t->run.state == RUN_ENDED || t->run.state == RUN_HELD;
}

/* Whoever asks for a person comes to one; where that is off, silence is enough in the end. */
static struct input
way_out(const struct story *t)
{
    const struct run *run = &t->run;
    const int64_t tokens[] = { run->wait.token, run->ask.remind_token, run->ask.gather_token,
                               run->ask.expire_token, run->call.token };
    struct input input = { .kind = INPUT_TIMER, .id = str_fmt(test_arena(), "out:%d", t->count) };

    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0] && input.token == 0; i++)
        input.token = tokens[i];
    if (run->state == RUN_ASKING && t->flows[0]->settings.human.is_on && chance_in(50))
        input = (struct input){ .kind = INPUT_MESSAGE,
                                .id = input.id,
                                .said.text = t->flows[0]->settings.human.words.v[0] };
    return input;
}

TEST(what_the_linter_lets_through_never_ends_nowhere_and_never_goes_round)
{
    int sound = 0, asked = 0;

    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct story *t;

        chance_begin(i);
        t = story_draw();
        if (draw_sound(t)) {
            sound++;
            t->look = look;
            story_goes_on(t, 1 + chance_below(INPUTS_MAX));
            t->facts.window_ends_us = t->facts.answered_lately = 0;
            asked += t->run.state == RUN_ASKING;
            if (t->run.state == RUN_ASKING && t->facts.bot_controls &&
                t->run.epoch == t->facts.epoch) {
                for (int k = 0; k < SILENCES_MAX && !is_with_people(t); k++)
                    story_take(t, way_out(t));
                chance_hold(is_with_people(t), "from every question one comes to people or an end");
            }
        }
        arena_rewind(test_arena(), mark);
    }
    CHECK(sound > CASES / 3);
    CHECK(asked > CASES / 12);
}
