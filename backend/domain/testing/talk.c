#include "domain/testing/talk.h"

#include "base/testing/testing.h"

/* --- cards of our own: as small as cards can be --------------------------------------- */

static void
say_enter(struct step *s)
{
    step_say(s, step_render(s, "text"));
    step_leave(s, "next");
}

static void
menu_question(struct step *s, struct question *out)
{
    static const struct str boleto[] = { STR_INIT("fatura"), STR_INIT("boleto") };
    static const struct choice_option options[] = {
        { STR_INIT("Boleto ou Pix"), boleto, 2, 1 },
        { STR_INIT("Estou sem internet"), NULL, 0, 2 },
        { STR_INIT("Boleto atrasado"), NULL, 0, 3 },
    };
    static const struct effect_option shown[] = {
        { STR_INIT("bill"), STR_INIT("Boleto ou Pix"), { 0 }, 1 },
        { STR_INIT("down"), STR_INIT("Estou sem internet"), { 0 }, 2 },
        { STR_INIT("late"), STR_INIT("Boleto atrasado"), { 0 }, 3 },
    };

    out->kind = QUESTION_CHOICE;
    out->content = step_render(s, "text");
    out->options = options;
    out->shown = shown;
    out->option_count = 3;
    out->is_fuzzy = true;
}

static void
menu_answered(struct step *s, const struct reply *reply)
{
    static const char *const ids[] = { "bill", "down", "late" };

    step_answer(s, str_of(ids[reply->option]), (struct variable_value){ 0 }, STR(""));
    step_leave_option(s, "opt", str_of(ids[reply->option]));
}

static void
await_question(struct step *s, struct question *out)
{
    out->kind = QUESTION_AWAIT;
    out->content = step_render(s, "text");
    out->validator = validators_find(step_word(s, "validator"));
    out->gather_s = step_figure(s, "gather_s");
}

static void
await_answered(struct step *s, const struct reply *reply)
{
    if (str_eq(reply->value.value, step_word(s, "refused"))) {
        step_wrong(s, step_render_text(s, STR("Esse não.")));
        return;
    }
    step_set(s, STR("flow.answer"),
             (struct variable_value){ reply->value.type, reply->value.value });
    step_leave(s, "next");
}

static void
finish_enter(struct step *s)
{
    step_close(s, &(struct closing){ .reason = STR("reason:1"), .end_reason = "finished" });
}

static void
wait_enter(struct step *s)
{
    step_wait(s, &(struct pause){ .seconds = 30, .breaks_on_message = step_flag(s, "breaks") });
}

static void
call_enter(struct step *s)
{
    step_call(s, "http", "GET", STR("{\"url\":\"https://exemplo.com.br\"}"), 45,
              step_flag(s, "safe"));
}

static void
call_called(struct step *s, const struct call_result *result)
{
    step_set(s, STR("flow.outcome"),
             (struct variable_value){ VARIABLE_TEXT, str_dup(step_arena(s), result->outcome) });
    step_leave(s, "next");
}

static void
hand_enter(struct step *s)
{
    step_say_as(s, step_render(s, "text"), "bot", "handover");
    step_hand_over(s, &(struct handover){
                          .target = "department",
                          .department = STR("department:2"),
                          .holds = true,
                      });
}

static void
go_enter(struct step *s)
{
    step_go(s, step_word(s, "flow"), step_flag(s, "returns"));
}

static void
nothing_enter(struct step *s)
{
    step_say(s, step_render_text(s, STR("Nada a decidir.")));
}

