/* What a careful colleague says of a request: where it goes, whether it may come twice, and passwords written in it. */
#include "http_request.h"

#include "http_text.h"
#include "pointer.h"
#include "settings.h"

#include <math.h>

/* --- addresses -------------------------------------------------------------------- */

/* Without scheme, user and port. */
static struct str
host_of(struct str url)
{
    struct str host = http_origin(url);
    ptrdiff_t at;

    host = (struct str){ host.p + 8, host.len - 8 };
    at = str_find(host, '@');
    if (at >= 0)
        host = (struct str){ host.p + at + 1, host.len - (size_t)at - 1 };
    at = str_find(host, ':');
    if (at >= 0)
        host.len = (size_t)at;
    return host;
}

/* An address of figures (10.0.0.1, 0x7f000001, [::1]), or a name that only a house of its own knows. */
static bool
is_inside_name(struct arena *a, struct str host)
{
    static const char *const inside[] = { ".local", ".localhost", ".internal", ".lan", ".home",
                                          ".corp",  ".test",      ".invalid",  ".arpa" };
    struct str name = str_lower(a, host), last = name;

    if (str_ends(name, STR(".")))
        last.len = --name.len;
    for (ptrdiff_t dot = str_find(last, '.'); dot >= 0; dot = str_find(last, '.'))
        last = (struct str){ last.p + dot + 1, last.len - (size_t)dot - 1 };
    if (last.len == 0 || last.len == name.len || name.p[0] == '[' ||
        (last.p[0] >= '0' && last.p[0] <= '9'))
        return true;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (str_ends(name, str_of(inside[i])))
            return true;
    return false;
}

static void
lint_address(struct lint *l, struct str url)
{
    struct str fixed = http_before_values(url);

    if (url.len == 0)
        return;
    if (!str_starts(url, STR("https://")) ||
        (fixed.len < url.len && http_origin(url).len >= fixed.len) ||
        is_inside_name(l->arena, host_of(url)))
        lint_add(l, "L601")->setting = STR("url");
    else if (str_find(http_origin(url), '@') >= 0)
        lint_add(l, "L602")->setting = STR("url");
}

/* --- passwords -------------------------------------------------------------------- */

enum { LONG = 20, ALPHABET = 256 };

static const double random_bits = 3.5; /* a character, of a password that a machine made */

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '+' || c == '=';
}

static bool
looks_random(struct str word)
{
    int count[ALPHABET] = { 0 }, digits = 0, letters = 0;
    double bits = 0;

    for (size_t i = 0; i < word.len; i++) {
        count[(unsigned char)word.p[i]]++;
        if (word.p[i] >= '0' && word.p[i] <= '9')
            digits++;
        else
            letters++;
    }
    for (int i = 0; i < ALPHABET; i++)
        if (count[i] > 0) {
            double share = count[i] / (double)word.len;

            bits -= share * log2(share);
        }
    return digits > 0 && letters > 0 && bits >= random_bits;
}

/* Says what of a text is not in braces, word by word, until one is long and random. */
static bool
has_password(struct str text)
{
    size_t start = 0;
    bool is_in_braces = false;

    for (size_t i = 0; i <= text.len; i++) {
        bool is_end = i == text.len || !is_word(text.p[i]);

        if (is_end && !is_in_braces && i - start >= LONG &&
            looks_random((struct str){ text.p + start, i - start }))
            return true;
        if (is_end)
            start = i + 1;
        if (i + 1 < text.len && text.p[i] == text.p[i + 1])
            is_in_braces = text.p[i] == '{' || (is_in_braces && text.p[i] != '}');
    }
    return false;
}

/* A name that says what it is, with its value written out. */
static bool
is_named_password(struct arena *a, struct str name, struct str value)
{
    static const char *const names[] = { "token",  "apikey", "api-key",       "api_key", "senha",
                                         "secret", "passw",  "authorization", "key" };
    struct str lower = str_lower(a, name);

    if (value.len < LONG || str_has(value, STR("{{")))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_has(lower, str_of(names[i])))
            return true;
    return false;
}

static void
lint_pairs(struct lint *l, const char *setting)
{
    const struct json *pairs = json_get(l->card->settings, setting);

    for (size_t i = 0; i < json_len(pairs); i++) {
        struct str name = json_get_text(json_at(pairs, i), "name");
        struct str value = json_get_text(json_at(pairs, i), "value");

        if (has_password(value) || is_named_password(l->arena, name, value)) {
            lint_add(l, "L602")->setting = str_of(setting);
            return;
        }
    }
}

static void
lint_text(struct lint *l, const char *setting)
{
    if (has_password(json_get_text(l->card->settings, setting)))
        lint_add(l, "L602")->setting = str_of(setting);
}

/* --- the rest --------------------------------------------------------------------- */

static void
lint_pointers(struct lint *l, const char *setting, const char *label)
{
    const struct json *list = json_get(l->card->settings, setting);

    for (size_t i = 0; i < json_len(list); i++)
        if (!pointer_is_valid(json_get_text(json_at(list, i), "pointer"))) {
            lint_field(l, setting, label);
            return;
        }
}

static void
lint_header_names(struct lint *l)
{
    const struct json *headers = json_get(l->card->settings, "headers");

    for (size_t i = 0; i < json_len(headers); i++)
        if (!http_is_header_name(json_get_text(json_at(headers, i), "name"))) {
            lint_field(l, "headers", "Cabeçalhos");
            return;
        }
}

void
http_request_lint(struct lint *l)
{
    const struct json *settings = l->card->settings;
    int64_t retries = 0;

    lint_address(l, json_get_text(settings, "url"));
    lint_text(l, "url");
    lint_text(l, "body");
    lint_pairs(l, "query");
    lint_pairs(l, "headers");
    lint_header_names(l);
    lint_pointers(l, "map", "Guardar da resposta");
    lint_pointers(l, "ok_when", "Deu certo quando");
    if (json_i64(json_get(settings, "retries"), &retries) && retries > 0 &&
        !str_eq(json_get_text(settings, "method"), STR("GET")) &&
        !json_true(json_get(settings, "idempotent")))
        lint_add(l, "L603")->setting = STR("retries");
}
