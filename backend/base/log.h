/*
 * One line per event on standard error: time, level, event name, then key=value
 * (`ticket.assigned request=… account=1 ticket=7`). Request, account and member
 * come from the context set at the edge.
 *
 * Never message bodies, tokens, phone numbers, e-mails or query strings. Values
 * from outside have control characters escaped, so that nobody forges a line.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_context {
    char request_id[40]; /* empty: none */
    int64_t account_id;  /* 0: none */
    int64_t member_id;
};

/* Name of the process ("api", "worker.inbound"), and the least level shown. */
void log_init(const char *process, enum log_level least);
bool log_level_parse(struct str word, enum log_level *out);
const char *log_level_name(enum log_level level);

/* The context of the running call; NULL ends it. Kept by pointer. */
void log_set_context(const struct log_context *context);

/* event is a constant dotted name; the rest formats "key=value key=value". */
void log_line(enum log_level level, const char *event, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#define log_debug(event, ...) log_line(LOG_DEBUG, event, __VA_ARGS__)
#define log_info(event, ...) log_line(LOG_INFO, event, __VA_ARGS__)
#define log_warn(event, ...) log_line(LOG_WARN, event, __VA_ARGS__)
#define log_error(event, ...) log_line(LOG_ERROR, event, __VA_ARGS__)

/* Text safe to print after key=: control characters, spaces and quotes escaped, cut at 200 bytes. */
const char *log_safe(struct arena *a, struct str s);

#endif
