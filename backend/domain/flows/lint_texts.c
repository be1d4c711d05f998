/*
 * What is said, text by text: whether it can be read at all, fits its networks, and is still the lawyer's.
 */
#include "lint_private.h"

#include "render.h"

#include "base/fold.h"

enum { PARTS_MAX = 3, VALUE_UNITS = 60, DOCUMENT_UNITS = 18 };

struct texts {
    struct lint_pass *pass;
    int card; /* -1: the document's own settings */
    unsigned channels;
    struct str prefix;
};

static struct finding *
add(const struct texts *t, const char *code, const struct setting *s)
{
    struct finding *f = lint_at(t->pass, code, t->card);

    f->setting = t->prefix.len == 0
                     ? s->name
                     : str_fmt(t->pass->arena, "%.*s%.*s", STR_ARG(t->prefix), STR_ARG(s->name));
    f->option = s->option;
    return f;
}

/* --- templates -------------------------------------------------------------------- */

static void
judge_syntax(const struct texts *t, const struct setting *s, struct str text)
{
    struct variables_problems problems = variables_check(t->pass->arena, text, NULL);

    for (size_t i = 0; i < problems.n; i++) {
        struct finding *f = add(t, "L305", s);

        f->args[0] = problems.v[i].words;
        f->args[1] = lint_figure(t->pass, problems.v[i].position);
        f->args[2] = str_of(problems.v[i].slug);
    }
}

struct lengths {
    int64_t marks[2], values; /* by enum text_unit; values are as long in either */
};

static void
measure(const struct variables_mark *mark, void *arg)
{
    struct lengths *lengths = arg;
    enum variable_type type;

    lengths->marks[UNIT_UTF16] += render_length(UNIT_UTF16, mark->source);
    lengths->marks[UNIT_BYTES] += render_length(UNIT_BYTES, mark->source);
    lengths->values += lint_known_type(mark->name, &type) && type == VARIABLE_DOCUMENT
                           ? DOCUMENT_UNITS
                           : VALUE_UNITS;
}

static void
judge_length(const struct texts *t, const struct setting *s, struct str text)
{
    struct lengths lengths = { 0 };

    variables_each(t->pass->arena, text, measure, &lengths);
    for (unsigned c = 0; c < FLOW_CHANNEL__COUNT; c++) {
        const struct channel_rules *rules = &channel_rules[c];
        int64_t n = render_length(rules->unit, text) - lengths.marks[rules->unit] + lengths.values;
        bool is_spoken = c == FLOW_TELEPHONY;
        int64_t most = is_spoken ? rules->text_max : rules->text_max * PARTS_MAX;
        struct finding *f;

        if (!FLOW_HAS(t->channels, c) || most == 0 || n <= most)
            continue;
        f = add(t, is_spoken ? "L216" : "L201", s);
        f->channel = str_of(flow_channel_names[c]);
        f->args[0] = str_of(flow_channel_labels[c]);
        f->args[1] = lint_figure(t->pass, n);
        f->args[2] = lint_figure(t->pass, most);
    }
}

/* Letters and figures outside of addresses; a value may bring some. */
static bool
can_be_spoken(struct str text)
{
    while (text.len > 0) {
        const char *p = text.p;
        uint32_t point;

        if (str_starts(text, STR("{{")))
            return true;
        if (str_starts(text, STR("https://")) || str_starts(text, STR("http://"))) {
            while (text.len > 0 && *text.p != ' ' && *text.p != '\n')
                text.p++, text.len--;
            continue;
        }
        if (!fold_next(&p, text.p + text.len, &point))
            return false;
        if (fold_is_letter(point) || (point >= '0' && point <= '9'))
            return true;
        text.len -= (size_t)(p - text.p);
        text.p = p;
    }
    return false;
}

static bool
has_phrase(struct str folded, const char *phrase)
{
    struct str word = str_of(phrase);

    for (size_t i = 0; i + word.len <= folded.len; i++) {
        struct str rest = { folded.p + i, folded.len - i };

        if (str_starts(rest, word) && (i == 0 || folded.p[i - 1] == ' ') &&
            (rest.len == word.len || rest.p[word.len] == ' '))
            return true;
    }
    return false;
}

static void
judge_greeting(const struct texts *t, const struct setting *s, struct str text)
{
    struct str folded = fold(t->pass->arena, text);

    if (has_phrase(folded, "bom dia") || has_phrase(folded, "boa tarde") ||
        has_phrase(folded, "boa noite"))
        add(t, "L609", s);
}

/* A text of the law, as we ship it or with somebody else's blessing. */
static void
judge_wording(const struct texts *t, const struct setting *s, struct str text)
{
    const struct json *shipped;

    if (json_parse(t->pass->arena, str_of(s->field->initial), &shipped).code != ERR_NONE)
        BUG("setting=%s what=shipped_as_no_json", s->field->name);
    if (!str_eq(fold_composed(t->pass->arena, text),
                fold_composed(t->pass->arena, json_text(shipped))))
        add(t, "L505", s);
}

static void
judge(const struct setting *s, void *arg)
{
    const struct texts *t = arg;
    const struct flow_card *card = t->card < 0 ? NULL : &t->pass->d->cards[t->card];
    struct str text = json_text(s->value);

    if (!s->is_shown || text.len == 0)
        return;
    if (s->field->is_legal && s->field->initial != NULL)
        judge_wording(t, s, text);
    if (s->field->type != FIELD_TEMPLATE)
        return;
    judge_syntax(t, s, text);
    /* Lists of pairs and conditions are for machines. */
    if (s->is_internal || s->option.len > 0 || (card != NULL && !card->kind->speaks))
        return;
    judge_length(t, s, text);
    judge_greeting(t, s, text);
    if ((t->channels & LINT_PHONE) != 0 && !can_be_spoken(text))
        add(t, "L210", s)->channel = STR("telephony");
}

void
lint_texts(struct lint_pass *p)
{
    struct texts own = { p, -1, p->channels, STR("settings.") };

    if (FLOW_HAS(p->channels, FLOW_FACEBOOK))
        lint_at(p, "L215", -1)->channel = STR("facebook");
    settings_each(p->arena, (struct fields){ document_settings_fields, NULL },
                  json_get(p->d->json, "settings"), judge, &own);
    for (int i = 0; i < p->d->card_count; i++) {
        struct texts of_card = { p, i, p->by[i], STR("") };

        if (lint_is_read(p, i))
            settings_each(p->arena, fields_of(p->d->cards[i].kind), p->d->cards[i].settings, judge,
                          &of_card);
    }
}
