#include "../unit.h"
#include "children.h"
#include "machine/smaps.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KIB = 1024, SIZE = 8192 * KIB }; /* more than a test has besides */

struct memory {
    char *bytes;
    size_t written; /* by the child */
};

static void write_some(void *data)
{
    struct memory *memory = data;
    memset(memory->bytes, 2, memory->written);
    child_pause(NULL);
}

static struct smaps of_a_child(struct memory *memory)
{
    struct smaps smaps;
    pid_t pid = child_start(write_some, memory);
    wait_for_state(pid, 'S');
    assert_int_equal(smaps_read(pid, &smaps), 0);
    child_end(pid);
    return smaps;
}

static void a_child_shares_until_it_writes(void **state)
{
    (void)state;
    struct smaps smaps;
    struct memory memory = { .written = 0 };
    memory.bytes = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(memory.bytes != MAP_FAILED);
    madvise(memory.bytes, SIZE, MADV_NOHUGEPAGE);
    memset(memory.bytes, 1, SIZE);
    assert_int_equal(smaps_read(getpid(), &smaps), 0);
    assert_true(smaps.private >= SIZE / KIB && smaps.rss >= smaps.private && smaps.pss <= smaps.rss);
    assert_int_equal(smaps.rss, smaps.private + smaps.shared);
    smaps = of_a_child(&memory);
    assert_true(smaps.shared >= SIZE / KIB && smaps.private < SIZE / KIB);
    memory.written = SIZE / 2;
    smaps = of_a_child(&memory);
    assert_true(smaps.shared >= SIZE / 2 / KIB && smaps.private >= SIZE / 2 / KIB);
    munmap(memory.bytes, SIZE);
}

static void what_has_no_memory_has_no_figures(void **state)
{
    (void)state;
    struct smaps smaps = { .rss = 77 };
    pid_t pid = child_start(child_exit, &(int){ 0 });
    wait_for_state(pid, 'Z');
    assert_int_equal(smaps_read(pid, &smaps), -ESRCH);
    waitpid(pid, NULL, 0);
    assert_int_equal(smaps_read(pid, &smaps), -ESRCH);
    assert_int_equal(smaps.rss, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_shares_until_it_writes),
        cmocka_unit_test(what_has_no_memory_has_no_figures),
    };
    return cmocka_run_group_tests_name("machine/smaps", tests, NULL, NULL);
}
