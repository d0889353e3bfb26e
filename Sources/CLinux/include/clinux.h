// What Swift's Glibc module lacks, or can't import: each function is the system call (or libc call)
// of the same name behind a plain C signature. Results and errno are those of the call itself.
#pragma once

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "clinux_keeper.h"
#include "clinux_memory.h"

// epoll(7)
#define CLINUX_EPOLL_IN 0x001u
#define CLINUX_EPOLL_PRI 0x002u
#define CLINUX_EPOLL_OUT 0x004u
#define CLINUX_EPOLL_ERR 0x008u
#define CLINUX_EPOLL_HUP 0x010u
struct clinux_ready {
    uint32_t events;
    uint64_t token;
};
int clinux_epoll_create(void);
int clinux_epoll_add(int epoll, int fd, uint32_t events, uint64_t token);
int clinux_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token);
int clinux_epoll_remove(int epoll, int fd);
/// At most 64 entries are filled in; `timeout_ms` of -1 waits for ever.
int clinux_epoll_wait(int epoll, struct clinux_ready *ready, int count, int timeout_ms);

// signalfd(2), timerfd_create(2), eventfd(2), pidfd_open(2)
int clinux_signalfd(const int *signals, int count);
/// Returns the next signal's number, 0 when none is pending, -1 on an error.
int clinux_signalfd_next(int fd);
int clinux_block_signals(const int *signals, int count);
int clinux_ignore_signal(int signal);
int clinux_timerfd_create(void);
/// Arms at `ns` nanoseconds of CLOCK_BOOTTIME; 0 disarms.
int clinux_timerfd_arm(int fd, int64_t ns);
int clinux_eventfd(void);
int clinux_pidfd_open(pid_t pid);
int clinux_pidfd_send_signal(int pidfd, int signal);

// openat2(2): beneath `folder`, following no symbolic link anywhere.
int clinux_open_beneath(int folder, const char *path, uint64_t flags, uint64_t mode);
#define CLINUX_O_PATH 010000000ull
int clinux_renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned flags);
#define CLINUX_RENAME_NOREPLACE 1u
int clinux_close_range(unsigned first, unsigned last);
/// fcntl(F_SETLEASE): 'r', 'w', or 'u' to give it back.
int clinux_lease(int fd, char kind);

// prctl(2), wait(2)
int clinux_become_subreaper(void);
struct clinux_exit {
    pid_t pid;
    /// The exit code, or -1 when a signal ended it.
    int code;
    /// The signal that ended it, or 0.
    int signal;
};
/// Reaps `pid`, or any child for -1, without waiting: 1 when one was reaped, 0 when none is due, else -1.
int clinux_reap(pid_t pid, struct clinux_exit *exit);

// Pseudo-terminals, pty(7)
/// Opens a master that is non-blocking and close-on-exec and fills in the slave's path.
int clinux_openpt(char *slave_path, size_t size);
int clinux_set_size(int fd, uint16_t columns, uint16_t rows);
int clinux_get_size(int fd, uint16_t *columns, uint16_t *rows);
/// Whether the terminal hands over whole lines (ICANON): 1, 0, or -1 on an error.
int clinux_is_canonical(int fd);
/// Ends a line of a person's typing for the process behind a master: the foreground group, or -1.
pid_t clinux_foreground_group(int fd);
/// Saves the terminal's settings into `saved` (at least `clinux_termios_size()` bytes) and makes it raw.
int clinux_make_raw(int fd, void *saved, size_t size);
int clinux_restore(int fd, const void *saved, size_t size);
size_t clinux_termios_size(void);

// posix_spawn(3)
struct clinux_spawn {
    const char *program;
    char *const *arguments;
    char *const *environment;
    /// The folder to start in, or NULL for this process's own.
    const char *folder;
    /// The terminal to open as descriptors 0, 1 and 2 and as controlling terminal, or NULL.
    const char *terminal;
    /// `descriptors[n]` becomes descriptor n of the child (-1: closed; for 0 to 2: /dev/null); those above are closed.
    const int *descriptors;
    int descriptor_count;
    /// Whether the child leads a new session (setsid).
    int new_session;
    /// Whether `program` is searched in PATH.
    int search_path;
};
/// Returns 0, or an errno value.
int clinux_spawn(const struct clinux_spawn *request, pid_t *pid);

// Unix sockets, unix(7), with whole messages (SOCK_SEQPACKET)
int clinux_seqpacket_listen(const char *path, int backlog);
int clinux_seqpacket_connect(const char *path);
int clinux_accept(int fd);
/// The user and process at the other end of a Unix socket (SO_PEERCRED).
int clinux_peer(int fd, uid_t *uid, pid_t *pid);
/// Sends one message, with the descriptor `passed` unless that is -1; never blocks, never raises SIGPIPE.
ssize_t clinux_send(int fd, const void *bytes, size_t count, int passed);
/// Receives one message; `*passed` is a descriptor that came with it, or -1. EMSGSIZE when it did not fit.
ssize_t clinux_receive(int fd, void *bytes, size_t count, int *passed);
int clinux_set_send_buffer(int fd, int bytes);

/// Asks for short slices of this process's processor time, sched_setattr(2): who wakes seldom and does little runs
/// sooner beside busy agents. Not inherited by children; no privilege is needed; ignored before Linux 6.12.
int clinux_prefer_latency(int64_t slice_ns);

// Clocks, nanoseconds
int64_t clinux_boot_time(void);
int64_t clinux_real_time(void);

/// A signal's name without "SIG" in front, or NULL.
const char *clinux_signal_name(int signal);
int clinux_signal_count(void);

/// File system magic of statfs(2), and the bytes that are free for this user.
int clinux_statfs(int fd, int64_t *type, int64_t *free_bytes);
