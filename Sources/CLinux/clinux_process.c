#define _GNU_SOURCE
#include "clinux_process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int clinux_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1); }

int clinux_reap(pid_t pid, struct clinux_exit *ended) {
    int status = 0;
    pid_t reaped = waitpid(pid, &status, WNOHANG);
    if (reaped <= 0) return (int)reaped;
    ended->pid = reaped;
    ended->code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ended->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return 1;
}

static int add_descriptors(posix_spawn_file_actions_t *actions, const struct clinux_spawn *request) {
    int count = request->descriptor_count;
    int error = 0;
    if (request->terminal) {
        error = posix_spawn_file_actions_addopen(actions, 0, request->terminal, O_RDWR, 0);
        if (!error) error = posix_spawn_file_actions_adddup2(actions, 0, 1);
        if (!error) error = posix_spawn_file_actions_adddup2(actions, 0, 2);
    }
    for (int i = request->terminal ? 3 : 0; i < count && !error; i++) {
        int from = request->descriptors[i];
        if (from >= 0)
            error = posix_spawn_file_actions_adddup2(actions, from, i);
        else if (i <= 2)
            error = posix_spawn_file_actions_addopen(actions, i, "/dev/null", O_RDWR, 0);
        else
            error = posix_spawn_file_actions_addclose(actions, i);
    }
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, count > 3 ? count : 3);
    if (!error && request->folder) error = posix_spawn_file_actions_addchdir_np(actions, request->folder);
    return error;
}

static pthread_mutex_t file_limit_lock = PTHREAD_MUTEX_INITIALIZER;
// What this process was started with; 0 as long as it still has that.
static rlim_t file_limit_before;

int clinux_raise_file_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -1;
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0) return -1;
    file_limit_before = before;
    return 0;
}

// A child inherits the limit that its parent has at that moment.
static int spawn_with_limit_from_before(
    const struct clinux_spawn *request, pid_t *pid, const posix_spawn_file_actions_t *actions,
    const posix_spawnattr_t *attributes) {
    pthread_mutex_lock(&file_limit_lock);
    struct rlimit limit, lower;
    int is_raised = file_limit_before && getrlimit(RLIMIT_NOFILE, &limit) == 0;
    if (is_raised) {
        lower = limit;
        lower.rlim_cur = file_limit_before;
        is_raised = setrlimit(RLIMIT_NOFILE, &lower) == 0;
    }
    int error = posix_spawn(
        pid, request->program, actions, attributes, request->arguments, request->environment);
    if (is_raised) setrlimit(RLIMIT_NOFILE, &limit);
    pthread_mutex_unlock(&file_limit_lock);
    return error;
}

int clinux_spawn(const struct clinux_spawn *request, pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (request->new_session) flags |= POSIX_SPAWN_SETSID;
    error = posix_spawnattr_setflags(&attributes, flags);
    if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
    if (!error) error = posix_spawnattr_setsigdefault(&attributes, &all);
    if (!error) error = add_descriptors(&actions, request);
    if (!error) error = spawn_with_limit_from_before(request, pid, &actions, &attributes);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

// As sched_setattr(2) gives it: the kernel's own header can't stand beside glibc's <sched.h>.
struct sched_attributes {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
    uint32_t util_min, util_max;
};

int clinux_prefer_latency(int64_t slice_ns) {
    struct sched_attributes attributes = {.size = sizeof attributes};
    if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) < 0) return -1;
    if (attributes.policy != SCHED_NORMAL) return 0;
    attributes.runtime = (uint64_t)slice_ns;
    attributes.flags = SCHED_FLAG_RESET_ON_FORK;
    return (int)syscall(SYS_sched_setattr, 0, &attributes, 0);
}

const char *clinux_signal_name(int number) { return sigabbrev_np(number); }
int clinux_signal_count(void) { return NSIG; }

int clinux_has_children(void) {
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

// Where a linker puts the program's code, end(3).
extern char __executable_start, etext;

void clinux_settle_memory(void) {
    malloc_trim(0);
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (uintptr_t)&__executable_start & ~(page - 1);
    uintptr_t end = (uintptr_t)&etext & ~(page - 1);
    // Code is never written to, so that nothing is lost.
    madvise((void *)start, end - start, MADV_DONTNEED);
}

int clinux_wait_changed(int fd, int ms) {
    struct pollfd wanted = {.fd = fd, .events = POLLPRI};
    return poll(&wanted, 1, ms);
}