const struct card talk_card_say = { .type = "say", .enter = say_enter };
const struct card talk_card_menu = {
    .type = "menu", .enter = step_ask, .question = menu_question, .answered = menu_answered
};
const struct card talk_card_await = {
    .type = "await", .enter = step_ask, .question = await_question, .answered = await_answered
};
const struct card talk_card_finish = { .type = "finish", .enter = finish_enter };
const struct card talk_card_wait = { .type = "wait", .enter = wait_enter };
const struct card talk_card_call = { .type = "call", .enter = call_enter, .called = call_called };
const struct card talk_card_hand = { .type = "hand", .enter = hand_enter };
const struct card talk_card_go = { .type = "go", .enter = go_enter };
const struct card talk_card_back = { .type = "back", .enter = step_return };
const struct card talk_card_nothing = { .type = "nothing", .enter = nothing_enter };

/* --- documents by hand: cards and connectors in order of their ids ---------------------- */

static const struct str opt_out[] = { STR_INIT("parar") };
static const struct str human[] = { STR_INIT("atendente") };
static const struct str home[] = { STR_INIT("menu") };
static const struct flow_settings settings = {
    .fallback.department = STR_INIT("department:1"),
    .human = { true, STR_INIT("0"), { human, 1 }, { 0 } },
    .menu = { true, { home, 1 }, { 0 } },
    .silence = { .remind_after_s = 600,
                 .reminders = 1,
                 .expire_after_s = 3600,
                 .on_expire = STR_INIT("close"),
                 .remind_text = STR_INIT("Ainda está por aí?"),
                 .expire_text = STR_INIT("Vou encerrar por agora.") },
    .texts = { STR_INIT("Não entendi."), STR_INIT("Qual delas?"), STR_INIT("De antes."),
               STR_INIT("Tive um problema."), STR_INIT("Só leio texto.") },
    .opt_out_words = { opt_out, 1 },
    .window_closed = STR_INIT("transfer"),
    .pace_ms = 700,
};

static const struct json *
json(const char *text)
{
    const struct json *out;

    CHECK_OK(json_parse(test_arena(), str_of(text), &out));
    return out;
}

struct flow_card
talk_card(const char *id, const struct card *kind, const char *text)
{
    return (struct flow_card){
        .id = str_of(id), .type = str_of(kind->type), .kind = kind, .settings = json(text)
    };
}

