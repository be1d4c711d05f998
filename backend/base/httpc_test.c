#include "base/testing/testing.h"

#include "clock.h"
#include "httpc_flight.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A server of our own on loopback, in a process of its own, one more per
 * connection. It answers by path and tells in X-Connection how many connections
 * there have been.
 */
struct server {
    pid_t pid;
    int port;
    int *kept;         /* how often "/kept" was heard; shared with it */
    struct conf *conf; /* lists it in outbound_allow */
};

static void
say(int fd, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        ssize_t n = write(fd, text, left);

        if (n <= 0)
            _exit(0);
        text += n;
        left -= (size_t)n;
    }
}

/* The head, and the body as far as Content-Length says; empty when the peer is gone. */
static struct str
hear(int fd, char *text, size_t room)
{
    size_t len = 0;

    for (;;) {
        const char *end, *length;
        ssize_t n;

        text[len] = '\0';
        end = strstr(text, "\r\n\r\n");
        length = strcasestr(text, "content-length:");
        if (end != NULL &&
            len >= (size_t)(end + 4 - text) + (length == NULL ? 0 : strtoul(length + 15, NULL, 10)))
            return (struct str){ text, len };
        n = read(fd, text + len, room - len - 1);
        if (n <= 0)
            return (struct str){ text, 0 };
        len += (size_t)n;
    }
}

static void
answer(int fd, int connection, const char *head, const char *body)
{
    char text[70000];

    snprintf(text, sizeof(text), "HTTP/1.1 %s\r\nX-Connection: %d\r\nContent-Length: %zu\r\n\r\n%s",
             head, connection, strlen(body), body);
    say(fd, text);
}

static void
wait_for_peer(int fd)
{
    char c;

    while (read(fd, &c, 1) > 0)
        ;
    _exit(0);
}

static void
serve_one(int fd, int connection, int *kept)
{
    static char request[70000], echo[70000];
    char number[16];

    for (int nth = 1;; nth++) {
        struct str heard = hear(fd, request, sizeof(request)), path = heard;

        if (heard.len == 0)
            _exit(0);
        str_cut(&heard, ' ', &path);
        str_cut(&heard, ' ', &path);
        if (str_eq(path, STR("/echo"))) {
            memcpy(echo, request, sizeof(echo));
            answer(fd, connection, "200 OK\r\nContent-Type: text/plain", echo);
        } else if (str_eq(path, STR("/connection"))) {
            snprintf(number, sizeof(number), "%d", connection);
            answer(fd, connection, "200 OK", number);
        } else if (str_eq(path, STR("/kept"))) {
            /* A server that gave up the connection in the same moment, but heard. */
            ++*kept;
            if (nth > 1)
                _exit(0);
            answer(fd, connection, "200 OK", "");
        } else if (str_eq(path, STR("/redirect"))) {
            answer(fd, connection, "302 Found\r\nLocation: /connection", "moved");
        } else if (str_eq(path, STR("/busy"))) {
            answer(fd, connection, "429 Too Many\r\nRetry-After: 7", "{\"slow\":true}");
        } else if (str_eq(path, STR("/ages"))) {
            answer(fd, connection, "503 Away\r\nRetry-After: 99999999", "");
        } else if (str_eq(path, STR("/empty"))) {
            say(fd, "HTTP/1.1 204 No Content\r\n\r\n");
        } else if (str_eq(path, STR("/silent"))) {
            wait_for_peer(fd);
        } else if (str_eq(path, STR("/half"))) {
            say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            wait_for_peer(fd);
        } else if (str_eq(path, STR("/cut"))) {
            say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            _exit(0);
        } else if (str_eq(path, STR("/hangup"))) {
            _exit(0);
        } else if (str_eq(path, STR("/noise"))) {
            say(fd, "SSH-2.0-OpenSSH\r\n");
            _exit(0);
        } else if (str_eq(path, STR("/declared"))) {
            say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n");
            wait_for_peer(fd);
        } else if (str_eq(path, STR("/endless"))) {
            say(fd, "HTTP/1.1 200 OK\r\n\r\n");
            for (;;)
                say(fd, "0123456789012345678901234567890123456789012345678901234567890123");
        } else if (str_eq(path, STR("/headers"))) {
            say(fd, "HTTP/1.1 200 OK\r\n");
            for (;;)
                say(fd, "X-More: 0123456789012345678901234567890123456789\r\n");
        } else {
            answer(fd, connection, "404 Not Found", "");
        }
    }
}

