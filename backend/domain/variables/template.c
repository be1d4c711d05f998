/*
 * Reading a text with variables in it. One walk, `next`, cuts it into plain pieces and
 * marks; rendering and checking differ only in what they make of them.
 */
#include "variables_private.h"

struct call {
    const struct filter *filter;
    struct filter_call with;
};

/* One piece of a text. */
struct piece {
    struct str plain; /* said as it is; .len == 0: a variable */
    struct str name;
    struct call calls[FILTERS_MAX];
    int call_count;
    struct str source; /* as it stands in the text */
    const char *wrong; /* slug: why it stays as it is; NULL: all is well */
    struct str words;  /* what is wrong */
};

static void
skip(struct str *s, size_t n)
{
    s->p += n;
    s->len -= n;
}

static void
skip_space(struct str *s)
{
    while (s->len > 0 && *s->p == ' ')
        skip(s, 1);
}

static bool
take(struct str *s, char c)
{
    if (s->len == 0 || *s->p != c)
        return false;
    skip(s, 1);
    return true;
}

/* [a-z][a-z0-9_]{0,39} */
static bool
take_word(struct str *s, struct str *out)
{
    size_t n = 0;

    while (n < s->len && ((s->p[n] >= 'a' && s->p[n] <= 'z') ||
                          (n > 0 && ((s->p[n] >= '0' && s->p[n] <= '9') || s->p[n] == '_'))))
        n++;
    *out = (struct str){ s->p, n };
    skip(s, n);
    return n > 0 && n <= 40;
}

/* Words with points between: contact.first_name, ticket.fields.model. */
static bool
take_name(struct str *s, struct str *out)
{
    struct str word, from = *s;
    int words = 0;

    do {
        if (!take_word(s, &word))
            return false;
        words++;
    } while (take(s, '.'));
    *out = (struct str){ from.p, (size_t)(s->p - from.p) };
    return words == 2 || words == 3;
}

/* "…" in which \" and \\ stand for themselves. */
static bool
take_quoted(struct arena *a, struct str *s, struct str *out)
{
    struct buf b = { .arena = a };

    if (!take(s, '"'))
        return false;
    while (s->len > 0 && *s->p != '"') {
        if (*s->p == '\n')
            return false;
        if (*s->p == '\\' && s->len > 1 && (s->p[1] == '"' || s->p[1] == '\\'))
            skip(s, 1);
        buf_char(&b, *s->p);
        skip(s, 1);
    }
    *out = buf_str(&b);
    return take(s, '"');
}

static bool
take_arguments(struct arena *a, struct str *s, struct filter_call *call)
{
    struct str argument;

    do {
        skip_space(s);
        if (!take_quoted(a, s, &argument))
            return false;
        if (call->argument_count < FILTER_ARGUMENTS_MAX)
            call->arguments[call->argument_count] = argument;
        call->argument_count++;
        skip_space(s);
    } while (take(s, ','));
    return true;
}

/* The slug of what is wrong; NULL: nothing. */
static const char *
look_at_filter(struct str name, struct call *call)
{
    const struct filter *f = filters_find(name);

    call->filter = f;
    if (f == NULL)
        return "filter_unknown";
    if (call->with.argument_count < f->least || call->with.argument_count > f->most ||
        (f->fits != NULL && call->with.argument_count > 0 && !f->fits(&call->with)))
        return "filter_argument";
    return NULL;
}

/* After "{{": false when it is no mark at all. What is wrong inside of one goes to out->wrong. */
static bool
take_mark(struct arena *a, struct str *s, struct piece *out)
{
    const char *wrong = NULL;

    skip_space(s);
    if (!take_name(s, &out->name))
        return false;
    skip_space(s);
    while (take(s, '|')) {
        struct call call = { .with.arena = a };
        struct str name, from;

        skip_space(s);
        from = *s;
        if (!take_word(s, &name))
            return false;
        skip_space(s);
        if (take(s, ':') && !take_arguments(a, s, &call.with))
            return false;
        skip_space(s);
        wrong = look_at_filter(name, &call);
        if (wrong == NULL && out->call_count == FILTERS_MAX)
            wrong = "variable_malformed";
        if (wrong != NULL && out->wrong == NULL) {
            out->wrong = wrong;
            out->words = (struct str){ from.p, (size_t)(s->p - from.p) };
        }
        if (wrong == NULL)
            out->calls[out->call_count++] = call;
    }
    return take(s, '}') && take(s, '}');
}

