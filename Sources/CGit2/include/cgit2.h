// libgit2, and what Swift's importer can't see of it: variadic functions, and callbacks on its own structures.
#pragma once

#include <git2.h>
#include <git2/sys/commit.h>
#include <git2/sys/repository.h>

// Loads libgit2, which must come before any call of it, once per process. Returns NULL, or why it can't be loaded,
// which is valid until this thread's next call of dlfcn.h.
const char *claudia_git_load(void);

// Lets repositories open whose extensions change nothing that libgit2 1.5.1 does wrong.
int claudia_git_set_extensions(const char **names, size_t count);

// fsync of every object, reference and index that libgit2 writes.
int claudia_git_enable_fsync(int enabled);

// Hashing each object again on reading; Git's own checkout doesn't, and it costs 30 % of one here.
int claudia_git_verify_hashes(int enabled);

// Lets git_patch_from_diff read files by claudia_git_patch; once per process.
int claudia_git_register_reading(void);

// git_patch_from_diff, but libgit2 reads a worktree's files instead of mapping them. One that its agent makes
// shorter is an error or shows what was read of it, where a mapped one ends the process (SIGBUS, mmap(2)).
int claudia_git_patch(git_patch **out, git_diff *diff, size_t position);
