/*
 * Going round: cards that lead back to themselves without anybody answering, and flows that call one another without
 * end. Looks beyond the document, into all flows that it runs.
 */
#include "lint_private.h"

/* Flows that can be reached by running them, the document itself first. */
struct closure {
    struct lint_pass *pass;
    const struct flow_document *flows[FLOW_CLOSURE_MAX];
    int first[FLOW_CLOSURE_MAX + 1]; /* number of a flow's first card among all cards */
    int n;
};

static bool
runs_a_flow(const struct flow_card *card)
{
    return lint_is_type(card, "run_flow") && !card->is_parked;
}

static struct str
key_of(struct str ref)
{
    return str_starts(ref, STR("flow:")) ? (struct str){ ref.p + 5, ref.len - 5 } : STR("");
}

/* -1: not one of them. */
static int
index_of(const struct closure *c, struct str key)
{
    for (int i = 0; i < c->n; i++)
        if (str_eq(c->flows[i]->key, key))
            return i;
    return -1;
}

static int
target_of(const struct closure *c, const struct flow_card *card)
{
    return index_of(c, key_of(lint_word(card, "flow")));
}

static void
collect(struct closure *c)
{
    c->flows[c->n++] = c->pass->d;
    for (int i = 0; i < c->n; i++) {
        const struct flow_document *d = c->flows[i];

        c->first[i + 1] = c->first[i] + d->card_count;
        for (int k = 0; k < d->card_count; k++) {
            const struct flow_document *other;

            if (!runs_a_flow(&d->cards[k]) || target_of(c, &d->cards[k]) >= 0 ||
                c->n == FLOW_CLOSURE_MAX)
                continue;
            other = flow_set_find(c->pass->world->flows, key_of(lint_word(&d->cards[k], "flow")));
            if (other != NULL)
                c->flows[c->n++] = other;
        }
    }
}

/* --- which flows call which ------------------------------------------------------- */

/* From each flow, whether another can be reached by jumps and calls; and by jumps alone, where it could return from. */
struct reach {
    bool any[FLOW_CLOSURE_MAX][FLOW_CLOSURE_MAX], jumps[FLOW_CLOSURE_MAX][FLOW_CLOSURE_MAX];
    int deepest[FLOW_CLOSURE_MAX]; /* calls within one another, from there on */
};

static void
close_over(bool m[FLOW_CLOSURE_MAX][FLOW_CLOSURE_MAX], int n)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; m[i][k] && j < n; j++)
                m[i][j] |= m[k][j];
}

static void
measure_depth(const struct closure *c, struct reach *reach)
{
    bool changed = true;

    /* Beyond the limit it does not matter how deep, so that calls in a circle end too. */
    while (changed) {
        changed = false;
        for (int i = 0; i < c->n; i++)
            for (int k = 0; k < c->flows[i]->card_count; k++) {
                const struct flow_card *card = &c->flows[i]->cards[k];
                int to = runs_a_flow(card) ? target_of(c, card) : -1;
                int depth = to < 0 ? 0 : reach->deepest[to] + lint_flag(card, "returns");

                if (depth > reach->deepest[i] && reach->deepest[i] <= RUN_FRAMES_MAX) {
                    reach->deepest[i] = depth;
                    changed = true;
                }
            }
    }
}

static struct reach *
reach_of(const struct closure *c)
{
    struct reach *reach = arena_new_of(c->pass->arena, struct reach);

    for (int i = 0; i < c->n; i++)
        for (int k = 0; k < c->flows[i]->card_count; k++) {
            const struct flow_card *card = &c->flows[i]->cards[k];
            int to = runs_a_flow(card) ? target_of(c, card) : -1;

            if (to < 0)
                continue;
            reach->any[i][to] = true;
            reach->jumps[i][to] |= !lint_flag(card, "returns");
        }
    close_over(reach->any, c->n);
    close_over(reach->jumps, c->n);
    measure_depth(c, reach);
    return reach;
}

