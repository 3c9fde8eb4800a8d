#include "acts.h"
#include "attention.h"
#include "mapping.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What parent and children share: the counters that have a name, and behind them the place where who comes
 * first leaves its mark. */
enum { PARENT, CHILD, RACERS };
struct race {
    int first[RACERS];
    atomic_int taken;
};

/* Only one of two who come at the same time finds it empty. */
static void stamp(struct race *race, int who)
{
    int nobody = 0;
    if (atomic_compare_exchange_strong(&race->taken, &nobody, 1))
        race->first[who]++;
}

/* One birth: the child leaves its mark and ends. False: there was none, or nobody to wait for. */
static bool run_once(struct race *race, bool yields)
{
    atomic_store(&race->taken, 0);
    pid_t child = fork();
    if (child == 0) {
        stamp(race, CHILD);
        _exit(EXIT_SUCCESS);
    }
    if (child < 0)
        return false;
    if (yields)
        sched_yield();
    stamp(race, PARENT);
    pid_t ended;
    while ((ended = waitpid(child, NULL, 0)) < 0 && errno == EINTR)
        ;
    return ended == child;
}

/* NAME N [yield]; the children are no actors: they live too short to be told what to do. */
void act_race(struct self *self, int count, char **args)
{
    long wanted = atol(args[1]), done = 0;
    bool yields = count > 2;
    struct thing *thing = mapping_new(self, args[0], PROTOCOL_THING_INTS, sizeof(struct race), RACERS);
    if (!thing)
        return;
    things_tell(thing);
    struct race *race = thing->memory;
    while (done < wanted && !attention_wanted() && run_once(race, yields))
        done++;
    int error = done == wanted ? 0 : attention_wanted() ? EINTR : errno;
    report_call(self, done, error,
                yields ? "for (i = 0; i < %ld; i++) if (fork() == 0) mark_and_exit(); else yield_and_mark()"
                       : "for (i = 0; i < %ld; i++) if (fork() == 0) mark_and_exit(); else mark()",
                wanted);
    report_says(self, N_("times that the parent was first, and the child"), "%s = {%d, %d}", args[0],
                race->first[PARENT], race->first[CHILD]);
}
