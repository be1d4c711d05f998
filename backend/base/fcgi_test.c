#include "base/fcgi.h"

#include "base/master.h"
#include "base/testing/testing.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A real server runs in a process of its own and says back what it understood. The
 * tests speak FastCGI to it byte by byte, also as nginx never would.
 */
enum { BEGIN = 1, PARAMS = 4, STDIN = 5, STDOUT = 6, KEEP_CONNECTION = 1 };

static struct house {
    pid_t server;
    struct sockaddr_un address;
} house;

static void
say_back(struct req *req, struct res *res, void *arg)
{
    (void)arg;
    if (req->refused.code != ERR_NONE) {
        res_problem(res, req->refused);
        return;
    }
    res_header(res, "X-Path", req->path);
    res_header(res, "X-Id", req->request_id);
    res_header(res, "X-Who", req->header(req, "X-Who"));
    res_header(res, "X-Address", req->address);
    CHECK_OK(res_text(res, 200, "text/plain", req->body));
}

static _Noreturn void
serve(int listen_fd)
{
    struct fcgi_options options = { .listen_fd = listen_fd, .body_max = 100000 };
    struct arena *arena = arena_new(16384);

    setpgid(0, 0);
    fcgi_serve(&options, arena, say_back, NULL);
    arena_free(arena);
    exit(master_ending() ? 0 : 1);
}

static void
tear_down(void *unused)
{
    (void)unused;
    /* The group: LeakSanitizer looks at an ending server from a process that would look on for ever. */
    if (house.server > 0) {
        kill(-house.server, SIGKILL);
        waitpid(house.server, NULL, 0);
    }
}

static void
set_up(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    house.address = (struct sockaddr_un){ .sun_family = AF_UNIX };
    snprintf(house.address.sun_path, sizeof house.address.sun_path, "%s/f.sock", test_dir());
    CHECK(bind(fd, (struct sockaddr *)&house.address, sizeof house.address) == 0);
    CHECK(listen(fd, 16) == 0);
    house.server = fork();
    if (house.server == 0)
        serve(fd);
    setpgid(house.server, house.server); /* whoever of the two comes first */
    close(fd);
    testing_at_end(tear_down, NULL);
}

static void
check_server_ends(void)
{
    int status;

    CHECK_I64(waitpid(house.server, &status, 0), house.server);
    house.server = 0;
    CHECK(WIFEXITED(status));
    CHECK_I64(WEXITSTATUS(status), 0);
}

/* Records. */

static void
add_record(struct buf *out, int type, struct str content)
{
    buf_char(out, 1);
    buf_char(out, (char)type);
    buf_add(out, STR("\0\1"));
    buf_char(out, (char)(content.len >> 8));
    buf_char(out, (char)(content.len & 0xff));
    buf_add(out, STR("\0\0"));
    buf_add(out, content);
}

static void
add_param(struct buf *out, const char *name, const char *value)
{
    buf_char(out, (char)strlen(name));
    buf_char(out, (char)strlen(value));
    buf_add(out, str_of(name));
    buf_add(out, str_of(value));
}

/* The head of a request; params end with NULL. content_length NULL: none is sent. */
static struct buf
begin(int flags, const char *const *params)
{
    struct buf out = { .arena = test_arena() }, list = out;
    char role[8] = { 0, 1, (char)flags };

    add_record(&out, BEGIN, (struct str){ role, sizeof role });
    for (int i = 0; params[i] != NULL; i += 2)
        add_param(&list, params[i], params[i + 1]);
    add_record(&out, PARAMS, buf_str(&list));
    add_record(&out, PARAMS, (struct str){ 0 });
    return out;
}

static struct buf
begin_post(int flags, const char *length)
{
    const char *params[] = {
        "REQUEST_METHOD", "POST", "REQUEST_URI", "/hook?x=1",
        "QUERY_STRING",   "x=1",  "REQUEST_ID",  "0123456789abcdef0123456789abcdef",
        "REMOTE_ADDR",    "::1",  "HTTP_X_WHO",  "the client",
        "CONTENT_LENGTH", length, NULL
    };

    return begin(flags, params);
}

static int
dial(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(connect(fd, (struct sockaddr *)&house.address, sizeof house.address) == 0);
    return fd;
}

