/*
 * Objects outside of the flow, as they stand now: whether they are there, and whether anybody is.
 */
#include "lint_private.h"

#include "domain/templates/templates.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct outside {
    struct lint_pass *pass;
    const struct lint_ref **refs; /* by text */
    size_t n;
    const struct json **names; /* members of the document's `refs`, by theirs */
    size_t name_count;
    int card;                /* -1: the document's own settings */
    int recipients, present; /* of a card's lists of people */
    struct str recipients_setting;
};

static int
by_ref(const void *a, const void *b)
{
    const struct lint_ref *const *x = a, *const *y = b;

    return str_compare((*x)->ref, (*y)->ref);
}

static void
put_in_order(struct outside *o)
{
    const struct lint_world *world = o->pass->world;

    o->refs = arena_array(o->pass->arena, const struct lint_ref *, world->ref_count);
    o->n = world->ref_count;
    for (size_t i = 0; i < o->n; i++)
        o->refs[i] = &world->refs[i];
    if (o->n > 1)
        qsort(o->refs, o->n, sizeof(const struct lint_ref *), by_ref);
}

/* NULL: nobody knows it. */
static const struct lint_ref *
find(const struct outside *o, struct str ref)
{
    const struct lint_ref wanted = { .ref = ref }, *key = &wanted;
    const struct lint_ref **found =
        o->n == 0 ? NULL : bsearch(&key, o->refs, o->n, sizeof(const struct lint_ref *), by_ref);

    return found == NULL || (*found)->is_gone ? NULL : *found;
}

/* --- what people call them -------------------------------------------------------- */

static const struct {
    const char *kind, *label;
} kinds[] = {
    { "department", "Setor" },     { "user", "Usuário" },       { "group", "Grupo" },
    { "tag", "Etiqueta" },         { "channel", "Canal" },      { "template", "Modelo" },
    { "period", "Período" },       { "shift", "Turno" },        { "branch", "Filial" },
    { "company", "Empresa" },      { "reason", "Motivo" },      { "file", "Arquivo" },
    { "route", "Rota" },           { "connector", "Conector" }, { "agent_ai", "Agente" },
    { "intent_set", "Intenções" },
};

static bool
is_kind(struct str ref, const char *kind)
{
    struct str word = str_of(kind);

    return str_starts(ref, word) && ref.len > word.len && ref.p[word.len] == ':';
}

static struct str
label_of(struct str ref)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (is_kind(ref, kinds[i].kind))
            return str_of(kinds[i].label);
    return ref;
}

static int
by_name(const void *a, const void *b)
{
    const struct json *const *x = a, *const *y = b;

    return str_compare(json_get_text(*x, "ref"), json_get_text(*y, "ref"));
}

static void
remember_names(struct outside *o)
{
    const struct json *refs = json_get(o->pass->d->json, "refs");

    o->names = arena_array(o->pass->arena, const struct json *, json_len(refs));
    for (size_t i = 0; i < json_len(refs); i++)
        if (json_get_text(json_at(refs, i), "name").len > 0)
            o->names[o->name_count++] = json_at(refs, i);
    if (o->name_count > 1)
        qsort(o->names, o->name_count, sizeof(const struct json *), by_name);
}

/* As the document remembers it; else the reference itself. */
static struct str
name_of(const struct outside *o, struct str ref)
{
    size_t low = 0, high = o->name_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(json_get_text(o->names[middle], "ref"), ref) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < o->name_count && str_eq(json_get_text(o->names[low], "ref"), ref)
               ? json_get_text(o->names[low], "name")
               : ref;
}

static struct finding *
add(struct outside *o, const char *code, const struct setting *s, struct str arg)
{
    struct finding *f = lint_at(o->pass, code, o->card);

    f->setting =
        o->card >= 0 ? s->name : str_fmt(o->pass->arena, "settings.%.*s", STR_ARG(s->name));
    f->option = s->option;
    f->args[0] = arg;
    return f;
}

/* --- one reference ---------------------------------------------------------------- */

static void
judge_flow(struct outside *o, const struct setting *s, struct str ref)
{
    struct str key = { ref.p + 5, ref.len - 5 };

    if (!str_eq(key, o->pass->d->key) && flow_set_find(o->pass->world->flows, key) == NULL)
        add(o, "L111", s, name_of(o, ref));
}

