#include "trial.h"

#include "clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define OPTION "--check"
#define WORD "ready\n" /* an exit of 0 alone would be any program's */

int64_t trial_patience_us = 10 * US_PER_S;

bool
trial_asked(int argc, char *const argv[])
{
    return argc == 2 && strcmp(argv[1], OPTION) == 0;
}

int
trial_passed(void)
{
    return fputs(WORD, stdout) >= 0 && fflush(stdout) == 0 ? 0 : 1;
}

static _Noreturn void
become(const char *program, int said_fd)
{
    sigset_t none;

    setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    dup2(said_fd, STDOUT_FILENO);
    execl(program, program, OPTION, (char *)NULL);
    _exit(127);
}

bool
trial_begin(struct trial *trial, const char *program)
{
    int said[2];
    pid_t pid;

    trial_end(trial);
    if (pipe2(said, O_CLOEXEC) != 0)
        return false;
    fflush(NULL);
    pid = fork();
    if (pid == 0)
        become(program, said[1]);
    close(said[1]);
    if (pid < 0) {
        close(said[0]);
        return false;
    }
    setpgid(pid, pid); /* here too: who is first does not matter then */
    /* It may have started others that hold the pipe open. */
    (void)fcntl(said[0], F_SETFL, O_NONBLOCK);
    *trial = (struct trial){ pid, said[0], clock_monotonic_us() + trial_patience_us };
    return true;
}

const char *
trial_verdict(struct trial *trial, int status)
{
    char said[sizeof WORD] = "";
    ssize_t len = read(trial->said_fd, said, sizeof said - 1);

    close(trial->said_fd);
    *trial = (struct trial){ 0 };
    if (WIFSIGNALED(status))
        return "killed";
    if (WEXITSTATUS(status) != 0)
        return "refused";
    return len == (ssize_t)strlen(WORD) && strcmp(said, WORD) == 0 ? NULL : "silent";
}

void
trial_end(struct trial *trial)
{
    if (trial->pid == 0)
        return;
    kill(-trial->pid, SIGKILL);
    while (waitpid(trial->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(trial->said_fd);
    *trial = (struct trial){ 0 };
}
