#include "lab/command_table.h"

#include "base/i18n.h"
#include "lab/expecting.h"
#include "lab/foreign.h"
#include "lab/orders.h"
#include "lab/pools.h"
#include "lab/remembered.h"
#include "lab/verbs.h"

#include <limits.h>
#include <string.h>

/* One row a command, by group; the shape of a rule is a word. */
/* clang-format off */
#define LAB              COMMAND_BY_LAB
#define ACTOR            COMMAND_BY_ACTOR
#define TAKES(...)       .arguments = { __VA_ARGS__ }
#define TAKES_NOTHING    TAKES({ .kind = ARGUMENT_NONE })
#define NAME             { .kind = ARGUMENT_NAME, .optional = true }
#define AN_ACTOR         { .kind = ARGUMENT_ACTOR }
#define GROUP            { .kind = ARGUMENT_GROUP, .optional = true, .absent = "0" }
#define NEW_THING        { .kind = ARGUMENT_NEW_THING }
#define THING(kinds)     { .kind = ARGUMENT_THING, .words = kinds }
#define TARGET           { .kind = ARGUMENT_TARGET, .words = "ifc" }
#define ELEMENT          { .kind = ARGUMENT_ELEMENT, .words = "nifc" }
#define EQUALS           { .kind = ARGUMENT_EQUALS }
#define SIGNAL           { .kind = ARGUMENT_SIGNAL }
#define FREE_SIGNAL      { .kind = ARGUMENT_SIGNAL, .words = "SIGURG" }
#define NUMBER(low, high)          { .kind = ARGUMENT_NUMBER, .min = low, .max = high }
#define OPTION(name, low, high, without)                                                                               \
    { .kind = ARGUMENT_NUMBER, .key = name, .min = low, .max = high, .optional = true, .absent = without }
#define COUNT(without)   OPTION("count", 1, COMMAND_COUNT_MAX, without)
#define YES_OR_NO(name)                                                                                                \
    { .kind = ARGUMENT_CHOICE, .key = name, .words = "yes|no", .optional = true, .absent = "yes" }
/* In another thread, which the actor waits for. */
#define IN_A_THREAD      { .kind = ARGUMENT_CHOICE, .key = "thread", .words = "yes|no", .optional = true, .absent = "no" }
#define A_POOL           { .kind = ARGUMENT_POOL }
#define MILLISECONDS     NUMBER(1, 3600 * 1000)
#define STATUS           { .kind = ARGUMENT_NUMBER, .min = INT_MIN, .max = INT_MAX, .optional = true, .absent = "0" }
#define CHOICE(list)     { .kind = ARGUMENT_CHOICE, .words = list }
#define BYTES_READ       { .kind = ARGUMENT_NUMBER, .min = 1, .max = 4096, .optional = true, .absent = "512" }
#define PORT_LIKE(type)  { .kind = ARGUMENT_PORT, .key = "port", .words = type, .optional = true, .absent = "0" }
#define SOCKET_OF(type)  { .kind = ARGUMENT_ADDRESS, .words = type }
#define PERHAPS(list)    { .kind = ARGUMENT_CHOICE, .words = list, .optional = true }

