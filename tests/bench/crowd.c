/* crowd SIZE COMMAND [ARGUMENT]...
 *
 * Runs COMMAND among SIZE sleeping processes and exits with its status; 3 when this system does not allow as
 * many. The crowd is a tree of depth 5 with an uneven fan-out, names and command lines as a server has them;
 * 1 in 20 has more threads, 1 in 7 is nice, and as root 1 in 3 belongs to another user.
 *
 * It lives in a PID namespace of its own where that is allowed (as root, or in a user namespace): COMMAND
 * sees nobody else in /proc, and the kernel ends all of it with its first process. Elsewhere the crowd joins
 * the others in /proc. Either way each process dies with its parent, so nothing survives crowd itself,
 * whatever ends it. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

enum { DEEPEST = 5, PADDING = 240, TOO_MANY = 3 };

/* The tree, drawn up before the first fork; -1 is nobody. */
struct member {
    int first_child, next_sibling, depth;
};

struct tally {
    atomic_int up;
    atomic_int refused; /* errno of the first fork that failed */
};

struct crowd {
    int size;
    bool isolated;
    struct member *members;
    int first;           /* the first of those without a parent in the crowd */
    struct tally *tally; /* shared by all processes */
    char *line;          /* where the kernel reads our command line */
    size_t line_size;
    char **command;
};

/* A number that looks random and is the same in every run: crowds are comparable. */
static uint32_t scramble(uint32_t number)
{
    number = (number ^ (number >> 16)) * 0x7feb352dU;
    number = (number ^ (number >> 15)) * 0x846ca68bU;
    return number ^ (number >> 16);
}

/* Squaring favours the early: few processes get most of the children. */
static int choose_parent(const struct crowd *crowd, int member)
{
    for (uint32_t try = 0;; try++) {
        double share = scramble((uint32_t)member * 31 + try) / 4294967296.0;
        int parent = (int)(share * share * member);
        if (crowd->members[parent].depth < DEEPEST)
            return parent;
    }
}

static void draw_up(struct crowd *crowd)
{
    crowd->members = xcalloc((size_t)crowd->size, sizeof *crowd->members);
    crowd->first = -1;
    for (int i = 0; i < crowd->size; i++) {
        struct member *member = &crowd->members[i];
        bool top = i < 5 || scramble((uint32_t)i) % 8 == 0;
        int parent = top ? -1 : choose_parent(crowd, i);
        int *siblings = top ? &crowd->first : &crowd->members[parent].first_child;
        member->depth = top ? 1 : crowd->members[parent].depth + 1;
        member->first_child = -1;
        member->next_sibling = *siblings;
        *siblings = i;
    }
}

/* The kernel ends a command line at its first NUL when the last byte of the arguments is none (proc(5),
 * cmdline). */
static void dress(const struct crowd *crowd, int number)
{
    static const char *const names[] = { "bash",        "sshd",         "postgres", "nginx",
                                         "python3",     "java",         "node",     "cron",
                                         "make",        "gcc",          "cc1",      "php-fpm",
                                         "Web Content", "redis-server", "chrome",   "sleep" };
    uint32_t chance = scramble((uint32_t)number * 7);
    const char *name = names[chance % (sizeof names / sizeof *names)];
    char *line =
        xasprintf("/usr/bin/%s --worker=%d --config=/etc/service/main.conf --log-level=info --user=app "
                  "--data-dir=/var/lib/app/data/instance --max-connections=200 --listen=127.0.0.1:8080 "
                  "--pid-file=/run/app/worker.pid",
                  name, number);
    size_t length = 16 + (chance >> 8) % 200;
    if (length > strlen(line))
        length = strlen(line);
    prctl(PR_SET_NAME, name);
    memset(crowd->line, '.', crowd->line_size);
    memcpy(crowd->line, line, length);
    crowd->line[length] = '\0';
    free(line);
}

