#include "machine/process.h"

enum { PF_KTHREAD = 0x00200000 };

bool process_is_kernel_thread(const struct process *process)
{
    return process->flags & PF_KTHREAD;
}
