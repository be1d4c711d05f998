#include "base/crypto.h"
#include "mail_private.h"

#include <stdio.h>
#include <time.h>

/*
 * One letter: the same words as plain text and as simple HTML. Everything that is
 * not ASCII travels as base64, bodies in lines of 76, headers in encoded words cut
 * between characters; so no text of anybody's can end a line or a header.
 */

enum { LINE_BYTES = 57, WORD_BYTES = 42 }; /* before base64 */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void
add_base64(struct buf *out, struct str in)
{
    for (size_t i = 0; i < in.len; i += 3) {
        size_t n = in.len - i;
        const unsigned char *p = (const unsigned char *)in.p + i;
        unsigned v = (unsigned)p[0] << 16 | (n > 1 ? (unsigned)p[1] << 8 : 0) | (n > 2 ? p[2] : 0u);

        buf_char(out, alphabet[v >> 18]);
        buf_char(out, alphabet[v >> 12 & 63]);
        buf_char(out, n > 1 ? alphabet[v >> 6 & 63] : '=');
        buf_char(out, n > 2 ? alphabet[v & 63] : '=');
    }
}

static void
add_body(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i += LINE_BYTES) {
        size_t n = text.len - i < LINE_BYTES ? text.len - i : LINE_BYTES;

        add_base64(out, (struct str){ text.p + i, n });
        buf_add(out, STR("\r\n"));
    }
}

/* RFC 2047, each word at most 75 characters and whole in UTF-8. */
static void
add_encoded_words(struct buf *out, struct str text)
{
    const char *end = text.p + text.len;
    bool is_first = true;

    while (text.len > 0) {
        size_t n = 0;
        int step;

        while (n < text.len && (step = str_utf8_step(text.p + n, end)) > 0 &&
               n + (size_t)step <= WORD_BYTES)
            n += (size_t)step;
        if (n == 0)
            return;
        buf_add(out, is_first ? STR("=?UTF-8?B?") : STR("\r\n =?UTF-8?B?"));
        add_base64(out, (struct str){ text.p, n });
        buf_add(out, STR("?="));
        text = (struct str){ text.p + n, text.len - n };
        is_first = false;
    }
}

