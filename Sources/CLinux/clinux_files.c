#define _GNU_SOURCE
#include "clinux_files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

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

ssize_t clinux_copy_file_range(int from, int to, size_t count) {
    return copy_file_range(from, NULL, to, NULL, count, 0);
}

int clinux_lease(int fd, char kind) {
    return fcntl(fd, F_SETLEASE, kind == 'r' ? F_RDLCK : kind == 'w' ? F_WRLCK : F_UNLCK);
}

int clinux_statfs(int fd, int64_t *type, int64_t *free_bytes) {
    struct statfs info;
    if (fstatfs(fd, &info) < 0) return -1;
    *type = (int64_t)info.f_type;
    // What file systems keep back is root's to use.
    *free_bytes = (int64_t)(geteuid() == 0 ? info.f_bfree : info.f_bavail) * (int64_t)info.f_bsize;
    return 0;
}

ssize_t clinux_list_attributes(int fd, char *names, size_t size) { return flistxattr(fd, names, size); }

int clinux_seals(int file) { return fcntl(file, F_GET_SEALS); }

int clinux_memfd(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int clinux_pipe(int *ends) {
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}
