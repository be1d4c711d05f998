/*
 * Variables: who writes them, who reads them, what may be empty where it is read, and what must not leave the house.
 */
#include "lint_private.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool
is_of_type(enum variable_type type, unsigned types)
{
    return (types >> type & 1) != 0;
}

/* --- reading ---------------------------------------------------------------------- */

struct reader {
    struct lint_pass *pass;
    struct lint_names names, elsewhere; /* here; in all other flows, read once when asked for */
    bool knows_elsewhere;
    const struct card_writes *writes; /* by card */
    struct lint_known known;
    int card; /* -1: the document's own settings */
    const struct setting *setting;
};

static bool
is_written_elsewhere(struct reader *r, struct str name)
{
    const struct flow_set *flows = &r->pass->world->flows;

    if (!r->knows_elsewhere) {
        r->elsewhere.arena = r->pass->arena;
        for (size_t i = 0; i < flows->n; i++)
            lint_collect_names(&r->elsewhere, flows->v[i], NULL);
        lint_merge_names(NULL, &r->elsewhere);
        r->knows_elsewhere = true;
    }
    return lint_find_name(&r->elsewhere, name) != NULL;
}

/* Said once, however often it stands in a text. */
static struct finding *
find_said(struct findings *findings, const char *code, struct str card, const struct finding *like)
{
    for (size_t i = findings->n; i-- > 0;) {
        struct finding *f = &findings->v[i];

        if (!str_eq(f->card, card) || !str_eq(f->setting, like->setting))
            return NULL;
        if (strcmp(f->code, code) == 0 && str_eq(f->option, like->option) &&
            str_eq(f->args[0], like->args[0]))
            return f;
    }
    return NULL;
}

static struct finding *
add(struct reader *r, const char *code, struct str name)
{
    struct finding like = { .setting = r->setting->name,
                            .option = r->setting->option,
                            .args = { name } };
    struct str card = r->card < 0 ? STR("") : r->pass->d->cards[r->card].id;
    struct finding *f;

    if (r->card < 0)
        like.setting = str_fmt(r->pass->arena, "settings.%.*s", STR_ARG(r->setting->name));
    f = find_said(r->pass->findings, code, card, &like);
    if (f != NULL)
        return f;
    f = lint_at(r->pass, code, r->card);
    f->setting = like.setting;
    f->option = like.option;
    f->args[0] = name;
    return f;
}

/* What a card writes by itself it may also say. */
static bool
is_own_word(const struct reader *r, struct str name)
{
    const struct card_writes *writes = r->card < 0 ? NULL : &r->writes[r->card];

    for (size_t i = 0; writes != NULL && i < writes->n; i++)
        if (writes->v[i].is_own && str_eq(writes->v[i].name, name))
            return true;
    return false;
}

enum { NAMES_MAX = 500 }; /* among more nobody is helped by a guess */

/* The name that was meant, if one is near. */
static struct str
nearest(const struct reader *r, struct str name)
{
    struct str best = { 0 };
    size_t most = 0;

    for (size_t i = 0; i < r->names.n && r->names.n <= NAMES_MAX; i++) {
        struct str other = r->names.v[i].name;
        size_t same = 0, end = 0;

        while (same < name.len && same < other.len && name.p[same] == other.p[same])
            same++;
        while (end < name.len - same && end + same < other.len &&
               name.p[name.len - 1 - end] == other.p[other.len - 1 - end])
            end++;
        if (same + end > most && same + end + 3 > name.len && same + end + 3 > other.len) {
            most = same + end;
            best = other;
        }
    }
    return best;
}

static void
judge_presence(struct reader *r, const struct lint_name *name, bool may_be_empty)
{
    size_t bit = (size_t)(name - r->names.v);

    if (may_be_empty || r->card < 0 || name->writer < 0 || name->has_initial ||
        lint_has(r->known.must, &r->known, r->card, bit) || is_own_word(r, name->name) ||
        is_written_elsewhere(r, name->name))
        return;
    add(r, "L302", name->name);
}