const struct command command_table[] = {
    /* life */
    { "spawn", LAB, COMMANDS_LIFE, "[NAME] [nice=N] [cpu=N] [count=N]", N_("start an actor: a child of forklore"),
      TAKES(NAME, OPTION("nice", -1000000, 1000000, NULL), { .kind = ARGUMENT_PIN, .key = "cpu", .optional = true },
        COUNT(NULL)), .run = verb_spawn },
    { "fork", ACTOR, COMMANDS_LIFE, "[NAME] [count=N]", N_("fork: the child is an actor too"),
      TAKES(NAME, COUNT(NULL)), .run = order_birth },
    { "race", ACTOR, COMMANDS_LIFE, "NAME N [yield]",
      N_("fork N times: count in NAME[0] how often the parent goes on first, in NAME[1] the child; yield: the parent yields"),
      TAKES(NEW_THING, NUMBER(1, 10000), PERHAPS("yield")) },
    { "zombies", ACTOR, COMMANDS_LIFE, "N", N_("fork so many children that end at once, and wait for none"),
      TAKES(NUMBER(1, LAB_ACTORS_MAX)) },
    { "vfork", ACTOR, COMMANDS_LIFE, "[NAME]", N_("vfork: the parent is in D until the child ends or execs"),
      TAKES(NAME), .run = order_birth },
    { "daemon", ACTOR, COMMANDS_LIFE, "[NAME]", N_("fork twice, with setsid between: the grandchild is an orphan"),
      TAKES(NAME), .run = order_birth },
    { "double-fork", ACTOR, COMMANDS_LIFE, "[NAME]",
      N_("fork, and the child forks and ends: the grandchild is an orphan"), TAKES(NAME), .run = order_birth },
    { "exec", ACTOR, COMMANDS_LIFE, "PROGRAM [ARGUMENT]...", N_("become another program, which takes no commands"),
      TAKES({ .kind = ARGUMENT_TEXT }, { .kind = ARGUMENT_ANY, .repeats = true, .optional = true }),
      .run = verb_exec },
    { "send", LAB, COMMANDS_LIFE, "ACTOR TEXT", N_("send a line to the standard input of the program it has exec'd"),
      TAKES(AN_ACTOR, { .kind = ARGUMENT_ANY }), .run = verb_send, .for_program = true },
    { "close_input", LAB, COMMANDS_LIFE, "ACTOR", N_("close the standard input of the program it has exec'd: end of file"),
      TAKES(AN_ACTOR), .run = verb_close_input, .for_program = true },
    { "exit", ACTOR, COMMANDS_LIFE, "[STATUS]", N_("end with this status"), TAKES(STATUS), .waits = true },
    { "_exit", ACTOR, COMMANDS_LIFE, "[STATUS]", N_("end at once: no atexit functions, no flushing"), TAKES(STATUS) },

    { "abort", ACTOR, COMMANDS_LIFE, "", N_("end by SIGABRT"), TAKES_NOTHING },
    { "segv", ACTOR, COMMANDS_LIFE, "[thread=yes|no]",
      N_("write where no memory is: SIGSEGV; with thread=yes, another thread of it does"), TAKES(IN_A_THREAD) },
    { "getpid", ACTOR, COMMANDS_LIFE, "", N_("ask the kernel for its own pid"), TAKES_NOTHING },
    { "getppid", ACTOR, COMMANDS_LIFE, "", N_("ask the kernel for its parent's pid"), TAKES_NOTHING },
    { "setuid", ACTOR, COMMANDS_LIFE, "USER|unused", N_("become another user, by name or number, or one that no process has: for ever"),
      TAKES({ .kind = ARGUMENT_TEXT }) },
    { "rlimit", ACTOR, COMMANDS_LIFE, "nproc|more-nproc|cpu|nofile|core|nice N",
      N_("set a limit of its own: processes of its user (more-nproc: so many more than it has now), seconds of CPU time, "
        "descriptors, bytes of a core dump, how low its nice value may be set: 20 - N"),
      TAKES(CHOICE("nproc|more-nproc|cpu|nofile|core|nice"), NUMBER(0, 1000000000)) },

    /* waiting */
    { "wait", ACTOR, COMMANDS_WAITING, "", N_("wait for any child to end"), TAKES_NOTHING, .waits = true },
    { "waitpid", ACTOR, COMMANDS_WAITING, "ACTOR|-1 [WNOHANG] [WUNTRACED]",
      N_("wait for this child, or any, to end, WUNTRACED: or to stop"),
      TAKES({ .kind = ARGUMENT_CHILD }, PERHAPS("WNOHANG|WUNTRACED"), PERHAPS("WNOHANG|WUNTRACED")),
      .waits = true },
    { "join", ACTOR, COMMANDS_WAITING, "ACTOR MS", N_("wait for this child, for so many milliseconds at most"),
      TAKES(AN_ACTOR, MILLISECONDS), .waits = true },
    { "sigchld", ACTOR, COMMANDS_WAITING, "ignore|default|handler|handler-once",
      N_("ignored: its children leave no zombies; a handler waits for all that have ended, or for one a signal"),
      TAKES(CHOICE("ignore|default|handler|handler-once")) },
    { "reap", LAB, COMMANDS_WAITING, "ACTOR", N_("forklore waits for its own child"), TAKES(AN_ACTOR), .run = verb_reap },

    /* states */
    { "stop", ACTOR, COMMANDS_STATES, "", N_("stop itself by SIGSTOP"), TAKES_NOTHING },
    { "cont", LAB, COMMANDS_STATES, "ACTOR", N_("forklore sends SIGCONT: what is stopped goes on"), TAKES(AN_ACTOR),
      .run = verb_cont },
    { "pause", ACTOR, COMMANDS_STATES, "", N_("sleep until a signal comes"), TAKES_NOTHING },
    { "sleep", ACTOR, COMMANDS_STATES, "MS", N_("sleep for so many milliseconds"), TAKES(MILLISECONDS) },
    { "spin", ACTOR, COMMANDS_STATES, "[MS]", N_("use the CPU, for so many milliseconds or until it is interrupted"),
      TAKES({ .kind = ARGUMENT_NUMBER, .min = 1, .max = 3600 * 1000, .optional = true }), .spins = true },
    { "work", ACTOR, COMMANDS_STATES, "MS [thread=yes|no]",
      N_("use so many milliseconds of CPU time, and tell how many passed; thread=yes: another thread of it does"),
      TAKES(MILLISECONDS, IN_A_THREAD), .spins = true },
    { "yield", ACTOR, COMMANDS_STATES, "", N_("give the CPU to whoever else is ready"), TAKES_NOTHING },
    { "thread", ACTOR, COMMANDS_STATES, "[exit-leader] [count=N]",
      N_("start threads; exit-leader: and end the first one"), TAKES(COUNT("1"), PERHAPS("exit-leader")) },
    { "mlock", ACTOR, COMMANDS_STATES, "", N_("lock memory into RAM"), TAKES_NOTHING },
    { "trace", ACTOR, COMMANDS_STATES, "ACTOR", N_("trace it, as a debugger does: it stops, in t"), TAKES(AN_ACTOR),
      .waits = true },
    { "untrace", ACTOR, COMMANDS_STATES, "ACTOR", N_("let it go on"), TAKES(AN_ACTOR) },
    { "ptracer", ACTOR, COMMANDS_STATES, "ACTOR", N_("allow that one to trace it, where Yama asks"), TAKES(AN_ACTOR) },

    /* groups */
    { "setsid", ACTOR, COMMANDS_GROUPS, "", N_("lead a new session"), TAKES_NOTHING },
    { "setpgid", ACTOR, COMMANDS_GROUPS, "[ACTOR|0] [ACTOR|0]", N_("move a process (0: itself) to a process group"),
      TAKES(GROUP, GROUP) },
    { "tty", ACTOR, COMMANDS_GROUPS, "[NAME]", N_("lead a session with a terminal of its own"),
      TAKES({ .kind = ARGUMENT_NEW_THING, .optional = true, .absent = "tty" }) },
    { "foreground", ACTOR, COMMANDS_GROUPS, "ACTOR", N_("give the terminal to the process group of that one"),
      TAKES(AN_ACTOR) },
    { "getline", ACTOR, COMMANDS_GROUPS, "NAME", N_("read a line from its terminal: in the background it stops"),
      TAKES(THING("d")) },
    { "type", ACTOR, COMMANDS_GROUPS, "NAME TEXT", N_("type on its terminal, \\x03 is Ctrl-C, \\x1a Ctrl-Z"),
      TAKES(THING("d"), { .kind = ARGUMENT_TEXT }) },
    { "subreaper", ACTOR, COMMANDS_GROUPS, "on|off", N_("adopt what is orphaned among its descendants"),
      TAKES(CHOICE("on|off")) },
    { "daemonic", ACTOR, COMMANDS_GROUPS, "ACTOR",
      N_("tie a child to itself, as Process(daemon=True): its exit ends the child"), TAKES(AN_ACTOR) },

    /* priority */
    { "nice", ACTOR, COMMANDS_PRIORITY, "N", N_("add N to its own nice value"), TAKES(NUMBER(-1000000, 1000000)) },
    { "setpriority", ACTOR, COMMANDS_PRIORITY, "N", N_("set its own nice value"), TAKES(NUMBER(-1000000, 1000000)) },
    { "renice", LAB, COMMANDS_PRIORITY, "ACTOR N", N_("forklore sets its nice value"),
      TAKES(AN_ACTOR, NUMBER(-1000000, 1000000)), .run = verb_renice },
    { "sched", ACTOR, COMMANDS_PRIORITY, "other|batch|idle|fifo|rr [PRIORITY]", N_("set its scheduling policy"),
      TAKES(CHOICE("other|batch|idle|fifo|rr"), { .kind = ARGUMENT_NUMBER, .min = 0, .max = 99, .optional = true }) },
    { "cpu", ACTOR, COMMANDS_PRIORITY, "N|all", N_("run on this CPU only"), TAKES({ .kind = ARGUMENT_CPU }) },

    { "cpushare", LAB, COMMANDS_PRIORITY, "ACTOR... for T",
      N_("measure how they share the CPU, beside what the kernel's weights predict"),
      TAKES({ .kind = ARGUMENT_ACTOR, .repeats = true }, { .kind = ARGUMENT_SPAN, .lead = "for" }), .run = verb_cpushare },

    /* memory */
    { "let", ACTOR, COMMANDS_MEMORY, "NAME|NAME[I] = VALUE",
      N_("set a variable of its own, a number or a text, or what lies in shared memory"),
      TAKES(TARGET, EQUALS, { .kind = ARGUMENT_VALUE }) },
    { "add", ACTOR, COMMANDS_MEMORY, "NAME|NAME[I] N [times=K] [lock=yes] [thread=yes]",
      N_("add to a number, so many times; with lock=yes, it takes the lock for each; thread=yes: another thread of it does"),
      TAKES(ELEMENT, NUMBER(-1000000, 1000000), OPTION("times", 1, 100000000, "1"),
        { .kind = ARGUMENT_LOCK, .key = "lock", .optional = true, .absent = "no" }, IN_A_THREAD) },
    { "show", ACTOR, COMMANDS_MEMORY, "NAME|NAME[I]", N_("tell where it is and what it is worth"),
      TAKES(THING("ntlifcb")) },
    { "list", ACTOR, COMMANDS_MEMORY, "NAME = [N,N,...]", N_("make a list of numbers of its own"),
      TAKES(NEW_THING, EQUALS, { .kind = ARGUMENT_LIST }) },
    { "call", ACTOR, COMMANDS_MEMORY, "append|rebind LIST N",
      N_("call a function with the list: one appends to it, one assigns another to its parameter"),
      TAKES(CHOICE("append|rebind"), THING("l"), NUMBER(-1000000000, 1000000000)) },
    { "alloc", ACTOR, COMMANDS_MEMORY, "MB [NAME]", N_("allocate memory of its own and write to every page of it"),
      TAKES(NUMBER(1, 256), { .kind = ARGUMENT_NEW_THING, .optional = true, .absent = "heap" }) },
    { "touch", ACTOR, COMMANDS_MEMORY, "MB [NAME]",
      N_("write to every page of its first megabytes: each that fork has shared is copied"),
      TAKES(NUMBER(1, 256), { .kind = ARGUMENT_THING, .words = "b", .optional = true, .absent = "heap" }) },
    { "mmap", ACTOR, COMMANDS_MEMORY, "NAME TYPE [= VALUE]|NAME TYPE[N]",
      N_("map memory to share with its children: an int (i), a float (f) or a byte (c) and a lock, or N of them"),
      TAKES(NEW_THING, { .kind = ARGUMENT_SHAPE }, { .kind = ARGUMENT_EQUALS, .optional = true },
        { .kind = ARGUMENT_VALUE, .optional = true }) },

    { "transfer", ACTOR, COMMANDS_MEMORY, "NAME N PIPE|QUEUE|MEMORY",
      N_("pass N numbers to a child through it, and keep the microseconds that took"),
      TAKES(NEW_THING, NUMBER(1, 1000000), THING("pqi")), .spins = true },

    /* semaphores */
    { "sem", ACTOR, COMMANDS_SEMAPHORES, "NAME = N", N_("make a semaphore that its children will share"),
      TAKES(NEW_THING, EQUALS, NUMBER(0, INT_MAX)) },
    { "acquire", ACTOR, COMMANDS_SEMAPHORES, "NAME [timeout=MS] [block=no]",
      N_("take one from a semaphore, or take a lock: wait while it is at 0"),
      TAKES(THING("mifc"), OPTION("timeout", 1, 3600 * 1000, "0"),
        { .kind = ARGUMENT_CHOICE, .key = "block", .words = "yes|no", .optional = true, .absent = "yes" }) },
    { "release", ACTOR, COMMANDS_SEMAPHORES, "NAME", N_("give one back to a semaphore, or give up a lock"),
      TAKES(THING("mifc")) },
    { "getvalue", ACTOR, COMMANDS_SEMAPHORES, "NAME", N_("ask what a semaphore or a lock is at"),
      TAKES(THING("mifc")) },

    /* files */
    { "open", ACTOR, COMMANDS_FILES, "NAME PATH [stdio]",
      N_("open or make a file in the lab's own directory; stdio: with a buffer in its memory"),
      TAKES(NEW_THING, { .kind = ARGUMENT_TEXT }, PERHAPS("stdio")) },
    { "read", ACTOR, COMMANDS_FILES, "NAME [N]", N_("read so many bytes at most, 512 if not said"),
      TAKES(THING("dFps"), BYTES_READ) },
    { "write", ACTOR, COMMANDS_FILES, "NAME TEXT [bytes=N]",
      N_("write a text, or so many bytes of it over and over"),
      TAKES(THING("dFps"), { .kind = ARGUMENT_TEXT }, OPTION("bytes", 1, 1048576, "0")) },
    { "seek", ACTOR, COMMANDS_FILES, "NAME N", N_("set the file's offset"),
      TAKES(THING("dFps"), NUMBER(0, 1000000000)) },
    { "flush", ACTOR, COMMANDS_FILES, "NAME", N_("write out what is in the buffer of stdio"), TAKES(THING("F")) },
    { "close", ACTOR, COMMANDS_FILES, "NAME", N_("close a file, a socket, a pipe or, as in p[1], one end of it"),
      TAKES(THING("dFpsq")) },

    /* pipes */
    { "pipe", ACTOR, COMMANDS_PIPES, "NAME [duplex]",
      N_("make a pipe: NAME[0] is read, NAME[1] written; duplex: a pair of sockets, each is both"),
      TAKES(NEW_THING, PERHAPS("duplex")) },

    /* sockets */
    { "udp", ACTOR, COMMANDS_SOCKETS, "NAME [port=N|ACTOR.SOCKET]", N_("make a socket for datagrams on 127.0.0.1"),
      TAKES(NEW_THING, PORT_LIKE("udp")) },
    { "sendto", ACTOR, COMMANDS_SOCKETS, "NAME ACTOR.SOCKET|PORT TEXT", N_("send a datagram to another actor's socket"),
      TAKES(THING("s"), SOCKET_OF("udp"), { .kind = ARGUMENT_TEXT }) },
    { "recvfrom", ACTOR, COMMANDS_SOCKETS, "NAME [N]", N_("receive a datagram, and learn who sent it"),
      TAKES(THING("s"), BYTES_READ) },
    { "listen", ACTOR, COMMANDS_SOCKETS, "NAME [port=N|ACTOR.SOCKET]",
      N_("make a socket that takes connections on 127.0.0.1"), TAKES(NEW_THING, PORT_LIKE("tcp")) },
    { "connect", ACTOR, COMMANDS_SOCKETS, "NAME ACTOR.SOCKET|PORT",
      N_("make a socket, and connect it to one that listens"), TAKES(NEW_THING, SOCKET_OF("tcp")) },
    { "accept", ACTOR, COMMANDS_SOCKETS, "NAME NEW", N_("take a connection: a new socket"),
      TAKES(THING("s"), NEW_THING) },

    /* queues */
    { "mq", ACTOR, COMMANDS_QUEUES, "NAME [max=N]", N_("make a POSIX message queue: mq_open, and mq_unlink at once"),
      TAKES(NEW_THING, OPTION("max", 0, 100000, "10")) },
    { "put", ACTOR, COMMANDS_QUEUES, "QUEUE TEXT [block=yes|no] [timeout=MS]",
      N_("put a message into a queue; a full one blocks"),
      TAKES(THING("q"), { .kind = ARGUMENT_ANY }, YES_OR_NO("block"), OPTION("timeout", 0, 3600 * 1000, "")) },
    { "get", ACTOR, COMMANDS_QUEUES, "QUEUE [NAME] [block=yes|no] [timeout=MS]",
      N_("take the first message out of a queue, into a variable; an empty one blocks"),
      TAKES(THING("q"), { .kind = ARGUMENT_NEW_THING, .optional = true, .absent = "" }, YES_OR_NO("block"), OPTION("timeout", 0, 3600 * 1000, "")) },
    { "qsize", ACTOR, COMMANDS_QUEUES, "QUEUE", N_("ask how many messages are in a queue"), TAKES(THING("q")) },

    /* signals */
    { "kill", ACTOR, COMMANDS_SIGNALS, "ACTOR SIGNAL", N_("send a signal"), TAKES(AN_ACTOR, SIGNAL) },
    { "signal", LAB, COMMANDS_SIGNALS, "ACTOR SIGNAL", N_("forklore sends a signal"), TAKES(AN_ACTOR, SIGNAL),
      .run = verb_signal },
    { "handle", ACTOR, COMMANDS_SIGNALS, "SIGNAL",
      N_("catch a signal with a handler that tells of it; calls return EINTR: no SA_RESTART"), TAKES(FREE_SIGNAL) },
    { "ignore", ACTOR, COMMANDS_SIGNALS, "SIGNAL", N_("ignore a signal"), TAKES(FREE_SIGNAL) },
    { "default", ACTOR, COMMANDS_SIGNALS, "SIGNAL", N_("let a signal have its default effect again"),
      TAKES(FREE_SIGNAL) },
    { "block", ACTOR, COMMANDS_SIGNALS, "SIGNAL", N_("block a signal: it stays pending until it is unblocked"),
      TAKES(FREE_SIGNAL) },
    { "unblock", ACTOR, COMMANDS_SIGNALS, "SIGNAL", N_("unblock a signal: what was pending comes"),
      TAKES(FREE_SIGNAL) },
    { "raise", ACTOR, COMMANDS_SIGNALS, "SIGNAL", N_("send itself a signal"), TAKES(SIGNAL) },
    { "alarm", ACTOR, COMMANDS_SIGNALS, "SECONDS",
      N_("have SIGALRM sent to itself after so many seconds, 0: no more; tell how many were left of the one before"),
      TAKES(NUMBER(0, 3600)) },
    { "signals", LAB, COMMANDS_SIGNALS, "ACTOR", N_("print which signals are pending, blocked, ignored and caught"),
      TAKES(AN_ACTOR), .run = verb_signals },
    { "interrupt", LAB, COMMANDS_SIGNALS, "ACTOR", N_("release it from the call it is blocked in: EINTR"),
      TAKES(AN_ACTOR), .run = verb_interrupt },

    /* a pool of workers */
    { "worker", ACTOR, COMMANDS_POOL, "TASKS RESULTS",
      N_("take tasks such as '0 square 7' from one queue, put results into another; exit at 'stop'"),
      TAKES(THING("q"), THING("q")) },
    { "pool", ACTOR, COMMANDS_POOL, "NAME N", N_("make queues NAMEt and NAMEr, and fork workers NAME1 to NAMEN"),
      TAKES({ .kind = ARGUMENT_NEW_POOL }, NUMBER(1, POOL_WORKERS_MAX)), .run = verb_pool },
    { "apply", ACTOR, COMMANDS_POOL, "POOL FUNCTION N", N_("give the pool a task and wait for its result"),
      TAKES(A_POOL, { .kind = ARGUMENT_TEXT }, { .kind = ARGUMENT_TEXT }), .run = verb_apply },
    { "apply_async", ACTOR, COMMANDS_POOL, "POOL FUNCTION N", N_("give the pool a task and go on"),
      TAKES(A_POOL, { .kind = ARGUMENT_TEXT }, { .kind = ARGUMENT_TEXT }), .run = verb_apply_async },
    { "map", ACTOR, COMMANDS_POOL, "POOL FUNCTION [N,N,...]",
      N_("give the pool a task for each number, and wait for all results"),
      TAKES(A_POOL, { .kind = ARGUMENT_TEXT }, { .kind = ARGUMENT_LIST }), .run = verb_map },
    { "result", ACTOR, COMMANDS_POOL, "POOL [count=N]",
      N_("take so many results: in the order of their tasks they become a list of the pool's name"),
      TAKES(A_POOL, OPTION("count", 1, 32, "1")), .run = verb_result },
    { "pool_close", ACTOR, COMMANDS_POOL, "POOL", N_("tell its workers to stop when the tasks are done"),
      TAKES(A_POOL), .run = verb_pool_close },
    { "pool_join", ACTOR, COMMANDS_POOL, "POOL", N_("wait for each worker of a closed pool to end"),
      TAKES(A_POOL), .run = verb_pool_join },

    { "churn", ACTOR, COMMANDS_POOL, "NAME N [reuse=yes|no]",
      N_("make and reap N children, or give N tasks to one, and keep the microseconds that took"),
      TAKES(NEW_THING, NUMBER(1, 100000),
        { .kind = ARGUMENT_CHOICE, .key = "reuse", .words = "yes|no", .optional = true, .absent = "no" }),
      .spins = true },

    /* the lab */
    { "kill", LAB, COMMANDS_LAB, "all", N_("kill every actor and all that came of them"), TAKES(CHOICE("all")),
      .run = verb_kill_all },
    { "tree", LAB, COMMANDS_LAB, "[ACTOR]", N_("print the actors, or one and its descendants"),
      TAKES({ .kind = ARGUMENT_ACTOR, .optional = true }), .run = verb_tree },
    { "limits", LAB, COMMANDS_LAB, "", N_("print the limits in force"), TAKES_NOTHING, .run = verb_limits },
    { "settle", LAB, COMMANDS_LAB, "MS", N_("let so much time pass before the next command"), TAKES(MILLISECONDS),
      .run = verb_settle },
    { "stopwatch", LAB, COMMANDS_LAB, "", N_("start a clock: lab.stopwatch tells the milliseconds since then"),
      TAKES_NOTHING, .run = verb_stopwatch },
    { "remember", LAB, COMMANDS_LAB, "NAME = TERM", N_("keep what a field is worth now: as lab.NAME"),
      TAKES({ .kind = ARGUMENT_NEW_VALUE }, EQUALS, { .kind = ARGUMENT_TERM }), .run = verb_remember },
    { "expect", LAB, COMMANDS_LAB, "TERM OP TERM|OBJECT exists|OBJECT gone [within T]",
      N_("claim what the kernel must show within 2 s, or T"), TAKES({ .kind = ARGUMENT_EXPECTATION, .repeats = true }),
      .run = verb_expect },
};
/* clang-format on */

