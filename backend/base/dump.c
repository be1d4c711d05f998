#include "dump.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void
dump_forbid_cores(void)
{
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
}

void
dump_forbid_debuggers(void)
{
    (void)prctl(PR_SET_DUMPABLE, 0);
}
