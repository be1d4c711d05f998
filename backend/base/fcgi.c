#include "fcgi.h"

#include "clock.h"
#include "master.h"
#include "net.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

/* Parameters: everything nginx says about a request. */

static struct str
param(const FCGX_Request *request, const char *name)
{
    return str_of(FCGX_GetParam(name, request->envp));
}

/* "Balcao-Account" → HTTP_BALCAO_ACCOUNT, the name CGI gave it thirty years ago. */
static struct str
header(const struct req *req, const char *name)
{
    const FCGX_Request *request = req->transport;
    char key[64] = "HTTP_";
    size_t n = sizeof "HTTP_" - 1;

    if (str_eq_nocase(str_of(name), STR("Content-Type")))
        return param(request, "CONTENT_TYPE");
    for (; *name != '\0'; name++) {
        char c = *name;
        if (n == sizeof key - 1)
            BUG("what=header_name_too_long");
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        key[n++] = c == '-' ? '_' : c;
    }
    key[n] = '\0';
    return param(request, key);
}

static struct str
media_type(struct arena *a, struct str content_type)
{
    struct str type = content_type;

    if (!str_cut(&content_type, ';', &type))
        return (struct str){ 0 };
    return str_lower(a, str_trim(type));
}

/* Only what nginx makes ($request_id) goes to logs and answers; anything else is dropped. */
static struct str
request_id(const FCGX_Request *request)
{
    struct str id = param(request, "REQUEST_ID");

    if (id.len != 32)
        return (struct str){ 0 };
    for (size_t i = 0; i < id.len; i++)
        if (strchr("0123456789abcdef", id.p[i]) == NULL)
            return (struct str){ 0 };
    return id;
}

/* Each in one form, or else ::ffff:203.0.113.9 would be on no list that has 203.0.113.9. */
static struct str
address(const FCGX_Request *request, struct arena *a)
{
    struct str text = param(request, "REMOTE_ADDR");
    struct net_address parsed;

    return net_parse_address(text, &parsed) ? net_print_address(a, &parsed) : text;
}

/* Of a client behind a proxy nobody may know it. */
static int64_t
port(const FCGX_Request *request)
{
    struct str digits = param(request, "REMOTE_PORT");
    int64_t port = 0;

    return digits.len > 0 && str_i64(digits, &port) && port > 0 && port <= UINT16_MAX ? port : 0;
}

static struct err
read_first_line(const FCGX_Request *request, struct req *req)
{
    struct str path = param(request, "DOCUMENT_URI");
    bool is_decoded = path.len > 0;

    if (!is_decoded) {
        struct str target = param(request, "REQUEST_URI");
        if (!str_cut(&target, '?', &path))
            path = (struct str){ 0 };
    }
    return req_first_line(req, param(request, "REQUEST_METHOD"), path, is_decoded,
                          param(request, "QUERY_STRING"));
}

/* Bodies. */

/* The file disappears with the request and may have been cut short on its way to the disk. */
static struct err
check_body_file(const struct req *req)
{
    struct stat file;

    if (stat(str_cstr(req->arena, req->body_file), &file) != 0 || !S_ISREG(file.st_mode)) {
        log_error("fcgi.body_file_unreadable", "errno=%d", errno);
        return FAIL(ERR_UNAVAILABLE, "body_file_unreadable");
    }
    if (file.st_size != req->content_length)
        return FAIL(ERR_INVALID, "body_incomplete");
    return OK;
}

/*
 * FCGX_GetStr simply returns less when the connection broke, so its count is held
 * against the declared length, the stream is asked for its error, and its end must
 * be where the length says: a byte more is somebody else's idea of a request.
 */
static struct err
read_body(FCGX_Request *request, struct req *req, size_t body_max)
{
    size_t size;
    char *bytes;
    int got;

    if (req->content_length > (int64_t)body_max || req->content_length > INT32_MAX)
        return FAIL(ERR_TOO_LARGE, "body_too_large");

    size = req->content_length > 0 ? (size_t)req->content_length : 0;
    bytes = arena_alloc(req->arena, size + 1);
    got = size > 0 ? FCGX_GetStr(bytes, (int)size, request->in) : 0;
    if (got != (int)size || FCGX_GetChar(request->in) != EOF || FCGX_GetError(request->in) != 0)
        return FAIL(ERR_INVALID, "body_incomplete");

    req->body = (struct str){ bytes, size };
    return OK;
}

/* Said twice, each reader could take another one for the truth. */
static struct err
check_said_once(const FCGX_Request *request)
{
    static const char *const once[] = { "HTTP_BALCAO_ACCOUNT=", "HTTP_AUTHORIZATION=",
                                        "HTTP_ORIGIN=", "HTTP_SEC_FETCH_SITE=" };
    int said[sizeof once / sizeof once[0]] = { 0 };

    for (char **p = request->envp; *p != NULL; p++)
        for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
            if (strncmp(*p, once[i], strlen(once[i])) == 0 && said[i]++ > 0)
                return FAIL(ERR_INVALID, "header_repeated");
    return OK;
}

