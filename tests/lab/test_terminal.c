/* The warden gives a terminal back when the lab was killed, and leaves it alone when the lab said goodbye. */
#include "../unit.h"
#include "bench.h"

#include "base/clock.h"
#include "lab/state.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { DEADLINE_MS = 20000 };

static const char restore_bytes[] = "\033[?1049l\033[?25h\033[0m";

struct terminal {
    int master, slave;
    struct termios before;
};

static int open_terminal(void **state)
{
    struct terminal *terminal = calloc(1, sizeof *terminal);
    if (!terminal)
        return -1;
    terminal->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal->master < 0 || grantpt(terminal->master) < 0 || unlockpt(terminal->master) < 0)
        return -1;
    terminal->slave = open(ptsname(terminal->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    *state = terminal;
    return terminal->slave < 0 ? -1 : tcgetattr(terminal->slave, &terminal->before);
}

static int close_terminal(void **state)
{
    struct terminal *terminal = *state;
    close(terminal->slave);
    close(terminal->master);
    free(terminal);
    return 0;
}

static void ignore_report(void *data, const struct lab_report *report)
{
    (void)data;
    (void)report;
}

/* A process with a lab on the terminal, which it changes; it tells by a byte. Then it goes on being there, or
 * says goodbye if `polite`. No assertion may run in it. */
static pid_t start_lab(const struct terminal *terminal, int tell, bool polite)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    struct features features;
    struct lab *lab;
    char *folder = bench_programs();
    struct termios raw = terminal->before;
    struct lab_options options = {
        .features = &features,
        .listener = { .report = ignore_report },
        .terminal = { .fd = terminal->slave, .modes = &terminal->before, .restore = restore_bytes },
        .programs = folder,
    };
    cfmakeraw(&raw);
    if (features_probe(&features, getenv("FORKLORE_WITHOUT"), NULL) < 0 || lab_new(&lab, &options) < 0 ||
        tcsetattr(terminal->slave, TCSANOW, &raw) < 0 || write(tell, "+", 1) != 1)
        _exit(EXIT_FAILURE);
    while (!polite)
        pause();
    lab_free(lab);
    _exit(EXIT_SUCCESS);
}

static void await_byte(int fd)
{
    struct pollfd ready = { .fd = fd, .events = POLLIN };
    char byte;
    assert_int_equal(poll(&ready, 1, DEADLINE_MS), 1);
    assert_int_equal(read(fd, &byte, 1), 1);
}

static void a_killed_lab_leaves_the_terminal_as_it_was(void **state)
{
    struct terminal *terminal = *state;
    struct termios now;
    char text[128] = "";
    size_t length = 0;
    int tell[2];
    assert_int_equal(pipe2(tell, O_CLOEXEC), 0);
    pid_t lab = start_lab(terminal, tell[1], false);
    await_byte(tell[0]);
    kill(lab, SIGKILL);
    waitpid(lab, NULL, 0);
    while (length < sizeof restore_bytes - 1) {
        struct pollfd ready = { .fd = terminal->master, .events = POLLIN };
        assert_int_equal(poll(&ready, 1, DEADLINE_MS), 1);
        ssize_t more = read(terminal->master, text + length, sizeof text - 1 - length);
        assert_true(more > 0);
        length += (size_t)more;
    }
    assert_string_equal(text, restore_bytes);
    /* The modes were set before the bytes were written. */
    assert_int_equal(tcgetattr(terminal->slave, &now), 0);
    assert_int_equal(now.c_lflag, terminal->before.c_lflag);
    assert_int_equal(now.c_iflag, terminal->before.c_iflag);
    assert_int_equal(now.c_oflag, terminal->before.c_oflag);
    close(tell[0]);
    close(tell[1]);
}

static void after_a_goodbye_the_terminal_is_left_alone(void **state)
{
    struct terminal *terminal = *state;
    struct termios now;
    int tell[2], status;
    assert_int_equal(pipe2(tell, O_CLOEXEC), 0);
    pid_t lab = start_lab(terminal, tell[1], true);
    await_byte(tell[0]);
    assert_int_equal(waitpid(lab, &status, 0), lab);
    assert_int_equal(status, 0);
    /* lab_free() has waited for the warden: what is not here now never comes. */
    struct pollfd ready = { .fd = terminal->master, .events = POLLIN };
    assert_int_equal(poll(&ready, 1, 0), 0);
    assert_int_equal(tcgetattr(terminal->slave, &now), 0);
    assert_int_not_equal(now.c_lflag, terminal->before.c_lflag);
    close(tell[0]);
    close(tell[1]);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_terminal, close_terminal)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(a_killed_lab_leaves_the_terminal_as_it_was),
        TEST(after_a_goodbye_the_terminal_is_left_alone),
    };
    return cmocka_run_group_tests_name("lab/terminal", tests, NULL, NULL);
}
