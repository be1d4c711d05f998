/* Between the files of the room. */
#ifndef DOMAIN_MAIL_MAIL_PRIVATE_H
#define DOMAIN_MAIL_MAIL_PRIVATE_H

#include "base/json.h"
#include "mail.h"

enum { MAIL_LOCALES = 2 };

struct mail_words {
    const char *template;
    struct {
        const char *subject;
        /* Paragraphs apart by an empty line; {name} is a param; {link} alone is the button. */
        const char *body;
        const char *button; /* NULL: no link */
    } in[MAIL_LOCALES];
};

/* Ends with .template == NULL. */
extern const struct mail_words mail_words[];

/* NULL: unknown. */
const struct mail_words *mail_words_find(struct str template);

/* 0 for a locale nobody translated. */
int mail_locale(struct str locale);

/* What one letter is made from. */
struct mail_letter {
    int64_t id;
    struct str to, from; /* bare addresses, both good */
    const struct mail_words *words;
    int locale;
    const struct json *params; /* an object of texts */
    int64_t at_us;
};

/* The whole message as it goes over the wire (RFC 5322, CRLF, ASCII only). */
struct str mail_compose(struct cx *cx, const struct mail_letter *letter);

MUST_CHECK struct err mail_send_step(struct cx *cx, const struct job *job,
                                     const struct httpc_answer *answer, struct job_outcome *out);

#endif
