#include "http_text.h"

#include "values.h"

/* --- parts of a text -------------------------------------------------------------- */

/* "{{secret.x}}" or "{{flow.pin}}" that is sealed, cut out of a text. */
struct hidden {
    struct str before;
    const char *kind; /* secret, sealed; NULL: there is none, `before` is all there is */
    struct str what;
};

static struct str
sealed_slot(struct step *s, struct str name)
{
    const struct run_variable *variable = run_variable(step_run(s), name);

    return variable != NULL && variable->is_sealed ? variable->value.text : (struct str){ 0 };
}

/* What stands in braces at the beginning of a text, and how long it is with them; 0: no bare name. */
static size_t
braced_name(struct str text, struct str *name)
{
    size_t end = 2;

    if (!str_starts(text, STR("{{")))
        return 0;
    while (end < text.len && text.p[end] != '}')
        end++;
    if (end + 1 >= text.len || text.p[end + 1] != '}')
        return 0;
    *name = str_trim((struct str){ text.p + 2, end - 2 });
    return end + 2;
}

static struct hidden
next_hidden(struct step *s, struct str *rest)
{
    struct hidden hidden = { *rest, NULL, { 0 } };
    struct str name = { 0 };

    for (size_t i = 0; i + 1 < rest->len; i++) {
        struct str from = { rest->p + i, rest->len - i };
        size_t len;

        if (i > 0 && rest->p[i - 1] == '\\')
            continue;
        len = braced_name(from, &name);
        if (len == 0)
            continue;
        if (str_starts(name, STR("secret."))) {
            hidden.kind = "secret";
            hidden.what = (struct str){ name.p + 7, name.len - 7 };
        } else if (sealed_slot(s, name).len > 0) {
            hidden.kind = "sealed";
            hidden.what = sealed_slot(s, name);
        }
        if (hidden.kind != NULL) {
            hidden.before.len = i;
            *rest = (struct str){ from.p + len, from.len - len };
            return hidden;
        }
    }
    rest->len = 0;
    return hidden;
}

/* --- writing values as a place demands -------------------------------------------- */

static void
put_url(struct buf *out, struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            memchr("-._~", c, 4) != NULL)
            buf_char(out, (char)c);
        else
            buf_fmt(out, "%%%02X", c);
    }
}

/* Without its quotes. */
static void
put_json(struct buf *out, struct str value)
{
    struct buf quoted = { .arena = out->arena };

    json_put_str(&(struct json_out){ .buf = &quoted }, value);
    buf_add(out, (struct str){ quoted.p + 1, quoted.len - 2 });
}

/* A number or a truth may stand without quotes; whatever else is text. */
static bool
is_bare_json(struct str value)
{
    size_t i = value.len > 0 && value.p[0] == '-', digits = 0;

    if (str_eq(value, STR("true")) || str_eq(value, STR("false")))
        return true;
    if (i < value.len && value.p[i] == '0' && i + 1 < value.len && value.p[i + 1] != '.')
        return false;
    for (; i < value.len && value.p[i] >= '0' && value.p[i] <= '9'; i++)
        digits++;
    if (digits == 0 || i == value.len)
        return digits > 0;
    if (value.p[i] != '.' || i + 1 == value.len)
        return false;
    while (++i < value.len)
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
    return true;
}

/* Whether what follows stands inside of quotes, after an author's stretch of JSON. */
static bool
goes_on_quoted(struct str stretch, bool is_quoted)
{
    for (size_t i = 0; i < stretch.len; i++)
        if (is_quoted && stretch.p[i] == '\\')
            i++;
        else if (stretch.p[i] == '"')
            is_quoted = !is_quoted;
    return is_quoted;
}

struct writer {
    struct step *s;
    struct buf out;
    enum http_place place;
    bool is_quoted; /* JSON: inside of a string */
};

static void
put_author(struct writer *w, struct str stretch)
{
    if (w->place == HTTP_JSON)
        w->is_quoted = goes_on_quoted(stretch, w->is_quoted);
    buf_add(&w->out, stretch);
}

static void
put_value(struct writer *w, struct str value)
{
    if (w->place == HTTP_FORM) {
        put_url(&w->out, value);
    } else if (w->place != HTTP_JSON || (!w->is_quoted && is_bare_json(value))) {
        buf_add(&w->out, value);
    } else if (w->is_quoted) {
        put_json(&w->out, value);
    } else {
        buf_char(&w->out, '"');
        put_json(&w->out, value);
        buf_char(&w->out, '"');
    }
}

/* Bytes of so many code points. */
static size_t
bytes_of(struct str text, int64_t points)
{
    return str_first_code_points(text, (size_t)points).len;
}

/* A value that is missing where JSON wants one is null. */
static void
put_missing(struct writer *w)
{
    if (w->place == HTTP_JSON && !w->is_quoted)
        buf_add(&w->out, STR("null"));
}

static void
put_text(struct writer *w, struct str text)
{
    struct variables_filled filled = value_text(w->s, text);
    size_t at = 0, blank = 0;

    for (size_t i = 0; i <= filled.literal_count; i++) {
        size_t to = i < filled.literal_count ? filled.literals[i].start : filled.text.len;

        for (; blank < filled.blank_count; blank++) {
            size_t gap = bytes_of(filled.text, filled.blanks[blank].position);

            if (gap > to)
                break;
            if (gap > at) {
                put_author(w, (struct str){ filled.text.p + at, gap - at });
                at = gap;
            }
            put_missing(w);
        }
        put_author(w, (struct str){ filled.text.p + at, to - at });
        if (i < filled.literal_count) {
            put_value(w, (struct str){ filled.text.p + to, filled.literals[i].len });
            at = to + filled.literals[i].len;
        }
    }
}

