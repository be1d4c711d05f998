/*
 * What must hold of any answer: what is kept of a right one is right again, and the same.
 */
#include "domain/testing/chance.h"

#include "base/fold.h"
#include "validators.h"

enum { CASES = 4000, PIECES = 4 };

/* A Thursday. */
#define TODAY "2026-11-26"

/* --- what is typed ------------------------------------------------------------------- */

/* Figures that check one another or do not, of any length, as people set them apart. */
static struct str
draw_figures(void)
{
    static const char *const separators[] = { "", "", "", ".", ",", "-", "/", " ", ":", "h" };
    struct buf b = { .arena = test_arena() };

    if (chance_in(30))
        buf_char(&b, "+-("[chance_below(3)]);
    for (int i = 1 + chance_below(14); i > 0; i--) {
        buf_char(&b, (char)('0' + chance_below(10)));
        if (i > 1)
            buf_add(&b, str_of(CHANCE_OF(separators)));
    }
    return buf_str(&b);
}

/* Right for one or another, and nearly right for the rest. */
static struct str
draw_piece(void)
{
    static const char *const pieces[] = {
        "529.982.247-25",
        "11144477735",
        "12.ABC.345/01DE-35",
        "11.222.333/0001-81",
        "ana@exemplo.com.br",
        "A.B+c@D.co",
        "(49) 99999-0000",
        "+55 49 9999-0000",
        "49999990000",
        "+1 202 555 0123",
        "25/12/2026",
        "5 de dezembro",
        "amanhã",
        "quinta-feira",
        "29/02",
        "14h30",
        "meio-dia",
        "8 da noite",
        "89.801-000",
        "R$ 1.234,56",
        "-3,50",
        "0,10",
        "1.500",
        "12,345",
        "três",
        "vinte",
        "dez reais",
        "meu nome é",
        "me chamo",
        "sou a",
        "ana",
        "DE",
        "d'ávila",
        "MARIA-CLARA",
        "joão",
        "李小龍",
        "o'neill",
        "dos",
        "e",
        "Jr.",
        "-27.1, -52.6",
        "https://maps.example/@-27.1004567,-52.6152,15z",
        "ou",
        "é",
        ".",
        "-",
        "\n",
        "👍",
    };

    return chance_in(30) ? draw_figures() : str_of(CHANCE_OF(pieces));
}

static struct str
draw_answer(void)
{
    struct buf b = { .arena = test_arena() };
    int pieces = chance_in(60) ? 1 : 1 + chance_below(PIECES);

    for (int i = 0; i < pieces; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_add(&b, draw_piece());
    }
    return fold_clean(test_arena(), buf_str(&b));
}

static struct validator_limits
draw_limits(void)
{
    static const char *const mins[] = { "", "", "0", "-5", "+0", "2026-01-01" };
    static const char *const maxs[] = { "", "", "100", "+90", "2027-01-01" };
    struct validator_limits limits = { .when = WHEN_ANY };

    if (chance_in(60))
        return limits;
    limits.min = str_of(CHANCE_OF(mins));
    limits.max = str_of(CHANCE_OF(maxs));
    limits.when = (enum said_when)chance_below(3);
    limits.min_length = chance_below(4);
    limits.max_length = chance_in(50) ? 8 + chance_below(20) : 0;
    limits.is_integer = chance_in(30);
    limits.is_full_name = chance_in(30);
    limits.allows_international = chance_in(50);
    limits.default_ddd = chance_in(50) ? STR("49") : STR("");
    return limits;
}

/* --- what is kept -------------------------------------------------------------------- */

/* "12.345": a normal form all the same, but typed it is twelve thousand. */
static bool
reads_as_thousands(const struct validator *validator, struct str value)
{
    ptrdiff_t dot = str_find(value, '.');

    return validator->type == VARIABLE_NUMBER && dot >= 0 && value.len - (size_t)dot == 4;
}

static bool
takes_words(const struct validator *validator)
{
    return (validator->forms >> FORM_TEXT & 1) != 0;
}

TEST(what_is_kept_of_a_right_answer_is_a_right_answer)
{
    int64_t right = 0, today = 0;

    CHECK(day_parse(STR(TODAY), &today));
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct said said = { .form = FORM_TEXT }, again = { .form = FORM_TEXT };
        struct validator_limits limits;

        chance_begin(i);
        said.text = draw_answer();
        limits = draw_limits();
        for (const struct validator *v = validators; v->name != NULL; v++) {
            struct valid once, twice = { 0 };

            if (!takes_words(v) ||
                validate(v, &(struct validator_call){ test_arena(), &said, &limits, today },
                         &once) != VERDICT_VALID ||
                reads_as_thousands(v, once.value))
                continue;
            right++;
            again.text = once.value;
            chance_hold(
                validate(v, &(struct validator_call){ test_arena(), &again, &limits, today },
                         &twice) == VERDICT_VALID &&
                    str_eq(once.value, twice.value) && once.type == twice.type,
                str_cstr(test_arena(),
                         str_fmt(test_arena(), "%s: “%.*s” is “%.*s” is “%.*s”", v->name,
                                 STR_ARG(said.text), STR_ARG(once.value), STR_ARG(twice.value))));
        }
        arena_rewind(test_arena(), mark);
    }
    /* Of the drawn ones enough are answers at all. */
    CHECK(right > CASES / 2);
}
