#include "takeover.h"

#include "err.h"
#include "str.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ENV_SOCKETS "BALCAO_MASTER_SOCKETS"   /* "fd:path,…" */
#define ENV_CHILDREN "BALCAO_MASTER_CHILDREN" /* "pid,…" */

static void
append(const char *variable, const char *entry)
{
    const char *before = getenv(variable);
    char *list = NULL;

    if (asprintf(&list, "%s%s%s", before != NULL ? before : "", before != NULL ? "," : "", entry) <
            0 ||
        setenv(variable, list, 1) != 0)
        BUG("what=out_of_memory");
    free(list);
}

void
takeover_give_socket(int fd, const char *path)
{
    char entry[160];

    if (fd < 0)
        return;
    (void)fcntl(fd, F_SETFD, 0);
    snprintf(entry, sizeof entry, "%d:%s", fd, path); /* a socket's path has 107 bytes at most */
    append(ENV_SOCKETS, entry);
}

void
takeover_give_child(pid_t pid)
{
    char entry[16];

    snprintf(entry, sizeof entry, "%d", (int)pid);
    append(ENV_CHILDREN, entry);
}

/* Cuts "fd:path" off the list; false at its end. */
static bool
next_socket(struct str *rest, int *fd, struct str *path)
{
    struct str number;
    int64_t value;

    while (str_cut(rest, ',', path)) {
        if (str_cut(path, ':', &number) && str_i64(number, &value) && value > STDERR_FILENO &&
            value <= INT32_MAX) {
            *fd = (int)value;
            return true;
        }
    }
    return false;
}

static void
forget(void)
{
    unsetenv(ENV_SOCKETS);
    unsetenv(ENV_CHILDREN);
}

void
takeover_take_back(void)
{
    struct str rest = str_of(getenv(ENV_SOCKETS)), path;
    int fd;

    while (next_socket(&rest, &fd, &path))
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    forget();
}

int
takeover_socket(const char *path)
{
    struct str rest = str_of(getenv(ENV_SOCKETS)), name;
    int fd;

    while (next_socket(&rest, &fd, &name))
        if (str_eq(name, str_of(path)) && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0)
            return fd;
    return -1;
}

void
takeover_children(void (*fn)(pid_t pid))
{
    struct str rest = str_of(getenv(ENV_CHILDREN)), word;
    int64_t pid;

    /* Of anything but a running child of this process, waitpid says something else. */
    while (str_cut(&rest, ',', &word))
        if (str_i64(word, &pid) && pid > 1 && waitpid((pid_t)pid, NULL, WNOHANG) == 0)
            fn((pid_t)pid);
}

void
takeover_done(void)
{
    struct str rest = str_of(getenv(ENV_SOCKETS)), path;
    int fd;

    while (next_socket(&rest, &fd, &path))
        if (fcntl(fd, F_GETFD) == 0) /* not asked for: it still survives an exec */
            close(fd);
    forget();
}
