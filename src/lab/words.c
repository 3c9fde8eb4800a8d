#include "lab/words.h"

#include "base/errors.h"
#include "base/i18n.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static const struct reason {
    const char *call; /* how the call's text begins; "" fits every call */
    int error;
    const char *words;
} reasons[] = {
    { "setpriority(", EACCES, N_("raising priority needs CAP_SYS_NICE or RLIMIT_NICE") },
    { "setpriority(", EPERM, N_("the process belongs to another user") },
    { "nice(", EPERM, N_("raising priority needs CAP_SYS_NICE or RLIMIT_NICE") },
    { "sched_setscheduler(", EPERM,
      N_("real-time policies, and leaving SCHED_IDLE, need CAP_SYS_NICE or a limit that allows it") },
    { "sched_setscheduler(", EINVAL, N_("this policy does not take this priority") },
    { "sched_setaffinity(", EINVAL, N_("there is no such CPU that it may use") },
    { "setsid(", EPERM, N_("it leads a process group already: a forked child may call it") },
    { "setpgid(", EPERM, N_("a session leader stays in its group, and a group lies within one session") },
    { "setpgid(", EACCES, N_("the child has already exec'd") },
    { "setpgid(", ESRCH, N_("only the caller itself and its children can be moved") },
    { "wait", ECHILD, N_("it has no such child to wait for") },
    { "fork(", EAGAIN, N_("the limit of processes is reached: RLIMIT_NPROC or the cgroup's pids.max") },
    { "vfork(", EAGAIN, N_("the limit of processes is reached: RLIMIT_NPROC or the cgroup's pids.max") },
    { "kill(", EPERM, N_("the process belongs to another user") },
    { "kill(", ESRCH, N_("there is no such process any more") },
    { "ptrace(PTRACE_SEIZE", EPERM,
      N_("it is traced already, belongs to another user, or Yama wants it to allow this first: ptracer") },
    { "ptrace(", ESRCH, N_("it is not traced by this process, or is not stopped") },
    { "prctl(PR_SET_PTRACER", EINVAL,
      N_("this kernel has no Yama and asks for no leave, or there is no such process") },
    { "sem_trywait(", EAGAIN, N_("it is at 0: there is none to take") },
    { "sem_timedwait(", ETIMEDOUT, N_("nobody released one in that time") },
    { "sem_post(", EOVERFLOW, N_("it is as high as a semaphore can be: SEM_VALUE_MAX") },
    { "mmap(", ENOMEM, N_("there is not so much memory, or RLIMIT_AS does not allow it") },
    { "mlock(", ENOMEM, N_("RLIMIT_MEMLOCK does not allow that much") },
    { "sigaction(", EINVAL, N_("SIGKILL and SIGSTOP can be neither ignored nor caught") },
    { "execvp(", ENOENT, N_("there is no such program") },
    { "execvp(", EACCES, N_("that file may not be executed") },
    { "mq_open(", EINVAL,
      N_("a queue has room for 1 message at least, and for msg_max of /proc/sys/fs/mqueue at most") },
    { "mq_open(", EMFILE, N_("the user's queues would take more than RLIMIT_MSGQUEUE allows") },
    { "mq_open(", ENOSPC, N_("there are as many queues as /proc/sys/fs/mqueue/queues_max allows") },
    { "mq_open(", EEXIST, N_("an actor that was killed has left the name: it is removed") },
    { "mq_open(", ENOSYS, N_("this kernel has no POSIX message queues") },
    { "mq_send(", EMSGSIZE, N_("a message of this queue has 256 bytes at most") },
    { "mq_timedsend(", EMSGSIZE, N_("a message of this queue has 256 bytes at most") },
    { "mq_timedsend(", ETIMEDOUT, N_("the queue is full, and was until the deadline") },
    { "mq_timedreceive(", ETIMEDOUT, N_("the queue is empty, and was until the deadline") },
    { "pidfd_open(", ESRCH, N_("there is no such process any more") },
    { "pthread_create(", EAGAIN,
      N_("the limit of processes is reached: RLIMIT_NPROC or the cgroup's pids.max") },
    { "getpwnam(", ENOENT, N_("there is no such user") },
    { "setuid(", EPERM, N_("becoming another user needs CAP_SETUID") },
    { "setuid(", EINVAL, N_("this user namespace has no such user") },
    { "setgid(", EPERM, N_("changing groups needs CAP_SETGID") },
    { "setgroups(", EPERM, N_("changing groups needs CAP_SETGID") },
    { "setrlimit(", EPERM, N_("raising a hard limit needs CAP_SYS_RESOURCE") },
    { "setrlimit(", EINVAL, N_("the soft limit would be above the hard one") },
    { "posix_openpt(", ENOSPC, N_("there are no more pseudo-terminals: /proc/sys/kernel/pty/max") },
    { "open(\"/dev/tty\"", ENXIO, N_("it has no controlling terminal") },
    { "tcsetpgrp(", EPERM, N_("that group is of another session") },
    { "tcsetpgrp(", ENOTTY,
      N_("it is in the background, its group is orphaned, and it does not ignore SIGTTOU") },
    { "ioctl(", EPERM,
      N_("only a session leader without a terminal can have one, which no other session has") },
    { "read(", EIO,
      N_("the terminal is gone, or it may not read from the background: SIGTTIN is ignored or blocked, or "
         "its "
         "group is orphaned") },
    { "openat2(", EXDEV,
      N_("the path leads out of the lab's own directory, beneath which all files of actors lie") },
    { "openat2(", ELOOP,
      N_("a symbolic link is not followed there: it may lead out of the lab's own directory") },
    { "openat2(", ENOENT, N_("a directory of that path is not there") },
    { "lseek(", ESPIPE, N_("only files have an offset: pipes and sockets have none") },
    { "write(", EPIPE, N_("no process has the other end open to read") },
    { "bind(", EADDRINUSE, N_("another socket has this port") },
    { "listen(", EADDRINUSE, N_("another socket listens on this port") },
    { "bind(", EACCES, N_("ports below 1024 need CAP_NET_BIND_SERVICE") },
    { "connect(", ECONNREFUSED, N_("no socket listens on this port") },
    { "accept4(", EINVAL, N_("this socket does not listen") },
    { "accept4(", EOPNOTSUPP, N_("a socket for datagrams has no connections") },
    { "write(", EDESTADDRREQ, N_("a socket that is not connected needs an address: sendto") },
    { "read(", ENOTCONN, N_("this socket is not connected") },
    { "recvfrom(", ENOTCONN, N_("this socket is not connected") },
    { "for (", EBADMSG, N_("something was in it before: other numbers came than were sent") },
    { "", EBADF, N_("this descriptor is closed, or is not open for that") },
    { "", EMFILE, N_("all descriptors below its limit are taken: RLIMIT_NOFILE") },
    { "", EINTR, N_("a signal interrupted the call") },
};

static const struct meaning {
    const char *call;
    long min, max; /* of the result */
    const char *words;
} meanings[] = {
    { "poll(", 0, 0, N_("the time is over, and nothing has happened") },
    { "work(", 0, LONG_MAX, N_("so many milliseconds passed by the clock") },
};

const char *words_for_value(const char *call, long value)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (value >= meanings[i].min && value <= meanings[i].max &&
            strncmp(call, meanings[i].call, strlen(meanings[i].call)) == 0)
            return _(meanings[i].words);
    return NULL;
}

const char *words_for_error(const char *call, int error)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].error == error && strncmp(call, reasons[i].call, strlen(reasons[i].call)) == 0)
            return _(reasons[i].words);
    return error_words(error);
}

const char *words_for_call(const char *call, int error, char *text, size_t size)
{
    if (!error)
        return NULL;
    snprintf(text, size, _("%s: %s"), error_name(error), words_for_error(call, error));
    return text;
}
