// What Swift's importer can't see of libgit2: macros and variadic functions.
#pragma once
#include <git2.h>
#include <git2/sys/commit.h>
#include <git2/sys/repository.h>

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
