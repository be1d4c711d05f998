#include "choice.h"

#include "base/fold.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum {
    WORDS_MAX = 64,  /* of a message; further ones are not looked at */
    START_LEAST = 5, /* characters that a beginning must have */
    WORDS_MESSAGE_MAX = 120,
    PHRASE_LEAST = 4, /* letters of a label that may be found within a message */
    LIKE_LEAST = 4,   /* shorter words have too many neighbours */
    LIKE_LONG = 8,    /* from here on two slips are forgiven */
    LIKE_MAX = 48,    /* characters; longer texts are nobody's slip */
};

const char *const choice_by_names[] = {
    [CHOICE_BY_NOTHING] = "nothing",   [CHOICE_BY_LABEL] = "label", [CHOICE_BY_NUMBER] = "number",
    [CHOICE_BY_SPOKEN] = "spoken",     [CHOICE_BY_START] = "start", [CHOICE_BY_WORDS] = "words",
    [CHOICE_BY_LIKENESS] = "likeness",
};

/* --- words ------------------------------------------------------------------------ */

struct words {
    struct str v[WORDS_MAX];
    int n;
};

static struct words
split(struct str folded)
{
    struct words out = { .n = 0 };

    while (out.n < WORDS_MAX && str_cut(&folded, ' ', &out.v[out.n]))
        out.n++;
    return out;
}

static bool
is_one_of(struct str word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_eq(word, str_of(*list)))
            return true;
    return false;
}

int
choice_number_word(struct str word)
{
    static const struct {
        const char *word;
        int value;
    } table[] = {
        { "zero", 0 },       { "um", 1 },         { "uma", 1 },       { "dois", 2 },
        { "duas", 2 },       { "tres", 3 },       { "quatro", 4 },    { "cinco", 5 },
        { "seis", 6 },       { "meia", 6 },       { "sete", 7 },      { "oito", 8 },
        { "nove", 9 },       { "dez", 10 },       { "onze", 11 },     { "doze", 12 },
        { "treze", 13 },     { "catorze", 14 },   { "quatorze", 14 }, { "quinze", 15 },
        { "dezesseis", 16 }, { "dezessete", 17 }, { "dezoito", 18 },  { "dezenove", 19 },
        { "vinte", 20 },     { "primeiro", 1 },   { "primeira", 1 },  { "segundo", 2 },
        { "segunda", 2 },    { "terceiro", 3 },   { "terceira", 3 },  { "quarto", 4 },
        { "quarta", 4 },     { "quinto", 5 },     { "quinta", 5 },    { "sexto", 6 },
        { "sexta", 6 },      { "setimo", 7 },     { "setima", 7 },    { "oitavo", 8 },
        { "oitava", 8 },     { "nono", 9 },       { "nona", 9 },      { "decimo", 10 },
        { "decima", 10 },
    };

    for (size_t i = 0; i < COUNT(table); i++)
        if (str_eq(word, str_of(table[i].word)))
            return table[i].value;
    return -1;
}

/* Of one or two digits, or in words. */
static int
number_of(struct str word)
{
    int64_t value;

    if (word.len <= 2 && str_i64(word, &value) && value >= 0)
        return (int)value;
    return choice_number_word(word);
}

/* --- options ---------------------------------------------------------------------- */

/* Labels and synonyms, folded once. */
struct phrase {
    int option;
    struct str text;
};
struct phrases {
    struct phrase *v;
    int n;
};

static void
add_phrase(struct arena *a, struct phrases *to, int option, struct str text)
{
    struct str folded = fold(a, text);

    if (folded.len > 0)
        to->v[to->n++] = (struct phrase){ option, folded };
}

static struct phrases
phrases_of(struct arena *a, const struct choice_option *options, int n)
{
    struct phrases out = { .n = 0 };
    size_t room = 0;

    for (int i = 0; i < n; i++)
        room += 1 + options[i].synonym_count;
    out.v = arena_alloc(a, room * sizeof(*out.v));
    for (int i = 0; i < n; i++) {
        add_phrase(a, &out, i, options[i].label);
        for (size_t k = 0; k < options[i].synonym_count; k++)
            add_phrase(a, &out, i, options[i].synonyms[k]);
    }
    return out;
}

static void
add_option(struct choice *to, int option)
{
    for (int i = 0; i < to->count; i++)
        if (to->options[i] == option)
            return;
    to->options[to->count++] = option;
}

/* --- exact ------------------------------------------------------------------------ */

static struct choice
by_label(struct str said, const struct phrases *phrases)
{
    struct choice found = { .by = CHOICE_BY_LABEL };

    for (int i = 0; i < phrases->n; i++)
        if (str_eq(phrases->v[i].text, said))
            add_option(&found, phrases->v[i].option);
    return found;
}

