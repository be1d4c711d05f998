/*
 * Between fork and exec: only calls that are safe there, and none whose failure could
 * leave the program with more than it should have.
 */
#include "program_limits.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static bool
limit(__rlimit_resource_t what, int64_t most, int64_t otherwise)
{
    rlim_t value = (rlim_t)(most == 0 ? otherwise : most);

    return setrlimit(what, &(struct rlimit){ value, value }) == 0;
}

static bool
limit_all(const struct program_call *call)
{
    return limit(RLIMIT_CPU, call->cpu_s, 30) &&
           limit(RLIMIT_FSIZE, call->file_bytes, INT64_C(64) << 20) &&
           limit(RLIMIT_NOFILE, 64, 64) && limit(RLIMIT_CORE, 0, 0) &&
           limit(RLIMIT_AS, call->memory_bytes, INT64_C(768) << 20);
}

/* Signals as a program expects them; what we ignore would be ignored by it too. */
static void
forget_signals(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL); /* two of them cannot be changed, and need not */
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* An own network has no way out. Kernels that forbid it leave what the program's arguments forbid. */
static void
leave_network(void)
{
    if (unshare(CLONE_NEWNET) != 0)
        (void)unshare(CLONE_NEWUSER | CLONE_NEWNET);
}

static bool
take_descriptors(int out, int complaints)
{
    int nothing = open("/dev/null", O_RDONLY);

    return nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
           dup2(complaints, STDERR_FILENO) >= 0 && close_range(STDERR_FILENO + 1, ~0U, 0) == 0;
}

_Noreturn void
program_become(const struct program_call *call, int out, int complaints, pid_t parent)
{
    static char *const environment[] = { "LC_ALL=C", "PATH=/usr/bin:/bin", NULL };
    union {
        const char *const *constant;
        char *const *plain;
    } argv = { .constant = call->argv };

    (void)setpgid(0, 0);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent &&
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && take_descriptors(out, complaints) &&
        chdir("/") == 0) {
        leave_network();
        forget_signals();
        (void)setpriority(PRIO_PROCESS, 0, 10);
        if (limit_all(call))
            execve(argv.plain[0], argv.plain, environment);
    }
    _exit(PROGRAM_CANNOT_START);
}
