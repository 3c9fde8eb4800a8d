/* A recording comes back as it was made; cut off, damaged or hostile it gives what is whole, and one message.
 */
#include "../unit.h"
#include "samples.h"

#include "base/memory.h"
#include "model/recording.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOMENTS = 12 };

static const struct recording_header header = {
    .computer = { .name = "classroom-7",
                  .kernel = "6.1",
                  .cpus = 2,
                  .ticks_per_second = 100,
                  .boot = 1700000000000000000LL },
    .self = 42,
};

/* Moment `i` of a small machine: 100 stays, one process each is born, changed and gone. */
static void moment_of(struct sample *ret, int i)
{
    sample_clear(ret);
    ret->time = (int64_t)(i + 1) * 1000000000LL;
    ret->interval = i ? 1000000000LL : 0;
    struct process *process = sample_with(ret, 100, 1, "stays \"here\"\n\033[31m");
    process->cmdline = "stays --long";
    process->ticks = 10ull * (unsigned)i;
    process = sample_with(ret, 200, 100, "changes");
    process->nice = i;
    process->state = i % 2 ? 'S' : 'R';
    process->locked_known = true;
    process->locked = i > 3;
    sample_with(ret, 300 + i, 100, "passes");
}

static char *make_recording(size_t *ret_length)
{
    char *text;
    FILE *to = open_memstream(&text, ret_length);
    struct recording_writer *writer;
    struct sample sample = { 0 };
    struct users *users = users_new();
    struct event event = { .kind = EVENT_GONE,
                           .time = 1500000000LL,
                           .id = { 300, 30000 },
                           .comm = "passes",
                           .parent = 100,
                           .status_known = true,
                           .status = 7 << 8,
                           .lifetime = 1000000000LL };
    struct history_line line = { .time = 1,
                                 .pid = 100,
                                 .name = (char *)"a",
                                 .text = (char *)"fork() = 8",
                                 .words = (char *)"why",
                                 .failed = true };
    struct process_id actor = { 100, 10000 };
    assert_int_equal(recording_writer_new(&writer, to, &header), 0);
    for (int i = 0; i < MOMENTS; i++) {
        struct moment moment = { .load = 0.25, .exact = true, .actors = &actor, .actor_count = i > 5 };
        moment_of(&sample, i);
        moment.events = &event;
        moment.lines = &line;
        moment.event_count = moment.line_count = i == 1;
        assert_int_equal(recording_write(writer, &sample, &moment, users), 0);
    }
    fflush(to);
    assert_int_equal(recording_bytes(writer), *ret_length);
    recording_writer_free(writer);
    users_free(users);
    sample_release(&sample);
    fclose(to);
    return text;
}

struct reading {
    struct history *history;
    struct recording_reader *reader;
    struct recording_error error;
};

static struct reading read_pieces(const char *text, size_t length, size_t piece, int *ret)
{
    struct reading reading = { .history = history_new(0, 0) };
    reading.reader = recording_reader_new(reading.history);
    *ret = 0;
    for (size_t at = 0; at < length && *ret == 0; at += piece)
        *ret = recording_feed(reading.reader, text + at, length - at < piece ? length - at : piece,
                              &reading.error);
    return reading;
}

static void release(struct reading *reading)
{
    recording_reader_free(reading->reader);
    history_free(reading->history);
}

static void assert_moment(struct history *history, int i)
{
    struct sample wanted = { 0 }, back = { 0 };
    moment_of(&wanted, i);
    history_sample(history, (size_t)i, &back);
    assert_int_equal(back.time, wanted.time);
    assert_int_equal(back.count, wanted.count);
    for (size_t p = 0; p < wanted.count; p++) {
        const struct process *a = &wanted.processes[p], *b = &back.processes[p];
        assert_true(process_id_equal(a->id, b->id));
        assert_string_equal(a->comm, b->comm);
        assert_int_equal(a->nice, b->nice);
        assert_int_equal(a->state, b->state);
        assert_int_equal(a->ticks, b->ticks);
        assert_int_equal(a->locked, b->locked);
        assert_int_equal(a->locked_known, b->locked_known);
        assert_int_equal(a->ppid, b->ppid);
        assert_int_equal(a->tpgid, b->tpgid);
        if (a->cmdline)
            assert_string_equal(a->cmdline, b->cmdline);
        else
            assert_null(b->cmdline);
    }
    sample_release(&wanted);
    sample_release(&back);
}