/* From "{{" to what closes it on its line; without a close, the braces alone. */
static struct str
unreadable(struct str s, bool *closed)
{
    for (size_t i = 2; i + 1 < s.len && s.p[i] != '\n'; i++)
        if (s.p[i] == '}' && s.p[i + 1] == '}') {
            *closed = true;
            return (struct str){ s.p, i + 2 };
        }
    *closed = false;
    return (struct str){ s.p, 2 };
}

static bool
opens(struct str s, size_t i)
{
    return i + 1 < s.len && s.p[i] == '{' && s.p[i + 1] == '{';
}

/* Cuts the next piece off; false at the end. */
static bool
next(struct arena *a, struct str *rest, struct piece *out)
{
    struct str s = *rest;
    bool closed;
    size_t n = 0;

    *out = (struct piece){ 0 };
    if (s.len == 0)
        return false;

    if (s.p[0] == '\\' && opens(s, 1)) {
        out->plain = (struct str){ s.p + 1, 2 };
        out->source = (struct str){ s.p, 3 };
        skip(rest, 3);
        return true;
    }
    /* Of many braces the last two open. */
    if (opens(s, 0) && !opens(s, 1)) {
        skip(&s, 2);
        if (take_mark(a, &s, out)) {
            out->source = (struct str){ rest->p, (size_t)(s.p - rest->p) };
            if (out->wrong != NULL)
                out->plain = out->source;
        } else {
            *out = (struct piece){ .words = unreadable(*rest, &closed) };
            out->wrong = closed ? "variable_malformed" : "variable_unclosed";
            /* Only the braces: behind them a better mark may begin. */
            out->plain = out->source = (struct str){ rest->p, 2 };
        }
        skip(rest, out->source.len);
        return true;
    }
    do
        n++;
    while (n < s.len && !(s.p[n] == '\\' && opens(s, n + 1)) && !opens(s, n));
    out->plain = out->source = (struct str){ s.p, n };
    skip(rest, n);
    return true;
}

/* Direction marks, and controls but line feeds: no value turns a text around. */
static bool
is_dropped(const char *p, int n)
{
    unsigned char c = (unsigned char)p[0], second = n > 1 ? (unsigned char)p[1] : 0;

    if (n == 1)
        return (c < 0x20 && c != '\n') || c == 0x7F;
    if (n == 2)
        return (c == 0xC2 && second < 0xA0) || (c == 0xD8 && second == 0x9C);
    if (n == 3 && c == 0xE2) {
        unsigned char third = (unsigned char)p[2];

        return (second == 0x80 &&
                ((third >= 0x8E && third <= 0x8F) || (third >= 0xAA && third <= 0xAE))) ||
               (second == 0x81 && third >= 0xA6 && third <= 0xA9);
    }
    return false;
}

static struct str
cleaned(struct arena *a, struct str value)
{
    struct buf b = { .arena = a };
    const char *p = value.p, *end = value.p + value.len;

    while (p < end) {
        int n = str_utf8_step(p, end);

        if (n > 0 && !is_dropped(p, n))
            buf_add(&b, (struct str){ p, (size_t)n });
        p += n > 0 ? n : 1;
    }
    return buf_str(&b);
}

static struct str
say(struct arena *a, const struct piece *piece, const struct variables_source *source)
{
    const struct variable *variable = variables_find(piece->name);
    struct variable_value value = { 0 };
    bool has_default = false;

    source->value(source->arg, piece->name, &value);
    value.text = value.text.len == 0 ? STR("") : filter_said(cleaned(a, value.text)).text;
    for (int i = 0; i < piece->call_count; i++)
        has_default = has_default || filters_is_default(piece->calls[i].filter);
    if (value.text.len == 0 && !has_default && !source->is_plain && variable != NULL &&
        variable->fallback != NULL)
        value = filter_said(str_of(variable->fallback));
    for (int i = 0; i < piece->call_count; i++) {
        struct filter_call call = piece->calls[i].with;

        call.now = source->now;
        value = piece->calls[i].filter->apply(&call, value);
    }
    return source->is_plain ? value.text : filters_print(a, value);
}

/* After a gap before the end of a sentence its space goes, and the comma that led to it. */
static void
tidy(struct buf *out, struct str *rest)
{
    bool ends = rest->len == 0 || strchr("\n.,;:!?)", *rest->p) != NULL;

    if (!ends) {
        take(rest, ' ');
        return;
    }
    while (out->len > 0 && out->p[out->len - 1] == ' ')
        out->len--;
    if (out->len > 0 && out->p[out->len - 1] == ',')
        out->len--;
}

