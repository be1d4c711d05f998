#include "httpc_flight.h"

#include "clock.h"

#include <fcntl.h>
#include <unistd.h>

#define USER_AGENT "Balcao/1"
#define TIMEOUT_MS 15000
#define CONNECT_TIMEOUT_MS 3000
#define ANSWER_MAX_BYTES ((size_t)1024 * 1024)
#define HEADERS_MAX_BYTES ((size_t)64 * 1024)
#define SMTP_TAKEN 250
#define RETRY_AFTER_MOST_S INT64_C(86400)

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* What libcurl's word means to us; whatever is not here is "unreachable". */
static const struct {
    CURLcode curl;
    enum err_code code;
    const char *slug;
} meanings[] = {
    { CURLE_OK, ERR_NONE, NULL },
    { CURLE_OPERATION_TIMEDOUT, ERR_UNAVAILABLE, "timeout" },
    { CURLE_FILESIZE_EXCEEDED, ERR_TOO_LARGE, "answer_too_large" },
    { CURLE_URL_MALFORMAT, ERR_INVALID, "url_invalid" },
    { CURLE_READ_ERROR, ERR_UNAVAILABLE, "file_unreadable" },
    { CURLE_SSL_CONNECT_ERROR, ERR_UNAVAILABLE, "tls_failed" },
    { CURLE_PEER_FAILED_VERIFICATION, ERR_UNAVAILABLE, "tls_failed" },
    { CURLE_SSL_CIPHER, ERR_UNAVAILABLE, "tls_failed" },
    { CURLE_SSL_CERTPROBLEM, ERR_UNAVAILABLE, "tls_failed" },
    { CURLE_SSL_CACERT_BADFILE, ERR_UNAVAILABLE, "tls_failed" },
    { CURLE_SSL_ISSUER_ERROR, ERR_UNAVAILABLE, "tls_failed" },
    { CURLE_SSL_INVALIDCERTSTATUS, ERR_UNAVAILABLE, "tls_failed" },
};

