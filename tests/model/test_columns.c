#include "../unit.h"
#include "base/clock.h"
#include "model/columns.h"
#include "samples.h"

#include <errno.h>
#include <locale.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

static struct sample sample = { .time = 1000 * NS_PER_SECOND };
static const struct computer computer = { .ticks_per_second = 100 };
static struct column_context context = { .sample = &sample, .computer = &computer };

static const struct process example = {
    .id = { 4312, 90000 },
    .tgid = 4312,
    .ppid = 4310,
    .pgrp = 4312,
    .session = 4290,
    .tpgid = -1,
    .ticks = 5000,
    .priority = 20,
    .threads = 3,
    .rss_kib = 2048,
    .processor = 1,
    .state = 'S',
    .comm = "a",
    .cmdline = "a b",
};

static void assert_value(const char *column, const struct process *process, const char *value)
{
    char text[COLUMN_VALUE_SIZE];
    assert_non_null(column_find(column));
    column_find(column)->format(text, sizeof text, process, &context);
    assert_string_equal(text, value);
}

static void values_are_written_as_ps_writes_them(void **state)
{
    (void)state;
    struct process process = example;
    assert_value("pid", &process, "4312");
    assert_value("ppid", &process, "4310");
    assert_value("stat", &process, "Sl");
    assert_value("ni", &process, "0");
    assert_value("pri", &process, "19");
    assert_value("pgid", &process, "4312");
    assert_value("sid", &process, "4290");
    assert_value("tpgid", &process, "-1");
    assert_value("thr", &process, "3");
    assert_value("rss", &process, "2048");
    assert_value("cpu", &process, "1");
    assert_value("cls", &process, "TS");
    assert_value("comm", &process, "a");
    assert_value("args", &process, "a b");
    assert_value("time", &process, "00:00:50");
    process.ticks = 100ull * (86400 * 3 + 3600 * 4 + 60 * 5 + 6);
    assert_value("time", &process, "3-04:05:06");
    process.cmdline = NULL;
    assert_value("args", &process, "?");
}

static void a_nice_value_without_effect_is_a_dash(void **state)
{
    (void)state;
    struct process process = example;
    static const struct {
        int policy;
        const char *ni, *cls;
    } cases[] = { { SCHED_OTHER, "5", "TS" },
                  { SCHED_BATCH, "5", "B" },
                  { SCHED_FIFO, "-", "FF" },
                  { SCHED_RR, "-", "RR" },
                  { SCHED_IDLE, "-", "IDL" },
                  { 6, "-", "DLN" },
                  { 77, "-", "?" } };
    process.nice = 5;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        process.policy = cases[i].policy;
        assert_value("ni", &process, cases[i].ni);
        assert_value("cls", &process, cases[i].cls);
    }
    process.priority = -11; /* real-time priority 10 */
    assert_value("pri", &process, "50");
}