static void
serve(int listener, int *kept)
{
    signal(SIGCHLD, SIG_IGN);
    for (int connection = 1;; connection++) {
        int fd = accept(listener, NULL, NULL);

        if (fd < 0)
            _exit(1);
        if (fork() == 0) {
            close(listener);
            serve_one(fd, connection, kept);
        }
        close(fd);
    }
}

static void
end_server(void *arg)
{
    struct server *server = arg;

    if (server->pid == 0)
        return;
    /* Its children become ours when it dies, and nobody is left behind. */
    prctl(PR_SET_CHILD_SUBREAPER, 1L);
    kill(-server->pid, SIGKILL);
    while (waitpid(-server->pid, NULL, 0) > 0)
        ;
    server->pid = 0;
}

static struct server *
start_server(void)
{
    struct server *server = arena_new_of(test_arena(), struct server);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t bytes = sizeof(at);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(bind(listener, (struct sockaddr *)&at, bytes) == 0 && listen(listener, 16) == 0);
    CHECK(getsockname(listener, (struct sockaddr *)&at, &bytes) == 0);
    server->port = ntohs(at.sin_port);
    server->kept =
        mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(server->kept != MAP_FAILED);
    server->pid = fork();
    CHECK(server->pid >= 0);
    if (server->pid == 0) {
        setpgid(0, 0);
        serve(listener, server->kept);
    }
    setpgid(server->pid, server->pid);
    close(listener);
    testing_at_end(end_server, server);

    server->conf = arena_new_of(test_arena(), struct conf);
    CHECK_OK(conf_load(test_arena(), NULL, server->conf));
    server->conf->outbound_allow = str_fmt(test_arena(), "127.0.0.1:%d%c", server->port, '\0').p;
    return server;
}

static struct httpc_call
call_to(const struct server *server, const char *path)
{
    return (struct httpc_call){
        .method = "GET",
        .url = str_fmt(test_arena(), "http://127.0.0.1:%d%s", server->port, path),
        .timeout_ms = 5000,
    };
}

static struct httpc_answer
perform(const struct conf *conf, const struct httpc_call *call)
{
    struct cx cx = { .arena = test_arena(), .conf = conf };
    struct httpc_answer out;

    httpc_perform(&cx, call, &out);
    return out;
}

static struct httpc_answer
get(const struct server *server, const char *path)
{
    struct httpc_call call = call_to(server, path);

    return perform(server->conf, &call);
}

TEST(an_answer_has_status_body_and_type)
{
    struct server *server = start_server();
    struct httpc_answer out = get(server, "/echo");

    CHECK_OK(out.failed);
    CHECK_I64(out.status, 200);
    CHECK_STR(out.content_type, "text/plain");
    CHECK(str_starts(out.body, STR("GET /echo HTTP/1.1\r\n")));
    CHECK(str_has(out.body, STR("User-Agent: Balcao/1\r\n")));
    CHECK(out.took_ms >= 0 && out.took_ms < 5000);
    CHECK(!out.maybe_sent);
}

TEST(a_request_carries_its_method_headers_and_body)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    struct httpc_answer out;

    call.method = "PATCH";
    call.headers[0].name = "Authorization";
    call.headers[0].value = STR("Bearer t0ken");
    call.headers[1].name = "X-Empty";
    call.content_type = "application/json";
    call.body = STR("{\"a\":\"ol\xC3\xA1\"}");
    out = perform(server->conf, &call);
    CHECK_OK(out.failed);
    CHECK(str_starts(out.body, STR("PATCH /echo HTTP/1.1\r\n")));
    CHECK(str_has(out.body, STR("\r\nAuthorization: Bearer t0ken\r\n")));
    CHECK(str_has(out.body, STR("\r\nX-Empty:\r\n")));
    CHECK(str_has(out.body, STR("\r\nContent-Type: application/json\r\n")));
    CHECK(!str_has(out.body, STR("Expect")));
    CHECK(str_ends(out.body, STR("\r\n\r\n{\"a\":\"ol\xC3\xA1\"}")));
}

TEST(a_post_without_a_body_says_so_and_claims_no_type)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    struct httpc_answer out;

    call.method = "POST";
    out = perform(server->conf, &call);
    CHECK(str_has(out.body, STR("\r\nContent-Length: 0\r\n")));
    CHECK(!str_has(out.body, STR("Content-Type")));
}

