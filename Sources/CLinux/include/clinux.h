// What Swift's Glibc module lacks, or can't import: each function is the system call (or libc call)
// of the same name behind a plain C signature. Results and errno are those of the call itself.
#pragma once

#include "clinux_events.h"
#include "clinux_files.h"
#include "clinux_process.h"
#include "clinux_socket.h"
#include "clinux_terminal.h"
