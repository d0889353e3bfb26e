// Descriptors of things without a name: memfd_create(2) and pipe(2).
#pragma once

int clinux_memfd(const char *name);
/// Fills in the reading end, which doesn't block, and the writing end, which does; both close-on-exec.
int clinux_pipe(int *ends);