TEST(a_multipart_body_carries_text_and_files)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    const char *path = str_fmt(test_arena(), "%s/photo%c", test_dir(), '\0').p;
    struct httpc_part parts[] = {
        { .name = "caption", .value = STR("ol\xC3\xA1") },
        { .name = "photo", .file = path, .content_type = "image/png", .filename = "a \"b\".png" },
    };
    FILE *file = fopen(path, "w");
    struct httpc_answer out;

    CHECK(file != NULL);
    fputs("pixels", file);
    fclose(file);
    call.method = "POST";
    call.parts = parts;
    call.part_count = 2;
    out = perform(server->conf, &call);
    CHECK_OK(out.failed);
    CHECK(str_has(out.body, STR("Content-Type: multipart/form-data; boundary=")));
    CHECK(str_has(out.body, STR("name=\"caption\"\r\n\r\nol\xC3\xA1\r\n")));
    CHECK(str_has(out.body, STR("name=\"photo\"; filename=\"a %22b%22.png\"\r\n"
                                "Content-Type: image/png\r\n\r\npixels\r\n")));
}

TEST(a_file_to_send_that_is_not_there_fails_the_call)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    struct httpc_part part = { .name = "photo", .file = "/nonexistent/photo" };

    call.method = "POST";
    call.parts = &part;
    call.part_count = 1;
    CHECK_FAIL(perform(server->conf, &call).failed, ERR_UNAVAILABLE, "file_unreadable");
}

TEST(a_header_cannot_smuggle_another)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");

    call.headers[0].name = "X-Name";
    call.headers[0].value = STR("a\r\nX-Other: b");
    CHECK_FAIL(perform(server->conf, &call).failed, ERR_INVALID, "header_invalid");
    call.headers[0].value = STR("a\0b");
    CHECK_FAIL(perform(server->conf, &call).failed, ERR_INVALID, "header_invalid");
    call.headers[0].name = "X Name:";
    call.headers[0].value = STR("a");
    CHECK_FAIL(perform(server->conf, &call).failed, ERR_INVALID, "header_invalid");
    call.headers[0].name = NULL;
    call.method = "GET / HTTP/1.1\r\nX:";
    CHECK_FAIL(perform(server->conf, &call).failed, ERR_INVALID, "method_invalid");
}

TEST(a_redirect_is_an_answer_not_a_journey)
{
    struct httpc_answer out = get(start_server(), "/redirect");

    CHECK_OK(out.failed);
    CHECK_I64(out.status, 302);
    CHECK_STR(out.body, "moved");
}

TEST(a_refusal_is_an_answer_and_says_when_to_come_back)
{
    struct server *server = start_server();
    struct httpc_answer out = get(server, "/busy");

    CHECK_OK(out.failed);
    CHECK_I64(out.status, 429);
    CHECK_I64(out.retry_after_s, 7);
    CHECK_STR(out.body, "{\"slow\":true}");
    CHECK_I64(get(server, "/ages").retry_after_s, 86400);
}

TEST(silence_ends_at_the_time_out)
{
    static const char *const paths[] = { "/silent", "/half" };
    struct server *server = start_server();

    for (int i = 0; i < 2; i++) {
        struct httpc_call call = call_to(server, paths[i]);
        struct httpc_answer out;

        call.timeout_ms = 100;
        out = perform(server->conf, &call);
        CHECK_FAIL(out.failed, ERR_UNAVAILABLE, "timeout");
        CHECK(out.maybe_sent);
        CHECK(out.took_ms >= 90 && out.took_ms < 3000);
        CHECK(out.body.len == 0);
    }
}

TEST(answers_that_break_off_are_failures_that_may_have_arrived)
{
    static const char *const paths[] = { "/cut", "/hangup", "/noise" };
    struct server *server = start_server();

    for (size_t i = 0; i < 3; i++) {
        struct httpc_answer out = get(server, paths[i]);

        CHECK_FAIL(out.failed, ERR_UNAVAILABLE, "unreachable");
        CHECK(out.maybe_sent);
    }
}

TEST(answers_larger_than_asked_for_are_cut_off)
{
    static const char *const paths[] = { "/declared", "/endless", "/headers", "/echo" };
    struct server *server = start_server();

    for (size_t i = 0; i < 4; i++) {
        struct httpc_call call = call_to(server, paths[i]);

        call.answer_max_bytes = i == 3 ? 10 : 100000;
        CHECK_FAIL(perform(server->conf, &call).failed, ERR_TOO_LARGE, "answer_too_large");
    }
}

