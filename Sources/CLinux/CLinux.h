// What Linux has beside POSIX, and Swift's Glibc leaves out.
#pragma once
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

static const uint32_t clinux_in = EPOLLIN, clinux_out = EPOLLOUT, clinux_err = EPOLLERR,
                      clinux_hup = EPOLLHUP, clinux_rdhup = EPOLLRDHUP, clinux_et = EPOLLET,
                      clinux_exclusive = EPOLLEXCLUSIVE;

static inline int clinux_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }
static inline int clinux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
// glibc declares it under _GNU_SOURCE, with which this module and Swift's Glibc would disagree.
int accept4(int, struct sockaddr *, socklen_t *, int);
static inline int clinux_accept(int socket, struct sockaddr *address, socklen_t *length) {
  return accept4(socket, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
