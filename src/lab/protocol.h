/* What the lab and its programs, forklore-actor and forklore-warden, say to each other over SOCK_SEQPACKET
 * sockets: one datagram is one message, each of its fields ends with a NUL. This header is all that the
 * programs know of Forklore, so it needs nothing but libc.
 *
 * To an actor, first of all: NAME MARK LAB-PID NOFILE CPU-SECONDS DIRECTORY, who it is to be, and where. Then
 * orders: SEQ ACT ARG... With an order to exec may come three descriptors: the standard files of the other
 * program.
 *
 * From an actor: one of enum protocol_report; the first field is its one letter. The kernel stamps every
 * message with the true pid of its sender (SCM_CREDENTIALS).
 *
 * To the warden, four messages: MARK; a struct termios, or one NUL for none; the bytes that restore the
 * terminal; the lab's private directory. After that, one of enum protocol_word at a time.
 *
 * From the warden: PROTOCOL_READY once, PROTOCOL_SWEPT after each PROTOCOL_SWEEP. */
#pragma once

#include <stddef.h>

enum {
    PROTOCOL_LIFELINE_FD = 100, /* read end of the pipe whose only writer is the lab; not close-on-exec */
    PROTOCOL_CONTROL_FD = 101,  /* the socket */
    PROTOCOL_TERMINAL_FD = 102, /* the warden's duplicate of the terminal, if there is one */
    PROTOCOL_FIRST_FREE_FD = 103,
    PROTOCOL_MESSAGE_MAX = 8192,
    PROTOCOL_FIELDS_MAX = 160,
    PROTOCOL_QUEUE_TEXT_MAX = 256, /* bytes of a message in a queue */
};

/* With the mark behind it: the one name that message queues of a lab have, from mq_open() to the mq_unlink() right
 * after it. Whoever finds it later removes it, at last the warden. */
#define PROTOCOL_QUEUE_NAME "/forklore-"

/* A pool has two queues; their names are its own with these behind it. */
#define PROTOCOL_POOL_TASKS   "t"
#define PROTOCOL_POOL_RESULTS "r"

enum protocol_report {
    /* NAME CALL: registers. CALL is what it returned from, "fork()"; empty when spawned. A forked child sends
     * it over its parent's socket with its own socket attached. */
    PROTOCOL_HELLO = 'H',
    PROTOCOL_ENTER = 'B', /* SEQ CALL MANNER LIMIT: about to enter a call that may not return soon. LIMIT: it
                             returns by itself after so many milliseconds; 0: no such promise */
    PROTOCOL_CALL = 'C',  /* SEQ VALUE ERRNO CALL STATUS PEER: it returned VALUE, decimal, or an address, 0x and
                             hexadecimal. STATUS: a wait status, or empty. PEER: the socket at the other
                             side, its type (socket(2)) and port: "2 40123"; or empty */
    PROTOCOL_BIRTH = 'F', /* the same; VALUE is the pid of a child that registers itself */
    PROTOCOL_DONE = 'R',  /* SEQ: the order is carried out */
    PROTOCOL_SAYS = 'S',  /* SEQ TEXT WORDS: what it did or sees without a call; both its own word */
    PROTOCOL_THING = 'O', /* NAME KIND NUMBER COUNT: it has this thing now, enum protocol_thing */
    PROTOCOL_SIGNALLED = 'G', /* NAME: a handler was run for this signal */
    PROTOCOL_ASIDE = 'A',   /* as PROTOCOL_CALL, with SEQ 0: a handler made it, whatever order is under way */
    PROTOCOL_NO_EXEC = '!', /* ERRNO: the program itself could not be started */
};

enum protocol_manner {
    PROTOCOL_SLEEPS = 's', /* waits in the kernel */
    PROTOCOL_RUNS = 'r',   /* uses the CPU */
    PROTOCOL_ENDS = 'e',   /* the process ends by it */
    PROTOCOL_EXECS = 'x',  /* becomes another program, unless it fails */
    PROTOCOL_LEAVES = 'l', /* the leading thread ends by it, others stay */
};

/* What an actor has by name. Memory is told by its address, so that it can be read (process_vm_readv(2)). */
enum protocol_thing {
    PROTOCOL_THING_NONE = '-',       /* it has it no longer */
    PROTOCOL_THING_NUMBER = 'n',     /* long at the address NUMBER */
    PROTOCOL_THING_TEXT = 't',       /* char[COUNT] there, NUL-ended */
    PROTOCOL_THING_LIST = 'l',       /* there: long length, long items[COUNT] */
    PROTOCOL_THING_INTS = 'i',       /* shared int[COUNT] there */
    PROTOCOL_THING_FLOATS = 'f',     /* shared float[COUNT] */
    PROTOCOL_THING_BYTES = 'c',      /* shared unsigned char[COUNT] */
    PROTOCOL_THING_SEMAPHORE = 'm',  /* shared sem_t there */
    PROTOCOL_THING_MEMORY = 'b',     /* COUNT bytes there */
    PROTOCOL_THING_DESCRIPTOR = 'd', /* NUMBER is a file descriptor */
    PROTOCOL_THING_STREAM = 'F',     /* NUMBER is the file descriptor below a FILE of stdio */
    PROTOCOL_THING_PIPE = 'p',       /* NUMBER and COUNT are its two descriptors; -1: that end is closed */
    PROTOCOL_THING_QUEUE = 'q',      /* NUMBER is a message queue descriptor */
    PROTOCOL_THING_SOCKET = 's',     /* NUMBER is the port it is bound to, COUNT its type (socket(2)) */
};

enum protocol_word {
    PROTOCOL_READY = 'r', /* from the warden: it leads the stage and ignores signals */
    PROTOCOL_SWEEP = 's', /* kill every process with the family's mark, then answer */
    PROTOCOL_SWEPT = 'S',
    PROTOCOL_GOODBYE = 'g', /* the lab is done: remove its directory and leave; nothing else is touched */
};

/* The fields of a message of `length` bytes, which ends with a NUL; they point into it. Returns how many
 * there are, at most `max`; fields[] up to max is filled with "" beyond them. */
static inline int protocol_split(char *message, size_t length, char **fields, int max)
{
    int count = 0;
    char *end = message + length;
    while (message < end && count < max) {
        fields[count++] = message;
        while (message < end && *message)
            message++;
        message++;
    }
    for (int i = count; i < max; i++)
        fields[i] = (char *)"";
    return count;
}
