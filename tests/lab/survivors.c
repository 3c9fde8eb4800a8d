/* However the lab ends, no actor outlives it. A lab is started in a child process, told to build actors in
 * all the states there are, and killed with SIGKILL at a random moment: mostly when at least 30 of them are
 * there and more are being born and killed, and some times while it is still building. Then every
 * process of the machine that carries the family's mark is a survivor, unless it is a zombie that waits for
 * its parent; and the lab's private directory and the name of its queues must be gone. FORKLORE_WITHOUT is
 * obeyed. */
#include "base/clock.h"
#include "base/memory.h"
#include "lab/state.h"
#include "machine/procfile.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A sanitized lab takes several times as long, and dies no other death. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 30 };
#else
enum { ROUNDS = 100 };
#endif

enum {
    WHOLE_SHARE = 70, /* percent of them, in which the lab is complete when it is killed, and at work */
    AT_LEAST = 30,    /* processes that a complete lab has */
    CHURN_MS = 50,    /* a complete lab is killed within this time */
    DEADLINE_MS = 20000,
};

/* What the lab's process tells the test. */
struct told {
    rlim_t mark; /* 0: not yet */
    pid_t warden;
    char directory[PATH_MAX];
    bool complete;
};

struct tally {
    size_t built, survivors, directories, queues, largest;
    int64_t building; /* nanoseconds the first lab took to be complete */
};

/* %s is this program: `forget` does what a program that wants to be rid of its past does. */
static const char script[] =
    "spawn idle count=4\n"
    "idle: open f notes; idle: write f x; idle2: pipe p; idle2: read p; idle3: open s notes stdio\n"
    "spawn deep; deep: fork e; e: fork f; f: fork g; g: sleep 3000000\n"
    "spawn pauses; pauses: pause\n"
    "spawn spins; spins: setpriority 19; spins: spin\n"
    "spawn stopped count=2; stopped: stop; stopped2: stop\n"
    "spawn vp; vp: vfork vc; vc: vfork vd; vd: pause\n"
    "spawn dead; dead: fork z count=3; z: exit 1; z2: _exit 2; z3: kill z3 KILL\n"
    "spawn leaves; leaves: fork orphan count=2; orphan: stop; leaves: exit\n"
    "spawn leader; leader: setsid; leader: fork member; member: pause\n"
    "spawn double; double: daemon dd; dd: fork dchild; dchild: stop\n"
    "spawn tracer; spawn traced; tracer: trace traced\n"
    "spawn deaf; deaf: ignore TERM; deaf: ignore HUP; deaf: ignore INT; deaf: pause\n"
    "spawn threads; threads: thread count=2; threads: thread exit-leader\n"
    "spawn waits; waits: fork waited; waits: waitpid waited\n"
    "spawn xsleep; xsleep: exec sleep 1000\n"
    "spawn xsh; xsh: exec sh -c \"sleep 1000 & (sleep 1000 & sleep 1000) & wait\"\n"
    "spawn xenv; xenv: exec sh -c \"env -i setsid sleep 1000 & wait\"\n"
    "spawn xforget; xforget: exec \"%s\" forget\n"
    "spawn other; other: setuid 65534; other: fork other2; other2: fork other3; other2: stop\n"
    "spawn term; term: tty; term: fork bg; bg: setpgid; bg: getline tty\n"
    "spawn reaper; reaper: subreaper on; reaper: double-fork adopted; reaper: sigchld handler\n"
    "reaper: rlimit nofile 3; reaper: fork few; few: block TERM; few: pause\n"
    "spawn xcat; xcat: exec cat\n"
    "spawn xyes; xyes: exec yes\n"
    "spawn queues; queues: mq q; queues: get q\n"
    "spawn boss; boss: pool p 2; boss: apply_async p sleep 1000000\n"
    "spawn shares; shares: mmap v i = 1; shares: sem s = 0; shares: alloc 1; shares: fork takes; takes: "
    "acquire s\n"
    "spawn port; port: udp u; port: recvfrom u; spawn tcp; tcp: listen l; tcp: accept l conn\n"
    "spawn father; father: fork son; father: daemonic son; son: handle USR1; father: join son 3000000\n"
    "waited: fork late count=2; late: setsid; late2: setpgid\n";

