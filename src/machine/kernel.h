/* Words of the kernel that the headers of older distributions lack, with the release that brought each. */
#pragma once

#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424 /* 5.1, the same on every architecture */
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434 /* 5.3 */
#endif

#ifndef SYS_openat2
#define SYS_openat2 437 /* 5.6 */
#endif

/* struct open_how, include/uapi/linux/openat2.h, under a name of its own: the header that has it is newer. */
struct kernel_open_how {
    uint64_t flags, mode, resolve;
};
#define KERNEL_RESOLVE_BENEATH UINT64_C(8)

/* PTRACE_SEIZE, include/uapi/linux/ptrace.h. Whether it is allowed is all that machine/ wants to know:
 * tracing is another folder's. */
#define KERNEL_PTRACE_SEIZE 0x4206L

#define KERNEL_P_PIDFD ((idtype_t)3) /* of waitid(2), 5.4: P_PIDFD, which glibc 2.36 brought */

#ifndef SO_PASSPIDFD
#define SO_PASSPIDFD 76 /* 6.5 */
#endif
#ifndef SCM_PIDFD
#define SCM_PIDFD 0x04
#endif

/* PIDFD_GET_INFO, 6.13: include/uapi/linux/pidfd.h. This is its first form, which later kernels still take;
 * it has a name of its own because newer headers define a longer one. */
struct kernel_pidfd_info {
    uint64_t mask; /* in: what is wanted; out: what was filled */
    uint64_t cgroupid;
    uint32_t pid, tgid, ppid, ruid, rgid, euid, egid, suid, sgid, fsuid, fsgid;
    int32_t exit_code; /* a wait status */
};
#define KERNEL_PIDFD_GET_INFO  _IOWR(0xff, 11, struct kernel_pidfd_info)
#define KERNEL_PIDFD_INFO_EXIT (UINT64_C(1) << 3) /* 6.15 */
