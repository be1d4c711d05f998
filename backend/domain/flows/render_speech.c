/*
 * A text as it is said over a telephone: nobody hears a star, an address or a picture, and figures are said the way
 * people say them. A table of forms, tried on each word.
 */
#include "render_private.h"

#include "base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const months[] = { "janeiro",  "fevereiro", "março",    "abril",
                                      "maio",     "junho",     "julho",    "agosto",
                                      "setembro", "outubro",   "novembro", "dezembro" };

/* # is a digit, anything else itself. */
static bool
is_like(struct str word, const char *form)
{
    size_t n = strlen(form);

    if (word.len != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (form[i] == '#' ? word.p[i] < '0' || word.p[i] > '9' : word.p[i] != form[i])
            return false;
    return true;
}

static int
figure(struct str word, size_t at)
{
    return (word.p[at] - '0') * 10 + (word.p[at + 1] - '0');
}

static void
say_date(struct buf *to, struct str word)
{
    int day = figure(word, 0), month = figure(word, 3);

    if (month < 1 || month > 12) {
        buf_add(to, word);
        return;
    }
    buf_fmt(to, "%d de %s", day, months[month - 1]);
    if (word.len > 5)
        buf_fmt(to, " de %.4s", word.p + 6);
}

static void
say_digits(struct buf *to, struct str word)
{
    bool first = true;

    for (size_t i = 0; i < word.len; i++) {
        bool is_said =
            (word.p[i] >= '0' && word.p[i] <= '9') || (word.p[i] >= 'A' && word.p[i] <= 'Z');

        if (is_said && !first)
            buf_char(to, ' ');
        if (is_said)
            buf_char(to, word.p[i]);
        first = first && !is_said;
    }
}

static const struct {
    const char *form;
    void (*say)(struct buf *to, struct str word);
} forms[] = {
    { "##/##/####", say_date },       { "##/##", say_date },
    { "###.###.###-##", say_digits }, { "##.###.###/####-##", say_digits },
    { "#####-###", say_digits },      { "#####-####", say_digits },
    { "####-####", say_digits },      { "(##)", say_digits },
    { "########-####", say_digits },
};

/* "1.234,50" behind "R$": thousands are left to the voice. */
static bool
say_money(struct buf *to, struct str word)
{
    struct str rest = word, whole, digits = str_digits(to->arena, word);
    bool one;

    if (digits.len == 0 || strspn(str_cstr(to->arena, word), "0123456789.,") != word.len)
        return false;
    str_cut(&rest, ',', &whole);
    one = str_eq(whole, STR("1"));
    buf_fmt(to, "%.*s %s", STR_ARG(whole), one ? "real" : "reais");
    if (rest.len == 2 && !str_eq(rest, STR("00")))
        buf_fmt(to, " e %d %s", figure(rest, 0), str_eq(rest, STR("01")) ? "centavo" : "centavos");
    return true;
}

/* A number that nobody counts with: a protocol, a code. */
static bool
is_code(struct str word)
{
    enum { COUNTED_MAX = 5 };

    for (size_t i = 0; i < word.len; i++)
        if (word.p[i] < '0' || word.p[i] > '9')
            return false;
    return word.len > COUNTED_MAX;
}

static void
say_word(struct buf *to, struct str word)
{
    if (is_code(word)) {
        say_digits(to, word);
        return;
    }
    for (size_t i = 0; i < COUNT(forms); i++)
        if (is_like(word, forms[i].form)) {
            forms[i].say(to, word);
            return;
        }
    buf_add(to, word);
}

static bool
is_address(struct str word)
{
    return str_starts(word, STR("http://")) || str_starts(word, STR("https://")) ||
           str_starts(word, STR("www."));
}

/* What closes a sentence stays behind the word that is said otherwise. */
static struct str
without_end(struct str word)
{
    while (word.len > 0 && strchr(".,;:!?", word.p[word.len - 1]) != NULL)
        word.len--;
    return word;
}

static void
say_line(struct buf *to, struct str line)
{
    bool is_money = false, first = true;
    struct str word;

    while (str_cut(&line, ' ', &word)) {
        struct str body = without_end(word), end = { word.p + body.len, word.len - body.len };

        if (word.len == 0)
            continue;
        if (str_eq(word, STR("R$"))) {
            is_money = true;
            continue;
        }
        if (is_address(word)) {
            buf_add(to, end);
            continue;
        }
        if (!first && to->len > 0 && body.len > 0)
            buf_char(to, ' ');
        if (!is_money || !say_money(to, body))
            say_word(to, body);
        buf_add(to, end);
        is_money = first = false;
    }
}

/* Pictures, arrows, boxes: everything from U+2190 on that is in no word. */
static bool
is_seen_only(const struct letter *l)
{
    return l->mark != MARK_NONE || (l->is_opaque && !l->is_value) ||
           (l->point >= 0x2190 && !fold_is_letter(l->point));
}

struct str
speech_of(struct arena *a, const struct letters *letters)
{
    struct buf heard = { .arena = a }, out = { .arena = a };
    struct str rest, line;

    for (size_t i = 0; i < letters->n; i++)
        if (!is_seen_only(letters->v + i))
            buf_add(&heard, (struct str){ letters->v[i].p, letters->v[i].n });
    rest = buf_str(&heard);
    while (str_cut(&rest, '\n', &line)) {
        if (out.len > 0)
            buf_char(&out, '\n');
        say_line(&out, str_trim(line));
    }
    return str_trim(buf_str(&out));
}