struct blanks {
    struct arena *arena;
    struct variables_blank *v;
    size_t n;
};

/* Tidying may have taken away the place of earlier ones. */
static void
blanks_add(struct blanks *blanks, struct str name, const struct buf *out)
{
    size_t size = sizeof *blanks->v;
    int64_t position = (int64_t)str_code_points(buf_str(out));

    blanks->v = arena_grow(blanks->arena, blanks->v, blanks->n * size, (blanks->n + 1) * size);
    for (size_t i = blanks->n; i > 0 && blanks->v[i - 1].position > position; i--)
        blanks->v[i - 1].position = position;
    blanks->v[blanks->n++] = (struct variables_blank){ name, position };
}

struct literals {
    struct arena *arena;
    struct literal *v;
    size_t n, room;
};

static void
literals_add(struct literals *literals, size_t start, size_t len)
{
    size_t size = sizeof *literals->v;

    if (literals->n == literals->room) {
        size_t room = literals->room == 0 ? 8 : literals->room * 2;

        literals->v = arena_grow(literals->arena, literals->v, literals->room * size, room * size);
        literals->room = room;
    }
    literals->v[literals->n++] = (struct literal){ start, len };
}

/* Tidying may have taken their ends away. */
static void
literals_cut(struct literals *literals, size_t end)
{
    while (literals->n > 0 && literals->v[literals->n - 1].start >= end)
        literals->n--;
    if (literals->n > 0) {
        struct literal *last = &literals->v[literals->n - 1];

        last->len = last->start + last->len > end ? end - last->start : last->len;
    }
}

struct variables_filled
variables_render(struct arena *a, struct str text, const struct variables_source *source)
{
    struct buf out = { .arena = a };
    struct literals literals = { .arena = a };
    struct blanks blanks = { .arena = a };
    struct str rest = text;
    struct piece piece;

    while (next(a, &rest, &piece)) {
        bool is_value = piece.name.len > 0 && piece.wrong == NULL;
        struct str said = is_value ? say(a, &piece, source) : piece.plain;

        if (is_value && said.len > 0)
            literals_add(&literals, out.len, said.len);
        buf_add(&out, said);
        if (said.len == 0) {
            if (!source->is_plain)
                tidy(&out, &rest);
            literals_cut(&literals, out.len);
            blanks_add(&blanks, piece.name, &out);
        }
    }
    return (struct variables_filled){ filter_said(buf_str(&out)).text, literals.v, literals.n,
                                      blanks.v, blanks.n };
}

struct variables_problems
variables_check(struct arena *a, struct str text, bool (*known)(struct str name))
{
    struct variables_problem *v = arena_array(a, struct variables_problem, VARIABLES_PROBLEMS_MAX);
    struct str rest = text;
    struct piece piece;
    size_t n = 0;

    while (n < VARIABLES_PROBLEMS_MAX && next(a, &rest, &piece)) {
        if (piece.wrong == NULL && piece.name.len > 0 && known != NULL && !known(piece.name)) {
            piece.wrong = "variable_unknown";
            piece.words = piece.name;
        }
        if (piece.wrong != NULL)
            v[n++] = (struct variables_problem){
                .slug = piece.wrong,
                .position = (int64_t)str_code_points(
                    (struct str){ text.p, (size_t)(piece.words.p - text.p) }),
                .length = (int64_t)str_code_points(piece.words),
                .words = piece.words,
            };
    }
    return (struct variables_problems){ v, n };
}

void
variables_each(struct arena *a, struct str text,
               void (*fn)(const struct variables_mark *mark, void *arg), void *arg)
{
    struct str rest = text;
    struct piece piece;

    while (next(a, &rest, &piece)) {
        struct variables_mark mark = { .name = piece.name, .source = piece.source };

        if (piece.name.len == 0 || piece.wrong != NULL)
            continue;
        for (int i = 0; i < piece.call_count; i++) {
            mark.filters[mark.filter_count++] = piece.calls[i].filter->name;
            mark.has_default |= filters_is_default(piece.calls[i].filter);
        }
        fn(&mark, arg);
    }
}

struct str
variables_escape(struct arena *a, struct str text)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < text.len; i++) {
        if (opens(text, i)) {
            buf_add(&b, STR("\\{{"));
            i++;
        } else {
            buf_char(&b, text.p[i]);
        }
    }
    return buf_str(&b);
}