/* Then, over and over: births and ends for the kill to fall into. */
static const char churn[] = "idle: fork x count=2; x: setsid; x2: stop; signal x KILL; signal x2 KILL;"
                            "idle: waitpid x; idle: waitpid x2; idle4: mq q";

/* A grandchild in a session of its own, without descriptors and environment; its ancestors end. */
static int forget(void)
{
    if (fork() > 0)
        _exit(0);
    setsid();
    if (fork() > 0)
        _exit(0);
    clearenv();
    closefrom(0);
    for (;;)
        pause();
}

static void ignore_report(void *data, const struct lab_report *report)
{
    (void)data;
    if (report->kind == LAB_REPORT_REFUSED)
        fprintf(stderr, "# refused: %s: %s\n", report->text, report->words);
}

static char *programs_of_build(void)
{
    const char *forklore = getenv("FORKLORE");
    const char *slash = forklore ? strrchr(forklore, '/') : NULL;
    return slash ? xstrndup(forklore, (size_t)(slash - forklore)) : xstrdup(".");
}

/* The child process: a lab that works until it is killed. */
static void be_lab(struct told *told, bool sandbox)
{
    struct features features;
    struct lab *lab;
    struct lab_error error;
    char own[PATH_MAX] = "", *source;
    if (readlink("/proc/self/exe", own, sizeof own - 1) < 0)
        _exit(EXIT_FAILURE);
    source = xasprintf(script, own);
    if (features_probe(&features, getenv("FORKLORE_WITHOUT"), NULL) < 0)
        _exit(EXIT_FAILURE);
    struct lab_options options = {
        .features = &features,
        .listener = { .report = ignore_report },
        .limits = { .actors = 128 },
        .may_exec = true,
        .terminal = { .fd = -1 },
        .sandbox = sandbox,
        .programs = programs_of_build(),
    };
    if (lab_new(&lab, &options) < 0)
        _exit(EXIT_FAILURE);
    told->warden = lab->warden;
    snprintf(told->directory, sizeof told->directory, "%s", lab_directory(lab));
    __atomic_store_n(&told->mark, lab->mark, __ATOMIC_RELEASE);
    if (lab_submit(lab, source, &error) < 0) {
        fprintf(stderr, "# line %d, column %d: %s\n", error.line, error.column, error.text);
        _exit(EXIT_FAILURE);
    }
    for (;;) {
        struct pollfd ready = { .fd = lab_fd(lab), .events = POLLIN };
        poll(&ready, 1, -1);
        lab_dispatch(lab);
        if (lab_idle(lab)) {
            __atomic_store_n(&told->complete, true, __ATOMIC_RELEASE);
            lab_submit(lab, churn, &error);
        }
    }
}

static bool is_living_member(pid_t pid, rlim_t mark)
{
    struct process_storage storage;
    struct process process;
    unsigned long long limit;
    if (procfile_lock_limit(pid, &limit) < 0 || limit != mark || procfile_read(pid, &process, &storage) < 0)
        return false;
    return process.state != 'X' && (process.state != 'Z' || process.threads > 1);
}

/* Living processes of the whole machine with the mark; each is shown if `show`, and killed. */
static size_t count_family(rlim_t mark, bool show)
{
    size_t count = 0;
    DIR *proc = opendir("/proc");
    for (const struct dirent *entry; (entry = readdir(proc));) {
        pid_t pid = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0;
        if (pid == 0 || !is_living_member(pid, mark))
            continue;
        count++;
        if (show) {
            printf("# survivor: %d\n", (int)pid);
            kill(pid, SIGKILL);
        }
    }
    closedir(proc);
    return count;
}

static void pause_ms(unsigned ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * NS_PER_MS }, NULL);
}