/* Of what the account keeps: nobody looks in a shell. */
static bool
is_kept(const struct reader *r, struct str name)
{
    const struct lint_world *world = r->pass->world;

    for (size_t i = 0; i < world->name_count; i++)
        if (str_eq(world->names[i], name))
            return true;
    return world->refs == NULL;
}

/* NULL: written elsewhere, by nobody, or not for settings to write. */
static struct lint_name *
judge_name(struct reader *r, struct str text, bool may_be_empty)
{
    enum variable_type type;
    struct lint_name *name;

    if (str_starts(text, STR("secret."))) {
        if (!r->setting->takes_secrets)
            add(r, "L306", text);
        else if (!is_kept(r, text))
            add(r, "L301", text);
        return NULL;
    }
    if (lint_is_field(text) && !is_kept(r, text)) {
        add(r, "L301", text);
        return NULL;
    }
    if (lint_known_type(text, &type))
        return NULL;
    name = lint_find_name(&r->names, text);
    if (name == NULL) {
        if (!lint_is_field(text) &&
            !(str_starts(text, STR("flow.")) && is_written_elsewhere(r, text)))
            add(r, "L301", text)->args[1] = nearest(r, text);
        return NULL;
    }
    name->is_read = true;
    if (name->is_sealed && !r->setting->takes_secrets)
        add(r, "L306", text);
    if (!lint_is_field(text))
        judge_presence(r, name, may_be_empty);
    return name;
}

/* -1: nobody says. */
static int
type_of(const struct reader *r, struct str text)
{
    enum variable_type type;
    const struct lint_name *name = lint_find_name(&r->names, text);

    if (lint_known_type(text, &type))
        return (int)type;
    return name == NULL ? -1 : name->type;
}

/* --- filters and operators -------------------------------------------------------- */

#define DATES (1u << VARIABLE_DATE | 1u << VARIABLE_DATETIME)
#define FIGURES (1u << VARIABLE_NUMBER | 1u << VARIABLE_MONEY)

/* Filters that want a type, and what they make: -1 stays as it is. */
static const struct {
    const char *name;
    unsigned types; /* 0: any */
    int wanted, makes;
} filter_types[] = {
    { "default", 0, 0, -1 },
    { "date", DATES, VARIABLE_DATE, VARIABLE_TEXT },
    { "weekday", DATES, VARIABLE_DATE, VARIABLE_TEXT },
    { "relative", DATES, VARIABLE_DATETIME, VARIABLE_TEXT },
    { "time", 1u << VARIABLE_TIME | 1u << VARIABLE_DATETIME, VARIABLE_TIME, VARIABLE_TEXT },
    { "number", FIGURES, VARIABLE_NUMBER, VARIABLE_TEXT },
    { "money", FIGURES, VARIABLE_MONEY, VARIABLE_TEXT },
    { "plural", FIGURES, VARIABLE_NUMBER, VARIABLE_TEXT },
    { "join", 1u << VARIABLE_LIST, VARIABLE_LIST, VARIABLE_TEXT },
    { "count", 1u << VARIABLE_LIST, VARIABLE_LIST, VARIABLE_NUMBER },
};

static void
judge_filters(struct reader *r, const struct variables_mark *mark, int type)
{
    for (int i = 0; i < mark->filter_count && type >= 0; i++) {
        int makes = VARIABLE_TEXT;

        for (size_t k = 0; k < COUNT(filter_types); k++) {
            if (strcmp(filter_types[k].name, mark->filters[i]) != 0)
                continue;
            if (filter_types[k].types != 0 &&
                !is_of_type((enum variable_type)type, filter_types[k].types)) {
                struct finding *f = add(r, "L304", mark->name);

                f->args[1] = str_of(lint_type_labels[type]);
                f->args[2] = str_of(lint_type_labels[filter_types[k].wanted]);
                return;
            }
            makes = filter_types[k].makes;
        }
        type = makes < 0 ? type : makes;
    }
}