static void
add_date(struct buf *out, int64_t at_us)
{
    static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    time_t at_s = (time_t)(at_us / 1000000);
    struct tm t;

    gmtime_r(&at_s, &t);
    buf_fmt(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[t.tm_wday], t.tm_mday,
            months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

/* --- words ----------------------------------------------------------------------- */

static void
add_plain(struct buf *out, struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        buf_char(out, (unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7F ? ' ' : value.p[i]);
}

static void
add_escaped(struct buf *out, struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.p[i];

        if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' || c < 0x20 || c == 0x7F)
            buf_fmt(out, "&#%d;", c < 0x20 || c == 0x7F ? ' ' : c);
        else
            buf_char(out, value.p[i]);
    }
}

typedef void (*adder)(struct buf *out, struct str value);

/* The words with each {name} replaced by its param; an absent one is empty. */
static void
add_words(struct buf *out, const struct mail_letter *letter, struct str words, adder add)
{
    while (words.len > 0) {
        ptrdiff_t open = str_find(words, '{'), close = str_find(words, '}');

        if (open < 0 || close < open) {
            buf_add(out, words);
            return;
        }
        buf_add(out, (struct str){ words.p, (size_t)open });
        add(out, json_get_text(letter->params,
                               str_cstr(out->arena, (struct str){ words.p + open + 1,
                                                                  (size_t)(close - open - 1) })));
        words = (struct str){ words.p + close + 1, words.len - (size_t)close - 1 };
    }
}

/* The next paragraph; paragraphs are apart by an empty line. */
static bool
next_paragraph(struct str *rest, struct str *out)
{
    const char *gap;

    if (rest->len == 0)
        return false;
    gap = memmem(rest->p, rest->len, "\n\n", 2);
    *out = (struct str){ rest->p, gap == NULL ? rest->len : (size_t)(gap - rest->p) };
    *rest = gap == NULL ? (struct str){ 0 }
                        : (struct str){ gap + 2, rest->len - (size_t)(gap + 2 - rest->p) };
    return true;
}

static struct str
compose_text(struct cx *cx, const struct mail_letter *letter)
{
    struct buf out = { .arena = cx->arena };

    add_words(&out, letter, str_of(letter->words->in[letter->locale].body), add_plain);
    buf_add(&out, STR("\n\n-- \nBalcão\n"));
    return buf_str(&out);
}

static void
add_button(struct buf *out, const struct mail_letter *letter)
{
    struct str link = json_get_text(letter->params, "link");

    buf_add(out, STR("<p style=\"margin:24px 0\"><a href=\""));
    add_escaped(out, link);
    buf_add(out, STR("\" style=\"background:#0b6e5f;color:#ffffff;padding:12px 20px;"
                     "border-radius:6px;text-decoration:none;font-weight:600\">"));
    add_escaped(out, str_of(letter->words->in[letter->locale].button));
    buf_add(out, STR("</a></p>\n<p style=\"font-size:13px;color:#5f6b69;word-break:break-all\">"));
    add_escaped(out, link);
    buf_add(out, STR("</p>\n"));
}

static struct str
compose_html(struct cx *cx, const struct mail_letter *letter)
{
    struct str rest = str_of(letter->words->in[letter->locale].body), paragraph;
    struct buf out = { .arena = cx->arena };

    buf_fmt(&out,
            "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"></head>"
            "<body style=\"margin:0;padding:24px;background:#f4f6f5;"
            "font:16px/1.5 system-ui,sans-serif;color:#1d2827\">\n"
            "<div style=\"max-width:560px;margin:0 auto;background:#ffffff;padding:32px;"
            "border-radius:8px\">\n<p style=\"font-weight:700;color:#0b6e5f\">Balcão</p>\n",
            mail_locales[letter->locale]);
    while (next_paragraph(&rest, &paragraph)) {
        if (str_eq(paragraph, STR("{link}"))) {
            add_button(&out, letter);
            continue;
        }
        buf_add(&out, STR("<p>"));
        add_words(&out, letter, paragraph, add_escaped);
        buf_add(&out, STR("</p>\n"));
    }
    buf_add(&out, STR("</div></body></html>\n"));
    return buf_str(&out);
}

/* --- the message -------------------------------------------------------------------- */

static void
add_part(struct buf *out, struct str boundary, const char *type, struct str text)
{
    buf_fmt(out,
            "--%.*s\r\nContent-Type: %s; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n",
            STR_ARG(boundary), type);
    add_body(out, text);
}

struct str
mail_compose(struct cx *cx, const struct mail_letter *letter)
{
    struct buf out = { .arena = cx->arena }, subject = { .arena = cx->arena };
    struct str name =
        str_fmt(cx->arena, "%lld.%lld", (long long)letter->id, (long long)letter->at_us);
    struct str key =
        crypto_hex(cx->arena, (const uint8_t *)&(int64_t){ crypto_hash64(name) }, sizeof(int64_t));
    struct str host = letter->from, local;

    str_cut(&host, '@', &local);
    add_words(&subject, letter, str_of(letter->words->in[letter->locale].subject), add_plain);

    buf_add(&out, STR("From: "));
    add_encoded_words(&out, STR("Balcão"));
    buf_fmt(&out, " <%.*s>\r\nTo: <%.*s>\r\nSubject: ", STR_ARG(letter->from), STR_ARG(letter->to));
    add_encoded_words(&out, buf_str(&subject));
    buf_add(&out, STR("\r\n"));
    add_date(&out, letter->at_us);
    /* The same at every attempt: whoever gets it twice shows it once. */
    buf_fmt(&out, "Message-ID: <%.*s.%.*s@%.*s>\r\n", STR_ARG(name), STR_ARG(key), STR_ARG(host));
    buf_fmt(&out,
            "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
            "Content-Type: multipart/alternative; boundary=\"%.*s\"\r\n\r\n",
            STR_ARG(key));
    add_part(&out, key, "text/plain", compose_text(cx, letter));
    add_part(&out, key, "text/html", compose_html(cx, letter));
    buf_fmt(&out, "--%.*s--\r\n", STR_ARG(key));
    return buf_str(&out);
}
