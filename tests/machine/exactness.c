/* Forklore says of every process what ps says. Both read a machine that does not stand still, so ps is read
 * before and after: where its two readings agree, Forklore, in between, must agree too. A process that ran
 * meanwhile may have looked different for a moment; its differences prove nothing and are told apart, but for
 * the zoo's animals, which hold still. */
#include "../unit.h"
#include "process_table.h"
#include "zoo.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 20 };

struct counts {
    size_t rounds, processes, fields, differences, unsure;
    size_t animals, kinds; /* of the zoo: compared in all rounds, to be had */
    bool quiet;            /* differences are wanted */
};

struct readings {
    struct table runs_before, before, forklore, after, runs_after;
};

static void readings_take(struct readings *readings)
{
    *readings = (struct readings){ 0 };
    table_read_runs(&readings->runs_before);
    table_read_ps(&readings->before);
    table_read_forklore(&readings->forklore);
    table_read_ps(&readings->after);
    table_read_runs(&readings->runs_after);
}

static void readings_release(struct readings *readings)
{
    table_release(&readings->runs_before);
    table_release(&readings->before);
    table_release(&readings->forklore);
    table_release(&readings->after);
    table_release(&readings->runs_after);
}

static bool has_run(const struct readings *readings, pid_t pid)
{
    const struct table_row *before = table_find(&readings->runs_before, pid);
    const struct table_row *after = table_find(&readings->runs_after, pid);
    return !before || !after || strcmp(before->ran, after->ran) != 0;
}

static bool rows_agree(const struct table_row *left, const struct table_row *right)
{
    for (int field = 0; field < FIELD_COUNT; field++)
        if (strcmp(left->fields[field], right->fields[field]) != 0)
            return false;
    return true;
}

static void report(const struct table_row *ps, const struct table_row *forklore, const char *kind)
{
    if (!forklore) {
        print_message("# process %d %s (%s) is missing\n", ps->pid, ps->fields[FIELD_COMM], kind);
        return;
    }
    for (int field = 0; field < FIELD_COUNT; field++)
        if (strcmp(ps->fields[field], forklore->fields[field]) != 0)
            print_message("# process %d (%s): %s is '%s' and not '%s'\n", ps->pid, kind, field_names[field],
                          ps->fields[field], forklore->fields[field]);
}

static void compare_process(const struct readings *readings, const struct zoo *zoo,
                            const struct table_row *ps, struct counts *counts)
{
    const struct table_row *again = table_find(&readings->after, ps->pid);
    const struct table_row *forklore = table_find(&readings->forklore, ps->pid);
    const struct zoo_animal *animal = zoo_find(zoo, ps->pid);
    if (!again || !rows_agree(ps, again))
        return;
    bool agrees = forklore && rows_agree(ps, forklore);
    if (!agrees && !animal && has_run(readings, ps->pid)) {
        counts->unsure++;
        return;
    }
    counts->processes++;
    counts->fields += FIELD_COUNT;
    counts->animals += animal && zoo_animal_shows(animal, ps->fields[FIELD_STAT]);
    if (agrees)
        return;
    if (!counts->quiet)
        report(ps, forklore, animal ? animal->kind : "not of the zoo");
    for (int field = 0; field < FIELD_COUNT; field++)
        counts->differences += !forklore || strcmp(ps->fields[field], forklore->fields[field]) != 0;
}

/* Each animal that could be had must stand in both readings of ps and show what it is there for. */
static size_t animals_wanted(const struct readings *readings, const struct zoo *zoo)
{
    size_t count, wanted = 0;
    const struct zoo_animal *animals = zoo_animals(zoo, &count);
    for (size_t i = 0; i < count; i++) {
        const struct table_row *ps = table_find(&readings->before, animals[i].id.pid);
        wanted += animals[i].id.pid != 0;
        if (animals[i].id.pid && (!ps || !zoo_animal_shows(&animals[i], ps->fields[FIELD_STAT])))
            print_message("# %s: ps shows %s, not %s\n", animals[i].kind,
                          ps ? ps->fields[FIELD_STAT] : "nothing", animals[i].stat);
    }
    return wanted;
}

static void compare_round(const struct zoo *zoo, struct counts *counts)
{
    struct readings readings;
    readings_take(&readings);
    size_t animals_before = counts->animals;
    for (size_t i = 0; i < readings.before.count; i++)
        compare_process(&readings, zoo, &readings.before.rows[i], counts);
    size_t wanted = animals_wanted(&readings, zoo), seen = counts->animals - animals_before;
    counts->rounds++;
    counts->kinds = wanted;
    readings_release(&readings);
    assert_int_equal(seen, wanted);
}

static int enter_locale(const char *locale)
{
    return setlocale(LC_ALL, locale) && setenv("LC_ALL", locale, 1) == 0 ? 0 : -1;
}

static int open_in_utf8(void **state)
{
    *state = NULL;
    if (enter_locale("C.UTF-8") < 0)
        return -1;
    *state = zoo_open();
    return 0;
}

static int open_in_the_c_locale(void **state)
{
    *state = NULL;
    if (enter_locale("C") < 0)
        return -1;
    *state = zoo_open();
    return 0;
}

static int end(void **state)
{
    zoo_close(*state);
    return 0;
}

static void forklore_agrees_with_ps(void **state)
{
    struct counts counts = { 0 };
    for (int round = 0; round < ROUNDS; round++)
        compare_round(*state, &counts);
    print_message("# %zu rounds in %s, %zu kinds in the zoo\n", counts.rounds, getenv("LC_ALL"),
                  counts.kinds);
    print_message("# %zu processes compared, %zu fields, %zu differences; %zu ran meanwhile and differed\n",
                  counts.processes, counts.fields, counts.differences, counts.unsure);
    assert_int_equal(counts.differences, 0);
}

/* The test must fail when Forklore errs: each field of a true reading is falsified once. */
static void a_wrong_field_is_found(void **state)
{
    const struct zoo *zoo = *state;
    struct readings readings;
    readings_take(&readings);
    size_t count;
    const struct zoo_animal *animals = zoo_animals(zoo, &count);
    struct table_row *row = (struct table_row *)table_find(&readings.forklore, animals[0].id.pid);
    const struct table_row *ps = table_find(&readings.before, animals[0].id.pid);
    assert_non_null(row);
    for (int field = 1; field < FIELD_COUNT; field++) {
        struct counts counts = { .quiet = true };
        const char *right = row->fields[field];
        row->fields[field] = "wrong";
        compare_process(&readings, zoo, ps, &counts);
        assert_int_equal(counts.differences, 1);
        row->fields[field] = right;
    }
    row->pid = -1;
    struct counts counts = { .quiet = true };
    compare_process(&readings, zoo, ps, &counts);
    assert_int_equal(counts.differences, FIELD_COUNT);
    readings_release(&readings);
}

int main(void)
{
    if (!getenv("FORKLORE")) {
        printf("1..0 # SKIP FORKLORE names no program\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        { "forklore_agrees_with_ps_in_utf8", forklore_agrees_with_ps, open_in_utf8, end, NULL },
        { "forklore_agrees_with_ps_in_the_c_locale", forklore_agrees_with_ps, open_in_the_c_locale, end,
          NULL },
        cmocka_unit_test_setup_teardown(a_wrong_field_is_found, open_in_utf8, end),
    };
    return cmocka_run_group_tests_name("exactness", tests, NULL, NULL);
}