static void it_comes_back_as_it_was_made(void **state)
{
    (void)state;
    size_t length;
    int r;
    char *text = make_recording(&length);
    struct reading reading = read_pieces(text, length, 7, &r);
    assert_int_equal(r, 0);
    assert_int_equal(history_count(reading.history), MOMENTS);
    for (int i = 0; i < MOMENTS; i++)
        assert_moment(reading.history, i);
    const struct recording_header *read = recording_header(reading.reader);
    assert_string_equal(read->computer.name, "classroom-7");
    assert_int_equal(read->computer.boot, header.computer.boot);
    assert_int_equal(read->self, 42);
    const struct moment *moment = history_moment(reading.history, 1);
    assert_int_equal(moment->event_count, 1);
    assert_int_equal(moment->events[0].kind, EVENT_GONE);
    assert_int_equal(moment->events[0].status, 7 << 8);
    assert_int_equal(moment->events[0].lifetime, 1000000000LL);
    assert_string_equal(moment->lines[0].words, "why");
    assert_true(moment->lines[0].failed);
    assert_int_equal(history_moment(reading.history, 5)->actor_count, 0);
    assert_int_equal(history_moment(reading.history, 6)->actor_count, 1);
    release(&reading);
    free(text);
}

/* Made twice, it is the same bytes. */
static void it_is_the_same_each_time(void **state)
{
    (void)state;
    size_t length, again;
    char *first = make_recording(&length), *second = make_recording(&again);
    assert_int_equal(length, again);
    assert_memory_equal(first, second, length);
    free(first);
    free(second);
}

static void cut_off_at_any_byte_it_is_good_up_to_its_last_whole_line(void **state)
{
    (void)state;
    size_t length, lines = 0;
    char *text = make_recording(&length);
    for (size_t cut = 0; cut <= length; cut++) {
        int r;
        struct reading reading = read_pieces(text, cut, 4096, &r);
        assert_int_equal(r, 0);
        assert_int_equal(history_count(reading.history), lines > 1 ? lines - 1 : 0);
        assert_int_equal(recording_header(reading.reader) != NULL, lines > 0);
        release(&reading);
        lines += cut < length && text[cut] == '\n';
    }
    free(text);
}

#define HEADER                                                                                               \
    "{\"forklore\":\"recording\",\"version\":1,\"host\":\"h\",\"cpus\":1,\"ticks_per_second\":100,"          \
    "\"boot\":5}\n"
#define MOMENT(set) "{\"t\":1,\"key\":true,\"set\":[" set "]}\n"

