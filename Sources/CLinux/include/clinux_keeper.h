// What only a keeper needs.
#pragma once

/// The terminal's VEOF character when it hands over whole lines; -1 when it doesn't, -2 when VEOF is off.
int clinux_line_end(int fd);
/// Whether this process has any child, ended ones that aren't reaped included.
int clinux_has_children(void);
/// Opens a terminal without making it this process's controlling terminal.
int clinux_open_terminal(const char *path);
/// Gives back the memory of what only the start needed: freed heap, and this program's code as far as it is
/// unused from now on, which is read again from its file where it is used after all.
void clinux_settle_memory(void);
/// Waits at most `ms` milliseconds for POLLPRI, which a file of cgroup2 raises when it changed.
int clinux_wait_changed(int fd, int ms);