static void *sleep_for_ever(void *unused)
{
    for (;;)
        pause();
    return unused;
}

static void start_threads(int count)
{
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 16384);
    for (int i = 0; i < count; i++)
        pthread_create(&thread, &attributes, sleep_for_ever, NULL);
    pthread_attr_destroy(&attributes);
}

/* Dies with the parent. A change of user clears the wish, so this comes after it (prctl(2),
 * PR_SET_PDEATHSIG). */
static void follow_parent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
}

static void change_user(uint32_t chance)
{
    uid_t user = chance % 2 ? 33 : 1000 + chance % 4;
    /* The C library would do this in every thread; where it is not allowed the process stays whose it is. */
    if (syscall(SYS_setresgid, user, user, user) == 0)
        syscall(SYS_setresuid, user, user, user);
}

static void live(const struct crowd *crowd, int number) __attribute__((noreturn));

/* Forks `number` and its younger siblings. 0, or -errno of the fork that failed. */
static int fork_members(const struct crowd *crowd, int number, pid_t parent)
{
    for (int i = number; i >= 0; i = crowd->members[i].next_sibling) {
        pid_t pid = fork();
        if (pid < 0)
            return -errno;
        if (pid == 0) {
            follow_parent(parent);
            live(crowd, i);
        }
    }
    return 0;
}

static void live(const struct crowd *crowd, int number)
{
    uint32_t chance = scramble((uint32_t)number * 3 + 1);
    pid_t parent = getppid();
    int r = fork_members(crowd, crowd->members[number].first_child, getpid());
    if (r < 0)
        atomic_store(&crowd->tally->refused, -r);
    dress(crowd, number);
    if (chance % 7 == 0)
        setpriority(PRIO_PROCESS, 0, 5);
    if (crowd->isolated && chance % 3 == 0) {
        change_user(chance / 3);
        follow_parent(parent);
    }
    if (chance % 20 == 0)
        start_threads(3 + (int)(chance / 20 % 20));
    atomic_fetch_add(&crowd->tally->up, 1);
    for (;;)
        pause();
}

static int wait_for(pid_t pid)
{
    int status;
    for (;;) {
        pid_t ended = wait(&status);
        if (ended == pid)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (ended < 0 && errno == ECHILD)
            return 1;
    }
}

static int run_command(const struct crowd *crowd)
{
    pid_t self = getpid();
    pid_t pid = fork();
    if (pid < 0)
        return TOO_MANY;
    if (pid == 0) {
        follow_parent(self);
        execvp(crowd->command[0], crowd->command);
        perror(crowd->command[0]);
        _exit(127);
    }
    return wait_for(pid);
}

/* The crowd's first process: forks the rest, waits until all are up, runs the command. */
static int lead(const struct crowd *crowd)
{
    const struct timespec moment = { .tv_nsec = 2000000 };
    int r = fork_members(crowd, crowd->first, getpid());
    if (r < 0)
        atomic_store(&crowd->tally->refused, -r);
    while (atomic_load(&crowd->tally->up) < crowd->size && !atomic_load(&crowd->tally->refused))
        nanosleep(&moment, NULL);
    if (atomic_load(&crowd->tally->refused)) {
        fprintf(stderr, "crowd: no more than %d of %d processes: %s\n", atomic_load(&crowd->tally->up),
                crowd->size, strerror(atomic_load(&crowd->tally->refused)));
        return TOO_MANY;
    }
    return run_command(crowd);
}

static bool write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    if (!file)
        return false;
    bool written = fputs(text, file) >= 0;
    return fclose(file) == 0 && written;
}

/* Maps this user to itself: all that an unprivileged user namespace allows (user_namespaces(7)). */
static bool map_user(uid_t user, gid_t group)
{
    char *users = xasprintf("%u %u 1\n", user, user), *groups = xasprintf("%u %u 1\n", group, group);
    bool mapped = write_file("/proc/self/uid_map", users) && write_file("/proc/self/setgroups", "deny") &&
                  write_file("/proc/self/gid_map", groups);
    free(users);
    free(groups);
    return mapped;
}