static struct err
read_request(FCGX_Request *request, struct req *req, size_t body_max)
{
    struct str length = param(request, "CONTENT_LENGTH");

    req->content_type = media_type(req->arena, param(request, "CONTENT_TYPE"));
    req->request_id = request_id(request);
    req->address = address(request, req->arena);
    req->port = port(request);
    req->body_file = param(request, "REQUEST_BODY_FILE");
    TRY(read_first_line(request, req));
    TRY(check_said_once(request));

    if (length.len > 0 && (!str_i64(length, &req->content_length) || req->content_length < 0))
        return FAIL(ERR_INVALID, "content_length_invalid");
    return req->body_file.len > 0 ? check_body_file(req) : read_body(request, req, body_max);
}

/* Answers. */

static void
put(FCGX_Request *request, struct str s)
{
    /* A client that went away is no failure: the answer is simply not heard. */
    if (s.len > 0)
        (void)FCGX_PutStr(s.p, (int)s.len, request->out);
}

static void
write_answer(FCGX_Request *request, const struct req *req, const struct res *res)
{
    struct buf head = { .arena = req->arena };

    /* nginx copies the words; without them its status line is not quite HTTP. */
    buf_fmt(&head, "Status: %d %s\r\n", res->status, http_status_title(res->status));
    if (res->content_type != NULL)
        buf_fmt(&head, "Content-Type: %s\r\n", res->content_type);
    if (res->status != 204 && res->status != 304)
        buf_fmt(&head, "Content-Length: %zu\r\n", res->body.len);
    buf_add(&head, buf_str(&res->headers));
    buf_add(&head, STR("\r\n"));

    put(request, buf_str(&head));
    if (req->method != HEAD)
        put(request, buf_str(&res->body));
}

/* The loop. */

/*
 * SIGTERM is let in here and nowhere else: libfcgi and libpq would take it for the
 * end of what they were reading. epoll_pwait opens the mask and sleeps in one step,
 * so no signal falls between the question and the sleep; EPOLLEXCLUSIVE wakes one
 * child per connection. False when asked to end.
 */
static bool
wait_for_connection(int epoll_fd, const sigset_t *outside)
{
    struct epoll_event event;
    sigset_t waiting;

    for (;;) {
        /* Under load there is always a connection, and epoll would never let the signal in. */
        if (sigpending(&waiting) == 0 &&
            (sigismember(&waiting, SIGTERM) == 1 || sigismember(&waiting, SIGINT) == 1))
            return false;
        if (epoll_pwait(epoll_fd, &event, 1, -1, outside) == 1)
            return true;
        if (errno != EINTR)
            BUG("what=epoll_wait errno=%d", errno);
        if (master_ending())
            return false;
    }
}

static int
watch(int listen_fd)
{
    struct epoll_event event = { .events = EPOLLIN | EPOLLEXCLUSIVE };
    int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    int flags = fcntl(listen_fd, F_GETFL);

    /* Non-blocking: another child may have taken the connection that woke this one. */
    if (epoll_fd < 0 || flags < 0 || fcntl(listen_fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
        epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listen_fd, &event) != 0)
        BUG("what=cannot_watch_socket errno=%d", errno);
    return epoll_fd;
}

static void
serve_one(FCGX_Request *request, size_t body_max, struct arena *arena,
          void (*serve)(struct req *req, struct res *res, void *arg), void *arg)
{
    struct req req = {
        .arena = arena,
        .content_length = -1,
        .header = header,
        .transport = request,
    };
    struct res res = { .headers = { .arena = arena }, .body = { .arena = arena } };

    req.refused = read_request(request, &req, body_max);
    serve(&req, &res, arg);
    write_answer(request, &req, &res);

    /*
     * Never keep a connection, whatever nginx asks: bytes of a body left unread on
     * it would be taken for the records of the next request, and an idle kept
     * connection would hold this process.
     */
    request->keepConnection = 0;
    FCGX_Finish_r(request);
}

void
fcgi_serve(const struct fcgi_options *options, struct arena *arena,
           void (*serve)(struct req *req, struct res *res, void *arg), void *arg)
{
    FCGX_Request request;
    sigset_t ends, outside;
    int epoll_fd;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, &outside);
    sigdelset(&outside, SIGTERM);
    sigdelset(&outside, SIGINT);

    /* Before FCGX_Init, which takes SIGTERM over unless somebody has. */
    master_catch_signals();
    if (FCGX_Init() != 0 ||
        FCGX_InitRequest(&request, options->listen_fd, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
        BUG("what=libfcgi_does_not_start");
    epoll_fd = watch(options->listen_fd);

    while (!master_ending() && wait_for_connection(epoll_fd, &outside)) {
        int rc = FCGX_Accept_r(&request);

        if (rc == 0) {
            serve_one(&request, options->body_max, arena, serve, arg);
            arena_reset(arena);
        } else if (rc != -EAGAIN && rc != -EINTR && rc != -ECONNABORTED) {
            log_error("fcgi.accept_failed", "rc=%d", rc);
            break; /* out of descriptors, most likely: a new child starts clean */
        }
    }

    FCGX_Free(&request, 1);
    close(epoll_fd);
    sigprocmask(SIG_UNBLOCK, &ends, NULL);
}
