/* What a careful colleague says of options: too long, too many, or one taken for another. */
#include "options.h"

#include "base/fold.h"
#include "domain/flows/lint.h"

static struct finding *
complain(struct lint *l, const char *code, const char *setting, struct str option)
{
    struct finding *found = lint_add(l, code);

    found->setting = str_of(setting);
    found->option = option;
    return found;
}

static struct str
figure(struct lint *l, int64_t n)
{
    return str_fmt(l->arena, "%lld", (long long)n);
}

void
options_lint_length(struct lint *l, const char *setting, struct str option, struct str text,
                    int most)
{
    size_t n = fold_units(text);
    struct finding *found;

    if (n <= (size_t)most)
        return;
    found = complain(l, "L202", setting, option);
    found->args[0] = text;
    found->args[1] = figure(l, (int64_t)n);
    found->args[2] = figure(l, most);
}

/* How many are drawn as controls; beyond it a telephone has no digit, and the others write them out. */
static void
lint_count(struct lint *l, const char *setting, int n)
{
    static const struct {
        enum flow_channel channel;
        const char *name;
        int most;
        enum finding_severity severity;
    } limits[] = {
        { FLOW_WHATSAPP, "WhatsApp", 10, FINDING_WARNING },
        { FLOW_MESSENGER, "Messenger", 13, FINDING_WARNING },
        { FLOW_INSTAGRAM, "Instagram", 13, FINDING_WARNING },
        { FLOW_TELEPHONY, "Telefone", 9, FINDING_ERROR },
    };

    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct finding *found;

        if (!FLOW_HAS(l->channels, limits[i].channel) || n <= limits[i].most)
            continue;
        found = complain(l, "L203", setting, STR(""));
        found->severity = limits[i].severity;
        found->channel = str_of(flow_channel_names[limits[i].channel]);
        found->args[0] = str_of(limits[i].name);
        found->args[1] = figure(l, limits[i].most);
    }
}

/* Everything that chooses this option when it is typed whole. */
struct spellings {
    struct str v[CHOICE_SYNONYMS_MAX + 2];
    size_t n;
};

static struct spellings
spellings_of(struct lint *l, const struct choice_option *option)
{
    struct spellings all = { 0 };

    all.v[all.n++] = fold(l->arena, option->label);
    all.v[all.n++] = figure(l, option->number);
    for (size_t i = 0; i < option->synonym_count; i++)
        all.v[all.n++] = fold(l->arena, option->synonyms[i]);
    return all;
}

/* NULL when nothing chooses both. */
static const struct str *
shared(const struct spellings *a, const struct spellings *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (a->v[i].len > 0 && str_eq(a->v[i], b->v[k]))
                return &a->v[i];
    return NULL;
}

/* One's label, said as a sentence, finds the other. */
static bool
is_near(struct lint *l, const struct choice_option *a, const struct choice_option *b)
{
    return choice_lenient(l->arena, a->label, b, 1, true).count > 0;
}

static void
lint_pair(struct lint *l, const char *setting, const struct options *options,
          const struct spellings *spellings, int i, int k)
{
    const struct str *both = shared(&spellings[i], &spellings[k]);
    struct finding *found;

    if (both == NULL && !is_near(l, &options->choices[i], &options->choices[k]) &&
        !is_near(l, &options->choices[k], &options->choices[i]))
        return;
    found = complain(l, both != NULL ? "L204" : "L205", setting, options->shown[k].id);
    found->args[0] = options->choices[i].label;
    found->args[1] = options->choices[k].label;
    if (both != NULL)
        found->args[2] = *both;
}

/* “2ª via” as option 1: whoever types 2 means it, and gets another. */
static void
lint_number(struct lint *l, const char *setting, const struct options *options, int i)
{
    struct str word, rest = fold(l->arena, options->choices[i].label);
    int64_t said;
    struct finding *found;

    if (!str_cut(&rest, ' ', &word) || rest.len == 0 || !str_i64(word, &said) ||
        said == options->choices[i].number)
        return;
    found = complain(l, "L206", setting, options->shown[i].id);
    found->args[0] = options->choices[i].label;
    found->args[1] = figure(l, options->choices[i].number);
    found->args[2] = word;
}

void
options_lint(struct lint *l, const char *setting)
{
    const struct options *options = options_read(l->arena, json_get(l->card->settings, setting));
    struct spellings spellings[CHOICE_OPTIONS_MAX];

    lint_count(l, setting, options->n);
    for (int i = 0; i < options->n; i++) {
        const struct effect_option *shown = &options->shown[i];

        spellings[i] = spellings_of(l, &options->choices[i]);
        options_lint_length(l, setting, shown->id, shown->label, OPTION_LABEL_MAX);
        options_lint_length(l, setting, shown->id, shown->description, OPTION_DESCRIPTION_MAX);
        lint_number(l, setting, options, i);
        for (int k = 0; k < i; k++)
            lint_pair(l, setting, options, spellings, k, i);
    }
}
