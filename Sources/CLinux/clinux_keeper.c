#define _GNU_SOURCE
#include "clinux_keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

int clinux_line_end(int fd) {
    struct termios settings;
    if (tcgetattr(fd, &settings) < 0 || !(settings.c_lflag & ICANON)) return -1;
    return settings.c_cc[VEOF] == _POSIX_VDISABLE ? -2 : settings.c_cc[VEOF];
}

int clinux_has_children(void) {
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

int clinux_open_terminal(const char *path) { return open(path, O_RDWR | O_NOCTTY | O_CLOEXEC); }

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
