/* A lab on the test's bench: it runs scripts on real actors and keeps what was reported. */
#pragma once

#include "lab/lab.h"

#include <stdbool.h>
#include <stddef.h>

struct bench {
    struct lab *lab;
    char *told; /* one line for each report: "ACTOR: TEXT -- WORDS"; the lab's own begin with ':' */
    size_t length, capacity;
};

/* As cmocka's setup and teardown: *state is the bench. FORKLORE_WITHOUT is obeyed. */
int bench_setup(void **state);
int bench_setup_sandbox(void **state); /* the lab adopts its orphans */
/* The same with other limits than the defaults. */
int bench_setup_limited(void **state, const struct lab_limits *limits);
int bench_teardown(void **state);

/* The folder of the lab's programs: where the forklore of the build tree is. To be freed. */
char *bench_programs(void);

/* Submits a script, which must parse, and dispatches until the lab is idle. */
void bench_run(struct bench *bench, const char *script);
/* Submits a script that must not parse. */
struct lab_error bench_reject(struct bench *bench, const char *script);
/* Compares all that was told with the expected lines, and forgets it. Pids of actors stand there as <NAME>.
 */
void bench_expect(struct bench *bench, const char *lines);
/* Whether a part was told; pids as above. */
bool bench_has(struct bench *bench, const char *part);
/* Where it was told; the test fails when it was not. */
size_t bench_place(struct bench *bench, const char *part);
/* Dispatches until a part is told; fails the test when it takes too long. */
void bench_await(struct bench *bench, const char *part);
void bench_forget(struct bench *bench);
