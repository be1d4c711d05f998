#include "script.h"

#include "base/clock.h"
#include "domain/contacts/contacts.h"

const char *const script_end_names[SCRIPT_ENDS] = {
    [SCRIPT_GOES_ON] = "asking",  [SCRIPT_DONE] = "done",       [SCRIPT_GIVEN_UP] = "given_up",
    [SCRIPT_REFUSED] = "refused", [SCRIPT_BLOCKED] = "blocked",
};

int
script_first(int needs)
{
    return needs & -needs;
}

/* Lower case, without accents and marks, one space between words: what an answer is compared by. */
static struct str
bare(struct arena *a, struct str text)
{
    static const struct {
        const char *from;
        char to;
    } accents[] = {
        { "ã", 'a' }, { "á", 'a' }, { "à", 'a' }, { "â", 'a' }, { "é", 'e' }, { "ê", 'e' },
        { "í", 'i' }, { "ó", 'o' }, { "ô", 'o' }, { "õ", 'o' }, { "ú", 'u' }, { "ç", 'c' },
        { "Ã", 'a' }, { "Á", 'a' }, { "Ç", 'c' }, { "É", 'e' },
    };
    struct buf out = { .arena = a };
    bool space = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.p[i];

        for (size_t k = 0; k < sizeof accents / sizeof accents[0]; k++)
            if (str_starts((struct str){ text.p + i, text.len - i }, str_of(accents[k].from))) {
                c = accents[k].to;
                i++;
                break;
            }
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (space && out.len > 0)
                buf_char(&out, ' ');
            buf_char(&out, c);
            space = false;
        } else {
            space = true;
        }
    }
    return buf_str(&out);
}

int
script_yes_or_no(struct arena *a, struct str text)
{
    static const char *const yes[] = { "sim", "s",         "aceito",   "concordo", "autorizo",
                                       "ok",  "1",         "claro",    "pode",     "yes",
                                       "y",   "de acordo", "eu aceito" };
    static const char *const no[] = { "nao",    "n",          "2",
                                      "recuso", "nao aceito", "nao autorizo",
                                      "no",     "nao quero",  "nao concordo" };
    struct str said = bare(a, str_first_code_points(text, 60));

    if (str_starts(said, STR("sim ")))
        return 1;
    if (str_starts(said, STR("nao ")))
        return -1;
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        if (str_eq(said, str_of(yes[i])))
            return 1;
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        if (str_eq(said, str_of(no[i])))
            return -1;
    return 0;
}

static int
month_of(struct str word)
{
    static const char *const names[] = { "jan", "fev", "mar", "abr", "mai", "jun",
                                         "jul", "ago", "set", "out", "nov", "dez" };

    for (int i = 0; i < 12; i++)
        if (str_starts(word, str_of(names[i])))
            return i + 1;
    return 0;
}

/* The three parts of a day, in the order in which Brazil writes them; 0: there are not three. */
static int
split_date(struct arena *a, struct str text, int64_t out[3], bool *has_short_year)
{
    struct str rest = bare(a, str_first_code_points(text, 60)), word;
    struct str compact = str_digits(a, text);
    int n = 0;

    *has_short_year = false;
    if (compact.len == 8 && rest.len == 8)
        rest = str_fmt(a, "%.2s %.2s %.4s", compact.p, compact.p + 2, compact.p + 4);
    while (str_cut(&rest, ' ', &word)) {
        if (str_eq(word, STR("de")) || str_eq(word, STR("do")))
            continue;
        if (n == 3)
            return 0;
        if (n == 1 && month_of(word) != 0)
            out[n] = month_of(word);
        else if (word.len > 4 || !str_i64(word, &out[n]))
            return 0;
        if (n == 2)
            *has_short_year = word.len == 2;
        n++;
    }
    return n == 3;
}

bool
script_date(struct arena *a, struct str text, int64_t today, struct str *out)
{
    int this_year, month, day;
    int64_t parts[3];
    bool has_short_year;

    if (!split_date(a, text, parts, &has_short_year))
        return false;
    clock_date(today, &this_year, &month, &day);
    /* Nobody is born in the future: 90 is 1990, 15 is 2015. */
    if (has_short_year)
        parts[2] += parts[2] <= this_year % 100 ? 2000 : 1900;
    if (parts[2] < 1900 || parts[2] > this_year || parts[1] < 1 || parts[1] > 12 || parts[0] < 1 ||
        parts[0] > clock_days_in_month((int)parts[2], (int)parts[1]))
        return false;
    if (clock_days((int)parts[2], (int)parts[1], (int)parts[0]) > today)
        return false;
    *out = str_fmt(a, "%04d-%02d-%02d", (int)parts[2], (int)parts[1], (int)parts[0]);
    return true;
}

static bool
hear_terms(struct arena *a, const struct script_said *said, struct script_turn *turn)
{
    int answer = script_yes_or_no(a, said->text);

    turn->is_yes = answer > 0;
    if (answer < 0)
        turn->says = LINE_TERMS_NEEDED;
    return answer > 0;
}

static bool
hear_consent(struct arena *a, const struct script_said *said, struct script_turn *turn)
{
    int answer = script_yes_or_no(a, said->text);

    turn->is_yes = answer > 0;
    return answer != 0;
}

static bool
hear_birth(struct arena *a, const struct script_said *said, struct script_turn *turn)
{
    return script_date(a, said->text, said->today, &turn->value);
}

static bool
hear_document(struct arena *a, const struct script_said *said, struct script_turn *turn)
{
    return document_normalise(a, said->text, &turn->value);
}

/* Of each question, whether this answers it. */
static const struct {
    int need;
    bool (*hear)(struct arena *a, const struct script_said *said, struct script_turn *turn);
} questions[] = {
    { NEED_TERMS, hear_terms },
    { NEED_CONSENT, hear_consent },
    { NEED_BIRTH, hear_birth },
    { NEED_DOCUMENT, hear_document },
};

static void
end(struct script_turn *turn, enum script_end how, enum script_line line)
{
    turn->end = how;
    turn->says = line;
    turn->asks = 0;
}

struct script_turn
script_hear(struct arena *a, struct script *script, const struct script_said *said)
{
    int need = script_first(script->needs);
    struct script_turn turn = { .says = LINE_RETRY };
    bool is_answer = false;

    if (str_eq_nocase(str_trim(said->text), STR("/bloquear"))) {
        end(&turn, SCRIPT_BLOCKED, LINE_NONE);
        return turn;
    }
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        if (questions[i].need == need)
            is_answer = questions[i].hear(a, said, &turn);
    if (!is_answer && said->is_hasty)
        return (struct script_turn){ .says = LINE_NONE };
    if (!is_answer) {
        if (++script->wrong >= script->tries)
            end(&turn, SCRIPT_GIVEN_UP, LINE_PERSON);
        return turn;
    }
    turn.answered = need;
    turn.says = LINE_NONE;
    script->needs &= ~need;
    script->wrong = 0;
    turn.asks = script_first(script->needs);
    if (need == NEED_CONSENT && !turn.is_yes)
        end(&turn, SCRIPT_REFUSED, LINE_PERSON);
    else if (turn.asks == 0)
        end(&turn, SCRIPT_DONE, LINE_THANKS);
    return turn;
}
