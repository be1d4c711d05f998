#include "log.h"

#include "clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* One write of at most this many bytes: lines of many processes on one pipe stay whole (PIPE_BUF). */
#define LINE_BYTES 4096
#define SAFE_BYTES 200

static struct {
    char process[32];
    enum log_level least;
    const struct log_context *context;
} state = { .process = "balcao", .least = LOG_INFO };

static const char *const level_names[] = {
    [LOG_DEBUG] = "debug", [LOG_INFO] = "info", [LOG_WARN] = "warn", [LOG_ERROR] = "error"
};

void
log_init(const char *process, enum log_level least)
{
    snprintf(state.process, sizeof(state.process), "%s", process);
    state.least = least;
}

bool
log_level_parse(struct str word, enum log_level *out)
{
    for (int level = LOG_DEBUG; level <= LOG_ERROR; level++) {
        if (str_eq(word, str_of(level_names[level]))) {
            *out = (enum log_level)level;
            return true;
        }
    }
    return false;
}

const char *
log_level_name(enum log_level level)
{
    return level_names[level];
}

void
log_set_context(const struct log_context *context)
{
    state.context = context;
}

/* A line being put together on the stack; what does not fit is cut. */
struct line {
    char text[LINE_BYTES];
    size_t len; /* always leaves a byte for the line feed */
};

static void __attribute__((format(printf, 2, 0)))
line_vadd(struct line *line, const char *fmt, va_list args)
{
    size_t room = sizeof(line->text) - line->len;
    int n = vsnprintf(line->text + line->len, room, fmt, args);

    if (n > 0)
        line->len += (size_t)n < room ? (size_t)n : room - 1;
}

static void __attribute__((format(printf, 2, 3))) line_add(struct line *line, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    line_vadd(line, fmt, args);
    va_end(args);
}

static void
line_add_context(struct line *line, const struct log_context *context)
{
    if (context->request_id[0] != '\0')
        line_add(line, " request=%.*s", (int)sizeof(context->request_id), context->request_id);
    if (context->account_id != 0)
        line_add(line, " account=%lld", (long long)context->account_id);
    if (context->member_id != 0)
        line_add(line, " member=%lld", (long long)context->member_id);
}

void
log_line(enum log_level level, const char *event, const char *fmt, ...)
{
    struct line line = { .len = 0 };
    char now[CLOCK_ISO_BYTES];
    va_list args;

    if (level < state.least)
        return;

    clock_iso(clock_now_us(), now);
    line_add(&line, "%s %s %s %s", now, level_names[level], state.process, event);
    if (state.context != NULL)
        line_add_context(&line, state.context);
    if (fmt[0] != '\0') {
        line_add(&line, " ");
        va_start(args, fmt);
        line_vadd(&line, fmt, args);
        va_end(args);
    }

    /* The last fence: whatever a caller forgot to escape, a line stays one line. */
    for (size_t i = 0; i < line.len; i++) {
        if ((unsigned char)line.text[i] < 0x20 || line.text[i] == 0x7F)
            line.text[i] = '?';
    }
    line.text[line.len++] = '\n';

    /* Nobody to tell when standard error itself is gone. */
    if (write(STDERR_FILENO, line.text, line.len) < 0)
        return;
}

const char *
log_safe(struct arena *a, struct str s)
{
    struct buf b = { .arena = a };
    struct str rest = { s.p, s.len < SAFE_BYTES ? s.len : SAFE_BYTES };

    while (rest.len > 0) {
        const char *p = rest.p;
        int n = str_utf8_step(p, p + rest.len);
        unsigned char c = (unsigned char)*p;

        if (n == 0 || c <= ' ' || c == 0x7F || c == '"' || c == '\'' || c == '\\') {
            buf_fmt(&b, "\\x%02x", c);
            n = 1;
        } else {
            buf_add(&b, (struct str){ p, (size_t)n });
        }
        rest = (struct str){ p + n, rest.len - (size_t)n };
    }
    buf_char(&b, '\0');
    return b.p;
}