static void
say(int fd, struct str bytes)
{
    CHECK_I64(send(fd, bytes.p, bytes.len, MSG_NOSIGNAL), (int64_t)bytes.len);
}

/* Returns once the server has taken in all that was said: it is inside a request. */
static void
wait_until_read(int fd)
{
    int unread = 1;

    while (unread > 0) {
        CHECK(ioctl(fd, SIOCOUTQ, &unread) == 0);
        sched_yield();
    }
}

/* What comes until the server closes; records undone. */
static struct str
hear(int fd)
{
    struct buf raw = { .arena = test_arena() }, text = raw;
    struct pollfd wait = { .fd = fd, .events = POLLIN };
    char bytes[4096];
    ssize_t n;

    for (;;) {
        CHECK_I64(poll(&wait, 1, 10000), 1);
        n = recv(fd, bytes, sizeof bytes, 0);
        if (n <= 0)
            break;
        buf_add(&raw, (struct str){ bytes, (size_t)n });
    }
    close(fd);
    for (size_t at = 0; at + 8 <= raw.len;) {
        const unsigned char *head = (const unsigned char *)raw.p + at;
        size_t len = (size_t)head[4] << 8 | head[5];
        if (head[1] == STDOUT)
            buf_add(&text, (struct str){ raw.p + at + 8, len });
        at += 8 + len + head[6];
    }
    return buf_str(&text);
}

static struct str
post(const char *length, struct str body)
{
    struct buf out = begin_post(0, length);
    int fd = dial();

    add_record(&out, STDIN, body);
    if (body.len > 0)
        add_record(&out, STDIN, (struct str){ 0 });
    say(fd, buf_str(&out));
    return hear(fd);
}

static struct str
get(const char *method, const char *document_uri, const char *request_uri)
{
    const char *params[] = { "REQUEST_METHOD", method, "DOCUMENT_URI", document_uri, "REQUEST_URI",
                             request_uri,      NULL };
    struct buf out = begin(0, params);
    int fd = dial();

    add_record(&out, STDIN, (struct str){ 0 });
    say(fd, buf_str(&out));
    return hear(fd);
}

#define CHECK_HAS(text, part) CHECK(str_has((text), STR(part)))

TEST(a_request_is_understood)
{
    struct str answer;

    set_up();
    answer = post("5", STR("hello"));
    CHECK(str_starts(answer, STR("Status: 200 OK\r\n")));
    CHECK_HAS(answer, "X-Path: /hook\r\n");
    CHECK_HAS(answer, "X-Id: 0123456789abcdef0123456789abcdef\r\n");
    CHECK_HAS(answer, "X-Who: the client\r\n");
    CHECK_HAS(answer, "X-Address: ::1\r\n");
    CHECK_HAS(answer, "Content-Length: 5\r\n");
    CHECK(str_ends(answer, STR("\r\n\r\nhello")));
}

TEST(an_address_is_told_in_one_form)
{
    static const struct {
        const char *said, *told;
    } rows[] = {
        { "::ffff:203.0.113.9", "X-Address: 203.0.113.9\r\n" },
        { "2001:DB8:0::9", "X-Address: 2001:db8::9\r\n" },
        { "unix:", "X-Address: unix:\r\n" },
    };

    set_up();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *params[] = { "REQUEST_METHOD", "GET",        "REQUEST_URI", "/x",
                                 "REMOTE_ADDR",    rows[i].said, NULL };
        struct buf out = begin(0, params);
        int fd = dial();

        add_record(&out, STDIN, (struct str){ 0 });
        say(fd, buf_str(&out));
        CHECK(str_has(hear(fd), str_of(rows[i].told)));
    }
}

TEST(one_process_serves_one_after_another)
{
    set_up();
    for (int i = 0; i < 20; i++)
        CHECK_HAS(post("2", STR("ok")), "\r\n\r\nok");
}

TEST(a_path_that_nginx_decoded_is_not_decoded_again)
{
    set_up();
    CHECK_HAS(get("GET", "/tags/100%25", "/tags/100%2525"), "X-Path: /tags/100%25\r\n");
    CHECK_HAS(get("GET", "", "/tags/100%2525?x"), "X-Path: /tags/100%25\r\n");
    CHECK_HAS(get("GET", "/a/../b", "/x"), "path_invalid");
}

