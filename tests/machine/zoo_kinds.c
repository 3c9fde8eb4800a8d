#include "zoo_kinds.h"

#include "children.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Says who the animal is. From now on it ends with its parent; a change of user before would have undone
 * that. */
static void announce(const struct zoo_birth *birth, pid_t pid)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct zoo_news news = { .pid = pid };
    if (write(birth->ready, &news, sizeof news) != sizeof news)
        _exit(1);
}

static void refuse(const struct zoo_birth *birth)
{
    struct zoo_news news = { .error = errno };
    ssize_t written = write(birth->ready, &news, sizeof news);
    _exit(written != sizeof news);
}

static void require(const struct zoo_birth *birth, bool condition)
{
    if (!condition)
        refuse(birth);
}

static void sleeps(const struct zoo_birth *birth)
{
    announce(birth, getpid());
    child_pause(NULL);
}

static void runs(const struct zoo_birth *birth)
{
    setrlimit(RLIMIT_CPU, &(struct rlimit){ 300, 300 });
    announce(birth, getpid());
    for (;;)
        ;
}

/* The parent of a vfork() waits in D until the child has an address space of its own. The child here is an
 * ordinary copy, so nothing is shared but the waiting. */
static void waits_for_vfork(const struct zoo_birth *birth)
{
    announce(birth, getpid());
    if (syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0) == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        child_pause(NULL);
    }
}

static void is_stopped(const struct zoo_birth *birth)
{
    announce(birth, getpid());
    for (;;)
        raise(SIGSTOP);
}