const size_t command_count = sizeof command_table / sizeof *command_table;

const struct command *command_find(const char *verb, enum command_by by)
{
    for (size_t i = 0; i < command_count; i++)
        if (command_table[i].by == by && strcmp(command_table[i].verb, verb) == 0)
            return &command_table[i];
    return NULL;
}

const char *command_group_title(enum command_group group)
{
    static const char *const titles[COMMAND_GROUP_COUNT] = {
        [COMMANDS_LIFE] = N_("Life"),           [COMMANDS_WAITING] = N_("Waiting"),
        [COMMANDS_STATES] = N_("States"),       [COMMANDS_GROUPS] = N_("Sessions and groups"),
        [COMMANDS_PRIORITY] = N_("Priority"),   [COMMANDS_MEMORY] = N_("Memory"),
        [COMMANDS_FILES] = N_("Files"),         [COMMANDS_PIPES] = N_("Pipes"),
        [COMMANDS_QUEUES] = N_("Queues"),       [COMMANDS_SEMAPHORES] = N_("Semaphores"),
        [COMMANDS_SIGNALS] = N_("Signals"),     [COMMANDS_SOCKETS] = N_("Sockets"),
        [COMMANDS_POOL] = N_("A pool of workers"), [COMMANDS_LAB] = N_("The lab"),
    };
    return titles[group];
}

bool command_is_verb(const char *word)
{
    return command_find(word, COMMAND_BY_ACTOR) || command_find(word, COMMAND_BY_LAB);
}