TEST(nobody_listening_is_unreachable_and_nothing_was_sent)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    struct httpc_answer out;

    end_server(server);
    out = perform(server->conf, &call);
    CHECK_FAIL(out.failed, ERR_UNAVAILABLE, "unreachable");
    CHECK(!out.maybe_sent);
}

TEST(a_server_without_tls_fails_https)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    struct httpc_answer out;

    call.url = str_fmt(test_arena(), "https://127.0.0.1:%d/", server->port);
    call.timeout_ms = 500; /* the server waits for the end of a head that never comes */
    out = perform(server->conf, &call);
    CHECK(out.failed.code == ERR_UNAVAILABLE);
    CHECK(err_is(out.failed, "tls_failed") || err_is(out.failed, "timeout"));
    CHECK(!out.maybe_sent);
}

TEST(an_inner_address_is_refused_and_never_connected)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/connection");
    struct conf *strict = arena_new_of(test_arena(), struct conf);
    struct httpc_answer out;

    *strict = *server->conf;
    strict->outbound_allow = "";
    out = perform(strict, &call);
    CHECK_FAIL(out.failed, ERR_INVALID, "address_refused");
    CHECK(!out.maybe_sent);
    call.url = STR("ftp://127.0.0.1/");
    CHECK_FAIL(perform(strict, &call).failed, ERR_INVALID, "url_invalid");
    CHECK_STR(get(server, "/connection").body, "1");
}

TEST(a_name_that_leads_inside_is_refused_at_the_socket)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    struct curl_sockaddr inside = { .family = AF_INET, .socktype = SOCK_STREAM };
    struct httpc_flight *flight;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(443) };

    call.url = STR("https://innocent.example/");
    flight = httpc_flight_new(server->conf, test_arena(), &call, NULL);
    CHECK_OK(flight->answer.failed);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    memcpy(&inside.addr, &at, sizeof(at));
    CHECK(httpc_flight_open_socket(flight, CURLSOCKTYPE_IPCXN, &inside) == CURL_SOCKET_BAD);
    httpc_flight_land(flight, CURLE_COULDNT_CONNECT);
    CHECK_FAIL(flight->answer.failed, ERR_INVALID, "address_refused");
}

TEST(listed_targets_keep_their_connection)
{
    struct server *server = start_server();

    CHECK_STR(get(server, "/connection").body, "1");
    CHECK_STR(get(server, "/connection").body, "1");
}

TEST(what_must_not_arrive_twice_never_goes_over_a_kept_connection)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/kept");

    CHECK_STR(get(server, "/connection").body, "1");
    call.method = "POST";
    CHECK_OK(perform(server->conf, &call).failed);
    CHECK_I64(*server->kept, 1);
}

TEST(an_answer_is_saved_to_a_new_file)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/echo");
    const char *path = str_fmt(test_arena(), "%s/answer%c", test_dir(), '\0').p;
    struct httpc_answer out;
    struct stat st;

    call.save_to = path;
    out = perform(server->conf, &call);
    CHECK_OK(out.failed);
    CHECK(out.saved_bytes > 0 && out.body.len == 0);
    CHECK(stat(path, &st) == 0 && st.st_size == out.saved_bytes);

    /* never over another file */
    CHECK_FAIL(perform(server->conf, &call).failed, ERR_UNAVAILABLE, "save_failed");
    CHECK(stat(path, &st) == 0);
}

TEST(a_success_without_a_body_is_an_empty_file)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/empty");
    struct stat st;

    call.save_to = str_fmt(test_arena(), "%s/answer%c", test_dir(), '\0').p;
    CHECK_OK(perform(server->conf, &call).failed);
    CHECK(stat(call.save_to, &st) == 0 && st.st_size == 0);
}

TEST(a_refusal_is_read_not_saved)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/busy");
    struct httpc_answer out;

    call.save_to = str_fmt(test_arena(), "%s/answer%c", test_dir(), '\0').p;
    out = perform(server->conf, &call);
    CHECK_I64(out.status, 429);
    CHECK_STR(out.body, "{\"slow\":true}");
    CHECK(access(call.save_to, F_OK) != 0);
}