/* libcurl takes longs and refuses only what it does not know: our own mistake. */
#define set(easy, option, value)                                                                   \
    do {                                                                                           \
        if (curl_easy_setopt((easy), (option), (value)) != CURLE_OK)                               \
            BUG("option=%s what=curl_refuses", #option);                                           \
    } while (0)

curl_socket_t
httpc_flight_open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct httpc_flight *flight = arg;

    (void)purpose;
    if (!httpc_guard_lets_through(flight->conf, &flight->target, &address->addr)) {
        flight->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* --- the answer ---------------------------------------------------------------- */

static size_t
stop(struct httpc_flight *flight, struct err why)
{
    flight->stopped = why;
    return 0; /* libcurl ends a transfer whose bytes are not all taken */
}

static int
status_of(const struct httpc_flight *flight)
{
    long status = 0;

    curl_easy_getinfo(flight->easy, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

/* Only a success is worth a file; the body of a refusal is a message to read. */
static bool
is_saved(const struct httpc_flight *flight)
{
    return flight->call.save_to != NULL && status_of(flight) / 100 == 2;
}

static struct err
save(struct httpc_flight *flight, const char *p, size_t n)
{
    if (flight->file < 0)
        flight->file =
            open(flight->call.save_to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (flight->file < 0)
        return FAIL(ERR_UNAVAILABLE, "save_failed");
    while (n > 0) {
        ssize_t wrote = write(flight->file, p, n);

        if (wrote <= 0)
            return FAIL(ERR_UNAVAILABLE, "save_failed");
        p += wrote;
        n -= (size_t)wrote;
        flight->answer.saved_bytes += wrote;
    }
    return OK;
}

static void
unsave(struct httpc_flight *flight)
{
    if (flight->file < 0)
        return;
    close(flight->file);
    unlink(flight->call.save_to);
    flight->file = -1;
    flight->answer.saved_bytes = 0;
}

static size_t
take_body(char *p, size_t size, size_t n, void *arg)
{
    struct httpc_flight *flight = arg;
    size_t bytes = size * n;
    size_t had = flight->body.len + (size_t)flight->answer.saved_bytes;

    if (bytes > flight->call.answer_max_bytes - had)
        return stop(flight, FAIL(ERR_TOO_LARGE, "answer_too_large"));
    if (is_saved(flight)) {
        struct err e = save(flight, p, bytes);

        return e.code == ERR_NONE ? bytes : stop(flight, e);
    }
    buf_add(&flight->body, (struct str){ p, bytes });
    return bytes;
}

static size_t
take_header(char *p, size_t size, size_t n, void *arg)
{
    struct httpc_flight *flight = arg;

    (void)p;
    flight->header_bytes += size * n;
    if (flight->header_bytes > HEADERS_MAX_BYTES)
        return stop(flight, FAIL(ERR_TOO_LARGE, "answer_too_large"));
    return size * n;
}

/* --- the request ---------------------------------------------------------------- */

static bool
is_token(const char *s)
{
    const char *p = s;

    while ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
           *p == '-' || *p == '_')
        p++;
    return p > s && *p == '\0';
}

/* Printable, or beyond ASCII: nothing that could end a line. */
static bool
is_line(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7F)
            return false;
    }
    return true;
}

static void
add_line(struct httpc_flight *flight, const char *line)
{
    struct curl_slist *longer = curl_slist_append(flight->headers, line);

    if (longer == NULL)
        BUG("what=out_of_memory");
    flight->headers = longer;
}

static bool
add_header(struct httpc_flight *flight, const char *name, struct str value)
{
    if (!is_token(name) || !is_line(value))
        return false;
    /* libcurl's way to say "present, but empty" is a semicolon. */
    add_line(flight, value.len == 0
                         ? str_fmt(flight->arena, "%s;%c", name, '\0').p
                         : str_fmt(flight->arena, "%s: %.*s%c", name, STR_ARG(value), '\0').p);
    return true;
}

static bool
add_headers(struct httpc_flight *flight)
{
    const struct httpc_call *call = &flight->call;

    /* Neither a wait for "100 Continue" nor a type that libcurl guesses. */
    add_line(flight, "Expect:");
    if (call->content_type != NULL) {
        if (!add_header(flight, "Content-Type", str_of(call->content_type)))
            return false;
    } else if (call->parts == NULL) {
        add_line(flight, "Content-Type:");
    }
    for (size_t i = 0; i < COUNT(call->headers) && call->headers[i].name != NULL; i++) {
        if (!add_header(flight, call->headers[i].name, call->headers[i].value))
            return false;
    }
    set(flight->easy, CURLOPT_HTTPHEADER, flight->headers);
    return true;
}

static void
add_part(curl_mime *mime, const struct httpc_part *from)
{
    curl_mimepart *part = curl_mime_addpart(mime);
    CURLcode code = curl_mime_name(part, from->name);

    if (code == CURLE_OK && from->file == NULL)
        code = curl_mime_data(part, from->value.p == NULL ? "" : from->value.p, from->value.len);
    if (code == CURLE_OK && from->content_type != NULL)
        code = curl_mime_type(part, from->content_type);
    /* A file that is not there fails when it is read: "file_unreadable". */
    if (code == CURLE_OK && from->file != NULL)
        (void)curl_mime_filedata(part, from->file);
    if (code == CURLE_OK && from->filename != NULL)
        code = curl_mime_filename(part, from->filename);
    if (code != CURLE_OK)
        BUG("what=out_of_memory");
}

static void
add_body(struct httpc_flight *flight)
{
    const struct httpc_call *call = &flight->call;
    CURL *easy = flight->easy;
    bool bodiless = call->body.len == 0 && call->parts == NULL;

    if (bodiless && strcmp(call->method, "HEAD") == 0) {
        set(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (call->parts != NULL) {
        flight->mime = curl_mime_init(easy);
        if (flight->mime == NULL)
            BUG("what=out_of_memory");
        for (int i = 0; i < call->part_count; i++)
            add_part(flight->mime, &call->parts[i]);
        set(easy, CURLOPT_MIMEPOST, flight->mime);
    } else if (!bodiless || strcmp(call->method, "POST") == 0 || strcmp(call->method, "PUT") == 0) {
        set(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.len);
        set(easy, CURLOPT_POSTFIELDS, call->body.len == 0 ? "" : call->body.p);
    }
    set(easy, CURLOPT_CUSTOMREQUEST, call->method);
}

static size_t
give_letter(char *p, size_t size, size_t n, void *arg)
{
    struct httpc_flight *flight = arg;
    size_t bytes = flight->call.body.len - flight->read;

    if (bytes > size * n)
        bytes = size * n;
    if (bytes > 0)
        memcpy(p, flight->call.body.p + flight->read, bytes);
    flight->read += bytes;
    return bytes;
}

/* Nothing that could end the command it is put into. */
static bool
is_address(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] <= 0x20 || s.p[i] >= 0x7F || s.p[i] == '<' || s.p[i] == '>')
            return false;
    return s.len > 0;
}

/* A password never travels in the open, and a letter only within this machine. */
static struct err
add_letter(struct httpc_flight *flight)
{
    const struct httpc_mail *mail = flight->call.mail;
    const struct conf *conf = flight->conf;
    bool is_here = httpc_guard_is_here(flight->arena, &flight->target);
    CURL *easy = flight->easy;

    if (!is_address(mail->from) || !is_address(mail->to))
        return FAIL(ERR_INVALID, "address_invalid");
    set(easy, CURLOPT_USE_SSL, (long)(is_here ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (*conf->smtp_user != '\0') {
        set(easy, CURLOPT_USERNAME, conf->smtp_user);
        set(easy, CURLOPT_PASSWORD, conf->smtp_password);
    }
    set(easy, CURLOPT_MAIL_FROM, str_fmt(flight->arena, "<%.*s>%c", STR_ARG(mail->from), '\0').p);
    flight->recipients =
        curl_slist_append(NULL, str_fmt(flight->arena, "<%.*s>%c", STR_ARG(mail->to), '\0').p);
    if (flight->recipients == NULL)
        BUG("what=out_of_memory");
    set(easy, CURLOPT_MAIL_RCPT, flight->recipients);
    set(easy, CURLOPT_UPLOAD, 1L);
    set(easy, CURLOPT_READFUNCTION, give_letter);
    set(easy, CURLOPT_READDATA, flight);
    set(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)flight->call.body.len);
    return OK;
}

/* May arrive twice. */
static bool
is_question(const struct httpc_call *call)
{
    return call->mail == NULL &&
           (strcmp(call->method, "GET") == 0 || strcmp(call->method, "HEAD") == 0);
}

/* What every call has in common: where it may go, how long, and what libcurl must not do by itself. */
static void
set_limits(struct httpc_flight *flight)
{
    CURL *easy = flight->easy;
    long timeout_ms = (long)flight->call.timeout_ms;

    set(easy, CURLOPT_OPENSOCKETFUNCTION, httpc_flight_open_socket);
    set(easy, CURLOPT_OPENSOCKETDATA, flight);
    /* A kept connection would pass by the guard. */
    if (!flight->target.listed)
        set(easy, CURLOPT_FORBID_REUSE, 1L);
    /* And libcurl asks by itself once more when one dies before the answer begins: good for questions only. */
    if (!flight->target.listed || !is_question(&flight->call))
        set(easy, CURLOPT_FRESH_CONNECT, 1L);
    if (flight->call.mail != NULL)
        set(easy, CURLOPT_PROTOCOLS_STR, flight->target.https ? "smtps" : "smtp");
    else
        set(easy, CURLOPT_PROTOCOLS_STR, flight->target.https ? "https" : "http");
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_PROXY, "");
    set(easy, CURLOPT_NOPROXY, "*");
    set(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    set(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    set(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    set(easy, CURLOPT_CONNECTTIMEOUT_MS,
        timeout_ms < CONNECT_TIMEOUT_MS ? timeout_ms : (long)CONNECT_TIMEOUT_MS);
    set(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)flight->call.answer_max_bytes);
    set(easy, CURLOPT_USERAGENT, USER_AGENT);
}

/* SMTP_URL and, as its path, the name we greet with. */
static const char *
smtp_url(struct httpc_flight *flight)
{
    const char *host = strstr(flight->conf->public_url, "://") + 3;

    return str_fmt(flight->arena, "%s/%.*s%c", flight->conf->smtp_url, (int)strcspn(host, ":/["),
                   host, '\0')
        .p;
}

/* Refused: something in the call is not what a request can carry. */
static struct err
prepare(struct httpc_flight *flight)
{
    if (flight->call.mail != NULL)
        TRY(httpc_guard_smtp(flight->conf, flight->arena, &flight->target));
    else
        TRY(httpc_guard_url(flight->conf, flight->arena, flight->call.url, &flight->target));
    if (flight->call.mail == NULL && !is_token(flight->call.method))
        return FAIL(ERR_INVALID, "method_invalid");

    flight->easy = curl_easy_init();
    if (flight->easy == NULL)
        BUG("what=out_of_memory");
    set_limits(flight);
    set(flight->easy, CURLOPT_URL,
        flight->call.mail != NULL ? smtp_url(flight) : str_cstr(flight->arena, flight->call.url));
    set(flight->easy, CURLOPT_PRIVATE, flight);
    set(flight->easy, CURLOPT_WRITEFUNCTION, take_body);
    set(flight->easy, CURLOPT_WRITEDATA, flight);
    set(flight->easy, CURLOPT_HEADERFUNCTION, take_header);
    set(flight->easy, CURLOPT_HEADERDATA, flight);
    if (flight->call.mail != NULL)
        return add_letter(flight);
    add_body(flight);
    return add_headers(flight) ? OK : FAIL(ERR_INVALID, "header_invalid");
}

/* --- life ----------------------------------------------------------------------- */

static void
let_go(struct httpc_flight *flight)
{
    curl_easy_cleanup(flight->easy);
    curl_mime_free(flight->mime);
    curl_slist_free_all(flight->headers);
    curl_slist_free_all(flight->recipients);
    flight->easy = NULL;
    flight->mime = NULL;
    flight->headers = NULL;
    flight->recipients = NULL;
}

struct httpc_flight *
httpc_flight_new(const struct conf *conf, struct arena *a, const struct httpc_call *call, void *tag)
{
    struct httpc_flight *flight = arena_new_of(a, struct httpc_flight);

    *flight = (struct httpc_flight){
        .tag = tag,
        .conf = conf,
        .arena = a,
        .call = *call,
        .started_us = clock_monotonic_us(),
        .body = { .arena = a },
        .file = -1,
    };
    if (call->timeout_ms == 0)
        flight->call.timeout_ms = TIMEOUT_MS;
    if (call->answer_max_bytes == 0)
        flight->call.answer_max_bytes = ANSWER_MAX_BYTES;

    flight->answer.failed = prepare(flight);
    if (flight->answer.failed.code != ERR_NONE)
        let_go(flight);
    return flight;
}

static struct err
failure_of(const struct httpc_flight *flight, CURLcode code)
{
    if (flight->stopped.code != ERR_NONE)
        return flight->stopped;
    if (code != CURLE_OK && flight->refused)
        return FAIL(ERR_INVALID, "address_refused");
    for (size_t i = 0; i < COUNT(meanings); i++) {
        if (meanings[i].curl == code)
            return (struct err){ .code = meanings[i].code, .slug = meanings[i].slug };
    }
    return FAIL(ERR_UNAVAILABLE, "unreachable");
}

/* From here on the other side may have seen the request. */
static bool
was_sent(CURL *easy)
{
    curl_off_t us = 0;

    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &us);
    return us > 0;
}

/* libcurl calls a refused letter a failure; to us the server's word is an answer. */
static bool
was_answered_by_server(const struct httpc_flight *flight, CURLcode code)
{
    return code != CURLE_OK && code != CURLE_OPERATION_TIMEDOUT && !flight->refused &&
           status_of(flight) >= 400;
}

void
httpc_flight_land(struct httpc_flight *flight, CURLcode code)
{
    struct httpc_answer *answer = &flight->answer;
    curl_off_t retry_after_s = 0;
    const char *type = NULL;

    answer->failed = failure_of(flight, code);
    if (flight->call.mail != NULL && was_answered_by_server(flight, code))
        answer->failed = OK;
    /* A success without a body is an empty file. */
    if (answer->failed.code == ERR_NONE && flight->file < 0 && is_saved(flight))
        answer->failed = save(flight, NULL, 0);

    if (answer->failed.code != ERR_NONE) {
        answer->maybe_sent = was_sent(flight->easy);
        unsave(flight);
    } else {
        curl_easy_getinfo(flight->easy, CURLINFO_CONTENT_TYPE, &type);
        curl_easy_getinfo(flight->easy, CURLINFO_RETRY_AFTER, &retry_after_s);
        answer->status =
            flight->call.mail != NULL && code == CURLE_OK ? SMTP_TAKEN : status_of(flight);
        answer->body = buf_str(&flight->body);
        answer->content_type = str_dup(flight->arena, str_of(type));
        answer->retry_after_s =
            retry_after_s > RETRY_AFTER_MOST_S ? RETRY_AFTER_MOST_S : retry_after_s;
        if (flight->file >= 0) {
            if (close(flight->file) != 0)
                answer->failed = FAIL(ERR_UNAVAILABLE, "save_failed");
            flight->file = -1;
        }
    }
    answer->took_ms = (clock_monotonic_us() - flight->started_us) / US_PER_MS;
    let_go(flight);
}

void
httpc_flight_free(struct httpc_flight *flight)
{
    unsave(flight);
    let_go(flight);
}
