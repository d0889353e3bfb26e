#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <poll.h>
#include <pty.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int epoll_change(int epoll, int operation, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data.u64 = token};
    return epoll_ctl(epoll, operation, fd, &event);
}

int clinux_epoll_add(int epoll, int fd, uint32_t events, uint64_t token) {
    return epoll_change(epoll, EPOLL_CTL_ADD, fd, events, token);
}

int clinux_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token) {
    return epoll_change(epoll, EPOLL_CTL_MOD, fd, events, token);
}

int clinux_epoll_remove(int epoll, int fd) { return epoll_change(epoll, EPOLL_CTL_DEL, fd, 0, 0); }

int clinux_epoll_wait(int epoll, struct clinux_ready *ready, int count, int timeout_ms) {
    struct epoll_event events[64];
    if (count > 64) count = 64;
    int filled = epoll_wait(epoll, events, count, timeout_ms);
    for (int i = 0; i < filled; i++) {
        ready[i].events = events[i].events;
        ready[i].token = events[i].data.u64;
    }
    return filled;
}

static sigset_t signal_set(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
    return set;
}

int clinux_signalfd(const int *signals, int count) {
    sigset_t set = signal_set(signals, count);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int clinux_signalfd_next(int fd) {
    struct signalfd_siginfo info;
    ssize_t got = read(fd, &info, sizeof info);
    if (got == (ssize_t)sizeof info) return (int)info.ssi_signo;
    return got < 0 && errno == EAGAIN ? 0 : -1;
}

int clinux_block_signals(const int *signals, int count) {
    sigset_t set = signal_set(signals, count);
    return sigprocmask(SIG_BLOCK, &set, NULL);
}

int clinux_ignore_signal(int number) {
    struct sigaction action = {.sa_handler = SIG_IGN};
    return sigaction(number, &action, NULL);
}

int clinux_timerfd_create(void) { return timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK); }

int clinux_timerfd_arm(int fd, int64_t ns) {
    struct itimerspec when = {.it_value = {.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000}};
    return timerfd_settime(fd, TFD_TIMER_ABSTIME, &when, NULL);
}

int clinux_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
int clinux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int clinux_pidfd_send_signal(int pidfd, int number) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0);
}

int clinux_open_beneath(int folder, const char *path, uint64_t flags, uint64_t mode) {
    struct open_how how = {
        .flags = flags | O_CLOEXEC,
        // __O_TMPFILE holds the bit of O_DIRECTORY, and openat2 refuses a mode for a plain folder.
        .mode = (flags & O_CREAT) || (flags & __O_TMPFILE) == __O_TMPFILE ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

int clinux_renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned flags) {
    return renameat2(old_folder, old_path, new_folder, new_path, flags);
}

int clinux_close_range(unsigned first, unsigned last) { return (int)syscall(SYS_close_range, first, last, 0); }

int clinux_lease(int fd, char kind) {
    return fcntl(fd, F_SETLEASE, kind == 'r' ? F_RDLCK : kind == 'w' ? F_WRLCK : F_UNLCK);
}

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

int clinux_openpt(char *slave_path, size_t size) {
    int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0) return -1;
    int error = unlockpt(master) < 0 ? errno : ptsname_r(master, slave_path, size);
    if (error == 0) return master;
    close(master);
    errno = error;
    return -1;
}

int clinux_set_size(int fd, uint16_t columns, uint16_t rows) {
    struct winsize size = {.ws_col = columns, .ws_row = rows};
    return ioctl(fd, TIOCSWINSZ, &size);
}

int clinux_get_size(int fd, uint16_t *columns, uint16_t *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int clinux_is_canonical(int fd) {
    struct termios settings;
    if (tcgetattr(fd, &settings) < 0) return -1;
    return (settings.c_lflag & ICANON) != 0;
}

pid_t clinux_foreground_group(int fd) { return tcgetpgrp(fd); }
size_t clinux_termios_size(void) { return sizeof(struct termios); }

int clinux_make_raw(int fd, void *saved, size_t size) {
    struct termios settings;
    if (size < sizeof settings) {
        errno = EINVAL;
        return -1;
    }
    if (tcgetattr(fd, &settings) < 0) return -1;
    memcpy(saved, &settings, sizeof settings);
    cfmakeraw(&settings);
    return tcsetattr(fd, TCSADRAIN, &settings);
}

int clinux_restore(int fd, const void *saved, size_t size) {
    struct termios settings;
    if (size < sizeof settings) {
        errno = EINVAL;
        return -1;
    }
    memcpy(&settings, saved, sizeof settings);
    return tcsetattr(fd, TCSADRAIN, &settings);
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
    if (!error)
        error = (request->search_path ? posix_spawnp : posix_spawn)(
            pid, request->program, &actions, &attributes, request->arguments, request->environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static int unix_socket(const char *path, struct sockaddr_un *address) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address->sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address->sun_path, path);
    return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static int close_keeping_errno(int fd) {
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

int clinux_seqpacket_listen(const char *path, int backlog) {
    struct sockaddr_un address;
    int fd = unix_socket(path, &address);
    if (fd < 0) return -1;
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) return close_keeping_errno(fd);
    if (listen(fd, backlog) < 0) return close_keeping_errno(fd);
    return fd;
}

int clinux_seqpacket_connect(const char *path) {
    struct sockaddr_un address;
    int fd = unix_socket(path, &address);
    if (fd < 0) return -1;
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return close_keeping_errno(fd);
    return fd;
}

int clinux_accept(int fd) { return accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK); }

int clinux_peer(int fd, uid_t *uid, pid_t *pid) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) return -1;
    *uid = peer.uid;
    *pid = peer.pid;
    return 0;
}

union passed_descriptor {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
};

ssize_t clinux_send(int fd, const void *bytes, size_t count, int passed) {
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    union passed_descriptor control;
    if (passed >= 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &passed, sizeof(int));
    }
    return sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

ssize_t clinux_receive(int fd, void *bytes, size_t count, int *passed) {
    struct iovec part = {.iov_base = bytes, .iov_len = count};
    union passed_descriptor control;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    *passed = -1;
    ssize_t got = recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got < 0) return -1;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header))
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
            memcpy(passed, CMSG_DATA(header), sizeof(int));
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        if (*passed >= 0) close(*passed);
        *passed = -1;
        errno = EMSGSIZE;
        return -1;
    }
    return got;
}

int clinux_set_send_buffer(int fd, int bytes) {
    return setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

static int64_t clock_now(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clinux_boot_time(void) { return clock_now(CLOCK_BOOTTIME); }
int64_t clinux_real_time(void) { return clock_now(CLOCK_REALTIME); }

const char *clinux_signal_name(int number) { return sigabbrev_np(number); }
int clinux_signal_count(void) { return NSIG; }

int clinux_statfs(int fd, int64_t *type, int64_t *free_bytes) {
    struct statfs info;
    if (fstatfs(fd, &info) < 0) return -1;
    *type = (int64_t)info.f_type;
    *free_bytes = (int64_t)info.f_bavail * (int64_t)info.f_bsize;
    return 0;
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