static void terminals_have_their_names(void **state)
{
    (void)state;
    struct process process = example;
    static const struct {
        unsigned major_number, minor_number;
        const char *name;
    } cases[] = { { 0, 0, "?" },    { 136, 0, "pts/0" }, { 137, 3, "pts/259" }, { 136, 70000, "pts/70000" },
                  { 4, 1, "tty1" }, { 4, 64, "ttyS0" },  { 5, 1, "console" },   { 204, 64, "204:64" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        process.tty = (int)makedev(cases[i].major_number, cases[i].minor_number);
        assert_value("tty", &process, cases[i].name);
    }
    process.tty_name = "ttyAMA0";
    assert_value("tty", &process, "ttyAMA0");
}

static void the_share_of_a_cpu_needs_two_samples_or_a_life(void **state)
{
    (void)state;
    struct process process = example;
    assert_value("pcpu", &process, "50.0"); /* 50 s in 100 s of life */
    sample.interval = 2 * NS_PER_SECOND;
    process.ticks_spent = 300;
    assert_value("pcpu", &process, "150.0");
    sample.interval = 0;
    process.id.start = 100000; /* born as the sample was read */
    assert_value("pcpu", &process, "?");
}

static void cells_are_as_wide_as_their_column(void **state)
{
    (void)state;
    char text[COLUMN_VALUE_SIZE];
    struct process process = example;
    assert_string_equal(column_cell(text, sizeof text, column_find("pid"), &process, &context), "   4312");
    assert_string_equal(column_cell(text, sizeof text, column_find("stat"), &process, &context), "Sl    ");
    process.comm = "a-long-name-of-20-ch";
    assert_string_equal(column_cell(text, sizeof text, column_find("comm"), &process, &context),
                        "a-long-name-of+");
    process.comm = "进程进程进程进程";
    assert_string_equal(column_cell(text, sizeof text, column_find("comm"), &process, &context),
                        "进程进程进程进+");
    process.comm = "x进程进程进程进程";
    assert_string_equal(column_cell(text, sizeof text, column_find("comm"), &process, &context),
                        "x进程进程进程+ ");
    process.comm = "e\033[31m";
    assert_string_equal(column_cell(text, sizeof text, column_find("comm"), &process, &context),
                        "e?[31m         ");
    assert_string_equal(column_pad(text, sizeof text, column_find("ni"), "NI"), " NI");
}

static void long_user_names_are_cut_as_ps_cuts_them(void **state)
{
    (void)state;
    char text[COLUMN_VALUE_SIZE];
    context.users = users_new();
    struct process process = example;
    process.euid = 3999999999u;
    assert_value("user", &process, "3999999999");
    assert_string_equal(column_cell(text, sizeof text, column_find("user"), &process, &context), "3999999+");
    users_free(context.users);
}

static void lists_of_columns_are_parsed(void **state)
{
    (void)state;
    const struct column *columns[32];
    size_t count = 99;
    const char *unknown = NULL;
    assert_true(column_count <= 32);
    assert_int_equal(column_parse(column_default, columns, &count, &unknown), 0);
    assert_int_equal(count, 4);
    assert_string_equal(columns[2]->title, "STAT");
    assert_int_equal(columns_need(columns, count), SAMPLE_STAT);
    assert_int_equal(column_parse("PID,%cpu,pid,args,tty", columns, &count, &unknown), 0);
    assert_int_equal(count, 4);
    assert_string_equal(columns[1]->name, "pcpu");
    assert_int_equal(columns_need(columns, count), SAMPLE_CMDLINE | SAMPLE_TTY);
    static const char wrong[] = "pid,pids,ni";
    assert_int_equal(column_parse(wrong, columns, &count, &unknown), -EINVAL);
    assert_ptr_equal(unknown, wrong + 4);
    assert_int_equal(count, 4);
    assert_int_equal(column_parse("", columns, &count, &unknown), -EINVAL);
    assert_int_equal(column_parse("pid,", columns, &count, &unknown), -EINVAL);
}

static void every_column_compares_and_fits_its_title(void **state)
{
    (void)state;
    context.users = users_new();
    for (size_t i = 0; i < column_count; i++) {
        assert_true((int)strlen(column_table[i].title) <= column_table[i].width);
        assert_int_equal(column_table[i].compare(&example, &example, &context), 0);
        assert_ptr_equal(column_find(column_table[i].name), &column_table[i]);
        assert_ptr_equal(column_find(column_table[i].title), &column_table[i]);
    }
    struct process other = example;
    other.priority = 10;
    assert_true(column_find("pri")->compare(&other, &example, &context) > 0);
    assert_true(column_find("pri")->compare(&example, &other, &context) < 0);
    users_free(context.users);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_as_ps_writes_them),
        cmocka_unit_test(a_nice_value_without_effect_is_a_dash),
        cmocka_unit_test(terminals_have_their_names),
        cmocka_unit_test(the_share_of_a_cpu_needs_two_samples_or_a_life),
        cmocka_unit_test(cells_are_as_wide_as_their_column),
        cmocka_unit_test(long_user_names_are_cut_as_ps_cuts_them),
        cmocka_unit_test(lists_of_columns_are_parsed),
        cmocka_unit_test(every_column_compares_and_fits_its_title),
    };
    return cmocka_run_group_tests_name("model/columns", tests, NULL, NULL);
}