static bool
has_return(const struct flow_document *d, struct arena *a)
{
    const bool *reached = document_reached(a, d);

    for (int i = 0; i < d->card_count; i++)
        if (reached[i] && lint_is_type(&d->cards[i], "return_flow"))
            return true;
    return false;
}

static void
judge_call(struct lint_pass *p, const struct closure *c, const struct reach *reach,
           const bool *returns, int card)
{
    int to = target_of(c, &p->d->cards[card]);
    bool comes_back = false;
    const char *code = NULL;

    if (to < 0)
        return;
    for (int i = 0; i < c->n; i++)
        comes_back |= returns[i] && (i == to || reach->jumps[to][i]);
    if (to == 0 || reach->any[to][0])
        code = "L109";
    else if (reach->deepest[to] + 1 > RUN_FRAMES_MAX)
        code = "L110";
    if (code != NULL)
        lint_at(p, code, card)->args[0] = c->flows[to]->name;
    if (!comes_back)
        lint_at(p, "L112", card)->args[0] = c->flows[to]->name;
}

/* --- circles of cards ------------------------------------------------------------- */

/* Cards of all flows as one graph: what may follow at once, without anybody answering. */
struct circles {
    const struct closure *closure;
    const bool *passes; /* by flow: may be run from its start to its return in silence */
    int n;
    int *index, *low; /* of Tarjan's search; 0: not yet seen */
    bool *waiting;    /* on his stack */
    bool *seen;       /* by a search through one flow */
    int *stack, stacked, counter;
};

static bool
is_silent(const struct flow_card *card)
{
    return card->kind != NULL && !card->kind->always_asks && !card->is_parked;
}

/* The k-th card that may follow this one at once; -1: there is no k-th; -2: this one leads nowhere. */
static int
next_of(const struct circles *s, int node, int k)
{
    const struct closure *c = s->closure;
    int flow = 0, to;

    while (node >= c->first[flow + 1])
        flow++;
    {
        const struct flow_document *d = c->flows[flow];
        int card = node - c->first[flow], line = document_first_connector(d, card) + k - 1;
        bool is_call = runs_a_flow(&d->cards[card]);

        if (k == 0) {
            to = is_call ? target_of(c, &d->cards[card]) : -1;
            return to < 0 || c->flows[to]->start < 0 ? -2 : c->first[to] + c->flows[to]->start;
        }
        if (line >= d->connector_count || d->connectors[line].from != card)
            return -1;
        to = d->connectors[line].to;
        if (to < 0 || str_eq(d->connectors[line].outlet, STR("served")))
            return -2;
        /* What comes after a call comes at once only if the call may be silent. */
        if (is_call &&
            (target_of(c, &d->cards[card]) < 0 || !s->passes[target_of(c, &d->cards[card])]))
            return -2;
        return c->first[flow] + to;
    }
}

static const struct flow_card *
card_at(const struct circles *s, int node)
{
    int flow = 0;

    while (node >= s->closure->first[flow + 1])
        flow++;
    return &s->closure->flows[flow]->cards[node - s->closure->first[flow]];
}

/* Whether a flow may be run from its start to a return without a question. */
static bool
passes_in_silence(struct circles *s, int flow)
{
    const struct flow_document *d = s->closure->flows[flow];
    bool *seen = s->seen;
    int n = 0, to;

    if (d->start < 0)
        return false;
    memset(seen, 0, (size_t)s->n * sizeof(*seen));
    s->stack[n++] = s->closure->first[flow] + d->start;
    seen[s->stack[0]] = true;
    while (n > 0) {
        int node = s->stack[--n];

        if (!is_silent(card_at(s, node)))
            continue;
        if (lint_is_type(card_at(s, node), "return_flow"))
            return true;
        for (int k = 0; (to = next_of(s, node, k)) != -1; k++) {
            /* What is called inside returns to the caller, not to us. */
            if (to < 0 || seen[to] || (k == 0 && lint_flag(card_at(s, node), "returns")))
                continue;
            seen[to] = true;
            s->stack[n++] = to;
        }
    }
    return false;
}