static struct choice
by_number(struct arena *a, struct str said, const struct choice_option *options, int n)
{
    struct choice found = { .by = CHOICE_BY_NUMBER };

    if (said.len == 0 || said.p[0] < '0' || said.p[0] > '9')
        return found;
    for (int i = 0; i < n; i++) {
        struct str number = str_fmt(a, "%d", options[i].number);

        if (str_eq(said, number) || str_eq(said, str_fmt(a, "%d %.*s", options[i].number,
                                                         STR_ARG(fold(a, options[i].label)))))
            add_option(&found, i);
    }
    return found;
}

struct choice
choice_exact(struct arena *a, struct str said, const struct choice_option *options, int n)
{
    struct phrases phrases = phrases_of(a, options, n);
    struct str folded = fold(a, said);
    struct choice found = by_label(folded, &phrases);

    /* Labels first: options called 5, 10 and 15 mean themselves. */
    if (found.count == 0)
        found = by_number(a, folded, options, n);
    if (found.count == 0)
        found.by = CHOICE_BY_NOTHING;
    return found;
}

/* --- lenient ---------------------------------------------------------------------- */

static bool
by_spoken(struct str said, const struct choice_option *options, int n, struct choice *out)
{
    static const char *const fillers[] = { "opcao",  "opcoes",    "numero",  "no",     "n",
                                           "num",    "item",      "tecla",   "digito", "a",
                                           "o",      "e",         "eh",      "na",     "quero",
                                           "queria", "escolho",   "prefiro", "vou",    "de",
                                           "com",    "por",       "favor",   "pfv",    "pf",
                                           "pls",    "gentileza", NULL };
    struct words words = split(said);
    int number = -1, left = 0;

    for (int i = 0; i < words.n; i++) {
        if (is_one_of(words.v[i], fillers))
            continue;
        left++;
        number = number_of(words.v[i]);
    }
    if (left != 1 || number < 0)
        return false;
    *out = (struct choice){ .by = CHOICE_BY_SPOKEN };
    for (int i = 0; i < n; i++)
        if (options[i].number == number)
            add_option(out, i);
    return true;
}

static struct choice
by_start(struct str said, const struct phrases *phrases)
{
    struct choice found = { .by = CHOICE_BY_START };

    if (str_code_points(said) < START_LEAST)
        return found;
    for (int i = 0; i < phrases->n; i++) {
        struct str text = phrases->v[i].text;

        if (text.len > said.len && text.p[said.len] == ' ' && str_starts(text, said))
            add_option(&found, phrases->v[i].option);
    }
    return found;
}

/* Which words of the message are those of the phrase, one after the other; a bit for each. */
static uint64_t
where_is(const struct words *message, struct str phrase)
{
    struct words words = split(phrase);
    uint64_t where = 0;

    for (int from = 0; from + words.n <= message->n; from++) {
        int k = 0;

        while (k < words.n && str_eq(fold_stem(message->v[from + k]), fold_stem(words.v[k])))
            k++;
        for (int i = from; k == words.n && i < from + k; i++)
            where |= UINT64_C(1) << i;
    }
    return where;
}

static int
letters_of(struct str text)
{
    int n = (int)str_code_points(text);

    for (size_t i = 0; i < text.len; i++)
        n -= text.p[i] == ' ' || (text.p[i] >= '0' && text.p[i] <= '9');
    return n;
}

static bool
is_denied(const struct words *message, uint64_t meant)
{
    static const char *const denials[] = { "nao", "n",      "nunca", "jamais",
                                           "sem", "exceto", "menos", NULL };

    for (int i = 0; i < message->n; i++)
        if ((meant >> i & 1) == 0 && is_one_of(message->v[i], denials))
            return true;
    return false;
}

static struct choice
by_words(struct str said, const struct phrases *phrases, int n)
{
    struct choice found = { .by = CHOICE_BY_WORDS };
    struct words message = split(said);
    uint64_t where[CHOICE_OPTIONS_MAX] = { 0 }, all = 0;

    for (int i = 0; i < phrases->n; i++) {
        if (letters_of(phrases->v[i].text) >= PHRASE_LEAST)
            where[phrases->v[i].option] |= where_is(&message, phrases->v[i].text);
        all |= where[phrases->v[i].option];
    }
    if (all == 0 || is_denied(&message, all))
        return found;
    for (int i = 0; i < n; i++) {
        bool is_part = false;

        /* "sem internet" is more than "internet". */
        for (int k = 0; k < n; k++)
            is_part |= where[k] != where[i] && (where[k] & where[i]) == where[i];
        if (where[i] != 0 && !is_part)
            add_option(&found, i);
    }
    return found;
}

