/*
 *   balcao-bare statements
 *       every statement of the house: name, shape, number of parameters, what stands for those that
 *       the gate binds (SQL, a bar after each), text; NUL after each
 *   balcao-bare serve CASE SOCKET CHILDREN CONNINFO ACCOUNT HOOK_TOKEN
 *       answers one case on a unix socket, until its standard input ends
 */
#include "bare.h"

#include "domain/auth/access.h"
#include "tools/check_sql.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
print_bound(const struct db_stmt *stmt)
{
    for (int i = 0; i < stmt->bound_count; i++) {
        const char *value = access_everything[stmt->bound[i]];

        printf(value == NULL ? "NULL|" : "'%s'|", value);
    }
}

static int
print_statements(void)
{
    static const char *const shapes[] = {
        [DB_ONE] = "one", [DB_OPT] = "opt", [DB_MANY] = "many", [DB_EXEC] = "exec"
    };

    for (const struct db_stmt *const *s = all_statements; *s != NULL; s++) {
        printf("%s\t%s\t%d\t", (*s)->name, shapes[(*s)->shape], (*s)->params);
        print_bound(*s);
        printf("\t%s%c", (*s)->text, '\0');
    }
    return EXIT_SUCCESS;
}

static void
answer(FCGX_Request *request, const struct page *page, bool is_good)
{
    FCGX_FPrintF(request->out,
                 "Status: %s\r\nContent-Type: application/json\r\n"
                 "Content-Length: %d\r\n\r\n",
                 is_good ? "200 OK" : "500 Failed", (int)page->n);
    FCGX_PutStr(page->text, (int)page->n, request->out);
    FCGX_Finish_r(request);
}

static void
child(const struct bare_case *c, int listen_fd, const char *conninfo, const struct house *house)
{
    static struct page page;
    FCGX_Request request;
    struct call call = { house, sql_connect(conninfo), &request, &page };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    FCGX_InitRequest(&request, listen_fd, 0);
    while (FCGX_Accept_r(&request) == 0) {
        bool is_good;

        page.n = 0;
        is_good = c->answer(&call);
        answer(&request, &page, is_good);
    }
    _exit(EXIT_SUCCESS);
}

static int
serve(const struct bare_case *c, char **words)
{
    const char *path = words[0];
    struct house house = { words[3], words[4] };
    int children = atoi(words[1]), listen_fd;
    char byte;

    FCGX_Init();
    listen_fd = FCGX_OpenSocket(path, 1024);
    /* nginx runs as somebody else. */
    if (listen_fd < 0 || chmod(path, 0666) != 0)
        return EXIT_FAILURE;
    for (int i = 0; i < children; i++)
        if (fork() == 0)
            child(c, listen_fd, words[2], &house);
    puts("ready");
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    unlink(path);
    return EXIT_SUCCESS; /* the children die with it */
}

int
main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "statements") == 0)
        return print_statements();
    if (argc == 8 && strcmp(argv[1], "serve") == 0)
        for (const struct bare_case *c = bare_cases; c->name != NULL; c++)
            if (strcmp(c->name, argv[2]) == 0)
                return serve(c, argv + 3);
    fprintf(stderr, "usage: balcao-bare statements\n"
                    "       balcao-bare serve CASE SOCKET CHILDREN CONNINFO ACCOUNT HOOK_TOKEN\n");
    return EXIT_FAILURE;
}
