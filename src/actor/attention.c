#include "attention.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t wanted;

static void on_attention(int signal)
{
    (void)signal;
    wanted = 1;
}

void attention_prepare(void)
{
    sigaction(SIGURG, &(struct sigaction){ .sa_handler = on_attention }, NULL);
}

void attention_clear(void)
{
    wanted = 0;
}

bool attention_wanted(void)
{
    return wanted;
}