/* The first card is the start. */
const struct flow_document *
talk_document(const char *key, const struct flow_card *drawn, int card_count,
              const struct talk_line *lines)
{
    struct flow_document *d = arena_new_of(test_arena(), struct flow_document);
    struct flow_card *sorted = arena_array(test_arena(), struct flow_card, (size_t)card_count);
    struct flow_connector *connectors = arena_array(test_arena(), struct flow_connector, 40);

    *d = (struct flow_document){ .key = str_of(key),
                                 .settings = settings,
                                 .cards = sorted,
                                 .connectors = connectors,
                                 .card_count = card_count };
    for (int i = 0; i < card_count; i++) {
        int at = i;

        for (; at > 0 && strcmp(sorted[at - 1].id.p, drawn[i].id.p) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = drawn[i];
    }
    d->start = document_card(d, drawn[0].id);
    for (; lines->from != NULL; lines++) {
        struct flow_connector line = {
            .from = document_card(d, str_of(lines->from)),
            .to = document_card(d, str_of(lines->to)),
            .from_id = str_of(lines->from),
            .outlet = str_of(lines->outlet),
            .to_id = str_of(lines->to),
        };
        int at = d->connector_count++;

        for (; at > 0; at--) {
            int order = strcmp(connectors[at - 1].from_id.p, line.from_id.p);

            if (order < 0 || (order == 0 && strcmp(connectors[at - 1].outlet.p, line.outlet.p) < 0))
                break;
            connectors[at] = connectors[at - 1];
        }
        connectors[at] = line;
    }
    return d;
}

/* --- a conversation ------------------------------------------------------------------- */

struct talk
talk_about(const struct flow_document *root)
{
    return (struct talk){
        .flows = { root },
        .flow_count = 1,
        .run = { .id = 12, .epoch = 1, .root = root->key },
        .facts = { .bot_controls = true, .epoch = 1, .channel = FLOW_WHATSAPP },
        .now_us = TEST_NOW_US,
    };
}

/* Every step through JSON and back, as the database would. */
void
talk_give(struct talk *t, struct input input)
{
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    if (input.id.len == 0)
        input.id = str_fmt(test_arena(), "in:%d", ++t->inputs);
    flow_step(test_arena(), (struct flow_set){ t->flows, t->flow_count }, &t->run, &t->facts,
              &input, t->now_us, &t->out);
    run_write(&o, t->out.run);
    CHECK_OK(run_read(test_arena(), json(str_cstr(test_arena(), buf_str(&b))), &t->run));
}

void
talk_start(struct talk *t)
{
    talk_give(t, (struct input){ .kind = INPUT_START, .first_text = STR("oi") });
}

void
talk_write(struct talk *t, const char *text)
{
    talk_give(t, (struct input){ .kind = INPUT_MESSAGE, .said.text = str_of(text) });
}

void
talk_tap(struct talk *t, int64_t token, const char *option)
{
    struct str payload =
        str_fmt(test_arena(), "b1.c.%c.%s", (int)"0123456789abcdefghijklmnop"[token], option);

    talk_give(
        t, (struct input){ .kind = INPUT_REPLY, .payload = payload, .said.text = STR("título") });
}

void
talk_ring(struct talk *t, int64_t token)
{
    talk_give(t, (struct input){ .kind = INPUT_TIMER, .token = token });
}

/* The nth effect of a kind, counted from 0; NULL: there is none. */
const struct effect *
talk_effect(const struct talk *t, enum effect_kind kind, int n)
{
    for (size_t i = 0; i < t->out.effect_count; i++)
        if (t->out.effects[i].kind == kind && n-- == 0)
            return &t->out.effects[i];
    return NULL;
}

struct str
talk_text(const struct talk *t, enum effect_kind kind, int n)
{
    const struct effect *e = talk_effect(t, kind, n);

    return e == NULL ? STR("(none)") : e->content.text;
}

int
talk_spoken(const struct talk *t)
{
    int n = 0;

    for (size_t i = 0; i < t->out.effect_count; i++)
        n += t->out.effects[i].kind == EFFECT_SEND || t->out.effects[i].kind == EFFECT_ASK;
    return n;
}

const char *
talk_state(const struct talk *t)
{
    return run_state_names[t->run.state];
}

void
talk_take(struct talk *t)
{
    t->facts.bot_controls = false;
    t->facts.epoch++;
    talk_give(t, (struct input){ .kind = INPUT_TAKEN, .epoch = t->facts.epoch });
}

void
talk_give_back(struct talk *t, const char *mode)
{
    t->facts.bot_controls = true;
    t->facts.epoch++;
    talk_give(
        t, (struct input){ .kind = INPUT_RETURNED, .mode = str_of(mode), .epoch = t->facts.epoch });
}

/* hello → menu → (bill) bye, (down) name → bye */
struct talk
talk_shop(void)
{
    const struct flow_card drawn[] = {
        talk_card("hello", &talk_card_say,
                  "{\"text\":\"{{now.greeting}}, {{contact.first_name}}!\"}"),
        talk_card("menu", &talk_card_menu, "{\"text\":\"Como posso ajudar?\",\"attempts\":3}"),
        talk_card("name", &talk_card_await,
                  "{\"text\":\"Seu nome?\",\"validator\":\"name\",\"refused\":\"Zé\"}"),
        talk_card("bye", &talk_card_say, "{\"text\":\"Até mais, {{flow.answer}}.\"}"),
        talk_card("end", &talk_card_finish, "{}"),
    };
    const struct talk_line lines[] = {
        { "hello", "next", "menu" },
        { "menu", "opt:bill", "bye" },
        { "menu", "opt:down", "name" },
        { "menu", "opt:late", "bye" },
        { "name", "next", "bye" },
        { "bye", "next", "end" },
        { 0 },
    };

    return talk_about(talk_document("shop", drawn, 5, lines));
}