/* Where somebody is sent to, unlike one whose hours are only looked at. */
static void
judge_department(struct outside *o, const struct setting *s, const struct lint_ref *ref)
{
    const struct flow_card *card = o->card < 0 ? NULL : &o->pass->d->cards[o->card];

    if (card != NULL && card->kind->kind == CARD_CONDITION)
        return;
    if (ref->does_not_serve)
        add(o, "L402", s, ref->name);
    else if (ref->is_empty)
        add(o, "L403", s, ref->name);
    else if (!ref->has_hours && card != NULL && str_eq(lint_word(card, "hours"), STR("check")))
        add(o, "L404", s, ref->name);
}

/*
 * No recording: nothing plays it, and the telephone does nothing else. Every other network takes any file, if only as a
 * link (messages/say_file.c).
 */
static void
judge_file(struct outside *o, const struct setting *s)
{
    const struct card *kind = o->pass->d->cards[o->card].kind;

    if (str_eq(s->name, STR("audio")))
        add(o, "L207", s, str_of(kind->label));
    else if (strcmp(kind->type, "interactive_template") == 0)
        return; /* which goes by no telephone */
    else if ((o->pass->by[o->card] & LINT_PHONE) != 0)
        add(o, "L207", s, str_of(flow_channel_labels[FLOW_TELEPHONY]));
}

/* --- templates --------------------------------------------------------------------- */

static struct finding *
not_sent(struct outside *o, const struct setting *s, const struct lint_ref *ref, struct str why)
{
    struct finding *f = add(o, "L208", s, ref->name);

    f->args[1] = why;
    return f;
}

static bool
names(const struct json *list, struct str name)
{
    for (size_t i = 0; i < json_len(list); i++)
        if (str_eq(json_get_text(json_at(list, i), "name"), name))
            return true;
    return false;
}

/* Every variable is filled, and nothing else is. */
static bool
is_filled(const struct json *wanted, const struct json *params)
{
    for (size_t i = 0; i < json_len(wanted); i++)
        if (!names(params, json_get_text(json_at(wanted, i), "name")))
            return false;
    for (size_t i = 0; i < json_len(params); i++)
        if (json_get_text(json_at(params, i), "value").len == 0 ||
            !names(wanted, json_get_text(json_at(params, i), "name")))
            return false;
    return true;
}

/* Whatever is written out fits where it goes; what is filled in on the way is judged there. */
static bool
is_fitting(struct arena *a, const struct json *wanted, const struct json *params)
{
    for (size_t i = 0; i < json_len(wanted); i++)
        for (size_t k = 0; k < json_len(params); k++) {
            struct str value = str_trim(json_get_text(json_at(params, k), "value"));

            if (str_eq(json_get_text(json_at(params, k), "name"),
                       json_get_text(json_at(wanted, i), "name")) &&
                !str_has(value, STR("{{")) && !template_param_fits(a, json_at(wanted, i), value))
                return false;
        }
    return true;
}

/* The card's answers are the quick replies, in their order. */
static bool
is_answered(const struct json *buttons, const struct json *options)
{
    size_t at = 0;

    for (size_t i = 0; i < json_len(buttons); i++)
        if (str_eq(json_get_text(json_at(buttons, i), "kind"), STR("quick_reply")) &&
            !str_eq(json_get_text(json_at(options, at++), "label"),
                    json_get_text(json_at(buttons, i), "label")))
            return false;
    return at == json_len(options);
}

static bool
goes_by(const struct lint_ref *ref, struct str channel)
{
    struct str rest = ref->channels, one;

    while (str_cut(&rest, ' ', &one))
        if (channel.len == 0 || str_eq(one, channel))
            return true;
    return false;
}

static bool
takes_file(const struct json *shape)
{
    struct str kind = json_get_text(json_get(shape, "header"), "kind");

    return kind.len > 0 && !str_eq(kind, STR("text")) && !str_eq(kind, STR("location"));
}