/* Rules that compare by size want something that has one. */
static void
judge_operators(struct reader *r, int type)
{
    static const char *const ordered[] = { "gt", "gte", "lt", "lte", "between" };
    const struct json *rules = json_get(r->pass->d->cards[r->card].settings, "rules");

    if (type < 0 || is_of_type((enum variable_type)type,
                               DATES | FIGURES | 1u << VARIABLE_TIME | 1u << VARIABLE_TEXT))
        return;
    for (size_t i = 0; i < json_len(rules); i++)
        for (size_t k = 0; k < COUNT(ordered); k++) {
            struct finding *f;

            if (!str_eq(json_get_text(json_at(rules, i), "op"), str_of(ordered[k])))
                continue;
            f = lint_at(r->pass, "L304", r->card);
            f->setting = STR("rules.op");
            f->option = item_name(r->pass->arena, json_at(rules, i), i);
            f->args[0] = json_text(r->setting->value);
            f->args[1] = str_of(lint_type_labels[type]);
            f->args[2] = str_of(lint_type_labels[VARIABLE_NUMBER]);
        }
}

/* --- what leaves the house -------------------------------------------------------- */

static bool
goes_outside(const struct reader *r)
{
    const struct flow_card *card = r->card < 0 ? NULL : &r->pass->d->cards[r->card];

    return card != NULL && (lint_is_type(card, "notify_team") ||
                            (lint_is_type(card, "http_request") && r->setting->is_internal));
}

static void
judge_privacy(struct reader *r, const struct variables_mark *mark, int type)
{
    static const unsigned personal =
        1u << VARIABLE_DOCUMENT | 1u << VARIABLE_PHONE | 1u << VARIABLE_EMAIL;

    if (type < 0 || !is_of_type((enum variable_type)type, personal) || !goes_outside(r) ||
        str_starts(mark->name, STR("company.")))
        return;
    for (int i = 0; i < mark->filter_count; i++)
        if (strcmp(mark->filters[i], "mask") == 0)
            return;
    add(r, "L308", mark->name);
}

/* --- a card's settings ------------------------------------------------------------ */

static void
read_mark(const struct variables_mark *mark, void *arg)
{
    struct reader *r = arg;
    int type = type_of(r, mark->name);

    judge_name(r, mark->name, mark->has_default);
    judge_filters(r, mark, type);
    judge_privacy(r, mark, type);
}

static void
read_written(struct reader *r, struct str name)
{
    if (name.len > 0 && !lint_may_be_written(name) && !is_own_word(r, name))
        add(r, "L303", name);
    if (lint_is_field(name) && !is_kept(r, name))
        add(r, "L301", name);
}

static void
read_setting(const struct setting *s, void *arg)
{
    struct reader *r = arg;

    if (!s->is_shown)
        return;
    r->setting = s;
    if (s->field->type == FIELD_TEMPLATE) {
        variables_each(r->pass->arena, json_text(s->value), read_mark, r);
    } else if (s->field->type == FIELD_READ && json_text(s->value).len > 0) {
        judge_name(r, json_text(s->value), true);
        if (r->card >= 0 && lint_is_type(&r->pass->d->cards[r->card], "condition_variable"))
            judge_operators(r, type_of(r, json_text(s->value)));
    } else if (s->field->type == FIELD_VAR && r->card >= 0) {
        read_written(r, json_text(s->value));
    }
}

/* --- what is known on the way ------------------------------------------------------ */

static void
set_bit(uint64_t *set, size_t bit, bool on)
{
    if (on)
        set[bit / 64] |= UINT64_C(1) << bit % 64;
    else
        set[bit / 64] &= ~(UINT64_C(1) << bit % 64);
}

