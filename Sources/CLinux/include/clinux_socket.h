// Unix sockets, unix(7), with whole messages (SOCK_SEQPACKET).
#pragma once

#include <stddef.h>
#include <sys/types.h>

int clinux_seqpacket_listen(const char *path, int backlog);
int clinux_seqpacket_connect(const char *path);
int clinux_accept(int fd);
/// The user and process at the other end of a Unix socket (SO_PEERCRED).
int clinux_peer(int fd, uid_t *uid, pid_t *pid);
/// Sends one message, with the descriptor `passed` unless that is -1; never blocks, never raises SIGPIPE.
ssize_t clinux_send(int fd, const void *bytes, size_t count, int passed);
/// Receives one message; `*passed` is a descriptor that came with it, or -1. EMSGSIZE when it did not fit.
ssize_t clinux_receive(int fd, void *bytes, size_t count, int *passed);
int clinux_set_send_buffer(int fd, int bytes);