static void is_traced(const struct zoo_birth *birth)
{
    require(birth, ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
    announce(birth, getpid());
    for (;;)
        raise(SIGSTOP);
}

static void is_a_zombie(const struct zoo_birth *birth)
{
    announce(birth, getpid());
    _exit(7);
}

static void *pause_thread(void *unused)
{
    child_pause(unused);
    return NULL;
}

static void start_thread(const struct zoo_birth *birth)
{
    pthread_t thread;
    errno = pthread_create(&thread, NULL, pause_thread, NULL);
    require(birth, errno == 0);
}

static void has_threads(const struct zoo_birth *birth)
{
    start_thread(birth);
    sleeps(birth);
}

static void is_half_a_zombie(const struct zoo_birth *birth)
{
    start_thread(birth);
    announce(birth, getpid());
    syscall(SYS_exit, 0);
}

/* Its parent's end cannot be what ends it, so it holds on to the leash. */
static void is_an_orphan(const struct zoo_birth *birth)
{
    pid_t own = getpid(), pid = fork();
    require(birth, pid >= 0);
    if (pid > 0)
        _exit(0);
    while (getppid() == own)
        sched_yield();
    struct zoo_news news = { .pid = getpid() };
    char byte;
    if (write(birth->ready, &news, sizeof news) == sizeof news && read(birth->leash, &byte, 1) >= 0)
        _exit(0);
}

static void is_nice(const struct zoo_birth *birth)
{
    require(birth, setpriority(PRIO_PROCESS, 0, 5) == 0);
    sleeps(birth);
}

static void is_favoured(const struct zoo_birth *birth)
{
    require(birth, setpriority(PRIO_PROCESS, 0, -5) == 0);
    sleeps(birth);
}

static void lock_memory(const struct zoo_birth *birth)
{
    void *page = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    require(birth, page != MAP_FAILED && syscall(SYS_mlock, page, 65536) == 0);
}

static void locks_memory(const struct zoo_birth *birth)
{
    lock_memory(birth);
    sleeps(birth);
}

static void leads_a_session(const struct zoo_birth *birth)
{
    require(birth, setsid() > 0);
    sleeps(birth);
}

/* A session with a terminal of its own; returns the terminal. */
static int open_terminal(const struct zoo_birth *birth)
{
    require(birth, setsid() > 0);
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    require(birth, master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int terminal = open(ptsname(master), O_RDWR);
    require(birth, terminal >= 0);
    return terminal;
}

static void leads_a_terminal(const struct zoo_birth *birth)
{
    open_terminal(birth);
    sleeps(birth);
}

static void reads_from_the_background(const struct zoo_birth *birth)
{
    int terminal = open_terminal(birth);
    char byte;
    if (fork() == 0) {
        setpgid(0, 0);
        announce(birth, getpid());
        for (;;)
            if (read(terminal, &byte, 1) < 0 && errno == EIO)
                _exit(1);
    }
    child_pause(NULL);
}

static void is_in_the_foreground(const struct zoo_birth *birth)
{
    int terminal = open_terminal(birth);
    if (fork() == 0) {
        signal(SIGTTOU, SIG_IGN);
        setpgid(0, 0);
        require(birth, tcsetpgrp(terminal, getpid()) == 0);
        sleeps(birth);
    }
    child_pause(NULL);
}

static void has_all_flags(const struct zoo_birth *birth)
{
    open_terminal(birth);
    start_thread(birth);
    lock_memory(birth);
    is_nice(birth);
}

static void has_all_flags_and_is_favoured(const struct zoo_birth *birth)
{
    open_terminal(birth);
    start_thread(birth);
    lock_memory(birth);
    is_favoured(birth);
}

static void schedule(const struct zoo_birth *birth, int policy, int priority)
{
    require(birth, sched_setscheduler(0, policy, &(struct sched_param){ priority }) == 0);
}

static void is_a_batch_job(const struct zoo_birth *birth)
{
    schedule(birth, SCHED_BATCH, 0);
    sleeps(birth);
}

static void is_a_nice_batch_job(const struct zoo_birth *birth)
{
    schedule(birth, SCHED_BATCH, 0);
    is_nice(birth);
}

static void runs_when_idle(const struct zoo_birth *birth)
{
    require(birth, setpriority(PRIO_PROCESS, 0, 7) == 0);
    schedule(birth, SCHED_IDLE, 0);
    runs(birth);
}

static void sleeps_in_class_idle(const struct zoo_birth *birth)
{
    schedule(birth, SCHED_IDLE, 0);
    sleeps(birth);
}

static void is_first_in_first_out(const struct zoo_birth *birth)
{
    require(birth, setpriority(PRIO_PROCESS, 0, -5) == 0);
    schedule(birth, SCHED_FIFO, 10);
    sleeps(birth);
}

static void is_round_robin(const struct zoo_birth *birth)
{
    require(birth, setpriority(PRIO_PROCESS, 0, 7) == 0);
    schedule(birth, SCHED_RR, 99);
    sleeps(birth);
}

static void has_a_deadline(const struct zoo_birth *birth)
{
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes = { sizeof attributes, 6, 0, 0, 0, 1000000, 100000000, 100000000 }; /* SCHED_DEADLINE */
    require(birth, syscall(SYS_sched_setattr, 0, &attributes, 0) == 0);
    sleeps(birth);
}

static void become_user(const struct zoo_birth *birth, unsigned user)
{
    require(birth,
            setgroups(0, NULL) == 0 && setresgid(user, user, user) == 0 && setresuid(user, user, user) == 0);
}

static void is_nobodys(const struct zoo_birth *birth)
{
    become_user(birth, 65534);
    sleeps(birth);
}

static void is_of_a_user_without_a_name(const struct zoo_birth *birth)
{
    become_user(birth, 3999999999u);
    sleeps(birth);
}

const struct zoo_kind zoo_kinds[] = {
    { "runs", "R", runs, NULL, false },
    { "sleeps", "S", sleeps, NULL, false },
    { "waits for a vfork child", "D", waits_for_vfork, NULL, false },
    { "stopped by SIGSTOP", "T", is_stopped, NULL, false },
    { "stopped by SIGTTIN", "T", reads_from_the_background, NULL, false },
    { "stopped by its tracer", "t", is_traced, NULL, false },
    { "zombie", "Z", is_a_zombie, NULL, false },
    { "zombie that still runs", "Zl", is_half_a_zombie, NULL, false },
    { "orphan", "S", is_an_orphan, NULL, false },
    { "nice 5", "SN", is_nice, NULL, false },
    { "nice -5", "S<", is_favoured, NULL, true },
    { "locked memory", "SL", locks_memory, NULL, false },
    { "session leader", "Ss", leads_a_session, NULL, false },
    { "threads", "Sl", has_threads, NULL, false },
    { "session leader in the foreground", "Ss+", leads_a_terminal, NULL, false },
    { "foreground group", "S+", is_in_the_foreground, NULL, false },
    { "all flags", "SNLsl+", has_all_flags, NULL, false },
    { "all flags, nice -5", "S<Lsl+", has_all_flags_and_is_favoured, NULL, true },
    { "SCHED_BATCH", "S", is_a_batch_job, NULL, false },
    { "SCHED_BATCH, nice 5", "SN", is_a_nice_batch_job, NULL, false },
    { "SCHED_IDLE", "S", sleeps_in_class_idle, NULL, false },
    { "SCHED_IDLE, nice 7, runs", "RN", runs_when_idle, NULL, false },
    { "SCHED_FIFO 10, nice -5", "S<", is_first_in_first_out, NULL, true },
    { "SCHED_RR 99, nice 7", "SN", is_round_robin, NULL, true },
    { "SCHED_DEADLINE", "S", has_a_deadline, NULL, true },
    { "another user's", "S", is_nobodys, NULL, true },
    { "of a user without a name", "S", is_of_a_user_without_a_name, NULL, true },
    { "name with blanks", "S", sleeps, "a b  c", false },
    { "name that begins with a blank", "S", sleeps, "  a", false },
    { "name that ends with blanks", "S", sleeps, "a  ", false },
    { "no name", "S", sleeps, "", false },
    { "name with parentheses", "S", sleeps, ") R 1 (x) 2 (", false },
    { "name with newlines", "S", sleeps, "a\nb\n1 2 3", false },
    { "name with tabs and backslashes", "S", sleeps, "a\tb\\n\\", false },
    { "name with an escape sequence", "S", sleeps, "\033[31mred\033[m", false },
    { "name with C1 controls", "S", sleeps,
      "a\xc2\x9b"
      "31m",
      false },
    { "name that is no UTF-8", "S", sleeps, "\xff\xfe\x80 a\xc3", false },
    { "CJK name", "S", sleeps, "僵尸进程", false },
    { "CJK name cut within a character", "S", sleeps, "a僵尸进程树", false },
    { "name with combining characters", "S", sleeps, "e\xcc\x81tude", false },
    { "name turned round", "S", sleeps,
      "a\xe2\x80\xae"
      "b\xe2\x80\x8b"
      "c",
      false },
    { "name that looks defunct", "S", sleeps, "a <defunct>", false },
    { "zombie with a strange name", "Z", is_a_zombie, ") S 1 僵", false },
    { "zombie that looks defunct", "Z", is_a_zombie, "z <defunct>", false },
};

const size_t zoo_kind_count = sizeof zoo_kinds / sizeof *zoo_kinds;
