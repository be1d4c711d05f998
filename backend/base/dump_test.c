#include "base/dump.h"
#include "base/testing/testing.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static bool
is_closed(void)
{
    struct rlimit core;

    return prctl(PR_GET_DUMPABLE) == 0 && getrlimit(RLIMIT_CORE, &core) == 0 &&
           core.rlim_cur == 0 && core.rlim_max == 0;
}

TEST(a_closed_memory_is_nobodys_to_read)
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        dump_forbid_cores();
        dump_forbid_debuggers();
        _exit(is_closed() ? 0 : 1); /* not exit: LeakSanitizer could not look */
    }
    CHECK_I64(waitpid(pid, &status, 0), pid);
    CHECK_I64(status, 0);
}
