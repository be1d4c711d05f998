#include "unix_socket.h"

#include "log.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int
unix_socket_bind(const char *path, int type, int backlog)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int n = snprintf(address.sun_path, sizeof address.sun_path, "%s.new", path);
    int fd;

    if (n < 0 || (size_t)n >= sizeof address.sun_path) {
        log_error("socket.path_too_long", "path=%s max=%zu", path,
                  sizeof address.sun_path - sizeof ".new");
        return -1;
    }
    fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    (void)unlink(address.sun_path);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(address.sun_path, 0660) != 0 || (type == SOCK_STREAM && listen(fd, backlog) != 0) ||
        rename(address.sun_path, path) != 0) {
        log_error("socket.bind_failed", "path=%s errno=%d what=\"%s\"", path, errno,
                  strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    return fd;
}