TEST(head_has_the_headers_of_get_and_no_body)
{
    struct str answer;

    set_up();
    answer = get("HEAD", "/x", "/x");
    CHECK_HAS(answer, "Content-Type: text/plain\r\n");
    CHECK(str_ends(answer, STR("\r\n\r\n")));
}

TEST(a_body_cut_short_is_refused)
{
    set_up();
    CHECK_HAS(post("6", STR("hello")), "body_incomplete");
}

TEST(a_body_longer_than_declared_is_refused)
{
    set_up();
    CHECK_HAS(post("4", STR("hello")), "body_incomplete");
    CHECK_HAS(post("", STR("hello")), "body_incomplete");
    CHECK_HAS(post("-1", STR("hello")), "content_length_invalid");
}

TEST(a_body_that_breaks_off_is_refused_and_the_next_is_served)
{
    struct buf out = { 0 };
    int fd;

    set_up();
    fd = dial();
    out = begin_post(0, "10");
    add_record(&out, STDIN, STR("half"));
    say(fd, buf_str(&out));
    shutdown(fd, SHUT_WR);
    (void)hear(fd);
    CHECK_HAS(post("2", STR("ok")), "\r\n\r\nok");
}

TEST(a_body_too_large_is_refused_unread)
{
    set_up();
    CHECK_HAS(post("100001", STR("x")), "Status: 413");
}

TEST(records_hidden_in_a_body_are_never_served)
{
    struct buf out, forged;
    struct str answer;
    int fd;

    set_up();
    forged = begin_post(0, "0");
    add_record(&forged, STDIN, (struct str){ 0 });
    fd = dial();
    out = begin_post(KEEP_CONNECTION, "100001");
    add_record(&out, STDIN, (struct str){ 0 });
    buf_add(&out, buf_str(&forged));
    say(fd, buf_str(&out));
    answer = hear(fd); /* returns: the connection is not kept */
    CHECK_HAS(answer, "Status: 413");
    CHECK(!str_has(answer, STR("Status: 200")));
}

TEST(a_handed_over_file_must_have_the_declared_size)
{
    const char *path = str_cstr(test_arena(), str_fmt(test_arena(), "%s/body", test_dir()));
    const char *params[] = { "REQUEST_METHOD",
                             "PUT",
                             "DOCUMENT_URI",
                             "/file",
                             "REQUEST_BODY_FILE",
                             path,
                             "CONTENT_LENGTH",
                             "4",
                             NULL };
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    struct buf out = begin(0, params);
    struct str short_answer;

    add_record(&out, STDIN, (struct str){ 0 });
    set_up();
    CHECK_I64(write(fd, "abc", 3), 3);
    int client = dial();
    say(client, buf_str(&out));
    short_answer = hear(client);
    CHECK_HAS(short_answer, "body_incomplete");

    CHECK_I64(write(fd, "d", 1), 1);
    close(fd);
    client = dial();
    say(client, buf_str(&out));
    CHECK_HAS(hear(client), "Status: 200");
}

TEST(an_idle_process_ends_when_asked)
{
    set_up();
    CHECK_HAS(post("2", STR("ok")), "\r\n\r\nok");
    kill(house.server, SIGTERM);
    check_server_ends();
}

TEST(asked_to_end_in_the_middle_of_a_body_it_finishes_the_request_first)
{
    struct buf head, tail = { .arena = test_arena() };
    int fd;

    set_up();
    fd = dial();
    head = begin_post(0, "10");
    add_record(&head, STDIN, STR("first"));
    say(fd, buf_str(&head));
    wait_until_read(fd);
    kill(house.server, SIGTERM);
    add_record(&tail, STDIN, STR(" part"));
    add_record(&tail, STDIN, (struct str){ 0 });
    say(fd, buf_str(&tail));
    CHECK_HAS(hear(fd), "first part");
    check_server_ends();
}

TEST(bytes_that_are_not_fastcgi_do_not_end_the_process)
{
    int fd;

    set_up();
    fd = dial();
    say(fd, STR("GET / HTTP/1.1\r\nHost: nobody\r\n\r\n"));
    shutdown(fd, SHUT_WR);
    (void)hear(fd);
    CHECK_HAS(post("2", STR("ok")), "\r\n\r\nok");
}
