/*
 * Where paths lead, and how long they go on: without an answer, without a person, without anything said.
 */
#include "lint_private.h"

#include "base/fold.h"

static struct finding *
add(struct lint_pass *p, const char *code, int card, const char *setting)
{
    struct finding *f = lint_at(p, code, card);

    f->setting = str_of(setting);
    return f;
}

/* --- one card at a time ----------------------------------------------------------- */

static void
judge_attempts(struct lint_pass *p, int card)
{
    const struct flow_card *c = &p->d->cards[card];

    if (lint_word(c, "exhausted_flow").len > 0 &&
        document_follow(p->d, card, STR("exhausted")) >= 0)
        add(p, "L117", card, "exhausted_flow")->outlet = STR("exhausted");
    if (lint_number(c, "attempts") == 1)
        add(p, "L604", card, "attempts");
    if ((p->by[card] & LINT_WINDOWED) != 0 && (lint_number(c, "expire_after_s") > LINT_WINDOW_S ||
                                               lint_number(c, "remind_after_s") > LINT_WINDOW_S))
        add(p, "L605", card,
            lint_number(c, "expire_after_s") > LINT_WINDOW_S ? "expire_after_s" : "remind_after_s");
}

static void
judge_phone(struct lint_pass *p, int card)
{
    if (!p->d->cards[card].kind->is_phone_only || p->channels == 0)
        return;
    if ((p->channels & LINT_PHONE) == 0)
        lint_at(p, "L218", card);
    else if ((p->by[card] & ~LINT_PHONE) != 0)
        lint_at(p, "L217", card);
}

static void
judge_settings(struct lint_pass *p)
{
    const struct flow_settings *s = &p->d->settings;

    if (s->fallback.flow.len == 0 && s->fallback.department.len == 0)
        add(p, "L516", -1, "settings.fallback");
    if ((p->channels & LINT_WINDOWED) != 0 && s->silence.expire_after_s > LINT_WINDOW_S)
        add(p, "L605", -1, "settings.silence.expire_after_s");
}

/* --- a way to a person ------------------------------------------------------------ */

/* Cards from which a person, or another flow that knows one, can be reached. */
static bool *
near_a_person(struct lint_pass *p)
{
    const struct flow_document *d = p->d;
    bool *near = arena_array(p->arena, bool, (size_t)d->card_count), changed = true;

    for (int i = 0; i < d->card_count; i++)
        near[i] =
            lint_is_type(&d->cards[i], "transfer") || lint_is_type(&d->cards[i], "divert_call") ||
            lint_is_type(&d->cards[i], "run_flow") || lint_is_type(&d->cards[i], "return_flow");
    /* Against the order, so that one round settles all but circles. */
    while (changed) {
        changed = false;
        for (int k = p->order_count - 1; k >= 0; k--) {
            int card = p->order[k];

            LINT_EACH_LINE(d, card, i)
            {
                int to = d->connectors[i].to;

                if (!near[card] && to >= 0 && near[to])
                    near[card] = changed = true;
            }
        }
    }
    return near;
}

static void
judge_way_out(struct lint_pass *p, const bool *near)
{
    for (int i = 0; !p->d->settings.human.is_on && i < p->d->card_count; i++)
        if (lint_is_live(p, i) && p->d->cards[i].kind->asks && !near[i])
            lint_at(p, "L515", i);
}

/* --- words that mean the same everywhere ------------------------------------------ */

enum { KEYWORDS_MAX = 3 * FLOW_WORDS_MAX };

/* Folded, and as they were written. */
struct keywords {
    struct str folded[KEYWORDS_MAX], written[KEYWORDS_MAX];
    size_t n;
};

static void
add_keywords(struct lint_pass *p, struct keywords *to, bool is_on, struct flow_words words)
{
    for (size_t i = 0; is_on && i < words.n && to->n < KEYWORDS_MAX; i++) {
        to->folded[to->n] = fold(p->arena, words.v[i]);
        to->written[to->n++] = words.v[i];
    }
}