static void
judge_circle(struct circles *s, int root, bool is_loop)
{
    int least = -1, node, size = 0;

    do {
        node = s->stack[--s->stacked];
        s->waiting[node] = false;
        size++;
        if (node < s->closure->first[1] && (least < 0 || node < least))
            least = node;
    } while (node != root);
    if ((size > 1 || is_loop) && least >= 0 && s->closure->pass->reached[least])
        lint_at(s->closure->pass, "L108", least);
}

struct frame {
    int node, k;
    bool is_loop;
};

static void
open_node(struct circles *s, struct frame *frames, int *depth, int node)
{
    s->index[node] = s->low[node] = ++s->counter;
    s->stack[s->stacked++] = node;
    s->waiting[node] = true;
    frames[(*depth)++] = (struct frame){ .node = node };
}

/* Strongly connected cards, by Tarjan, without recursion. */
static void
search_from(struct circles *s, struct frame *frames, int node)
{
    int depth = 0;

    open_node(s, frames, &depth, node);
    while (depth > 0) {
        struct frame *f = &frames[depth - 1];
        int to = next_of(s, f->node, f->k++);

        if (to == -1) {
            if (s->low[f->node] == s->index[f->node])
                judge_circle(s, f->node, f->is_loop);
            depth--;
            if (depth > 0 && s->low[f->node] < s->low[frames[depth - 1].node])
                s->low[frames[depth - 1].node] = s->low[f->node];
            continue;
        }
        if (to < 0 || !is_silent(card_at(s, to)))
            continue;
        f->is_loop |= to == f->node;
        if (s->index[to] == 0)
            open_node(s, frames, &depth, to);
        else if (s->waiting[to] && s->index[to] < s->low[f->node])
            s->low[f->node] = s->index[to];
    }
}

static void
judge_circles(struct lint_pass *p, const struct closure *c)
{
    size_t n = (size_t)c->first[c->n];
    bool passes[FLOW_CLOSURE_MAX] = { false }, changed = true;
    struct circles s = { .closure = c,
                         .passes = passes,
                         .n = (int)n,
                         .index = arena_array(p->arena, int, n),
                         .low = arena_array(p->arena, int, n),
                         .waiting = arena_array(p->arena, bool, n),
                         .seen = arena_array(p->arena, bool, n),
                         .stack = arena_array(p->arena, int, n) };
    struct frame *frames = arena_array(p->arena, struct frame, n);

    /* A flow that calls another may be silent once the other is known to be. */
    while (changed && c->n > 1) {
        changed = false;
        for (int i = 1; i < c->n; i++)
            if (!passes[i] && passes_in_silence(&s, i))
                passes[i] = changed = true;
    }
    for (int i = 0; i < c->first[1]; i++)
        if (p->reached[i] && s.index[i] == 0 && is_silent(&p->d->cards[i]))
            search_from(&s, frames, i);
}

void
lint_circles(struct lint_pass *p)
{
    struct closure *c = arena_new_of(p->arena, struct closure);
    bool returns[FLOW_CLOSURE_MAX];
    const struct reach *reach;

    c->pass = p;
    collect(c);
    judge_circles(p, c);
    reach = reach_of(c);
    for (int i = 0; i < c->n; i++)
        returns[i] = has_return(c->flows[i], p->arena);
    for (int i = 0; i < p->d->card_count; i++) {
        if (!lint_is_live(p, i))
            continue;
        if (runs_a_flow(&p->d->cards[i]) && lint_flag(&p->d->cards[i], "returns"))
            judge_call(p, c, reach, returns, i);
        else if (p->world->is_bound && lint_is_type(&p->d->cards[i], "return_flow"))
            lint_at(p, "L113", i);
    }
}