/* --- parts ------------------------------------------------------------------------ */

static bool
is_in_one_line(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (((unsigned char)text.p[i] < ' ' && text.p[i] != '\t') || text.p[i] == 0x7f)
            return false;
    return true;
}

static bool
put_part(struct writer *w, struct json_out *o)
{
    struct str text = buf_str(&w->out);

    if (w->place == HTTP_HEADER && !is_in_one_line(text))
        return false;
    if (text.len > 0)
        json_put_str(o, text);
    w->out = (struct buf){ .arena = w->out.arena };
    return true;
}

bool
http_write_parts(struct step *s, struct json_out *o, struct str text, enum http_place place)
{
    static const char *const as[] = { "header", "json", "url", "text" };
    struct writer w = { s, { .arena = step_arena(s) }, place, false };
    struct str rest = text;

    json_open(o, '[');
    while (rest.len > 0) {
        struct hidden hidden = next_hidden(s, &rest);
        bool needs_quotes = hidden.kind != NULL && place == HTTP_JSON;

        put_text(&w, hidden.before);
        needs_quotes = needs_quotes && !w.is_quoted;
        if (needs_quotes)
            buf_char(&w.out, '"');
        if (!put_part(&w, o))
            return false;
        if (hidden.kind == NULL)
            continue;
        json_open(o, '{');
        json_kv_str(o, hidden.kind, hidden.what);
        json_kv_str(o, "as", str_of(as[place]));
        json_close(o, '}');
        if (needs_quotes)
            buf_char(&w.out, '"');
    }
    if (!put_part(&w, o))
        return false;
    json_close(o, ']');
    return true;
}

bool
http_is_header_name(struct str name)
{
    /* Those that say how the message itself travels are not an author's. */
    static const char *const ours[] = { "host",    "content-length", "transfer-encoding",
                                        "te",      "connection",     "upgrade",
                                        "trailer", "idempotency-key" };

    for (size_t i = 0; i < name.len; i++)
        if (memchr("!#$%&'*+-.^_`|~", name.p[i], 15) == NULL &&
            !(name.p[i] >= '0' && name.p[i] <= '9') &&
            !((name.p[i] | 0x20) >= 'a' && (name.p[i] | 0x20) <= 'z'))
            return false;
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (str_eq_nocase(name, str_of(ours[i])))
            return false;
    return name.len > 0;
}

/* --- addresses -------------------------------------------------------------------- */

struct str
http_before_values(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.p[i] == '{' && text.p[i + 1] == '{')
            return (struct str){ text.p, i };
    return text;
}

struct str
http_origin(struct str url)
{
    struct str head = url;
    size_t start = 0;

    for (size_t i = 0; i + 2 < url.len && start == 0; i++)
        if (memcmp(url.p + i, "://", 3) == 0)
            start = i + 3;
    for (head.len = start; head.len < url.len; head.len++)
        if (memchr("/?#\\", url.p[head.len], 4) != NULL)
            break;
    return head;
}

static bool
has_hidden(struct step *s, struct str text)
{
    return next_hidden(s, &text).kind != NULL;
}

/* "/a/../b" would be another place than the author wrote; a value may be "..". */
static bool
climbs(struct str url)
{
    struct str rest = { url.p + http_origin(url).len, url.len - http_origin(url).len };
    struct str path, segment;

    if (!str_cut(&rest, '?', &path))
        return false;
    while (str_cut(&path, '/', &segment))
        if (str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
            return true;
    return false;
}

/* An author's own letters are encoded too; what ends an address, or could be read as its end, is refused. */
static bool
plain_url(struct buf *written, struct str *out)
{
    struct buf url = { .arena = written->arena };

    for (size_t i = 0; i < written->len; i++) {
        unsigned char c = (unsigned char)written->p[i];

        if (c <= ' ' || c == 0x7f || c == '#' || c == '\\')
            return false;
        if (c >= 0x80)
            buf_fmt(&url, "%%%02X", c);
        else
            buf_char(&url, (char)c);
    }
    *out = buf_str(&url);
    return true;
}

bool
http_url(struct step *s, struct str url, const struct json *query, struct str *out)
{
    struct writer w = { s, { .arena = step_arena(s) }, HTTP_FORM, false };
    char join;

    if (!str_starts(url, STR("https://")) || has_hidden(s, url) ||
        (http_before_values(url).len < url.len &&
         http_origin(url).len >= http_before_values(url).len))
        return false;
    put_text(&w, url);
    join = str_find(buf_str(&w.out), '?') >= 0 ? '&' : '?';
    for (size_t i = 0; i < json_len(query); i++) {
        const struct json *pair = json_at(query, i);

        if (has_hidden(s, json_get_text(pair, "value")))
            return false;
        buf_char(&w.out, join);
        put_url(&w.out, json_get_text(pair, "name"));
        buf_char(&w.out, '=');
        put_url(&w.out, value_text(s, json_get_text(pair, "value")).text);
        join = '&';
    }
    return plain_url(&w.out, out) && !climbs(*out);
}
