// Terminals and pseudo-terminals, termios(3), pty(7).
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Opens a master that is non-blocking and close-on-exec and fills in the slave's path.
int clinux_openpt(char *slave_path, size_t size);
int clinux_set_size(int fd, uint16_t columns, uint16_t rows);
int clinux_get_size(int fd, uint16_t *columns, uint16_t *rows);
/// Saves the terminal's settings into `saved` (at least `clinux_termios_size()` bytes) and makes it raw.
///
/// With `hears_only` what is typed comes at once and isn't echoed, and all else stays; nothing is waited for then.
int clinux_make_raw(int fd, int hears_only, void *saved, size_t size);
/// Puts saved settings back, once what was written is shown, or `at_once`.
int clinux_restore(int fd, int at_once, const void *saved, size_t size);
size_t clinux_termios_size(void);
/// The terminal's VEOF character when it hands over whole lines; -1 when it doesn't, -2 when VEOF is off.
int clinux_line_end(int fd);
/// Opens a terminal without making it this process's controlling terminal.
int clinux_open_terminal(const char *path);