static unsigned random_below(unsigned limit)
{
    unsigned number = 0;
    if (getrandom(&number, sizeof number, 0) != sizeof number || limit == 0)
        return 0;
    return number % limit;
}

/* Waits until a flag is set or the lab's process is no more. */
static bool await_flag(pid_t lab, const void *flag, bool (*is_set)(const void *flag))
{
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    while (!is_set(flag)) {
        if (clock_now() > deadline || waitpid(lab, NULL, WNOHANG) == lab)
            return false;
        pause_ms(1);
    }
    return true;
}

static bool mark_is_told(const void *told)
{
    return __atomic_load_n(&((const struct told *)told)->mark, __ATOMIC_ACQUIRE) != 0;
}

static bool is_complete(const void *told)
{
    return __atomic_load_n(&((const struct told *)told)->complete, __ATOMIC_ACQUIRE);
}

/* The warden does its work after the lab is gone; when it is gone too, whoever is left has survived. */
static size_t count_survivors(const struct told *told)
{
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    struct process_storage storage;
    struct process warden;
    while (clock_now() < deadline && procfile_read(told->warden, &warden, &storage) == 0 &&
           warden.state != 'Z')
        pause_ms(2);
    /* What was killed may still be on its way out. */
    while (clock_now() < deadline && count_family(told->mark, false) > 0)
        pause_ms(2);
    return count_family(told->mark, true);
}

/* Queues have a name for a moment, which an actor that is killed just then leaves to the warden. */
static bool queue_is_left(rlim_t mark)
{
    char name[64];
    snprintf(name, sizeof name, "/forklore-%llu", (unsigned long long)mark);
    mqd_t queue = mq_open(name, O_RDONLY | O_CLOEXEC);
    if (queue < 0)
        return false;
    mq_close(queue);
    return true;
}

static bool play_round(struct told *told, int round, bool whole, struct tally *tally)
{
    int64_t start = clock_now();
    *told = (struct told){ 0 };
    pid_t lab = fork();
    if (lab == 0)
        be_lab(told, round % 2);
    if (lab < 0 || !await_flag(lab, told, mark_is_told) || (whole && !await_flag(lab, told, is_complete))) {
        printf("# round %d: the lab did not come to work\n", round);
        return false;
    }
    if (round == 0)
        tally->building = clock_now() - start;
    pause_ms(random_below(whole ? CHURN_MS : (unsigned)(tally->building / NS_PER_MS)));
    size_t family = count_family(told->mark, false);
    kill(lab, SIGKILL);
    waitpid(lab, NULL, 0);
    tally->built += family;
    tally->largest = family > tally->largest ? family : tally->largest;
    tally->survivors += count_survivors(told);
    tally->directories += access(told->directory, F_OK) == 0;
    tally->queues += queue_is_left(told->mark);
    return !whole || family >= AT_LEAST;
}

int main(int argc, char **argv)
{
    struct tally tally = { 0 };
    bool fine = true;
    if (argc > 1 && strcmp(argv[1], "forget") == 0)
        return forget();
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS;
    struct told *told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED)
        return EXIT_FAILURE;
    printf("1..4\n");
    for (int round = 0; fine && round < rounds; round++)
        fine = play_round(told, round, round * 100 < rounds * WHOLE_SHARE, &tally);
    printf("# %d rounds, %zu processes killed with their labs, at most %zu at once, %zu survivors\n", rounds,
           tally.built, tally.largest, tally.survivors);
    printf("%s 1 - each lab was built and killed\n", fine ? "ok" : "not ok");
    printf("%s 2 - nobody outlived its lab\n", fine && tally.survivors == 0 ? "ok" : "not ok");
    printf("%s 3 - no directory was left\n", fine && tally.directories == 0 ? "ok" : "not ok");
    printf("%s 4 - no queue has a name\n", fine && tally.queues == 0 ? "ok" : "not ok");
    fine &= tally.survivors == 0 && tally.directories == 0 && tally.queues == 0;
    return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