static void what_is_wrong_is_said_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        const char *part;
    } bad[] = {
        { "hello\n", 1, "no recording" },
        { "[]\n", 1, "no recording" },
        { "{\"forklore\":\"poem\"}\n", 1, "no recording" },
        { "{\"forklore\":\"recording\",\"version\":99}\n", 1, "version 99" },
        { "{\"forklore\":\"recording\",\"version\":1}\n", 1, "\"boot\"" },
        { HEADER "{\"t\":1,\n", 2, "damaged" },
        { HEADER "{\"t\":1}\n", 2, "\"key\"" },
        { HEADER "{\"t\":-1,\"key\":true,\"set\":[]}\n", 2, "\"t\"" },
        { HEADER "{\"t\":1e300,\"key\":true,\"set\":[]}\n", 2, "\"t\"" },
        { HEADER "{\"t\":99999999999999999999999,\"key\":true,\"set\":[]}\n", 2, "damaged" },
        { HEADER MOMENT("{\"pid\":0,\"start\":1}"), 2, "\"pid\"" },
        { HEADER MOMENT("{\"pid\":3000000000,\"start\":1}"), 2, "\"pid\"" },
        { HEADER MOMENT("{\"pid\":3,\"start\":1},{\"pid\":3,\"start\":1}"), 2, "\"pid\"" },
        { HEADER MOMENT("{\"pid\":4,\"start\":1},{\"pid\":3,\"start\":1}"), 2, "\"pid\"" },
        { HEADER MOMENT("{\"pid\":4,\"start\":1,\"nice\":77}"), 2, "\"nice\"" },
        { HEADER MOMENT("{\"pid\":4,\"start\":1,\"priority\":-2147483648}"), 2, "\"priority\"" },
        { HEADER MOMENT("{\"pid\":4,\"start\":9223372036854775807}"), 2, "\"start\"" },
        { HEADER "{\"t\":9223372036854775,\"key\":true,\"set\":[]}\n", 2, "\"t\"" },
        { HEADER MOMENT("{\"pid\":4,\"start\":1,\"state\":\"running\"}"), 2, "\"state\"" },
        { HEADER MOMENT("{\"pid\":4,\"start\":1,\"comm\":7}"), 2, "\"comm\"" },
        { HEADER MOMENT("7"), 2, "\"pid\"" },
        { HEADER MOMENT("") "{\"t\":2,\"gone\":[5,4]}\n", 3, "\"gone\"" },
        { HEADER MOMENT("") "{\"t\":2,\"events\":[{\"event\":\"flew\"}]}\n", 3, "\"event\"" },
        { HEADER MOMENT("") "{\"t\":2,\"lines\":{}}\n", 3, "\"lines\"" },
        { HEADER MOMENT("") "{\"t\":0}\n", 3, "\"t\"" },
        { HEADER MOMENT("") "{\"t\":2,\"t\":3}\n", 3, "damaged" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int r;
        struct reading reading = read_pieces(bad[i].text, strlen(bad[i].text), 4096, &r);
        if (r != -EINVAL || !strstr(reading.error.text, bad[i].part) || reading.error.line != bad[i].line)
            fail_msg("%s: %d, line %zu: %s", bad[i].text, r, reading.error.line, reading.error.text);
        release(&reading);
    }
}

/* Parents in a circle and a chain of a hundred thousand are odd, not wrong: they are read, and the tree
 * copes. */
static void odd_families_are_read(void **state)
{
    (void)state;
    size_t length;
    char *text;
    FILE *to = open_memstream(&text, &length);
    fputs(HEADER "{\"t\":1,\"key\":true,\"set\":[", to);
    for (int pid = 1; pid <= 100000; pid++)
        fprintf(to, "%s{\"pid\":%d,\"start\":1,\"ppid\":%d}", pid > 1 ? "," : "", pid,
                pid == 1 ? 100000 : pid - 1);
    fputs("]}\n", to);
    fclose(to);
    int r;
    struct reading reading = read_pieces(text, length, 65536, &r);
    struct sample back = { 0 };
    assert_int_equal(r, 0);
    history_sample(reading.history, 0, &back);
    assert_int_equal(back.count, 100000);
    sample_release(&back);
    release(&reading);
    free(text);
}

/* After a bad line nothing more is taken, and what came before it is there. */
static void what_came_before_the_damage_is_kept(void **state)
{
    (void)state;
    const char *text = HEADER MOMENT("{\"pid\":4,\"start\":1}") "garbage\n" MOMENT("");
    int r;
    struct reading reading = read_pieces(text, strlen(text), 4096, &r);
    assert_int_equal(r, -EINVAL);
    assert_int_equal(history_count(reading.history), 1);
    assert_int_equal(recording_feed(reading.reader, "x", 1, &reading.error), -EINVAL);
    assert_int_equal(history_count(reading.history), 1);
    release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_back_as_it_was_made),
        cmocka_unit_test(it_is_the_same_each_time),
        cmocka_unit_test(cut_off_at_any_byte_it_is_good_up_to_its_last_whole_line),
        cmocka_unit_test(what_is_wrong_is_said_with_its_line),
        cmocka_unit_test(odd_families_are_read),
        cmocka_unit_test(what_came_before_the_damage_is_kept),
    };
    return cmocka_run_group_tests_name("model/recording", tests, NULL, NULL);
}
