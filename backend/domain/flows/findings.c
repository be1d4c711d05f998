#include "findings.h"

#include "card_words.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *const finding_severity_names[] = {
    [FINDING_ERROR] = "error",
    [FINDING_WARNING] = "warning",
    [FINDING_ADVICE] = "advice",
};

static const struct finding_rule *
rule_of(const char *code)
{
    for (const struct finding_rule *rule = finding_rules; rule->code != NULL; rule++)
        if (strcmp(rule->code, code) == 0)
            return rule;
    BUG("code=%s what=no_such_finding", code);
}

struct finding *
findings_add(struct findings *f, const char *code, struct str card)
{
    const struct finding_rule *rule = rule_of(code);
    size_t size = sizeof(*f->v);

    if (f->n == f->room) {
        f->v = arena_grow(f->arena, f->v, f->room * size, (f->room * 2 + 16) * size);
        f->room = f->room * 2 + 16;
    }
    f->v[f->n] = (struct finding){ .code = rule->code,
                                   .severity = rule->severity,
                                   .flow = f->flow,
                                   .language = f->language,
                                   .card = card };
    return &f->v[f->n++];
}

static int
by_place(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    const struct str pairs[][2] = {
        { x->flow, y->flow },
        { x->card, y->card },
        { str_of(x->code), str_of(y->code) },
        { x->outlet, y->outlet },
        { x->setting, y->setting },
        { x->option, y->option },
        { x->channel, y->channel },
        { x->args[0], y->args[0] },
        { x->args[1], y->args[1] },
        { x->args[2], y->args[2] },
    };
    int order = 0;

    for (size_t i = 0; order == 0 && i < COUNT(pairs); i++)
        order = str_compare(pairs[i][0], pairs[i][1]);
    return order != 0 ? order : (x->severity > y->severity) - (x->severity < y->severity);
}

void
findings_sort(struct findings *f)
{
    if (f->n > 1)
        qsort(f->v, f->n, sizeof(*f->v), by_place);
}

size_t
findings_count(const struct findings *f, enum finding_severity severity)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += f->v[i].severity == severity;
    return n;
}

/* What an author called an option is theirs, also where ours would stand. */
static struct str
arg_of(const struct finding *finding, int i)
{
    bool is_ours = rule_of(finding->code)->ours >> i & 1;

    if (!is_ours || (i == 0 && str_find(finding->outlet, ':') >= 0))
        return finding->args[i];
    return card_word(finding->language, finding->args[i]);
}

struct str
finding_message(struct arena *a, const struct finding *finding)
{
    struct str rest = str_of(rule_of(finding->code)->message.in[finding->language]);
    struct buf out = { .arena = a };
    ptrdiff_t brace;
    int n = 0;

    while ((brace = str_find(rest, '{')) >= 0) {
        buf_add(&out, (struct str){ rest.p, (size_t)brace });
        if (n < FINDING_ARGS_MAX)
            buf_add(&out, arg_of(finding, n++));
        rest.p += brace + 2;
        rest.len -= (size_t)brace + 2;
    }
    buf_add(&out, rest);
    return buf_str(&out);
}

const char *
finding_fix(const struct finding *finding)
{
    return rule_of(finding->code)->fix.in[finding->language];
}

static void
write_args(struct json_out *o, const struct finding *finding)
{
    int n = FINDING_ARGS_MAX;

    while (n > 0 && finding->args[n - 1].len == 0)
        n--;
    if (n == 0)
        return;
    json_key(o, "args");
    json_open(o, '[');
    for (int i = 0; i < n; i++)
        json_put_str(o, finding->args[i].len > 0 ? arg_of(finding, i) : STR(""));
    json_close(o, ']');
}

static void
write_finding(struct json_out *o, struct arena *a, const struct finding *finding)
{
    const struct {
        const char *name;
        struct str value;
    } places[] = {
        { "flow", finding->flow },     { "card", finding->card },
        { "outlet", finding->outlet }, { "setting", finding->setting },
        { "option", finding->option }, { "channel", finding->channel },
    };

    json_open(o, '{');
    json_kv_str(o, "code", str_of(finding->code));
    json_kv_str(o, "severity", str_of(finding_severity_names[finding->severity]));
    for (size_t i = 0; i < COUNT(places); i++)
        if (places[i].value.len > 0)
            json_kv_str(o, places[i].name, places[i].value);
    write_args(o, finding);
    json_kv_str(o, "message", finding_message(a, finding));
    json_kv_str(o, "fix", str_of(finding_fix(finding)));
    json_close(o, '}');
}

void
findings_write(struct json_out *o, struct arena *a, const struct findings *f)
{
    json_open(o, '[');
    for (size_t i = 0; i < f->n; i++)
        write_finding(o, a, &f->v[i]);
    json_close(o, ']');
}