/* The keyword that this is; empty: none. */
static struct str
keyword_in(struct lint_pass *p, const struct keywords *keywords, const struct json *option)
{
    const struct json *synonyms = json_get(option, "synonyms");

    for (size_t k = 0; k <= json_len(synonyms); k++) {
        struct str said = fold(p->arena, k == 0 ? json_get_text(option, "label")
                                                : json_text(json_at(synonyms, k - 1)));

        for (size_t i = 0; i < keywords->n; i++)
            if (said.len > 0 && str_eq(said, keywords->folded[i]))
                return keywords->written[i];
    }
    return STR("");
}

/* An option is heard before a keyword: who says “atendente” and never meets one was misled. */
static void
judge_keywords(struct lint_pass *p, const bool *near, const struct keywords *keywords, int card)
{
    const struct json *options = json_get(p->d->cards[card].settings, "options");

    for (size_t i = 0; i < json_len(options); i++) {
        const struct json *option = json_at(options, i);
        struct str id = json_get_text(option, "id"), word = keyword_in(p, keywords, option);
        int to = document_follow(p->d, card, str_fmt(p->arena, "opt:%.*s", STR_ARG(id)));
        struct finding *f;

        if (word.len == 0 || to < 0 || near[to])
            continue;
        f = add(p, "L205", card, "options");
        f->option = id;
        f->args[0] = json_get_text(option, "label");
        f->args[1] = word;
    }
}

static void
judge_words(struct lint_pass *p, const bool *near)
{
    const struct flow_settings *s = &p->d->settings;
    struct keywords keywords = { .n = 0 };

    add_keywords(p, &keywords, s->human.is_on, s->human.words);
    add_keywords(p, &keywords, s->menu.is_on, s->menu.words);
    add_keywords(p, &keywords, true, s->opt_out_words);
    for (int i = 0; i < p->d->card_count; i++)
        if (lint_is_read(p, i) && p->d->cards[i].kind->asks)
            judge_keywords(p, near, &keywords, i);
}

/* --- the same question again ------------------------------------------------------ */

struct search {
    int *seen, turn; /* turn in which a card was seen last */
    int *stack, n;
};

static void
look(struct search *s, int card)
{
    if (card < 0 || s->seen[card] == s->turn)
        return;
    s->seen[card] = s->turn;
    s->stack[s->n++] = card;
}

/* From its way out after the attempts straight back to it: nobody was met, nothing else was asked. */
static bool
comes_back(struct lint_pass *p, struct search *s, int card)
{
    s->turn++;
    look(s, document_follow(p->d, card, STR("exhausted")));
    while (s->n > 0) {
        int at = s->stack[--s->n];
        const struct card *kind = p->d->cards[at].kind;

        if (at != card &&
            (kind == NULL || kind->asks || lint_is_type(&p->d->cards[at], "transfer")))
            continue;
        if (at != card)
            LINT_EACH_LINE(p->d, at, i)
        look(s, p->d->connectors[i].to);
    }
    return s->seen[card] == s->turn;
}

static void
judge_repetition(struct lint_pass *p)
{
    size_t n = (size_t)p->d->card_count;
    struct search s = { arena_array(p->arena, int, n), 0, arena_array(p->arena, int, n), 0 };

    for (int i = 0; i < p->d->card_count; i++)
        if (lint_is_live(p, i) && p->d->cards[i].kind->asks && comes_back(p, &s, i))
            lint_at(p, "L517", i)->outlet = STR("exhausted");
}

/* --- how much in a row ------------------------------------------------------------ */

enum { IN_A_ROW_MAX = 5, IN_A_ROW_CAP = 50 };

static bool
is_said(const struct flow_card *card)
{
    return card->kind != NULL && card->kind->speaks && !card->kind->asks;
}

/* Figures that grow along the lines, each card's from those before it, up to a cap. */
typedef int64_t lint_grow(const struct lint_pass *p, int connector, int64_t at_card);

