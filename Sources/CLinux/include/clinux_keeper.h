// What only a keeper needs.
#pragma once

/// The terminal's VEOF character when it hands over whole lines; -1 when it doesn't, -2 when VEOF is off.
int clinux_line_end(int fd);
/// Whether this process has any child, ended ones that aren't reaped included.
int clinux_has_children(void);
/// Opens a terminal without making it this process's controlling terminal.
int clinux_open_terminal(const char *path);
/// Waits at most `ms` milliseconds for POLLPRI, which a file of cgroup2 raises when it changed.
int clinux_wait_changed(int fd, int ms);