static void
judge_template(struct outside *o, const struct setting *s, const struct lint_ref *ref)
{
    const struct flow_card *card = o->card < 0 ? NULL : &o->pass->d->cards[o->card];

    if (ref->reason.len > 0) {
        struct finding *f = not_sent(o, s, ref, ref->reason);

        if (ref->is_passing)
            f->severity = FINDING_WARNING;
        return;
    }
    if (card == NULL || ref->shape == NULL)
        return;
    if (!goes_by(ref, lint_word(card, "channel")))
        not_sent(o, s, ref, STR("é de outro canal"));
    else if (!is_filled(json_get(ref->shape, "variables"), json_get(card->settings, "params")))
        not_sent(o, s, ref, STR("as variáveis não são as dele"));
    else if (!is_fitting(o->pass->arena, json_get(ref->shape, "variables"),
                         json_get(card->settings, "params")))
        not_sent(o, s, ref, STR("a latitude vai de -90 a 90, e a longitude de -180 a 180"));
    else if (!is_answered(json_get(ref->shape, "buttons"), json_get(card->settings, "options")))
        not_sent(o, s, ref, STR("as respostas não são as dele"));
    else if (takes_file(ref->shape) != (lint_word(card, "file").len > 0))
        not_sent(o, s, ref,
                 takes_file(ref->shape) ? STR("leva um arquivo") : STR("não leva arquivo"));
}

static void
judge_ref(struct outside *o, const struct setting *s, struct str text)
{
    const struct lint_ref *ref;

    if (is_kind(text, "flow")) {
        judge_flow(o, s, text);
        return;
    }
    ref = find(o, text);
    if (ref == NULL) {
        add(o, "L401", s, label_of(text))->args[1] = name_of(o, text);
        return;
    }
    if (is_kind(text, "department") && s->field->type == FIELD_REF)
        judge_department(o, s, ref);
    else if (is_kind(text, "user") && s->field->type == FIELD_REF && ref->is_inactive)
        add(o, "L405", s, ref->name);
    else if (is_kind(text, "file") && ref->is_inactive)
        judge_file(o, s);
    else if (is_kind(text, "template"))
        judge_template(o, s, ref);
    else if ((is_kind(text, "channel") || is_kind(text, "connector") ||
              is_kind(text, "agent_ai")) &&
             ref->is_inactive && s->field->type == FIELD_REF)
        add(o, "L409", s, ref->name);
}

/* Of lists of people it is enough that one is there. */
static void
count_recipient(struct outside *o, const struct setting *s, struct str text)
{
    const struct lint_ref *ref = find(o, text);

    if (!is_kind(text, "group") && !is_kind(text, "department") && !is_kind(text, "user"))
        return;
    if (o->recipients++ == 0)
        o->recipients_setting = s->name;
    o->present += ref != NULL && !ref->is_empty && !ref->is_inactive;
}

static void
judge(const struct setting *s, void *arg)
{
    struct outside *o = arg;

    if (!s->is_shown)
        return;
    if (s->field->type == FIELD_REF && json_text(s->value).len > 0)
        judge_ref(o, s, json_text(s->value));
    for (size_t i = 0; s->field->type == FIELD_REFS && i < json_len(s->value); i++) {
        struct str text = json_text(json_at(s->value, i));

        if (text.len == 0)
            continue;
        judge_ref(o, s, text);
        count_recipient(o, s, text);
    }
}

/* --- cards ------------------------------------------------------------------------ */

static const struct {
    const char *capability, *label;
} capability_labels[] = { { "telephony", "Telefonia" },
                          { "ai", "Inteligência artificial" },
                          { "erp", "Integração" } };

static void
judge_capability(struct outside *o, const char *needs)
{
    const struct lint_world *world = o->pass->world;
    struct str label = str_of(needs);

    if (needs == NULL)
        return;
    for (size_t i = 0; i < world->capability_count; i++)
        if (str_eq(world->capabilities[i], str_of(needs)))
            return;
    for (size_t i = 0; i < COUNT(capability_labels); i++)
        if (strcmp(capability_labels[i].capability, needs) == 0)
            label = str_of(capability_labels[i].label);
    lint_at(o->pass, "L408", o->card)->args[0] = label;
}

void
lint_refs(struct lint_pass *p)
{
    struct outside o = { .pass = p, .card = -1 };

    if (p->world->refs == NULL)
        return;
    put_in_order(&o);
    remember_names(&o);
    settings_each(p->arena, (struct fields){ document_settings_fields, NULL },
                  json_get(p->d->json, "settings"), judge, &o);
    for (int i = 0; i < p->d->card_count; i++) {
        if (!lint_is_read(p, i))
            continue;
        o.card = i;
        o.recipients = o.present = 0;
        settings_each(p->arena, fields_of(p->d->cards[i].kind), p->d->cards[i].settings, judge, &o);
        if (o.recipients > 0 && o.present == 0)
            lint_at(p, "L406", i)->setting = o.recipients_setting;
        judge_capability(&o, p->d->cards[i].kind->needs);
    }
}
