// Processes: posix_spawn(3), wait(2), prctl(2), sched_setattr(2), signal(7), madvise(2).
#pragma once

#include <stdint.h>
#include <sys/types.h>

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
};
/// Lets this process open as many files as the hard limit allows; what it starts gets the limit from before, since
/// programs with select(2) misbehave past 1,024.
int clinux_raise_file_limit(void);
/// Returns 0, or an errno value.
int clinux_spawn(const struct clinux_spawn *request, pid_t *pid);

/// Asks for short slices of this process's processor time, sched_setattr(2): who wakes seldom and does little runs
/// sooner beside busy agents. Not inherited by children; no privilege is needed; ignored before Linux 6.12.
int clinux_prefer_latency(int64_t slice_ns);

/// A signal's name without "SIG" in front, or NULL.
const char *clinux_signal_name(int signal);
int clinux_signal_count(void);
/// Whether this process has any child, ended ones that aren't reaped included.
int clinux_has_children(void);
/// Gives back the memory of what only the start needed: freed heap, and this program's code as far as it is
/// unused from now on, which is read again from its file where it is used after all.
void clinux_settle_memory(void);
/// Waits at most `ms` milliseconds for POLLPRI, which a file of cgroup2 raises when it changed.
int clinux_wait_changed(int fd, int ms);
