#include "machine/users.h"

#include "base/memory.h"

#include <pthread.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct user {
    uid_t uid;
    bool resolved;
    char number[16], stand_in[24];
    char *name; /* NULL: the number stands for it */
};

/* Each user is allocated apart, so that a borrowed name outlives the growth of the array. A name, once found,
 * stays. */
struct users {
    pthread_mutex_t lock;
    struct user **sorted;
    size_t count, room;
    size_t people_named;
    bool people_are_hidden;
};

enum { FIRST_PERSON = 1000, NOBODY = 65534 };

struct users *users_new(void)
{
    struct users *users = xcalloc(1, sizeof *users);
    pthread_mutex_init(&users->lock, NULL);
    return users;
}

void users_free(struct users *users)
{
    if (!users)
        return;
    for (size_t i = 0; i < users->count; i++) {
        free(users->sorted[i]->name);
        free(users->sorted[i]);
    }
    free(users->sorted);
    pthread_mutex_destroy(&users->lock);
    free(users);
}

static size_t place_of(const struct users *users, uid_t uid)
{
    size_t low = 0, high = users->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (users->sorted[middle]->uid < uid)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct user *note_user(struct users *users, size_t place, uid_t uid)
{
    struct user *user = xcalloc(1, sizeof *user);
    user->uid = uid;
    snprintf(user->number, sizeof user->number, "%u", uid);
    snprintf(user->stand_in, sizeof user->stand_in, "user%u", uid);
    users->sorted = grow(users->sorted, &users->room, users->count + 1, sizeof *users->sorted);
    for (size_t i = users->count++; i > place; i--)
        users->sorted[i] = users->sorted[i - 1];
    users->sorted[place] = user;
    return user;
}

/* With the lock held. A name that is there may be lent, and stays. */
static void set_name(struct users *users, struct user *user, const char *name)
{
    if (user->name)
        return;
    user->name = xstrdup(name);
    users->people_named += users_is_person(user->uid);
}

/* With the lock held. */
static struct user *user_of(struct users *users, uid_t uid)
{
    size_t place = place_of(users, uid);
    return place < users->count && users->sorted[place]->uid == uid ? users->sorted[place]
                                                                    : note_user(users, place, uid);
}

const char *users_name(struct users *users, uid_t uid)
{
    pthread_mutex_lock(&users->lock);
    struct user *user = user_of(users, uid);
    const char *name = user->name ? user->name : user->number;
    if (users->people_are_hidden && users_is_person(uid))
        name = user->stand_in;
    pthread_mutex_unlock(&users->lock);
    return name;
}

const char *users_real_name(struct users *users, uid_t uid)
{
    pthread_mutex_lock(&users->lock);
    const char *name = user_of(users, uid)->name;
    pthread_mutex_unlock(&users->lock);
    return name;
}

bool users_is_known(struct users *users, uid_t uid)
{
    pthread_mutex_lock(&users->lock);
    bool known = user_of(users, uid)->resolved;
    pthread_mutex_unlock(&users->lock);
    return known;
}

void users_set(struct users *users, uid_t uid, const char *name)
{
    pthread_mutex_lock(&users->lock);
    struct user *user = user_of(users, uid);
    user->resolved = true;
    set_name(users, user, name);
    pthread_mutex_unlock(&users->lock);
}

bool users_is_person(uid_t uid)
{
    return uid >= FIRST_PERSON && uid != NOBODY;
}

size_t users_people_named(struct users *users)
{
    pthread_mutex_lock(&users->lock);
    size_t count = users->people_named;
    pthread_mutex_unlock(&users->lock);
    return count;
}

void users_each_person(struct users *users, void (*tell)(void *data, const char *name), void *data)
{
    pthread_mutex_lock(&users->lock);
    for (size_t i = 0; i < users->count; i++)
        if (users->sorted[i]->name && users_is_person(users->sorted[i]->uid))
            tell(data, users->sorted[i]->name);
    pthread_mutex_unlock(&users->lock);
}

void users_hide_people(struct users *users, bool hide)
{
    pthread_mutex_lock(&users->lock);
    users->people_are_hidden = hide;
    pthread_mutex_unlock(&users->lock);
}

/* The user to look up next; NULL when all are known. */
static struct user *next_unresolved(struct users *users)
{
    struct user *found = NULL;
    pthread_mutex_lock(&users->lock);
    for (size_t i = 0; i < users->count && !found; i++)
        if (!users->sorted[i]->resolved)
            found = users->sorted[i];
    pthread_mutex_unlock(&users->lock);
    return found;
}

void users_resolve(struct users *users)
{
    for (struct user *user; (user = next_unresolved(users));) {
        char buffer[4096];
        struct passwd entry, *found = NULL;
        /* the lock is not held: a directory server may take its time */
        getpwuid_r(user->uid, &entry, buffer, sizeof buffer, &found);
        pthread_mutex_lock(&users->lock);
        user->resolved = true;
        if (found)
            set_name(users, user, entry.pw_name);
        pthread_mutex_unlock(&users->lock);
    }
}
