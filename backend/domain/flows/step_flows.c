/*
 * Where a run stands and how it gets from card to card, within a flow and into others.
 */
#include "step_private.h"

const struct flow_settings *
step_settings(struct step *s)
{
    /* For a run whose flow is gone: enough to say so. */
    static const struct flow_settings nothing = {
        .texts.error =
            STR_INIT("Tive um problema por aqui. Vou chamar alguém da equipe para continuar."),
    };

    return s->document == NULL ? &nothing : &s->document->settings;
}

const struct flow_document *
step_root(const struct step *s)
{
    return flow_set_find(s->flows, s->run->root);
}

void
step_stand(struct step *s)
{
    s->document = flow_set_find(s->flows, s->run->at.flow);
    s->card = s->document == NULL ? -1 : document_card(s->document, s->run->at.card);
    s->has_left = false;
}

bool
step_arrive(struct step *s, const struct flow_document *document, int card, const char *via)
{
    struct run *run = s->run;
    const struct flow_card *to = &document->cards[card];

    s->document = document;
    s->card = card;
    s->has_left = false;
    s->meaning_count = 0;
    s->meanwhile = (struct content){ 0 };
    run->at = (struct run_place){ document->key, to->id };
    run->phase = 0;
    run->scratch = (struct str){ 0 };
    memset(&run->ask, 0, sizeof(run->ask));
    run->visits++;
    run->steps++;
    step_trace(s, "enter")->via = str_of(via);

    if (++s->cards > RUN_CARDS_PER_INPUT)
        step_fall(s, "cards");
    else if (run->steps > RUN_CARDS_MAX)
        step_fall(s, "length");
    else if (to->kind == NULL || to->is_parked)
        step_fall(s, "unknown_card");
    return s->next.what == NEXT_UNDECIDED;
}

void
step_enter(struct step *s, const struct flow_document *document, int card, const char *via)
{
    if (step_arrive(s, document, card, via))
        document->cards[card].kind->enter(s);
}

void
step_begin_root(struct step *s, const char *via)
{
    const struct flow_document *root = step_root(s);

    s->run->frame_count = 0;
    s->run->at = (struct run_place){ .flow = s->run->root };
    s->document = root;
    s->card = -1;
    if (root == NULL || root->start < 0)
        step_fall(s, "no_start");
    else
        step_enter(s, root, root->start, via);
}

void
step_menu(struct step *s)
{
    const struct flow_document *root = step_root(s);
    int card = root == NULL ? -1 : document_card(root, root->settings.menu.card);

    step_quiet(s);
    step_trace_leave(s, STR("menu"));
    if (card < 0) {
        step_begin_root(s, "menu");
        return;
    }
    s->run->frame_count = 0;
    step_enter(s, root, card, "menu");
}

/* --- from card to card ------------------------------------------------------------ */

bool
step_leads(struct step *s, const char *outlet)
{
    return s->document != NULL && s->card >= 0 &&
           document_follow(s->document, s->card, str_of(outlet)) >= 0;
}

/* Outlets whose end, when nothing is connected, is the same for all cards. */
static const struct {
    const char *outlet;
    void (*unconnected)(struct step *s);
} common_outlets[] = {
    { "exhausted", step_exhausted },
    { "silent", step_silent },
};

void
step_do_leave(struct step *s)
{
    struct str outlet = s->next.outlet;
    int to = s->document == NULL ? -1 : document_follow(s->document, s->card, outlet);

    if (to >= 0) {
        step_trace_leave(s, outlet);
        step_enter(s, s->document, to, "connector");
        return;
    }
    for (size_t i = 0; i < sizeof(common_outlets) / sizeof(common_outlets[0]); i++)
        if (str_eq(outlet, str_of(common_outlets[i].outlet))) {
            common_outlets[i].unconnected(s);
            return;
        }
    step_fall(s, str_eq(outlet, STR("error")) ? "error" : "dead_end");
}

/* --- other flows ------------------------------------------------------------------ */

/* "flow:sales" and "sales" are one. */
static struct str
key_of(struct str flow)
{
    struct str prefix = STR("flow:");

    if (str_starts(flow, prefix))
        flow = (struct str){ flow.p + prefix.len, flow.len - prefix.len };
    return flow;
}

static void
say_where(struct step *s, struct str flow, const char *mode)
{
    step_emit(s, EFFECT_GO_FLOW)->data =
        step_object(s, (struct pair[]){ { "flow", flow }, { "mode", str_of(mode) }, { 0 } });
}

static void
go(struct step *s, struct str flow, const char *mode, struct str outlet)
{
    const struct flow_document *to = flow_set_find(s->flows, key_of(flow));

    if (to == NULL || to->start < 0) {
        step_fall(s, "no_flow");
        return;
    }
    say_where(s, to->key, mode);
    step_trace_leave(s, outlet);
    step_enter(s, to, to->start, mode);
}

void
step_jump(struct step *s, struct str flow, const char *outlet)
{
    s->run->frame_count = 0;
    go(s, flow, "jump", str_of(outlet));
}

void
step_do_go(struct step *s)
{
    struct run *run = s->run;

    if (!s->next.returns) {
        go(s, s->next.flow, "jump", STR("jump"));
        return;
    }
    if (run->frame_count == RUN_FRAMES_MAX) {
        step_fall(s, "frames");
        return;
    }
    run->frames[run->frame_count++] = run->at;
    go(s, s->next.flow, "call", STR("call"));
}

void
step_do_return(struct step *s)
{
    struct run *run = s->run;
    int to;

    if (run->frame_count == 0) {
        step_trace_leave(s, STR("return"));
        step_fall_back(s);
        return;
    }
    step_trace_leave(s, STR("return"));
    run->at = run->frames[--run->frame_count];
    say_where(s, run->at.flow, "return");
    step_stand(s);
    s->has_left = true; /* the caller's visit ended with the call */
    to = s->document == NULL ? -1 : document_follow(s->document, s->card, STR("returned"));
    if (to < 0)
        step_fall(s, "dead_end");
    else
        step_enter(s, s->document, to, "return");
}