static void
written_by(const struct lint_pass *p, int connector, uint64_t *sets, uint64_t *clears, void *arg)
{
    struct reader *r = arg;
    const struct flow_connector *c = &p->d->connectors[connector];
    const struct card_writes *writes = &r->writes[c->from];
    bool failed = str_eq(c->outlet, STR("failure"));

    if (lint_is_vain(c->outlet))
        return;
    for (size_t i = 0; i < writes->n; i++) {
        const struct lint_name *name = lint_find_name(&r->names, writes->v[i].name);
        bool sets_it = !writes->v[i].is_clear && (!failed || writes->v[i].is_own);

        if (name == NULL)
            continue;
        set_bit(sets, (size_t)(name - r->names.v), sets_it);
        set_bit(clears, (size_t)(name - r->names.v), !sets_it);
    }
}

/* --- what nobody reads ------------------------------------------------------------ */

static void
note_mark(const struct variables_mark *mark, void *arg)
{
    struct reader *r = arg;
    struct lint_name *name = lint_find_name(&r->names, mark->name);

    if (name != NULL)
        name->is_read = true;
}

static void
note_reading(const struct setting *s, void *arg)
{
    struct reader *r = arg;

    if (s->field->type == FIELD_TEMPLATE)
        variables_each(r->pass->arena, json_text(s->value), note_mark, r);
    else if (s->field->type == FIELD_READ)
        note_mark(&(struct variables_mark){ .name = json_text(s->value) }, r);
}

static bool
is_unread(const struct lint_name *name)
{
    return !name->is_read && !name->is_own && !lint_is_field(name->name);
}

/* Variables are the run's: another flow may read what this one writes. */
static void
look_elsewhere(struct reader *r)
{
    const struct flow_set *flows = &r->pass->world->flows;

    for (size_t i = 0; i < flows->n; i++)
        for (int k = 0; k < flows->v[i]->card_count; k++)
            if (flows->v[i]->cards[k].kind != NULL)
                settings_each(r->pass->arena, fields_of(flows->v[i]->cards[k].kind),
                              flows->v[i]->cards[k].settings, note_reading, r);
}

static void
judge_unread(struct reader *r)
{
    bool looked = false;

    for (size_t i = 0; i < r->names.n; i++) {
        struct lint_name *name = &r->names.v[i];
        struct finding *f;

        if (is_unread(name) && !looked) {
            look_elsewhere(r);
            looked = true;
        }
        if (!is_unread(name))
            continue;
        f = lint_at(r->pass, "L307", name->writer);
        f->args[0] = name->name;
        if (name->writer < 0) {
            f->setting = STR("variables");
            f->option = name->name;
        }
    }
}

static void
judge_declared(struct lint_pass *p)
{
    for (int i = 0; i < p->d->variable_count; i++) {
        struct str name = p->d->variables[i].name;
        struct finding *f;

        if (lint_may_be_written(name) && !lint_is_field(name))
            continue;
        f = lint_at(p, "L303", -1);
        f->setting = STR("variables.name");
        f->option = f->args[0] = name;
    }
}

void
lint_variables(struct lint_pass *p)
{
    struct reader r = { .pass = p, .names.arena = p->arena };

    r.writes = lint_collect_names(&r.names, p->d, p->reached);
    lint_merge_names(p, &r.names);
    r.known = lint_walk(p, r.names.n, true, written_by, &r);

    judge_declared(p);
    r.card = -1;
    settings_each(p->arena, (struct fields){ document_settings_fields, NULL },
                  json_get(p->d->json, "settings"), read_setting, &r);
    for (int i = 0; i < p->d->card_count; i++) {
        if (!lint_is_read(p, i))
            continue;
        r.card = i;
        settings_each(p->arena, fields_of(p->d->cards[i].kind), p->d->cards[i].settings,
                      read_setting, &r);
    }
    judge_unread(&r);
}
