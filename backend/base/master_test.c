#include "base/master.h"

#include "base/clock.h"
#include "base/testing/testing.h"
#include "base/trial.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A real master runs in a process of its own. Its children tell their story through
 * a pipe; the tests wait for the next event, never for time.
 */
struct event {
    char what; /* 's' started, 'e' ends as asked, 'r' asked again, 'd' doorbell rang, 't' tried */
    pid_t pid;
    int64_t at_us;
    int64_t place;
};

/* Tells this program, when a master starts it again, that it is the new binary and where. */
#define ENV_NEW_BINARY "MASTER_TEST_NEW_BINARY"

enum { NICE = 7 };
enum life { LIVE_UNTIL_ASKED, DIE_AT_ONCE, NEED_THREE_REMINDERS, END_AT_THE_BELL };

/* What the test may change while the master runs. */
struct script {
    volatile enum life life;
};

static struct house {
    int pipe[2];
    struct script *script;
    pid_t master;
    const char *dir, *pid_file, *socket, *doorbell;
} house;

static volatile sig_atomic_t reminders;

static void
on_reminder(int signal_number)
{
    (void)signal_number;
    reminders++;
}

static void
tell(char what)
{
    struct event event = { what, getpid(), clock_monotonic_us(), master_place() };

    if (write(house.pipe[1], &event, sizeof event) != (ssize_t)sizeof event)
        exit(3);
}

static void
wait_for_reminders(void)
{
    struct sigaction action = { .sa_handler = on_reminder };
    sigset_t block, before;

    sigemptyset(&block);
    sigaddset(&block, SIGTERM);
    sigprocmask(SIG_BLOCK, &block, &before);
    sigaction(SIGTERM, &action, NULL);
    tell('s');
    while (reminders < 3) {
        sigsuspend(&before);
        tell('r');
    }
}

static void
child(const struct master_pool *pool, int listen_fd, int doorbell_fd, void *arg)
{
    const struct script *script = arg;
    struct pollfd bell = { .fd = doorbell_fd, .events = POLLIN };
    enum life life = script->life;
    sigset_t block, before;
    char byte;

    (void)pool;
    if (listen_fd < 0 || doorbell_fd < 0)
        exit(4);
    if (life == NEED_THREE_REMINDERS) {
        wait_for_reminders();
        return;
    }
    sigemptyset(&block);
    sigaddset(&block, SIGTERM);
    sigprocmask(SIG_BLOCK, &block, &before);
    tell('s');
    if (life == DIE_AT_ONCE)
        exit(1);
    while (!master_ending()) {
        (void)ppoll(&bell, 1, NULL, &before);
        if ((bell.revents & POLLIN) && recv(doorbell_fd, &byte, 1, 0) == 1) {
            tell('d');
            if (life == END_AT_THE_BELL)
                exit(0);
        }
    }
    tell('e');
}

static int
run_master(int children)
{
    const struct master_pool pools[] = {
        { "test", children, house.socket, 0, house.doorbell, child, house.script, NICE },
        { "off", 0, "/nowhere/off.sock", 0, NULL, child, NULL, 0 },
    };
    char *argv[] = { (char[]){ "master_test" }, NULL };

    return master_run("test", house.pid_file, pools, 2, argv);
}

static void
tear_down(void *unused)
{
    (void)unused;
    if (house.master > 0) {
        kill(house.master, SIGKILL);
        waitpid(house.master, NULL, 0);
    }
    close(house.pipe[0]);
    munmap(house.script, sizeof *house.script);
}

static const char *
in_dir(const char *name)
{
    return str_cstr(test_arena(), str_fmt(test_arena(), "%s/%s", house.dir, name));
}

