// Waiting for things to happen: epoll(7), signalfd(2), timerfd_create(2), eventfd(2), pidfd_open(2); clocks.
#pragma once

#include <stdint.h>
#include <sys/types.h>

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

// Clocks, nanoseconds
int64_t clinux_boot_time(void);
int64_t clinux_real_time(void);
