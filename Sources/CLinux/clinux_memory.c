#define _GNU_SOURCE
#include "clinux_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int clinux_memfd(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int clinux_pipe(int *ends) {
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}