static int64_t *
grow(struct lint_pass *p, lint_grow *step, int64_t cap)
{
    int64_t *figures = arena_array(p->arena, int64_t, (size_t)p->d->card_count);
    bool changed = true;

    /* No way without a circle is longer; circles without an answer are found elsewhere. */
    for (int round = 0; changed && round <= p->order_count; round++) {
        changed = false;
        for (int k = 0; k < p->order_count; k++) {
            int card = p->order[k];

            LINT_EACH_LINE(p->d, card, i)
            {
                int to = p->d->connectors[i].to;
                int64_t figure = step(p, i, figures[card]);

                figure = figure > cap ? cap : figure;
                if (to < 0 || figure <= figures[to])
                    continue;
                figures[to] = figure;
                changed = true;
            }
        }
    }
    return figures;
}

static int64_t
count_messages(const struct lint_pass *p, int connector, int64_t so_far)
{
    const struct flow_connector *c = &p->d->connectors[connector];
    const struct flow_card *from = &p->d->cards[c->from];

    if (from->kind != NULL && from->kind->asks)
        return 0;
    return so_far + is_said(from);
}

static bool
is_last_said(struct lint_pass *p, int card)
{
    LINT_EACH_LINE(p->d, card, i)
    {
        int to = p->d->connectors[i].to;

        if (to >= 0 && is_said(&p->d->cards[to]))
            return false;
    }
    return true;
}

static void
judge_messages(struct lint_pass *p)
{
    const int64_t *before = grow(p, count_messages, IN_A_ROW_CAP);

    for (int i = 0; i < p->d->card_count; i++)
        if (lint_is_live(p, i) && is_said(&p->d->cards[i]) && before[i] + 1 > IN_A_ROW_MAX &&
            is_last_said(p, i))
            lint_at(p, "L213", i)->args[0] = lint_figure(p, before[i] + 1);
}

/* --- how long in silence ---------------------------------------------------------- */

static int64_t
seconds_of(const struct flow_card *wait)
{
    static const struct {
        const char *unit;
        int64_t seconds;
    } units[] = { { "seconds", 1 }, { "minutes", 60 }, { "hours", 3600 }, { "days", 86400 } };
    int64_t amount = lint_number(wait, "amount");

    if (amount < 0 || amount > 7 * 86400)
        return 0;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (str_eq(lint_word(wait, "unit"), str_of(units[i].unit)))
            return amount * units[i].seconds;
    return 0;
}

static int64_t
count_silence(const struct lint_pass *p, int connector, int64_t so_far)
{
    const struct flow_connector *c = &p->d->connectors[connector];
    const struct flow_card *from = &p->d->cards[c->from];
    bool is_wait = lint_is_type(from, "wait");
    int64_t patience = 0;

    if (str_eq(c->outlet, STR("silent"))) {
        patience = lint_number(from, "expire_after_s");
        return patience > 0 ? patience : p->d->settings.silence.expire_after_s;
    }
    if ((from->kind != NULL && from->kind->asks) || (is_wait && str_eq(c->outlet, STR("message"))))
        return 0;
    return so_far + (is_wait ? seconds_of(from) : 0);
}

static void
judge_silence(struct lint_pass *p)
{
    const int64_t *silence;

    if ((p->channels & LINT_WINDOWED) == 0)
        return;
    silence = grow(p, count_silence, LINT_WINDOW_S + 1);
    for (int i = 0; i < p->d->card_count; i++) {
        const struct card *kind = p->d->cards[i].kind;

        /* What may be sent at any time is no danger: a template. */
        if (lint_is_live(p, i) && kind->speaks && !kind->is_entry &&
            (p->by[i] & LINT_WINDOWED) != 0 && silence[i] > LINT_WINDOW_S)
            lint_at(p, "L214", i);
    }
}

void
lint_paths(struct lint_pass *p)
{
    const bool *near = near_a_person(p);

    for (int i = 0; i < p->d->card_count; i++) {
        if (!lint_is_live(p, i))
            continue;
        if (p->d->cards[i].kind->asks)
            judge_attempts(p, i);
        judge_phone(p, i);
    }
    judge_settings(p);
    judge_way_out(p, near);
    judge_words(p, near);
    judge_repetition(p);
    judge_messages(p);
    judge_silence(p);
}
