#include "pid_file.h"

#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

bool
pid_file_take(const char *path)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

    if (fd < 0 || fcntl(fd, F_SETLK, &lock) != 0) {
        bool is_held = fd >= 0 && (errno == EAGAIN || errno == EACCES);

        log_error(is_held ? "master.already_running" : "master.pid_file_failed", "path=%s errno=%d",
                  path, errno);
        if (fd >= 0)
            close(fd);
        return false;
    }
    if (ftruncate(fd, 0) != 0 || dprintf(fd, "%d\n", (int)getpid()) < 0)
        log_warn("master.pid_file_failed", "path=%s errno=%d", path, errno);
    return true; /* fd stays open: closing it would give the lock up */
}
