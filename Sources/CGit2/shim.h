// What Swift's importer can't see of libgit2: macros and variadic functions.
#pragma once
#include <git2.h>
#include <git2/sys/commit.h>
#include <git2/sys/filter.h>
#include <git2/sys/repository.h>
#include <stdio.h>
#include <sys/stat.h>

// Lets repositories open whose extensions change nothing that libgit2 1.5.1 does wrong.
static inline int claudia_git_set_extensions(const char **names, size_t count)
{
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

// fsync of every object, reference and index that libgit2 writes.
static inline int claudia_git_enable_fsync(int enabled)
{
    return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, enabled);
}

// Hashing each object again on reading; Git's own checkout doesn't, and it costs 30 % of one here.
static inline int claudia_git_verify_hashes(int enabled)
{
    return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

// Bytes past which a file is mapped after all, since reading it would need as much memory.
#define CLAUDIA_READ_BYTES_MAX (64 * 1024 * 1024)

static inline int claudia_git_wants_reading(git_filter *self, void **payload, const git_filter_source *source, const char **values)
{
    (void)self, (void)payload, (void)values;
    const char *root = git_repository_workdir(git_filter_source_repo(source));
    char path[4096];
    struct stat info;
    if (!root || !git_filter_source_path(source)) return GIT_PASSTHROUGH;
    int length = snprintf(path, sizeof path, "%s%s", root, git_filter_source_path(source));
    if (length < 0 || (size_t)length >= sizeof path || lstat(path, &info) < 0) return GIT_PASSTHROUGH;
    return info.st_size > CLAUDIA_READ_BYTES_MAX ? GIT_PASSTHROUGH : 0;
}

static inline int claudia_git_leave_as_is(git_filter *self, void **payload, git_buf *to, const git_buf *from, const git_filter_source *source)
{
    (void)self, (void)payload, (void)to, (void)from, (void)source;
    return GIT_PASSTHROUGH;
}

// A filter that changes nothing, so that libgit2 reads files of a worktree instead of mapping them (diff_file.c of
// 1.5.1): a file that its agent makes shorter while it is mapped would end this process (SIGBUS, mmap(2)).
static inline int claudia_git_read_files(void)
{
    static git_filter reading = {
        .version = GIT_FILTER_VERSION, .check = claudia_git_wants_reading, .apply = claudia_git_leave_as_is};
    return git_filter_register("claudia-reading", &reading, GIT_FILTER_DRIVER_PRIORITY + 100);
}
