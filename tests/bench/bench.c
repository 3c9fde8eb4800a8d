/* bench [--sizes N,N...] [--rounds N] [--presses N] [--only NAME] [--output FILE]
 *
 * What a refresh costs, for Forklore and for others, in crowds of sleeping processes; and how long a key
 * press takes to be seen meanwhile. All contestants are measured in turn inside one crowd, several rounds of
 * it: only figures of one round are comparable. Costs are user and kernel CPU time together, at each
 * program's own pace.
 *
 * The crowd's processes and the contestants die with us, kernel.pid_max and the scratch directory are put
 * back by the guard: nothing is left behind, however this program ends. */
#include "base/memory.h"
#include "guard.h"
#include "rounds.h"
#include "table.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SIZES = 16, CROWD_REFUSED = 3, INSIDE = 'I' };

struct bench {
    int sizes[MOST_SIZES], size_count;
    int rounds, presses;
    const char *only, *output;
    char *scratch;
    char self[PATH_MAX];
    int pid_max; /* as it was found */
    FILE *file;
};

static void say(struct bench *bench, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* To the terminal and into the file. */
static void say(struct bench *bench, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    vprintf(format, list);
    vfprintf(bench->file, format, again);
    va_end(again);
    va_end(list);
    fflush(stdout);
    fflush(bench->file);
}

static long available_kib(void)
{
    char line[128];
    long kib = LONG_MAX;
    FILE *file = fopen("/proc/meminfo", "re");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "MemAvailable: %ld kB", &kib) == 1)
            break;
    if (file)
        fclose(file);
    return kib;
}

/* Says so and returns false when the crowd cannot be had. A sleeping process takes about 0.14 MiB; one in
 * twenty brings 3 to 22 threads, which need numbers too. */
static bool make_room(struct bench *bench, int size)
{
    long need_kib = size * 144L + 512 * 1024;
    int need_pids = size * 2 + 4096;
    if (available_kib() < need_kib) {
        say(bench, "%d processes: left out, they take %ld MiB of memory\n\n", size, need_kib / 1024);
        return false;
    }
    if (need_pids > bench->pid_max && pid_max_write(need_pids) < 0) {
        say(bench, "%d processes: left out, kernel.pid_max is %d and only root may raise it\n\n", size,
            bench->pid_max);
        return false;
    }
    return true;
}

/* Only there does a sweep take long enough for key presses to fall into it. */
static int largest(const struct bench *bench)
{
    int size = 0;
    for (int i = 0; i < bench->size_count; i++)
        if (bench->sizes[i] > size)
            size = bench->sizes[i];
    return size;
}

static void exec_crowd(struct bench *bench, int size, int out)
{
    pid_t parent = getppid();
    char numbers[5][16];
    const int values[] = { size, bench->rounds, size == largest(bench) ? bench->presses : 0, out };
    for (int i = 0; i < 4; i++)
        snprintf(numbers[i], sizeof numbers[i], "%d", values[i]);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == parent)
        execlp("crowd", "crowd", numbers[0], bench->self, "--inside", bench->scratch, bench->only, numbers[0],
               numbers[1], numbers[2], numbers[3], NULL);
    perror("crowd");
    _exit(127);
}

static void take_results(struct figures *figures, int in)
{
    struct result result;
    ssize_t count;
    while ((count = read(in, &result, sizeof result)) == sizeof result || (count < 0 && errno == EINTR)) {
        if (count < 0)
            continue;
        if (result.kind == RESULT_PROCESSES)
            figures->processes = (int)result.value;
        else if (result.kind == RESULT_COST)
            figures->cost[result.contestant][result.round] = result.value;
        else if (figures->latency_count < LATENCY_MOST)
            figures->latencies[figures->latency_count++] = result.value;
    }
}

/* Measures one crowd; 0, the crowd's exit status, or -errno. */
static int measure_crowd(struct bench *bench, struct figures *figures)
{
    int ends[2], status;
    if (pipe(ends) < 0)
        return -errno;
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        exec_crowd(bench, figures->size, ends[1]);
    }
    close(ends[1]);
    if (pid > 0)
        take_results(figures, ends[0]);
    close(ends[0]);
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        return -errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -EIO;
}

static int bench_size(struct bench *bench, int size)
{
    struct figures *figures = xcalloc(1, sizeof *figures);
    figures->size = size;
    figures->rounds = bench->rounds;
    for (int i = 0; i < MOST_CONTESTANTS; i++)
        for (int round = 0; round < MOST_ROUNDS; round++)
            figures->cost[i][round] = NAN;
    int r = make_room(bench, size) ? measure_crowd(bench, figures) : 0;
    if (r == CROWD_REFUSED)
        say(bench, "%d processes: left out, this system allows fewer\n\n", size);
    else if (r != 0)
        say(bench, "%d processes: the measurement broke off\n\n", size);
    else if (figures->processes > 0) {
        table_print(stdout, figures);
        table_print(bench->file, figures);
        fflush(stdout);
        fflush(bench->file);
    }
    free(figures);
    return r == 0 || r == CROWD_REFUSED ? 0 : 1;
}

