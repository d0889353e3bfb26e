// Files: openat2(2), renameat2(2), copy_file_range(2), leases, memfd_create(2), pipe(2), statfs(2), flistxattr(2).
#pragma once

#include <stdint.h>
#include <sys/types.h>

// openat2(2): beneath `folder`, following no symbolic link anywhere.
int clinux_open_beneath(int folder, const char *path, uint64_t flags, uint64_t mode);
#define CLINUX_O_PATH 010000000ull
int clinux_renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned flags);
#define CLINUX_RENAME_NOREPLACE 1u
/// From and to where both files are, which it advances; shares the blocks on file systems that can.
ssize_t clinux_copy_file_range(int from, int to, size_t count);
/// fcntl(F_SETLEASE): 'r', 'w', or 'u' to give it back.
int clinux_lease(int fd, char kind);

/// File system magic of statfs(2), and the bytes that are free for this user.
int clinux_statfs(int fd, int64_t *type, int64_t *free_bytes);

/// flistxattr(2).
ssize_t clinux_list_attributes(int fd, char *names, size_t size);

int clinux_memfd(const char *name);
// fcntl(2) with F_GET_SEALS.
int clinux_seals(int file);
/// Fills in the reading end, which doesn't block, and the writing end, which does; both close-on-exec.
int clinux_pipe(int *ends);