/* Code points of a short text; 0: it is too long to be a slip. */
static int
points_of(struct str text, uint32_t out[LIKE_MAX])
{
    const char *p = text.p, *end;
    int n = 0;

    if (text.len == 0)
        return 0;
    end = text.p + text.len;
    while (p < end) {
        int bytes = str_utf8_step(p, end);
        uint32_t point = 0;

        if (bytes <= 0 || n == LIKE_MAX)
            return 0;
        for (int i = 0; i < bytes; i++)
            point = point << 8 | (unsigned char)p[i];
        out[n++] = point;
        p += bytes;
    }
    return n;
}

/* Optimal string alignment: letters put in, left out, changed, or two neighbours swapped. */
static int
distance(const uint32_t *a, int n, const uint32_t *b, int m)
{
    int rows[3][LIKE_MAX + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];

    for (int j = 0; j <= m; j++)
        last[j] = j;
    for (int i = 1; i <= n; i++) {
        int *oldest = before;

        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int best = last[j - 1] + (a[i - 1] != b[j - 1]);

            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        before = last;
        last = row;
        row = oldest;
    }
    return last[m];
}

static struct choice
by_likeness(struct str said, const struct phrases *phrases)
{
    struct choice found = { .by = CHOICE_BY_LIKENESS };
    uint32_t a[LIKE_MAX], b[LIKE_MAX];
    int n = points_of(said, a), nearest = 3;

    for (int i = 0; i < phrases->n; i++) {
        int m = points_of(phrases->v[i].text, b), shorter = m < n ? m : n, slips;

        if (shorter < LIKE_LEAST || a[0] != b[0] || m - n > 2 || n - m > 2)
            continue;
        slips = distance(a, n, b, m);
        if (slips > (shorter < LIKE_LONG ? 1 : 2) || slips > nearest)
            continue;
        if (slips < nearest)
            found.count = 0;
        nearest = slips;
        add_option(&found, phrases->v[i].option);
    }
    return found;
}

struct choice
choice_lenient(struct arena *a, struct str said, const struct choice_option *options, int n,
               bool fuzzy)
{
    struct phrases phrases = phrases_of(a, options, n);
    struct str folded = fold(a, said);
    struct choice found;

    if (by_spoken(folded, options, n, &found))
        return found;
    found = by_start(folded, &phrases);
    if (found.count == 0 && fold_units(said) <= WORDS_MESSAGE_MAX)
        found = by_words(folded, &phrases, n);
    if (found.count == 0 && fuzzy)
        found = by_likeness(folded, &phrases);
    if (found.count == 0)
        found.by = CHOICE_BY_NOTHING;
    return found;
}

/* --- yes and no ------------------------------------------------------------------- */

/* Folded; the last is NULL. */
static const char *const yes_words[] = {
    "sim",      "s",     "ss",         "si",          "yes",      "y",     "ok",       "okay",
    "claro",    "isso",  "isso mesmo", "pode",        "pode ser", "quero", "confirmo", "aceito",
    "concordo", "certo", "positivo",   "com certeza", "1",        "👍",     "✅",        NULL
};
static const char *const no_words[] = { "nao",   "n",      "nn",        "no",        "negativo",
                                        "nunca", "jamais", "agora nao", "nao quero", "nao aceito",
                                        "2",     "👎",      "❌",         NULL };
static const char *const strict_yes_words[] = { "1",        "sim",         "aceito", "autorizo",
                                                "concordo", "li e aceito", NULL };
static const char *const strict_no_words[] = { "2", "nao", "nao aceito", "nao autorizo", NULL };

/* Without the courtesy at its end. */
static struct str
to_the_point(struct str folded)
{
    static const char *const courtesies[] = { " por favor", " pfv", " obrigado", " obrigada" };

    for (size_t i = 0; i < COUNT(courtesies); i++) {
        struct str courtesy = str_of(courtesies[i]);

        if (str_ends(folded, courtesy))
            folded.len -= courtesy.len;
    }
    return folded;
}

enum answer
choice_confirm(struct arena *a, struct str said, struct str yes_label, struct str no_label,
               bool strict)
{
    struct str word = fold(a, said);

    if (word.len == 0)
        return ANSWER_NEITHER;
    if (str_eq(word, fold(a, yes_label)))
        return ANSWER_YES;
    if (str_eq(word, fold(a, no_label)))
        return ANSWER_NO;
    if (!strict)
        word = to_the_point(word);
    if (is_one_of(word, strict ? strict_yes_words : yes_words))
        return ANSWER_YES;
    return is_one_of(word, strict ? strict_no_words : no_words) ? ANSWER_NO : ANSWER_NEITHER;
}