static int bench_run(struct bench *bench)
{
    struct utsname system;
    int status = 0;
    uname(&system);
    say(bench, "user+sys CPU on Linux %s, %ld CPUs\n\n", system.release, sysconf(_SC_NPROCESSORS_ONLN));
    for (int i = 0; i < bench->size_count; i++)
        status |= bench_size(bench, bench->sizes[i]);
    return status;
}

/* `bench --inside HOME ONLY SIZE ROUNDS PRESSES FD`: what crowd starts. */
static int run_inside(char **values)
{
    struct rounds rounds = {
        .home = values[0],
        .only = values[1],
        .size = atoi(values[2]),
        .count = atoi(values[3]),
        .presses = atoi(values[4]),
        .out = atoi(values[5]),
    };
    return rounds_run(&rounds);
}

static int parse_sizes(struct bench *bench, const char *list)
{
    bench->size_count = 0;
    for (char *end; bench->size_count < MOST_SIZES; list = end + 1) {
        long size = strtol(list, &end, 10);
        if (end == list || size < 1 || size > 1000000 || (*end && *end != ','))
            return -EINVAL;
        bench->sizes[bench->size_count++] = (int)size;
        if (!*end)
            return 0;
    }
    return -E2BIG;
}

static int usage(void)
{
    fprintf(stderr,
            "usage: bench [--sizes N,N...] [--rounds 1-%d] [--presses 0-%d] [--only NAME] [--output FILE]\n",
            MOST_ROUNDS, LATENCY_MOST);
    return 2;
}

static bool parse_options(struct bench *bench, int argc, char **argv)
{
    static const struct option options[] = {
        { "sizes", required_argument, NULL, 's' },   { "rounds", required_argument, NULL, 'r' },
        { "presses", required_argument, NULL, 'p' }, { "only", required_argument, NULL, 'n' },
        { "output", required_argument, NULL, 'o' },  { 0 },
    };
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 's' && parse_sizes(bench, optarg) == 0)
            continue;
        else if (option == 'r' && (bench->rounds = atoi(optarg)) >= 1 && bench->rounds <= MOST_ROUNDS)
            continue;
        else if (option == 'p' && (bench->presses = atoi(optarg)) >= 0 && bench->presses <= LATENCY_MOST)
            continue;
        else if (option == 'n')
            bench->only = optarg;
        else if (option == 'o')
            bench->output = optarg;
        else
            return false;
    }
    return optind == argc;
}

/* The programs of the build tree are found first: ours stand beside us, forklore two folders up. */
static int find_programs(struct bench *bench)
{
    ssize_t length = readlink("/proc/self/exe", bench->self, sizeof bench->self - 1);
    if (length < 0)
        return -errno;
    bench->self[length] = '\0';
    char *folder = xstrdup(bench->self);
    *strrchr(folder, '/') = '\0';
    char *path =
        xasprintf("%s:%s/../..:%s", folder, folder, getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
    setenv("PATH", path, 1);
    free(path);
    free(folder);
    return 0;
}

static int prepare(struct bench *bench, struct guard *guard)
{
    const char *folder = getenv("TMPDIR");
    bench->scratch = xasprintf("%s/forklore-bench-XXXXXX", folder && *folder ? folder : "/tmp");
    bench->pid_max = pid_max_read();
    if (bench->pid_max < 0)
        return bench->pid_max;
    if (!mkdtemp(bench->scratch) || !(bench->file = fopen(bench->output, "we")))
        return -errno;
    int r = guard_start(guard, bench->pid_max, bench->scratch);
    return r < 0 ? r : contestants_configure(bench->scratch);
}

int main(int argc, char **argv)
{
    struct bench bench = { .sizes = { 100, 1000, 10000, 30000 },
                           .size_count = 4,
                           .rounds = 3,
                           .presses = 300,
                           .only = "",
                           .output = "bench.txt" };
    struct guard guard;
    if (argc == 8 && strcmp(argv[1], "--inside") == 0)
        return run_inside(&argv[2]);
    if (!parse_options(&bench, argc, argv))
        return usage();
    int r = find_programs(&bench);
    if (r == 0)
        r = prepare(&bench, &guard);
    if (r < 0) {
        fprintf(stderr, "bench: %s\n", strerror(-r));
        return 1;
    }
    int status = bench_run(&bench);
    fclose(bench.file);
    guard_release(&guard);
    free(bench.scratch);
    return status;
}