TEST(a_file_half_saved_is_removed)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/endless");

    call.save_to = str_fmt(test_arena(), "%s/answer%c", test_dir(), '\0').p;
    call.answer_max_bytes = 100000;
    CHECK_FAIL(perform(server->conf, &call).failed, ERR_TOO_LARGE, "answer_too_large");
    CHECK(access(call.save_to, F_OK) != 0);
}

TEST(calling_out_inside_a_transaction_is_our_own_bug)
{
    struct server *server = start_server();
    struct httpc_call call = call_to(server, "/connection");
    struct cx cx = { .arena = test_arena(), .conf = server->conf };
    struct httpc_answer out;
    pid_t child;
    int status;

    cx.db = db_open("host=/nonexistent", "httpc_test"); /* a transaction begins without it, too */
    httpc_perform(&cx, &call, &out);
    CHECK_OK(out.failed);

    db_begin(&cx, TX_WRITE);
    child = fork();
    if (child == 0) {
        close(STDERR_FILENO); /* the bug says so on the log, which nobody needs here */
        httpc_perform(&cx, &call, &out);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    db_rollback(&cx);
    db_close(cx.db);
}

static void
free_set(void *set)
{
    httpc_set_free(set);
}

static struct httpc_set *
new_set(const struct server *server)
{
    struct httpc_set *set = httpc_set_new(server->conf);

    testing_at_end(free_set, set);
    return set;
}

TEST(many_calls_run_at_once_and_each_comes_back_with_its_tag)
{
    struct server *server = start_server();
    struct httpc_set *set = new_set(server);
    bool back[20] = { false };
    struct httpc_answer out;
    void *tag;

    for (int i = 0; i < 20; i++) {
        struct httpc_call call = call_to(server, i % 5 == 0 ? "/silent" : "/echo");

        if (i % 5 == 0)
            call.timeout_ms = 300;
        if (i == 7)
            call.url = STR("nowhere");
        httpc_start(set, test_arena(), &call, &back[i]);
    }
    CHECK_I64(httpc_running(set), 20);
    while (httpc_running(set) > 0) {
        if (!httpc_next(set, -1, 5000, &tag, &out))
            continue;
        CHECK(!*(bool *)tag);
        *(bool *)tag = true;
        switch ((int)((bool *)tag - back)) {
        case 0:
        case 5:
        case 10:
        case 15: CHECK_FAIL(out.failed, ERR_UNAVAILABLE, "timeout"); break;
        case 7: CHECK_FAIL(out.failed, ERR_INVALID, "url_invalid"); break;
        default: CHECK_OK(out.failed);
        }
    }
    for (int i = 0; i < 20; i++)
        CHECK(back[i]);
    CHECK(!httpc_next(set, -1, 5000, &tag, &out));
}

TEST(a_doorbell_ends_the_wait)
{
    struct server *server = start_server();
    struct httpc_set *set = new_set(server);
    struct httpc_call call = call_to(server, "/silent");
    int64_t start = clock_monotonic_us();
    struct httpc_answer out;
    void *tag;
    int bell[2];

    CHECK(pipe(bell) == 0);
    httpc_start(set, test_arena(), &call, NULL);
    CHECK(!httpc_next(set, bell[0], 50, &tag, &out));
    CHECK(clock_monotonic_us() - start >= 50 * US_PER_MS);
    CHECK(write(bell[1], "x", 1) == 1);
    CHECK(!httpc_next(set, bell[0], 60000, &tag, &out));
    CHECK(clock_monotonic_us() - start < 5 * US_PER_S);
    CHECK_I64(httpc_running(set), 1);
    close(bell[0]);
    close(bell[1]);
}

TEST(a_set_with_calls_in_the_air_may_be_freed)
{
    /* AddressSanitizer and LeakSanitizer are the judges. */
    struct server *server = start_server();
    struct httpc_set *set = httpc_set_new(server->conf);
    struct httpc_call call = call_to(server, "/half"), wrong = call_to(server, "/");
    struct httpc_answer out;
    void *tag;

    wrong.url = STR("nowhere");
    call.save_to = str_fmt(test_arena(), "%s/answer%c", test_dir(), '\0').p;
    httpc_start(set, test_arena(), &call, NULL);
    httpc_start(set, test_arena(), &wrong, NULL);
    CHECK(httpc_next(set, -1, 5000, &tag, &out));
    httpc_set_free(set);
    CHECK(access(call.save_to, F_OK) != 0);
}