static int be_first(const struct crowd *crowd)
{
    /* "/" is no mount where we run in a chroot; it is enough that what /proc is mounted over keeps it to
     * itself. */
    if (mount(NULL, "/proc", NULL, MS_PRIVATE, NULL) < 0 ||
        mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
        return 1;
    return crowd ? lead(crowd) : 0;
}

/* Leads the crowd in new namespaces, or without one only tries whether it could. Its exit status; not 0 when
 * the namespaces were refused. */
static int lead_isolated(int namespaces, const struct crowd *crowd)
{
    pid_t self = getpid(), keeper = fork();
    if (keeper < 0)
        return 1;
    if (keeper > 0)
        return wait_for(keeper);

    uid_t user = geteuid();
    gid_t group = getegid();
    if (unshare(namespaces) < 0 || ((namespaces & CLONE_NEWUSER) && !map_user(user, group)))
        _exit(1);
    follow_parent(self);
    pid_t first = fork();
    if (first == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* getppid() is 0 here: the parent is outside */
        _exit(be_first(crowd));
    }
    _exit(first < 0 ? 1 : wait_for(first));
}

/* Without a namespace the crowd's orphans come to us, and we leave when the last one has gone. */
static int lead_among_others(const struct crowd *crowd)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t self = getpid(), leader = fork();
    if (leader < 0)
        return TOO_MANY;
    if (leader == 0) {
        follow_parent(self);
        _exit(lead(crowd));
    }
    int status = wait_for(leader);
    while (wait(NULL) > 0 || errno == EINTR)
        ;
    return status;
}

/* Command lines are written over our own arguments: makes room by a long one in front of the rest. */
static void make_room(int argc, char **argv)
{
    char **longer = xcalloc((size_t)argc + 2, sizeof *longer);
    char padding[PADDING];
    memset(padding, '-', sizeof padding - 1);
    padding[sizeof padding - 1] = '\0';
    longer[0] = argv[0];
    longer[1] = padding;
    memcpy(&longer[2], &argv[1], (size_t)argc * sizeof *argv);
    execv("/proc/self/exe", longer);
    perror("crowd");
    exit(1);
}

/* Where the crowd may live: the best that is allowed. */
static int choose_place(struct crowd *crowd)
{
    static const int isolations[] = { CLONE_NEWPID | CLONE_NEWNS,
                                      CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS };
    for (size_t i = 0; i < sizeof isolations / sizeof *isolations; i++)
        if (lead_isolated(isolations[i], NULL) == 0) {
            crowd->isolated = true;
            return lead_isolated(isolations[i], crowd);
        }
    return lead_among_others(crowd);
}

/* The words of the command, which stand where command lines are written. */
static char **copy_words(char **words, int count)
{
    char **copy = xcalloc((size_t)count + 1, sizeof *copy);
    for (int i = 0; i < count; i++)
        copy[i] = xstrdup(words[i]);
    return copy;
}

static void release(struct crowd *crowd)
{
    for (char **word = crowd->command; *word; word++)
        free(*word);
    free(crowd->command);
    free(crowd->members);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: crowd SIZE COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    if (argv[1][0] != '-')
        make_room(argc, argv);

    struct crowd crowd = { .size = atoi(argv[2]),
                           .line = argv[0],
                           .command = copy_words(&argv[3], argc - 3) };
    crowd.line_size = (size_t)(argv[argc - 1] + strlen(argv[argc - 1]) + 1 - argv[0]);
    crowd.tally = mmap(NULL, sizeof *crowd.tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (crowd.tally == MAP_FAILED) {
        perror("crowd");
        return 1;
    }
    draw_up(&crowd);
    int status = choose_place(&crowd);
    release(&crowd);
    return status;
}