/* Starts a master; its children's first events are still in the pipe. */
static void
set_up(int children, enum life life)
{
    house.dir = test_dir();
    CHECK(pipe(house.pipe) == 0);
    house.script =
        mmap(NULL, sizeof *house.script, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    house.script->life = life;
    house.pid_file = in_dir("test.pid");
    house.socket = in_dir("test.sock");
    house.doorbell = in_dir("bell.sock");
    setenv(ENV_NEW_BINARY, house.dir, 1);
    trial_patience_us = 3 * US_PER_S; /* a busy machine is slow to start even a good one */
    house.master = fork();
    if (house.master == 0) {
        close(house.pipe[0]);
        dup2(house.pipe[1], STDIN_FILENO); /* survives an exec: the story goes on through it */
        exit(run_master(children));
    }
    unsetenv(ENV_NEW_BINARY);
    close(house.pipe[1]);
    testing_at_end(tear_down, NULL);
}

/* False when every writer has closed its end: nobody is left. */
static bool
next_event(struct event *event)
{
    struct pollfd fd = { .fd = house.pipe[0], .events = POLLIN };

    CHECK_I64(poll(&fd, 1, 15000), 1);
    return read(house.pipe[0], event, sizeof *event) == (ssize_t)sizeof *event;
}

static struct event
expect(char what)
{
    struct event event;

    CHECK(next_event(&event));
    CHECK_I64(event.what, what);
    return event;
}

static void
check_ended(int status)
{
    int got;

    CHECK_I64(waitpid(house.master, &got, 0), house.master);
    house.master = 0;
    CHECK(WIFEXITED(got));
    CHECK_I64(WEXITSTATUS(got), status);
}

static bool
is_alive(pid_t pid)
{
    return kill(pid, 0) == 0;
}

static struct sockaddr_un
address_of(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    return address;
}

static int
send_to(const char *path, int type)
{
    struct sockaddr_un address = address_of(path);
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    int rc = connect(fd, (struct sockaddr *)&address, sizeof address);

    if (rc == 0)
        rc = send(fd, "x", 1, MSG_NOSIGNAL) == 1 ? 0 : -1;
    close(fd);
    return rc;
}

TEST(a_pool_has_its_children_and_all_end_when_asked)
{
    struct stat file;

    set_up(3, LIVE_UNTIL_ASKED);
    for (int i = 0; i < 3; i++)
        expect('s');
    CHECK(stat(house.socket, &file) == 0);
    CHECK_I64(file.st_mode & 0777, 0660);
    CHECK_I64(send_to(house.socket, SOCK_STREAM), 0);

    kill(house.master, SIGTERM);
    for (int i = 0; i < 3; i++)
        expect('e');
    check_ended(0);
    CHECK(access(house.socket, F_OK) != 0);
    CHECK(access(house.pid_file, F_OK) != 0);
}

TEST(children_stand_back_as_their_pool_says)
{
    set_up(1, LIVE_UNTIL_ASKED);
    CHECK_I64(getpriority(PRIO_PROCESS, (id_t)expect('s').pid), NICE);
    CHECK(getpriority(PRIO_PROCESS, (id_t)house.master) < NICE);
}

TEST(a_killed_child_is_replaced)
{
    struct event first, second;

    set_up(1, LIVE_UNTIL_ASKED);
    first = expect('s');
    kill(first.pid, SIGKILL);
    second = expect('s');
    CHECK(second.pid != first.pid);
    CHECK(second.place != 0);
    CHECK_I64(second.place, first.place);
    kill(house.master, SIGTERM);
    expect('e');
    check_ended(0);
}

TEST(children_that_die_young_are_given_more_and_more_time)
{
    struct event first, second, third;

    set_up(1, DIE_AT_ONCE);
    first = expect('s');
    second = expect('s');
    third = expect('s');
    CHECK(second.at_us - first.at_us >= 100 * US_PER_MS);
    CHECK(third.at_us - second.at_us >= 200 * US_PER_MS);
}

TEST(a_child_is_reminded_until_it_listens)
{
    struct event first, last;

    set_up(1, NEED_THREE_REMINDERS);
    expect('s');
    kill(house.master, SIGTERM);
    first = expect('r');
    expect('r');
    last = expect('r');
    CHECK(last.at_us - first.at_us >= 150 * US_PER_MS);
    check_ended(0);
}

TEST(a_reload_starts_the_new_before_the_old_ends)
{
    struct event old[2], new[2], ended;

    set_up(2, LIVE_UNTIL_ASKED);
    old[0] = expect('s');
    old[1] = expect('s');
    kill(house.master, SIGHUP);
    new[0] = expect('s');
    new[1] = expect('s');
    for (int i = 0; i < 2; i++) {
        ended = expect('e');
        CHECK(ended.pid == old[0].pid || ended.pid == old[1].pid);
    }
    CHECK(is_alive(new[0].pid) && is_alive(new[1].pid));
    CHECK_I64(send_to(house.socket, SOCK_STREAM), 0);
    kill(house.master, SIGTERM);
    check_ended(0);
}

TEST(a_reload_that_cannot_start_leaves_the_old_serving)
{
    struct event old, ended;

    set_up(1, LIVE_UNTIL_ASKED);
    old = expect('s');
    house.script->life = DIE_AT_ONCE;
    kill(house.master, SIGHUP);
    for (int i = 0; i < 3; i++)
        expect('s');
    CHECK(is_alive(old.pid));

    house.script->life = LIVE_UNTIL_ASKED;
    expect('s');
    ended = expect('e');
    CHECK_I64(ended.pid, old.pid);
}

TEST(a_bell_wakes_a_child)
{
    set_up(1, LIVE_UNTIL_ASKED);
    expect('s');
    CHECK_I64(send_to(house.doorbell, SOCK_DGRAM), 0);
    expect('d');
}

TEST(a_second_master_of_the_same_house_gives_up)
{
    int status;
    pid_t second;

    set_up(1, LIVE_UNTIL_ASKED);
    expect('s');
    second = fork();
    if (second == 0) {
        log_init("test", LOG_ERROR + 1);
        exit(run_master(1));
    }
    CHECK_I64(waitpid(second, &status, 0), second);
    CHECK(WIFEXITED(status));
    CHECK_I64(WEXITSTATUS(status), 1);
    CHECK_I64(send_to(house.socket, SOCK_STREAM), 0);
    CHECK_I64(send_to(house.doorbell, SOCK_DGRAM), 0);
    expect('d');
}

TEST(children_end_when_their_master_is_killed)
{
    struct event event;

    set_up(2, LIVE_UNTIL_ASKED);
    expect('s');
    expect('s');
    kill(house.master, SIGKILL);
    expect('e');
    expect('e');
    CHECK(!next_event(&event));
}

/*
 * The new binary is this test program, started again with a word in its environment.
 * How it starts stands in a file: nothing is there for one that starts well.
 */
static const char *
replacement_of(const char *dir)
{
    static char path[200];

    snprintf(path, sizeof path, "%s/replacement", dir);
    return path;
}

static char
replacement(const char *dir)
{
    FILE *file = fopen(replacement_of(dir), "re");
    int life = file != NULL ? fgetc(file) : 'g';

    if (file != NULL)
        fclose(file);
    return (char)life;
}

static void
replace_with(char life)
{
    FILE *file = fopen(replacement_of(house.dir), "we");

    CHECK(file != NULL && fputc(life, file) == life);
    fclose(file);
}

static _Noreturn void
fail_to_start(char life)
{
    tell('t');
    while (life == 'h') /* hangs */
        pause();
    exit(life == 'q' ? 0 : 1); /* quits as if all were well, or dies */
}

__attribute__((constructor)) static void
be_the_new_binary(int argc, char *argv[])
{
    const char *dir = getenv(ENV_NEW_BINARY);
    static struct script script = { LIVE_UNTIL_ASKED };
    static char paths[3][200];

    if (dir == NULL)
        return;
    house.pipe[1] = STDIN_FILENO;
    if (replacement(dir) != 'g')
        fail_to_start(replacement(dir));
    if (trial_asked(argc, argv))
        exit(trial_passed());
    house.script = &script;
    snprintf(paths[0], sizeof paths[0], "%s/test.pid", dir);
    snprintf(paths[1], sizeof paths[1], "%s/test.sock", dir);
    snprintf(paths[2], sizeof paths[2], "%s/bell.sock", dir);
    house.pid_file = paths[0];
    house.socket = paths[1];
    house.doorbell = paths[2];
    exit(run_master(1));
}

TEST(a_new_binary_keeps_the_sockets_and_relieves_the_old_children)
{
    struct event old, new, ended;
    struct stat before, after;

    set_up(1, LIVE_UNTIL_ASKED);

    old = expect('s');
    CHECK(stat(house.socket, &before) == 0);
    kill(house.master, SIGUSR2);
    new = expect('s');
    ended = expect('e');
    CHECK_I64(ended.pid, old.pid);
    CHECK(stat(house.socket, &after) == 0);
    CHECK_I64((int64_t)after.st_ino, (int64_t)before.st_ino);
    CHECK_I64(send_to(house.socket, SOCK_STREAM), 0);

    kill(house.master, SIGTERM);
    ended = expect('e');
    CHECK_I64(ended.pid, new.pid);
    check_ended(0);
}

static void
await_end_of(pid_t pid)
{
    struct pollfd fd = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };

    if (fd.fd < 0)
        return; /* gone already */
    CHECK_I64(poll(&fd, 1, 15000), 1);
    close(fd.fd);
}

