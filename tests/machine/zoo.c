#include "../unit.h"
#include "zoo.h"

#include "base/memory.h"
#include "children.h"
#include "machine/control.h"
#include "zoo_kinds.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

struct zoo {
    struct zoo_animal *animals;
    size_t count, capacity;
    int leash[2]; /* the write end is ours alone: when we end, however that is, the read end tells */
};

static void bear(struct zoo *zoo, const struct zoo_kind *kind)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    struct zoo_birth birth = { .ready = ends[1], .leash = zoo->leash[0] };
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(zoo->leash[1]);
        if (kind->comm)
            prctl(PR_SET_NAME, kind->comm);
        kind->become(&birth);
        _exit(1);
    }
    close(ends[1]);
    struct zoo_news news = { 0 };
    bool heard = read(ends[0], &news, sizeof news) == sizeof news;
    close(ends[0]);
    zoo->animals = grow(zoo->animals, &zoo->capacity, zoo->count + 1, sizeof *zoo->animals);
    struct zoo_animal *animal = &zoo->animals[zoo->count++];
    *animal = (struct zoo_animal){ .kind = kind->words, .stat = kind->stat, .child = child };
    if (!heard || (!news.pid && !kind->privileged))
        fail_msg("no such animal: %s: %s", kind->words, strerror(news.error));
    if (news.pid)
        animal->id = wait_for_state(news.pid, kind->stat[0]);
}

struct zoo *zoo_open(void)
{
    struct zoo *zoo = xcalloc(1, sizeof *zoo);
    assert_int_equal(pipe2(zoo->leash, O_CLOEXEC), 0);
    for (size_t i = 0; i < zoo_kind_count; i++)
        bear(zoo, &zoo_kinds[i]);
    return zoo;
}

static bool has_ended(void *animal)
{
    struct process process;
    struct process_storage storage;
    struct process_id id = ((struct zoo_animal *)animal)->id;
    return procfile_read(id.pid, &process, &storage) < 0 || process.id.start != id.start ||
           (process.state == 'Z' && process.threads == 1);
}

void zoo_close(struct zoo *zoo)
{
    if (!zoo)
        return;
    close(zoo->leash[1]);
    close(zoo->leash[0]);
    for (size_t i = 0; i < zoo->count; i++) {
        struct zoo_animal *animal = &zoo->animals[i];
        if (animal->id.pid && animal->id.pid != animal->child)
            control_signal(animal->id, SIGKILL);
        child_end(animal->child);
        if (animal->id.pid)
            wait_until(animal->kind, has_ended, animal);
    }
    free(zoo->animals);
    free(zoo);
}

const struct zoo_animal *zoo_animals(const struct zoo *zoo, size_t *ret_count)
{
    *ret_count = zoo->count;
    return zoo->animals;
}

const struct zoo_animal *zoo_find(const struct zoo *zoo, pid_t pid)
{
    for (size_t i = 0; i < zoo->count; i++)
        if (pid && zoo->animals[i].id.pid == pid)
            return &zoo->animals[i];
    return NULL;
}

bool zoo_animal_shows(const struct zoo_animal *animal, const char *stat)
{
    if (stat[0] != animal->stat[0])
        return false;
    for (const char *flag = animal->stat + 1; *flag; flag++)
        if (!strchr(stat + 1, *flag))
            return false;
    return true;
}
