#define _GNU_SOURCE
#include "clinux_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int clinux_openpt(char *slave_path, size_t size) {
    int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0) return -1;
    int error = unlockpt(master) < 0 ? errno : ptsname_r(master, slave_path, size);
    if (error == 0) return master;
    close(master);
    errno = error;
    return -1;
}

int clinux_set_size(int fd, uint16_t columns, uint16_t rows) {
    struct winsize size = {.ws_col = columns, .ws_row = rows};
    return ioctl(fd, TIOCSWINSZ, &size);
}

int clinux_get_size(int fd, uint16_t *columns, uint16_t *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

size_t clinux_termios_size(void) { return sizeof(struct termios); }

int clinux_make_raw(int fd, int hears_only, void *saved, size_t size) {
    struct termios settings;
    if (size < sizeof settings) {
        errno = EINVAL;
        return -1;
    }
    if (tcgetattr(fd, &settings) < 0) return -1;
    memcpy(saved, &settings, sizeof settings);
    if (hears_only) {
        settings.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        settings.c_cc[VMIN] = 1;
        settings.c_cc[VTIME] = 0;
        return tcsetattr(fd, TCSANOW, &settings);
    }
    cfmakeraw(&settings);
    return tcsetattr(fd, TCSADRAIN, &settings);
}

int clinux_restore(int fd, int at_once, const void *saved, size_t size) {
    struct termios settings;
    if (size < sizeof settings) {
        errno = EINVAL;
        return -1;
    }
    memcpy(&settings, saved, sizeof settings);
    return tcsetattr(fd, at_once ? TCSANOW : TCSADRAIN, &settings);
}

int clinux_line_end(int fd) {
    struct termios settings;
    if (tcgetattr(fd, &settings) < 0 || !(settings.c_lflag & ICANON)) return -1;
    return settings.c_cc[VEOF] == _POSIX_VDISABLE ? -2 : settings.c_cc[VEOF];
}

int clinux_open_terminal(const char *path) { return open(path, O_RDWR | O_NOCTTY | O_CLOEXEC); }