/* Asks for a new binary that cannot start: the old child still serves, and a good one is taken later. */
static void
check_refused(char life)
{
    struct event old, tried, new;

    set_up(1, LIVE_UNTIL_ASKED);
    old = expect('s');
    replace_with(life);
    kill(house.master, SIGUSR2);
    tried = expect('t');
    await_end_of(tried.pid);
    CHECK_I64(send_to(house.doorbell, SOCK_DGRAM), 0);
    CHECK_I64(expect('d').pid, old.pid);

    replace_with('g');
    kill(house.master, SIGUSR2);
    new = expect('s');
    CHECK_I64(expect('e').pid, old.pid);
    kill(house.master, SIGTERM);
    CHECK_I64(expect('e').pid, new.pid);
    check_ended(0);
}

TEST(a_new_binary_that_dies_is_refused)
{
    check_refused('d');
}

TEST(a_new_binary_that_quits_without_a_word_is_refused)
{
    check_refused('q');
}

TEST(a_new_binary_that_hangs_is_refused)
{
    check_refused('h');
}

TEST(a_new_binary_that_hangs_keeps_no_master_from_ending)
{
    struct event tried;

    set_up(1, LIVE_UNTIL_ASKED);
    expect('s');
    replace_with('h');
    kill(house.master, SIGUSR2);
    tried = expect('t');
    kill(house.master, SIGTERM);
    expect('e');
    check_ended(0);
    await_end_of(tried.pid);
}

TEST(whoever_asks_again_has_the_newest_binary_tried)
{
    struct event old;

    set_up(1, LIVE_UNTIL_ASKED);
    old = expect('s');
    replace_with('h');
    kill(house.master, SIGUSR2);
    expect('t');
    replace_with('g');
    kill(house.master, SIGUSR2);
    expect('s');
    CHECK_I64(expect('e').pid, old.pid);
}
