#include "acts.h"
#include "things.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LINE_ROOM = 200 };

/* A pair of descriptors: fds[0] is the master, where the keyboard and the screen would be, fds[1] the
 * terminal. */
static bool open_pair(struct self *self, int fds[2])
{
    fds[0] = posix_openpt(O_RDWR | O_NOCTTY);
    report_call(self, fds[0], failure(fds[0]), "posix_openpt(O_RDWR | O_NOCTTY)");
    if (fds[0] < 0)
        return false;
    int r = grantpt(fds[0]);
    report_call(self, r, failure(r), "grantpt(%d)", fds[0]);
    if (r < 0)
        return false;
    r = unlockpt(fds[0]);
    report_call(self, r, failure(r), "unlockpt(%d)", fds[0]);
    if (r < 0)
        return false;
    const char *path = ptsname(fds[0]);
    if (!path) {
        report_call(self, 0, errno, "ptsname(%d)", fds[0]);
        return false;
    }
    fds[1] = open(path, O_RDWR | O_NOCTTY);
    report_call(self, fds[1], failure(fds[1]), "open(\"%s\", O_RDWR | O_NOCTTY)", path);
    return fds[1] >= 0;
}

/* Only a session leader can have a terminal of its own; one that is stays one. */
static bool lead_session(struct self *self)
{
    if (getsid(0) == getpid())
        return true;
    pid_t session = setsid();
    report_call(self, session, failure(session), "setsid()");
    return session >= 0;
}

static bool take_terminal(struct self *self, int fd)
{
    int r = ioctl(fd, TIOCSCTTY, 0);
    report_call(self, r, failure(r), "ioctl(%d, TIOCSCTTY, 0)", fd);
    return r == 0;
}

/* NAME */
void act_tty(struct self *self, int count, char **args)
{
    (void)count;
    struct thing *tty = things_new(self, args[0], PROTOCOL_THING_DESCRIPTOR);
    if (!tty)
        return;
    if (open_pair(self, tty->fds) && lead_session(self) && take_terminal(self, tty->fds[1]))
        things_tell(tty);
    else
        things_remove(tty);
}

/* PID. From the background this brings SIGTTOU: tcsetpgrp(3). */
void act_foreground(struct self *self, int count, char **args)
{
    (void)count;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    report_call(self, fd, failure(fd), "open(\"/dev/tty\", O_RDWR)");
    if (fd < 0)
        return;
    pid_t group = getpgid(atoi(args[0]));
    if (group < 0) {
        report_call(self, group, errno, "getpgid(%s)", args[0]);
    } else {
        report_enter(self, PROTOCOL_SLEEPS, 0, "tcsetpgrp(%d, %d)", fd, (int)group);
        int r = tcsetpgrp(fd, group);
        report_call(self, r, failure(r), "tcsetpgrp(%d, %d)", fd, (int)group);
    }
    close(fd);
}

/* NAME. From the background this brings SIGTTIN. Of what is no terminal it reads what there is. */
void act_getline(struct self *self, int count, char **args)
{
    (void)count;
    char line[LINE_ROOM], text[2 * LINE_ROOM];
    const struct thing *tty = things_need(self, args[0], PROTOCOL_THING_DESCRIPTOR, NULL);
    if (!tty)
        return;
    int fd = isatty(tty->fds[1]) ? tty->fds[1] : tty->fds[0];
    report_enter(self, PROTOCOL_SLEEPS, 0, "read(%d, line, %d)", fd, LINE_ROOM);
    ssize_t length = read(fd, line, sizeof line);
    report_call(self, length, failure(length), "read(%d, line, %d)", fd, LINE_ROOM);
    if (length > 0)
        report_says(self, "", "line = %s", quote(text, sizeof text, line, (size_t)length));
}

/* NAME TEXT */
void act_type(struct self *self, int count, char **args)
{
    (void)count;
    char text[2 * LINE_ROOM];
    size_t length = strlen(args[1]);
    const struct thing *tty = things_need(self, args[0], PROTOCOL_THING_DESCRIPTOR, NULL);
    if (!tty)
        return;
    quote(text, sizeof text, args[1], length);
    report_enter(self, PROTOCOL_SLEEPS, 0, "write(%d, %s, %zu)", tty->fds[0], text, length);
    ssize_t written = write(tty->fds[0], args[1], length);
    report_call(self, written, failure(written), "write(%d, %s, %zu)", tty->fds[0], text, length);
}
